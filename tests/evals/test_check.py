"""The suites are sound, and the checker finds planted faults of every sort."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from plans import CASE, NOTHING, PLAN, QUOTE, TEXTS

from evals.cases import KINDS, SUITES, own_suites, read_suite, read_suites
from evals.check import check, check_frozen
from evals.errors import BadSuite
from evals.types import Case, Evidence

CASES = read_suites(own_suites())


def test_the_suites_are_sound() -> None:
    assert check(CASES, TEXTS) == []
    assert check_frozen(SUITES) == []


def test_the_suites_are_as_wide_as_they_claim() -> None:
    assert len(CASES) >= 400
    assert {case.kind for case in CASES} == KINDS
    assert {document for case in CASES for document in case.documents} == set(TEXTS)
    test = [case for case in CASES if case.split == "test"]
    assert len(test) >= 150
    assert {case.kind for case in test} == KINDS
    assert sum(not case.answerable for case in test) >= 20
    assert sum(case.language == "en" for case in test) >= 20


def test_each_document_has_questions_in_proportion_to_its_length() -> None:
    counts = {one: sum(one in case.documents for case in CASES) for one in TEXTS}
    for document, text in TEXTS.items():
        share, wanted = counts[document] / sum(counts.values()), len(text) / sum(map(len, TEXTS.values()))
        assert 0.5 < share / wanted < 2.0, document


def planted(**changes: object) -> Case:
    return replace(CASE, **changes)  # type: ignore[arg-type]


def evidence(quote: str, heading: str = "", also: tuple[str, ...] = (), document: str = PLAN) -> tuple[Evidence, ...]:
    return (Evidence(document=document, quote=quote, heading=heading, also=also),)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (planted(evidence=evidence("không có câu này")), "does not stand in"),
        (planted(evidence=evidence(QUOTE.replace("Chủ", "Chu"))), "does not stand in"),
        (planted(evidence=evidence(QUOTE, document="nowhere")), "no document nowhere"),
        (planted(evidence=evidence("dự án 10")), "times: which one?"),
        (planted(evidence=evidence(QUOTE, heading="không có")), "the heading 'không có' does not stand"),
        (planted(evidence=evidence(QUOTE, heading=TEXTS[PLAN][-80:-10])), "does not stand above"),
        (planted(evidence=evidence(QUOTE, also=("không có",))), "the equal quote 'không có' does not stand"),
        (planted(required=(("99 tỷ",),)), "no spelling of '99 tỷ'"),
        (planted(required=(("dự án 1",),)), "no spelling of 'dự án 1'"),  # only a part of "dự án 10" stands there
        (planted(required=()), "nothing is required"),
        (planted(forbidden=("dự án 3",)), "'dự án 3' is forbidden and required"),
        (planted(answerable=False), "answerable and evidence disagree"),
        (planted(kind="unanswerable"), "answerable and kind disagree"),
        (planted(split="train"), "no split"),
        (planted(language="fr"), "no language"),
        (planted(reference=" "), "no reference"),
        (planted(documents=()), "not among its documents"),
        (planted(documents=(PLAN, "nowhere")), "no document nowhere"),
        (replace(NOTHING, required=(("vua",),)), "unanswerable, yet facts required"),
    ],
)
def test_the_checker_finds_a_planted_fault(case: Case, fault: str) -> None:
    assert any(fault in found for found in check([case], TEXTS))


def test_the_planted_faults_are_not_in_what_they_were_planted_in() -> None:
    assert check([CASE, NOTHING], TEXTS) == []


def test_the_checker_finds_an_id_and_a_question_that_stand_twice() -> None:
    found = check([CASE, CASE], TEXTS)
    assert "c: the id stands 2 times" in found
    assert "c: the question of c once more" in found
    assert check([CASE, replace(CASE, id="d", history=("Còn gì nữa?",))], TEXTS) == []


def test_the_checker_finds_a_leak_by_fact() -> None:
    other = replace(CASE, id="t", question="Phần nào do phòng lo?", split="test")
    assert any("t: a leaked test question, its evidence" in fault for fault in check([CASE, other], TEXTS))
    # A part of the quote is the same fact; a little of it is not.
    half = replace(other, evidence=evidence(QUOTE[20:]))
    assert any("t: a leaked test question, its evidence" in fault for fault in check([CASE, half], TEXTS))
    wide = TEXTS[PLAN][TEXTS[PLAN].index(QUOTE) - 300 : TEXTS[PLAN].index(QUOTE) + 20]
    assert check([CASE, replace(other, evidence=evidence(wide), required=(("hướng dẫn",),))], TEXTS) == []


def test_the_checker_finds_a_leak_by_wording() -> None:
    other = replace(NOTHING, id="t", split="test", question="Vua la ai?")
    assert any("t: a leaked test question, nearly the words of n" in fault for fault in check([NOTHING, other], TEXTS))


def test_a_frozen_suite_that_was_changed_is_found(tmp_path: Path) -> None:
    suite = tmp_path / "test.jsonl"
    suite.write_bytes(b"as it was\n")
    frozen = tmp_path / "frozen.toml"
    frozen.write_text(f'"test.jsonl" = "{hashlib.sha256(b"as it was" + bytes([10])).hexdigest()}"\n', "utf-8")
    assert check_frozen(tmp_path) == []
    suite.write_bytes(b"as it was not\n")
    assert any("test.jsonl is frozen" in fault for fault in check_frozen(tmp_path))
    suite.unlink()
    assert any("test.jsonl is frozen" in fault for fault in check_frozen(tmp_path))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "it is no JSON"),
        ("[]", "it is no JSON object"),
        ('{"id": "a"}', "question is missing"),
        ('{"id": "a", "question": "b", "kind": "none", "answerable": true}', "none is no kind"),
        ('{"id": "a", "question": " ", "kind": "list", "answerable": true}', "id or question is empty"),
        ('{"id": "a", "question": "b", "kind": "list", "answerable": "yes"}', "answerable"),
        ('{"id": "a", "question": "b", "kind": "list", "answerable": true, "more": 1}', "no field more"),
        ('{"id": "a", "question": "b", "kind": "list", "answerable": true, "required": [[]]}', "has no spelling"),
        (
            '{"id": "a", "question": "b", "kind": "list", "answerable": true, "evidence": [{"document": "d", "quote": ""}]}',
            "a quote of the evidence is empty",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "suite.jsonl"
    good = json.dumps({"id": "1", "question": "Ai?", "kind": "list", "answerable": False})
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSuite, match=f"line 2.*{reason}"):
        read_suite(path)


def test_an_empty_suite_is_no_suite(tmp_path: Path) -> None:
    path = tmp_path / "suite.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(BadSuite, match="the suite is empty"):
        read_suite(path)
