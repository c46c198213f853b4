"""How far apart two days are that stand in different places: the pair of dated statements that holds what is asked.

"Từ hạn các địa phương nộp báo cáo đến hạn Ban Dân tộc báo cáo lên trung ương cách nhau mấy ngày?": neither where the
question parts nor what it says of each day has a fixed form, so the two are sought together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from ingest.normalise import fold, key
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Book, Library
from retrieval.answer.lookup import header_lines
from retrieval.answer.reader import Read
from retrieval.answer.terms import Topic, without_grammar
from retrieval.answer.wording import say
from retrieval.answer.worked import line_of_row
from retrieval.registers.types import Row
from retrieval.tokens import marked_syllables

_HOW_MANY = r"(?:bao nhieu|may) (?:ngay|tuan|thang|nam)"
FAR = re.compile(
    r"\b(?:cach(?: nhau| do)?|chenh(?: nhau)?|truoc|sau|som hon|muon hon|hon(?: nhau)?|mat|trong vong|tron)\b"
    rf"(?: \w+){{0,12}} {_HOW_MANY}\b"
    rf"|\b{_HOW_MANY}\b(?: \w+){{0,3}} (?:sau|truoc|thi|moi|ke tu|tu|giua)\b"
    rf"|\btu\b.{{3,160}}\bden\b.{{3,160}}\b{_HOW_MANY}\b"
    r"|\bhow (?:many (?:days|weeks|months|years)|long|far)\b(?: \w+){0,6}"
    r" (?:apart|after|before|between|from|later|earlier|lie|pass(?:ed|es)?)\b"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARLY = re.compile(r"yearly (\d{2}-\d{2})")
# A stated length of time answers such a question by itself.
_LENGTH = re.compile(r"\b\d{1,3} (?:ngay(?! thang)|tuan|thang(?! \d| nam))\b(?: lam viec)?(?!\s*[/\d])")
_TOGETHER, _EACH, _ADDS = 0.4, 0.15, 0.05
_NUMBERED = 0.5  # counts for a document whose number is named
_ONE_DOCUMENT = 0.1  # counts for two days that one document names
_MOST, _READ = 40, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A statement with one day: ``day`` in ISO form, of year 2001 where it comes every year; ``bag`` its words."""

    day: str
    yearly: bool
    bag: frozenset[str]
    line: Line
    numbers: tuple[str, ...] = ()
    own: bool = False
    """Whether it is the day of the document itself."""


# "… đến ngày ban hành kế hoạch", "the date of the Kien Giang plan": the document's own day.
_ITS_OWN = re.compile(
    r"\b(?:ngay (?:ban hanh|ky|ra doi|cua)|luc (?:ban hanh|ky)|ban hanh)\b.{0,40}\b(?:ke hoach|van ban|quyet dinh nay)\b"
    r"|\b(?:date|issuing|issue|signing|signature) of (?:the |this )?(?:[\w'’]+ ){0,4}(?:plan|document)\b"
    r"|\b(?:plan|document)(?:'s)? (?:own )?(?:date|was (?:issued|signed))\b"
)


def answer_days_between(asked: Asked, read: Read, library: Library, rows: Sequence[Row]) -> Draft | None:
    """How far apart the two days are that together hold most of a question; None where it asks no such thing."""
    if not asks_how_far(asked) or any(_LENGTH.search(fold(one.text)) for one in read.best[:_READ]):
        return None
    # With the words that name documents and places: they tell the two days apart.
    matter = asked.matter.over(tuple(marked_syllables(without_grammar(key(asked.text)))))
    wanted = numbers_named(asked)
    documents = asked.scope.documents if asked.scope.named else tuple(library.books)
    of_itself = len(wanted) == 1 and asked.scope.named and _ITS_OWN.search(fold(asked.question.text)) is not None
    of_book: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind in ("references", "deadlines"):
            of_book.setdefault(row.document, []).append(row)
    found = [
        (
            matter.covered_by(one.bag)
            + _NUMBERED * ((of_itself and one.own) or any(number in wanted for number in one.numbers)),
            one,
        )
        for book in library.books.values()
        for one in _dated(book, library, of_book.get(book.info.id, ()), asked)
        # A document may be cited with its day by another one than those that are asked about.
        if book.info.id in documents or any(number in wanted for number in one.numbers)
    ]
    found = sorted((pair for pair in found if pair[0] >= _EACH), key=lambda pair: -pair[0])[:_MOST]
    best: tuple[float, tuple[_Dated, _Dated]] | None = None
    for (first, one), (second, other) in combinations(found, 2):
        if one.yearly != other.yearly or one.day == other.day:
            continue
        together = matter.covered_by(one.bag, other.bag)
        named = sum(number in (*one.numbers, *other.numbers) for number in wanted)
        if named < len(wanted) or not (named or _fit(together, matter, (one, other))):
            continue
        worth = together + (first + second) / 2 + _ONE_DOCUMENT * (one.line.document == other.line.document)
        if best is None or worth > best[0]:
            best = worth, (one, other)
    if best is None:
        return None
    pair = sorted(best[1], key=lambda one: one.day)
    lines = tuple(dict.fromkeys(one.line for one in pair))
    closing = apart([one.day for one in pair], asked, yearly=pair[0].yearly)
    return Draft(strategy="figures", lines=lines, support=min(1.0, best[0]), closing=closing)


