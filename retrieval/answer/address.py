"""Addresses of parts of a document, as a question names them by number: "điểm b khoản 2 Điều 5", "mục II.3".

Nghị định 30/2020/NĐ-CP (Phụ lục I, mục II.5.d) has a document divided into phần, chương, mục, điều, khoản, điểm, and
its annexes numbered, so that each part can be cited by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.answer.cited import CITED_KINDS, ENGLISH_KINDS

ROMAN = r"[ivx]+"
_VALUE = rf"(?:{ROMAN}|\d+[a-z]?|[a-e])(?:[.\-](?:\d+|[a-e]))*"
ORDINALS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
UNIT_NAMES = {
    "phan": "part", "part": "part", "chuong": "chapter", "chapter": "chapter", "muc": "section", "section": "section",
    "tieu muc": "section", "dieu": "article", "article": "article", "khoan": "clause", "clause": "clause",
    "paragraph": "clause", "diem": "point", "point": "point", "phu luc": "annex", "annex": "annex",
    "appendix": "annex", "bieu": "annex",
}  # fmt: skip
_UNIT = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(UNIT_NAMES, key=len, reverse=True))})(?: so)?(?: thu)? (?P<value>{_VALUE}|{'|'.join(ORDINALS)})"
    r"(?![\w%/])(?!,\d)(?! (?:tieu|trieu|ty|ti|nghin|dong|phan tram|ho|nguoi|per ?cent)\b)"
)
# Between the units of one address: "điểm b khoản 2, Điều 5", "point b of clause 2 of Article 5".
_JOINS = re.compile(r"\W*(?:(?:cua|thuoc|trong|o|tai|of|in|the)\s+)*")
_DOCUMENT = rf"(?:(?:cua|trong|thuoc|o|tai|of|in|the|cai|ban|to)\s+)*(?:(?:{CITED_KINDS}|kh|qd|nq|nd|bc|{'|'.join(ENGLISH_KINDS)}|report)\b)?"
_WHAT = r"(?:cai |nhung |cac |ve )*(?:gi|cai gi|the nao|ra sao|nhu the nao|nhung gi|chuyen gi|van de gi|noi dung (?:gi|nao)|viec gi|(?:dieu|muc|phan|khoan|chuong|noi dung|y) (?:nao|gi))"
_SAYS = re.compile(
    rf"(?:co )?(?:(?:noi|quy dinh|ghi|viet|neu|de cap|trinh bay|ban|gom|co|bao gom)(?: (?:den|ve|toi|cu the|co|la|cai|nhung))*\s*)+{_WHAT}\b"
    rf"|(?:co )?(?:ten|tieu de|noi dung)(?: (?:la|chinh|cua no))* (?:{_WHAT})\b|la (?:phan |muc |dieu )?(?:{_WHAT})\b"
    r"|(?:say|says|cover|covers|deal with|deals with|regulate|regulates|contain|contains|include|lay down|state|provide|set out)\b"
    r"|(?:is )?(?:about|called|titled)\b"
)
# In front of the address: "nội dung Điều 36", "what is in Annex 1", "cho xem mục II".
_SHOW = re.compile(
    r"(?:\b(?:noi dung|tieu de|ten|nguyen van|toan van|trich|doc|xem|mo|tom tat|liet ke|dua|trich dan|cho biet|co gi trong|co gi o|"
    r"(?:what|what's) (?:is |does |do |are )?(?:in|under|the (?:title|content|text|heading|name) of)|show(?: me)?|quote|read(?: me)?|"
    r"the (?:title|content|contents|text|heading) of)\s*(?:cua|phan|cho toi|giup toi|the)?\s*)$"
)
_POLITE = r"(?:vay|the|a|nhi|v|ad|em|anh|chi|oi|nhe|voi|giup|ha|do|luon|co|cu the|la|please|what)"
# All that a question has beside an address: "Điều 3 Quyết định 16/2025 Hà Nội".
_DOCUMENT_ONLY = re.compile(
    rf"^(?!.*\b(?:nao|gi|may|bao nhieu|ai|dau|khi|khong|sao|luc|who|when|how|which|where|what|why|does|is|are)\b)"
    rf"\W*{_DOCUMENT}[^?]{{0,60}}\??\W*$"
)
_AFTER = re.compile(rf"^[\W_]*(?:{_POLITE}\b[\W_]*)*(?:(?:cua|trong|thuoc|o|tai|theo|of|in|under)\b.*)?$")
_BETWEEN = 90
"""Code points at most between the address and what is asked of it: the name of a document."""


ASKS_PARTS = re.compile(
    r"\b(?:nhung|cac) (?:dieu|muc|phan|khoan|chuong) (?:nao|gi)\b|\bwhich (?:articles|sections|parts|clauses)\b"
)
"""A question for the names of parts, on folded text: "Chương II gồm những điều nào?"."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One level of an address: its name and its number, ("article", "36"), ("point", "b")."""

    name: str
    value: str


def addresses_asked(said: str) -> list[list[Unit]]:
    """The addresses whose content a folded question asks for, the units of each outermost first; [] for other questions.

    >>> [[(unit.name, unit.value) for unit in one] for one in addresses_asked("muc ii.3 ke hoach bac kan noi gi?")]
    [[('section', 'ii'), ('section', '3')]]
    >>> [[unit.value for unit in one] for one in addresses_asked("dieu 36, dieu 37 quy dinh gi?")]
    [['36'], ['37']]
    >>> addresses_asked("dieu 5 giao cho ai chu tri?")
    []
    """
    for units, start, end in _addresses(said):
        rest = said[end:]
        alone = _AFTER.match(rest) is not None or _DOCUMENT_ONLY.match(rest) is not None
        shown = _SHOW.search(said[:start]) is not None and alone
        says = _SAYS.search(rest)
        named = says is not None and says.start() <= _BETWEEN and "," not in rest[: says.start()].strip(" ,")
        if shown or (named and says is not None and _AFTER.match(rest[says.end() :])):
            return units
        if not said[:start].strip(" “\"'") and says is None and _DOCUMENT_ONLY.match(rest):
            return units
    return []


def _addresses(said: str) -> Iterator[tuple[list[list[Unit]], int, int]]:
    """Every address, or several that stand side by side, "Điều 36, Điều 37", and where it stands."""
    at = 0
    while (found := _UNIT.search(said, at)) is not None:
        several: list[list[Unit]] = [[]]
        start, end = found.start(), found.end()
        while found is not None:
            own = _units_of(found)
            if own and own[0].name in {unit.name for unit in several[-1]} and own[0].name != "section":
                several.append([])
            several[-1].extend(own)
            end = found.end()
            joint = _JOINS.match(said, end)
            found = _UNIT.match(said, joint.end()) if joint is not None else None
        if any(several):
            yield [sorted(units, key=lambda unit: _RANKS.index(unit.name)) for units in several if units], start, end
        at = end


_RANKS = ("annex", "part", "chapter", "section", "article", "clause", "point")


def _units_of(found: re.Match[str]) -> list[Unit]:
    """The levels that one word and its number name: "mục II.3.a" is three."""
    name, value = UNIT_NAMES[found.group("name")], found.group("value")
    if name == "point" and not value.isalpha():
        return []  # "điểm số 3" is a place to go to
    if value in ORDINALS:
        return [Unit(name, str(ORDINALS[value]))]
    if name == "section" and re.match(rf"{ROMAN}[.\-]", value):
        return [Unit("section", one) for one in re.split(r"[.\-]", value)]
    return [Unit(name, value)]
