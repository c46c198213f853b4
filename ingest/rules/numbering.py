"""Numbers and signs in front of headings and items (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5).

The decree's ladder is phần, chương, mục, tiểu mục, điều, khoản, điểm; plans without điều use I., 1., 1.1., a), -, +.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["part", "chapter", "division", "upper", "roman", "article", "decimal", "letter", "paren", "bullet"]

_PATTERN = re.compile(
    r"""^(?:
      (?P<part>phần(?:\s+thứ)?\s+(?:[ivxlc]+|\d{1,2}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))(?=[\s.:]|$)[.:]?
    | (?P<chapter>chương\s+(?:[ivxlc]+|\d{1,2}))(?=[\s.:]|$)[.:]?
    | (?P<division>(?:tiểu\s+)?mục\s+(?:[ivxlc]+|\d{1,2}))(?=[\s.:]|$)[.:]?
    | (?P<article>điều\s+\d{1,3}[a-zđ]?)(?=[\s.:]|$)[.:]?
    | (?P<roman>[IVXLC]{1,7})(?:[.)/]|\s*[-–](?=\s))(?=\s|\w|$)
    | (?P<upper>[A-ZĐ])(?:[.)])(?=\s)
    | (?P<decimal>\d{1,2}(?:\.\d{1,2}){1,5})(?:[.)]|(?=\s)(?!\s(?:triệu|tỷ|tỉ|ha|km|m2|kg|tấn|lần|điểm)\b))\s*(?=\D)
    | (?P<single>\d{1,3})[.)](?=\s*[^\d\s])
    | (?P<letter>[a-zđêôơư](?:\.?\d{1,2})?)[).](?=\s*\S)
    | (?P<comma>[a-zđ]),(?=\s+[A-ZĐÀ-Ỹ])
    | (?P<paren>\((?:\d{1,3}|[a-zđ]|[ivx]{1,5})\))(?=\s)
    | (?P<bullet>[-–—+*•▪◦●○■□✓➢❖·\uf0b7\uf02d\uf0a7])(?=\s|[A-ZĐÀ-Ỹa-zđ\d“"(\[*])
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN = re.compile(r"^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
# How deep a mark stands when several kinds are mixed; decimals add one for each further component.
_RANK = {"part": 10, "chapter": 20, "division": 30, "upper": 35, "roman": 40, "article": 50, "decimal": 60}
_LETTER_RANK = 90
_COUNTS = frozenset(("upper", "roman", "decimal", "letter", "paren"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number or sign at the start of a paragraph. ``length`` counts its characters, following blanks included."""

    kind: MarkKind
    number: str
    length: int

    @property
    def rank(self) -> int:
        """The depth in the ladder: smaller is higher up."""
        if self.kind == "decimal":
            return _RANK["decimal"] + 5 * self.number.count(".")
        return _RANK.get(self.kind, _LETTER_RANK)

    @property
    def opens_section(self) -> bool:
        """Whether it numbers a part of the outline rather than an item of a list."""
        return self.kind in _RANK


def mark_of(text: str) -> Mark | None:
    """The mark that ``text`` (reading text of a paragraph) begins with, or None.

    >>> mark_of("2.1. Tiểu dự án 1").number, mark_of("1.000 ngày đầu đời"), mark_of("- Xây dựng").kind
    ('2.1', None, 'bullet')
    """
    match = _PATTERN.match(text)
    if match is None or match.lastgroup is None:
        return None
    name = match.lastgroup
    raw = match.group(name)
    if name == "roman" and (raw != raw.upper() or not _ROMAN.match(raw)):
        if len(raw) > 1:
            return None
        name = "upper" if raw.isupper() else "letter"
        if name == "letter" and match.group(0).strip().endswith("/"):
            return None
    if name == "upper" and not raw.isupper():
        name = "letter"
    if name in ("letter", "comma") and raw[0].isupper():
        return None
    kind = {"single": "decimal", "comma": "letter"}.get(name, name)
    number = " ".join(raw.split())
    return Mark(kind=kind, number=number, length=match.end())  # type: ignore[arg-type]  # the groups are the kinds


def unnumbered(text: str) -> str:
    """A heading or an item without its number or letter; named numbers ("Điều 3", "Chương II") and bullets stay.

    >>> unnumbered("6. Dự án 8: Bình đẳng giới"), unnumbered("b) Kinh phí"), unnumbered("Điều 3. Tổ chức")
    ('Dự án 8: Bình đẳng giới', 'Kinh phí', 'Điều 3. Tổ chức')
    """
    mark = mark_of(text)
    return text[mark.length :] if mark is not None and mark.kind in _COUNTS else text
