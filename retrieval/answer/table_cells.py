"""Cells of tables of money as figures: how well a row and a column are what a question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.library import Book, Library
from retrieval.answer.worked import Figure
from retrieval.registers.table_reader import names_total
from retrieval.registers.types import Cell, Row

LITERALLY = 0.6
"""What a row or a column of a table counts whose words a question has just so."""
UNASKED = 0.8
"""What speaks against a row or a column of a table that is not asked about."""
_ABOVE_A_YEAR = 0.25
_A_TOTAL = 0.05  # the same against one of totals
NO_THING = frozenset("la thi trong o cho theo nam tien von kinh phan trieu ty dong nguon cua va".split())
"""Words behind "bao nhiêu" that are nothing that is counted, folded."""
SPREAD = re.compile(r"\b(20\d\d)\s*(?:[-–—]|đến(?: hết)?|den(?: het)?|to)\s*(?:năm |nam )?(20\d\d)\b")
"""A span of years, its first and its last: "2024 - 2026", "2024 đến hết năm 2026"."""
# "Tổng số HTX" is what "bao nhiêu HTX" asks for.
_NUMBER_OF = re.compile(r"^(?:tổng số(?: lượng)?|số lượng|số)\s+(?=\w)", re.IGNORECASE)
# "Huyện Châu Thành" is said without its first word too.
_HEAD = re.compile(r"^(?:huyen|xa|thi tran|phuong|thanh pho|thi xa|quan|thon|ban|bon|buon|ap) (?=\w+ \w)")


def labels(row: Row) -> tuple[Cell, ...]:
    """What the row and the column of a cell are called."""
    return (*row.all("matter"), *row.all("indicator"))


def says(text: str, label: str) -> bool:
    """Whether a text has the words of a row or a column of a table just as they stand there: "ngân sách tỉnh"."""
    name = bare_name(label)
    return len(name.split()) > 1 and re.search(rf"\b{re.escape(name)}\b", fold(text)) is not None


def said_in(asked: Asked, book: Book, phrase: str = "") -> frozenset[str]:
    """All words of a question, as it was typed and as it was understood."""
    return book.bag(f"{asked.question.text if asked.reading.language == 'vi' else ''} {asked.text} {phrase}")


def bare_name(label: str) -> str:
    """The name of a place without the word for what it is, folded: "Huyện Châu Thành" is "chau thanh"."""
    return _HEAD.sub("", fold(label).strip())


def unasked(asked: Asked, phrase: str, row: Row, book: Book) -> float:
    """What speaks against a cell of a table: that its row, its column or its year say what the question does not.

    "Ngân sách tỉnh bao nhiêu" means the row of totals, and no row of one thing.
    """
    if row.span not in book.table_rows:
        return 0.0
    said = said_in(asked, book, phrase)
    against = 0.0
    stated = stated_for(row)
    for number, cell in enumerate(labels(row)):
        if names_total(cell.text):
            # Where a year is asked for, the sum of all years is not meant.
            against += _A_TOTAL if stated or not other_years(asked, book) else UNASKED
            continue
        first = re.split(r",\s|\s[-–]\s|\s?\(", cell.text)[0]
        own = asked.matter.over(book.words(_NUMBER_OF.sub("", first if says(asked.text, first) else cell.text)))
        # Above a year a column says how years are called ("Chia ra", "Phân kỳ"), seldom what the sum is for.
        weight = UNASKED * (_ABOVE_A_YEAR if number and stated else 1.0)
        against += weight * (1 - own.covered_by(said)) if own else 0.0
    if stated and not stated & {*asked.reading.years, *re.findall(r"\b20\d\d\b", asked.text)}:
        against += UNASKED
    return against


def of_one_column(figures: Sequence[Figure], library: Library) -> bool:
    """Whether figures are cells of one column, or of one row, of a table."""
    rows = [figure.rows[0] for figure in figures]
    if any(row.span not in library.books[row.document].table_rows for row in rows):
        return False
    names = [{cell.span for cell in (*labels(row), *row.all("period"), *row.all("year"))} for row in rows]
    return bool(set.intersection(*names))


def stated_for(row: Row) -> set[str]:
    """The year that a figure is said to be for, or the first and the last of a period."""
    return set(re.findall(r"\d{4}", row.value("period") or row.value("year")))


def other_years(asked: Asked, book: Book) -> list[str]:
    """The years that are asked for and are not that of the document, nor the bounds of a period."""
    dated = book.info.header.date.value if book.info.header.date is not None else ""
    spread = {year for bounds in SPREAD.findall(asked.question.text) for year in bounds}
    return [
        one for one in asked.reading.years if one not in asked.scope.years and one not in dated and one not in spread
    ]
