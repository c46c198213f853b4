"""What is worked out of figures that the documents state: by how much a share rises, what share of a total a sum is.

The figures stand in the answer beside what was made of them, so that a reader can check it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import MONEY, Book, Library, Sentence
from retrieval.answer.passages import first_words, lines_below
from retrieval.answer.reader import Read
from retrieval.answer.terms import bag
from retrieval.answer.wording import say
from retrieval.registers.budgets import dong
from retrieval.tokens import marked_syllables
from retrieval.types import Language

_RISE = re.compile(
    r"\b(?:tang|nang|giam|keo|ha|nhich|cao) (?:\w+ ){0,8}them (?:bao nhieu|may)\b|\bthem (?:bao nhieu|may) (?:diem|phan tram|%)|\b(?:bao nhieu|may) diem(?: phan tram|\b)"
    r"|\bby how (?:many|much)\b|\bhow many (?:percentage )?points\b"
)
_FROM_TO = re.compile(
    r"từ\s+(?:khoảng\s+|mức\s+)?(?!(?:19|20)\d\d\b)(\d+(?:[.,]\d+)?)\s?(%?)\s+(?:lên|xuống|còn|đến|tới|thành)\s+(?:còn\s+|khoảng\s+|trên\s+|dưới\s+)?(\d+(?:[.,]\d+)?)\s?(%?)"
)
_SHARE = re.compile(
    r"\bchiem (?:\w+ ){0,2}(?:bao nhieu|may) (?:phan tram|%)|\bbang (?:bao nhieu|may) (?:phan tram|%) (?:cua |so voi )?tong\b|\bwhat (?:share|proportion|percentage) of\b"
)
_TOTAL = re.compile(r"\btong (?:so |cong )?(?:nguon )?(?:von|kinh phi|ngan sach|muc dau tu|du toan)\b")
_COUNT = re.compile(
    r"\b(?:bao nhieu|may) (?:nhom|muc|phan(?! tram)|linh vuc|noi dung|du an|nhiem vu|giai phap|mang|dau viec|dau muc)\b|\bhow many (?:\w+ ){0,2}(?:groups?|areas?|parts?|sections?|projects?|tasks?|fields?|sectors?)\b"
)
_CLAUSE = re.compile(r";\s|,\s(?!\d)|\.\s|\(|\)")
_READ = 8  # sentences
_ENOUGH = 0.4  # of what is asked about, in the clause
_PART = 0.25  # the same where a share is asked for: "chiếm" and "tổng" are about the sum, and no clause has them
_HEADING = 0.6  # of a heading, in the question
_MOST = 100.0  # per cent


def answer_figures(asked: Asked, read: Read, library: Library) -> Draft | None:
    """A rise or a share with the figures that it is made of; None where none is asked for or a figure is missing."""
    said = fold(asked.question.text)
    if _RISE.search(said):
        return _rise(asked, read, library)
    if _SHARE.search(said):
        return _share(asked, read, library)
    if asked.reading.kind == "count" or _COUNT.search(said):
        return _count(asked, read, library)
    return None


def _count(asked: Asked, read: Read, library: Library) -> Draft | None:
    """How many parts a heading has that is among the first sentences and says what is counted."""
    said = bag(marked_syllables(asked.text))
    for sentence in read.best[:_READ]:
        book = library.books[sentence.document]
        if sentence.passage.kind != "heading" or library.headings_in(book, said)[sentence.passage.section] < _HEADING:
            continue
        parts = [one for one in book.outline if one.parent == sentence.passage.section]
        below = lines_below(book, sentence.passage.section)
        if 1 < len(parts) == len(below):
            lines = tuple(replace(line, text=first_words(line.text)) for line in below)
            opening = say(asked.reading.language, "count", count=len(lines))
            return Draft(strategy="figures", lines=lines, support=_ENOUGH, opening=opening)
    return None


def _rise(asked: Asked, read: Read, library: Library) -> Draft | None:
    found = [
        (score, match, sentence)
        for score, clause, sentence in _clauses(asked, read, library)
        if score >= _ENOUGH and (match := _FROM_TO.search(clause)) is not None
    ]
    if not found:
        return None
    score, match, sentence = max(found, key=lambda one: one[0])
    first, last = _value(match.group(1)), _value(match.group(3))
    unit = "%" if match.group(2) or match.group(4) else ""
    language = asked.reading.language
    closing = say(
        language,
        "difference-points" if unit else "difference",
        high=f"{match.group(3) if last >= first else match.group(1)}{unit}",
        low=f"{match.group(1) if last >= first else match.group(3)}{unit}",
        result=_shown(abs(last - first), language),
    )
    return Draft(strategy="figures", lines=(line_of(sentence),), support=score, closing=closing)


def _share(asked: Asked, read: Read, library: Library) -> Draft | None:
    total = next((one for book in library.scoped(asked.scope.documents) for one in _totals(book)), None)
    parts = [
        (score, match.group(), sentence)
        for score, clause, sentence in _clauses(asked, read, library)
        if score >= _PART and (match := MONEY.search(clause)) is not None and not _TOTAL.search(fold(clause))
    ]
    if total is None or not parts or not asked.scope.named:
        return None
    score, part, sentence = max(parts, key=lambda one: one[0])
    whole, of = total
    (amount, own), (sum_of_all, currency) = _amount(part), _amount(whole)
    if sentence.document != of.document or own != currency or not 0 < amount < sum_of_all:
        return None
    language = asked.reading.language
    closing = say(language, "share", part=part, whole=whole, result=_shown(_MOST * amount / sum_of_all, language))
    lines = dict.fromkeys((line_of(sentence), line_of(of)))
    return Draft(strategy="figures", lines=tuple(lines), support=score, closing=closing)


def _clauses(asked: Asked, read: Read, library: Library) -> Iterator[tuple[float, str, Sentence]]:
    """The clauses of the sentences that were read first, with how much of what is asked about each holds."""
    for sentence in read.best[:_READ]:
        book = library.books[sentence.document]
        for clause in _CLAUSE.split(sentence.text):
            yield asked.matter.covered_by(book.bag(clause), sentence.above_bag), clause, sentence


def _totals(book: Book) -> Iterator[tuple[str, Sentence]]:
    for one in book.sums:
        if _TOTAL.search(fold(one.sentence.text)):
            yield one.amounts[0], one.sentence


def _value(text: str) -> float:
    """A number as documents write it, 0 for what is none."""
    return float(dong(text, "") or 0)


def _amount(text: str) -> tuple[float, str]:
    """A sum in its currency, (0, "") for what is none."""
    number = re.match(r"\d[\d.,]*\d|\d", text)
    value, _, currency = (dong(number.group(), text[number.end() :]) if number is not None else "").partition(" ")
    return float(value or 0), currency


def _shown(value: float, language: Language) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if language == "en" else text.replace(".", ",")
