"""A total that a document states in its text, and the same in the last row of a table: two places for one sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.normalise import fold
from retrieval.answer.library import Book
from retrieval.registers.table_reader import names_total, of_totals
from retrieval.registers.types import Row

_TOTAL = re.compile(r"\btong (?:\w+ ){0,3}?(?:kinh phi|nhu cau|du toan|von|muc dau tu|chi|so tien|nguon)\b")
_YEAR = re.compile(r"\d{4}")


def stated_twice(rows: Sequence[Row], book: Book) -> Iterator[tuple[Row, Row]]:
    """Pairs of sums of one document: the total that a sentence states, and that of a table below the same heading.

    Of a sentence on one year the total of that year's column; where a table, or the part, has more than one total that
    may be meant, none.
    """
    own = [row for row in rows if row.kind == "budgets" and row.document == book.info.id]
    totals = [row for row in own if row.span in book.table_rows and of_totals(row)]
    for said in own:
        matter = said.get("matter")
        if said.span in book.table_rows or matter is None or _TOTAL.search(fold(matter.text)) is None:
            continue
        below = [row for row in totals if row.path[: len(said.path)] == said.path]
        year = said.value("period")
        meant = [row for row in below if row.value("period") == year] if _YEAR.fullmatch(year) else []
        meant = meant or [row for row in below if _of_all(row, below)]
        if len({row.value("amount") for row in meant}) == 1:
            yield said, meant[0]


def _of_all(row: Row, totals: Sequence[Row]) -> bool:
    """Whether a sum of a row of totals is that of all columns: the one called so, the only one, that of no year."""
    columns = row.all("matter")[1:]
    beside = [other for other in totals if other.span == row.span and other != row]
    of_no_year = not columns and not row.value("period") and all(other.value("period") for other in beside)
    return any(names_total(cell.text) for cell in columns) or of_no_year
