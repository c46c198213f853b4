"""What the registers say about one body: what it leads and joins, its money and its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.normalise import fold
from ingest.rules.programme import Part, part_of_path, parts_in
from retrieval.registers.cells import name_of
from retrieval.registers.select import select
from retrieval.registers.types import Filter, Row
from ui.types import Engine

LEADING = ("chủ trì", "thường trực", "đầu mối")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a body has to do, by kind, each in the order of the documents. ``names`` are what the documents call it."""

    names: tuple[str, ...]
    leads: tuple[Row, ...]
    joins: tuple[Row, ...]
    others: tuple[Row, ...]
    money: tuple[Row, ...]
    dates: tuple[Row, ...]

    @property
    def empty(self) -> bool:
        """Whether the registers say nothing about the body."""
        return not (self.leads or self.joins or self.others or self.money or self.dates)

    def rows(self) -> tuple[Row, ...]:
        """All rows, each once."""
        return tuple(dict.fromkeys((*self.leads, *self.joins, *self.others, *self.money, *self.dates)))


def card(engine: Engine, unit: str, documents: tuple[str, ...] = ()) -> Card:
    """The card of a body, as the documents call it or without marks. Raises UnknownDocument."""
    duties = engine.register("responsibilities", Filter(unit=unit, documents=documents))
    own = [row for row in duties if _as(row, "unit", unit)]
    leads = tuple(row for row in own if row.value("role") in LEADING)
    joins = tuple(row for row in duties if row not in own or row.value("role") == "phối hợp")
    others = tuple(row for row in own if row not in leads and row not in joins)
    budgets = engine.register("budgets", Filter(documents=documents))
    deadlines = engine.register("deadlines", Filter(documents=documents))
    timed = {(row.document, row.span) for row in own if row.get("deadline") is not None}
    dates = tuple(row for row in deadlines if (row.document, row.span) in timed or _as(row, "who", unit))
    dated = {(row.document, row.span) for row in dates}
    cells = {cell.text: None for row in duties for name in ("unit", "partner") for cell in row.all(name)}
    return Card(
        names=tuple(name for name in cells if names(name, unit)),
        leads=leads,
        joins=joins,
        others=others,
        money=tuple(row for row in budgets if _own_money(row, unit, leads)),
        dates=(
            *dates,
            *(row for row in own if row.get("deadline") is not None and (row.document, row.span) not in dated),
        ),
    )


def named_in(engine: Engine, unit: str, documents: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The documents whose text names a body anywhere, also where no duty could be read."""
    return tuple(
        info.id
        for info in engine.documents()
        if (not documents or info.id in documents) and names(engine.source(info.id), unit)
    )


def names(text: str, unit: str) -> bool:
    """Whether a text names a body, without marks and whatever is abbreviated."""
    words = _words(name_of(unit))
    return bool(words) and f" {words} " in f" {_words(name_of(text))} "


def part_of(row: Row) -> Part:
    """The programme part that the headings of a row lead down to."""
    return part_of_path(row.path)


def in_part(row: Row, part: Part) -> bool:
    """Whether a row belongs to a programme part, by its own words or by its headings."""
    own = [one for cell in row.all("part") for one in parts_in(cell.value)]
    return any(part.holds(one) for one in own) or (part != Part() and part.holds(part_of(row)))


def _as(row: Row, column: str, unit: str) -> bool:
    """Whether a row names a body in one column."""
    return bool(select([replace(row, cells=row.all(column))], Filter(unit=unit)))


def _own_money(row: Row, unit: str, leads: Sequence[Row]) -> bool:
    """Money under a heading or in words that name the body, and money of the programme parts that it leads."""
    if any(names(text, unit) for text in (*row.path, *(cell.text for cell in row.cells))):
        return True
    return any(
        in_part(row, part) for lead in leads if lead.document == row.document for part in _parts(lead.all("part"))
    )


def _parts(cells: Iterable[object]) -> list[Part]:
    return [part for cell in cells for part in parts_in(getattr(cell, "value", "")) if part != Part()]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
