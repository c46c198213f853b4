"""The outline of documents, by readable fixtures and by the five plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.chunk import chunks_of, section_label
from ingest.structure import structure
from ingest.types import Document

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "structure").glob("*.txt"))
CORPUS = Path(__file__).parents[2] / "corpus"


def document(text: str) -> Document:
    return Document(id="d", path="d.txt", sha256="", format="text", text=text)


def outline(text: str) -> str:
    return "\n".join(
        f"{'  ' * (section.level - 1)}{section_label(section)}" for section in structure(document(text)).sections
    )


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 6


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_outline_follows_the_numbering(path: Path) -> None:
    _, text, expected = path.read_text(encoding="utf-8").split("---\n")
    assert outline(text) == expected.strip("\n")


def blocks(text: str, kind: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in structure(document(text)).blocks if one.kind == kind]


def test_a_sentence_that_a_page_break_cut_is_one_block_around_the_page_number() -> None:
    text = (
        "KẾ HOẠCH\n\nTrồng rừng\n\nI. NỘI DUNG\n\n- Vận động người dân các xã vùng cao tham gia trồng\n\n12\n\n"
        "rừng và chăm sóc rừng mới trồng;\n\n- Giao rừng."
    )
    found = blocks(text, "item")
    assert found[0].endswith("rừng mới trồng;")
    part = next(one for one in structure(document(text)).blocks if one.kind == "item")
    assert [text[gone.start : gone.end] for gone in part.skipped] == ["12"]


def test_the_last_words_recipients_and_signature_belong_to_no_part() -> None:
    text = (
        "KẾ HOẠCH\n\nNuôi ong\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nông nghiệp\n\nChủ trì.\n\nTrên đây là Kế hoạch nuôi ong./.\n\n"
        "Nơi nhận:\n\n- Như trên;\n\n- Lưu: VT.\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nLê Thị Hoa"
    )
    found = structure(document(text))
    assert {one.section for one in found.blocks if one.kind in ("recipients", "signature")} == {-1}
    assert found.header.signer is not None and found.header.signer.value == "Lê Thị Hoa"
    assert found.header.position is not None and found.header.position.value == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert [one.value for one in found.header.recipients] == ["Như trên", "Lưu: VT"]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 15/KH-UBND", "15/KH-UBND"),
        ("Số: 7 /KH- BDT", "7/KH-BDT"),
        ("Số: /KH-UBND", None),
        ("Số:      /KH-UBND", None),
    ],
)
def test_a_number_that_is_left_blank_stays_blank(line: str, number: str | None) -> None:
    header = structure(
        document(f"{line}\n\nHà Thanh, ngày 05 tháng 6 năm 2024\n\nKẾ HOẠCH\n\nNuôi cá\n\nI. A\n\nNuôi.")
    ).header
    assert (header.number.value if header.number is not None else None) == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Hà Thanh, ngày 05 tháng 6 năm 2024", "2024-06-05"),
        ("Hà Thanh, ngày tháng 6 năm 2024", "2024-06"),
        ("TP. Hà Thanh, ngày tháng năm 2024", "2024"),
        ("Hà Thanh, ngáy O5 tháng 6 năm 2O24", "2024-06-05"),  # as OCR misreads it
        ("Hà Thanh, ngày l2 thảng 6 nắm 20Z4", "2024-06-12"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_given(line: str, date: str) -> None:
    header = structure(document(f"Số: 1/KH-UBND\n\n{line}\n\nKẾ HOẠCH\n\nNuôi cá\n\nI. A\n\nNuôi.")).header
    assert header.date is not None and header.date.value == date
    assert header.place is not None and header.place.value == line.partition(",")[0]


def test_legal_bases_have_number_date_issuer_and_title() -> None:
    text = (
        "KẾ HOẠCH\n\nNuôi cá lồng\n\nCăn cứ Quyết định số 12/QĐ-TTg ngày 03/01/2022 của Thủ tướng Chính phủ về phát triển thủy sản;\n\n"
        "Căn cứ Luật Thủy sản ngày 21 tháng 11 năm 2017;\n\nUBND huyện Hà Thanh ban hành Kế hoạch như sau:\n\nI. MỤC TIÊU\n\nNuôi cá."
    )
    header = structure(document(text)).header
    first, second = header.bases
    assert (first.kind, first.number, first.date, first.issuer) == (
        "Quyết định",
        "12/QĐ-TTg",
        "2022-01-03",
        "Thủ tướng Chính phủ",
    )
    assert first.title == "phát triển thủy sản"
    assert (second.kind, second.title, second.date) == ("Luật", "Thủy sản", "2017-11-21")
    assert header.issuer is not None and header.issuer.value == "UBND huyện Hà Thanh"


TABLES = {
    "tabs": "STT\tViệc\tĐơn vị\n1\tTrồng rừng\tSở A\n2\tGiữ rừng\tSở B",
    "markdown": "| STT | Việc | Đơn vị |\n|---|---|---|\n| 1 | Trồng rừng | Sở A |\n| 2 | Giữ rừng | Sở B |",
    "html": "<table><tr><th>STT</th><th>Việc</th><th>Đơn vị</th></tr><tr><td>1</td><td>Trồng rừng</td><td>Sở A</td></tr>"
    "<tr><td>2</td><td>Giữ rừng</td><td>Sở B</td></tr></table>",
    "lone pipes": "|\nSTT\n|\nViệc\n|\nĐơn vị\n|\n|\n1\n|\nTrồng\nrừng\n|\nSở A\n|\n|\n2\n|\nGiữ rừng\n|\nSở B\n|",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_becomes_rows_with_their_column_names(name: str) -> None:
    from ingest.chunk import chunks_of

    one = document(f"KẾ HOẠCH\n\nRừng\n\nI. PHÂN CÔNG\n\nNhư sau:\n\n{TABLES[name]}\n\nHết phần phân công.")
    rows = [chunk for chunk in chunks_of(one, structure(one)) if chunk.kind == "row"]
    assert [row.reading for row in rows] == [
        "STT: 1; Việc: Trồng rừng; Đơn vị: Sở A",
        "STT: 2; Việc: Giữ rừng; Đơn vị: Sở B",
    ]
    assert [label for label, _ in rows[0].cells] == ["STT", "Việc", "Đơn vị"]


def test_the_corpus_keeps_its_bytes() -> None:
    text = (CORPUS / "2023-bac-kan-kh-ubnd.md").read_bytes()
    assert len(text) == 43262


def test_the_sections_of_every_plan_stand_as_reviewed() -> None:
    golden = Path(__file__).parents[1] / "golden"
    plans = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
    assert len(plans) == 5
    for path in plans:
        assert outline(path.read_text(encoding="utf-8")) == (golden / f"{path.stem}.txt").read_text(
            encoding="utf-8"
        ).rstrip("\n"), f"{path.stem}: run `python tests/golden/rewrite.py` and review the diff"


def test_a_signature_whose_lines_a_converter_joined_is_read() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ SUỐI TỌ\n\nSố: 9/KH-UBND\n\nSuối Tọ, ngày 03 tháng 9 năm 2025\n\nKẾ HOẠCH\n\nDọn kênh mương\n\n"
        "I. VIỆC PHẢI LÀM\n\n- Các bản dọn kênh trước ngày 15/10/2025.\n\n"
        "| **Nơi nhận:** - Đảng ủy; - Các bản; - Lưu: VT. | **TM. ỦY BAN NHÂN DÂN** **CHỦ TỊCH** *(Đã ký)* **Cầm Thị Lả** |\n"
        "| --- | --- |\n"
    )
    header = structure(document(text)).header
    assert header.signer is not None
    assert header.signer.value == "Cầm Thị Lả"


def test_the_head_of_a_table_that_stands_again_on_a_new_page_is_no_row() -> None:
    text = (
        "Số: 1/KH-UBND\n\nKẾ HOẠCH\n\nNuôi cá\n\nI. CHỈ TIÊU\n\n| STT | Xã | Số ao | |\n|---|---|---|---|\n| | | 2024 | 2025 |\n"
        "| 1 | Nậm Lành | 4 | 6 |\n| STT | Xã | Số ao | |\n| | | 2024 | 2025 |\n| 2 | Nậm Mười | 3 | 5 |\n"
    )
    made = document(text)
    rows = [chunk.reading for chunk in chunks_of(made, structure(made)) if chunk.kind == "row"]
    assert [row.split("; ")[1] for row in rows] == ["Xã: Nậm Lành", "Xã: Nậm Mười"]


def test_whom_a_proposal_is_addressed_to_is_no_part_of_its_title() -> None:
    text = (
        "BAN DÂN TỘC\n\nSố: 24/TTr-BDT\n\nLong Hà, ngày 12 tháng 3 năm 2024\n\nTỜ TRÌNH\n"
        "Về việc đề nghị phê duyệt Kế hoạch và dự toán kinh phí tổ chức Đại hội\n"
        "đại biểu các dân tộc thiểu số tỉnh Long Hà lần thứ IV, năm 2024\nKính gửi: Ủy ban nhân dân tỉnh Long Hà\n"
        "Căn cứ Nghị định số 05/2011/NĐ-CP ngày 14 tháng 01 năm 2011 của\nChính phủ về công tác dân tộc;\n\nI. SỰ CẦN THIẾT\n\nCần.\n"
    )
    header = structure(document(text)).header
    assert header.title is not None
    assert header.title.value.endswith("lần thứ IV, năm 2024")
