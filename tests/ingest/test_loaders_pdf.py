"""PDF and scans: files made from invented text, what must come out of them and what must not."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.errors import EmptyDocument, OcrMissing
from ingest.loaders import load
from ingest.loaders.columns import Word, in_order
from ingest.loaders.grid import Rule, find_grids
from ingest.loaders.scan import from_table
from ingest.types import Format, Loaded

FILES = Path(__file__).parents[1] / "fixtures" / "files"
HEAD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN SÔNG TRĂNG\nSố: 27/KH-UBND\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSông Trăng, ngày 05 tháng 3 năm 2024\n"
)
SIGNATURE = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hoa Mai"
TABLE = (
    "2. Kinh phí thực hiện được phân bổ theo bảng sau:\n\n"
    "TT\tNội dung\tCơ quan chủ trì\tKinh phí (triệu đồng)\n"
    "1\tƯơm cây giống tại vườn ươm xã Đồng Khởi và cấp phát cho các thôn\t"
    "Phòng Nông nghiệp và Phát triển nông thôn\t450\n"
    "2\tTập huấn kỹ thuật cho hộ dân\tTrạm Khuyến nông huyện\t75,5\n"
    "3\tIn tờ rơi\t\t12\n"
    "Tổng cộng\t\t\t537,5\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n"
)
SENTENCE = "tỷ lệ sống đạt trên 85%; chăm sóc\n340 ha rừng phòng hộ ven sông trong giai đoạn 2024-2025."
TOTAL = "\nTổng cộng\t\t\t537,5\n"
RECIPIENTS = "Nơi nhận:\n- Thường trực Huyện ủy;\n- Ủy ban nhân dân các xã;\n- Lưu: VT.\nTM."


def read(name: str) -> Loaded:
    loaded = load(FILES / name)
    kept = "".join(loaded.text[page.start : page.end] for page in loaded.pages)
    assert "".join(kept.split()) == "".join(loaded.text.split())
    return loaded


@pytest.mark.parametrize(
    ("name", "kind", "present", "absent"),
    [
        ("plan.pdf", "pdf", (HEAD, TABLE, SENTENCE, SIGNATURE, RECIPIENTS), ("\r", "  ", "\f")),
        ("scan.pdf", "scan", (HEAD, SENTENCE, SIGNATURE, RECIPIENTS, "\t450\n", "\t75,5\n", TOTAL), ("|",)),
        ("scan.png", "scan", (HEAD, SENTENCE, "\nPHÓ CHỦ TỊCH\nLê Thị Hoa Mai", TOTAL), ("|",)),
        ("stamped-scan.pdf", "scan", ("Trồng mới 120.000 cây", SENTENCE, SIGNATURE), ("KH-UBND27",)),
        ("broken-letters.pdf", "scan", (HEAD, SENTENCE, "KẾ HOẠCH\n"), ("WKÄQJ", "+2ẃ&+")),
    ],
)
def test_a_file_gives_its_text_in_reading_order(
    name: str, kind: Format, present: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    loaded = read(name)
    assert loaded.format == kind
    for piece in present:
        assert piece in loaded.text
    for piece in absent:
        assert piece not in loaded.text


def test_no_word_of_a_table_is_read_twice() -> None:
    text = read("plan.pdf").text
    assert [text.count(word) for word in ("Ươm cây giống", "Trạm Khuyến nông", "537,5")] == [1, 1, 1]


def test_recognised_pages_are_noted_with_their_place() -> None:
    loaded = read("scan.pdf")
    assert [note.kind for note in loaded.notes] == ["page-ocr"]
    assert loaded.notes[0].span == loaded.pages[0]
    assert loaded.notes[0].detail.startswith("page 1, confidence 9")
    assert read("plan.pdf").notes == ()


def joined(*names: str) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for name in names:
        document.import_pages(pypdfium2.PdfDocument(FILES / name))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_only_pages_without_text_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(joined("plan.pdf", "scan.pdf", "plan.pdf"))
    loaded = load(path)
    assert loaded.format == "pdf"
    assert [note.span for note in loaded.notes] == [loaded.pages[1]]
    for page in loaded.pages:
        assert "Lê Thị Hoa Mai" in loaded.text[page.start : page.end]
    assert loaded.text[loaded.pages[0].end : loaded.pages[1].start] == "\n\n"


def test_a_pdf_of_blank_pages_is_empty(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(str(tmp_path / "a.pdf"))
    with pytest.raises(EmptyDocument):
        load(tmp_path / "a.pdf")


def test_without_tesseract_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shutil.which("tesseract") is not None
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OcrMissing, match="install tesseract-ocr and tesseract-ocr-vie"):
        load(FILES / "scan.pdf")
    assert load(FILES / "plan.pdf").format == "pdf"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_turned(tmp_path: Path, degrees: int) -> None:
    with Image.open(FILES / "scan.png") as image:
        image.convert("L").rotate(degrees, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    text = load(tmp_path / "a.png").text
    assert SENTENCE in text
    assert TOTAL in text


def test_a_slightly_turned_scan_keeps_its_table(tmp_path: Path) -> None:
    with Image.open(FILES / "scan.png") as image:
        image.convert("L").rotate(0.4, fillcolor=255).save(tmp_path / "a.png", dpi=(200, 200))
    assert TOTAL in load(tmp_path / "a.png").text


def test_a_poor_scan_is_doubtful(tmp_path: Path) -> None:
    with Image.open(FILES / "scan.png") as image:
        small = image.convert("L").resize((image.width // 4, image.height // 4))
    small.save(tmp_path / "a.png")
    assert [note.kind for note in load(tmp_path / "a.png").notes] == ["page-ocr", "page-doubtful"]


def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    with Image.open(FILES / "scan.png") as image:
        image.save(tmp_path / "a.tif", save_all=True, append_images=[image.copy()], dpi=(200, 200))
    loaded = load(tmp_path / "a.tif")
    assert len(loaded.pages) == 2
    assert loaded.text.count("Lê Thị Hoa Mai") == 2


def words(line: str, top: float) -> list[Word]:
    """Words of a line of fixed letters: ten wide, ten high, two blanks or more between columns."""
    found = []
    at = 0
    for piece in line.split(" "):
        if piece:
            found.append(Word(piece, at * 10, top, (at + len(piece)) * 10, top + 10))
        at += len(piece) + 1
    return found


def page(text: str) -> list[str]:
    return in_order([words(line, number * 14.0) for number, line in enumerate(text.split("\n"))])


def test_facing_columns_are_read_left_first() -> None:
    assert page(
        "UBND TỈNH           CỘNG HÒA XÃ HỘI\n"
        "SỞ Y TẾ             Độc lập - Tự do\n"
        "Căn cứ Luật Y tế ngày 01 tháng 2 năm 2020;"
    ) == [
        "UBND TỈNH",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI",
        "Độc lập - Tự do",
        "Căn cứ Luật Y tế ngày 01 tháng 2 năm 2020;",
    ]


def test_a_blank_to_fill_in_does_not_part_a_line() -> None:
    line = "có hiệu lực từ ngày      tháng      năm 2025 và thay thế"
    assert page(line) == [" ".join(line.split())]
    line = "có hiệu lực từ ngày          và thay thế"
    assert page(line) == [" ".join(line.split())]


def test_number_and_date_on_one_line_are_parted() -> None:
    assert page("Số:      /KH-UBND  Hà Giang, ngày      tháng 2") == [
        "Số: /KH-UBND",
        "Hà Giang, ngày tháng 2",
    ]


def test_a_signature_that_begins_above_the_recipients_stays_together() -> None:
    assert page(
        "                     TM. ỦY BAN NHÂN DÂN\n"
        "Nơi nhận:            CHỦ TỊCH\n"
        "- Như trên;\n"
        "                     Lê Hoa"
    ) == ["Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Hoa"]


def test_a_table_without_rules_is_read_line_by_line() -> None:
    assert page("Chỉ tiêu        Số lượng\nTrồng cây       120\nChăm sóc        340") == [
        "Chỉ tiêu Số lượng",
        "Trồng cây 120",
        "Chăm sóc 340",
    ]


def test_rules_make_cells_and_a_missing_rule_merges_them() -> None:
    across = [Rule(0, 0, 30), Rule(10, 0, 20), Rule(20, 0, 30.5), Rule(30, 0, 30)]
    down = [Rule(0, 0, 30), Rule(10, 0, 20), Rule(20.4, 0, 30), Rule(30, 0, 30)]
    (grid,) = find_grids(across, down, slack=1)
    shapes = [
        [None if cell is None else (cell.right - cell.left, cell.bottom - cell.top) for cell in row]
        for row in grid.rows
    ]
    assert [[shape and (round(shape[0]), round(shape[1])) for shape in row] for row in shapes] == [
        [(10, 10), (10, 10), (10, 20)],
        [(10, 10), (10, 10), None],
        [(20, 10), None, (10, 10)],
    ]


def test_a_table_may_have_open_sides_and_two_tables_are_two() -> None:
    across = [Rule(y + top, 0, 30) for top in (0, 100) for y in (0, 10, 20)]
    down = [Rule(15, top, top + 20) for top in (0, 100)]
    grids = find_grids(across, down, slack=1)
    assert [len(grid.rows) for grid in grids] == [2, 2]
    assert [cell.left for cell in grids[0].rows[0] if cell is not None] == [0, 15]


def test_a_frame_and_an_underline_are_no_tables() -> None:
    frame = [Rule(0, 0, 30), Rule(20, 0, 30)], [Rule(0, 0, 20), Rule(30, 0, 20)]
    assert find_grids(*frame, slack=1) == []
    assert find_grids([Rule(5, 0, 30)], [], slack=1) == []
    assert find_grids([], [], slack=1) == []


def test_specks_are_left_out_of_a_recognised_page() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"
    rows = ["5\t1\t1\t1\t1\t1\t0\t0\t90\t20\t96\tNăm", "5\t1\t1\t1\t1\t2\t100\t0\t20\t20\t12\t~"]
    recognised = from_table(head + "\n".join(rows))
    assert (recognised.text, recognised.confidence) == ("Năm", 96.0)
    assert from_table("").confidence == 0.0
