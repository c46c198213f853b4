"""The things that a question lists to be added up or put in order: "ba mảng (A, B, C)", "hai lĩnh vực A và B gộp lại".

How many they are is often said beforehand: then a list is only one that has so many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.normalise import fold
from ingest.rules.programme import parts_in

Wanted = Literal["sum", "most", "least"]

NUMBERS = {
    **{"hai": 2, "ba": 3, "bon": 4, "nam": 5, "two": 2, "three": 3, "four": 4, "five": 5},
    **{str(number): number for number in range(2, 6)},
}
# Things that a plan gives money or a figure to.
FIELDS = r"(?:linh vuc|mang|khoan|phan|du an|tieu du an|muc|noi dung|nhom|nguon|loai|chi tieu|ty le|hang muc|chuong trinh|viec)"
FIELDS_EN = (
    r"(?:areas?|fields?|parts|projects|sub-?projects|sums|items|sources|sectors|amounts|lines|targets|rates|kinds)"
)
_HEAD = re.compile(
    rf"\b(?P<count>hai|ba|bon|nam|[2-5]) {FIELDS}\b(?! (?:dau|cuoi)\b)"
    rf"|\b(?P<count_en>two|three|four|five|[2-5]) (?:[\w-]+ ){{0,2}}?{FIELDS_EN}\b"
)
_WITHIN = 120  # letters from what is counted to its list
_BRACKETS = re.compile(r"[^().?:]*\((?P<list>[^()]+)\)")
_COLON = re.compile(r"[^().?:]*:\s*(?P<list>[^?:]+)")
_INLINE = re.compile(r"(?:\s*,)?\s*(?:(?:la|gom|gom co|nhu|sau|of|such as|namely|for)\s+)*(?P<list>[^?:(]+)")
_ANY_COLON = re.compile(r":\s*(?P<list>[^?:]+)")
# "giữa A, B và C, …", "… cho A, B và C?", "on A, B and C in total".
_BETWEEN = re.compile(r"\b(?:giua|trong so|trong|between|among|of)\s+(?P<list>[^?:(]+?,[^?:(]+)")
_AT_END = re.compile(r"\b(?:bao nhieu|may)(?: (?:tien|von|kinh phi|trieu|ty|dong))* (?:cho|vao)\s+(?P<list>[^?:(]+)")
_AT_END_EN = re.compile(r"\b(?:on|for|to|into)\s+(?P<list>(?!20\d\d)[^?:(]+? and [^?:(]+)")
_DONE_EN = re.compile(r"\b(?:do|does|will|would)\s+(?P<list>[^?:(]+?,[^?:(]+)")
# "A, B và C, loại nào …"; two are enough there.
_AT_START = re.compile(
    rf"^(?:(?:trong so|trong|giua|among|of) )?(?P<list>[^?:(]+?)(?:\s*[,:]|\s+thi)\s+(?:{FIELDS}|cai|ben|thu|which) nao\b"
)
_PLUS = re.compile(r"(?:^|[:,]\s)(?P<list>[^?:(=]+? \+ [^?:(=]+)")
_ORDERED = re.compile(
    r"\b(?:rank|order|sort|(?:sap )?xep(?: giup \w+| hang| theo| thu tu| tu \w+ (?:xuong|den|len|toi) \w+| von| tien| kinh phi| so| muc| cua)*)\s+(?P<list>[^?:(]+,[^?:(]+)"
)
# "cho A và cho B", "for A and for B": each with a word of its own.
_REPEATED = re.compile(r"\b(?P<word>cho|ve|for|on)\s+(?P<list>[^?:(,]{2,90}?\s+(?:va|and)\s+(?P=word)\s+[^?:(,]+)")
# "Trong các mục tiêu của A, …": what follows is some of these.
_OF_THESE = re.compile(
    r"(?:(?:trong|theo|o|in|of|among) )?(?:(?:cac|nhung|tat ca|so|the|all) )*(?:muc tieu|chi tieu|ke hoach|so lieu|so|plan|targets|goals)"
    r"(?: (?:nam|20\d\d|cua|trong|o|tai|den|giai doan|theo|of|for|in)\b[^,]*)?(?=\s*,)"
)
# "Các mục tiêu A, B, C": what these are called.
_HEADED = re.compile(rf"(?:(?:trong|of) )?(?:cac|nhung) (?:muc tieu|{FIELDS})\s+(?!\d)")
_UNSURE = re.compile(r"(?:(?:trong|of) )?(?:cac|nhung|tat ca|all|the) (?!du an)")
# A total is none of what it is made of.
_TOTAL = re.compile(r"^(?:(?:trong|so voi|of|in|the) )*(?:tong|toan bo|tat ca|total|overall|whole)\b")
# Where a list has ended.
_END = re.compile(
    r"\s*(?:[?;)=]|\.(?!\d)|$|,?\s+(?:thi|gop|cong lai|cong chung|cong vao|tong cong|ca thay|xep|sap xep|can(?! (?:bo|cu|cuoc|thiet))|het|la(?= (?:bao nhieu|may)\b)|bao nhieu|may|nam 20\d\d|giai doan|theo (?:so|muc|von|thu tu|kinh phi|tien)|tu (?:cao|thap|lon|nho|nhieu|it)|by (?:20\d\d|the|amount|money|funds?|funding|size|budget)|in total|altogether|together|combined|taken together|all told|in all|need|needs|get|gets|receive|receives|come|comes|add|adds|which|what|how)\b"
    rf"|,?\s+(?:{FIELDS}|cai|ben|thu|ai) nao\b)"
)
_COMMA = re.compile(r"\s*[,+]\s*(?:va |and |or |hay |hoac )?")
_JOINT = re.compile(r"\s*,?\s+(?:va|voi|cung|cong|hay|hoac|and|or|plus|with)\s+")
_TRIM = " ,.;:?!()-–—"
_TWO, _MANY = 2, 5
_LONGEST = 90  # letters of one thing

_SUM = re.compile(
    r"\b(?:gop(?! y)|tong cong|(?<!trong )(?<!tren )(?<!voi )(?<!cua )tong (?:so|tien|von|kinh phi)|cong (?:lai|chung|vao|don|ca|giup|het)|tinh chung|ca thay|ca hai|ca ba|ca bon)\b"
    r"|(?:^|[,:;.]\s)cong\b|\w \+ \w|\b(?:together|in total|altogether|combined|in all|all told|add(?:ed|ing)?|sum|total)\b"
)
_HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may)(?! (?:nhiem vu|noi dung|viec|dau viec|van ban|muc tieu|giai phap|nguoi|co quan|don vi|lan\b|phan tram|%))"
    r"|\bhow (?:much|many (?:billions?|millions?|dong|vnd|percentage|hectares?|households?))\b|\bwhat\b|^\s*(?:please )?add\b|\btinh (?:giup|ho|xem|tong)\b"
)
_ORDER = re.compile(
    r"\b(?:xep(?: giup)?|sap xep|xep hang)\b.{0,90}\b(?:von|tien|kinh phi|muc|ty le|cao|thap|nhieu|it|lon|nho|giam dan|tang dan|thu tu)\b|\b(?:rank|order|sort)\b"
)
_MOST = re.compile(
    r"\b(?:nhieu|cao|lon)(?: (?:tien|von|kinh phi|ngan sach))? nhat\b|\b(?:most|largest|biggest|highest)\b"
)
_LEAST = re.compile(r"\b(?:it|thap|nho)(?: (?:tien|von|kinh phi|ngan sach))? nhat\b|\b(?:least|smallest|lowest)\b")
_WHICH = re.compile(rf"\b(?:{FIELDS}|cai|ben|thu) nao\b|\b(?:which|what)\b")
_OR = re.compile(r"\b(?:hay|hoac|or)\b")
# What is asked besides: how far two are apart, the share of one, more of something that is no figure.
_OTHER = re.compile(
    r"\b(?:chenh|lech|cach nhau|hon kem|chiem|gap (?:bao nhieu|may))\b|\bhon\b[^?]{0,40}\b(?:bao nhieu|may)\b|\b(?:phan tram|%) (?:cua|trong|tong)\b"
    rf"|\b(?:moi|tung) (?:{FIELDS}|ben|noi|cai|thu|dia phuong)\b(?! (?:cong|gop))|\blan luot\b|\b(?:each|respectively)\b"
    r"|\b(?:difference|differ|gap|share|percentage of|per ?cent of|proportion|times)\b|\b(?:more|less|higher|lower) than\b|\b(?:binh quan|trung binh|average)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is wanted of the things that are listed."""

    wanted: Wanted
    things: tuple[str, ...]
    counted: bool
    """Whether the question says how many they are."""


