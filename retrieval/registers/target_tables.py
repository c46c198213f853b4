"""Tables of targets: each number with what its row and its column say it is of, its unit and its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import fold
from ingest.reading import reading
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.registers.cells import over, row_of, within
from retrieval.registers.money_tables import unit_of_money
from retrieval.registers.table_reader import OF_UNITS, OF_YEARS, PLAIN, YEAR, Table, TableReader
from retrieval.registers.types import Cell, Row
from retrieval.types import Passage

# A table that says what is to be reached, or has been: by its name or by its columns.
_TARGETS = re.compile(
    r"\b(?:chi tieu|muc tieu|ke hoach|phan dau|thuc hien|giao|ket qua|lo trinh|so luong|tong hop|hien trang)\b|\b20\d\d\b"
)
_OTHER = re.compile(r"\b(?:stt|tt|so tt|so thu tu|ghi chu|thoi gian|thoi han)\b")
_IN_BRACKETS = re.compile(r"\((?P<unit>%|[^()\d/]{1,15})\)")
_NOTE = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:?\s*(?P<unit>%|[^()\d,;.]{1,15}?)\s*(?:\)|$)", re.IGNORECASE)
_NUMBER_OF = re.compile(r"(?:^|\s)[Ss]ố (?P<unit>(?!tiền\b|thứ\b|liệu\b|kinh\b)[^\W\d_]+)")


class TargetTables:
    """Reads the numbers out of the table rows of one document, where a unit is said."""

    def __init__(self, book: Book, reader: TableReader) -> None:
        self._book, self._reader = book, reader

    def rows(self, passage: Passage) -> Iterator[Row]:
        """The numbers of a table row, in the order of its columns; none where the table is of money or aims at nothing."""
        if len(passage.cells) < 2:
            return
        table = self._reader.table(passage)
        if unit_of_money(table) or not _TARGETS.search(fold(" ".join((*table.above, table.columns)))):
            return
        label = self._reader.label("indicator", passage)
        dated = next(self._reader.periods("year", label, passage), None)
        of_row = next((span for name, span in passage.cells if fold(name) in OF_UNITS), None)
        for name, span in passage.cells:
            unit = self._unit(table, name, of_row, label)
            number = self._number(name, span, unit)
            if number is None or unit is None or label is None:
                continue
            column, year = self._reader.column(table, "indicator", "year", name)
            cells = (
                label,
                column if column is None or column.text != label.text else None,
                number,
                unit,
                year or dated,
            )
            yield row_of("targets", passage, passage.span, cells)

    def _number(self, name: str, span: Span, unit: Cell | None) -> Cell | None:
        text = reading(self._book.text, span).text.strip()
        folded = fold(name)
        if unit is None or not folded or _OTHER.search(folded) or (folded in OF_YEARS and YEAR.fullmatch(text)):
            return None
        if PLAIN.fullmatch(text) is None:
            return None
        dotted = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text)
        return over(self._book, "number", span, (text.replace(".", "") if dotted else text).replace(",", "."))

    def _unit(self, table: Table, name: str, of_row: Span | None, label: Cell | None) -> Cell | None:
        """The unit of a number: in brackets in its column's or row's name, in a column of units, "Số hộ", or above."""
        found = _IN_BRACKETS.search(name)
        if found is not None:
            return self._reader.header(table, "unit", found.group("unit").strip(), found.group("unit").strip().lower())
        if of_row is not None:
            text = reading(self._book.text, of_row).text.strip()
            return over(self._book, "unit", of_row, text.lower())
        of_label = (_IN_BRACKETS.search(label.text) or _NUMBER_OF.search(label.text)) if label is not None else None
        if label is not None and of_label is not None:
            unit = of_label.group("unit").strip()
            return within(self._book, "unit", label.span, unit, unit.lower())
        counted = _NUMBER_OF.search(name)
        if counted is not None:
            return self._reader.header(table, "unit", counted.group("unit"), counted.group("unit").lower())
        for text in reversed(table.above):
            noted = _NOTE.search(text) or _IN_BRACKETS.search(text) or _NUMBER_OF.search(text)
            if noted is not None:
                unit = noted.group("unit").strip()
                area = Span(max(0, table.names.start - len(text) - 10), table.names.end)
                return within(self._book, "unit", area, unit, unit.lower())
        return None
