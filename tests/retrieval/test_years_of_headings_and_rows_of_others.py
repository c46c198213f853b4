"""Years in headings, tasks that a body does not lead, initials, days of the plan itself, one largest sum; our own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """UBND TỈNH KHAU PHẠ
BAN DÂN TỘC

Số: 88/KH-BDT

Khau Phạ, ngày 20 tháng 5 năm 2024

KẾ HOẠCH

Triển khai Chương trình phát triển vùng đồng bào dân tộc thiểu số tỉnh Khau Phạ năm 2024

Căn cứ Quyết định số 1462/QĐ-UBND ngày 10/4/2024 của Ủy ban nhân dân tỉnh Khau Phạ về giao nhiệm vụ năm 2024;

Thực hiện Kế hoạch số 275/KH-UBND ngày 06/3/2024 của Ủy ban nhân dân tỉnh Khau Phạ về chương trình năm 2024,

Ban Dân tộc ban hành Kế hoạch như sau:

I. MỤC TIÊU

1. Mục tiêu đến năm 2027

- 70% thôn có đường cứng hóa.

2. Mục tiêu đến năm 2032

- Cơ bản không còn nhà tạm ở các thôn biên giới.

II. KINH PHÍ

1. Dự án 1: Giải quyết đất ở, nước sinh hoạt

Kế hoạch vốn năm 2024: 96 triệu đồng.

2. Dự án 4: Đầu tư cơ sở hạ tầng

Kế hoạch vốn năm 2024: 2.450 triệu đồng.

3. Dự án 6: Bảo tồn văn hóa

Kế hoạch vốn năm 2024: 310 triệu đồng.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Chính sách

Báo cáo kết quả về Phòng Kế hoạch - Tuyên truyền trước ngày 05/12 hằng năm.

2. Phòng Kế hoạch - Tuyên truyền

Tổng hợp, báo cáo Lãnh đạo Ban trước ngày 18/12 hằng năm.

BIỂU PHÂN CÔNG NHIỆM VỤ

| STT | Nội dung thực hiện | Phòng chủ trì | Thời gian |
|---|---|---|---|
| 1 | Rà soát danh sách thôn đặc biệt khó khăn | Các phòng chuyên môn thuộc Ban | Quý II/2024 |
| 2 | Vận động nguồn vốn ngoài nước | Phòng Kế hoạch - Tuyên truyền | Thường xuyên |
| 3 | Giám sát việc sử dụng vốn | Các phòng chuyên môn thuộc Ban | Thường xuyên |

Nơi nhận:
- UBND tỉnh (b/c);
- Ủy ban Dân tộc (b/c);
- Các huyện: Khau Mòn, Púng Tra;
- Lưu: VT.

TRƯỞNG BAN

Giàng A Vừ
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-khau-pha-kh-bdt": PLAN})


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Đến năm nào Khau Phạ cơ bản không còn nhà tạm ở các thôn biên giới?", "2032"),
        ("By what year should 70% of hamlets in Khau Pha have hardened roads?", "2027"),
    ],
)
def test_the_year_that_a_heading_says_is_told_with_what_stands_below_it(
    engine: Engine, question: str, year: str
) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained and year in answer.text, answer.text


def test_tasks_that_a_body_does_not_lead(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Trong biểu phân công của Khau Phạ, nhiệm vụ nào không do các phòng chuyên môn chủ trì?")
    )
    assert "Vận động nguồn vốn ngoài nước" in answer.text, answer.text
    assert "Rà soát" not in answer.text and "Giám sát" not in answer.text


def test_contents_of_a_table_by_who_leads_them(engine: Engine) -> None:
    answer = engine.ask(
        Question(
            text="Trong biểu phân công của Khau Phạ, những nội dung nào do các phòng chuyên môn thuộc Ban chủ trì?"
        )
    )
    assert "Rà soát" in answer.text and "Giám sát" in answer.text and "Vận động" not in answer.text


def test_a_body_by_the_initials_of_its_name(engine: Engine) -> None:
    answer = engine.ask(Question(text="Phòng KH-TT của Khau Phạ báo cáo trước ngày nào?"))
    assert "18/12" in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Quyết định 1462 với Kế hoạch 275 mà Khau Phạ căn cứ cách nhau bn ngày?", "35 ngày"),
        ("How many days passed between Decision 1462 and the date of the Khau Pha plan?", "40 days"),
    ],
)
def test_days_between_documents_that_are_named_by_number_and_the_plan_itself(
    engine: Engine, question: str, days: str
) -> None:
    assert days in engine.ask(Question(text=question)).text


def test_the_largest_and_the_smallest_sum_with_what_they_are_for(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Trong các khoản vốn năm 2024 của Khau Phạ, khoản nào lớn nhất, khoản nào nhỏ nhất?")
    )
    assert "2.450 triệu đồng" in answer.text and "96 triệu đồng" in answer.text
    assert "310" not in answer.text


def test_a_table_of_the_sums_of_several_parts(engine: Engine) -> None:
    answer = engine.ask(Question(text="Lập bảng vốn năm 2024 của Dự án 1, Dự án 4 và Dự án 6 ở Khau Phạ."))
    assert all(one in answer.text for one in ("96 triệu", "2.450 triệu", "310 triệu")), answer.text


def test_to_whom_a_plan_is_sent_as_a_report(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch của Khau Phạ gửi báo cáo (b/c) những nơi nào?"))
    assert "UBND tỉnh (b/c)" in answer.text and "Khau Mòn" not in answer.text


def test_what_is_asked_of_something_in_short_is_not_what_that_stands_for(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    text = PLAN.replace(
        "I. MỤC TIÊU", "Vùng đồng bào dân tộc thiểu số và miền núi (DTTS&MN) gồm 45 thôn.\n\nI. MỤC TIÊU"
    )
    engine = engine_of({"2024-khau-pha-kh-bdt": text})
    answer = engine.ask(Question(text="Mục tiêu về nhà tạm vùng DTTS&MN của Khau Phạ là gì?"))
    assert "không còn nhà tạm" in answer.citations[0].quote
    assert "dân tộc thiểu số và miền núi" in engine.ask(Question(text="DTTS&MN là gì?")).text


def test_the_standing_body_of_whatever_plan_there_is(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    text = PLAN.replace("Báo cáo kết quả về", "Là cơ quan thường trực của Kế hoạch; báo cáo kết quả về")
    engine = engine_of({"2024-khau-pha-kh-bdt": text})
    answer = engine.ask(Question(text="Cơ quan thường trực của kế hoạch là đơn vị nào?"))
    assert not answer.abstained and "Phòng Chính sách" in answer.text


def test_the_parts_that_have_a_sum_each_with_it(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch của Khau Phạ ghi số tiền cho những dự án nào?"))
    assert all(one in answer.text for one in ("96 triệu", "2.450 triệu", "310 triệu")), answer.text
