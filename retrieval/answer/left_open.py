"""What a document leaves open: it speaks of what is asked, and says that it is settled later or elsewhere."""

from __future__ import annotations

import re

from ingest.normalise import fold
from ingest.sentences import sentence_ranges
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Library
from retrieval.answer.terms import content

_ASKS = re.compile(r"\b(?:bao nhieu|may|khi nao|bao gio|luc nao|ngay nao|thang nao|how (?:much|many)|when|what date)\b")
_SETTLED = (
    r"(?:cong bo|thong bao|quy dinh|huong dan|xem xet|bao cao|xac dinh|quyet dinh|trinh|thong nhat|bo sung|can doi"
    r"|tinh toan|phan bo|lap|ban hanh)"
)
# "Giá vé do Sở Du lịch công bố sau", "nguồn vốn sẽ báo cáo riêng", "mức chi chưa xác định".
_LEFT_OPEN = re.compile(
    rf"\b{_SETTLED}(?: \w+){{0,2}} (?:sau|rieng)\b(?! (?:khi|day|do|cho|tung|biet)\b)"
    r"|\bchua (?:duoc )?(?:xac dinh|thong nhat|chot|bo tri|tinh|giao|phe duyet|an dinh)\b"
)
_FIGURE = re.compile(r"\d")
_PART = 0.4


def left_open(asked: Asked, draft: Draft, library: Library) -> Line | None:
    """The line of a draft that says so of what is asked, where it asks for a number or a day; None for any other.

    The clause that holds most of the question decides, or what no other has of it; it has no figure of its own.
    """
    if draft.strategy != "read" or not draft.lines or _ASKS.search(fold(asked.question.text)) is None:
        return None
    line = draft.lines[0]
    book = library.books[line.document]
    clauses = [line.text[start:end] for start, end in sentence_ranges(line.text)]
    bags = [book.bag(clause) for clause in clauses]
    shares = [asked.matter.covered_by(bag) for bag in bags]
    most = max(shares, default=0.0)
    for at, (clause, share) in enumerate(zip(clauses, shares, strict=True)):
        if not _LEFT_OPEN.search(fold(clause)) or _FIGURE.search(clause) is not None:
            continue
        others = tuple(bag for other, bag in enumerate(bags) if other != at)
        alone = any(
            asked.matter.finds(word, (bags[at],)) and not asked.matter.finds(word, others)
            for word in content(asked.topic)
        )
        if share == most or (alone and share >= _PART * most):
            return line
    return None
