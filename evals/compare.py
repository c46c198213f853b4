"""Two runs compared question by question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evals.errors import BadReport
from evals.metrics.statistics import bootstrap, mcnemar
from evals.types import Comparison, Outcome, Run

_NAMED = 20  # ids on a terminal; the report has all
_MEASURES: Mapping[str, Callable[[Outcome], float | None]] = {
    "correct": lambda one: float(one.given.right) if one.given else None,
    "crag": lambda one: float(one.given.crag) if one.given else None,
    "citation recall": lambda one: one.given.citation_recall if one.given and one.case.answerable else None,
    "citation precision": lambda one: one.given.citation_precision if one.given and one.case.answerable else None,
    "recall@5": lambda one: one.retrieval.get("recall@5"),
    "ndcg@10": lambda one: one.retrieval.get("ndcg@10"),
}


def compare(first: Run, second: Run, *, names: tuple[str, str] | None = None) -> Comparison:
    """The second run against the first over the questions that both were asked in the same words.

    A difference is the mean of second minus first, paired, with its 95 % interval. Raises BadReport where they share
    no question.
    """
    labels = names or (first.system, second.system)
    before = {one.case.id: one for one in first.outcomes}
    pairs = [
        (before[one.case.id], one)
        for one in second.outcomes
        if one.case.id in before and before[one.case.id].case.question == one.case.question
    ]
    if not pairs:
        raise BadReport(path=labels[1], reason=f"it shares no question with {labels[0]}")
    answered = [(old, new) for old, new in pairs if old.given is not None and new.given is not None]
    only_first = tuple(old.case.id for old, new in answered if _right(old) and not _right(new))
    only_second = tuple(old.case.id for old, new in answered if _right(new) and not _right(old))
    differences, intervals = {}, {}
    for name, measure in _MEASURES.items():
        both = [(measure(old), measure(new)) for old, new in pairs]
        paired = [new - old for old, new in both if old is not None and new is not None]
        if paired:
            differences[name] = sum(paired) / len(paired)
            intervals[name] = bootstrap(paired)
    return Comparison(
        first=labels[0],
        second=labels[1],
        cases=len(pairs),
        only_first_right=only_first,
        only_second_right=only_second,
        p_value=mcnemar(len(only_first), len(only_second)),
        differences=differences,
        intervals=intervals,
    )


def _right(outcome: Outcome) -> bool:
    return outcome.given is not None and outcome.given.right


def as_text(comparison: Comparison) -> str:
    """A comparison for a terminal."""
    lines = [f"{comparison.second} against {comparison.first}: {comparison.cases} questions that both were asked"]
    for name, value in comparison.differences.items():
        low, high = comparison.intervals[name]
        lines.append(f"  {name:20}{value:+.3f} [{low:+.3f} {high:+.3f}]")
    lines.append(
        f"  right only in {comparison.first}: {len(comparison.only_first_right)}, "
        f"only in {comparison.second}: {len(comparison.only_second_right)}, McNemar p = {comparison.p_value:.2g}"
    )
    for name, ids in (
        (comparison.first, comparison.only_first_right),
        (comparison.second, comparison.only_second_right),
    ):
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            lines.append(f"  only {name}: {', '.join(ids[:_NAMED])}{more}")
    return "\n".join(lines)
