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
from ingest.rules.programme import Part, parts_in
from retrieval.answer.asked import Asked, topic_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.listed import name_of
from retrieval.answer.operands import Calculation, asks_for_all, asks_whether_it_adds_up, calculations
from retrieval.answer.rest import rest_of
from retrieval.answer.terms import Topic, content
from retrieval.answer.wholes import (
    is_of_source,
    is_the_total,
    leaves,
    only_of_a_fund,
    source_alone,
    sum_of_part,
    sum_of_plan,
)
from retrieval.answer.wording import say
from retrieval.answer.worked import (
    Figure,
    amount,
    bags_of,
    decimal,
    figure_of,
    firsts,
    fund_named,
    lines_of_rows,
    of_fund,
    of_other_year,
    of_parts,
    unit_of,
    value_of,
)
from retrieval.answer.yearly import average_of_years, difference_of_years, sum_of_some_years, sum_of_years
from retrieval.registers.types import Row
from retrieval.tokens import BREAK

_FOUND = 0.5  # of an operand, in a figure with all that stands above it
_APART = 0.4  # of what tells it from the other operands, in what is said of the figure itself
_OWN = 0.3  # the same in what is said of the figure itself
_PLAINLY, _NEAR = 1.3, 0.12  # in score, of 2 at most
_BEST = 5  # figures for each operand
_BESIDE = 0.15  # of the other of two figures of one sentence
_TOGETHER, _WHOLE, _AROUND, _OTHER_YEAR = 0.3, 0.15, 0.4, 0.6
_ENOUGH = 0.8
_TOLD = 0.6  # of what the others have, in what is said of the figure
_ALIKE = 0.55  # of the fewer words that are said of two figures
_WORD = re.compile(r"[^\W\d_]+")
_TOTAL = re.compile(
    r"\b(?:(?<!be )tong(?! (?:hop|ket)\b)|toan bo|tat ca|ca (?:chuong trinh|du an|tieu du an|noi dung|ke hoach|khoan|nam|nguon)|whole|total|overall|entire|all)\b"
)
_SUM = re.compile(r"^\d[\d.,]* (?:trieu|ty)\b")
# "… phần trăm của cả dự án": of the part that the question names.
_OF_THE_PART = re.compile(r"\b(?:du an|tieu du an|noi dung|khoan|(?:sub)?project|component|sum)\b")
# "đường nội đồng mà Ban Dân tộc nhắm tới": what is said of the thing besides.
_CLAUSE = re.compile(r"(?<=\w)\s+mà\s.*$|(?<=\w)\s+(?:that|which)\s.*$", re.IGNORECASE | re.DOTALL)
_SHARES = re.compile(
    r"\b(?:phan tram|diem|ty le|ti le)\b|%|\b(?:per ?cent(?:age)?|shares?|rates?|points?|proportions?)\b"
)
_COUNT = re.compile(r"^(?:the )?(?:so|so luong|number of)\b(?! tien| von| kinh phi)")
_RANGE = "range"  # the unit of "từ 25 đến 30 tỷ đồng", which is no figure to reckon with
_PER_CENT = 100


def answer_calculated(
    asked: Asked, library: Library, rows: Sequence[Row], understand: Callable[[str], Asked]
) -> Draft | None:
    """What is worked out of the things that a question names; None where it names none, or one has no figure.

    ``understand`` reads a phrase of the question as a question of its own.
    """
    english = asked.reading.language == "en"
    # Marks that are put back may make another word of "cong"; abbreviations are written out where there are marks.
    as_typed = english or not has_marks(asked.question.text)
    text = asked.question.text.strip() if as_typed else asked.alone
    if asked.scope.unknown:
        return None
    documents = asked.scope.documents or tuple(library.books)
    own = [row for row in rows if row.document in documents and row.kind in ("budgets", "targets", "deadlines")]
    # Marks may be read into English words.
    readings = calculations(text) or calculations(asked.question.text.strip())
    together = _together(asked, library, own, text, readings[0] if readings else None)
    if together is not None:
        return together
    for wanted in readings:
        found = _worked_out(asked, library, rows, documents, wanted, understand)
        if found is not None:
            return found
    return None


