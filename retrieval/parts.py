"""A long text as the passages that a question is held against: whole clauses, each under the text's title."""

from __future__ import annotations

import re

from ingest.sentences import sentence_ranges

# Characters of a passage. BM25 over the best passage of each of 64,145 articles, hit@10 of 149 held-out questions and
# of 500 that the models were trained on: whole articles .852 and .848, passages of 800 characters .859 and .852, of 500
# .852 and .856, of 300 .872 and .858; hit@1 rises from .48 to .60 and from .52 to .59.
LENGTH = 300
_LINE = 400  # a longer line is cut at the ends of its sentences
_HEADING = 200
_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zđ]{1,2}\)|[-–+*•])\s")
_OPEN = (".", ";", ":", ",")


def headed(title: str, text: str) -> tuple[str, str]:
    r"""The title and the rest of a text; a text without a title may bring it as its first line.

    >>> headed("", "Điều 2. Tên gọi\nTên do chủ sở hữu đặt.")
    ('Điều 2. Tên gọi', 'Tên do chủ sở hữu đặt.')
    >>> headed("", "1. Tên do chủ sở hữu đặt.\n2. Tên không được trùng.")
    ('', '1. Tên do chủ sở hữu đặt.\n2. Tên không được trùng.')
    """
    if title.strip():
        return title.strip(), text.strip()
    first, _, rest = text.strip().partition("\n")
    if not rest.strip() or len(first) >= _HEADING or _ITEM.match(first) or first.rstrip().endswith(_OPEN):
        return "", text.strip()
    return first.strip(), rest.strip()


def passages_of(text: str, length: int = LENGTH) -> list[str]:
    r"""Cut a text at the ends of lines, and of sentences in long lines, into passages of about ``length`` characters.

    No clause is divided, so that a passage may be longer than that; a text without a letter is one passage.

    >>> passages_of("1. Mục đích.\n2. Yêu cầu.\n3. Nội dung.", length=24)
    ['1. Mục đích.\n2. Yêu cầu.', '3. Nội dung.']
    """
    found: list[list[str]] = []
    size = 0
    for clause in _clauses(text):
        if not found or size + len(clause) > length:
            found.append([])
            size = 0
        found[-1].append(clause)
        size += len(clause)
    return ["\n".join(clauses) for clauses in found] or [text]


def _clauses(text: str) -> list[str]:
    clauses: list[str] = []
    for line in text.split("\n"):
        if len(line) <= _LINE:
            clauses.extend([line.strip()] if line.strip() else [])
        else:
            clauses.extend(line[start:end] for start, end in sentence_ranges(line))
    return clauses
