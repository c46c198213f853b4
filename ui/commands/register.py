"""``planqa register``: a register of the documents, or the findings in them, as a list or as a file."""

from __future__ import annotations

import contextlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ui.commands.batch import writing
from ui.commands.opening import open_engine, prepare
from ui.commands.options import CorpusOption, IndexOption
from ui.commands.result import show, show_bytes
from ui.commands.running import BadUse

if TYPE_CHECKING:
    from retrieval.engine import Engine
    from retrieval.registers.types import Filter, Kind
    from retrieval.types import Language
    from ui.registers import Format

FINDINGS = "findings"
TEXT = "text"

KindArgument = Annotated[str, typer.Argument(metavar="KIND", show_default=False)]
UnitOption = Annotated[str, typer.Option("--unit", metavar="NAME", help="Only rows that name this body.")]
RoleOption = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="Only duties of this role: chủ trì, phối hợp, tham mưu …")
]
ProjectOption = Annotated[
    str, typer.Option("--project", metavar="PART", help='Only this part of a programme: 8, 5.3, "Dự án 5".')
]
YearOption = Annotated[str, typer.Option("--year", metavar="YEAR", help="Only rows of this year.")]
TextOption = Annotated[str, typer.Option("--text", metavar="WORDS", help="Only rows with these words.")]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--document", metavar="ID", help="Only this document; may be repeated.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="text (default), json, csv, xlsx, or ics of deadlines."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write into a file instead.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, checked: a register (None for findings), a format (None for text), and which rows."""

    kind: Kind | None
    format: Format | None
    wanted: Filter


def register(
    kind: KindArgument,
    unit: UnitOption = "",
    role: RoleOption = "",
    project: ProjectOption = "",
    year: YearOption = "",
    text: TextOption = "",
    document: DocumentOption = None,
    format: FormatOption = None,
    as_json: JsonOption = False,
    out: OutOption = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """List all that the documents say of KIND, each row with its citation.

    KIND is responsibilities, budgets, targets, deadlines, references, or findings: what does not agree, or is not
    said. The options leave out rows; docs/registers.md says what each register holds.
    """
    from retrieval.registers.types import Filter

    wanted = Filter(
        documents=tuple(document or ()), unit=unit, role=role, project=project, year=year.strip(), text=text
    )
    asked = _checked(kind, _format(format, as_json=as_json), wanted, out)
    settings = prepare(corpus=corpus, index=index)
    with contextlib.nullcontext() if out is None else writing(out) as stream:
        count, result = _answer(open_engine(settings), asked, settings.language)
        if stream is not None:
            stream.buffer.write(result if isinstance(result, bytes) else f"{result}\n".encode() if result else b"")
    if not count:
        sys.stderr.write(f"planqa: the documents have no {kind} like that.\n")
    if out is None and isinstance(result, bytes):
        show_bytes(result)
    elif out is None and isinstance(result, str) and result:
        show(result)


def _format(named: str | None, *, as_json: bool) -> str:
    if as_json and named not in (None, "json"):
        raise BadUse(reason=f"--json and --format {named} do not go together")
    return "json" if as_json else named if named is not None else TEXT


def _checked(kind: str, format: str, wanted: Filter, out: Path | None) -> Asked:
    """What can be refused without an index is refused here. Raises BadUse."""
    from retrieval.registers.types import KINDS
    from ui.registers import FORMATS

    if kind not in (*KINDS, FINDINGS):
        raise BadUse(reason=f"There is no register {kind}; there are {', '.join(KINDS)}, {FINDINGS}")
    if format not in (TEXT, *FORMATS):
        raise BadUse(reason=f"There is no format {format}; there are {', '.join((TEXT, *FORMATS))}")
    if format == "ics" and kind != "deadlines":
        raise BadUse(reason=f"A calendar (ics) is made of deadlines only, not of {kind}")
    if format == "xlsx" and out is None and sys.stdout.isatty():
        raise BadUse(reason="A workbook (xlsx) is no text for a terminal; give --out FILE")
    if wanted.year and re.fullmatch(r"\d{4}", wanted.year) is None:
        raise BadUse(reason=f"--year {wanted.year} is no year such as 2023")
    if kind == FINDINGS:
        fields = {"unit": wanted.unit, "role": wanted.role, "project": wanted.project, "year": wanted.year}
        for name, value in {**fields, "text": wanted.text}.items():
            if value:
                raise BadUse(reason=f"--{name} chooses rows of a register; findings are chosen by --document")
    return Asked(
        None if kind == FINDINGS else cast("Kind", kind), None if format == TEXT else cast("Format", format), wanted
    )


def _answer(engine: Engine, asked: Asked, language: Language) -> tuple[int, bytes | str]:
    """How many rows or findings there are, and how they are given: as text or as the bytes of a file."""
    from ui.commands.text import findings_text, rows_text
    from ui.registers import export, export_findings

    documents, sources = engine.documents(), engine.source
    if asked.kind is not None:
        rows = engine.register(asked.kind, asked.wanted)
        if asked.format is None:
            return len(rows), rows_text(rows, documents, language, sources)
        return len(rows), export(rows, asked.kind, asked.format, documents, sources, language)
    chosen = asked.wanted.documents
    for document in chosen:
        engine.outline(document)  # raises UnknownDocument
    findings = [one for one in engine.findings() if not chosen or one.document in chosen]
    if asked.format is None:
        return len(findings), findings_text(findings, documents, language, sources)
    return len(findings), export_findings(findings, asked.format, documents, sources, language)
