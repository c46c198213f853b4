"""Columns of sources and years, rises and falls, lists inside a sentence, and what a plan leaves open; on our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
XÃ TIÊN HÒA

Số: 61/KH-UBND

Tiên Hòa, ngày 04 tháng 02 năm 2025

KẾ HOẠCH

Xây dựng thư viện thôn và phong trào đọc sách giai đoạn 2025 - 2026

I. NỘI DUNG

1. Mỗi thư viện có 04 tủ sách: (1) sách thiếu nhi; (2) sách nông nghiệp; (3) sách pháp luật; (4) báo và tạp chí.

2. Mỗi bạn đọc được mượn tối đa 05 cuốn trong một lần.

3. Thuê xe sách lưu động phục vụ các thôn xa. Giá thuê xe do Phòng Văn hóa - Xã hội thông báo sau.

4. Phương tiện vận chuyển sách do Đoàn xã bố trí, chở sách hai lần mỗi tháng.

II. CHỈ TIÊU

Biểu 1. Số lượt bạn đọc theo thôn (Đơn vị tính: lượt)

| STT | Thôn | Kết quả 2023 | Kết quả 2024 | Chỉ tiêu 2025 |
|---|---|---|---|---|
| 1 | Thôn Gò Mít | 410 | 385 | 500 |
| 2 | Thôn Suối Cạn | 260 | 330 | 420 |
| | Tổng cộng | 670 | 715 | 920 |

III. KINH PHÍ

Biểu 2. Dự toán kinh phí (Đơn vị tính: triệu đồng)

| STT | Nội dung | Năm 2025 NS xã | Năm 2025 XHH | Năm 2026 NS xã | Năm 2026 XHH | Cộng |
|---|---|---|---|---|---|---|
| 1 | Mua sách | 40 | 25 | 55 | 30 | 150 |
| 2 | Đóng kệ | 35 | 15 | 10 | 5 | 65 |
| | Tổng cộng | 75 | 40 | 65 | 35 | 215 |

IV. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội chủ trì, sơ kết trong tháng 01 năm 2026.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Đinh Thị Sáo
"""


OTHER = """ỦY BAN NHÂN DÂN
XÃ BẾN GẠO

Số: 12/KH-UBND

Bến Gạo, ngày 20 tháng 01 năm 2025

KẾ HOẠCH

Mua máy bơm nước chống hạn giai đoạn 2025 - 2027

I. KINH PHÍ

Đơn vị tính: triệu đồng

| Nguồn | Năm 2025 | Năm 2026 | Năm 2027 | Cộng |
|---|---|---|---|---|
| Ngân sách huyện | 60 | 50 | 30 | 140 |
| Nhân dân đóng góp | 30 | 20 | 10 | 60 |
| Tổng cộng | 90 | 70 | 40 | 200 |

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lý Thị Mẩy
"""


@pytest.fixture(scope="module")
def library(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"thu-vien": PLAN, "may-bom": OTHER})


def ask(engine: Engine, question: str) -> tuple[bool, str]:
    answer = engine.ask(Question(text=question))
    return answer.abstained, answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Ngân sách xã Tiên Hòa chi cho thư viện cả hai năm là bao nhiêu?", ("75 + 65 = 140 triệu đồng",)),
        ("Hai năm 2025 và 2026 Bến Gạo dự toán mua máy bơm tất cả bao nhiêu tiền?", ("90 + 70 = 160 triệu đồng",)),
        ("Cả giai đoạn 2025-2027 Bến Gạo cần bao nhiêu tiền mua máy bơm?", ("200",)),
        ("What is the number and date of issue of the Bến Gạo pump plan?", ("12/KH-UBND", "20 tháng 01 năm 2025")),
        ("Năm 2026 tiền xã hội hóa làm thư viện ở Tiên Hòa là bao nhiêu?", ("35 triệu đồng",)),
        ("Số lượt đọc ở thôn Gò Mít năm 2024 tăng hay giảm so với năm 2023?", ("Giảm.", "410 − 385 = 25")),
        ("Lượt bạn đọc thôn Suối Cạn năm nào cao nhất?", ("2025", "420")),
        ("Mỗi thư viện thôn ở Tiên Hòa có những tủ sách gì?", ("thiếu nhi", "nông nghiệp", "pháp luật", "tạp chí")),
        ("Kế hoạch thư viện của xã Tiên Hòa số mấy?", ("61/KH-UBND",)),
        ("Who signed the Tiên Hòa library plan, and when is it dated?", ("Đinh Thị Sáo", "04 tháng 02 năm 2025")),
    ],
)
def test_it_is_told(library: Engine, question: str, stated: tuple[str, ...]) -> None:
    abstained, text = ask(library, question)
    assert not abstained, text
    assert all(one in text for one in stated), text


def test_a_span_of_years_is_not_its_first_and_last_and_a_giver_is_not_all(library: Engine) -> None:
    _, text = ask(library, "Cả ba năm 2025-2027 Bến Gạo dự toán mua máy bơm hết bao nhiêu tiền?")
    assert "90 + 40" not in text
    _, text = ask(library, "Ba năm 2025-2027 huyện rót cho Bến Gạo bao nhiêu tiền mua máy bơm?")
    assert "200 triệu đồng" not in text.split("[1]")[0]
    assert "90 + " not in text


def test_a_telephone_that_takes_pictures_is_no_telephone_number(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    text = PLAN.replace(
        "II. CHỈ TIÊU\n", "5. Bạn đọc không dùng điện thoại cá nhân chụp trang sách quý.\n\nII. CHỈ TIÊU\n"
    )
    abstained, said = ask(
        engine_of({"thu-vien": text}), "Bạn đọc lấy điện thoại của mình chụp trang sách quý có được không?"
    )
    assert not abstained, said
    assert "không dùng điện thoại cá nhân" in said


def test_at_most_names_no_programme_part(library: Engine) -> None:
    abstained, text = ask(library, "Bạn đọc được mượn tối đa 5 cuốn một lần có đúng không?")
    assert not abstained
    assert "Dự án" not in text
    assert "05 cuốn" in text


def test_what_the_plan_leaves_open_is_refused_as_such(library: Engine) -> None:
    abstained, text = ask(library, "Thuê xe sách lưu động ở Tiên Hòa giá bao nhiêu?")
    assert abstained
    assert "để ngỏ" in text
    assert "thông báo sau" in text


def test_a_count_of_things_is_no_sum_of_money(library: Engine) -> None:
    _, text = ask(library, "Năm 2025 Tiên Hòa mở bao nhiêu lớp học đọc sách?")
    assert "triệu đồng" not in text.split("\n")[0]


def test_a_word_like_a_place_is_asked_for() -> None:
    from retrieval.answer.asked import topic_of
    from retrieval.answer.scope import Scope
    from retrieval.question import read_question

    text = "Tiền Hải chi mua phương tiện gì?"
    scope = Scope(
        documents=(), named=True, places=(), unknown=(), names=("Tiền Hải",), years=(), words=frozenset(("tien", "hai"))
    )
    topic = topic_of(text, read_question(text), scope)
    assert "tiện" in topic
    assert "tiền" not in topic
