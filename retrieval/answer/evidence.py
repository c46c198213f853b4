"""How well a sentence supports what was asked, and what it must not lack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.library import Book, Sentence
from retrieval.answer.terms import Topic
from retrieval.tokens import syllables

_ANY_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_VALUED = re.compile(r"\d[\d.,]*\s*%?[^.;:\d]{0,25}\b(?:năm|in) ((?:19|20)\d{2})\b", re.IGNORECASE)
_SPREAD = re.compile(r"((?:19|20)\d{2})\s*(?:-|–|—|đến(?: hết)?(?: năm)?|tới)\s*((?:19|20)\d{2})")


def support(topic: Topic, sentence: Sentence, book: Book) -> float:
    """How much of the topic the sentence covers with its headings, and by itself, 0..1.

    Headings and title count because a bullet says little alone; the sentence's own words count again because the
    heading is shared by all its neighbours.
    """
    if not topic:
        return 0.5
    own = topic.covered_by(sentence.bag)
    around = topic.covered_by(sentence.bag, sentence.above_bag)
    titled = topic.covered_by(sentence.bag, sentence.above_bag, book.title_bag)
    return 0.4 * own + 0.4 * around + 0.2 * titled


def holds_year(text: str, year: str) -> bool:
    """Whether a text speaks of a year, by itself or in a span such as "2021 - 2025"."""
    if year in text:
        return True
    return any(int(first) <= int(year) <= int(last) for first, last in _SPREAD.findall(text))


def _in_year(sentence: Sentence, book: Book, text: str, year: str) -> bool:
    """Whether a year holds of a sentence: by its own words, else by the nearest heading that names any year.

    Under "Mục tiêu đến năm 2025" nothing is said of 2030, though the title may name it.
    """
    if holds_year(sentence.text, year):
        return True
    if len(set(_VALUED.findall(sentence.text))) > 1:
        return False  # "Từ 0,71% năm 2022 lên 0,86% năm 2024" says nothing of 2023
    for heading in reversed(sentence.passage.path):
        if _ANY_YEAR.search(heading):
            return holds_year(heading, year)
    return holds_year(text, year)


def meets(asked: Asked, sentence: Sentence, book: Book) -> bool:
    """Whether the sentence, its headings or the document's name hold the years, places and numbers that were asked."""
    starts = {first for first, _ in _SPREAD.findall(asked.question.text)}
    # Of a span its end counts: what is to be reached "đến năm 2025" is that of "giai đoạn 2021 - 2025".
    years = [year for year in asked.reading.years if year not in asked.scope.years and year not in starts]
    if not (years or asked.scope.places or asked.reading.numbers):
        return True
    text = "\n".join((sentence.text, *sentence.passage.path, book.info.title))
    if sentence.passage.kind == "row":
        text += "\n" + sentence.passage.reading  # a sentence of a long cell is about what its row is about
    if sentence.passage.lead is not None:
        text += "\n" + book.passages[sentence.passage.lead].reading
    if not all(_in_year(sentence, book, text, year) for year in years):
        return False
    if asked.scope.places:
        words = f" {' '.join(syllables(text))} "
        if not all(f" {' '.join(syllables(place))} " in words for place in asked.scope.places):
            return False
    if not asked.reading.numbers:
        return True
    own = book.info.header.number.value.lower() if book.info.header.number is not None else ""
    plain = fold(text).replace(" ", "")
    return all(fold(number) in plain or number == own or asked.scope.named for number in asked.reading.numbers)


def best_per_document(
    scored: Sequence[tuple[float, Sentence]], *, floor: float, ratio: float
) -> list[list[tuple[float, Sentence]]]:
    """The sentences of each document whose best one reaches ``floor`` and ``ratio`` of the best of all, best first."""
    by_document: dict[str, list[tuple[float, Sentence]]] = {}
    for score, sentence in sorted(scored, key=lambda pair: (-pair[0], pair[1].document, pair[1].span)):
        by_document.setdefault(sentence.document, []).append((score, sentence))
    if not by_document:
        return []
    top = max(group[0][0] for group in by_document.values())
    kept = [group for group in by_document.values() if group[0][0] >= max(floor, ratio * top)]
    return sorted(kept, key=lambda group: (-group[0][0], group[0][1].document))
