"""Tables of targets with heads of two rows, units, blank cells and names: on a plan of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ingest.pipeline import read_loaded
from ingest.types import Loaded
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN BẢN LẦU

Số: 91/KH-UBND

Bản Lầu, ngày 11 tháng 3 năm 2024

KẾ HOẠCH

Phổ cập bơi và phòng, chống đuối nước cho trẻ em giai đoạn 2024 - 2026

I. CHỈ TIÊU

Biểu 1. Chỉ tiêu theo năm

STT→Chỉ tiêu→Đơn vị→Năm→→
→→→2024→2025→2026
A. Dạy bơi→→→→→
1→Trẻ em được dạy bơi an toàn→em→320→450→600
2→Giáo viên được tập huấn cứu đuối→người→24→30→
B. Cơ sở vật chất→→→→→
3→Bể bơi thông minh lắp đặt mới→bể→2→3→1
4→Tỷ lệ trường có biển cảnh báo→%→60→80→100

Biểu 2. Giao chỉ tiêu cho các xã

STT→Xã→Số trẻ được dạy bơi→→→Cộng
→→2024→2025→2026→
1→Bản Phiệt→45→60→85→190
2→Nậm Chảy→30→40→…→70
3→Lùng Vai→38→52→66→156

II. TỔ CHỨC THỰC HIỆN

1. Trách nhiệm của các cơ quan

a) Phòng Giáo dục và Đào tạo chủ trì dạy bơi trong trường học.

b) Công an huyện: kiểm tra bến đò ngang; xử lý phương tiện không có áo phao.

c) Huyện đoàn: vận động đoàn viên dạy bơi miễn phí vào dịp hè.

Vốn vay để lắp bể bơi do Ngân hàng Chính sách xã hội cho vay 40 triệu đồng một bể.

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH
""".replace("→", "\t")


@pytest.fixture(scope="module")
def swimming(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"day-boi": PLAN})


def test_a_head_of_two_rows_names_every_column(swimming: Engine) -> None:
    found = {
        (row.value("indicator"), row.value("year"), row.value("number"), row.value("unit"))
        for row in swimming.register("targets")
    }
    assert ("Trẻ em được dạy bơi an toàn", "2025", "450", "em") in found
    assert ("Tỷ lệ trường có biển cảnh báo", "2026", "100", "%") in found
    assert ("Bản Phiệt", "2024", "45", "trẻ") in found
    assert not any(name.startswith(("A.", "B.")) for name, *_ in found)


def test_rows_stand_below_the_name_of_their_table_and_of_their_group() -> None:
    chunks = read_loaded(Loaded(text=PLAN, format="text"), identifier="d", path="d.txt", sha256="").chunks
    path = next(one.path for one in chunks if "Bể bơi thông minh" in one.reading)
    assert path == ("I. CHỈ TIÊU", "Biểu 1. Chỉ tiêu theo năm", "B. Cơ sở vật chất")


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Năm 2025 huyện Bản Lầu dạy bơi an toàn cho bao nhiêu em?", "450"),
        ("Xã Bản Phiệt được giao dạy bơi cho bao nhiêu trẻ năm 2026?", "85"),
        ("Đến năm 2026 bao nhiêu phần trăm trường có biển cảnh báo?", "100"),
        ("Bản Phiệt dạy bơi cho nhiều hơn Lùng Vai bao nhiêu trẻ trong năm 2025?", "8"),
    ],
)
def test_numbers_of_a_table_are_told_and_reckoned_with(swimming: Engine, question: str, stated: str) -> None:
    answer = swimming.ask(Question(text=question))
    assert not answer.abstained
    assert stated in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2026 Nậm Chảy dạy bơi cho bao nhiêu trẻ?",
        "Năm 2026 bao nhiêu giáo viên được tập huấn cứu đuối?",
        "Họ tên Phó Chủ tịch ký kế hoạch dạy bơi là gì?",
        "Vay tiền lắp bể bơi phải trả lãi bao nhiêu phần trăm?",
    ],
)
def test_what_a_cell_or_a_line_leaves_blank_is_refused(swimming: Engine, question: str) -> None:
    assert swimming.ask(Question(text=question)).abstained


def test_a_body_before_a_colon_does_all_that_follows(swimming: Engine) -> None:
    answer = swimming.ask(Question(text="Công an huyện Bản Lầu phải làm những việc gì?"))
    assert "kiểm tra bến đò ngang" in answer.text
    assert "áo phao" in answer.text
