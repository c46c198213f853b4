"""How many there are of what a document lists: the documents that it stands on, its Dự án, a body's tasks, the parts of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.chunk import section_label
from ingest.normalise import fold
from ingest.rules.numbering import unnumbered
from ingest.rules.programme import Part
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote, quote_passage
from retrieval.answer.library import Book, Library
from retrieval.answer.passages import first_words, lines_below
from retrieval.answer.reader import Read
from retrieval.answer.terms import bag
from retrieval.answer.wording import say
from retrieval.registers.cells import name_of
from retrieval.registers.types import Row
from retrieval.tokens import marked_syllables

_COUNT = re.compile(
    r"\b(?:bao nhieu|may) (?:nhom|muc|(?<=co may )phan(?! tram)|(?<=gom may )phan(?! tram)|(?<=co bao nhieu )phan(?! tram)|(?<=gom bao nhieu )phan(?! tram)|linh vuc|noi dung|du an|nhiem vu|giai phap|mang|dau viec|dau muc|dau moi|co quan|don vi|van ban|nghi dinh|quyet dinh|ke hoach|can cu|chi tieu|muc tieu|tieu chi|nghi quyet|luat|thong tu)\b"
    r"|\bhow many (?:[\w-]+ ){0,3}(?:groups?|areas?|parts?|sections?|projects?|tasks?|fields?|sectors?|objectives|targets|goals|solutions|bodies|agencies|units|documents|decisions|decrees|items|points)\b"
)
_OF_BASES = re.compile(
    r"\b(?:can cu|co so phap ly|vien dan|dan ra|dua (?:vao|tren)|phan mo dau)\b|\b(?:legal bas[ie]s|cites?|cited|based on|rests on)\b"
)
_CITED = re.compile(
    r"\b(?:bao nhieu|may) (nghi dinh|quyet dinh|nghi quyet|luat|thong tu|ke hoach|chi thi)\b|\bhow many (decrees|decisions|resolutions|laws|circulars|plans|directives)\b"
)
_TYPES = {
    **{one: one for one in ("nghi dinh", "quyet dinh", "nghi quyet", "luat", "thong tu", "ke hoach", "chi thi")},
    **{"decrees": "nghi dinh", "decisions": "quyet dinh", "resolutions": "nghi quyet", "laws": "luat"},
    **{"circulars": "thong tu", "plans": "ke hoach", "directives": "chi thi"},
}
_HOW_MANY_PROJECTS = re.compile(r"\b(?:bao nhieu|may) du an\b|\bhow many (?:component |national )?projects\b")
_HOW_MANY_SUBS = re.compile(r"\b(?:bao nhieu|may) (?:tieu du an|tda)\b|\bhow many sub-?projects\b")
_VERB = re.compile(r"\s(?:does|do|did|is|are|was|were|has|have|will|must|should|in|of|under|there)\b", re.IGNORECASE)
_LED_BY = re.compile(
    r"\bdo (?P<body>(?:(?!chu tri|phu trach|lam|dung|bao nhieu).){3,60}?) (?:chu tri|phu trach|lam chu tri|dam nhan)\b"
)
_QUARTER = re.compile(r"\bqu[iy] (iv|iii|ii|i|[1-4])\s*(?:/|-|nam )?\s*(20\d\d)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ITEM = re.compile(r"\s*\((\d{1,2})\)\s")
_READ = 8  # sentences
_ENOUGH = 0.4
_HEADING = 0.6  # of a heading, in the question


def answer_count(asked: Asked, read: Read, library: Library, rows: Sequence[Row]) -> Draft | None:
    """What is counted, each with its place, and how many they are; None where nothing of the kind is asked for or found."""
    said = fold(asked.question.text)
    if asked.reading.kind != "count" and not _COUNT.search(said):
        return None
    lines = (
        _bases(asked, library, said)
        or _projects(asked, library, said)
        or _subprojects(asked, library, said)
        or _rows_led(asked, library, rows, said)
        or _parts(asked, read, library)
    )
    if not lines:
        return None
    opening = say(asked.reading.language, "count", count=len(lines), what=_counted(asked))
    return Draft(strategy="figures", lines=tuple(lines), support=_ENOUGH, opening=opening)


def in_one_line(draft: Draft) -> Draft:
    """A count as one statement with what was counted behind it, to stand beside that of another document."""
    text = f"{draft.opening} {'; '.join(line.text for line in draft.lines)}"
    quotes = tuple(quote for line in draft.lines for quote in line.quotes)
    line = Line(document=draft.lines[0].document, text=text, quotes=quotes)
    return replace(draft, lines=(line,), opening="")


def _counted(asked: Asked) -> str:
    """What is counted, in the question's own words: " nhóm", or "" where it is not said plainly."""
    text = asked.question.text
    found = _COUNT.search(fold(text))
    if found is None or len(fold(text)) != len(text):
        return ""
    words = _VERB.split(text[found.start() : found.end()])[0].split()
    return " " + " ".join(words[2:] if words[1].lower() in ("nhiêu", "nhieu", "many") else words[1:])


def _bases(asked: Asked, library: Library, said: str) -> list[Line]:
    """The documents that one document stands on, of the type that is counted."""
    if not asked.scope.named or not _OF_BASES.search(said):
        return []
    book = library.books[asked.scope.documents[0]]
    bases = [one for one in book.passages if one.kind == "basis"]
    counted = _CITED.search(said)
    wanted = _TYPES.get(counted.group(1) or counted.group(2), "") if counted is not None else ""
    kept = [
        one for one in bases if not wanted or re.match(rf"(?:can cu )?(?:vao )?{wanted}\b", fold(one.reading).strip())
    ]
    return [Line(document=book.info.id, text=one.reading.rstrip(";,. "), quotes=(quote_passage(one),)) for one in kept]


