"""The one cell of a table that a question asks for: a sum or a number by its row, its column and its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.table_cells import LITERALLY, NO_THING, labels, other_years, says, stated_for, unasked
from retrieval.answer.terms import content
from retrieval.answer.worked import bags_of, figure_of, line_of_row, money, of_other_year, value_of
from retrieval.registers.sums import FUND, SOURCE, dong
from retrieval.registers.table_reader import names_total
from retrieval.registers.types import Row

_HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may (?:trieu|ty|tien|dong))\b|\bhow much\b|\bhow many\b|\bwhat (?:share|percentage|per ?cent)\b"
)
_COUNTED = re.compile(r"\b(?:bao nhieu|may) (?P<thing>[a-z]+)")
_COVERED = 0.7  # of what is asked, in row, column, headings and title
_HALF = 0.4  # the same where the question names the document and says a row or a column word for word
_OWN = 0.3  # the same in row and column alone
_OF_ALL = 0.45  # what the sum of all counts, where a question names nothing that it is for
_TITLED = 0.9  # of what is asked, in the title, for the sum of all
_AGAINST = 0.3  # at most: row and column say hardly anything that is not asked
_AHEAD = 0.12  # of the next cell
_ENOUGH = 0.8
_UNITS = {Decimal(10**9): "tỷ đồng", Decimal(10**6): "triệu đồng", Decimal(10**3): "nghìn đồng", Decimal(1): "đồng"}


def answer_cell(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """That cell, with the row that it stands in; None where no cell, or more than one, is plainly meant."""
    kind = {"budget": "budgets", "target": "targets", "open": "targets", "count": "targets"}.get(asked.reading.kind)
    if kind is None or asked.reading.yes_no or not _HOW_MUCH.search(fold(asked.question.text)):
        return None
    if not content(asked.topic) or asked.scope.unknown:
        return None
    documents = asked.scope.documents or tuple(library.books)
    found: list[tuple[float, Row]] = []
    for row in rows:
        book = library.books[row.document]
        if row.kind != kind or row.document not in documents or row.span not in book.table_rows:
            continue
        score = _fits(asked, row, book)
        if score > 0:
            found.append((score, row))
    found.sort(key=lambda pair: -pair[0])
    if not found:
        return None
    score, best = found[0]
    if any(value_of(row) != value_of(best) and other > score - _AHEAD for other, row in found[1:]):
        return None
    named = ", ".join(dict.fromkeys(cell.text for cell in (*labels(best), *best.all("period"), *best.all("year"))))
    line = replace(line_of_row(best, library), label=f"{named}: {written_cell(best)}")
    return Draft(strategy="figures", lines=(line,), support=_ENOUGH)


def _fits(asked: Asked, row: Row, book: Book) -> float:
    """How well a cell is what is asked for, 0 where it hardly is."""
    if value_of(row) is None or of_other_year(asked, row) or (other_years(asked, book) and not stated_for(row)):
        return 0.0
    dated = {year for name, _ in book.table_rows[row.span].cells for year in re.findall(r"20\d\d", name)}
    wanted = [year for year in asked.reading.years if year not in asked.scope.years]
    if dated and wanted and not any(min(wanted) <= year <= max(wanted) for year in dated):
        return 0.0  # a table of 2022 to 2025 has no sum for 2026 to 2030
    against = unasked(asked, "", row, book)
    if against > _AGAINST or not _counts(asked, row, book):
        return 0.0
    own, around = bags_of(row, book)
    said, whole = asked.matter.covered_by(own), asked.matter.covered_by(own, around, book.title_bag)
    literally = any(says(asked.text, cell.text) for cell in labels(row))
    named = any(says(asked.text, cell.text) and cell.text.istitle() for cell in labels(row))
    said = max(said, LITERALLY) if literally else said
    of_funds = FUND.search(asked.text) or SOURCE.search(asked.text)
    if of_funds and names_total(labels(row)[0].text) and not any(says(asked.text, one.text) for one in labels(row)):
        return 0.0  # the sum of all where one kind or source of funds is asked for
    if row.kind == "budgets" and _of_all(row) and not of_funds and asked.matter.covered_by(book.title_bag) >= _TITLED:
        said = max(said, _OF_ALL)
    enough = _HALF if named or (literally and asked.scope.named) else _COVERED
    return said + whole - against if said >= _OWN and whole >= enough else 0.0


def _of_all(row: Row) -> bool:
    """Whether a sum is that of all rows of its table, of one year or of all."""
    first, *others = labels(row) or (None,)
    if first is None or not names_total(first.text):
        return False
    return bool(stated_for(row)) or all(names_total(cell.text) for cell in others)


def _counts(asked: Asked, row: Row, book: Book) -> bool:
    """Whether a number is of the thing that is counted: in its unit, its row, its column or the name of its table."""
    counted = _COUNTED.search(fold(asked.question.text))
    if row.kind == "budgets" or counted is None or counted.group("thing") in NO_THING:
        return True
    said = "\n".join((*(cell.text for cell in (*labels(row), *row.all("unit"))), *row.path))
    return counted.group("thing") in (*re.findall(r"\w+", fold(said)), *book.words(said))  # "HTX" is "hợp tác xã"


def written_cell(row: Row) -> str:
    """A number as its table writes it, with the unit that stands above: "6.200 triệu đồng"."""
    if row.kind != "budgets":
        return figure_of(row).shown
    cell, value = row.get("amount"), value_of(row) or Decimal(0)
    number = Decimal(dong(cell.text, "đồng") or 0) if cell is not None else Decimal(0)
    unit = _UNITS.get(value / number) if number else None
    return f"{cell.text} {unit}" if cell is not None and unit is not None else money(value)
