"""Which row of a table has the most, or the least, of something: "which hamlet lost the most livestock?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.compose import escape
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import ENOUGH, difference, in_figures, line_of, number_in, share_held, written
from retrieval.answer.grid_question import BY_COLUMN, HELD, TableQuestion, column_meant, drafted, is_read, of_years
from retrieval.answer.grids import Grid, GridRow
from retrieval.answer.table_cells import said_in
from retrieval.answer.wording import say

_LEAST_ROWS = 3
_HELD_BY_READ = 0.35  # of what is asked, where several rows were read first
_FILLED = 0.8  # of the rows have a number in the column
_MANY = 2  # rows that have as much: more of them are no answer


def extreme(question: TableQuestion, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """The row with the most or the least in the column that is meant, where what is asked for is what the rows are."""
    wanted = question.wanted.extreme
    rows = [row for row in grid.rows if not row.total]
    if not _is_kind_of_rows(question, grid):
        return
    column = column_meant(question, grid, ())
    filled = [row for row in rows if column is not None and number_in(row, column) is not None]
    if column is None or len(filled) < max(_LEAST_ROWS, _FILLED * len(rows)):
        return
    held = share_held(question.asked, question.topic, grid, column)
    if held < min(_HELD_BY_READ if is_read(question, grid) else HELD, question.least(grid)):
        return
    best = _best(filled, column, least=wanted == "least")
    if len(best) > _MANY:
        return
    named = ", ".join(escape(row.name) for row in best)
    opening = say(question.asked.reading.language, f"first-{wanted}", part=named, sum=written(grid, best[0], column))
    lines = tuple(line_of(grid, row, "") for row in best)
    yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=opening)


def extreme_change(question: TableQuestion, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """The row that rose or fell the most between two years: "huyện nào giảm nhiều nhất từ 2022 sang 2023"."""
    rows = [row for row in grid.rows if not row.total]
    if len(question.ends) != _MANY or not _CHANGES.search(question.said) or not _is_kind_of_rows(question, grid):
        return
    found = [(row, of_years(question, grid, row, question.ends)) for row in rows]
    told = [
        ((number_in(row, columns[1]) or Decimal(0)) - (number_in(row, columns[0]) or Decimal(0)), row, columns)
        for row, columns in found
        if len(columns) == _MANY
    ]
    if len(told) < max(_LEAST_ROWS, _FILLED * len(rows)) or len({columns for _, _, columns in told}) != 1:
        return
    falls = re.search(r"\bgiam\b|\b(?:fell|fall|drop\w*|decrease\w*|reduc\w*)\b", question.said) is not None
    ranked = sorted(told, key=lambda one: one[0] if falls else -one[0])
    (by, row, columns), second = ranked[0], ranked[1]
    held = share_held(question.asked, question.topic, grid, *columns)
    if question.wanted.extreme != "most" or not by or (by < 0) != falls or by == second[0] or held < _HELD_BY_READ:
        return
    language = question.asked.reading.language
    closing = difference(question.asked, grid, (row, columns[0]), (row, columns[1]))
    opening = say(language, "first-most", part=escape(row.name), sum=in_figures(abs(by)))
    yield held + BY_COLUMN, replace(drafted(grid, (row,), columns, closing), opening=opening)


_CHANGES = re.compile(
    r"\b(?:tang|giam|mo them)\b|\b(?:fell|fall|drop\w*|decrease\w*|reduc\w*|rose|rise|grew|grow|increase\w*)\b"
)


def _best(rows: list[GridRow], column: str, *, least: bool) -> list[GridRow]:
    values = [number_in(row, column) or Decimal(0) for row in rows]
    wanted = (min if least else max)(values)
    return [row for row, value in zip(rows, values, strict=True) if value == wanted]


def _is_kind_of_rows(question: TableQuestion, grid: Grid) -> bool:
    """Whether a question asks for one of the rows, which the head of their names says, or the table was read first."""
    said = said_in(question.asked, grid.book)
    heads = [grid.book.bag(piece) for piece in re.split(r",|/| và ", grid.names) if len(fold(piece).strip()) > 1]
    return is_read(question, grid) or any(head and head <= said for head in heads)
