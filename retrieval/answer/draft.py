"""An answer before it is worded: lines, each with the exact places it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Lines under an opening sentence. ``support`` in 0..1 is how well the evidence covers what was asked.

    ``strategy`` names how it was found; ``closing`` stands below the lines (a sum, a warning), ``more`` are other
    sentences that may answer. ``trust`` is the probability that the answer is right; ``certain`` that how it was found
    says enough, and no other answer is weighed against it.
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
