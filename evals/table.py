"""The table of a run: means and intervals over all cases and over each group of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.metrics.calibration import area_under, expected_calibration_error, reliability, risk_coverage
from evals.metrics.statistics import bootstrap
from evals.types import Outcome, Row

COLUMNS = (
    "correct", "right", "refused", "refused wrongly", "refusal precision", "crag", "citation recall",
    "citation precision", "verbatim", "recall@1", "recall@5", "recall@10", "mrr", "ndcg@10", "calibration error",
    "risk area",
)  # fmt: skip
GROUPS = ("split", "kind", "language", "style", "document", "suite", "perturbation")


def rows(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """The means of each of ``groups``."""
    return tuple(row(group, name, members) for (group, name), members in groups(outcomes).items())


def groups(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], list[Outcome]]:
    """All cases as written, then each group of them by kind and name; each perturbation stands beside its own cases.

    The group ``perturbation: as written`` has the cases that some perturbation changed: what the others compare with.
    """
    written = [one for one in outcomes if not one.case.perturbation]
    changed = [one for one in outcomes if one.case.perturbation]
    found = {("all", "all"): written} if written else {}
    for group in GROUPS[:-1]:
        by_name: dict[str, list[Outcome]] = {}
        for one in written:
            by_name.setdefault(_name(one, group), []).append(one)
        if len(by_name) > 1:
            found.update({(group, name): by_name[name] for name in sorted(by_name)})
    if changed:
        origins = {one.case.id.partition("~")[0] for one in changed if one.case.expect == "same"}
        found["perturbation", "as written"] = [one for one in written if one.case.id in origins]
        for name in dict.fromkeys(one.case.perturbation for one in changed):
            found["perturbation", name] = [one for one in changed if one.case.perturbation == name]
    return found


def _name(outcome: Outcome, group: str) -> str:
    if group == "document":
        documents = outcome.case.documents
        return documents[0] if len(documents) == 1 else "several" if documents else "none"
    return str(getattr(outcome.case, group))


def row(group: str, name: str, outcomes: Sequence[Outcome]) -> Row:
    """Means of a group. A measure that no case of it has is left out.

    ``correct`` is of all cases, ``right`` of those that have an answer, ``refused`` of those that have none (the recall
    of refusing). Citations are measured where an answer was due and given.
    """
    given = [(one.case, one.given) for one in outcomes if one.given is not None]
    due = [(case, one) for case, one in given if case.answerable]
    answered = [one for case, one in due if not one.abstained and case.expect == "same"]
    columns: dict[str, list[float]] = {
        "correct": [float(one.right) for _, one in given],
        "right": [float(one.right) for _, one in due],
        "refused": [float(one.right) for case, one in given if not case.answerable],
        "refused wrongly": [float(one.abstained) for case, one in due if case.expect == "same"],
        "refusal precision": [float(one.right) for _, one in given if one.abstained],
        "crag": [float(one.crag) for _, one in given],
        "citation recall": [one.citation_recall for one in answered],
        "citation precision": [one.citation_precision for one in answered],
        "verbatim": [one.verbatim for _, one in given if one.citations],
    }
    for measure in ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10"):
        columns[measure] = [one.retrieval[measure] for one in outcomes if measure in one.retrieval]
    values = {column: sum(found) / len(found) for column, found in columns.items() if found}
    intervals = {column: bootstrap(found) for column, found in columns.items() if found}
    if given:
        values["calibration error"] = expected_calibration_error(
            reliability([one.confidence for _, one in given], [one.right for _, one in given])
        )
        sure = [(one.confidence, one.right) for _, one in given if not one.abstained]
        if sure:
            values["risk area"] = area_under(risk_coverage(sure, len(given)))
    return Row(group=group, name=name, cases=len(outcomes), values=values, intervals=intervals)


def as_text(found: Sequence[Row]) -> str:
    """The table for a terminal."""
    shown = ("correct", "right", "refused", "crag", "citation recall", "citation precision", "verbatim", "recall@5")
    names = [name for name in shown if any(name in row.values for row in found)]
    widths = {name: max(len(name), 20) + 2 for name in names}
    label = max((len(f"{row.group}: {row.name}") for row in found), default=0) + 2
    lines = [" " * label + f"{'n':>5}" + "".join(f"{name:>{widths[name]}}" for name in names)]
    for row in found:
        cells = "".join(f"{_cell(row.values, row.intervals, name):>{widths[name]}}" for name in names)
        lines.append(f"{f'{row.group}: {row.name}':{label}}{row.cases:>5}{cells}")
    return "\n".join(lines)


def _cell(values: Mapping[str, float], intervals: Mapping[str, tuple[float, float]], name: str) -> str:
    if name not in values:
        return ""
    low, high = intervals.get(name, (None, None))
    between = f" [{low:.2f} {high:.2f}]" if low is not None and high is not None else ""
    return f"{values[name]:.3f}{between}"
