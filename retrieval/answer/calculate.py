"""Sums, differences, shares and "which is more" over figures that the documents state, with the figures shown.

The figures come from the registers of budgets and targets: there each is tied to what it is for, its part of the
programme, its year and its unit, so that what is added is alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from ingest.normalise import fold, has_marks
from ingest.rules.numbering import unnumbered
from ingest.rules.programme import Part, parts_in
from retrieval.answer.asked import Asked, topic_of
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.operands import Calculation, calculation
from retrieval.answer.terms import Topic, content
from retrieval.answer.wording import say
from retrieval.registers.findings import years_of
from retrieval.registers.types import Row
from retrieval.types import Language

_FOUND = 0.5  # of an operand, in a figure with all that stands above it
_OWN = 0.3  # the same in what is said of the figure itself
_BEST = 5  # figures for each operand
_TOGETHER, _WHOLE, _AROUND, _OTHER_YEAR = 0.3, 0.15, 0.4, 0.6
_ENOUGH = 0.8
_TOTAL = re.compile(r"\b(?:tong|toan bo|tat ca|ca chuong trinh|whole|total|overall|entire|all)\b")
_MILLION, _BILLION = 10**6, 10**9
_PER_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that a document states, or several of one Dự án added up; ``unit`` is "đồng", "%", "ha"."""

    document: str
    rows: tuple[Row, ...]
    value: Decimal
    unit: str
    score: float = 0.0

    @property
    def shown(self) -> str:
        """As the document writes it."""
        if len(self.rows) > 1:
            return _money(self.value)
        row = self.rows[0]
        amount = row.get("amount") or row.get("date")
        if amount is not None:
            return amount.text
        number, unit = row.get("number"), row.get("unit")
        assert number is not None and unit is not None
        return f"{number.text}{'' if unit.text == '%' else ' '}{unit.text}"


def answer_calculated(
    asked: Asked, library: Library, rows: Sequence[Row], understand: Callable[[str], Asked]
) -> Draft | None:
    """What is worked out of the things that a question names; None where it names none, or one has no figure.

    ``understand`` reads a phrase of the question as a question of its own.
    """
    english = asked.reading.language == "en"
    # Marks that are put back may make another word of "cong"; abbreviations are written out where there are marks.
    as_typed = english or not has_marks(asked.question.text)
    wanted = calculation(asked.question.text.strip() if as_typed else asked.alone)
    if wanted is None or asked.scope.unknown:
        return None
    documents = asked.scope.documents or tuple(library.books)
    kinds = ("deadlines",) if wanted.operation in ("later", "sooner") else ("budgets", "targets")
    own = [row for row in rows if row.document in documents and row.kind in kinds]
    if asked.reading.parts and not any(parts_in(one) for one in wanted.operands):
        own = [row for row in own if _of_parts(row, asked.reading.parts)]
    if wanted.operation == "years":
        return _of_years(asked, library, own)
    if wanted.operation == "between":
        return _between(asked, library, rows, wanted, understand)
    operands = [_Operand.of(phrase, asked, library, understand) for phrase in wanted.operands]
    chosen = _choose(asked, library, own, wanted, operands)
    return _drafted(asked, library, wanted, operands, chosen) if chosen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operand:
    """A phrase: what figures for it should hold, its parts of the programme, and the documents that it names."""

    phrase: str
    topic: Topic
    parts: tuple[Part, ...]
    documents: tuple[str, ...]
    total: bool

    @classmethod
    def of(cls, phrase: str, asked: Asked, library: Library, understand: Callable[[str], Asked]) -> _Operand:
        named_parts = parts_in(phrase)
        parts = (named_parts[-1].within(named_parts[0]),) if named_parts else ()  # "TDA 1 DA 10 (ND 01)"
        empty = Topic((), library.weights)
        total = _TOTAL.search(fold(phrase)) is not None or not phrase
        if total:
            return cls(phrase=phrase, topic=empty, parts=parts, documents=(), total=True)
        english = asked.reading.language == "en"
        read = understand(f"the {phrase}" if english and not parts else phrase)
        topic = read.matter
        if not english:
            kind = "budget" if asked.reading.kind in ("open", "list", "count", "lead", "duties") else asked.reading.kind
            topic = Topic(
                topic_of(read.text, replace(read.reading, kind=kind, lookups=()), read.scope), library.weights
            )
        named = read.scope.documents if read.scope.named else ()
        return cls(phrase=phrase, topic=topic, parts=parts, documents=named, total=False)


