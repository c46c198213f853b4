"""Answers, hits and registers as text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ingest.types import Span
from retrieval.registers.types import COLUMNS, Finding, Row
from retrieval.types import Answer, Citation, DocumentInfo, Hit, Language
from ui.language import Strings, load_strings
from ui.plain import one_line, shown
from ui.registers import cell_text, finding_sentence, short_titles

_LINE = {"vi": "dòng", "en": "line"}
_PAGE = {"vi": "trang", "en": "page"}
_SEPARATOR = " — "

SourceOf = Callable[[str], str]
"""The source text of a document, by its id."""


def answer_text(answer: Answer, source_of: SourceOf) -> str:
    """The answer, then each citation on a line of its own: number, title, headings, place, quote."""
    lines = [shown(answer.text)]
    if answer.citations:
        lines.append("")
        lines += [_citation_line(citation, answer.language, source_of) for citation in answer.citations]
    return "\n".join(lines)


def hits_text(hits: Sequence[Hit], source_of: SourceOf) -> str:
    """The hits, best first: rank, score and place on one line, the passage below it."""
    lines = []
    for hit in hits:
        passage = hit.passage
        place = _place(passage.document, passage.span.start, passage.page, "en", source_of)
        heading = _SEPARATOR.join(one_line(part) for part in (passage.document, *passage.path, place))
        lines += [f"{hit.rank}. [{hit.score:.3f}] {heading}", f"   {one_line(passage.reading)}"]
    return "\n".join(lines)


def rows_text(rows: Sequence[Row], documents: Sequence[DocumentInfo], language: Language, source_of: SourceOf) -> str:
    """The rows of a register, a line for each column that says something, then where it is said."""
    strings = load_strings(language)
    shorts = short_titles(documents, language)
    blocks = []
    for number, row in enumerate(rows, 1):
        lines = [
            f"{strings(f'register.column.{row.kind}.{column}')}: {text}"
            for column in COLUMNS[row.kind]
            if (text := cell_text(row, column, shorts))
        ]
        place = _place(row.document, row.span.start, row.page, language, source_of)
        lines.append(_source_line(row.document, row.path, ((row.span, place),), shorts, strings, source_of))
        blocks.append(_numbered(number, lines))
    return "\n\n".join(blocks)


def findings_text(
    findings: Sequence[Finding], documents: Sequence[DocumentInfo], language: Language, source_of: SourceOf
) -> str:
    """The findings, each a sentence with the places that show it."""
    strings = load_strings(language)
    shorts = short_titles(documents, language)
    blocks = []
    for number, one in enumerate(findings, 1):
        places = [(span, _place(one.document, span.start, None, language, source_of)) for span in one.spans]
        source = _source_line(one.document, (), places, shorts, strings, source_of)
        blocks.append(_numbered(number, [finding_sentence(one, language), source]))
    return "\n\n".join(blocks)


def _source_line(
    document: str,
    path: Sequence[str],
    places: Sequence[tuple[Span, str]],
    shorts: Mapping[str, str],
    strings: Strings,
    source_of: SourceOf,
) -> str:
    text = source_of(document)
    quotes = "; ".join(f"{place}: “{one_line(text[span.start : span.end])}”" for span, place in places)
    parts = (shorts.get(document, document), " / ".join(one_line(part) for part in path), quotes)
    return f"{strings('register.source')}: {_SEPARATOR.join(part for part in parts if part)}"


def _numbered(number: int, lines: Sequence[str]) -> str:
    first = f"{number}. "
    return first + f"\n{' ' * len(first)}".join(lines)


def _citation_line(citation: Citation, language: Language, source_of: SourceOf) -> str:
    parts = [citation.title, " / ".join(citation.section)]
    parts.append(_place(citation.document, citation.span.start, citation.page, language, source_of))
    place = _SEPARATOR.join(one_line(part) for part in parts if part)
    return f"[{citation.number}] {place}: “{one_line(citation.quote)}”"


def _place(document: str, start: int, page: int | None, language: Language, source_of: SourceOf) -> str:
    if page is not None:
        return f"{_PAGE[language]} {page}"
    return f"{_LINE[language]} {source_of(document).count(chr(10), 0, start) + 1}"
