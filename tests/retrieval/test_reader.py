"""Which sentences are read as the answer, and what is given of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import BadQuestion
from ingest.normalise import clean
from retrieval.answer.reader import SHIPPED, Network, ReaderModel, load_reader
from retrieval.answer.sentence_signs import NAMES
from retrieval.engine import Engine
from retrieval.errors import ModelMissing
from retrieval.types import Question

TAM_DUONG = "2021-tam-duong-kh-ubnd"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Xã nào của Tam Đường giữ giống chè lâu năm?", "chè cổ thụ"),
        ("Tiền nước ngoài Kiên Giang mong kéo về được cỡ nào?", "25 đến 30 tỷ"),
        ("Ai làm trưởng nhóm đi kêu gọi vốn của Bắc Giang?", "Tổ trưởng"),
    ],
)
def test_a_sentence_in_other_words_is_among_the_first_eight(engine: Engine, question: str, words: str) -> None:
    read = engine.answerer.understood(Question(text=question)).read
    assert any(words in sentence.text for sentence in read.best[:8]), [one.text for one in read.best[:8]]


@pytest.mark.parametrize("question", ["Ai chủ trì Dự án 8?", "what is the deadline", "x" * 60, "báo cáo", "?!… 12"])
def test_every_sentence_is_ranked_once_by_all_its_signs(engine: Engine, question: str) -> None:
    read = engine.answerer.understood(Question(text=question)).read
    assert read.signs.rows.shape == (len(read.signs.sentences), len(NAMES))
    assert np.isfinite(read.signs.rows).all()
    assert sorted(read.order) == list(range(len(read.signs.sentences)))
    scores = [float(read.scores[at]) for at in read.order]
    assert scores == sorted(scores, reverse=True)


def test_only_sentences_of_the_documents_in_question_are_read(engine: Engine) -> None:
    read = engine.answerer.understood(Question(text="Ai chủ trì?", documents=(TAM_DUONG,))).read
    assert {sentence.document for sentence in read.best} == {TAM_DUONG}


@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=120))
def test_any_question_gets_an_answer_or_a_refusal_with_its_probability(engine: Engine, text: str) -> None:
    if not any(letter.isalnum() for letter in clean(text)):
        with pytest.raises(BadQuestion):
            engine.ask(Question(text=text))
        return
    answer = engine.ask(Question(text=text))
    assert answer.abstained or answer.confidence >= load_reader().enough
    for citation in answer.citations:
        assert citation.quote == engine.source(citation.document)[citation.span.start : citation.span.end]


def test_what_speaks_for_an_answer_makes_it_more_probable() -> None:
    answers = Network.blank(("held", "length"))
    answers.weights["hidden.weight"][0] = (2.0, -1.0)
    answers.weights["hidden.bias"][0] = -0.5
    answers.weights["out.weight"][0] = 1.0
    model = ReaderModel(sentences=Network.blank(NAMES), answers=answers)
    assert model.probability({"held": 1.0, "length": 0.0}) > 0.5 > model.probability({"held": 0.0, "length": 1.0})
    assert model.probability({"unheard of": 9.0}) == model.probability({})


def test_no_sentence_has_no_score() -> None:
    assert load_reader().scores(np.zeros((0, len(NAMES)), dtype=np.float32)).shape == (0,)


@pytest.mark.parametrize("harm", ["no folder", "no weights", "other signs", "torn", "no answers", "fewer signs"])
def test_a_damaged_model_is_one_clear_error(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "reader"
    if harm != "no folder":
        shutil.copytree(SHIPPED, folder)
    config = folder / "config.json"
    if harm == "no weights":
        (folder / "model.safetensors").unlink()
    elif harm == "torn":
        (folder / "model.safetensors").write_bytes(b"\x07")
    elif harm in ("other signs", "no answers", "fewer signs"):
        known = json.loads(config.read_text(encoding="utf-8"))
        known |= {
            "other signs": {"sentences": ["own"]},
            "no answers": {"answers": None},
            "fewer signs": {"answers": ["held"]},
        }[harm]
        config.write_text(json.dumps(known), encoding="utf-8")
    with pytest.raises(ModelMissing):
        ReaderModel.load(folder)


def test_other_sentences_stand_below_what_a_rule_gives(engine: Engine) -> None:
    answer = engine.ask(Question(text="Các cơ quan ở Kiên Giang báo cáo kết quả hằng năm trước ngày nào?"))
    before, _, after = answer.text.partition("Các câu khác có thể trả lời:")
    assert "05/11" in before + after
    assert all(f"[{citation.number}]" in answer.text for citation in answer.citations)
