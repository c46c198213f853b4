"""Documents that a document cites."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.rules.references import basis, references
from ingest.types import Reference
from retrieval.answer.library import Book
from retrieval.registers.cells import Told, name_of, within
from retrieval.registers.types import Cell, Row

_KINDS = ("title", "basis", "paragraph", "item", "row", "heading", "note")


def read_references(book: Book) -> Iterator[Row]:
    """Every document that is cited by number or date, at each place."""
    for sentence in book.sentences:
        if sentence.passage.kind not in _KINDS:
            continue
        told = Told.of(book, sentence)
        titled = basis(told.aligned) if sentence.passage.kind == "basis" else None
        for one in references(told.aligned):
            title = titled.title if titled is not None and titled.number == one.number else one.title
            yield told.row("references", _cells(book, one, title, told))


def _cells(book: Book, one: Reference, title: str, told: Told) -> list[Cell | None]:
    whole = told.sentence.span
    return [
        within(book, "type", one.span, one.kind),
        _number(book, one),
        _date(book, one),
        within(book, "issuer", one.span, one.issuer, name_of(one.issuer)),
        within(book, "title", whole, title) if title else None,
    ]


def _number(book: Book, one: Reference) -> Cell | None:
    """The cell of the number, which may be written with blanks."""
    if not one.number:
        return None
    from ingest.reading import reading

    aligned = reading(book.text, one.span)
    squeezed = [(at, letter) for at, letter in enumerate(aligned.text) if not letter.isspace()]
    joined = "".join(letter for _, letter in squeezed)
    at = joined.find(one.number)
    if at < 0:
        return None
    start, end = squeezed[at][0], squeezed[at + len(one.number) - 1][0] + 1
    return Cell(column="number", text=aligned.text[start:end], value=one.number, span=aligned.span(start, end))


def _date(book: Book, one: Reference) -> Cell | None:
    import re

    from ingest.reading import reading
    from ingest.rules.references import DATE

    if not one.date:
        return None
    aligned = reading(book.text, one.span)
    match = re.search(DATE, aligned.text, re.IGNORECASE) or re.search(r"năm\s+\d{4}", aligned.text)
    if match is None:
        return None
    return Cell(column="date", text=match.group(), value=one.date, span=aligned.span(*match.span()))
