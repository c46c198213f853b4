"""Sums that one sentence leaves to its reader: a base with what is added to it, all sources together, prizes by kind.

"Làm mới: 80 triệu đồng/hộ; hộ phải di dời được cộng thêm 10 triệu đồng/hộ" makes 90 for those; "40 triệu đồng từ ngân
sách trung ương, 4 triệu đồng từ ngân sách tỉnh" makes 44 of all sources; "01 giải nhất 10 triệu đồng, 02 giải nhì mỗi
giải 6 triệu đồng" makes 22 of all prizes.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.grid_cells import in_figures
from retrieval.answer.sentence_figures import MONEY_UNIT, Figure, clause_of, figures_in
from retrieval.answer.terms import bag
from retrieval.answer.wording import say
from retrieval.tokens import marked_syllables

_NUMBER = r"\d[\d.]*(?:,\d+)?"
_MORE = re.compile(
    rf"\b(?:cộng|hỗ trợ|hưởng|cấp|tính|được|bổ sung)\s+thêm\s+(?:là\s+)?(?P<number>{_NUMBER})\s?(?P<unit>{MONEY_UNIT}|%|[^\W\d_]+)",
    re.IGNORECASE,
)
_MORE_HELD = 0.3  # of what is asked, in the clause that says who gets more
_ALL_SOURCES = re.compile(
    r"\b(?:cac|moi|tat ca|het|ca) (?:cac )?nguon\b|\b(?:cac|moi|may) khoan\b|\b(?:all|every|the) sources?\b"
)
_FROM = re.compile(
    r"(?:/[^\W\d_]+)?\s+(?:\w+\s+){0,2}?(?:từ|do|thuộc|của|vốn|nguồn|ngân sách|quỹ|xã hội hóa|đối ứng)\b", re.IGNORECASE
)
_PRIZES = re.compile(
    rf"(?<![\d.,/])(?P<count>\d{{1,3}})\s+(?P<thing>giải|suất|phần|đội|lớp|nhà|căn|mô hình|hộ)\b[^\d;]{{0,60}}?(?P<each>mỗi\s+[^\d;]{{2,20}}?)?"
    rf"(?P<amount>{_NUMBER})\s?(?P<unit>{MONEY_UNIT})(?P<rate>/[^\W\d_]+)?",
    re.IGNORECASE,
)
_ASKS_PRIZES = re.compile(r"\b(?:tong|tat ca|ca thay|het|in total|altogether|total)\b")
_ENGLISH = {"giai": "prize|award", "nha": "house", "lop": "class|course", "ho": "household", "mo hinh": "model"}
_TWO = 2
_FEW, _ITS_NAME = 4, 0.6  # words before a figure that say of what it is, and how much of them a question has


def with_more(asked: Asked, text: str) -> str:
    """A base with what some get on top of it, where the question is of these; "" elsewhere."""
    found = list(_MORE.finditer(text))
    if len(found) != 1:
        return ""
    (more,) = found
    unit = fold(more.group("unit"))
    base = [one for one in figures_in(text[: more.start()]) if fold(one.unit) == unit]
    added = [one for one in figures_in(text[more.start() :]) if fold(one.unit) == unit]
    if len(base) != 1 or len(added) != 1:
        return ""
    # "Thêm" is said in the clause of its figure: who gets it stands there too.
    start, end = clause_of(text, next(one for one in figures_in(text) if one.start >= more.start()))
    if asked.matter.covered_by(bag(marked_syllables(text[start:end]))) < _MORE_HELD:
        return ""
    result = f"{in_figures(base[0].number + added[0].number)} {base[0].unit}"
    return say(asked.reading.language, "sum", terms=f"{base[0].written} + {added[0].written}", result=result)


def of_all_sources(asked: Asked, said: str, text: str) -> str:
    """What all sources that a sentence tells give together; "" where it tells the whole itself, or others beside them."""
    if not _ALL_SOURCES.search(said):
        return ""
    money = [one for one in figures_in(text) if "đồng" in one.unit or one.unit in ("triệu", "tỷ")]
    if len(money) < _TWO or len({one.unit for one in money}) != 1:
        return ""
    for one in money:
        behind = text[one.start + len(one.written) :].lstrip()
        if not behind.lower().startswith(one.unit) or not _FROM.match(behind[len(one.unit) :]):
            return ""
    result = f"{in_figures(sum((one.number for one in money), Decimal(0)))} {money[0].unit}"
    return say(asked.reading.language, "sum", terms=" + ".join(one.written for one in money), result=result)


def _named(thing: str, said: str) -> bool:
    """Whether a folded question names what is counted, which English calls otherwise."""
    return re.search(rf"\b(?:{thing}|{_ENGLISH.get(thing, thing)})", said) is not None


def of_several_kinds(asked: Asked, said: str, text: str) -> str:
    """What so many of each of several kinds come to: "01 giải nhất 10 triệu đồng, 02 giải nhì mỗi giải 6 triệu đồng"."""
    found = list(_PRIZES.finditer(text))
    if len(found) < _TWO or not _ASKS_PRIZES.search(said):
        return ""
    one_kind = len({fold(one.group("thing")) for one in found}) == 1 and len({one.group("unit") for one in found}) == 1
    money = [one for one in figures_in(text) if "đồng" in one.unit]
    each = all(one.group("each") or one.group("rate") or int(one.group("count")) == 1 for one in found)
    if not one_kind or not each or len(money) != len(found) or not _named(fold(found[0]["thing"]), said):
        return ""
    numbers = [Decimal(one.group("amount").replace(".", "").replace(",", ".")) for one in found]
    total = sum((int(one.group("count")) * number for one, number in zip(found, numbers, strict=True)), Decimal(0))
    terms = " + ".join(f"{int(one.group('count'))} × {one.group('amount')}" for one in found)
    return say(asked.reading.language, "sum", terms=terms, result=f"{in_figures(total)} {found[0].group('unit')}")


def of_each(asked: Asked, thing: str, said: str, text: str) -> str:
    """What there is for each of some things on average: "126 buổi với 9.870 lượt người" has 78,33 for each "buổi"."""
    own = figures_in(text)
    counts = [one for one in own if fold(one.unit) == thing]
    counted = re.search(r"\b(?:bao nhieu|may) (?P<what>[a-z]+)", said)
    money = counted is not None and counted.group("what") in ("tien", "trieu", "dong", "ty", "nghin")
    others = [
        one
        for one in own
        if one not in counts
        and one.unit != "%"
        and counted is not None
        and ("đồng" in one.unit if money else fold(one.unit) == counted.group("what"))
    ]
    if len(counts) != 1 or len(others) != 1 or not counts[0].number:
        return ""
    each = in_figures((others[0].number / counts[0].number).quantize(Decimal("0.01")).normalize() + 0)
    result = f"{each} {others[0].unit}"
    return say(asked.reading.language, "per-head", whole=others[0].written, count=counts[0].written, result=result)


_SETS_APART = re.compile(r"\b(?:chenh|lech|so voi|so vs|hon|kem|cach|giua|than|between|compared|gap)\b")


def apart_by_name(asked: Asked, said: str, text: str) -> str:
    """How far two figures that a question names apart are: "trẻ Mông 35,2%, trẻ Thái 22,4%"; each by a word of its own."""
    if not _SETS_APART.search(said):
        return ""
    words = bag(marked_syllables(asked.text))
    named: list[tuple[Figure, set[str]]] = []
    for one in figures_in(text):
        start, _ = clause_of(text, one)
        own = [word for word in marked_syllables(text[start : one.start]) if word.isalpha()][-_FEW:]
        topic = asked.matter.over(tuple(own))
        if topic and topic.covered_by(words) >= _ITS_NAME:
            named.append((one, {f"={word}" for word in own}))
    if len(named) != _TWO or named[0][0].unit != named[1][0].unit:
        return ""
    (first, its), (second, others) = named
    if not ((its - others) & words and (others - its) & words):
        return ""
    high, low = sorted((first, second), key=lambda one: -one.number)
    points = " điểm phần trăm" if high.unit == "%" else f" {high.unit}"
    higher, lower = (f"{one.written}%" if one.unit == "%" else one.written for one in (high, low))
    result = f"{in_figures(high.number - low.number)}{points}"
    return say(asked.reading.language, "difference", high=higher, low=lower, result=result)
