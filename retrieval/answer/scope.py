"""Which documents a question is about, by place, issuing body, number and year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.normalise import CAPITALS, AlignedText, fold, has_marks, key
from ingest.rules.references import references
from retrieval.answer.library import Book, Library
from retrieval.answer.mentions import Mention, Party, issuer_names, mentions, parties
from retrieval.answer.places import NAMED_PLACE, own_places, provinces
from retrieval.answer.terms import content
from retrieval.tokens import abbreviations, syllables

_TWO_CAPITALS = re.compile(rf"\b[{CAPITALS}]\w*\s+[{CAPITALS}]\w*\b")
_ENGLISH_PLACE = re.compile(r"\b((?:[A-ZĐ]\w*\s+){1,3})(?:[Pp]rovince|[Dd]istrict|[Cc]ity|[Tt]own|[Cc]ommune)\b")
_BEFORE_PLACES = frozenset(
    """
    a an the this that each every any some which what whose all both no in at of for from to by on with within across under does do did is are was
    were has have will can may must should how why where when who and or but does if so our my your their its other another
    """.split()
)
_PLAN_OF = re.compile(
    r"(?:ke hoach|van ban|quyet dinh|chuong trinh|bao cao|plan|document)s? (?:so \S+ )?(?:nam (?P<year>\d{4}) )?"
    r"(?:nay )?(?:cua |do |of |by |from )?(?:the )?(?P<issuer>.{3,60})"
)
_PLAN_YEAR = re.compile(
    r"(?:ke hoach|van ban|plan)s? (?:\w+ )?(?:nam |for |of |in )?(?P<year>(?:19|20)\d{2})\b|(?P<early>\b(?:19|20)\d{2})(?:'s)? (?:(?!(?:does|do|did|is|are|was|were|the|a|how|what|which|who|in|to|under|for|by|will|according)\b)[a-z]+ ){0,4}?plan\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The documents in question; ``named`` whether the question says which.

    ``places`` are place names in the question that are no document's own: the evidence must hold them. ``unknown``
    are names and numbers that stand in no document at all. ``words`` are the syllables that only say which document,
    ``names`` the places and ``years`` the years among them.
    """

    documents: tuple[str, ...]
    named: bool
    places: tuple[str, ...]
    unknown: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[str, ...]
    words: frozenset[str]


_SHORT_PLACE = re.compile(
    r"\b((?:tỉnh|huyện|thành phố|TP\.?|thị xã|ở|tại|của|tinh|huyen|thanh pho|thi xa)\s+)([A-ZĐ]{2,3})\b"
)


def spell_out_places(text: str, library: Library) -> str:
    """A question with the initials of a place that has a document written out: "tỉnh BG" is "tỉnh Bắc Giang".

    Initials of several places, and known abbreviations, stay as they are.
    """
    places = {place for book in library.books.values() for place in own_places(book)}
    short: dict[str, list[str]] = {}
    for place in sorted(places):
        short.setdefault("".join(word[0] for word in syllables(place)), []).append(place)

    def full(match: re.Match[str]) -> str:
        found = short.get(fold(match.group(2)), [])
        known = fold(match.group(2)) in abbreviations()
        return match.group(1) + (found[0] if len(found) == 1 and not known else match.group(2))

    text = _SHORT_PLACE.sub(full, text)
    sounds = {_sound(place): place for place in places}

    def written(match: re.Match[str]) -> str:
        name = match.group()
        own = sounds.get(_sound(name))
        other = any(key(name) == key(one) or (fold(name) == fold(one) != fold(own or "")) for one in provinces())
        return name if own is None or other or not has_marks(name) else own

    return _plans(_TWO_CAPITALS.sub(written, text), places)


# "Bản Bắc Giang 2021", "bản của Ban Dân tộc": a document, and no village.
_COPY = re.compile(
    rf"(?<!văn )(?<!thôn )(?<!thôn, )(?<!xã )(?<!các )(?<!cơ )(?<!tại )(?<!ở )\b[Bb]ản (?=(?:kế hoạch|của|năm \d{{4}}|\d{{4}}|UBND|Ủy ban|ủy ban|Ban |tỉnh|huyện|thành phố|TP|[{CAPITALS}]))"
)


def _plans(text: str, places: Collection[str]) -> str:
    """A question with "bản" in front of a body, a year or a place that has a document written as "kế hoạch"."""
    own = sorted(places, key=len, reverse=True)

    def written(match: re.Match[str]) -> str:
        rest = text[match.end() :]
        if rest.startswith("kế hoạch"):
            return ""
        if rest[0].isupper() and not rest.startswith(("UBND", "Ủy ban", "Ban ", "TP")):
            return "kế hoạch " if any(rest.startswith(place) for place in own) else match.group()
        return "kế hoạch "

    return _COPY.sub(written, text)


