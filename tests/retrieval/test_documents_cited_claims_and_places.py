"""What cited documents are about, who signed as what, days and places taken for others; on texts of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """UBND TỈNH KHAU PHẠ

Số: 91/KH-UBND

Khau Phạ, ngày 14 tháng 6 năm 2024

KẾ HOẠCH

Phát triển nuôi ong dưới tán rừng tỉnh Khau Phạ giai đoạn 2024 - 2026

Căn cứ Quyết định số 812/QĐ-TTg ngày 05/3/2023 của Thủ tướng Chính phủ phê duyệt Đề án phát triển sinh kế dưới tán rừng;

Căn cứ Nghị quyết số 19/NQ-HĐND ngày 07/12/2023 của Hội đồng nhân dân tỉnh Khau Phạ về chính sách hỗ trợ giống vật nuôi thay thế Nghị quyết số 06/NQ-HĐND ngày 10/7/2020,

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

- Đến năm 2026 có 4.800 đàn ong.

- Xây dựng nhãn hiệu mật ong của tỉnh.

II. NHIỆM VỤ

1. Tập huấn kỹ thuật nuôi ong cho các hộ.

2. Lắp đặt trạm theo dõi thời tiết tại các xã.

III. KINH PHÍ

Đơn vị tính: triệu đồng

| Nội dung | Năm 2024 | Năm 2025 | Năm 2026 |
|---|---|---|---|
| Mua đàn ong giống | 120 | 150 | 90 |
| Tập huấn nuôi ong | 40 | 35 | 30 |
| Cộng | 160 | 185 | 120 |

IV. TỔ CHỨC THỰC HIỆN

1. Sở Nông nghiệp và Phát triển nông thôn

Chủ trì triển khai Kế hoạch.

2. Chi cục Kiểm lâm

Hướng dẫn đặt đàn ong dưới tán rừng.

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lò Văn Chựa
"""
DISTRICT = """UBND HUYỆN PÚNG TRA

Số: 33/KH-UBND

Púng Tra, ngày 02 tháng 7 năm 2024

KẾ HOẠCH

Phòng chống rét cho trâu bò huyện Púng Tra năm 2024

Thực hiện Kế hoạch số 57/KH-UBND ngày 11/6/2024 của Ủy ban nhân dân tỉnh Khau Phạ về phòng chống rét cho vật nuôi;

Thực hiện Quyết định số 812/QĐ-TTg ngày 05/3/2023 của Thủ tướng Chính phủ,

Ủy ban nhân dân huyện ban hành Kế hoạch như sau:

I. MỤC TIÊU

- 100% hộ có chuồng kín gió.

II. TÌNH HÌNH

Trâu bò được tiêm phòng theo quy định[1].

[1] Thông tư số 46/2022/TT-BNNPTNT ngày 19/12/2022 của Bộ Nông nghiệp và Phát triển nông thôn hướng dẫn tiêm phòng cho gia súc.

