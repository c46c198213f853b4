"""What is worked out of one table or one sentence: sums of rows and years, differences, shares, what is left; our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.wanted import wanted
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN KHE SÂU

Số: 41/KH-UBND

Khe Sâu, ngày 12 tháng 02 năm 2024

KẾ HOẠCH

Cấp nước sạch nông thôn giai đoạn 2024 - 2026

I. HIỆN TRẠNG

Toàn huyện có 58 công trình cấp nước tập trung, trong đó 19 công trình đã ngừng hoạt động.

Năm 2023 được giao 12.400 triệu đồng vốn duy tu đường ống, đã giải ngân 9.150 triệu đồng.

Tổ chức Nước Xanh cam kết viện trợ 2,4 triệu USD, đã chuyển 1,5 triệu USD.

Năm 2022 thất thoát 340 m³ nước mỗi ngày đêm; năm 2023 thất thoát 265 m³ mỗi ngày đêm.

Thiệt hại do lũ tại các trạm bơm ước 5,8 tỷ đồng, tăng 1,3 tỷ đồng so với năm 2022.

II. CÔNG TRÌNH

Bảng 1. Danh mục công trình sửa chữa

| TT | Công trình | Xã | Loại | Số hộ dùng nước | Kinh phí (triệu đồng) |
|---|---|---|---|---|---|
| 1 | Suối Bùn | Nậm Pọng | Tự chảy | 140 | 620 |
| 2 | Đồi Chè | Nậm Pọng | Bơm điện | 95 | 810 |
| 3 | Khe Trúc | Mường Hin | Tự chảy | 210 | 540 |
| 4 | Bản Phiêng | Mường Hin | Bơm điện | 60 | 330 |
| 5 | Huổi Sản | Chiềng Đỏ | Tự chảy | 75 | 270 |

Bảng 2. Tình hình đấu nối theo xã

| Xã | Tổng số hộ | Hộ có đồng hồ nước | Tỷ lệ (%) |
|---|---|---|---|
| Nậm Pọng | 900 | 640 | 71,1 |
| Mường Hin | 1.150 | 720 | 62,6 |
| Chiềng Đỏ | 480 | 300 | 62,5 |

III. KINH PHÍ

Bảng 3. Kinh phí theo nguồn (triệu đồng)

| Nguồn vốn | Năm 2024 | Năm 2025 | Năm 2026 | Cộng |
|---|---|---|---|---|
| Ngân sách tỉnh | 4.000 | 3.500 | 2.500 | 10.000 |
| Ngân sách huyện | 1.200 | 1.300 | 1.500 | 4.000 |
| Nhân dân đóng góp | 300 | 350 | 350 | 1.000 |
| Tổng cộng | 5.500 | 5.150 | 4.350 | 15.000 |

Bảng 4. Mức hỗ trợ

| Nội dung | Mức cho hộ nghèo | Mức cho hộ thường |
|---|---|---|
| Lắp đồng hồ nước | 900.000 đồng/hộ | 450.000 đồng/hộ |
| Bể chứa nước mưa | 3.000.000 đồng/hộ | 1.200.000 đồng/hộ |

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Quàng Văn Phiên
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-khe-sau-nuoc-sach": PLAN})


@pytest.mark.parametrize(
    ("question", "result"),
    [
        # All rows, where they are as many as the question says.
        ("Cộng cả 5 công trình sửa chữa thì có bao nhiêu hộ dùng nước?", "= 580"),
        ("Năm công trình sửa chữa ở Khe Sâu hết thảy tốn bao nhiêu tiền?", "= 2.570 triệu đồng"),
        ("cong ca 5 cong trinh sua chua thi bao nhieu ho dung nuoc", "= 580"),
        # Rows with words of a column, and rows that are named.
        ("Hai công trình ở Mường Hin cộng lại có bao nhiêu hộ dùng nước?", "210 + 60 = 270"),
        ("Suối Bùn với Khe Trúc gộp lại bao nhiêu hộ dùng nước?", "140 + 210 = 350"),
        # Years of one row, and of all where none is named.
        ("Hai năm 2025 và 2026, ngân sách tỉnh cộng lại bao nhiêu?", "3.500 + 2.500 = 6.000 triệu đồng"),
        # Two rows, and two years.
        ("Khe Trúc có số hộ dùng nước nhiều hơn Đồi Chè bao nhiêu hộ?", "210 − 95 = 115"),
        ("Ngân sách huyện năm 2026 nhiều hơn năm 2024 bao nhiêu?", "1.500 − 1.200 = 300 triệu đồng"),
        # The share of a row, what is not yet done, two columns of one row.
        ("Nhân dân đóng góp chiếm bao nhiêu phần trăm tổng kinh phí cấp nước của Khe Sâu?", "1.000 / 15.000 = 6,7%"),
        ("Xã Mường Hin còn bao nhiêu hộ chưa có đồng hồ nước?", "1.150 − 720 = 430"),
        ("Lắp đồng hồ nước, mức cho hộ nghèo cao hơn hộ thường bao nhiêu?", "450.000 đồng/hộ"),
        # One sentence: the share of a part, the rest, two years, the year before.
        ("Công trình cấp nước đã ngừng hoạt động chiếm bao nhiêu phần trăm?", "19 / 58 = 32,8%"),
        ("Vốn duy tu đường ống năm 2023 còn bao nhiêu triệu chưa giải ngân?", "12.400 − 9.150 = 3.250 triệu đồng"),
        ("Nước Xanh cam kết mà còn bao nhiêu tiền viện trợ chưa chuyển?", "2,4 − 1,5 = 0,9 triệu USD"),
        ("Nước thất thoát từ năm 2022 đến 2023 giảm bao nhiêu m³ mỗi ngày đêm?", "340 − 265 = 75 m³"),
        ("Năm 2022 lũ gây thiệt hại bao nhiêu cho các trạm bơm?", "5,8 − 1,3 = 4,5 tỷ đồng"),
        ("By how much does the district budget of 2026 exceed that of 2024?", "1.500 − 1.200 = 300"),
    ],
)
def test_a_result_stands_behind_the_figures_that_it_is_made_of(engine: Engine, question: str, result: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert result in answer.text
    for citation in answer.citations:
        assert PLAN[citation.span.start : citation.span.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "Cộng cả 7 công trình sửa chữa thì có bao nhiêu hộ dùng nước?",  # there are five
        "Hai năm 2026 và 2027, ngân sách tỉnh cộng lại bao nhiêu?",  # there is no 2027
    ],
)
def test_nothing_is_reckoned_with_other_rows_or_years_than_those_of_the_question(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert " = " not in answer.text


@pytest.mark.parametrize(
    ("question", "sums", "apart", "share", "left"),
    [
        ("Cộng lại có bao nhiêu hộ?", True, False, False, False),
        ("Ban Dân tộc làm công tác gì?", False, False, False, False),
        ("Năm 2026 tăng thêm mấy lớp?", False, True, False, False),
        ("Rác chợ chiếm mấy phần trăm?", False, False, True, False),
        ("Còn bao nhiêu hộ chưa có nước?", False, False, False, True),
        ("Chùa nào ở vùng dân tộc thiểu số?", False, False, False, False),
        ("How many households are still without water?", False, False, False, True),
    ],
)
def test_what_a_question_wants_worked_out(
    engine: Engine, question: str, sums: bool, apart: bool, share: bool, left: bool
) -> None:
    found = wanted(engine.answerer.understood(Question(text=question)).asked)
    assert (found.sums, found.apart, found.share, found.left) == (sums, apart, share, left)


@pytest.mark.parametrize(
    "question",
    [
        "Xã Mường Hin có bao nhiêu phần trăm hộ có đồng hồ nước?",
        "What percentage of households in Nậm Pọng have a water meter?",
    ],
)
def test_a_share_needs_no_sign_where_its_table_is_of_shares(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert "62,6" in answer.text or "71,1" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Công trình nào ở Khe Sâu có nhiều hộ dùng nước nhất?", "Nhiều nhất: Khe Trúc (210)."),
        ("Xã nào có tỷ lệ đấu nối thấp nhất?", "Ít nhất: Chiềng Đỏ (62,5%)."),
        ("Which works has the most households using water in Khe Sau?", "The most: Khe Trúc (210)."),
        ("xa nao o khe sau co tong so ho nhieu nhat", "Nhiều nhất: Mường Hin (1.150)."),
    ],
)
def test_the_row_with_the_most_is_told(engine: Engine, question: str, said: str) -> None:
    answer = engine.ask(Question(text=question))
    assert said in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "extreme"),
    [
        ("Which hamlet lost the most livestock?", "most"),
        ("Xã nào kém nhất về đấu nối?", "least"),
        ("Báo cáo chậm nhất ngày nào?", ""),
        ("Mỗi xã phải có ít nhất bao nhiêu công trình?", ""),
        ("Which commune has at least 5 works?", ""),
        ("Ở đó có nhiều hộ không?", ""),
    ],
)
def test_whether_the_most_or_the_least_is_asked_for(engine: Engine, question: str, extreme: str) -> None:
    asked, _ = engine.answerer.reads(Question(text=question))
    assert wanted(asked).extreme == extreme
