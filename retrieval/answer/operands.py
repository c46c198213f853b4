"""The things that a question sets against each other or adds up: "A nhiều hơn B bao nhiêu", "cộng A, B và C"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.normalise import clean, fold
from ingest.rules.programme import Part, parts_in

Operation = Literal["difference", "sum", "more", "less", "share", "years", "between", "later", "sooner"]

_HOW_MANY = r"(?:bao nhieu|may|bao lau)"
_MORE = r"(?:nhieu|cao|lon|dai|nang)"
_LESS = r"(?:it|thap|nho|ngan)"
_WHICH = r"(?:khoan|cai|ben|phan|muc|noi|du an|tieu du an|nhom|ai|don vi|nganh|linh vuc|thu|viec|nguon|noi dung) nao "
_PIECE = r"(?P<{0}>(?:(?!\?|\bbao nhieu\b|\bmay\b(?! moc)).){{3,140}}?)"
_A, _B, _LIST = _PIECE.format("a"), _PIECE.format("b"), _PIECE.format("list")
_END = r"(?=\s*(?:,|\?|$|\b(?:la|thi|bang|duoc|ra|het|chi|nam 20\d\d)\b|\bbao nhieu\b|\bmay\b))"
_ENDS = r"(?=\s*(?:\?|$|\b(?:la|thi|bang|duoc|ra|het|nam 20\d\d|giai doan)\b|\bbao nhieu\b|\bmay\b))"
_WHO_IS = r".{0,80}?\b(?:ai|ben nao|don vi nao|co quan nao|noi nao|phong nao|so nao|cai nao)\b.{0,20}?\b"
_JOIN = r"\s+(?:va|voi|hay|hoac|so voi|versus|vs)\s+"

# On the folded question; the operation, and what it is done with.
_TOLD: tuple[tuple[Operation, str], ...] = (
    (
        "share",
        rf"{_A},?\s+(?:chiem|bang)\s+(?:\w+ ){{0,3}}?(?:bao nhieu|may) (?:phan tram|%)\s*(?:cua |trong |so voi )*(?P<b>(?:tong|toan bo|ca|tat ca)\b[^?]*|[^?]*)",
    ),
    (
        "share",
        rf"\b(?:what|which) (?:share|percentage|proportion|per ?cent|part|fraction) of {_B}\s+(?:goes to|goes into|is for|is|does|go to|comes from|come from|are for|will go to)\s+{_A}(?=\?|$)",
    ),
    ("more", rf"{_A}{_JOIN}{_B}[,:]\s.{{0,60}}?\b{_WHICH}(?:\w+ ){{0,4}}?(?:{_MORE}(?: \w+)?|nhinh|troi) hon\b"),
    ("less", rf"{_A}{_JOIN}{_B}[,:]\s.{{0,60}}?\b{_WHICH}(?:\w+ ){{0,4}}?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}(?:,| thi)\s+.{{0,60}}?{_MORE}(?: \w+)? hon\b"),
    ("less", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}(?:,| thi)\s+.{{0,60}}?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:{_WHICH}(?:\w+ ){{0,4}}?)?(?:{_MORE}(?: \w+)?|nhinh|troi|duoc) hon\b"),
    ("less", rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:{_WHICH}(?:\w+ ){{0,4}}?)?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"(?:{_WHICH}).{{0,30}}?{_MORE}(?: \w+)? hon\s?[,:]?\s+{_A}\s+(?:hay|hoac)(?: la)?\s+{_B}(?=\?|$)"),
    ("less", rf"(?:{_WHICH}).{{0,30}}?{_LESS}(?: \w+)? hon\s?[,:]?\s+{_A}\s+(?:hay|hoac)(?: la)?\s+{_B}(?=\?|$)"),
    (
        "more",
        rf"\b(?:which|what)\b.{{0,60}}?\b(?:more|larger|bigger|higher|most|greater)\b.{{0,40}}?[,:]?\s+{_A}\s+or\s+{_B}(?=\?|$)",
    ),
    (
        "less",
        rf"\b(?:which|what)\b.{{0,60}}?\b(?:less|smaller|lower|fewer)\b.{{0,40}}?[,:]?\s+{_A}\s+or\s+{_B}(?=\?|$)",
    ),
    (
        "more",
        rf"\b(?:does|do|is|are) {_A}\s+or\s+{_B}\s+(?:get|receive|have|allocated)?\s?(?:the )?(?:more|larger|bigger|higher)\b",
    ),
    (
        "difference",
        rf"\b(?:chenh lech|chenh nhau|chenh|khac nhau|cach biet|cach nhau|hieu so|lech nhau)\b.{{0,30}}?\bgiua {_A}\s+(?:va|voi)\s+{_B}{_END}",
    ),
    ("difference", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}\s+(?:chenh|lech|cach|kem)\b"),
    (
        "difference",
        rf"{_A},?\s+(?:{_MORE}|{_LESS}|tang|vuot|troi)?\s?(?:hon|kem)(?: han)?(?: so voi| la)?\s+{_B}\s+(?:khoang |la |den |toi |tan )?{_HOW_MANY}\b",
    ),
    (
        "difference",
        rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:chenh|lech|cach|hon kem)(?: \w+)?\s+(?:nhau )?(?:khoang |la )?{_HOW_MANY}\b",
    ),
    (
        "difference",
        rf"\b(?:how much|how many \w+(?: \w+)?|by how much) (?:more|less|higher|lower|larger|bigger|greater|smaller)\b.{{0,30}}?\b(?:is|are|does|do|will|goes to|for|in|to|go to|allocated to)\s+{_A}\s+(?:than|compared (?:with|to))\s+{_B}(?=\?|$)",
    ),
    ("difference", rf"\b(?:difference|gap)\b.{{0,40}}?\bbetween {_A}\s+and\s+{_B}(?=\?|,|$)"),
    (
        "difference",
        rf"\bby how (?:much|many \w+(?: \w+)?) (?:is|are|does|do|will) {_A}\s+(?:\w+ )?(?:exceeds?|higher than|larger than|more than|greater than|above|below|lower than|less than)\s+{_B}(?=\?|,|$)",
    ),
    (
        "sum",
        rf"(?:(?:^|[,:;.?]\s?|\b(?:neu|thu|hay|gium|giup|em|va|khi)\s)(?:cong|gop)|\btong (?:cong|so|tien|von|kinh phi|ngan sach)(?: von| tien| kinh phi)?(?: cua| cho)?)\b\s+(?:lai |chung |ca |tat ca |het )*{_LIST}{_ENDS}",
    ),
    (
        "sum",
        r"(?P<list>\b(?:tieu du an|tda|du an|noi dung) \d+(?: \w+){0,6}? cong (?:them |voi )?(?:tieu du an|tda|du an|noi dung) \d+[^?]*?)\s+(?:la |thi |duoc |het |ton |can )*(?:bao nhieu|may)\b",
    ),
    (
        "sum",
        rf"\btong(?: cong| so| muc)?(?: la| het| can)? (?:bao nhieu|may)(?: tien| von| kinh phi| trieu| ty| dong)* (?:cho|cua) (?=(?:ca |\d )?(?:\d |ba |hai )?(?:du an|da|tieu du an|tda|noi dung) \d){_LIST}(?=\?|$|\s(?:cua|trong|giai doan|o|tai)\b)",
    ),
    ("sum", rf"\b(?:tinh gop|gop|cong) ca {_LIST}{_ENDS}"),
    ("sum", rf"{_LIST},?\s+(?:cong lai|cong vao|gop lai|tong cong|cong chung|gop chung)\b"),
    (
        "sum",
        rf"\b(?:add(?:ing)?(?: up)?|sum of|total (?:of|for)|combined (?:\w+ )?(?:of|for))\b\s+{_LIST}(?=\?|,\s*(?:what|how)|$)",
    ),
    (
        "sum",
        rf"\b(?:do|does|is|are) {_LIST}\s+(?:get |come to |add up to |receive |have |amount to )?(?:together|combined|in total|altogether)\b",
    ),
    (
        "later",
        rf"{_A}{_JOIN}{_B}\s+(?:thi |deu |phai |can )*(?:bao cao|gui|nop|hoan thanh|xong|han){_WHO_IS}(?:muon|cham|sau)(?: \w+)? hon\b",
    ),
    (
        "sooner",
        rf"{_A}{_JOIN}{_B}\s+(?:thi |deu |phai |can )*(?:bao cao|gui|nop|hoan thanh|xong|han){_WHO_IS}(?:som|truoc)(?: \w+)? hon\b",
    ),
    (
        "between",
        rf"\b(?:tu|ke tu) (?:khi |luc |ngay |thoi diem |hoi )?{_A},?\s+(?:den|toi|cho den|cho toi)\s+(?:khi |luc |ngay |thoi diem |hoi )?{_B}\s+(?:la |mat |het |cach |keo dai |khoang |da )*(?:bao nhieu|may) (?:ngay|thang|nam)\b",
    ),
    (
        "between",
        rf"{_A}\s+(?:va|voi|so voi)\s+{_B}\s+(?:duoc )?(?:ban hanh |ky |ra doi |ra )?cach nhau (?:bao lau|(?:khoang )?(?:bao nhieu|may) (?:ngay|thang|nam))",
    ),
    (
        "between",
        rf"\bhow (?:many (?:full |whole )?(?:days|months|years)|long)\b.{{0,30}}?\b(?:between|from)\s+{_A}\s+(?:and|to|until)\s+{_B}(?=\?|$)",
    ),
)
_PATTERNS = tuple((operation, re.compile(pattern)) for operation, pattern in _TOLD)
# The sums of several years, each of which is given, added up.
_YEARS = re.compile(
    r"(?:^|[,:;.?]\s?|\b(?:neu|thu|hay|gium|giup|em|va|khi|nhung|ma|roi)\s)cong (?:\w+ ){0,4}?(?:cac|tung|moi|hang|may|nhung) nam\b|\b(?:add|adding|sum|total) (?:\w+ ){0,4}?(?:yearly|annual|per[- ]year|year[- ]by[- ]year)\b"
)
# What an enumeration begins with, and what it is taken apart by.
_COUNTED = re.compile(
    r"^(?:(?:ca|tat ca|toan bo|so|cac|nhung|phan|khoan)\s+)*(?:(?:hai|ba|bon|nam|2|3|4|5)\s+(?:linh vuc|khoan|phan|du an|tieu du an|muc|noi dung|nhom|nguon|loai|cai|viec|huyen|nam)\s+)?(?:gom |la )?"
)
_HEAD = re.compile(
    r"^(?:so |giua |ca |thi |rieng |cua )*(?:phan|khoan|muc|so tien|tien)\s+(?:(?:danh|cap|chi|giao|bo tri)\s+)?(?:cho |cua |ve |thuoc )?(?=\w)"
)
_COMMA = re.compile(r"\s*[,;]\s*(?:va |and )?")
_AND = re.compile(r"\s+(?:va|and|cung|voi|cong|plus)\s+|\s*\+\s*")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_MANY = re.compile(
    r"\b(hai|ba|bon|2|3|4) (?:linh vuc|khoan|phan|du an|tieu du an|muc|noi dung|nhom|nguon|loai)\b|\b(two|three|four) (?:areas|parts|projects|sub-?projects|sums|items|sources|fields)\b"
)
_TRIM = " ,.;:?!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """What is to be worked out, and the phrases that it is done with."""

    operation: Operation
    operands: tuple[str, ...]


def calculation(text: str) -> Calculation | None:
    """What a question wants worked out of two or more things that it names; None where it names none.

    >>> calculation("Trong khoản hạ tầng, vốn đầu tư nhiều hơn vốn sự nghiệp bao nhiêu triệu?").operands
    ('vốn đầu tư', 'vốn sự nghiệp')
    >>> calculation("Cộng vốn Dự án 6 và Dự án 8 năm 2023 là bao nhiêu?").operation
    'sum'
    """
    folded = fold(_said(text))
    if len(folded) != len(text):
        return None
    if _YEARS.search(folded) and len(parts_in(text)) < 2:
        return Calculation(operation="years", operands=(text,))
    for operation, pattern in _PATTERNS:
        match = pattern.search(folded)
        if match is None:
            continue
        if operation == "sum":
            start, end = match.span("list")
            pieces = _enumerated(text, folded, start, end)
        else:
            pieces = tuple(_phrase(text, folded, *match.span(name)) for name in ("a", "b"))
        pieces = tuple(piece for piece in pieces if len(piece) > 1 or operation == "share")
        if len(pieces) > 1:
            return Calculation(operation=operation, operands=pieces)
    return None


_MARKED = {
    "cong": "cộng", "gop": "gộp", "hon": "hơn", "kem": "kém", "lech": "lệch", "chenh": "chênh", "cach": "cách", "tong": "tổng"
}  # fmt: skip


def _said(text: str) -> str:
    """The folded text, as long as the text, where words that only look like "cộng", "hơn" without marks are crossed out."""

    def cross(match: re.Match[str]) -> str:
        word = clean(match.group()).lower()
        plain = fold(word)
        return "x" * len(plain) if word not in (plain, _MARKED.get(plain, word)) else plain

    return re.sub(r"\w+", cross, text)


def _enumerated(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    counted = _COUNTED.match(folded[start:end])
    start += counted.end() if counted is not None else 0
    joints = list(_COMMA.finditer(folded, start, end))
    if not joints:
        joints = list(_AND.finditer(folded, start, end))
    elif not re.search(r"\b(?:va|and)\s$", joints[-1].group()):  # "A, B và C"
        joints.extend(list(_AND.finditer(folded, joints[-1].end(), end))[-1:])
    bounds = [start]
    for joint in joints:
        bounds.extend((joint.start(), joint.end()))
    bounds.append(end)
    pieces = [text[a:b].strip(_TRIM) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    many = _MANY.search(folded)
    wanted = _NUMBERS[next(group for group in many.groups() if group)] if many is not None else 0
    # "Dự án 1, 3 và 6": the numbers are parts.
    parts = _of_one_project(parts_in(text[start:end]), parts_in(text))
    if len(parts) > 1 and len(parts) >= len(pieces):
        return tuple(_name(part.project, part.sub, part.content) for part in parts)
    if wanted and len(pieces) != wanted:
        pieces = [piece for piece in pieces if len(piece.split()) > 1]
    return tuple(pieces) if not wanted or len(pieces) == wanted else ()


def _of_one_project(parts: Sequence[Part], named: Sequence[Part]) -> list[Part]:
    """Parts with the Dự án that the question names for all of them: "Tiểu dự án 3 cộng Tiểu dự án 4 của Dự án 5"."""
    projects = {part.project for part in named if part.project}
    if len(projects) != 1:
        return list(parts)
    (own,) = projects
    return [
        replace(part, project=part.project or own)
        for part in parts
        if part.project != own or part.sub or part.content or len(parts) == 1
    ]


def _name(project: int, sub: int, content: int) -> str:
    names = ((f"Nội dung {content}", content), (f"Tiểu dự án {sub}", sub), (f"Dự án {project}", project))
    return " ".join(name for name, number in names if number)


def _phrase(text: str, folded: str, start: int, end: int) -> str:
    """The phrase that is compared: what follows the last comma, and no word that only says that something is."""
    comma = max(folded.rfind(mark, start, end) for mark in (",", ";", ":"))
    start = comma + 1 if comma >= start else start
    while start < end and folded[start] in _TRIM:
        start += 1
    head = _HEAD.match(folded[start:end])
    if head is not None and start + head.end() < end:
        start += head.end()
    return text[start:end].strip(_TRIM)
