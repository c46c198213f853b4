"""Whether the evidence is among the passages found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.types import Case, span_of
from retrieval.types import Hit


def evidence_at(case: Case, hits: Sequence[Hit], k: int, source: Callable[[str], str]) -> float:
    """The share of a case's evidence quotes that lie at least half in one of the top ``k`` passages (recall@k)."""
    if not case.evidence:
        return 0.0
    found = 0
    for one in case.evidence:
        place = span_of(one.quote, source(one.document))
        if place is not None and any(
            hit.passage.document == one.document
            and min(place.end, hit.passage.span.end) - max(place.start, hit.passage.span.start) >= len(place) / 2
            for hit in hits[:k]
        ):
            found += 1
    return found / len(case.evidence)
