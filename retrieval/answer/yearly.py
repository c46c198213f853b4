"""Sums over several years of what is stated for each, and what a sum for a whole period is a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.listed import NUMBERS
from retrieval.answer.wording import say
from retrieval.answer.worked import bags_of, figure_of, lines_of_rows, money, of_parts, value_of
from retrieval.registers.findings import years_of
from retrieval.registers.types import Row

_FOUND = 0.5  # of what is asked about, in what is said of the sums
_ENOUGH = 0.8
_TWO = 2
_SOME = re.compile(
    r"\b(?P<count>hai|ba|bon|[234]) nam (?P<which>dau(?! tu)|cuoi|sau(?: cung)?)\b"
    r"|\b(?P<which_en>first|last|final|closing|opening) (?P<count_en>two|three|four|[234]) years\b"
)
_LAST = ("cuoi", "sau", "last", "final", "closing")
_NAMED = re.compile(
    r"\b(20\d\d)\s*(?:-|–|den|toi|cho den|to|through|until|till|(?<=between \d\d\d\d )and)\s*(?:het )?(?:nam )?(20\d\d)\b"
)
_EACH = re.compile(
    r"\b(?:moi|tung|hang|mot) nam\b|\bnam nao\b|\b(?:each|every|per|a|which|what) year\b|\b(?:yearly|annual(?:ly)?)\b"
)
_MONEY = re.compile(
    r"\b(?:von|tien|kinh phi|ngan sach|huy dong|trieu|ty|dong)\b|\b(?:money|funds?|funding|budget|capital|million|billion|dong|vnd|raise[ds]?|spen[dt]|mobilis\w+|mobiliz\w+|sum|amounts?|plans?|planned)\b"
)
_HOW_MUCH = re.compile(r"\b(?:bao nhieu|may)\b|\bhow (?:much|many)\b|\bwhat\b|\b(?:add|sum|total|cong|gop|tinh)\b")
_TOGETHER = re.compile(
    r"\b(?:cong(?! (?:tac|trinh|dong|chuc|an|nghiep))|gop|tong|tat ca|ca (?:hai|ba|bon|\d) nam|together|combined|(?:in )?total|altogether|in all|sum|add(?:ed)?)\b"
)
# "hụt so với 3,6 tỷ bao nhiêu" sets the sum against a stated one, and is no such question.
_APART = re.compile(
    r"\b(?:hon|kem|chenh|lech|cach) (?:\w+ ){0,4}?(?:nam|nhau)\b|\b(?:nhieu|it|cao|thap|lon|nho) hon (?:\w+ ){0,3}?(?:bao nhieu|may)\b|\b(?:chiem|gap (?:bao nhieu|may))\b|\b(?:more|less) (?:\w+ ){0,6}?than\b|\bhow many times\b|\b(?:tang|giam|nhich)(?: (?:len|xuong|them|bot|di|khoang))* (?:bao nhieu|may)\b|\b(?:rise|grow|increase|fall|drop|decrease)[sd]?\b|\b(?:per ?cent(?:age)?|share) of\b"
)
# "Dự án 2 và dự án nuôi cá": one that is not named by its number.
_ANOTHER = re.compile(
    r"\b(?:va|voi|cung|cong|lan|and|with|plus)\s+(?:(?:the|ca|cac|tieu) )?(?:du an|sub-?project|project)\b(?! (?:so )?\d)"
)
_AVERAGE = re.compile(
    r"\b(?:binh quan|trung binh|tinh binh quan|tinh trung binh|chia deu|chia binh quan|chia ra)\b.{0,60}?\b(?:moi|mot|hang|tung|cac|nam|5|ba|bon) nam\b"
    r"|\b(?:moi|mot|hang|tung) nam\b.{0,40}?\b(?:binh quan|trung binh)\b"
    r"|\b(?:averag\w+|mean (?:amount|sum|value))\b.{0,60}?\b(?:year|annum|annual\w*|yearly)\b|\b(?:per|a|each|every) year\b.{0,40}?\bon average\b|\b(?:yearly|annual) average\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """What one passage states for each of several years, and the sum for all of them where it has one."""

    each: dict[int, Row]
    whole: Row | None
    score: float

    @property
    def bounds(self) -> tuple[int, int]:
        years = re.findall(r"\d{4}", self.whole.value("period")) if self.whole is not None else []
        return (int(years[0]), int(years[-1])) if years else (min(self.each), max(self.each))


def sum_of_years(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """Yearly sums times their years, added up, and how far the stated sum is from that.

    Only some of the years where these are named, and those of all Dự án that are; None where a year has no sum.
    """
    spreads = _of_each_project(asked, library, rows)
    if not spreads:
        return None
    sums = [_summed(spread, _wanted(asked, spread)) for spread in spreads]
    added = [one for one in sums if one is not None]
    if len(added) < len(sums):
        return None
    language = asked.reading.language
    total = sum((one.total for one in added), Decimal(0))
    terms = " + ".join(one.terms for one in added)
    closing = say(language, "sum", terms=terms, result=money(total))
    wholes = [spread.whole for spread in spreads if spread.whole is not None]
    for spread, one in zip(spreads, added, strict=True):
        stated = value_of(spread.whole) if spread.whole is not None else None
        if spread.whole is not None and stated is not None and stated != one.total and len(spreads) == 1 and one.all:
            shown = figure_of(spread.whole).shown
            closing += " " + say(language, "stated", stated=shown, gap=money(abs(stated - total)))
    stating = (*wholes, *(row for one in added for row in one.rows))
    return Draft(strategy="figures", lines=lines_of_rows(stating, library), support=_ENOUGH, closing=closing)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """The sums of some years of a spread added up; ``all`` where they are all of its years."""

    terms: str
    total: Decimal
    rows: tuple[Row, ...]
    all: bool


def _summed(spread: _Spread, years: Sequence[int]) -> _Sum | None:
    """None where one of the years has no sum."""
    if not years or any(year not in spread.each for year in years):
        return None
    counts: dict[Row, int] = {}
    for year in years:
        counts[spread.each[year]] = counts.get(spread.each[year], 0) + 1
    total = sum((figure_of(row).value * count for row, count in counts.items()), Decimal(0))
    terms = [
        f"{count} × {figure_of(row).shown}" if count > 1 else figure_of(row).shown for row, count in counts.items()
    ]
    first, last = spread.bounds
    return _Sum(terms=" + ".join(terms), total=total, rows=tuple(counts), all=len(years) == last - first + 1)


def _of_each_project(asked: Asked, library: Library, rows: Sequence[Row]) -> list[_Spread]:
    """The sums for several years that a question is about, of each Dự án that it names; [] where one has none."""
    projects = dict.fromkeys(part.project for part in asked.reading.parts if part.project)
    if projects and _ANOTHER.search(fold(asked.question.text)):
        return []
    if len(projects) < _TWO:
        spread = _nearest(asked, library, rows)
        return [spread] if spread is not None else []
    found: list[_Spread] = []
    for project in projects:
        named = [part for part in asked.reading.parts if part.project == project]
        spread = _nearest(asked, library, [row for row in rows if of_parts(row, named)])
        if spread is None:
            return []
        found.append(spread)
    return found if len({next(iter(spread.each.values())).document for spread in found}) == 1 else []


def difference_of_years(asked: Asked, library: Library, rows: Sequence[Row], operands: Sequence[str]) -> Draft | None:
    """How far the sum of some years is from that of others: "hai năm đầu nhiều hơn hai năm cuối bao nhiêu"."""
    said = fold(asked.question.text)
    if len(operands) != _TWO or not (_MONEY.search(said) or asked.reading.parts):
        return None
    spreads = _of_each_project(asked, library, rows)
    if len(spreads) != 1:
        return None
    years = [_years_told(fold(phrase), spreads[0]) for phrase in operands]
    one, other = (_summed(spreads[0], own) for own in years)
    if one is None or other is None:
        return None
    language = asked.reading.language
    high, low = sorted((one, other), key=lambda own: -own.total)
    several = [own for own, told in zip((one, other), years, strict=True) if len(told) > 1]
    sums = [say(language, "sum", terms=own.terms, result=money(own.total)) for own in several]
    gap = money(high.total - low.total)
    closing = " ".join((*sums, say(language, "difference", high=money(high.total), low=money(low.total), result=gap)))
    lines = lines_of_rows((*one.rows, *other.rows), library)
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


def sum_of_some_years(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The same where a question asks how much money some years get together; None for any other question."""
    said = fold(asked.question.text)
    if not _HOW_MUCH.search(said) or not (_MONEY.search(said) or asked.reading.parts) or _wants_each(said):
        return None
    if _APART.search(said):
        return None  # "hai năm đầu nhiều hơn hai năm cuối bao nhiêu": each sum is only one of the two
    if (
        not _SOME.search(said)
        and not _NAMED.search(said)
        and not (len(_years_named(asked)) >= _TWO and (_TOGETHER.search(said) or len(_years_named(asked)) > _TWO))
    ):
        return None  # "năm 2021 và năm 2022 bao nhiêu": each of them
    if asked.scope.named and len(asked.scope.documents) > 1 and not _TOGETHER.search(said):
        return None  # a year for each of two plans
    spreads = _of_each_project(asked, library, rows)
    if not spreads:
        return None
    first, last = spreads[0].bounds
    wanted = _wanted(asked, spreads[0])
    return sum_of_years(asked, library, rows) if _TWO <= len(wanted) <= last - first else None


