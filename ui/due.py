"""The day on which something is due, out of a normal form of ``retrieval/registers/times.py``. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.normalise import fold

UNDATED = date(2020, 1, 1)
"""Stands for the date of a document that has none: recurrences begin after it."""

_RECURRENCE = re.compile(r"(yearly|monthly|quarterly|half-yearly)(?: (?:(\d\d)-)?(\d\d))?")
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6}


@dataclass(frozen=True, slots=True)
class Due:
    """The first day, the rule (RRULE) by which it comes again or "", and whether the text itself names the day."""

    day: date
    rule: str
    exact: bool


def date_of(value: str) -> date | None:
    """The first day of an ISO date as far as it is given ("2021", "2021-02", "2021-02-19"), or None."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def due(value: str, words: str, after: date) -> Due | None:
    """When something is due; None where neither a day nor the end of a month, quarter, half-year or year is meant.

    ``words`` are those of the document: "trước năm 2025" is due the day before it, "từ năm 2025" begins with it. A
    recurrence starts on its first day from ``after``.

    >>> due("yearly 12-15", "trước ngày 15/12 hằng năm", date(2023, 1, 1))
    Due(day=datetime.date(2023, 12, 15), rule='FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15', exact=True)
    >>> due("quarterly", "hằng quý", date(2023, 2, 1))
    Due(day=datetime.date(2023, 3, 31), rule='FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', exact=False)
    """
    try:
        return _once(value, fold(words)) or _again(value, after)
    except (ValueError, OverflowError):  # a year, month or day that no calendar has
        return None


def _once(value: str, words: str) -> Due | None:
    first = date_of(value)
    if first is not None and len(value) == len("2023-12-15"):
        return Due(first, "", True)
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", value)
    if quarter is not None:
        first = date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
    if first is None:
        return None
    if re.match(r"(?:xong )?truoc (?!het)", words):
        return Due(first - timedelta(days=1), "", False)
    if words.startswith("tu "):
        return Due(first, "", False)
    months = 3 if quarter is not None else 1 if "-" in value else 12
    return Due(_last(first.year, first.month + months - 1), "", False)


def _again(value: str, after: date) -> Due | None:
    quarter = re.fullmatch(r"Q([1-4])", value)
    if quarter is not None:
        return _yearly(3 * int(quarter[1]), 31, after, exact=False)
    found = _RECURRENCE.fullmatch(value)
    if found is None:
        return None
    kind, month, day = found.groups()
    if kind == "yearly":
        return _yearly(int(month), int(day), after, exact=True) if month and day else None
    if day and (kind != "monthly" or month):
        return None
    return _every(_MONTHS[kind], int(day) if day else 31, after, exact=bool(day))


def _yearly(month: int, day: int, after: date, *, exact: bool) -> Due:
    """A day of each year; one that not every year has is the last of its month."""
    if day > 31:
        raise ValueError(f"not a day of a month: {day}")
    last = day >= (29 if month == 2 else monthrange(2001, month)[1])
    days = (_last(year, month) if last else date(year, month, day) for year in (after.year, after.year + 1))
    first = next(one for one in days if one >= after)
    return Due(first, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={-1 if last else day}", exact)


def _every(months: int, day: int, after: date, *, exact: bool) -> Due:
    """A day of every month, or of the last month of every quarter or half-year; in shorter months their last."""
    step = f"INTERVAL={months};" if months > 1 else ""
    rule = f"FREQ=MONTHLY;{step}BYMONTHDAY={-1 if day >= 31 else day}"
    if 28 < day < 31:
        rule = f"FREQ=MONTHLY;{step}BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
    month = -(-after.month // months) * months
    first = _in_month(after.year, month, day)
    return Due(first if first >= after else _in_month(after.year, month + months, day), rule, exact)


def _in_month(year: int, month: int, day: int) -> date:
    last = _last(year, month)
    if not 1 <= day <= 31:
        raise ValueError(f"not a day of a month: {day}")
    return last.replace(day=min(day, last.day))


def _last(year: int, month: int) -> date:
    """The last day of a month; month 13 is the first of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
