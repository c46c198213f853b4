"""Calculations over the corpus in many wordings, and over a plan that no rule was made on: results, and what has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from retrieval.answer.operands import asks_for_all, asks_whether_it_adds_up, calculation
from retrieval.answer.worked import money
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA BIỂN

Số: 92/KH-UBND

Hòa Biển, ngày 12 tháng 02 năm 2026

KẾ HOẠCH

Phát triển vùng ven biển giai đoạn 2026 - 2029

I. MỤC TIÊU

- Đến năm 2029, 80% xã có bến cá (trong đó 45% bến cá có kho lạnh); 70% thôn có đường bê tông.

- Có 64 xã đạt chuẩn môi trường; 39 xã có trạm quan trắc.

II. NỘI DUNG

1. Dự án 2: Bến cá và kho lạnh

- Tổng kinh phí của Dự án 2 là 90 triệu đồng.

1.1. Tiểu dự án 1: Bến cá

- Kế hoạch vốn năm 2026: 60 triệu đồng (vốn đầu tư 45 triệu đồng, vốn sự nghiệp 15 triệu đồng).

1.2. Tiểu dự án 2: Kho lạnh

- Kế hoạch vốn năm 2026: 25 triệu đồng (vốn sự nghiệp).

2. Dự án 5: Dạy nghề đi biển

- Kinh phí dạy nghề đi biển giai đoạn 2026 - 2029 là 1.000 triệu đồng: năm 2026 là 100 triệu đồng, năm 2027 là 200 triệu đồng, năm 2028 là 300 triệu đồng, năm 2029 là 400 triệu đồng.

Nơi nhận:
- UBND tỉnh;

CHỦ TỊCH

Trần Văn Ba
"""


