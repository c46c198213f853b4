"""A document that a question takes to be in force, and that another replaces: "Kế hoạch 12 còn áp dụng …"."""

from __future__ import annotations

import re

from ingest.normalise import AlignedText, fold
from ingest.rules.references import references
from retrieval.answer.asked import Asked
from retrieval.answer.cited import CITED_KINDS
from retrieval.answer.draft import Draft, Line, quote_of
from retrieval.answer.library import Library
from retrieval.answer.wording import say

_IN_FORCE = re.compile(
    r"\b(?:dang|van|con|tiep tuc|duy tri)(?: \w+){0,3} (?:hieu luc|ap dung|gia tri)\b|\bsong song\b"
    r"|\b(?:still|remains?|is|are) (?:\w+ ){0,2}(?:in force|valid|applicable|in effect)\b|\bstill appl(?:y|ies)\b"
)
_NAMED = re.compile(rf"\b(?:{CITED_KINDS}|plan|decision|resolution|programme)s? (?:so |no\.? |number )?0*(\d{{1,5}})\b")
_REPLACES = re.compile(r"\b(?:thay the|bai bo|huy bo|het hieu luc|cham dut hieu luc|dung thuc hien)\b")


def answer_replaced(asked: Asked, library: Library) -> Draft | None:
    """The statement that another document takes its place; None for any other question."""
    said = fold(asked.question.text)
    if not _IN_FORCE.search(said):
        return None
    for digits in dict.fromkeys(_NAMED.findall(said)):
        for book in library.scoped(asked.scope.documents or asked.question.documents):
            own = book.info.header.number
            if own is not None and re.split(r"\D", own.value.lstrip("0"))[0] == digits:
                return None  # of the document itself, not of one that it cites
            for sentence in book.sentences:
                if digits not in sentence.text or not _REPLACES.search(fold(sentence.text)):
                    continue
                named = [one.number for one in references(AlignedText.of(sentence.text)) if _is(one.number, digits)]
                if named:
                    line = Line(document=book.info.id, text=sentence.text, quotes=(quote_of(sentence),))
                    opening = say(asked.reading.language, "replaced", number=named[0])
                    return Draft(strategy="corrected", lines=(line,), support=0.9, opening=opening, certain=True)
    return None


def _is(number: str, digits: str) -> bool:
    return re.split(r"\D", number.lstrip("0"))[0] == digits
