"""What a question wants worked out of figures that stand beside each other: a sum, a difference, a share, the rest.

``operands`` reads the things that a question names; here it is only told what is to be done, and the table or the
sentence that was found says with what (``grid_worked``, ``told_together``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.normalise import fold, has_marks, key
from retrieval.answer.asked import Asked
from retrieval.answer.bound import Bound, bound_in
from retrieval.answer.numerals import NUMBERS, counted_things
from retrieval.answer.operands import said_plainly

_HOW_MANY = r"(?:bao nhieu|may)"
_HOW_MANY_EN = r"how (?:many|much)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_SUM = _any(
    r"\b(?:cong|gop)\b(?! (?:tac|trinh|dong|chuc|an|nghiep|nghe|vien|bo|khai|suat|ty|nhan|doan|thuong|lap|thuc|viec)\b)"
    r"(?! y )",
    r"\b(?:tong cong|ca thay|tat ca|het thay|tinh chung)\b",
    rf"\b(?:ca|het) {_HOW_MANY}\b",
    rf"\w \+ \w.*\btong (?:la |so |cong )?{_HOW_MANY}\b",
    rf"\btong so\b.{{3,60}}\b(?:va|voi|cung)\b.{{2,80}}\b{_HOW_MANY}\b",
    # "Tổng số hộ hưởng lợi từ hai cây cầu".
    rf"\btong (?:so |von |kinh phi |dien tich )?\w+.{{3,60}}\b(?:tu|cua|o|ca|tai|cho) (?:[2-9]|{'|'.join(NUMBERS)}) (?!nam|thang|quy|du an)[a-z]+\b.*\b(?:{_HOW_MANY}|bn)\b",
    r"\b(?:gom|don|noi|nhap|dem)(?: \w+){0,3}? (?:lai|chung)\b",
    r"\b(?:add(?:ed|ing)?(?: up)?|sum(?:s|med|ming)?|combined|together|altogether|in total|in all|total)\b",
)
_APART = _any(
    rf"\b(?:hon|kem|tang|giam|chenh|lech|hut|vuot|them|sut|thua)\b(?: \w+){{0,6}} {_HOW_MANY}\b",
    rf"\b{_HOW_MANY}(?: \w+){{0,4}} (?:(?:nhieu|it|cao|thap|lon|nho|dai|ngan) hon|so voi|nua)\b",
    rf"\b(?:difference|by {_HOW_MANY_EN})\b",
    rf"\b{_HOW_MANY_EN} (?:\w+ ){{0,3}}(?:more|less|fewer|higher|lower|add(?:ed|itional)?|extra)\b",
    rf"\b{_HOW_MANY_EN}\b.{{0,80}}\b(?:exceed|rise|grow|increase|fall|drop|decrease|decline|on top of|add)\b",
)
_SHARE = _any(
    rf"\b{_HOW_MANY} ?(?:phan tram|%)",
    r"\b(?:ty|ti) trong\b",
    r"\b(?:what|which|how many) (?:\w+ )?(?:share|percentage|proportion|per ?cent)\b",
    r"\b(?:share|part|proportion) of (?:the |its )?(?:total|whole|overall|all)\b|\bin (?:per ?cent|percentage)\b",
)
# "Được cộng thêm mấy %", "bù lãi bao nhiêu %": a rate that is granted, and no share of a whole.
_GRANTED = re.compile(
    rf"\b(?:cong them|huong them|them|bu lai|bu|mien|giam tru|den bu|boi thuong|lai suat)\b(?: \w+){{0,2}} {_HOW_MANY} ?(?:phan tram|%)"
)
_WHEN = ("deadline", "date")
_LEFT = _any(
    rf"\b(?:con lai|con|hut|thieu|du lai|chua|(?<!noi )(?<!ban )(?<!cu )(?<!luu )(?<!tai )tru(?: di)?|ngoai)\b.*\b{_HOW_MANY}\b",
    rf"\b{_HOW_MANY}\b.*\b(?:con lai|chua|nua|du lai)\b",
    rf"\b{_HOW_MANY} (?:\w+ ){{1,8}}khong (?:nam|co|thuoc|duoc|dat|phai|tham gia|o|con)\b",
    r"\b(?:remain(?:s|ing|der)?|left|still|yet|after|taken out|apart from|besides|other than|excluding|without|lack|neither)\b",
    r"\bhow many\b.{3,80}(?:\b(?:not|never)\b|n['’]t\b)",
)
# "Bình quân mỗi hộ": what there is for each of these things.
_PER = re.compile(
    r"\b(?:binh quan|trung binh)\b(?: \w+){0,5}? (?:moi|mot|tren mot|tung) (?P<thing>[a-z]+)"
    r"|\b(?:moi|mot) (?P<of>[a-z]+)\b.{0,30}\b(?:binh quan|trung binh)\b"
)
# "Tất cả các khu", "cả mấy điểm", "every zone": all of one kind, however many they are.
_ALL_OF = _any(
    r"\b(?:tat ca|toan bo|het thay|ca|het|moi) (?:cac|nhung|may)\b(?! (?:bao nhieu|nam))",
    r"\b(?:every|each|all(?: of)?(?: the| these| those)?)\b(?! (?:year|month))",
)
_OF_EACH = re.compile(r"\b(?:moi|tung|lan luot|rieng|each|respectively|per)\b")
_WHICH = re.compile(r"\b(?:nao|dau|gi|ai|which|what|who|where)\b")
_WHICH_ONES = re.compile(
    r"\b(?!(?:the|khi|ngay|thang|luc|noi|cach|chung|luon)\b)\w+ (?:\w+ )?nao\b|\bwhich (?!is\b|was\b|year)"
)
_NOTHING = _any(
    r"\bkhong\b.{0,40}\b(?:dong|xu|cac|thu|khoan|gi) (?:nao|het|ca)\b|\bkhong (?:\w+ ){0,3}(?:trong|nho|dua) vao\b",
    r"\bkhong (?:\w+ ){0,2}(?:rot|bo|gop|cap|chi|dong gop|ho tro|bo tri)(?: \w+){0,2} (?:tien|von|kinh phi)\b",
    r"\b(?:no|zero) (?:money|funds?|funding|budget|contributions?|share)\b|\bnothing\b|\bnot a (?:single )?(?:dong|cent)\b",
)
# "Chậm nhất ngày nào", "ít nhất bao nhiêu" set a bound, and ask for no row.
_MOST = _any(
    r"\b(?:cao|nhieu|lon|dong|dai|rong|day|nang|manh|kha|tot)\b(?: (?!nhat|it|thap)\w+){0,6} nhat\b",
    r"\b(?:most|highest|largest|biggest|greatest|longest|best|heaviest|widest|tallest)\b",
)
_LEAST = _any(
    r"\b(?:thap|nho|ngan|hep|kem|yeu|te|det)\b(?: (?!nhat)\w+){0,3} nhat\b"
    r"|\bit(?: (?!nhat)\w+){1,3} nhat\b",
    r"\b(?:lowest|smallest|fewest|shortest|worst|poorest)\b|\bleast\b(?! \d)(?<!at least)",
)
_COUNTS = re.compile(rf"\b(?:{_HOW_MANY}|{_HOW_MANY_EN}) (?P<thing>[a-z]+)\b")
_HOW_MUCH = _any(rf"\b{_HOW_MANY}\b", rf"\b{_HOW_MANY_EN}\b", r"\bwhat (?:amount|sum|number|part)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be worked out; ``counted`` are numbers of things that the question says, each with its first word."""

    sums: bool
    apart: bool
    share: bool
    left: bool
    counted: tuple[tuple[int, str], ...]
    extreme: Literal["", "most", "least"]
    """Whether it asks what has the most or the least of something."""
    together: bool
    """Whether it asks how many so many things have, not each of them: "ba xã … có bao nhiêu hộ"."""
    all_of: bool
    """Whether it is of all things of a kind together: "tất cả các khu", "every zone"."""
    which: bool
    """Whether it asks which ones: "những khoản nào"."""
    nothing: bool
    """Whether it asks of which there is nothing: "khoản nào tỉnh không rót đồng nào"."""
    per: str
    """The thing for each of which there is something on average, folded: "bình quân mỗi hộ"; else ""."""
    years: int
    """How many years are taken together, where they are not named: "cộng ba năm"; else 0."""
    counts: str
    """What is counted, the first word of it folded: "bao nhiêu huyện"; else ""."""
    bound: Bound | None
    """What a figure of them has to be: "có trên 40 cô đỡ"."""

    def __bool__(self) -> bool:
        worked = (
            self.sums or self.together or self.apart or self.share or self.left or self.which or self.bound is not None
        )
        return worked or bool(self.extreme or self.per or self.counts)


