"""The registers for people: rows as a table, findings as sentences, both as files. Pure.

``documents`` are those of the engine, ``sources`` gives the source text of a document by its id (``Engine.source``).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from ingest.types import Span
from retrieval.registers.types import COLUMNS, Finding, Kind, Row
from retrieval.types import DocumentInfo, Language
from ui.due import UNDATED, date_of, due
from ui.icalendar import Event, as_ics
from ui.language import Strings, load_strings
from ui.plain import cut, one_line
from ui.sheets import Columns, as_csv, as_xlsx
from ui.wire import finding_object, row_object

Format = Literal["csv", "json", "xlsx", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)
Sources = Callable[[str], str]
Documents = Sequence[DocumentInfo]
Table = tuple[list[str], list[list[str]]]
"""The names of the columns, and the lines below them, each with as many cells."""

_TITLE_LIMIT = 80
_SUMMARY_LIMIT = 120
_READ_AS_VALUE = ("part",)  # its words may be a whole heading


def table(
    rows: Sequence[Row],
    documents: Documents,
    language: Language,
    *,
    sources: Sources | None = None,
    kind: Kind | None = None,
) -> Table:
    """Rows of one kind as a table: the document's short title, the columns of the kind, the citation.

    The citation holds the quoted words where ``sources`` gives them. Without rows, ``kind`` says which columns there
    are.
    """
    strings = load_strings(language)
    shorts, titles = short_titles(documents, language), _titles(documents)
    kind = rows[0].kind if rows else kind
    columns = COLUMNS[kind] if kind is not None else ()
    lines = [
        [
            shorts.get(row.document, row.document),
            *(cell_text(row, column, shorts) for column in columns),
            _citation(row.document, row.path, (row.span,), titles, sources, strings),
        ]
        for row in rows
    ]
    names = (strings(f"register.column.{kind}.{column}") for column in columns)
    return [strings("register.column.document"), *names, strings("register.column.citation")], lines


def findings_table(
    findings: Sequence[Finding], documents: Documents, language: Language, *, sources: Sources | None = None
) -> Table:
    """Findings as a table: the document's short title, the sentence, the citation."""
    strings = load_strings(language)
    shorts, titles = short_titles(documents, language), _titles(documents)
    names = ("document", "findings.sentence", "citation")
    return [strings(f"register.column.{name}") for name in names], [
        [
            shorts.get(finding.document, finding.document),
            finding_sentence(finding, language),
            _citation(finding.document, (), finding.spans, titles, sources, strings),
        ]
        for finding in findings
    ]


def finding_sentence(finding: Finding, language: Language) -> str:
    """What does not agree, or is not said, in words."""
    strings = load_strings(language)
    values = {
        name: strings.number(int(value)) if value.isdecimal() and name in ("stated", "computed") else one_line(value)
        for name, value in finding.values
    }
    if "unit" in values:
        unit = values["unit"] or strings("finding.someone")
        values["unit"] = unit[:1].upper() + unit[1:]
    return strings(f"finding.{finding.kind}", **values)


def export(
    rows: Sequence[Row], kind: Kind, format: Format, documents: Documents, sources: Sources, language: Language
) -> bytes:
    """Rows of a kind as a file. Raises ValueError for a calendar of anything but deadlines."""
    strings = load_strings(language)
    if format == "json":
        return _as_json([row_object(row, sources(row.document)) for row in rows])
    if format == "ics":
        if kind != "deadlines":
            raise ValueError(f"no calendar of {kind}")
        return as_ics(_events(rows, documents, sources, strings), name=strings("register.kind.deadlines"))
    header, lines = table(rows, documents, language, sources=sources, kind=kind)
    if format == "csv":
        return as_csv(header, lines)
    numbers = _add_amounts(rows, header, lines, strings) if kind == "budgets" else {}
    return as_xlsx(header, lines, title=strings(f"register.kind.{kind}"), numbers=numbers)


def export_findings(
    findings: Sequence[Finding], format: Format, documents: Documents, sources: Sources, language: Language
) -> bytes:
    """Findings as a file. Raises ValueError for a calendar."""
    if format == "ics":
        raise ValueError("no calendar of findings")
    if format == "json":
        return _as_json(
            [finding_object(one, finding_sentence(one, language), sources(one.document)) for one in findings]
        )
    header, lines = findings_table(findings, documents, language, sources=sources)
    if format == "csv":
        return as_csv(header, lines)
    return as_xlsx(header, lines, title=load_strings(language)("register.kind.findings"), numbers={})


