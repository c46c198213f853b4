"""What two cells of a table are to each other: how far apart, the share of one in the other, what is not yet done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import MONEY, difference, number_in, share_held
from retrieval.answer.grid_question import (
    AHEAD,
    BY_COLUMN,
    NAMED,
    NOW,
    TWO,
    YEAR_BEFORE,
    TableQuestion,
    bare_head,
    column_meant,
    drafted,
    is_of_money,
    of_years,
    row_read,
    total_row,
    without_year,
)
from retrieval.answer.grid_sums import all_rows_meant
from retrieval.answer.grids import Grid, GridRow, years_of
from retrieval.answer.table_cells import said_in
from retrieval.answer.worked import share_of
from retrieval.registers.table_reader import names_total

_NAME_OF_SUM = re.compile(r"\b(?:tong|cong)\b")

OF_A_WHOLE = re.compile(r"\b(?:tong|toan bo|total|whole|overall)\b")
"""That a question is of all rows together."""

_TAKES_UP = re.compile(r"\b(?:chiem|ganh|dong gop|account\w* for|make up|made up|borne|cover\w*|come from)\b")

_NOT_DONE = re.compile(
    r"\b(?:chua|con lai|con|du lai|lack|not|left|remain\w*|unspent|still|yet|without|thieu|hut|short)\b"
)

_BESIDES = re.compile(r"\b(?:tru(?: di)?|ngoai|khong ke|besides|apart from|excluding|other than)\b")

_DONE = re.compile(r"\b(?:đã|có|giải ngân|thực chi|thực hiện|hoàn thành|được cấp|xong)\b")

_GIVEN = re.compile(
    r"(?:tong|muc tieu|chi tieu|yeu cau|dinh muc|can(?: co)?|phai co|[a-z, ]* phai co|giao|du toan|ke hoach|nhu cau|von giao|duoc giao|so (?!cong)|tiep nhan)\b"
)

SAME_TIME = re.compile(r"\bcung ky\b|\bsame (?:period|time)\b|" + YEAR_BEFORE.pattern)
"""That a question sets something apart from the same time a year before, in its folded text."""

_OF_PLAN = re.compile(
    r"\b(?:vuot|hut|thieu|kem|hon|thap|cao|chenh|lech|so voi|thua)\b(?: \w+){0,3}? (?:ke hoach|chi tieu|du toan|muc tieu|duoc giao|dinh muc)\b"
    r"|\b(?:exceed\w*|short of|above|below|over|under|beat|missed|than)\b(?: \w+){0,3}? (?:plan(?:ned)?|targets?|budget)\b"
)

_OF_ALL_HELD = 0.4  # of what is asked, where the row of totals is meant and none is named


def two_rows(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """How much more one row has than another in the column that is meant."""
    column = column_meant(question, grid, rows)
    if column is None:
        return
    held = share_held(question.asked, question.topic, grid, column, *(row.name for row in rows))
    if held >= question.least(grid):
        closing = difference(question.asked, grid, (rows[0], column), (rows[1], column))
        yield held, drafted(grid, rows, (column,), closing)


def two_columns(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """How far a row in one year is from the same in another, or what was done from what was planned."""
    columns = (
        _of_two_years(question, grid, row) or _since_now(question, grid, row) or _against_plan(question, grid, row)
    )
    if columns and MONEY.search(question.said) and not any(is_of_money(grid, name, row) for name in columns):
        return  # of bees, where their costs are asked for
    held = share_held(question.asked, question.topic, grid, row.name, *columns)
    if len(columns) == TWO and held >= (
        question.least(grid) if not row.total else min(_OF_ALL_HELD, question.least(grid))
    ):
        closing = difference(question.asked, grid, (row, columns[0]), (row, columns[1]))
        yield held, drafted(grid, (row,), columns, closing)


_CHANGED = re.compile(
    r"\b(?:tang|giam|hut|cat|bot|len|xuong)\b(?: \w+){0,4}? (?:bao nhieu|may) ?(?:phan tram|%)(?! diem)"
    r"|\bby what (?:percentage|per ?cent)\b|\b(?:percentage|per ?cent) (?:increase|decrease|change|drop|fall|rise)\b"
)


def change_in_percent(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """By how many per cent a row rose or fell between the two years that are set apart."""
    columns = _of_two_years(question, grid, row) if _CHANGED.search(question.said) else ()
    if len(columns) != TWO or grid.is_share(columns[0], row):
        return
    before, after = sorted(columns, key=lambda name: min(years_of(name)))
    old, new = number_in(row, before) or Decimal(0), number_in(row, after) or Decimal(0)
    held = share_held(question.asked, question.topic, grid, row.name, *columns)
    if not old or old == new or held < question.least(grid):
        return
    high, low = (row.cells[one].text for one in ((after, before) if new > old else (before, after)))
    both = (abs(new - old), f"({high} − {low})"), (old, row.cells[before].text)
    yield held + BY_COLUMN, drafted(grid, (row,), columns, share_of(*both, question.asked.reading.language))


def _of_two_years(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, ...]:
    """The columns of the two years that a question sets apart, those under one head where there are several."""
    years: tuple[str, ...] = question.ends
    dated = [
        name
        for name in grid.numeric
        if len(years_of(name)) == 1 and number_in(row, name) is not None and not grid.is_share(name, row)
    ]
    told = sorted({year for name in dated for year in years_of(name)})
    if len(years) < TWO and SAME_TIME.search(question.said) and len(told) == TWO and set(years) <= {told[1]}:
        years = tuple(told)
    if (
        len(years) == 1
        and len(told) == TWO
        and re.search(rf"\b(?:so voi|than|since|compared (?:to|with)) (?:nam )?{years[0]}\b", question.said)
    ):
        years = tuple(told) if years[0] == told[0] else ()
    if len(years) != TWO:
        return ()
    found = of_years(question, grid, row, years)
    if found:
        return found
    pairs = [
        (one, other)
        for one in dated
        for other in dated
        if years_of(one) == {years[0]}
        and years_of(other) == {years[1]}
        and without_year(one).strip().lower() == without_year(other).strip().lower()
    ]
    return pairs[0] if len(pairs) == 1 else ()


def _since_now(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, ...]:
    """What there is now and what there will be in the year that is asked about: "Số lồng hiện có", "Số lồng năm 2027"."""
    if len(question.ends) != 1 or not NOW.search(question.said):
        return ()
    own = [name for name in grid.numeric if number_in(row, name) is not None and not grid.is_share(name, row)]
    now = [name for name in own if NOW.search(fold(name))]
    then = [name for name in own if years_of(name) == {question.ends[0]} and name not in now]
    pairs = [(one, other) for one in now for other in then if _head_of(one) == _head_of(other)]
    if not pairs and len(now) == len(then) == 1 and _measure(grid, now[0], row) == _measure(grid, then[0], row):
        pairs = [(now[0], then[0])]
    return pairs[0] if len(pairs) == 1 else ()


def _head_of(name: str) -> str:
    """The head of a column, folded, without its year and that it is of now."""
    return " ".join(
        re.findall(r"[a-z]+", re.sub(r"\b(?:hien (?:co|nay|trang)|hien|dang co|nam)\b", " ", fold(without_year(name))))
    )


def _against_plan(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, ...]:
    """What was planned and what was done, where a question sets the two apart: "vượt kế hoạch bao nhiêu"."""
    if not _OF_PLAN.search(question.said):
        return ()
    return _given_and_done(question, grid, row) or ()


def shares(question: TableQuestion, grid: Grid, named: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """The share of a column that is named, in all rows or in the one that is; else that of the row.

    None where the table has the share itself: "Tỷ lệ lấp đầy (%)".
    """
    said = said_in(question.asked, grid.book)
    told = [name for name in grid.numeric if grid.is_share(name) and bare_head(question, name)]
    if any(bare_head(question, name).covered_by(said) >= NAMED for name in told):
        return
    of_column = list(_share_of_column(question, grid, named)) if len(named) <= 1 else []
    of_all = OF_A_WHOLE.search(question.said) or _TAKES_UP.search(question.said)
    rows = named or (row_read(question, grid) if of_all else ())
    if of_column:
        yield from of_column
    elif len(rows) == 1:
        yield from _share(question, grid, rows[0])


def _share(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """What a row is of the row of totals, in the column that is meant: that of sums where no year is named."""
    total = total_row(grid, question)
    if total is None and all_rows_meant(question, grid):
        yield from _share_of_all(question, grid, row)
    if total is None or total is row or row.name.lstrip().startswith(("-", "+", "–")):
        return  # what is a part of a part is set against that one
    both = [
        name
        for name in grid.numeric
        if number_in(row, name) is not None and number_in(total, name) and not grid.is_share(name, row)
    ]
    years = set(question.years)
    dated = [name for name in both if years_of(name) & years and len(years_of(name)) == 1]
    sums = [name for name in both if names_total(name.strip()) or _NAME_OF_SUM.search(fold(name))]
    columns = dated or sums or both
    if len(columns) != 1:
        return
    (column,) = columns
    part, whole = number_in(row, column) or Decimal(0), number_in(total, column) or Decimal(0)
    held = share_held(question.asked, question.topic, grid, row.name, column)
    if not 0 < part <= whole or held < question.least(grid):
        return
    texts = row.cells[column].text, total.cells[column].text
    closing = share_of((part, texts[0]), (whole, texts[1]), question.asked.reading.language)
    yield held, drafted(grid, (row, total), (column,), closing)


def _share_of_all(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """What a row is of all rows together, where the table does not add them up."""
    rows = [one for one in grid.rows if not one.total]
    column = column_meant(question, grid, rows)
    if column is None:
        return
    held = share_held(question.asked, question.topic, grid, row.name, column)
    values = [number_in(one, column) or Decimal(0) for one in rows]
    part, whole = number_in(row, column) or Decimal(0), sum(values, Decimal(0))
    if 0 < part <= whole and held >= question.least(grid):
        terms = " + ".join(one.cells[column].text for one in rows)
        both = (part, row.cells[column].text), (whole, f"({terms})")
        yield held, drafted(grid, rows, (column,), share_of(*both, question.asked.reading.language))


def _share_of_column(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """What a column, such as a source, is of the column of sums, in a row or in that of totals."""
    row = rows[0] if rows else total_row(grid, question)
    if row is None:
        return
    both = _part_and_sum(question, grid, row)
    if both is None:
        return
    held = share_held(question.asked, question.topic, grid, row.name, *both)
    part, whole = (number_in(row, name) or Decimal(0) for name in both)
    if not 0 < part <= whole or held < question.least(grid):
        return
    texts = tuple(row.cells[name].text for name in both)
    closing = share_of((part, texts[0]), (whole, texts[1]), question.asked.reading.language)
    yield held - BY_COLUMN, drafted(grid, (row,), both, closing)


def _part_and_sum(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, str] | None:
    """The one column that the question names and that of sums; None where there are not just these."""
    said = said_in(question.asked, grid.book)
    filled = [name for name in grid.numeric if number_in(row, name) is not None and not grid.is_share(name, row)]
    sums = [name for name in filled if names_total(name.strip())]
    scored = sorted(
        ((own.covered_by(said), name) for name in filled if name not in sums and (own := bare_head(question, name))),
        reverse=True,
    )
    if len(sums) != 1 or not scored or scored[0][0] < NAMED:
        return None
    ahead = len(scored) == 1 or scored[1][0] < NAMED or scored[0][0] - scored[1][0] >= AHEAD
    return (scored[0][1], sums[0]) if ahead else None


def not_yet(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """What a row has of a whole and not yet of what is asked: "bao nhiêu hộ chưa có nước máy", "còn chưa giải ngân"."""
    row = rows[0] if rows else total_row(grid, question)
    if row is None:
        return
    pair = _given_and_done(question, grid, row) if _NOT_DONE.search(question.said) else None
    if pair is None and _BESIDES.search(question.said):
        part = _part_and_sum(question, grid, row)
        pair = (part[1], part[0]) if part is not None else None
    if pair is None:
        return
    held = share_held(question.asked, question.topic, grid, row.name, *pair)
    given, done = (number_in(row, name) or Decimal(0) for name in pair)
    if held >= (question.least(grid) if rows else min(_OF_ALL_HELD, question.least(grid))) and given > done:
        closing = difference(question.asked, grid, (row, pair[0]), (row, pair[1]))
        yield held - BY_COLUMN, drafted(grid, (row,), pair, closing)


def _is_done(name: str) -> bool:
    """Whether a column says what there is or was done, and not what there has to be: "đã có", "phải có"."""
    return _DONE.search(name.lower()) is not None and re.search(r"\b(?:phải|cần|nên) ", name.lower()) is None


def _given_and_done(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, str] | None:
    """The column of what there is or was given and that of what is done; None where it is not plain."""
    years = set(question.years)
    fitting = [
        name
        for name in grid.numeric
        if number_in(row, name) is not None
        and not grid.is_share(name, row)
        and (not years_of(name) or not years or years_of(name) & years)
    ]
    done = [name for name in fitting if _is_done(name) and bare_head(question, name)]
    done = [name for name in done if not any(_within(grid, other, name) for other in done if other != name)]
    given = [name for name in fitting if name not in done and not _is_done(name)]
    if len(done) > 1 and len(plans := [name for name in given if _GIVEN.match(fold(name))]) == 1:
        done = [
            name for name in done if years_of(name) == years_of(plans[0])
        ] or done  # "Kế hoạch 2024" beside its year
    said = said_in(question.asked, grid.book)
    if len(done) > 1:
        scored = sorted(((bare_head(question, name).covered_by(said), name) for name in done), reverse=True)
        done = [scored[0][1]] if scored[0][0] - scored[1][0] >= AHEAD else []
    whole = [name for name in given if _GIVEN.match(fold(name))] or [
        name for name in given if done and fold(name).split()[:1] == fold(done[0]).split()[:1]
    ]
    if len(whole) > 1:
        whole = [name for name in whole if fold(name).startswith("tong")]
    if len(whole) != 1 or len(done) != 1 or _measure(grid, whole[0], row) != _measure(grid, done[0], row):
        return None
    return whole[0], done[0]


def _within(grid: Grid, part: str, name: str) -> bool:
    """Whether all words of one head stand in another: "Hộ có nước máy", "Hộ dân tộc thiểu số có nước máy"."""
    return set(grid.book.words(part)) < set(grid.book.words(name))


def _measure(grid: Grid, name: str, row: GridRow) -> str:
    """What a column counts in: the unit that the table says, or what its own head has in brackets."""
    in_head = re.search(r"\(([^)]*)\)", name)
    return grid.unit(name, row) or (in_head.group(1) if in_head is not None else "")
