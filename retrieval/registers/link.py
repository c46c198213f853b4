"""References tied to the documents of an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from retrieval.registers.types import Cell, Row


def link(rows: Iterable[Row], numbers: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows, references with a cell for the document that they mean; ``numbers`` are lower-case numbers to ids.

    A document whose own number is blank is known by the number under which another one cites it.
    """
    return tuple(_linked(row, numbers) if row.kind == "references" else row for row in rows)


def _linked(row: Row, numbers: Mapping[str, str]) -> Row:
    number = row.get("number")
    document = numbers.get(number.value.lower(), "") if number is not None else ""
    if number is None or not document:
        return row
    return replace(row, cells=(*row.cells, Cell(column="document", text=number.text, value=document, span=number.span)))
