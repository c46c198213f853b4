"""``planqa eval``: a suite with its gate, and a data set in BEIR's form."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from runs import Run, write_lines

MEASURES = ["hit@1", "hit@10", "recall@10", "recall@100", "mrr@10", "ndcg@10"]


@pytest.fixture
def data_set(here: Path) -> Path:
    """Two documents and a query in BEIR's form."""
    folder = here / "beir"
    (folder / "qrels").mkdir(parents=True)
    texts = {"d1": "Kinh phí thực hiện kế hoạch là 17 triệu đồng.", "d2": "Hội Phụ nữ chủ trì Dự án 8."}
    corpus = [{"_id": name, "title": "", "text": text} for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(one) for one in corpus), encoding="utf-8")
    query = {"_id": "q1", "text": "Hội Phụ nữ chủ trì dự án nào?"}
    (folder / "queries.jsonl").write_text(json.dumps(query), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n", encoding="utf-8")
    return folder


def test_a_data_set_is_measured_for_each_system(planqa: Run, data_set: Path) -> None:
    result = planqa("eval", "--beir", data_set, "--json")
    assert (result.status, result.err, result.out.count("\n")) == (0, "", 1)
    systems = json.loads(result.out)["systems"]
    assert {"bm25", "dense", "fused"} <= set(systems)
    for measures in systems.values():
        assert list(measures) == MEASURES
        assert all(measures[name] == 1.0 for name in MEASURES)


def test_a_folder_that_is_no_data_set_is_one_clear_line(planqa: Run, here: Path) -> None:
    assert planqa("eval", "--beir", here).refused("corpus.jsonl")


def test_a_data_set_takes_no_suite(planqa: Run, here: Path) -> None:
    assert planqa("eval", "--beir", here, "--suite", "s.jsonl").refused("--beir is a run of its own")


@pytest.mark.parametrize(("fact", "status"), [("17 triệu đồng", 0), ("no such words", 1)])
def test_a_suite_below_the_gate_ends_with_status_one(over_plans: Run, here: Path, fact: str, status: int) -> None:
    case = {
        "id": "c1",
        "question": "Kế hoạch vốn năm 2023 của Dự án 1 ở thành phố Bắc Kạn là bao nhiêu?",
        "language": "vi",
        "kind": "budget",
        "answerable": True,
        "required": [[fact]],
    }
    suite = here / "suite.jsonl"
    suite.write_text(json.dumps(case), encoding="utf-8")
    result = over_plans("eval", "--suite", suite, "--out", "made/here", "--json")
    assert (result.status, result.err) == (status, "")
    assert json.loads(result.out)["passed"] is (status == 0)
    assert json.loads((here / "made" / "here" / "report.json").read_text(encoding="utf-8"))["passed"] is (status == 0)


def test_a_bad_suite_is_one_clear_line(over_plans: Run, here: Path) -> None:
    (here / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert over_plans("eval", "--suite", here / "bad.jsonl").refused("bad.jsonl, line 1 is no question of a suite")
    assert over_plans("eval", "--suite", "none.jsonl").refused("none.jsonl")


LEAD = {
    "id": "lead",
    "question": "Cơ quan nào chủ trì Dự án 8 ở thành phố Bắc Kạn?",
    "language": "vi",
    "kind": "agency-role",
    "answerable": True,
    "documents": ["2023-bac-kan-kh-ubnd"],
    "reference": "Hội Liên hiệp Phụ nữ thành phố.",
    "required": [["Hội Liên hiệp Phụ nữ"]],
    "evidence": [
        {
            "document": "2023-bac-kan-kh-ubnd",
            "quote": "hướng dẫn, tổ chức thực hiện nội dung thuộc dự án 8",
            "heading": "**7. Hội Liên hiệp Phụ nữ thành phố**",
        }
    ],
    "split": "dev",
}
NOTHING = {
    "id": "nothing",
    "question": "Giá vé máy bay từ Cà Mau đi Paris?",
    "language": "vi",
    "kind": "unanswerable",
    "answerable": False,
    "reference": "Không văn bản nào nêu.",
    "split": "dev",
}


@pytest.fixture
def suite(here: Path) -> Path:
    return write_lines(here / "two.jsonl", LEAD, NOTHING)


def test_a_run_leaves_a_report_to_read_and_one_for_machines(over_plans: Run, here: Path, suite: Path) -> None:
    result = over_plans("eval", "--suite", suite)
    assert (result.status, result.err) == (0, "")
    assert "kind: agency-role" in result.out
    assert "refused" in result.out
    folder = here / "reports"
    assert {path.name for path in folder.iterdir()} == {"report.json", "report.html", "junit.xml", "times.json"}
    cases = ElementTree.parse(folder / "junit.xml").getroot().iter("testcase")
    assert [case.get("name") for case in cases] == ["lead", "nothing"]


def test_filters_pick_questions_and_leaving_none_is_one_clear_line(over_plans: Run, suite: Path) -> None:
    result = over_plans("eval", "--suite", suite, "--kind", "unanswerable", "--json")
    assert json.loads(result.out)["rows"][0]["cases"] == 1
    assert over_plans("eval", "--suite", suite, "--kind", "budget").refused("kind budget")


def test_retrieval_alone_measures_no_answers(over_plans: Run, suite: Path) -> None:
    result = over_plans("eval", "--suite", suite, "--retrieval-only", "--gates", "none.toml")
    assert result.refused("none.toml")
    (suite.parent / "gates.toml").write_text("", encoding="utf-8")
    result = over_plans("eval", "--suite", suite, "--retrieval-only", "--gates", "gates.toml", "--json")
    first = json.loads(result.out)["rows"][0]
    assert first["recall@5"] == 1.0
    assert "correct" not in first


def test_changed_wordings_and_noisy_documents_are_rows_of_their_own(over_plans: Run, suite: Path) -> None:
    result = over_plans("eval", "--suite", suite, "--perturb", "no-marks", "--perturb", "ocr-1", "--json")
    rows = {row["name"]: row for row in json.loads(result.out)["rows"] if row["group"] == "perturbation"}
    assert set(rows) == {"as written", "no-marks", "ocr-1"}
    assert [rows[name]["cases"] for name in ("no-marks", "ocr-1")] == [2, 2]


def test_an_unknown_perturbation_is_refused_with_those_there_are(over_plans: Run, suite: Path) -> None:
    assert over_plans("eval", "--suite", suite, "--perturb", "upside-down").refused("upside-down", "no-marks", "ocr-5")


def test_two_runs_are_compared_question_by_question(over_plans: Run, here: Path, suite: Path) -> None:
    over_plans("eval", "--suite", suite, "--out", "one")
    over_plans("eval", "--suite", suite, "--out", "two")
    assert (here / "one" / "report.json").read_bytes() == (here / "two" / "report.json").read_bytes()
    result = over_plans("eval", "--compare", "one", "two", "--json")
    found = json.loads(result.out)
    assert (result.status, found["cases"], found["mcnemar_p"]) == (0, 2, 1.0)
    assert over_plans("eval", "--compare", "one", "nowhere").refused("nowhere")
    assert over_plans("eval", "--compare", "one", "two", "--kind", "list").refused("--compare is a run of its own")


def test_the_check_names_the_fault_of_a_suite(over_plans: Run, here: Path, suite: Path) -> None:
    assert over_plans("eval", "--suite", suite, "--check").out == "2 questions, 0 faults\n"
    evidence = [{"document": "2023-bac-kan-kh-ubnd", "quote": "câu này không có"}]
    bad = write_lines(here / "bad.jsonl", {**LEAD, "evidence": evidence})
    result = over_plans("eval", "--suite", bad, "--check")
    assert result.status == 1
    assert "lead: the quote 'câu này không có' does not stand" in result.out
