"""What is said of many numbers at once: "Tổ 12 đến tổ 16" of Tổ 14, "không quá 80 người" of 100 people.

A question gives its own case ("nhà trọ 15 phòng"), a plan the rule; the number of the one need not stand in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.normalise import fold

_N = r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+(?:,[0-9]+)?"
_UNIT = r"[a-z%]{1,12}"
_AT_MOST = (
    r"khong (?:vuot )?qua|khong (?:cao|nhieu|lon|dai) hon|toi da|nhieu nhat|cao nhat|duoi|chua (?:den|toi|du)|den|toi"
)
_AT_LEAST = r"khong (?:duoi|it hon|thap hon)|toi thieu|it nhat|tren|hon|tu|du|tu du|vuot"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<before>{_UNIT}) (?P<low>{_N})(?: den| toi| ?[-–]) (?:(?P=before) )?(?P<high>{_N})(?![\d/.-])",
        rf"(?<![\d/.-])(?P<low>{_N})(?: den(?: duoi)?| toi| ?[-–]) ?(?P<high>{_N}) ?(?P<unit>{_UNIT})",
        rf"\btu (?P<low>{_N}) (?P<unit>{_UNIT})(?: den| toi) (?:duoi |het )?(?P<high>{_N})(?![\d/.-])",
        rf"(?<![\d/.-])(?P<low>{_N}) ?(?P<unit>{_UNIT})(?: [a-z]+){{0,2}} (?:tro len|up)\b",
        rf"(?<![\d/.-])(?P<high>{_N}) ?(?P<unit>{_UNIT})(?: [a-z]+){{0,2}} tro xuong\b",
        rf"\b(?:{_AT_MOST}) (?P<high>{_N}) ?(?P<unit>{_UNIT})",
        rf"\b(?:{_AT_LEAST}) (?P<low>{_N}) ?(?P<unit>{_UNIT})",
    )
)
_OWN = re.compile(rf"(?:(?P<before>\b{_UNIT}) )?(?<![\d/.,-])(?P<number>{_N})(?![\d/-]|[.,]\d)(?: ?(?P<unit>{_UNIT}))?")
# What stands beside a number and is no unit of it.
_NO_UNIT = frozenset(
    """
    va hay hoac cua o tai thi la co khong duoc bi de den tu trong theo voi moi cac nhung mot nay do nao gi nam ngay so
    """.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """That something is said of all numbers from ``low`` to ``high``, None for no end, of a unit: a folded word."""

    unit: str
    low: Decimal | None
    high: Decimal | None

    def holds(self, number: Decimal) -> bool:
        """Whether a number is one of these."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


def bounds(text: str) -> tuple[Bound, ...]:
    """The bounds that a text sets, () where it sets none."""
    said = fold(text)
    found: dict[Bound, None] = {}
    for pattern in _PATTERNS:
        matches = list(pattern.finditer(said))
        said = pattern.sub(" ; ", said)  # "từ 3 ha đến 10 ha" is no "từ 3 ha"
        for match in matches:
            named = match.groupdict()
            unit = named.get("before") or named.get("unit") or ""
            low, high = (_value(named.get(end)) for end in ("low", "high"))
            if unit not in _NO_UNIT and (low is None or high is None or low < high):
                found.setdefault(Bound(unit=unit, low=low, high=high))
    return tuple(found)


def numbers_with_units(text: str) -> tuple[tuple[Decimal, frozenset[str]], ...]:
    """The numbers of a text with the words on both sides that may be their unit: "tổ 14", "15 phòng"."""
    found = []
    for match in _OWN.finditer(fold(text)):
        beside = {match.group("before"), match.group("unit")} - _NO_UNIT - {None}
        value = _value(match.group("number"))
        if value is not None and beside:
            found.append((value, frozenset(one for one in beside if one is not None)))
    return tuple(found)


def bounded(number: str, asks: str, said: str) -> bool:
    """Whether a text sets a bound in the unit that a number of a question has, within which it is or not."""
    units = {unit for value, beside in numbers_with_units(asks) if value == _value(number) for unit in beside}
    return any(one.unit in units for one in bounds(said))


def within(asks: str, said: str) -> bool:
    """Whether a number of a question is one of those, of its unit, of which a text says something."""
    own = numbers_with_units(asks)
    return any(one.holds(value) and one.unit in beside for one in bounds(said) for value, beside in own)


def _value(number: str | None) -> Decimal | None:
    return None if not number else Decimal(number.replace(".", "").replace(",", "."))
