"""Word documents: three-line trees in, plain text out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from ingest.loaders import load
from ingest.loaders.docx_numbering import in_format

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
LEVELS = (
    ("decimal", "%1."),
    ("decimal", "%1.%2."),
    ("lowerLetter", "%3)"),
    ("bullet", "-"),
)


def word(folder: Path, body: str, space: str = SPACE, **parts: str) -> str:
    """The text that is loaded from a document with this body."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{inner}</w:{name}>")
    path = folder / "a.docx"
    path.write_bytes(content.getvalue())
    loaded = load(path)
    assert (loaded.format, loaded.pages) == ("docx", ())
    return loaded.text


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, level: int, number: int = 1) -> str:
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def abstract(levels: tuple[tuple[str, str], ...], number: int = 0, extra: str = "") -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for at, (shape, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def num(number: int, of: int = 0, change: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{change}</w:num>'


def cell(text: str, properties: str = "") -> str:
    paragraphs = "".join(para(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def table(*rows: str, border: str = "single") -> str:
    borders = f'<w:tblPr><w:tblBorders><w:top w:val="{border}"/></w:tblBorders></w:tblPr>'
    return f"<w:tbl>{borders}" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_paragraphs_and_tables_come_in_the_order_of_the_body(tmp_path: Path) -> None:
    body = para("Trước bảng") + table(cell("TT") + cell("Việc"), cell("1") + cell("Trồng cây")) + para("Sau bảng")
    assert word(tmp_path, body) == "Trước bảng\n\nTT\tViệc\n1\tTrồng cây\n\nSau bảng"


def test_word_counts_levels_and_starts_them_again(tmp_path: Path) -> None:
    body = "".join(
        numbered(text, level)
        for text, level in [
            ("Mục tiêu", 0),
            ("Chung", 1),
            ("Riêng", 1),
            ("trồng rừng", 2),
            ("chăm sóc", 2),
            ("hằng năm", 3),
            ("Nhiệm vụ", 0),
            ("Tuyên truyền", 1),
            ("báo, đài", 2),
        ]
    )
    assert word(tmp_path, body, numbering=abstract(LEVELS) + num(1)).split("\n\n") == [
        "1. Mục tiêu",
        "1.1. Chung",
        "1.2. Riêng",
        "a) trồng rừng",
        "b) chăm sóc",
        "- hằng năm",
        "2. Nhiệm vụ",
        "2.1. Tuyên truyền",
        "a) báo, đài",
    ]


def test_lists_of_one_definition_count_on_unless_a_start_is_given(tmp_path: Path) -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("a", 0, 1) + numbered("b", 0, 2) + numbered("c", 0, 3) + numbered("d", 0, 3)
    text = word(tmp_path, body, numbering=abstract(LEVELS) + num(1) + num(2) + num(3, change=again))
    assert text.split("\n\n") == ["1. a", "2. b", "1. c", "2. d"]


def test_a_level_may_never_start_again(tmp_path: Path) -> None:
    body = "".join(numbered(text, level) for text, level in [("a", 0), ("b", 1), ("c", 0), ("d", 1)])
    levels = abstract((("upperRoman", "%1."), ("decimal", "%2.")), extra='<w:lvlRestart w:val="0"/>')
    assert word(tmp_path, body, numbering=levels + num(1)).split("\n\n") == ["I. a", "1. b", "II. c", "2. d"]


def test_legal_numbering_shows_every_part_as_a_decimal(tmp_path: Path) -> None:
    levels = abstract((("upperRoman", "%1."), ("decimal", "%1.%2.")), extra="<w:isLgl/>")
    assert word(tmp_path, numbered("a", 0) + numbered("b", 1), numbering=levels + num(1)) == "1. a\n\n1.1. b"


def test_a_number_comes_from_the_style_of_the_paragraph(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Base"/></w:style>'
    )
    body = para("Phạm vi", properties='<w:pStyle w:val="Dieu"/>') + para(
        "Không số", properties='<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    text = word(tmp_path, body, styles=styles, numbering=abstract((("decimal", "Điều %1."),)) + num(1))
    assert text == "Điều 1. Phạm vi\n\nKhông số"


def test_a_blank_numbered_paragraph_counts_but_is_not_written(tmp_path: Path) -> None:
    body = numbered("a", 0) + numbered("", 0) + numbered("c", 0)
    assert word(tmp_path, body, numbering=abstract(LEVELS) + num(1)) == "1. a\n\n3. c"


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("-", "- a"), ("\uf02d", "- a"), ("\uf0b7", "• a"), ("\uf0d8", "• a"), ("o", "◦ a"), ("", "• a")],
)
def test_bullets_of_symbol_fonts_become_readable(tmp_path: Path, sign: str, shown: str) -> None:
    assert word(tmp_path, numbered("a", 0), numbering=abstract((("bullet", sign),)) + num(1)) == shown


@pytest.mark.parametrize(
    ("count", "shape", "shown"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (0, "lowerRoman", "0"),
        (3, "chineseCounting", "3"),
        (3, "none", ""),
    ],
)
def test_number_formats(count: int, shape: str, shown: str) -> None:
    assert in_format(count, shape) == shown


def test_merged_cells_are_written_once(tmp_path: Path) -> None:
    body = table(
        cell("Cả dòng", '<w:gridSpan w:val="3"/>'),
        cell("Sở A", '<w:vMerge w:val="restart"/>') + cell("x") + cell("1"),
        cell("Sở A", "<w:vMerge/>") + cell("y") + cell("2"),
    )
    assert word(tmp_path, body).split("\n") == ["Cả dòng\t\t", "Sở A\tx\t1", "\ty\t2"]


def test_lines_of_a_cell_stay_on_the_line_of_the_row(tmp_path: Path) -> None:
    body = table(
        cell("CƠ QUAN\nCHỦ TRÌ") + cell("Thời gian\nthực hiện"),
        cell("Sở Y tế\nSở Nội vụ") + cell("- quý I;\n- quý II"),
    )
    assert word(tmp_path, body) == "CƠ QUAN CHỦ TRÌ\tThời gian thực hiện\nSở Y tế / Sở Nội vụ\t- quý I; / - quý II"


def test_a_table_in_a_cell_stays_in_the_cell(tmp_path: Path) -> None:
    inner = f"<w:tc>{para('gồm')}{table(cell('a') + cell('1'), cell('b') + cell('2'))}{para('hết')}</w:tc>"
    lines = word(tmp_path, table(cell("TT") + cell("Nội dung"), cell("1") + inner)).split("\n")
    assert len(lines) == 2
    assert lines[1].startswith("1\tgồm")
    assert all(piece in lines[1] for piece in ("a", "b", "hết"))


@pytest.mark.parametrize("border", ["none", "single"])
def test_letterhead_and_signature_are_no_tables(tmp_path: Path, border: str) -> None:
    head = cell("ỦY BAN NHÂN DÂN\nHUYỆN A") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    sign = cell("Nơi nhận:\n- Như trên;\n- Lưu: VT.") + cell("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    assert word(tmp_path, table(head, border=border) + table(sign, border=border)).split("\n\n") == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_is_kept(tmp_path: Path) -> None:
    body = (
        "<w:p>"
        + run("Giữ ")
        + "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        + f"<w:ins>{run('thêm')}</w:ins>"
        + f"<w:moveFrom>{run('chuyển đi')}</w:moveFrom>"
        + run(" ẩn", "<w:vanish/>")
        + "</w:p>"
    )
    assert word(tmp_path, body) == "Giữ thêm"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = para("Một câu ", properties="<w:rPr><w:del/></w:rPr>") + para("liền mạch.")
    assert word(tmp_path, body) == "Một câu liền mạch."


def test_signs_inside_a_paragraph(tmp_path: Path) -> None:
    body = (
        "<w:p>"
        + "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
        + "<w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
        + run("e\u00ad\u200bf\u00a0 g")
        + f"<w:hyperlink>{run(' h')}</w:hyperlink>"
        + "</w:p>"
    )
    assert word(tmp_path, body) == "a b\nc-def g h"


def test_text_is_composed_and_capitals_are_as_shown(tmp_path: Path) -> None:
    assert word(tmp_path, para(run("Kế hoa\u0323ch", "<w:caps/>"))) == "KẾ HOẠCH"


def test_contents_headers_and_field_codes_are_left_out(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    body = para("I. Mục tiêu ... 3", properties='<w:pStyle w:val="TOC1"/>') + para(
        "<w:r><w:instrText>PAGE</w:instrText></w:r>", "Thân bài"
    )
    assert word(tmp_path, body, styles=styles, hdr="<w:p/>") == "Thân bài"


def test_footnotes_stand_at_the_end_under_their_marks(tmp_path: Path) -> None:
    body = para("Dân số 1.200", '<w:r><w:footnoteReference w:id="7"/></w:r>', " người.") + para("Hết.")
    notes = f'<w:footnote w:id="7">{para("Theo niên giám.")}</w:footnote>'
    notes += f'<w:footnote w:id="8">{para("không ai dẫn")}</w:footnote>'
    assert word(tmp_path, body, footnotes=notes) == "Dân số 1.200 [1] người.\n\nHết.\n\n[1] Theo niên giám."


def test_text_boxes_and_content_controls_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawing = f"<w:r><mc:AlternateContent {mc}>{choices}</mc:AlternateContent></w:r>"
    body = para("Ngoài", drawing) + f"<w:sdt><w:sdtContent>{para('Ô nhập')}</w:sdtContent></w:sdt>"
    assert word(tmp_path, body) == "Ngoài\n\nTrong khung\n\nÔ nhập"


def test_runs_in_legacy_fonts_are_converted_together(tmp_path: Path) -> None:
    body = para(
        run("KÕ ho¹ch ", '<w:rFonts w:ascii=".VnTime"/>'),
        run("ñy ban", '<w:rFonts w:ascii=".VnTimeH"/>'),
        run(" Hoa", '<w:rFonts w:ascii="VNI-Times"/>'),
        run("ø ", '<w:rFonts w:ascii="VNI-Times"/>'),
        run("naïve", '<w:rFonts w:ascii="Times New Roman"/>'),
    )
    assert word(tmp_path, body) == "Kế hoạch ỦY BAN Hoà naïve"


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    assert word(tmp_path, para("Lời"), space=STRICT) == "Lời"


def test_a_file_by_python_docx_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("I. MỤC TIÊU", 1)
    document.add_paragraph("Trồng cây", style="List Number")
    document.add_paragraph("Chăm sóc", style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    grid = document.add_table(rows=2, cols=2, style="Table Grid")
    for place, text in enumerate(["TT", "Việc", "1", "Ươm"]):
        grid.cell(place // 2, place % 2).text = text
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert load(path).text == "I. MỤC TIÊU\n\n1. Trồng cây\n\n2. Chăm sóc\n\n• gạch\n\nTT\tViệc\n1\tƯơm"