def _of_parts(row: Row, parts: Sequence[Part]) -> bool:
    own = [part for cell in row.all("part") for part in parts_in(cell.value)]
    return any(part.holds(one) for part in parts for one in own)


def _choose(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, operands: Sequence[_Operand]
) -> tuple[Figure, ...]:
    """The figures for the operands, in their order, that fit best together; () where one has none."""
    found = [sorted(_figures(asked, library, rows, one), key=lambda figure: -figure.score)[:_BEST] for one in operands]
    best: tuple[float, tuple[Figure, ...]] = (0.0, ())
    apart = all(one.documents for one in operands)
    for figures in product(*found):
        spans = [row.get("amount") or row.get("number") or row.get("date") for figure in figures for row in figure.rows]
        if len({figure.unit for figure in figures}) > 1 or len(set(spans)) < len(spans):
            continue
        if len({figure.document for figure in figures}) > 1 and not apart:
            continue
        score = sum(figure.score for figure in figures)
        score += _TOGETHER * (len({figure.rows[0].span for figure in figures}) == 1)
        score += _WHOLE * (not asked.reading.parts and not any(figure.rows[0].all("part") for figure in figures))
        if score > best[0]:
            best = score, figures
    return best[1]


def _figures(asked: Asked, library: Library, rows: Sequence[Row], operand: _Operand) -> Iterator[Figure]:
    """What might be the figure for an operand, with how well it fits."""
    rows = [row for row in rows if not operand.documents or row.document in operand.documents]
    if operand.parts and not operand.total:
        yield from _of_part(asked, rows, operand.parts[0])
        return
    for row in rows:
        value = _value(row)
        if value is None or not _in_years(asked, row, rows):
            continue
        book = library.books[row.document]
        own, around = _bags(row, book)
        if operand.total:
            if _is_total(row):
                yield Figure(document=row.document, rows=(row,), value=value, unit=_unit(row), score=1.0)
            continue
        if not content(operand.topic.words):
            continue
        said, whole = operand.topic.covered_by(own), operand.topic.covered_by(own, around, book.title_bag)
        if whole >= _FOUND and said >= _OWN:
            score = said + (1 - _AROUND) * whole + _AROUND * asked.matter.covered_by(own, around)
            score -= _OTHER_YEAR * _of_other_year(asked, row)
            yield Figure(document=row.document, rows=(row,), value=value, unit=_unit(row), score=score)


def _is_total(row: Row) -> bool:
    return re.search(r"\b(?:tong|tat ca|toan bo)\b", fold(row.value("matter"))) is not None


def _of_part(asked: Asked, rows: Sequence[Row], part: Part) -> Iterator[Figure]:
    """The sum that a document gives to a part, or those of what it is made of, added up."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        if (
            row.kind == "budgets"
            and _of_parts(row, (part,))
            and _value(row) is not None
            and _in_years(asked, row, rows)
        ):
            by_document.setdefault(row.document, []).append(row)
    for document, own in by_document.items():
        itself = [row for row in own if any(part in parts_in(cell.value) for cell in row.all("part"))]
        firsts = list({row.span: row for row in reversed(itself or own)}.values())[::-1]
        values = [_value(row) or Decimal(0) for row in firsts]
        if itself and len(firsts) > 1:
            firsts, values = firsts[:1], values[:1]
        yield Figure(document=document, rows=tuple(firsts), value=sum(values, Decimal(0)), unit="đồng", score=2.0)


def _value(row: Row) -> Decimal | None:
    """An amount in đồng, the number of a target, or the day on which something is due as digits."""
    if row.kind == "deadlines":
        day = re.fullmatch(r"yearly (\d\d)-(\d\d)|(\d{4})-(\d\d)-(\d\d)", row.value("date"))
        return Decimal("".join(group for group in day.groups() if group)) if day is not None else None
    stated = row.value("amount") or row.value("number")
    return Decimal(stated) if re.fullmatch(r"\d+(?:\.\d+)?", stated) else None


def _unit(row: Row) -> str:
    if row.kind == "deadlines":
        return "yearly" if row.value("date").startswith("yearly") else "date"
    return "đồng" if row.kind == "budgets" else row.value("unit")


def _bags(row: Row, book: Book) -> tuple[frozenset[str], frozenset[str]]:
    """What is said of a figure, and what stands around and above it."""
    cells = ("matter", "fund", "source", "part", "indicator", "place", "who")
    own = "\n".join(cell.text for name in cells for cell in row.all(name))
    around = "\n".join((book.text[row.span.start : row.span.end], *row.path))
    return book.bag(own), book.bag(around)


def _in_years(asked: Asked, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a figure is for the year that is asked for: a yearly one for a year, one for a whole period for none."""
    period = row.value("period")
    years = asked.reading.years
    if not period.startswith("yearly"):
        spread = re.fullmatch(r"(\d{4})-(\d{4})", period)
        return not (len(years) == 1 and spread is not None and years[0] not in spread.groups())
    if len(years) != 1:
        return False
    bounds = re.search(r"(\d{4})-(\d{4})$", period) or next(
        (
            found
            for other in rows
            if other.span == row.span and (found := re.fullmatch(r"(\d{4})-(\d{4})", other.value("period")))
        ),
        None,
    )
    return bounds is not None and bounds.group(1) <= years[0] <= bounds.group(2)


