"""Whether confidence means what it says, and what refusing buys."""

from __future__ import annotations

from collections.abc import Sequence

from evals.types import Point

BINS = 10


def reliability(confidences: Sequence[float], right: Sequence[bool], *, bins: int = BINS) -> tuple[Point, ...]:
    """Mean confidence (x) against the share that was right (y), by equal-width bins; empty bins are left out."""
    inside: dict[int, list[tuple[float, bool]]] = {}
    for confidence, good in zip(confidences, right, strict=True):
        inside.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, good))
    return tuple(
        Point(
            x=sum(confidence for confidence, _ in found) / len(found),
            y=sum(good for _, good in found) / len(found),
            count=len(found),
        )
        for _, found in sorted(inside.items())
    )


def expected_calibration_error(points: Sequence[Point]) -> float:
    """The mean distance of confidence and accuracy over the bins of ``reliability``, weighted by their sizes.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    total = sum(point.count for point in points)
    return sum(point.count * abs(point.x - point.y) for point in points) / total if total else 0.0


def risk_coverage(answered: Sequence[tuple[float, bool]], questions: int) -> tuple[Point, ...]:
    """The share of ``questions`` answered (x) against the share of these that are wrong (y), surest first.

    ``answered`` are the confidence and rightness of each answer that was no refusal. Answers of one confidence are one
    point: no order among them is known. Source: El-Yaniv and Wiener, JMLR 11, 2010.
    """
    points: list[Point] = []
    ordered = sorted(answered, key=lambda pair: -pair[0])
    wrong = 0
    for count, (confidence, good) in enumerate(ordered, 1):
        wrong += not good
        if count == len(ordered) or ordered[count][0] != confidence:
            points.append(Point(x=count / questions, y=wrong / count, count=count))
    return tuple(points)


def area_under(points: Sequence[Point]) -> float:
    """The mean risk over the coverage reached: the area under the curve by its width (AURC); 0 is best."""
    area = before = 0.0
    for point in points:
        area += (point.x - before) * point.y
        before = point.x
    return area / before if before else 0.0
