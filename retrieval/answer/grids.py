"""Tables as people read them: rows by what they are called, columns by their heads and years, groups of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.normalise import fold, key
from ingest.reading import reading
from ingest.rules.programme import parts_in
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.answer.roles import heading_of_part
from retrieval.registers.table_reader import OF_UNITS, PLAIN, YEAR, names_total
from retrieval.types import Passage

_RUNNING = re.compile(r"(?:stt|tt|so tt|so thu tu|no\.?|#)")
_YEAR = re.compile(r"\b20\d\d\b")
_ONLY_YEAR = re.compile(r"(?:nam )?20\d\d")
_SHARE = re.compile(r"%|\b(?:ty le|ti le|phan tram)\b")
_FILLED = re.compile(r"\w")  # "–" and "…" stand for nothing
_NUMBERS = 0.6  # of the cells of a column that are filled
_LEAST = 2  # rows of a grid
_GROUPED, _NAMED_APART = 0.6, 0.9  # of the cells of a column, that differ: of groups, of what names rows
# "Cộng Dự án 9", "Tổng nhóm A": the sum of some of the rows.
_SUBTOTAL = re.compile(
    r"(?:tổng )?cộng (?!tác|đồng|nghệ)\w|tổng (?:cộng )?(?:tiểu dự án|dự án|nhóm|mục|phần|khu vực|vùng|huyện|xã|[ivx]+\b|[a-d]\b)"
)
_ABOVE = 2  # passages above a table that name it
_BARE_PART = 4  # words at most: "Tiểu dự án 2"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text and place, and the number that it is, if it is one, with the unit behind it: "610 ha"."""

    text: str
    span: Span
    number: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of a table: its passage, what it is called, the title of its group, and its cells by column."""

    passage: Passage
    name: str
    group: str
    cells: dict[str, GridCell]
    total: bool = False


@dataclass(frozen=True)
class Grid:
    """One table of a document; ``above`` are its headings and what introduces it, ``units`` its column of units."""

    book: Book
    names: str
    rows: tuple[GridRow, ...]
    above: tuple[str, ...]
    columns: tuple[str, ...]
    units: str | None

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """The columns whose filled cells are mostly numbers."""
        return tuple(name for name in self.columns if self._is_numeric(name))

    @cached_property
    def textual(self) -> tuple[str, ...]:
        """The columns of words, but for that which names the rows and for units and running numbers."""
        left = (name for name in self.columns if name not in self.numeric and name != self.names)
        return tuple(name for name in left if not _RUNNING.fullmatch(fold(name)) and name != self.units)

    def _is_numeric(self, name: str) -> bool:
        if _RUNNING.fullmatch(fold(name)):
            return False
        filled = [row.cells[name] for row in self.rows if name in row.cells]
        return bool(filled) and sum(one.number is not None for one in filled) >= _NUMBERS * len(filled)

    def column_of_years(self, rows: Sequence[GridRow]) -> str | None:
        """The column that says of which year each of most of these rows is: "Năm cấp: 2024"; None where there is none."""
        for name in self.columns:
            told = [row.cells[name].text for row in rows if name in row.cells]
            if name != self.names and 2 * len(told) > len(rows) and all(map(YEAR.fullmatch, told)):
                return name
        return None

    def is_share(self, column: str, row: GridRow | None = None) -> bool:
        """Whether the numbers of a column, or of a row in it, are shares of a hundred."""
        own = self.unit_of_row(row) if row is not None else ""
        named = row.name if row is not None else ""
        return _SHARE.search(fold(f"{column} {own} {named}")) is not None

    def unit_of_row(self, row: GridRow) -> str:
        """The unit in a row's own cell, "" where the table has no column of units."""
        return row.cells[self.units].text if self.units is not None and self.units in row.cells else ""

    def unit(self, column: str, row: GridRow) -> str:
        """The unit of a number as the table says it, "" where it says none: a column of units, brackets, above it."""
        if (cell := row.cells.get(column)) is not None and cell.unit:
            return cell.unit
        if own := self.unit_of_row(row):
            return own
        if self.is_share(column, row):
            return "%"
        if (counts := _IN_HEAD.search(column)) is not None:
            return counts.group("unit")
        others = self.columns if _OF_MONEY.search(key(column)) else ()
        for said in (column, *others, self.names, *reversed(self.above)):
            found = _UNIT.search(said)
            money = (found.group("unit") or found.group("money")).strip() if found is not None else ""
            if money:
                counted = _A_COUNT.match(fold(column)) is not None
                return self.counted(column) if counted else money
        return ""

    def counted(self, column: str) -> str:
        """What the numbers of a column count, by its head: "hộ" of "Số hộ hưởng lợi"; "" where it does not say so."""
        found = _COUNTED.match(column)
        return found.group("unit").lower() if found is not None else ""


