"""Dates, periods and recurrences in a reading text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.rules.references import iso_date

_YEARLY = r"(?:hằng năm|hàng năm|mỗi năm|các năm)"
_DATE = r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:/|-|\.|\s+năm\s+)\s*(?P<year>\d{4}))?"
_WHEN = re.compile(
    rf"(?P<full>(?:(?:trước|chậm nhất|xong trước|không quá|muộn nhất|đến|vào|từ)\s+(?:là\s+)?)?(?:trước\s+)?ngày\s+{_DATE}"
    rf"(?P<more>(?:\s*(?:và|,)\s*(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?![\d/]))*)(?:\s+{_YEARLY})?)"
    rf"|(?P<monthly>(?:trước\s+)?ngày\s+(?P<monthday>\d{{1,2}})\s+(?:hằng|hàng|mỗi|của)\s+tháng)"
    r"|(?P<quarter>(?:trong\s+)?(?:quý|quí)\s+(?P<q>[IV]{1,3}|\d)(?:\s*(?:/|-|–|năm\s+)\s*(?P<qyear>\d{4}))?)"
    r"|(?P<until>(?:đến hết|hết|trong|trước|xong trước|đến|từ)\s+(?:tháng\s+(?P<umonth>\d{1,2})\s*(?:/|năm\s+)\s*)?(?:năm\s+)?(?P<uyear>20\d\d)(?!\s*[-–]))"
    r"|(?P<month_only>tháng\s+(?P<mmonth>\d{1,2})\s*(?:/|năm\s+)\s*(?P<myear>20\d\d))"
    rf"|(?P<every>(?:định kỳ\s+)?(?:{_YEARLY}|hằng quý|hàng quý|mỗi quý|hằng tháng|hàng tháng|mỗi tháng|hằng tuần|hàng tuần|"
    r"6 tháng|sáu tháng|\d+\s+năm/lần|theo quý|quý, năm|thường xuyên|đột xuất)(?:\s*(?:,|và|hoặc)\s*(?:6 tháng|hằng năm|hàng năm|năm|quý|cả năm|đột xuất))*)",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"(?:giai đoạn\s+)?(?P<from>20\d\d)\s*(?:-|–|đến|tới)\s*(?:năm\s+)?(?P<to>20\d\d)|năm\s+(?P<year>20\d\d)"
    r"|(?P<yearly>mỗi năm|hằng năm|hàng năm|bình quân (?:mỗi|hằng|hàng) năm)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})")
_HORIZON = re.compile(r"\b(?:định hướng|tầm nhìn)\s*$", re.IGNORECASE)
# "Kế hoạch … về phát triển thủy sản đến năm 2030": the year belongs to what the plan is called.
_TITLE = re.compile(
    r"(?:\b(?:Chương trình|Đề án|Kế hoạch|Chiến lược|Quy hoạch|Nghị quyết|Quyết định|Dự án)\b(?! này)(?:[^;:]{0,160}?\bvề\b)?[^;.,:]*"
    r"|[“\"][^”\"]*)(?:,\s*(?:giai đoạn[^;.,:]*)?)?$"
)
# "ngân sách hàng năm", "trong kế hoạch hàng năm" name the money and the plan; "hàng năm tính từ …" a count.
_YEARLY_MONEY = re.compile(
    r"\b(?:ngân sách|kinh phí|vốn|dự toán|chi|báo cáo định kỳ|(?:trong|theo|thuộc) (?:các )?kế hoạch|trung hạn(?: và|,)?)\s+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*,?\s*(?:được )?tính từ\b", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class When:
    """A time in a text: ``text[start:end]``, its normal form, and whether it names a day, month or quarter."""

    start: int
    end: int
    value: str
    exact: bool


def times(text: str) -> Iterator[When]:
    """The times of a text in order; dates of cited documents are to be blanked out before.

    >>> [one.value for one in times("trước ngày 15/12 hằng năm; xong trước ngày 30 tháng 6 năm 2024; quý IV/2023")]
    ['yearly 12-15', '2024-06-30', '2023-Q4']
    >>> [one.value for one in times("định kỳ hằng quý, trước ngày 20 hằng tháng, đến hết năm 2025")]
    ['quarterly', 'monthly 20', '2025']
    >>> [one.value for one in times("trước ngày 01/6 và 15/11 hằng năm")]
    ['yearly 06-01', 'yearly 11-15']
    """
    for match in _WHEN.finditer(text):
        value, exact = _value(match)
        if value:
            yield When(match.start(), match.end(), value, exact)
        for other in _OTHER.finditer(text, *match.span("more")) if match.group("more") else ():
            day, month = int(other.group("day")), int(other.group("month"))
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield When(other.start(), match.end(), f"yearly {month:02d}-{day:02d}", True)


def due_times(text: str) -> Iterator[When]:
    """The times of a text at which something may be due: without horizons and the years of what documents are called.

    >>> [one.value for one in due_times("Ban hành kế hoạch giai đoạn 2025 - 2035, định hướng đến năm 2045")]
    []
    >>> [one.value for one in due_times("Triển khai Kế hoạch về nuôi biển đến năm 2030; hoàn thành trong năm 2026")]
    ['2026']
    """
    for one in times(text):
        before = text[: one.start]
        if one.exact:
            yield one
        elif one.value[:2] == "20":
            if not _HORIZON.search(before) and not _TITLE.search(before):
                yield one
        elif not _YEARLY_MONEY.search(before) and not _COUNTED.match(text[one.end :]):
            yield one


def _value(match: re.Match[str]) -> tuple[str, bool]:
    if match.group("full"):
        day, month, year = match.group("day"), match.group("month"), match.group("year")
        if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
            return "", False
        if year:
            return iso_date(day, month, year), True
        return f"yearly {int(month):02d}-{int(day):02d}", True
    if match.group("monthly"):
        return f"monthly {int(match.group('monthday')):02d}", True
    if match.group("quarter"):
        number = _QUARTERS.get(match.group("q").upper()) or match.group("q")
        year = match.group("qyear")
        return (f"{year}-Q{number}" if year else f"Q{number}"), True
    if match.group("until"):
        month, year = match.group("umonth") or "", match.group("uyear")
        return iso_date("", month, year), bool(month)
    if match.group("month_only"):
        return iso_date("", match.group("mmonth"), match.group("myear")), True
    return _recurrence(match.group().lower()), False


def _recurrence(text: str) -> str:
    if "tháng" in text and "6 tháng" not in text and "sáu tháng" not in text:
        return "monthly"
    if "6 tháng" in text or "sáu tháng" in text:
        return "half-yearly"
    if "quý" in text or "quí" in text:
        return "quarterly"
    if "tuần" in text:
        return "weekly"
    every = re.search(r"(\d+)\s+năm/lần", text)
    if every is not None:
        return f"every {every.group(1)} years"
    if "năm" in text:
        return "yearly"
    return "as needed" if "đột xuất" in text else "always"


def periods(text: str) -> Iterator[When]:
    """The years and periods of a text in order: "2021-2025", "2023", "yearly".

    >>> [one.value for one in periods("giai đoạn 2021 - 2025: mỗi năm 180 triệu, riêng năm 2023")]
    ['2021-2025', 'yearly', '2023']
    """
    for match in PERIOD.finditer(text):
        value = (
            f"{match.group('from')}-{match.group('to')}"
            if match.group("from")
            else "yearly"
            if match.group("yearly")
            else match.group("year")
        )
        yield When(match.start(), match.end(), value, True)