| Xã | 9 tháng 2023 | 9 tháng 2024 |
|---|---|---|
| Nà Lếch | 31 | 18 |
| Co Mạ | 22 | 9 |
| Toàn huyện | 53 | 27 |

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Quàng Thị Ín
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-khau-pha-nuoi-ong": PLAN, "2024-pung-tra-chong-ret": DISTRICT})


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 812/QĐ-TTg là về việc gì?",
        "quyet dinh 812 ma ke hoach nuoi ong Khau Pha dan la de an gi",
        "What is Decision 812/QĐ-TTg about?",
    ],
)
def test_what_a_document_is_about_that_is_only_cited(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained and "sinh kế dưới tán rừng" in answer.text, answer.text


def test_a_document_that_only_a_footnote_cites(engine: Engine) -> None:
    answer = engine.ask(Question(text="Thông tư 46/2022/TT-BNNPTNT hướng dẫn chuyện gì?"))
    assert not answer.abstained and "tiêm phòng cho gia súc" in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 812/QĐ-TTg quy định mức hỗ trợ mỗi hộ là bao nhiêu?",
        "What does Decision 812/QĐ-TTg say about the number of beekeepers?",
    ],
)
def test_what_stands_in_a_document_that_is_only_cited_is_not_told(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


def test_documents_that_cite_one_by_the_passive(engine: Engine) -> None:
    answer = engine.ask(Question(text="QĐ 812/QĐ-TTg được những kế hoạch nào dẫn ra?"))
    assert {one.document for one in answer.citations} == {"2024-khau-pha-nuoi-ong", "2024-pung-tra-chong-ret"}


def test_the_documents_of_one_issuer_among_those_that_are_cited(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Kế hoạch nuôi ong của Khau Phạ căn cứ những văn bản nào của Hội đồng nhân dân tỉnh?")
    )
    assert "19/NQ-HĐND" in answer.text and "812/QĐ-TTg" not in answer.text.split("\n\n")[0], answer.text


def test_the_documents_of_two_kinds_that_a_plan_is_based_on(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch nuôi ong của Khau Phạ căn cứ những quyết định, nghị quyết nào?"))
    assert "812/QĐ-TTg" in answer.text and "19/NQ-HĐND" in answer.text, answer.text


def test_what_a_basis_names_besides_is_none(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch nuôi ong của Khau Phạ căn cứ mấy nghị quyết?"))
    assert "Có 1 nghị quyết" in answer.text and "06/NQ-HĐND" not in answer.text, answer.text


def test_all_bases_are_told_as_they_stand(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch nuôi ong của Khau Phạ căn cứ vào những văn bản nào?"))
    assert "sinh kế dưới tán rừng" in answer.text and "giống vật nuôi" in answer.text, answer.text


def test_documents_of_a_kind_that_is_not_cited_are_said_not_to_be(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch nuôi ong của Khau Phạ căn cứ mấy thông tư?"))
    assert answer.abstained and "không dẫn" in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Chủ tịch UBND tỉnh Lò Văn Chựa ký kế hoạch nuôi ong của Khau Phạ với tư cách gì?", "PHÓ CHỦ TỊCH"),
        ("Kế hoạch nuôi ong của Khau Phạ do Chủ tịch tỉnh Lò Văn Chựa trực tiếp ký phải không?", "Không."),
        ("Kế hoạch nuôi ong của Khau Phạ do ông Lò Văn Chựa ký phải không?", "Có."),
        ("Kế hoạch nuôi ong của Khau Phạ do ông Giàng Mí Sử ký phải không?", "Không."),
    ],
)
def test_who_signed_and_as_what(engine: Engine, question: str, says: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained and says in answer.text and "Lò Văn Chựa" in answer.text, answer.text


def test_who_signed_a_plan_of_a_place_that_has_none_is_refused(engine: Engine) -> None:
    assert engine.ask(Question(text="Chủ tịch tỉnh Mường Khoa ký kế hoạch nuôi ong với tư cách gì?")).abstained


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch số 57 mà Púng Tra thực hiện ban hành ngày 12/6/2024 phải không?",
        "ke hoach so 57 ma Pung Tra thuc hien ban hanh ngay 12/6/2024 phai khong",
    ],
)
def test_a_day_that_is_taken_for_another_is_put_right(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert "Có." not in answer.text.split("\n")[0] and "11/6/2024" in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch 57 mà Púng Tra thực hiện là của tỉnh Mường Khoa ban hành ngày nào?",
        "ke hoach 57 ma Pung Tra thuc hien la cua tinh Muong Khoa ban hanh ngay nao",
    ],
)
def test_a_place_that_is_taken_for_another_is_put_right(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained and "Không có văn bản nào về" in answer.text and "11/6/2024" in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch nuôi ong của tỉnh Mường Khoa có bao nhiêu đàn ong năm 2026?",
        "ke hoach nuoi ong cua tinh Muong Khoa co bao nhieu dan ong nam 2026",
        "Who leads the beekeeping plan of Muong Khoa province?",
    ],
)
def test_the_plan_of_a_place_that_has_none_is_not_told_by_that_of_another(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


def test_a_column_of_nine_months_does_not_tell_of_the_whole_year(engine: Engine) -> None:
    whole = engine.ask(Question(text="Cả năm 2023 huyện Púng Tra có tổng cộng bao nhiêu con trâu bò chết rét?"))
    assert whole.abstained or "53" not in whole.text.split("\n")[0], whole.text


def test_a_row_that_is_named_is_not_told_by_the_total(engine: Engine) -> None:
    answer = engine.ask(Question(text="Năm 2025 Khau Phạ dành bao nhiêu tiền để mua đàn ong giống?"))
    assert "150" in answer.text and not answer.text.startswith("**Cộng"), answer.text


def test_the_total_of_a_year_by_its_row(engine: Engine) -> None:
    answer = engine.ask(Question(text="Tổng kinh phí năm 2025 của kế hoạch nuôi ong Khau Phạ là bao nhiêu?"))
    assert not answer.abstained and "185" in answer.text, answer.text


def test_a_quarter_that_is_not_stated_is_refused(engine: Engine) -> None:
    answer = engine.ask(Question(text="Khau Phạ phải lắp đặt xong trạm theo dõi thời tiết vào quý nào?"))
    assert answer.abstained, answer.text
