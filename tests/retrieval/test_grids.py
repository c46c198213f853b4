"""Tables as they are asked: the most, the more of two, rows of a kind, one cell; days apart; on our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.grids import grids_of
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN MƯỜNG SẬY

Số: 27/KH-UBND

Mường Sậy, ngày 12 tháng 3 năm 2024

KẾ HOẠCH

Trồng dược liệu dưới tán rừng giai đoạn 2024 - 2026

Căn cứ Nghị quyết số 18-NQ/HU ngày 05 tháng 01 năm 2024 của Huyện ủy về phát triển dược liệu;

I. TÌNH HÌNH

Vườn sa nhân ở nhiều bản cho năng suất thấp. Nguyên nhân chính là giống cũ và thiếu nước tưới.

II. CHỈ TIÊU

Biểu 1. Diện tích và số hộ theo xã

| STT | Xã | Diện tích 2024 (ha) | Diện tích 2025 (ha) | Số hộ tham gia | Mức độ xói mòn | Cây chính |
|---|---|---|---|---|---|---|
| I | Các xã vùng thấp | | | | | |
| 1 | Nà Phặc Thượng | 40 | 55 | 120 | Nhẹ | Sa nhân |
| 2 | Chiềng Vai | 25 | 60 | 310 | Rất nặng | Đương quy |
| II | Các xã vùng cao | | | | | |
| 3 | Tà Sùa Nọi | 70 | 90 | 205 | Rất nặng | Thảo quả |
| 4 | Pá Khoang Hạ | 15 | … | 64 | Nhẹ | Ba kích |
| | Tổng cộng | 150 | 205 | 699 | | |

III. KINH PHÍ

Biểu 2. Kinh phí theo nguồn (triệu đồng)

| Nguồn vốn | Năm 2024 | Năm 2025 | Năm 2026 | Tổng |
|---|---|---|---|---|
| Ngân sách tỉnh | 1.200 | 1.500 | 900 | 3.600 |
| Ngân sách huyện | 300 | 450 | 250 | 1.000 |
| Tổng cộng | 1.500 | 1.950 | 1.150 | 4.600 |

IV. TỔ CHỨC THỰC HIỆN

1. UBND các xã báo cáo kết quả về Phòng Dân tộc trước ngày 05/11 hằng năm.

2. Phòng Dân tộc tổng hợp, báo cáo UBND huyện trước ngày 25/11 hằng năm.

3. Công an huyện vận động chủ rừng giữ gìn trật tự. Đại hội chủ rừng lần thứ III chi 90 triệu đồng.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lường Văn Én
"""


@pytest.fixture(scope="module")
def forest(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"duoc-lieu": PLAN})


def ask(engine: Engine, question: str) -> tuple[bool, str]:
    answer = engine.ask(Question(text=question))
    return answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Xã nào ở Mường Sậy có nhiều hộ tham gia trồng dược liệu nhất?", "Chiềng Vai"),
        ("xa nao cua Muong Say co it ho tham gia nhat", "Pá Khoang Hạ"),
        ("Giữa Nà Phặc Thượng và Tà Sùa Nọi, nơi nào có nhiều hộ tham gia hơn?", "Tà Sùa Nọi (205"),
        ("Cây chính của xã Tà Sùa Nọi là cây gì?", "Thảo quả"),
        ("Xã Chiềng Vai có bao nhiêu hộ tham gia trồng dược liệu?", "310"),
        ("Năm 2025 kế hoạch dược liệu của Mường Sậy cần tổng cộng bao nhiêu vốn?", "1.950 triệu đồng"),
        ("Kinh phí dược liệu Mường Sậy năm 2025 nhiều hơn năm 2024 bao nhiêu triệu?", "450 triệu đồng"),
    ],
)
def test_a_table_is_asked_as_people_ask_it(forest: Engine, question: str, stated: str) -> None:
    abstained, text = ask(forest, question)
    assert not abstained, text
    assert stated in text


@pytest.mark.parametrize(
    ("question", "named", "others"),
    [
        (
            "Những xã nào của Mường Sậy thuộc vùng cao?",
            ("Tà Sùa Nọi", "Pá Khoang Hạ"),
            ("Chiềng Vai", "Nà Phặc Thượng"),
        ),
        ("Những xã nào ở Mường Sậy bị xói mòn rất nặng?", ("Chiềng Vai", "Tà Sùa Nọi"), ("Pá Khoang Hạ",)),
    ],
)
def test_rows_of_a_group_or_with_one_thing_in_a_column_are_all_told(
    forest: Engine, question: str, named: tuple[str, ...], others: tuple[str, ...]
) -> None:
    abstained, text = ask(forest, question)
    assert not abstained
    assert all(name in text for name in named), text
    assert not any(name in text for name in others), text


@pytest.mark.parametrize(
    "question",
    [
        "Xã Pá Khoang Hạ năm 2025 trồng bao nhiêu ha dược liệu?",  # left blank
        "Xã Chiềng Vai năm 2029 trồng bao nhiêu ha dược liệu?",  # no such year
        "Xã Chiềng Vai có bao nhiêu giáo viên?",  # no such column
        "Đại hội chủ rừng lần thứ II của Mường Sậy hết bao nhiêu tiền?",  # another congress
        "Họ tên của Trưởng Công an huyện Mường Sậy là gì?",  # a post, and no name
    ],
)
def test_what_the_table_and_the_text_do_not_have_is_refused(forest: Engine, question: str) -> None:
    abstained, text = ask(forest, question)
    assert abstained, text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        (
            "Hạn UBND các xã báo cáo Phòng Dân tộc và hạn Phòng Dân tộc báo cáo UBND huyện cách nhau mấy ngày?",
            "20 ngày",
        ),
        ("Mường Sậy ban hành kế hoạch dược liệu sau Nghị quyết 18 của Huyện ủy bao nhiêu ngày?", "67 ngày"),
        ("Vì sao vườn sa nhân ở Mường Sậy năng suất thấp?", "giống cũ và thiếu nước tưới"),
        ("Công an huyện Mường Sậy được giao việc gì?", "vận động chủ rừng"),
        ("Who signed the Mường Sậy plan, in what post, and for whom?", "Lường Văn Én"),
    ],
)
def test_days_causes_duties_and_signatures(forest: Engine, question: str, stated: str) -> None:
    abstained, text = ask(forest, question)
    assert not abstained, text
    assert stated in text


def test_a_grid_knows_groups_totals_units_and_which_columns_are_numbers(forest: Engine) -> None:
    (book,) = forest.answerer._library.books.values()
    area, money = grids_of(book)
    assert area.names == "Xã"
    assert [(row.name, row.group, row.total) for row in area.rows] == [
        ("Nà Phặc Thượng", "Các xã vùng thấp", False),
        ("Chiềng Vai", "Các xã vùng thấp", False),
        ("Tà Sùa Nọi", "Các xã vùng cao", False),
        ("Pá Khoang Hạ", "Các xã vùng cao", False),
        ("Tổng cộng", "", True),
    ]
    assert set(area.textual) == {"Mức độ xói mòn", "Cây chính"}
    assert "Diện tích 2025 (ha)" not in area.rows[3].cells  # "…" is no number
    assert area.unit("Số hộ tham gia", area.rows[0]) == ""
    assert money.unit("Năm 2025", money.rows[0]) == "triệu đồng"
    source = forest.source("duoc-lieu")
    for grid in (area, money):
        for row in grid.rows:
            for cell in row.cells.values():
                assert " ".join(source[cell.span.start : cell.span.end].split()) == cell.text
