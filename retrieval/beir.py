"""The project's rankers over any list of texts, for data sets in BEIR's form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from retrieval.embed import Encoder
from retrieval.fuse import Scores, weighted
from retrieval.lexical import Lexical
from retrieval.question import language_of
from retrieval.restore import Restorer
from retrieval.search import ENGLISH_WEIGHTS, WEIGHTS
from retrieval.tokens import syllables, words
from retrieval.translate import translate

# The segmenter takes about a millisecond for a paragraph; two processes share the work. Small sets stay in this one.
_BATCH = 200
_ALONE = 400
_ENCODED = 512


def rank(
    texts: Sequence[tuple[str, str]], queries: Sequence[str], encoder: Encoder, k: int = 100
) -> dict[str, list[list[int]]]:
    """Rank (title, text) pairs for every query: row numbers, best first, at most ``k``, by ranker and fused.

    The rankers, their weights, the restored marks and the translation of English queries are those of ``Searcher``.
    """
    whole = [f"{title}\n{text}".strip() for title, text in texts]
    tokens = list(_tokens(whole))
    lexical = {"bm25": Lexical.build([one for one, _ in tokens]), "folded": Lexical.build([two for _, two in tokens])}
    del tokens
    vectors = np.zeros((len(whole), encoder.dimensions), dtype=np.float32)
    for at in range(0, len(whole), _ENCODED):
        vectors[at : at + _ENCODED] = encoder.encode_passages(whole[at : at + _ENCODED])
    restorer = Restorer.learn(whole)
    found: dict[str, list[list[int]]] = {name: [] for name in ("bm25", "folded", "dense", "fused")}
    for query in queries:
        english = language_of(query) == "en"
        text = " ".join(translate(query)[0]) if english else restorer.restore(query)
        by: dict[str, Scores] = {
            "words": lexical["bm25"].scores(words(text)),
            "folded": lexical["folded"].scores(syllables(text)),
            "dense": _cosines(vectors, encoder, [query, text] if english else [text]),
        }
        fused = weighted(by, ENGLISH_WEIGHTS if english else WEIGHTS)
        for name, scores in (("bm25", by["words"]), ("folded", by["folded"]), ("dense", by["dense"]), ("fused", fused)):
            found[name].append(top(scores, k))
    return found


def top(scores: Scores, k: int) -> list[int]:
    """The rows of the ``k`` best scores above 0, best first; of equals the first."""
    candidates = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
    order = candidates[np.lexsort((candidates, -scores[candidates]))]
    return [int(row) for row in order if scores[row] > 0]


def _cosines(vectors: NDArray[np.float32], encoder: Encoder, texts: Sequence[str]) -> Scores:
    query = encoder.encode_questions([text for text in texts if text.strip()] or [""]).mean(axis=0)
    query /= max(float(np.linalg.norm(query)), 1e-9)
    scores: Scores = np.clip(vectors @ query.astype(np.float32), 0.0, None)
    return scores


def _tokens(texts: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    if len(texts) <= _ALONE:
        yield from map(_both, texts)
        return
    workers = max(1, min(4, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for one, two in pool.map(_both, texts, chunksize=_BATCH):
            # One string for each distinct token: 70,000 articles have tens of millions of them.
            yield [sys.intern(token) for token in one], [sys.intern(token) for token in two]


def _both(text: str) -> tuple[list[str], list[str]]:
    return words(text), syllables(text)
