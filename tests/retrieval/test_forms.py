"""What is asked for by its form has to be stated; everyday words stand for administrative ones."""

from __future__ import annotations

import pytest

from retrieval.answer.terms import Topic, Weights, alternatives, bag, without_grammar
from retrieval.engine import Engine
from retrieval.tokens import BREAK, marked_syllables, synonyms
from retrieval.types import Question


@pytest.mark.parametrize(
    "question",
    [
        "Trong 468 triệu đồng tỉnh đối ứng cho thành phố Bắc Kạn, Phòng Nội vụ được bao nhiêu?",
        "Of the 686 million dong for Kien Giang in 2021, how much goes to drinking water?",
        "Trong 73 công trình ngầm, cầu dân sinh thì huyện Yên Thế được bao nhiêu công trình?",
        "Đơn vị ở Kiên Giang nộp báo cáo muộn thì bị phạt ra sao?",
        "Hộ nghèo ở Bắc Giang vay vốn với lãi suất bao nhiêu?",
        "Nhà thầu nào thi công hạ tầng thuộc Dự án 4 của thành phố Bắc Kạn?",
        "Cho biết tên các bản du lịch cộng đồng ở Tam Đường?",
        "How many foreign NGOs work in Kien Giang?",
    ],
)
def test_what_is_not_stated_in_its_form_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Vùng chè tập trung của Tam Đường ở mấy xã nào?", "Bản Bo"),
        ("Năm 2021 Kiên Giang dành bao nhiêu tiền cho Dự án 1?", "686 triệu"),
        ("Ngoài tiền đối ứng, Sở Tài chính Kiên Giang còn làm gì?", "Sở Tài chính"),
    ],
)
def test_what_is_stated_is_given(engine: Engine, question: str, stated: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text


def covered(asks: str, says: str) -> float:
    words = [word if word != BREAK else BREAK for word in marked_syllables(without_grammar(asks))]
    return Topic(words, Weights([bag(marked_syllables(says))])).covered_by(bag(marked_syllables(says)))


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ("chị em", "phụ nữ"),
        ("bà con vay vốn", "đồng bào vay vốn"),
        ("cầm trịch", "chủ trì"),
        ("rút kinh nghiệm", "sơ kết, tổng kết"),
        ("nhà tài trợ góp thêm", "đối tác đóng góp"),
    ],
)
def test_everyday_words_are_met_by_those_of_administration(asks: str, says: str) -> None:
    assert covered(asks, says) > 0.5


def test_a_syllable_inside_another_word_has_no_synonym() -> None:
    assert covered("văn bản", "thôn xóm") == 0
    assert alternatives(("bản",)) != {}
    assert alternatives(("văn", "bản")).get("bản") is None


def test_each_group_of_synonyms_has_words_that_differ() -> None:
    for group in synonyms():
        assert len(group) > 1
        assert len(set(group)) == len(group)
        assert all(word for word in group)
