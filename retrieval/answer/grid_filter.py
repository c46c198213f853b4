"""The rows of a table that have just what a question says of them: nothing in a column, a year, a class, more than so much.

"Khoản nào Đồn Biên phòng không bỏ đồng nào", "tiêu chí nào dự kiến đạt năm 2026", "những chợ nào thuộc hạng 3",
"có mấy huyện có trên 40 cô đỡ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.normalise import fold
from retrieval.answer.bound import Bound
from retrieval.answer.draft import Draft
from retrieval.answer.grid_cells import ENOUGH, heads_of, line_of, no_tasks, number_in, share_held, written
from retrieval.answer.grid_question import AHEAD, TableQuestion, bare_head, is_of_money, is_read, says_words
from retrieval.answer.grids import Grid, GridRow
from retrieval.answer.table_cells import said_in
from retrieval.answer.terms import content
from retrieval.answer.wording import say

_HALF = 0.5  # of the head of a column, in the question
_HELD = 0.25  # of what is asked, in a table whose rows were read first
_SHORT = 4  # words of a cell that says of which class a row is: "Không đạt"
_MOST = 15  # rows that are listed
_SIZES = (
    ("ty", 10**9),
    ("ti", 10**9),
    ("trieu", 10**6),
    ("nghin", 10**3),
    ("dong", 1),
    ("billion", 10**9),
    ("million", 10**6),
)
_A_WORD = re.compile(r"[^\W\d_]{2}")


def rows_with(question: TableQuestion, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """The rows of a table that was read first with what is asked of them, where not all rows have it."""
    if not is_read(question, grid) or no_tasks(question.said, grid) or not _asks_for_rows(question, grid):
        return
    rows = [row for row in grid.rows if not row.total]
    words = (word for word in content(question.asked.topic) if not word[0].isdigit())
    topic = question.asked.matter.over(tuple(words)) if question.wanted.bound is not None else question.topic
    for column, found in _chosen(question, grid, rows):
        held = share_held(question.asked, topic, grid, column)
        if held < _HELD or not 0 < len(found) < len(rows) or len(found) > _MOST:
            continue
        language = question.asked.reading.language
        what = _counted(question, grid) if language == "vi" else ""
        opening = say(language, "count", count=len(found), what=f" {what}" if what else "")
        lines = tuple(line_of(grid, row, _named_with(grid, row, column)) for row in found)
        yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=opening)


def _named_with(grid: Grid, row: GridRow, column: str) -> str:
    """The name of a row, with its figure in a column of numbers."""
    return f"{row.name}, {column}: {written(grid, row, column)}" if number_in(row, column) else row.name


def _asks_for_rows(question: TableQuestion, grid: Grid) -> bool:
    """Whether it is rows that are asked for: which ones, or how many of what they are called."""
    return question.wanted.which or bool(_counted(question, grid))


def _counted(question: TableQuestion, grid: Grid) -> str:
    """What is counted, where it is what the rows of a table are: by the head of their names, or as each name begins."""
    counts = question.wanted.counts
    for head in re.split(r",|/| và ", grid.names):
        if counts and fold(head).split()[:1] == [counts]:
            return head.strip().lower()
    rows = [row for row in grid.rows if not row.total]
    own = [row for row in rows if counts and fold(row.name).split()[:1] == [counts]]
    return own[0].name.split()[0].lower() if len(own) > len(rows) / 2 else ""


def _chosen(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> Iterator[tuple[str, list[GridRow]]]:
    if question.wanted.nothing and (column := _named(question, grid)) is not None:
        zero = [row for row in rows if number_in(row, column) == 0]
        yield column, zero or [row for row in rows if column not in row.cells]
    dated = grid.column_of_years(rows) if len(question.years) == 1 and not question.wanted.nothing else None
    if dated is not None:
        yield dated, [row for row in rows if _text(row, dated) == question.years[0]]
    if question.wanted.bound is not None:
        yield from _within(question, grid, rows, question.wanted.bound)
        return
    if not question.wanted.which and not question.wanted.nothing and (column := _named(question, grid)) is not None:
        nothing = [row for row in rows if not number_in(row, column)]
        yield column, [row for row in rows if row not in nothing] if nothing else []
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


def _within(
    question: TableQuestion, grid: Grid, rows: Sequence[GridRow], bound: Bound
) -> Iterator[tuple[str, list[GridRow]]]:
    """The rows whose figure is within a bound: in the column that is named, or the one in the unit of the bound."""
    size = next((size for word, size in _SIZES if bound.behind.startswith(word)), None)
    columns = [name for name in grid.numeric if (size is not None) == is_of_money(grid, name, rows[0])]
    of_thing = [name for name in columns if bound.behind and _counts(name).startswith(bound.behind.split()[0])]
    column = of_thing[0] if len(of_thing) == 1 else _named(question, grid, columns)
    column = column or (columns[0] if len(columns) == 1 else None)
    if column is None or grid.is_share(column, rows[0]) != (bound.behind == "%"):
        return
    number = bound.number
    if size is not None:
        own = next((size for word, size in _SIZES if fold(grid.unit(column, rows[0])).startswith(word)), None)
        if own is None:
            return
        number = number * size / own
    within = replace(bound, number=number)
    yield column, [row for row in rows if (value := number_in(row, column)) is not None and within.holds(value)]


def _counts(head: str) -> str:
    """What a column counts, folded: "hộ" of "Số hộ"."""
    return re.sub(r"^(?:tong )?so (?:luong )?", "", fold(head).strip())


def _named(question: TableQuestion, grid: Grid, columns: Sequence[str] | None = None) -> str | None:
    """The one column of numbers whose head a question has most of, of all or of some."""
    said = said_in(question.asked, grid.book)
    scored = sorted(
        (
            (own.covered_by(said), name)
            for name in (grid.numeric if columns is None else columns)
            if (own := bare_head(question, name))
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _HALF or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None
    return scored[0][1]


def _text(row: GridRow, column: str) -> str:
    return row.cells[column].text if column in row.cells else ""
