"""What share of all that a plan costs one source or one part has: "phần dân góp chiếm mấy phần trăm tổng kinh phí".

The part is a sum of the register of budgets, the whole what the plan plainly says it costs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.operands import calculations
from retrieval.answer.plan_total import beside_the_whole, sum_in
from retrieval.answer.terms import bag
from retrieval.answer.wanted import wanted
from retrieval.answer.worked import figure_of, lines_of_rows, share_of, value_of
from retrieval.registers.types import Row
from retrieval.tokens import marked_syllables

_OF_ALL = re.compile(
    r"\b(?:tong|kinh phi|von|ngan sach|nguon luc|ke hoach|de an|phuong an|chuong trinh)\b"
    r"|\b(?:total|whole|overall|budget|cost|funding|funds?|plan|scheme|programme)\b"
)
# Words that say that something is a part, and not which.
_TAKES = frozenset(
    "chiếm phần khoản góp đóng gánh lo chịu tỷ ti lệ trọng phần trăm bao nhiêu mấy trong so với tổng cấp được nguồn cho".split()
)
_MONEY = frozenset("phần khoản số nguồn vốn tiền kinh phí mức".split())
_FOUND = 0.7  # of what is asked besides the whole, in what the part is said to be
_AHEAD = 0.15
_ENOUGH = 0.8


def answer_share_of_plan(asked: Asked, library: Library, rows: Sequence[Row], total: Draft | None) -> Draft | None:
    """The part beside the whole, and its share; None where another share is asked, or one of the two is not plain.

    ``total`` is what the one document in question says that the whole costs.
    """
    documents = asked.scope.documents if asked.scope.named else asked.question.documents
    if total is None or total.abstained or len(documents) != 1 or not wanted(asked).share:
        return None
    if asked.reading.yes_no or asked.reading.parts or asked.carried or not _OF_ALL.search(fold(asked.question.text)):
        return None
    book = library.books[documents[0]]
    whole = sum_in(total.lines[0])
    named = _part(asked) or tuple(word for word in beside_the_whole(asked, book) if word not in _TAKES)
    if whole is None or not named:
        return None
    value = Decimal(whole[0].split()[0])
    topic = asked.matter.over(named)
    scored = sorted(
        (
            (topic.covered_by(_named(row, book)), row)
            for row in rows
            if row.kind == "budgets"
            and row.document == documents[0]
            and 0 < (value_of(row, book) or 0) < value
            and not re.fullmatch(r"\d{4}", row.value("period"))
        ),
        key=lambda pair: -pair[0],
    )
    if not scored or scored[0][0] < _FOUND:
        return None
    best = [row for score, row in scored if score > scored[0][0] - _AHEAD]
    if len({value_of(row, book) for row in best}) != 1:
        return None
    figure = figure_of(best[0])
    both = (figure.value, figure.shown), (value, whole[1])
    closing = share_of(*both, asked.reading.language)
    lines = (*lines_of_rows((best[0],), library), total.lines[0])
    return Draft(strategy="figures", lines=lines, support=_ENOUGH, closing=closing)


def _part(asked: Asked) -> tuple[str, ...]:
    """What a question says takes up a share, "vốn vay chính sách", without words for money; () where it says none."""
    if asked.reading.language == "en":
        return ()
    for reading in calculations(asked.alone):
        if reading.operation == "share":
            return tuple(word for word in marked_syllables(reading.operands[0]) if word not in _MONEY)
    return ()


def _named(row: Row, book: Book) -> frozenset[str]:
    """What a sum is said to be for or from: its own cells, and in a text what stands before it in its clause."""
    cells = " ; ".join(cell.text for cell in row.cells if cell.column in ("matter", "source", "fund", "part"))
    amount = row.get("amount")
    if row.span not in book.table_rows and amount is not None:
        cells = f"{cells} ; {book.text[row.span.start : amount.span.start].rpartition(';')[2]}"
    return bag(marked_syllables(cells))