def _of_other_year(asked: Asked, row: Row) -> bool:
    stated = re.findall(r"\d{4}", row.value("period") or row.value("year"))
    return bool(asked.reading.years) and bool(stated) and not any(year in stated for year in asked.reading.years)


def _of_years(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """Yearly sums of one sentence times their years, added up, and how far the stated sum is from that."""
    best: tuple[float, list[Row], Row | None] = (0.0, [], None)
    by_passage: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if row.kind == "budgets" and _value(row) is not None:
            by_passage.setdefault((row.document, _passage(row, library)), []).append(row)
    for own in by_passage.values():
        yearly = [row for row in own if row.value("period").startswith("yearly")]
        whole = next((row for row in own if re.fullmatch(r"\d{4}-\d{4}", row.value("period"))), None)
        lengths = [_length(row, whole, len(yearly)) for row in yearly]
        if not yearly or not all(lengths):
            continue
        if whole is not None and sum(lengths) != years_of(whole.value("period")):
            continue  # some years are left out
        book = library.books[own[0].document]
        score = asked.matter.covered_by(_bags(own[0], book)[0], _bags(own[0], book)[1])
        score += 1.0 if asked.reading.parts and _of_parts(own[0], asked.reading.parts) else 0.0
        if score > best[0]:
            best = score, yearly, whole
    if best[0] < _FOUND:
        return None
    _, yearly, whole = best
    language = asked.reading.language
    terms = []
    total = Decimal(0)
    for row in yearly:
        value, length, amount = _value(row) or Decimal(0), _length(row, whole, len(yearly)), row.get("amount")
        total += value * length
        terms.append(f"{length} × {amount.text if amount is not None else ''}")
    closing = say(language, "sum", terms=" + ".join(terms), result=_money(total))
    stated = _value(whole) if whole is not None else None
    if whole is not None and stated is not None and stated != total:
        closing += " " + say(
            language,
            "stated",
            stated=Figure(document=whole.document, rows=(whole,), value=stated, unit="đồng").shown,
            gap=_money(abs(stated - total)),
        )
    stating = (whole, *yearly) if whole is not None else tuple(yearly)
    lines = tuple(dict.fromkeys(_line(row, library) for row in stating))
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


def _between(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, understand: Callable[[str], Asked]
) -> Draft | None:
    """How far the dates of two documents that one document cites are from each other."""
    operands = [_Operand.of(phrase, asked, library, understand) for phrase in wanted.operands]
    documents = asked.scope.documents if asked.scope.named else tuple(library.books)
    best: tuple[float, tuple[Row, ...]] = (0.0, ())
    for document in documents:
        book = library.books[document]
        dated = [
            row
            for row in rows
            if row.kind == "references" and row.document == document and re.fullmatch(_DATE, row.value("date"))
        ]
        scored = [[(_cited(row, one, book), row) for row in dated] for one in operands]
        chosen = [max(own, key=lambda pair: pair[0], default=(0.0, None)) for own in scored]
        if all(row is not None and score >= _FOUND for score, row in chosen):
            pair = tuple(row for _, row in chosen if row is not None)
            if pair[0].value("number") != pair[1].value("number") and sum(score for score, _ in chosen) > best[0]:
                best = sum(score for score, _ in chosen), pair
    if not best[1]:
        return None
    first, last = sorted(best[1], key=lambda row: row.value("date"))
    days = (date.fromisoformat(last.value("date")) - date.fromisoformat(first.value("date"))).days
    years = int(last.value("date")[:4]) - int(first.value("date")[:4])
    years -= last.value("date")[5:] < first.value("date")[5:]
    language = asked.reading.language
    closing = say(
        language, "apart-years" if years else "apart", first=_day(first), last=_day(last), days=days, years=years
    )
    lines = tuple(dict.fromkeys(_line(row, library) for row in best[1]))
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


_DATE = r"\d{4}-\d{2}-\d{2}"


def _cited(row: Row, operand: _Operand, book: Book) -> float:
    """How well a cited document is the one that a phrase names: by its number, or by what it is called."""
    number = re.match(r"\d+", row.value("number"))
    if number is not None and re.search(rf"\b{number.group()}\b", operand.phrase):
        return 2.0
    if re.search(r"\b\d{2,5}\b", operand.phrase) or not content(operand.topic.words):
        return 0.0
    cells = ("type", "number", "issuer", "title")
    return operand.topic.covered_by(book.bag(" ".join(cell.text for name in cells for cell in row.all(name))))


def _day(row: Row) -> str:
    return "/".join(reversed(row.value("date").split("-")))


def _passage(row: Row, library: Library) -> int:
    """The passage that a row is read from: one sum is often told in several sentences of it."""
    passages = library.books[row.document].passages
    return next((one.index for one in passages if one.kind != "list" and row.span in one.span), -1)


def _length(row: Row, whole: Row | None, count: int) -> int:
    """For how many years a yearly sum is."""
    return years_of(row.value("period")) or (years_of(whole.value("period")) if whole is not None and count == 1 else 0)


def _drafted(
    asked: Asked, library: Library, wanted: Calculation, operands: Sequence[_Operand], figures: Sequence[Figure]
) -> Draft | None:
    language = asked.reading.language
    lines = tuple(dict.fromkeys(_line(row, library) for figure in figures for row in figure.rows))
    if wanted.operation == "sum":
        total = sum((figure.value for figure in figures), Decimal(0))
        result = _amount(total, figures[0].unit, language)
        closing = say(language, "sum", terms=" + ".join(figure.shown for figure in figures), result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation == "share":
        part, whole = figures
        if not 0 < part.value <= whole.value:
            return None
        share = _PER_CENT * part.value / whole.value
        result = _decimal(share, language)
        closing = say(language, "share", part=part.shown, whole=whole.shown, result=result, about=f"{share:.0f}")
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    high, low = sorted(figures, key=lambda figure: -figure.value)
    gap = high.value - low.value
    if wanted.operation == "difference":
        points = high.unit == "%"
        result = _decimal(gap, language) if points else _amount(gap, high.unit, language)
        name = "difference-points" if points else "difference"
        closing = say(language, name, high=high.shown, low=low.shown, result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    first, second = (high, low) if wanted.operation in ("more", "later") else (low, high)
    if gap == 0:
        opening = say(language, "as-much", sum=high.shown)
    else:
        who = first.rows[0].get("who")
        own = first.rows[0].value("part") or (who.text if who is not None else "")
        named = own if own and len(first.rows) == 1 else operands[list(figures).index(first)].phrase
        opening = say(language, f"which-{wanted.operation}", part=named, sum=first.shown, other=second.shown)
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, opening=opening)


def _line(row: Row, library: Library) -> Line:
    part = row.get("part")
    return Line(
        document=row.document,
        label=unnumbered(part.text) if part is not None and len(part.text) > len(part.value) else row.value("part"),
        text=" ".join(library.books[row.document].text[row.span.start : row.span.end].replace("*", "").split()),
        quotes=(Quote(document=row.document, span=row.span, path=row.path, page=row.page),),
    )


def _amount(value: Decimal, unit: str, language: Language) -> str:
    if unit == "đồng":
        return _money(value)
    return f"{_decimal(value, language)}{'' if unit == '%' else ' '}{unit}"


def _money(value: Decimal) -> str:
    """A sum as documents write it: tỷ đồng where it is a round one, otherwise triệu đồng.

    >>> _money(Decimal(18_000_000_000)), _money(Decimal(103_000_000)), _money(Decimal(3_397_000_000))
    ('18 tỷ đồng', '103 triệu đồng', '3.397 triệu đồng')
    """
    for size, unit in ((_BILLION, "tỷ đồng"), (_MILLION, "triệu đồng")):
        tenths = value * 10 / size
        if tenths == tenths.to_integral_value() and (value >= size):
            whole, rest = divmod(int(tenths), 10)
            return f"{whole:,}".replace(",", ".") + (f",{rest}" if rest else "") + f" {unit}"
    return f"{value:,.0f}".replace(",", ".") + " đồng"


def _decimal(value: Decimal, language: Language) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if language == "en" else text.replace(".", ",")
