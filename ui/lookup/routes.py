"""The routes of the look-up page: it reads, and changes nothing; every parameter is checked, nothing is written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from ingest.errors import PlanqaError
from retrieval.registers.types import KINDS, Finding
from retrieval.types import DocumentInfo, Language
from ui.html import escape
from ui.language import LANGUAGES, Strings, load_strings
from ui.lookup import form, frame, rows
from ui.lookup.briefing import briefing, unnamed
from ui.lookup.card import card, named_in
from ui.lookup.compare import check_sides, comparison, read_sides, sides
from ui.lookup.places import read_place
from ui.lookup.query import EVERYTHING, Query, Register, address, lookup_address, read_language, read_query
from ui.registers import FORMATS, Format, export, export_findings
from ui.source import place_pane
from ui.types import Engine

_log = logging.getLogger(__name__)

_STATIC = Path(__file__).parent.parent / "static"
_FILES = ("planqa.css", "lookup.css", "lookup.js", "favicon.svg")
_TYPES: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
# Nothing but our own files runs or is loaded, whatever a document says.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[["Lookup", Request], Response]


def _guarded(handler: Handler) -> Handler:
    """One sentence instead of a stack trace, whatever goes wrong."""

    @wraps(handler)
    def guarded(self: Lookup, request: Request) -> Response:
        strings = load_strings(read_language(request.query_params.get("language", ""), self.language))
        try:
            return handler(self, request)
        except PlanqaError as error:
            _log.warning("no look-up: %s", error)
            return self.refuse(strings.sentence(error), request, strings)
        except Exception:  # noqa: BLE001 - the edge to the user
            _log.exception("the look-up failed")
            return self.refuse(strings("lookup.failed"), request, strings, status=500)

    return guarded


@dataclass(frozen=True, slots=True)
class Lookup:
    """The pages over the registers of an engine. ``language`` is that of an address that names none."""

    engine: Engine
    language: Language

    def routes(self) -> list[Route]:
        """All routes of the look-up."""
        return [
            Route("/registers", self.registers),
            Route("/registers/briefing", self.briefing),
            Route("/registers/compare", self.compare),
            Route("/registers/source", self.source),
            Route("/registers/download", self.download),
            Route("/registers/static/{name}", self.static),
        ]

    @_guarded
    def registers(self, request: Request) -> Response:
        """A register with its filters, or the findings."""
        documents = self.engine.documents()
        query = self._query(request, documents)
        strings = load_strings(query.language)
        counts = self._counts(query)
        if query.fault is not None:
            shown = self._say(query, strings)
        elif query.kind is None:
            shown = rows.findings(self._findings(query), self.engine, query, documents, strings, ".")
        else:
            shown = rows.table(self.engine.register(query.kind, query.applied()), query, documents, strings, ".")
        body = (
            form.tabs(query.register, query, counts, strings, ".")
            + form.filters(query, documents, self._years(), self._units(), strings)
            + f'<section class="pq-results" aria-label="{escape(strings("lookup.results"))}">{shown}</section>'
        )
        others = {code: lookup_address(".", query, language=code, shown=query.shown) for code in LANGUAGES}
        title = f"{strings(f'lookup.{query.register}')} – {strings('lookup.title')}"
        html = frame.page(title, body, strings=strings, root=".", others=others)
        return HTMLResponse(html, status_code=400 if query.fault is not None else 200, headers=_HEADERS)

    @_guarded
    def briefing(self, request: Request) -> Response:
        """The card of a body: what it leads and joins, its money and its dates."""
        documents = self.engine.documents()
        query = self._query(request, documents)
        strings = load_strings(query.language)
        unit = query.wanted.unit
        shown = ""
        if query.fault is not None:
            shown = self._say(query, strings)
        elif unit:
            found = card(self.engine, unit, query.wanted.documents)
            if found.empty:
                shown = unnamed(unit, bool(named_in(self.engine, unit, query.wanted.documents)), strings)
            else:
                texts = {info.id: self.engine.source(info.id) for info in documents}
                shown = briefing(unit, found, texts, documents, strings, "..")
        asked = form.ask_unit(unit, query, documents, self._units(), strings)
        return self._view("briefing", asked + shown, query, request, strings)

    @_guarded
    def compare(self, request: Request) -> Response:
        """Documents side by side, in a programme part, a body or a theme."""
        documents = self.engine.documents()
        query = self._query(request, documents)
        strings = load_strings(query.language)
        by, text = read_sides(request.query_params.multi_items())
        shown = ""
        if query.fault is None and text:
            query = replace(query, fault=check_sides(by, text))
        if query.fault is not None:
            shown = self._say(query, strings)
        elif text:
            wanted = query.wanted.documents or tuple(info.id for info in documents)
            shown = comparison(sides(self.engine, by, text, wanted, strings), documents, wanted, strings, "..")
        asked = form.ask_sides(by, text, query, documents, self._units(), strings)
        return self._view("compare", asked + shown, query, request, strings)

    @_guarded
    def source(self, request: Request) -> Response:
        """A document with the words of a row marked; the page's script takes it beside the table."""
        parameters = request.query_params.multi_items()
        strings = load_strings(read_language(request.query_params.get("language", ""), self.language))
        place = read_place(parameters, self.engine)
        if place is None:
            return self.refuse(strings("lookup.no-place"), request, strings, status=404)
        document = str(request.query_params["document"])
        pane = place_pane(place, self.engine.source(document), self.engine.outline(document), strings)
        html = frame.page(
            place.title,
            pane,
            strings=strings,
            root="..",
            others=_others(request),
            ways=_back("..", strings),
            style="pq-alone",
        )
        return HTMLResponse(html, headers=_HEADERS)

    @_guarded
    def download(self, request: Request) -> Response:
        """The rows that the filters leave, as a file."""
        documents = self.engine.documents()
        query = self._query(request, documents)
        strings = load_strings(query.language)
        if query.fault is not None:
            return self.refuse(_sentence(query, strings), request, strings)
        wanted = request.query_params.get("format", "")
        format: Format | None = next((one for one in FORMATS if one == wanted), None)
        if format is None or (format == "ics" and query.kind != "deadlines"):
            return self.refuse(strings("lookup.bad-format", value=wanted[:20]), request, strings)
        if query.kind is None:
            content = export_findings(self._findings(query), format, documents, self.engine.source, query.language)
        else:
            found = self.engine.register(query.kind, query.applied())
            content = export(found, query.kind, format, documents, self.engine.source, query.language)
        name = f"planqa-{query.register}.{format}"
        return Response(
            content,
            media_type=_TYPES[format],
            headers={**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
        )

    def static(self, request: Request) -> Response:
        """A file of the page; whatever else is asked for is not found."""
        name = request.path_params["name"]
        if name not in _FILES:
            return Response(status_code=404)
        return FileResponse(_STATIC / name, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})

    def refuse(self, sentence: str, request: Request, strings: Strings, status: int = 400) -> Response:
        """A page that says in one sentence why there is nothing to show."""
        root = "." if request.url.path.endswith("/registers") else ".."
        others = {code: f"{root}/registers?language={code}" for code in LANGUAGES}
        html = frame.page(
            strings("lookup.title"),
            frame.notice(sentence),
            strings=strings,
            root=root,
            others=others,
            ways=_back(root, strings),
        )
        return HTMLResponse(html, status_code=status, headers=_HEADERS)

    def _view(self, view: str, body: str, query: Query, request: Request, strings: Strings) -> Response:
        """A view across the registers, under their tabs."""
        html = frame.page(
            f"{strings(f'lookup.{view}')} – {strings('lookup.title')}",
            form.tabs(view, query, self._counts(query), strings, "..") + body,
            strings=strings,
            root="..",
            others=_others(request),
            style=f"pq-on-{view}",
        )
        return HTMLResponse(html, status_code=400 if query.fault is not None else 200, headers=_HEADERS)

    def _say(self, query: Query, strings: Strings) -> str:
        return frame.notice(_sentence(query, strings))

    def _query(self, request: Request, documents: tuple[DocumentInfo, ...]) -> Query:
        return read_query(request.query_params.multi_items(), [info.id for info in documents], self.language)

    def _counts(self, query: Query) -> dict[Register, int]:
        """The number of rows that the filters leave in each register."""
        wanted = query.wanted if query.fault is None else EVERYTHING
        counts: dict[Register, int] = {}
        for kind in KINDS:
            one = Query(register=kind, wanted=wanted)
            counts[kind] = len(self.engine.register(kind, one.applied()))
        counts["findings"] = len(self._findings(Query(wanted=wanted)))
        return counts

    def _findings(self, query: Query) -> list[Finding]:
        """What does not agree in the chosen documents, or is not said."""
        chosen = query.wanted.documents
        return [one for one in self.engine.findings() if not chosen or one.document in chosen]

    def _years(self) -> list[str]:
        """The years that the registers speak of."""
        return sorted({year for kind in KINDS for row in self.engine.register(kind) for year in rows.years(row)})

    def _units(self) -> list[str]:
        """The bodies that have tasks, by name."""
        named = {cell.text for row in self.engine.register("responsibilities") for cell in row.all("unit")}
        return sorted(named)


def _back(root: str, strings: Strings) -> str:
    return f'<a class="pq-way" href="{root}/registers?language={strings.language}">{escape(strings("lookup.all"))}</a>'


def _others(request: Request) -> dict[Language, str]:
    """The address of a page below the look-up in each language."""
    name = request.url.path.rpartition("/")[2]
    kept = [(key, one) for key, one in request.query_params.multi_items() if key != "language"]
    return {code: address(f"../registers/{name}", [*kept, ("language", code)]) for code in LANGUAGES}


def _sentence(query: Query, strings: Strings) -> str:
    """Why a query cannot be looked up, in one sentence."""
    return strings(f"lookup.bad-{query.fault.field}", value=query.fault.value) if query.fault is not None else ""
