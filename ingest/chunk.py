"""Blocks to chunks: the smallest units that answer, each with what gives it meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading import reading
from ingest.rules.numbering import mark_of
from ingest.rules.tables import Table, read_head
from ingest.structure import Structure
from ingest.types import Block, Chunk, ChunkKind, Document, Header, Section, Span

# A list with its lead-in is indexed as a whole up to this many code points: longer ones answer no question at once
# and would push their own items out of the top hits.
LIST_LENGTH = 2_500
_BULLETS = "-–—+*•▪◦●○■□✓➢❖·"


def chunks_of(document: Document, parts: Structure) -> tuple[Chunk, ...]:
    """The chunks of a document in reading order, lists after their last item."""
    return _Chunker(document, parts).run()


def document_title(document: Document, header: Header) -> str:
    """What a person calls the document: kind, number and trích yếu; its id where it has none."""
    kind = header.kind.value if header.kind is not None else ""
    number = header.number.value if header.number is not None else ""
    title = header.title.value if header.title is not None else ""
    named = " ".join(part for part in (kind, f"số {number}" if number else "", title) if part)
    return named or document.id


def section_path(sections: Sequence[Section], index: int) -> tuple[str, ...]:
    """The headings from the top of the outline down to section ``index``; () for -1."""
    path: list[str] = []
    at: int | None = index if index >= 0 else None
    while at is not None:
        section = sections[at]
        label = section_label(section)
        if label:
            path.append(label)
        at = section.parent
    return tuple(reversed(path))


def section_label(section: Section) -> str:
    """A heading as it is shown: "VI. TỔ CHỨC THỰC HIỆN", "a) Công tác truyền thông", "Điều 3. Hiệu lực"."""
    if not section.title:
        return section.number
    if not section.number:
        return section.title
    closing = ")" if len(section.number) == 1 and section.number.islower() else "."
    return f"{section.number}{closing} {section.title}"


# What a table is called, on a line above it.
_CAPTION = re.compile(r"(?:Bảng|Biểu|BẢNG|BIỂU)(?:\s+(?:số|mẫu))?\s*\S{1,6}\s*[:.–-]|(?:Bảng|Biểu)\s")
_CAPTION_LENGTH = 200


def is_caption(text: str) -> bool:
    """Whether a paragraph is what a table is called: "Biểu 2. Kinh phí theo năm"."""
    return _CAPTION.match(text) is not None and len(text) < _CAPTION_LENGTH


class _Chunker:
    def __init__(self, document: Document, parts: Structure) -> None:
        self.document = document
        self.parts = parts
        self.chunks: list[Chunk] = []
        self.parents = {section.parent for section in parts.sections if section.parent is not None}
        self.rows = {row.span: (table, at) for table in parts.tables for at, row in enumerate(table.rows)}
        self.groups: dict[int, str] = {}
        self.captions: dict[int, str] = {}
        self.opening: dict[int, int] = {}  # the first paragraph or item of a section
        self.filled = {block.section for block in parts.blocks if block.kind not in ("heading", "furniture")}
        where = parts.header.place.value if parts.header.place is not None else ""
        issuer = parts.header.issuer.value if parts.header.issuer is not None else ""
        self.top = " | ".join(part for part in (document_title(document, parts.header), issuer, where) if part)

    def run(self) -> tuple[Chunk, ...]:
        for block in self.parts.blocks:
            if block.kind == "furniture":
                continue
            if block.kind == "row":
                self._row(block)
            elif block.kind != "heading" or block.section in self.parents or block.section not in self.filled:
                self._plain(block)
        self._introduce()
        self._lists()
        return tuple(self.chunks)

    def _add(
        self, kind: ChunkKind, span: Span, block: Block, words: str, path: tuple[str, ...],
        cells: tuple[tuple[str, Span], ...] = (),
    ) -> None:  # fmt: skip
        self.chunks.append(
            Chunk(
                index=len(self.chunks),
                kind=kind,
                span=span,
                text=self.document.text[span.start : span.end],
                reading=words,
                context="\n".join((self.top, *path)),
                path=path,
                section=block.section,
                cells=cells,
                skipped=tuple(gone for gone in block.skipped if gone in span),
            )
        )

    def _plain(self, block: Block) -> None:
        words = reading(self.document.text, block.span, block.skipped)
        mark = mark_of(words.text)
        if block.kind in ("item", "recipients") and mark is not None and mark.kind == "bullet":
            words = words.cut(mark.length, len(words.text)).strip()
        if not words.text:
            return
        path = section_path(self.parts.sections, block.section)
        if block.kind == "heading":
            path = path[:-1]
        kind: ChunkKind = block.kind  # type: ignore[assignment]  # furniture does not come here
        self._add(kind, words.span(0, len(words.text)), block, words.text, path)

    def _row(self, block: Block) -> None:
        table, at = self.rows[block.span]
        head = read_head(self.document.text, table)
        names = head.names if head is not None else None
        row = table.rows[at]
        if at == 0:
            self._caption(block)
        if head is not None and at < head.rows:
            return
        values = [reading(self.document.text, cell).text for cell in row.cells]
        filled = [value for value in values if value]
        if not filled or (head is not None and self._is_head_again(table, head.rows, values)):
            return
        path = section_path(self.parts.sections, block.section)
        caption = self.captions.get(block.table if block.table is not None else -1, "")
        if caption and caption not in path:
            path = (*path, caption)
        group = self.groups.get(block.table if block.table is not None else -1, "")
        if len(filled) == 1 and names is not None and len(names) > 2:
            self.groups[block.table if block.table is not None else -1] = filled[0]
            group = ""
        labels = _labels(names, len(row.cells))
        cells = tuple((label, cell) for label, cell in zip(labels, row.cells, strict=True) if len(cell))
        words = "; ".join(
            f"{label}: {value}" if label else value for label, value in zip(labels, values, strict=True) if value
        )
        self._add("row", _inner(self.document.text, row.cells), block, words, (*path, group) if group else path, cells)

    def _is_head_again(self, table: Table, rows: int, values: Sequence[str]) -> bool:
        """Whether a row says again what a row of the head does, as tables do on each new page."""
        for row in table.rows[:rows]:
            names = [reading(self.document.text, cell).text for cell in row.cells]
            pairs = [(name, value) for name, value in zip(names, values, strict=False) if value]
            if len(pairs) > 1 and all(name == value for name, value in pairs):
                return True
        return False

    def _caption(self, block: Block) -> None:
        """Keep what a table is called ("Biểu 2. Kinh phí theo năm"), where that stands right above it."""
        above = self.chunks[-1].reading if self.chunks and self.chunks[-1].kind != "row" else ""
        if block.table is not None and is_caption(above):
            self.captions[block.table] = above

    def _introduce(self) -> None:
        """Give every item the chunk that introduces it: the paragraph or item above that ends with a colon."""
        lead: Chunk | None = None
        outer: Chunk | None = None
        sign = ""
        for at, chunk in enumerate(self.chunks):
            if chunk.kind != "item" or (lead is not None and chunk.section != lead.section):
                lead = outer = None
            first = self._sign(chunk) if chunk.kind == "item" else ""
            if lead is not None and chunk.kind == "item":
                if lead.kind == "item" and first == sign:
                    lead = outer  # back among the items that the inner list stands between
                if lead is not None:
                    self.chunks[at] = replace(chunk, lead=lead.index)
            if chunk.reading.rstrip().endswith(":"):
                outer = lead if chunk.kind == "item" else None
                lead, sign = self.chunks[at], first

    def _sign(self, chunk: Chunk) -> str:
        """What kind of list an item belongs to: its bullet, or "a" for letters and "1" for numbers."""
        before = self.document.text[max(0, chunk.span.start - 6) : chunk.span.start].strip(" *\\\t")
        if before and before[-1] in _BULLETS:
            return before[-1]
        mark = mark_of(chunk.reading)
        return mark.kind if mark is not None else ""

    def _lists(self) -> None:
        """One more chunk for each list with its lead-in, and for each section of several short parts."""
        groups: list[tuple[int, ...]] = []
        by_lead: dict[int, list[int]] = {}
        by_section: dict[int, list[int]] = {}
        for chunk in self.chunks:
            if chunk.kind in ("paragraph", "item"):
                self.opening.setdefault(chunk.section, chunk.index)
            if chunk.lead is not None:
                by_lead.setdefault(chunk.lead, []).append(chunk.index)
            if chunk.section >= 0 and chunk.section not in self.parents and chunk.kind in ("paragraph", "item"):
                by_section.setdefault(chunk.section, []).append(chunk.index)
        groups.extend((lead, *items) for lead, items in by_lead.items())
        groups.extend(tuple(members) for members in by_section.values() if len(members) > 1)
        for members in dict.fromkeys(groups):
            self._list(members)

    def _list(self, members: tuple[int, ...]) -> None:
        first, last = self.chunks[members[0]], self.chunks[members[-1]]
        span = Span(first.span.start, last.span.end)
        section = first.section
        if section >= 0 and self.opening.get(section) == members[0]:
            span = Span(self.parts.sections[section].heading.start, span.end)
        if len(span) > LIST_LENGTH:
            return
        skipped = tuple(gone for member in members for gone in self.chunks[member].skipped)
        words = "\n".join(self.chunks[member].reading for member in members)
        self.chunks.append(
            Chunk(
                index=len(self.chunks),
                kind="list",
                span=span,
                text=self.document.text[span.start : span.end],
                reading=words,
                context=first.context,
                path=first.path,
                section=section,
                members=members,
                skipped=skipped,
            )
        )


def _labels(names: tuple[str, ...] | None, count: int) -> tuple[str, ...]:
    if names is None or count < 2:
        return ("",) * count
    return (*names[:count], *("",) * (count - len(names)))


def _inner(text: str, cells: Sequence[Span]) -> Span:
    filled = [cell for cell in cells if len(cell)]
    return Span(filled[0].start, filled[-1].end)
