"""The small rules one by one: marks, references, programme parts, bodies; and the examples in the docstrings."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ingest
from ingest.normalise import AlignedText
from ingest.rules.numbering import mark_of
from ingest.rules.programme import Part, part_of_path, parts_in
from ingest.rules.references import basis, iso_date, references
from ingest.rules.text import ends, is_upper, starts_lower
from ingest.rules.units import subject_of, unit_of_heading

MODULES = sorted(module.name for module in pkgutil.walk_packages(ingest.__path__, "ingest."))


def test_the_examples_in_the_docstrings_hold() -> None:
    results = [doctest.testmod(importlib.import_module(name)) for name in MODULES]
    assert sum(result.attempted for result in results) >= 8
    assert sum(result.failed for result in results) == 0


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("Phần thứ hai", "part", "Phần thứ hai", ""),
        ("PHẦN II: NHIỆM VỤ", "part", "PHẦN II", "NHIỆM VỤ"),
        ("Chương 3", "chapter", "Chương 3", ""),
        ("Tiểu mục 1. Cấp phép", "division", "Tiểu mục 1", "Cấp phép"),
        ("Điều 12a. Hiệu lực", "article", "Điều 12a", "Hiệu lực"),
        ("A. PHẦN CHUNG", "upper", "A", "PHẦN CHUNG"),
        ("Đ. KINH PHÍ", "upper", "Đ", "KINH PHÍ"),
        ("IV- NỘI DUNG", "roman", "IV", "NỘI DUNG"),
        ("II/ Nội dung", "roman", "II", "Nội dung"),
        ("V.", "roman", "V", ""),
        ("1.Mục tiêu", "decimal", "1", "Mục tiêu"),
        ("12) Rừng", "decimal", "12", "Rừng"),
        ("1.1 Rừng", "decimal", "1.1", "Rừng"),
        ("2.1.3. Rừng", "decimal", "2.1.3", "Rừng"),
        ("đ) Rừng", "letter", "đ", "Rừng"),
        ("a, Hộ nghèo", "letter", "a", "Hộ nghèo"),
        ("a.1) Hộ nghèo", "letter", "a.1", "Hộ nghèo"),
        ("(ii) hộ nghèo", "paren", "(ii)", "hộ nghèo"),
        ("-Giữ rừng", "bullet", "-", "Giữ rừng"),
        ("+ Giữ rừng", "bullet", "+", "Giữ rừng"),
        ("• Giữ rừng", "bullet", "•", "Giữ rừng"),
    ],
)
def test_a_mark_is_read_with_its_number(text: str, kind: str, number: str, rest: str) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.kind, mark.number, text[mark.length :]) == (kind, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "1.000 ngày đầu đời",
        "2.5 triệu đồng",
        "10.5% số hộ",
        "3,5 tỷ đồng",
        "2025. Đến năm sau",
        "Điều tra rừng",
        "Mục tiêu chung",
        "Phần mềm dùng chung",
        "Chương trình nước sạch",
        "IIII. Rừng",
        "X quang",
        "1/ Rừng",
        "-",
        "",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert mark_of(text) is None


def test_marks_rank_as_the_decree_has_them() -> None:
    texts = ("Phần II", "Chương I", "Mục 1", "A. X", "I. X", "Điều 1", "1. X", "1.1. X", "1.1.1. X", "a) x", "- x")
    marks = [mark_of(text) for text in texts]
    ranks = [mark.rank for mark in marks if mark is not None]
    assert len(ranks) == len(texts)
    assert ranks == sorted(ranks)
    assert len(set(ranks[:-1])) == len(ranks) - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quyết định số 31/QĐ-TTg ngày 18/12/2020 của Thủ tướng Chính phủ phê duyệt nuôi ong",
            ("Quyết định", "31/QĐ-TTg", "2020-12-18", "Thủ tướng Chính phủ"),
        ),
        (
            "Nghị quyết số 10/2021/NQ-HĐND ngày 05 tháng 7 năm 2021 của HĐND tỉnh Hà Thanh",
            ("Nghị quyết", "10/2021/NQ-HĐND", "2021-07-05", "HĐND tỉnh Hà Thanh"),
        ),
        ("Kế hoạch số 15-KH/TU ngày 1-2-2022 của Tỉnh ủy", ("Kế hoạch", "15-KH/TU", "2022-02-01", "Tỉnh ủy")),
        ("Công văn số 12 /UBND - KT", ("Công văn", "12/UBND-KT", "", "")),
        ("Quyết định số 9/QĐ-UBND năm 2020", ("Quyết định", "9/QĐ-UBND", "2020", "")),
        ("Quyết định số 9/QĐ-UBND ngày 32/13/2020", ("Quyết định", "9/QĐ-UBND", "2020", "")),
        ("theo quyết định số 5/QĐ-UBND", ("quyết định", "5/QĐ-UBND", "", "")),
        ("Luật Thủy sản ngày 21 tháng 11 năm 2017", ("Luật", "", "2017-11-21", "")),
    ],
)
def test_a_document_that_the_text_names_is_read(text: str, expected: tuple[str, str, str, str]) -> None:
    (one,) = references(AlignedText.of(text))
    assert (one.kind, one.number, one.date, one.issuer) == expected


def test_several_documents_are_found_in_order_with_their_places() -> None:
    text = "Luật Thủy sản ngày 21 tháng 11 năm 2017, Nghị định số 27/2022/NĐ-CP và Thông tư số 15/2022/TT-BTC."
    found = references(AlignedText.of(text))
    assert [one.number or one.title for one in found] == ["Thủy sản", "27/2022/NĐ-CP", "15/2022/TT-BTC"]
    assert [text[one.span.start : one.span.end] for one in found] == [
        "Luật Thủy sản ngày 21 tháng 11 năm 2017",
        "Nghị định số 27/2022/NĐ-CP",
        "Thông tư số 15/2022/TT-BTC",
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Căn cứ Quyết định số 3/QĐ-TTg ngày 1/2/2022 của Thủ tướng Chính phủ về việc nuôi ong;", "nuôi ong"),
        ("Căn cứ Nghị định số 27/2022/NĐ-CP; Thông tư số 15/2022/TT-BTC;", ""),
        ("Căn cứ Quyết định số 3/QĐ-TTg năm 2022;", ""),
        ("Căn cứ Luật Thủy sản ngày 21 tháng 11 năm 2017;", "Thủy sản"),
    ],
)
def test_a_basis_has_the_title_of_its_document(text: str, title: str) -> None:
    found = basis(AlignedText.of(text))
    assert found is not None
    assert found.title == title


def test_a_basis_without_a_document_is_none() -> None:
    assert basis(AlignedText.of("Căn cứ tình hình thực tế của địa phương;")) is None


@pytest.mark.parametrize(
    ("given", "iso"),
    [(("4", "3", "2021"), "2021-03-04"), (("", "2", "2021"), "2021-02"), (("", "", "2021"), "2021"),
     (("5", "", "2021"), "2021"), (("40", "12", "2021"), "2021-12"), (("", "", ""), "")],
)  # fmt: skip
def test_an_iso_date_goes_as_far_as_it_is_given(given: tuple[str, str, str], iso: str) -> None:
    assert iso_date(*given) == iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dự án 5", [(5, 0, 0)]),
        ("Dự án số 05", [(5, 0, 0)]),
        ("Tiểu dự án 2 thuộc Dự án 9", [(9, 2, 0)]),
        ("Nội dung 1, Tiểu dự án 2, Dự án 4", [(4, 2, 1)]),
        ("Dự án 5, Tiểu dự án 3, Nội dung 1", [(5, 3, 1)]),
        ("Dự án 1: Tiểu dự án 1, Tiểu dự án 2", [(1, 1, 0), (1, 2, 0)]),
        ("Tiểu dự án 1 và 2 thuộc dự án 5", [(5, 1, 0), (5, 2, 0)]),
        ("Tiểu dự án 1 của dự án 5 và tiểu dự án 2 của dự án 9", [(5, 1, 0), (9, 2, 0)]),
        ("các dự án 4–7", [(4, 0, 0), (5, 0, 0), (6, 0, 0), (7, 0, 0)]),
        ("từ dự án 1 đến dự án 3", [(1, 0, 0), (2, 0, 0), (3, 0, 0)]),
        ("dự án 1 tới 3 và 5", [(1, 0, 0), (2, 0, 0), (3, 0, 0), (5, 0, 0)]),
        ("tiêu dự án 2 dự án 5", [(5, 2, 0)]),
        ("tieu du an 2 cua du an 5", [(5, 2, 0)]),
        ("TDA 2, DA 5", [(5, 2, 0)]),
        ("Dự án 5 năm 2021", [(5, 0, 0)]),
        ("sub-project 2 under Project 5", [(5, 2, 0)]),
        ("component 2, sub-component 1", [(2, 1, 0)]),
        ("projects 1 and 2", [(1, 0, 0), (2, 0, 0)]),
        ("projects 4 to 6", [(4, 0, 0), (5, 0, 0), (6, 0, 0)]),
    ],
)
def test_programme_parts_are_read_up_and_down_the_chain(text: str, expected: list[tuple[int, int, int]]) -> None:
    assert [(part.project, part.sub, part.content) for part in parts_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "dự án 5 triệu đồng",
        "dự án 3 xã",
        "dự án 50 hộ",
        "Dự án 10%",
        "Dự án 3.5",
        "Dự án 10/12",
        "đề án 5",
        "project 2026",
    ],
)
def test_amounts_after_a_part_name_are_no_numbers_of_it(text: str) -> None:
    assert parts_in(text) == ()


def test_headings_lead_down_to_the_part() -> None:
    assert part_of_path(("I. NỘI DUNG", "5. Dự án 5: Giáo dục", "a) Tiểu dự án 3: Dạy nghề")) == Part(5, 3)
    assert part_of_path(("I. NỘI DUNG", "2. Nguồn vốn")) == Part()
    assert part_of_path(("Dự án 1, dự án 2: Chung",)) == Part()


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Sở Y tế", "Sở Y tế"),
        ("Phòng Tài chính - Kế hoạch:", "Phòng Tài chính - Kế hoạch"),
        ("Uỷ ban nhân dân các xã, phường", "Uỷ ban nhân dân các xã, phường"),
        ("Đề nghị MTTQ Việt Nam và các đoàn thể", "MTTQ Việt Nam và các đoàn thể"),
        ("Trách nhiệm của Ban Dân tộc", "Ban Dân tộc"),
        ("Các sở, ngành liên quan", "Các sở, ngành liên quan"),
        ("Tổ chức chính trị - xã hội", "Tổ chức chính trị - xã hội"),
        ("Tổ công tác", "Tổ công tác"),
        ("Đoàn Thanh niên tỉnh", "Đoàn Thanh niên tỉnh"),
        ("Hội Nông dân", "Hội Nông dân"),
        ("Bộ Tài chính", "Bộ Tài chính"),
        ("Trường Cao đẳng nghề", "Trường Cao đẳng nghề"),
    ],
)
def test_a_heading_that_is_a_body_names_it(heading: str, unit: str) -> None:
    assert unit_of_heading(heading) == unit


@pytest.mark.parametrize(
    "heading",
    "Các giải pháp|Các mục tiêu cụ thể|Phòng, chống thiên tai|Phòng chống dịch|Phòng cháy chữa cháy|Ban hành văn bản|"
    "Tổ chức thực hiện|Hội nghị tổng kết|Hội chợ|Bộ chỉ số theo dõi|Báo cáo kết quả|Cơ quan chủ trì|Đoàn kết toàn dân|"
    "Trường hợp đặc biệt|Trường học an toàn|Viện trợ|Quỹ đất ở|Vụ mùa|Sở hữu trí tuệ|Chính phủ số|Mục tiêu|Kinh phí|"
    "Sở Y tế chủ trì, phối hợp với Sở Tài chính".split("|"),
)
def test_a_heading_that_is_a_matter_names_no_body(heading: str) -> None:
    assert unit_of_heading(heading) is None


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", "Sở Y tế"),
        ("Giao Phòng Nội vụ tham mưu", "Phòng Nội vụ"),
        ("Đề nghị Hội Nông dân phối hợp", "Hội Nông dân"),
        ("UBND huyện có trách nhiệm báo cáo", "UBND huyện"),
        ("Ban hành kế hoạch thực hiện", None),
        ("Tổ chức thực hiện", None),
        ("Người dân thực hiện", None),
    ],
)
def test_a_duty_sentence_begins_with_its_body(sentence: str, unit: str | None) -> None:
    assert subject_of(sentence) == unit


def test_ends_capitals_and_small_beginnings_are_judged() -> None:
    assert [ends(text) for text in ("Hết.", "Hết./.", "gồm:", "(hết.)**", "rừng", "rừng,")] == [True] * 4 + [False] * 2
    assert [is_upper(text) for text in ("KẾ HOẠCH", "Kế hoạch", "SỐ 15-CTr/TU", "A", "12")] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert [starts_lower(text) for text in ("và rừng", "(đã ký)", "Rừng", "12 ha", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