@pytest.fixture(scope="module")
def plan(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"hoa-bien": PLAN})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Cộng mọi khoản của Dự án 2 thì được bao nhiêu?", "60 triệu đồng + 25 triệu đồng = 85 triệu đồng"),
        ("Cộng mọi khoản của Dự án 2 thì được bao nhiêu?", "Văn bản nêu 90 triệu đồng, lệch 5 triệu đồng"),
        (
            "Cộng tất cả các khoản vốn sự nghiệp của Dự án 2 là bao nhiêu?",
            "15 triệu đồng + 25 triệu đồng = 40 triệu đồng",
        ),
        ("Hai năm cuối Dự án 5 được bao nhiêu tiền?", "300 triệu đồng + 400 triệu đồng = 700 triệu đồng"),
        ("Từ 2026 đến 2028 Dự án 5 được bao nhiêu vốn?", "= 600 triệu đồng"),
        ("Bình quân mỗi năm Dự án 5 được bao nhiêu tiền?", "/ 4 năm = 250 triệu đồng"),
        ("Bao nhiêu phần trăm số xã có bến cá có kho lạnh?", "80% × 45% = 36%"),
        ("Số xã đạt chuẩn môi trường nhiều hơn số xã có trạm quan trắc bao nhiêu xã?", "64 xã − 39 xã = 25 xã"),
        ("so xa dat chuan moi truong hon so xa co tram quan trac bao nhieu xa?", "= 25 xã"),
        ("Kinh phí dạy nghề đi biển năm 2029 gấp mấy lần năm 2026?", "400 triệu đồng / 100 triệu đồng = 4 lần"),
    ],
)
def test_of_a_new_plan(plan: Engine, question: str, stated: str) -> None:
    answer = plan.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "Bao nhiêu phần trăm số thôn có bến cá có kho lạnh?",
        "Từ 2028 đến 2031 Dự án 5 được bao nhiêu vốn?",
        "Cộng mọi khoản của Dự án 5 năm 2033 thì được bao nhiêu?",
        "Dự án 5 mỗi năm được bao nhiêu tiền?",
    ],
)
def test_of_a_new_plan_nothing_is_worked_out(plan: Engine, question: str) -> None:
    answer = plan.ask(Question(text=question))
    assert re.search(r"[=×]", answer.text) is None


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Trong 424 triệu đồng của Dự án 4 thành phố Bắc Kạn, vốn đầu tư chiếm bao nhiêu phần trăm?", "86,1"),
        ("What per cent of Bắc Kạn city's 2023 money for Dự án 4 is recurrent spending?", "13.9"),
        ("von su nghiep du an 4 cua tp bac kan chiem may phan tram cua ca du an", "13,9"),
        ("Vốn sự nghiệp năm 2023 của thành phố Bắc Kạn gấp bao nhiêu lần vốn đầu tư?", "18,21"),
        ("Ngân sách trung ương gấp mấy lần ngân sách địa phương trong vốn năm 2023 của Bắc Kạn?", "13,98"),
        ("How many times larger is Dự án 8 than Dự án 1 in Bắc Kạn city's 2023 plan?", "3.18 times"),
        ("Tính tổng mọi khoản vốn của Dự án 5 thành phố Bắc Kạn năm 2023.", "5.913 triệu"),
        ("Add up everything Bắc Kạn city puts into Project 5 in 2023.", "5.913 triệu"),
        ("cong het cac khoan von cua du an 5 tp bac kan nam 2023 duoc bao nhieu", "5.913 triệu"),
        (
            "Cộng vốn các Dự án của thành phố Bắc Kạn năm 2023 lại có khớp với tổng vốn phân bổ không?",
            "khớp với tổng này",
        ),
        ("Do the amounts of all the projects in Bắc Kạn city's 2023 plan add up to the stated total?", "the same"),
        ("Ở thành phố Bắc Kạn, Dự án 8 kém Dự án 9 bao nhiêu triệu?", "24 triệu"),
        ("How much more does Dự án 9 get than Dự án 6 in Bắc Kạn city?", "29 triệu"),
        ("Trong ba Dự án 6, 8 và 9 của thành phố Bắc Kạn, Dự án 9 chiếm mấy phần trăm?", "43,1%"),
        ("Of Projects 6, 8 and 9 in Bắc Kạn city together, what share is Project 8?", "29.8%"),
        ("Lấy vốn Dự án 8 trừ đi vốn Dự án 6 của thành phố Bắc Kạn thì còn bao nhiêu?", "5 triệu"),
        ("Dự án 10 chiếm bao nhiêu phần trăm tổng vốn sự nghiệp năm 2023 của thành phố Bắc Kạn?", "7,2%"),
        ("Tiểu dự án 3 của Dự án 5 chiếm bao nhiêu phần trăm của Dự án 5 ở thành phố Bắc Kạn?", "99,7%"),
        ("Vốn sự nghiệp của Dự án 4 và Dự án 6 ở thành phố Bắc Kạn hơn kém nhau bao nhiêu?", "10 triệu"),
        ("Ba năm cuối giai đoạn 2021 - 2025 Kiên Giang cần bao nhiêu vốn cho Dự án 1?", "2.025 triệu"),
        ("Hai năm đầu Kiên Giang dự kiến huy động bao nhiêu tiền cho Dự án 1?", "1.372 triệu"),
        ("Từ 2022 đến 2024 Kiên Giang huy động cho Dự án 1 tổng cộng bao nhiêu?", "2.036 triệu"),
        ("tu 2022 den 2024 kien giang can bao nhieu tien cho du an 3", "540 triệu"),
        ("In 2021 and 2022 together, how much does Kiên Giang plan to raise for Dự án 6?", "5,4 tỷ"),
        ("Bình quân mỗi năm Kiên Giang cần huy động bao nhiêu cho Dự án 1?", "720 triệu"),
        ("On average per year, how much money should Kiên Giang raise for Dự án 6?", "2,7 tỷ"),
        ("Dự án 6 của Kiên Giang gấp mấy lần Dự án 3?", "= 15 lần"),
        ("How many times as large is Project 6 as Project 3 in Kiên Giang?", "= 15 times"),
        ("Trong tổng của ba Dự án 1, 3, 6 ở Kiên Giang, Dự án 1 chiếm bao nhiêu phần trăm?", "= 20%"),
        ("What share of Projects 1, 3 and 6 together is Project 3 in Kiên Giang?", "= 5%"),
        ("Dự án 1 của Kiên Giang ít hơn Dự án 6 bao nhiêu?", "9,9 tỷ"),
        ("Cộng các năm của Dự án 1 ở Kiên Giang thì lệch với con số 3,6 tỷ đồng bao nhiêu?", "203 triệu"),
        ("So sánh vốn Dự án 1 và vốn Dự án 3 của Kiên Giang giai đoạn 2021 - 2025.", "900 triệu đồng"),
        (
            "Tuổi thọ trung bình và thời gian sống khỏe mạnh của người DTTS Bắc Giang năm 2030 chênh nhau mấy tuổi?",
            "= 7 ",
        ),
        ("tuoi tho trung binh nguoi DTTS bac giang nam 2030 hon thoi gian song khoe manh bao nhieu nam", "= 7 "),
        (
            "Mục tiêu 2025 của Ban Dân tộc Bắc Giang: đường trục xã được cứng hóa hơn đường nội đồng bao nhiêu điểm phần trăm?",
            "= 50 ",
        ),
        ("Đến năm 2025 bao nhiêu phần trăm số thôn ở Bắc Giang có nhà văn hóa đạt chuẩn?", "67,2"),
        ("What share of all villages in Bắc Giang will have a culture house that meets the standard by 2025?", "67.2"),
        (
            "Theo Ban Dân tộc Bắc Giang, tỷ lệ xã có nhà văn hóa hơn tỷ lệ thôn có nhà văn hóa mấy điểm phần trăm?",
            "= 2 ",
        ),
        (
            "Đường trục xã, đường trục thôn và đường nội đồng trong mục tiêu 2025 của Ban Dân tộc Bắc Giang chênh nhau bao nhiêu giữa loại cao nhất và loại thấp nhất?",
            "= 50 ",
        ),
        ("How many years separate average life expectancy from healthy life in Bắc Giang's 2030 targets?", "= 7 "),
        ("Vốn đầu tư của thành phố Bắc Kạn năm 2023 kém vốn sự nghiệp bao nhiêu?", "6.281 triệu"),
        ("trong du an 4 cua tp bac kan, von dau tu hon von su nghiep bao nhieu", "306 triệu"),
        ("What is the difference between central and local budget money in Bắc Kạn city's 2023 plan?", "6.075 triệu"),
        ("Tổng kinh phí Dự án 5 (cả Tiểu dự án 3 và Tiểu dự án 4) của thành phố Bắc Kạn là bao nhiêu?", "5.913"),
        ("Gộp vốn Dự án 1, Dự án 6 và Dự án 8 của thành phố Bắc Kạn thì được bao nhiêu?", "120 triệu"),
        ("What do Projects 6, 8 and 9 of Bắc Kạn city get altogether?", "181 triệu"),
        ("Chia đều thì mỗi năm Kiên Giang phải huy động bao nhiêu cho Dự án 3?", "180 triệu"),
        ("Trong hai năm cuối, Kiên Giang dành tổng cộng bao nhiêu tiền cho Dự án 6?", "5,4 tỷ"),
        ("du an 6 cua kien giang gap bao nhieu lan du an 1", "3,75"),
        ("Kiên Giang: Dự án 1 và Dự án 3 chênh lệch nhau bao nhiêu?", "2,7 tỷ"),
        ("What percentage of Bắc Kạn city's total 2023 budget comes from the local budget?", "6.7%"),
        ("Tiền của tỉnh đối ứng bằng mấy phần trăm vốn trung ương năm 2023 ở thành phố Bắc Kạn?", "7,2%"),
        (
            "Tỷ lệ đường ngõ xóm được cứng hóa vượt tỷ lệ đường trục thôn bao nhiêu điểm phần trăm theo mục tiêu 2025 của Ban Dân tộc Bắc Giang?",
            "= 10 ",
        ),
        ("Năm 2023, thành phố Bắc Kạn: ngân sách trung ương cộng ngân sách địa phương bằng bao nhiêu?", "7.011"),
        ("Các khoản của Dự án 10 ở thành phố Bắc Kạn cộng lại bao nhiêu?", "476 triệu"),
        ("All the amounts under Project 10 in Bắc Kạn city: what do they come to?", "476 triệu"),
        ("Tính tổng số vốn sự nghiệp của Dự án 4, Dự án 6 và Dự án 8 ở thành phố Bắc Kạn.", "162 triệu"),
        ("Between 2023 and 2025, what is Kiên Giang's total for Project 3?", "540 triệu"),
        ("So với Dự án 3, Dự án 6 của Kiên Giang lớn gấp mấy lần?", "= 15 lần"),
        ("Dự án 1 của Kiên Giang bằng bao nhiêu phần trăm Dự án 6?", "26,7%"),
        ("Tuổi thọ trung bình hơn số năm sống khỏe mạnh bao nhiêu năm trong mục tiêu 2030 của Bắc Giang?", "= 7 "),
        (
            "What is the gap between the sum of the yearly amounts and the stated total for Project 1 in Kiên Giang?",
            "203 triệu",
        ),
        ("cong tung nam cua du an 1 kien giang lai thi thieu bao nhieu so voi 3,6 ty", "203 triệu"),
        ("How much would Kiên Giang raise for Project 1 over the last three years?", "2.025 triệu"),
        ("Of the total 2023 funding of Bắc Kạn city, what percentage is capital investment?", "5.2%"),
        ("Vốn đầu tư chiếm bao nhiêu phần trăm tổng vốn năm 2023 của thành phố Bắc Kạn?", "5,2%"),
        ("Dự án 6 của Kiên Giang nhiều gấp bao nhiêu lần so với Dự án 1?", "3,75"),
        ("Hiệu số giữa vốn Dự án 9 và vốn Dự án 1 của thành phố Bắc Kạn là bao nhiêu?", "61 triệu"),
        ("Ba dự án 1, 3 và 6 của Kiên Giang cộng lại cần bao nhiêu tiền?", "18 tỷ"),
        ("Trung bình một năm Kiên Giang cần huy động bao nhiêu tiền cho Dự án 6?", "2,7 tỷ"),
        ("Dự án 6 của thành phố Bắc Kạn chiếm bao nhiêu phần trăm tổng vốn phân bổ năm 2023?", "0,7%"),
        ("Tổng vốn của Dự án 5 thành phố Bắc Kạn bằng bao nhiêu phần trăm tổng vốn năm 2023?", "84,3%"),
        (
            "Tỷ lệ lao động được đào tạo nghề phù hợp ở Bắc Giang năm 2025 và năm 2030 chênh nhau bao nhiêu điểm phần trăm?",
            "= 10 ",
        ),
        ("So với Dự án 8, Dự án 9 của thành phố Bắc Kạn nhiều hơn bao nhiêu?", "24 triệu"),
    ],
)
def test_what_is_worked_out_of_the_corpus(engine: Engine, question: str, stated: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text
    for citation in answer.citations:
        source = engine.source(citation.document)
        assert source[citation.span.start : citation.span.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "Vốn Dự án 7 của thành phố Bắc Kạn chiếm bao nhiêu phần trăm tổng vốn năm 2023?",
        "Cộng mọi khoản vốn của Dự án 7 thành phố Bắc Kạn năm 2023 là bao nhiêu?",
        "Ba năm đầu Dự án 8 của thành phố Bắc Kạn cần bao nhiêu vốn?",
        "Bình quân mỗi năm thành phố Bắc Kạn chi bao nhiêu tiền cho Dự án 8?",
        "Vốn kêu gọi từ nước ngoài của Kiên Giang nhiều hơn phần dành cho chương trình mục tiêu quốc gia bao nhiêu?",
        "Từ 2024 đến 2027 Kiên Giang cần bao nhiêu vốn cho Dự án 1?",
        "Vốn sự nghiệp năm 2024 chiếm mấy phần trăm Dự án 4 của thành phố Bắc Kạn?",
        "Bao nhiêu phần trăm số xã ở Bắc Giang có nhà văn hóa đạt chuẩn?",
        "Bao nhiêu phần trăm số trường ở Bắc Giang đạt chuẩn quốc gia mức độ 2?",
        "Bao nhiêu phần trăm nhà văn hóa thôn ở Bắc Giang đạt chuẩn?",
        "Dự án 2 và Dự án 6 của Kiên Giang chênh nhau bao nhiêu?",
        "Số công trình ngầm, cầu dân sinh nhiều hơn số thôn bản bao nhiêu ở Bắc Giang?",
        "Ai tổng hợp tất cả các nội dung của Dự án 10 ở thành phố Bắc Kạn?",
        "Từ 2023 đến 2025, mỗi năm Kiên Giang dành bao nhiêu cho Dự án 1?",
        "Dự án 7 gấp mấy lần Dự án 1 ở thành phố Bắc Kạn?",
        "Cộng cả bốn Dự án 1, 2, 3 và 6 của Kiên Giang là bao nhiêu?",
        "Cộng các nhiệm vụ của Phòng Nội vụ và Phòng Tư pháp thành phố Bắc Kạn lại thì có bao nhiêu?",
        "Thu nhập bình quân mỗi năm của người dân tộc thiểu số Bắc Giang là bao nhiêu?",
        "Tỷ lệ hộ nghèo Bắc Giang giảm bình quân mỗi năm bao nhiêu?",
        "How many years does the plan of Kiên Giang run?",
        "Dự án 6 của thành phố Bắc Kạn gấp mấy lần Dự án 6 của Kiên Giang?",
        "Vốn của Tam Đường gấp mấy lần vốn của Kiên Giang?",
        "Năm 2023 Kiên Giang dành bao nhiêu cho Dự án 1?",
        "Bắc Giang có bao nhiêu phần trăm xã có nhà văn hóa?",
        "Dự án 10 chiếm bao nhiêu phần trăm tổng vốn của Kiên Giang?",
        "Tổng các nội dung của Dự án 10 thành phố Bắc Kạn gồm những gì?",
        "Vốn tín dụng chính sách của thành phố Bắc Kạn chiếm bao nhiêu phần trăm tổng vốn năm 2023?",
        "Vốn Dự án 6 năm 2022 và năm 2023 của thành phố Bắc Kạn chênh nhau bao nhiêu?",
        "Tuổi thọ trung bình của nam và nữ ở Bắc Giang chênh nhau mấy tuổi?",
        "How much more does Project 7 get than Project 8 in Bắc Kạn city?",
        "Vốn xã hội hóa gấp mấy lần vốn sự nghiệp ở thành phố Bắc Kạn?",
        "Bình quân mỗi xã ở thành phố Bắc Kạn được bao nhiêu vốn?",
        "Cộng vốn Dự án 8 của thành phố Bắc Kạn với vốn xã hội hóa là bao nhiêu?",
        "Tỷ lệ lao động nữ hơn lao động nam bao nhiêu phần trăm ở Bắc Giang?",
        "How many percentage points higher is the target for commune roads than for in-field roads in Bắc Giang by 2025?",
    ],
)
def test_nothing_is_worked_out_where_a_figure_is_missing_or_none_is_asked_for(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert re.search(r"[=×]", answer.text) is None, answer.text


@pytest.mark.parametrize(
    ("question", "operation", "operands"),
    [
        ("Dự án 6 gấp mấy lần Dự án 3?", "times", ("Dự án 6", "Dự án 3")),
        ("So với Dự án 3, Dự án 6 gấp mấy lần?", "times", ("Dự án 6", "Dự án 3")),
        (
            "Trong ba Dự án 1, 3 và 6, Dự án 6 chiếm mấy phần trăm?",
            "share-of",
            ("Dự án 6", "Dự án 1", "Dự án 3", "Dự án 6"),
        ),
        (
            "How many years lie between life expectancy and healthy life?",
            "difference",
            ("life expectancy", "healthy life"),
        ),
    ],
)
def test_the_things_of_a_calculation(question: str, operation: str, operands: tuple[str, ...]) -> None:
    found = calculation(question)
    assert found is not None
    assert (found.operation, found.operands) == (operation, operands)


def test_all_of_something_is_told_from_what_is_done_with_it() -> None:
    assert asks_for_all("Gộp mọi khoản ghi trong Dự án 10 thì thành bao nhiêu?")
    assert asks_for_all("gop het cac khoan cua du an 10")
    assert asks_for_all("Add up for me everything under Project 10.")
    assert not asks_for_all("Ai tổng hợp tất cả các nội dung của Dự án 10?")
    assert not asks_for_all("Các nội dung của công tác dân tộc")
    assert not asks_for_all("")


def test_a_total_is_set_against_its_parts() -> None:
    assert asks_whether_it_adds_up("Cộng các khoản có khớp với tổng vốn không?")
    assert asks_whether_it_adds_up("Do the projects add up to the stated total?")
    assert not asks_whether_it_adds_up("Tổng vốn năm 2023 là bao nhiêu?")


def test_money_is_written_as_documents_do() -> None:
    assert [money(one) for one in map(Decimal, (18_000_000_000, 3_397_000_000, 500_000))] == [
        "18 tỷ đồng",
        "3.397 triệu đồng",
        "500.000 đồng",
    ]