_OF_MONEY = re.compile(r"\b(?:vốn|kinh phí|ngân sách|nguồn|tiền|cộng|tổng|nstw|nsđp)\b")  # "Công suất" is none
_A_COUNT = re.compile(
    r"(?:tong )?so (?!tien|von|kinh phi|luong)"
)  # "Số hộ" is no sum and no area, whatever stands above
# "(triệu đồng)", "Đơn vị tính: hộ", "ĐVT: %".
_UNIT = re.compile(
    r"(?:[Đđ]ơn vị(?: tính)?|ĐVT|đvt)\s*:\s*(?P<unit>[^();:.,]{1,25})"
    r"|\((?P<money>(?:nghìn|ngàn|triệu|tỷ|tỉ) đồng)\)"
)

_NEAR = 700
"""Code points before the first row of a table, its heads among them."""


# "Diện tích (ha)", "Sức chứa (khách/đêm)": units only, and no "(lũy kế)".
_IN_HEAD = re.compile(
    r"\((?P<unit>(?:ha|hecta|km²|km2|km|m²|m2|m³|m3|m|kg|tấn|tạ|lít|kWh|MW|hộ|người|khách|con|lượt|cái|chiếc|bộ|xã|thôn|bản|ấp"
    r"|lớp|cây|giờ|ngày|tháng|phút|buổi|cuộc|học sinh|học viên|mô hình|công trình|trẻ(?: em)?|hồ sơ|vụ|ca|điểm|cặp|lượt|phòng|giường|căn|đàn)"
    r"(?:/[^()]{1,20})?)\)\s*$"
)


# "Số hộ hưởng lợi" counts hộ.
_COUNTED = re.compile(
    r"(?:tổng số|số(?: lượng)?) (?P<unit>hộ|người|thôn|xã|bản|ấp|lớp|nhà|căn|giếng|con|cây|công trình|mô hình|học sinh)\b",
    re.IGNORECASE,
)


