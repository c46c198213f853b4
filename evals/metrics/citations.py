"""Citations against the evidence, by characters (the form of ALCE: Gao et al., EMNLP 2023)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.types import Span

Places = Sequence[tuple[str, Sequence[Span]]]
"""For each quote of the evidence, its document and the spans that prove it equally well."""
_HALF = 0.5


def recall(places: Places, cited: Mapping[str, Sequence[Span]]) -> float:
    """The share of the evidence's characters that citations cover (0..1); 1 where there is no evidence.

    Of equal quotes the one that is covered best counts.
    """
    total = covered = 0.0
    for document, spans in places:
        size = len(spans[0])
        total += size
        covered += size * max(overlap(span, cited.get(document, ())) / len(span) for span in spans)
    return covered / total if total else 1.0


def is_relevant(places: Places, document: str, span: Span) -> bool:
    """Whether a quote shows a quote of the evidence: at least half of the shorter of the two lies in both."""
    return any(
        overlap(place, (span,)) >= _HALF * min(len(place), len(span))
        for where, spans in places
        if where == document
        for place in spans
    )


def overlap(place: Span, spans: Sequence[Span]) -> int:
    """Characters of ``place`` that lie in any of the spans."""
    count = 0
    at = place.start
    for span in sorted(spans):
        start, end = max(at, span.start), min(place.end, span.end)
        if start < end:
            count += end - start
            at = end
    return count
