"""Sums, differences, shares and "which is more" over figures that the documents state, with the figures shown.

The figures come from the registers of budgets and targets: there each is tied to what it is for, its part of the
programme, its year and its unit, so that what is added is alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.normalise import fold, has_marks
from ingest.rules.programme import parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.dates_apart import between
from retrieval.answer.draft import Draft
from retrieval.answer.figure_choice import choose
from retrieval.answer.library import Library
from retrieval.answer.operand import Operand, told_apart
from retrieval.answer.operands import Calculation, asks_for_all, asks_whether_it_adds_up, calculations
from retrieval.answer.told_figures import drafted
from retrieval.answer.wanted import wanted as wanted_of
from retrieval.answer.wholes import sum_below_heading, sum_of_part, sum_of_plan
from retrieval.answer.worked import bags_of, of_parts
from retrieval.answer.yearly import average_of_years, difference_of_years, sum_of_some_years, sum_of_years
from retrieval.registers.types import Row

_TOLD = 0.6  # of what the others have, in what is said of the figure
_OF_FIGURES = re.compile(
    r"\b(?:von|tien|kinh phi|ngan sach|huy dong|trieu|ty dong|phan tram|ty le|chi tieu)\b|%|\b(?:money|funds?|funding|budgets?|capital|million|billion|raise|spend|spending|amounts?|allocations?|per ?cent(?:age)?|share|rate|targets?)\b"
)
_GETS = re.compile(
    r"\b(?:duoc (?:cap|chi|giao|bo tri|phan bo|nhieu nhat|it nhat)|gets?|receives?|is given|are given)\b"
)


def answer_calculated(
    asked: Asked, library: Library, rows: Sequence[Row], understand: Callable[[str], Asked]
) -> Draft | None:
    """What is worked out of the things that a question names; None where it names none, or one has no figure.

    ``understand`` reads a phrase of the question as a question of its own.
    """
    english = asked.reading.language == "en"
    # Marks that are put back may make another word of "cong"; abbreviations are written out where there are marks.
    as_typed = english or not has_marks(asked.question.text)
    text = asked.question.text.strip() if as_typed else asked.alone
    if asked.scope.unknown:
        return None
    documents = asked.scope.documents or tuple(library.books)
    own = [row for row in rows if row.document in documents and row.kind in ("budgets", "targets", "deadlines")]
    # Marks may be read into English words.
    readings = calculations(text) or calculations(asked.question.text.strip())
    together = _together(asked, library, own, text, readings[0] if readings else None)
    if together is not None:
        return together
    for wanted in readings:
        found = _worked_out(asked, library, rows, documents, wanted, understand)
        if found is not None:
            return found
    return None


def _worked_out(
    asked: Asked,
    library: Library,
    rows: Sequence[Row],
    documents: Sequence[str],
    wanted: Calculation,
    understand: Callable[[str], Asked],
) -> Draft | None:
    """One reading of a question worked out; None where one of its figures is missing."""
    if wanted.operation == "years":
        return None
    said = fold(asked.question.text)
    if wanted.operation == "compare" and (len(documents) != 1 or not _OF_FIGURES.search(said)):
        return None
    if wanted.operation in ("most", "least") and not (_OF_FIGURES.search(said) or _GETS.search(said)):
        return None  # "dự án nào có nhiều việc nhất"
    if wanted.operation == "between":
        dated = between(asked, library, rows, wanted, understand)
        if dated is not None:
            return dated
        wanted = replace(wanted, operation="difference")  # "how many years lie between … and …", of ages
    own = [row for row in rows if row.document in documents and row.kind in ("budgets", "targets", "deadlines")]
    due = wanted.operation in ("later", "sooner")
    own = [row for row in own if (row.kind == "deadlines") == due]
    if asked.reading.parts and not any(parts_in(one) for one in wanted.operands):
        own = [row for row in own if of_parts(row, asked.reading.parts)]
    operands = told_apart([Operand.of(phrase, asked, library, understand) for phrase in wanted.operands])
    chosen = choose(asked, library, own, wanted, operands) if operands else ()
    if wanted.said and chosen:
        told = understand(wanted.said).matter.covered_by(
            bags_of(chosen[0].rows[0], library.books[chosen[0].document])[0]
        )
        if told < _TOLD:
            return None
    return drafted(asked, library, wanted, operands, chosen) if chosen else None


def _together(
    asked: Asked, library: Library, rows: Sequence[Row], text: str, wanted: Calculation | None
) -> Draft | None:
    """Sums over all that a part, a plan or a period of years is given; None where no such is asked for."""
    of_one_part = [row for row in rows if not asked.reading.parts or of_parts(row, asked.reading.parts)]
    if wanted is not None and wanted.operation == "years":
        return sum_of_years(asked, library, of_one_part)
    if wanted is not None and wanted.operation == "difference":
        apart = difference_of_years(asked, library, of_one_part, wanted.operands)
        if apart is not None:
            return apart
    if asks_whether_it_adds_up(text):
        found = sum_of_part(asked, library, rows) or sum_of_plan(asked, library, rows)
        found = found or sum_of_years(asked, library, of_one_part)
        if found is not None:
            return found
    if wanted_of(asked).sums and (found := sum_below_heading(asked, library, rows)) is not None:
        return found
    if asks_for_all(text) and asked.reading.parts and (found := sum_of_part(asked, library, rows)) is not None:
        return found
    return average_of_years(asked, library, of_one_part) or sum_of_some_years(asked, library, of_one_part)
