"""Follow-ups that lean on what was answered, premises that no longer hold, and small ways of asking: on our own report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

REPORT = """UBND TỈNH TÂY LĨNH
SỞ VĂN HÓA

Số: 305/BC-SVH

Tây Lĩnh, ngày 16 tháng 11 năm 2024

BÁO CÁO

Kết quả thực hiện Dự án 6 về bảo tồn văn hóa các dân tộc trên địa bàn tỉnh Tây Lĩnh

Kính gửi: Cục Di sản văn hóa

Thực hiện Kế hoạch số 77/KH-UBND ngày 08/02/2022 của UBND tỉnh về việc triển khai Dự án 6, Sở báo cáo như sau:

I. KẾT QUẢ

1. Vốn sự nghiệp giải ngân chậm do nghệ nhân tuổi cao, hồ sơ thanh toán phức tạp.

2. Tỉnh ban hành Nghị quyết số 19/NQ-HĐND ngày 12/7/2023 quy định mức hỗ trợ truyền dạy cồng chiêng: 3 triệu đồng một lớp.

- Rà soát 240.000 trang sách cổ chữ Thái; giao Thư viện tỉnh làm đầu mối.

- Tặng 85 bộ cồng chiêng, mức 12 triệu đồng/bộ.

- Có 01 nghệ nhân nhân dân và 17 nghệ nhân ưu tú.

II. PHƯƠNG HƯỚNG

Kế hoạch năm 2025 thay thế Kế hoạch số 41/KH-SVH ngày 05/01/2023 của Sở.

1. Thư viện tỉnh chủ trì số hóa sách cổ trước ngày 30/9/2025, kinh phí 900 triệu đồng.

2. Bảo tàng tỉnh chủ trì trưng bày cồng chiêng trước ngày 15/12/2025, kinh phí 450 triệu đồng.

KT. GIÁM ĐỐC

PHÓ GIÁM ĐỐC

Lò Văn Pánh
"""


@pytest.fixture(scope="module")
def culture(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"bao-ton": REPORT})


def test_after_the_number_of_a_document_that_is_only_cited_its_date_is_asked(culture: Engine) -> None:
    before = "Báo cáo của Sở Văn hóa thực hiện kế hoạch nào của UBND tỉnh về Dự án 6, số bao nhiêu?"
    answer = culture.ask(Question(text="Ban hành ngày nào?", history=(before,)))
    assert "08/02/2022" in answer.text
    assert "16 tháng 11" not in answer.text


def test_another_matter_in_a_follow_up_takes_the_place_of_the_old_one(culture: Engine) -> None:
    before = "Số hóa sách cổ hết bao nhiêu tiền?"
    answer = culture.ask(Question(text="Thế còn việc trưng bày cồng chiêng thì bao nhiêu?", history=(before,)))
    assert "450 triệu đồng" in answer.text


def test_a_document_that_is_replaced_is_not_in_force(culture: Engine) -> None:
    answer = culture.ask(Question(text="Kế hoạch số 41 của Sở Văn hóa vẫn còn hiệu lực, vậy làm theo bản nào?"))
    assert not answer.abstained
    assert "thay thế Kế hoạch số 41/KH-SVH" in answer.text
    assert answer.text.startswith("Văn bản 41/KH-SVH không còn")


def test_a_rate_is_multiplied_where_the_whole_is_asked(culture: Engine) -> None:
    answer = culture.ask(Question(text="Tặng 85 bộ cồng chiêng theo mức đã nêu thì hết bao nhiêu tiền?"))
    assert "1.020 triệu đồng" in answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        # The part that the whole document is about need not be said again.
        ("Vì sao vốn sự nghiệp của Dự án 6 ở Tây Lĩnh giải ngân chậm?", "nghệ nhân tuổi cao"),
        # A statement with a colon is no heading.
        ("Nghị quyết nào quy định mức hỗ trợ truyền dạy cồng chiêng?", "19/NQ-HĐND"),
        ("Việc rà soát 240 nghìn trang sách cổ chữ Thái giao cho đầu mối nào?", "Thư viện tỉnh"),
        ("Báo cáo số 305 gửi cho những ai?", "Cục Di sản văn hóa"),
    ],
)
def test_what_is_stated_is_found(culture: Engine, question: str, stated: str) -> None:
    assert stated in culture.ask(Question(text=question)).text


def test_a_name_that_is_asked_for_has_to_be_there(culture: Engine) -> None:
    assert culture.ask(Question(text="Nghệ nhân nhân dân duy nhất của Tây Lĩnh tên là gì?")).abstained


def test_the_body_that_issues_is_named_before_the_one_above_it(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    two = engine_of({"bao-ton": REPORT, "khac": REPORT.replace("305", "306").replace("TÂY LĨNH", "ĐÔNG LĨNH")})
    text = two.ask(Question(text="Tặng bao nhiêu bộ cồng chiêng?")).text
    assert "Sở Văn hóa tỉnh Tây Lĩnh" in text


@pytest.mark.parametrize("question", ["Phòng Du lịch chủ trì việc gì năm 2025?", "Phòng Du lịch chủ trì dự án nào?"])
def test_what_a_body_that_nothing_names_leads_is_refused(culture: Engine, question: str) -> None:
    answer = culture.ask(Question(text=question))
    assert answer.abstained, answer.text
    assert "Phòng Du lịch" in answer.text


def test_a_place_that_nothing_is_about_does_not_hide_what_the_named_plan_says(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Huyện Tam Đường căn cứ kế hoạch nào của UBND tỉnh Lào Cai để làm kế hoạch hợp tác quốc tế?")
    )
    assert not answer.abstained
    assert answer.text.startswith("Không có văn bản nào về “Lào Cai”")
    assert "742/KH-UBND" in answer.text
    for question in (
        "Kế hoạch thực hiện Quyết định 2152 của tỉnh Lạng Sơn do ai ký?",
        "So sánh mục tiêu giảm nghèo của Bắc Giang và Lào Cai.",
    ):
        assert engine.ask(Question(text=question)).abstained


def test_what_a_plan_leaves_blank_at_its_head_is_told(engine: Engine) -> None:
    answer = engine.ask(Question(text="Phần đầu kế hoạch của huyện Tam Đường còn thiếu những thông tin gì chưa điền?"))
    assert not answer.abstained
    assert "để trống số" in answer.text
    assert "để trống ngày ban hành" in answer.text


def test_another_number_in_the_question_does_not_hide_what_is_surely_meant(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="73 công trình ngầm, cầu dân sinh của Bắc Giang nằm ở 5 huyện, kể cả Lạng Giang, phải không?")
    )
    assert not answer.abstained
    assert "04 huyện: Sơn Động, Lục Ngạn, Lục Nam và Yên Thế" in answer.text


def test_somebody_who_says_who_they_are_asks_something(engine: Engine) -> None:
    answer = engine.ask(
        Question(
            text="Em là người Kinh, nhà nghèo ở tổ đặc biệt khó khăn của thành phố Bắc Kạn thì có được chương trình hỗ trợ không ạ?"
        )
    )
    assert not answer.abstained
    assert "dân tộc Kinh thuộc diện hộ nghèo" in answer.text


def test_a_whole_question_about_another_plan_leans_on_no_part_of_the_one_before(engine: Engine) -> None:
    before = "Năm 2023 Dự án 9 của thành phố Bắc Kạn được cấp bao nhiêu?"
    question = "By what date must Kien Giang departments send their yearly results?"
    answer = engine.ask(Question(text=question, history=(before,)))
    assert not answer.abstained
    assert "05/11" in answer.text
