"""Suites: files of cases, one JSON object a line, read and validated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.errors import BadSuite
from evals.types import Case
from ingest.errors import UnreadableFile

SUITES = Path(__file__).with_name("suites")
KINDS = frozenset(
    """
    agency-role reverse-role budget target deadline legal-basis list definition yes-no comparison metadata calculation
    follow-up ambiguous false-premise unanswerable table
    """.split()
)
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def own_suites() -> tuple[Path, ...]:
    """The suites of the project, by name."""
    return tuple(sorted(SUITES.glob("*.jsonl")))


def read_suites(paths: Sequence[Path]) -> tuple[Case, ...]:
    """The cases of several suites, in order. Raises what ``read_suite`` raises."""
    return tuple(case for path in paths for case in read_suite(path))


def read_suite(path: Path) -> tuple[Case, ...]:
    """The cases of a suite. Raises UnreadableFile, and BadSuite for the first line that is no case."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            path=str(path), reason=getattr(error, "strerror", None) or "it is no UTF-8 text"
        ) from error
    cases = tuple(_case(line, path, number) for number, line in enumerate(lines, 1) if line.strip())
    if not cases:
        raise BadSuite(path=str(path), line=1, reason="the suite is empty")
    return cases


def _case(line: str, path: Path, number: int) -> Case:
    def bad(reason: str) -> BadSuite:
        return BadSuite(path=str(path), line=number, reason=reason)

    try:
        case = _CASE.validate_json(line, strict=True)
    except ValidationError as error:
        raise bad(_reason(error.errors(include_url=False)[0])) from error
    if not case.id.strip() or not case.question.strip():
        raise bad("id or question is empty")
    if case.kind not in KINDS:
        raise bad(f"{case.kind} is no kind of question")
    if any(not fact for fact in case.required) or any(not s.strip() for fact in case.required for s in fact):
        raise bad("a required fact has no spelling")
    if any(not one.quote.strip() for one in case.evidence):
        raise bad("a quote of the evidence is empty")
    return replace(case, suite=path.name)


def _reason(error: Any) -> str:  # noqa: ANN401 (pydantic's ErrorDetails)
    """A message of pydantic as the end of a sentence."""
    if error["type"] == "json_invalid":
        return "it is no JSON"
    if error["type"] == "dataclass_type":
        return "it is no JSON object"
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"{place} is missing"
    if error["type"].startswith("unexpected"):
        return f"there is no field {place}"
    return f"{place}: {error['msg'][:1].lower()}{error['msg'][1:]}"
