"""The figures of a calculation put into words: their sum, share or difference, and which is more or the most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.figure_choice import PLAINLY
from retrieval.answer.forms import units_asked
from retrieval.answer.library import Library
from retrieval.answer.operand import Operand, called
from retrieval.answer.operands import Calculation
from retrieval.answer.rest import rest_of
from retrieval.answer.wording import say
from retrieval.answer.worked import Figure, amount, decimal, lines_of_rows, share_of

_ENOUGH = 0.8
_PER_CENT = 100
_LEAST_SHARE = Decimal("0.05")
"""Per cent; what is less is written as 0%."""


def drafted(
    asked: Asked, library: Library, wanted: Calculation, operands: Sequence[Operand], figures: Sequence[Figure]
) -> Draft | None:
    """A result in words, with the lines of its figures; None where these figures give none."""
    language = asked.reading.language
    if units_asked(asked) and any("đồng" in figure.unit for figure in figures):
        return None  # "hơn bao nhiêu ha" is no sum of money
    lines = lines_of_rows([row for figure in figures for row in figure.rows], library)
    if wanted.operation == "sum":
        total = sum((figure.value for figure in figures), Decimal(0))
        if figures[0].unit == "%" and total > _PER_CENT:
            return None  # shares of several things make no sum
        result = amount(total, figures[0].unit, language)
        closing = say(language, "sum", terms=" + ".join(figure.shown for figure in figures), result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation in ("share", "share-of"):
        part, total = figures[0], sum((figure.value for figure in figures[1:]), Decimal(0))
        if not 0 < part.value <= total or _PER_CENT * part.value / total < _LEAST_SHARE:
            return None  # figures that have nothing to do with each other
        closing = ""
        stated = figures[1].shown if len(figures) == 2 else amount(total, part.unit, language)
        if len(figures) > 2:
            terms = " + ".join(figure.shown for figure in figures[1:])
            closing = say(language, "sum", terms=terms, result=stated) + " "
        closing += share_of((part.value, part.shown), (total, stated), language)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation == "times":
        if not figures[1].value:
            return None
        result = decimal(figures[0].value / figures[1].value, language, places=2)
        closing = say(language, "times", high=figures[0].shown, low=figures[1].shown, result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    if wanted.operation == "rest":
        closing = rest_of(figures, language) if all(one.score >= PLAINLY for one in figures) else ""
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing) if closing else None
    in_order = sorted(figures, key=lambda figure: -figure.value)
    if wanted.operation in ("most", "least"):
        return _ordered(asked, library, wanted, operands, figures)
    high, low = in_order[0], in_order[-1]
    gap = high.value - low.value
    if wanted.operation in ("difference", "spread"):
        points = high.unit == "%"
        result = decimal(gap, language) if points else amount(gap, high.unit, language)
        name = "difference-points" if points else "difference"
        closing = say(language, name, high=high.shown, low=low.shown, result=result)
        return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)
    first, second = (high, low) if wanted.operation in ("more", "later", "compare") else (low, high)
    if gap == 0:
        opening = say(language, "as-much", sum=high.shown)
    else:
        who = first.rows[0].get("who")
        own = first.rows[0].value("part") or (who.text if who is not None else "")
        named = own if own and len(first.rows) == 1 else operands[list(figures).index(first)].phrase
        opening = say(
            language,
            f"which-{'more' if wanted.operation == 'compare' else wanted.operation}",
            part=named,
            sum=first.shown,
            other=second.shown,
        )
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, opening=opening)


def _ordered(
    asked: Asked, library: Library, wanted: Calculation, operands: Sequence[Operand], figures: Sequence[Figure]
) -> Draft:
    """The things that were named from the one with the most to the one with the least, and which that is."""
    pairs = sorted(zip(operands, figures, strict=True), key=lambda pair: -pair[1].value)
    extreme = pairs[0 if wanted.operation == "most" else -1][1].value
    names = ", ".join(called(operand) for operand, figure in pairs if figure.value == extreme)
    terms = "; ".join(f"{called(operand)}: {figure.shown}" for operand, figure in pairs)
    shown = next(figure.shown for _, figure in pairs if figure.value == extreme)
    return Draft(
        strategy="figures",
        lines=lines_of_rows([row for _, figure in pairs for row in figure.rows], library),
        support=_ENOUGH,
        opening=say(asked.reading.language, f"first-{wanted.operation}", part=names, sum=shown),
        closing=say(asked.reading.language, "in-order", terms=terms),
    )
