"""The project's rankers over any list of texts, for data sets in BEIR's form."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from retrieval.embed import Encoder
from retrieval.fuse import Scores, weighted
from retrieval.lexical import Lexical
from retrieval.match import Matcher, Rows
from retrieval.match import Tokens as Read
from retrieval.restore import Restorer
from retrieval.search import Wording, matched
from retrieval.spelling import Speller
from retrieval.tokens import syllables, words

SYSTEMS = ("bm25", "folded", "dense", "weighted", "fused")
"""The rankers; their weighted sum; and what ships: the same, its best put in order by the matcher."""
# The segmenter takes 2 to 5 milliseconds for an article: processes share the work. Small sets stay in this one.
_BATCH = 100
_ALONE = 400
_PROCESSES = 4
_ENCODED = 512
_COMPARED = 128  # questions against all texts in one matrix product
_LEARNT = 10_000  # a restorer learns as much from every seventh article as from 70,000, in a seventh of the time

Tokens = tuple[list[str], list[str]]


def rank(
    texts: Sequence[tuple[str, str]],
    queries: Sequence[str],
    encoder: Encoder,
    k: int = 100,
    restore: Callable[[str], str] | None = None,
    matcher: Matcher | None = None,
) -> dict[str, list[list[int]]]:
    """Rank (title, text) pairs for every query: row numbers, best first, at most ``k``, by system.

    How a question is read, the rankers, their weights and the matcher are those of ``Searcher``; without a matcher the
    weighted sum stands. ``restore`` puts spelling and marks right; without it that is learnt from the texts. Larger
    sets are segmented in spawned processes.
    """
    found: dict[str, list[list[int]]] = {name: [] for name in SYSTEMS}

    def tokens(rows: Rows) -> list[Read]:
        assert matcher is not None
        return matcher.read(["\n".join(texts[row]).strip() for row in rows.tolist()])

    for wording, by in ranker_scores(texts, queries, encoder, restore):
        whole = weighted(by, wording.weights)
        fused = matched(whole, wording.asked, tokens, matcher) if matcher is not None else whole
        scored = (by["words"], by["folded"], by["dense"], whole, fused)
        for name, scores in zip(SYSTEMS, scored, strict=True):
            found[name].append(top(scores, k))
    return found


def ranker_scores(
    texts: Sequence[tuple[str, str]],
    queries: Sequence[str],
    encoder: Encoder,
    restore: Callable[[str], str] | None = None,
) -> Iterator[tuple[Wording, dict[str, Scores]]]:
    """How each query is read, and the scores of all texts by ranker, (n,) float32 each."""
    whole = [f"{title}\n{text}".strip() for title, text in texts]
    with _tokenising(whole) as tokens:
        vectors = _vectors(whole, encoder)
        lists = list(tokens)
    by_words = Lexical.build([one for one, _ in lists])
    by_folded = Lexical.build([two for _, two in lists])
    del lists
    restore = restore or _reader(whole[:: len(whole) // _LEARNT + 1])
    for at in range(0, len(queries), _COMPARED):
        wordings = [Wording.of(query, restore) for query in queries[at : at + _COMPARED]]
        cosines = np.stack([wording.vector(encoder) for wording in wordings]) @ vectors.T
        for wording, row in zip(wordings, cosines, strict=True):
            yield wording, wording.scores(by_words, by_folded, row)


def _reader(texts: Sequence[str]) -> Callable[[str], str]:
    """What puts the spelling and the marks of a query right, learnt from texts."""
    speller = Speller(Restorer.learn(texts))
    return lambda query: speller.read(query)[0]


def top(scores: Scores, k: int) -> list[int]:
    """The rows of the ``k`` best scores above 0, best first; of equals the first."""
    if k < 1:
        return []
    least = np.partition(scores, -k)[-k] if k < len(scores) else np.float32(0.0)
    candidates = np.flatnonzero((scores >= least) & (scores > 0))
    order = candidates[np.argsort(-scores[candidates], kind="stable")]
    return [int(row) for row in order[:k]]


def _vectors(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """(n, d) float32 unit rows."""
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    for at in range(0, len(texts), _ENCODED):
        vectors[at : at + _ENCODED] = encoder.encode_passages(texts[at : at + _ENCODED])
    return vectors


@contextmanager
def _tokenising(texts: Sequence[str]) -> Iterator[Iterator[Tokens]]:
    """The tokens of each text in order, made by other processes while this one does something else."""
    if len(texts) <= _ALONE:
        yield map(_both, texts)
        return
    workers = max(1, min(_PROCESSES, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield ((_shared(one), _shared(two)) for one, two in pool.map(_both, texts, chunksize=_BATCH))


def _both(text: str) -> Tokens:
    return _shared(words(text)), _shared(syllables(text))


def _shared(tokens: Sequence[str]) -> list[str]:
    """The tokens with one string for each distinct one: 70,000 articles have tens of millions of them."""
    return [sys.intern(token) for token in tokens]
