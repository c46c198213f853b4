"""Duties that stand in one paragraph, rows told apart by their own words, tables against each other; on our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ingest.rules.units import goes_on_with_duty, subject_of
from retrieval.engine import Engine
from retrieval.question import read_question
from retrieval.registers.types import Filter
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN SƠN BÌNH

Số: 88/KH-UBND

Sơn Bình, ngày 20 tháng 5 năm 2024

KẾ HOẠCH

Phòng, chống bệnh dại giai đoạn 2024 - 2026

Căn cứ Quyết định số 2151/QĐ-TTg ngày 21 tháng 12 năm 2021 của Thủ tướng Chính phủ phê duyệt Chương trình quốc gia về phòng, chống bệnh dại;

I. MỤC TIÊU

Biểu 1. Chỉ tiêu phòng, chống bệnh dại

| STT | Chỉ tiêu | Thực hiện 2023 | Năm 2024 | Năm 2025 | Năm 2026 |
|---|---|---|---|---|---|
| 1 | Tỷ lệ chó được tiêm phòng dại (%) | 61 | 70 | 80 | 90 |
| 2 | Tỷ lệ xã có sổ quản lý chó phòng dại (%) | 40 | 60 | 85 | 100 |
| 3 | Số người bị chó cắn được điều trị dự phòng dại (người) | 512 | 560 | 580 | 600 |

II. KINH PHÍ

Biểu 2. Kinh phí theo nguồn và năm (triệu đồng)

| STT | Nguồn vốn | Năm | | | Tổng cộng |
|---|---|---|---|---|---|
| | | 2024 | 2025 | 2026 | |
| 1 | Ngân sách huyện | 320 | 340 | 360 | 1.020 |
| 2 | Người nuôi đóng góp | 150 | 160 | 170 | 480 |
| | Tổng cộng | 470 | 500 | 530 | 1.500 |

III. TỔ CHỨC THỰC HIỆN

1. Phòng Nông nghiệp huyện chủ trì thực hiện Kế hoạch; quản lý quỹ vắc xin; hằng quý giao ban với thú y viên; trình danh sách xã được hỗ trợ trước ngày 15 tháng 3 hằng năm.

2. Trung tâm Y tế huyện chuẩn bị huyết thanh. Báo cáo ca nghi dại về Ủy ban nhân dân huyện trước ngày 05 hằng tháng. Mỗi xã có một điểm tiêm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Văn Kiên
"""


@pytest.fixture(scope="module")
def plan(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-son-binh-benh-dai": PLAN})


@pytest.fixture(scope="module")
def ask(plan: Engine) -> Callable[[str], str]:
    return lambda question: plan.ask(Question(text=question)).text


def test_all_duties_of_a_paragraph_are_of_the_body_that_it_begins_with(plan: Engine) -> None:
    rows = plan.register("responsibilities", Filter())
    of = [(row.value("unit"), " ".join(cell.text for cell in row.all("task"))) for row in rows]
    own = [task for unit, task in of if unit == "phòng nông nghiệp huyện"]
    assert [task for task in own if task.startswith(("quản lý quỹ", "hằng quý giao ban", "trình danh sách"))] == own[1:]
    assert len(own) == 4
    health = [task for unit, task in of if unit == "trung tâm y tế huyện"]
    assert any("ca nghi dại" in task for task in health)
    for row in rows:
        for cell in row.cells:
            assert " ".join(PLAN[cell.span.start : cell.span.end].split()) == cell.text


def test_deadlines_in_a_paragraph_say_who_though_the_clause_does_not(plan: Engine) -> None:
    rows = plan.register("deadlines", Filter())
    found = {(row.value("who"), cell.text) for row in rows if (cell := row.get("date")) is not None}
    assert ("phòng nông nghiệp huyện", "trước ngày 15 tháng 3 hằng năm") in found
    assert ("trung tâm y tế huyện", "trước ngày 05 hằng tháng") in found


def test_of_two_deadlines_of_a_body_that_of_the_matter_is_told(ask: Callable[[str], str]) -> None:
    text = ask("Chậm nhất khi nào Phòng Nông nghiệp huyện Sơn Bình trình danh sách xã được hỗ trợ?")
    assert "15 tháng 3" in text
    assert "05 hằng tháng" not in text


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        ("Sở Y tế chủ trì;", "định kỳ giao ban;", True),
        ("Sở Y tế chủ trì.", "Báo cáo kết quả về Ủy ban nhân dân tỉnh.", True),
        ("Sở Y tế chủ trì.", "Mỗi xã có một điểm tiêm.", False),
        ("Sở Y tế chủ trì.", "Kinh phí do ngân sách bảo đảm.", False),
    ],
)
def test_what_goes_on_with_a_duty(before: str, after: str, goes_on: bool) -> None:
    assert goes_on_with_duty(before, after) is goes_on


