"""Whether the evidence is among the passages found. The library ir_measures computes the measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.metrics.citations import Places, overlap
from ingest.types import Span

DEPTHS = (1, 5, 10)
_WHOLE = 1_000


def shown_by(places: Places, hits: Sequence[tuple[str, Span]]) -> list[tuple[int, ...]]:
    """For each hit, best first, the quotes of the evidence (by number) that it is the first to show.

    A quote counts as shown by the hit with which at least half of its characters are found: a long quote may need
    several passages.
    """
    left = set(range(len(places)))
    found: list[tuple[int, ...]] = []
    for at, (document, _) in enumerate(hits):
        so_far = [one for where, one in hits[: at + 1] if where == document]
        new = tuple(
            number
            for number in sorted(left)
            if places[number][0] == document
            and any(2 * overlap(place, so_far) >= len(place) for place in places[number][1])
        )
        left.difference_update(new)
        found.append(new)
    return found


def measure_all(shown: Mapping[str, tuple[int, Sequence[Sequence[int]]]]) -> dict[str, dict[str, float]]:
    """recall@1, @5, @10, MRR and nDCG@10 of each case, by id; ``shown`` holds its quotes' number and ``shown_by``.

    A quote is what is to be found, whatever the size of the passages, so that systems with other passages compare.
    A passage that shows two quotes stands for both, one after the other.
    """
    import ir_measures

    wanted = {"mrr": "RR", "ndcg@10": "nDCG@10"}
    measured: dict[str, dict[str, float]] = {case: {} for case in shown}
    qrels = [ir_measures.Qrel(case, f"e{quote}", 1) for case, (count, _) in shown.items() for quote in range(count)]
    if not qrels:
        return measured
    for name, found in _calculate({name: ir_measures.parse_measure(one) for name, one in wanted.items()}, qrels, shown):
        for case, value in found.items():
            measured[case][name] = value
    for depth in DEPTHS:
        cut = {case: (count, hits[:depth]) for case, (count, hits) in shown.items()}
        name = f"recall@{depth}"
        for _, found in _calculate({name: ir_measures.parse_measure(f"R@{_WHOLE}")}, qrels, cut):
            for case, value in found.items():
                measured[case][name] = value
    return measured


def _calculate(
    measures: Mapping[str, Any],
    qrels: Sequence[Any],
    shown: Mapping[str, tuple[int, Sequence[Sequence[int]]]],
) -> list[tuple[str, dict[str, float]]]:
    import ir_measures

    scored: list[Any] = []
    for case, (_, hits) in shown.items():
        ids: list[str] = []
        for rank, quotes in enumerate(hits):
            ids.extend([f"e{quote}" for quote in quotes] or [f"h{rank}"])
        # A case for which nothing was found still counts, with zero.
        scored.extend(ir_measures.ScoredDoc(case, one, float(-at)) for at, one in enumerate(ids or ["nothing"]))
    results: dict[str, dict[str, float]] = {name: {} for name in measures}
    names = {str(measure): name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), qrels, scored):
        results[names[str(metric.measure)]][metric.query_id] = float(metric.value)
    return list(results.items())
