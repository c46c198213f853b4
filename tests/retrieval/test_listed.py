"""Things that a question lists, over plans of our own: added up, put in order, what is left, counts and years apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from ingest.normalise import fold
from retrieval.answer.counts_apart import counted_of_both
from retrieval.answer.listed import listed
from retrieval.answer.operands import calculations
from retrieval.answer.rest import not_yet
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA BIỂN

Số: 92/KH-UBND

Hòa Biển, ngày 12 tháng 02 năm 2026

KẾ HOẠCH

Phát triển vùng ven biển tỉnh Hòa Biển giai đoạn 2026 - 2029

I. MỤC TIÊU

- Đến năm 2029, 80% xã có bến cá; 70% thôn có đường bê tông; 55% hộ nuôi cá lồng được bảo hiểm.

- Tỷ lệ tàu cá được gắn thiết bị giám sát đạt tối thiểu 60% vào cuối năm 2030 và tối thiểu 95% vào cuối năm 2040.

- Trong cơ cấu kinh tế vùng ven biển, khai thác hải sản chiếm khoảng 22%, chế biến hải sản chiếm khoảng 12%, còn lại là dịch vụ.

II. CÁC LĨNH VỰC ƯU TIÊN

1. Bến cá và kho lạnh: Kinh phí xây dựng bến cá và kho lạnh giai đoạn 2026 - 2029 là 2,5 tỷ đồng.

2. Nuôi cá lồng bè: Kinh phí hỗ trợ nuôi cá lồng bè giai đoạn 2026 - 2029 là 800 triệu đồng.

3. Du lịch làng chài: Kinh phí phát triển du lịch làng chài giai đoạn 2026 - 2029 là 1,2 tỷ đồng.

4. Y tế học đường: Khám sức khỏe định kỳ cho học sinh các xã bãi ngang.

III. NỘI DUNG

1. Dự án 2: Đường ra bến

- Kinh phí Dự án 2 giai đoạn 2026 - 2029 là 1.000 triệu đồng: năm 2026 là 100 triệu đồng, năm 2027 là 200 triệu đồng, năm 2028 là 300 triệu đồng, năm 2029 là 350 triệu đồng.

2. Dự án 5: Dạy nghề đi biển

- Kinh phí Dự án 5 giai đoạn 2026 - 2029 là 400 triệu đồng: năm 2026 là 90 triệu đồng, năm 2027 là 100 triệu đồng, năm 2028 là 100 triệu đồng, năm 2029 là 110 triệu đồng.

IV. KINH PHÍ THỰC HIỆN

- Tổng kinh phí năm 2026 là 190 triệu đồng, trong đó: ngân sách trung ương 150 triệu đồng, ngân sách tỉnh đối ứng 40 triệu đồng (vốn đầu tư 38 triệu đồng; vốn sự nghiệp 152 triệu đồng).

Nơi nhận:
- UBND tỉnh;

CHỦ TỊCH

Trần Văn Ba
"""

OTHER = """ỦY BAN NHÂN DÂN
TỈNH SƠN LÂM

Số: 15/KH-UBND

Sơn Lâm, ngày 03 tháng 3 năm 2026

KẾ HOẠCH

Phát triển rừng tỉnh Sơn Lâm giai đoạn 2026 - 2029

I. MỤC TIÊU

- Giữ rừng đầu nguồn.

II. CÁC LĨNH VỰC ƯU TIÊN

1. Trồng rừng gỗ lớn: Trồng rừng gỗ lớn ở các xã vùng cao.

2. Cây thuốc dưới tán rừng: Trồng cây thuốc dưới tán rừng.

Nơi nhận:
- UBND tỉnh;

CHỦ TỊCH

Lê Thị Tư
"""


@pytest.fixture(scope="module")
def plan(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"hoa-bien": PLAN})


