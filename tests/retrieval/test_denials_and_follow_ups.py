"""What denies what a question takes for granted, and questions that lean on the one before; a plan of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.denial import denies
from retrieval.answer.draft import Draft, Line
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
XÃ LŨNG PHÌN

Số: 58/KH-UBND

Lũng Phìn, ngày 20 tháng 3 năm 2025

KẾ HOẠCH

Bố trí dân cư vùng sạt lở giai đoạn 2025 - 2026

I. ĐỐI TƯỢNG

1. Ưu tiên hộ ở thôn Sủng Tà, thôn Mà Lủng. Không di dời trong dịp Tết Nguyên đán.

2. Nguồn đóng góp của doanh nghiệp chỉ dùng làm đường vào điểm tái định cư, không chi hỗ trợ hộ.

II. MỨC HỖ TRỢ

Mỗi hộ di dời được hỗ trợ 50 triệu đồng, trả làm hai lần: lần đầu 70% khi dựng xong khung nhà, lần sau 30% khi vào ở.

Hộ tự ý quay về chỗ ở cũ phải hoàn trả toàn bộ tiền hỗ trợ.

Bảng 1. Điểm tái định cư

| Điểm | Diện tích (ha) | Số hộ | Đơn vị san nền |
|---|---|---|---|
| Sủng Tà | 4,2 | 36 | Công ty An Phú |
| Mà Lủng | 2,8 | 21 | Hợp tác xã Đồng Tâm |
| Tổng 02 điểm | 7,0 | 57 | |

III. THỰC HIỆN

Tiếp nhận phản ánh của người dân qua số điện thoại 0219.3555.128.
"""
OTHER = """ỦY BAN NHÂN DÂN
HUYỆN PHONG THẠNH

Số: 12/KH-UBND

Phong Thạnh, ngày 11 tháng 02 năm 2025

KẾ HOẠCH

Phát triển hợp tác xã năm 2025

1. Mỗi hợp tác xã được hỗ trợ 30 triệu đồng, trả một lần sau khi nghiệm thu.

2. Huyện có 19 hợp tác xã nông nghiệp.
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2025-lung-phin-di-dan": PLAN, "2025-phong-thanh-htx": OTHER})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Lũng Phìn di dời các hộ trong dịp Tết Nguyên đán từ ngày nào?", "Không di dời trong dịp Tết Nguyên đán"),
        ("Nguồn đóng góp của doanh nghiệp ở Lũng Phìn chi hỗ trợ hộ bao nhiêu tiền?", "không chi hỗ trợ hộ"),
    ],
)
def test_what_denies_a_premise_is_shown(engine: Engine, question: str, said: str) -> None:
    assert said in engine.ask(Question(text=question)).text


def test_a_telephone_number_with_dots_is_one(engine: Engine) -> None:
    answer = engine.ask(Question(text="Người dân Lũng Phìn phản ánh thì gọi số điện thoại nào?"))
    assert "0219.3555.128" in answer.text
    assert not answer.abstained


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("Không di dời trong dịp Tết Nguyên đán.", True),
        ("Việc di dời trong dịp Tết Nguyên đán do xã tổ chức; không thu phí.", False),
        ("Chỉ tiêu di dời trong dịp Tết Nguyên đán là 5 hộ.", False),
    ],
)
def test_only_the_clause_that_holds_what_is_asked_denies_it(engine: Engine, text: str, is_denied: bool) -> None:
    asked, _ = engine.answerer.reads(Question(text="Di dời trong dịp Tết Nguyên đán từ ngày nào?"))
    line = Line(document="2025-lung-phin-di-dan", text=text, quotes=())
    assert denies(asked, Draft(strategy="read", lines=(line,), support=0.5)) == is_denied


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        (
            "Lũng Phìn hỗ trợ mỗi hộ di dời bao nhiêu?",
            "Khoản đó trả làm mấy lần, lần đầu bao nhiêu phần trăm?",
            "lần đầu 70%",
        ),
        ("Điểm Sủng Tà ở Lũng Phìn rộng bao nhiêu ha?", "Ở đấy có bao nhiêu hộ?", "Số hộ: 36"),
        ("Lũng Phìn hỗ trợ mỗi hộ di dời bao nhiêu?", "Nếu hộ tự ý quay về chỗ ở cũ thì sao?", "hoàn trả toàn bộ"),
    ],
)
def test_what_points_back_is_asked_of_the_same_plan(engine: Engine, before: str, question: str, said: str) -> None:
    answer = engine.ask(Question(text=question, history=(before,)))
    assert said in answer.text
    assert {one.document for one in answer.citations} == {"2025-lung-phin-di-dan"}


def test_what_points_to_its_own_words_leans_on_nothing(engine: Engine) -> None:
    question = Question(
        text="Hợp tác xã được hỗ trợ bao nhiêu, trong đó trả mấy lần?", history=("Lũng Phìn có mấy điểm?",)
    )
    asked, _ = engine.answerer.reads(question)
    assert not asked.carried


def test_a_row_of_totals_that_counts_its_rows_is_none_of_them(engine: Engine) -> None:
    answer = engine.ask(Question(text="Điểm nào ở Lũng Phìn có nhiều hộ nhất?"))
    assert "Nhiều nhất: Sủng Tà (36)." in answer.text
