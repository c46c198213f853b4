"""Tables of money: what the register reads out of them, and what is asked of one sum or of several, on our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH SƠN KHÊ

Số: 64/KH-UBND

Sơn Khê, ngày 18 tháng 4 năm 2023

KẾ HOẠCH

Khôi phục rừng ngập mặn giai đoạn 2023 - 2026

I. MỤC TIÊU

- Trồng mới 450 ha rừng ngập mặn.

II. KINH PHÍ

1. Nhu cầu kinh phí là 5.400 triệu đồng, không gồm vốn vay, dự kiến 6.000 triệu đồng năm 2023 và 7.000 triệu đồng năm 2024.

Biểu 1. Kinh phí theo nguồn và năm (triệu đồng)

| Nguồn | 2023 | 2024 | 2025 | 2026 | Tổng |
|---|---|---|---|---|---|
| Ngân sách trung ương | 500 | 900 | 1.100 | 1.000 | 3.500 |
| Ngân sách tỉnh | 150 | 250 | 300 | 300 | 1.000 |
| Viện trợ (Quỹ Đại Dương) | 0 | 400 | 350 | 150 | 900 |
| Cộng | 650 | 1.550 | 1.750 | 1.450 | 5.400 |

2. Phân bổ cho các hạng mục như sau:

| TT | Hạng mục | Vốn đầu tư | Vốn sự nghiệp | Số hộ | Cộng (triệu đồng) |
|---|---|---|---|---|---|
| 1 | Vườn ươm cây giống | 1.200 | 300 | 45 | 1.500 |
| 2 | Chòi canh ven biển | 800 | 0 | 12 | 800 |
| 3 | Trồng và chăm sóc rừng | 2.100 | 1.000 | 310 | 3.100 |
|   | Tổng | 4.100 | 1.300 | 367 | 5.400 |

III. TỔ CHỨC THỰC HIỆN

1. Sở Nông nghiệp

Chủ trì thực hiện Kế hoạch.

CHỦ TỊCH

Trần Văn Đước
"""

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN TRÀ MY THƯỢNG

Số: 12/BC-UBND

Trà My Thượng, ngày 09 tháng 10 năm 2024

BÁO CÁO

Tình hình cấp nước sạch cho các bản vùng cao

I. GIẢI NGÂN

Bảng 1. Vốn cấp nước theo năm (Đơn vị tính: triệu đồng)

| Năm | Tổng số | Ngân sách tỉnh | Ngân sách huyện | Dân góp |
|---|---|---|---|---|
| 2022 | 1.900 | 1.200 | 500 | 200 |
| 2023 | 2.650 | 1.750 | 600 | 300 |
| Cộng | 4.550 | 2.950 | 1.100 | 500 |

II. KIẾN NGHỊ

- Đề nghị tỉnh cấp đủ vốn.

CHỦ TỊCH

