"""What a whole plan costs, and which of two costs more; plans of our own, one of which has its total in a table alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

LETTERHEAD = """ỦY BAN NHÂN DÂN
HUYỆN {upper}

Số: {number}/KH-UBND

{place}, ngày 15 tháng 02 năm 2024

KẾ HOẠCH

{title}
"""

LAMPS = (
    LETTERHEAD.format(upper="ĐĂK RUÔNG", number=21, place="Đăk Ruông", title="Chiếu sáng đường thôn năm 2024 - 2025")
    + """
I. NỘI DUNG

1. Phòng Kinh tế và Hạ tầng chủ trì lắp 640 bộ đèn.

II. DỰ TOÁN

Bảng 1. Dự toán theo nguồn (triệu đồng)

| Nguồn | Năm 2024 | Năm 2025 | Cộng |
|---|---|---|---|
| Ngân sách huyện | 700 | 520 | 1.220 |
| Nhân dân đóng góp | 310 | 180 | 490 |
| Tổng cộng | 1.010 | 700 | 1.710 |

Mỗi bộ đèn được hỗ trợ 1,2 triệu đồng.
"""
)
TREES = (
    LETTERHEAD.format(upper="SÔNG CẦU BẮC", number=34, place="Sông Cầu Bắc", title="Trồng cây phân tán năm 2024")
    + """
I. NỘI DUNG

1. Hạt Kiểm lâm chủ trì cấp 12.000 cây giống.

II. KINH PHÍ

Tổng kinh phí thực hiện là 2.350 triệu đồng, trong đó ngân sách huyện 2.000 triệu đồng.
"""
)


BRIDGES = (
    LETTERHEAD.format(upper="TÀ LONG", number=40, place="Tà Long", title="Sửa cầu treo năm 2024")
    + """
I. KINH PHÍ

1. Tổng kinh phí: 860 triệu đồng. Cụ thể do Phòng Tài chính - Kế hoạch thẩm định.

2. Nguồn kinh phí: ngân sách huyện.
"""
)


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-dak-ruong-chieu-sang": LAMPS, "2024-song-cau-bac-cay": TREES, "2024-ta-long-cau": BRIDGES})


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Tổng kinh phí thực hiện kế hoạch chiếu sáng của Đăk Ruông là bao nhiêu?", "1.710 triệu đồng"),
        ("tong kinh phi ke hoach dak ruong bao nhieu", "1.710 triệu đồng"),
        ("What is the total budget of the Dak Ruong plan?", "1.710 triệu đồng"),
        ("Năm 2025 tổng dự toán của Đăk Ruông là bao nhiêu?", "700 triệu đồng"),
        ("Tổng kinh phí của Sông Cầu Bắc là bao nhiêu?", "2.350 triệu đồng"),
        ("What is the total budget of the Ta Long plan?", "860 triệu đồng"),
    ],
)
def test_the_total_of_a_plan_is_told(engine: Engine, question: str, total: str) -> None:
    answer = engine.ask(Question(text=question))
    assert total in answer.text
    assert not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "Ngân sách huyện Đăk Ruông chi bao nhiêu?",
        "Một bộ đèn ở Đăk Ruông được hỗ trợ bao nhiêu tiền?",
        "Kinh phí mua xe ép rác của Đăk Ruông là bao nhiêu?",
    ],
)
def test_the_total_is_no_answer_to_what_is_asked_of_a_part(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.text.startswith("**Tổng cộng: 1.710")


@pytest.mark.parametrize(
    ("question", "closing"),
    [
        (
            "Kế hoạch của Đăk Ruông hay Sông Cầu Bắc có tổng kinh phí lớn hơn?",
            "Nhiều hơn: Sông Cầu Bắc (2.350 triệu đồng, so với Đăk Ruông: 1.710 triệu đồng).",
        ),
        (
            "Which plan has the smaller overall budget, Dak Ruong or Song Cau Bac?",
            "Less: Đăk Ruông (1.710 triệu đồng, against Sông Cầu Bắc: 2.350 triệu đồng).",
        ),
    ],
)
def test_which_of_two_plans_costs_more_is_worked_out(engine: Engine, question: str, closing: str) -> None:
    answer = engine.ask(Question(text=question))
    assert closing in answer.text
    assert {one.document for one in answer.citations} == {"2024-dak-ruong-chieu-sang", "2024-song-cau-bac-cay"}
