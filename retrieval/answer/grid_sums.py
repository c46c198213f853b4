"""What rows, years or columns of one table are together: "cộng cả sáu vùng", "bốn năm 2024-2027 tất cả bao nhiêu"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import in_figures, number_in, share_held
from retrieval.answer.grid_question import (
    BY_COLUMN,
    FEW,
    NAMED,
    SURE,
    TWO,
    TableQuestion,
    bare_head,
    column_meant,
    drafted,
    is_read,
    of_so_many_years,
    of_years,
    says_words,
    total_row,
    without_year,
)
from retrieval.answer.grids import Grid, GridRow, years_of
from retrieval.answer.table_cells import NO_THING, said_in
from retrieval.answer.wording import say
from retrieval.answer.worked import share_of
from retrieval.registers.table_reader import names_total

_PIECES = re.compile(r",\s+|\s+-\s+|;\s*")
_MOST = 40  # rows that are added up
_COUNTED_HELD, _READ_HELD = 0.3, 0.2  # of what is asked, in a table that has as many rows as the question says
# What money comes from, by the folded head of a column without its year.
_SOURCE = re.compile(
    r"\b(?:nstw|tw|trung uong|dp|dia phuong|nsdp|doi ung|tinh|huyen|xa|von|nguon|ngan sach|ns\w*|xa hoi hoa|dan)\b"
)
_AMOUNT = re.compile(r"(?P<number>\d[\d.]*(?:,\d+)?)\s?(?P<unit>[^\W\d_][^\d;]*)?")


def rows_added(question: TableQuestion, grid: Grid, named: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """The rows that are named, those with words that are said, or all where they are as many as the question says."""
    # "Bản 51" is no count of 51.
    counts = {
        count for count, _ in question.wanted.counted if not any(re.search(rf"\b{count}\b", row.name) for row in named)
    }
    own = [row for row in grid.rows if not row.total]
    if len(named) >= TWO:
        choices = [("", list(named), 0.3)] if not counts or len(named) in counts else []
    else:
        choices = [(said, rows, 0.3 if len(rows) in counts else 0.1) for said, rows in _with_words(question, grid)]
        if question.wanted.sums and all_rows_meant(question, grid):
            choices.append(("", own, 0.2))
    for words, all_of_them, bonus in choices:
        rows = _of_the_year(question, grid, all_of_them)
        if not TWO <= len(rows) <= _MOST or (counts and len(rows) not in counts and not question.wanted.all_of):
            continue
        column = column_meant(question, grid, rows)
        if not (question.wanted.sums or _counts_rows(question, grid, len(rows))):
            continue
        if column is None or len({grid.unit(column, row) for row in rows}) > 1:
            continue
        texts = (column, words, *(row.name for row in rows[:_MOST]))
        held = share_held(question.asked, question.topic, grid, *texts)
        if all_of_them == list(named) and question.asked.reading.parts and names_total(column.strip()):
            held = max(held, SURE)  # "Tiểu dự án 1 cả ba năm": the part is all that is named
        counted = _COUNTED_HELD if not is_read(question, grid) else _READ_HELD
        if held < (counted if len(rows) in counts or all_of_them is own else question.least(grid)):
            continue
        part, closing = _added(question, grid, [(row, column) for row in rows])
        whole = total_row(grid, question)
        if question.wanted.share and whole is not None and (of := number_in(whole, column)):
            both = (part, in_figures(part)), (of, whole.cells[column].text)
            closing = f"{closing} {share_of(*both, question.asked.reading.language)}"
            yield held + bonus, drafted(grid, (*rows, whole), (column,), closing)
            continue
        yield held + bonus, drafted(grid, rows, (column,), closing)


def _added(question: TableQuestion, grid: Grid, cells: Sequence[tuple[GridRow, str]]) -> tuple[Decimal, str]:
    """What some cells of one unit come to, and how it is told: "400 + 280 = 680 đàn"."""
    total = sum((number_in(row, column) or Decimal(0) for row, column in cells), Decimal(0))
    terms = " + ".join(row.cells[column].text for row, column in cells)
    first, column = cells[0]
    result = f"{in_figures(total)} {grid.unit(column, first) or grid.counted(column)}".strip()
    return total, say(question.asked.reading.language, "sum", terms=terms, result=result)


def _with_words(question: TableQuestion, grid: Grid) -> Iterator[tuple[str, list[GridRow]]]:
    """The rows that have the same words in a column, where the question says these words."""
    for group in dict.fromkeys(row.group for row in grid.rows if row.group):
        if says_words(question, group):
            yield group, [row for row in grid.rows if row.group == group and not row.total]
    # "Ngân sách ba cấp": as many rows begin with these words as the question says.
    begun: dict[str, list[GridRow]] = {}
    for row in grid.rows:
        if not row.total and len(words := fold(row.name).split()) > TWO:
            begun.setdefault(" ".join(words[:TWO]), []).append(row)
    for start, rows in begun.items():
        counts = {count for count, _ in question.wanted.counted}
        if 1 < len(rows) < len(grid.rows) and len(rows) in counts and says_words(question, start):
            yield start, rows
    for column in grid.textual:
        values: dict[str, list[GridRow]] = {}
        for row in grid.rows:
            if column in row.cells and not row.total:
                text = fold(row.cells[column].text)
                for value in dict.fromkeys((text, *_PIECES.split(text))):  # "Khúa Lủng, Thài Phìn Tủng"
                    values.setdefault(value, []).append(row)
        for value, rows in values.items():
            if 1 < len(rows) < len(grid.rows) and says_words(question, value):
                yield value, rows


def _of_the_year(question: TableQuestion, grid: Grid, rows: list[GridRow]) -> list[GridRow]:
    """Of some rows those of the one year that is asked about, where a column says of which year each is."""
    column = grid.column_of_years(rows) if len(question.years) == 1 else None
    if column is None:
        return rows
    return [row for row in rows if column in row.cells and row.cells[column].text == question.years[0]]


def all_rows_meant(question: TableQuestion, grid: Grid) -> bool:
    """Whether a question says how many rows a table has, of what they are, or that it means all of them."""
    own = [row for row in grid.rows if not row.total]
    counts = {count for count, _ in question.wanted.counted}
    if len(own) in counts:
        return _counts_rows(question, grid, len(own))
    return question.wanted.all_of and not counts and is_read(question, grid) and total_row(grid, question) is None


def _counts_rows(question: TableQuestion, grid: Grid, count: int) -> bool:
    """Whether the things of which a question says how many there are are those that the rows are called."""
    said = fold(" ".join((grid.names, *grid.above, *grid.columns)))
    things = [thing for number, thing in question.wanted.counted if number == count and thing not in NO_THING]
    # Marks and translations aside: "5 lớp" of the column "Lớp"; English says it in other words.
    sure = question.asked.reading.language == "en" or (count > FEW and is_read(question, grid))
    return bool(things) and (sure or any(re.search(rf"\b{thing}\b", said) for thing in things))


def years_added(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[float, Draft]]:
    """What a row has in several years together; the row of totals where none is named."""
    row = rows[0] if rows else total_row(grid, question)
    if row is None:
        return
    columns = (
        of_years(question, grid, row, question.years)
        if len(question.years) > 1
        else of_so_many_years(question, grid, row)
    )
    held = share_held(question.asked, question.topic, grid, row.name, *columns)
    if len(columns) < TWO or held < question.least(grid):
        return
    _, closing = _added(question, grid, [(row, one) for one in columns])
    yield held, drafted(grid, (row,), columns, closing)


def sources_of_year(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """What the columns of the one year that is asked about are together: "2024 TW" and "2024 ĐP", each of a source."""
    if len(question.years) != 1:
        return
    columns = [
        name for name in grid.numeric if years_of(name) == set(question.years) and number_in(row, name) is not None
    ]
    heads = [without_year(name).strip() for name in columns]
    units = {grid.unit(name, row) for name in columns}
    if (
        len(columns) < TWO
        or len(units) != 1
        or "đồng" not in next(iter(units))
        or not all(map(_SOURCE.search, map(fold, heads)))
    ):
        return
    held = share_held(question.asked, question.topic, grid, row.name, *columns)
    if held < question.least(grid):
        return
    _, closing = _added(question, grid, [(row, one) for one in columns])
    yield held, drafted(grid, (row,), columns, closing)


def per_head(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """What a row's sum of money is for each of its things: "bình quân vốn mỗi hộ"."""
    thing = question.wanted.per
    money = [
        name
        for name in grid.numeric
        if number_in(row, name) is not None and "đồng" in grid.unit(name, row) and not years_of(name)
    ]
    counts = [
        name
        for name in grid.numeric
        if name not in money and number_in(row, name) and re.search(rf"\b{thing}\b", fold(name))
    ]
    if not thing or len(money) != 1 or len(counts) != 1:
        return
    (sum_of,), (count_of,) = money, counts
    held = share_held(question.asked, question.topic, grid, row.name, sum_of, count_of)
    whole, count = number_in(row, sum_of) or Decimal(0), number_in(row, count_of) or Decimal(1)
    if held < question.least(grid):
        return
    each = in_figures((whole / count).quantize(Decimal("0.01")).normalize() + 0)
    closing = say(
        question.asked.reading.language,
        "per-head",
        whole=row.cells[sum_of].text,
        count=row.cells[count_of].text,
        result=f"{each} {grid.unit(sum_of, row)}",
    )
    yield held, drafted(grid, (row,), (sum_of, count_of), closing)