@pytest.fixture(scope="module")
def two(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"hoa-bien": PLAN, "son-lam": OTHER})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        (
            "Gộp ba mảng (bến cá - kho lạnh, nuôi cá lồng, du lịch làng chài) thì cần tổng cộng bao nhiêu tiền?",
            "2,5 tỷ đồng + 800 triệu đồng + 1,2 tỷ đồng = 4,5 tỷ đồng",
        ),
        ("Hai lĩnh vực nuôi cá lồng và du lịch làng chài gộp lại cần bao nhiêu tiền?", "= 2 tỷ đồng"),
        ("gop hai mang nuoi ca long va du lich lang chai lai la bao nhieu tien", "= 2 tỷ đồng"),
        (
            "Tổng cộng bao nhiêu tiền cho bến cá kho lạnh, nuôi cá lồng bè và du lịch làng chài?",
            "= 4,5 tỷ đồng",
        ),
        (
            "Xếp giúp tôi kinh phí của ba mảng: bến cá kho lạnh, nuôi cá lồng, du lịch làng chài. Mảng nào nhiều nhất?",
            "bến cá kho lạnh: 2,5 tỷ đồng; du lịch làng chài: 1,2 tỷ đồng; nuôi cá lồng: 800 triệu đồng",
        ),
        (
            "Trong ba mảng bến cá kho lạnh, nuôi cá lồng và du lịch làng chài, mảng nào được ít tiền nhất?",
            "Ít nhất: nuôi cá lồng (800 triệu đồng)",
        ),
        ("Nuôi cá lồng + du lịch làng chài = bao nhiêu tiền?", "= 2 tỷ đồng"),
        ("Tỉnh dành cho nuôi cá lồng và cho du lịch làng chài cả thảy bao nhiêu tiền?", "= 2 tỷ đồng"),
        (
            "Sắp xếp bến cá kho lạnh, nuôi cá lồng, du lịch làng chài theo số tiền từ cao xuống thấp.",
            "Nhiều nhất: bến cá kho lạnh (2,5 tỷ đồng)",
        ),
        ("Bao nhiêu phần trăm tổng kinh phí năm 2026 là vốn sự nghiệp?", "152 triệu đồng / 190 triệu đồng = 80%"),
        ("Vốn đầu tư là mấy phần trăm trong 190 triệu đồng năm 2026?", "38 triệu đồng / 190 triệu đồng = 20%"),
        ("Dự án 2, Dự án 5 năm 2027, dự án nào được nhiều tiền nhất?", "Nhiều nhất: Dự án 2 (200 triệu đồng)"),
        (
            "Dự án 2 chia theo từng năm, hai năm đầu 2026 với 2027 gộp lại thành bao nhiêu tiền?",
            "100 triệu đồng + 200 triệu đồng = 300 triệu đồng",
        ),
        (
            "Dự án 2 ghi cần 1.000 triệu. Anh cộng giúp tôi các năm theo mức từng năm thì ra bao nhiêu, hụt bao nhiêu?",
            "= 950 triệu đồng. Văn bản nêu 1.000 triệu đồng, lệch 50 triệu đồng",
        ),
        (
            "Cộng tiền hai năm cuối của Dự án 2 và Dự án 5 là bao nhiêu?",
            "300 triệu đồng + 350 triệu đồng + 100 triệu đồng + 110 triệu đồng = 860 triệu đồng",
        ),
        (
            "Hai năm cuối nhiều hơn hai năm đầu bao nhiêu tiền cho Dự án 2?",
            "650 triệu đồng − 300 triệu đồng = 350 triệu đồng",
        ),
        ("Từ năm 2026 đến năm 2028 tiền cho Dự án 2 tăng bao nhiêu?", "300 triệu đồng − 100 triệu đồng = 200 triệu"),
        ("Vốn sự nghiệp chiếm tỷ lệ bao nhiêu trong tổng kinh phí năm 2026?", "152 triệu đồng / 190 triệu đồng = 80%"),
        ("Tỷ trọng vốn đầu tư trong tổng kinh phí 2026 là bao nhiêu?", "38 triệu đồng / 190 triệu đồng = 20%"),
        ("What proportion of the total funds of 2026 is recurrent funding?", "= 80%"),
        ("Tiền trung ương rót về chiếm mấy phần trăm tổng kinh phí năm 2026?", "150 triệu đồng / 190 triệu đồng"),
        (
            "Từ cuối 2030 đến cuối 2040, tỷ lệ tàu cá gắn thiết bị giám sát phải tăng thêm tối thiểu bao nhiêu điểm phần trăm?",
            "95% − 60% = 35 điểm phần trăm",
        ),
        (
            "Khai thác hải sản chiếm 22%, chế biến hải sản 12% thì phần còn lại khoảng bao nhiêu phần trăm?",
            "100% − 22% − 12% = 66%",
        ),
        ("Đến năm 2029 còn bao nhiêu phần trăm thôn chưa có đường bê tông?", "100% − 70% = 30%"),
    ],
)
def test_what_is_worked_out(plan: Engine, question: str, stated: str) -> None:
    answer = plan.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Gộp bốn mảng (bến cá, nuôi cá lồng, du lịch làng chài, y tế học đường) thì cần bao nhiêu tiền?",
        "Trong ba mảng bến cá, y tế học đường và du lịch làng chài, mảng nào được nhiều tiền nhất?",
        "Trong Dự án 2 và Dự án 5, dự án nào có nhiều nội dung nhất?",
        "Trong tổng kinh phí 2026, ngân sách trung ương và ngân sách tỉnh mỗi bên bao nhiêu?",
        "Từ 2026 đến 2028, mỗi năm Dự án 2 được bao nhiêu tiền?",
        "Hai năm đầu của Dự án 2 so với ba năm sau thì ít hơn bao nhiêu?",
        "Vốn đầu tư là mấy phần trăm trong 250 triệu đồng năm 2026?",
        "Vốn tín dụng chiếm tỷ lệ bao nhiêu trong tổng kinh phí năm 2026?",
        "Từ 2029 đến 2040, tỷ lệ xã có bến cá tăng thêm bao nhiêu điểm phần trăm?",
        "Còn bao nhiêu phần trăm hộ nuôi cá lồng chưa được vay vốn?",
        "Cộng tỷ lệ xã có bến cá và tỷ lệ thôn có đường bê tông là bao nhiêu?",
        "Còn bao nhiêu phần trăm trường học chưa có nhà ăn?",
        "Cộng tiền hai năm cuối của Dự án 2 và dự án nuôi cá là bao nhiêu?",
    ],
)
def test_nothing_is_worked_out_where_a_figure_is_missing(plan: Engine, question: str) -> None:
    answer = plan.ask(Question(text=question))
    assert re.search(r"[=×]|Nhiều nhất|Ít nhất", answer.text) is None, answer.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Số lĩnh vực ưu tiên mà Hòa Biển nêu nhiều hơn Sơn Lâm bao nhiêu?", "4 − 2 = 2"),
        ("Sơn Lâm có ít lĩnh vực ưu tiên hơn Hòa Biển bao nhiêu?", "4 − 2 = 2"),
        ("Hòa Biển nêu nhiều hơn Sơn Lâm mấy lĩnh vực ưu tiên?", "4 − 2 = 2"),
    ],
)
def test_counts_of_two_plans_are_set_apart(two: Engine, question: str, stated: str) -> None:
    answer = two.ask(Question(text=question))
    assert stated in answer.text
    assert {one.document for one in answer.citations} == {"hoa-bien", "son-lam"}