def test_a_unit_of_measure_is_no_body() -> None:
    assert subject_of("Đơn vị tính thực hiện theo bảng") is None


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Năm 2025 bao nhiêu phần trăm xã ở Sơn Bình phải có sổ ghi chép quản lý chó?", "Tỷ lệ xã có sổ quản lý chó"),
        ("Đến năm 2026 phải tiêm phòng cho bao nhiêu phần trăm đàn chó?", "Tỷ lệ chó được tiêm phòng"),
    ],
)
def test_the_row_whose_own_words_are_asked_for(ask: Callable[[str], str], question: str, row: str) -> None:
    text = ask(question)
    assert row in text.split("[1]")[0]


def test_years_below_one_merged_head_are_each_read_and_their_sums_agree(plan: Engine) -> None:
    rows = plan.register("budgets", Filter())
    years = {(row.value("amount"), cell.text, cell.value) for row in rows for cell in row.all("period")}
    assert ("340000000", "2025", "2025") in years
    assert not [one for one in plan.findings() if one.kind == "sum-differs"]


def test_rows_that_lack_different_cells_are_of_one_table(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    table = """| STT | Nội dung | Ngân sách 2025 | Ngân sách 2026 | Chương trình 2026 | Đóng góp 2026 | Tổng |
|---|---|---|---|---|---|---|
| 1 | Vắc xin | 120 | 60 | | | 180 |
| 2 | Tủ lạnh | | 640 | | 350 | 990 |
| 3 | Tập huấn | 45 | 90 | 465 | | 600 |
| | Tổng cộng | 165 | 790 | 465 | 350 | {total} |
"""
    start, end = PLAN.index("| STT | Nguồn vốn"), PLAN.index("III. TỔ CHỨC")
    for total, found in (("1.770", 0), ("1.870", 1)):
        text = PLAN[:start] + table.format(total=total) + "\n" + PLAN[end:]
        engine = engine_of({"benh-dai": text})
        differing = [one for one in engine.findings() if one.kind == "sum-differs"]
        assert bool(differing) is bool(found), differing


def test_a_national_programme_is_no_price(ask: Callable[[str], str]) -> None:
    # "quốc gia về" is no "giá vé": the number of the decision is given, not refused for want of a price.
    text = ask("Chương trình quốc gia về phòng chống bệnh dại được phê duyệt bằng quyết định số bao nhiêu?")
    assert "2151/QĐ-TTg" in text


def test_what_is_given_to_a_body_to_do_is_its_duties(ask: Callable[[str], str]) -> None:
    text = ask("Kế hoạch bệnh dại Sơn Bình giao gì cho Trung tâm Y tế huyện?")
    assert "huyết thanh" in text
    assert "ca nghi dại" in text


def test_an_english_question_about_a_body_by_its_vietnamese_name_asks_for_duties(ask: Callable[[str], str]) -> None:
    text = ask("What responsibilities does Phòng Nông nghiệp have in the Sơn Bình rabies plan?")
    assert "quỹ vắc xin" in text


def test_a_column_of_what_was_reached_says_how_it_is_now(ask: Callable[[str], str]) -> None:
    text = ask("Hiện nay ở Sơn Bình có bao nhiêu phần trăm chó được tiêm phòng dại?")
    assert "Thực hiện 2023: 61" in text
    assert "không nêu số liệu hiện có" not in text


@pytest.mark.parametrize(
    ("stated", "closing", "findings"),
    [
        ("1.500 triệu đồng", "Hai nơi ghi như nhau: 1.500 triệu đồng.", 0),
        ("1.510 triệu đồng", "Hai nơi ghi khác nhau: 1.510 triệu đồng và 1.500 triệu đồng, chênh 10 triệu đồng.", 1),
        (
            "khoảng 1.501 triệu đồng",
            "Hai nơi ghi khác nhau: 1.501 triệu đồng và 1.500 triệu đồng, chênh 1 triệu đồng.",
            0,
        ),
    ],
)
def test_a_total_in_words_is_set_against_that_of_the_table(
    engine_of: Callable[[Mapping[str, str]], Engine], stated: str, closing: str, findings: int
) -> None:
    text = PLAN.replace("II. KINH PHÍ\n", f"II. KINH PHÍ\n\nTổng kinh phí thực hiện là {stated}.\n")
    engine = engine_of({"benh-dai": text})
    assert len([one for one in engine.findings() if one.kind == "total-differs"]) == findings
    answer = engine.ask(Question(text="Tổng kinh phí ở phần lời và ở bảng của kế hoạch bệnh dại có khớp nhau không?"))
    assert closing in answer.text
    assert len(answer.citations) == 2
    english = engine.ask(Question(text="Does the total in the text of the rabies plan match the total of its table?"))
    assert ("differ" in english.text) is ("khác" in closing)


def test_a_body_that_begins_a_paragraph_has_its_rows_of_the_task_table_too(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    table = """3. **Công an xã** kiểm tra việc xích nhốt chó.

4. Phân công như sau:

| STT | Nhiệm vụ | Chủ trì | Thời gian |
|---|---|---|---|
| 1 | Đối chiếu sổ quản lý chó | Công an xã | Quý III |
| 2 | Mua vắc xin | Trạm Thú y | Quý I |
"""
    text = PLAN.replace("TM. ỦY BAN NHÂN DÂN\n", f"{table}\nTM. ỦY BAN NHÂN DÂN\n")
    answer = engine_of({"2024-son-binh-benh-dai": text}).ask(
        Question(text="Công an xã được giao những việc gì trong kế hoạch phòng chống bệnh dại?")
    )
    assert "xích nhốt" in answer.text
    assert "Đối chiếu sổ" in answer.text
    assert "Mua vắc xin" not in answer.text


OTHER = (
    PLAN.replace("SƠN BÌNH", "HÀ KHÊ")
    .replace("Sơn Bình", "Hà Khê")
    .replace("88/KH", "91/KH")
    .replace("| | Tổng cộng | 470 | 500 | 530 | 1.500 |", "| | Tổng cộng | 520 | 610 | 530 | 1.660 |")
    .replace("512 | 560 | 580 | 600", "310 | 330 | 340 | 350")
)


@pytest.mark.parametrize(
    ("question", "closing"),
    [
        (
            "Tổng kinh phí năm 2025 cho phòng chống bệnh dại thì Sơn Bình hay Hà Khê chi nhiều hơn?",
            "Nhiều hơn: Hà Khê (610 triệu đồng, so với Sơn Bình: 500 triệu đồng).",
        ),
        (
            "Năm 2026 Sơn Bình hay Hà Khê có ít người bị chó cắn được điều trị dự phòng dại hơn?",
            "Ít hơn: Hà Khê (350 người, so với Sơn Bình: 600 người).",
        ),
    ],
)
def test_two_places_are_set_against_each_other_by_their_tables(
    engine_of: Callable[[Mapping[str, str]], Engine], question: str, closing: str
) -> None:
    engine = engine_of({"2024-son-binh-benh-dai": PLAN, "2024-ha-khe-benh-dai": OTHER})
    answer = engine.ask(Question(text=question))
    assert closing in answer.text
    assert {citation.document for citation in answer.citations} == {"2024-son-binh-benh-dai", "2024-ha-khe-benh-dai"}


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Would a 4-ton truck fall under the ban?", ()),
        ("What does the 5-year plan say?", ()),
        ("nghi quyet 30-nq/tw noi gi", ("30-nq/tw",)),
        ("Kế hoạch 12-KH nói gì?", ("12-kh",)),
    ],
)
def test_a_measure_is_no_number_of_a_document(question: str, numbers: tuple[str, ...]) -> None:
    assert read_question(question).numbers == numbers
