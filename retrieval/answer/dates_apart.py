"""How far apart the dates of two documents are, cited ones or of the library, in days and in whole years."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.normalise import AlignedText, fold
from ingest.rules.references import references
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.day_pairs import apart, asks_how_far, numbers_named
from retrieval.answer.days import days_in
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.lookup import header_lines
from retrieval.answer.operand import Operand
from retrieval.answer.operands import Calculation
from retrieval.answer.reader import Read
from retrieval.answer.terms import content
from retrieval.answer.worked import lines_of_rows
from retrieval.registers.types import Row

_FOUND = 0.5  # of an operand, in what a cited document is called
_ENOUGH = 0.8
_BOTH = ("one", "other")
_DATE = r"\d{4}-\d{2}-\d{2}"


def between(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, understand: Callable[[str], Asked]
) -> Draft | None:
    """How far the dates of two documents that one document cites are from each other."""
    operands = [Operand.of(phrase, asked, library, understand) for phrase in wanted.operands]
    documents = asked.scope.documents if asked.scope.named else tuple(library.books)
    best: tuple[float, tuple[Row, ...]] = (0.0, ())
    for document in documents:
        book = library.books[document]
        dated = [
            row
            for row in rows
            if row.kind == "references" and row.document == document and re.fullmatch(_DATE, row.value("date"))
        ]
        scored = [[(_cited(row, one, book), row) for row in dated] for one in operands]
        chosen = [max(own, key=lambda pair: pair[0], default=(0.0, None)) for own in scored]
        if all(row is not None and score >= _FOUND for score, row in chosen):
            pair = tuple(row for _, row in chosen if row is not None)
            if pair[0].value("number") != pair[1].value("number") and sum(score for score, _ in chosen) > best[0]:
                best = sum(score for score, _ in chosen), pair
    if not best[1]:
        return None
    closing = apart([row.value("date") for row in best[1]], asked)
    lines = lines_of_rows(best[1], library)
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


_WHEN_ISSUED = r"(?:được )?(?:ban hành|ra đời|ký|ban hanh|ra doi|ky|issued|signed|dated|promulgated)"
# "Kế hoạch A và kế hoạch B ban hành cách nhau …", "How many days apart were the A plan and the B plan issued?"
_TWO_OF_THEM = re.compile(
    rf"^(?:\W*how [^?]*?\b(?:were|was|are|is|between) )?(?P<one>.{{6,120}}?)\s(?:và|va|với|voi|and|so với|so voi)\s(?P<other>.{{6,120}}?)"
    rf"\s*(?:,|\b{_WHEN_ISSUED}\b)",
    re.IGNORECASE,
)
_TITLED = 0.3  # of a phrase, in the title of a document


def issued_apart(asked: Asked, library: Library, understand: Callable[[str], Asked]) -> Draft | None:
    """How far apart two documents of the library were issued; None where that is not asked, or a day is left blank."""
    text = asked.alone if asked.reading.language == "vi" else asked.question.text
    found = _TWO_OF_THEM.search(text) if asks_how_far(asked) else None
    if found is None:
        return None
    books = [_meant(understand(found.group(name)), library) for name in _BOTH]
    if books[0] is None or books[1] is None or books[0] is books[1]:
        return None
    both = (books[0], books[1])
    dates = [book.info.header.date.value for book in both if book.info.header.date is not None]
    if len(dates) < len(both) or not all(re.fullmatch(_DATE, one) for one in dates):
        return None
    language = asked.reading.language
    lines = tuple(line for book in both for line in header_lines("date", book, language, library, {}, ""))
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=apart(dates, asked), certain=True)


_READ, _HELD = 3, 0.35  # sentences; of what is asked


def answer_dates_apart(asked: Asked, read: Read, library: Library) -> Draft | None:
    """How far apart the two days are that one statement names, where that is asked; None where it names more or fewer."""
    if not asks_how_far(asked):
        return None
    for sentence in read.best[:_READ]:
        days = days_in(sentence.text)
        held = asked.matter.covered_by(sentence.bag, sentence.above_bag, library.books[sentence.document].title_bag)
        numbers = numbers_named(asked)
        named = all(number in fold(sentence.text) for number in numbers) and not (
            numbers and _cites_another(sentence.text, numbers)
        )
        if len(days) == len(_BOTH) and held >= _HELD and named:
            closing = apart(days, asked)
            return Draft(strategy="figures", lines=(line_of(sentence),), support=held, closing=closing)
    return None


def _cites_another(text: str, numbers: Sequence[str]) -> bool:
    """Whether a statement has the day of a document whose number is not among those that are named."""
    cited = [one for one in references(AlignedText.of(text)) if one.date and one.number]
    return any(re.split(r"\D", one.number)[0] not in numbers for one in cited)


def _meant(phrase: Asked, library: Library) -> Book | None:
    """The document that a phrase names, or that whose title has most of it."""
    books = library.scoped(phrase.scope.documents)
    if len(books) == 1:
        return books[0]
    held = {book.info.id: phrase.matter.covered_by(book.title_bag) for book in books}
    best = max(books, key=lambda book: held[book.info.id])
    others = [share for one, share in held.items() if one != best.info.id]
    return best if held[best.info.id] >= _TITLED and held[best.info.id] > max(others) else None


def _cited(row: Row, operand: Operand, book: Book) -> float:
    """How well a cited document is the one that a phrase names: by its number, or by what it is called."""
    number = re.match(r"\d+", row.value("number"))
    if number is not None and re.search(rf"\b{number.group()}\b", operand.phrase):
        return 2.0
    if re.search(r"\b\d{2,5}\b", operand.phrase) or not content(operand.topic.words):
        return 0.0
    cells = ("type", "number", "issuer", "title")
    return operand.topic.covered_by(book.bag(" ".join(cell.text for name in cells for cell in row.all(name))))
