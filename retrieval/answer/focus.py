"""What a question asks for, and whether an answer states anything of that kind: a day for "khi nào", a number of "hộ".

A sentence on the very thing that is asked about need not say what is asked of it: "Who heads the team?" is not told by
how many members it has. The signs here look at that: which word asks, which thing it asks of (its focus), whether
the answer has a value of that kind which the question has not, and which words of the question are nowhere in it.
They are weighed with the others by the network that doubts answers (``doubt``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import CAPITALS, fold, has_marks, key
from retrieval.answer.asked import Asked
from retrieval.answer.denial import CLAUSES, DENIES
from retrieval.answer.draft import Draft
from retrieval.answer.library import MONEY, Library, with_units
from retrieval.answer.terms import bag, content
from retrieval.answer.wanted import wanted
from retrieval.english import matter_of
from retrieval.tokens import marked_syllables
from retrieval.translate import read_terms

_PLACES = r"xa|thon|ban|huyen|ap|phuong|buon|lang|to dan pho|khu pho|thi tran|tinh|quan|truong|cho|diem|khu"
_BODIES = (
    r"hop tac xa|to hop tac|don vi|co quan|phong|so|ban|hoi|nguoi|to chuc|doan|ben|nganh|nha thau|cong ty|doanh nghiep"
    r"|can bo|ong|ba"
)
# What asks, on the folded question: the first that is found says what kind of thing is asked for.
_ASKING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile("|".join(patterns)))
    for name, patterns in (
        (
            "why",
            (
                r"\b(?:vi sao|tai sao|do dau|ly do gi|nguyen nhan (?:gi|nao)|sao (?:lai|phai|khong))\b|^sao\b",
                r"\b(?:why|reasons?)\b",
            ),
        ),
        (
            "how long",
            (
                r"\b(?:bao lau|(?:may|bao nhieu) (?:ngay|tuan|thang|nam|gio|phut|tieng)(?! (?:nao|may)))\b",
                r"\bhow (?:long|many (?:days|weeks|months|years|hours))\b",
            ),
        ),
        (
            "when",
            (
                r"\b(?:khi nao|bao gio|luc nao|hoi nao|may gio|thoi gian nao|thoi han)\b",
                r"\b(?:ngay|thang|nam|quy|gio|tuan|dot) (?:nao|may|bao nhieu|gi)\b",
                r"\b(?:when|deadline|(?:what|which) (?:date|day|month|year|time))\b",
            ),
        ),
        (
            "share",
            (
                r"\b(?:may|bao nhieu) (?:phan tram|%)|\b(?:ti|ty) le\b",
                r"\bper ?cent\w*\b|\bwhat (?:share|rate|proportion)\b",
            ),
        ),
        (
            "money",
            (
                r"\b(?:may|bao nhieu) (?:tien|dong|trieu|ty|kinh phi|von)\b",
                r"\b(?:tien|kinh phi|von|gia|muc|phi|tro cap|luong)\b.{0,60}\bbao nhieu\b",
                r"\b(?:how much|cost|budget|price|salary)\b",
            ),
        ),
        (
            "count",
            (
                r"\bbao nhieu\b|\bmay\b(?! nay)",
                r"\bhow (?:many|far|large|big|tall|wide|deep|high|old|often)\b",
            ),
        ),
        (
            "who",
            (
                rf"\bai\b|\b(?:{_BODIES}) nao\b|\b(?:who|whom|whose)\b",
                r"\bwhich (?:\w+ )?(?:agency|body|unit|office|department|company|people|person)\b",
            ),
        ),
        (
            "where",
            (
                rf"\b(?:o dau|tai dau|dau|noi nao|cho nao|(?:{_PLACES}) nao)\b|\bwhere\b",
                r"\bwhich (?:\w+ )?(?:commune|village|hamlet|district|town|place|school|site)s?\b",
            ),
        ),
        ("how", (r"\b(?:the nao|ra sao|lam sao|cach nao|sao)\b", r"\b(?:how|what happens|what if)\b")),
        ("which", (r"\b(?:nao|gi|dau|may|which|what)\b",)),
        (
            "whether",
            (
                r"\b(?:khong|chua)\b",
                r"^(?:is|are|does|do|did|was|were|has|have|can|will|must|should)\b",
            ),
        ),
    )
)
_TIME = re.compile(
    r"ngày\s+\d|tháng\s+\d|(?<!\d)\d{1,2}/\d{1,2}(?:/\d{4})?(?!\d)|\d{1,2}/\d{4}|\bquý\b|\d{4}|\bgiờ\b"
    r"|(?:đầu|cuối|giữa)\s+(?:tháng|năm|quý)|(?:hằng|hàng|mỗi)\s(?:tháng|tuần|ngày|năm|quý)"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|sau khi|trước khi",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:\d+\s*(?:\([^)]*\)\s*)?|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+)(?:ngày|tuần|tháng|năm|giờ|phút|buổi)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Sở|Phòng|Ban|Bộ|Hội|[ỦU][ỷy] ban|UBND|UBMTTQ|MTTQ|HĐND|Mặt trận|Công an|Trung tâm|Văn phòng|Chi cục|Cục|Tổ"
    r"|Liên hiệp|Liên minh|Đoàn|Chủ tịch|Trưởng|Giám đốc|Doanh nghiệp|Ngân hàng|Trường|Trạm|Công ty|Hợp tác xã|HTX"
    r"|Chủ đầu tư|Cán bộ|Kho bạc|Bệnh viện|Viện|Đồn)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Aa]nh|[Cc]hị|[Nn]ghệ nhân|[Gg]ià làng)\s+[{CAPITALS}]\w+"
    rf"|\*\*[{CAPITALS}]\w+(?: [{CAPITALS}]\w+){{1,4}}\*\*"
)
_PLACE = re.compile(
    rf"\b(?:[Xx]ã|[Tt]hôn|[Bb]ản|[Hh]uyện|[Ấấ]p|[Pp]hường|[Bb]uôn|[Ll]àng|[Tt]ổ|[Tt]hị trấn|[Tt]ỉnh|[Tt]rường|[Cc]hợ"
    rf"|[Tt]ại|[Ởở]|[Đđ]iểm|[Kk]hu)s?:?\s+(?:[{CAPITALS}]\w+|\d)"
)
_CAUSE = re.compile(r"\b(?:vì|do|bởi|nguyên nhân|lý do|nhằm|để|bảo đảm|tránh|nên|khiến|gây)\b", re.IGNORECASE)
_WORKED = re.compile(r"\b(?:tổng|cộng|tăng|giảm|chênh|còn|hơn|thêm|chiếm|bằng)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CELL = re.compile(r"(?:^|; )(?P<head>[^:;]{1,80}): (?P<cell>[^;]*)")
# Where the words end that say of what something is asked, with their marks: "hộ trồng dứa" does not end at "trong".
_BOUNDS = frozenset(
    """
    bao nhiêu mấy nào gì đâu ai sao là khi thế ở tại của cho để thì mà có được bị sẽ đã đang và hay hoặc với những các
    mỗi một từ đến trong ngoài ra vào lên xuống theo về do như vậy không chưa còn nữa rồi tới số tổng
    """.split()
)
_BOUNDS_FOLDED = frozenset(map(fold, _BOUNDS))
_FOCUS_EN = re.compile(r"\b(?:how many|how much|which|what)\s+((?:[a-z-]+\s*){1,4})")
_SMALL_EN = frozenset("is are was were the of do does did will a an in to for must should be".split())
_FEW, _MANY = 3, 8  # words
_BESIDE = 40  # letters behind a number
_NAME = 16  # letters that tell one body from another
_HEAD = 0.6  # of the focus, in the head of a column
_NONE = -0.2  # what is held of a focus where there is none


def asking(asked: Asked) -> str:
    """The kind of thing that a question asks for: "when", "who", "count"; "" where no word says so."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    return next((name for name, pattern in _ASKING if pattern.search(said)), "")


