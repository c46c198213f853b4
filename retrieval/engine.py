"""The one object that the command line, the page and the evaluation ask."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from ingest.types import Section
from retrieval.answer.answerer import Answerer
from retrieval.answer.library import Library
from retrieval.answer.reader import Reader, ReaderModel, load_reader
from retrieval.answer.scope import numbers_of
from retrieval.answer.sentence_signs import SentenceSigns
from retrieval.embed import Encoder, load_encoder
from retrieval.evidence_ranking import EvidenceRanking
from retrieval.index import Index
from retrieval.judge import Judge, load_judge
from retrieval.match import Matcher, load_matcher
from retrieval.question import check
from retrieval.registers.findings import find
from retrieval.registers.link import link
from retrieval.registers.select import select
from retrieval.registers.types import Filter, Finding, Kind, Row
from retrieval.search import Searcher
from retrieval.types import Answer, DocumentInfo, Hit, Passage, Question

ANY = Filter()
_SPARE = 30  # hits beyond k that may move up; 60 find no more on dev questions


class Engine:
    """An open index with its model. Safe for several threads: nothing changes after it is made."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        matcher: Matcher | None = None,
        reader: ReaderModel | None = None,
        judge: Judge | None = None,
    ) -> None:
        """Without a reader or a judge the shipped ones read."""
        self._index = index
        self._reader = reader or load_reader()
        self._judge = judge
        self._searcher = Searcher(index, encoder, matcher)

    @classmethod
    def open(cls, index: Path, *, model: str | None = None) -> Engine:
        """Open an index folder. Raises IndexMissing, IndexDamaged, IndexOutdated or ModelMissing."""
        return cls(Index.open(index), load_encoder(model), load_matcher())

    def ask(self, question: Question) -> Answer:
        """Answer a question. Raises BadQuestion and UnknownDocument."""
        self._check(question)
        return self.answerer.answer(question)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first. Raises BadQuestion and UnknownDocument."""
        self._check(question)
        found = self._searcher.search(question, k + _SPARE)
        return self._ranking.search(question, found, k)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by id."""
        return self._index.documents()

    def source(self, document_id: str) -> str:
        """The source text that offsets count in. Raises UnknownDocument."""
        return self._index.source(document_id)

    def outline(self, document_id: str) -> tuple[Section, ...]:
        """The outline of a document. Raises UnknownDocument."""
        return self._index.outline(document_id)

    def _check(self, question: Question) -> None:
        check(question.text)
        for document in question.documents:
            self._index.outline(document)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document, in order. Raises UnknownDocument."""
        return self._index.passages(document_id)

    def register(self, kind: Kind, wanted: Filter = ANY) -> tuple[Row, ...]:
        """The rows of a register that a filter wants, by document and place. Raises UnknownDocument."""
        for document in wanted.documents:
            self._index.outline(document)
        return select((row for row in self._rows if row.kind == kind), wanted)

    def findings(self) -> tuple[Finding, ...]:
        """What does not agree in the documents, or is not said."""
        return find(self._rows, self._library.books)

    def prepare(self) -> None:
        """Read the documents for answering now, so that the first question does not wait for it."""
        self.answerer.answer(Question(text="Kế hoạch gồm những gì?"))  # loads the word segmenter too

    @cached_property
    def answerer(self) -> Answerer:
        """What answers, for those who look into how: the evaluation and the fitting of its weights."""
        judge = (self._judge or load_judge()) if self._reader.judge else None
        return Answerer(self._library, self._searcher.search, Reader(self.signs, self._reader, judge), self._rows)

    @cached_property
    def signs(self) -> SentenceSigns:
        """What speaks for each sentence as an answer, for the reader and for fitting it."""
        return SentenceSigns(self._library, load_matcher().encoder)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """The rows of all registers, those of references with the documents of the index that they mean."""
        return link(self._index.registers, numbers_of(self._library))

    @cached_property
    def _library(self) -> Library:
        return Library(self._index, self._index.speller)

    @cached_property
    def _ranking(self) -> EvidenceRanking:
        return EvidenceRanking(self._library, self.answerer)
