"""Targets that a plan sets in stages, from when it is in force, where its money is from: on plans of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

FORESTS = """ỦY BAN NHÂN DÂN
TỈNH SƠN LÂM

Số: 318/QĐ-UBND

Sơn Lâm, ngày 04 tháng 3 năm 2026

QUYẾT ĐỊNH

Về việc ban hành Chương trình phục hồi rừng phòng hộ đầu nguồn

Điều 1. Mục tiêu

1. Mục tiêu theo giai đoạn

a) Đến hết năm 2027: có ít nhất 25% thôn bản lập tổ bảo vệ rừng cộng đồng.

b) Đến hết năm 2030: có ít nhất 55% thôn bản lập tổ bảo vệ rừng cộng đồng.

c) Đến hết năm 2035: 90% thôn bản lập tổ bảo vệ rừng cộng đồng.

2. Đến hết năm 2032, phấn đấu đạt được các kết quả sau:

- Hộ nhận khoán đều được tập huấn phòng cháy, chữa cháy rừng;

- Xóa toàn bộ lán trại dựng trái phép ven suối.

Điều 2. Kinh phí thực hiện

1. Kinh phí thực hiện Chương trình lấy từ quỹ dịch vụ môi trường rừng, ngân sách tỉnh và đóng góp của doanh nghiệp thủy điện.

Điều 3. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Bộ Nông nghiệp và Môi trường (để b/c);
- Cục Kiểm lâm (để b/c);
- Các sở, ban, ngành của tỉnh;
- Lưu: VT, NN.

CHỦ TỊCH

Lò Văn Tâm
"""

TOURISM = """ỦY BAN NHÂN DÂN
TỈNH SƠN LÂM

Số: 77/KH-UBND

Sơn Lâm, ngày 12 tháng 5 năm 2026

KẾ HOẠCH

Phát triển du lịch cộng đồng vùng lòng hồ

I. NHIỆM VỤ

Sở Văn hóa, Thể thao và Du lịch chủ trì lập bản đồ các điểm lưu trú trong nhà dân.

II. KINH PHÍ

Kinh phí do các xã tự cân đối từ ngân sách xã.

CHỦ TỊCH

Lò Văn Tâm
"""


@pytest.fixture(scope="module")
def plans(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"phuc-hoi-rung": FORESTS, "du-lich-long-ho": TOURISM})


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao tỉnh đòi 90% thôn bản lập tổ bảo vệ rừng cộng đồng ngay từ năm 2030?",
        "Năm 2030 có 90% thôn bản lập tổ bảo vệ rừng cộng đồng phải không?",
        "vi sao nam 2030 phai co 90% thon ban lap to bao ve rung cong dong?",
        "How will 90% of villages get community forest protection groups by the end of 2030?",
    ],
)
def test_the_figure_of_another_stage_is_put_right(plans: Engine, question: str) -> None:
    answer = plans.ask(Question(text=question))
    assert "90% cho năm 2030" in answer.text or "90% for 2030" in answer.text
    assert "55% thôn bản" in answer.text
    assert "2035: 90% thôn bản" in answer.text


def test_the_figure_of_its_own_stage_is_not(plans: Engine) -> None:
    answer = plans.ask(Question(text="Năm 2030 có 55% thôn bản lập tổ bảo vệ rừng cộng đồng phải không?"))
    assert "55% thôn bản" in answer.text
    assert "không nêu" not in answer.text


def test_how_far_two_stages_are_apart(plans: Engine) -> None:
    question = (
        "Từ năm 2027 đến năm 2035, tỷ lệ thôn bản lập tổ bảo vệ rừng cộng đồng phải tăng thêm bao nhiêu điểm phần trăm?"
    )
    assert "90% − 25% = 65 điểm phần trăm" in plans.ask(Question(text=question)).text


def test_a_year_without_a_stage_is_not_worked_out(plans: Engine) -> None:
    question = "Từ năm 2028 đến năm 2035, tỷ lệ thôn bản lập tổ bảo vệ rừng phải tăng thêm bao nhiêu điểm phần trăm?"
    assert "điểm phần trăm." not in plans.ask(Question(text=question)).text


def test_by_when_stands_above_the_list(plans: Engine) -> None:
    answer = plans.ask(Question(text="Khi nào phải xóa hết lán trại dựng trái phép ven suối?"))
    assert "Đến hết năm 2032" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 318 mãi đến 01/7/2026 mới có hiệu lực, sao phải chờ lâu vậy?",
        "Quyết định 318 có hiệu lực từ ngày 01/7/2026 phải không?",
    ],
)
def test_another_day_than_that_from_which_it_is_in_force(plans: Engine, question: str) -> None:
    answer = plans.ask(Question(text=question))
    assert "không nêu “01/7/2026”" in answer.text.replace("01/07/", "01/7/")
    assert "có hiệu lực kể từ ngày ký" in answer.text


def test_of_two_plans_of_a_place_that_which_is_named_says_where_its_money_is_from(plans: Engine) -> None:
    for question in (
        "Where does the money for Son Lam's forest restoration programme come from?",
        "Tiền cho chương trình phục hồi rừng của Sơn Lâm lấy từ đâu?",
    ):
        answer = plans.ask(Question(text=question))
        assert "quỹ dịch vụ môi trường rừng" in answer.text, question
        assert "các xã tự cân đối" not in answer.text, question


def test_who_is_sent_a_document_to_be_told_of_it(plans: Engine) -> None:
    answer = plans.ask(Question(text="Quyết định 318 gửi để báo cáo cho những cơ quan trung ương nào?"))
    assert "Bộ Nông nghiệp và Môi trường" in answer.text
    assert "Cục Kiểm lâm" in answer.text


def test_number_and_signer_in_one_english_question(plans: Engine) -> None:
    answer = plans.ask(Question(text="Son Lam's community tourism plan: what is its number and who signed it?"))
    assert "77/KH-UBND" in answer.text
    assert "Lò Văn Tâm" in answer.text
