"""A report as JUnit's XML, which build servers read: a suite for each kind of question, a test for each case."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from evals.types import Outcome, Report

# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> str:
    """The first run of a report. A case that is not right is a failure; a run of retrieval alone skips all."""
    run = report.runs[0]
    root = ET.Element("testsuites", name="planqa eval")
    by_kind: dict[str, list[Outcome]] = {}
    for one in run.outcomes:
        by_kind.setdefault(one.case.kind, []).append(one)
    for kind, found in by_kind.items():
        failures = [one for one in found if one.given is not None and not one.given.right]
        skipped = [one for one in found if one.given is None]
        suite = ET.SubElement(
            root,
            "testsuite",
            name=kind,
            tests=str(len(found)),
            failures=str(len(failures)),
            skipped=str(len(skipped)),
            errors="0",
        )
        for one in found:
            case = ET.SubElement(suite, "testcase", name=_clean(one.case.id), classname=f"{one.case.split}.{kind}")
            if one.given is None:
                ET.SubElement(case, "skipped", message="retrieval only")
            elif not one.given.right:
                failure = ET.SubElement(case, "failure", message=_clean(why_wrong(one)))
                failure.text = _clean(
                    f"{one.case.question}\n\nexpected: {one.case.reference}\n\ngiven: {one.given.text}"
                )
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def why_wrong(outcome: Outcome) -> str:
    """Why an answer is not right, in a phrase; "" for a right one."""
    given = outcome.given
    if given is None or given.right:
        return ""
    if not outcome.case.answerable:
        return "answered, though nothing answers"
    if outcome.case.expect == "changed":
        return "the old answer came again, though the question was changed"
    if given.abstained:
        return "refused, though there is an answer"
    parts = [
        f"missing: {', '.join(given.missing)}" if given.missing else "",
        f"forbidden: {', '.join(given.found_forbidden)}" if given.found_forbidden else "",
        "too long" if given.too_long else "",
    ]
    return "; ".join(part for part in parts if part)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
