"""How far two years are apart that two statements of one document tell: in one paragraph, or among results and targets.

"Năm 2023, kinh phí cho nội dung này là …" beside "năm 2024 là …"; "đón 365.000 lượt khách" of 2023 among the results,
"đón 520.000 lượt khách" below "Mục tiêu đến hết năm 2026".
"""

from __future__ import annotations

import re

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.forms import IN_UNITS
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.sentence_figures import (
    COUNTED_THING,
    KNOWN_UNITS,
    YEAR,
    Figure,
    apart,
    clause_of,
    figures_in,
    told_before_in,
    years_in,
)
from retrieval.answer.terms import Topic
from retrieval.answer.wanted import Wanted, text_of

_TWO = 2
_SUPPORT = 0.8
_HELD = 0.35  # of what is asked, in a sentence, or in the clause of a figure


def of_years_in_turn(asked: Asked, what: Wanted, first: Sentence, library: Library) -> Draft | None:
    """How far two years are apart that two sentences of one paragraph tell: "Năm 2023, kinh phí cho nội dung này …"."""
    years, book = years_in(asked.question.text), library.books[first.document]
    if not what.apart or what.share or len(years) != _TWO or first.passage.kind == "row":
        return None
    told: list[tuple[Figure, Sentence]] = []
    for year in years:
        told.extend(
            [
                (figures[0], sentence)
                for sentence in book.by_passage.get(first.passage.index, ())
                if set(YEAR.findall(sentence.text)) == {year}
                if (figures := [one for one in figures_in(sentence.text) if one.unit in KNOWN_UNITS])
            ][:1]
        )
    if len(told) != _TWO or told[0][0].unit != told[1][0].unit or told[0][1] is told[1][1]:
        return None
    held = [asked.matter.covered_by(book.bag(sentence.text), book.title_bag) for _, sentence in told]
    goes_on = [_THE_SAME.search(sentence.text) is not None for _, sentence in told]
    if max(held) < _HELD or any(share < _HELD and not same for share, same in zip(held, goes_on, strict=True)):
        return None
    closing = apart(told[0][0], told[1][0], asked.reading.language)
    lines = tuple(line_of(sentence) for _, sentence in told)
    return Draft(strategy="figures", lines=lines, support=_SUPPORT, closing=closing)


_THE_SAME = re.compile(r"\b(?:nội dung|việc|khoản|nhiệm vụ|số|mức) này\b|\bcùng kỳ\b", re.IGNORECASE)


def of_years_apart(asked: Asked, what: Wanted, library: Library) -> Draft | None:
    """How far what one part of a document states for a year is from what another states for another year.

    "Đón 365.000 lượt khách" of 2023 among the results, "Đón 520.000 lượt khách" below "Mục tiêu đến năm 2026". Only
    of the one document in question, and where the clauses have most of what is asked.
    """
    years, counted = years_in(asked.question.text), COUNTED_THING.search(text_of(asked))
    documents = asked.scope.documents if asked.scope.named else asked.question.documents
    if not what.apart or what.share or len(years) != _TWO or len(documents) != 1:
        return None
    units = {IN_UNITS.get(counted.group("thing"), counted.group("thing"))} if counted is not None else set()
    book = library.books[documents[0]]
    topic = asked.matter.over(tuple(word for word in asked.topic if fold(word) not in _APART_WORDS))
    told: list[tuple[Figure, Sentence]] = []
    for year in years:
        found = [
            (held, figure, sentence)
            for sentence in book.sentences
            if sentence.passage.kind != "row" and _is_of_year(sentence, book, year)
            for figure in figures_in(sentence.text)
            if figure.unit != "%" and fold(figure.unit).split()[0] in units and _nearest_year(sentence, figure, year)
            if (held := _held_in_clause(topic, sentence, figure, book)) >= _HELD
        ]
        if not found:
            return None
        found.sort(key=lambda one: -one[0])
        if len(found) > 1 and found[0][0] == found[1][0] and found[0][1].number != found[1][1].number:
            return None  # two figures that are as good
        told.append(found[0][1:])
    (one, first), (other, second) = told
    if one.unit != other.unit or first is second or one.number == other.number:
        return None
    closing = apart(one, other, asked.reading.language)
    return Draft(
        strategy="figures", lines=(line_of(first), line_of(second)), support=_SUPPORT, closing=closing, unsure=True
    )


_APART_WORDS = frozenset("so voi hon kem tang giam them chenh lech nhieu it muc thuc te du kien dat dinh huong".split())


def _is_of_year(sentence: Sentence, book: Book, year: str) -> bool:
    """Whether a sentence names a year, or goes on from what was said of it, or stands below a heading that names it."""
    own = set(YEAR.findall(sentence.text))
    if own:
        return year in own
    before = YEAR.findall(told_before_in(sentence, book))
    return before[-1] == year if before else set(YEAR.findall(" ; ".join(sentence.passage.path[-1:]))) == {year}


def _nearest_year(sentence: Sentence, figure: Figure, year: str) -> bool:
    before = [found.group() for found in YEAR.finditer(sentence.text) if found.start() < figure.start]
    return not before or before[-1] == year


def _held_in_clause(topic: Topic, sentence: Sentence, figure: Figure, book: Book) -> float:
    start, end = clause_of(sentence.text, figure)
    return topic.covered_by(book.bag(sentence.text[start:end]), book.title_bag)
