"""Questions on legal texts keep places and no quotes; the texts come from the training data."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals import laws, sentences
from evals.check import places
from evals.types import Evidence

ARTICLES = [
    {
        "query": "Phạm vi điều chỉnh - Quy định về chợ nổi",
        "positive": "Nghị định này quy định về chợ nổi.",
        "doc": "Nghị định số 7/2024/NĐ-CP Quy định về chợ nổi",
    },
    {
        "query": "Thời hạn - Quy định về chợ nổi",
        "positive": "1. Hồ sơ được xét trong 20 ngày.\n2. Kết quả được gửi trong 20 ngày.",
        "doc": "Nghị định số 7/2024/NĐ-CP Quy định về chợ nổi",
    },
]


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    with gzip.open(tmp_path / "pairs-law-title.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in ARTICLES)
    monkeypatch.setattr(laws, "SHELVES", (("7/2024/NĐ-CP",),))
    (shelf,) = laws.shelves(tmp_path)
    return shelf


def test_a_legal_text_has_its_letterhead_and_its_articles(texts: dict[str, str]) -> None:
    text = texts["7-2024-NĐ-CP"]
    assert text.startswith("CHÍNH PHỦ\nSố: 7/2024/NĐ-CP\n")
    assert "NGHỊ ĐỊNH\nQuy định về chợ nổi\n" in text
    assert "Điều 1. Phạm vi điều chỉnh\nNghị định này quy định" in text
    assert "Điều 2. Thời hạn\n1. Hồ sơ" in text


def test_evidence_is_found_again_at_its_place(
    texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Evidence(document="7-2024-NĐ-CP", quote="trong 20 ngày", heading="2. Kết quả")
    place = laws.place_of(one, texts)
    assert "20 ngày" not in json.dumps(place, ensure_ascii=False)
    row = {
        "shelf": "7-2024-NĐ-CP",
        "id": "a-1",
        "question": "Bao lâu thì có kết quả?",
        "kind": "deadline",
        "answerable": True,
        "language": "vi",
        "style": "plain",
        "documents": ["7-2024-NĐ-CP"],
        "reference": "20 ngày",
        "required": [["20 ngày"]],
        "evidence": [place],
        "split": "dev",
    }
    file = tmp_path / "laws.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    monkeypatch.setattr(laws, "QUESTIONS", file)
    (case,) = laws.cases(texts)
    assert case.evidence == (one,)
    (span,) = places(case.evidence[0], texts["7-2024-NĐ-CP"])
    assert texts["7-2024-NĐ-CP"][: span.start].endswith("gửi ")


def test_the_questions_of_the_project_name_their_shelf_and_quote_nothing() -> None:
    rows = [json.loads(line) for line in laws.QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert {row["shelf"] for row in rows} == {
        sorted(number.replace("/", "-") for number in shelf)[0] for shelf in laws.SHELVES
    }
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert bool(row["evidence"]) == row["answerable"]
        assert all(set(place) <= {"document", "quote", "heading"} for place in row["evidence"])
        assert all(all(isinstance(at, int) for at in place["quote"]) for place in row["evidence"])


def test_questions_on_sentences_keep_places_and_no_quotes() -> None:
    lines = sentences.QUESTIONS.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 500
    for line in lines:
        document, where, question = line.split("\t")
        assert "/" in document
        assert question.strip()
        for place in where.split(","):
            assert place == "-" or int(place.split(":")[0]) < int(place.split(":")[1]), line
    assert len(set(lines)) == len(lines)
