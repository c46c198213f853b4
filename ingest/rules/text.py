"""Small judgements about a piece of reading text that several rules share."""

from __future__ import annotations

import re

_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.?|\.\.\.)[\s\"”’»)\]}*]*$")
_STRUCTURAL = re.compile(
    r"^(?:Căn cứ\b|CĂN CỨ\b|Nơi nhận|NƠI NHẬN|TM\.|KT\.|TL\.|TUQ\.|T/M|K/T|Q\.\s|Kính gửi|Trên đây là|Theo đề nghị|"
    r"Xét (?:đề nghị|Tờ trình)|Phụ lục\b|PHỤ LỤC\b|Biểu (?:số|mẫu|\d)|BIỂU\b|Mẫu số|QUYẾT ĐỊNH\b|QUYẾT NGHỊ\b|KẾ HOẠCH$)"
)

# Words that no paragraph ends with, so the next line goes on: prepositions, conjunctions, "số", "ngày" before a figure.
_HANGING = re.compile(
    r"(?:[-–(“]|\b(?:số|ngày|tháng|của|và|các|những|với|cho|theo|từ|đến|trong|tại|về|do|bởi|là|để|được|bị|đã|sẽ|"
    r"hoặc|hay|như|khi|nếu|vào|trên|dưới|giữa|bằng|mọi|mỗi|cùng|nhưng|mà|gồm|thuộc))$",
    re.I,
)


def ends(text: str) -> bool:
    """Whether the text ends like a finished paragraph: with a full stop, a semicolon, a colon."""
    return _TERMINAL.search(text) is not None


def hangs(text: str) -> bool:
    """Whether the text cannot be a whole paragraph: it stops at a hyphen, in a bracket or at a small word."""
    return _HANGING.search(text) is not None or text.count("(") > text.count(")")


def is_upper(text: str) -> bool:
    """Whether most of at least two letters are capitals ("-CTr/TU" inside does not spoil it)."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


def starts_lower(text: str) -> bool:
    """Whether the first letter of the text is a small one."""
    for letter in text:
        if letter.isalpha():
            return letter.islower()
        if letter.isdigit():
            return False
    return False


def is_structural(text: str) -> bool:
    """Whether these words always begin a paragraph of an administrative document."""
    return _STRUCTURAL.match(text) is not None
