"""One plan in the forms that sites, printers and Word give it: the outline and the head must not depend on the form."""

from __future__ import annotations

import random
import textwrap
from itertools import zip_longest

import pytest

from ingest.structure import Structure, structure
from ingest.types import Document

# (left column, right column) of the letterhead, then the paragraphs; a tuple is a row of the table.
LETTERHEAD = (
    ("ỦY BAN NHÂN DÂN\nTỈNH HẢI SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số: 118/KH-UBND", "Hải Sơn, ngày 09 tháng 5 năm 2024"),
)
PLAN: tuple[str | tuple[str, ...], ...] = (
    "KẾ HOẠCH",
    "PHÁT TRIỂN NGHỀ DỆT THỔ CẨM GẮN VỚI DU LỊCH CỘNG ĐỒNG TRÊN ĐỊA BÀN TỈNH HẢI SƠN GIAI ĐOẠN 2024 - 2027",
    "Căn cứ Luật tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Quyết định số 801/QĐ-TTg ngày 07 tháng 7 năm 2022 của Thủ tướng Chính phủ về Chương trình bảo tồn và phát triển "
    "làng nghề Việt Nam;",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển nghề dệt thổ cẩm, cụ thể như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "Giữ nghề dệt của đồng bào Tày, Nùng; tạo việc làm tại chỗ cho phụ nữ ở các xã vùng cao và đưa sản phẩm dệt đến với khách "
    "du lịch trong và ngoài nước.",
    "2. Yêu cầu",
    "- Việc hỗ trợ đúng đối tượng, không trùng với các chương trình khác đang thực hiện trên cùng địa bàn;",
    "- Sản phẩm có tem truy xuất nguồn gốc, được kiểm tra chất lượng trước khi bán cho khách.",
    "II. MỤC TIÊU ĐẾN NĂM 2027",
    "- Thu nhập bình quân của thợ dệt đạt 4,5 triệu đồng mỗi tháng, tăng 1,6 lần so với năm 2023;",
    "- Có 12 tổ hợp tác dệt, thu hút 340 lao động nữ, trong đó 80% là người dân tộc thiểu số.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Sở Lao động - Thương binh và Xã hội",
    "Chủ trì, phối hợp với Hội Liên hiệp Phụ nữ tỉnh mở các lớp dạy nghề dệt; báo cáo kết quả về Ủy ban nhân dân tỉnh trước "
    "ngày 15 tháng 12 hằng năm.",
    "2. Sở Văn hóa, Thể thao và Du lịch",
    "- Lập tuyến tham quan nối các làng dệt, hướng dẫn các hộ đón khách nghỉ tại nhà theo quy định hiện hành;",
    "- Giới thiệu sản phẩm dệt tại các hội chợ du lịch trong nước và ngoài nước.",
    "Trên đây là Kế hoạch phát triển nghề dệt thổ cẩm, yêu cầu các sở, ngành triển khai thực hiện./.",
    "Nơi nhận:",
    "- Như mục III;",
    "- Lưu: VT, KT.",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Lò Thị Hạnh",
    "PHỤ LỤC",
    "DANH MỤC NHIỆM VỤ TRỌNG TÂM",
    ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
    ("1", "Khảo sát các làng dệt còn giữ khung cửi", "Sở Công Thương", "Quý III/2024"),
    ("2", "Dạy nghề cho 120 thợ trẻ", "Sở Lao động - Thương binh và Xã hội", "2025"),
)
HEAD = {
    "issuer": "ỦY BAN NHÂN DÂN TỈNH HẢI SƠN",
    "number": "118/KH-UBND",
    "date": "2024-05-09",
    "place": "Hải Sơn",
    "kind": "Kế hoạch",
    "title": str(PLAN[1]),
    "signer": "Lò Thị Hạnh",
}


def read(text: str) -> Structure:
    return structure(Document(id="d", path="d.txt", sha256="", format="text", text=text))


def words(text: str) -> str:
    return " ".join(text.split())


def head(found: Structure) -> dict[str, str]:
    values = {name: getattr(found.header, name) for name in HEAD}
    return {name: words(value.value) if value is not None else "" for name, value in values.items()}


def outline(found: Structure) -> list[tuple[int, str, str]]:
    return [(one.level, one.number, words(one.title)) for one in found.sections]


def ragged(text: str, seed: int) -> list[str]:
    """Wrapped as the source of a web page is: now at the full width, now after a few words."""
    dice = random.Random(seed)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= (78 if dice.random() < 0.93 else 30):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def lone_pipes(wrap: int | None) -> str:
    """As a law site gives it: no blank lines, each cell between lone pipes, lines of any width."""
    lines: list[str] = []
    for row in LETTERHEAD:
        lines += ["|", *(line for cell in row for line in (*cell.split("\n"), "|"))]
    for at, part in enumerate(PLAN):
        if isinstance(part, tuple):
            lines += ["|", *(line for cell in part for line in (cell, "|"))]
        elif wrap is None or at < 2 or part.isupper() or len(part) < 60:
            lines.append(part)
        else:
            lines += ragged(part, wrap + at)
    return "\n".join(lines) + "\n"


