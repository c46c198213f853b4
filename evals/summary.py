"""A report in a line of JSON: its tables without its cases."""

from __future__ import annotations

from evals.types import Comparison, Report, Row


def summary(report: Report) -> dict[str, object]:
    """The tables as JSON-able values: of the system itself under ``rows``, of the others under ``baselines``."""
    return {
        "suites": list(report.suites),
        "filters": dict(report.filters),
        "passed": report.passed,
        "failed_gates": list(report.failed_gates),
        "rows": [_row(row) for row in report.runs[0].rows],
        "baselines": {run.system: [_row(row) for row in run.rows] for run in report.runs[1:]},
        "comparisons": [comparison_summary(one) for one in report.comparisons],
    }


def comparison_summary(comparison: Comparison) -> dict[str, object]:
    """A comparison as JSON-able values."""
    return {
        "first": comparison.first,
        "second": comparison.second,
        "cases": comparison.cases,
        "only_first_right": list(comparison.only_first_right),
        "only_second_right": list(comparison.only_second_right),
        "mcnemar_p": float(f"{comparison.p_value:.4g}"),
        "differences": {name: round(value, 4) for name, value in comparison.differences.items()},
        "intervals": {name: [round(one, 4) for one in ends] for name, ends in comparison.intervals.items()},
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "group": row.group,
        "name": row.name,
        "cases": row.cases,
        **{name: round(value, 4) for name, value in row.values.items()},
        "intervals": {name: [round(one, 4) for one in ends] for name, ends in row.intervals.items()},
    }