def wanted(asked: Asked) -> Wanted:
    """What a question wants worked out; false where it wants nothing."""
    said = text_of(asked)
    counted = tuple(counted_things(_numbers_plainly(asked, said)))
    return Wanted(
        together=bool(counted) and _HOW_MUCH.search(said) is not None and _OF_EACH.search(said) is None,
        sums=_SUM.search(said) is not None,
        apart=_APART.search(said) is not None,
        share=_SHARE.search(said) is not None and _GRANTED.search(said) is None,
        left=_LEFT.search(said) is not None and _HOW_MUCH.search(said) is not None,
        # "12 nhà yếu nhất phải chống đỡ trước ngày nào" asks for no row.
        extreme="" if asked.reading.kind in _WHEN else _extreme(_degrees_plainly(asked) or said),
        counted=counted,
        all_of=_ALL_OF.search(said) is not None,
        which=(which := _WHICH_ONES.search(said) is not None),
        nothing=which and _NOTHING.search(said) is not None,
        per=next((found["thing"] or found["of"] for found in _PER.finditer(_with_each(asked, said))), ""),
        years=_years(said),
        counts=found.group("thing") if (found := _COUNTS.search(said)) is not None else "",
        bound=bound_in(said),
    )


_COUNTING = frozenset("hai ba bốn tư năm sáu bảy bẩy tám chín mười cả".split())


