"""The one sum of a table of money that a question asks for: by its row, its column and its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.table_cells import LITERALLY, says, unasked
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.answer.worked import bags_of, line_of_row, money, of_other_year, value_of
from retrieval.registers.sums import dong
from retrieval.registers.types import Row

_HOW_MUCH = re.compile(r"\b(?:bao nhieu|may (?:trieu|ty|tien|dong))\b|\bhow much\b|\bhow many (?:million|billion)s?\b")
_COVERED = 0.7  # of what is asked, in row, column, headings and title
_HALF = 0.4  # the same where the question names the document and says a row or a column word for word
_OWN = 0.3  # the same in row and column alone
_AGAINST = 0.2  # at most: row and column say hardly anything that is not asked
_AHEAD = 0.12  # of the next sum
_ENOUGH = 0.8


_UNITS = {Decimal(10**9): "tỷ đồng", Decimal(10**6): "triệu đồng", Decimal(10**3): "nghìn đồng", Decimal(1): "đồng"}


def _written(row: Row) -> str:
    """A sum as its table writes it, with the unit that stands above: "6.200 triệu đồng"."""
    cell, value = row.get("amount"), value_of(row) or Decimal(0)
    number = Decimal(dong(cell.text, "đồng") or 0) if cell is not None else Decimal(0)
    unit = _UNITS.get(value / number) if number else None
    return f"{cell.text} {unit}" if cell is not None and unit is not None else money(value)


def answer_cell(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """That sum, with the row that it stands in; None where no cell, or more than one, is plainly meant."""
    if asked.reading.kind != "budget" or asked.reading.yes_no or not _HOW_MUCH.search(fold(asked.question.text)):
        return None
    if not content(asked.topic) or asked.scope.unknown:
        return None
    documents = asked.scope.documents or tuple(library.books)
    found: list[tuple[float, Row]] = []
    for row in rows:
        if row.kind != "budgets" or row.document not in documents or value_of(row) is None:
            continue
        book = library.books[row.document]
        if row.span not in book.table_rows or of_other_year(asked, row):
            continue
        against = unasked(asked, "", row, book)
        if against > _AGAINST:
            continue
        own, around = bags_of(row, book)
        said, whole = asked.matter.covered_by(own), asked.matter.covered_by(own, around, book.title_bag)
        literally = any(says(asked.text, cell.text) for cell in row.all("matter"))
        said = max(said, LITERALLY) if literally else said
        if said >= _OWN and whole >= (_HALF if literally and asked.scope.named else _COVERED):
            found.append((said + whole - against, row))
    found.sort(key=lambda pair: -pair[0])
    if not found:
        return None
    score, best = found[0]
    if any(value_of(row) != value_of(best) and other > score - _AHEAD for other, row in found[1:]):
        return None
    named = ", ".join(cell.text for name in ("matter", "period") for cell in best.all(name))
    told = say(asked.reading.language, "cell", what=named, sum=_written(best))
    return Draft(strategy="figures", lines=(line_of_row(best, library),), support=_ENOUGH, closing=told)