def plain(paragraph_end: str, width: int | None) -> str:
    """As Word or a printer gives it: the columns one after the other, table cells between tabs."""
    lines = [line for row in LETTERHEAD for cell in row for line in cell.split("\n")]
    for part in PLAN:
        whole = "\t".join(part) if isinstance(part, tuple) else part
        wrapped = width is not None and isinstance(part, str)
        lines.append("\n".join(textwrap.wrap(whole, width or 90)) if wrapped else whole)
    return paragraph_end.join(lines) + "\n"


def trailing_pipes() -> str:
    """Two columns kept as one line with a pipe after each cell; the line with the kind of document is lost."""
    lines = [" | ".join(words(cell) for cell in row) + " |" for row in LETTERHEAD]
    for part in PLAN[1:]:
        lines.append(" | ".join(part) + " |" if isinstance(part, tuple) else part)
    return "\n".join(lines) + "\n"


def two_columns() -> str:
    """As Word gives it: letterhead and signature as rows with a tab between the columns, no blank lines."""
    lines = [
        "\t".join(cells)
        for row in LETTERHEAD
        for cells in zip_longest(*(cell.split("\n") for cell in row), fillvalue="")
    ]
    body = ["\t".join(part) if isinstance(part, tuple) else part for part in PLAN]
    start = body.index("Nơi nhận:")
    left, right = body[start : start + 3], body[start + 3 : start + 6]
    closing = ["\t".join(cells) for cells in zip(left, right, strict=True)]
    return "\n".join([*lines, *body[:start], *closing, *body[start + 6 :]]) + "\n"


def markdown() -> str:
    """As converters of Word files give it: letterhead and signature as tables with line breaks in their cells."""
    rows = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in LETTERHEAD]
    lines = [rows[0], "|---|---|", *rows[1:]]
    start = PLAN.index("Nơi nhận:")
    cells = ("<br>".join(map(str, PLAN[start : start + 3])), "<br>".join(map(str, PLAN[start + 3 : start + 6])))
    closing = f"| **{cells[0].replace(':<br>', ':**<br>')} | **{cells[1]}** |\n|---|---|"
    for part in (*PLAN[:start], closing, *PLAN[start + 6 :]):
        if isinstance(part, str):
            lines.append(f"\n{part}\n")
        else:
            lines.append("| " + " | ".join(part) + " |" + ("\n|---|---|---|---|" if part[0] == "STT" else ""))
    return "\n".join(lines) + "\n"


EXPECTED = outline(read(plain("\n\n", None)))
FORMS = {
    "blank lines": plain("\n\n", None),
    "a paragraph a line": plain("\n", None),
    "printed lines": plain("\n", 88),
    "printed lines and blank lines": plain("\n\n", 88),
    "lone pipes": lone_pipes(None),
    **{f"lone pipes, ragged lines, {seed}": lone_pipes(seed) for seed in range(0, 600, 100)},
    "trailing pipes": trailing_pipes(),
    "two columns": two_columns(),
    "Markdown": markdown(),
}


def test_the_outline_is_the_one_the_plan_has() -> None:
    titles = [title for _, _, title in EXPECTED]
    assert titles[:6] == [
        "MỤC ĐÍCH, YÊU CẦU", "Mục đích", "Yêu cầu", "MỤC TIÊU ĐẾN NĂM 2027", "TỔ CHỨC THỰC HIỆN",
        "Sở Lao động - Thương binh và Xã hội",
    ]  # fmt: skip
    assert titles[-1] == "PHỤ LỤC DANH MỤC NHIỆM VỤ TRỌNG TÂM"


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_the_text_changes_neither_head_nor_outline(form: str) -> None:
    found = read(FORMS[form])
    assert head(found) == HEAD
    assert outline(found) == EXPECTED
    assert [len(table.rows) for table in found.tables] == [3]
    assert [one.number for one in found.header.bases] == ["", "801/QĐ-TTg"]
    assert [one.value for one in found.header.recipients] == ["Như mục III", "Lưu: VT, KT"]
    assert found.header.position is not None and words(found.header.position.value) == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"


@pytest.mark.parametrize(
    ("lines", "issuer", "number", "place"),
    [
        ("ỦY\nBAN NHÂN DÂN\nTỈNH HẢI SƠN\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|\nSố:\n7/QĐ-UBND\n|\nHải\nSơn, ngày 4 "
         "tháng 6 năm 2014\n|\n", "ỦY BAN NHÂN DÂN TỈNH HẢI SƠN", "7/QĐ-UBND", "Hải Sơn"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ PHÚ HẢI SƠN\n|\nSố: 7/QĐ-UBND\n|\nThành phố Phú Hải\nSơn, ngày 4 tháng 6 năm 2014\n|\n",
         "ỦY BAN NHÂN DÂN THÀNH PHỐ PHÚ HẢI SƠN", "7/QĐ-UBND", "Thành phố Phú Hải Sơn"),
    ],
)  # fmt: skip
def test_a_narrow_column_may_cut_the_letterhead(lines: str, issuer: str, number: str, place: str) -> None:
    header = read(lines + "QUYẾT ĐỊNH\nVề việc giao nhiệm vụ\nĐiều 1.\nGiao Sở Y tế thực hiện.\n").header
    found = [one.value if one is not None else "" for one in (header.issuer, header.number, header.place)]
    assert [words(one) for one in found] == [issuer, number, place]


