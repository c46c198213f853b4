"""For how long a plan itself is: its line "Thời gian thực hiện", or the years in its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import fold
from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.evidence import holds_year
from retrieval.answer.library import Book, Library
from retrieval.answer.terms import Topic, content
from retrieval.answer.wording import say
from retrieval.registers.times import periods

_ASKS = re.compile(
    r"\b(?:keo dai|thuc hien|trien khai|ap dung|dien ra|chay|lam)\b.{0,25}\b(?:tu (?:nam )?nao (?:den|toi)|den (?:bao gio|khi nao|nam nao|het nam nao|nam may)|toi (?:bao gio|khi nao|nam nao)|bao lau|trong (?:giai doan nao|thoi gian nao|bao lau|may nam|nhung nam|cac nam)|may nam)"
    r"|\b(?:ke hoach|de an|chuong trinh|phuong an)\b.{0,60}?\b(?:nam nao|khi nao|bao gio|luc nao) (?:thi |moi )?(?:ket thuc|het han|het hieu luc|cham dut)\b"
    r"|\b(?:ke hoach|de an|chuong trinh|phuong an)\b.{0,60}?\b(?:ket thuc|het han|het hieu luc|cham dut) (?:vao )?(?:nam |luc )?(?:nao|khi nao|bao gio|nam may)\b"
    r"|\b(?:when|what year|which year)\b.{0,40}\b(?:plan|programme|scheme)\b.{0,40}\b(?:end|ends|finish|finishes|expire|expires)\b"
    r"|\bcung (?:mot )?(?:khoang (?:nam|thoi gian)|giai doan|thoi ky|thoi gian|quang thoi gian)\b|\b(?:same|different) (?:period|years|time ?frame|time ?span)\b"
    r"|\bgiai doan nao\b|\btu nam nao (?:den|toi) nam nao\b|\bthoi gian (?:thuc hien|trien khai) (?:cua |ke hoach |de an |chuong trinh )*(?:la |tu |den |trong )*(?:nao|bao gio|bao lau|khi nao|gi|may|giai doan)"
    r"|\b(?:what|which) (?:period|years|time ?frame|time ?span)\b|\bhow long (?:does|will|is) (?:the |this |that )?(?:\w+ ){0,6}(?:plan|programme|program|scheme)\b|\b(?:plan|programme|scheme)\b.{0,40}\buntil (?:when|what year|which year)\b"
)
_PHASE = re.compile(
    r"\bphase (?:i+|[1-3]|one|two|three)\b|\bgiai doan (?:i+|[1-3]|mot|hai|ba)\b"
)  # a part of a programme
_CLAIMS = re.compile(
    r"\b(?:ke hoach|chuong trinh|de an)\b.{0,60}\b(?:keo dai|thuc hien|chay|ap dung|trien khai|co hieu luc|lam)\b(?: (?:den|toi|tan|het|cuoi|tu \d{4}))+ (?:nam )?(?P<year>\d{4})\b"
    r"|\b(?:plan|programme|scheme)\b.{0,60}\b(?:runs?|running|lasts?|lasting|extends?|continues?|covers?)\b(?: \w+){0,3} (?:until|till|to|up to) (?P<until>\d{4})\b"
)
_LINE = re.compile(r"\W*(?:\d{1,2}\.\s*|[a-zđ]\)\s*)?Thời gian(?: thực hiện| triển khai)?\s*:", re.IGNORECASE)
_HEADING = re.compile(r"\bthoi gian(?: thuc hien| trien khai)?\b")
_SAID = frozenset(
    "cung khoang quang keo dai ap dung dien ra chay lam het giai doan tu den toi ket thuc han cham dut hieu luc".split()
)
_OF_PLAN = 0.65  # of what is asked about, in the document's name
_OF_NAMED = 0.4
_PLAN = re.compile(r"(?:ke hoach|chuong trinh|de an|the plan)\b")
_MOST = 4  # plans of one name


def answer_period(asked: Asked, library: Library) -> Draft | None:
    """The period of the plan that the question names; None where it asks for the time of something in it."""
    claimed = _claimed(asked)
    if claimed:
        return _corrected(asked, library, claimed)
    # As it was typed, and as it was meant: "nawm naof keets thucs".
    said = f"{fold(asked.question.text)}\n{fold(asked.alone)}"
    if asked.reading.kind not in ("deadline", "open", "date") or not _ASKS.search(said) or _PHASE.search(said):
        return None
    named = Topic([word for word in asked.topic if fold(word) not in _SAID], library.weights)
    matter = asked.matter if asked.reading.language == "en" else named
    about = [
        (matter.covered_by(book.title_bag) if content(named.words) else 1.0, book)
        for book in library.scoped(asked.scope.documents)
    ]
    best = max((share for share, _ in about), default=0.0)
    # Where one document is named, what else is said of the plan need not be its title.
    least = _OF_NAMED if asked.scope.named and len(about) == 1 and _PLAN.match(fold(asked.alone)) else _OF_PLAN
    books = [book for share, book in about if share >= max(least, best)]
    if not 0 < len(books) <= _MOST:
        return None
    lines = [line for book in books for line in _lines(book)]
    return (
        Draft(strategy="header:period", lines=tuple(lines), support=0.9, certain=asked.scope.named) if lines else None
    )


def _claimed(asked: Asked) -> str:
    """The year that a question takes the plan to run to: "kế hoạch kéo dài tới tận 2030 thì …", or ""."""
    found = _CLAIMS.search(fold(asked.question.text))
    year = found.group("year") or found.group("until") if found is not None else ""
    return year if year in asked.reading.years and year not in asked.scope.years else ""


def _corrected(asked: Asked, library: Library, year: str) -> Draft | None:
    """The period of the plan in question where it does not reach the year; None where it does, or none is said."""
    books = library.scoped(asked.scope.documents)
    if not asked.scope.named or len(books) > 1:
        return None
    lines = [line for book in books for line in _lines(book)]
    if not lines or any(holds_year(line.text, year) for line in lines):
        return None
    opening = say(asked.reading.language, "corrected", figure=year)
    return Draft(strategy="corrected", lines=tuple(lines), support=0.9, opening=opening, certain=True)


def _lines(book: Book) -> Iterator[Line]:
    for sentence in book.sentences:
        if sentence.passage.kind in ("paragraph", "item", "heading") and periods_in(sentence.text):
            above = sentence.passage.path[-1] if sentence.passage.path else ""
            if _LINE.match(sentence.text) or (
                len(above) < len("Thời gian thực hiện") * 2 and _HEADING.search(fold(above))
            ):
                yield line_of(sentence)
                return
    title = book.info.header.title
    if title is None:
        return
    found = [one for one in periods(title.value) if one.value != "yearly"]
    if found:
        quote = Quote(document=book.info.id, span=Span(title.span.start, title.span.end))
        yield Line(document=book.info.id, text=title.value, quotes=(quote,))


def periods_in(text: str) -> bool:
    """Whether a text names a year or a period."""
    return any(one.value != "yearly" for one in periods(text))
