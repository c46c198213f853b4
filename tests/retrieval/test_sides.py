"""Questions about several places: each side is a question of its own."""

from __future__ import annotations

import pytest

from retrieval.answer.library import Library
from retrieval.answer.scope import find_scope, numbers_of
from retrieval.answer.sides import sides
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.types import Question


@pytest.fixture(scope="module")
def library(index: Index) -> Library:
    return Library(index, index.speller)


def asked(library: Library, text: str) -> dict[str, str]:
    scope = find_scope(text, library, numbers_of(library), (), ())
    return {side.place: side.text for side in sides(text, scope, library)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hạn báo cáo của Kiên Giang và Bắc Giang là ngày nào?",
            {
                "Kiên Giang": "Hạn báo cáo Kiên Giang là ngày nào?",
                "Bắc Giang": "Hạn báo cáo Bắc Giang là ngày nào?",
            },
        ),
        (
            "Vốn đối ứng: ở Kiên Giang sở nào lo, còn ở huyện Tam Đường phòng nào lo?",
            {
                "Kiên Giang": "Vốn đối ứng, ở Kiên Giang sở nào lo",
                "Tam Đường": "Vốn đối ứng, còn ở huyện Tam Đường phòng nào lo?",
            },
        ),
        (
            "Cơ quan thường trực ở Kiên Giang, Bắc Giang và huyện Tam Đường là ai?",
            {
                "Kiên Giang": "Cơ quan thường trực Kiên Giang là ai?",
                "Bắc Giang": "Cơ quan thường trực Bắc Giang là ai?",
                "Tam Đường": "Cơ quan thường trực Tam Đường là ai?",
            },
        ),
        ("Cơ quan thường trực ở Kiên Giang là ai?", {}),
        ("Cơ quan thường trực ở Kiên Giang và Cà Mau là ai?", {}),
        ("Cơ quan thường trực là ai?", {}),
    ],
)
def test_each_place_is_asked_for_itself(library: Library, question: str, expected: dict[str, str]) -> None:
    assert asked(library, question) == expected


def test_an_answer_for_two_places_has_a_part_for_each(engine: Engine) -> None:
    question = "Cơ quan thường trực ở Kiên Giang và ở huyện Tam Đường là ai?"
    answer = engine.ask(Question(text=question))
    assert {one.document for one in answer.citations} == {"2021-kien-giang-42-kh-ubnd", "2021-tam-duong-kh-ubnd"}
    assert "Ban Dân tộc" in answer.text
    assert "Phòng Dân tộc" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Giám đốc Sở Tài chính Kiên Giang là ai?",
        "Who is the director of the Department of Finance in Kien Giang?",
        "Kiên Giang có bao nhiêu con trâu thuộc hộ dân tộc thiểu số?",
        "Báo cáo 9 tháng của các sở ngành Kiên Giang phải gửi trước ngày nào?",
    ],
)
def test_persons_counts_and_numbers_that_no_passage_has_are_refused(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained
