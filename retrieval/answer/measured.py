"""Which of two places has more of something: the question for each by itself, "bao nhiêu" instead of "nhiều hơn"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold, has_marks
from retrieval.answer.compose import escape
from retrieval.answer.draft import Line
from retrieval.answer.wording import say
from retrieval.types import Language

# "So tổng kinh phí …", "So sánh số xã …".
_OPENING = re.compile(r"^so (?:sanh )?(?!voi\b)")
_WHICH = re.compile(
    r"\b(?:tinh|huyen|xa|phuong|thanh pho|noi|ben|dia phuong|ke hoach|van ban|don vi|ban) nao\b\s*"
    r"|\bthi\b\s*|\bgiua\b\s*"
)
_HOW = "nhiều|ít|cao|thấp|lớn|nhỏ|dài|rộng|nặng|đông"
# With its marks where the question has any: "bệnh dại" is no "dài".
_MORE = re.compile(rf"\b(?:{_HOW}) (?P<thing>(?!so với\b)(?:\w+ ){{0,12}}?)hơn\b(?: bao nhiêu\b)?", re.IGNORECASE)
_MORE_PLAIN = re.compile(fold(_MORE.pattern).replace("?p<thing>", "?P<thing>"), re.IGNORECASE)
_MORE_ENGLISH = re.compile(
    r"^(?:which (?:of (?:them|the two) |(?!is\b|has\b)\w+ )?(?:has|have|sets?|plans?|expects?|spends?|aims?|puts?)"
    r"(?: for)?|who (?:has|plans|sets|spends)) (?:the |a |an )?"
    r"(?:higher|lower|larger|bigger|smaller|greater|more|fewer|less|longer|most)\b",
    re.IGNORECASE,
)


def how_much(text: str, language: Language) -> str:
    """A question which of two has more as one for the amount of the one that is left in it; "" for any other.

    >>> how_much("So tổng kinh phí năm 2025 thì Cần Thơ dự kiến chi nhiều hơn?", "vi")
    'tổng kinh phí năm 2025 Cần Thơ dự kiến chi bao nhiêu?'
    >>> how_much("Đến năm 2025 tỉnh nào đặt chỉ tiêu nhiều hợp tác xã hơn, Quảng Ngãi?", "vi")
    'Đến năm 2025 đặt chỉ tiêu bao nhiêu hợp tác xã, Quảng Ngãi?'
    >>> how_much("Which has the higher target for clean water in 2025, Quảng Ngãi?", "en")
    'How much is target for clean water in 2025, Quảng Ngãi?'
    """
    if language == "en":
        return _MORE_ENGLISH.sub("How much is", text) if _MORE_ENGLISH.search(text) else ""
    found = list(_MORE.finditer(text) if has_marks(text) else _MORE_PLAIN.finditer(text))
    if len(found) != 1:
        return ""
    more = found[0]
    thing = text[more.start("thing") : more.end("thing")].strip()
    text = f"{text[: more.start()]}bao nhiêu {thing}".rstrip() + text[more.end() :]
    folded = fold(text)
    cut = [match.span() for pattern in (_OPENING, _WHICH) for match in pattern.finditer(folded)]
    for start, end in sorted(cut, reverse=True):
        text = text[:start] + text[end:]
    return text.strip()


_VALUE = re.compile(r": (?P<number>\d[\d.]*(?:,\d+)?)\s?(?P<unit>\D*)$")
_LESS = re.compile(r"\b(?:it|thap|nho) (?:\w+ ){0,12}?hon\b|\b(?:lower|smaller|fewer|less)\b")


def more_of(folded: str, language: Language, sides: Sequence[tuple[str, Line]]) -> str:
    """The sentence that says which of two places has more, or less where a folded question asks for that.

    The lines end their labels with a number and its unit, "Tổng cộng, Năm 2025: 7.260 triệu đồng"; "" where they do
    not, or where the units differ.
    """
    found = [_VALUE.search(line.label) for _, line in sides]
    values = [(name, one) for (name, _), one in zip(sides, found, strict=True) if one is not None]
    if len(values) < len(sides) or len({one["unit"].strip() for _, one in values}) != 1:
        return ""
    ordered = sorted(values, key=lambda pair: -Decimal(pair[1]["number"].replace(".", "").replace(",", ".")))
    first, second = (ordered[::-1] if _LESS.search(folded) else ordered)[:2]
    shown = [one.group().removeprefix(": ").strip() for _, one in (first, second)]
    if first[1]["number"] == second[1]["number"]:
        return say(language, "as-much", sum=shown[0])
    which = "which-less" if _LESS.search(folded) else "which-more"
    return say(language, which, part=escape(first[0]), sum=shown[0], other=f"{escape(second[0])}: {shown[1]}")
