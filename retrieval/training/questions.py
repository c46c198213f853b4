"""Questions made by rule from sentences of law and administration: who does it, what must a unit do, how
much, when.

The rules look for the wording of duties, amounts and dates that Vietnamese administrative language fixes;
they know no document.
"""

from __future__ import annotations

import random
import re

from retrieval.training.sources import Pair

_UNIT = (
    r"(?:Bộ|Sở|Vụ|Ủy ban|Uỷ ban|UBND|Hội đồng|HĐND|Ban|Phòng|Cục|Chi cục|Văn phòng|Hội|Đoàn|Công an"
    r"|Thanh tra|Mặt trận|Trung tâm|Ngân hàng|Kho bạc|Cơ quan|Chính phủ|Thủ tướng|Chủ tịch|Giám đốc)"
)
_NAME = re.compile(rf"\b{_UNIT}\b[^.;:()0-9]{{2,70}}$")
_DUTY = re.compile(
    r"\s(?P<verb>có trách nhiệm|chịu trách nhiệm|chủ trì|hướng dẫn|tham mưu|tổng hợp|phê duyệt|thẩm định"
    r"|ban hành|kiểm tra),?\s"
)
_WORK = re.compile(
    r"\b(?:tổ chức|xây dựng|hướng dẫn|kiểm tra|trình|quy định|ban hành|triển khai|tham mưu|rà soát"
    r"|thẩm định|đề xuất|tổng hợp)\b"
)
_AMOUNT = re.compile(r"\s\d[\d.,]*\s*(?P<unit>triệu đồng|tỷ đồng|đồng|%)")
_DATE = re.compile(r"\s(?:trước ngày|chậm nhất|trong thời hạn|xong trước|đến hết năm|đến năm)\s[^.;:]{0,20}?\d")
_CLAUSE = re.compile(r"[.;:\n]\s")
_WHO = (
    "Cơ quan nào {verb} {what}?",
    "Đơn vị nào {verb} {what}?",
    "Ai {verb} {what}?",
    "{what} do đơn vị nào thực hiện?",
)
_DOES = (
    "{unit} có nhiệm vụ gì?",
    "Nhiệm vụ của {unit} là gì?",
    "{unit} chịu trách nhiệm gì về {what}?",
    "Trách nhiệm của {unit} trong việc {what}",
    "{unit} phải làm gì?",
)
_HOW_MUCH = ("{what} là bao nhiêu?", "{what} bao nhiêu?", "Mức {what} là bao nhiêu?")
_RATE = ("Tỷ lệ {what} là bao nhiêu?", "{what} bao nhiêu phần trăm?", "Chỉ tiêu {what} là bao nhiêu?")
_WHEN = ("Khi nào {what}?", "Thời hạn {what} là khi nào?", "{what} trước ngày nào?", "{what} trong bao lâu?")


def ask(passage: str, chance: random.Random) -> Pair | None:
    """A question that ``passage`` answers, or None where no rule fits."""
    duty = _DUTY.search(passage)
    unit = _NAME.search(_before(passage, duty.start())) if duty is not None else None
    if duty is not None and unit is not None:
        what = _after(passage, duty.end())
        work = _WORK.search(what) if duty["verb"] == "chủ trì" else None
        # "chủ trì, phối hợp với A, B, C xây dựng ...": the matter comes after the partners.
        what = what[work.start() :] if work is not None else what
        form = chance.choice(_WHO if chance.random() < 0.6 else _DOES)
        return _pair(form.format(unit=unit.group(), verb=duty["verb"], what=_part(what, chance)), passage)
    amount = _AMOUNT.search(passage)
    if amount is not None:
        form = chance.choice(_RATE if amount["unit"] == "%" else _HOW_MUCH)
        return _pair(form.format(what=_part(_before(passage, amount.start()), chance)), passage)
    date = _DATE.search(passage)
    if date is not None:
        return _pair(chance.choice(_WHEN).format(what=_part(_before(passage, date.start()), chance)), passage)
    return None


def _pair(question: str, passage: str) -> Pair | None:
    return Pair(question, passage, "rule") if len(question.split()) > 6 else None


def _before(passage: str, end: int) -> str:
    """The clause up to ``end``."""
    return _CLAUSE.split(passage[max(0, end - 200) : end])[-1]


def _after(passage: str, start: int) -> str:
    """The clause from ``start``."""
    return _CLAUSE.split(passage[start : start + 200])[0]


def _part(what: str, chance: random.Random) -> str:
    """3 to 9 words in a row: people name the matter, they do not repeat the sentence."""
    words = what.strip(" -–,").split()
    size = min(len(words), chance.randint(3, 9))
    at = chance.randint(0, len(words) - size)
    return " ".join(words[at : at + size])
