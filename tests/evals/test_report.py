"""Reports: one page that needs nothing outside and shows all text as text; JUnit; files that are no reports."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from plans import CASE, NOTHING, answer
from test_bench import Fixed

from evals.errors import BadReport
from evals.report import read_report, write_report
from evals.report.junit import as_junit, why_wrong
from evals.report.page import as_html
from evals.run import run
from evals.types import Report
from ingest.errors import UnreadableFile
from ingest.types import Span

HOSTILE = '<script>alert("x")</script><img src=http://x.invalid/y onerror=alert(1)>\x00\x1b ]]> & &amp;'


def report(text: str = "nothing", **changes: object) -> Report:
    case = replace(CASE, **changes)  # type: ignore[arg-type]
    found = run(Fixed(answer(text, Span(0, 9))), (case, NOTHING))
    return Report(suites=("s.jsonl",), filters={}, runs=(found,), comparisons=(), failed_gates=("all: too low",))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_needs_nothing_from_outside() -> None:
    page = as_html(report())
    tags = Tags()
    tags.feed(page)
    assert not [one for one in tags.tags if one[0] in ("link", "img", "iframe", "object", "base")]
    outside = [value for _, attrs in tags.tags for name, value in attrs.items() if name in ("src", "href") and value]
    assert [one for one in outside if not one.startswith("#")] == []
    assert not re.search(r"url\((?!#|['\"]?#)", page) and "@import" not in page
    assert sum(tag == "svg" for tag, _ in tags.tags) >= 3
    assert "Below the gates:" in page and "all: too low" in page


def test_every_text_of_a_suite_and_an_answer_is_shown_as_text() -> None:
    found = report(HOSTILE, question=HOSTILE, reference=HOSTILE, note=HOSTILE, required=((HOSTILE[:30] + "?",),))
    page = as_html(replace(found, suites=(HOSTILE,), filters={"kind": HOSTILE}, failed_gates=(HOSTILE,)))
    tags = Tags()
    tags.feed(page)
    assert [attrs for tag, attrs in tags.tags if tag == "img" or "onerror" in attrs] == []
    assert sum(tag == "script" for tag, _ in tags.tags) == 1
    assert page.count("&lt;script&gt;") >= 5


def test_each_failure_is_shown_with_what_was_expected_and_given() -> None:
    page = as_html(report("Phòng khác", note="a hard one"))
    for shown in (
        CASE.question,
        CASE.reference,
        CASE.evidence[0].quote,
        "Phòng khác",
        "missing: tiểu dự án 3",
        "a hard one",
    ):
        assert shown in page
    assert "answered, though nothing answers" in page
    right = as_html(report("tiểu dự án 3"))
    assert CASE.evidence[0].quote not in right


@pytest.mark.parametrize("text", ["nothing", HOSTILE])
def test_junit_is_xml_with_a_failure_for_each_wrong_answer(text: str) -> None:
    root = ET.fromstring(as_junit(report(text, question=f"Ai? {HOSTILE}")))
    suites = {suite.get("name"): suite for suite in root}
    assert suites["agency-role"].get("failures") == "1" and suites["unanswerable"].get("tests") == "1"
    failure = suites["agency-role"].find("testcase/failure")
    assert failure is not None and failure.get("message") == "missing: tiểu dự án 3"
    assert ET.fromstring(as_junit(report("tiểu dự án 3")))[0].get("failures") == "0"


def test_why_an_answer_is_wrong_is_said() -> None:
    outcome = report("tiểu dự án 3 dự án 10", forbidden=("dự án 10",)).runs[0].outcomes[0]
    assert why_wrong(outcome) == "forbidden: dự án 10"
    long = report("tiểu dự án 3 " + "x" * 9_000).runs[0].outcomes[0]
    assert why_wrong(long) == "too long"
    refused = run(Fixed(answer("Không", abstained=True)), (CASE,)).outcomes[0]
    assert why_wrong(refused) == "refused, though there is an answer"
    changed = run(Fixed(answer("tiểu dự án 3")), (replace(CASE, expect="changed"),)).outcomes[0]
    assert why_wrong(changed).startswith("the old answer came again")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 1}', json.dumps({"suites": [], "filters": {}, "runs": 3})]
)
def test_a_file_that_is_no_report_is_one_clear_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "report.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadReport, match=r"report\.json is no report of an evaluation"):
        read_report(tmp_path)


def test_a_report_of_another_version_or_none_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadReport):
        read_report(tmp_path / "nowhere")
    write_report(replace(report(), version=99), tmp_path)
    with pytest.raises(BadReport, match="version 99"):
        read_report(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        write_report(report(), tmp_path / "file" / "below")