def short_titles(documents: Documents, language: Language) -> dict[str, str]:
    """A short name for each document by its id: kind, number, issuer, place, year; with the id where two are alike."""
    strings = load_strings(language)
    shorts = {info.id: _short_title(info, strings) for info in documents}
    often = Counter(shorts.values())
    return {id_: short if often[short] == 1 else f"{short} ({one_line(id_)})" for id_, short in shorts.items()}


def cell_text(row: Row, column: str, shorts: Mapping[str, str]) -> str:
    """What a row says in a column, as people read it; "" where it says nothing. ``shorts`` are short titles by id."""
    if column == "document":
        return "; ".join(shorts.get(cell.value, one_line(cell.value)) for cell in row.all(column))
    texts = (cell.value if column in _READ_AS_VALUE else cell.text for cell in row.all(column))
    return "; ".join(dict.fromkeys(one_line(text) for text in texts))


def _short_title(info: DocumentInfo, strings: Strings) -> str:
    header = info.header
    kind = one_line(header.kind.value) if header.kind else ""
    if header.number:
        kind = f"{kind} {strings('register.number', number=one_line(header.number.value))}".strip()
    issuer = one_line(header.issuer.value) if header.issuer else ""
    place = one_line(header.place.value) if header.place else ""
    year = header.date.value[:4] if header.date else ""
    if not issuer and not place and not header.number:
        return cut(one_line(info.title), _TITLE_LIMIT) or one_line(info.id)
    place = "" if place.removeprefix("TP. ") in issuer else place
    return cut(", ".join(part for part in (kind, issuer, place, year) if part), _TITLE_LIMIT)


def _titles(documents: Documents) -> dict[str, str]:
    return {info.id: one_line(info.title) or one_line(info.id) for info in documents}


def _citation(
    document: str,
    path: Sequence[str],
    spans: Sequence[Span],
    titles: Mapping[str, str],
    sources: Sources | None,
    strings: Strings,
) -> str:
    """Title — headings — “quote” [start:end]; several places of a document follow each other."""
    text = sources(document) if sources is not None else None
    quotes = []
    for span in spans:
        quote = f"“{one_line(text[span.start : span.end])}” " if text is not None else ""
        quotes.append(f"{quote}[{span.start}:{span.end}]")
    headings = " / ".join(one_line(part) for part in path)
    return " — ".join(part for part in (titles.get(document, document), headings, "; ".join(quotes)) if part)


def _add_amounts(rows: Sequence[Row], header: list[str], lines: list[list[str]], strings: Strings) -> Columns:
    """Put a column of numbers behind the amounts as written; what is no sum of đồng stays blank there."""
    place = 1 + COLUMNS["budgets"].index("amount") + 1
    header.insert(place, strings("register.column.budgets.dong"))
    for line in lines:
        line.insert(place, "")
    amounts = [row.value("amount") for row in rows]
    return {place: [int(amount) if amount.isdecimal() else None for amount in amounts]}


def _events(rows: Sequence[Row], documents: Documents, sources: Sources, strings: Strings) -> Iterator[Event]:
    """An event for each row with a day, each once: a sentence may say its day twice."""
    dated = {info.id: date_of(info.header.date.value) if info.header.date else None for info in documents}
    titles = _titles(documents)
    seen = set()
    for row in rows:
        stamp = dated.get(row.document) or UNDATED
        cell = row.get("date")
        when = due(cell.value, cell.text, stamp) if cell is not None else None
        if cell is None or when is None:
            continue
        uid = hashlib.sha256(f"{row.document}\n{row.span.start}:{row.span.end}\n{cell.value}".encode()).hexdigest()[:32]
        if uid in seen:
            continue
        seen.add(uid)
        what = ": ".join(part for part in (cell_text(row, "who", {}), cell_text(row, "what", {})) if part)
        description = [
            strings("register.due", words=one_line(cell.text)),
            _citation(row.document, row.path, (row.span,), titles, sources, strings),
        ]
        if not when.exact:
            description.insert(1, strings("register.no-day"))
        yield Event(
            uid=f"{uid}@planqa",
            day=when.day,
            rule=when.rule,
            stamp=stamp,
            summary=cut(what or one_line(cell.text), _SUMMARY_LIMIT),
            description="\n".join(description),
        )


def _as_json(records: Sequence[Mapping[str, object]]) -> bytes:
    return (json.dumps(records, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode(
        "utf-8", "backslashreplace"
    )
