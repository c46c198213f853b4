"""How far apart the dates of two documents are that one document cites, in days and in whole years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.operand import Operand
from retrieval.answer.operands import Calculation
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.answer.worked import lines_of_rows
from retrieval.registers.types import Row

_FOUND = 0.5  # of an operand, in what a cited document is called
_ENOUGH = 0.8
_DATE = r"\d{4}-\d{2}-\d{2}"


def between(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, understand: Callable[[str], Asked]
) -> Draft | None:
    """How far the dates of two documents that one document cites are from each other."""
    operands = [Operand.of(phrase, asked, library, understand) for phrase in wanted.operands]
    documents = asked.scope.documents if asked.scope.named else tuple(library.books)
    best: tuple[float, tuple[Row, ...]] = (0.0, ())
    for document in documents:
        book = library.books[document]
        dated = [
            row
            for row in rows
            if row.kind == "references" and row.document == document and re.fullmatch(_DATE, row.value("date"))
        ]
        scored = [[(_cited(row, one, book), row) for row in dated] for one in operands]
        chosen = [max(own, key=lambda pair: pair[0], default=(0.0, None)) for own in scored]
        if all(row is not None and score >= _FOUND for score, row in chosen):
            pair = tuple(row for _, row in chosen if row is not None)
            if pair[0].value("number") != pair[1].value("number") and sum(score for score, _ in chosen) > best[0]:
                best = sum(score for score, _ in chosen), pair
    if not best[1]:
        return None
    first, last = sorted(best[1], key=lambda row: row.value("date"))
    days = (date.fromisoformat(last.value("date")) - date.fromisoformat(first.value("date"))).days
    years = int(last.value("date")[:4]) - int(first.value("date")[:4])
    years -= last.value("date")[5:] < first.value("date")[5:]
    language = asked.reading.language
    closing = say(
        language, "apart-years" if years else "apart", first=_day(first), last=_day(last), days=days, years=years
    )
    lines = lines_of_rows(best[1], library)
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


def _cited(row: Row, operand: Operand, book: Book) -> float:
    """How well a cited document is the one that a phrase names: by its number, or by what it is called."""
    number = re.match(r"\d+", row.value("number"))
    if number is not None and re.search(rf"\b{number.group()}\b", operand.phrase):
        return 2.0
    if re.search(r"\b\d{2,5}\b", operand.phrase) or not content(operand.topic.words):
        return 0.0
    cells = ("type", "number", "issuer", "title")
    return operand.topic.covered_by(book.bag(" ".join(cell.text for name in cells for cell in row.all(name))))


def _day(row: Row) -> str:
    return "/".join(reversed(row.value("date").split("-")))
