"""What the baselines have in common: plain texts cut into pieces, one sentence as the answer, one citation."""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import ClassVar

from evals.types import System
from ingest.errors import UnknownDocument
from ingest.sentences import sentence_ranges
from ingest.types import Span
from retrieval.answer.compose import escape
from retrieval.answer.wording import say
from retrieval.question import check, language_of
from retrieval.types import Answer, Citation, DocumentInfo, Hit, Passage, Question

_LINE = re.compile(r"[^\n]+")


class Baseline(ABC):
    """A system over pieces of plain text. Subclasses say how texts are cut, ranked and quoted.

    The answer is one sentence of the best pieces, as it stands in the source. A follow-up is read with the last
    earlier question put in front of it; ``Question.documents`` restricts search and answer. ``confidence`` is the
    fit of the sentence, which is no probability: it is not calibrated.
    """

    name: ClassVar[str]
    """What ``Answer.answerer`` says."""

    measure: ClassVar[str]
    """The name of the score in ``Hit.by``."""

    reads: ClassVar[int]
    """From how many of the best pieces the sentence is taken."""

    def __init__(self, system: System) -> None:
        self._infos = {info.id: info for info in system.documents()}
        self._texts = {identifier: system.source(identifier) for identifier in self._infos}
        self._passages = tuple(self._cut_all())

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All pieces, by document and place; ``key`` counts them from 1."""
        return self._passages

    def ask(self, question: Question) -> Answer:
        """The sentence that fits best, cited. Raises BadQuestion and UnknownDocument."""
        started = time.perf_counter()
        wording = self._wording(question)
        quoted = self._quote(wording, [passage for passage, _score in self._found(wording, question, self.reads)])
        language = language_of(question.text)
        nothing = say(language, "none", what=say(language, "what-open"))
        citation, confidence = quoted if quoted is not None else (None, 0.0)
        return Answer(
            question=question.text,
            language=language,
            text=f"{escape(' '.join(citation.quote.split()))} [1]" if citation is not None else nothing,
            abstained=citation is None,
            confidence=confidence,
            citations=(citation,) if citation is not None else (),
            answerer=self.name,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best pieces, best first. Raises BadQuestion and UnknownDocument."""
        found = self._found(self._wording(question), question, k)
        return [
            Hit(passage=passage, rank=rank, score=score, by={self.measure: score})
            for rank, (passage, score) in enumerate(found, 1)
        ]

    def source(self, document_id: str) -> str:
        """The text that offsets count in. Raises UnknownDocument."""
        try:
            return self._texts[document_id]
        except KeyError:
            raise UnknownDocument(document=document_id) from None

    def documents(self) -> tuple[DocumentInfo, ...]:
        """The documents of the system that this was made from."""
        return tuple(self._infos.values())

    @abstractmethod
    def _cut(self, text: str) -> Iterable[Span]:
        """The pieces of a text, in order."""

    @abstractmethod
    def _rank(self, wording: str, k: int, documents: Collection[str]) -> Iterable[tuple[int, float]]:
        """At most ``k`` (row in ``passages``, score), best first, within these documents (all where empty)."""

    @abstractmethod
    def _fit(self, wording: str, sentences: Sequence[str]) -> Sequence[float]:
        """How well each sentence answers, higher is better; clipped to 0..1 it is the confidence."""

    def _wording(self, question: Question) -> str:
        text = check(question.text)
        for document in question.documents:
            self.source(document)
        return " ".join((*question.history[-1:], text))

    def _found(self, wording: str, question: Question, k: int) -> list[tuple[Passage, float]]:
        ranked = self._rank(wording, k, frozenset(question.documents)) if k > 0 and self._passages else ()
        return [(self._passages[row], round(score, 6)) for row, score in ranked]

    def _quote(self, wording: str, found: Sequence[Passage]) -> tuple[Citation, float] | None:
        """The best sentence of these pieces and how well it fits; of equals the first."""
        places = [(passage, span) for passage in found for span in sentences(passage.text)]
        if not places:
            return None
        fits = [float(fit) for fit in self._fit(wording, [one.text[at.start : at.end] for one, at in places])]
        best = max(range(len(fits)), key=fits.__getitem__)
        passage, span = places[best]
        start = passage.span.start + span.start
        citation = Citation(
            number=1,
            document=passage.document,
            title=self._infos[passage.document].title,
            section=(),
            quote=passage.text[span.start : span.end],
            span=Span(start, start + len(span)),
        )
        return citation, round(min(1.0, max(0.0, fits[best])), 6)

    def _cut_all(self) -> Iterator[Passage]:
        key = 0
        for document, text in self._texts.items():
            pieces = (span for span in self._cut(text) if text[span.start : span.end].strip())
            for index, span in enumerate(pieces):
                key += 1
                piece = text[span.start : span.end]
                yield Passage(
                    key=key,
                    document=document,
                    index=index,
                    kind="paragraph",
                    span=span,
                    text=piece,
                    reading=piece,
                    context="",
                    path=(),
                    section=-1,
                )


def sentences(text: str) -> list[Span]:
    """The sentences of a piece, none across a line break: rows, items and headings stand on lines of their own.

    A piece without letters or digits in it is one sentence as a whole.
    """
    found = [
        Span(line.start() + start, line.start() + end)
        for line in _LINE.finditer(text)
        for start, end in sentence_ranges(line.group())
        if any(letter.isalnum() for letter in line.group()[start:end])
    ]
    return found or [Span(0, len(text))]
