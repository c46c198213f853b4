"""Tables of money: each sum with what its row and its column say it is for, in the unit that stands above the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.programme import Part
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.registers.cells import over, part_heading, part_name, within
from retrieval.registers.sums import AMOUNT, FUND, SOURCE, dong, fold_name
from retrieval.registers.times import periods
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
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:[.,]\d+)?")
_TOTAL = re.compile(r"(?:tong|cong|tong cong|tong so|tong von|tong kinh phi)(?:\s*\(.*\))?")
_YEAR = re.compile(r"(?:nam\s+)?(?:20\d\d)")
_OF_YEARS = ("nam", "nam thuc hien", "")  # columns that say which year a row is of
_CAPTION = 2  # passages above a table that may say its unit


@dataclass(frozen=True, slots=True)
class _Table:
    """What holds for all rows of a table: the unit of its sums ("" where none is said), and where its columns are named."""

    unit: str
    money: bool
    names: Span


class MoneyTables:
    """Reads the sums out of the table rows of one document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        noted = _NOTE.search(book.text)
        self._note = _unit(noted)
        self._tables: dict[int, _Table] = {}

    def rows(self, passage: Passage) -> Iterator[Row]:
        """The sums of a table row, in the order of its columns."""
        table = self._table(passage)
        label = self._label(passage)
        dated = next((cell for cell in self._periods(label, passage) if cell is not None), None)
        for name, span in passage.cells:
            value = self._value(table, name, span)
            if value:
                yield self._row(passage, table, (label, dated), name, span, value)

    def _row(
        self,
        passage: Passage,
        table: _Table,
        of_row: tuple[Cell | None, Cell | None],
        name: str,
        span: Span,
        value: str,
    ) -> Row:
        label, dated = of_row
        column = self._header(table, "matter", name)
        yearly = next(iter(periods(name)), None) if not _YEAR.fullmatch(fold(name)) else None
        period = self._header(table, "period", name[yearly.start : yearly.end], yearly.value) if yearly else None
        if _YEAR.fullmatch(fold(name)):
            period, column = self._header(table, "period", name, name[-4:]), None
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
        return Row(
            kind="budgets",
            document=passage.document,
            span=passage.span,
            path=passage.path,
            page=passage.page,
            cells=tuple(cell for cell in cells if cell is not None),
        )

    def _value(self, table: _Table, name: str, span: Span) -> str:
        """A sum in đồng; "" where the cell holds none."""
        text = reading(self._book.text, span).text.strip()
        stated = AMOUNT.fullmatch(text)
        if stated is not None:
            return dong(stated.group("number"), stated.group("unit"))
        folded = fold(name)
        if _PLAIN.fullmatch(text) is None or _OTHER.search(folded) or not folded:
            return ""
        if folded in _OF_YEARS and _YEAR.fullmatch(text):
            return ""
        unit = _unit(_NOTE.search(name)) or (table.unit if table.money or _MONEY_COLUMN.search(folded) else "")
        if not unit and _MONEY_COLUMN.search(folded):
            unit = self._note
        return dong(text, unit) if unit else ""

    def _label(self, passage: Passage) -> Cell | None:
        """What a row is about: its longest cell of words, or its first one that is no running number."""
        best: Cell | None = None
        for _, span in passage.cells:
            cell = over(self._book, "matter", span)
            words = re.findall(r"[^\W\d_]+", cell.text) if cell is not None else []
            if cell is None or not words:
                continue
            if best is None or (len(words) > 1 and len(cell.text) > len(best.text)):
                best = cell
        return best

    def _periods(self, label: Cell | None, passage: Passage) -> Iterator[Cell | None]:
        """The year that a row is of: in a column of years, or in what it is about."""
        for name, span in passage.cells:
            text = reading(self._book.text, span).text.strip()
            if fold(name) in _OF_YEARS and _YEAR.fullmatch(fold(text)):
                yield over(self._book, "period", span, text[-4:])
        if label is not None:
            for one in periods(label.text):
                yield within(self._book, "period", label.span, label.text[one.start : one.end], one.value)

    def _kind(self, table: _Table, column: str, pattern: re.Pattern[str], label: Cell | None, name: str) -> Cell | None:
        """The kind or source of funds that the name of the column says, or else the label of the row."""
        named = pattern.search(name)
        if named is not None:
            return self._header(table, column, named.group(), fold_name(named.group()))
        said = pattern.search(label.text) if label is not None else None
        if label is None or said is None:
            return None
        return within(self._book, column, label.span, said.group(), fold_name(said.group()))

    def _header(self, table: _Table, column: str, text: str, value: str | None = None) -> Cell | None:
        return within(self._book, column, table.names, text, value) if text else None

    def _table(self, passage: Passage) -> _Table:
        """The table that a row is of, with what stands above it."""
        first = self._first(passage)
        if first.index not in self._tables:
            self._tables[first.index] = self._read(first)
        return self._tables[first.index]

    def _first(self, passage: Passage) -> Passage:
        names = [name for name, _ in passage.cells]
        passages = self._book.passages
        at = passage.index
        while at and passages[at - 1].kind == "row" and passages[at - 1].section == passage.section:
            at -= 1
            if len(passages[at].cells) > 1 and not _alike(names, [name for name, _ in passages[at].cells]):
                return passages[at + 1]
        return passages[at]

    def _read(self, first: Passage) -> _Table:
        book = self._book
        above = [one for one in book.passages[max(0, first.index - _CAPTION) : first.index] if one.kind != "row"]
        start = above[-1].span.end if above else max(0, first.span.start - 1000)
        names = Span(min(start, first.span.start), first.span.start)
        said = [*first.path[-1:], *(one.reading for one in above)]
        columns = " ".join(name for name, _ in first.cells)
        unit = next((found for text in (columns, *said[::-1]) if (found := _unit(_NOTE.search(text)))), "")
        money = _MONEY.search(fold(" ".join((*said, columns)))) is not None
        return _Table(unit=unit, money=money and bool(unit), names=names)


def names_total(text: str) -> bool:
    """Whether the name of a row or a column says that it holds sums of the others."""
    return _TOTAL.fullmatch(fold(text).strip(" :")) is not None


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows have columns of one table: one may lack some, as a blank cell has no name."""
    return set(one) <= set(other) or set(other) <= set(one)


def _unit(found: re.Match[str] | None) -> str:
    """The unit of a note, written out; "" where there is none."""
    if found is None:
        return ""
    unit = " ".join((found.group("unit") or found.group("in_brackets")).lower().split())
    return "triệu đồng" if unit.startswith("tr") and unit != "triệu đồng" else unit