def _sound(place: str) -> str:
    """A place by its sound: "Bắc Cạn" and "Bắc Kạn" are one, as are "Lý" and "Lí".

    >>> _sound("Bắc Cạn") == _sound("Bắc Kạn"), _sound("Bắc Cạn") == _sound("Bắc Giang")
    (True, False)
    """
    plain = " ".join(syllables(place))
    return re.sub(r"\b[kq](?!h)|\bc(?!h)", "k", plain).replace("y", "i")


def numbers_of(library: Library) -> dict[str, str]:
    """Document numbers in lower case to document ids.

    A plan that leaves its number blank is known by the number under which another document cites it, where that
    citation names its place and most of its title.
    """
    found: dict[str, str] = {}
    for book in library.books.values():
        if book.info.header.number is not None:
            found[book.info.header.number.value.lower()] = book.info.id
    blank = [book for book in library.books.values() if book.info.header.number is None]
    for book in blank:
        for citing in library.books.values():
            if citing is book:
                continue
            for number in _cited_as(book, citing):
                found.setdefault(number, book.info.id)
    return found


def _cited_as(book: Book, citing: Book) -> list[str]:
    header = book.info.header
    if header.title is None or header.kind is None:
        return []
    title = set(content(syllables(header.title.value)))
    places = [" ".join(syllables(place)) for place in own_places(book)]
    found = []
    for sentence in citing.sentences:
        if not any(place in " ".join(sentence.words) for place in places):
            continue
        for reference in references(AlignedText.of(sentence.text)):
            if reference.kind.lower() != header.kind.value.lower() or not reference.number:
                continue
            after = syllables(sentence.text[reference.span.end :])[: len(title) * 2 + 8]
            same_year = header.date is None or reference.date[:4] == header.date.value[:4]
            if title and same_year and len(title & set(after)) >= 0.9 * len(title):
                found.append(reference.number.lower())
    return list(dict.fromkeys(found))


def find_scope(
    text: str,
    library: Library,
    numbers: dict[str, str],
    asked: Sequence[str],
    named_numbers: Sequence[str],
    written: str = "",
) -> Scope:
    """Read the scope of a question. ``asked`` is the filter that the caller set, () for none.

    ``written`` is the question as it was typed, "" for the same: a place that no document has must stand there.
    """
    books = library.scoped(asked)
    words = syllables(text)
    joined = f" {' '.join(words)} "
    own: dict[str, list[Book]] = {}
    for book in books:
        for place in own_places(book):
            own.setdefault(place, []).append(book)
    said = [place for place in own if _says(text, joined, place)]
    used = frozenset(syllable for place in said for syllable in syllables(place)) | {
        *map(fold, named_numbers),
        *(number for book in books if (number := _first_number(book)) and _named_by_number(joined, book)),
    }
    by_number = [
        numbers[number]
        for number in named_numbers
        if number in numbers and numbers[number] in {book.info.id for book in books}
    ]
    bare = [book.info.id for book in books if _named_by_number(joined, book)]
    by_number = by_number or bare
    others, unknown = _other_places(text, written or text, said, books)
    unknown.extend(number for number in named_numbers if number not in numbers and not _stands(number, books))
    chosen = list(books)
    several = parties(text, books, numbers)
    issuer: frozenset[str] = frozenset()
    years: tuple[str, ...] = ()
    if several:
        chosen = [book for book in books if any(book.info.id in one.documents for one in several)]
        issuer = _issuer_words(text, several, chosen)
    elif by_number:
        chosen = [book for book in books if book.info.id in by_number]
    elif said:
        chosen = [book for book in books if any(book in own[place] for place in said)]
        chosen = _narrow_by_place(chosen, said, own)
    if not several:
        chosen, issuer, years = _narrow(joined, chosen)
    named = mentions(text, books, numbers)
    if not several:
        chosen = _named_together(named, chosen)
    used |= {digits for one in named for digits in re.findall(r"\d+", text[one.start : one.end])}
    titled = [year for one in named for year in one.years if {book.info.id for book in chosen} & one.documents]
    years = tuple(dict.fromkeys((*years, *titled)))
    return Scope(
        documents=tuple(book.info.id for book in chosen),
        named=len(chosen) < len(books) or bool(said or by_number) or len(books) == 1,
        places=tuple(others),
        unknown=tuple(dict.fromkeys(unknown)),
        names=tuple(said),
        years=years,
        words=used | issuer,
    )


