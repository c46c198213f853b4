"""Answers and hits as text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.types import Answer, Citation, Hit, Language
from ui.plain import one_line, shown

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


def _citation_line(citation: Citation, language: Language, source_of: SourceOf) -> str:
    parts = [citation.title, " / ".join(citation.section)]
    parts.append(_place(citation.document, citation.span.start, citation.page, language, source_of))
    place = _SEPARATOR.join(one_line(part) for part in parts if part)
    return f"[{citation.number}] {place}: “{one_line(citation.quote)}”"


def _place(document: str, start: int, page: int | None, language: Language, source_of: SourceOf) -> str:
    if page is not None:
        return f"{_PAGE[language]} {page}"
    return f"{_LINE[language]} {source_of(document).count(chr(10), 0, start) + 1}"
