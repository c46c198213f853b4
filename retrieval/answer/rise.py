"""By how much a figure is to rise or fall, where one sentence says from what to what, or how much in each of two years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library, Sentence
from retrieval.answer.reader import Read
from retrieval.answer.series import of_years
from retrieval.answer.statements import whole
from retrieval.answer.wording import say
from retrieval.registers.sums import dong
from retrieval.types import Language

_RISE = re.compile(
    r"\b(?:tang|nang|giam|keo|ha|nhich|cao) (?:\w+ ){0,8}them (?:bao nhieu|may)\b|\bthem (?:bao nhieu|may) (?:diem|phan tram|%)|\b(?:bao nhieu|may) diem(?: phan tram|\b)"
    r"|\bby how (?:many|much)\b|\bhow many (?:percentage )?points\b"
)
_FROM_TO = re.compile(
    r"từ\s+(?:khoảng\s+|mức\s+)?(?!(?:19|20)\d\d\b)(\d+(?:[.,]\d+)?)\s?(%?)\s+(?:lên|xuống|còn|đến|tới|thành)\s+(?:còn\s+|khoảng\s+|trên\s+|dưới\s+)?(\d+(?:[.,]\d+)?)\s?(%?)"
)
# "năm 2030 đạt 60%", "60% vào năm 2030".
_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
_SHARE = r"(?<![\d.,])(?P<share>\d{1,3}(?:[.,]\d+)?)\s?%"
_IN_YEAR = (re.compile(rf"{_YEAR}[^%\d;]{{0,80}}?{_SHARE}"), re.compile(rf"{_SHARE}[^%\d;]{{0,25}}?{_YEAR}"))
_CLAUSE = re.compile(r";\s|,\s(?!\d)|\.\s|\(|\)")
_READ = 8  # sentences
_TWO = 2
_ENOUGH, _FIRST = 0.4, 0.25  # of what is asked about, in the clause, or in one of the sentence that was read first


def answer_rise(asked: Asked, read: Read, library: Library) -> Draft | None:
    """A rise or fall with the figures that it is made of; None where none is asked for or a figure is missing."""
    if not _RISE.search(fold(asked.question.text)):
        return None
    found = [
        (score, match, sentence)
        for score, clause, sentence in _clauses(asked, read, library)
        if score >= (_FIRST if sentence is read.best[0] else _ENOUGH) and (match := _FROM_TO.search(clause)) is not None
    ]
    if not found:
        return _between_years(asked, read, library)
    score, match, sentence = max(found, key=lambda one: one[0])
    unit = "%" if match.group(2) or match.group(4) else ""
    closing = _closing([match.group(1), match.group(3)], unit, asked.reading.language)
    return Draft(strategy="figures", lines=(line_of(sentence),), support=score, closing=closing)


def _between_years(asked: Asked, read: Read, library: Library) -> Draft | None:
    """How far the shares of the two years that a question names are apart, where one sentence states just these."""
    years = list(dict.fromkeys(re.findall(r"(?<!\d)20\d\d(?!\d)", asked.question.text)))
    if len(years) != _TWO:
        return None
    for piece in read.best[:_READ]:
        sentence = whole(piece, library.books[piece.document])
        held = asked.matter.covered_by(library.books[sentence.document].bag(sentence.text), sentence.above_bag)
        readings = [_told(sentence.text, pattern, years) for pattern in _IN_YEAR]
        told = [one for one in readings if one]
        # "60% năm 2030, 95% năm 2040" may be read either way round: the year that stands with each is not sure then.
        if held < _ENOUGH or len({tuple(one) for one in told}) != 1 or sentence.text.count("%") != _TWO:
            continue
        closing = _closing(told[0], "%", asked.reading.language)
        return Draft(strategy="figures", lines=(line_of(sentence),), support=held, closing=closing)
    return _between_stages(asked, read, library, years)


def _between_stages(asked: Asked, read: Read, library: Library, years: list[str]) -> Draft | None:
    """The same where one sentence states the figure of each year."""
    found = of_years(asked, read, library, years)
    if not found:
        return None
    closing = _closing([one.figure for one in found], "%" if found[0].unit == "%" else "", asked.reading.language)
    return Draft(
        strategy="figures", lines=tuple(line_of(one.sentence) for one in found), support=_ENOUGH, closing=closing
    )


def _closing(figures: Sequence[str], unit: str, language: Language) -> str:
    """The difference of two figures, the higher one first."""
    high, low = sorted(figures, key=_value, reverse=True)
    result = _shown(_value(high) - _value(low), language)
    name = "difference-points" if unit else "difference"
    return say(language, name, high=f"{high}{unit}", low=f"{low}{unit}", result=result)


def _told(text: str, pattern: re.Pattern[str], years: list[str]) -> list[str]:
    """The share that a sentence states for each of the years; [] where one has none or several."""
    found = [(match.group("year"), match.group("share")) for match in pattern.finditer(text)]
    shares = dict(found)
    return [shares[year] for year in years] if len(found) == len(shares) and set(years) <= set(shares) else []


def _clauses(asked: Asked, read: Read, library: Library) -> Iterator[tuple[float, str, Sentence]]:
    """The clauses of the sentences that were read first, with how much of what is asked about each holds."""
    for sentence in read.best[:_READ]:
        book = library.books[sentence.document]
        for clause in _CLAUSE.split(sentence.text):
            yield asked.matter.covered_by(book.bag(clause), sentence.above_bag), clause, sentence


def _value(text: str) -> float:
    """A number as documents write it, 0 for what is none."""
    return float(dong(text, "") or 0)


def _shown(value: float, language: Language) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text if language == "en" else text.replace(".", ",")
