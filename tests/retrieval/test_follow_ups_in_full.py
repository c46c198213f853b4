"""Follow-ups that replace one thing, ask why, or name no document; what is flatly denied; words put right; our own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

DISTRICT = """ỦY BAN NHÂN DÂN
HUYỆN ĐÁ BẰNG

Số: 37/KH-UBND

Đá Bằng, ngày 09 tháng 01 năm 2024

KẾ HOẠCH

Phát triển chăn nuôi dê huyện Đá Bằng giai đoạn 2024 - 2026

I. KẾT QUẢ

Tiêm phòng cho đàn dê năm 2023 đạt 62%. Nguyên nhân tỷ lệ thấp là do thiếu thú y viên ở các xã vùng cao.

II. CHỈ TIÊU

Bảng 1. Số dê theo xã

| Xã | Năm 2024 (con) | Năm 2025 (con) | Vốn (triệu đồng) |
|---|---|---|---|
| Pa Khóa | 1.200 | 1.450 | 640 |
| Nậm Chà | 900 | 1.100 | 510 |
| Suối Lừ | 700 | 820 | 380 |

III. HỖ TRỢ

1. Hỗ trợ làm chuồng dê tối đa 4 triệu đồng/hộ.

2. Không hỗ trợ mua dê giống cho hộ nuôi trong rừng đặc dụng.

3. Lớp thú y cho dê mở tại xã; giảng viên được trả 90.000 đồng/tiết.

4. Tiêm phòng dê không thuộc trách nhiệm của Đồn Biên phòng mà do Trung tâm Dịch vụ nông nghiệp thực hiện.

IV. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp: là cơ quan thường trực của kế hoạch.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Văn Dê
"""

OTHER = """ỦY BAN NHÂN DÂN
HUYỆN NÚI ĐỒNG

Số: 12/KH-UBND

Núi Đồng, ngày 20 tháng 02 năm 2024

KẾ HOẠCH

Phát triển trường phổ thông và dạy bơi cho học sinh huyện Núi Đồng năm 2024

Căn cứ Thông tư số 15/2022/TT-BGDĐT của Bộ Giáo dục và Đào tạo về quy chế của trường phổ thông dân tộc bán trú;

I. NỘI DUNG

1. Mở 14 lớp dạy bơi; giáo viên dạy bơi được trả 120.000 đồng/buổi.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Giáo dục và Đào tạo: là cơ quan thường trực của kế hoạch.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Vàng Thị Bơi
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-da-bang-chan-nuoi-de": DISTRICT, "2024-nui-dong-truong-hoc": OTHER})


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        ("Xã Pa Khóa của Đá Bằng năm 2024 có bao nhiêu con dê?", "Còn năm 2025?", "1.450"),
        ("xa pa khoa cua da bang nam 2024 co bao nhieu con de", "the nam 2025 thi sao", "1.450"),
        ("How many goats will Pa Khóa in Đá Bằng have in 2024?", "How about 2025?", "1.450"),
        ("Vốn nuôi dê của xã Pa Khóa (Đá Bằng) là bao nhiêu?", "Thế Nậm Chà?", "510"),
        ("Tỷ lệ tiêm phòng dê của Đá Bằng năm 2023 đạt bao nhiêu phần trăm?", "Sao thấp vậy?", "thiếu thú y viên"),
        (
            "Cơ quan nào thường trực kế hoạch chăn nuôi dê của Đá Bằng?",
            "còn bên dạy bơi Núi Đồng thì ai?",
            "Phòng Giáo dục và Đào tạo",
        ),
    ],
)
def test_a_follow_up_is_said_in_full(engine: Engine, before: str, question: str, said: str) -> None:
    answer = engine.ask(Question(text=question, history=(before,)))
    assert not answer.abstained and said in answer.text
    assert any(question in step and "→" in step for step in answer.steps)


def test_a_question_that_names_no_document_stays_with_the_one_before(engine: Engine) -> None:
    history = ("Huyện Đá Bằng hỗ trợ làm chuồng dê bao nhiêu?",)
    answer = engine.ask(Question(text="người dạy lớp đó được trả bao nhiêu một tiết?", history=history))
    assert "90.000 đồng/tiết" in answer.text and "120.000" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hộ nuôi dê trong rừng đặc dụng ở Đá Bằng được hỗ trợ mua dê giống mấy triệu?", "Không hỗ trợ mua dê giống"),
        ("Đồn Biên phòng ở Đá Bằng tiêm phòng dê vào ngày nào?", "không thuộc trách nhiệm"),
    ],
)
def test_what_is_flatly_denied_is_the_answer(engine: Engine, question: str, said: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained and said in answer.text


def test_words_that_questions_have_are_restored(engine: Engine) -> None:
    answer = engine.ask(Question(text="da bang ho tro lam chuong de toi da bao nhieu"))
    assert "4 triệu đồng/hộ" in answer.text


def test_a_school_is_no_deputy(engine: Engine) -> None:
    question = "Kế hoạch Núi Đồng dựa vào thông tư nào về quy chế của trường phổ thông dân tộc bán trú?"
    assert "15/2022/TT-BGDĐT" in engine.ask(Question(text=question)).text
    assert not engine.ask(Question(text=question)).abstained
