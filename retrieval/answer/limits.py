"""What limits a statement stands right behind it: "… 20 tỷ đồng mỗi năm; số tiền này không nằm trong kinh phí".

Whether something is so may be decided there, so that a yes-or-no question is shown both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Library

_LIMITS = re.compile(
    r"\W*(?:(?:số tiền|khoản|mức|số|việc|phần|nội dung|trường hợp|diện|quy định|(?:các|những) \w+) (?:này|đó|trên)"
    r"|riêng|trừ|tuy nhiên)\b[^.;]*\b(?:không|chưa|chỉ)\b",
    re.IGNORECASE,
)
_LONGEST = 400
"""Code points of a limit that is added."""


def with_limits(asked: Asked, draft: Draft, library: Library) -> Draft:
    """A draft whose statements show the limit behind them, where a question asks whether something is so."""
    if not asked.reading.yes_no or draft.abstained or draft.closing:
        return draft
    return replace(draft, lines=tuple(_limited(line, library) for line in draft.lines))


def _limited(line: Line, library: Library) -> Line:
    if len(line.quotes) != 1:
        return line
    (quote,) = line.quotes
    book = library.books[line.document]
    inside = [one for one in book.sentences if one.passage.kind != "row" and one.span.end == quote.span.end]
    if not inside:
        return line
    own = book.by_passage.get(inside[-1].passage.index, [])
    at = own.index(inside[-1]) + 1 if inside[-1] in own else len(own)
    if at >= len(own) or len(own[at].text) > _LONGEST or _LIMITS.match(own[at].text) is None:
        return line
    span = Span(quote.span.start, own[at].span.end)
    return replace(line, text=f"{line.text} {own[at].text}", quotes=(replace(quote, span=span),))
