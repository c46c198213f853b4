"""Ways to make one ranking of several: pure functions over score arrays. Which one is used: docs/decisions/0003."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def weighted(scores: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of scores, each divided by its own best, (n,) float32 in 0..1.

    Dividing by the best keeps the distances within a ranker, which ranks throw away. Scores below 0 count as 0.
    Source: convex combination, Bruch, Gai, Ingber, ACM TOIS 42(1), 2023.
    """
    total: Scores | None = None
    whole = sum(weights.get(name, 0.0) for name in scores)
    for name, one in scores.items():
        best = float(one.max(initial=0.0))
        share = np.clip(one, 0.0, None) * np.float32(weights.get(name, 0.0) / whole / best if best > 0 else 0.0)
        total = share if total is None else total + share
    return total if total is not None else np.zeros(0, dtype=np.float32)


def rrf(scores: Sequence[Scores], *, k: int = 60) -> Scores:
    """The sum of 1 / (k + rank) over rankers, rank from 1; what a ranker scores 0 gets nothing from it.

    Raises ValueError for a negative k. Source: Cormack, Clarke, Büttcher, SIGIR 2009.
    """
    if k < 0:
        raise ValueError(f"k must not be negative: {k}")
    total = np.zeros_like(scores[0])
    for one in scores:
        order = np.argsort(-one, kind="stable")
        ranks = np.empty(len(one), dtype=np.float32)
        ranks[order] = np.arange(1, len(one) + 1, dtype=np.float32)
        total += np.where(one > 0, 1 / (k + ranks), 0.0).astype(np.float32)
    return total


def reordered(scores: Scores, rows: NDArray[np.int64], answers: Scores, *, share: float) -> Scores:
    """Scores of which those of ``rows`` lean by ``share`` on how probably each row answers; the others fall by as much.

    ``answers`` is (len(rows),) in 0..1, divided by its best as every ranker is. All (n,) float32 in 0..1.
    """
    best = float(scores.max(initial=0.0)) or 1.0
    total = (scores / best * (1 - share)).astype(np.float32)
    total[rows] += np.float32(share) * answers / max(float(answers.max(initial=0.0)), 1e-6)
    return total
