"""Questions about several places: each side is a question of its own, asked of its own documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.normalise import fold
from retrieval.answer.library import Library
from retrieval.answer.scope import Scope, own_places

# Where one side's clause ends and the other's begins.
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?=(?:còn|con|trong khi|ngược lại|while|whereas|versus|vs\.?)\s)", re.IGNORECASE)
_HEADS = (
    r"(?:(?:của|ở|tại|cho|trong kế hoạch của|trong kế hoạch|kế hoạch của|kế hoạch|of|in|for)\s+)*"
    r"(?:(?:tỉnh|huyện|thành phố|thị xã|TP\.?|tinh|huyen|thanh pho)\s+)?"
)
_JOINS = r"(?:\s*,)?\s*(?:(?:và|với|hay|hoặc|va|voi|and|or|with)\s+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One place of a question: what is asked of it, and the documents that are of it."""

    place: str
    text: str
    documents: tuple[str, ...]


def sides(text: str, scope: Scope, library: Library) -> tuple[Side, ...]:
    """The sides of a question that names several places with documents of their own; () for any other."""
    of: dict[str, tuple[str, ...]] = {}
    for place in scope.names:
        documents = tuple(one for one in scope.documents if place in own_places(library.books[one]))
        if documents and not any(set(documents) & set(others) for others in of.values()):
            of[place] = documents
    if len(of) < 2:
        return ()
    return tuple(Side(place=place, text=_own(text, place, tuple(of)), documents=of[place]) for place in of)


def _own(text: str, place: str, places: tuple[str, ...]) -> str:
    """The clauses that speak of a place or of none, without the names of the others."""
    one_of = "|".join(re.escape(name) for name in dict.fromkeys((*places, *map(fold, places))))
    named = rf"{_HEADS}(?:{one_of})\b"
    # "A, B và C": of an enumeration only the place itself is left.
    text = re.sub(
        rf"{named}(?:{_JOINS}{named})+",
        lambda found: place if _names(found.group(), place) else found.group(),
        text,
        flags=re.IGNORECASE,
    )
    others = [one for one in places if one != place]
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    kept = [clause for clause in clauses if _names(clause, place) or not any(_names(clause, one) for one in others)]
    if not any(_names(clause, place) for clause in kept):
        kept = clauses
    left = ", ".join(kept)
    for other in dict.fromkeys((*others, *map(fold, others))):
        left = re.sub(rf"{_JOINS}{_HEADS}{re.escape(other)}\b", " ", left, flags=re.IGNORECASE)
    return " ".join(left.split()).strip(" ,")


def _names(clause: str, place: str) -> bool:
    return re.search(rf"\b{re.escape(fold(place))}\b", fold(clause)) is not None
