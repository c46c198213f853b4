"""Where the words of a row stand: links to the source beside the table, read back from the address and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.reading import reading
from ingest.types import Span
from retrieval.registers.types import Finding, Row
from retrieval.types import DocumentInfo, Language, Passage
from ui.html import escape
from ui.lookup.query import address
from ui.plain import cut
from ui.source import Place
from ui.types import Engine

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_MARKS = 60
"""The most marks of a link; a row has a few."""
_UNDERSTOOD = 60
_AROUND = 140


def source_link(root: str, document: str, at: Span, marks: Iterable[Span], language: Language) -> str:
    """The address that shows a document with words marked, escaped for an attribute."""
    parameters = [
        ("document", document),
        ("at", written(at)),
        *(("mark", written(one)) for one in _sorted(marks)),
        ("language", language),
    ]
    return escape(address(f"{root}/registers/source", parameters))


def row_link(root: str, row: Row, language: Language) -> str:
    """The address that shows where a row is read from, its cells marked."""
    return source_link(root, row.document, row.span, [cell.span for cell in row.cells] or [row.span], language)


def finding_link(root: str, finding: Finding, at: Span, language: Language) -> str:
    """The address that shows one of the passages of a finding, all of them marked."""
    return source_link(root, finding.document, at, finding.spans, language)


def _sorted(marks: Iterable[Span]) -> Sequence[Span]:
    """The marks, each once and in order, as many as a link holds."""
    return sorted(dict.fromkeys(marks))[:_MARKS]


def written(span: Span) -> str:
    """A span as an address names it: "120-148"."""
    return f"{span.start}-{span.end}"


def read_span(text: str, length: int) -> Span | None:
    """The span that an address names, or None where it is none of a text of this length."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    start, end = (int(number) for number in match.groups())
    return Span(start, end) if start < end <= length else None


def read_place(parameters: Sequence[tuple[str, str]], engine: Engine) -> Place | None:
    """The place that an address names, or None where the documents have no such place."""
    values = dict(parameters)
    info = next((one for one in engine.documents() if one.id == values.get("document")), None)
    if info is None:
        return None
    text = engine.source(info.id)
    at = read_span(values.get("at", ""), len(text))
    marks = [read_span(value, len(text)) for name, value in parameters if name == "mark"]
    focus = read_span(values["focus"], len(text)) if "focus" in values else None
    found = tuple(one for one in marks if one is not None)
    if at is None or not found or len(found) < len(marks) or len(marks) > _MARKS or ("focus" in values and not focus):
        return None
    return place_of(info, engine.passages(info.id), at, found, focus)


def place_of(
    info: DocumentInfo, passages: Iterable[Passage], at: Span, marks: tuple[Span, ...], focus: Span | None = None
) -> Place:
    """A place with the headings above it and its page."""
    around = passage_of(passages, at)
    return Place(
        title=info.title,
        at=at,
        marks=marks,
        focus=focus,
        path=around.path if around is not None else (),
        page=around.page if around is not None else None,
    )


def passage_of(passages: Iterable[Passage], at: Span) -> Passage | None:
    """The smallest passage that the beginning of a span stands in."""
    around = [one for one in passages if one.span.start <= at.start < one.span.end and one.kind != "list"]
    return min(around, key=lambda one: len(one.span), default=None)


def in_words(text: str, passages: Iterable[Passage], span: Span) -> tuple[str, str, str]:
    """The words of a span between some of those before and behind them, where they are too few to be understood."""
    words = quote(text, span)
    around = passage_of(passages, span)
    if len(words) >= _UNDERSTOOD or around is None or span not in around.span:
        return "", words, ""
    before = quote(text, Span(around.span.start, span.start)) if span.start > around.span.start else ""
    behind = quote(text, Span(span.end, around.span.end)) if span.end < around.span.end else ""
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:].partition(' ')[2]}"
    return before, words, cut(behind, _AROUND)


def quote(text: str, span: Span) -> str:
    """The words of a span as a person reads them, on one line."""
    return " ".join(reading(text, span).text.split())
