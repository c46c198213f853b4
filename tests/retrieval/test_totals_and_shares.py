"""Totals of tables, plan against done, shares of a plan, averages, and what a near statement leaves unsaid; our own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐÈO GIÓ

Số: 88/KH-UBND

Đèo Gió, ngày 05 tháng 3 năm 2025

KẾ HOẠCH

Phát triển nghề nuôi ong mật giai đoạn 2025 - 2027

I. KẾT QUẢ

Năm 2024 toàn huyện có 1.240 đàn ong của nhóm hộ, giảm 60 đàn. Trong đó 410 đàn nuôi ở rừng tràm, 330 đàn nuôi ở vườn vải, số còn lại nuôi ở nương rẫy.

Sản lượng mật quay được là 18,4 tấn, thấp hơn kế hoạch 2,6 tấn.

Hỗ trợ 960 thùng ong, gồm 640 thùng gỗ và 320 thùng nhựa.

Kinh phí tập huấn năm 2024 là 95 triệu đồng. Năm 2023, kinh phí cho nội dung này là 70 triệu đồng.

Bảng 1. Kết quả theo xã

| Cụm | Xã | Kế hoạch 2024 (đàn) | Thực hiện 2024 (đàn) | Thực hiện 2023 (đàn) |
|---|---|---|---|---|
| Cụm Thượng | Pắc Ngà | 300 | 345 | 280 |
| Cụm Thượng | Nậm Tia | 250 | 230 | 215 |
| Cụm Hạ | Bản Rọ | 400 | 410 | 395 |
| Cụm Hạ | Suối Cạn | 280 | 255 | 240 |
| Tổng cộng | | 1.230 | 1.240 | 1.130 |

II. MỤC TIÊU

Bảng 2. Số điểm thu mua

| Xã | Số điểm hiện có | Số điểm năm 2027 | Hộ bán mật | Hộ chưa có thùng |
|---|---|---|---|---|
| Pắc Ngà | 2 | 5 | 70 | 12 |
| Nậm Tia | 1 | 3 | 45 | 9 |
| Bản Rọ | 3 | 6 | 88 | 20 |
| Toàn huyện | 6 | 14 | 203 | 41 |

2. Đến năm 2027, tỷ lệ mật đóng chai có nhãn đạt 60% sản lượng (năm 2024 là 25%).

III. KINH PHÍ

Tổng kinh phí thực hiện là 7.400 triệu đồng.

Bảng 3. Kinh phí theo năm

| Năm | Ngân sách huyện | Vay Ngân hàng Chính sách xã hội | Hộ nuôi đóng góp | Tổng |
|---|---|---|---|---|
| 2025 | 900 | 1.200 | 300 | 2.400 |
| 2026 | 1.000 | 1.300 | 350 | 2.650 |
| 2027 | 800 | 1.200 | 350 | 2.350 |
| Tổng cộng | 2.700 | 3.700 | 1.000 | 7.400 |

(Đơn vị tính: triệu đồng)

Bảng 4. Mô hình thí điểm

| Mô hình | Số hộ | Vốn (triệu đồng) |
|---|---|---|
| Ong nội dưới tán rừng | 40 | 1.000 |
| Ong ngoại vườn vải | 25 | 750 |

Bảng 5. Thùng ong theo năm và nguồn

| Nội dung | 2025 TW | 2025 ĐP | 2026 TW | 2026 ĐP |
|---|---|---|---|---|
| Mua thùng (triệu đồng) | 200 | 40 | 250 | 50 |
| Mua giống (triệu đồng) | 300 | 60 | 320 | 64 |
| Tổng cộng | 500 | 100 | 570 | 114 |

Ghi chú: TW: trung ương; ĐP: địa phương.

IV. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp: lập phương án di chuyển đàn ong theo mùa hoa; in 500 cuốn sổ tay nuôi ong.

2. Ủy ban nhân dân các xã: cho hộ vay 15 tỷ đồng trong ba năm để mua thùng; số tiền này không nằm trong kinh phí của Kế hoạch.

3. Hội Nông dân: kiến nghị Ủy ban nhân dân tỉnh nâng mức hỗ trợ lên 800 nghìn đồng một thùng.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Thị Hương
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2025-deo-gio-nuoi-ong": REPORT})


@pytest.mark.parametrize(
    ("question", "result"),
    [
        # the row of totals where none is named
        ("Đèo Gió: số đàn ong thực hiện năm 2024 tăng bao nhiêu so với năm 2023?", "1.240 − 1.130 = 110"),
        # one head where each year has several
        ("Số đàn ong thực hiện ở xã Bản Rọ năm 2024 hơn năm 2023 bao nhiêu?", "410 − 395 = 15"),
        ("Xã Pắc Ngà nuôi ong vượt kế hoạch bao nhiêu đàn?", "345 − 300 = 45"),
        # groups of rows, and what they are together
        ("Cộng các xã thuộc Cụm Hạ thì kế hoạch 2024 bao nhiêu đàn ong?", "400 + 280 = 680"),
        ("Từ số điểm thu mua hiện có đến 2027 toàn huyện Đèo Gió thêm bao nhiêu điểm?", "14 − 6 = 8"),
        ("Cộng xã Pắc Ngà và xã Nậm Tia thì còn mấy hộ chưa có thùng?", "12 + 9 = 21"),
        # rows of years
        ("Vốn vay ngân hàng chính sách chiếm mấy phần trăm tổng kinh phí nuôi ong Đèo Gió?", "3.700 / 7.400"),
        ("Hộ nuôi ong Đèo Gió đóng góp chiếm bao nhiêu phần trăm tổng kinh phí?", "1.000 / 7.400"),
        ("Mô hình ong nội dưới tán rừng: bình quân vốn mỗi hộ bao nhiêu?", "1.000 / 40 = 25 triệu đồng"),
        ("Cộng cả trung ương và địa phương, năm 2026 mua thùng và giống ong hết bao nhiêu?", "570 + 114 = 684"),
        # one sentence
        ("Thùng gỗ chiếm bao nhiêu phần trăm số thùng ong được hỗ trợ ở Đèo Gió?", "640 / 960"),
        ("Sản lượng mật ở Đèo Gió theo kế hoạch là bao nhiêu tấn?", "18,4 + 2,6 = 21 tấn"),
        (
            "Bao nhiêu đàn ong ở Đèo Gió không nuôi ở rừng tràm cũng không nuôi ở vườn vải?",
            "1.240 − 410 − 330 = 500",
        ),
        # two sentences of one paragraph
        ("Kinh phí tập huấn nuôi ong năm 2024 tăng bao nhiêu so với năm 2023?", "95 − 70 = 25"),
    ],
)
def test_what_is_worked_out(engine: Engine, question: str, result: str) -> None:
    answer = engine.ask(Question(text=question))
    assert result in answer.text
    assert not answer.abstained and answer.citations


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("Ngân sách huyện Đèo Gió chi bao nhiêu cho nuôi ong năm 2026?", "1.000"),
        ("Đến năm 2027 mật đóng chai có nhãn ở Đèo Gió đạt bao nhiêu phần trăm sản lượng?", "60%"),
    ],
)
def test_a_cell_or_a_figure_is_found(engine: Engine, question: str, cell: str) -> None:
    answer = engine.ask(Question(text=question))
    assert cell in answer.text and not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "Đèo Gió in 500 cuốn sổ tay nuôi ong hết bao nhiêu tiền?",
        "Ai phê duyệt phương án di chuyển đàn ong ở Đèo Gió?",
        "Tỉnh đã đồng ý nâng mức hỗ trợ lên 800 nghìn đồng một thùng ong chưa?",
        "15 tỷ đồng vay mua thùng ong ở Đèo Gió chia cho từng xã thế nào?",
        "Cost of the 500 beekeeping handbooks in Deo Gio?",
    ],
)
def test_what_a_near_statement_leaves_unsaid_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


def test_a_yes_or_no_question_is_shown_the_limit(engine: Engine) -> None:
    answer = engine.ask(Question(text="15 tỷ đồng cho hộ vay mua thùng ong có nằm trong kinh phí của kế hoạch không?"))
    assert "không nằm trong kinh phí của Kế hoạch" in answer.text


def test_the_year_after_is_counted_on(engine: Engine) -> None:
    before = "Ngân sách huyện Đèo Gió chi bao nhiêu cho nuôi ong năm 2025?"
    answer = engine.ask(Question(text="Năm kế tiếp thì sao?", history=(before,)))
    assert "1.000" in answer.text and not answer.abstained
    assert any("năm 2026" in step for step in answer.steps)  # what was put for "năm kế tiếp" is shown
