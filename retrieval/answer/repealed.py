"""Which articles of another document one takes back, changes or puts others in place of: "Bãi bỏ Điều 12, Điều 17".

An amending document says so in a line that begins with the deed, below a heading that cites the other (Luật Ban hành
văn bản quy phạm pháp luật, and Nghị định 78/2025/NĐ-CP on how it is written).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Book, Library

_PARTS = r"(?:dieu|khoan|diem|cum tu|noi dung)"
_ASKS = re.compile(
    rf"\b(?P<deed>bai bo|huy bo|bo han|bo|sua doi|sua|bo sung|thay the|thay)\b[^?]{{0,60}}?\b(?:nhung |cac )?{_PARTS}(?: (?:khoan|diem))? (?:nao|gi)\b"
    rf"|\b(?:nhung |cac )?{_PARTS} (?:nao|gi)\b[^?]{{0,60}}?\b(?:bi|duoc) (?P<done>bai bo|huy bo|bo|sua doi|sua|bo sung|thay the|thay)\b"
    r"|\b(?:which|what) (?:articles?|clauses?|points?|provisions?)\b[^?]{0,80}?\b(?P<english>repeal|abolish|delet|remov|amend|chang|replac|supplement)\w*"
)
_DEEDS = {
    "bai bo": "bai bo|huy bo",
    "huy bo": "bai bo|huy bo",
    "bo han": "bai bo|huy bo",
    "bo": "bai bo|huy bo",
    "repeal": "bai bo|huy bo",
    "abolish": "bai bo|huy bo",
    "delet": "bai bo|huy bo",
    "remov": "bai bo|huy bo",
    "thay the": "thay the|thay",
    "thay": "thay the|thay",
    "replac": "thay the|thay",
    "bo sung": "bo sung|sua doi, bo sung",
    "supplement": "bo sung|sua doi, bo sung",
}
_CHANGES = "sua doi|bo sung"
_CITED = re.compile(r"(?<![\d/])0*(\d{1,4})/(20\d\d)")
_MOST = 12
_BEGINNING = 300
"""Code points of a part in which it may cite the document that it changes."""
_ABOVE = 2
"""Headings above a line in which the other document is cited."""


def answer_repealed(asked: Asked, library: Library) -> Draft | None:
    """The lines that say it, of the cited document where one is named; None for other questions, or where none do."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    found = _ASKS.search(said)
    if found is None:
        return None
    deed = found["deed"] or found["done"] or found["english"]
    words = "" if re.search(r"\bcum tu\b", said) else "(?! (?:mot so )?cum tu)"
    does = re.compile(
        rf"^[\W\d]*(?:[a-zđ][.)] )?(?:{_DEEDS.get(deed, _CHANGES)})\b{words}(?=.*\b{_PARTS} \w)", re.DOTALL
    )
    cited = {digits for digits, _ in _CITED.findall(asked.question.text)} - _own(asked, library)
    lines = [line for book in library.scoped(asked.scope.documents) for line in _lines(book, does, cited)]
    if not lines or len(lines) > _MOST or len({line.document for line in lines}) > 1:
        return None
    return Draft(strategy="list", lines=tuple(lines), support=0.9, certain=True)


def _own(asked: Asked, library: Library) -> set[str]:
    """The numbers of the documents in question themselves."""
    numbers = [library.books[one].info.header.number for one in asked.scope.documents]
    return {re.split(r"\D", one.value.lstrip("0"))[0] for one in numbers if one is not None}


def _lines(book: Book, does: re.Pattern[str], cited: set[str]) -> Iterator[Line]:
    for sentence in book.sentences:
        if sentence.passage.kind in ("row", "basis") or not does.search(fold(sentence.text)):
            continue
        around = " ; ".join(
            (sentence.text, *sentence.passage.path[-_ABOVE:], *_beginnings(book, sentence.passage.section))
        )
        if not cited or cited & {digits for digits, _ in _CITED.findall(around)}:
            yield line_of(sentence)


def _beginnings(book: Book, section: int) -> Iterator[str]:
    """How the parts begin that one stands in: "Điều 1. … một số điều của Nghị quyết số 35/2024/NQ-HĐND"."""
    at: int | None = section if section >= 0 else None
    while at is not None:
        own = book.outline[at]
        yield book.text[own.span.start : min(own.span.end, own.span.start + _BEGINNING)]
        at = own.parent