def _worked_out(
    asked: Asked,
    library: Library,
    rows: Sequence[Row],
    documents: Sequence[str],
    wanted: Calculation,
    understand: Callable[[str], Asked],
) -> Draft | None:
    """One reading of a question worked out; None where one of its figures is missing."""
    if wanted.operation == "years":
        return None
    said = fold(asked.question.text)
    if wanted.operation == "compare" and (len(documents) != 1 or not _OF_FIGURES.search(said)):
        return None
    if wanted.operation in ("most", "least") and not (_OF_FIGURES.search(said) or _GETS.search(said)):
        return None  # "dự án nào có nhiều việc nhất"
    if wanted.operation == "between":
        dated = _between(asked, library, rows, wanted, understand)
        if dated is not None:
            return dated
        wanted = replace(wanted, operation="difference")  # "how many years lie between … and …", of ages
    own = [row for row in rows if row.document in documents and row.kind in ("budgets", "targets", "deadlines")]
    due = wanted.operation in ("later", "sooner")
    own = [row for row in own if (row.kind == "deadlines") == due]
    if asked.reading.parts and not any(parts_in(one) for one in wanted.operands):
        own = [row for row in own if of_parts(row, asked.reading.parts)]
    operands = _told_apart([_Operand.of(phrase, asked, library, understand) for phrase in wanted.operands])
    chosen = _choose(asked, library, own, wanted, operands) if operands else ()
    if wanted.said and chosen:
        told = understand(wanted.said).matter.covered_by(
            bags_of(chosen[0].rows[0], library.books[chosen[0].document])[0]
        )
        if told < _TOLD:
            return None
    return _drafted(asked, library, wanted, operands, chosen) if chosen else None


_OF_FIGURES = re.compile(
    r"\b(?:von|tien|kinh phi|ngan sach|huy dong|trieu|ty dong|phan tram|ty le|chi tieu)\b|%|\b(?:money|funds?|funding|budgets?|capital|million|billion|raise|spend|spending|amounts?|allocations?|per ?cent(?:age)?|share|rate|targets?)\b"
)

_GETS = re.compile(
    r"\b(?:duoc (?:cap|chi|giao|bo tri|phan bo|nhieu nhat|it nhat)|gets?|receives?|is given|are given)\b"
)


