"""Which documents a question is about, by place, issuing body, number and year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from ingest.normalise import CAPITALS, AlignedText, fold, has_marks, key, strip_marks
from ingest.rules.references import references
from retrieval.answer.library import Book, Library
from retrieval.answer.mentions import Mention, Party, issuer_names, mentions, parties
from retrieval.answer.places import NAMED_PLACE, own_places, provinces
from retrieval.answer.terms import content
from retrieval.restore import is_syllable
from retrieval.tokens import abbreviations, syllables

_TWO_CAPITALS = re.compile(rf"\b[{CAPITALS}]\w*\s+[{CAPITALS}]\w*\b")
_ENGLISH_PLACE = re.compile(r"\b((?:[A-ZĐ]\w*\s+){1,3})(?:[Pp]rovince|[Dd]istrict|[Cc]ity|[Tt]own|[Cc]ommune)\b")
_BEFORE_PLACES = frozenset(
    """
    a an the this that each every any some which what whose all both no in at of for from to by on with within across under does do did is are was
    were has have will can may must should how why where when who and or but does if so our my your their its other another
    """.split()
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
    r"(?<![&/-])\b((?:tỉnh|huyện|thành phố|TP\.?|thị xã|ở|tại|của|tinh|huyen|thanh pho|thi xa)\s+|)([A-ZĐ]{2,3})\b(?![/&-])"
)


_INITIAL_AND_LAST = re.compile(rf"\b[{CAPITALS}]{{2,3}}[^\W\d_{CAPITALS}]+\b")  # "BGiang"


_LONG_NAME, _SHORT_NAME = 5, 3  # letters


def part_names(text: str, library: Library) -> str:
    """A question with the name of a place that has a document in its syllables: "Hanoi", as foreigners write it."""
    for place in {place for book in library.books.values() for place in own_places(book)}:
        joined = fold(place).replace(" ", "")
        if " " in place and len(joined) >= _LONG_NAME:
            text = re.sub(rf"\b{re.escape(joined)}\b", place, text, flags=re.IGNORECASE)
    return text


def with_marks(text: str, library: Library) -> str:
    """An English text with the names of places that have a document as they are spelt: "Song Cau" is no song.

    Only where each word of the name has its capital.
    """
    spelt: dict[str, set[str]] = {}
    for book in library.books.values():
        for place in own_places(book):
            spelt.setdefault(strip_marks(place), set()).add(place)
    for plain, places in sorted(spelt.items(), key=lambda pair: -len(pair[0])):
        if len(places) == 1 and len(plain) >= _SHORT_NAME and plain[:1].isupper():
            text = re.sub(rf"\b{re.escape(plain)}\b", next(iter(places)), text)
    return text


def spell_out_places(text: str, library: Library) -> str:
    """A question with a place that has a document written out: "tỉnh BG" and "BGiang" are "tỉnh Bắc Giang".

    What is short for several places, and known abbreviations, stay as they are.
    """
    places = {place for book in library.books.values() for place in own_places(book)}
    short: dict[str, list[str]] = {}
    for place in sorted(places):
        *first, last = syllables(place)
        initials = "".join(word[0] for word in first)
        short.setdefault(f"{initials}{last[0]}", []).append(place)
        if first:
            short.setdefault(f"{initials}{last}", []).append(place)

    def full(match: re.Match[str]) -> str:
        found = short.get(fold(match.group(2)), [])
        known = fold(match.group(2)) in abbreviations()
        return match.group(1) + (found[0] if len(found) == 1 and not known else match.group(2))

    def with_last(match: re.Match[str]) -> str:
        found = short.get(fold(match.group()), [])
        return found[0] if len(found) == 1 else match.group()

    text = _INITIAL_AND_LAST.sub(with_last, _SHORT_PLACE.sub(full, text))
    sounds = {_sound(place): place for place in places}

    def written(match: re.Match[str]) -> str:
        name = match.group()
        own = sounds.get(_sound(name))
        other = any(key(name) == key(one) or (fold(name) == fold(one) != fold(own or "")) for one in provinces())
        return name if own is None or other or not has_marks(name) else own

    return _plans(_put_right(_TWO_CAPITALS.sub(written, text), places), places)


_NAME_WORD = re.compile(r"[^\W\d_]+")
_LONG, _LONGER = 6, 9
"""Letters of a name in which one slip is seen, and two."""


def _put_right(text: str, places: Collection[str]) -> str:
    """A question with a misspelt place that has a document: "Kien Ginag", "Tam Duog".

    Only what cannot be Vietnamese is taken for a slip: "Sơn Dương" is another place than "Sơn Động".
    """
    words = list(_NAME_WORD.finditer(text))
    if all(is_syllable(word.group()) for word in words):
        return text
    known = {fold(place).replace(" ", "") for place in (*places, *provinces())}
    for place in sorted(places):
        meant, size = fold(place).replace(" ", ""), len(place.split())
        if len(meant) < _LONG:
            continue
        for first, last in zip(words, words[size - 1 :], strict=False):
            said = text[first.start() : last.end()]
            if said.count(" ") != size - 1 or all(map(is_syllable, said.split())):
                continue
            read = fold(said).replace(" ", "")
            most = 2 if len(meant) >= _LONGER else 1
            if (
                read not in known
                and abs(len(read) - len(meant)) < 2
                and OSA.distance(read, meant, score_cutoff=most) <= most
            ):
                return _put_right(f"{text[: first.start()]}{place}{text[last.end() :]}", places)
    return text


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
    others, unknown = _other_places(text, written or text, said, books)
    unknown.extend(number for number in named_numbers if number not in numbers and not _stands(number, books))
    several = parties(text, books, numbers)
    named = mentions(text, books, numbers)
    chosen = _chosen(books, several, named)
    if said and len(chosen) == len(books):
        chosen = [book for book in books if any(book in own[place] for place in said)]
    spoken = " ".join(" ".join(re.findall(r"\w+", fold(text[one.start : one.end]))) for one in named)
    issuers = {name for book in chosen for name in issuer_names(book) if f" {name} " in f" {spoken} "}
    used = frozenset(syllable for place in said for syllable in syllables(place)) | {*map(fold, named_numbers)}
    ids = {book.info.id for book in chosen}
    return Scope(
        documents=tuple(book.info.id for book in chosen),
        named=len(chosen) < len(books)
        or bool(said)
        or any(not (one.subject or one.only_year) for one in named)
        or len(books) == 1,
        places=tuple(others),
        unknown=tuple(dict.fromkeys(unknown)),
        names=tuple(said),
        years=tuple(dict.fromkeys(year for one in named for year in one.years if ids & one.documents)),
        words=used | frozenset(re.findall(r"\d+", spoken)) | {word for name in issuers for word in name.split()},
    )


def _chosen(books: Sequence[Book], several: Sequence[Party], named: Sequence[Mention]) -> list[Book]:
    """The documents that a question tells apart, or else those that all its words that name documents fit."""
    if several:
        return [book for book in books if any(book.info.id in one.documents for one in several)]
    left = list(books)
    for one in named:
        left = [book for book in left if book.info.id in one.documents] or left
    return left


def _says(text: str, joined: str, place: str) -> bool:
    """Whether the question names a place; with marks where the question has them, as Hòa Bình is no hoa binh."""
    if f" {' '.join(syllables(place))} " not in joined:
        return False
    spelt_out = fold(place) not in fold(text)  # the question has its abbreviation, such as TPHCM
    return not has_marks(text) or key(place) in key(text) or fold(place) in text.lower() or spelt_out


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
