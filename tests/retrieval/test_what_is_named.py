"""Rows that have just what is said of them, figures that stand side by side, and what a statement lacks; our own plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.constraints import lacks_what_is_named
from retrieval.engine import Engine
from retrieval.tokens import spell_out
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN LŨNG PHÌN

Số: 57/KH-UBND

Lũng Phìn, ngày 03 tháng 3 năm 2024

KẾ HOẠCH

Phát triển nghề nuôi ong giai đoạn 2024 - 2028

Căn cứ Nghị quyết số 38/NQ-HĐND ngày 12 tháng 12 năm 2023 của Hội đồng nhân dân huyện về phát triển nghề nuôi ong;

Thực hiện Công văn số 415/SNN-CN ngày 09 tháng 02 năm 2024 của Sở Nông nghiệp và Phát triển nông thôn, Ủy ban nhân dân huyện xây dựng kế hoạch như sau:

I. TÌNH HÌNH

1. Năm 2023, toàn huyện thu 61.400 lít mật, 320 lít sữa ong chúa, giảm 2.150 lít so với năm 2022.

2. Tỷ lệ đàn ong nhiễm bệnh là 14,2%, giảm 3,1 điểm phần trăm so với cuối năm 2022.

3. Đợt rét tháng 01 năm 2024 làm chết 410 đàn ong nội, mất 95 đàn ong ngoại, suy yếu 630 đàn.

4. Cần dựng 240 nhà thùng, trong đó năm 2024 dựng 90 nhà, năm 2025 dựng 85 nhà, số còn lại dựng trong năm 2026.

5. Chọn 4 mô hình nuôi ong gắn với du lịch để làm điểm.

II. GIẢI PHÁP

1. Mở lớp học nghề đợt 1 trong tháng 5 năm 2024 tại nhà văn hóa thị trấn.

2. Người học nghề không phải đóng học phí.

3. Doanh nghiệp bao tiêu mật cho các tổ nuôi ong.

Bảng 1. Các tổ nuôi ong

| Tổ | Xã | Hạng | Số thành viên | Sản lượng (lít/năm) | Năm công nhận |
|---|---|---|---|---|---|
| Tổ Sủng Là | Tả Lùng | 2 | 14 | 5.200 | 2025 |
| Tổ Mã Pì | Tả Lùng | 3 | 9 | 3.100 | 2026 |
| Tổ Khau Vai | Giàng Chu | 3 | 22 | 7.400 | 2026 |
| Tổ Hố Quáng | Giàng Chu | 1 | 11 | 4.000 | 2024 |

Bảng 2. Dự toán (triệu đồng)

| Khoản chi | Tỉnh cấp | Huyện cấp | Người dân | Năm 2026 | Năm 2027 - 2028 | Cộng |
|---|---|---|---|---|---|---|
| Thùng ong | 400 | 120 | 80 | 210 | 390 | 600 |
| Lớp học nghề | 0 | 150 | 0 | 50 | 100 | 150 |
| Máy quay mật | 0 | 60 | 40 | 30 | 70 | 100 |
| Tổng cộng | 400 | 330 | 120 | 290 | 560 | 850 |

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Sùng Mí Vừ
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-lung-phin-nuoi-ong": PLAN})


@pytest.mark.parametrize(
    ("question", "named", "others"),
    [
        ("Những tổ nuôi ong nào được công nhận năm 2026?", ("Mã Pì", "Khau Vai"), ("Hố Quáng",)),
        ("Which beekeeping groups are recognised in 2026?", ("Mã Pì", "Khau Vai"), ("Hố Quáng",)),
        ("Các tổ nuôi ong nào thuộc hạng 3?", ("Mã Pì", "Khau Vai"), ("Sủng Là",)),
        (
            "Khoản chi nào trong dự toán nuôi ong mà tỉnh cấp không bỏ đồng nào?",
            ("Lớp học nghề", "Máy quay mật"),
            ("Thùng ong",),
        ),
    ],
)
def test_the_rows_that_have_what_is_said_of_them(
    engine: Engine, question: str, named: tuple[str, ...], others: tuple[str, ...]
) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert all(one in answer.text for one in named), answer.text
    assert not any(one in answer.text for one in others), answer.text


@pytest.mark.parametrize(
    ("question", "result"),
    [
        # The unit that is counted tells the column, in brackets too.
        ("Cộng cả bốn tổ nuôi ong thì một năm được bao nhiêu lít mật?", "= 19.700 lít/năm"),
        ("4 tổ nuôi ong gom lại có bao nhiêu thành viên?", "= 56"),
        ("Tổ Khau Vai chiếm bao nhiêu phần trăm sản lượng của cả bốn tổ nuôi ong?", "37,6%"),
        # Of two figures of a unit that of what is asked rose or fell.
        ("Năm 2022 huyện thu bao nhiêu lít mật ong?", "61.400 + 2.150 = 63.550 lít"),
        ("Cuối năm 2022 tỷ lệ đàn ong nhiễm bệnh là bao nhiêu?", "= 17,3%"),
        ("Đợt rét làm chết và mất tổng số bao nhiêu đàn ong nội và ong ngoại?", "410 + 95 = 505 đàn"),
        ("Năm 2026 còn phải dựng bao nhiêu nhà thùng?", "240 − 90 − 85 = 65 nhà"),
    ],
)
def test_what_figures_side_by_side_come_to(engine: Engine, question: str, result: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert result in answer.text, answer.text


def test_the_whole_is_not_added_to_its_parts(engine: Engine) -> None:
    answer = engine.ask(Question(text="Tổng số nhà thùng và nhà dựng năm 2024 là bao nhiêu?"))
    assert re.search(r"240 \+|\+ 240", answer.text) is None, answer.text


def test_what_fell_is_none_of_another_matter(engine: Engine) -> None:
    answer = engine.ask(Question(text="Năm 2022 huyện trồng được bao nhiêu lít giống cây rừng đầu nguồn?"))
    assert "63.550" not in answer.text


def test_a_difference_is_in_the_unit_that_is_asked_for(engine: Engine) -> None:
    answer = engine.ask(Question(text="Tổ Khau Vai có sản lượng nhiều hơn tổ Mã Pì bao nhiêu lít?"))
    assert "7.400 − 3.100 = 4.300 lít" in answer.text, answer.text


def test_columns_of_the_row_of_totals_are_added(engine: Engine) -> None:
    answer = engine.ask(Question(text="Tổng số vốn tỉnh cấp và huyện cấp cho dự toán nuôi ong là bao nhiêu?"))
    assert "400 + 330 = 730" in answer.text, answer.text


def test_what_did_not_fall_has_no_figure_of_the_year_before(engine: Engine) -> None:
    answer = engine.ask(Question(text="Năm 2022 có bao nhiêu người nuôi ong?"))
    assert "63.550" not in answer.text


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Lớp học nghề nuôi ong đợt 2 mở tháng nào?", True),
        ("Lớp học nghề nuôi ong đợt 1 mở tháng nào?", False),
        ("Lớp học nghề nuôi ong đợt hai mở tháng nào?", True),
        ("Khi nào mở lớp học nghề nuôi ong năm 2025?", True),
        ("Khi nào mở lớp học nghề nuôi ong năm 2024?", False),
        ("Bốn mô hình nuôi ong gắn với du lịch là những mô hình nào?", True),
        ("Có mấy mô hình nuôi ong gắn với du lịch?", False),
        ("Doanh nghiệp nào bao tiêu mật ong cho các tổ?", True),
        ("Riêng năm 2027 khoản thùng ong là bao nhiêu?", True),
        ("Năm 2026 khoản thùng ong là bao nhiêu?", False),
        ("When does phase two of the beekeeping classes open?", True),
    ],
)
def test_a_statement_of_another_year_or_label_lacks_what_is_named(engine: Engine, question: str, lacks: bool) -> None:
    answerer = engine.answerer
    asked, read = answerer.reads(Question(text=question))
    told = [one.draft for one, _ in answerer.candidates(Question(text=question))]
    drafts = [
        one
        for one in told
        if one.lines and any(word in one.lines[0].text for word in ("Mở lớp", "Chọn 4", "bao tiêu", "Thùng ong"))
    ]
    assert drafts, [one.text for one in read.best]
    assert any(lacks_what_is_named(asked, answerer._library, one) for one in drafts) is lacks


@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết 38 quy định mức hỗ trợ nuôi ong bao nhiêu?",
        "What does resolution 38 say about support for beekeeping?",
        "Quy định kèm theo Nghị quyết 38/NQ-HĐND gồm mấy chương?",
    ],
)
def test_what_a_cited_document_says_inside_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert answer.abstained
    assert "38/NQ-HĐND" in answer.text


def test_the_letter_that_is_carried_out_is_named(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch nuôi ong Lũng Phìn làm theo CV nào của Sở Nông nghiệp?"))
    assert not answer.abstained
    assert "415/SNN-CN" in answer.text


def test_that_nothing_is_paid_is_how_much(engine: Engine) -> None:
    answer = engine.ask(Question(text="Người học nghề nuôi ong ở Lũng Phìn phải đóng học phí bao nhiêu tiền?"))
    assert not answer.abstained
    assert "không phải đóng học phí" in answer.text


def test_a_price_is_asked_for_and_none_is_told(engine: Engine) -> None:
    answer = engine.ask(Question(text="Một cái máy quay mật ở Lũng Phìn giá bao nhiêu 1 cái?"))
    assert answer.abstained or re.search(r"\d", answer.text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giá nhiêu 1 bộ", "giá bao nhiêu 1 bộ"),
        ("tuyển mấy ng", "tuyển mấy người"),
        ("tổng bao nhiêu tr", "tổng bao nhiêu triệu"),
        ("h.Lũng Phìn hok có", "huyện Lũng Phìn không có"),
        ("giá tháng t8/2023", "giá tháng tháng 8/2023"),
        ("số 12/KH-UBND của bao nhiêu nơi", "số 12/KH-UBND của bao nhiêu nơi"),
    ],
)
def test_what_is_typed_on_a_telephone_is_written_out(typed: str, meant: str) -> None:
    assert spell_out(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch nuôi ong của Lũng Phìn năm nào kết thúc?",
        "Kees hoachj nuoi ong cuar Lũng Phìn nawm naof keets thucs?",
        "When does the Lũng Phìn beekeeping plan end?",
    ],
)
def test_when_a_plan_ends_is_its_period(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert "2024 - 2028" in answer.text
