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
        (
            "How muh does the Minoster's progrmme coost in whihc disrtict?",
            "How much does the Minister's programme cost in which district?",
        ),
        ("Does the fotest plan krep its tsrget?", "Does the forest plan keep its target?"),  # the key beside
        ("Who leads Prohect 9 and Projetc 10?", "Who leads Project 9 and Project 10?"),
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


@pytest.mark.parametrize(
    "text",
    [
        "The con Hooij Phu nuwx?",
        "DA6 veef VH gawns DL duoc boos tris bao nhieeu tien?",
        "Vungf che tap trung tinhs lamf o nhung xa naof?",
        "The61 mo vao thang1 ma6y1?",
    ],
)
def test_keys_behind_syllables_are_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "What is the list of groups under its plan for the poor?",
        "For the first four years our users see fees and floors.",
        "Does this bus pass the laws of the press?",
    ],
)
def test_english_words_that_look_keyed_are_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the number of the Thanh Sonn plan?", "31/KH-UBND"),
        ("so cua ke hoach Thahn Son la gi?", "31/KH-UBND"),
        ("ke hoachj Thanh Sown do ai kys?", "Hà Văn Thắng"),
    ],
)
def test_a_misspelt_place_or_word_is_read_by_every_rule(
    engine_of: Callable[[Mapping[str, str]], Engine], question: str, said: str
) -> None:
    engine = engine_of({"thanh-son": THANH_SON, "cam-khe": CAM_KHE})
    assert said in engine.answerer.answer(Question(text=question)).text


def test_of_two_places_alike_each_is_itself(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    near = THANH_SON.replace("Thanh Sơn", "Krông Pắc").replace("31/KH", "66/KH")
    engine = engine_of({"krong-pac": near, "krong-pa": near.replace("Krông Pắc", "Krông Pa").replace("66/KH", "77/KH")})
    for place, number in (("Krông Pắc", "66/KH-UBND"), ("Krông Pa", "77/KH-UBND")):
        answer = engine.answerer.answer(Question(text=f"Số của kế hoạch huyện {place} là gì?"))
        assert number in answer.text


THANH_SON = """UBND HUYỆN THANH SƠN

Số: 31/KH-UBND

Thanh Sơn, ngày 11 tháng 3 năm 2024

KẾ HOẠCH

Trồng rừng gỗ lớn trên địa bàn huyện Thanh Sơn năm 2024

I. MỤC TIÊU

Trồng mới 640 ha rừng gỗ lớn.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Hà Văn Thắng
"""
CAM_KHE = THANH_SON.replace("Thanh Sơn", "Cẩm Khê").replace("31/KH", "52/KH").replace("Hà Văn Thắng", "Lê Thị Mơ")
