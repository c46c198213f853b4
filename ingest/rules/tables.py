"""Tables in text: tab-separated, Markdown, HTML, and scraped ones with a lone "|" between two cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.reading import reading
from ingest.rules.text import is_structural
from ingest.types import Span

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELL_TAG = re.compile(r"<t[dh](?:\s[^<>]*)?>(.*?)(?=</t[dhr]>|<t[dhr][\s>]|</table|$)", re.I | re.S)
_ROW_TAG = re.compile(r"<tr(?:\s[^<>]*)?>.*?(?=<tr[\s>]|</table|$)", re.I | re.S)
_TABLE_OPEN = re.compile(r"<table[\s>]", re.I)
_TABLE_CLOSE = re.compile(r"</table>", re.I)
# Letterhead and signature stand in two columns without ruling; their extraction looks like a table but is none.
LAYOUT = re.compile(
    r"CỘNG\s*H[OÒ][AÀ]\s*XÃ|Độc\s+lập\s*[-–]\s*Tự\s+do|N[ơƠ][iI] nh[ậẬ]n|NƠI NHẬN|\bTM\.|\bKT\.|(?:^|\|)\s*Số\s*:", re.M
)
_CELL_LINES = 25  # no cell of a scraped table is longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row; ``cells`` are spans of the source in column order, blank ones with no length."""

    span: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of the lines ``first`` to ``last`` (excluded)."""

    first: int
    last: int
    rows: tuple[Row, ...]


def find_tables(text: str, lines: Sequence[Line]) -> list[Table]:
    """The tables of a text, in order. A table has at least two rows and two columns, and is no page layout."""
    found: list[Table] = []
    at = 0
    while at < len(lines):
        table = next((table for find in _FINDERS if (table := find(text, lines, at)) is not None), None)
        if table is not None and _is_data(text, table):
            found.append(table)
        at = table.last if table is not None else at + 1
    return found


def _is_data(text: str, table: Table) -> bool:
    widest = max((len(row.cells) for row in table.rows), default=0)
    if len(table.rows) < 2 or widest < 2:
        return False
    area = text[table.rows[0].span.start : table.rows[-1].span.end]
    return LAYOUT.search(area) is None


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, max(start, start + len(piece.strip())))


def _split(text: str, span: Span, separator: str) -> tuple[Span, ...]:
    cells: list[Span] = []
    start = span.start
    while start <= span.end:
        stop = text.find(separator, start, span.end)
        stop = span.end if stop < 0 else stop
        cells.append(_trim(text, start, stop))
        start = stop + 1
    return tuple(cells)


def _tabbed(text: str, lines: Sequence[Line], at: int) -> Table | None:
    """Tab-separated lines; a line without a tab inside a table goes on the last cell of the row above."""
    last = at
    rows: list[Row] = []
    while last < len(lines):
        if rows and _turns_page(text, lines, last, len(rows[-1].cells)):
            last += 1  # the number of the page that the table goes over
        if not _is_tabbed(text, lines[last]) or (rows and lines[last].gap > 2):
            break
        rows.append(Row(span=lines[last].span, cells=_split(text, _row_area(text, lines[last]), "\t")))
        last += 1
    return Table(first=at, last=last, rows=tuple(rows)) if len(rows) > 1 else None


def _is_tabbed(text: str, line: Line) -> bool:
    area = _row_area(text, line)
    return "\t" in text[area.start : area.end]


def _turns_page(text: str, lines: Sequence[Line], at: int, columns: int) -> bool:
    """Whether a page number stands here, and below it a row of so many columns."""
    if not lines[at].is_page_number or lines[at].gap < 2 or at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    return _is_tabbed(text, below) and len(_split(text, _row_area(text, below), "\t")) == columns


def _row_area(text: str, line: Line) -> Span:
    """The line with leading and trailing tabs, which stand for blank cells."""
    start, end = line.span.start, line.span.end
    while start > 0 and text[start - 1] == "\t":
        start -= 1
    while end < len(text) and text[end] == "\t":
        end += 1
    return Span(start, end)


def _markdown(text: str, lines: Sequence[Line], at: int) -> Table | None:
    """Markdown: cells between pipes on one line, a ruled line below the names; scraped, without the first pipe."""
    last = at
    rows: list[Row] = []
    ruled = False
    closed = text[lines[at].span.start : lines[at].span.end].endswith("|")
    while last < len(lines) and text[lines[last].span.start : lines[last].span.end].count("|") >= 2:
        span = lines[last].span
        raw = text[span.start : span.end]
        if not raw.startswith("|") and not ruled and not (closed and raw.endswith("|")):
            break
        if _RULE.match(raw):
            ruled = True
        else:
            inner = Span(span.start + raw.startswith("|"), span.end - raw.endswith("|"))
            rows.append(Row(span=span, cells=_split(text, inner, "|")))
        last += 1
    return Table(first=at, last=last, rows=tuple(rows)) if len(rows) > 1 else None


def _html(text: str, lines: Sequence[Line], at: int) -> Table | None:
    """HTML, on one line or many."""
    opened = _TABLE_OPEN.search(text, lines[at].span.start, lines[at].span.end)
    if opened is None:
        return None
    closed = _TABLE_CLOSE.search(text, opened.start())
    end = closed.end() if closed is not None else lines[-1].span.end
    rows = []
    for row in _ROW_TAG.finditer(text, opened.start(), end):
        cells = tuple(
            _trim(text, cell.start(1), cell.end(1)) for cell in _CELL_TAG.finditer(text, row.start(), row.end())
        )
        if cells:
            rows.append(Row(span=_trim(text, row.start(), row.end()), cells=cells))
    last = at
    while last < len(lines) and lines[last].span.start < end:
        last += 1
    return Table(first=at, last=last, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell of a scraped table, or a pipe (without length); ``line`` is the index of the line after it."""

    span: Span
    line: int

    @property
    def is_cell(self) -> bool:
        return len(self.span) > 0