def focus(asked: Asked) -> tuple[str, ...]:
    """The words of the thing that is asked for: "hộ", "nghèo" of "bao nhiêu hộ nghèo"; () where none stands there."""
    return _focus_en(asked.question.text) if asked.reading.language == "en" else _focus_vi(asked.alone)


def _focus_vi(text: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", key(text))
    plain = [fold(word) for word in words]
    bounds = _BOUNDS if has_marks(text) else _BOUNDS_FOLDED
    for at, word in enumerate(plain):
        counts = (word == "bao" and plain[at + 1 : at + 2] == ["nhieu"]) or words[at] in ("mấy", "may")
        if counts:
            return _run(words[at + 2 if word == "bao" else at + 1 :], bounds)
        if word in ("nao", "gi"):
            before = at - 1 if word == "gi" and plain[at - 1 : at] == ["la"] else at
            return _run(words[:before][::-1], bounds)[::-1]
        if word == "ai":
            return ()
    return ()


def _run(words: Sequence[str], bounds: frozenset[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words[:_FEW]:
        if word in bounds:
            break
        found.append(word)
    return tuple(found)


def _focus_en(text: str) -> tuple[str, ...]:
    found = _FOCUS_EN.search(text.lower())
    words = [word for word in found.group(1).split() if word not in _SMALL_EN][:_FEW] if found is not None else []
    terms = matter_of(read_terms(" ".join(words)), ("open",)) if words else ()
    return tuple(syllable for term in terms for syllable in marked_syllables(term.vietnamese[0]))


def signs_of_focus(asked: Asked, draft: Draft, library: Library) -> dict[str, float]:
    """What of a question an answer states, each about 0..1."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    kind = asking(asked)
    texts = [with_units(line.text) for line in draft.lines]
    paths = [f"{' '.join(h for quote in line.quotes for h in quote.path)} {line.label}" for line in draft.lines]
    own = [bag(marked_syllables(text)) for text in texts]
    above = [bag(marked_syllables(path)) for path in paths]
    whole = " ; ".join(texts)
    matter = asked.matter
    clauses = [clause for text in texts for clause in CLAUSES.split(text)]
    held = [matter.covered_by(bag(marked_syllables(clause))) for clause in clauses]
    best = clauses[max(range(len(held)), key=held.__getitem__)] if held else ""
    numbers = set(_NUMBER.findall(fold(asked.question.text)))
    found = {f"asks for {name}": float(name == kind) for name, _ in _ASKING}
    found |= _of_the_focus(asked, texts, own, above, numbers)
    found |= _missing(asked, own, above, [library.books[line.document].title_bag for line in draft.lines], library)
    found |= {
        "own": max((matter.covered_by(one) for one in own), default=0.0),
        "own and headings": max((matter.covered_by(*pair) for pair in zip(own, above, strict=True)), default=0.0),
        "clause": max(held, default=0.0),
        "new number": float(any(one not in numbers for one in _NUMBER.findall(whole))),
        "clause: new number": float(any(one not in numbers for one in _NUMBER.findall(best))),
        "time": float(_TIME.search(whole) is not None),
        "clause: time": float(_TIME.search(best) is not None),
        "duration": float(_DURATION.search(whole) is not None),
        "new place": float(any(fold(one) not in said for one in _PLACE.findall(whole))),
        "person": float(_PERSON.search(whole) is not None),
        "new body": float(
            any(fold(whole[one.start() : one.start() + _NAME]) not in said for one in _BODY.finditer(whole))
        ),
        "cause": float(_CAUSE.search(whole) is not None),
        "per cent": float("%" in whole),
        "denies": float(DENIES.search(whole) is not None),
        "clause: denies": float(DENIES.search(best) is not None),
        "money": float(MONEY.search(whole) is not None),
        "row": float(any(re.search(r"; [^;:]{1,80}: ", text) for text in texts)),
        "yes or no": float(asked.reading.yes_no),
    }
    return found | _of_years(asked, texts, paths) | _of_working(asked, draft, whole)


def _of_the_focus(
    asked: Asked,
    texts: Sequence[str],
    own: Sequence[frozenset[str]],
    above: Sequence[frozenset[str]],
    numbers: set[str],
) -> dict[str, float]:
    words = focus(asked)
    found = {"has a focus": float(bool(words)), "focus: number": 0.0, "focus: cell": 0.0}
    if not words:
        return found | {"focus: own": _NONE, "focus: own and headings": _NONE}
    topic = asked.matter.over(words)
    plain = [fold(word) for word in words[:2]]
    for text in texts:
        for cell in _CELL.finditer(text):
            head = bag(marked_syllables(cell.group("head")))
            if topic.covered_by(head) >= _HEAD and re.search(r"\w", cell.group("cell")):
                found["focus: cell"] = 1.0
        folded = fold(text)
        for number in re.finditer(r"(?<![\w.,])(\d[\d.,]*\d|\d)\b", folded):
            after = re.findall(r"[a-z%]+", folded[number.end() : number.end() + _BESIDE])[:4]
            if number.group() not in numbers and any(word in after for word in plain):
                found["focus: number"] = 1.0
    return found | {
        "focus: own": max((topic.covered_by(one) for one in own), default=0.0),
        "focus: own and headings": max((topic.covered_by(*pair) for pair in zip(own, above, strict=True)), default=0.0),
    }


def _missing(
    asked: Asked,
    own: Sequence[frozenset[str]],
    above: Sequence[frozenset[str]],
    titles: Sequence[frozenset[str]],
    library: Library,
) -> dict[str, float]:
    """How many words of a question no line has, and how telling the three most telling of them are."""
    words = content(asked.topic)
    weights = {word: library.weights.of(f"={word}") for word in words}
    most = max(weights.values(), default=1.0)
    matter = asked.matter
    nowhere = sum(not matter.finds(word, (*own, *above, *titles)) for word in words)
    in_none = sorted(
        (weights[word] for word in words if not any(matter.finds(word, (one,)) for one in own)), reverse=True
    )
    found = {f"missing {at}": in_none[at] / most if len(in_none) > at else 0.0 for at in range(_FEW)}
    return found | {
        "missing": nowhere / _MANY,
        "missing in its own": len(in_none) / _MANY,
        "words": len(words) / _MANY,
    }


def _of_years(asked: Asked, texts: Sequence[str], paths: Sequence[str]) -> dict[str, float]:
    """Whether an answer, or what stands above it, has a year that is asked about, and whether it has others."""
    wanted = {*asked.reading.years} - {*asked.scope.years}
    own, above = (set(_YEAR.findall(" ; ".join(some))) for some in (texts, paths))
    return {
        "a year is asked": float(bool(wanted)),
        "year held": float(bool(wanted & own)),
        "year above": float(bool(wanted & above)),
        "other year": float(bool(wanted and own and not wanted & own)),
    }


def _of_working(asked: Asked, draft: Draft, whole: str) -> dict[str, float]:
    """What is wanted to be worked out and was not."""
    what, done = wanted(asked), bool(draft.closing)
    return {
        "wants a sum": float(what.sums and not done),
        "wants a difference": float(what.apart and not done),
        "wants a share": float(what.share and not done),
        "wants the rest": float(what.left and not done),
        "wants the most": float(bool(what.extreme) and not done and not draft.opening),
        "worked out": float(done),
        "says so": float(_WORKED.search(whole) is not None),
        "opens": float(bool(draft.opening)),
    }
