"""An answer before it is worded: lines, each with the exact places it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.types import Span
from retrieval.answer.library import Sentence
from retrieval.types import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A place in a document. ``path`` are the headings above it."""

    document: str
    span: Span
    path: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement. ``label`` says what it is about (a body, a Dự án), ``text`` is in the document's words."""

    document: str
    text: str
    quotes: tuple[Quote, ...]
    label: str = ""


def said_once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines without those said before, be it without their label; what is told of two bodies is told of each."""
    found: list[Line] = []
    for line in lines:
        bare = replace(line, label="")
        alike = [one for one in found if replace(one, label="") == bare]
        if not any(one.label == line.label or not one.label or not line.label for one in alike):
            found.append(line)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Lines under an opening sentence. ``support`` in 0..1 is how well the evidence covers what was asked.

    ``strategy`` names how it was found; ``closing`` stands below the lines (a sum, a warning), ``more`` are other
    sentences that may answer. ``trust`` is the probability that the answer is right; ``certain`` that how it was found
    says enough, and no other answer is weighed against it; ``unsure`` that it was worked out of what may not be meant;
    ``entire`` that all of it is asked for, and no part of it would do.
    """

    strategy: str
    lines: tuple[Line, ...]
    support: float
    opening: str = ""
    closing: str = ""
    more: tuple[Line, ...] = ()
    abstained: bool = False
    trust: float = 0.0
    certain: bool = False
    unsure: bool = False
    entire: bool = False
    steps: tuple[str, ...] = field(default=())

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All that it rests on, in the order in which it is shown."""
        return tuple(quote for line in (*self.lines, *self.more) for quote in line.quotes)


def quote_of(sentence: Sentence) -> Quote:
    """The sentence itself."""
    passage = sentence.passage
    return Quote(document=passage.document, span=sentence.span, path=passage.path, page=passage.page)


def quote_passage(passage: Passage) -> Quote:
    """The whole passage."""
    return Quote(document=passage.document, span=passage.span, path=passage.path, page=passage.page)
