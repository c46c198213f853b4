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


class Lexical:
    """One BM25 index. Rows count the documents in the order they were given."""

    def __init__(self, retriever: bm25s.BM25 | None, rows: int) -> None:
        self._retriever = retriever
        self.rows = rows

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]]) -> Lexical:
        """Index the token lists.

        Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
        """
        if not any(token_lists):
            return cls(None, len(token_lists))
        retriever = bm25s.BM25(method="lucene", k1=_K1, b=_B)
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
