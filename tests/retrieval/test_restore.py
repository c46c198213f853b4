"""The diacritics restorer: what it restores, and what it must leave alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import early_tone, fold, key, strip_marks
from retrieval.restore import WORD, Restorer, is_syllable

CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
# Sentences of administrative Vietnamese that stand in no document here.
SENTENCES = (
    "Cơ quan nào chủ trì thực hiện Dự án 8 của thành phố?",
    "Sở Tài chính có nhiệm vụ gì trong kế hoạch này?",
    "Kinh phí thực hiện Tiểu dự án 2 là bao nhiêu?",
    "Mục tiêu giảm tỷ lệ hộ nghèo đến năm 2025 là gì?",
    "Ủy ban nhân dân xã phải báo cáo kết quả trước ngày nào?",
    "Đơn vị nào chịu trách nhiệm hướng dẫn các địa phương?",
    "Hội Liên hiệp Phụ nữ phối hợp với ai để tuyên truyền?",
)


@pytest.fixture(scope="module")
def general() -> Restorer:
    """What the shipped table alone restores."""
    return Restorer.learn(())


@pytest.fixture(scope="module")
def learnt() -> Restorer:
    """Learnt from all documents but the first."""
    return Restorer.learn(path.read_text(encoding="utf-8") for path in DOCUMENTS[1:])


def share_right(restorer: Restorer, text: str) -> float:
    """The share of the syllables of ``text`` that come back when its marks are taken away."""
    whole = key(text)
    restored = early_tone(restorer.restore(strip_marks(whole)))
    places = [match for match in WORD.finditer(whole) if is_syllable(match.group())]
    return sum(restored[one.start() : one.end()] == one.group() for one in places) / len(places)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_question_typed_without_marks_gets_them_back(general: Restorer, sentence: str) -> None:
    assert general.restore(strip_marks(sentence)) == sentence


def test_a_document_is_restored_from_the_other_documents(learnt: Restorer, general: Restorer) -> None:
    lines = [line for line in DOCUMENTS[0].read_text(encoding="utf-8").splitlines() if len(WORD.findall(line)) > 6]
    with_others = sum(share_right(learnt, line) for line in lines) / len(lines)
    assert with_others >= 0.97
    assert with_others >= sum(share_right(general, line) for line in lines) / len(lines)


def test_the_words_of_the_documents_win_over_general_ones(general: Restorer) -> None:
    assert "Nà Pịt" not in general.restore("thon Na Pit")
    learnt = Restorer.learn(["Thôn Nà Pịt thuộc xã. Nhà văn hóa thôn Nà Pịt."] * 5)
    assert learnt.restore("nha van hoa thon Na Pit o dau") == "nhà văn hóa thôn Nà Pịt ở đâu"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_question_with_its_marks_is_returned_as_it_is(learnt: Restorer, sentence: str) -> None:
    assert learnt.restore(sentence) is sentence


@pytest.mark.parametrize(
    "question",
    [
        "Which agency leads Project 8 in the plan?",
        "What is the total budget for sub-project 2 in 2023?",
        "who is in charge of monitoring and reporting to the committee",
        "Deadline for the annual report",
    ],
)
def test_an_english_question_is_returned_as_it_is(learnt: Restorer, question: str) -> None:
    assert learnt.restore(question) is question


def test_numbers_and_document_numbers_stay_as_they_are(general: Restorer) -> None:
    restored = general.restore("Quyet dinh 2152/QD-TTg ngay 18/12/2020 giao Bo Y te 7.011 trieu dong")
    assert restored == "Quyết định 2152/QD-TTg ngày 18/12/2020 giao Bộ Y tế 7.011 triệu đồng"


def test_the_case_of_every_letter_is_kept(general: Restorer) -> None:
    assert general.restore("SO TAI CHINH chu tri") == "SỞ TÀI CHÍNH chủ trì"


def test_a_question_with_few_marks_keeps_them_and_gets_the_plain_ones(learnt: Restorer) -> None:
    restored = learnt.restore("co quan chủ tri thuc hien ke hoach phat trien kinh te xa hoi")
    assert restored == "cơ quan chủ trì thực hiện kế hoạch phát triển kinh tế xã hội"


def test_nothing_comes_out_of_nothing(general: Restorer) -> None:
    assert [general.restore(text) for text in ("", "   ", "?!", "2152")] == ["", "   ", "?!", "2152"]


def test_a_restorer_survives_json() -> None:
    learnt = Restorer.learn(["Thôn Nà Pịt thuộc xã. Nhà văn hóa thôn Nà Pịt."] * 5)
    again = Restorer.from_json(json.loads(json.dumps(learnt.to_json())))
    assert again.to_json() == learnt.to_json()
    assert again.restore("thon Na Pit thuoc xa") == learnt.restore("thon Na Pit thuoc xa") == "thôn Nà Pịt thuộc xã"


@pytest.mark.parametrize("saved", [{}, {"version": 0, "counts": {}}, {"version": 1, "counts": {"1": {}}}])
def test_a_damaged_restorer_is_refused(saved: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no restorer"):
        Restorer.from_json(saved)


WORDS = st.sampled_from(
    [
        "so",
        "tai",
        "chinh",
        "chu",
        "tri",
        "du",
        "an",
        "nao",
        "của",
        "được",
        "Ủy",
        "2021",
        "QD-TTg",
        "the",
        "hoà",
        "ĐBKK",
        "&",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_restoring_never_changes_the_folded_form(text: str) -> None:
    assert fold(Restorer.learn(()).restore(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join))
def test_restoring_twice_is_restoring_once(text: str) -> None:
    once = Restorer.learn(()).restore(strip_marks(text))
    assert Restorer.learn(()).restore(once) == once
