"""What is worked out of one table: rows or years added up, two of them set apart, a share, what a row has not yet.

The table is one of those whose rows were read first for the question; which of its rows and columns are meant, the
question says: by their names, by what stands in a column of words, or by how many they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.grid_apart import OF_A_WHOLE, change_in_percent, not_yet, shares, two_columns, two_rows
from retrieval.answer.grid_extreme import extreme, extreme_change
from retrieval.answer.grid_filter import rows_with
from retrieval.answer.grid_question import (
    BY_COLUMN,
    READ,
    SURE,
    TWO,
    TableQuestion,
    row_read,
    row_read_first,
    rows_named,
    says_row,
    total_row,
)
from retrieval.answer.grid_sums import (
    all_rows_meant,
    columns_together,
    per_head,
    rows_added,
    sources_of_year,
    years_added,
)
from retrieval.answer.grids import Grid, GridRow, Grids
from retrieval.answer.library import Library
from retrieval.answer.reader import Read
from retrieval.registers.table_reader import names_total


def answer_of_table(asked: Asked, library: Library, grids: Grids, read: Read) -> Draft | None:
    """What is worked out of the table that holds most of a question; None where nothing is to be, or not plainly."""
    if asked.scope.unknown or asked.carried or asked.reading.yes_no or asked.reading.lookups:
        return None
    question = TableQuestion.of(asked, read)
    if question is None:
        return None
    found: list[tuple[float, Draft]] = []
    near = _near(read, library, grids)
    for grid in near:
        found.extend(_worked_out(question, grid))
    if not found and asked.scope.named and len(asked.scope.documents) == 1:
        # A row of totals is seldom read first: the other tables of the document that is named have to hold more.
        others = [one for one in grids.of(library.books[asked.scope.documents[0]]) if one not in near]
        found.extend(pair for grid in others for pair in _worked_out(question, grid) if pair[0] >= SURE)
    if not found:
        return None
    held, best = max(found, key=lambda pair: pair[0])
    return replace(best, unsure=held < SURE - BY_COLUMN)


def _near(read: Read, library: Library, grids: Grids) -> list[Grid]:
    """The tables that the sentences which were read first stand in."""
    found: dict[int, Grid] = {}
    for sentence in read.best[:READ]:
        for grid in grids.of(library.books[sentence.document]):
            if any(row.passage.index == sentence.passage.index for row in grid.rows):
                found.setdefault(id(grid), grid)
    return list(found.values())


def _worked_out(question: TableQuestion, grid: Grid) -> Iterator[tuple[float, Draft]]:
    what = question.wanted
    named = rows_named(question, grid)
    # "5 đợt" is not the row "Đợt 5" where the table has five rows.
    of_all_rows = what.sums and (len(named) != 1 or what.counted or all_rows_meant(question, grid))
    plainly = what.together and not (what.sums or what.apart or what.share or what.left or what.extreme)
    if of_all_rows or plainly:
        yield from rows_added(question, grid, named)
    if what.sums and not what.share and len(named) <= 1 and (len(question.years) > 1 or what.years):
        yield from years_added(question, grid, named or row_read_first(question, grid))
    if what.apart and len(named) == TWO:
        yield from two_rows(question, grid, named)
    if what.share:
        yield from shares(question, grid, named)
    if what.extreme and not named:
        yield from extreme_change(question, grid)
        yield from extreme(question, grid)
    if (what.which or what.counts) and not what.extreme and not named:
        yield from rows_with(question, grid)
    rows = named or row_read(question, grid)
    whole = total_row(grid, question) if not named else None
    if whole is not None and (
        OF_A_WHOLE.search(question.said)
        or not names_total(whole.name)
        or not any(says_row(question, grid, row) for row in rows)
    ):
        rows = (whole,)
    if len(rows) == 1:
        yield from _of_one_row(question, grid, rows[0])
    if what.left and not what.share and len(rows) <= 1:
        yield from not_yet(question, grid, rows)
    if whole is not None and (what.sums or what.apart) and not what.share and len(question.years) < TWO:
        yield from columns_together(question, grid, whole)
    if len(named) == 1 and (what.apart or what.sums) and len(question.years) < TWO:
        yield from columns_together(question, grid, named[0])


def _of_one_row(question: TableQuestion, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    what = question.wanted
    if what.share:
        yield from change_in_percent(question, grid, row)
    if what.apart:
        yield from two_columns(question, grid, row)
    if what.per:
        yield from per_head(question, grid, row)
    if what.sums and not what.share:
        yield from sources_of_year(question, grid, row)
