"""The same statement in other documents: plans of one programme copy each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.terms import STOP_MARKED, content

_COPIED = ("read", "duties", "duties-of", "list", "cited")
_STATEMENTS = 2  # of an answer that are looked for elsewhere
_ALIKE = 0.6  # of the words of the shorter of two statements
_AS_MUCH = 0.9  # of what the question asks
_LEAST = 6  # words that carry matter


def with_alike(asked: Asked, draft: Draft, library: Library) -> Draft:
    """A draft with what other documents say alike, where the question does not say which of them it means."""
    if asked.scope.named or asked.carried or draft.strategy not in _COPIED or len(draft.lines) > _STATEMENTS:
        return draft
    given = {line.document for line in (*draft.lines, *draft.more)}
    books = [book for book in library.scoped(asked.question.documents) if book.info.id not in given]
    found = tuple(line for book in books for line in _alike(asked, draft.lines, book, library))
    return replace(draft, lines=(*draft.lines, *found)) if found else draft


def _alike(asked: Asked, lines: Sequence[Line], book: Book, library: Library) -> Iterator[Line]:
    """The statement of a document that is most like the first ones of a draft, if one is."""
    best: tuple[float, Sentence] | None = None
    for line in lines:
        own = _matter(library.books[line.document].bag(line.text))
        asks = asked.matter.covered_by(library.books[line.document].bag(f"{line.label}\n{line.text}"))
        if len(own) < _LEAST:
            continue
        for sentence in book.sentences:
            other = _matter(sentence.bag)
            if len(other) < _LEAST or sentence.passage.kind in ("heading", "basis", "title", "letterhead"):
                continue
            shared = len(own & other) / min(len(own), len(other))
            if shared < _ALIKE or (best is not None and shared <= best[0]):
                continue
            if asked.matter.covered_by(sentence.bag, sentence.above_bag) >= _AS_MUCH * asks:
                best = shared, sentence
    if best is not None and content(asked.topic):
        yield line_of(best[1])


def _matter(bag: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in bag if term.startswith("=") and term[1:] not in STOP_MARKED)
