"""What a measurement was made on, and how times are told."""

from __future__ import annotations

import os
import platform
import resource
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

MEASURED = ("torch", "faiss-cpu", "bm25s", "langchain-core", "sentence-transformers", "gradio", "numpy")


def machine() -> str:
    """Processor, cores, Python and the versions that matter, on one line."""
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in MEASURED)
    cores = len(os.sched_getaffinity(0))
    processor = models[0] if models else platform.machine()
    return f"{processor}, {cores} cores, Python {platform.python_version()}; {versions}"


def peak_mib() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0..1) of the values lie, interpolated between neighbours.

    >>> percentile([3.0, 1.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = ordered[int(place)]
    above = ordered[min(int(place) + 1, len(ordered) - 1)]
    return below + (above - below) * (place - int(place))


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile of times in milliseconds."""
    return f"p50 {percentile(values, 0.5):.2f} ms, p95 {percentile(values, 0.95):.2f} ms"
