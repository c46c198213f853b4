"""Documents side by side: what each says of a programme part, a body or a theme, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ingest.normalise import clean, fold
from ingest.rules.programme import Part, parts_in
from retrieval.registers.types import Filter, Row
from retrieval.types import DocumentInfo
from ui.html import escape
from ui.language import Strings
from ui.lookup.card import LEADING, card, in_part, names
from ui.lookup.form import role_name
from ui.lookup.places import quote, row_link
from ui.lookup.query import Fault, is_part, says_something
from ui.lookup.rows import Names, value
from ui.types import Engine

By = Literal["part", "unit", "theme"]
BY: tuple[By, ...] = get_args(By)
Aspect = Literal["lead", "join", "other", "money", "target", "date"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
_SHOWN = 12
"""Items of a document for an aspect; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a document says: ``key`` is what is compared, ``said`` what is read."""

    said: str
    key: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one document says, by aspect."""

    document: str
    items: Mapping[Aspect, tuple[Item, ...]]


def read_sides(parameters: Iterable[tuple[str, str]]) -> tuple[By, str]:
    """What is compared, in the parameters of an address: by what, and the part, body or theme."""
    values = dict(parameters)
    by = values.get("by", "part")
    return (by if by in BY else "part"), " ".join(clean(values.get("value", "")).split())


def check_sides(by: By, text: str) -> Fault | None:
    """What of a comparison cannot be looked up, or None."""
    if by == "part":
        return None if is_part(text) else Fault("project", text[:60])
    return None if says_something(text) else Fault("unit" if by == "unit" else "text", text[:60])


def sides(engine: Engine, by: By, text: str, documents: Sequence[str], strings: Strings) -> tuple[Side, ...]:
    """What each document says of ``text``; those that say nothing are left out. Raises UnknownDocument."""
    found = []
    for document in documents:
        rows = _rows(engine, by, text, document)
        items: dict[Aspect, tuple[Item, ...]] = {
            aspect: _once([_item(row, aspect, by, strings) for row in rows[aspect]]) for aspect in ASPECTS
        }
        if any(items.values()):
            found.append(Side(document=document, items=items))
    return tuple(found)


def same(found: Sequence[Side], aspect: Aspect) -> frozenset[str]:
    """The keys that all documents share which say anything about an aspect; at least two have to."""
    keys = [frozenset(item.key for item in side.items[aspect]) for side in found if side.items[aspect]]
    return frozenset.intersection(*keys) if len(keys) > 1 else frozenset()


def verdict(found: Sequence[Side], aspect: Aspect) -> str:
    """How the documents stand to each other in an aspect: "same", "differ", "one" or "none" says it."""
    keys = [frozenset(item.key for item in side.items[aspect]) for side in found if side.items[aspect]]
    if not keys:
        return "none"
    if len(keys) == 1:
        return "one" if len(found) > 1 else "alone"
    return "same" if len(set(keys)) == 1 and len(keys) == len(found) else "differ"


def comparison(
    found: Sequence[Side],
    documents: Sequence[DocumentInfo],
    wanted: Sequence[str],
    strings: Strings,
    root: str,
) -> str:
    """The table: a column for each document that says something, a line for each aspect."""
    names = Names.of(documents, strings)
    silent = [names.shorts[one] for one in wanted if all(side.document != one for side in found)]
    left = (
        f'<p class="pq-soft">{escape(strings("lookup.silent", documents="; ".join(silent)))}</p>'
        if silent and found
        else ""
    )
    if not found:
        return f'<p class="pq-soft" role="status">{escape(strings("lookup.no-side"))}</p>'
    heads = "".join(f'<th scope="col">{names.heading(side.document)}</th>' for side in found)
    lines = "".join(_aspect(aspect, found, names, strings, root) for aspect in ASPECTS if _shown(aspect, found))
    legend = f'<p class="pq-soft pq-legend">{escape(strings("lookup.legend"))}</p>' if len(found) > 1 else ""
    return (
        f'{legend}<div class="pq-sides" tabindex="0" role="region" aria-label="{escape(strings("lookup.compare"))}">'
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{lines}</tbody></table></div>{left}"
    )


def _shown(aspect: Aspect, found: Sequence[Side]) -> bool:
    """Whether an aspect has a line: what nobody says is worth knowing of who leads, of money, targets and dates."""
    return aspect in ("lead", "money", "target", "date") or any(side.items[aspect] for side in found)


