"""Documents that a text names, by the way Nghị định 30/2020/NĐ-CP (Phụ lục I, mục II.6) has them cited."""

from __future__ import annotations

import bisect
import re

from ingest.normalise import CAPITALS, AlignedText
from ingest.types import Reference

_KINDS = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết(?: liên tịch)?|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Kế hoạch|"
    "Công văn|Chương trình(?: hành động)?|Kết luận|Thông báo|Tờ trình|Hướng dẫn|Báo cáo|Công điện|Đề án|Quy định|"
    "Quy chế|Văn bản|Hiến pháp|Thông tri|Lệnh|Giấy mời|Giấy ủy quyền|Giấy giới thiệu|Thông cáo|Phương án|Biên bản|"
    "Bản ghi nhớ|Bản thỏa thuận"
)
NUMBER = r"\d{1,5}(?:\s?/\s?\d{4})?\s?[/-]\s?[A-ZĐ][\wĐ&]*(?:\s?[-/]\s?[A-ZĐ][\wĐ&]*)*"
DATE = r"ngày\s+(?P<day>\d{1,2})\s*(?:[/.-]\s*|tháng\s+)(?P<month>\d{1,2})\s*(?:[/.-]\s*|năm\s+)(?P<year>\d{4})"
_NUMBERED = re.compile(
    rf"(?P<kind>{_KINDS})\s+(?:số\s*:?\s*)?(?P<number>{NUMBER})(?:\s*,?\s*{DATE}|\s+năm\s+(?P<only_year>\d{{4}}))?"
    rf"(?:\s+(?:của\s+)?(?P<issuer>(?<=của\s)[{CAPITALS}][^,;.()“”\"]{{0,120}}?)"
    rf"(?=\s+(?:về|phê duyệt|ban hành|triển khai|thực hiện|quy định|hướng dẫn|sửa đổi|giao|công bố|thông qua|kéo dài|"
    rf"tiếp tục|tăng cường|đẩy mạnh|và|khóa|đã|tại|để|trên|quyết định|bổ sung|đến|đối với|cho)\b|[,;.()“”\"]|$))?",
    re.IGNORECASE,
)
# A law is named by its title with a date, a year or a number: "Luật Lâm nghiệp năm 2017". Where a legal basis begins,
# the title may be in small letters: "Căn cứ Luật tổ chức chính quyền địa phương ngày 19/6/2015".
_LAW = re.compile(
    rf"(?:(?<=ăn cứ )|(?<=; )|(?=(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+[{CAPITALS}]))"
    rf"(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(?P<title>[^\W\d_][^;.\n]{{0,200}}?)\s*(?:,\s*)?"
    rf"(?:(?:số\s+(?P<number>\d{{1,3}}/\d{{4}}/QH\d+)(?:\s*,?\s*{DATE})?)|{DATE.replace('P<', 'P<on_')}"
    rf"|(?<!đến)(?<!từ)(?<!trong)\s+năm\s+(?P<only_year>\d{{4}})(?!\s*[-–]))"
)
# "Chỉ thị số 27/CT-TTg … (sau đây viết tắt là Chỉ thị số 27)" names one document, once.
_SHORT_FOR = re.compile(
    r"\s*\((?:sau đây|dưới đây|gọi tắt|viết tắt|gọi là)[^()]{0,30}?\b(?:là|:)\s*(?:[“\"]\s*)?", re.IGNORECASE
)
_ABOUT = re.compile(r"^[\s,]*(?:(?:về\s+việc|về)\s+)?(?P<title>.+?)[\s;,.]*$", re.S)


def iso_date(day: str, month: str, year: str) -> str:
    """The ISO form of a date as far as it is given: "2021-03-04", "2021-02", "2021" or "".

    >>> iso_date("", "2", "2021")
    '2021-02'
    """
    parts = [year]
    if year and month and 1 <= int(month) <= 12:
        parts.append(f"{int(month):02d}")
        if day and 1 <= int(day) <= 31:
            parts.append(f"{int(day):02d}")
    return "-".join(part for part in parts if part)


def references(aligned: AlignedText) -> tuple[Reference, ...]:
    """Every numbered document, and every dated law, that a reading text names, in order."""
    text = aligned.text
    found: list[Reference] = []
    renamed = {named.end() for named in _SHORT_FOR.finditer(text)}
    for match in _NUMBERED.finditer(text):
        if match.start() in renamed:
            continue
        kind = match.group("kind")
        if not kind[:1].isupper() and kind.lower() not in ("kế hoạch", "quyết định", "công văn", "nghị quyết"):
            continue
        year = match.group("year") or match.group("only_year") or ""
        found.append(
            Reference(
                kind=kind,
                number=re.sub(r"\s+", "", match.group("number")),
                date=iso_date(match.group("day") or "", match.group("month") or "", year),
                issuer=(match.group("issuer") or "").strip(),
                title="",
                span=aligned.span(match.start(), match.end()),
            )
        )
    numbered = [one.span for one in found]
    for match in _LAW.finditer(text):
        span = aligned.span(match.start(), match.end())
        before = bisect.bisect_left(numbered, span.end, key=lambda known: known.start) - 1
        if before < 0 or numbered[before].end <= span.start:
            day, month, year = (match.group(part) or match.group(f"on_{part}") for part in ("day", "month", "year"))
            found.append(
                Reference(
                    kind=match.group("kind"),
                    number=match.group("number") or "",
                    date=iso_date(day or "", month or "", year or match.group("only_year") or ""),
                    issuer="",
                    title=match.group("title"),
                    span=span,
                )
            )
    return tuple(sorted(found, key=lambda one: one.span))


def basis(aligned: AlignedText) -> Reference | None:
    """The document that one "Căn cứ …" rests on, with its title, or None where the line names none."""
    named = references(aligned)
    if not named:
        return None
    first = named[0]
    if first.title:
        return first
    end = next((at for at, start in enumerate(aligned.starts) if start >= first.span.end), len(aligned.text))
    rest = _SHORT_FOR.split(aligned.text[end:], maxsplit=1)[0]
    about = _ABOUT.match(rest) if not rest.lstrip().startswith(";") else None  # another document follows
    title = about.group("title") if about is not None else ""
    return Reference(
        kind=first.kind, number=first.number, date=first.date, issuer=first.issuer, title=title, span=first.span
    )
