"""Tables of money: each sum with what its row and its column say it is for, in the unit that stands above the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.programme import Part
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.registers.cells import over, part_heading, part_name, row_of, within
from retrieval.registers.sums import AMOUNT, FUND, SOURCE, dong, fold_name
from retrieval.registers.table_reader import OF_YEARS, PLAIN, YEAR, Table, TableReader
from retrieval.registers.types import Cell, Row
from retrieval.types import Passage

_UNIT = r"(?P<unit>(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+đồng|đồng|trđ|tr\.?\s?đ)"
# "(triệu đồng)", "ĐVT: triệu đồng", "Đơn vị tính: Triệu đồng".
_NOTE = re.compile(
    rf"(?:đơn vị(?: tính)?|đvt)\s*:?\s*{_UNIT}\b|\(\s*{_UNIT.replace('P<unit>', 'P<in_brackets>')}\s*\)", re.I
)
_MONEY = re.compile(r"\b(?:kinh phi|von|ngan sach|du toan|giai ngan|so tien|nhu cau von|nguon luc)\b")
_MONEY_COLUMN = re.compile(
    r"\b(?:kinh phi|von|tong|so tien|ngan sach|du toan|nhu cau|nstw|nsdp|nam 20\d\d|thanh tien|cong)\b"
)
# Columns that hold no money, in a table that does.
_OTHER = re.compile(
    r"\b(?:stt|tt|so (?:luong|ho|nguoi|xa|thon|cong trinh|lop|mo hinh|thu tu)|ty le|ti le|dien tich|ghi chu|quy mo|thoi gian|don vi tinh|dvt)\b"
    r"|%|\((?!\s*(?:nghin|ngan|trieu|ty|ti|tr)?\.?\s?(?:dong|d)\b)[^()\d]{1,15}\)"
)


class MoneyTables:
    """Reads the sums out of the table rows of one document."""

    def __init__(self, book: Book, reader: TableReader) -> None:
        self._book, self._reader = book, reader
        self._note = _unit(_NOTE.search(book.text))

    def rows(self, passage: Passage) -> Iterator[Row]:
        """The sums of a table row, in the order of its columns."""
        table = self._reader.table(passage)
        label = self._reader.label("matter", passage)
        dated = next(self._reader.periods("period", label, passage), None)
        for name, span in passage.cells:
            value = self._value(table, name, span)
            if value:
                yield self._row(passage, table, (label, dated), name, span, value)

    def _row(
        self,
        passage: Passage,
        table: Table,
        of_row: tuple[Cell | None, Cell | None],
        name: str,
        span: Span,
        value: str,
    ) -> Row:
        label, dated = of_row
        column, period = self._reader.column(table, "matter", "period", name)
        own = self._book.by_passage[passage.index][0].part
        heading = part_heading(self._book, passage.section)
        cells = (
            label,
            column if column is not None and (label is None or column.text != label.text) else None,
            over(self._book, "part", heading.heading, part_name(own))
            if heading is not None and own != Part()
            else None,
            over(self._book, "amount", span, value),
            period or dated,
            self._kind(table, "fund", FUND, label, name),
            self._kind(table, "source", SOURCE, label, name),
        )
        return row_of("budgets", passage, passage.span, cells)

    def _value(self, table: Table, name: str, span: Span) -> str:
        """A sum in đồng; "" where the cell holds none."""
        text = reading(self._book.text, span).text.strip()
        stated = AMOUNT.fullmatch(text)
        if stated is not None:
            return dong(stated.group("number"), stated.group("unit"))
        folded = fold(name)
        if PLAIN.fullmatch(text) is None or _OTHER.search(folded) or not folded:
            return ""
        if folded in OF_YEARS and YEAR.fullmatch(text):
            return ""
        own = _unit(_NOTE.search(name))
        # A unit in the head of one column is that of others only where these are of money too.
        among = not own and not _above(table) and not (_MONEY_COLUMN.search(folded) or YEAR.search(name))
        unit = own or ("" if among else unit_of_money(table))
        if not unit and _MONEY_COLUMN.search(folded) and _MONEY.search(fold(" ".join((*table.above, table.columns)))):
            unit = _noted(table) or self._note
        return dong(text, unit) if unit else ""

    def _kind(self, table: Table, column: str, pattern: re.Pattern[str], label: Cell | None, name: str) -> Cell | None:
        """The kind or source of funds that the name of the column says, or else the label of the row."""
        named = pattern.search(name)
        if named is not None:
            return self._reader.header(table, column, named.group(), fold_name(named.group()))
        said = pattern.search(label.text) if label is not None else None
        if label is None or said is None:
            return None
        return within(self._book, column, label.span, said.group(), fold_name(said.group()))


def unit_of_money(table: Table) -> str:
    """The unit of the sums of a table of money, "" for any other table."""
    unit = _noted(table)
    return unit if unit and _MONEY.search(fold(" ".join((*table.above, table.columns)))) else ""


def _noted(table: Table) -> str:
    return _unit(_NOTE.search(table.columns)) or _above(table)


def _above(table: Table) -> str:
    """The unit that stands above a table."""
    return next((found for text in table.above[::-1] if (found := _unit(_NOTE.search(text)))), "")


def _unit(found: re.Match[str] | None) -> str:
    """The unit of a note, written out; "" where there is none."""
    if found is None:
        return ""
    unit = " ".join((found.group("unit") or found.group("in_brackets")).lower().split())
    return "triệu đồng" if unit.startswith("tr") and unit != "triệu đồng" else unit
