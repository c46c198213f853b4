"""BM25 over token lists, kept as arrays and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

# Lucene's variant and its usual constants; a chunk is short, so its length says little (b below the usual 0.75).
_K1 = 1.2
_B = 0.5
# Passages cut to one length differ in it still less. The best passage of each of 64,145 articles, fused, hit@1 of 149
# held-out legal questions and of 500 that were trained on: .638 and .722, with the constants above .624 and .700; at
# ten both find as many.
_PASSAGE_K1 = 0.9
_PASSAGE_B = 0.3


class Lexical:
    """One BM25 index. Rows count the documents in the order they were given."""

    def __init__(self, retriever: bm25s.BM25 | None, rows: int) -> None:
        self._retriever = retriever
        self.rows = rows

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]], *, k1: float = _K1, b: float = _B) -> Lexical:
        """Index the token lists.

        Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
        """
        if not any(token_lists):
            return cls(None, len(token_lists))
        retriever = bm25s.BM25(method="lucene", k1=k1, b=b)
        retriever.index([list(tokens) for tokens in token_lists], show_progress=False)
        return cls(retriever, len(token_lists))

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of each row: (rows,) float32, 0 where no token is shared."""
        known = self._known(tokens)
        if self._retriever is None or not known:
            return np.zeros(self.rows, dtype=np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

    def _known(self, tokens: Sequence[str]) -> list[str]:
        if self._retriever is None:
            return []
        vocabulary = self._retriever.vocab_dict
        return [token for token in tokens if token in vocabulary]

    def save(self, folder: Path) -> None:
        """Write .npy arrays and JSON into a new folder."""
        folder.mkdir(parents=True)
        if self._retriever is not None:
            self._retriever.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, rows: int) -> Lexical:
        """Open what ``save`` wrote, memory-mapped. Raises ValueError where it has another number of rows."""
        if not folder.is_dir() or not any(folder.iterdir()):
            return cls(None, rows)  # no text had a token
        retriever = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        if retriever.scores["num_docs"] != rows:
            raise ValueError(f"{folder.name} has {retriever.scores['num_docs']} rows, not {rows}")
        return cls(retriever, rows)


class BestPassage:
    """BM25 over the passages of longer texts: a text scores as its best passage does."""

    def __init__(self, passages: Sequence[Sequence[Sequence[str]]]) -> None:
        """``passages`` are, for each text, the token lists of its passages, of which it has at least one."""
        self._lexical = Lexical.build([one for of in passages for one in of], k1=_PASSAGE_K1, b=_PASSAGE_B)
        sizes = np.array([len(of) for of in passages], dtype=np.int64)
        self._starts = np.cumsum(sizes) - sizes

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """The score of the best passage of each text: (texts,) float32, 0 where no token is shared."""
        if not len(self._starts):
            return np.zeros(0, dtype=np.float32)
        return np.maximum.reduceat(self._lexical.scores(tokens), self._starts)
