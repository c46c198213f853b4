"""Tables as registers read them: the name of a row, the names of columns with their place, years, what stands above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from ingest.reading import reading
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.registers.cells import over, within
from retrieval.registers.times import periods
from retrieval.registers.types import Cell, Row
from retrieval.types import Passage

PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:[.,]\d+)?")
"""A cell that is a number."""
YEAR = re.compile(r"(?:nam\s+)?(?:20\d\d)")
"""A year, folded."""
OF_YEARS = ("nam", "nam thuc hien", "")
"""Columns that say which year a row is of, folded."""
OF_UNITS = ("don vi", "don vi tinh", "dvt")
"""Columns that say which unit a row is in, folded."""
_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|tong von|tong kinh phi|toan (?:tinh|huyen|xa|thi xa|thanh pho|phuong|thi tran|vung|nganh)"
    r"|(?:tong cong|tong so|tong|cong) (?:ca )?\d+ [a-z]+(?: [a-z]+)?)(?:\s*\(.*\))?"
)
_CAPTION = 2  # passages above a table that may say its unit
_COMMON = 0.6  # of the columns of the row that has fewer


@dataclass(frozen=True, slots=True)
class Table:
    """What holds for all rows of a table: what is said above it, its columns, and where these are named."""

    above: tuple[str, ...]
    columns: str
    names: Span


class TableReader:
    """Reads the tables of one document row by row."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._tables: dict[int, Table] = {}

    def label(self, column: str, passage: Passage) -> Cell | None:
        """What a row is about: its longest cell of words, or its first one that is no running number."""
        best: Cell | None = None
        for name, span in passage.cells:
            cell = over(self.book, column, span)
            words = re.findall(r"[^\W\d_]+", cell.text) if cell is not None else []
            if cell is None or not words or fold(name) in OF_UNITS:
                continue
            if best is None or (len(words) > 1 and len(cell.text) > len(best.text)):
                best = cell
        return best

    def periods(self, column: str, label: Cell | None, passage: Passage) -> Iterator[Cell]:
        """The years that a row is of: in a column of years, or in what it is about."""
        for name, span in passage.cells:
            text = reading(self.book.text, span).text.strip()
            if fold(name) in OF_YEARS and YEAR.fullmatch(fold(text)):
                cell = over(self.book, column, span, text[-4:])
                if cell is not None:
                    yield cell
        if label is not None:
            for one in periods(label.text):
                cell = within(self.book, column, label.span, label.text[one.start : one.end], one.value)
                if cell is not None:
                    yield cell

    def column(self, table: Table, named: str, dated: str, name: str) -> tuple[Cell | None, Cell | None]:
        """What a column is called, None where that is a year alone, and the year that it is of."""
        folded = fold(name)
        one = _year_of(name)
        period = None
        if one is not None:
            # In a head of two rows the year stands alone: "Phân theo năm" above "2024".
            pieces = (name[one[0] : one[1]], *re.findall(r"20\d\d", name)[:1])
            cells = (within(self.book, dated, table.names, piece, one[2]) for piece in pieces)
            period = next((cell for cell in cells if cell is not None), None)
        return None if YEAR.fullmatch(folded) else self.header(table, named, name), period

    def header(self, table: Table, column: str, text: str, value: str | None = None) -> Cell | None:
        """The cell over words of the head of a table; of a name out of two rows over the part that stands together."""
        words = text.split()
        pieces = [" ".join(words[start:]) for start in range(len(words))]
        pieces.extend(" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
        for piece in pieces:
            if piece != text and not re.search(r"[^\W\d_]{2}", piece):
                continue  # a year is not what a column is called
            cell = within(self.book, column, table.names, piece, value)
            if cell is not None:
                return cell
        return None

    def table(self, passage: Passage) -> Table:
        """The table that a row is of."""
        first = self._first(passage)
        if first.index not in self._tables:
            self._tables[first.index] = self._read(first)
        return self._tables[first.index]

    def _first(self, passage: Passage) -> Passage:
        names = [name for name, _ in passage.cells]
        passages = self.book.passages
        at = passage.index
        while at and passages[at - 1].kind == "row" and passages[at - 1].section == passage.section:
            at -= 1
            if len(passages[at].cells) > 1 and not _alike(names, [name for name, _ in passages[at].cells]):
                return passages[at + 1]
        return passages[at]

    def _read(self, first: Passage) -> Table:
        book = self.book
        above = [one for one in book.passages[max(0, first.index - _CAPTION) : first.index] if one.kind != "row"]
        start = above[-1].span.end if above else max(0, first.span.start - 1000)
        names = Span(min(start, first.span.start), first.span.start)
        said = tuple(dict.fromkeys((*first.path[-2:], *(one.reading for one in above))))
        return Table(above=said, columns=" ".join(name for name, _ in first.cells), names=names)


def _year_of(name: str) -> tuple[int, int, str] | None:
    """The year or period in a column's name, "Giao năm 2024", or the year that it ends with, "Phân kỳ 2024"."""
    one = next(iter(periods(name)), None)
    if one is not None:
        return one.start, one.end, one.value
    found = re.search(r"\b20\d\d$", name)
    return (*found.span(), found.group()) if found is not None else None


def names_total(text: str) -> bool:
    """Whether the name of a row or a column says that it holds sums of the others."""
    return _TOTAL.fullmatch(fold(text).strip(" :")) is not None


def of_totals(row: Row) -> bool:
    """Whether a row of a register stands in a row of a table that holds the sums of the others."""
    label = row.get("matter")
    return label is not None and names_total(label.text)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows have columns of one table: each may lack some, as a blank cell has no name.

    Two tables that stand one behind the other share the first columns at most: "STT", "Nội dung".
    """
    common = set(one) & set(other)
    return len(common) >= _COMMON * min(len(set(one)), len(set(other)))
