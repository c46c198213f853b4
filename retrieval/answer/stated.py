"""How many there are where the document counts itself: "2. Các chi cục thuộc Sở (04 Chi cục):"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.chunk import section_label
from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote, quote_passage
from retrieval.answer.forms import NO_THING
from retrieval.answer.library import Book, Library
from retrieval.answer.passages import lines_below
from retrieval.answer.terms import bag
from retrieval.tokens import marked_syllables

_COUNTED = re.compile(rf"\b(?:bao nhieu|may) (?!(?:{NO_THING})\b)([a-z]+)(?: ([a-z]+))?")
_BRACKET = re.compile(r"\(\s*(?:gom |co )?0*(\d{1,3}) ([^()]{2,60}?)\s*\)")
_COVERED = 0.5
_MOST = 20


def answer_stated_count(asked: Asked, library: Library) -> Draft | None:
    """The heading or lead-in that counts what is asked for in brackets, with what it counts; or None."""
    counted = _COUNTED.search(fold(asked.alone)) if asked.reading.language == "vi" else None
    if counted is None or asked.carried or asked.reading.parts:
        return None
    first, second = counted.group(1), counted.group(2) or ""
    found: list[tuple[float, list[Line]]] = []
    for book in library.scoped(asked.scope.documents):
        for text, above, lines in (*_headings(book, first, second), *_leads(book, first, second)):
            held = bag(marked_syllables("\n".join((text, *above))))
            covered = asked.matter.covered_by(held, book.title_bag)
            if covered >= _COVERED:
                found.append((covered, lines))
    if not found:
        return None
    covered, lines = max(found, key=lambda one: one[0])
    return Draft(strategy="stated", lines=tuple(lines[:_MOST]), support=covered, certain=True)


_Found = Iterator[tuple[str, tuple[str, ...], list[Line]]]


def _headings(book: Book, first: str, second: str) -> _Found:
    for section in book.outline:
        if _counts(section.title, first, second):
            path = book.paths[section.index]
            quote = Quote(document=book.info.id, span=section.heading, path=path)
            own = Line(document=book.info.id, text=section_label(section).rstrip(" :;"), quotes=(quote,))
            below = [replace(one, label="") for one in lines_below(book, section.index)]
            yield section.title, path, [own, *below]


def _leads(book: Book, first: str, second: str) -> _Found:
    for passage in book.passages:
        if passage.kind in ("paragraph", "item") and _counts(passage.reading, first, second):
            own = Line(document=book.info.id, text=passage.reading.rstrip(" :;"), quotes=(quote_passage(passage),))
            items = [one for one in book.passages if one.lead == passage.index and one.kind != "list"]
            below = [Line(document=book.info.id, text=one.reading, quotes=(quote_passage(one),)) for one in items]
            yield passage.reading, passage.path, [own, *below]


def _counts(text: str, first: str, second: str) -> bool:
    """Whether a text has a number of the thing in brackets, by its second word too where it has several."""
    for _, thing in _BRACKET.findall(fold(text)) if "(" in text else ():
        words = thing.split()
        if words[0] == first and (len(words) == 1 or not second or second in words[1:]):
            return True
    return False
