"""The rows of a table that have just what a question says of them: nothing in a column, a year, a class.

"Khoản nào Đồn Biên phòng không bỏ đồng nào", "tiêu chí nào dự kiến đạt năm 2026", "những chợ nào thuộc hạng 3".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.normalise import fold
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import ENOUGH, heads_of, line_of, no_tasks, number_in, share_held
from retrieval.answer.grid_question import AHEAD, TableQuestion, bare_head, is_read, says_words
from retrieval.answer.grids import Grid, GridRow
from retrieval.answer.table_cells import said_in
from retrieval.answer.wording import say

_HALF = 0.5  # of the head of a column, in the question
_HELD = 0.25  # of what is asked, in a table whose rows were read first
_SHORT = 4  # words of a cell that says of which class a row is: "Không đạt"
_MOST = 15  # rows that are listed
_A_WORD = re.compile(r"[^\W\d_]{2}")


def rows_with(question: TableQuestion, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """The rows of a table that was read first with what is asked of them, where not all rows have it."""
    if not is_read(question, grid) or no_tasks(question.said, grid):
        return
    rows = [row for row in grid.rows if not row.total]
    for column, found in _chosen(question, grid, rows):
        held = share_held(question.asked, question.topic, grid, column)
        if held < _HELD or not 0 < len(found) < len(rows) or len(found) > _MOST:
            continue
        opening = say(question.asked.reading.language, "count", count=len(found), what="")
        lines = tuple(line_of(grid, row, row.name) for row in found)
        yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=opening)


def _chosen(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[str, list[GridRow]]]:
    if question.wanted.nothing and (column := _named(question, grid)) is not None:
        zero = [row for row in rows if number_in(row, column) == 0]
        yield column, zero or [row for row in rows if column not in row.cells]
    dated = grid.column_of_years(rows) if len(question.years) == 1 and not question.wanted.nothing else None
    if dated is not None:
        yield dated, [row for row in rows if _text(row, dated) == question.years[0]]
    named = any(re.search(rf"\b{re.escape(head)}\b", question.said) for head in heads_of(grid))
    for column in grid.textual if named else ():
        values = dict.fromkeys(
            fold(text) for row in rows if (text := _text(row, column)) and len(text.split()) <= _SHORT
        )
        told = [value for value in values if says_words(question, value)]
        told = [value for value in told if not any(value != other and value in other for other in told)]
        if len(told) == 1 and len(values) > 1:
            yield column, [row for row in rows if fold(_text(row, column)) == told[0]]
    for column in grid.numeric:
        head = fold(re.sub(r"\([^)]*\)", " ", column)).strip()
        said = re.search(rf"\b{re.escape(head)} (?:so )?(\d{{1,2}})\b(?![.,/]\d)", question.said) if head else None
        if said is not None and _A_WORD.search(head):
            yield column, [row for row in rows if _text(row, column).lstrip("0") == said.group(1).lstrip("0")]


def _named(question: TableQuestion, grid: Grid) -> str | None:
    """The one column of numbers whose head a question has most of."""
    said = said_in(question.asked, grid.book)
    scored = sorted(
        ((own.covered_by(said), name) for name in grid.numeric if (own := bare_head(question, name))), reverse=True
    )
    if not scored or scored[0][0] < _HALF or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None
    return scored[0][1]


def _text(row: GridRow, column: str) -> str:
    return row.cells[column].text if column in row.cells else ""
