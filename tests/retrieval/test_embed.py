"""Encoders: the shipped static model against sentence-transformers, and what happens without a model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import key, strip_marks
from retrieval.embed import SHIPPED, Encoder, StaticEncoder, TransformerEncoder, load_encoder
from retrieval.errors import ModelMissing

PASSAGES = (
    "Sở Tài chính: Chủ trì, phối hợp với Sở Kế hoạch và Đầu tư tham mưu bố trí kinh phí thực hiện kế hoạch.",
    "Sở Y tế: Chăm sóc sức khỏe nhân dân, phòng chống suy dinh dưỡng trẻ em vùng đồng bào dân tộc thiểu số.",
    "Sở Giáo dục và Đào tạo: Nâng cao chất lượng trường phổ thông dân tộc nội trú, xóa mù chữ cho người dân.",
    "Công an tỉnh: Bảo đảm an ninh chính trị, trật tự an toàn xã hội trên địa bàn, phòng chống tội phạm.",
    "Sở Nông nghiệp và Phát triển nông thôn: Hướng dẫn trồng rừng, bảo vệ rừng, phát triển cây dược liệu.",
    "Hội Liên hiệp Phụ nữ: Thực hiện bình đẳng giới, giải quyết vấn đề cấp thiết đối với phụ nữ và trẻ em.",
    "Báo cáo kết quả thực hiện về Ban Dân tộc trước ngày 15 tháng 12 hằng năm để tổng hợp.",
)
QUESTIONS = (
    ("Đơn vị nào lo kinh phí cho kế hoạch?", 0),
    ("Ai phụ trách suy dinh dưỡng trẻ em?", 1),
    ("Cơ quan nào lo trường học và xóa mù chữ?", 2),
    ("Trật tự an toàn xã hội do ai bảo đảm?", 3),
    ("Trồng cây dược liệu do sở nào hướng dẫn?", 4),
    ("Bình đẳng giới do tổ chức nào thực hiện?", 5),
    ("Thời hạn gửi báo cáo hằng năm là khi nào?", 6),
)
ENGLISH = (
    ("Which agency is in charge of funding for the plan?", 0),
    ("Who is responsible for child malnutrition and health care?", 1),
    ("Which department improves ethnic boarding schools?", 2),
    ("Which agency ensures security and social order?", 3),
    ("Who gives guidance on forest protection?", 4),
    ("Which organization works on gender equality for women?", 5),
    ("When is the deadline for the annual report?", 6),
)
TEXTS = ("", "  ", "Uỷ ban nhân dân", "dự án 8", "2152/QĐ-TTg ngày 18/12/2020", "The plan", "日本", *PASSAGES)


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def reference() -> TransformerEncoder:
    """The shipped folder as sentence-transformers reads it."""
    return TransformerEncoder.load(str(SHIPPED))


def best(encoder: Encoder, question: str) -> int:
    return int(np.argmax(encoder.encode_questions([question]) @ encoder.encode_passages(PASSAGES).T))


def test_the_shipped_model_gives_the_vectors_of_sentence_transformers(
    shipped: Encoder, reference: TransformerEncoder
) -> None:
    assert shipped.dimensions == reference.dimensions
    np.testing.assert_allclose(shipped.encode_passages(TEXTS), reference.encode_passages(TEXTS), atol=1e-4)
    np.testing.assert_allclose(shipped.encode_questions(TEXTS), reference.encode_questions(TEXTS), atol=1e-4)


def test_rows_are_unit_vectors_and_only_empty_texts_are_zero(shipped: Encoder) -> None:
    rows = shipped.encode_passages(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), shipped.dimensions)
    lengths = [0.0 if not text.strip() else 1.0 for text in TEXTS]
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), lengths, atol=1e-5)


def test_no_texts_give_no_rows(shipped: Encoder, reference: TransformerEncoder) -> None:
    for encoder in (shipped, reference):
        assert encoder.encode_passages([]).shape == (0, encoder.dimensions)


def test_the_same_text_gives_the_same_vector_alone_and_in_company(shipped: Encoder) -> None:
    together = shipped.encode_passages(PASSAGES)
    alone = np.concatenate([StaticEncoder.load(SHIPPED).encode_passages([text]) for text in PASSAGES])
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize(("question", "passage"), QUESTIONS)
def test_a_question_finds_its_passage(shipped: Encoder, question: str, passage: int) -> None:
    assert best(shipped, question) == passage


@pytest.mark.parametrize(("question", "passage"), QUESTIONS)
def test_a_question_without_marks_finds_the_same_passage(shipped: Encoder, question: str, passage: int) -> None:
    assert best(shipped, strip_marks(question)) == passage


@pytest.mark.parametrize(("question", "passage"), ENGLISH)
def test_an_english_question_finds_the_vietnamese_passage(shipped: Encoder, question: str, passage: int) -> None:
    assert best(shipped, question) == passage


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Uỷ", "hoà", "hòa", "thuỷ", "quý", "Quỹ", "khoẻ", "xã", "loè", "KẾ HOẠCH"]),
        min_size=1,
    )
)
def test_case_normal_form_and_tone_place_make_no_difference(words: list[str]) -> None:
    text = " ".join(words)
    forms = [text, key(text), text.upper(), unicodedata.normalize("NFD", text), f"\u200b {text}\u00a0"]
    rows = load_encoder().encode_questions(forms)
    np.testing.assert_array_equal(rows, np.repeat(rows[:1], len(forms), axis=0))


def test_the_shipped_model_loads_without_torch() -> None:
    code = (
        "import sys; from retrieval.embed import load_encoder; load_encoder().encode_questions(['a']);"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_the_name_tells_weights_apart(shipped: Encoder, tmp_path: Path) -> None:
    copy = tmp_path / SHIPPED.name
    shutil.copytree(SHIPPED, copy)
    assert load_encoder(str(copy)).name == shipped.name
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    changed = StaticEncoder.load(copy)
    assert changed.name != shipped.name
    assert changed.name.startswith(f"{SHIPPED.name}@")


def test_another_folder_goes_through_sentence_transformers_with_its_prompts(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-e5"
    shutil.copytree(SHIPPED, folder)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    (folder / "modules.json").write_text(json.dumps(modules[:1]), encoding="utf-8")
    encoder = load_encoder(str(folder))
    assert isinstance(encoder, TransformerEncoder)
    plain = load_encoder().encode_passages(["query: dự án", "passage: dự án"])
    np.testing.assert_allclose(encoder.encode_questions(["dự án"]), plain[:1], atol=1e-4)
    np.testing.assert_allclose(encoder.encode_passages(["dự án"]), plain[1:], atol=1e-4)


def test_the_transformer_that_ships_is_an_option_by_its_name() -> None:
    encoder = load_encoder("planqa-transformer")
    assert isinstance(encoder, TransformerEncoder)
    asked = ["Ai cấp giấy phép lái xe?", "Which office issues driving licences?"]
    told = ["Sở Giao thông vận tải cấp giấy phép lái xe.", "Trường mầm non mở cửa từ tháng chín."]
    near = encoder.encode_questions(asked) @ encoder.encode_passages(told).T
    assert near.shape == (2, 2)
    assert (near[:, 0] > near[:, 1]).all()


def test_an_unknown_name_is_one_clear_sentence_when_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelMissing, match=r"model no-such/model cannot be loaded: .*HF_HUB_OFFLINE"):
        load_encoder("no-such/model")


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"no model at all"])
def test_a_damaged_model_is_one_clear_sentence(tmp_path: Path, broken: str, content: bytes | None) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(SHIPPED, folder)
    (folder / broken).unlink()
    if content is not None:
        (folder / broken).write_bytes(content)
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        load_encoder(str(folder))


def test_a_tokenizer_of_another_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    shutil.copytree(SHIPPED, folder)
    saved = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    saved["model"]["vocab"] = saved["model"]["vocab"][:-1]
    (folder / "tokenizer.json").write_text(json.dumps(saved), encoding="utf-8")
    with pytest.raises(ModelMissing, match="do not belong together"):
        load_encoder(str(folder))
