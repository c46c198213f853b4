"""What ingest hands on: documents and their parts, each with its place in the source text.

Every span is half-open, in Unicode code points of ``Document.text``. That text never changes after loading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["text", "docx", "pdf", "scan"]

BlockKind = Literal[
    "letterhead",  # issuing body, national motto, number, place and date
    "title",  # name of the kind of document, or its trích yếu
    "basis",  # one legal basis (Căn cứ …)
    "heading",  # a numbered or titled heading, run-in headings included
    "paragraph",
    "item",  # one bullet or lettered item of a list
    "row",  # one table row (or a table's header row)
    "recipients",  # one line of Nơi nhận
    "signature",  # position and name of the signer
    "note",  # a footnote
    "furniture",  # page numbers, running headers, separators: kept, never shown
]

ChunkKind = Literal[
    "letterhead", "title", "basis", "heading", "paragraph", "item", "row", "recipients", "signature", "note", "list"
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A soft finding: the document is usable, but a reader should know this.

    ``kind`` is a stable name (``encoding-guessed``, ``numbering-jumps``, ``page-doubtful`` …).
    """

    kind: str
    detail: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a loader makes of a file: its text, where its pages lie, and what was odd.

    ``pages`` is () where the format has none; otherwise the pages are in order, do not overlap, and hold every
    non-blank character of ``text``.
    """

    text: str
    format: Format
    pages: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source document. ``id`` is the file's path under the corpus folder without its ending, with ``/``."""

    id: str
    path: str
    sha256: str
    format: Format
    text: str
    pages: tuple[Span, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page (from 1) that holds ``offset``, or None where the source has no pages."""
        for number, page in enumerate(self.pages, 1):
            if offset < page.end:
                return number
        return len(self.pages) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A metadata value as read (cleaned) and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document that the text names: "Quyết định số 2152/QĐ-TTg ngày 18/12/2020 của Thủ tướng Chính phủ …".

    ``number``, ``date`` (ISO, as far as it is given), ``issuer`` and ``title`` are "" where the text has none.
    """

    kind: str
    number: str
    date: str
    issuer: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Metadata by the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I. None where the document leaves it blank."""

    issuer: Field | None = None
    place: Field | None = None
    number: Field | None = None
    date: Field | None = None
    kind: Field | None = None
    title: Field | None = None
    bases: tuple[Reference, ...] = ()
    recipients: tuple[Field, ...] = ()
    signer: Field | None = None
    position: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A leaf of the document in reading order.

    Blocks do not overlap and together hold every non-blank character of the text. ``skipped`` are the spans inside
    the block that are page furniture (a sentence that a page break cut is one block around the page number).
    ``section`` is the index of the section it lies in, -1 before the first; ``table`` numbers the tables from 0.
    """

    kind: BlockKind
    span: Span
    section: int = -1
    skipped: tuple[Span, ...] = ()
    table: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered or titled part of the outline.

    ``number`` is as written without closing punctuation ("I", "2.1.1", "a", "Điều 3"), "" for an annex or a bare
    title. ``title`` is the reading text of the heading without the number. ``span`` covers heading, body and
    subsections. ``parent`` is an index into the outline, None at the top. ``level`` counts from 1.
    """

    index: int
    parent: int | None
    level: int
    number: str
    title: str
    heading: Span
    span: Span
    kind: Literal["part", "annex", "attached"] = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A unit of search: the smallest thing that answers, or a list together with its lead-in.

    ``text == document.text[span.start:span.end]``. ``reading`` is the text as a person reads it: markup, page
    furniture and stray blanks gone, table cells with their column names. ``context`` (document title, place,
    headings) is indexed with the chunk and never cited. ``path`` holds the headings above it, outermost first.
    ``lead`` is the index of the chunk that introduces this item ("… gồm:"), ``index`` its own place in the document.
    ``cells`` of a row are (column name, span of the cell); ``members`` of a list are the indexes of its lead-in and
    items; ``skipped`` are spans of page furniture inside ``span``.
    """

    index: int
    kind: ChunkKind
    span: Span
    text: str
    reading: str
    context: str
    path: tuple[str, ...]
    section: int
    lead: int | None = None
    cells: tuple[tuple[str, Span], ...] = ()
    members: tuple[int, ...] = ()
    skipped: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """A document with everything that was read out of it."""

    document: Document
    header: Header
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    chunks: tuple[Chunk, ...]
    notes: tuple[Note, ...] = ()