def _named_together(named: Sequence[Mention], chosen: list[Book]) -> list[Book]:
    """The documents that all the words of a question that name documents fit; all in question where none does."""
    left = chosen
    for one in named:
        left = [book for book in left if book.info.id in one.documents] or left
    return left


def _issuer_words(text: str, several: Sequence[Party], books: Sequence[Book]) -> frozenset[str]:
    """The words of a question that name the bodies that issued the documents in question."""
    said = {word for party in several for one in party.mentions for word in syllables(text[one.start : one.end])}
    return frozenset(word for book in books for name in issuer_names(book) for word in name.split() if word in said)


def _first_number(book: Book) -> str:
    number = book.info.header.number
    found = re.match(r"\d+", number.value) if number is not None else None
    return found.group() if found is not None else ""


def _named_by_number(joined: str, book: Book) -> bool:
    """Whether the question has the number without its sign: "kế hoạch 42", "quyết định số 2853"."""
    number = _first_number(book)
    return (
        bool(number)
        and re.search(rf" (?:ke hoach|quyet dinh|van ban|nghi quyet|plan|decision)(?: mang)?(?: so)? {number} ", joined)
        is not None
    )


def _says(text: str, joined: str, place: str) -> bool:
    """Whether the question names a place; with marks where the question has them, as Hòa Bình is no hoa binh."""
    if f" {' '.join(syllables(place))} " not in joined:
        return False
    spelt_out = fold(place) not in fold(text)  # the question has its abbreviation, such as TPHCM
    return not has_marks(text) or key(place) in key(text) or fold(place) in text.lower() or spelt_out


def _narrow_by_place(chosen: list[Book], said: list[str], own: dict[str, list[Book]]) -> list[Book]:
    """A district and its province in one question mean the district's document."""
    if len(said) < 2:
        return chosen
    both = [book for book in chosen if all(book in own[place] for place in said)]
    return both or chosen


def _narrow(joined: str, chosen: list[Book]) -> tuple[list[Book], frozenset[str], tuple[str, ...]]:
    """By "kế hoạch của Ban Dân tộc …" and "kế hoạch năm 2023"; and the words that said so."""
    if len(chosen) < 2:
        return chosen, frozenset(), ()
    years: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    plan = _PLAN_OF.search(joined)
    if plan is not None:
        issuer = plan.group("issuer")
        fitting = [book for book in chosen if _issued_by(book, issuer)]
        if fitting and len(fitting) < len(chosen):
            chosen = fitting
            header = fitting[0].info.header
            used = frozenset(syllables(header.issuer.value)) if header.issuer is not None else used
    dated = _PLAN_YEAR.search(joined)
    if dated is not None and len(chosen) > 1:
        year = dated.group("year") or dated.group("early")
        fitting = [
            book for book in chosen if book.info.header.date is not None and book.info.header.date.value[:4] == year
        ]
        if fitting:
            chosen, years = fitting, (year,)
    return chosen, used, years


def _issued_by(book: Book, said: str) -> bool:
    header = book.info.header
    if header.issuer is None:
        return False
    issuer = syllables(NAMED_PLACE.sub("", header.issuer.value))
    core = [word for word in issuer if word not in ("tinh", "huyen", "thanh", "pho")]
    return bool(core) and said.startswith(" ".join(core))


def _other_places(text: str, written: str, said: list[str], books: Sequence[Book]) -> tuple[list[str], list[str]]:
    """Places in the question that are no document's own: those that some text has, and those that none has."""
    named = [match.group(1) for match in NAMED_PLACE.finditer(text)]
    named.extend(name for match in _ENGLISH_PLACE.finditer(text) if (name := _without_small_words(match.group(1))))
    typed = f" {' '.join(syllables(written))} "
    named.extend(province for province in provinces() if _says(written, typed, province))
    inside: list[str] = []
    unknown: list[str] = []
    for place in dict.fromkeys(named):
        syllables_of = syllables(place)
        if not content(syllables_of) or any(set(syllables_of) & set(syllables(own)) for own in said):
            continue
        looked = " ".join(syllables_of)
        stands = any(f" {looked} " in f" {book.folded} " for book in books)
        (inside if stands else unknown).append(place)
    return inside, unknown


def _without_small_words(name: str) -> str:
    """A place as a pattern found it: "In Binh Giang" is Binh Giang, and "Which" of "Which district" is none."""
    words = name.split()
    while words and words[0].lower() in _BEFORE_PLACES:
        words.pop(0)
    return " ".join(words)


def _stands(number: str, books: Sequence[Book]) -> bool:
    folded = fold(number)
    return any(folded in fold(book.text).replace(" ", "") for book in books)
