"""The suite is sound, planted faults are found, measures agree with arithmetic."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.beir import measure, run_beir
from evals.cases import SUITES, check, read_suite
from evals.errors import BadDataSet, BadSuite
from evals.metrics.answer import is_right
from evals.metrics.calibration import expected_calibration_error
from evals.metrics.citations import precision, recall
from evals.report import as_html
from evals.run import run_suites
from evals.stats import bootstrap
from evals.types import Case, Evidence
from ingest.types import Span
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import build
from retrieval.types import Answer, Citation

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in CORPUS.glob("2*.md")}
CASES = read_suite(SUITES / "plans.jsonl")
CASE = next(case for case in CASES if case.id == "bk-06")


def test_the_suite_is_sound() -> None:
    assert check(CASES, TEXTS) == []
    assert len(CASES) >= 100
    assert sum(not case.answerable for case in CASES) >= 18
    assert sum(case.style == "english" for case in CASES) >= 12


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (
            replace(CASE, evidence=(Evidence(document="2023-bac-kan-kh-ubnd", quote="không có câu này"),)),
            "does not stand",
        ),
        (replace(CASE, evidence=(Evidence(document="nowhere", quote="x"),)), "no document"),
        (replace(CASE, required=(("99 tỷ",),)), "no spelling"),
        (replace(CASE, required=()), "nothing is required"),
        (replace(CASE, answerable=False), "disagree"),
        (replace(CASE, split="train"), "no split"),
    ],
)
def test_the_checker_finds_a_planted_fault(case: Case, fault: str) -> None:
    assert any(fault in found for found in check([case], TEXTS))


def test_the_checker_finds_doubles_and_leaks() -> None:
    other = replace(CASE, split="test" if CASE.split == "dev" else "dev")
    found = check([CASE, other], TEXTS)
    assert any("stands 2 times" in fault for fault in found)
    assert any("same evidence" in fault for fault in found)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "a"}', '{"id": "a", "question": "b", "kind": "none", "answerable": true}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "suite.jsonl"
    path.write_text(
        f"{json.dumps({'id': '1', 'question': 'Ai?', 'kind': 'list', 'answerable': False})}\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(BadSuite, match="line 2"):
        read_suite(path)


def answer(text: str, *spans: Span, abstained: bool = False) -> Answer:
    document = "2023-bac-kan-kh-ubnd"
    citations = tuple(
        Citation(
            number=at, document=document, title="", section=(), quote=TEXTS[document][span.start : span.end], span=span
        )
        for at, span in enumerate(spans, 1)
    )
    marks = " ".join(f"[{one.number}]" for one in citations)
    return Answer(
        question="", language="vi", text=f"{text} {marks}", abstained=abstained, confidence=0.5, citations=citations
    )


def test_right_needs_every_fact_and_no_dump() -> None:
    assert is_right(CASE, answer("Dự án 8: **54 triệu** đồng"))
    assert not is_right(CASE, answer("55 triệu đồng"))
    assert not is_right(CASE, answer("54 triệu đồng", abstained=True))
    assert not is_right(CASE, answer("54 triệu đồng " + "x" * 2_000))
    assert not is_right(replace(CASE, forbidden=("54 triệu",)), answer("54 triệu đồng"))
    nothing = replace(CASE, answerable=False, required=(), evidence=())
    assert is_right(nothing, answer("Không nêu", abstained=True)) and not is_right(nothing, answer("54 triệu"))


def test_citations_are_measured_by_characters() -> None:
    text = TEXTS["2023-bac-kan-kh-ubnd"]
    start = text.index(CASE.evidence[0].quote)
    half = Span(start, start + len(CASE.evidence[0].quote) // 2)
    found = answer("54 triệu", half, Span(0, 5))
    assert recall(CASE, found, TEXTS.__getitem__) == pytest.approx(len(half) / len(CASE.evidence[0].quote))
    assert precision(CASE, found, TEXTS.__getitem__) == 0.5


def test_calibration_and_intervals_by_hand() -> None:
    assert expected_calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False]) == pytest.approx(0.25)
    assert bootstrap([1.0] * 10) == (1.0, 1.0)
    low, high = bootstrap([0.0, 1.0] * 20)
    assert low < 0.5 < high
    assert bootstrap([0.0, 1.0, 1.0], seed=3) == bootstrap([0.0, 1.0, 1.0], seed=3)


def test_beir_measures_count_queries_that_found_nothing() -> None:
    found = measure({"a": {"x": 1, "y": 1}, "b": {"z": 1}}, {"a": ["x", "q", "y"], "b": []})
    assert found["hit@1"] == 0.5 and found["recall@10"] == 0.5 and found["mrr@10"] == 0.5
    assert found["ndcg@10"] == pytest.approx(0.4599, abs=1e-3)


def test_a_folder_in_beirs_form_is_measured(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    texts = {"d1": "Sở Y tế chủ trì tiêm chủng", "d2": "Công an giữ an ninh trật tự"}
    (tmp_path / "corpus.jsonl").write_text(
        "\n".join(json.dumps({"_id": k, "title": "", "text": v}) for k, v in texts.items()), "utf-8"
    )
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "ai giữ an ninh"}) + "\n", "utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td2\t1\n", "utf-8")
    found = run_beir(tmp_path)
    assert set(found) >= {"bm25", "dense", "fused"} and found["fused"]["hit@1"] == 1.0
    (tmp_path / "qrels" / "test.tsv").write_text("q\td2\n", "utf-8")
    with pytest.raises(BadDataSet, match="line 1"):
        run_beir(tmp_path)


def test_a_run_is_repeatable_passes_its_gates_and_escapes_its_report(tmp_path: Path) -> None:
    build(CORPUS, tmp_path, load_encoder())
    engine = Engine.open(tmp_path)
    one, two = run_suites(engine), run_suites(engine)
    assert one.summary() == two.summary()
    assert one.failed_gates == ()
    assert one.rows[0].values["verbatim"] == 1.0
    hostile = replace(
        one.scores[0], right=False, case=replace(one.scores[0].case, question="<script>alert(1)</script>")
    )
    page = as_html(replace(one, scores=(hostile,)))
    assert "<script>" not in page and "&lt;script&gt;" in page
