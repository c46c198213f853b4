"""Sums of a group, of all sources, of prizes; what is off the plan; numbers that several share; our own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.operands import calculations
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG NGÀN

Số: 52/KH-UBND

Sông Ngàn, ngày 14 tháng 02 năm 2024

KẾ HOẠCH

Phát triển nghề nuôi tằm huyện Sông Ngàn giai đoạn 2024 - 2026

I. KẾT QUẢ

Năm 2023 mở 12 lớp cho 540 lượt học viên, đạt 90% kế hoạch (600 lượt).

Toàn huyện có 48 tổ nuôi tằm, trong đó 31 tổ có nhà tằm riêng.

Tổ chức 24 buổi tập huấn cho 840 lượt người tại các xã.

Tỷ lệ kén loại một của trạm Cầu Mây 61,5%, trạm Bến Dâu 48%.

II. NHIỆM VỤ

1. Bố trí 26 máy ươm tơ cho các xã Tân Lụa, Yên Dâu và Phú Kén.

2. Hỗ trợ nhà tằm: 30 triệu đồng/căn từ ngân sách trung ương, 6 triệu đồng từ ngân sách tỉnh, 9 triệu đồng từ Quỹ Khuyến nông huyện.

3. Trồng mới dâu: 12 triệu đồng/ha; hộ ở bãi ven sông được hỗ trợ thêm 4 triệu đồng/ha để làm đất.

4. Hội thi ươm tơ ngày 20 tháng 10, mỗi xã cử 01 đội. Cơ cấu giải: 01 giải nhất 8 triệu đồng, 02 giải nhì mỗi giải 5 triệu đồng, 04 giải ba mỗi giải 3 triệu đồng.

5. Xây trạm ươm giống tại Yên Dâu, hoàn thành năm 2025. Gói thầu thiết bị phải mời thầu lại lần hai.

III. CÔNG TRÌNH VÀ KINH PHÍ

Bảng 1. Trạm ươm tơ

| TT | Trạm | Xã | Công suất hiện có (kg/ngày) | Số hộ bán kén | Quy mô | Vốn (triệu đồng) |
|---|---|---|---|---|---|---|
| 1 | Trạm Cầu Mây | Tân Lụa | 40 | 120 | 3 ha | 1.400 |
| 2 | Trạm Bến Dâu | Yên Dâu | 25 | 95 | 2 ha | 950 |
| 3 | Trạm Gò Kén | Tân Lụa | 30 | 88 | 5 ha | 1.150 |

Bảng 2. Giải ngân theo phần

(Kèm theo Kế hoạch số 52/KH-UBND ngày 14/02/2024; đơn vị: triệu đồng)

| Phần | Vốn giao | Đã giải ngân | Ngân sách tỉnh hỗ trợ | Ngân sách huyện |
|---|---|---|---|---|
| Nhóm giống - trứng tằm | 900 | 610 | 300 | 600 |
| Nhóm giống - cây dâu | 700 | 540 | 200 | 500 |
| Cộng nhóm giống | 1.600 | 1.150 | 500 | 1.100 |
| Nhóm thiết bị - máy ươm | 1.200 | 900 | 700 | 500 |
| Nhóm thiết bị - nhà tằm | 800 | 760 | 300 | 500 |
| Cộng nhóm thiết bị | 2.000 | 1.660 | 1.000 | 1.000 |
| Tổng cộng | 3.600 | 2.810 | 1.500 | 2.100 |

Bảng 3. Tổ nuôi tằm theo xã

| Xã | Số tổ phải có | Số tổ đã có | Diện tích dâu 2022 (ha) | Diện tích dâu 2023 (ha) |
|---|---|---|---|---|
| Tân Lụa | 22 | 17 | 85 | 96 |
| Yên Dâu | 15 | 13 | 64 | 58 |
| Phú Kén | 12 | 12 | 40 | 43 |

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Đặng Thị Tơ
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-song-ngan-nuoi-tam": PLAN})


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Hai trạm ươm tơ ở xã Tân Lụa tốn tổng cộng bao nhiêu?", "1.400 + 1.150 = 2.550 triệu đồng"),
        ("Hai trạm ở Tân Lụa gộp lại quy mô bao nhiêu ha?", "3 ha + 5 ha = 8 ha"),
        ("Tổng số hộ bán kén của 2 trạm ở Tân Lụa là bao nhiêu?", "120 + 88 = 208 hộ"),
        ("Nhóm thiết bị ở Sông Ngàn còn bao nhiêu vốn chưa giải ngân?", "2.000 − 1.660 = 340 triệu đồng"),
        ("Ngân sách huyện Sông Ngàn bỏ ra nhiều hơn phần tỉnh hỗ trợ bao nhiêu?", "2.100 − 1.500 = 600 triệu đồng"),
        ("Xã Tân Lụa còn thiếu bao nhiêu tổ nuôi tằm?", "22 − 17 = 5"),
        ("Diện tích dâu của Yên Dâu mất bao nhiêu ha so với năm 2022?", "64 − 58 = 6 ha"),
        (
            "Tính hết các nguồn thì một căn nhà tằm ở Sông Ngàn được hỗ trợ bao nhiêu tiền?",
            "30 + 6 + 9 = 45 triệu đồng",
        ),
        ("Hộ trồng mới dâu ở bãi ven sông Sông Ngàn được tổng cộng mấy triệu một ha?", "12 + 4 = 16 triệu đồng"),
        ("Hội thi ươm tơ Sông Ngàn chi tổng bao nhiêu tiền cho các giải?", "1 × 8 + 2 × 5 + 4 × 3 = 30 triệu đồng"),
        ("Xã nào ở Sông Ngàn tăng diện tích dâu nhiều nhất từ 2022 sang 2023?", "Nhiều nhất: Tân Lụa (11)"),
        ("Năm 2023 diện tích dâu ở Yên Dâu giảm bao nhiêu phần trăm so với năm 2022?", "(64 − 58) / 64 = 9,4%"),
        ("Bình quân một buổi tập huấn ở Sông Ngàn có bao nhiêu lượt người?", "840 / 24 = 35 lượt"),
        (
            "Kén loại một của trạm Cầu Mây so với trạm Bến Dâu (Sông Ngàn) chênh nhau bao nhiêu điểm phần trăm?",
            "61,5% − 48% = 13,5 điểm phần trăm",
        ),
        ("Năm 2023 Sông Ngàn còn hụt bao nhiêu lượt học viên so với kế hoạch?", "600 − 540 = 60 lượt"),
    ],
)
def test_what_is_worked_out(engine: Engine, question: str, result: str) -> None:
    answer = engine.ask(Question(text=question))
    assert result in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Xã Phú Kén được bố trí bao nhiêu máy ươm tơ?",  # three communes share 26
        "Trạm ươm giống Yên Dâu xong vào tháng mấy?",  # only the year is told
        "Công ty nào trúng gói thầu thiết bị của Sông Ngàn?",  # it is but put out again
    ],
)
def test_what_is_only_near_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


def test_all_that_share_a_number_have_it(engine: Engine) -> None:
    answer = engine.ask(Question(text="Ba xã Tân Lụa, Yên Dâu, Phú Kén được bố trí bao nhiêu máy ươm tơ?"))
    assert not answer.abstained and "26 máy" in answer.text


@pytest.mark.parametrize(
    ("text", "operands"),
    [
        ("Cộng cả tiền giống và tiền phân bón, huyện cần bao nhiêu?", ("tiền giống", "tiền phân bón")),
        ("Nuôi tằm: tỉnh + huyện cấp tổng mấy triệu?", ("tỉnh", "huyện")),
    ],
)
def test_who_needs_it_and_what_is_done_are_no_operands(text: str, operands: tuple[str, ...]) -> None:
    assert operands in [one.operands for one in calculations(text)]
