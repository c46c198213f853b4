"""Letterhead and signature stand in two columns; where extraction kept a row of them on one line, it is cut again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.lines import Line
from ingest.reading import reading
from ingest.rules.closing import NAME_WORD, POSITION, SIGNED
from ingest.rules.numbering import mark_of
from ingest.rules.tables import LAYOUT, Table
from ingest.rules.text import is_upper
from ingest.types import Span

_CUT = re.compile(r"\||\t+|<br\s*/?>", re.I)
_BOLD = re.compile(r"(?<=[^\s|]\*) (?=\*[^\s*]|\*\*[^\s*])")
_GAP = re.compile(r"(?<=\S)[ \u00a0]{6,}(?=\S)")
_RECIPIENT = re.compile(r"\s*[*_]*(?:[-–+•]|N[ơƠ][iI]\s+nh[ậẬ]n)")
_NAME = re.compile(rf"{NAME_WORD}(?:\s+{NAME_WORD}){{1,4}}")
_LINE_END = re.compile(r"<br", re.I)


def unfold(text: str, lines: Sequence[Line], tables: Sequence[Table]) -> tuple[list[Line], list[Table]]:
    """The lines with those outside tables cut at pipes, tabs and ``<br>``; the tables with their new line numbers."""
    first_of = {table.first: table for table in tables}
    inside = {at for table in tables for at in range(table.first, table.last)}
    found: list[Line] = []
    moved: list[Table] = []
    closed = False  # whether a pipe ended the line before
    for at, line in enumerate(lines):
        if at in first_of:
            table = first_of[at]
            moved.append(replace(table, first=len(found), last=len(found) + table.last - table.first))
        if at in inside or line.is_markup:
            found.append(line)
            closed = False
            continue
        pieces = list(_pieces(text, line))
        if closed and pieces:
            pieces[0] = replace(pieces[0], gap=max(pieces[0].gap, 2))
        found.extend(pieces)
        closed = text[line.span.end - 1] == "|"
    return found, moved


def _pieces(text: str, line: Line) -> Iterator[Line]:
    """The line itself, or its cells; a cell has a gap before it as a paragraph has."""
    raw = text[line.span.start : line.span.end]
    cuts = [cut for cut in _CUT.finditer(raw) if cut.group()[0] != "\t" or _in_columns(raw, cut.start())]
    cuts = sorted((*cuts, *_closing_columns(raw)), key=lambda cut: cut.start())
    if LAYOUT.search(raw) is not None:
        # A converter that joins the lines of a cell leaves each bold by itself: "**CHỦ TỊCH** *(Đã ký)* **Y Bích**".
        cuts = sorted((*cuts, *_BOLD.finditer(raw)), key=lambda cut: cut.start())
    if not cuts:
        yield line
        return
    gap = line.gap
    start = 0
    for cut in [*cuts, None]:
        end = cut.start() if cut is not None else len(raw)
        for piece in ((start, end), cut.span() if cut is not None else (end, end)):
            words = raw[slice(*piece)]
            if words.strip():
                begin = line.span.start + piece[0] + len(words) - len(words.lstrip())
                span = Span(begin, begin + len(words.strip()))
                yield Line(span=span, text=reading(text, span).text, gap=gap, loud=line.loud)
                gap = 1
        if cut is not None:
            start = cut.end()
            gap = 1 if _LINE_END.match(cut.group()) or cut.group() == " " else 2


def _closing_columns(raw: str) -> list[re.Match[str]]:
    """The wide blank between a line of Nơi nhận and the signature beside it: "- Lưu: VT.          Y Bhiu Ayŭn"."""
    gaps = list(_GAP.finditer(raw))
    if len(gaps) != 1 or _RECIPIENT.match(raw) is None:
        return []
    beside = raw[gaps[0].end() :].strip(" *_\r")
    position = is_upper(beside) and POSITION.match(beside) is not None
    signs = position or _NAME.fullmatch(beside) is not None or SIGNED.fullmatch(beside) is not None
    return gaps if signs else []


def _in_columns(raw: str, tab: int) -> bool:
    """Whether the tab parts two columns, rather than a number and its heading."""
    left = raw[:tab]
    mark = mark_of(left + " x")
    words = left[mark.length :] if mark is not None else left
    return bool(words.strip()) and (LAYOUT.search(raw) is not None or left.startswith(("-", "+")))
