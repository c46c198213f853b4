"""The shipped judge: what it reads, that others can load it, and what is said of a damaged one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import ModelMissing
from retrieval.judge import SHIPPED, WEIGHTS, CrossEncoderJudge, load_judge

# Written for this test, on matters of no plan of the corpus.
QUESTIONS = {
    "Ai chăm cây ở công viên?": (
        "Công viên trung tâm: Phòng Quản lý đô thị chủ trì trồng và chăm sóc cây xanh trong công viên.",
        "Công viên trung tâm: Giờ mở cửa từ 5 giờ đến 22 giờ hằng ngày.",
        "Kinh phí: Tổng kinh phí cải tạo vỉa hè là 3,5 tỷ đồng.",
    ),
    "Sửa vỉa hè hết bao nhiêu tiền?": (
        "Kinh phí: Tổng kinh phí cải tạo vỉa hè là 3,5 tỷ đồng.",
        "Công viên trung tâm: Giờ mở cửa từ 5 giờ đến 22 giờ hằng ngày.",
        "Thời hạn: Báo cáo kết quả gửi về Ủy ban nhân dân thành phố trước ngày 15 tháng 11.",
    ),
    "Nộp báo cáo kết quả trước ngày nào?": (
        "Thời hạn: Báo cáo kết quả gửi về Ủy ban nhân dân thành phố trước ngày 15 tháng 11.",
        "Kinh phí: Tổng kinh phí cải tạo vỉa hè là 3,5 tỷ đồng.",
        "Công viên trung tâm: Phòng Quản lý đô thị chủ trì trồng và chăm sóc cây xanh trong công viên.",
    ),
    "thời gian mở cửa của công viên": (
        "Công viên trung tâm: Giờ mở cửa từ 5 giờ đến 22 giờ hằng ngày.",
        "Thời hạn: Báo cáo kết quả gửi về Ủy ban nhân dân thành phố trước ngày 15 tháng 11.",
        "Kinh phí: Tổng kinh phí cải tạo vỉa hè là 3,5 tỷ đồng.",
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_answers_is_put_first(question: str) -> None:
    logits = load_judge().logits(question, QUESTIONS[question])
    assert logits.dtype == np.float32
    assert int(np.argmax(logits)) == 0, logits


def test_no_text_no_logit() -> None:
    assert load_judge().logits("Ai chủ trì?", []).shape == (0,)


def test_the_order_of_texts_is_kept() -> None:
    question, texts = next(iter(QUESTIONS.items()))
    there = load_judge().logits(question, texts)
    back = load_judge().logits(question, texts[::-1])
    assert np.allclose(there, back[::-1], atol=0.5), "eight bits: neighbours in a batch move a logit a little"


@pytest.mark.parametrize("text", ["", " ", "[SEP] [CLS] [PAD]", "x" * 100_000, "ệ" * 5_000, "\x00\u202e", "1 " * 9_999])
def test_any_text_is_read(text: str) -> None:
    assert np.isfinite(load_judge().logits(text, [text, "Ủy ban nhân dân"])).all()


def test_an_ordinary_cross_encoder_gives_the_same_order() -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.CrossEncoder(str(SHIPPED), device="cpu")
    for question, texts in QUESTIONS.items():
        probabilities = model.predict([(question, text) for text in texts], show_progress_bar=False)
        assert ((probabilities >= 0) & (probabilities <= 1)).all()
        logits = load_judge().logits(question, texts)
        assert np.allclose(1 / (1 + np.exp(-logits)), probabilities, atol=0.1)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        CrossEncoderJudge.load(tmp_path / "none")


@pytest.mark.parametrize("name", [WEIGHTS, "tokenizer.json"])
def test_a_damaged_file_is_said(tmp_path: Path, name: str) -> None:
    for file in (WEIGHTS, "tokenizer.json"):
        (tmp_path / file).write_bytes((SHIPPED / file).read_bytes())
    (tmp_path / name).write_bytes((SHIPPED / name).read_bytes()[:1_000])
    with pytest.raises(ModelMissing):
        CrossEncoderJudge.load(tmp_path)
