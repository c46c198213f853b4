"""The figures of a sentence with what they are of: a number and its unit, the clause it stands in, its year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.denial import CLAUSES
from retrieval.answer.forms import IN_UNITS
from retrieval.answer.grid_cells import in_figures
from retrieval.answer.library import Book, Sentence
from retrieval.answer.table_cells import SPREAD
from retrieval.answer.wanted import text_of
from retrieval.answer.wording import say
from retrieval.types import Language

MONEY_UNIT = r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+(?:đồng|USD)|đồng|USD|triệu|tỷ)"
# A number with the word that says of what it is; dates, numbers of documents and shares of a hundred are none.
_FIGURE = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)\s?(?P<unit>{MONEY_UNIT}|%|m²|m³|[^\W\d_]+)(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\bngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}|/\d{1,2})(?:\s+năm\s+\d{4}|/\d{4})?|\b(?:tháng|quý|năm)\s+\d+(?:/\d{4})?|\d{1,2}/\d{1,2}(?:/\d{4})?|\d+/[\w/&-]+"
)
_NO_UNIT = frozenset("nam thang ngay quy gio phut lan tuoi va den hoac".split())
COUNTED_THING = re.compile(r"\b(?:bao nhieu|may) (?P<thing>[a-z]+)")
"""What a folded question counts."""
YEAR = re.compile(r"(?<![\d/.-])20\d\d(?![\d/])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, its unit in small letters, and where in its text it begins."""

    number: Decimal
    written: str
    unit: str
    start: int


def without_dates(text: str) -> str:
    """A text as long as it was, with blanks for its dates and the numbers of documents."""
    return _DATE.sub(lambda found: " " * len(found.group()), text)


def figures_in(text: str) -> list[Figure]:
    """The figures of a text, in order; a year, a month, an hour is none."""
    plain = without_dates(text)
    found = []
    for match in _FIGURE.finditer(plain):
        unit = " ".join(match.group("unit").split())
        if fold(unit) not in _NO_UNIT:
            number = Decimal(match.group("number").replace(".", "").replace(",", "."))
            found.append(Figure(number, match.group("number"), unit.lower().replace("usd", "USD"), match.start()))
    return found


def clause_of(text: str, figure: Figure) -> tuple[int, int]:
    """Where the clause begins and ends that a figure stands in."""
    start = max((found.end() for found in CLAUSES.finditer(text, 0, figure.start)), default=0)
    return start, next((found.start() for found in CLAUSES.finditer(text, figure.start)), len(text))


def told_before_in(sentence: Sentence, book: Book) -> str:
    """What the sentences before one say in the same paragraph."""
    own = book.by_passage.get(sentence.passage.index, [])
    return " ".join(one.text for one in own if one.span.end <= sentence.span.start)


def units_asked(asked: Asked) -> set[str]:
    """The units that a question counts in, as documents write them."""
    said = text_of(asked)
    words = {IN_UNITS.get(word, word) for word in re.findall(r"[a-z0-9]+", said)}
    if not words.isdisjoint(("tien", "von", "kinh", "ngan", "money", "cost", "budget", "funds", "funding")):
        words |= {"trieu", "ty", "dong", "usd"}
    return {unit for unit in KNOWN_UNITS if fold(unit).split()[0] in words}


KNOWN_UNITS = (
    "ha",
    "hộ",
    "người",
    "ca",
    "tấn",
    "km",
    "kg",
    "xã",
    "thôn",
    "lớp",
    "học viên",
    "triệu đồng",
    "tỷ đồng",
    "đồng",
    "USD",
)


def years_in(text: str) -> tuple[str, ...]:
    """The years that a text names, all of a span, in order."""
    named = [str(year) for first, last in SPREAD.findall(text) for year in range(int(first), int(last) + 1)]
    return tuple(sorted(dict.fromkeys((*named, *YEAR.findall(text)))))


def apart(one: Figure, other: Figure, language: Language) -> str:
    """How far two figures of one unit are apart, as it is told: "95 − 70 = 25 triệu đồng"."""
    high, low = sorted((one, other), key=lambda figure: -figure.number)
    result = f"{in_figures(high.number - low.number)} {high.unit}"
    return say(language, "difference", high=high.written, low=low.written, result=result)
