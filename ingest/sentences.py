"""Sentences of a reading text, as ranges of it."""

from __future__ import annotations

import re

# A full stop, question mark or semicolon ends a sentence where a blank follows; "TT. Tỉnh ủy", "TP. Bắc Kạn", "v.v."
# and a number before the point ("1. Mục đích") do not.
_END = re.compile(r"(?:[;!?…]|(?<!\b[A-ZĐ])(?<!\b[A-ZĐ]{2})(?<!\bTr)(?<!\bv\.v)(?<!^\d)(?<!^\d\d)\.)[\"”’)]*(?=\s)")


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges ``[start, end)`` of the sentences of ``text``, without blanks at their ends; clauses that end with a
    semicolon count as sentences, as plans put one task in each.

    >>> [text[a:b] for text in ["Chủ trì dự án 8; phối hợp. Báo cáo TT. Tỉnh ủy."] for a, b in sentence_ranges(text)]
    ['Chủ trì dự án 8;', 'phối hợp.', 'Báo cáo TT. Tỉnh ủy.']
    """
    found: list[tuple[int, int]] = []
    start = opened = at = 0
    for match in (*_END.finditer(text), None):
        end = match.end() if match is not None else len(text)
        opened += text.count("(", at, end) - text.count(")", at, end)
        at = end
        if match is not None and opened > 0:
            continue  # inside brackets nothing ends
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, left + len(piece.strip())))
        start, opened = end, 0
    return found
