"""BM25 over fixed windows of characters: what any search engine does with a text that it knows nothing about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

import bm25s
import numpy as np

from evals.baselines.plain import Baseline
from evals.types import System
from ingest.types import Span

WIDTH = 1_000
STEP = 800

_TOKEN = re.compile(r"[^\W_]+")


class WindowBaseline(Baseline):
    """Windows of 1,000 characters, one every 800, ranked by bm25s with its defaults (Lucene's BM25, k1 1.5, b 0.75).

    The answer is the sentence of the best window that has the largest share of the question's tokens; that share is
    the confidence. A window that shares no token is not found, and where none does, it abstains. No stemming, no word
    segmentation, no restored marks. The last earlier question is put in front of a question.
    """

    name: ClassVar[str] = "bm25-windows"
    measure: ClassVar[str] = "bm25"
    reads: ClassVar[int] = 1

    def __init__(self, system: System) -> None:
        super().__init__(system)
        self._retriever: bm25s.BM25 | None = None
        lists = [tokens(passage.text) for passage in self.passages]
        if any(lists):
            self._retriever = bm25s.BM25()
            self._retriever.index(lists, show_progress=False)

    def _cut(self, text: str) -> Iterator[Span]:
        for start in range(0, max(1, len(text) - WIDTH + STEP), STEP):
            yield Span(start, min(len(text), start + WIDTH))

    def _rank(self, wording: str, k: int, documents: Collection[str]) -> Iterator[tuple[int, float]]:
        if self._retriever is None:
            return
        known = [token for token in tokens(wording) if token in self._retriever.vocab_dict]
        if not known:
            return
        scores = np.asarray(self._retriever.get_scores(known), dtype=np.float32)
        order = (int(row) for row in np.argsort(-scores, kind="stable") if scores[row] > 0)
        within = (row for row in order if not documents or self.passages[row].document in documents)
        for row, _left in zip(within, range(k), strict=False):
            yield row, float(scores[row])

    def _fit(self, wording: str, sentences: Sequence[str]) -> list[float]:
        asked = set(tokens(wording))
        return [len(asked.intersection(tokens(sentence))) / max(1, len(asked)) for sentence in sentences]


def tokens(text: str) -> list[str]:
    """Runs of letters and digits in the lower-cased NFC text.

    >>> tokens("Số 42/KH-UBND, Kiên Giang")
    ['số', '42', 'kh', 'ubnd', 'kiên', 'giang']
    """
    return _TOKEN.findall(unicodedata.normalize("NFC", text).lower())
