"""What is asked of a table itself, and how far days are apart: on documents of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN MƯỜNG ĐÁ

Số: 88/KH-UBND

Mường Đá, ngày 20 tháng 3 năm 2026

KẾ HOẠCH

Chuyển đổi nghề cho thợ khai thác đá

Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh về việc đóng cửa mỏ đá, được triển khai bằng Công văn số 40/SCT-KT ngày 25/01/2026 của Sở Công Thương.

I. CƠ SỞ

Hiện có 60 thợ, trong đó: 25 thợ đã có nghề khác; 20 thợ đang học nghề; 15 thợ chưa đăng ký.

II. THAY THẾ

Kế hoạch này thay thế Kế hoạch số 31/KH-UBND ngày 02/02/2024 của UBND huyện; Kế hoạch số 45/KH-UBND ngày 09/9/2024 của UBND huyện.

BIỂU PHÂN CÔNG NHIỆM VỤ

| STT | Nội dung thực hiện | Phòng chủ trì | Hạn |
|---|---|---|---|
| 1 | Lập danh sách thợ đá | Phòng Nội vụ | Tháng 4 |
| 2 | Mở lớp chế tác đá mỹ nghệ | Trung tâm dạy nghề | Tháng 6 |
| 3 | Cho vay vốn mua máy | Ngân hàng Chính sách xã hội | Tháng 9 |

CHỦ TỊCH

Giàng A Lử
"""

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN MƯỜNG ĐÁ

Số: 204/QĐ-UBND

Mường Đá, ngày 30 tháng 5 năm 2026

QUYẾT ĐỊNH

Về việc hỗ trợ hộ trồng chè dây

Điều 1. Hỗ trợ 2 triệu đồng một héc ta cho hộ trồng chè dây (phân bón do huyện cấp. Giống do hộ tự lo, huyện chỉ hướng dẫn cách ươm trồng theo quy trình).

Điều 2. Quyết định này có hiệu lực kể từ ngày    tháng    năm 2026.

CHỦ TỊCH

Giàng A Lử
"""


@pytest.fixture(scope="module")
def district(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"tho-da": PLAN, "che-day": DECISION})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Dòng số 2 của biểu phân công nhiệm vụ giao việc gì, cho ai?", ("chế tác đá", "Trung tâm dạy nghề")),
        ("Biểu phân công nhiệm vụ gồm những cột nào?", ("4 cột", "Phòng chủ trì", "Hạn")),
        ("Biểu phân công nhiệm vụ có mấy đầu việc?", ("Có 3",)),
        ("In the task table, what does item number 3 say?", ("Ngân hàng Chính sách xã hội",)),
        ("How many items are there in the task table?", ("3",)),
    ],
)
def test_what_is_asked_of_a_table(district: Engine, question: str, stated: tuple[str, ...]) -> None:
    answer = district.ask(Question(text=question))
    assert all(one in answer.text for one in stated), answer.text
    assert answer.citations


def test_a_row_that_the_table_does_not_have(district: Engine) -> None:
    answer = district.ask(Question(text="Dòng số 9 của biểu phân công nhiệm vụ giao việc gì?"))
    assert "STT: 9" not in answer.text
    assert answer.abstained or "(9)" not in answer.text


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("Kế hoạch chuyển nghề thợ đá và quyết định hỗ trợ chè dây ban hành cách nhau bao nhiêu ngày?", "71 ngày"),
        ("How many days apart were the stone workers plan and the decision on chè dây issued?", "71 days"),
        ("Sau quyết định đóng cửa mỏ đá của tỉnh thì bao nhiêu ngày sau Sở Công Thương mới có công văn?", "20 ngày"),
    ],
)
def test_how_far_days_are_apart(district: Engine, question: str, apart: str) -> None:
    assert apart in district.ask(Question(text=question)).text


def test_what_a_number_is_made_of_comes_with_it(district: Engine) -> None:
    answer = district.ask(Question(text="Hiện có bao nhiêu thợ đá, bao nhiêu người chưa đăng ký học?"))
    assert "60 thợ" in answer.text
    assert "15 thợ chưa đăng ký" in answer.text


def test_all_that_a_document_replaces_is_given(district: Engine) -> None:
    answer = district.ask(Question(text="Kế hoạch chuyển nghề thợ đá thay thế những kế hoạch cũ nào?"))
    assert "31/KH-UBND" in answer.text
    assert "45/KH-UBND" in answer.text


def test_a_bracket_is_given_to_its_end(district: Engine) -> None:
    answer = district.ask(Question(text="Hộ trồng chè dây được hỗ trợ bao nhiêu một héc ta?"))
    assert "2 triệu đồng" in answer.text
    assert "Giống do hộ tự lo" in answer.text


def test_a_day_in_force_that_is_left_blank_is_said_to_be(district: Engine) -> None:
    answer = district.ask(Question(text="Quyết định hỗ trợ trồng chè dây có hiệu lực từ ngày nào?"))
    assert answer.abstained
    assert "để trống" in answer.text


def test_documents_of_a_day_are_told_by_it(district: Engine) -> None:
    answer = district.ask(Question(text="Văn bản của UBND huyện ban hành ngày 30/5/2026 mang số bao nhiêu?"))
    assert "204/QĐ-UBND" in answer.text
    assert "88/KH-UBND" not in answer.text


def test_who_leads_is_told_where_a_body_that_no_document_has_is_taken_to(district: Engine) -> None:
    answer = district.ask(Question(text="Phòng Y tế chủ trì lập danh sách thợ đá như thế nào?"))
    assert "Phòng Y tế" in answer.text
    assert "Phòng Nội vụ" in answer.text
