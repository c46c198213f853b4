"""The briefing card of a body as HTML: one page of paper, every line with its place and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.registers.types import Row
from retrieval.types import DocumentInfo
from ui.html import escape
from ui.language import Strings
from ui.lookup.card import Card
from ui.lookup.form import role_name
from ui.lookup.places import quote, row_link
from ui.lookup.rows import money
from ui.plain import cut
from ui.registers import short_titles

_LONGEST = 260
_SHORT = 110
"""The longest quote of a line, in characters, of a card of few lines and of many: it is one page of paper."""
_MANY = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the lines of a card need: the texts, the documents by number, the language, the way to the other pages."""

    texts: Mapping[str, str]
    numbers: Mapping[str, int]
    strings: Strings
    root: str
    longest: int = _LONGEST


def briefing(
    unit: str, found: Card, texts: Mapping[str, str], documents: Sequence[DocumentInfo], strings: Strings, root: str
) -> str:
    """The card of a body that the registers name."""
    used = [info for info in documents if any(row.document == info.id for row in found.rows())]
    parts = (
        ("leads", found.leads),
        ("joins", found.joins),
        ("others", found.others),
        ("money", found.money),
        ("dates", found.dates),
    )
    many = sum(len(rows) for _, rows in parts) > _MANY
    sheet = Sheet(
        texts=texts,
        numbers={info.id: number for number, info in enumerate(used, 1)},
        strings=strings,
        root=root,
        longest=_SHORT if many else _LONGEST,
    )
    shorts = short_titles(documents, strings.language)
    called = "; ".join(found.names)
    also = f'<p class="pq-soft">{escape(strings("lookup.called", names=called))}</p>' if called else ""
    sources = "".join(
        f"<li>[{sheet.numbers[info.id]}] <b>{escape(shorts[info.id])}</b><span>: {escape(info.title)}</span></li>"
        for info in used
    )
    several = f'<p class="pq-soft">{escape(strings("lookup.several", count=len(used)))}</p>' if len(used) > 1 else ""
    return (
        f'<article class="{"pq-card pq-many" if many else "pq-card"}"><header>'
        f"<h2>{escape(min(found.names, key=len, default=unit))}</h2>"
        f'<button type="button" class="pq-print">{escape(strings("lookup.print"))}</button></header>{also}{several}'
        f"{''.join(_part(name, rows, sheet) for name, rows in parts)}"
        f"<footer><h3>{escape(strings('lookup.documents'))}</h3><ol>{sources}</ol></footer></article>"
    )


def unnamed(unit: str, named: bool, strings: Strings) -> str:
    """The sentence about a body that the registers do not name; ``named``: the documents do, without a duty."""
    said = strings("lookup.without-duty" if named else "lookup.unnamed", unit=unit)
    return f'<p class="pq-soft" role="status">{escape(said)}</p>'


def _part(name: str, rows: Sequence[Row], sheet: Sheet) -> str:
    heading = f"{escape(sheet.strings(f'lookup.{name}'))} <small>{len(rows)}</small>"
    if not rows:
        nothing = escape(sheet.strings("lookup.none"))
        return f'<section class="pq-card-{name}"><h3>{heading}</h3><p class="pq-soft">{nothing}</p></section>'
    lines = "".join(_line(row, name, sheet) for row in rows)
    return f'<section class="pq-card-{name}"><h3>{heading}</h3><ul>{lines}</ul></section>'


def _line(row: Row, name: str, sheet: Sheet) -> str:
    words = cut(quote(sheet.texts[row.document], row.span), sheet.longest)
    place = " › ".join(row.path if sheet.longest > _SHORT else row.path[-1:])
    page = sheet.strings("answer.page", page=row.page) if row.page is not None else ""
    cited = ", ".join(filter(None, (place, page)))
    return (
        f'<li class="pq-line">{_said(row, name, sheet.strings)}'
        f'<a class="pq-open" href="{row_link(sheet.root, row, sheet.strings.language)}">“{escape(words)}”</a> '
        f'<small class="pq-cited">[{sheet.numbers[row.document]}] {escape(cited)}</small></li>'
    )


def _said(row: Row, name: str, strings: Strings) -> str:
    """What the line is about, before its words."""
    if name == "money":
        amount = row.get("amount")
        if amount is None:
            return ""
        about = [row.value("part"), *(cell.text for cell in (row.get("period"), row.get("fund")) if cell is not None)]
        full = money(amount, strings)
        listed = ", ".join(filter(None, (full, *about)))
        return f"<b>{escape(amount.text)}</b>{f' ({escape(listed)})' if listed else ''}: "
    if name == "dates":
        date = row.get("date") or row.get("deadline")
        return f"<b>{escape(date.text)}</b>: " if date is not None else ""
    role = role_name(row.value("role") or "thực hiện", strings)
    return f"<b>{escape(role)}</b>: " if name in ("leads", "others") else ""
