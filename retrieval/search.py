"""A question to hits: the one place that puts the rankers together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold
from retrieval.definitions import Definitions, asked_term, defined_terms
from retrieval.embed import Encoder
from retrieval.errors import IndexOutdated
from retrieval.fuse import Scores, reordered, weighted
from retrieval.index import Index
from retrieval.lexical import BestPassage, Lexical
from retrieval.match import Matcher, Rows, Tokens
from retrieval.question import language_of, read_question
from retrieval.tokens import syllables, words
from retrieval.translate import translate
from retrieval.types import Hit, Question

# Shares of the rankers, measured in docs/decisions/0003-fusion.md.
WEIGHTS: Mapping[str, float] = {"words": 0.45, "folded": 0.1, "dense": 0.45}
ENGLISH_WEIGHTS: Mapping[str, float] = {"words": 0.3, "folded": 0.1, "dense": 0.6}
# What a reader looks for is seldom a line of Nơi nhận or a heading alone.
_KINDS: Mapping[str, float] = {
    "recipients": 0.7,
    "signature": 0.75,
    "letterhead": 0.85,
    "heading": 0.9,
    "list": 0.97,
}
_HISTORY_SHARE = 0.35
_REMEMBERED = 4  # questions
# The matcher reads the best rows of the fusion: how many, and what it counts beside their score (docs/models.md).
MATCHED = 40
MATCH_SHARE = 0.2
# What a clause that explains the very term in question counts beside the weighted sum, which is 1 at most. Of 17
# held-out questions after a term .2 finds one more at ten than .1, and .3 no more.
DEFINED_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question as the rankers read it: marks put back, or in the documents' language; and what each ranker counts."""

    lexical: str
    meanings: tuple[str, ...]
    weights: Mapping[str, float]
    term: str | None = None
    """The term whose meaning is asked, folded; None where something else is asked."""

    @classmethod
    def of(cls, text: str, meant: Callable[[str], str]) -> Wording:
        """Read a question; ``meant`` puts spelling and missing marks right and leaves other texts as they are."""
        if language_of(text) == "en":
            vietnamese = " ".join(translate(text)[0])
            term = asked_term(text)
            term = fold(" ".join(translate(term)[0])) if term else None
            return cls(lexical=vietnamese, meanings=(text, vietnamese), weights=ENGLISH_WEIGHTS, term=term)
        right = meant(text)
        return cls(lexical=right, meanings=(right,), weights=WEIGHTS, term=asked_term(right))

    @property
    def asked(self) -> str:
        """What the matcher reads: the question as meant, an English one as it was put."""
        return self.meanings[0]

    def vector(self, encoder: Encoder) -> NDArray[np.float32]:
        """The mean of its meanings, (d,) float32, of length 1; zeros where the encoder knows no word of it."""
        vectors = encoder.encode_questions([text for text in self.meanings if text.strip()] or [""])
        mean = vectors.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

    def scores(self, by_words: Lexical | BestPassage, by_folded: Lexical, cosines: Scores) -> dict[str, Scores]:
        """The score of every row by ranker, (rows,) float32; cosines below 0 count as 0."""
        return {
            "words": by_words.scores(words(self.lexical)),
            "folded": by_folded.scores(syllables(self.lexical)),
            "dense": np.clip(cosines, 0.0, None),
        }


def matched(scores: Scores, text: str, tokens: Callable[[Rows], list[Tokens]], matcher: Matcher) -> Scores:
    """The scores, the best of them put in order by how well their passages answer ``text``; ``tokens`` reads rows."""
    if not len(scores):
        return scores
    count = min(MATCHED, len(scores))
    rows = np.argpartition(-scores, count - 1)[:count]
    rows = rows[scores[rows] > 0]
    if not len(rows):
        return scores
    return reordered(scores, rows, matcher.probabilities(text, tokens(rows)), share=MATCH_SHARE)


class Searcher:
    """Searches one open index with the model that made its vectors."""

    def __init__(self, index: Index, encoder: Encoder, matcher: Matcher | None = None) -> None:
        """Without a matcher the fused scores stand. Raises IndexOutdated where another model made the vectors."""
        if index.encoder != encoder.name:
            raise IndexOutdated(path=str(index.path), reason=f"its vectors are of {index.encoder}, not {encoder.name}")
        self._index = index
        self._encoder = encoder
        self._matcher = matcher
        self._tokens: dict[int, Tokens] = {}
        # A question is searched as it was written and as it was understood, which are often the same.
        self.score = lru_cache(maxsize=_REMEMBERED)(self._score)
        self._rows = np.array(index.rows, dtype=np.int64)
        self._kinds = np.array([_KINDS.get(index.passage(key).kind, 1.0) for key in index.rows], dtype=np.float32)
        self._documents = np.array([index.passage(key).document for key in index.rows], dtype=object)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first; of equals the one with the smaller key.

        Raises UnknownDocument for a document in the filter that is not in the index.
        """
        for document in question.documents:
            self._index.outline(document)
        total, by, asked = self.score(question.text)
        if question.history and read_question(question.text).follows:
            earlier, _, before = self.score(question.history[-1])
            total = (1 - _HISTORY_SHARE) * total + _HISTORY_SHARE * earlier
            asked = f"{before} {asked}"
        if question.documents:
            total = np.where(np.isin(self._documents, question.documents), total, np.float32(0.0))
        if self._matcher is not None:
            total = matched(total, asked, self._read, self._matcher)
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

    def _score(self, text: str) -> tuple[Scores, dict[str, Scores], str]:
        """The fused score of every row, and each ranker's, all (rows,) float32; and the question as it was meant."""
        wording = Wording.of(text, lambda written: self._index.speller.read(written)[0])
        keys, found = self._index.vectors.search(wording.vector(self._encoder), len(self._rows))
        cosines: Scores = np.zeros(len(self._rows), dtype=np.float32)
        cosines[np.searchsorted(self._rows, keys)] = found
        by = wording.scores(self._index.words, self._index.folded, cosines)
        whole = weighted(by, wording.weights)
        if wording.term is not None:
            whole = whole + np.float32(DEFINED_SHARE) * self._definitions.scores(wording.term)
        return whole, by, wording.asked

    @cached_property
    def _definitions(self) -> Definitions:
        """What the passages explain, read when it is first asked for."""
        return Definitions(defined_terms(self._index.passage(key).reading) for key in self._index.rows)

    def _read(self, rows: Rows) -> list[Tokens]:
        """The tokens of passages under their headings, kept once they are read."""
        assert self._matcher is not None
        new = [row for row in rows.tolist() if row not in self._tokens]
        passages = [self._index.passage(int(self._rows[row])) for row in new]
        texts = [f"{one.context}\n{one.reading}" for one in passages]
        self._tokens.update(zip(new, self._matcher.read(texts), strict=True))
        return [self._tokens[row] for row in rows.tolist()]