def test_a_count_that_one_plan_lacks_is_not_set_apart(two: Engine) -> None:
    answer = two.ask(Question(text="Số nhóm giải pháp của Hòa Biển nhiều hơn Sơn Lâm bao nhiêu?"))
    assert "−" not in answer.text


@pytest.mark.parametrize(
    ("text", "wanted", "things"),
    [
        ("Gộp ba mảng (đường sá, chợ, nước sạch) là bao nhiêu?", "sum", ("đường sá", "chợ", "nước sạch")),
        ("Cộng hai khoản đường sá và nước sạch là bao nhiêu?", "sum", ("đường sá", "nước sạch")),
        (
            "Three fields carry an amount: roads and bridges; markets; clean water. What is that taken together?",
            "sum",
            ("roads and bridges", "markets", "clean water"),
        ),
        (
            "Which gets the most: roads and bridges, markets, or clean water?",
            "most",
            ("roads and bridges", "markets", "clean water"),
        ),
        (
            "Trong các mục tiêu năm 2029, đường sá, chợ, nước sạch, loại nào thấp nhất?",
            "least",
            ("đường sá", "chợ", "nước sạch"),
        ),
        ("Các mục tiêu đường sá, chợ, nước sạch, loại nào cao nhất?", "most", ("đường sá", "chợ", "nước sạch")),
        ("Xếp từ cao xuống thấp vốn đường sá, chợ, nước sạch.", "most", ("đường sá", "chợ", "nước sạch")),
        ("Xếp vốn Dự án 1, 3 và 6 theo thứ tự giảm dần.", "most", ("Dự án 1", "Dự án 3", "Dự án 6")),
    ],
)
def test_things_of_a_list(text: str, wanted: str, things: tuple[str, ...]) -> None:
    found = listed(text, fold(text))
    assert found is not None
    assert (found.wanted, found.things) == (wanted, things)


@pytest.mark.parametrize(
    "text",
    [
        "Gộp ba mảng (đường sá, chợ) là bao nhiêu?",
        "Ba mảng đường sá, chợ và nước sạch do ai lo?",
        "Trong tổng vốn, trung ương và địa phương mỗi bên bao nhiêu?",
        "Dự án nào được nhiều tiền nhất?",
        "Các xã nghèo, thôn bản, hộ dân, nơi nào nhiều nhất?",
        "Ba khoản đường sá, chợ và nước sạch chênh nhau bao nhiêu?",
        "",
    ],
)
def test_no_list_where_things_are_missing_or_something_else_is_asked(text: str) -> None:
    assert listed(text, fold(text)) is None


def test_readings_of_a_question() -> None:
    found = calculations("Từ 2030 đến 2040 tỷ lệ xã có bến cá phải tăng thêm bao nhiêu điểm phần trăm?")
    assert [(one.operation, one.operands) for one in found][:1] == [("difference", ("tỷ lệ xã có bến cá 2040", "2030"))]
    text = "Còn mấy phần trăm hộ chưa có nước sạch?"
    assert not_yet(text, fold(text)) == ("hộ", "có nước sạch")
    assert counted_of_both("How many more priority fields does A list than B?", "en") == (
        "How many priority fields are there?",
    )
    assert counted_of_both("Vốn của A nhiều hơn B bao nhiêu?", "vi") == ()
