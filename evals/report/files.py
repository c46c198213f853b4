"""Reports written and read. Times stand in a file of their own: all else is the same, byte by byte, in equal runs."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.errors import BadReport
from evals.report.junit import as_junit
from evals.report.page import as_html
from evals.types import Report
from ingest.errors import UnreadableFile

REPORT, PAGE, JUNIT, TIMES = "report.json", "report.html", "junit.xml", "times.json"
_REPORT: TypeAdapter[Report] = TypeAdapter(Report)
_TIMES: TypeAdapter[dict[str, dict[str, float]]] = TypeAdapter(dict[str, dict[str, float]])
_VERSION = 1


def write_report(report: Report, folder: Path) -> None:
    """Write report.json, report.html, junit.xml and times.json, each atomically.

    Raises UnreadableFile where the folder cannot be written.
    """
    times = {run.system: dict(run.times) for run in report.runs}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / TIMES, json.dumps(times, ensure_ascii=False, indent=1, sort_keys=True))
        _write(folder / JUNIT, as_junit(report))
        _write(folder / PAGE, as_html(report))
        _write(folder / REPORT, as_json(report))
    except OSError as error:
        raise UnreadableFile(path=str(folder), reason=error.strerror or "it may not be written") from error


def as_json(report: Report) -> str:
    """The report without its times; floats with the digits that mean something."""
    bare = replace(report, runs=tuple(replace(run, times={}) for run in report.runs))
    return json.dumps(_rounded({"passed": report.passed, **asdict(bare)}), ensure_ascii=False, indent=1)


def read_report(path: Path) -> Report:
    """The report of a folder, or of the report.json given. Raises BadReport."""
    file = path / REPORT if path.is_dir() else path
    try:
        found = _REPORT.validate_json(file.read_bytes())
        times = _TIMES.validate_json(timed.read_bytes()) if (timed := file.with_name(TIMES)).exists() else {}
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadReport(path=str(file), reason=f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()) from error
    except OSError as error:
        raise BadReport(path=str(file), reason=error.strerror or "it cannot be read") from error
    if found.version != _VERSION or not found.runs:
        raise BadReport(path=str(file), reason=f"it has version {found.version}, or no run")
    return replace(found, runs=tuple(replace(run, times=times.get(run.system, {})) for run in found.runs))


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
