"""What the outline of a document says by itself: how many parts it has, and which bodies it gives tasks to.

Nghị định 30/2020/NĐ-CP sets out a plan in numbered parts, one of them on who carries it out, with a heading for each body.
"""

from __future__ import annotations

import re

from ingest.chunk import section_label
from ingest.normalise import fold
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.tokens import syllables

_PARTS = re.compile(
    r"\b(?:may|bao nhieu) (?P<thing>phan|muc|chuong)(?: (?:lon|chinh))?\b(?! (?:tram|nghin|tieu|dich|ho tro|chi|thu|thuong|von|du an))"
    r"|\bhow many (?:main |major |top-level )?(?P<thing_en>parts|sections|chapters)\b"
)
# Words of a question for the parts of a document that say nothing of what they are about.
_OF_PARTS = frozenset(
    "phan lon chinh muc chuong dau cuoi ten la gi gom co chia thanh lam nam may bao nhieu noi dung cau truc bo cuc cua va do nhung nao".split()
)
_BODIES = re.compile(
    r"\b(?:nhung|cac)(?: (?:so|ban|phong|nganh|co quan|don vi|to chuc|dia phuong)(?:,| va| hoac)?){1,4} nao\b"
    r"|\bwhich (?:agencies|bodies|departments|offices|units|organi[sz]ations)\b"
)
_GIVEN = re.compile(
    r"\b(?:to chuc thuc hien|phan cong|giao (?:viec|nhiem vu|trach nhiem)|duoc giao|co trach nhiem|neu (?:dich danh|ten)|tham gia (?:thuc hien|trien khai))\b"
    r"|\b(?:assigned|given tasks|are responsible|are involved|tasked|has tasks|have tasks|takes? part|carry out|implement\w*)\b"
)
# Words for giving tasks, which say nothing of what the tasks are.
_OF_TASKS = frozenset(
    "to chuc thuc hien phan cong giao viec nhiem vu trach nhiem duoc cho nhung cac so ban phong nganh co quan don vi dia phuong tham gia trien khai muc"
    " ke hoach nay nao la trong o neu dich danh ten ngoai".split()
)
_TITLED = 0.8  # of what is asked besides, in the title of the document
_LEAST, _MOST = 2, 40


def answer_structure(asked: Asked, library: Library) -> Draft | None:
    """How many parts a document has, with their headings; None where that is not asked, or of parts on some matter."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    found = _PARTS.search(said)
    if found is None or asked.reading.yes_no or not asked.scope.named or len(asked.scope.documents) != 1:
        return None
    book = library.books[asked.scope.documents[0]]
    if asked.reading.parts or not _about_itself(asked, book, _OF_PARTS):
        return None
    parts = [section for section in book.outline if section.parent is None and section.title]
    if len(parts) < _LEAST:
        return None
    what = f" {asked.alone[slice(*found.span('thing'))]}" if found["thing"] and len(said) == len(asked.alone) else ""
    opening = say(asked.reading.language, "count", count=len(parts), what=what)
    lines = tuple(_heading(book, section) for section in parts)
    return Draft(strategy="figures", lines=lines, support=0.9, opening=opening, certain=True)


def answer_bodies(asked: Asked, library: Library) -> Draft | None:
    """All bodies to which a document gives tasks; None where that is not asked, or for tasks of some kind only."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    plain = asked.reading.yes_no or asked.reading.parts or not asked.scope.named or len(asked.scope.documents) != 1
    if plain or asked.carried or not _BODIES.search(said) or not _GIVEN.search(said):
        return None
    book = library.books[asked.scope.documents[0]]
    named = {word for unit, _ in book.units for word in syllables(unit) if fold(unit) in said}
    if not _about_itself(asked, book, _OF_TASKS | named):
        return None
    lines = tuple(_heading(book, section, unit) for unit, section in book.units)
    if not _LEAST <= len(lines) <= _MOST:
        return None
    return Draft(strategy="list", lines=lines, support=0.9, certain=True)


def _about_itself(asked: Asked, book: Book, known: frozenset[str]) -> bool:
    """Whether a question asks of a document as a whole: besides ``known`` words it has only such as are in its title."""
    rest = tuple(word for word in content(asked.topic) if fold(word) not in known and not word.isdigit())
    return not rest or asked.matter.over(rest).covered_by(book.title_bag) >= _TITLED


def _heading(book: Book, section: Section, text: str = "") -> Line:
    page = next((one.page for one in book.passages if one.section == section.index), None)
    quote = Quote(document=book.info.id, span=section.heading, path=book.paths[section.index][:-1], page=page)
    return Line(document=book.info.id, text=text or section_label(section), quotes=(quote,))