def _together(
    asked: Asked, library: Library, rows: Sequence[Row], text: str, wanted: Calculation | None
) -> Draft | None:
    """Sums over all that a part, a plan or a period of years is given; None where no such is asked for."""
    of_one_part = [row for row in rows if not asked.reading.parts or of_parts(row, asked.reading.parts)]
    if wanted is not None and wanted.operation == "years":
        return sum_of_years(asked, library, of_one_part)
    if wanted is not None and wanted.operation == "difference":
        apart = difference_of_years(asked, library, of_one_part, wanted.operands)
        if apart is not None:
            return apart
    if asks_whether_it_adds_up(text):
        found = sum_of_part(asked, library, rows) or sum_of_plan(asked, library, rows)
        found = found or sum_of_years(asked, library, of_one_part)
        if found is not None:
            return found
    if asks_for_all(text) and asked.reading.parts and (found := sum_of_part(asked, library, rows)) is not None:
        return found
    return average_of_years(asked, library, of_one_part) or sum_of_some_years(asked, library, of_one_part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operand:
    """A phrase: what figures for it should hold, its parts of the programme, and the documents that it names."""

    phrase: str
    topic: Topic
    parts: tuple[Part, ...]
    documents: tuple[str, ...]
    total: bool
    years: tuple[str, ...] = ()
    same: bool = False
    """Whether it is of the same thing as another operand: "… năm 2025 và năm 2030"."""
    apart: Topic | None = None
    """What tells it from the others: of "lao động nữ" and "lao động nam" the last word."""

    @classmethod
    def of(cls, phrase: str, asked: Asked, library: Library, understand: Callable[[str], Asked]) -> _Operand:
        named_parts = parts_in(phrase)
        parts = (named_parts[-1].within(named_parts[0]),) if named_parts else ()  # "TDA 1 DA 10 (ND 01)"
        projects = {part.project for part in asked.reading.parts if part.project}
        if parts and not parts[0].project and len(projects) == 1:
            parts = (replace(parts[0], project=projects.pop()),)  # "Nội dung 1 và Nội dung 2 của Dự án 10"
        empty = Topic((), library.weights)
        total = _TOTAL.search(fold(phrase)) is not None or not phrase or _SUM.match(fold(phrase)) is not None
        if total:
            return cls(phrase=phrase, topic=empty, parts=parts, documents=(), total=True)
        english = asked.reading.language == "en"
        said = _CLAUSE.sub("", phrase)
        read = understand(f"the {said}" if english and not parts else said)
        topic = read.matter
        if not english:
            kind = "budget" if asked.reading.kind in ("open", "list", "count", "lead", "duties") else asked.reading.kind
            topic = Topic(
                topic_of(read.text, replace(read.reading, kind=kind, lookups=()), read.scope), library.weights
            )
        named = read.scope.documents if read.scope.named else ()
        years = tuple(re.findall(r"\b20\d\d\b", phrase))
        return cls(phrase=phrase, topic=topic, parts=parts, documents=named, total=False, years=years)


def _told_apart(operands: Sequence[_Operand]) -> list[_Operand]:
    """The operands with what tells each from the others; [] where nothing does.

    "… năm 2025 và năm 2030": a year alone is of the same thing as the other operand.
    """
    found = []
    for one in operands:
        if not content(one.topic.words) and one.years and not one.parts and not one.total:
            topic = next((other.topic for other in operands if content(other.topic.words)), one.topic)
            one = replace(one, topic=topic, same=True)
        found.append(one)
    for at, one in enumerate(found):
        others = [other for other in found if other is not one]
        theirs = {word for other in others for word in content(other.topic.words)}
        own = [BREAK if word in theirs else word for word in one.topic.words]
        if content(own):
            found[at] = replace(one, apart=one.topic.over(own))
        elif not (one.parts or one.total or one.documents or any(one.years != other.years for other in others)):
            return []
    return found


def _choose(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, operands: Sequence[_Operand]
) -> tuple[Figure, ...]:
    """The figures for the operands, in their order, that fit best together; () where one has none."""
    fund = fund_named(asked.text) if wanted.operation not in ("share", "share-of") else ""
    found = [
        sorted(_figures(asked, library, rows, one, fund), key=lambda figure: -figure.score)[:_BEST] for one in operands
    ]
    if any(own and own[0].unit == _RANGE for own in found):
        return ()
    best = _fitting(asked, wanted, operands, found)
    surely = any(one.same for one in operands)  # of two years: one of several like targets is not to be picked
    if any(_unsure(figure, own, best, surely=surely) for figure, own in zip(best, found, strict=False)):
        return ()
    if not best and wanted.operation in ("difference", "times"):
        for lacking in (0, 1):
            best = best or _fitting(asked, wanted, operands, _beside(library, rows, operands[lacking], found, lacking))
    return best


def _unsure(figure: Figure, found: Sequence[Figure], chosen: Sequence[Figure], *, surely: bool = False) -> bool:
    """Whether another figure of its unit, not of the other operands, fits nearly as well as one that fits in part."""
    others = [one for one in found if one.unit == figure.unit and one.value != figure.value and one not in chosen]
    return (surely or figure.score < _PLAINLY) and any(one.score > figure.score - _NEAR for one in others)


def _fitting(
    asked: Asked, wanted: Calculation, operands: Sequence[_Operand], found: Sequence[Sequence[Figure]]
) -> tuple[Figure, ...]:
    """Of the figures for each operand those that fit best together; () where none do."""
    best: tuple[float, tuple[Figure, ...]] = (0.0, ())
    # What is measured against what is of one plan: two plans have other periods.
    apart = all(one.documents for one in operands) and wanted.operation not in ("times", "share", "share-of")
    counts = not _SHARES.search(fold(asked.question.text)) and any(_COUNT.match(fold(one.phrase)) for one in operands)
    of_all = wanted.operation == "share-of"
    for figures in product(*([figure for figure in own if figure.told] for own in found)):
        if len({figure.unit for figure in figures}) > 1 or (counts and figures[0].unit == "%"):
            continue
        if len({figure.document for figure in figures}) > 1 and not apart:
            continue
        cells = [row.get("amount") or row.get("number") or row.get("date") for figure in figures for row in figure.rows]
        inside = wanted.operation == "share" and set(figures[0].rows) < set(figures[1].rows)
        if len(set(cells)) < len(cells) and not of_all and not inside:
            continue
        if any(one.same for one in operands) and not _of_one_thing(figures):
            continue
        if of_all and not any(set(figures[0].rows) <= set(figure.rows) for figure in figures[1:]):
            continue  # the part is none of what the whole is made of
        score = sum(figure.score for figure in figures)
        score += _TOGETHER * (len({figure.rows[0].span for figure in figures}) == 1)
        score += _WHOLE * (not asked.reading.parts and not any(figure.rows[0].all("part") for figure in figures))
        if score > best[0]:
            best = score, figures
    return best[1]


def _of_one_thing(figures: Sequence[Figure]) -> bool:
    """Whether figures are said to be of the same thing, for other years: that is told in much the same words."""
    cells = ("matter", "indicator", "part", "fund", "source")
    said = [
        {
            word
            for row in one.rows
            for name in cells
            for cell in row.all(name)
            for word in _WORD.findall(fold(cell.text))
        }
        for one in figures
    ]
    shared = set.intersection(*said)
    return len(shared) >= _ALIKE * min(map(len, said))


def _beside(
    library: Library, rows: Sequence[Row], operand: _Operand, found: Sequence[Sequence[Figure]], lacking: int
) -> list[list[Figure]]:
    """The figure that is lacking: just one more of the same unit in the sentence of the one that is found.

    It is said to be something of what is sought; nothing where it is not so plain.
    """
    paired: list[list[Figure]] = [list(own) for own in found]
    paired[lacking] = []
    for figure in found[1 - lacking]:
        row = figure.rows[0]
        book = library.books[row.document]
        others = [
            other
            for other in rows
            if other.span == row.span
            and other is not row
            and value_of(other, book) is not None
            and unit_of(other) == figure.unit
        ]
        if len(figure.rows) == 1 and len(others) == 1 and not operand.parts and not operand.total:
            own, _ = bags_of(others[0], book)
            if operand.topic.covered_by(own) >= _BESIDE:
                paired[lacking].append(figure_of(others[0], score=_BESIDE))
    return paired


def _figures(asked: Asked, library: Library, rows: Sequence[Row], operand: _Operand, fund: str) -> Iterator[Figure]:
    """What might be the figure for an operand, with how well it fits; of ``fund`` where it is named for all."""
    rows = [row for row in rows if not operand.documents or row.document in operand.documents]
    if not operand.years:
        rows = [row for row in rows if not _of_others(asked, row, library.books[row.document])]
    if operand.parts and not operand.total:
        yield from _of_part(asked, library, rows, operand.parts[0], fund_named(operand.phrase) or fund)
        return
    part_of = _OF_THE_PART.search(fold(operand.phrase)) or all(row.all("part") for row in rows)
    if operand.total and asked.reading.parts and part_of:
        yield from _of_part(asked, library, rows, asked.reading.parts[0], fund_named(operand.phrase))
        return
    of_phrase = "" if operand.total else fund_named(operand.phrase)
    if not operand.total and not asked.reading.parts:
        yield from _from_source([row for row in rows if _in_years(asked, row, rows)], operand.phrase)
        rows = _of_the_whole(rows, operand.phrase, of_phrase)
    for row in rows:
        book = library.books[row.document]
        if value_of(row) is None or not _in_years(asked, row, rows):
            continue
        if operand.years and _stated_for(row) and _stated_for(row) != set(operand.years):
            continue  # a sum for all years of a period is none for its first
        if operand.years and row.kind == "targets" and not _is_level(row):
            continue
        if of_phrase and row.kind == "budgets" and not of_fund(row, of_phrase):
            continue
        own, around = bags_of(row, book)
        if operand.total:
            if is_the_total(row, operand.phrase) and _is_the_sum(row, operand.phrase):
                yield figure_of(row, score=1.0)
            continue
        if not content(operand.topic.words):
            continue
        said, whole = operand.topic.covered_by(own), operand.topic.covered_by(own, around, book.title_bag)
        apart = operand.apart.covered_by(own) if operand.apart is not None else 1.0
        if whole >= _FOUND and said >= _OWN:
            score = said + (1 - _AROUND) * whole + _AROUND * asked.matter.covered_by(own, around)
            figure = figure_of(row, score=score - _OTHER_YEAR * of_other_year(asked, row))
            figure = replace(figure, told=apart >= _APART)
            yield figure if value_of(row, book) is not None else replace(figure, unit=_RANGE)


def _is_the_sum(row: Row, phrase: str) -> bool:
    """Whether a figure is the one that a phrase begins with: "7.011 triệu đồng của …"; true where it has none."""
    named = _SUM.match(fold(phrase))
    amount_cell = row.get("amount")
    return named is None or (amount_cell is not None and fold(amount_cell.text).startswith(named.group()))


def _is_level(row: Row) -> bool:
    """Whether a target says how much there is to be in some year, and not by how much it rises or falls each year."""
    return bool(_stated_for(row)) and not row.value("comparison").startswith(("+", "-"))


def _stated_for(row: Row) -> set[str]:
    """The year that a figure is said to be for, or the first and the last of a period."""
    return set(re.findall(r"\d{4}", row.value("period") or row.value("year")))


def _from_source(rows: Sequence[Row], phrase: str) -> Iterator[Figure]:
    """The one sum that a plan has from a source, where a phrase names nothing else: "tiền trung ương rót về"."""
    source = source_alone(phrase)
    own = [row for row in rows if source and row.kind == "budgets" and is_of_source(row, source)]
    if len(own) == 1 and value_of(own[0]) is not None:
        yield figure_of(own[0], score=_PLAINLY)


def _of_the_whole(rows: Sequence[Row], phrase: str, fund: str) -> list[Row]:
    """Without the sums of parts where a phrase names a kind of funds alone, and a plan states its sum for all."""
    if not fund or not only_of_a_fund(phrase) or not any(is_the_total(row, fund) for row in rows):
        return list(rows)
    return [row for row in rows if not row.all("part")]


def _of_others(asked: Asked, row: Row, book: Book) -> bool:
    """Whether a figure is for another year than that which is asked for, and this is not the year of the plan."""
    dated = book.info.header.date.value if book.info.header.date is not None else ""
    named = [year for year in asked.reading.years if year not in asked.scope.years and year not in dated]
    return bool(named) and of_other_year(replace(asked, reading=replace(asked.reading, years=tuple(named))), row)


def _of_part(asked: Asked, library: Library, rows: Sequence[Row], part: Part, fund: str) -> Iterator[Figure]:
    """The sum that a document gives to a part, or those of what it is made of, added up."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        if (
            row.kind == "budgets"
            and of_parts(row, (part,))
            and value_of(row, library.books[row.document]) is not None
            and _in_years(asked, row, rows)
        ):
            by_document.setdefault(row.document, []).append(row)
    for document, own in by_document.items():
        itself = [row for row in own if any(part in parts_in(cell.value) for cell in row.all("part"))]
        terms = leaves(own, library, fund)[0] if fund or not itself else firsts(itself)[:1]
        if terms:
            total = sum((figure_of(row).value for row in terms), Decimal(0))
            yield Figure(document=document, rows=tuple(terms), value=total, unit="đồng", score=2.0)


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
    lines = lines_of_rows(best[1], library)
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


def _drafted(
    asked: Asked, library: Library, wanted: Calculation, operands: Sequence[_Operand], figures: Sequence[Figure]
) -> Draft | None:
    language = asked.reading.language
    lines = lines_of_rows([row for figure in figures for row in figure.rows], library)
    if wanted.operation == "sum":
        total = sum((figure.value for figure in figures), Decimal(0))
        if figures[0].unit == "%" and total > _PER_CENT:
            return None  # shares of several things make no sum
        result = amount(total, figures[0].unit, language)
        closing = say(language, "sum", terms=" + ".join(figure.shown for figure in figures), result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation in ("share", "share-of"):
        part, total = figures[0], sum((figure.value for figure in figures[1:]), Decimal(0))
        if not 0 < part.value <= total:
            return None
        share = _PER_CENT * part.value / total
        result = decimal(share, language)
        closing = ""
        stated = figures[1].shown if len(figures) == 2 else amount(total, part.unit, language)
        if len(figures) > 2:
            terms = " + ".join(figure.shown for figure in figures[1:])
            closing = say(language, "sum", terms=terms, result=stated) + " "
        closing += say(language, "share", part=part.shown, whole=stated, result=result, about=f"{share:.0f}")
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation == "times":
        if not figures[1].value:
            return None
        result = decimal(figures[0].value / figures[1].value, language, places=2)
        closing = say(language, "times", high=figures[0].shown, low=figures[1].shown, result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation == "rest":
        closing = rest_of(figures, language) if all(one.score >= _PLAINLY for one in figures) else ""
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing) if closing else None
    in_order = sorted(figures, key=lambda figure: -figure.value)
    if wanted.operation in ("most", "least"):
        return _ordered(asked, library, wanted, operands, figures)
    high, low = in_order[0], in_order[-1]
    gap = high.value - low.value
    if wanted.operation in ("difference", "spread"):
        points = high.unit == "%"
        result = decimal(gap, language) if points else amount(gap, high.unit, language)
        name = "difference-points" if points else "difference"
        closing = say(language, name, high=high.shown, low=low.shown, result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    first, second = (high, low) if wanted.operation in ("more", "later", "compare") else (low, high)
    if gap == 0:
        opening = say(language, "as-much", sum=high.shown)
    else:
        who = first.rows[0].get("who")
        own = first.rows[0].value("part") or (who.text if who is not None else "")
        named = own if own and len(first.rows) == 1 else operands[list(figures).index(first)].phrase
        opening = say(
            language,
            f"which-{'more' if wanted.operation == 'compare' else wanted.operation}",
            part=named,
            sum=first.shown,
            other=second.shown,
        )
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, opening=opening)


def _ordered(
    asked: Asked, library: Library, wanted: Calculation, operands: Sequence[_Operand], figures: Sequence[Figure]
) -> Draft:
    """The things that were named from the one with the most to the one with the least, and which that is."""
    pairs = sorted(zip(operands, figures, strict=True), key=lambda pair: -pair[1].value)
    extreme = pairs[0 if wanted.operation == "most" else -1][1].value
    names = ", ".join(_called(operand) for operand, figure in pairs if figure.value == extreme)
    terms = "; ".join(f"{_called(operand)}: {figure.shown}" for operand, figure in pairs)
    shown = next(figure.shown for _, figure in pairs if figure.value == extreme)
    return Draft(
        strategy="figures",
        lines=lines_of_rows([row for _, figure in pairs for row in figure.rows], library),
        support=_ENOUGH,
        opening=say(asked.reading.language, f"first-{wanted.operation}", part=names, sum=shown),
        closing=say(asked.reading.language, "in-order", terms=terms),
    )


_OF_WHOM = re.compile(
    r"\s+(?:của|ở|tại|theo|trong|of|in|at|by)\s+(?:(?:the|tỉnh|huyện|thành phố|thị xã|UBND|Ban)\s+)*(?=[A-ZĐ]).*$",
    re.DOTALL,
)


def _called(operand: _Operand) -> str:
    """A thing as the question calls it, without whose it is: "đường nội đồng" of "đường nội đồng ở Bắc Giang"."""
    if len(operand.parts) == 1:
        part = operand.parts[0]
        return name_of(part.project, part.sub, part.content)
    return (_OF_WHOM.sub("", operand.phrase) or operand.phrase) if operand.documents else operand.phrase
