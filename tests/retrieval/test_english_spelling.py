"""English questions with slips, names of places in short, and questions half in Vietnamese."""

from __future__ import annotations

import doctest
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.english_spelling
from retrieval.engine import Engine
from retrieval.english_spelling import corrected
from retrieval.question import language_of
from retrieval.types import Question


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(retrieval.english_spelling).failed == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Whcih commitee coordiantes the progam?", "Which committee coordinates the program?"),
        ("how mnay housholds benifit", "how many households benifit"),  # a letter for another is left: too much is near
        ("Is the decison singed?", "Is the decision singed?"),
    ],
)
def test_a_slip_is_put_right(written: str, meant: str) -> None:
    assert corrected(written)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "What is the ceiling price of portable filters, roughly?",
        "Who pays for the trucks and the shrines in Krong Bong?",
        "Kế hoạch nào của UBND tỉnh?",
        "nguoi dan duoc ho tro gi",
        "",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert corrected(text) == (text, ())


@given(st.text(max_size=60))
def test_any_text_is_read_and_only_words_change(text: str) -> None:
    read, changed = corrected(text)
    assert (read != text) == bool(changed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How big is the Đồng Măng site in Thượng Cửu Hạ?", "en"),
        ("Who is the director of Công ty Cổ phần Cấp nước Buôn Hồ?", "en"),
        ("how r water fees split, % pls", "en"),
        ("umbrella", "en"),
        ('Whose money is "vốn đối ứng"?', "en"),
        ("to truong to 10 phuong nguyen trai ten gi", "vi"),
        ("Homestay nào có internet và nhà tắm riêng?", "vi"),
        ("du an nao do so y te chu tri", "vi"),
        # Keys of Telex are no English, though no Vietnamese word is written so.
        ("DDown vij naof chur trif Duwj ans 8 cuar Bawcs Kanj?", "vi"),
        ("Kees hoachj cuar Tam DDuowngf do ai kys?", "vi"),
        ("ai kys kees hoachj?", "vi"),
        ("Does the add-on cost of Aaron's plan appear anywhere?", "en"),
        ("Dự án 8?", "vi"),
        ("", "vi"),
    ],
)
def test_the_language_of_a_question(text: str, language: str) -> None:
    assert language_of(text) == language


PLAN = """ỦY BAN NHÂN DÂN
THỊ XÃ BÌNH HỒ

Số: 77/KH-UBND

Bình Hồ, ngày 09 tháng 01 năm 2025

KẾ HOẠCH

Sửa chữa hồ chứa nước năm 2025

1. Việc sửa chữa hồ chứa Sông Lam hoàn thành trước ngày 30 tháng 6 năm 2025.

2. Phòng Kinh tế chủ trì kiểm tra an toàn hồ chứa, báo cáo trước ngày 15 tháng 4 năm 2025.
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(
        {
            "2025-binh-ho-ho-chua": PLAN,
            "2025-tan-dong": PLAN.replace("BÌNH HỒ", "TÂN ĐÔNG").replace("Bình Hồ", "Tân Đông"),
        }
    )


@pytest.mark.parametrize("place", ["BH town", "BHồ", "Binh Ho"])
def test_a_place_in_short_says_which_plan_is_meant(engine: Engine, place: str) -> None:
    answer = engine.ask(Question(text=f"When must the repair of the Song Lam resevoir in {place} be completed?"))
    assert "30 tháng 6 năm 2025" in answer.text
    assert {one.document for one in answer.citations} == {"2025-binh-ho-ho-chua"}


def test_what_was_put_right_is_told(engine: Engine) -> None:
    answer = engine.ask(Question(text="When must the repair of the resevoir in Binh Ho be completed?"))
    assert any("resevoir → reservoir" in step for step in answer.steps)
