"""A question to hits: the one place that puts the rankers together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embed import Encoder
from retrieval.errors import IndexOutdated
from retrieval.fuse import Scores, weighted
from retrieval.index import Index
from retrieval.lexical import Lexical
from retrieval.question import language_of, read_question
from retrieval.tokens import syllables, words
from retrieval.translate import translate
from retrieval.types import Hit, Question

# Shares of the rankers, measured in docs/decisions/0003-fusion.md.
WEIGHTS: Mapping[str, float] = {"words": 0.35, "folded": 0.3, "dense": 0.35}
ENGLISH_WEIGHTS: Mapping[str, float] = {"words": 0.1, "folded": 0.15, "dense": 0.75}
# What a reader looks for is seldom a line of Nơi nhận or a heading alone.
_KINDS: Mapping[str, float] = {
    "recipients": 0.7,
    "signature": 0.75,
    "letterhead": 0.85,
    "heading": 0.9,
    "list": 0.97,
}
_HISTORY_SHARE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question as the rankers read it: marks put back, or in the documents' language; and what each ranker counts."""

    lexical: str
    meanings: tuple[str, ...]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, text: str, meant: Callable[[str], str]) -> Wording:
        """Read a question; ``meant`` puts spelling and missing marks right and leaves other texts as they are."""
        if language_of(text) == "en":
            vietnamese = " ".join(translate(text)[0])
            return cls(lexical=vietnamese, meanings=(text, vietnamese), weights=ENGLISH_WEIGHTS)
        right = meant(text)
        return cls(lexical=right, meanings=(right,), weights=WEIGHTS)

    def vector(self, encoder: Encoder) -> NDArray[np.float32]:
        """The mean of its meanings, (d,) float32, of length 1; zeros where the encoder knows no word of it."""
        vectors = encoder.encode_questions([text for text in self.meanings if text.strip()] or [""])
        mean = vectors.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    def scores(self, by_words: Lexical, by_folded: Lexical, cosines: Scores) -> dict[str, Scores]:
        """The score of every row by ranker, (rows,) float32; cosines below 0 count as 0."""
        return {
            "words": by_words.scores(words(self.lexical)),
            "folded": by_folded.scores(syllables(self.lexical)),
            "dense": np.clip(cosines, 0.0, None),
        }


class Searcher:
    """Searches one open index with the model that made its vectors."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        """Raises IndexOutdated where another model made the vectors."""
        if index.encoder != encoder.name:
            raise IndexOutdated(path=str(index.path), reason=f"its vectors are of {index.encoder}, not {encoder.name}")
        self._index = index
        self._encoder = encoder
        self._rows = np.array(index.rows, dtype=np.int64)
        self._kinds = np.array([_KINDS.get(index.passage(key).kind, 1.0) for key in index.rows], dtype=np.float32)
        self._documents = np.array([index.passage(key).document for key in index.rows], dtype=object)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first; of equals the one with the smaller key.

        Raises UnknownDocument for a document in the filter that is not in the index.
        """
        for document in question.documents:
            self._index.outline(document)
        total, by = self.score(question.text)
        if question.history and read_question(question.text).follows:
            earlier, _ = self.score(question.history[-1])
            total = (1 - _HISTORY_SHARE) * total + _HISTORY_SHARE * earlier
        if question.documents:
            total = np.where(np.isin(self._documents, question.documents), total, np.float32(0.0))
        return self.hits(total, k, by)

    def hits(self, scores: Scores, k: int, by: Mapping[str, Scores] | None = None) -> list[Hit]:
        """The ``k`` best rows of (rows,) scores above 0, each weighed by the kind of its passage."""
        total = scores * self._kinds
        order = np.argsort(-total, kind="stable")[: max(0, k)]
        return [
            Hit(
                passage=self._index.passage(int(self._rows[row])),
                rank=rank,
                score=round(float(total[row]), 6),
                by={name: round(float(one[row]), 6) for name, one in (by or {}).items()},
            )
            for rank, row in enumerate((row for row in order if total[row] > 0), 1)
        ]

    def score(self, text: str) -> tuple[Scores, dict[str, Scores]]:
        """The fused score of every row, and each ranker's, all (rows,) float32."""
        wording = Wording.of(text, lambda written: self._index.speller.read(written)[0])
        keys, found = self._index.vectors.search(wording.vector(self._encoder), len(self._rows))
        cosines: Scores = np.zeros(len(self._rows), dtype=np.float32)
        cosines[np.searchsorted(self._rows, keys)] = found
        by = wording.scores(self._index.words, self._index.folded, cosines)
        return weighted(by, wording.weights), by