def listed(text: str, folded: str) -> Listed | None:
    """The things that are to be added up or put in order; None where none are. ``folded`` is as long as the text.

    >>> text = "Gộp ba mảng (đất - nhà, sản xuất, văn hóa) thì cần bao nhiêu?"
    >>> listed(text, fold(text)).things
    ('đất - nhà', 'sản xuất', 'văn hóa')
    """
    wanted = _wanted(folded)
    if wanted is None:
        return None
    for counted, pieces in _lists(text, folded):
        if pieces and not any(_TOTAL.match(fold(piece)) for piece in pieces):
            return Listed(wanted=wanted, things=pieces, counted=counted)
    if wanted != "sum":
        parts = parts_in(text)
        if len(parts) >= _TWO:
            names = tuple(name_of(part.project, part.sub, part.content) for part in parts)
            return Listed(wanted=wanted, things=names, counted=False)
    return None


def name_of(project: int, sub: int, content: int) -> str:
    """A part of the programme as questions name it."""
    names = ((f"Nội dung {content}", content), (f"Tiểu dự án {sub}", sub), (f"Dự án {project}", project))
    return " ".join(name for name, number in names if number)


def _wanted(folded: str) -> Wanted | None:
    if _OTHER.search(folded):
        return None
    most, least = _MOST.search(folded), _LEAST.search(folded)
    if most and least:
        return "most" if _ORDER.search(folded) else None
    if _ORDER.search(folded) or ((most or least) and (_WHICH.search(folded) or _OR.search(folded))):
        return "least" if least else "most"
    return "sum" if _SUM.search(folded) and _HOW_MUCH.search(folded) else None


