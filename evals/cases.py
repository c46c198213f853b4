"""Suites: read, validated, and checked against the documents."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.errors import BadSuite
from evals.types import Case, Evidence
from ingest.errors import UnreadableFile

SUITES = Path(__file__).with_name("suites")
KINDS = frozenset(
    """
    agency-role reverse-role budget target deadline legal-basis list definition yes-no comparison metadata calculation
    follow-up ambiguous false-premise unanswerable table
    """.split()
)
# The words that decide need not stand in the evidence where they are worked out or translated.
_WORKED_OUT = frozenset({"calculation", "comparison", "metadata", "yes-no", "false-premise"})
_HEADING = 400  # code points above a quote in which its heading stands
_TEXTS = ("id", "question", "language", "kind", "style", "reference", "note", "split")
_LISTS = ("history", "documents", "restrict", "forbidden")


def read_suite(path: Path) -> tuple[Case, ...]:
    """The cases of a suite. Raises UnreadableFile, and BadSuite for the first line that is no case."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
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
        saved = json.loads(line)
    except ValueError as error:
        raise bad("it is no JSON") from error
    if not isinstance(saved, dict):
        raise bad("it is no JSON object")
    for name in _TEXTS:
        if not isinstance(saved.setdefault(name, ""), str):
            raise bad(f"{name} is no text")
    for name in _LISTS:
        if not _is_texts(saved.setdefault(name, [])):
            raise bad(f"{name} is no list of texts")
    if not saved["id"] or not saved["question"].strip():
        raise bad("id or question is missing")
    if saved["kind"] not in KINDS:
        raise bad(f"{saved['kind']} is no kind of question")
    if not isinstance(saved.get("answerable"), bool):
        raise bad("answerable is neither true nor false")
    required = saved.get("required", [])
    if not isinstance(required, list) or not all(_is_texts(fact) and fact for fact in required):
        raise bad("required is no list of lists of spellings")
    evidence = saved.get("evidence", [])
    if not isinstance(evidence, list) or not all(_is_evidence(one) for one in evidence):
        raise bad("evidence is no list of document and quote")
    fields: dict[str, Any] = {name: saved[name] for name in _TEXTS}
    fields.update({name: tuple(saved[name]) for name in _LISTS})
    return Case(
        **fields,
        answerable=saved["answerable"],
        required=tuple(tuple(fact) for fact in required),
        evidence=tuple(Evidence(document=one["document"], quote=one["quote"]) for one in evidence),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_evidence(value: Any) -> bool:  # noqa: ANN401 (JSON)
    return isinstance(value, dict) and isinstance(value.get("document"), str) and bool(value.get("quote"))


def check(cases: Sequence[Case], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with a suite, one sentence a fault; ``texts`` are the documents' sources by id."""
    ids = Counter(case.id for case in cases)
    faults = [f"{one}: the id stands {count} times" for one, count in ids.items() if count > 1]
    splits: dict[tuple[str, ...], set[str]] = {}
    for case in cases:
        faults.extend(f"{case.id}: {fault}" for fault in _faults(case, texts))
        if case.evidence:
            place = tuple(sorted(f"{one.document}\n{one.quote}" for one in case.evidence))
            splits.setdefault(place, set()).add(case.split)
    faults.extend(
        f"the same evidence stands in {' and '.join(sorted(found))}: {place[0][:80]!r}"
        for place, found in splits.items()
        if len(found) > 1
    )
    return faults


def _faults(case: Case, texts: Mapping[str, str]) -> list[str]:
    faults = []
    if case.answerable != bool(case.evidence):
        faults.append("answerable and evidence disagree")
    if case.answerable and not case.required:
        faults.append("nothing is required of the answer")
    if case.split not in ("dev", "test"):
        faults.append(f"{case.split!r} is no split")
    for one in case.evidence:
        if one.document not in texts:
            faults.append(f"there is no document {one.document}")
        elif one.quote not in texts[one.document]:
            faults.append(f"the quote {one.quote[:60]!r} does not stand in {one.document}")
    shown = plain(" ".join(_with_heading(one, texts) for one in case.evidence))
    if case.kind not in _WORKED_OUT:
        faults.extend(
            f"no spelling of {fact[0]!r} stands in the evidence"
            for fact in case.required
            if not any(plain(spelling) in shown for spelling in fact)
        )
    return faults


def _with_heading(evidence: Evidence, texts: Mapping[str, str]) -> str:
    """The quote and what stands right above it: a body's name is the heading of its duties."""
    text = texts.get(evidence.document, "")
    at = max(0, text.find(evidence.quote))
    return f"{text[max(0, at - _HEADING) : at]} {evidence.quote}"


def plain(text: str) -> str:
    """The form facts are looked for in: NFC, lower case, single blanks, without Markdown's asterisks and escapes."""
    text = unicodedata.normalize("NFC", text).lower().replace("*", "").replace("\\", "")
    return " ".join(text.split())
