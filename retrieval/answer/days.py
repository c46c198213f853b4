"""Whole days that a text names: "05/01/2026", "ngày 5 tháng 1 năm 2026"."""

from __future__ import annotations

import re
from datetime import date

from ingest.normalise import fold

_DAY = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:[/.-]| thang )(?P<month>\d{1,2})(?:[/.-]| nam )(?P<year>\d{4})(?!\d)"
)


def first_day(text: str) -> str:
    """The first day as the text writes it, folded; "" where it names none."""
    found = _DAY.search(fold(text))
    return found.group() if found is not None else ""


def days_in(text: str) -> tuple[str, ...]:
    """The days of the calendar that a text names, in ISO form, each once, in order.

    >>> days_in("từ ngày 5 tháng 1 năm 2026 đến 30.02.2026, rồi 05/01/2026")
    ('2026-01-05',)
    """
    found = []
    for match in _DAY.finditer(fold(text)):
        try:
            found.append(date(*(int(match[name]) for name in ("year", "month", "day"))).isoformat())
        except ValueError:
            continue  # no day of the calendar
    return tuple(dict.fromkeys(found))