def test_a_plan_without_kind_and_title_is_named_by_what_its_preamble_issues() -> None:
    text = (
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 91/KH-UBND | Hải Sơn, ngày 24 tháng 8 năm 2021 |\n"
        "Thực hiện Quyết định số 379/QĐ-TTg ngày 17/3/2021 của Thủ tướng Chính phủ, UBND tỉnh ban hành kế hoạch phòng, chống "
        "hạn mặn mùa khô trên địa bàn tỉnh, cụ thể như sau:\n1. Mục đích\n- Chủ động nguồn nước.\n"
    )
    header = read(text).header
    assert header.kind is not None and header.kind.value == "Kế hoạch"
    assert text[header.kind.span.start : header.kind.span.end] == "KH"
    assert header.title is not None and header.title.value == "phòng, chống hạn mặn mùa khô trên địa bàn tỉnh"


def cells(text: str) -> list[list[str]]:
    rows = [row for table in read(text).tables for row in table.rows]
    return [[words(text[cell.start : cell.end]) for cell in row.cells] for row in rows]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("|\n2\n|\n|\n15\n|\n", ["2", "", "15"]),
        ("|\n|\nCộng\n|\n40\n|\n", ["", "Cộng", "40"]),
        ("|\n2\n|\nTrồng rừng\n|\n|\n", ["2", "Trồng rừng", ""]),
        ("|\nII. LÂM NGHIỆP\n|\n", ["II. LÂM NGHIỆP"]),
    ],
)
def test_a_scraped_row_keeps_its_blank_cells_and_ends_before_the_text_below(row: str, expected: list[str]) -> None:
    top = "|\nSTT\n|\nNội dung\n|\nSố hộ\n|\n|\n1\n|\nNuôi ong\n|\n25\n|\n"
    text = f"KẾ HOẠCH\nPHÁT TRIỂN KINH TẾ HỘ\nI. CHỈ TIÊU\n{top}{row}Trên đây là Kế hoạch phát triển kinh tế hộ./.\n"
    assert cells(text) == [["STT", "Nội dung", "Số hộ"], ["1", "Nuôi ong", "25"], expected]


@pytest.mark.parametrize("name", ["Y Thanh Hà Niê Kđăm", "H'Yim Kđoh", "K’ Brơih", "Nguyễn Văn An"])
def test_the_signer_may_have_a_name_of_any_people(name: str) -> None:
    text = f"KẾ HOẠCH\n\nTrồng rừng\n\nI. NỘI DUNG\n\n- Trồng rừng.\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\n{name}\n"
    signer = read(text).header.signer
    assert signer is not None and signer.value == name


@pytest.mark.parametrize(
    ("basis", "number", "date", "title"),
    [
        ("Căn cứ Luật Lâm nghiệp năm 2017;", "", "2017", "Lâm nghiệp"),
        ("Căn cứ Luật Tổ chức Quốc hội số 57/2014/QH13;", "57/2014/QH13", "", "Tổ chức Quốc hội"),
        ("Căn cứ Luật lưu trữ ngày 21 tháng 6 năm 2024;", "", "2024-06-21", "lưu trữ"),
    ],
)
def test_a_law_may_be_named_by_its_year_its_number_or_in_small_letters(
    basis: str, number: str, date: str, title: str
) -> None:
    found = read(f"KẾ HOẠCH\n\nTrồng rừng\n\n{basis}\n\nI. NỘI DUNG\n\n- Trồng rừng.\n").header.bases
    assert [(one.number, one.date, one.title) for one in found] == [(number, date, title)]


def test_the_signature_may_stand_on_the_lines_of_the_recipients() -> None:
    text = """ỦY BAN NHÂN DÂN
XÃ BẢN LẦU

Số: 12/KH-UBND

Bản Lầu, ngày 03 tháng 4 năm 2024

KẾ HOẠCH

Trồng cây chắn gió năm 2024

1. Trồng 3 km cây dọc đường liên bản.

Nơi nhận:                             TM. ỦY BAN NHÂN DÂN
- UBND huyện (b/c);                         CHỦ TỊCH
- Các bản trong xã;
- Lưu: VT.                              Lù Thị Mẩy
"""
    header = read(text).header
    assert header.signer is not None and header.signer.value == "Lù Thị Mẩy"
    assert text[header.signer.span.start : header.signer.span.end] == "Lù Thị Mẩy"
    assert header.position is not None and "CHỦ TỊCH" in header.position.value
