"""Paragraphs to blocks and an outline, by the numbering of administrative documents."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line, split_lines
from ingest.reading import reading
from ingest.rules.closing import read_closing
from ingest.rules.header import body_start, read_head
from ingest.rules.kinds import is_kind
from ingest.rules.numbering import Mark
from ingest.rules.paragraphs import HEADING_LENGTH, Paragraph, furniture_of, join_lines
from ingest.rules.tables import Table, find_tables
from ingest.rules.text import ends, is_upper
from ingest.rules.two_columns import unfold
from ingest.types import Block, BlockKind, Document, Field, Header, Note, Section, Span

_ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|MẪU SỐ|Mẫu số|DANH MỤC|BẢNG)(?=[\s:.\dIVX]|$)")
_ATTACHED = re.compile(r"^\(?\s*(?:Ban hành k|K)èm theo\b", re.I)
_FOOTNOTE = re.compile(r"^\[\d{1,3}\]\s*")
# A run-in heading ends with a colon: "1. Phạm vi thực hiện: Trên địa bàn …", "Điều 2. Đối tượng: …".
_RUN_IN = re.compile(r"[^:.!?]{2,200}?(?:\([^)]{1,60}\))?\s*:(?=\s|$)")
# No name of a part, but a sentence that goes on behind its colon: it states a figure, or what somebody does.
_STATES = re.compile(
    r"\b(?:là|đạt|còn|gồm|trong đó)\s*:?$|\b(?:là|đạt|còn)\s+(?:\w+\s+){0,2}\d|\bban hành\s+\S+\s+\S+\s+số\b|\d\s*(?:triệu|tỷ|nghìn)?\s*đồng\b"
)
# Parts of a national programme (see docs/glossary.md) are headings under whatever mark they stand.
_PROGRAMME_PART = re.compile(
    r"^(?:Tiểu dự án|Dự án thành phần|Dự án|Nội dung(?: số)?|Nhiệm vụ(?: số)?|Hợp phần|Hoạt động)\s+\d", re.I
)
# The last words of a document belong to no numbered part: "Trên đây là Kế hoạch …", "Trong quá trình thực hiện …".
_LAST_WORDS = re.compile(r"^(?:Trên đây là|Trong quá trình (?:tổ chức |triển khai )*thực hiện)\b")
_ANNEX_RANK = 0
_UNNUMBERED_RANK = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What a document is made of: see ``ingest.types``."""

    header: Header
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Open:
    """A section that is not closed yet."""

    rank: int
    section: Section


def structure(document: Document) -> Structure:
    """Read the outline and the blocks of a document. Never fails: what fits no rule is a paragraph."""
    text = document.text
    lines = split_lines(text)
    lines, tables = unfold(text, lines, find_tables(text, lines))
    furniture = furniture_of(lines, _edges(lines, document.pages))
    body = body_start(lines)
    paragraphs = join_lines(text, lines, tables, furniture, body)
    head = read_head(text, paragraphs)
    closing = read_closing(text, paragraphs, head.body)
    builder = _Builder(text=text, kinds={**closing.kinds, **head.kinds})
    builder.read(paragraphs, tables, head.body)
    header = replace(head.header, recipients=closing.recipients, signer=closing.signer, position=closing.position)
    if header.title is None and header.kind is None:
        header = _named_by_first_words(text, paragraphs, header)
    blocks = sorted(
        [*builder.blocks, *_furniture_blocks(lines, tables, furniture, builder.blocks)], key=lambda block: block.span
    )
    return Structure(
        header=header,
        blocks=tuple(blocks),
        sections=builder.close(),
        tables=tuple(tables),
        notes=(*builder.notes, *_blank_fields(text, paragraphs, header)),
    )


def _edges(lines: Sequence[Line], pages: Sequence[Span]) -> frozenset[int]:
    """The first two and the last line of each page."""
    found: set[int] = set()
    at = 0
    for page in pages:
        inside = []
        while at < len(lines) and lines[at].span.start < page.end:
            inside.append(at)
            at += 1
        found.update(inside[:2], inside[-1:])
    return frozenset(found)


