"""Registers: what is read out of documents that no rule was made on, and what filters and findings give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import reading
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.index import build
from retrieval.registers.sums import dong
from retrieval.registers.times import periods, times
from retrieval.registers.types import COLUMNS, KINDS, Filter, Row
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 77/KH-UBND

Hòa An, ngày 05 tháng 3 năm 2024

KẾ HOẠCH

Phát triển rừng trồng gỗ lớn giai đoạn 2024 - 2028

Căn cứ Quyết định số 5150/QĐ-BNN ngày 14 tháng 9 năm 2023 của Bộ Nông nghiệp về gỗ lớn;

I. MỤC TIÊU

- Đến năm 2028, trồng mới ít nhất 1.200 ha rừng gỗ lớn.

- Tỷ lệ che phủ rừng tăng trên 2%.

II. DỰ ÁN

1. Dự án 1: Trồng rừng

Kinh phí giai đoạn 2024 - 2028 là 12,5 tỷ đồng, trong đó: vốn đầu tư 10 tỷ đồng, vốn sự nghiệp 2 tỷ đồng.

2. Dự án 2: Giống cây

III. TỔ CHỨC THỰC HIỆN

1. Sở Nông nghiệp

- Chủ trì, phối hợp với Sở Tài chính và UBND các huyện triển khai Dự án 1; báo cáo UBND tỉnh trước ngày 20/12 hằng năm.

2. Sở Tài chính

- Hướng dẫn sử dụng kinh phí.

3. Đề nghị Hội Nông dân tỉnh

- Tuyên truyền, vận động hội viên tham gia trồng rừng.

Nơi nhận:
- UBND tỉnh;

CHỦ TỊCH

Trần Văn Ba
"""


WATER = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM

Số: 18/KH-UBND

Bình Lâm, ngày 10 tháng 01 năm 2025

KẾ HOẠCH

Cấp nước sạch nông thôn

Căn cứ Chỉ thị số 34/CT-TTg ngày 01 tháng 9 năm 2024 của Thủ tướng Chính phủ về tăng cường cấp nước sạch (sau đây gọi tắt là Chỉ thị số 34/CT-TTg);

I. MỤC TIÊU ĐẾN NĂM 2032

- Tại khu vực ven sông: Phấn đấu tăng thêm ít nhất 15% số hộ có bể lọc và tăng thêm ít nhất 5% số trường có giếng khoan.

- Tỷ lệ hao hụt nước đạt khoảng 8%; giảm 40% số vụ vỡ ống, giảm 25% số hộ mất nước; 60% công nhân được tập huấn hằng năm.

- Sửa chữa 12 công trình đầu mối ở hạ lưu.

- Nâng tỷ lệ đấu nối từ 50% lên 70%, cấp nước liên tục cho 90% khách hàng.

II. TỔ CHỨC THỰC HIỆN

1. Sở Xây dựng

- Căn cứ chức năng, nhiệm vụ được giao, chủ động phối hợp với Sở Y tế trong việc kiểm tra mẫu nước.

- Triển khai Kế hoạch số 90/KH-UBND ngày 02/02/2023 của Ủy ban nhân dân tỉnh về chống thất thoát nước đến năm 2029.

- Ban hành quy trình vận hành giai đoạn 2025 - 2030, định hướng đến năm 2040; hoàn thành trong năm 2026.

- Lập phương án ứng phó hạn mặn; công tác trực ban mùa khô.

- Báo cáo Ủy ban nhân dân tỉnh trước ngày 05/5 và 05/11 hằng năm.

2. Sở Thông tin

- Yêu cầu các đài, báo đưa tin về nước sạch; phổ biến cách trữ nước.

