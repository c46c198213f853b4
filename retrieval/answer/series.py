"""What one wording states for several years: "Đến hết năm 2025: có ≥ 30 % …", "Đến hết năm 2030: có ≥ 60 % …".

Plans set their targets in stages. Where a question has the figure of one stage and the year of another, its premise is
wrong, and the stages say how; how far two stages are apart is worked out of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.figures import measures
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.reader import Read
from retrieval.answer.terms import STOP_BARE
from retrieval.answer.wording import say

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_DATED = re.compile(r"\d+/\S*|\bngày \d{1,2}(?:[/-]| tháng )\d{1,2}(?:[/-]| năm )\d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_PERIOD = re.compile(r"(?:19|20)\d\d\s*[-–—]\s*(?=(?:19|20)\d\d)")
_READ = 24  # sentences
_ALIKE = 0.6  # of the words of both, but for their figures
_HELD, _FIRST = 0.4, 0.25  # of what is asked about, in a sentence, or in that which was read first
_FEWEST = 3  # words besides the figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A sentence that states one figure for one year; ``words`` are its others, folded."""

    sentence: Sentence
    year: str
    unit: str
    figure: str
    words: frozenset[str]


def stages(asked: Asked, read: Read, library: Library) -> list[Stage]:
    """The stages of what a question is about, the best first; [] where one sentence alone is of its wording."""
    near = read.best[:_READ]
    found = [stage for sentence in near for stage in _stage(sentence, library.books[sentence.document])]
    for first in found:
        least = _FIRST if first.sentence is near[0] else _HELD
        if asked.matter.covered_by(first.sentence.bag, first.sentence.above_bag) < least:
            continue
        series = [one for one in found if one.sentence.document == first.sentence.document and _alike(one, first)]
        if len({one.year for one in series}) == len(series) > 1:
            return series
    return []


def answer_other_stage(asked: Asked, read: Read, library: Library) -> Draft | None:
    """What is stated for a year where a question has the figure of another: "100 % ngay từ năm 2030"; else None."""
    years = [year for year in asked.reading.years if year not in asked.scope.years]
    named = measures(_YEAR.sub(" ", _PERIOD.sub(" ", asked.question.text)))
    if not years or len(named) != 1:
        return None
    ((unit, figures),) = named.items()
    if len(figures) != 1:
        return None
    (figure,) = figures
    series = [one for one in stages(asked, read, library) if one.unit == unit]
    own = [one for one in series if one.year in years]
    other = [one for one in series if one.figure == figure]
    if len(own) != 1 or not other or own[0] in other:
        return None
    lines = tuple(line_of(one.sentence) for one in (own[0], other[0]))
    opening = say(asked.reading.language, "other-stage", figure=_shown(other[0]), year=own[0].year)
    return Draft(strategy="corrected", lines=lines, support=0.9, opening=opening, certain=True)


def of_years(asked: Asked, read: Read, library: Library, years: Sequence[str]) -> list[Stage]:
    """The stages of just these years, in their order, of one unit; [] where one is missing."""
    by_year = {one.year: one for one in stages(asked, read, library)}
    found = [by_year[year] for year in years if year in by_year]
    return found if len(found) == len(years) and len({one.unit for one in found}) == 1 else []


def _shown(stage: Stage) -> str:
    return f"{stage.figure}%" if stage.unit == "%" else f"{stage.figure} {stage.unit}"


def _stage(sentence: Sentence, book: Book) -> Iterator[Stage]:
    """The stage that a sentence is; nothing where it has several figures, or no year of its own or above it."""
    plain = _DATED.sub(" ", sentence.text)
    figures = [
        (unit, figure) for unit, own in measures(_YEAR.sub(" ", _PERIOD.sub(" ", plain))).items() for figure in own
    ]
    year = _year_of(sentence, book)
    words = frozenset(re.findall(r"[a-z]+", fold(_YEAR.sub(" ", plain)))) - STOP_BARE - _OF_STAGES
    if len(figures) == 1 and year and len(words) >= _FEWEST:
        ((unit, figure),) = figures
        yield Stage(sentence=sentence, year=year, unit=unit, figure=figure, words=words)


_OF_STAGES = frozenset("a b c d e den het nam cuoi giai doan muc tieu phan dau dat it nhat toi thieu tren duoi".split())


def _year_of(sentence: Sentence, book: Book) -> str:
    """The one year that a sentence is for: its own, else that of its lead-in, else of the nearest heading with any."""
    lead = (book.passages[sentence.passage.lead].reading,) if sentence.passage.lead is not None else ()
    for text in (sentence.text, *lead, *reversed(sentence.passage.path)):
        found = set(_YEAR.findall(_PERIOD.sub(" ", _DATED.sub(" ", text))))
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _alike(one: Stage, other: Stage) -> bool:
    both = len(one.words & other.words)
    return one.unit == other.unit and both >= _ALIKE * len(one.words | other.words)
