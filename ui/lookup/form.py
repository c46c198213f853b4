"""The choice of a register and the filters over it, as HTML; it works without its script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from retrieval.types import DocumentInfo
from ui.html import escape
from ui.language import Strings
from ui.lookup.frame import current
from ui.lookup.query import FIELDS, REGISTERS, ROLES, Query, Register, address, lookup_address
from ui.registers import short_titles

VIEWS = ("compare", "briefing")
"""What reads across the registers."""


def tabs(at: str, query: Query, counts: Mapping[Register, int], strings: Strings, root: str) -> str:
    """The registers, each with the number of rows that the filters leave in it, then the two views across them."""
    registers = "".join(
        f'<a class="pq-registers" href="{escape(lookup_address(root, query, register=register))}"'
        f"{current('page', register == at)}>{escape(strings(f'lookup.{register}'))} "
        f"<small>{strings.number(counts[register])}</small></a>"
        for register in REGISTERS
    )
    views = "".join(
        f'<a class="pq-view" href="{escape(view_address(root, view, query))}"{current("page", view == at)}>'
        f"{escape(strings(f'lookup.{view}'))}</a>"
        for view in VIEWS
    )
    return f'<nav class="pq-tabs" aria-label="{escape(strings("lookup.registers"))}">{registers}{views}</nav>'


def view_address(root: str, view: str, query: Query) -> str:
    """The address of a view across the registers, with what of the filters means something there."""
    wanted = query.wanted
    parameters = [("document", one) for one in wanted.documents]
    if view == "briefing" and wanted.unit:
        parameters.append(("unit", wanted.unit))
    if view == "compare" and (value := wanted.unit or wanted.project):
        parameters.extend([("by", "unit" if wanted.unit else "part"), ("value", value)])
    return address(f"{root}/registers/{view}", [*parameters, ("language", query.language)])


def ask_unit(unit: str, query: Query, documents: Sequence[DocumentInfo], units: Iterable[str], strings: Strings) -> str:
    """The choice of a body for its card."""
    box = _text("unit", unit, "text", strings, listed="pq-units") + options("pq-units", units)
    return _form(query, box + _documents(query, documents, strings), strings("lookup.show"), strings)


def ask_sides(
    by: str, value: str, query: Query, documents: Sequence[DocumentInfo], units: Iterable[str], strings: Strings
) -> str:
    """The choice of what documents are compared in."""
    choices = "".join(
        f'<label><input type="radio" name="by" value="{one}"{" checked" if one == by else ""}>'
        f"<span>{escape(strings(f'lookup.by-{one}'))}</span></label>"
        for one in ("part", "unit", "theme")
    )
    group = (
        f'<fieldset class="pq-field pq-by"><legend>{escape(strings("lookup.by"))}</legend>'
        f'<div class="pq-choices">{choices}</div></fieldset>'
    )
    box = _text("value", value, "text", strings, listed="pq-units") + options("pq-units", units)
    return _form(query, group + box + _documents(query, documents, strings), strings("lookup.show"), strings)


def _form(query: Query, fields: str, button: str, strings: Strings) -> str:
    return (
        f'<form class="pq-filter" method="get" role="search" aria-label="{escape(strings("lookup.filters"))}">'
        f'<input type="hidden" name="language" value="{query.language}">{fields}'
        f'<div class="pq-buttons"><button type="submit">{escape(button)}</button></div></form>'
    )


def filters(
    query: Query,
    documents: Sequence[DocumentInfo],
    years: Iterable[str],
    units: Iterable[str],
    strings: Strings,
) -> str:
    """The filters that mean something for the register; the others are kept for when one goes back to theirs."""
    fields = FIELDS[query.register]
    wanted = query.wanted
    shown = {
        "text": _text("text", wanted.text, "search", strings),
        "unit": _text("unit", wanted.unit, "text", strings, listed="pq-units") + options("pq-units", units),
        "role": _choice(
            "role",
            wanted.role,
            [(role, role_name(role, strings)) for role in ROLES],
            strings("lookup.any-role"),
            strings,
        ),
        "project": _text("project", wanted.project, "text", strings),
        "year": _choice(
            "year",
            wanted.year,
            [(year, year) for year in sorted({*years, *([wanted.year] if wanted.year else [])})],
            strings("lookup.any-year"),
            strings,
        ),
    }
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name in shown
        if name not in fields and (value := getattr(wanted, name))
    )
    return (
        f'<details class="pq-fold" open><summary>{escape(strings("lookup.filters"))}</summary>'
        f'<form class="pq-filter" method="get" role="search" aria-label="{escape(strings("lookup.filters"))}">'
        f'<input type="hidden" name="register" value="{query.register}">'
        f'<input type="hidden" name="language" value="{query.language}">{kept}'
        f"{''.join(html for name, html in shown.items() if name in fields)}{_documents(query, documents, strings)}"
        f'<div class="pq-buttons"><button type="submit">{escape(strings("lookup.filter"))}</button>'
        f'<a class="pq-clear" href="?register={query.register}&amp;language={query.language}">'
        f"{escape(strings('lookup.clear'))}</a></div></form></details>"
    )


def role_name(role: str, strings: Strings) -> str:
    """A role in the language of the interface, in English with the word of the documents."""
    said = strings.texts.get(f"lookup.role-{ROLES.get(role, '')}", role)
    return said if strings.language == "vi" else f"{said} ({role})"


def options(name: str, values: Iterable[str]) -> str:
    """The values that a text box offers."""
    return f'<datalist id="{name}">{"".join(f"<option>{escape(one)}</option>" for one in values)}</datalist>'


def _text(name: str, value: str, kind: str, strings: Strings, listed: str = "") -> str:
    hint = escape(strings(f"lookup.hint-{name}"))
    listing = f' list="{listed}"' if listed else ""
    return (
        f'<label class="pq-field pq-field-{name}"><span>{escape(strings(f"lookup.{name}"))}</span>'
        f'<input type="{kind}" name="{name}" value="{escape(value)}" maxlength="200" placeholder="{hint}" '
        f'autocomplete="off"{listing}></label>'
    )


def _choice(name: str, value: str, choices: Sequence[tuple[str, str]], every: str, strings: Strings) -> str:
    listed = "".join(
        f'<option value="{escape(one)}"{" selected" if one == value else ""}>{escape(said)}</option>'
        for one, said in (("", every), *choices)
    )
    return (
        f'<label class="pq-field pq-field-{name}"><span>{escape(strings(f"lookup.{name}"))}</span>'
        f'<select name="{name}">{listed}</select></label>'
    )


def _documents(query: Query, documents: Sequence[DocumentInfo], strings: Strings) -> str:
    chosen = query.wanted.documents
    shorts = short_titles(documents, strings.language)
    said = (
        strings("lookup.some-documents", count=len(chosen))
        if chosen
        else strings("ask.all_documents", count=len(documents))
    )
    boxes = "".join(
        f'<label title="{escape(info.title)}"><input type="checkbox" name="document" value="{escape(info.id)}"'
        f"{' checked' if info.id in chosen else ''}><span>{escape(shorts[info.id])}</span></label>"
        for info in documents
    )
    return (
        f'<details class="pq-field pq-choice"><summary><span>{escape(strings("lookup.document"))}</span>'
        f'<b>{escape(said)}</b></summary><div class="pq-boxes">{boxes}</div></details>'
    )
