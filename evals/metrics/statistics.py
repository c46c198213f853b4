"""Intervals and tests: what is chance, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SEED = 20
SAMPLES = 1_000


def bootstrap(
    values: Sequence[float], *, percentile: float | None = None, seed: int = SEED, samples: int = SAMPLES
) -> tuple[float, float]:
    """The 95 % percentile interval of the mean, or of a percentile (0..100); (0, 0) of nothing.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993.
    """
    if not len(values):
        return (0.0, 0.0)
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(data), size=(samples, len(data)), dtype=np.int32)
    drawn = data[picks]
    found = drawn.mean(axis=1) if percentile is None else np.percentile(drawn, percentile, axis=1)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value of the two counts of questions that one system alone got right; 1 where both are 0.

    Source: McNemar, Psychometrika 12, 1947; the exact form is the binomial test on the discordant pairs.
    """
    if not only_first + only_second:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(only_first, only_first + only_second).pvalue)
