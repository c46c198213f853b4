"""Rates for so many, rows within a bound, the outline of a plan, all that it cites, numbers that are a slip; our own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ingest.rules.programme import Part, parts_in
from retrieval.answer.bound import Bound, bound_in
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN MƯỜNG LỤA

Số: 61/KH-UBND

Mường Lụa, ngày 09 tháng 3 năm 2024

KẾ HOẠCH

Ổn định đời sống vùng thiếu nước huyện Mường Lụa năm 2024

Căn cứ Quyết định số 815/QĐ-UBND ngày 12/01/2024 của Ủy ban nhân dân tỉnh Nà Rì về giao dự toán năm 2024;

Thực hiện Kế hoạch số 347/KH-UBND ngày 20/02/2024 của Ủy ban nhân dân tỉnh Nà Rì về cấp nước mùa khô,

Ủy ban nhân dân huyện ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

Bảo đảm nước ăn cho các bản vùng cao trong mùa khô.

2. Yêu cầu

Không để hộ nào thiếu nước ăn quá 03 ngày.

II. CÁC LĨNH VỰC ƯU TIÊN HỖ TRỢ

1. Nước sinh hoạt

Đào 12 giếng, kinh phí 840 triệu đồng (mỗi năm là 420 triệu đồng).

2. Lương thực giáp hạt

Cấp gạo 15 kg/khẩu/tháng cho hộ thiếu đói, kinh phí 600 triệu đồng.

3. Chuồng trại

Hỗ trợ 2.500.000 đồng/hộ làm chuồng; người nhận thuê quản lý bể nước trả phí 3.000 đồng/ô/tháng.

III. GIẢI PHÁP

1. Nâng cao nhận thức

Tuyên truyền tiết kiệm nước trên loa của bản.

2. Huy động nguồn lực

Theo Thông tư số 12/2023/TT-BTC ngày 05/4/2023 của Bộ Tài chính, quỹ của bản được giữ lại để sửa bể.

IV. BẢNG SỐ LIỆU

| Bản | Số hộ | Bể nước | Ngân sách huyện (triệu đồng) |
|---|---|---|---|
| Bản Nà Tấu | 84 | 6 | 120 |
| Bản Phiêng Luông | 112 | 3 | 0 |
| Bản Co Mạ | 57 | 9 | 340 |
| Bản Huổi Lụa | 130 | 2 | 0 |

V. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp và Phát triển nông thôn

Chủ trì, theo dõi việc đào giếng; báo cáo trước ngày 15/11/2024.

2. Phòng Tài chính - Kế hoạch

Tham mưu bố trí kinh phí.

3. Hội Chữ thập đỏ huyện

Phối hợp cấp gạo.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Thị Suối
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-muong-lua-thieu-nuoc": PLAN})


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Nhà có 5 khẩu thiếu đói ở Mường Lụa được cấp bao nhiêu kg gạo trong 2 tháng?", "5 khẩu × 2 tháng × 15 kg"),
        ("Nhà có 5 khẩu thiếu đói ở Mường Lụa được cấp bao nhiêu kg gạo trong 2 tháng?", "= 150 kg"),
        ("Ở Mường Lụa 4 hộ làm chuồng thì được hỗ trợ bao nhiêu tiền?", "= 10.000.000 đồng"),
        ("Mường Lụa: quản lý 20 ô bể nước thì một năm trả phí bao nhiêu tiền?", "20 ô × 12 tháng × 3.000 đồng/ô/tháng = 720.000 đồng"),
        ("Đào giếng ở Mường Lụa 3 năm thì hết bao nhiêu tiền?", "3 năm × 420 triệu đồng/năm = 1.260 triệu đồng"),
    ],
)  # fmt: skip
def test_a_rate_for_so_many_that_the_question_names(engine: Engine, question: str, result: str) -> None:
    answer = engine.ask(Question(text=question))
    assert result in answer.text, answer.text
    assert answer.citations


def test_a_year_is_no_number_of_hectares(engine: Engine) -> None:
    answer = engine.ask(Question(text="Đến 2030 Hà Giang được bao nhiêu tiền chuồng trại?"))
    assert "2.030" not in answer.text


@pytest.mark.parametrize(
    ("question", "count", "names", "others"),
    [
        ("Có mấy bản ở Mường Lụa có trên 80 hộ?", "Có 3 bản", ["Nà Tấu", "Phiêng Luông", "Huổi Lụa"], ["Co Mạ"]),
        ("Những bản nào của Mường Lụa có từ 6 bể nước trở lên?", "Có 2", ["Nà Tấu", "Co Mạ"], ["Huổi Lụa"]),
        ("Mường Lụa có mấy bản dùng tiền ngân sách huyện?", "Có 2 bản", ["Nà Tấu", "Co Mạ"], ["Phiêng Luông"]),
    ],
)
def test_rows_within_a_bound(engine: Engine, question: str, count: str, names: list[str], others: list[str]) -> None:
    answer = engine.ask(Question(text=question))
    assert count in answer.text, answer.text
    assert all(name in answer.text for name in names)
    assert not any(name in answer.text for name in others)


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("tren 40 co do", Bound(">", 40, "co do")),
        ("tu 5 ty dong tro len", Bound(">=", 5, "ty dong")),
        ("khong qua 1.200 ho", Bound("<=", 1200, "ho ")),
        ("fewer than 12 teachers", Bound("<", 12, "teachers")),
        ("tren dia ban 40 xa", None),
        ("tren 20 ho va duoi 30 nguoi", None),
    ],
)
def test_the_bound_that_a_question_sets(said: str, bound: Bound | None) -> None:
    found = bound_in(said)
    if bound is None or found is None:
        assert found is bound
    else:
        assert (found.side, found.number, found.behind) == (bound.side, bound.number, bound.behind.strip())


def test_how_many_parts_a_plan_has(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch Mường Lụa có mấy phần lớn, phần cuối tên là gì?"))
    assert "Có 5 phần" in answer.text and "TỔ CHỨC THỰC HIỆN" in answer.text
    assert len(answer.citations) == 5


def test_all_bodies_that_have_tasks(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch Mường Lụa giao nhiệm vụ cho những cơ quan nào?"))
    for name in ("Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Tài chính - Kế hoạch", "Hội Chữ thập đỏ huyện"):
        assert name in answer.text


def test_the_parts_below_a_heading_by_what_they_are_called(engine: Engine) -> None:
    answer = engine.ask(Question(text="Mường Lụa ưu tiên hỗ trợ những lĩnh vực nào?"))
    assert all(one in answer.text for one in ("Nước sinh hoạt", "Lương thực giáp hạt", "Chuồng trại"))
    assert "2.500.000" not in answer.text


def test_sums_below_a_heading_are_added_up_where_there_are_as_many_as_are_said(engine: Engine) -> None:
    answer = engine.ask(Question(text="Hai lĩnh vực ưu tiên có ghi kinh phí của Mường Lụa cộng lại là bao nhiêu?"))
    assert "840 triệu đồng + 600 triệu đồng = 1.440 triệu đồng" in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "numbers", "others"),
    [
        ("Kế hoạch Mường Lụa nhắc đến những văn bản nào?", ["815/QĐ-UBND", "347/KH-UBND", "12/2023/TT-BTC"], []),
        ("Kế hoạch Mường Lụa viện dẫn những quyết định nào của UBND tỉnh?", ["815/QĐ-UBND"], ["347/KH-UBND"]),
        ("Which circulars does the Muong Lua plan cite?", ["12/2023/TT-BTC"], ["815/QĐ-UBND"]),
    ],
)
def test_all_documents_that_a_plan_cites(engine: Engine, question: str, numbers: list[str], others: list[str]) -> None:
    answer = engine.ask(Question(text=question))
    assert all(one in answer.text for one in numbers), answer.text
    assert not any(one in answer.text for one in others)


def test_a_number_that_is_a_slip_away_is_put_right(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch số 374/KH-UBND mà huyện Mường Lụa thực hiện do ai ban hành?"))
    assert "Không có văn bản số 374/KH-UBND" in answer.text and "347/KH-UBND" in answer.text
    assert not answer.abstained


def test_a_number_that_is_near_none_is_refused(engine: Engine) -> None:
    assert engine.ask(Question(text="Kế hoạch số 902/KH-UBND của Mường Lụa quy định gì?")).abstained


def test_who_signed_and_as_what_is_one_quote(engine: Engine) -> None:
    answer = engine.ask(Question(text="Ai ký kế hoạch của Mường Lụa?"))
    assert "Lò Thị Suối" in answer.text and "CHỦ TỊCH" in answer.text
    assert len(answer.citations) == 1
    assert "CHỦ TỊCH" in answer.citations[0].quote and "Lò Thị Suối" in answer.citations[0].quote


def test_a_rate_of_interest_is_no_share_of_it(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    text = PLAN.replace(
        "Tuyên truyền tiết kiệm nước", "Hộ vay Ngân hàng Chính sách xã hội được huyện bù 50% lãi suất. Tuyên truyền"
    )
    engine = engine_of({"2024-muong-lua-thieu-nuoc": text})
    assert engine.ask(Question(text="Hộ ở Mường Lụa vay ngân hàng chính sách thì lãi suất bao nhiêu?")).abstained


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("nội dung 02 phổ biến giáo dục pháp luật của dự án 10", (Part(10, 0, 2),)),
        ("tiểu dự án 1 và dự án 5", (Part(5, 1, 0),)),
        ("nội dung 1 có 3 việc, của dự án 4", (Part(0, 0, 1), Part(4, 0, 0))),
    ],
)
def test_what_a_part_is_called_may_stand_before_what_it_belongs_to(text: str, parts: tuple[Part, ...]) -> None:
    assert parts_in(text) == parts