def _lists(text: str, folded: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """The lists of a question, the most plainly marked first, each with whether it has as many as the question says."""
    for head in _HEAD.finditer(folded):
        count = NUMBERS[head.group("count") or head.group("count_en")]
        for form in (_BRACKETS, _COLON, _INLINE):
            found = form.match(folded, head.end())
            if found is not None and found.start("list") - head.end() <= _WITHIN:
                yield True, _taken_apart(text, folded, *found.span("list"), count)
    for form in (_PLUS, _ANY_COLON, _AT_START, _ORDERED, _BETWEEN, _DONE_EN, _AT_END, _AT_END_EN):
        for found in form.finditer(folded):
            start, end = found.span("list")
            start = _begin(folded, start, end)
            pieces = _taken_apart(text, folded, start, end, 0)
            if not pieces and form is _AT_START:
                pieces = _taken_apart(text, folded, start, end, _TWO)
            yield False, pieces
    for found in _REPEATED.finditer(folded):
        start, end = found.span("list")
        own = _taken_apart(text, folded, start, end, _TWO)
        word = f"{found.group('word')} "
        if any(fold(one).startswith(word) for one in own):
            yield False, tuple(one[len(word) :] if fold(one).startswith(word) else one for one in own)


def _begin(folded: str, start: int, end: int) -> int:
    """Where the first thing of a list begins, behind what all of them are called; ``end`` where that is not sure."""
    if _OF_THESE.match(folded, start):
        comma = _COMMA.search(folded, start, end)
        return comma.end() if comma is not None else end
    headed = _HEADED.match(folded, start)
    if headed is not None:
        return headed.end()
    return end if _UNSURE.match(folded, start) else start


def _taken_apart(text: str, folded: str, start: int, end: int, count: int) -> tuple[str, ...]:
    """The things of a list; () where they are not so many, or fewer than three without "và" where that is not said."""
    if ";" in folded[start:end]:
        stop = _stop(folded, start, end, over=";")
        pieces = [piece.strip(_TRIM) for piece in text[start:stop].split(";")]
        return _kept([piece for piece in pieces if piece], count)
    stop = _stop(folded, start, end)
    commas = [(found.start(), found.end()) for found in _COMMA.finditer(folded, start, stop)]
    for joint in _JOINT.finditer(folded, start, stop):
        before = [comma for comma in commas if comma[1] <= joint.start()]
        if (len(before) == count - _TWO) if count else bool(before):
            # "A, B và C": what follows the next comma is none of the list.
            after = next((comma[0] for comma in commas if comma[0] >= joint.end()), stop)
            pieces = _cut(text, start, after, [*before, joint.span()])
            if _kept(pieces, count):
                return _kept(pieces, count)
    pieces = _cut(text, start, stop, commas)
    return _kept(pieces, count) if count or len(pieces) > _TWO or "+" in folded[start:stop] else ()


def _stop(folded: str, start: int, end: int, over: str = "") -> int:
    """Where a list ends; ``over`` is a sign that does not end it."""
    for found in _END.finditer(folded, start + 1, end):
        if not over or not found.group().strip().startswith(over):
            return found.start()
    return end


def _cut(text: str, start: int, end: int, joints: list[tuple[int, int]]) -> list[str]:
    bounds = [start, *(bound for joint in joints for bound in joint), end]
    return [text[a:b].strip(_TRIM) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]


def _kept(pieces: list[str], count: int) -> tuple[str, ...]:
    fits = len(pieces) == count if count else _TWO <= len(pieces) <= _MANY
    whole = all(1 < len(piece) <= _LONGEST for piece in pieces)
    return tuple(pieces) if fits and whole and len(set(pieces)) == len(pieces) else ()
