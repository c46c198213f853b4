"""Data sets in BEIR's form: every judged query counts, and a folder that is none is an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.beir import measure, run_beir
from evals.errors import BadDataSet


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