def _numbers_plainly(asked: Asked, said: str) -> str:
    """A folded question, without what only looks like a number where it has marks: "Nậm Tia" is no "năm"."""
    if asked.reading.language == "en" or not has_marks(asked.question.text):
        return said
    like = frozenset(map(fold, _COUNTING))
    return re.sub(
        r"\w+",
        lambda word: "-" if fold(word[0]) in like and key(word[0]) not in _COUNTING else fold(word[0]),
        asked.alone,
    )


_DEGREES = frozenset(
    "cao nhiều lớn đông dài rộng dày nặng mạnh khá tốt thấp nhỏ ngắn hẹp kém yếu tệ đẹt ít nhất".split()
)
_LIKE_DEGREES = frozenset(map(fold, _DEGREES))


def _degrees_plainly(asked: Asked) -> str:
    """A question with marks, folded, without what only looks like a degree without them: "báo cáo"; "" for others."""
    if asked.reading.language == "en" or not has_marks(asked.question.text):
        return ""
    return re.sub(
        r"\w+",
        lambda word: "-" if fold(word[0]) in _LIKE_DEGREES and key(word[0]) not in _DEGREES else fold(word[0]),
        asked.alone,
    )


def _extreme(said: str) -> Literal["", "most", "least"]:
    if _WHICH.search(said) is None:
        return ""
    most, least = _MOST.search(said) is not None, _LEAST.search(said) is not None
    if most == least:
        return ""
    return "most" if most else "least"


def text_of(asked: Asked) -> str:
    """The folded question, in which words that only look like "cộng" or "hơn" without their marks are crossed out."""
    as_typed = asked.reading.language == "en" or not has_marks(asked.question.text)
    return fold(asked.question.text) if as_typed else fold(said_plainly(asked.alone))


def _with_each(asked: Asked, said: str) -> str:
    """The same with "mỗi", which ``text_of`` crosses out beside the "mọi" that it looks like."""
    return said if asked.reading.language == "en" else fold(asked.alone)


def _years(said: str) -> int:
    found = re.search(rf"\b(?P<count>[2-9]|{'|'.join(NUMBERS)})[ -](?:nam|years?)\b(?! 20\d\d)", said)
    if found is None:
        return 0
    word = found.group("count")
    return int(word) if word.isdigit() else NUMBERS[word]