Hồ Văn Nia
"""


@pytest.fixture(scope="module")
def coast(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"rung-ngap-man": PLAN, "nuoc-sach": REPORT})


def sums(engine: Engine, document: str) -> list[tuple[str, str, str, str, str]]:
    """Row and column, period, kind of funds, source, and đồng, of every sum in the tables of a document."""
    found = []
    for row in engine.register("budgets"):
        if row.document == document and all("triệu" not in cell.text for cell in row.all("amount")):
            labels = " / ".join(cell.text for cell in row.all("matter"))
            found.append((labels, row.value("period"), row.value("fund"), row.value("source"), row.value("amount")))
    return found


def test_a_sum_has_its_row_its_column_its_year_and_its_source(coast: Engine) -> None:
    found = sums(coast, "rung-ngap-man")
    assert ("Ngân sách trung ương", "2024", "", "ngân sách trung ương", "900000000") in found
    assert ("Ngân sách tỉnh / Tổng", "", "", "ngân sách tỉnh", "1000000000") in found
    assert ("Viện trợ (Quỹ Đại Dương)", "2026", "viện trợ", "", "150000000") in found or any(
        one[0].startswith("Viện trợ") and one[1] == "2026" and one[4] == "150000000" for one in found
    )
    assert ("Vườn ươm cây giống / Vốn sự nghiệp", "", "vốn sự nghiệp", "", "300000000") in found


def test_counts_beside_the_sums_of_a_table_and_its_years_are_no_money(coast: Engine) -> None:
    labels = [label for label, *_ in sums(coast, "rung-ngap-man")]
    assert not any("Số hộ" in label for label in labels)
    report = sums(coast, "nuoc-sach")
    assert ("Ngân sách tỉnh", "2023", "", "ngân sách tỉnh", "1750000000") in report
    assert not any(amount in ("2022000000", "2023000000") for *_, amount in report)


def test_every_cell_is_found_again_in_the_source(coast: Engine) -> None:
    for row in coast.register("budgets"):
        source = coast.source(row.document)
        for cell in row.cells:
            assert " ".join(source[cell.span.start : cell.span.end].split()) == cell.text


def test_totals_that_agree_are_no_finding_and_one_that_does_not_is_found_in_its_row_and_its_column(
    coast: Engine, engine_of: Callable[[Mapping[str, str]], Engine]
) -> None:
    assert not [one for one in coast.findings() if one.kind == "sum-differs"]
    changed = PLAN.replace(
        "| Ngân sách tỉnh | 150 | 250 | 300 | 300 | 1.000 |", "| Ngân sách tỉnh | 150 | 260 | 300 | 300 | 1.000 |"
    )
    plan = engine_of({"rung": changed})
    found = [one for one in plan.findings() if one.kind == "sum-differs"]
    told = {(dict(one.values)["stated"], dict(one.values)["computed"]) for one in found}
    assert told == {("1000000000", "1010000000"), ("1550000000", "1560000000")}
    source = plan.source("rung")
    quotes = {tuple(source[span.start : span.end] for span in one.spans) for one in found}
    assert ("1.000", "150", "260", "300", "300") in quotes
    assert ("1.550", "900", "260", "400") in quotes


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Năm 2024 ngân sách trung ương cấp bao nhiêu cho rừng ngập mặn Sơn Khê?", "900 triệu đồng"),
        ("Ngân sách tỉnh Sơn Khê chi tất cả bao nhiêu cho việc khôi phục rừng ngập mặn?", "1.000 triệu đồng"),
        ("Vốn sự nghiệp cho vườn ươm cây giống của Sơn Khê là bao nhiêu?", "300 triệu đồng"),
        ("Vốn đầu tư cho chòi canh ven biển là bao nhiêu?", "800 triệu đồng"),
    ],
)
def test_the_one_sum_that_is_asked_for_is_told_with_its_unit(coast: Engine, question: str, stated: str) -> None:
    answer = coast.ask(Question(text=question))
    assert not answer.abstained
    assert stated in answer.text


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Vốn đầu tư cho rừng ngập mặn Sơn Khê nhiều hơn vốn sự nghiệp bao nhiêu?", "2.800 triệu đồng"),
        ("Ngân sách tỉnh cho nước sạch Trà My Thượng năm 2023 hơn năm 2022 bao nhiêu?", "550 triệu đồng"),
        ("Trong tổng vốn cấp nước của Trà My Thượng, phần dân góp chiếm bao nhiêu phần trăm?", "11"),
    ],
)
def test_sums_of_a_table_are_reckoned_with(coast: Engine, question: str, result: str) -> None:
    answer = coast.ask(Question(text=question))
    assert not answer.abstained
    assert result in answer.text.replace(" tỷ đồng", "00 triệu đồng").replace("2,8", "2.8")


def test_a_year_that_a_table_does_not_have_is_not_answered_with_the_sum_of_all(coast: Engine) -> None:
    answer = coast.ask(Question(text="Năm 2029 ngân sách trung ương cấp bao nhiêu cho rừng ngập mặn Sơn Khê?"))
    assert answer.abstained or "2029" not in answer.text
