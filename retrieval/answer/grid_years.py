"""What a table with columns of years is asked: the year with the most, a rise or fall, what a source gives together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.normalise import fold, has_marks
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import (
    COVERED,
    ENOUGH,
    difference,
    in_figures,
    least,
    lines_of,
    number_in,
    of_money,
    share_held,
    written,
)
from retrieval.answer.grids import Grid, GridRow, years_of
from retrieval.answer.table_cells import NO_THING, SPREAD, said_in
from retrieval.answer.terms import Topic, content
from retrieval.answer.wording import say
from retrieval.registers.sums import FUND, SOURCE
from retrieval.registers.table_reader import names_total

MOST = re.compile(
    r"\b(?:cao|nhieu|lon|dong|dai|rong|day)\b(?: (?!nhat|it|thap)\w+){0,6} nhat\b"
    r"|\b(?:most|highest|largest|biggest|greatest)\b"
)
LEAST = re.compile(
    r"\b(?:thap|nho|ngan|hep) nhat\b|\bit(?: \w+){0,3} nhat\b(?! (?:la )?(?:\d|bao nhieu|may\b))"
    r"|\b(?:least|lowest|smallest|fewest)\b(?! \d)"
)
_WHICH_WAY = re.compile(
    r"\b(?:tang hay giam|giam hay tang|thay doi|(?:rise|increase|grow|go up)\w* or (?:fall|decrease|decline|go down))\b"
)
COUNTED = re.compile(r"\b(?:bao nhieu|may) (?P<thing>[a-z]+)")
_OF_YEAR = re.compile(r"\b(?:[Nn]ăm )?20\d\d\b")
DONE = frozenset(
    """
    cao thấp nhiều ít lớn nhỏ đông nhất hơn kém chênh lệch so với số tổng bao nhiêu mấy nào đâu giữa tất cả
    tăng giảm xuống lên thay đổi từ hay cộng tính riêng ba hai giai đoạn lượng
    """.split()
)
TWO, _FOUR = 2, 4
_WHOLLY = 0.99
_IN_TITLE = 0.35  # of what is asked, for the sum of all


def best_year(
    asked: Asked, topic: Topic, grid: Grid, rows: Sequence[GridRow], said: str
) -> Iterator[tuple[float, Draft]]:
    """The year in which a row has the most or the least, or both; the row of totals where none is named."""
    chosen = rows[0] if rows else next((row for row in reversed(grid.rows) if row.total), None)
    if chosen is None:
        return
    asked_years = {*asked.reading.years} if len(asked.reading.years) > 1 else set()
    by_year: dict[str, list[str]] = {}
    for name in grid.numeric:
        years = years_of(name)
        if len(years) == 1 and name in chosen.cells and (not asked_years or years <= asked_years):
            by_year.setdefault(min(years), []).append(name)
    columns = [own[0] for own in by_year.values()]
    held = share_held(asked, topic, grid, *columns, chosen.name)
    enough = least(asked, chosen) if rows else COVERED
    if len(columns) < TWO or any(len(own) != 1 for own in by_year.values()) or held < enough:
        return
    values = [number_in(chosen, one) or Decimal(0) for one in columns]
    wanted = [("first-most", max(values))] if MOST.search(said) else []
    wanted += [("first-least", min(values))] if LEAST.search(said) else []
    openings = []
    for key, wanted_value in wanted:
        best = [
            (year, own[0]) for (year, own), value in zip(by_year.items(), values, strict=True) if value == wanted_value
        ]
        years_shown = ", ".join(year for year, _ in best)
        openings.append(say(asked.reading.language, key, part=years_shown, sum=written(grid, chosen, best[0][1])))
    lines = lines_of(grid, (chosen,), *columns)
    yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=" ".join(openings))


def of_years(asked: Asked, topic: Topic, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """How much more a row has in one year than in another; of the row of totals where none is named."""
    years = sorted({*asked.reading.years, *asked.scope.years})
    if len(years) != 2:
        return
    chosen = rows[0] if rows else next((row for row in reversed(grid.rows) if row.total), None)
    if chosen is None:
        return
    filled = [name for name in grid.numeric if name in chosen.cells and of_money(asked, grid, name, chosen)]
    of_years = [[name for name in filled if years_of(name) == {year}] for year in years]
    if any(len(own) != 1 for own in of_years):
        return
    columns = [own[0] for own in of_years]
    held = share_held(asked, topic, grid, *columns, chosen.name)
    if held < (least(asked, chosen) if rows else COVERED):
        return
    before, after = (number_in(chosen, one) or Decimal(0) for one in columns)
    opening = ""
    if before != after and _WHICH_WAY.search(fold(asked.question.text)):
        opening = say(asked.reading.language, "rises" if after > before else "falls")
    closing = difference(asked, grid, (chosen, columns[1]), (chosen, columns[0]))
    lines = lines_of(grid, (chosen,), *columns)
    yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=opening, closing=closing)


def of_source(asked: Asked, topic: Topic, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """What all rows of a table of money have together from one source or two, in the year that is asked for or in all.

    Sources are the columns without their years: "Năm 2025 NS xã" and "Năm 2026 NS xã" are of one.
    """
    totals = [row for row in grid.rows if row.total]
    if len(totals) != 1 or not asked.scope.named or "đồng" not in grid.unit("", totals[0]):
        return
    (total,) = totals
    said = said_in(asked, grid.book)
    sources: dict[str, list[str]] = {}
    for name in grid.numeric:
        bare = _OF_YEAR.sub(" ", name).strip()
        if name in total.cells and re.search(r"\w", bare) and not names_total(bare):
            sources.setdefault(fold(bare), []).append(name)
    named = []
    for source, columns in sources.items():
        own = asked.matter.over(grid.book.words(_OF_YEAR.sub(" ", columns[0])))
        if own and own.covered_by(said) >= _WHOLLY:
            named.append(source)
    named = [one for one in named if not any(one != other and one in other for other in named)]
    years = {*asked.reading.years} - {*asked.scope.years} or {*asked.reading.years}
    chosen = [
        [one for one in sources[source] if not years or not years_of(one) or years_of(one) & years] for source in named
    ]
    columns = [one for own in chosen for one in own]
    if len(sources) < TWO or not columns or len(columns) > _FOUR or not all(chosen):
        return
    held = share_held(asked, topic, grid, total.name, *columns)
    own_words = {word for one in columns for word in grid.book.words(one)}
    left = [word for word in content(asked.topic) if word not in DONE and fold(word) not in own_words]
    if held < _IN_TITLE and len(left) > TWO:
        return
    closing = _sum(asked, grid, total, columns) if len(named) == 1 and len(columns) > 1 else ""
    yield held, Draft(strategy="figures", lines=lines_of(grid, totals, *columns), support=ENOUGH, closing=closing)


def of_sums(said: str) -> bool:
    """Whether what is counted is money: "bao nhiêu vụ cháy" is not, though it may be asked of a plan of funds."""
    things = [counted.group("thing") for counted in COUNTED.finditer(said)]  # "máy bơm" is folded like a question
    return not things or any(thing in NO_THING for thing in things)


# "Tỉnh rót bao nhiêu", "huyện bỏ ra": a source of funds, without the word for it.
_GIVES = re.compile(
    r"\b(?:trung uong|tinh|huyen|xa|thanh pho|dan|doanh nghiep) (?:rot|cap|gop|dong gop|bo ra|ho tro|bu)\b"
)


def _within_spans(text: str) -> set[str]:
    """All years of the spans that a question names: "2024-2026" is three of them."""
    return {str(year) for first, last in SPREAD.findall(text) for year in range(int(first), int(last) + 1)}


def of_all(asked: Asked, topic: Topic, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """The sum of all rows of a table of money, in the year that is asked for, or in several together."""
    totals = [row for row in grid.rows if row.total]
    if FUND.search(asked.text) or SOURCE.search(asked.text) or _GIVES.search(fold(asked.text)):
        return  # the sum of all where one kind or source of funds is asked for
    if len(totals) != 1 or not asked.scope.named:
        return
    (total,) = totals
    folded = fold(asked.text)
    things = [asked.text[slice(*found.span("thing"))].lower() for found in COUNTED.finditer(folded)]
    if of_sums(folded):
        things = []
    if not (_is_counted(grid, total, things[0], asked) if things else "đồng" in grid.unit("", total)):
        return
    years = {*asked.reading.years, *_within_spans(asked.question.text)}
    if len(years) == 1 or len(years - {*asked.scope.years}) == 1:
        years = years - {*asked.scope.years} or years
    columns = [
        name
        for name in grid.numeric
        if len(years_of(name) & years) == 1 and name in total.cells and not _of_months(name, asked)
    ]
    held = share_held(asked, topic, grid, total.name)
    if not years or len(columns) != len(years) or len(columns) > _FOUR or held < _IN_TITLE:
        return
    lines = lines_of(grid, totals, *columns)
    closing = _sum(asked, grid, total, columns) if len(columns) > 1 else ""
    yield (
        held,
        Draft(
            strategy="figures",
            lines=lines,
            support=ENOUGH,
            closing=closing,
            certain=held >= COVERED and not _names_part(asked, grid),
        ),
    )


# "9 tháng 2023", "Quý I năm 2025": not what the year has.
_MONTHS = re.compile(r"\b(?:\d+ thang|quy (?:[ivx]+|\d))\b|\b\w+ months\b|\bq[1-4]\b")


def _of_months(column: str, asked: Asked) -> bool:
    """Whether a column is of a part of a year that a question does not name."""
    found = _MONTHS.search(fold(column))
    return found is not None and found.group() not in fold(asked.question.text)


_NAMED_ROW, _SOME_WORDS = 0.5, 3


def _names_part(asked: Asked, grid: Grid) -> bool:
    """Whether a question says much of what one of the rows is called: "công trình nước sinh hoạt" is not all that is built."""
    said = set(grid.book.words(asked.text))
    for row in grid.rows:
        own = set(grid.book.words(row.name))
        if not row.total and len(own & said) >= max(_SOME_WORDS, _NAMED_ROW * len(own)):
            return True
    return False


def _is_counted(grid: Grid, total: GridRow, thing: str, asked: Asked) -> bool:
    """Whether the numbers of a table are all of a thing, by its unit or by what stands above it: "chỉ tiêu (người)".

    With its marks, where a question has them: "ca" is not "cả".
    """
    units = {grid.unit(column, total) for column in ("", *grid.numeric)}
    above = " ; ".join((*units, *grid.above)).lower()
    return (
        not any("đồng" in unit for unit in units)
        and re.search(rf"\b{re.escape(thing)}\b", above if has_marks(asked.text) else fold(above)) is not None
    )


def _sum(asked: Asked, grid: Grid, row: GridRow, columns: Sequence[str]) -> str:
    """The sum of some cells of a row as it is reckoned: "75 + 65 = 140 triệu đồng"."""
    values = [number_in(row, one) or Decimal(0) for one in columns]
    terms = " + ".join(row.cells[one].text for one in columns)
    result = f"{in_figures(sum(values, Decimal(0)))} {grid.unit(columns[0], row)}".strip()
    return say(asked.reading.language, "sum", terms=terms, result=result)