def _lone_pipes(text: str, lines: Sequence[Line], at: int) -> Table | None:
    """Scraped: each cell on lines of its own, closed by a pipe; a pipe opens each row, so two stand between rows.

    A blank cell leaves two pipes as well: they are one where the row would be full with it. The table is over where
    words follow a full row or a blank line, and where no cell can be.
    """
    if lines[at].text != "|":
        return None
    pieces = _pieces(text, lines, at)
    rows: list[list[Span]] = [[]]
    columns: int | None = None
    last = at + 1
    for place, piece in enumerate(pieces):
        row = rows[-1]
        if piece.is_cell:
            if columns is not None and len(row) >= columns:
                break
            row.append(piece.span)
            continue
        last = piece.line
        if place == 0 or pieces[place - 1].is_cell:
            continue  # the pipe that opens the table, or closes a cell
        if not row or (columns is not None and len(row) + 1 + _cells_ahead(pieces, place + 1) == columns):
            row.append(piece.span)  # blank: a row that is open already, or that is full with it
        else:
            columns = columns if columns is not None else len(row)
            rows.append([])
    full = [cells for cells in rows if any(len(cell) for cell in cells)]
    return Table(first=at, last=last, rows=tuple(Row(span=_around(cells), cells=tuple(cells)) for cells in full))


def _around(cells: Sequence[Span]) -> Span:
    full = [cell for cell in cells if len(cell)]
    return Span(full[0].start, full[-1].end)


def _pieces(text: str, lines: Sequence[Line], at: int) -> list[_Piece]:
    """Cells and pipes in order, as far as a table may go; the last one is a pipe."""
    pieces: list[_Piece] = []
    current: list[Span] = []
    for place in range(at, len(lines)):
        line = lines[place]
        words, piped = _before_pipe(text, line)
        if words is not None:
            if not current and (line.gap > 1 or not _is_cell(text, lines, place)):
                break
            current.append(words)
        if piped:
            if current:
                pieces.append(_Piece(Span(current[0].start, current[-1].end), place + 1))
                current = []
            pieces.append(_Piece(Span(line.span.end - 1, line.span.end - 1), place + 1))
    return pieces


def _cells_ahead(pieces: Sequence[_Piece], start: int) -> int:
    """How many cells follow, each closed by one pipe."""
    count = 0
    while start + 1 < len(pieces) and pieces[start].is_cell:
        count += 1
        start += 2
    return count


def _is_cell(text: str, lines: Sequence[Line], start: int) -> bool:
    """Whether the lines from ``start`` to the next pipe are a cell, not the text that follows a table."""
    for at in range(start, min(start + _CELL_LINES, len(lines))):
        if is_structural(lines[at].text):
            return False
        if _before_pipe(text, lines[at])[1]:
            return True
    return False


def _before_pipe(text: str, line: Line) -> tuple[Span | None, bool]:
    """The words of a line before the pipe that may close it, None where there are none, and whether one does."""
    span = line.span
    piped = text[span.end - 1] == "|"
    words = _trim(text, span.start, span.end - piped)
    return (words if len(words) else None), piped


_FINDERS: tuple[Callable[[str, Sequence[Line], int], Table | None], ...] = (_html, _lone_pipes, _markdown, _tabbed)


_FIGURE = re.compile(r"[\d.,%()\s/-]+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The names of a table's columns, and how many rows hold them."""

    names: tuple[str, ...]
    rows: int


def read_head(text: str, table: Table) -> Head | None:
    """The names in the first row, or None where it looks like data (numbers that are no years, long text).

    Where a name spans several columns the second row names each of them: "Kinh phí" above "2024" and "2025" makes
    "Kinh phí 2024", "Kinh phí 2025".
    """
    names = _texts(text, table.rows[0])
    if sum(bool(name) for name in names) < 2 or any(len(name) > _LONGEST_NAME for name in names):
        return None
    if any(_is_figure(name) for name in names if name):
        return None
    if sum(_YEARS.fullmatch(name) is None for name in names if name) == 0:
        return None
    if len(table.rows) > 2 and (below := _below(names, _texts(text, table.rows[1]))):
        return Head(names=below, rows=2)
    return Head(names=names, rows=1)


def _texts(text: str, row: Row) -> tuple[str, ...]:
    return tuple(reading(text, cell).text for cell in row.cells)


def _is_figure(name: str) -> bool:
    return _FIGURE.fullmatch(name) is not None and _YEARS.fullmatch(name) is None


def _below(names: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The names of two rows of a head put together; () where the second row is none of a head.

    Converters repeat a merged cell in every place that it covers: there a name again is no other name.
    """
    second = ["" if own == name else own for name, own in zip(names, second, strict=False)]
    names = [name if not at or name != names[at - 1] else "" for at, name in enumerate(names)]
    filled = [at for at, name in enumerate(second) if name]
    if len(second) != len(names) or len(filled) < 2 or filled[0] == 0 or any(map(_is_figure, second)):
        return ()
    # A name spans columns where blank cells follow it; there alone the second row says more.
    spans = [bool(names[at]) and at + 1 < len(names) and not names[at + 1] for at in range(len(names))]
    if any(names[at] and not spans[at] for at in filled) or any(len(second[at]) > _LONGEST_NAME for at in filled):
        return ()
    found: list[str] = []
    above = ""
    for name, own in zip(names, second, strict=True):
        above = name or above
        found.append(f"{above} {own}" if own else name)
    return tuple(found)
