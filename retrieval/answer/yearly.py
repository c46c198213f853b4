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
from retrieval.answer.operands import NUMBERS
from retrieval.answer.wording import say
from retrieval.answer.worked import Figure, bags_of, figure_of, lines_of_rows, money, of_parts, value_of
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

    Only some of the years where these are named; None where a year has no sum.
    """
    spread = _nearest(asked, library, rows)
    if spread is None:
        return None
    wanted = _wanted(asked, spread)
    if not wanted or any(year not in spread.each for year in wanted):
        return None
    counts: dict[Row, int] = {}
    for year in wanted:
        counts[spread.each[year]] = counts.get(spread.each[year], 0) + 1
    language = asked.reading.language
    total = sum((figure_of(row).value * count for row, count in counts.items()), Decimal(0))
    several = max(counts.values()) > 1
    terms = [f"{count} × {figure_of(row).shown}" if several else figure_of(row).shown for row, count in counts.items()]
    closing = say(language, "sum", terms=" + ".join(terms), result=money(total))
    first, last = spread.bounds
    stated = value_of(spread.whole) if spread.whole is not None else None
    if spread.whole is not None and stated is not None and stated != total and len(wanted) == last - first + 1:
        shown = Figure(document=spread.whole.document, rows=(spread.whole,), value=stated, unit="đồng").shown
        closing += " " + say(language, "stated", stated=shown, gap=money(abs(stated - total)))
    stating = (spread.whole, *counts) if spread.whole is not None else tuple(counts)
    return Draft(strategy="figures", lines=lines_of_rows(stating, library), support=_ENOUGH, closing=closing)


def sum_of_some_years(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The same where a question asks how much money some years get together; None for any other question."""
    said = fold(asked.question.text)
    if not _HOW_MUCH.search(said) or not (_MONEY.search(said) or asked.reading.parts) or _EACH.search(said):
        return None
    if (
        not _SOME.search(said)
        and not _NAMED.search(said)
        and not (len(_years_named(asked)) >= _TWO and (_TOGETHER.search(said) or len(_years_named(asked)) > _TWO))
    ):
        return None  # "năm 2021 và năm 2022 bao nhiêu": each of them
    if asked.scope.named and len(asked.scope.documents) > 1 and not _TOGETHER.search(said):
        return None  # a year for each of two plans
    spread = _nearest(asked, library, rows)
    if spread is None:
        return None
    first, last = spread.bounds
    wanted = _wanted(asked, spread)
    return sum_of_years(asked, library, rows) if _TWO <= len(wanted) <= last - first else None


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
    some = _SOME.search(fold(asked.question.text))
    first, last = spread.bounds
    if some is not None:
        counted = some.group("count") or some.group("count_en")
        count = NUMBERS.get(counted) or int(counted)
        which = (some.group("which") or some.group("which_en")).split()[0]
        named = range(last - count + 1, last + 1) if which in _LAST else range(first, first + count)
        return list(named)
    named_years = [year for year in _years_named(asked) if str(year) not in asked.scope.years] or _years_named(asked)
    if len(named_years) >= _TWO:
        return named_years
    return list(range(first, last + 1))


def _passage(row: Row, library: Library) -> int:
    """The passage that a row is read from: one sum is often told in several sentences of it."""
    passages = library.books[row.document].passages
    return next((one.index for one in passages if one.kind != "list" and row.span in one.span), -1)
