"""Drafts: kept once, safe with other processes, and told what they lack."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from plans import CASE, PLAN, TEXTS, answer

from evals.drafts import as_case, draft_of, keep, open_points, read_drafts
from evals.errors import BadSuite
from ingest.errors import UnreadableFile
from ingest.types import Span
from retrieval.types import Question

ASKED = Question(text="Dự án 10 giao cho ai?", history=("Dự án 8?",), documents=(PLAN,))
DRAFT = draft_of(ASKED, answer("Phòng khác", Span(0, 20)), "wrong", " nhầm phòng ")


def test_a_draft_tells_what_was_asked_and_given(tmp_path: Path) -> None:
    keep(DRAFT, tmp_path / "made" / "drafts.jsonl")
    (found,) = read_drafts(tmp_path / "made" / "drafts.jsonl")
    assert found == DRAFT
    assert (found.question, found.history, found.restrict) == (ASKED.text, ASKED.history, (PLAN,))
    assert found.reason == "wrong" and found.comment == "nhầm phòng" and "Phòng khác" in found.given
    assert found.cited[0].quote == TEXTS[PLAN][:20]


def test_the_same_question_is_kept_once_with_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    keep(DRAFT, path)
    keep(replace(DRAFT, reason="incomplete"), path)
    other = draft_of(replace(ASKED, history=()), answer("x"), "refused")
    keep(other, path)
    assert [(one.id, one.reason) for one in read_drafts(path)] == [(DRAFT.id, "incomplete"), (other.id, "refused")]


def test_what_a_person_has_worked_on_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps(asdict(replace(DRAFT, reference="Phòng Tài chính"))) + "\n", encoding="utf-8")
    keep(replace(DRAFT, reason="other"), path)
    assert read_drafts(path)[0].reference == "Phòng Tài chính"


def test_drafts_of_many_threads_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    drafts = [draft_of(replace(ASKED, text=f"Câu {number}?"), answer("x"), "other") for number in range(24)]
    threads = [threading.Thread(target=keep, args=(one, path)) for one in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in read_drafts(path)} == {one.id for one in drafts}


def test_the_checker_says_what_a_draft_lacks_until_it_is_a_case() -> None:
    assert open_points(DRAFT, TEXTS) == ["no kind of question", "not said whether the documents answer it"]
    begun = replace(DRAFT, kind="agency-role", answerable=True)
    points = open_points(begun, TEXTS)
    assert "there is no reference answer" in points and "answerable and evidence disagree" in points
    done = replace(begun, reference="3", required=CASE.required, evidence=CASE.evidence, documents=(PLAN,))
    assert open_points(done, TEXTS) == []
    assert as_case(done).required == CASE.required and as_case(done).history == ASKED.history


def test_no_file_is_no_drafts_and_a_broken_one_is_an_error_that_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    assert read_drafts(path) == ()
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(BadSuite, match="line 1"):
        keep(DRAFT, path)
    assert path.read_text(encoding="utf-8") == '{"id": "x"}\n'
    with pytest.raises(UnreadableFile):
        read_drafts(tmp_path)
