"""The text layer of a PDF page: characters with places, ruled tables, whether it can be trusted."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.encoding import repair
from ingest.loaders.columns import Word, in_order
from ingest.loaders.grid import Box, Grid, Rule, find_grids
from ingest.loaders.pdf_rules import rules
from ingest.loaders.tidy import cell_text, plain, row_line
from ingest.plausibility import marked_share, plausible_share

# A picture that covers this share of the page is a scan, and a text layer below this many characters beside
# it is a digital stamp ("Ký bởi: …" has 80 to 250) or a page number, not the text of the page.
_SCAN_COVER = 0.5
_STAMP_CHARACTERS = 300
# Real Vietnamese text scores above 0.95, a layer with a broken font map below 0.6 (ingest.plausibility).
_TRUSTED_SHARE = 0.75
# OCR without Vietnamese writes "UY BAN NHAN DAN": real text marks 0.7 of its words, a list of names 0.5.
_TRUSTED_MARKS = 0.15
_SLACK = 3.0  # points between rules that are one, or meet
_RULES_LIMIT = 5_000  # a drawing, not a table
_POINTS_PER_INCH = 72

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What a page's text layer says.

    ``needs_ocr`` is whether the page shows more than the layer tells; ``legacy`` names the encoding of an
    old font whose letters were converted, "" for a Unicode font. ``resolution`` is that of the largest
    picture on the page in dots per inch, 0 without pictures.
    """

    text: str
    needs_ocr: bool
    legacy: str = ""
    resolution: float = 0.0


def read_layer(document: pypdfium2.PdfDocument, index: int) -> Layer:
    """Read the text layer of a page (from 0). Raises PdfiumError where it cannot be opened."""
    page = document[index]
    across: list[Rule] = []
    down: list[Rule] = []
    cover = resolution = 0.0
    drawn = False
    width, height = page.get_size()
    for item in page.get_objects(max_depth=4):
        drawn = True
        if item.type == pdfium.FPDF_PAGEOBJ_PATH and len(across) + len(down) < _RULES_LIMIT:
            for found, more in zip((across, down), rules(item), strict=True):
                found.extend(more)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered = abs((right - left) * (top - bottom)) / max(width * height, 1.0)
            if covered > cover:
                cover = covered
                resolution = item.get_px_size()[0] * _POINTS_PER_INCH / max(right - left, 1.0)
    turn = partial(_displayed, rotation=page.get_rotation(), page=page.get_bbox())
    text = _text(page, find_grids(*_shown((across, down), turn), slack=_SLACK), turn)
    repaired = repair(text)
    if repaired is not None:
        return Layer(text=repaired.text, needs_ocr=False, legacy=repaired.encoding)
    return Layer(text=text, needs_ocr=drawn and _is_doubtful(text, cover), resolution=resolution)


def _is_doubtful(text: str, cover: float) -> bool:
    letters = sum(letter.isalpha() for letter in text)
    if letters == 0:
        return not text.strip() or cover >= _SCAN_COVER
    if cover >= _SCAN_COVER and (len(text) < _STAMP_CHARACTERS or marked_share(text) < _TRUSTED_MARKS):
        return True
    return plausible_share(text) < _TRUSTED_SHARE


def _shown(
    rules: tuple[Sequence[Rule], Sequence[Rule]], turn: Callable[[Bounds], Bounds]
) -> tuple[list[Rule], list[Rule]]:
    """Rules of page space as the page is shown; on a page turned sideways across becomes down."""
    boxes = [turn((rule.start, rule.place, rule.end, rule.place)) for rule in rules[0]]
    boxes += [turn((rule.place, rule.start, rule.place, rule.end)) for rule in rules[1]]
    across = [Rule(top, left, right) for left, top, right, bottom in boxes if right - left > bottom - top]
    down = [Rule(left, top, bottom) for left, top, right, bottom in boxes if right - left <= bottom - top]
    return across, down


