"""What "nó", "cơ quan đó" or "it" of a follow-up stands for: what the question before it was answered with."""

from __future__ import annotations

import re

from ingest.normalise import strip_marks
from ingest.rules.programme import parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.roles import part_name
from retrieval.types import Language

_THAT = r"(?:đó|này|ấy|do|nay|ay)"
PRONOUN = re.compile(
    rf"\b(?:nó|no|họ|(?:dự án|tiểu dự án|du an|tieu du an|cơ quan|đơn vị|phòng|sở|co quan|don vi) {_THAT}|it|they|"
    r"(?:that|this) (?:project|sub-?project|agency|office|unit|department))\b",
    re.IGNORECASE,
)


_ENGLISH = (("Tiểu dự án", "Sub-project"), ("Dự án", "Project"), ("Nội dung", "Content"), (" thuộc ", " of "))


def named_in(name: str, language: Language) -> str:
    """A name in a question of a language: an English one stays English, whatever letters the name has."""
    if language == "vi":
        return name
    for vietnamese, english in _ENGLISH:
        name = name.replace(vietnamese, english)
    return strip_marks(name)


def stands_for(earlier: Asked, draft: Draft) -> str:
    """The one Dự án or the one body that the question before was answered with, "" where there is none or several."""
    if draft.abstained or not draft.lines:
        return ""
    if earlier.reading.kind in ("duties", "list", "open") and not earlier.reading.parts:
        parts = dict.fromkeys(part_name(part) for line in draft.lines for part in parts_in(line.text))
        return next(iter(parts)) if len(parts) == 1 else ""
    if earlier.reading.kind in ("lead", "coordinate"):
        bodies = dict.fromkeys(line.label.partition(" (")[0] for line in draft.lines)
        return next(iter(bodies)) if len(bodies) == 1 else ""
    return ""
