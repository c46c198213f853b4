"""Cells out of sentences: what is found in a reading text, with the place of the source under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.chunk import section_label
from ingest.normalise import AlignedText, fold, key
from ingest.reading import reading
from ingest.rules.programme import Part, parts_in
from ingest.rules.references import NUMBER
from ingest.types import Section, Span
from retrieval.answer.library import Book, Sentence
from retrieval.registers.types import Cell, Kind, Row
from retrieval.tokens import spell_out
from retrieval.types import Passage

_EDGE = " ,;:.-–—*•+\u2022"
_UNBLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it is read: its reading text aligned with the source, and the same folded, letter by letter."""

    book: Book
    sentence: Sentence
    aligned: AlignedText
    folded: str

    @classmethod
    def of(cls, book: Book, sentence: Sentence) -> Told:
        """Read a sentence again, aligned with the source."""
        aligned = reading(book.text, sentence.span, sentence.passage.skipped)
        folded = fold(aligned.text)
        if len(folded) != len(aligned.text):
            folded = "".join(fold(letter)[:1] or " " for letter in aligned.text)
        return cls(book, sentence, aligned, folded)

    @property
    def text(self) -> str:
        """The reading text."""
        return self.aligned.text

    def cell(self, column: str, start: int, end: int, value: str | None = None) -> Cell | None:
        """The cell over ``text[start:end]`` without blanks and punctuation at its ends; None where nothing is left."""
        while start < end and self.text[start] in _EDGE:
            start += 1
        while end > start and self.text[end - 1] in _EDGE:
            end -= 1
        if start >= end:
            return None
        text = self.text[start:end]
        return Cell(
            column=column, text=text, value=text if value is None else value, span=self.aligned.span(start, end)
        )

    def row(self, kind: Kind, cells: Iterable[Cell | None]) -> Row:
        """A row that is read from this sentence."""
        return row_of(kind, self.sentence.passage, self.sentence.span, cells)


def row_of(kind: Kind, passage: Passage, span: Span, cells: Iterable[Cell | None]) -> Row:
    """A row that is read from a part of a passage."""
    return Row(
        kind=kind,
        document=passage.document,
        span=span,
        cells=tuple(cell for cell in cells if cell is not None),
        path=passage.path,
        page=passage.page,
    )


def over(book: Book, column: str, span: Span, value: str | None = None) -> Cell | None:
    """The cell over a part of the source, such as a cell of a table or a heading."""
    aligned = reading(book.text, span)
    start, end = 0, len(aligned.text)
    while start < end and aligned.text[start] in _EDGE:
        start += 1
    while end > start and aligned.text[end - 1] in _EDGE:
        end -= 1
    if start >= end:
        return None
    text = aligned.text[start:end]
    return Cell(column=column, text=text, value=text if value is None else value, span=aligned.span(start, end))


def within(book: Book, column: str, span: Span, text: str, value: str | None = None) -> Cell | None:
    """The cell over ``text`` where it stands in the reading text of a part of the source, or None."""
    aligned = reading(book.text, span)
    at = aligned.text.find(text)
    if at < 0 or not text:
        return None
    return Cell(column=column, text=text, value=text if value is None else value, span=aligned.span(at, at + len(text)))


def said_before(book: Book, column: str, sentence: Sentence, body: str) -> Cell | None:
    """The cell of a body that a sentence before it in the same passage begins with, the nearest; or None."""
    for one in reversed(book.by_passage.get(sentence.passage.index, [])):
        if one.span.end <= sentence.span.start:
            cell = within(book, column, one.span, body, name_of(body))
            if cell is not None:
                return cell
    return None


def name_of(text: str) -> str:
    """The name of a body in one form: abbreviations written out, one blank, no "Đề nghị" before it.

    >>> name_of("Đề nghị  UBND các xã")
    'ủy ban nhân dân các xã'
    """
    name = re.sub(r"^(?:đề nghị|giao|trách nhiệm của|trách nhiệm|nhiệm vụ của)\s*:?\s+", "", text.strip(), flags=re.I)
    return _UNBLANK.sub(" ", key(spell_out(name))).strip(" .,:;")


def part_name(part: Part) -> str:
    """A part as people say it: "Tiểu dự án 2 thuộc Dự án 9"."""
    names = (
        f"Nội dung {part.content}" if part.content else "",
        f"Tiểu dự án {part.sub}" if part.sub else "",
        f"Dự án {part.project}" if part.project else "",
    )
    return " thuộc ".join(name for name in names if name)


_PART = re.compile(
    r"\b(?:tieu du an|du an thanh phan|du an|noi dung|tda|da|nd)\s*(?:so\s*)?\d{1,2}"
    r"(?:(?:\s*(?:,|va|-|den|thuoc|cua)\s*)+(?:(?:tieu du an|du an thanh phan|du an|noi dung|tda|da|nd)\s*)?(?:so\s*)?\d{1,2}\b(?!\s?%))*"
)


def part_cells(told: Told) -> list[Cell]:
    """The programme parts that a sentence names, or else the one that its headings lead down to."""
    own = told.sentence.part
    found: list[Cell] = []
    for match in _PART.finditer(told.folded):
        for part in parts_in(told.text[match.start() : match.end()]):
            cell = told.cell("part", match.start(), match.end(), part_name(part.within(own)))
            if cell is not None:
                found.append(cell)
    if found:
        return list({cell.value: cell for cell in found}.values())
    heading = part_heading(told.book, told.sentence.passage.section)
    if own == Part() or heading is None:
        return []
    cell = over(told.book, "part", heading.heading, part_name(own))
    return [cell] if cell is not None else []


def part_heading(book: Book, section: int) -> Section | None:
    """The nearest heading at or above a section that names a programme part, or None."""
    at: int | None = section if section >= 0 else None
    while at is not None:
        if parts_in(section_label(book.outline[at]).split(":", 1)[0]):
            return book.outline[at]
        at = book.outline[at].parent
    return None


def told_sentences(book: Book) -> Iterator[Told]:
    """The sentences of the body of a document: neither its opening nor its end, and no table rows."""
    for sentence in book.sentences:
        if sentence.passage.kind in ("paragraph", "item", "heading"):
            yield Told.of(book, sentence)


_REFERENCE = re.compile(
    rf"(?:{NUMBER})(?:\s*,?\s*ngày\s+\d{{1,2}}\s*(?:[/.-]\s*|tháng\s+)\d{{1,2}}\s*(?:[/.-]\s*|năm\s+)\d{{4}})?"
)


def without_references(text: str) -> str:
    """A text with the numbers and dates of documents that it cites blanked out, as long as before."""
    return _REFERENCE.sub(lambda found: " " * len(found.group()), text)
