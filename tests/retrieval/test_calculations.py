"""Sums, differences, shares, counts and premises: worked out of a plan that no rule was made on, and of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.operands import calculation, calculations
from retrieval.answer.statements import goes_on
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN

Số: 91/KH-UBND

Hòa An, ngày 12 tháng 02 năm 2026

KẾ HOẠCH

Phát triển nghề muối và nuôi tôm ven biển

Căn cứ Luật Thủy sản ngày 21 tháng 11 năm 2017;

Căn cứ Nghị định số 40/2017/NĐ-CP ngày 05 tháng 4 năm 2017 của Chính phủ về quản lý sản xuất, kinh doanh muối;

Căn cứ Nghị định số 37/2024/NĐ-CP ngày 04 tháng 4 năm 2024 của Chính phủ sửa đổi quy định về thủy sản;

I. MỤC TIÊU

- Đến năm 2030, diện tích muối trải bạt đạt 350 ha; diện tích tôm công nghệ cao đạt 120 ha.

- Tỷ lệ cơ giới hóa nghề muối đạt 65%.

II. THỜI GIAN THỰC HIỆN

Thời gian thực hiện: từ năm 2026 đến năm 2030.

III. KINH PHÍ

Tổng kinh phí thực hiện năm 2026 là 80 tỷ đồng, trong đó: sửa chữa đê muối 32 tỷ đồng; trạm bơm nước biển 12 tỷ đồng.

Hỗ trợ con giống giai đoạn 2026 - 2029 là 2 tỷ đồng: năm 2026 và năm 2027, mỗi năm là 400 triệu đồng; từ năm 2028 đến năm 2029, mỗi năm là 500 triệu đồng.

IV. NHIỆM VỤ CHỦ YẾU

1. Sắp xếp lại các đồng muối

Rà soát đồng muối manh mún.

2. Nâng cấp hạ tầng ao nuôi

Nạo vét kênh cấp nước.

3. Xây dựng nhãn hiệu muối

Đăng ký nhãn hiệu tập thể.

V. TỔ CHỨC THỰC HIỆN

1. Sở Nông nghiệp

- Lập danh mục đê cần sửa; hồ chứa nước mặn dự phòng.

Nơi nhận:
- UBND tỉnh;

CHỦ TỊCH

Trần Văn Ba
"""


@pytest.fixture(scope="module")
def plan(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"hoa-an": PLAN})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Tiền sửa đê muối nhiều hơn tiền trạm bơm nước biển bao nhiêu?", "32 tỷ đồng − 12 tỷ đồng = 20 tỷ đồng"),
        ("Cộng tiền sửa chữa đê muối và trạm bơm nước biển là bao nhiêu?", "= 44 tỷ đồng"),
        ("Sửa chữa đê muối chiếm bao nhiêu phần trăm tổng kinh phí năm 2026?", "32 tỷ đồng / 80 tỷ đồng = 40%"),
        ("Trạm bơm nước biển và sửa chữa đê muối, khoản nào nhiều tiền hơn?", "(32 tỷ đồng, so với 12 tỷ đồng)"),
        ("Diện tích muối trải bạt cao hơn diện tích tôm công nghệ cao bao nhiêu ha?", "350 ha − 120 ha = 230 ha"),
        ("Cộng các năm thì tiền hỗ trợ con giống là bao nhiêu?", "2 × 400 triệu đồng + 2 × 500 triệu đồng"),
        ("Cộng các năm thì tiền hỗ trợ con giống là bao nhiêu?", "lệch 200 triệu đồng"),
        ("Từ khi có Nghị định 40 đến khi có Nghị định 37 là mấy năm?", "tròn 6 năm"),
        ("Phần căn cứ dẫn ra mấy nghị định?", "Có 2 nghị định:"),
        ("Phần nhiệm vụ chủ yếu có mấy mục?", "Có 3 mục:"),
        ("Kế hoạch này kéo dài đến bao giờ?", "2030"),
        ("Sao tỷ lệ cơ giới hóa nghề muối lại đặt tới 90%?", "không nêu “90%”"),
    ],
)
def test_what_is_worked_out_of_a_new_plan(plan: Engine, question: str, stated: str) -> None:
    answer = plan.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text
    source = plan.source("hoa-an")
    assert answer.citations
    for citation in answer.citations:
        assert source[citation.span.start : citation.span.end] == citation.quote


def test_the_present_state_is_not_told_from_a_target(plan: Engine) -> None:
    answer = plan.ask(Question(text="Hiện nay diện tích muối trải bạt là bao nhiêu ha?"))
    assert answer.abstained
    assert "hiện có" in answer.text
    assert "350 ha" in answer.text  # the nearest thing that it says


def test_a_piece_without_a_verb_is_quoted_with_its_head(plan: Engine) -> None:
    answer = plan.ask(Question(text="Hồ chứa nước mặn dự phòng thì làm gì?"))
    assert "Lập danh mục đê cần sửa; hồ chứa nước mặn dự phòng" in answer.text


@pytest.mark.parametrize(
    ("question", "operation", "operands"),
    [
        ("Cộng vốn Dự án 6 và Dự án 8 năm 2023 là bao nhiêu?", "sum", ("Dự án 6", "Dự án 8")),
        ("Tiền tảo hôn nhiều hơn tiền bình đẳng giới bao nhiêu?", "difference", ("tảo hôn", "bình đẳng giới")),
        ("What is the difference between roads and wells?", "difference", ("roads", "wells")),
    ],
)
def test_the_things_of_a_calculation(question: str, operation: str, operands: tuple[str, ...]) -> None:
    found = calculation(question)
    assert found is not None
    assert (found.operation, found.operands) == (operation, operands)


@pytest.mark.parametrize(
    "question",
    [
        "Tảo hôn và hôn nhân cận huyết do ai phụ trách?",
        "Kế hoạch công tác dân tộc gồm những gì?",
        "Ai phối hợp với Sở Công Thương?",
        "",
    ],
)
def test_no_calculation_where_none_is_asked_for(question: str) -> None:
    assert calculation(question) is None


@given(st.text(max_size=150))
def test_any_text_is_read_without_error(text: str) -> None:
    found = calculation(text)
    assert found is None or all(operand in text for operand in found.operands) or "Dự án" in " ".join(found.operands)


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_what_a_semicolon_cut_off_goes_on(before: str, after: str) -> None:
    assert not goes_on(before, after) or before.rstrip().endswith(";")


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Ai ký và ban hành hôm nào kế hoạch hợp tác quốc tế của UBND tỉnh Bắc Giang?", "03/02/2021"),
        ("Kế hoạch của Ban Dân tộc Bắc Giang ra vào tháng mấy?", "tháng 10 năm 2023"),
        ("Phó chủ tịch nào ký kế hoạch của Tam Đường?", "Vũ Xuân Thịnh"),
        ("Thành phố Bắc Cạn có bao nhiêu vốn cho Dự án 8?", "54 triệu đồng"),
    ],
)
def test_of_itself_a_document_tells(engine: Engine, question: str, stated: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text


def test_of_two_documents_of_a_place_that_is_asked_which_the_title_tells(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch hợp tác quốc tế của tỉnh Bắc Giang được gửi cho UBND những huyện nào?"))
    assert "Sơn Động" in answer.text
    assert {citation.document for citation in answer.citations} == {"2021-bac-giang-476-kh-ubnd"}


def test_a_question_of_nothing_but_comparisons_takes_no_time() -> None:
    for words in ("so với ", "cộng A và ", "hơn kém "):
        assert calculations(words * 200) == ()