def asks_how_far(asked: Asked) -> bool:
    """Whether a question asks how far two days are apart, as it was typed or written out: "cách nhau bn ngày"."""
    return any(FAR.search(fold(text)) is not None for text in (asked.question.text, asked.alone))


def _fit(together: float, matter: Topic, both: tuple[_Dated, _Dated]) -> bool:
    """Whether two hold enough of a question, and each something that the other does not."""
    alone = [matter.covered_by(one.bag) for one in both]
    return together >= _TOGETHER and (together - max(alone) >= _ADDS or min(alone) >= _TOGETHER)


def _dated(book: Book, library: Library, rows: Sequence[Row], asked: Asked) -> Iterator[_Dated]:
    """The document's own day, those of the documents that it cites, and those by which something is due."""
    language = asked.reading.language
    header = book.info.header
    if header.date is not None and _DAY.fullmatch(header.date.value):
        (line,) = header_lines("date", book, language, library, {}, "")
        place = header.place.value if header.place is not None else ""
        issuer = header.issuer.value if header.issuer is not None else ""
        number = re.match(r"\d+", header.number.value) if header.number is not None else None
        yield _Dated(
            day=header.date.value,
            yearly=False,
            bag=book.title_bag | book.bag(f"{issuer} {place}"),
            line=line,
            numbers=(number.group(),) if number is not None else (),
            own=True,
        )
    for row in rows:
        if row.kind == "references" and _DAY.fullmatch(row.value("date")):
            cells = ("type", "number", "issuer", "title")
            number = re.match(r"\d+", row.value("number"))
            yield _Dated(
                day=row.value("date"),
                yearly=False,
                bag=book.bag(" ".join(cell.text for name in cells for cell in row.all(name))),
                line=line_of_row(row, library),
                numbers=(number.group(),) if number is not None else (),
            )
        elif row.kind == "deadlines":
            value = row.value("date")
            yearly = _YEARLY.fullmatch(value)
            if yearly is not None or _DAY.fullmatch(value):
                told = " ".join(cell.text for name in ("who", "what", "to") for cell in row.all(name))
                yield _Dated(
                    day=f"2001-{yearly.group(1)}" if yearly is not None else value,
                    yearly=yearly is not None,
                    bag=book.bag("\n".join((told, *row.path))),
                    line=line_of_row(row, library),
                )


def numbers_named(asked: Asked) -> list[str]:
    """The numbers that a question names, but years: those of documents, where days are asked for."""
    return [word for word in asked.words if re.fullmatch(r"\d{2,4}", word) and not re.fullmatch(r"(?:19|20)\d\d", word)]


def apart(days: Sequence[str], asked: Asked, *, yearly: bool = False) -> str:
    """How far apart two days are, in days and from a year on in whole years; ``yearly`` ones without a year."""
    first, last = sorted(days)
    length = (date.fromisoformat(last) - date.fromisoformat(first)).days
    years = int(last[:4]) - int(first[:4]) - (last[5:] < first[5:])
    return say(
        asked.reading.language,
        "apart-years" if years else "apart",
        first=_day(first, yearly),
        last=_day(last, yearly),
        days=length,
        years=years,
    )


def _day(value: str, yearly: bool) -> str:
    return "/".join(reversed(value.split("-")[yearly:]))
