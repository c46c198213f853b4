"""What is asked of a table itself: a row by its number, its columns, how many rows it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from ingest.reading import reading
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.library import Book, Library
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.types import Passage

_TABLE = re.compile(
    r"\b(?:bieu(?! (?:dien|thi|tuong|quyet|mau|duong|do|hien))|bang (?:phan cong|giao viec|danh muc|ke|tong hop|bieu|nhiem vu|chi tieu|so lieu|kem|dinh kem|nay|tren|o cuoi|cuoi)|phu luc|(?:the|this|that|task|attached|annex|assignment)(?: \w+){0,2} table|annex)\b"
)
_OF_ROW = r"(?:dong|hang|muc|stt|so thu tu|thu tu|dau viec|nhiem vu|noi dung|row|item|line|entry|task)"
_ROW = re.compile(rf"\b{_OF_ROW}(?: (?:thu|so|number|no\.?))* (\d{{1,3}})\b(?!/)")
_COLUMNS = re.compile(
    r"\b(?:nhung|cac|may|bao nhieu|gom) cot\b|\bcot (?:nao|gi)\b|\b(?:which|what|how many) columns?\b"
)
_COUNT = re.compile(
    r"\b(?:may|bao nhieu) (?:dong|hang|dau viec|noi dung|muc|nhiem vu)\b|\bhow many (?:rows|items|entries|tasks|lines)\b"
)
_LEAST = 2  # rows of a table
_CLEARLY = 1.2
_FIRST = 12  # rows that are shown


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that stand below one heading of a document, with the names of their columns."""

    book: Book
    rows: tuple[Passage, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(dict.fromkeys(name for row in self.rows for name, _ in row.cells if name))

    def number_of(self, row: Passage) -> str:
        """The running number of a row, as its first cell writes it; "" where that is none."""
        if not row.cells:
            return ""
        written = reading(self.book.text, row.cells[0][1]).text.strip(" .)")
        return written.lstrip("0") if written.isdigit() else ""


def answer_table(asked: Asked, library: Library) -> Draft | None:
    """A row by its number, the columns, or how many rows there are; None where no table is asked about, or several."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    if not _TABLE.search(said):
        return None
    row, columns, count = _ROW.search(said), _COLUMNS.search(said), _COUNT.search(said)
    table = _meant(asked, _tables(library.scoped(asked.scope.documents))) if row or columns or count else None
    if table is None:
        return None
    language = asked.reading.language
    if columns is not None:
        opening = say(language, "columns", count=len(table.columns), names="; ".join(table.columns))
        return Draft(strategy="table", lines=(_line(table, table.rows[0]),), support=0.9, opening=opening, certain=True)
    if row is not None:
        own = [one for one in table.rows if table.number_of(one) == row.group(1).lstrip("0")]
        lines = tuple(_line(table, one) for one in own)
        return Draft(strategy="table", lines=lines, support=0.9, certain=True) if len(own) == 1 else None
    numbered = [one for one in table.rows if table.number_of(one)]
    if not numbered:
        return None
    lines = tuple(_line(table, one) for one in numbered[:_FIRST])
    return Draft(
        strategy="table",
        lines=lines,
        support=0.9,
        opening=say(language, "count", count=len(numbered), what=""),
        certain=True,
    )


def _line(table: Table, row: Passage) -> Line:
    heading = row.path[-1] if row.path else ""
    return Line(document=table.book.info.id, label=heading, text=row.reading, quotes=(quote_passage(row),))


def _tables(books: Sequence[Book]) -> list[Table]:
    """The tables of documents; rows of one heading with the same columns are one table."""
    found: dict[tuple[str, int, tuple[str, ...]], list[Passage]] = {}
    of = {book.info.id: book for book in books}
    for book in books:
        for passage in book.passages:
            if passage.kind == "row":
                names = tuple(name for name, _ in passage.cells)
                found.setdefault((book.info.id, passage.section, names), []).append(passage)
    return [Table(of[document], tuple(rows)) for (document, _, _), rows in found.items() if len(rows) >= _LEAST]


def _meant(asked: Asked, tables: Sequence[Table]) -> Table | None:
    """The only table, or that whose heading, columns and document have clearly most of what is asked about."""
    if len(tables) < _LEAST:
        return tables[0] if tables else None
    if not content(asked.topic):
        return None

    def held(table: Table) -> float:
        named = "\n".join((*table.rows[0].path, *table.columns))
        return asked.matter.covered_by(table.book.bag(named), table.book.title_bag)

    first, second, *_ = sorted(map(held, tables), reverse=True)
    return max(tables, key=held) if first > 0 and first >= _CLEARLY * second else None
