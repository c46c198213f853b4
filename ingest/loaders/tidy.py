"""Extracted text made plain: what PDF, DOCX and scans have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SOFT = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# PDFium writes U+FFFE or U+0002 for a hyphen at the end of a line.
_LINE_HYPHEN = re.compile("[\ufffe\x02]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff0-\uffff]")
_BLANK = re.compile(r"[^\S\n]+")
_LIST_START = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s")
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """NFC, with line feeds for line ends, single blanks, and nothing that cannot be seen."""
    text = _LINE_HYPHEN.sub("-", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\v\f\x85\u2028\u2029]", "\n", text)
    text = unicodedata.normalize("NFC", _CONTROL.sub("", _SOFT.sub("", text)))
    return "\n".join(_BLANK.sub(" ", line).strip() for line in text.split("\n"))


def cell_text(paragraphs: Sequence[str], *, wrapped: bool = False) -> str:
    """The paragraphs (or, if ``wrapped``, the lines) of a table cell on one line.

    Entries of a list are set apart by " / "; a line that goes on is joined by a blank.
    """
    joined = ""
    for paragraph in (part for whole in paragraphs for part in whole.split("\n")):
        piece = " ".join(paragraph.split())
        if not piece:
            continue
        if not joined:
            joined = piece
        elif _goes_on(joined, piece, wrapped=wrapped):
            joined += " " + piece
        else:
            joined += " / " + piece
    return joined


def _goes_on(before: str, after: str, *, wrapped: bool) -> bool:
    if _LIST_START.match(after):
        return False
    if wrapped:  # lines of a PDF cell: a new line says nothing
        return True
    first = _LETTER.search(after)
    if before[-1] in ",;:-–/(" or first is None or first.group().islower() or after[0] in "(–-":
        return True
    return before.isupper() and after.isupper()


def row_line(cells: Sequence[str]) -> str:
    """A table row as one line of cells with a tab between."""
    return "\t".join(cell.replace("\t", " ") for cell in cells)


def join_blocks(blocks: Sequence[str]) -> str:
    """Paragraphs and tables with a blank line between, blank ones left out."""
    return "\n\n".join(block for block in blocks if block.strip())