def columns_together(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """Columns of a row that a question names, two set apart or several added up: "hộ nghèo cao hơn hộ thường …"."""
    said = said_in(question.asked, grid.book)
    named = [
        (name, amount)
        for name in grid.columns
        if name != grid.names
        and name in row.cells
        and not (years_of(name) and question.years and not years_of(name) & set(question.years))
        and (own := bare_head(question, name))
        and own.covered_by(said) >= NAMED
        if (amount := _amount(grid, row, name)) is not None
    ]
    if len(named) < TWO or len({unit for _, (_, unit) in named}) != 1:
        return
    columns = [name for name, _ in named]
    if len({without_year(name).strip().lower() for name in columns}) == 1:
        return  # one thing in several years
    unit = named[0][1][1]
    held = share_held(question.asked, question.topic, grid, row.name, *columns)
    if held < question.least(grid):
        return
    language = question.asked.reading.language
    if question.wanted.apart and len(named) == TWO:
        (_, (high, _)), (_, (low, _)) = sorted(named, key=lambda one: -one[1][0])
        result = f"{in_figures(high - low)} {unit}".strip()
        closing = say(language, "difference", high=in_figures(high), low=in_figures(low), result=result)
    elif question.wanted.sums and not question.wanted.apart:
        values = [value for _, (value, _) in named]
        result = f"{in_figures(sum(values, Decimal(0)))} {unit}".strip()
        closing = say(language, "sum", terms=" + ".join(map(in_figures, values)), result=result)
    else:
        return
    yield held - BY_COLUMN, drafted(grid, (row,), columns, closing)


def _amount(grid: Grid, row: GridRow, name: str) -> tuple[Decimal, str] | None:
    """The number of a cell with its unit, its own or the table's: "12 triệu đồng/ha"; None where it is no number."""
    cell = row.cells[name]
    if cell.number is not None:
        return cell.number, grid.unit(name, row)
    found = _AMOUNT.fullmatch(cell.text)
    if found is None or found.group("unit") is None:
        return None
    return Decimal(found.group("number").replace(".", "").replace(",", ".")), found.group("unit").strip()
