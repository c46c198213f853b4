"""The project's rankers over any list of texts, for data sets in BEIR's form."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from retrieval.definitions import Definitions, defined_terms
from retrieval.embed import Encoder
from retrieval.fuse import Scores, weighted
from retrieval.lexical import BestPassage, Lexical
from retrieval.match import Matcher, Rows
from retrieval.match import Tokens as Read
from retrieval.parts import headed, passages_of
from retrieval.restore import Restorer
from retrieval.search import DEFINED_SHARE, Wording, matched
from retrieval.spelling import Speller
from retrieval.tokens import syllables, words

SYSTEMS = ("bm25", "passages", "folded", "dense", "weighted", "fused")
"""BM25 over the words of whole texts; over those of a text's best passage; over folded syllables; vectors; the weighted
sum of the last three; and what ships: the same, its best put in order by the matcher."""
# The segmenter takes 2 to 5 milliseconds for an article: processes share the work. Small sets stay in this one.
_BATCH = 100
_ALONE = 400
_PROCESSES = 4
_ENCODED = 512
_COMPARED = 128  # questions against all texts in one matrix product
_LEARNT = 10_000  # a restorer learns as much from every seventh article as from 70,000, in a seventh of the time

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text is searched by: words of its title and of each passage, folded syllables, terms that it explains."""

    title: list[str]
    passages: list[list[str]]
    folded: list[str]
    terms: list[str]


def rank(
    texts: Sequence[Text],
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
        whole = weighted(by, wording.weights) + np.float32(DEFINED_SHARE) * by["defined"]
        fused = matched(whole, wording.asked, tokens, matcher) if matcher is not None else whole
        scored = (by["whole"], by["words"], by["folded"], by["dense"], whole, fused)
        for name, scores in zip(SYSTEMS, scored, strict=True):
            found[name].append(top(scores, k))
    return found


def ranker_scores(
    texts: Sequence[Text],
    queries: Sequence[str],
    encoder: Encoder,
    restore: Callable[[str], str] | None = None,
) -> Iterator[tuple[Wording, dict[str, Scores]]]:
    """How each query is read, and the scores of all texts by ranker, (n,) float32 each.

    "words" are those of a text's best passage, as a plan is searched by its passages. Two are no share of the weighted
    sum: "whole", the words of all of a text, and "defined", how like the term in question one is that it explains.
    """
    whole = [f"{title}\n{text}".strip() for title, text in texts]
    with _reading(texts) as read:
        vectors = _vectors(whole, encoder)
        lists = list(read)
    by_words = BestPassage([[one.title + passage for passage in one.passages] for one in lists])
    by_whole = Lexical.build([sum(one.passages, one.title) for one in lists])
    by_folded = Lexical.build([one.folded for one in lists])
    definitions = Definitions(one.terms for one in lists)
    del lists
    restore = restore or _reader(whole[:: len(whole) // _LEARNT + 1])
    for at in range(0, len(queries), _COMPARED):
        wordings = [Wording.of(query, restore) for query in queries[at : at + _COMPARED]]
        cosines = np.stack([wording.vector(encoder) for wording in wordings]) @ vectors.T
        for wording, row in zip(wordings, cosines, strict=True):
            by = wording.scores(by_words, by_folded, row)
            by["whole"] = by_whole.scores(words(wording.lexical))
            by["defined"] = definitions.scores(wording.term or "")
            yield wording, by


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
def _reading(texts: Sequence[Text]) -> Iterator[Iterator[_Read]]:
    """The texts in order, read by other processes while this one does something else."""
    if len(texts) <= _ALONE:
        yield map(_read, texts)
        return
    workers = max(1, min(_PROCESSES, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield map(_interned, pool.map(_read, texts, chunksize=_BATCH))


def _read(text: Text) -> _Read:
    title, rest = headed(*text)
    passages = [words(passage) for passage in passages_of(rest)]
    folded = syllables(f"{title}\n{rest}")
    return _interned(_Read(words(title), passages, folded, defined_terms(rest)))


def _interned(read: _Read) -> _Read:
    """The same with one string for each distinct token: 70,000 articles have tens of millions of them."""
    return _Read(_shared(read.title), [_shared(one) for one in read.passages], _shared(read.folded), read.terms)


def _shared(tokens: Sequence[str]) -> list[str]:
    return [sys.intern(token) for token in tokens]