def _projects(asked: Asked, library: Library, said: str) -> list[Line]:
    """The Dự án that head parts of one document."""
    if not asked.scope.named or asked.reading.parts or not _HOW_MANY_PROJECTS.search(said):
        return []
    book = library.books[asked.scope.documents[0]]
    found: dict[int, Line] = {}
    for section in book.outline:
        own, part = book.section_parts[section.index]
        if own != Part() and part.project and not part.sub and not part.content:
            heading = next(
                (one for one in book.passages if one.section == section.index and one.kind == "heading"), None
            )
            quote = (
                quote_passage(heading) if heading is not None else Quote(document=book.info.id, span=section.heading)
            )
            found.setdefault(part.project, Line(document=book.info.id, text=section_label(section), quotes=(quote,)))
    return list(found.values()) if len(found) > 1 else []


def _subprojects(asked: Asked, library: Library, said: str) -> list[Line]:
    """The Tiểu dự án that head parts of a Dự án, and not what stands below them."""
    if not _HOW_MANY_SUBS.search(said) or len(asked.reading.parts) != 1 or asked.reading.parts[0].sub:
        return []
    found: dict[tuple[str, int], Line] = {}
    for book in library.scoped(asked.scope.documents):
        for section in book.outline:
            own, part = book.section_parts[section.index]
            if own.sub and not part.content and asked.reading.parts[0].holds(part):
                quote = Quote(document=book.info.id, span=section.heading, path=book.paths[section.index][:-1])
                line = Line(document=book.info.id, text=section_label(section), quotes=(quote,))
                found.setdefault((book.info.id, part.sub), line)
    return list(found.values()) if len({document for document, _ in found}) == 1 else []


def _rows_led(asked: Asked, library: Library, rows: Sequence[Row], said: str) -> list[Line]:
    """The rows of a table of assignment that a body leads, or that are due at a time."""
    tables = [
        row
        for row in rows
        if row.kind == "responsibilities"
        and row.value("role") == "chủ trì"
        and row.document in (asked.scope.documents or library.books)
        and _of_table(row, library)
    ]
    led = _LED_BY.search(said)
    quarter = _QUARTER.search(said)
    if led is not None:
        name = name_of(asked.question.text[led.start("body") : led.end("body")])
        kept = [row for row in tables if fold(name) == fold(row.value("unit")) or _same_body(name, row)]
    elif quarter is not None:
        kept = [row for row in tables if row.value("deadline") == f"{quarter.group(2)}-Q{_ROMAN[quarter.group(1)]}"]
    else:
        return []
    unique = {row.span: row for row in kept}
    if not unique or len({row.document for row in unique.values()}) > 1:
        return []
    return [
        Line(
            document=row.document,
            label=row.value("unit") if led is None else "",
            text=row.value("task"),
            quotes=(Quote(document=row.document, span=row.span, path=row.path, page=row.page),),
        )
        for row in unique.values()
    ]


def _of_table(row: Row, library: Library) -> bool:
    return any(one.kind == "row" and one.span == row.span for one in library.books[row.document].passages)


def _same_body(name: str, row: Row) -> bool:
    words = fold(name).split()
    own = fold(row.value("unit")).split()
    return bool(words) and (own[: len(words)] == words or all(word in own for word in words))


def _parts(asked: Asked, read: Read, library: Library) -> list[Line]:
    """The parts of the heading that says what is counted: its sections, or its numbered items."""
    said = bag(marked_syllables(asked.text))
    scored: list[tuple[float, list[Line]]] = []
    near = {sentence.document for sentence in read.best[:_READ]}
    for book in library.scoped(asked.scope.documents):
        if book.info.id not in near:
            continue
        shares = library.headings_in(book, said)
        for section in book.outline:
            share = shares[section.index]
            if section.parent is not None and any(year in section.title for year in asked.reading.years):
                share = max(share, shares[section.parent])  # "Mục tiêu đến năm 2025", below "Mục tiêu cụ thể"
            if share < _HEADING:
                continue
            told = asked.matter.covered_by(book.bag("\n".join(book.paths[section.index])), book.title_bag)
            lines = _children(book, section) or _numbered(book, section)
            if len(lines) > 1:
                scored.append((share + told, lines))
    return max(scored, key=lambda pair: pair[0])[1] if scored else []


def _children(book: Book, section: Section) -> list[Line]:
    parts = [one for one in book.outline if one.parent == section.index]
    below = lines_below(book, section.index)
    return (
        [replace(line, text=first_words(unnumbered(line.text))) for line in below]
        if 1 < len(parts) == len(below)
        else []
    )


def _numbered(book: Book, section: Section) -> list[Line]:
    """Items "(1) …" to "(13) …" of a section: only where no number is left out."""
    found: list[Line] = []
    for passage in book.passages:
        if passage.section != section.index or passage.kind == "list":
            continue
        number = _ITEM.match(passage.reading)
        if number is None:
            continue
        if int(number.group(1)) != len(found) + 1:
            return []
        text = first_words(unnumbered(passage.reading))
        found.append(Line(document=book.info.id, text=text, quotes=(quote_passage(passage),)))
    return found
