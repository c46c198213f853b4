"""The matcher's training, on made-up matters: it learns which passage answers, a seed fixes it, and it is calibrated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from sentence_transformers import CrossEncoder

from retrieval.embed import SHIPPED, StaticEncoder
from retrieval.match import Matcher
from retrieval.training.cases import Case
from retrieval.training.matching import Matching, area, calibrate, judge, near_cases, train
from retrieval.training.sources import Pair

MATTERS = (
    ("Ai bố trí ngân sách?", "Sở Tài chính cân đối ngân sách và bố trí kinh phí hằng năm"),
    ("Ai chăm sóc sức khỏe?", "Sở Y tế tổ chức khám bệnh và tiêm chủng cho nhân dân"),
    ("Ai dạy trẻ em đọc?", "Trường tiểu học mở lớp xóa mù chữ trong thôn bản"),
    ("Ai giữ gìn rừng?", "Hạt Kiểm lâm tuần tra, bảo vệ rừng phòng hộ đầu nguồn"),
)
CASES = [
    Case(question, f"{answer}. Khoản {number}.", tuple(other for _, other in MATTERS if other != answer))
    for number in range(6)
    for question, answer in MATTERS
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    torch.set_num_threads(1)
    return StaticEncoder.load(SHIPPED)


def trained(encoder: StaticEncoder, passes: float) -> Matching:
    torch.manual_seed(3)
    model = Matching(encoder)
    train(model, CASES, passes=passes, seed=3)
    return model


def test_it_learns_which_passage_answers_and_a_seed_gives_equal_weights(encoder: StaticEncoder, tmp_path: Path) -> None:
    torch.manual_seed(3)
    scores, right = judge(Matching(encoder), CASES)
    assert area(scores, right) < 0.9
    first, second = trained(encoder, 10), trained(encoder, 10)
    scores, right = judge(first, CASES)
    assert area(scores, right) == 1.0
    for name, model in (("a", first), ("b", second)):
        (tmp_path / name).mkdir()
        model.save(str(tmp_path / name))
    one, other = (load_file(tmp_path / name / "model.safetensors") for name in ("a", "b"))
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_a_calibrated_model_says_how_often_it_is_right(encoder: StaticEncoder) -> None:
    model = trained(encoder, 0)
    # A quarter of the pairs is right, and the untrained model cannot tell which.
    calibrate(model, CASES)
    scores, right = judge(model, CASES)
    assert abs(float((1 / (1 + np.exp(-scores))).mean()) - float(right.mean())) < 0.02


def test_what_was_trained_is_read_by_numpy_and_by_sentence_transformers(encoder: StaticEncoder, tmp_path: Path) -> None:
    (tmp_path / SHIPPED.name).symlink_to(SHIPPED)
    folder = tmp_path / "matcher"
    CrossEncoder(modules=[trained(encoder, 5)]).save(str(folder), create_model_card=False)
    theirs = CrossEncoder(str(folder), trust_remote_code=True, device="cpu").predict([MATTERS[0], MATTERS[1]])
    matcher = Matcher.load(folder)
    ours = [matcher.probabilities(question, matcher.read([answer]))[0] for question, answer in MATTERS[:2]]
    assert np.allclose(ours, theirs, atol=1e-3)


def test_near_passages_are_wrong_ones_the_nearest_first(encoder: StaticEncoder) -> None:
    pairs = [Pair(question, answer, "law-title") for question, answer in MATTERS]
    pairs.append(Pair("Ngân sách", "Ngân sách nhà nước do Sở Tài chính bố trí.", "law-title"))
    found = near_cases(pairs, encoder)[0]
    assert found.wrong[0] == pairs[-1].positive
    assert found.right not in found.wrong
    assert len(found.wrong) == 4


def test_the_area_under_the_curve_counts_won_pairs() -> None:
    assert area(np.array([3, 2, 1, 0], dtype=np.float32), np.array([True, False, True, False])) == 0.75
