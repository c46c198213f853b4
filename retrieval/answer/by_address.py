"""What stands at a place of a document that a question names by its number: "Điều 36 nói về gì?", "mục II.3"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from ingest.types import Section, Span
from retrieval.answer.address import ASKS_PARTS, ORDINALS, ROMAN, UNIT_NAMES, Unit, addresses_asked
from retrieval.answer.asked import Asked
from retrieval.answer.cited import CITED_KINDS, ENGLISH_KINDS
from retrieval.answer.draft import Draft, Line, Quote, quote_passage
from retrieval.answer.library import Book, Library
from retrieval.answer.lookup import names_another
from retrieval.answer.wording import say
from retrieval.types import Passage

_SHORT = 900
"""Code points up to which all of a part is shown; of a longer one its own parts are named."""
_MOST_LINES = 12
_MOST_BOOKS, _MOST_PLACES = 4, 10
_FIRST = 160
_ABOVE = 40
"""Code points above the name of an annex in which its number stands."""
_LEAST = 3
"""Parts of a sort that a document has to have before it is said to lack one."""
_VIETNAMESE = {
    "annex": "Phụ lục",
    "part": "Phần",
    "chapter": "Chương",
    "section": "mục",
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A part of a document: its name where it has one, and its parts, by the sections or passages they begin with."""

    book: Book
    span: Span
    name: str = ""
    heading: Span | None = None
    section: Section | None = None


