"""Write the scores in ``docs/evaluation.md`` again: by kind, against the baselines, by perturbation, over both parts.

Takes some minutes: every question in every wording, and the documents read again with noise. Run it after a change of
answers or suites (``make scores``), and read what changed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.baselines import BASELINES
from evals.bench import Plan, evaluate
from evals.perturb import NOISE, PERTURBATIONS
from evals.selection import Selection
from evals.types import Comparison, Report, Row
from ui.commands.evaluate import reopen
from ui.commands.opening import open_engine, prepare

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
ANSWERS = (
    "correct",
    "right",
    "refused",
    "crag",
    "citation recall",
    "citation precision",
    "verbatim",
    "calibration error",
)
PASSAGES = ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10")


def table(rows: Sequence[Row], columns: Sequence[str], head: str) -> str:
    """Rows as a Markdown table: each value with its 95 % interval."""
    lines = [f"| {head} | n | {' | '.join(columns)} |", f"|---|--:|{'--:|' * len(columns)}"]
    lines += [f"| {one.name} | {one.cases} | {' | '.join(cell(one, name) for name in columns)} |" for one in rows]
    return "\n".join(lines)


def cell(row: Row, name: str) -> str:
    """A value with its interval, as in ".812 (.75–.87)"; "" where the row has no such measure."""
    if name not in row.values:
        return ""
    interval = row.intervals.get(name)
    between = f" ({short(interval[0])}–{short(interval[1])})" if interval else ""
    return f"{short(row.values[name], 3)}{between}"


def short(value: float, digits: int = 2) -> str:
    """A share without the zero before its point."""
    return f"{value:.{digits}f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.{digits}f}"


def comparison(one: Comparison) -> str:
    """A comparison as an item of a list."""
    return (
        f"- {one.second} against {one.first}: right only in {one.second} {len(one.only_second_right)}, only in "
        f"{one.first} {len(one.only_first_right)}; McNemar p = {one.p_value:.1g}."
    )


def sections(test: Report, dev: Report) -> dict[str, str]:
    """The generated parts of the page by their marks."""
    ours = test.runs[0].rows
    systems = [replace(run.rows[0], group="system", name=run.system) for run in test.runs]
    groups = {group: [row for row in ours if row.group == group] for group in ("kind", "language", "style", "document")}
    others = [row for group in ("language", "style", "document") for row in groups[group]]
    changed = [row for row in ours if row.group == "perturbation"]
    dev_rows = [row for row in dev.runs[0].rows if row.group in ("all", "kind")]
    return {
        "systems": f"{table(systems, ANSWERS, 'system')}\n\n{table(systems, PASSAGES, 'system')}\n\n"
        + "\n".join(comparison(one) for one in test.comparisons),
        "kinds": table(groups["kind"], (*ANSWERS[:6], "recall@5"), "kind"),
        "groups": table(others, (*ANSWERS[:6], "recall@5"), "language, style, document"),
        "perturbations": table(changed, ("correct", "right", "refused", "crag"), "wording"),
        "dev": table(dev_rows, (*ANSWERS[:6], "recall@5"), "kind"),
    }


def run() -> int:
    """Run both parts and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(corpus=ROOT / "corpus", index=Path(folder) / "index")
        engine = open_engine(settings)
        engine.prepare()
        everything = Plan(
            selection=Selection(splits=("test",)),
            perturbations=(*PERTURBATIONS, *NOISE),
            baselines=tuple(BASELINES),
        )
        test = evaluate(engine, everything, reopen=lambda noisy: reopen(settings, noisy))
        dev = evaluate(engine, Plan(selection=Selection(splits=("dev",))))
    text = PAGE.read_text(encoding="utf-8")
    for mark, content in sections(test, dev).items():
        pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        text = pattern.sub(lambda match, content=content: f"{match[1]}\n{content}\n\n{match[2]}", text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run())