Nơi nhận:
- UBND tỉnh;
"""


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    folder = tmp_path_factory.mktemp("two")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "binh-lam.md").write_text(WATER, encoding="utf-8")
    build(folder / "corpus", folder / "index", encoder)
    return Engine.open(folder / "index")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    folder = tmp_path_factory.mktemp("one")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "hoa-an.md").write_text(PLAN, encoding="utf-8")
    build(folder / "corpus", folder / "index", encoder)
    return Engine.open(folder / "index")


def values(rows: tuple[Row, ...], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.value(column) for column in columns) for row in rows]


def test_who_does_what(plan: Engine) -> None:
    rows = plan.register("responsibilities")
    assert values(rows, "unit", "role") == [
        ("sở nông nghiệp", "chủ trì"),
        ("sở nông nghiệp", ""),
        ("sở tài chính", "hướng dẫn"),
        ("hội nông dân tỉnh", ""),
    ]
    assert [cell.value for cell in rows[0].all("partner")] == ["sở tài chính", "ủy ban nhân dân các huyện"]
    assert rows[0].value("part") == "Dự án 1"
    assert rows[1].value("reports_to") == "ủy ban nhân dân tỉnh"
    assert rows[1].value("deadline") == "yearly 12-20"


def test_money_targets_dates_and_documents(plan: Engine) -> None:
    assert values(plan.register("budgets"), "amount", "period", "part", "fund") == [
        ("12500000000", "2024-2028", "Dự án 1", ""),
        ("10000000000", "2024-2028", "Dự án 1", "vốn đầu tư"),
        ("2000000000", "2024-2028", "Dự án 1", "vốn sự nghiệp"),
    ]
    assert values(plan.register("targets"), "number", "unit", "comparison", "year") == [
        ("1200", "ha", ">=", "2028"),
        ("2", "%", "+>", ""),
    ]
    assert values(plan.register("deadlines"), "date", "who", "to") == [
        ("yearly 12-20", "sở nông nghiệp", "ủy ban nhân dân tỉnh")
    ]
    assert values(plan.register("references"), "type", "number", "date") == [
        ("Quyết định", "5150/QĐ-BNN", "2023-09-14")
    ]


def test_targets_keep_where_they_hold_and_how_much_at_least(water: Engine) -> None:
    assert values(water.register("targets"), "indicator", "comparison", "number", "year", "place") == [
        ("số hộ có bể lọc", "+>=", "15", "2032", "khu vực ven sông"),
        ("số trường có giếng khoan", "+>=", "5", "2032", "khu vực ven sông"),
        ("Tỷ lệ hao hụt nước", "~", "8", "2032", ""),
        ("số vụ vỡ ống", "-", "40", "2032", ""),
        ("số hộ mất nước", "-", "25", "2032", ""),
        ("công nhân được tập huấn hằng năm", "", "60", "2032", ""),
        ("Sửa chữa 12 công trình đầu mối ở hạ lưu", "", "12", "2032", ""),
        ("Nâng tỷ lệ đấu nối", "to", "70", "2032", ""),
        ("cấp nước liên tục cho 90% khách hàng", "", "90", "2032", ""),
    ]


def test_horizons_and_the_years_of_titles_are_no_deadlines(water: Engine) -> None:
    rows = water.register("responsibilities", Filter(unit="Sở Xây dựng"))
    assert values(rows, "role", "task", "deadline") == [
        ("phối hợp", "kiểm tra mẫu nước", ""),
        (
            "",
            "Triển khai Kế hoạch số 90/KH-UBND ngày 02/02/2023 của Ủy ban nhân dân tỉnh về chống thất thoát nước đến năm 2029",
            "",
        ),
        (
            "",
            "Ban hành quy trình vận hành giai đoạn 2025 - 2030, định hướng đến năm 2040; hoàn thành trong năm 2026",
            "2026",
        ),
        ("", "Lập phương án ứng phó hạn mặn; công tác trực ban mùa khô", ""),
        ("", "Báo cáo Ủy ban nhân dân tỉnh trước ngày 05/5 và 05/11 hằng năm", "yearly 05-05"),
    ]
    assert values(water.register("deadlines"), "date") == [("2026",), ("yearly 05-05",), ("yearly 11-05",)]


def test_what_others_are_asked_for_is_one_request(water: Engine) -> None:
    rows = water.register("responsibilities", Filter(unit="Sở Thông tin"))
    assert values(rows, "task") == [("Yêu cầu các đài, báo đưa tin về nước sạch; phổ biến cách trữ nước",)]


def test_a_document_and_its_short_name_are_one_reference(water: Engine) -> None:
    rows = water.register("references")
    assert values(rows, "number", "date", "title")[0] == ("34/CT-TTg", "2024-09-01", "tăng cường cấp nước sạch")
    assert [row.value("number") for row in rows] == ["34/CT-TTg", "90/KH-UBND"]


def test_what_does_not_agree_is_found(plan: Engine) -> None:
    found = {(one.kind, dict(one.values).get("part", "")): one for one in plan.findings()}
    assert dict(found["sum-differs", ""].values) == {"stated": "12500000000", "computed": "12000000000"}
    assert ("no-lead", "Dự án 2") in found
    assert ("no-budget", "Dự án 2") in found
    assert ("no-lead", "Dự án 1") not in found
    source = plan.source("hoa-an")
    total = found["sum-differs", ""].spans[0]
    assert source[total.start : total.end] == "12,5 tỷ đồng"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(unit="hoi nong dan"), 1),
        (Filter(unit="Sở TC"), 0),
        (Filter(unit="UBND các huyện"), 1),
        (Filter(role="chu tri"), 1),
        (Filter(project="1"), 1),
        (Filter(project="Dự án 9"), 0),
        (Filter(text="trong rung"), 1),
        (Filter(year="2031"), 0),
    ],
)
def test_filters(plan: Engine, wanted: Filter, expected: int) -> None:
    assert len(plan.register("responsibilities", wanted)) == expected


def test_a_blank_number_is_known_by_the_number_that_others_cite(engine: Engine) -> None:
    cited = [row for row in engine.register("references") if row.value("number") == "476/KH-UBND"]
    assert cited
    assert {row.value("document") for row in cited} == {"2021-bac-giang-476-kh-ubnd"}


def test_every_cell_stands_where_it_says(engine: Engine) -> None:
    for kind in KINDS:
        rows = engine.register(kind)
        assert rows
        for row in rows:
            source = engine.source(row.document)
            assert {cell.column for cell in row.cells} <= set(COLUMNS[kind])
            for cell in row.cells:
                assert reading(source, cell.span).text == cell.text


@given(st.text(max_size=120))
def test_times_and_periods_of_any_text_lie_in_it(text: str) -> None:
    for one in (*times(text), *periods(text)):
        assert 0 <= one.start < one.end <= len(text)
        assert one.value


@given(st.integers(min_value=1, max_value=10**9))
def test_amounts_with_dots_are_whole_numbers(number: int) -> None:
    assert dong(f"{number:,}".replace(",", "."), "triệu đồng") == str(number * 10**6)


def test_the_project_with_the_most_money_and_what_it_is_made_of(engine: Engine) -> None:
    answer = engine.ask(Question(text="Dự án nào ở Bắc Kạn được cấp vốn nhiều nhất?"))
    assert "Dự án 5" in answer.text
    assert "5.913 triệu đồng" in answer.text
    assert {
        number for citation in answer.citations for number in ("5.893", "20 triệu") if number in citation.quote
    } == {
        "5.893",
        "20 triệu",
    }


def test_another_project_after_what_a_body_does_asks_who_leads_it(engine: Engine) -> None:
    answer = engine.ask(Question(text="thế dự án 7?", history=("Phòng Văn hóa - Thông tin Bắc Kạn có nhiệm vụ gì?",)))
    assert "Trung tâm Y tế" in answer.text


def test_a_deadline_is_that_of_the_body_that_is_asked_about(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Phòng Kế hoạch - Tuyên truyền của Ban Dân tộc Bắc Giang phải tổng hợp báo cáo trước ngày nào?")
    )
    assert "20/12" in answer.text
    assert "15/12" not in answer.text