def answer_address(asked: Asked, library: Library, numbers: dict[str, str]) -> Draft | None:
    """The part of a document that a question asks for by its address, or that there is none; None for others."""
    several = addresses_asked(fold(asked.question.text))
    if not several or names_another(asked, library, numbers):
        return None  # no address, or one in a document that is only cited
    books = _of_kind(fold(asked.question.text), library.scoped(asked.scope.documents))
    if len(several) > 1:
        drafts = [_of_address(asked, books, units) for units in several]
        lines = [line for draft in drafts if draft is not None for line in draft.lines[: _MOST_LINES // len(several)]]
        answered = all(draft is not None and not draft.abstained for draft in drafts)
        return Draft(strategy="address", lines=tuple(lines), support=0.95, certain=True) if answered else None
    return _of_address(asked, books, several[0])


def _of_address(asked: Asked, books: Sequence[Book], units: Sequence[Unit]) -> Draft | None:
    found = [place for book in books for place in _at(book, units)]
    if not found:
        return _not_there(asked, books, units) if asked.scope.named else None
    if len({place.book.info.id for place in found}) > _MOST_BOOKS or len(found) > _MOST_PLACES:
        return None
    if len(found) > 1:
        lines = [line for place in found for line in _beginning(place, found)]
        return Draft(strategy="address", lines=tuple(lines), support=0.95, certain=True)
    lines = _whole(found[0], parts=ASKS_PARTS.search(fold(asked.question.text)) is not None)
    left = len(lines) - _MOST_LINES
    closing = say(asked.reading.language, "parts-left", number=str(left)) if left > 0 else ""
    return Draft(
        strategy="address", lines=tuple(lines[:_MOST_LINES]), support=0.95, closing=closing, certain=True, entire=True
    )


def _of_kind(said: str, books: Sequence[Book]) -> list[Book]:
    """Those of a kind that a question names, "Điều 3 của quyết định", and all where it names none; one may be unknown."""
    named = {kind for kind in re.findall(rf"\b{CITED_KINDS}\b", said) if kind != "van ban"}
    named |= {kind for english, kind in ENGLISH_KINDS.items() if re.search(rf"\b{english}\b", said)}
    kinds = [(one.info.header.kind, one) for one in books]
    own = [one for kind, one in kinds if kind is not None and fold(kind.value) in named]
    return own or [one for kind, one in kinds if kind is None or not named]


def part_lines(book: Book, section: Section, *, whole: bool) -> list[Line]:
    """The heading of a part, and where the ``whole`` is wanted what it says, or what its own parts begin with."""
    place = _place(book, section)
    return _whole(place)[:_MOST_LINES] if whole else _beginning(place, ())


def _at(book: Book, units: Sequence[Unit]) -> list[_Place]:
    """The places of a document at an address: the innermost unit, below the others in their order."""
    found = [
        _place(book, section)
        for section in book.outline
        if _is_unit(book, section, units[-1]) and _below(book, section, units[:-1])
    ]
    if found or units[-1].name not in ("clause", "point") or len(units) < 2:
        return found
    # A khoản or điểm without a heading of its own is an item: "b) Đạt tỷ lệ lấp đầy …".
    mark = re.compile(rf"{re.escape(units[-1].value)}[.)]")
    return [
        _Place(book=book, span=passage.span)
        for above in _at(book, units[:-1])
        for passage in _passages(above)
        if mark.match(fold(passage.reading))
    ]


def _place(book: Book, section: Section) -> _Place:
    name = f"{section.number}. {section.title}".strip(". ") if section.title else ""
    return _Place(book=book, span=section.span, name=name, heading=section.heading, section=section)


def _below(book: Book, section: Section, units: Sequence[Unit]) -> bool:
    left = list(units)
    parent = section.parent
    while left and parent is not None:
        above = book.outline[parent]
        if _is_unit(book, above, left[-1]):
            left.pop()
        parent = above.parent
    return not left


def _is_unit(book: Book, section: Section, unit: Unit) -> bool:
    number = fold(section.number)
    if unit.name == "annex":
        return not number and _is_annex(book, section, unit.value)
    word, _, value = number.rpartition(" ")
    if kind := UNIT_NAMES.get(word.removesuffix(" thu"), ""):
        return kind == unit.name and _figure(str(ORDINALS.get(value, value))) == _figure(unit.value)
    if unit.name == "clause":
        return number == unit.value and _in_article(book, section)
    if unit.name == "part":  # a bare Roman number is one too, where the document calls none so
        return re.fullmatch(ROMAN, number) is not None and _figure(number) == _figure(unit.value)
    # A bare number is a mục, a bare letter a điểm.
    return number == unit.value and (unit.name == "section" or (unit.name == "point" and number.isalpha()))


def _is_annex(book: Book, section: Section, value: str) -> bool:
    """Whether a section is the annex of a number: in its name, or in the line above it."""
    above = fold(book.text[max(0, section.heading.start - _ABOVE) : section.heading.end])
    named = re.findall(r"\b(?:phu luc|bieu(?: mau| so)?)(?: so)? ?([ivx]+|\d+)?\b", above)
    return bool(named) and _figure(named[-1] or "1") == _figure(value)


def _in_article(book: Book, section: Section) -> bool:
    parent = section.parent
    while parent is not None:
        above = book.outline[parent]
        if fold(above.number).startswith("dieu "):
            return True
        parent = above.parent
    return False


def _figure(value: str) -> str:
    """A Roman number in figures; others as they are.

    >>> _figure("xiv"), _figure("3"), _figure("2.1")
    ('14', '3', '2.1')
    """
    if re.fullmatch(ROMAN, value) is None:
        return value
    worth = {"i": 1, "v": 5, "x": 10}
    figures = [worth[letter] for letter in value]
    return str(sum(-one if one < following else one for one, following in zip(figures, [*figures[1:], 0], strict=True)))


def _passages(place: _Place) -> list[Passage]:
    return [
        one for one in place.book.passages if one.kind != "list" and place.span.start <= one.span.start < place.span.end
    ]


def _whole(place: _Place, *, parts: bool = False) -> list[Line]:
    """The name of a place and all that it says where that is short, else what its parts begin with.

    Only the latter where ``parts`` are asked for.
    """
    heading = [_named(place)] if place.name else []
    body = [
        one for one in _passages(place) if place.heading is None or not place.name or one.span.end > place.heading.end
    ]
    own = [one for one in place.book.outline if place.section is not None and one.parent == place.section.index]
    short = sum(len(one.reading) for one in body) <= _SHORT
    if not own or (short and not parts):
        return [*heading, *(_line(one, _below_heading(place, one)) for one in body)]
    return [*heading, *(line for part in own for line in _beginning(_place(place.book, part), ()))]


def _below_heading(place: _Place, passage: Passage) -> str:
    """The heading of a part of a place that a passage stands below, "" where it stands in the place itself."""
    inner = place.section is not None and passage.section != place.section.index and passage.path
    return passage.path[-1] if inner and " " in passage.path[-1] else ""


def _beginning(place: _Place, among: Sequence[_Place]) -> list[Line]:
    """The name of a place, or its first words; with the heading above it where there are several in the document."""
    label = ""
    if place.section is not None and place.section.parent is not None:
        above = _place(place.book, place.book.outline[place.section.parent])
        label = above.name if sum(one.book is place.book for one in among) > 1 else ""
    if place.name:
        return [_named(place, label)]
    first = _passages(place)[:1]
    return [_line(one, label) for one in first]


def _named(place: _Place, label: str = "") -> Line:
    span = place.heading or place.span
    path = next((one.path for one in _passages(place)), ())
    quote = Quote(document=place.book.info.id, span=span, path=path)
    return Line(document=place.book.info.id, text=place.name, quotes=(quote,), label=label)


def _line(passage: Passage, label: str = "") -> Line:
    return Line(
        document=passage.document, text=_shortened(passage.reading), quotes=(quote_passage(passage),), label=label
    )


def _shortened(text: str) -> str:
    """The first words of a very long statement, whole ones."""
    text = text.rstrip(" ;")
    return text if len(text) <= _SHORT else text[:_FIRST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _not_there(asked: Asked, books: Sequence[Book], units: Sequence[Unit]) -> Draft | None:
    """That the documents in question have no part of this number, where they are divided into such parts.

    With the last of its sort, or the part in which it would stand.
    """
    last = units[-1]
    value = last.value.upper() if re.fullmatch(ROMAN, last.value) else last.value
    what = f"{_VIETNAMESE[last.name]} {value}"
    language = asked.reading.language
    above = [place for book in books for place in _at(book, units[:-1])] if len(units) > 1 else []
    if above:
        opening = say(language, "no-such-place", what=what)
        lines = [line for place in above[:_MOST_BOOKS] for line in _beginning(place, above)]
        return Draft(strategy="refused", lines=tuple(lines), support=0.9, opening=opening, abstained=True)
    alike = [one for book in books for one in book.outline if _is_sort(one, last)]
    if len(alike) < _LEAST or len(books) > 1 or len(units) > 1:
        return None
    opening = say(language, "no-address", what=what, first=alike[0].number, last=alike[-1].number)
    line = _beginning(_place(books[0], alike[-1]), ())
    return Draft(strategy="refused", lines=tuple(line), support=0.9, opening=opening, abstained=True)


def _is_sort(section: Section, unit: Unit) -> bool:
    """Whether a section is numbered as the unit is: a Điều, a Chương, a bare Roman number."""
    number = fold(section.number)
    if unit.name == "section":
        return re.fullmatch(ROMAN, number) is not None and re.fullmatch(ROMAN, unit.value) is not None
    return UNIT_NAMES.get(number.rpartition(" ")[0].removesuffix(" thu"), "") == unit.name
