"""The one object that the command line, the page and the evaluation ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ingest.types import Section
from retrieval.answer.answerer import Answerer
from retrieval.answer.draft import Quote
from retrieval.answer.library import Library
from retrieval.embed import Encoder, load_encoder
from retrieval.index import Index
from retrieval.question import check
from retrieval.search import Searcher
from retrieval.types import Answer, DocumentInfo, Hit, Passage, Question

_SPARE = 60  # hits beyond k that may move up
_NAMED = 1.3  # what a hit in a document that the question names counts more


def ranked_with(found: Sequence[Hit], named: Sequence[str], stated: Sequence[Passage], k: int) -> list[Hit]:
    """The ``k`` best hits: first the passages that the answer rests on, then the rest by score.

    A hit in a document that the question names counts more than one elsewhere.
    """
    weighed = [(hit.score * (_NAMED if hit.passage.document in named else 1.0), hit) for hit in found]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].rank))
    best = max((score for score, _ in weighed), default=0.0)
    first = list({one.key: one for one in stated}.values())[: max(1, k - 2)]
    keys = {one.key for one in first}
    known = {hit.passage.key: hit.by for hit in found}
    hits = [
        Hit(passage=one, rank=0, score=best + 0.01 * (len(first) - at), by={**known.get(one.key, {}), "answer": 1.0})
        for at, one in enumerate(first)
    ]
    hits.extend(replace(hit, score=score) for score, hit in weighed if hit.passage.key not in keys)
    return [replace(hit, rank=rank, score=round(hit.score, 6)) for rank, hit in enumerate(hits[: max(0, k)], 1)]


class Engine:
    """An open index with its model. Safe for several threads: nothing changes after it is made."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index = index
        self._searcher = Searcher(index, encoder)

    @classmethod
    def open(cls, index: Path, *, model: str | None = None) -> Engine:
        """Open an index folder. Raises IndexMissing, IndexDamaged, IndexOutdated or ModelMissing."""
        return cls(Index.open(index), load_encoder(model))

    def ask(self, question: Question) -> Answer:
        """Answer a question. Raises BadQuestion and UnknownDocument."""
        self._check(question)
        return self._answerer.answer(question)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first. Raises BadQuestion and UnknownDocument."""
        self._check(question)
        named, quotes = self._answerer.evidence(question)
        found = self._searcher.search(question, k + _SPARE)
        return ranked_with(found, named, [self._passage_at(quote) for quote in quotes], k)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by id."""
        return self._index.documents()

    def source(self, document_id: str) -> str:
        """The source text that offsets count in. Raises UnknownDocument."""
        return self._index.source(document_id)

    def outline(self, document_id: str) -> tuple[Section, ...]:
        """The outline of a document. Raises UnknownDocument."""
        return self._index.outline(document_id)

    def _passage_at(self, quote: Quote) -> Passage:
        """The passage that holds the start of a quote; for a heading that is none itself, the one below it."""
        passages = self._index.passages(quote.document)
        around = [one for one in passages if one.span.start < quote.span.end and quote.span.start < one.span.end]
        return min(
            around or passages,
            key=lambda one: (one.kind == "list", abs(one.span.start - quote.span.start), len(one.span)),
        )

    def _check(self, question: Question) -> None:
        check(question.text)
        for document in question.documents:
            self._index.outline(document)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document, in order. Raises UnknownDocument."""
        return self._index.passages(document_id)

    def prepare(self) -> None:
        """Read the documents for answering now, so that the first question does not wait for it."""
        self._answerer.answer(Question(text="Kế hoạch gồm những gì?"))  # loads the word segmenter too

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(Library(self._index, self._index.speller), self._searcher.search)