@dataclass(slots=True)
class _Sink:
    """Gathers characters into words and lines of one area: the page, or a cell of a table."""

    lines: list[list[Word]] = field(default_factory=lambda: [[]])
    letters: list[str] = field(default_factory=list)
    box: list[float] = field(default_factory=list)

    def add(self, letter: str, box: Bounds) -> None:
        if self.letters:
            left, top, right, bottom = self.box
            box = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
        self.letters.append(letter)
        self.box = list(box)

    def end_word(self) -> None:
        if self.letters:
            self.lines[-1].append(Word("".join(self.letters), *self.box))
            self.letters = []

    def end_line(self) -> None:
        self.end_word()
        if self.lines[-1]:
            self.lines.append([])


def _text(page: pypdfium2.PdfPage, grids: Sequence[Grid], turn: Callable[[Bounds], Bounds]) -> str:
    """The page's text in the order of its content; tables where their first character stands."""
    body = sink = _Sink()
    parts: list[_Sink | Grid] = [body]
    cells: dict[tuple[int, Box], _Sink] = {}
    placed: set[int] = set()
    for letter, box in _characters(page, turn):
        if box is None or letter.isspace():
            if letter == "\n":
                sink.end_line()
            else:
                sink.end_word()
            continue
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        number, cell = _place(grids, x, y)
        target = body
        if cell is not None:
            if number not in placed:
                placed.add(number)
                body.end_line()
                body = _Sink()
                parts.extend([grids[number], body])
            target = cells.setdefault((number, cell), _Sink())
        if target is not sink:
            sink.end_word()
            sink = target
        sink.add(letter, box)
    sink.end_word()
    for area in cells.values():
        area.end_word()
    return _joined(parts, grids, cells)


def _joined(parts: Sequence[_Sink | Grid], grids: Sequence[Grid], cells: dict[tuple[int, Box], _Sink]) -> str:
    blocks: list[str] = []
    for part in parts:
        if isinstance(part, _Sink):
            part.end_word()
            blocks.append(plain("\n".join(in_order([line for line in part.lines if line]))))
            continue
        number = next(at for at, grid in enumerate(grids) if grid is part)
        rows = []
        for row in part.rows:
            texts = [_cell(cells.get((number, cell))) if cell is not None else "" for cell in row]
            if any(texts):
                rows.append(row_line(texts))
        blocks.append("\n".join(rows))
    return "\n\n".join(block for block in blocks if block.strip())


def _cell(sink: _Sink | None) -> str:
    if sink is None:
        return ""
    lines = [" ".join(word.text for word in line) for line in sink.lines]
    return cell_text([plain(line) for line in lines], wrapped=True)


def _place(grids: Sequence[Grid], x: float, y: float) -> tuple[int, Box | None]:
    for number, grid in enumerate(grids):
        if grid.box.holds(x, y):
            return number, grid.cell_at(x, y)
    return -1, None


def _characters(page: pypdfium2.PdfPage, turn: Callable[[Bounds], Bounds]) -> Iterator[tuple[str, Bounds | None]]:
    """Each character with its box as shown: (left, top, right, bottom), in points from the top left corner.

    Characters that PDFium adds (blanks, line ends) have no box.
    """
    textpage = page.get_textpage()
    raw = textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = [ctypes.byref(place) for place in (left, right, bottom, top)]
    try:
        for at in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(raw, at)
            letter = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
            if letter == "\r":
                continue
            if letter in " \n" or not pdfium.FPDFText_GetCharBox(raw, at, *places):
                yield letter, None
                continue
            yield letter, turn((left.value, bottom.value, right.value, top.value))
    finally:
        textpage.close()


def _displayed(box: Bounds, rotation: int, page: Bounds) -> Bounds:
    """A box of page space (origin at the bottom left) as the page is shown: turned clockwise."""
    left, bottom, right, top = box
    x0, y0, x1, y1 = page
    if rotation == 90:
        return bottom - y0, left - x0, top - y0, right - x0
    if rotation == 180:
        return x1 - right, bottom - y0, x1 - left, top - y0
    if rotation == 270:
        return y1 - top, x1 - right, y1 - bottom, x1 - left
    return left - x0, y1 - top, right - x0, y1 - bottom
