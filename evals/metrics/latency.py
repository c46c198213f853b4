"""How long answers took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.statistics import bootstrap

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Median and 95th percentile in milliseconds, each with its 95 % interval."""

    p50: float
    p95: float
    p50_interval: Interval
    p95_interval: Interval


def latency(times: Sequence[float]) -> Latency | None:
    """The latency of some answers, from their milliseconds; None of nothing."""
    if not times:
        return None
    p50, p95 = np.percentile(times, [50, 95])
    return Latency(
        p50=float(p50),
        p95=float(p95),
        p50_interval=bootstrap(times, percentile=50),
        p95_interval=bootstrap(times, percentile=95),
    )
