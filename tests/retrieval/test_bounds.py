"""What is said of many numbers at once, on texts and a plan of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.bounds import bounded, bounds, numbers_with_units, within
from retrieval.engine import Engine
from retrieval.types import Question


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("Tổ 12 đến tổ 16", "to", 12, 16),
        ("Hộ chăn nuôi từ 30 con trở lên", "con", 30, None),
        ("mỗi lớp không quá 35 học viên", "hoc", None, 35),
        ("từ 40 đến dưới 60 tuổi", "tuoi", 40, 60),
        ("Từ 3 ha đến 10 ha", "ha", 3, 10),
        ("hợp tác xã có ít nhất 15 thành viên", "thanh", 15, None),
        ("cách trường dưới 2,5 km", "km", None, Decimal("2.5")),
        ("nợ trên 1.200 đồng", "dong", 1200, None),
    ],
)
def test_a_bound_has_its_unit_and_its_ends(text: str, unit: str, low: int | None, high: int | None) -> None:
    assert [(one.unit, one.low, one.high) for one in bounds(text)] == [(unit, low, high)]


@pytest.mark.parametrize("text", ["", "ngày 1 đến ngày 5", "Quyết định số 12/QĐ-UBND", "có 30 con trâu"])
def test_what_sets_no_bound_has_none(text: str) -> None:
    assert bounds(text) == ()


@given(low=st.integers(1, 900), wide=st.integers(1, 90), number=st.integers(1, 999))
def test_a_number_is_within_a_range_or_not(low: int, wide: int, number: int) -> None:
    assert within(f"nhà tôi ở tổ {number}", f"Tổ {low} đến tổ {low + wide}") == (low <= number <= low + wide)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    bounds(text)
    numbers_with_units(text)


def test_a_bound_in_another_unit_says_nothing_of_a_number() -> None:
    assert bounded("100", "mời 100 người được không", "mỗi buổi không quá 80 người, thời lượng 120 phút")
    assert not bounded("100", "mời 100 người được không", "mỗi buổi không quá 120 phút")


PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG BẾN ĐÁ

Số: 19/KH-UBND

Bến Đá, ngày 03 tháng 3 năm 2025

KẾ HOẠCH

Thu gom rác thải sinh hoạt năm 2025

I. QUY ĐỊNH CHUNG

Mỗi buổi tập huấn phân loại rác không quá 45 người, kéo dài 90 phút.

II. LỊCH THU GOM

Bảng 1. Giờ xe đến lấy rác

| Khu vực | Rác hữu cơ | Rác tái chế |
|---|---|---|
| Tổ 1 đến tổ 6 | 17 giờ | Thứ ba |
| Tổ 7 đến tổ 13 | 18 giờ 15 | Thứ tư |
| Tổ 14 đến tổ 20 | 19 giờ 40 | Thứ sáu |
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2025-ben-da-rac": PLAN})


def test_a_row_that_holds_a_number_in_its_range_answers(engine: Engine) -> None:
    assert "19 giờ 40" in engine.ask(Question(text="Tổ 17 phường Bến Đá thì mấy giờ xe lấy rác hữu cơ?")).text


def test_the_bound_answers_a_question_with_a_number_of_its_own(engine: Engine) -> None:
    answer = engine.ask(Question(text="Một buổi tập huấn phân loại rác mời 60 người được không?"))
    assert not answer.abstained
    assert "không quá 45 người" in answer.text
