"""What flows from a question to an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ingest.types import ChunkKind, Header, Span

Language = Literal["vi", "en"]

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was asked. ``documents`` restricts the search to these ids; () means all."""

    text: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chunk as the index keeps it. ``key`` is its id in SQLite and FAISS (positive, stable while its document is).

    ``text == source[span.start:span.end]`` of its document. ``index`` counts the chunks of the document from 0;
    ``lead`` and ``members`` are such indexes; ``skipped`` is page furniture inside the span. ``section`` indexes the
    document's outline, -1 before its first section.
    """

    key: int
    document: str
    index: int
    kind: ChunkKind
    span: Span
    text: str
    reading: str
    context: str
    path: tuple[str, ...]
    section: int
    page: int | None = None
    lead: int | None = None
    cells: tuple[tuple[str, Span], ...] = ()
    members: tuple[int, ...] = ()
    skipped: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """A document of the index, without its text. ``title`` is what citations show."""

    id: str
    path: str
    sha256: str
    title: str
    header: Header
    passages: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found. ``rank`` from 1; ``score`` is the fused score; ``by`` the score of each ranker.

    ``Engine.search`` gives wholes (see ``retrieval/wholes.py``): lists of passages, with the key of their first.
    """

    passage: Passage
    rank: int
    score: float
    by: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An exact quote: ``quote == source[span.start:span.end]`` of ``document``. Numbers count from 1."""

    number: int
    document: str
    title: str
    section: tuple[str, ...]
    quote: str
    span: Span
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the reader sees, and what it rests on.

    ``text`` is Markdown; ``[n]`` marks citation n, and every citation is marked. ``confidence`` is the probability
    that the answer is right. ``steps`` say how it was found, for the reader, in the answer's language.
    Raises ValueError where marks and citations disagree.
    """

    question: str
    language: Language
    text: str
    abstained: bool
    confidence: float
    citations: tuple[Citation, ...] = ()
    answerer: str = "extractive"
    elapsed_ms: float = 0.0
    steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not in 0..1")
        marked = {int(number) for number in _MARK.findall(self.text)}
        if marked != {citation.number for citation in self.citations}:
            raise ValueError(f"the marks {sorted(marked)} and the citations disagree")
