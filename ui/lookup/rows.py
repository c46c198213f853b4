"""The rows of a register and the findings as HTML; each leads to its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.registers.types import COLUMNS, Cell, Finding, Kind, Row
from retrieval.types import DocumentInfo
from ui.html import escape
from ui.language import Strings
from ui.lookup.form import role_name
from ui.lookup.places import finding_link, in_words, row_link, written
from ui.lookup.query import PAGE, Query, address, lookup_address, pairs
from ui.registers import FORMATS, finding_sentence, short_titles
from ui.types import Engine

_SIGNS = {"=": "=", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "+": "↑", "-": "↓", "to": "→", "~": "≈"}
_SIGNS |= {f"{way}{sign}": _SIGNS[way] + _SIGNS[sign] for way in "+-" for sign in (">", ">=")}


@dataclass(frozen=True, slots=True)
class Names:
    """The documents by id: their short names and their titles."""

    shorts: Mapping[str, str]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, documents: Sequence[DocumentInfo], strings: Strings) -> Names:
        """The names of documents in the language of the interface."""
        return cls(short_titles(documents, strings.language), {info.id: info.title for info in documents})

    def heading(self, document: str) -> str:
        """A document over its rows."""
        title = f" <span>{escape(self.titles.get(document, ''))}</span>"
        return f"<b>{escape(self.shorts.get(document, document))}</b>{title}"


def table(rows: Sequence[Row], query: Query, documents: Sequence[DocumentInfo], strings: Strings, root: str) -> str:
    """The rows that are shown, the way to more of them, and what may be fetched."""
    kind = query.kind
    if kind is None or not rows:
        return f'<p class="pq-soft" role="status">{escape(strings("lookup.nothing"))}</p>'
    shown = rows[: query.shown]
    columns = [column for column in COLUMNS[kind] if any(row.get(column) is not None for row in rows)]
    if kind == "responsibilities" and "role" not in columns:
        columns.insert(1, "role")
    names = Names.of(documents, strings)
    heads = "".join(
        f'<th scope="col" class="pq-column-{column}">{escape(column_name(kind, column, strings))}</th>'
        for column in columns
    )
    numbered = enumerate(shown, 1)
    bodies = "".join(
        f'<tbody><tr class="pq-group"><th scope="rowgroup" colspan="{len(columns) + 1}">'
        f"{names.heading(document)}</th></tr>"
        f"{''.join(_row(number, row, columns, names, strings, root) for number, row in group)}</tbody>"
        for document, group in groupby(numbered, key=lambda one: one[1].document)
    )
    return (
        f'<div class="pq-above"><p class="pq-soft" role="status">{escape(_said(len(shown), len(rows), strings))}</p>'
        f"{downloads(query, strings, root)}</div>"
        f'<div class="pq-rows" tabindex="-1"><table><thead><tr><th scope="col">{escape(strings("lookup.number"))}</th>'
        f"{heads}</tr></thead>{bodies}</table></div>{_more(len(rows), query, strings, root)}"
    )


def downloads(query: Query, strings: Strings, root: str) -> str:
    """Links to the rows that the filters leave, all of them, as files."""
    formats = [one for one in FORMATS if one != "ics" or query.kind == "deadlines"]
    parameters = [("register", query.register), *pairs(query.wanted), ("language", query.language)]
    links = "".join(
        f'<a href="{escape(address(f"{root}/registers/download", [*parameters, ("format", one)]))}" download '
        f'aria-label="{escape(strings("lookup.fetch", format=one.upper()))}">'
        f"{escape(strings('lookup.calendar')) if one == 'ics' else one.upper()}</a>"
        for one in formats
    )
    return f'<p class="pq-downloads"><span>{escape(strings("lookup.downloads"))}</span>{links}</p>'


def column_name(kind: Kind, column: str, strings: Strings) -> str:
    """The head of a column in the language of the interface."""
    return strings(f"register.column.{kind}.{column}")


def value(cell: Cell, strings: Strings) -> str:
    """What a cell shows: the words of the document, or their normal form where that is shorter to read."""
    if cell.column == "role":
        return role_name(cell.value, strings)
    if cell.column == "comparison":
        return _SIGNS.get(cell.value, cell.text)
    if cell.column == "part":
        return cell.value
    return cell.text


def money(cell: Cell, strings: Strings) -> str:
    """A sum of money written out, "" where the document writes it so."""
    amount, _, currency = cell.value.partition(" ")
    if not amount.isdigit():
        return ""
    said = f"{strings.number(int(amount))} {currency or strings('lookup.dong')}"
    return "" if said == cell.text else said


def findings(
    found: Sequence[Finding],
    engine: Engine,
    query: Query,
    documents: Sequence[DocumentInfo],
    strings: Strings,
    root: str,
) -> str:
    """What does not agree, or is not said: each a sentence with the passages that show it."""
    if not found:
        return f'<p class="pq-soft" role="status">{escape(strings("lookup.no-findings"))}</p>'
    names = Names.of(documents, strings)
    count = strings("lookup.findings-count", count=strings.number(len(found)))
    groups = "".join(
        f'<section class="pq-findings"><h2>{names.heading(document)}</h2>'
        f"{''.join(_finding(one, engine, query, strings, root) for one in group)}</section>"
        for document, group in groupby(found, key=lambda one: one.document)
    )
    return (
        f'<div class="pq-above"><p class="pq-soft" role="status">{escape(count)} '
        f"{escape(strings('lookup.findings-note'))}</p>{downloads(query, strings, root)}</div>{groups}"
    )


def _finding(finding: Finding, engine: Engine, query: Query, strings: Strings, root: str) -> str:
    text, passages = engine.source(finding.document), engine.passages(finding.document)
    lines = []
    for span in finding.spans:
        before, words, behind = (escape(part) for part in in_words(text, passages, span))
        said = f"{before} <b>{words}</b> {behind}".strip() if before or behind else words
        lines.append(
            f'<li><a class="pq-open" href="{finding_link(root, finding, span, query.language)}" '
            f'data-focus="{written(span)}">“{said}”</a></li>'
        )
    return (
        f'<article class="pq-finding" data-kind="{finding.kind}">'
        f"<p>{escape(finding_sentence(finding, strings.language))}</p><ul>{''.join(lines)}</ul></article>"
    )


def _row(number: int, row: Row, columns: Iterable[str], names: Names, strings: Strings, root: str) -> str:
    cells = "".join(_cell(row, column, names, strings) for column in columns)
    label = escape(strings("lookup.open", number=number))
    return (
        f'<tr class="pq-row" id="row-{number}"><td class="pq-number"><a class="pq-open" '
        f'href="{row_link(root, row, strings.language)}" aria-label="{label}" title="{label}">{number}</a></td>'
        f"{cells}</tr>"
    )


def _cell(row: Row, column: str, names: Names, strings: Strings) -> str:
    label = escape(column_name(row.kind, column, strings))
    found = row.all(column)
    if not found and column == "role":
        # Where no role is said the body carries the task out; the filter of roles takes it so too.
        said = f'<span class="pq-unsaid">{escape(role_name("thực hiện", strings))}</span>'
    else:
        said = "".join(_said_in(cell, names, strings) for cell in found)
    return f'<td class="pq-column-{column}" data-label="{label}">{said}</td>'


def _said_in(cell: Cell, names: Names, strings: Strings) -> str:
    shown = names.shorts.get(cell.value, cell.text) if cell.column == "document" else value(cell, strings)
    told = f' title="{escape(cell.text)}"' if shown != cell.text else ""
    full = money(cell, strings) if cell.column == "amount" else ""
    also = f"<small>{escape(full)}</small>" if full else ""
    return f'<span data-focus="{written(cell.span)}"{told}>{escape(shown)}</span>{also}'


def _said(shown: int, count: int, strings: Strings) -> str:
    if shown < count:
        return strings("lookup.some-rows", shown=strings.number(shown), count=strings.number(count))
    return strings("lookup.rows", count=strings.number(count))


def _more(count: int, query: Query, strings: Strings, root: str) -> str:
    left = count - query.shown
    if left <= 0:
        return ""
    link = lookup_address(root, query, shown=query.shown + PAGE)
    said = strings("lookup.more", count=strings.number(min(left, PAGE)))
    return f'<p class="pq-more"><a href="{escape(link)}#row-{query.shown + 1}">{escape(said)}</a></p>'


def years(row: Row) -> list[str]:
    """The years that a row speaks of."""
    return [
        year
        for cell in row.cells
        if cell.column in ("year", "period", "date", "deadline")
        for year in re.findall(r"20[0-9]{2}", cell.value)
    ]
