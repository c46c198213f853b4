"""One HTML page for people: figures, pictures, and every failed question with what was expected, given and found.

It needs nothing from outside, and all text of suites, documents and answers is escaped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from evals.metrics.latency import Latency, latency
from evals.report.junit import why_wrong
from evals.report.plots import by_group, reliability, risk_coverage
from evals.table import COLUMNS, groups
from evals.types import Outcome, Report, Row, Run

_MEANING = {
    "correct": "right answers and right refusals among all questions",
    "right": "of the questions that have an answer: every required fact stated, none forbidden, no dump",
    "refused": "of the questions that nothing answers: refused",
    "refused wrongly": "of the questions that have an answer: refused",
    "refusal precision": "of the refusals: where nothing answers",
    "crag": "+1 right, 0 refused though there is an answer, −1 wrong; the mean",
    "citation recall": "of the characters of the evidence: cited",
    "citation precision": "of the citations: show the evidence",
    "verbatim": "of the citations: exactly the source at their place",
    "recall@1": "of the quotes of the evidence: shown by the first passage",
    "recall@5": "of the quotes of the evidence: shown by the first five passages",
    "recall@10": "of the quotes of the evidence: shown by the first ten passages",
    "mrr": "one by the rank of the first passage that shows evidence; the mean",
    "ndcg@10": "gain discounted by rank, against the best order",
    "calibration error": "mean distance of confidence and rightness (ECE, 10 bins)",
    "risk area": "mean share of wrong answers over all confidence thresholds (AURC)",
}


def as_html(report: Report) -> str:
    """The page of a report."""
    ours = report.runs[0]
    answered = any(one.given is not None for one in ours.outcomes)
    kinds = [row for row in ours.rows if row.group == "kind"]
    measure = "correct" if answered else "recall@5"
    plots = [("By kind of question", by_group(kinds, measure, _MEANING[measure]))] if kinds else []
    changed = [row for row in ours.rows if row.group == "perturbation"]
    if changed:
        plots.append(("By perturbation", by_group(changed, measure, _MEANING[measure])))
    if answered:
        plots.append(("What refusing buys", risk_coverage(report.runs)))
        plots.append(("Whether confidence means what it says", reliability(report.runs)))
    return _template().render(
        report=report,
        ours=ours,
        heads=[run.rows[0] for run in report.runs],
        columns=[(name, _MEANING[name]) for name in COLUMNS if any(name in row.values for row in ours.rows)],
        plots=[(title, Markup(svg)) for title, svg in plots],
        failed=[(one, why_wrong(one)) for one in ours.outcomes if one.given is not None and not one.given.right],
        unfound=[] if answered else [one for one in ours.outcomes if one.retrieval.get("recall@5", 1.0) < 1.0],
        speeds={run.system: _speed(run, "all", "all") for run in report.runs},
        speed=lambda row: _speed(ours, row.group, row.name),
        cell=cell,
        asked=asked,
    )


def _speed(run: Run, group: str, name: str) -> Latency | None:
    """How long the answers of a row took; None where the times were not kept."""
    members = groups(run.outcomes).get((group, name), [])
    return latency([run.times[one.case.id] for one in members if one.case.id in run.times])


def cell(row: Row, name: str) -> tuple[str, str]:
    """A value and its interval as text; ("", "") where the row has no such measure."""
    if name not in row.values:
        return "", ""
    interval = row.intervals.get(name)
    return f"{row.values[name]:.3f}", f"{interval[0]:.2f}–{interval[1]:.2f}" if interval else ""


def asked(outcome: Outcome) -> str:
    """The question with the earlier ones in front."""
    return " → ".join((*outcome.case.history, outcome.case.question))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
