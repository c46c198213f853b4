"""What the documents say about a matter that a question only names: "kế hoạch nói gì về truyền thông?".

No fact is asked for: the answer is the part that is headed so, or else the statements that name the matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.normalise import fold
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.by_address import part_lines
from retrieval.answer.draft import Draft, Line, quote_of
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.passages import label_of
from retrieval.answer.terms import content
from retrieval.tokens import BREAK
from retrieval.types import Hit

_SAYS = r"(?:noi|quy dinh|neu|de cap|viet|ghi|trinh bay|dat ra|co noi dung|ban|nhac)"
_WHAT = r"(?:nhung )?(?:gi|nhu the nao|the nao|ra sao|cai gi|nhung gi|noi dung gi|dieu gi)(?: cu the)?"
_ABOUT = re.compile(
    rf"\b{_SAYS}(?: \w+){{0,1}}? {_WHAT} (?:ve|den|toi|lien quan (?:den|toi)|doi voi|trong chuyen|trong viec) (?P<matter>.+)$"
    r"|\bwhat (?:does|do|did|is|has) .{0,90}?\b(?:say|said|says|state|stated|provide|mention|mentioned|stipulate|lay down|set out)\s+(?:about|on|regarding|concerning) (?P<english>.+)$"
)
_COVERED = 0.9
_MOST_HEADINGS = 4
_STATES = ("paragraph", "item", "row")
_MOST = 5
_LONGEST = 6
"""Words of a matter at most: a longer one asks for a fact."""


def answer_topic(asked: Asked, library: Library, hits: Sequence[Hit], phrase: Callable[[str], Asked]) -> Draft | None:
    """The part headed by what a question asks about, or the statements that name it; None for other questions."""
    text = (asked.question.text if asked.reading.language == "en" else asked.text).rstrip(" ?.!")
    found = _ABOUT.search(fold(text))
    if found is None or len(fold(text)) != len(text):
        return None
    name = "matter" if found.group("matter") else "english"
    about = phrase(text[found.start(name) : found.end(name)])
    if not 0 < len(content(about.topic)) <= _LONGEST or about.missing or about.reading.parts:
        return None
    books = library.scoped(asked.scope.documents)
    headed = [(book, section) for book in books for section in _headed(book, about)]
    if 0 < len(headed) <= _MOST_HEADINGS:
        alone = len(headed) == 1
        lines = [line for book, section in headed for line in part_lines(book, section, whole=alone)]
        return Draft(strategy="topic", lines=tuple(lines), support=0.9, certain=True)
    named = _naming(about, books, hits)
    if not named:
        return None
    return Draft(strategy="topic", lines=tuple(named[:_MOST]), support=0.9, certain=True)


def _headed(book: Book, about: Asked) -> list[Section]:
    """The parts whose headings have all of a matter, without those inside of such."""
    found: list[Section] = []
    for section in book.outline:
        if section.title and about.matter.covered_by(book.bag(section.title)) >= _COVERED:
            within = any(one.span.start <= section.span.start < one.span.end for one in found)
            found.extend(() if within else (section,))
    return found


def _naming(about: Asked, books: Sequence[Book], hits: Sequence[Hit]) -> list[Line]:
    """The statements that name a matter in its own words, the nearest to the question first."""
    rank = {(hit.passage.document, hit.passage.index): at for at, hit in enumerate(hits)}
    words = f" {' '.join(fold(word) for word in about.topic if word != BREAK)} "
    named = [
        sentence
        for book in books
        for sentence in book.sentences
        if sentence.passage.kind in _STATES
        and about.matter.covered_by(sentence.bag) >= _COVERED
        and (about.reading.language == "en" or words in f" {' '.join(sentence.words)} ")
    ]
    named.sort(key=lambda one: rank.get((one.document, one.passage.index), len(rank)))
    return [_line(one) for one in named]


def _line(sentence: Sentence) -> Line:
    return Line(
        document=sentence.document,
        text=sentence.text.rstrip(" ;"),
        quotes=(quote_of(sentence),),
        label=label_of(sentence),
    )