def _furniture_blocks(
    lines: Sequence[Line], tables: Sequence[Table], furniture: Iterable[int], blocks: Sequence[Block]
) -> list[Block]:
    """Furniture that lies in no other block."""
    taken = sorted(block.span for block in blocks)
    left: list[Block] = []
    in_table = {at for table in tables for at in range(table.first, table.last)}
    for at in sorted({*furniture, *in_table}):
        for piece in _outside(lines[at].span, taken):
            left.append(Block(kind="furniture", span=piece))
    return left


def _outside(span: Span, taken: Sequence[Span]) -> list[Span]:
    """The parts of ``span`` that lie in none of the sorted spans."""
    pieces: list[Span] = []
    start = span.start
    at = max(0, bisect.bisect_left(taken, Span(span.start, span.start)) - 1)
    while at < len(taken) and taken[at].start < span.end:
        if taken[at].end > start:
            if taken[at].start > start:
                pieces.append(Span(start, taken[at].start))
            start = max(start, taken[at].end)
        at += 1
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


class _Builder:
    """Goes through the paragraphs once and keeps the stack of open sections."""

    def __init__(self, *, text: str, kinds: dict[int, BlockKind]) -> None:
        self.text = text
        self.kinds = kinds
        self.blocks: list[Block] = []
        self.sections: list[Section] = []
        self.stack: list[_Open] = []
        self.notes: list[Note] = []
        self.signed = False
        self.naming = False  # whether the name of an annex may still go on

    def read(self, paragraphs: Sequence[Paragraph], tables: Sequence[Table], body: int) -> None:
        waiting = list(enumerate(tables))
        for at, paragraph in enumerate(paragraphs):
            while waiting and waiting[0][1].rows[0].span.start < paragraph.span.start:
                self._table(*waiting.pop(0))
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            kind = self.kinds.get(at)
            if kind is not None:
                self.signed = self.signed or kind in ("recipients", "signature")
                self._leave_parts()
                self._block(kind, paragraph.span, paragraph.skipped)
            elif at < body:
                self._block("letterhead", paragraph.span, paragraph.skipped)
            else:
                before_table = bool(waiting) and (
                    following is None or waiting[0][1].rows[0].span.start < following.span.start
                )
                self._paragraph(paragraph, following, before_table)
        for number, table in waiting:
            self._table(number, table)

    def close(self) -> tuple[Section, ...]:
        """The outline, each section spanning from its heading to the last block of it or of a part of it."""
        ends_at = [section.heading.end for section in self.sections]
        for block in self.blocks:
            if block.section >= 0:
                ends_at[block.section] = max(ends_at[block.section], block.span.end)
        for section in reversed(self.sections):
            if section.parent is not None:
                ends_at[section.parent] = max(ends_at[section.parent], ends_at[section.index])
        return tuple(
            replace(section, span=Span(section.heading.start, ends_at[section.index])) for section in self.sections
        )

    def _block(self, kind: BlockKind, span: Span, skipped: tuple[Span, ...] = (), table: int | None = None) -> None:
        section = self.stack[-1].section.index if self.stack else -1
        inside = tuple(gone for gone in skipped if gone in span)
        self.blocks.append(Block(kind=kind, span=span, section=section, skipped=inside, table=table))

    def _table(self, number: int, table: Table) -> None:
        for row in table.rows:
            self._block("row", row.span, table=number)

    def _open(self, rank: int, number: str, title: str, heading: Span, kind: str = "part") -> None:
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        parent = self.stack[-1].section if self.stack else None
        section = Section(
            index=len(self.sections),
            parent=parent.index if parent is not None else None,
            level=parent.level + 1 if parent is not None else 1,
            number=number,
            title=title,
            heading=heading,
            span=heading,
            kind=kind,  # type: ignore[arg-type]  # one of Section.kind
        )
        self.sections.append(section)
        self.stack.append(_Open(rank=rank, section=section))

    def _paragraph(self, paragraph: Paragraph, following: Paragraph | None, before_table: bool) -> None:
        words = paragraph.text
        if not (is_upper(words) or _ATTACHED.match(words)):
            self.naming = False
        if _FOOTNOTE.match(words):
            self._block("note", paragraph.span, paragraph.skipped)
        elif self._starts_annex(paragraph, following) and not (self.naming and words.startswith("DANH MỤC")):
            self._open(_ANNEX_RANK, "", words.rstrip(": "), paragraph.span, "attached" if is_kind(words) else "annex")
            self._block("heading", paragraph.span, paragraph.skipped)
            self.naming = True
        elif self.naming and (is_upper(words) or _ATTACHED.match(words)) and paragraph.mark is None:
            self._name(paragraph)
        elif _LAST_WORDS.match(words):
            self._leave_parts()
            self._block("paragraph", paragraph.span, paragraph.skipped)
        elif paragraph.mark is not None:
            self._marked(paragraph, paragraph.mark, following, before_table)
        elif self._is_bare_heading(paragraph, following):
            self._open(_UNNUMBERED_RANK, "", words.rstrip(": "), paragraph.span)
            self._block("heading", paragraph.span, paragraph.skipped)
        else:
            self._block("paragraph", paragraph.span, paragraph.skipped)

    def _leave_parts(self) -> None:
        """Close all numbered parts; an annex or an attached document stays open."""
        while self.stack and self.stack[-1].rank > _ANNEX_RANK:
            self.stack.pop()

    def _name(self, paragraph: Paragraph) -> None:
        """A further line of an annex's name, or "(Kèm theo …)" below it."""
        top = self.stack[-1]
        heading = Span(top.section.heading.start, paragraph.span.end)
        title = top.section.title
        if is_upper(paragraph.text):
            title = f"{title} {paragraph.text}"
        else:
            self.naming = False
        top.section = replace(top.section, title=title, heading=heading, span=heading)
        self.sections[top.section.index] = top.section
        self._block("heading", paragraph.span, paragraph.skipped)

    def _starts_annex(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        words = paragraph.text
        if len(words) > 400:
            return False
        if self.signed and is_kind(words):
            return True
        attached = following is not None and _ATTACHED.match(following.text) is not None
        if not (_ANNEX.match(words) and (is_upper(words) or len(words) < 20 or attached)):
            return False
        return self.signed or is_upper(words) or attached

    def _is_bare_heading(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        """Capitals or extraction's heading mark, short, unfinished, with something below it."""
        words = paragraph.text
        if following is None or len(words) > HEADING_LENGTH or len(words) < 4 or not words[0].isalpha():
            return False
        if is_upper(words) and len(words) >= 6:
            return not words.endswith((".", ";", ","))
        return paragraph.loud and not ends(words.rstrip(":")) and len(words) < 100

    def _marked(self, paragraph: Paragraph, mark: Mark, following: Paragraph | None, before_table: bool) -> None:
        mark = self._settle(mark, paragraph)
        rest = paragraph.text[mark.length :]
        run_in = _RUN_IN.match(rest)
        if run_in is not None and _STATES.search(rest[: run_in.end()].rstrip(" :")):
            run_in = None
        whole = self._is_heading(paragraph, rest, mark, following, before_table)
        if mark.kind == "bullet" or (mark.rank > 80 and not whole and not self._follows_heading(mark)):
            self._block("item", paragraph.span, paragraph.skipped)
            return
        words = reading(self.text, paragraph.span, paragraph.skipped)
        number = mark.number.rstrip(".")
        if whole:
            self._open(mark.rank, number, rest.strip().rstrip(":"), paragraph.span)
            self._block("heading", paragraph.span, paragraph.skipped)
        elif run_in is not None and run_in.end() < len(rest):
            cut = mark.length + run_in.end()
            heading = Span(paragraph.span.start, words.span(0, cut).end)
            self._open(mark.rank, number, rest[: run_in.end()].strip().rstrip(": "), heading)
            self._split(paragraph, heading)
        else:
            heading = Span(paragraph.span.start, words.span(0, len(words.text[: mark.length].rstrip())).end)
            self._open(mark.rank, number, "", heading)
            self._block("paragraph", paragraph.span, paragraph.skipped)

    def _follows_heading(self, mark: Mark) -> bool:
        """Whether this letter is the next after one that opened a section: "b)" after the heading "a)"."""
        letters = "abcdđeghiklmnopqrstuvxy"
        for one in self.stack:
            number = one.section.number
            if mark.kind == "letter" and one.rank == mark.rank and number in letters and mark.number in letters:
                return letters.index(mark.number) == letters.index(number) + 1
        return False

    def _split(self, paragraph: Paragraph, heading: Span) -> None:
        start = heading.end
        while start < paragraph.span.end and (
            self.text[start].isspace() or (self.text[start] in "*_" and start - heading.end < 4)
        ):
            start += 1
        self._block("heading", Span(heading.start, start if self.text[heading.end : start].strip() else heading.end))
        self._block("paragraph", Span(start, paragraph.span.end), paragraph.skipped)

    def _settle(self, mark: Mark, paragraph: Paragraph) -> Mark:
        """Settle what one capital is: "C." after "B." is a letter, not the Roman hundred; so is "I." after "H."."""
        if mark.kind == "roman" and len(mark.number) == 1:
            letters = [one.section.number for one in self.stack if one.rank == 35]
            if letters and letters[-1] and ord(mark.number) - ord(letters[-1][0]) in (1, 2):
                return Mark(kind="upper", number=mark.number, length=mark.length)
        return mark

    def _is_heading(
        self, paragraph: Paragraph, rest: str, mark: Mark, following: Paragraph | None, before_table: bool
    ) -> bool:
        """Whether a marked paragraph as a whole is a heading: short and unfinished, or followed by its items."""
        if mark.kind in ("bullet", "paren") or not rest.strip():
            return mark.kind in ("part", "chapter", "division", "article")
        if following is None and not before_table:
            return False
        if mark.kind in ("part", "chapter", "division", "upper", "roman"):
            return len(rest) < 2 * HEADING_LENGTH
        colon = rest.rstrip().endswith(":") and rest.count(":") == 1
        items = following is not None and following.mark is not None and _below(following.mark, mark)
        if mark.kind == "letter":
            if _PROGRAMME_PART.match(rest):
                return ":" in rest and len(rest) < 2 * HEADING_LENGTH
            if following is not None and following.mark is None and not ends(rest) and len(rest) < HEADING_LENGTH:
                return True
            return (items or colon) and len(rest) < 1.7 * HEADING_LENGTH and not rest.rstrip().endswith((";", ","))
        if colon and len(rest) < HEADING_LENGTH:
            return True
        if paragraph.loud or is_upper(rest):
            return len(rest) < 4 * HEADING_LENGTH
        if not ends(rest):
            return len(rest) < 2 * HEADING_LENGTH
        if _PROGRAMME_PART.match(rest):
            return items and ":" in rest and len(rest) < 4 * HEADING_LENGTH
        return items and len(rest) < HEADING_LENGTH and _RUN_IN.match(rest) is None and rest.count(".") == 1


def _below(inner: Mark, outer: Mark) -> bool:
    return inner.rank > outer.rank or (inner.kind == "bullet" and outer.kind != "bullet")


def _named_by_first_words(text: str, paragraphs: Sequence[Paragraph], header: Header) -> Header:
    """A document without letterhead and kind is named by its first heading or line."""
    for one in paragraphs:
        words = reading(text, one.span, one.skipped)
        end = min(len(words.text), 200)
        if len(words.text) >= 3:
            return replace(header, title=Field(value=words.text[:end], span=words.span(0, end)))
    return header


def _blank_fields(text: str, paragraphs: Sequence[Paragraph], header: Header) -> list[Note]:
    notes = []
    if header.kind is not None and header.number is None:
        notes.append(Note(kind="number-blank", detail="The document leaves its number blank."))
    if header.kind is not None and (header.date is None or len(header.date.value) < 10):
        notes.append(Note(kind="date-incomplete", detail="The document leaves its date or a part of it blank."))
    return notes
