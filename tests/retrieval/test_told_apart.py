"""Plans of one place told apart by their month, legal texts by their short numbers, and what each of them leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

SPRING = """\
ỦY BAN NHÂN DÂN
HUYỆN LONG KHÊ
Số: 18/KH-UBND

Long Khê, ngày 06 tháng 3 năm 2024

KẾ HOẠCH
Phát triển nghề nuôi ong lấy mật

I. MỤC TIÊU ĐẾN NĂM 2026

Có 120 hộ nuôi ong, sản lượng mật đạt 40 tấn.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp

Mở 12 lớp tập huấn nuôi ong cho các hộ; kiểm tra chất lượng mật trước khi đóng gói.

2. Ủy ban nhân dân các xã

Rà soát các hộ đăng ký nuôi ong; định kỳ báo cáo Phòng Nông nghiệp trước ngày 20 tháng 12 hằng năm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH


Đinh Văn Ong
"""

AUTUMN = """\
ỦY BAN NHÂN DÂN
HUYỆN LONG KHÊ
Số: /KH-UBND

Long Khê, ngày      tháng 10 năm 2024

KẾ HOẠCH
Bảo tồn nghề dệt thổ cẩm

I. MỤC TIÊU ĐẾN NĂM 2026

Có 65 hộ dệt thổ cẩm, mở 4 ngành hàng mới, 10 đồng chí cán bộ xã được cử theo dõi.

II. TỔ CHỨC THỰC HIỆN

Phòng Văn hóa lập danh sách nghệ nhân (NN) và báo cáo khi có yêu cầu.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH


Lò Thị Sợi
"""

DECREE = """\
CHÍNH PHỦ
Số: 91/2023/NĐ-CP

Hà Nội, ngày 02 tháng 8 năm 2023

NGHỊ ĐỊNH
Về làng nghề truyền thống

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về công nhận làng nghề truyền thống.

Điều 2. Hồ sơ

Trong thời hạn 15 ngày làm việc kể từ ngày nhận hồ sơ, Ủy ban nhân dân cấp huyện trả kết quả công nhận làng nghề truyền thống.

Điều 3. Sở Công Thương

Sở Công Thương có trách nhiệm sau đây:

1. Lập sổ theo dõi làng nghề truyền thống.

2. Tổ chức hội chợ làng nghề mỗi năm một lần.

Điều 4. Hiệu lực thi hành

1. Nghị định này có hiệu lực thi hành từ ngày 20 tháng 9 năm 2023.

2. Nghị định số 66/2006/NĐ-CP ngày 07 tháng 7 năm 2006 hết hiệu lực kể từ ngày Nghị định này có hiệu lực.

TM. CHÍNH PHỦ
THỦ TƯỚNG


Trần Thị Khung
"""


@pytest.fixture(scope="module")
def district(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"ong": SPRING, "det": AUTUMN, "nghi-dinh": DECREE})


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Kế hoạch tháng 10/2024 của huyện Long Khê đặt mục tiêu bao nhiêu hộ?", "det"),
        ("Kế hoạch của huyện Long Khê ban hành tháng 3 năm 2024 đặt mục tiêu bao nhiêu hộ?", "ong"),
        ("How many households does Long Khê's October 2024 plan aim for?", "det"),
    ],
)
def test_the_month_of_a_plan_says_which_it_is(district: Engine, question: str, document: str) -> None:
    # What is asked of it is too little to be sure of an answer; what is near is told of that plan and no other.
    assert district.answerer.understood(Question(text=question)).asked.scope.documents == (document,)
    assert {one.document for one in district.ask(Question(text=question)).citations} <= {document}


def test_the_year_that_names_a_plan_is_not_asked_of_its_statements(district: Engine) -> None:
    answer = district.ask(
        Question(text="Theo kế hoạch tháng 3/2024 của huyện Long Khê, đến 2026 có bao nhiêu hộ nuôi ong?")
    )
    assert "120 hộ" in answer.text


def test_a_period_is_met_by_the_year_it_ends_with(district: Engine) -> None:
    answer = district.ask(Question(text="Giai đoạn 2024 - 2026 huyện Long Khê phấn đấu sản lượng mật bao nhiêu tấn?"))
    assert "40 tấn" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 91/2023 có hiệu lực từ ngày nào?",
        "Nghị định về làng nghề truyền thống bắt đầu áp dụng từ khi nào?",
        "When does Decree 91/2023 take effect?",
    ],
)
def test_from_when_a_legal_text_is_in_force(district: Engine, question: str) -> None:
    answer = district.ask(Question(text=question))
    assert "20 tháng 9 năm 2023" in answer.text
    assert "66/2006" not in answer.text


def test_what_a_lead_in_opens_comes_with_it(district: Engine) -> None:
    answer = district.ask(Question(text="Sở Công Thương có trách nhiệm gì với làng nghề truyền thống?"))
    assert "sổ theo dõi" in answer.text
    assert "hội chợ" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch dệt thổ cẩm của huyện Long Khê ban hành ngày mấy, tháng mấy, năm nào?",
        "Huyện Long Khê ký kế hoạch bảo tồn nghề dệt vào ngày tháng nào?",
    ],
)
def test_the_month_is_told_where_only_the_day_is_left_blank(district: Engine, question: str) -> None:
    answer = district.ask(Question(text=question))
    assert "tháng 10 năm 2024" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch dệt thổ cẩm cần bao nhiêu tiền?",  # "4 ngành" is no "4 ngàn", "10 đồng chí" are no money
        "KHCM viết tắt của gì?",
        "Đến năm 2040 huyện Long Khê có bao nhiêu hộ nuôi ong?",
    ],
)
def test_what_is_not_said_is_refused(district: Engine, question: str) -> None:
    assert district.ask(Question(text=question)).abstained


def test_what_is_said_of_another_body_only_is_told_as_such(district: Engine) -> None:
    answer = district.ask(Question(text="Phòng Văn hóa huyện Long Khê phải báo cáo trước ngày mấy?"))
    assert answer.abstained or "không nêu điều này cho “Phòng Văn hóa" in answer.text


def test_a_refusal_names_only_what_was_asked_for(district: Engine) -> None:
    answer = district.ask(Question(text="Lớp tập huấn nuôi ong kéo dài mấy ngày?"))
    assert answer.abstained
    assert "chỉ tiêu" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Xã nộp báo cáo nuôi ong trước ngày mấy hằng năm, gửi về phòng nào?",
        "xa nop bao cao nuoi ong truoc ngay may hang nam",
    ],
)
def test_a_report_that_is_sent_is_no_list_of_recipients(district: Engine, question: str) -> None:
    assert "20 tháng 12" in district.ask(Question(text=question)).text


def test_tieu_du_an_are_counted_without_what_stands_below_them(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch thành phố Bắc Kạn 2023 có mấy tiểu dự án thuộc Dự án 5?"))
    assert answer.text.startswith("Có 3")
    assert answer.text.count("Tiểu dự án") == 3


def test_who_signs_and_when_in_english(engine: Engine) -> None:
    answer = engine.ask(Question(text="Who signs the Kien Giang plan and on what date?"))
    assert "Nguyễn Lưu Trung" in answer.text
    assert "04 tháng 3 năm 2021" in answer.text
