"""Whether confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """The mean distance of confidence and accuracy over equal-width bins, weighted by their sizes.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    if not confidences:
        return 0.0
    total = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [
            (confidence, good)
            for confidence, good in zip(confidences, right, strict=True)
            if low <= confidence < high or (number == bins - 1 and confidence == 1.0)
        ]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            accuracy = sum(good for _, good in inside) / len(inside)
            total += len(inside) / len(confidences) * abs(mean - accuracy)
    return total
