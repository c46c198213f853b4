"""A phrase that names a figure, understood: its words, its part of the programme, its documents and its years.

Of "lao động nữ" and "lao động nam" only the last word tells which is which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.normalise import fold
from ingest.rules.programme import Part, parts_in
from retrieval.answer.asked import Asked, topic_of
from retrieval.answer.library import Library
from retrieval.answer.listed import name_of
from retrieval.answer.terms import Topic, content
from retrieval.tokens import BREAK

_TOTAL = re.compile(
    r"\b(?:(?<!be )tong(?! (?:hop|ket)\b)|toan bo|tat ca|ca (?:chuong trinh|du an|tieu du an|noi dung|ke hoach|khoan|nam|nguon)|whole|total|overall|entire|all)\b"
)
# "7.011 triệu đồng của …": the sum that a phrase begins with.
SUM = re.compile(r"^\d[\d.,]* (?:trieu|ty)\b")
# "đường nội đồng mà Ban Dân tộc nhắm tới": what is said of the thing besides.
_CLAUSE = re.compile(r"(?<=\w)\s+mà\s.*$|(?<=\w)\s+(?:that|which)\s.*$", re.IGNORECASE | re.DOTALL)
# "đường nội đồng ở Bắc Giang": whose the thing is.
_OF_WHOM = re.compile(
    r"\s+(?:của|ở|tại|theo|trong|of|in|at|by)\s+(?:(?:the|tỉnh|huyện|thành phố|thị xã|UBND|Ban)\s+)*(?=[A-ZĐ]).*$",
    re.DOTALL,
)
# "kết quả 2023", "hiện trạng năm 2025": how the thing stood in a year.
_A_STAND = re.compile(
    r"(?:(?:ket qua|hien trang|so lieu|con so|muc|thuc hien|dau ky|cua|dat duoc|dat|the|result|level|figure)s? )+(?:nam |of |in |for )?20\d\d$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A phrase: what figures for it should hold, its parts of the programme, and the documents that it names."""

    phrase: str
    topic: Topic
    parts: tuple[Part, ...]
    documents: tuple[str, ...]
    total: bool
    years: tuple[str, ...] = ()
    same: bool = False
    """Whether it is of the same thing as another operand: "… năm 2025 và năm 2030"."""
    like: str = ""
    """The phrase of that other operand, which names the thing."""
    apart: Topic | None = None
    """What tells it from the others: of "lao động nữ" and "lao động nam" the last word."""

    @classmethod
    def of(cls, phrase: str, asked: Asked, library: Library, understand: Callable[[str], Asked]) -> Operand:
        """A phrase of a question; ``understand`` reads it as a question of its own."""
        named_parts = parts_in(phrase)
        parts = (named_parts[-1].within(named_parts[0]),) if named_parts else ()  # "TDA 1 DA 10 (ND 01)"
        projects = {part.project for part in asked.reading.parts if part.project}
        if parts and not parts[0].project and len(projects) == 1:
            parts = (replace(parts[0], project=projects.pop()),)  # "Nội dung 1 và Nội dung 2 của Dự án 10"
        empty = Topic((), library.weights)
        total = _TOTAL.search(fold(phrase)) is not None or not phrase or SUM.match(fold(phrase)) is not None
        if total:
            return cls(phrase=phrase, topic=empty, parts=parts, documents=(), total=True)
        english = asked.reading.language == "en"
        said = _CLAUSE.sub("", phrase)
        read = understand(f"the {said}" if english and not parts else said)
        topic = read.matter
        if not english:
            kind = "budget" if asked.reading.kind in ("open", "list", "count", "lead", "duties") else asked.reading.kind
            topic = Topic(
                topic_of(read.text, replace(read.reading, kind=kind, lookups=()), read.scope), library.weights
            )
        named = read.scope.documents if read.scope.named else ()
        years = tuple(re.findall(r"\b20\d\d\b", phrase))
        return cls(phrase=phrase, topic=topic, parts=parts, documents=named, total=False, years=years)


def told_apart(operands: Sequence[Operand]) -> list[Operand]:
    """The operands with what tells each from the others; [] where nothing does.

    "… năm 2025 và năm 2030": a year alone is of the same thing as the other operand.
    """
    found = []
    for one in operands:
        if (
            (not content(one.topic.words) or _A_STAND.match(fold(one.phrase)))
            and one.years
            and not one.parts
            and not one.total
        ):
            other = next((other for other in operands if content(other.topic.words)), one)
            one = replace(one, topic=other.topic, same=True, like=other.phrase)
        found.append(one)
    for at, one in enumerate(found):
        others = [other for other in found if other is not one]
        theirs = {word for other in others for word in content(other.topic.words)}
        own = [BREAK if word in theirs else word for word in one.topic.words]
        if content(own):
            found[at] = replace(one, apart=one.topic.over(own))
        elif not (one.parts or one.total or one.documents or any(one.years != other.years for other in others)):
            return []
    return found


def called(operand: Operand) -> str:
    """A thing as the question calls it, without whose it is: "đường nội đồng" of "đường nội đồng ở Bắc Giang"."""
    if len(operand.parts) == 1:
        part = operand.parts[0]
        return name_of(part.project, part.sub, part.content)
    return (_OF_WHOM.sub("", operand.phrase) or operand.phrase) if operand.documents else operand.phrase