def _wants_each(said: str) -> bool:
    """Whether each year's sum is asked for: what is told year by year may still be wanted added up behind that."""
    each = _EACH.search(said)
    return each is not None and not any(each.end() < found.start() for found in _TOGETHER.finditer(said))


def average_of_years(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """What a sum for a period of several years is a year; None where no such sum is asked for or stated."""
    said = fold(asked.question.text)
    if not _AVERAGE.search(said) or not (_MONEY.search(said) or asked.reading.parts):
        return None
    wholes = [
        (_score(asked, library, row), row)
        for row in rows
        if row.kind == "budgets"
        and re.fullmatch(r"\d{4}-\d{4}", row.value("period"))
        and value_of(row, library.books[row.document]) is not None
        and _names(asked, row)
    ]
    score, whole = max(wholes, key=lambda pair: pair[0], default=(0.0, None))
    if whole is None or score < _FOUND:
        return None
    length = years_of(whole.value("period"))
    figure = figure_of(whole)
    closing = say(
        asked.reading.language, "average", whole=figure.shown, years=length, result=_rounded(figure.value / length)
    )
    return Draft(strategy="figures", lines=lines_of_rows((whole,), library), support=_ENOUGH, closing=closing)


def _rounded(value: Decimal) -> str:
    """A sum of money as a whole number of thousands of đồng, which is as exact as documents are."""
    return money(value.quantize(Decimal(1)))


def _nearest(asked: Asked, library: Library, rows: Sequence[Row]) -> _Spread | None:
    """The sums for several years that a question is about."""
    best = max(_spreads(asked, library, rows), key=lambda spread: spread.score, default=None)
    return best if best is not None and best.score >= _FOUND else None


def _spreads(asked: Asked, library: Library, rows: Sequence[Row]) -> Iterator[_Spread]:
    by_passage: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if row.kind == "budgets" and value_of(row, library.books[row.document]) is not None:
            by_passage.setdefault((row.document, _passage(row, library)), []).append(row)
    for own in by_passage.values():
        whole = next((row for row in own if re.fullmatch(r"\d{4}-\d{4}", row.value("period"))), None)
        each: dict[int, Row] = {}
        stated = [(year, row) for row in own for year in _years_of(row, whole)]
        for year, row in stated:
            each.setdefault(year, row)
        # Two sums for one year are of different things.
        if len(stated) == len(each) >= _TWO and (whole is None or _fits(each, whole)):
            yield _Spread(each=each, whole=whole, score=_score(asked, library, own[0]))


def _fits(each: dict[int, Row], whole: Row) -> bool:
    """Whether the years are those of the whole, and none of them is left out."""
    first, last = (int(year) for year in re.findall(r"\d{4}", whole.value("period")))
    return set(each) == set(range(first, last + 1))


def _years_of(row: Row, whole: Row | None) -> range:
    """The years for each of which a sum is."""
    period = row.value("period")
    if period.startswith("yearly"):
        bounds = re.findall(r"\d{4}", period) or re.findall(r"\d{4}", whole.value("period") if whole else "")
        return range(int(bounds[0]), int(bounds[-1]) + 1) if bounds else range(0)
    return range(int(period), int(period) + 1) if re.fullmatch(r"\d{4}", period) else range(0)


def _score(asked: Asked, library: Library, row: Row) -> float:
    own, around = bags_of(row, library.books[row.document])
    score = asked.matter.covered_by(own, around)
    return score + (1.0 if asked.reading.parts and of_parts(row, asked.reading.parts) else 0.0)


def _names(asked: Asked, row: Row) -> bool:
    """Whether a whole is for the years that a question names: for just these, or it names none."""
    named = _years_named(asked)
    first, last = (int(year) for year in re.findall(r"\d{4}", row.value("period")))
    return not named or (min(named), max(named)) == (first, last)


def _years_named(asked: Asked) -> list[int]:
    """The years of a question, those between the ends of a period among them."""
    said = fold(asked.question.text)
    years = {int(year) for year in asked.reading.years}
    for first, last in _NAMED.findall(said):
        years.update(range(int(first), int(last) + 1))
    return sorted(years)


def _wanted(asked: Asked, spread: _Spread) -> list[int]:
    """The years whose sums are asked for: those that are named, the first or last few, or all."""
    first, last = spread.bounds
    some = _some(fold(asked.question.text), spread)
    if some:
        return some
    named_years = [year for year in _years_named(asked) if str(year) not in asked.scope.years] or _years_named(asked)
    if len(named_years) >= _TWO:
        return named_years
    return list(range(first, last + 1))


def _years_told(phrase: str, spread: _Spread) -> list[int]:
    """The years that a phrase names: the first or last few, or just one; [] where it names none or others."""
    named = re.findall(r"\b20\d\d\b", phrase)
    return _some(phrase, spread) or ([int(named[0])] if len(named) == 1 else [])


def _some(said: str, spread: _Spread) -> list[int]:
    """The first or last few years of a spread where these are said; [] where not."""
    some = _SOME.search(said)
    if some is None:
        return []
    first, last = spread.bounds
    count = NUMBERS[some.group("count") or some.group("count_en")]
    which = (some.group("which") or some.group("which_en")).split()[0]
    return list(range(last - count + 1, last + 1) if which in _LAST else range(first, first + count))


def _passage(row: Row, library: Library) -> int:
    """The passage that a row is read from: one sum is often told in several sentences of it."""
    passages = library.books[row.document].passages
    return next((one.index for one in passages if one.kind != "list" and row.span in one.span), -1)
