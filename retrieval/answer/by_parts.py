"""Sums and differences of figures that stand in different places: each thing that is named is asked for by itself.

"Vốn của cụm A nhiều hơn của cụm B bao nhiêu": what a question on A alone, and one on B alone, would be answered with.
Only where each such answer states one figure of what is counted, and all are of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ingest.normalise import has_marks
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line
from retrieval.answer.grid_cells import in_figures
from retrieval.answer.operands import calculations
from retrieval.answer.sentence_figures import Figure, figures_in, units_asked
from retrieval.answer.terms import bag
from retrieval.answer.wording import say
from retrieval.tokens import marked_syllables

_OF = re.compile(r"^(?:của|cho|ở|tại|thuộc)\s+", re.IGNORECASE)
_SUPPORT = 0.7
_TWO, _MOST = 2, 4
_HELD = 0.6  # of a thing, in the statement that has its figure


def answer_by_parts(asked: Asked, ask: Callable[[str], tuple[Asked, Draft | None]]) -> Draft | None:
    """A sum or a difference, with the statement for each figure; None where one thing has no figure of its own.

    ``ask`` answers a question on one of the things alone.
    """
    if asked.reading.language == "en" or not has_marks(asked.question.text) or asked.carried or asked.scope.unknown:
        return None
    for wanted in calculations(asked.alone):
        apart = wanted.operation in ("difference", "more", "less")
        if not (apart or wanted.operation == "sum") or not _TWO <= len(wanted.operands) <= _MOST:
            continue
        found = [_figure(asked, text, ask) for text in _in_full(wanted.operands)]
        told = [one for one in found if one is not None]
        if len(told) < len(found) or len({figure.unit for figure, _ in told}) != 1:
            continue
        if len({(line.document, line.quotes[0].span, figure.written) for figure, line in told}) < len(told):
            continue
        if apart and len(told) == _TWO:
            return _apart(asked, told)
        if wanted.operation == "sum":
            return _together(asked, told)
    return None


def _in_full(operands: Sequence[str]) -> list[str]:
    """The things as they are asked for: "Vốn của cụm A", "của cụm B" is the capital of both."""
    head = re.split(r"\s(?:của|cho|ở|tại|thuộc)\s", operands[0])[0]
    return [f"{head} {one}" if at and _OF.match(one) else one for at, one in enumerate(operands)]


def _figure(asked: Asked, text: str, ask: Callable[[str], tuple[Asked, Draft | None]]) -> tuple[Figure, Line] | None:
    own, draft = ask(f"{text} là bao nhiêu?")
    if draft is None or draft.abstained or draft.closing or not draft.lines:
        return None
    line = draft.lines[0]
    label = re.search(r": (?P<figure>\d[^:]*)$", line.label)
    figures = figures_in(label.group("figure") if label is not None else line.text)
    units = units_asked(asked)
    fitting = [one for one in figures if (one.unit in units if units else one.unit != "%")]
    if len({(one.number, one.unit) for one in fitting}) != 1:
        return None
    if own.matter.covered_by(bag(marked_syllables(f"{line.label} {line.text}"))) < _HELD:
        return None
    return fitting[0], line


def _apart(asked: Asked, told: Sequence[tuple[Figure, Line]]) -> Draft:
    (high, _), (low, _) = sorted(told, key=lambda one: -one[0].number)
    result = f"{in_figures(high.number - low.number)} {high.unit}"
    closing = say(asked.reading.language, "difference", high=high.written, low=low.written, result=result)
    return _draft(told, closing)


def _together(asked: Asked, told: Sequence[tuple[Figure, Line]]) -> Draft:
    total = sum((figure.number for figure, _ in told), Decimal(0))
    terms = " + ".join(figure.written for figure, _ in told)
    return _draft(
        told, say(asked.reading.language, "sum", terms=terms, result=f"{in_figures(total)} {told[0][0].unit}")
    )


def _draft(told: Sequence[tuple[Figure, Line]], closing: str) -> Draft:
    return Draft(
        strategy="figures", lines=tuple(line for _, line in told), support=_SUPPORT, closing=closing, unsure=True
    )