class Grids:
    """The tables of documents, each read when it is first asked for and kept as long as this is."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Grid, ...]] = {}

    def of(self, book: Book) -> tuple[Grid, ...]:
        """The tables of a document, in order."""
        if book.info.id not in self._known:
            self._known[book.info.id] = grids_of(book)
        return self._known[book.info.id]


def grids_of(book: Book) -> tuple[Grid, ...]:
    """The tables of a document, in order: rows that follow each other below one heading and have the same columns."""
    return tuple(grid for rows in _runs(book) if (grid := _grid(book, rows)) is not None)


def _runs(book: Book) -> Iterator[list[Passage]]:
    run: list[Passage] = []
    columns: list[str] = []
    for passage in book.passages:
        if passage.kind != "row" or not passage.cells:
            if run:
                yield run
            run, columns = [], []
            continue
        names = [name for name, _ in passage.cells]
        alike = set(names) <= set(columns) or set(columns) <= set(names) or len(set(names) & set(columns)) > 1
        if run and (passage.section != run[0].section or not alike):
            yield run
            run, columns = [], []
        run.append(passage)
        columns.extend(name for name in names if name not in columns)
    if run:
        yield run


def _grid(book: Book, passages: Sequence[Passage]) -> Grid | None:
    cells = [_cells(book, passage) for passage in passages]
    # In the order of the row that has most of them.
    columns = tuple(dict.fromkeys(name for one in sorted(cells, key=len, reverse=True) for name in one if name))
    units = next((name for name in columns if _has_units(name, cells)), None)
    names = _naming(columns, units, cells)
    if names is None:
        return None
    rows: list[GridRow] = []
    group = ""
    for passage, own in zip(passages, cells, strict=True):
        named = own.get(names) or next((cell for cell in own.values() if names_total(cell.text)), None)
        if named is None:
            continue
        beside = [cell for name, cell in own.items() if name != names and not _RUNNING.fullmatch(fold(name))]
        if not beside:
            group = named.text
            continue
        total = names_total(named.text) or _SUBTOTAL.match(key(named.text).lstrip("* ")) is not None
        name = named.text if total else _with_part(book, named.text)
        rows.append(GridRow(passage=passage, name=name, group="" if total else group, cells=own, total=total))
    if sum(not row.total for row in rows) < _LEAST:
        return None
    first = passages[0]
    lead = [one.reading for one in book.passages[max(0, first.index - _ABOVE) : first.index] if one.kind != "row"]
    above = (*first.path[-2:], *lead, *_unit_line(book, first))
    return Grid(book, names, tuple(rows), tuple(dict.fromkeys(above)), columns, units)


def _unit_line(book: Book, first: Passage) -> tuple[str, ...]:
    """The line of its unit right above a table, "ĐVT: triệu đồng", where it is a part of the heading and no passage."""
    before = book.text[max(0, first.span.start - _NEAR) : first.span.start]
    lines = [" ".join(line.strip(" *_()\r").split()) for line in before.split("\n")]
    told = [line if _UNIT.fullmatch(line) else _IN_ANNEX.search(line) for line in lines]
    return tuple(one if isinstance(one, str) else f"Đơn vị: {one.group('unit')}" for one in told if one is not None)[
        -1:
    ]


# "(Kèm theo Kế hoạch số 12/KH-UBND ngày 8/8/2023; đơn vị: tỷ đồng)"
_IN_ANNEX = re.compile(
    r"\(?(?:Ban hành )?[Kk]èm theo [^()]*?[;,.]\s*(?:đơn vị(?: tính)?|ĐVT)\s*:\s*(?P<unit>[^();:.,]{1,25})"
)


def _cells(book: Book, passage: Passage) -> dict[str, GridCell]:
    found: dict[str, GridCell] = {}
    for name, span in passage.cells:
        text = " ".join(reading(book.text, span).text.split())
        if _FILLED.search(text):
            measured = _MEASURED.fullmatch(text)
            plain, unit = (measured.group("number"), measured.group("unit")) if measured is not None else (text, "")
            found.setdefault(name, GridCell(text, span, _number(plain), unit))
    return found


# "610 ha", "20.000.000 đồng": a number with the unit that the column does not say.
_MEASURED = re.compile(
    r"(?P<number>\d[\d.]*(?:,\d+)?)\s?(?P<unit>ha|hecta|km|m2|m²|m3|m³|m|kg|tấn|tạ|lít|hộ|người|con|cây|căn|nhà|lớp|thôn|xã|bản|ấp"
    r"|giếng|phòng|chiếc|cái|bộ|(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )?đồng)"
)


def _number(text: str) -> Decimal | None:
    """The number that a cell is, "1.874" or "19,10"; None for any other."""
    plain = text.rstrip("% ")
    if PLAIN.fullmatch(plain) is None or YEAR.fullmatch(plain) is not None:
        return None
    return Decimal(plain.replace(".", "").replace(",", "."))


def _naming(columns: Sequence[str], units: str | None, rows: Sequence[dict[str, GridCell]]) -> str | None:
    """The column that names the rows: the first of words, or one of its own for each where that has groups of rows."""
    found = [name for name in columns if name != units and _names_rows(name, rows)]
    if found and _distinct(found[0], rows) <= _GROUPED:
        return next((name for name in found[1:] if _distinct(name, rows) >= _NAMED_APART), found[0])
    # Rows of years: "Năm 2022", "2023".
    return found[0] if found else next((name for name in columns if _names_years(name, rows)), None)


def _names_years(name: str, rows: Sequence[dict[str, GridCell]]) -> bool:
    filled = [row[name].text for row in rows if name in row]
    years = [text for text in filled if _ONLY_YEAR.fullmatch(fold(text))]
    return len(years) > 1 and len(filled) - len(years) <= 1 and len(set(years)) == len(years)


def _distinct(name: str, rows: Sequence[dict[str, GridCell]]) -> float:
    """How many of the filled cells of a column differ, 0..1."""
    filled = [row[name].text for row in rows if name in row]
    return len(set(filled)) / max(1, len(filled))


def _names_rows(name: str, rows: Sequence[dict[str, GridCell]]) -> bool:
    """Whether a column says what the rows are called: words in most of them."""
    if _RUNNING.fullmatch(fold(name)):
        return False
    filled = [row[name] for row in rows if name in row]
    words = [cell for cell in filled if cell.number is None and re.search(r"[^\W\d_]{2}", cell.text)]
    return len(words) > _NUMBERS * len(rows)


def _has_units(name: str, rows: Sequence[dict[str, GridCell]]) -> bool:
    """Whether a column says the units of the rows; "Đơn vị" may be those who act as well, each named once."""
    filled = [row[name].text for row in rows if name in row]
    once = len(set(filled)) == len(filled) and all(text[:1].isupper() for text in filled)
    return fold(name) in OF_UNITS and not (once and len(filled) > 1)


def _with_part(book: Book, name: str) -> str:
    """The name of a row that is a part of the programme, with what the document calls that part: "Dự án 4 – …"."""
    parts = parts_in(name)
    if len(parts) != 1 or len(name.split()) > _BARE_PART:
        return name
    section = heading_of_part(book, parts[0])
    if section is None or not section.title:
        return name
    return section.title if parts_in(section.title)[:1] == parts else f"{name}: {section.title}"


def years_of(text: str) -> set[str]:
    """The years that the name of a row or a column has."""
    return set(_YEAR.findall(text))
