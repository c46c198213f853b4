"""What a register holds: rows of cells, each cell with the exact place that it is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ingest.types import Span

Kind = Literal["responsibilities", "budgets", "targets", "deadlines", "references"]
KINDS: tuple[Kind, ...] = get_args(Kind)

COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "responsibilities": ("unit", "role", "task", "part", "partner", "deadline", "reports_to"),
    "budgets": ("matter", "part", "amount", "period", "fund", "source"),
    "targets": ("indicator", "comparison", "number", "unit", "year", "place"),
    "deadlines": ("date", "who", "what", "to"),
    "references": ("type", "number", "date", "issuer", "title", "document"),
}
"""The columns of each register, in the order in which they are shown. A row may have several cells of a column
(partners), or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: ``text`` as a person reads ``source[span.start:span.end]``, and its normal form.

    ``value`` is, by column: unit, partner, issuer: the name with abbreviations written out; role: one of
    ``chủ trì, phối hợp, thường trực, đầu mối, thẩm định, tham mưu, hướng dẫn, thực hiện, giám sát``; part:
    "Dự án 5", "Tiểu dự án 1 thuộc Dự án 9"; amount: đồng in digits; period, year: "2023" or "2021-2025", of a sum for each of several years "yearly 2021-2022"; date: ISO as
    far as given ("2023-12-15"), or a recurrence ("yearly 12-15", "quarterly", "monthly 20"); number of a target: decimal
    with a point; comparison: one of ``=, ~, >=, <=, >, <, +, -, to`` (~ about, + rises by, - falls by, to reaches), + and - also with > and
    >= behind them ("+>=": rises by at least); document: the
    id of a document of the index. For all others it is ``text``.
    """

    column: str
    text: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a register. ``span`` is the sentence, table row or heading that it is read from.

    Cells stand in the order of ``COLUMNS[kind]``; their spans may lie in a heading above. ``path`` are the headings.
    """

    kind: Kind
    document: str
    span: Span
    cells: tuple[Cell, ...]
    path: tuple[str, ...] = ()
    page: int | None = None

    def all(self, column: str) -> tuple[Cell, ...]:
        """The cells of a column."""
        return tuple(cell for cell in self.cells if cell.column == column)

    def get(self, column: str) -> Cell | None:
        """The first cell of a column, or None."""
        return next((cell for cell in self.cells if cell.column == column), None)

    def value(self, column: str) -> str:
        """The normal form of the first cell of a column, "" where there is none."""
        cell = self.get(column)
        return cell.value if cell is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What rows are wanted; an empty field wants all.

    ``unit`` and ``text`` are compared without marks, ``unit`` with its abbreviations too, with units, partners and who
    has a date; ``project`` is "8", "5.3" (Tiểu dự án 3 of Dự án 5) or as people write it; ``role`` is a role's normal form or
    its beginning without marks.
    """

    documents: tuple[str, ...] = ()
    unit: str = ""
    role: str = ""
    project: str = ""
    year: str = ""
    text: str = ""


FindingKind = Literal[
    "sum-differs",  # parts do not add up to the stated total
    "total-differs",  # a total in the text is not that of the table below
    "no-lead",  # a Dự án that no body leads
    "no-budget",  # a Dự án without money, in a document that gives others money
    "no-date",  # a report that is due at no stated time
    "no-document",  # a document that is cited and is not in the corpus
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What does not agree, or is not said: shown with the places that show it, never put right.

    ``values`` fill the sentence of ``kind`` (see ``ui/strings``): names, stated and computed sums.
    """

    kind: FindingKind
    document: str
    spans: tuple[Span, ...]
    values: tuple[tuple[str, str], ...] = ()
