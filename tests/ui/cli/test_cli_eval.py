"""``planqa eval``: a suite with its gate, and a data set in BEIR's form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from runs import Run

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
