"""What a document says that a term is: "7. Tỷ lệ lấp đầy là tỷ lệ % của …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.terms import Topic, bag, content, without_grammar
from retrieval.definitions import asked_term
from retrieval.tokens import BREAK, marked_syllables

# What is asked for is what something is, how it is reckoned, who is called so.
_ASKS = re.compile(
    r"\bla (?:gi|nhung gi|loai gi|cai gi|phan (?:\w+ ){0,2}(?:gi|nao|de lam gi|dung)|sao|ai|the nao|nhu the nao|bao gom gi)\b|\b(?:duoc )?(?:goi|coi|xem|hieu|xac dinh) (?:chung )?la\b"
    r"|\b(?:duoc )?(?:tinh|hieu|dinh nghia|xac dinh) (?:nhu )?(?:the nao|ra sao|sao)\b|\bnghia la\b|\bdinh nghia\b|\bkhai niem\b"
    r"|\bwhat (?:is|are|counts as|does .{2,60} mean)\b|\b(?:mean(?:s|t|ing)|defin\w+|regarded as|considered)\b"
)
_DEFINES = re.compile(
    r"^\W*(?:\d{1,3}[.)]\s*|[a-zđ][.)]\s*)?(?:Khái niệm |Thuật ngữ )?[\"“]?(?P<term>[^:;.\n]{2,120}?)[\"”]?\s*(?:\([^()]{1,80}\)\s*)?(?:được hiểu |có nghĩa |nghĩa )?là\s",
)
_TERM, _ASKED, _SURELY = 0.8, 0.55, 0.75
_WHOLE, _MOSTLY = 0.85, 0.6  # a term that stands in the question, and is most of what it is about
_MOST = 2


def answer_defined(asked: Asked, library: Library) -> Draft | None:
    """The clauses that say what the term is after which a question asks; None where it asks for no term, or none does."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    if asked.reading.lookups:  # "what is the number and date of …" asks for no term
        return None
    if asked.carried or len(content(asked.topic)) < _MOST or not (_ASKS.search(said) or asked_term(asked.alone)):
        return None
    own = asked.matter.over(tuple(asked.topic))
    asks = bag(marked_syllables(asked.text))
    found: list[tuple[float, bool, Sentence]] = []
    for book in library.scoped(asked.scope.documents):
        for sentence, term in _defined(book):
            words = tuple(word for word in marked_syllables(without_grammar(term)) if word != BREAK)
            if len(words) < _MOST:
                continue
            inside = Topic(words, library.weights).covered_by(asks)
            covered = own.covered_by(bag(marked_syllables(term)), book.title_bag)
            if inside >= _TERM and covered >= _ASKED:
                surely = covered >= _SURELY or (inside >= _WHOLE and covered >= _MOSTLY)
                found.append((covered + inside, surely, sentence))
    if not found:
        return None
    found.sort(key=lambda one: -one[0])
    best, surely, _ = found[0]
    lines = tuple(line_of(sentence) for score, _, sentence in found[:_MOST] if score >= best - 1e-6)
    return Draft(strategy="defined", lines=lines, support=min(1.0, best / 2), certain=surely)


def _defined(book: Book) -> Iterator[tuple[Sentence, str]]:
    """The sentences that explain a term, each with it."""
    for sentence in book.sentences:
        match = _DEFINES.match(sentence.text) if sentence.passage.kind in ("paragraph", "item") else None
        if match is not None and " " in match.group("term").strip():
            yield sentence, match.group("term")
