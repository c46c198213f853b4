"""Suites to a report: every case asked, scored, and counted; no case escapes the mean."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evals.cases import SUITES, read_suite
from evals.metrics.answer import found_forbidden, is_right, missing_facts
from evals.metrics.calibration import expected_calibration_error
from evals.metrics.citations import is_verbatim, precision, recall
from evals.metrics.retrieval import evidence_at
from evals.stats import bootstrap
from evals.types import Case, Report, Row, Score, System
from ingest.errors import UnknownDocument
from retrieval.types import Question

_DEPTHS = (1, 5, 10)


def run_suites(
    system: System, suites: Sequence[Path] | None = None, *, progress: Callable[[int, int, str], None] | None = None
) -> Report:
    """Ask every case of the suites (the project's own by default). Raises what ``read_suite`` raises."""
    paths = list(suites) if suites else sorted(SUITES.glob("*.jsonl"))
    cases = [case for path in paths for case in read_suite(path)]
    scores = []
    for number, case in enumerate(cases):
        if progress is not None:
            progress(number, len(cases), case.id)
        scores.append(score(system, case))
    rows = tuple(_rows(scores))
    return Report(
        suites=tuple(path.name for path in paths), scores=tuple(scores), rows=rows, failed_gates=failed_gates(rows[0])
    )


def score(system: System, case: Case) -> Score:
    """Ask one case. Times are dropped, so that two runs are the same."""
    question = Question(text=case.question, history=case.history, documents=case.restrict)
    answer = replace(system.ask(question), elapsed_ms=0.0)
    hits = system.search(question, max(_DEPTHS))

    def source(document: str) -> str:
        try:
            return system.source(document)
        except UnknownDocument:
            return ""  # a suite over other documents than the index holds: its evidence is nowhere

    return Score(
        case=case,
        answer=answer,
        right=is_right(case, answer),
        missing=missing_facts(case, answer),
        found_forbidden=found_forbidden(case, answer),
        verbatim=is_verbatim(answer, source),
        citation_recall=recall(case, answer, source),
        citation_precision=precision(case, answer, source),
        evidence_at={k: evidence_at(case, hits, k, source) for k in _DEPTHS} if case.evidence else {},
    )


def _rows(scores: Sequence[Score]) -> list[Row]:
    rows = [_row("all", "all", scores)]
    for group in ("split", "style", "language", "kind"):
        names = sorted({str(getattr(one.case, group)) for one in scores})
        rows.extend(_row(group, name, [one for one in scores if getattr(one.case, group) == name]) for name in names)
    return rows


def _row(group: str, name: str, scores: Sequence[Score]) -> Row:
    answered = [one for one in scores if one.case.answerable]
    nothing = [one for one in scores if not one.case.answerable]
    columns: dict[str, list[float]] = {
        "right": [float(one.right) for one in answered],
        "refused": [float(one.right) for one in nothing],
        "crag": [float(one.crag) for one in scores],
        "refused wrongly": [float(one.answer.abstained) for one in answered],
        "citation recall": [one.citation_recall for one in answered if not one.answer.abstained],
        "citation precision": [one.citation_precision for one in answered if not one.answer.abstained],
        "verbatim": [float(one.verbatim) for one in scores],
        "evidence@1": [one.evidence_at[1] for one in answered if one.evidence_at],
        "evidence@5": [one.evidence_at[5] for one in answered if one.evidence_at],
        "evidence@10": [one.evidence_at[10] for one in answered if one.evidence_at],
    }
    values = {column: sum(found) / len(found) for column, found in columns.items() if found}
    values["calibration error"] = expected_calibration_error(
        [one.answer.confidence for one in scores], [one.right for one in scores]
    )
    intervals = {column: bootstrap(found) for column, found in columns.items() if found}
    return Row(group=group, name=name, cases=len(scores), values=values, intervals=intervals)


def failed_gates(row: Row) -> tuple[str, ...]:
    """The gates of gates.toml that the row over all cases is below."""
    gates = tomllib.loads(Path(__file__).with_name("gates.toml").read_text(encoding="utf-8"))
    return tuple(
        f"{name} is {row.values[name]:.3f}, and must be {least}"
        for name, least in gates.items()
        if name in row.values and row.values[name] < least
    )
