"""Word documents: paragraphs and tables in the order of the body, with the numbers that Word counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.encoding import LEGACY
from ingest.errors import DamagedFile
from ingest.loaders.docx_numbering import Numbering
from ingest.loaders.docx_package import NotDocxError, Package, has_main_part, open_package
from ingest.loaders.docx_styles import Styles, legacy_font, switched
from ingest.loaders.tidy import cell_text, join_blocks, plain, row_line
from ingest.types import Loaded, Note

# Deleted and moved text, properties, the copy of a drawing for old programs.
_LEFT_OUT = frozenset({"del", "moveFrom", "rPr", "pPr", "sectPr", "mc.Fallback", "instrText", "delText", "rt"})
_LINE_ENDS = frozenset({"br", "cr"})
# Letterhead and signature stand in a table of two columns without rules (Nghị định 30/2020/NĐ-CP, Phụ lục I,
# mục IV).
_LAYOUT_COLUMNS = 3
_LAYOUT_ROWS = 6
_LAYOUT_WORDS = re.compile(
    r"CỘNG\s*H[OÒ][AÀ]\s*XÃ|Độc\s+lập\s*[-–]\s*Tự\s+do|Nơi\s+nhận|^(?:TM|KT|TL|TUQ)\.\s", re.M | re.I
)


def is_docx(data: bytes) -> bool:
    """Whether bytes hold a Word document."""
    return has_main_part(data)


def load(path: Path, data: bytes) -> Loaded:
    """Read a Word document: a blank line between paragraphs, tables as lines of cells with a tab between.

    Headers, footers, comments, deleted text and the table of contents are left out; footnotes stand at the
    end. Raises DamagedFile for a broken or protected file.
    """
    try:
        package = open_package(data)
        reader = _Reader.of(package)
        blocks = [*reader.blocks(package.document.find("body")), *reader.notes(package)]
    except (NotDocxError, RecursionError) as fault:
        raise DamagedFile(path=str(path), format="DOCX") from fault
    notes = tuple(Note(kind="encoding-guessed", detail=name) for name in sorted(reader.legacy))
    return Loaded(text=join_blocks(blocks), format="docx", notes=notes)


@dataclass(slots=True)
class _Piece:
    """Text of one run; ``font`` names its legacy encoding."""

    text: str
    font: tuple[str, bool] | None = None


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    legacy: set[str] = field(default_factory=set)
    asides: list[str] = field(default_factory=list)  # text boxes of the paragraph at hand
    carried: str = ""  # text of a paragraph whose end was deleted: it goes on in the next one
    seen: dict[tuple[str, str], int] = field(default_factory=dict)  # footnotes in the order of their marks

    @classmethod
    def of(cls, package: Package) -> _Reader:
        styles = Styles.of(package.styles)
        return cls(styles, Numbering(package.numbering, styles))

    def blocks(self, holder: Element | None) -> Iterator[str]:
        """The paragraphs, and the tables as blocks of lines, in order."""
        for child in holder if holder is not None else ():
            if child.tag == "p":
                yield self.paragraph(child)
                asides, self.asides = self.asides, []
                yield from asides
            elif child.tag == "tbl":
                yield from self.table(child)
            elif child.tag not in _LEFT_OUT:  # content controls, insertions, custom XML
                yield from self.blocks(child)

    def paragraph(self, paragraph: Element) -> str:
        """The text of a paragraph with its number in front, "" for a blank one."""
        if self.styles.is_contents(paragraph):
            return ""
        pieces = list(self._pieces(paragraph, self.styles.paragraph_style(paragraph)))
        raw = self.carried + self._joined(pieces)
        self.carried = ""
        if paragraph.find("pPr/rPr/del") is not None:
            self.carried = raw
            return ""
        text = plain(raw).strip()
        number = self.numbering.number(paragraph)
        return number + text if text else ""

    def _pieces(self, holder: Element, style: str | None) -> Iterator[_Piece]:
        for child in holder:
            if child.tag == "r":
                properties = self.styles.run_properties(child, style)
                if switched(properties, "vanish"):
                    continue
                capitals, font = switched(properties, "caps"), legacy_font(properties)
                for text in self._run(child):
                    yield _Piece(text.upper() if capitals and font is None else text, font)
            elif child.tag == "m.t":
                yield _Piece(child.text or "")
            elif child.tag == "txbxContent":
                aside = join_blocks(list(self.blocks(child)))  # before append: it empties the list
                self.asides.append(aside)
            elif child.tag not in _LEFT_OUT:
                yield from self._pieces(child, style)

    def _run(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == "t":
                yield child.text or ""
            elif child.tag in ("tab", "ptab"):
                yield " "  # a tab in the text means a table row, so none in a paragraph
            elif child.tag in _LINE_ENDS:
                yield "\n"
            elif child.tag == "noBreakHyphen":
                yield "-"
            elif child.tag == "sym":
                yield "•"
            elif child.tag in ("footnoteReference", "endnoteReference"):
                note = (child.tag.removesuffix("Reference"), child.get("id", ""))
                yield f" [{self.seen.setdefault(note, len(self.seen) + 1)}]"
            elif child.tag not in _LEFT_OUT:
                for piece in self._pieces(child, None):
                    yield piece.text

    def _joined(self, pieces: list[_Piece]) -> str:
        """The pieces as one text; neighbours in one legacy font are converted together."""
        # A letter of VNI may span two runs.
        text = ""
        at = 0
        while at < len(pieces):
            font = pieces[at].font
            stop = at
            while stop < len(pieces) and pieces[stop].font == font:
                stop += 1
            part = "".join(piece.text for piece in pieces[at:stop])
            if font is not None and not part.isascii() and all(ord(letter) < 0x2200 for letter in part):
                encoding, capitals = font
                converted = LEGACY[encoding](part)
                part = converted.upper() if capitals else converted
                self.legacy.add(encoding)
            elif font is not None and font[1]:
                part = part.upper()
            text += part
            at = stop
        return text

    def table(self, table: Element) -> Iterator[str]:
        """The table as one block of lines; the paragraphs of its cells where it only lays out the page."""
        rows = [self._cells(row) for row in _rows(table) if row.find("trPr/del") is None]
        if self._is_layout(table, rows):
            for cells in rows:
                for cell in cells:
                    yield from cell
            return
        yield "\n".join(line for row in rows if (line := row_line([cell_text(cell) for cell in row])).strip())

    def _is_layout(self, table: Element, rows: list[list[list[str]]]) -> bool:
        widest = max((len(cells) for cells in rows), default=0)
        if widest < 2:
            return True
        small = widest <= _LAYOUT_COLUMNS and len(rows) <= _LAYOUT_ROWS
        words = "\n".join(block for cells in rows for cell in cells for block in cell)
        if small and _LAYOUT_WORDS.search(words) is not None:
            return True
        return small and not self.styles.has_borders(table)

    def _cells(self, row: Element) -> list[list[str]]:
        """The blocks of each cell of a row; places that a wide or high merged cell covers are blank."""
        cells: list[list[str]] = [[] for _ in range(_count(row.find("trPr/gridBefore")))]
        for cell in _children(row, "tc"):
            merged = cell.find("tcPr/vMerge")
            continued = merged is not None and merged.get("val", "continue") == "continue"
            blocks = [] if continued else [block for block in self.blocks(cell) if block.strip()]
            across = cell.find("tcPr/hMerge")
            if across is not None and across.get("val", "continue") == "continue":
                blocks = []
            cells.append(blocks)
            span = cell.find("tcPr/gridSpan")
            cells.extend([] for _ in range(max(_count(span), 1) - 1))
        cells.extend([] for _ in range(_count(row.find("trPr/gridAfter"))))
        return cells

    def notes(self, package: Package) -> Iterator[str]:
        """The footnotes and endnotes that the text refers to, in order of their marks."""
        parts = {"footnote": package.footnotes, "endnote": package.endnotes}
        bodies = {(kind, note.get("id", "")): note for kind, part in parts.items() for note in part.findall(kind)}
        for key, number in list(self.seen.items()):
            body = bodies.get(key)
            text = " ".join(" ".join(self.blocks(body)).split())
            if text:
                yield f"[{number}] {text}"


_SPAN_LIMIT = 63  # the most columns that Word allows


def _count(element: Element | None) -> int:
    value = element.get("val", "0") if element is not None else "0"
    return min(int(value), _SPAN_LIMIT) if value.isascii() and value.isdigit() else 0


def _children(holder: Element, tag: str) -> Iterator[Element]:
    """Children of a kind, also those inside content controls and insertions."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in ("tbl", "tc", "tr", "p"):
            yield from _children(child, tag)


def _rows(table: Element) -> Iterator[Element]:
    return _children(table, "tr")
