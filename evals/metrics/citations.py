"""Citations against the evidence, by characters (the form of ALCE: Gao et al., EMNLP 2023)."""

from __future__ import annotations

from collections.abc import Callable

from evals.types import Case, span_of
from ingest.types import Span
from retrieval.types import Answer


def is_verbatim(answer: Answer, source: Callable[[str], str]) -> bool:
    """Whether every citation's quote is exactly the source at its span."""
    return all(
        citation.quote == source(citation.document)[citation.span.start : citation.span.end]
        for citation in answer.citations
    )


def recall(case: Case, answer: Answer, source: Callable[[str], str]) -> float:
    """The share of the evidence's characters that citations cover; 1 where there is no evidence."""
    total = covered = 0
    for one in case.evidence:
        place = span_of(one.quote, source(one.document))
        if place is None:
            continue
        total += len(place)
        spans = [citation.span for citation in answer.citations if citation.document == one.document]
        covered += _covered(place, spans)
    return covered / total if total else 1.0


def precision(case: Case, answer: Answer, source: Callable[[str], str]) -> float:
    """The share of citations that touch the evidence; 1 where nothing is cited or there is no evidence."""
    places = [
        (one.document, place)
        for one in case.evidence
        if (place := span_of(one.quote, source(one.document))) is not None
    ]
    if not answer.citations or not places:
        return 1.0
    good = sum(
        any(document == citation.document and _covered(place, [citation.span]) for document, place in places)
        for citation in answer.citations
    )
    return good / len(answer.citations)


def _covered(place: Span, spans: list[Span]) -> int:
    """Characters of ``place`` that lie in any of the spans."""
    count = 0
    at = place.start
    for span in sorted(spans):
        start, end = max(at, span.start), min(place.end, span.end)
        if start < end:
            count += end - start
            at = end
    return count
