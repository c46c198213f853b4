"""Sums of money as documents write them: amount and unit, kind of funds, source."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from retrieval.answer.library import DONG

AMOUNT = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,3}(?:[.,\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>(?:nghìn|ngàn)\s+tỷ(?:\s+đồng)?|(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+(?:đồng|USD|đô la)|(?:triệu|tỷ|tỉ)(?!\s+(?!cho|để|từ|và|là|trong|năm|đến|vốn|kinh|ngân|do)[^\W\d_])|"
    rf"{DONG}"
    r"|USD|VNĐ|VND|đ\b)",
    re.IGNORECASE,
)
_FACTORS = (
    (re.compile(r"(?:nghìn|ngàn)\s+tỷ", re.I), 10**12),
    (re.compile(r"tỷ|tỉ", re.I), 10**9),
    (re.compile(r"triệu", re.I), 10**6),
    (re.compile(r"nghìn|ngàn", re.I), 10**3),
)
FUND = re.compile(
    r"(?:nguồn\s+)?(?:vốn|kinh phí|chi)\s+(?:đầu tư(?: phát triển)?|sự nghiệp(?: \w+ \w+)?|đối ứng|vay(?: tín dụng)?|tín dụng|thường xuyên|ODA|lồng ghép|viện trợ)|"
    r"viện trợ(?: không hoàn lại| phi chính phủ)?|(?<!\w)(?:ĐTPT|VSN|SN)(?!\w)",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"(?:nguồn\s+)?(?:vốn\s+)?(?:ngân sách\s+(?:trung ương|địa phương|nhà nước|tỉnh|huyện|thành phố|cấp \w+|xã)|NSTW|NSĐP|NSNN|NS tỉnh|NS huyện)|xã hội hóa|xã hội hoá|"
    r"(?:các\s+)?tổ chức(?:, cá nhân)? (?:quốc tế|nước ngoài)|(?:các\s+)?nguồn lực hỗ trợ|(?:vốn\s+)?(?:huy động|dân góp|đóng góp)(?: của nhân dân| khác)?|quỹ\s+[A-ZĐ]\w*(?:\s+\w+){0,4}",
    re.IGNORECASE,
)


def dong(number: str, unit: str) -> str:
    """An amount in đồng, in digits; with " USD" behind it where it is none; "" where it is no number.

    >>> dong("7.011", "triệu đồng"), dong("3,6", "tỷ đồng"), dong("11.100.000.000", "đồng"), dong("2", "triệu USD")
    ('7011000000', '3600000000', '11100000000', '2000000 USD')
    """
    plain = re.sub(r"\s", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return ""
    factor = next((times for pattern, times in _FACTORS if pattern.search(unit)), 1)
    total = value * factor
    digits = str(total.quantize(Decimal(1))) if total == total.to_integral_value() else f"{total.normalize():f}"
    return f"{digits} USD" if re.search(r"USD|đô la", unit, re.I) else digits


def fold_name(text: str) -> str:
    """A kind or source of funds in one form: without "nguồn", in small letters."""
    name = re.sub(r"^nguồn\s+(?=vốn|kinh phí|ngân sách|chi\b)", "", " ".join(text.split()).lower())
    return {"nstw": "ngân sách trung ương", "nsđp": "ngân sách địa phương", "nsnn": "ngân sách nhà nước"}.get(
        name, name
    )
