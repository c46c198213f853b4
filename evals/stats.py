"""Intervals by resampling."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def bootstrap(values: Sequence[float], *, seed: int = 20, samples: int = 2_000) -> tuple[float, float]:
    """The 95 % percentile interval of the mean.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993.
    """
    if not len(values):
        return (0.0, 0.0)
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(data), size=(samples, len(data)))
    means = data[picks].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
