"""A report on disk: JSON for programs, one HTML file for people that needs nothing from outside."""

from __future__ import annotations

import html
import json
from pathlib import Path

from evals.types import Report, Score
from ingest.errors import UnreadableFile

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2733;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
td,th{border-bottom:1px solid #d5dde5;padding:.35rem .6rem;text-align:right}
td:first-child,th:first-child{text-align:left}
article{border:1px solid #d5dde5;border-radius:.4rem;padding:.6rem 1rem;margin:1rem 0}
pre{white-space:pre-wrap;font:inherit;background:#f4f7fa;padding:.5rem .8rem;border-radius:.3rem}
small{color:#5b6b7b}
"""
_COLUMNS = (
    "right", "refused", "refused wrongly", "crag", "citation recall", "citation precision", "verbatim", "evidence@1",
    "evidence@5", "evidence@10", "calibration error",
)  # fmt: skip


def write_report(report: Report, folder: Path) -> None:
    """Write report.json and report.html, each atomically. Raises UnreadableFile where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "report.json", json.dumps(as_json(report), ensure_ascii=False, indent=1))
        _write(folder / "report.html", as_html(report))
    except OSError as error:
        raise UnreadableFile(path=str(folder), reason=error.strerror or "it may not be written") from error


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(f"{path.suffix}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def as_json(report: Report) -> dict[str, object]:
    """The table and every case with what was said to it."""
    return {**report.summary(), "cases": [_case(score) for score in report.scores]}


def _case(score: Score) -> dict[str, object]:
    return {
        "id": score.case.id,
        "kind": score.case.kind,
        "style": score.case.style,
        "split": score.case.split,
        "question": score.case.question,
        "right": score.right,
        "abstained": score.answer.abstained,
        "confidence": score.answer.confidence,
        "missing": list(score.missing),
        "forbidden": list(score.found_forbidden),
        "answer": score.answer.text,
        "reference": score.case.reference,
        "citation_recall": round(score.citation_recall, 4),
        "citation_precision": round(score.citation_precision, 4),
        "evidence_at": {str(k): round(value, 4) for k, value in score.evidence_at.items()},
    }


def as_html(report: Report) -> str:
    """One page: the table with intervals, then every case that failed. All text of suites and answers is escaped."""
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    body = []
    for row in report.rows:
        cells = []
        for name in _COLUMNS:
            value = row.values.get(name)
            low, high = row.intervals.get(name, (None, None))
            between = f"<br><small>{low:.2f}–{high:.2f}</small>" if low is not None and high is not None else ""
            cells.append(f"<td>{value:.3f}{between}</td>" if value is not None else "<td></td>")
        label = html.escape(f"{row.group}: {row.name} ({row.cases})")
        body.append(f"<tr><td>{label}</td>{''.join(cells)}</tr>")
    failed = [score for score in report.scores if not score.right]
    gates = "".join(f"<p><strong>Below the gate:</strong> {html.escape(one)}</p>" for one in report.failed_gates)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>planqa eval</title><style>{_STYLE}</style>'
        f"<h1>planqa eval</h1><p>{html.escape(', '.join(report.suites))}: {len(report.scores)} questions</p>{gates}"
        f"<table><tr><th></th>{head}</tr>{''.join(body)}</table>"
        f"<h2>{len(failed)} failed</h2>{''.join(_failed(score) for score in failed)}</html>"
    )


def _failed(score: Score) -> str:
    case = score.case
    wrong = "; ".join(
        part
        for part in (
            f"missing: {', '.join(score.missing)}" if score.missing and case.answerable else "",
            f"forbidden: {', '.join(score.found_forbidden)}" if score.found_forbidden else "",
            "refused" if score.answer.abstained else "",
            "answered though nothing answers" if not case.answerable else "",
        )
        if part
    )
    asked = " → ".join((*case.history, case.question))
    evidence = "".join(f"<pre>{html.escape(one.quote)}</pre>" for one in case.evidence)
    return (
        f"<article><h3>{html.escape(case.id)} · {html.escape(asked)}</h3>"
        f"<small>{html.escape(f'{case.kind}, {case.style}, {case.split}: {wrong}')}</small>"
        f"<p>Expected: {html.escape(case.reference)}</p><p>Given:</p><pre>{html.escape(score.answer.text)}</pre>"
        f"<p>Evidence:</p>{evidence}</article>"
    )