def _rows(engine: Engine, by: By, text: str, document: str) -> dict[Aspect, list[Row]]:
    own = (document,)
    if by == "unit":
        found = card(engine, text, own)
        return {
            "lead": list(found.leads),
            "join": list(found.joins),
            "other": list(found.others),
            "money": list(found.money),
            "target": [],
            "date": list(found.dates),
        }
    part = _part(text) if by == "part" else None
    source = engine.source(document)
    duties, budgets, targets, dates = (
        [
            row
            for row in engine.register(kind, Filter(documents=own))
            if (in_part(row, part) if part is not None else names(" ".join((*row.path, quote(source, row.span))), text))
        ]
        for kind in ("responsibilities", "budgets", "targets", "deadlines")
    )
    dated = {row.span for row in dates}
    leads = [row for row in duties if row.value("role") in LEADING]
    joins = [row for row in duties if row.value("role") == "phối hợp" or row.get("partner") is not None]
    return {
        "lead": leads,
        "join": joins,
        "other": [row for row in duties if row not in leads and row not in joins],
        "money": list(budgets),
        "target": list(targets),
        "date": [*dates, *(row for row in duties if row.get("deadline") is not None and row.span not in dated)],
    }


def _part(text: str) -> Part:
    numbers = re.fullmatch(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?(?:\.([0-9]{1,2}))?", text)
    if numbers is not None:
        return Part(*(int(one) if one else 0 for one in numbers.groups()))
    return next(iter(parts_in(text)), Part(99))


def _item(row: Row, aspect: Aspect, by: By, strings: Strings) -> Item:
    if aspect == "money":
        amount = row.get("amount")
        about = [row.value("part"), *(cell.text for cell in (row.get("period"), row.get("fund")) if cell is not None)]
        said = amount.text if amount is not None else ""
        listed = ", ".join(filter(None, about))
        return Item(said=f"{said} ({listed})" if listed else said, key=_key(row.value("amount"), *about), row=row)
    if aspect == "target":
        shown = " ".join(value(cell, strings) for cell in row.cells if cell.column != "place")
        return Item(said=shown, key=_key(*(cell.value for cell in row.cells)), row=row)
    if aspect == "date":
        date = row.get("date") or row.get("deadline")
        what = row.get("what") or row.get("task")
        said = f"{date.text if date is not None else ''}: {what.text if what is not None else ''}"
        return Item(said=said, key=_key(date.value if date is not None else ""), row=row)
    task = row.get("task")
    if by == "unit":
        said = task.text if task is not None else ""
        role = f"{role_name(row.value('role') or 'thực hiện', strings)}: " if aspect == "other" else ""
        return Item(said=f"{role}{said}", key=_key(said), row=row)
    if aspect == "other":
        said = ": ".join(cell.text for cell in (row.get("unit"), task) if cell is not None)
        return Item(said=said, key=_key(said), row=row)
    if aspect == "lead":
        unit = row.get("unit")
        return Item(said=unit.text if unit is not None else "", key=row.value("unit"), row=row)
    joining = row.all("partner") or row.all("unit")
    return Item(said="; ".join(cell.text for cell in joining), key=_key(*(cell.value for cell in joining)), row=row)


def _key(*texts: str) -> str:
    return " ".join(re.findall(r"[\w>=<+]+", fold(" ".join(texts))))


def _once(items: Sequence[Item]) -> tuple[Item, ...]:
    first: dict[tuple[str, str], Item] = {}
    for item in items:
        if item.said:
            first.setdefault((item.key, item.said), item)
    return tuple(first.values())


def _aspect(aspect: Aspect, found: Sequence[Side], names: Names, strings: Strings, root: str) -> str:
    shared = same(found, aspect)
    said = verdict(found, aspect)
    marked = len(found) > 1 and said in ("same", "differ")
    cells = "".join(
        f'<td data-label="{escape(names.shorts[side.document])}">'
        f"{_items(side.items[aspect], shared, marked, strings, root)}</td>"
        for side in found
    )
    badge = (
        f'<span class="pq-verdict pq-verdict-{said}">{escape(strings(f"lookup.verdict-{said}"))}</span>'
        if said not in ("none", "alone")
        else ""
    )
    return f'<tr><th scope="row">{escape(strings(f"lookup.aspect-{aspect}"))} {badge}</th>{cells}</tr>'


def _items(items: Sequence[Item], shared: frozenset[str], marked: bool, strings: Strings, root: str) -> str:
    if not items:
        return f'<span class="pq-unsaid">{escape(strings("lookup.unsaid"))}</span>'
    lines = "".join(_line(item, item.key in shared, marked, strings, root) for item in items[:_SHOWN])
    more = len(items) - _SHOWN
    left = f'<li class="pq-unsaid">{escape(strings("lookup.left", count=more))}</li>' if more > 0 else ""
    return f"<ul>{lines}{left}</ul>"


def _line(item: Item, shared: bool, marked: bool, strings: Strings, root: str) -> str:
    sign = ""
    if marked:
        name = strings("lookup.sign-same" if shared else "lookup.sign-differs")
        sign = (
            f'<span class="pq-sign" role="img" aria-label="{escape(name)}" title="{escape(name)}">'
            f"{'=' if shared else '≠'}</span> "
        )
    style = "pq-line pq-differs" if marked and not shared else "pq-line"
    return (
        f'<li class="{style}">{sign}<a class="pq-open" href="{row_link(root, item.row, strings.language)}">'
        f"{escape(item.said)}</a></li>"
    )
