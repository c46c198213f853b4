"""From when a document is in force: "Nghị định này có hiệu lực thi hành từ ngày …", at the end of a legal text."""

from __future__ import annotations

import re

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.days import days_in, first_day
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.wording import say

_ASKS = re.compile(
    r"\bhieu luc\b(?!.{0,30}\b(?:het|khong con)\b)|\bap dung (?:ke )?(?:tu|bat dau)\b|\bbat dau (?:duoc )?(?:ap dung|thi hanh)\b"
    r"|\b(?:tak(?:e|es|ing)|took|come|comes|came) (?:into )?(?:effect|force)\b|\b(?:in force|effective (?:date|from))\b"
)
_WHEN = re.compile(
    r"\b(?:khi nao|bao gio|luc nao|(?:ngay|thang|nam|dau|hom) (?:nao|may)|tu (?:ngay|dau)|ngay bao nhieu|when|what date|which date|from what|from which|effective date)\b"
)
# "có hiệu lực kể từ ngày ... tháng ... năm 2025"
_BLANK = re.compile(r"\bngày[\s.…_]*tháng[\s.…_]*năm\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:het hieu luc|khong con hieu luc|thay the|bai bo|expire\w*|repeal\w*|cease\w*)\b")
_IN_FORCE = re.compile(r"\bco hieu luc (?:thi hanh )?(?:ke )?tu\b")
_TITLED = 0.5  # of what is asked, in the title of the only document that has so much of it
_OWN = re.compile(r"\bnay (?:co|bat dau co) hieu luc\b")


def answer_effect(asked: Asked, library: Library) -> Draft | None:
    """The sentence by which each document in question comes into force; None where that is not asked, or not said."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    claimed = first_day(said)
    if not _ASKS.search(said) or not (_WHEN.search(said) or claimed) or _ENDS.search(said):
        return None
    books = library.scoped(asked.scope.documents)
    if not asked.scope.named and len(books) > 1:
        titled = {book.info.id: asked.matter.covered_by(book.title_bag) for book in books}
        most = max(titled.values())
        books = [book for book in books if titled[book.info.id] == most >= _TITLED]
        if len(books) != 1:
            return None
    lines = tuple(line for book in books if (line := _stated(book)) is not None)
    if not lines:
        return None
    if all(_BLANK.search(line.text) for line in lines):
        return Draft(
            strategy="blank",
            lines=lines,
            support=0.9,
            opening=say(asked.reading.language, "blank-effect"),
            abstained=True,
        )
    if claimed and not any(set(days_in(claimed)) <= set(days_in(line.text)) for line in lines):
        opening = say(asked.reading.language, "corrected", figure=claimed)
        return Draft(strategy="corrected", lines=lines, support=0.9, opening=opening, certain=True)
    return Draft(strategy="effect", lines=lines, support=0.9, certain=True)


def _stated(book: Book) -> Line | None:
    """The sentence, or the heading, that says it of the document itself, not of one that it cites."""
    sentence = next((one for one in book.sentences if _says(one.text)), None)
    if sentence is not None and not _BLANK.search(sentence.text):
        return line_of(sentence)
    heading = next((one for one in book.outline if one.title and _says(one.title)), None)
    if heading is not None:
        text = " ".join(book.text[heading.heading.start : heading.heading.end].split())
        return Line(document=book.info.id, text=text, quotes=(Quote(document=book.info.id, span=heading.heading),))
    return line_of(sentence) if sentence is not None else None


def _says(text: str) -> bool:
    folded = fold(text)
    return _OWN.search(folded) is not None and _IN_FORCE.search(folded) is not None
