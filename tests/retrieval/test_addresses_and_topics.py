"""Parts of a document asked for by number, and what a document says about a matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise import fold
from retrieval.answer.address import addresses_asked
from retrieval.engine import Engine
from retrieval.types import Answer, Question

DECISION = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG ĐÁY

Số: 318/QĐ-UBND

Sông Đáy, ngày 12 tháng 4 năm 2024

QUYẾT ĐỊNH

Ban hành quy chế quản lý chợ nông thôn trên địa bàn huyện Sông Đáy

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN SÔNG ĐÁY

Căn cứ Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ về phát triển và quản lý chợ;

Điều 1. Phạm vi điều chỉnh

Quy chế này áp dụng với 14 chợ hạng ba trên địa bàn huyện.

Điều 2. Giờ mở cửa và phí

1. Chợ mở cửa từ 4 giờ đến 18 giờ hằng ngày.

2. Phí chỗ ngồi:

a) Hàng rau, quả: 5.000 đồng một ngày;

b) Hàng thịt, cá: 9.000 đồng một ngày.

Điều 3. Khen thưởng

Ban quản lý chợ có thành tích được Chủ tịch Ủy ban nhân dân huyện tặng giấy khen.

Điều 4. Hiệu lực thi hành

Quyết định này có hiệu lực từ ngày 01 tháng 5 năm 2024.

CHỦ TỊCH

Đỗ Văn Lâm
"""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HẢI TÂY

Số: 77/KH-UBND

Hải Tây, ngày 03 tháng 02 năm 2024

KẾ HOẠCH

Khôi phục nghề dệt chiếu năm 2024 trên địa bàn tỉnh Hải Tây

I. MỤC TIÊU

1. Mục tiêu chung

Giữ nghề dệt chiếu ở 6 làng.

2. Mục tiêu cụ thể

Đào tạo 240 thợ trẻ.

II. NHIỆM VỤ

1. Trồng cói

Phục hồi 85 ha cói ở các xã ven sông.

2. Xúc tiến thương mại

Mở 3 điểm bán hàng tại thành phố; lập trang bán hàng trên mạng.

III. TỔ CHỨC THỰC HIỆN

Sở Công Thương chủ trì thực hiện Kế hoạch này; xét khen thưởng các làng làm tốt.
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"quyet-dinh-cho": DECISION, "ke-hoach-chieu": PLAN})


def ask(engine: Engine, text: str) -> Answer:
    return engine.answerer.answer(Question(text=text))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Điều 3 quyết định 318/QĐ-UBND nói về gì?", "giấy khen"),
        ("dieu 1 cua quyet dinh Sông Đáy quy dinh gi vay", "14 chợ hạng ba"),
        ("What does Article 4 of the Sông Đáy decision say?", "01 tháng 5 năm 2024"),
        ("điểm b khoản 2 Điều 2 quyết định Sông Đáy ghi gì?", "9.000 đồng"),
        ("nội dung mục II.2 kế hoạch Hải Tây", "3 điểm bán hàng"),
        ("Mục I.2 kế hoạch Hải Tây nêu gì?", "240 thợ trẻ"),
        ("Phần II kế hoạch Hải Tây gồm những mục nào?", "Trồng cói"),
        ("Điều 2 Quyết định Sông Đáy", "Giờ mở cửa và phí"),
    ],
)
def test_a_part_is_found_by_its_number(engine: Engine, question: str, said: str) -> None:
    answer = ask(engine, question)
    assert not answer.abstained
    assert said in answer.text
    assert {one.document for one in answer.citations} <= {"quyet-dinh-cho", "ke-hoach-chieu"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Điều 9 quyết định Sông Đáy quy định gì?", "Văn bản không có Điều 9, chỉ có từ Điều 1 đến Điều 4"),
        ("Mục VII kế hoạch Hải Tây nói gì?", "Văn bản không có mục VII, chỉ có từ I đến III"),
        ("Khoản 3 Điều 3 quyết định Sông Đáy nói gì?", "không có khoản 3"),
        ("Điều 5 Nghị định số 60/2024/NĐ-CP quy định gì?", "chỉ dẫn chiếu đến nó"),
    ],
)
def test_a_part_that_is_not_there_is_refused(engine: Engine, question: str, said: str) -> None:
    answer = ask(engine, question)
    assert answer.abstained
    assert said in answer.text


def test_the_same_number_in_several_parts_is_shown_under_each(engine: Engine) -> None:
    answer = ask(engine, "Mục 2 kế hoạch Hải Tây nói gì?")
    assert "Mục tiêu cụ thể" in answer.text
    assert "Xúc tiến thương mại" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Kế hoạch Hải Tây nói gì về xúc tiến thương mại?", "3 điểm bán hàng"),
        ("quyet dinh Song Day quy dinh the nao ve khen thuong?", "giấy khen"),
        ("Kế hoạch Hải Tây đề cập gì đến khen thưởng?", "các làng làm tốt"),
        ("What does the Hải Tây plan say about trade promotion?", "3 điểm bán hàng"),
    ],
)
def test_what_is_said_about_a_matter(engine: Engine, question: str, said: str) -> None:
    answer = ask(engine, question)
    assert not answer.abstained
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "điểm số 3 ở Hải Tây ai trông, hôm nào mở?",
        "Điều 2 giao ai chủ trì?",
        "Mục tiêu 2025 là gì?",
        "Phần trăm hộ nghèo là gì?",
        "Dự án 5 nói về gì?",
        "khoản 20 triệu đồng là gì?",
        "chương trình 1719 quy định gì?",
    ],
)
def test_other_numbers_are_no_addresses(question: str) -> None:
    assert addresses_asked(fold(question)) == []


@given(st.text(max_size=120))
def test_any_text_may_be_asked(text: str) -> None:
    for units in addresses_asked(fold(text)):
        assert all(unit.value for unit in units)
