"""A bound that a question sets on a figure: "trên 40 cô đỡ", "từ 5 tỷ trở lên", "fewer than ten"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from retrieval.answer.numerals import NUMBERS

Side = Literal[">", "<", ">=", "<="]

_NUMBER = rf"(?P<number>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)})(?![\w/])"
_BEHIND = r"\s*(?P<unit>%|[a-z]+(?: [a-z]+)?)?"
_NOT_YEAR = r"(?!20\d\d\b)"
_SIDES: tuple[tuple[Side, str], ...] = (
    (">=", rf"\btu {_NOT_YEAR}{_NUMBER}{_BEHIND}(?: \w+){{0,4}} tro len\b"),
    ("<=", rf"\btu {_NOT_YEAR}{_NUMBER}{_BEHIND}(?: \w+){{0,4}} tro xuong\b"),
    (">=", rf"\b(?:it nhat|toi thieu|khong (?:duoi|it hon)|at least|no (?:less|fewer) than) {_NOT_YEAR}{_NUMBER}{_BEHIND}"),
    ("<=", rf"\b(?:nhieu nhat|toi da|khong (?:qua|vuot|hon)|at most|no more than|up to) {_NOT_YEAR}{_NUMBER}{_BEHIND}"),
    ("<", rf"\b(?:duoi|chua (?:den|toi|du)|khong (?:den|toi)|(?:it|thap|nho) hon|below|under|(?:less|fewer|lower) than) {_NOT_YEAR}{_NUMBER}{_BEHIND}"),
    (">", rf"\b(?:tren|vuot(?: qua)?|hon|over|above|exceed(?:s|ing)?|(?:more|greater|higher) than) {_NOT_YEAR}{_NUMBER}{_BEHIND}"),
)  # fmt: skip
_BOUNDS = tuple((side, re.compile(pattern)) for side, pattern in _SIDES)


@dataclass(frozen=True, slots=True)
class Bound:
    """On which side of a number a figure is to be, and the words behind the number, folded: its unit or its thing."""

    side: Side
    number: Decimal
    behind: str

    def holds(self, value: Decimal) -> bool:
        """Whether a figure is within the bound."""
        if self.side == ">":
            return value > self.number
        if self.side == "<":
            return value < self.number
        return value >= self.number if self.side == ">=" else value <= self.number


def bound_in(said: str) -> Bound | None:
    """The one bound of a folded text; None where it sets none, or two.

    >>> bound_in("nhung huyen nao co tren 40 co do thon ban")
    Bound(side='>', number=Decimal('40'), behind='co do')
    """
    found: dict[int, Bound] = {}
    for side, pattern in _BOUNDS:
        for match in pattern.finditer(said):
            word = match["number"]
            if word[0].isdigit():
                plain = word.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", word) else word
                number = Decimal(plain.replace(",", "."))
            else:
                number = Decimal(NUMBERS[word])
            found.setdefault(match.start("number"), Bound(side, number, match["unit"] or ""))
    return next(iter(found.values())) if len(found) == 1 else None
