"""Questions that ask several things: "ai ký kế hoạch A, và ai ký kế hoạch B", "who leads it and by when?"."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.normalise import has_marks
from retrieval.types import Language

# Where one thing that is asked may end, and the next begins.
_JOINT = re.compile(
    r"\?\s+|\s*[,;]\s+(?:(?:và|còn|đồng thời|rồi|and)\s+)?|\s+(?:và|còn|rồi|đồng thời|and)\s+", re.IGNORECASE
)
_BARE_JOINT = re.compile(r"\?\s+|\s*[,;]\s+(?:(?:va|con|dong thoi|roi)\s+)?|\s+(?:va|con|dong thoi)\s+", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:ai|gì|nào|đâu|bao nhiêu|mấy|bao giờ|bao lâu|ra sao)\b", re.IGNORECASE)
_BARE_ASKS = re.compile(
    r"\b(?:ai|gi|nao|(?:o|tu|ve|den|ra) dau|bao nhieu|may (?!moc)|bao gio|bao lau|ra sao)\b", re.IGNORECASE
)
_PREPOSITION = r"(?:(?:by|to|under|in|at|from|on|for|since|until|with|through) )?"
_ENGLISH = re.compile(
    rf"^{_PREPOSITION}(?:(?:which|what) (?!is\b|are\b|was\b|were\b|has\b|have\b|so\b)|what is|what are|who\b|whom\b|when (?:is|are|was|were|did|do|does|must|should|will)\b"
    r"|how (?:many|much|long|often)\b|where (?:is|are|does|do|did)\b)",
    re.IGNORECASE,
)
# Words that ask for one answer about several things.
_TOGETHER = re.compile(
    r"\b(?:so sánh|so sanh|khác (?:nhau|gì)|khac (?:nhau|gi)|giống nhau|giong nhau|compare|differ\w*)\b"
    r"|\b(?:cái|bên|nơi|chỗ|văn bản|kế hoạch|cai|ben|noi|cho|van ban|ke hoach) (?:nào|nao)\b.{0,40}\b(?:hơn|hon|trước|truoc|sau|nhất|nhat)\b",
    re.IGNORECASE,
)
# What only says whose or where: "…, của các tỉnh nào hết hiệu lực".
_BELONGS = re.compile(r"\s*(?:của|thuộc|cua|thuoc)\s", re.IGNORECASE)
# What asks for the same once more: "mấy mảng, là những mảng nào".
_GOES_ON = re.compile(
    r"\s*(?:(?:tên|ten)(?: gọi| goi)?\s+)?(?:đó là|là|gồm|bao gồm|do la|la|gom|bao gom)\s+(?:(?:những|các|nhung|cac)\s+)?(?:\S+\s+){0,2}(?:nào|gì|ai|nao|gi)\W*$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\s*(?:do )?ai (?:ký|ky)\b", re.IGNORECASE)  # short as it is, a thing of its own
_LEAST = 3  # words of a thing that is asked
_MOST = 3


def asks(text: str, language: Language) -> tuple[str, ...]:
    """The things that a question asks, each with a question word of its own; () where there is one only.

    >>> asks("Ai ký kế hoạch của tỉnh và ai ký kế hoạch của Ban Dân tộc?", "vi")
    ('Ai ký kế hoạch của tỉnh', 'ai ký kế hoạch của Ban Dân tộc?')
    >>> asks("Who leads the scheme in the district, and by when must it report?", "en")
    ('Who leads the scheme in the district', 'by when must it report?')
    >>> asks("Sở nào và phòng nào chủ trì?", "vi"), asks("Ai chủ trì, phối hợp với ai?", "vi")
    ((), ())
    """
    if _TOGETHER.search(text):
        return ()
    bare = language == "vi" and not has_marks(text)
    joints = list((_BARE_JOINT if bare else _JOINT).finditer(text))
    bounds = [(0, 0), *((joint.start(), joint.end()) for joint in joints), (len(text), len(text))]
    pieces: list[tuple[int, int]] = []
    for (_, start), (end, _) in pairwise(bounds):
        opens = (
            bool(pieces) and _opens(text[start:end], language, bare) and _asks(text[slice(*pieces[-1])], language, bare)
        )
        if not pieces or opens:
            pieces.append((start, end))
        else:
            pieces[-1] = (pieces[-1][0], end)
    if not 1 < len(pieces) <= _MOST:
        return ()
    return tuple(text[start:end].strip(" ,;") for start, end in pieces)


def _asks(text: str, language: Language, bare: bool) -> bool:
    """Whether the words before a joint ask something already."""
    if language == "en":
        clauses = re.split(r"[,:]\s+", text)
        return any(_ENGLISH.search(clause.strip()) for clause in clauses)
    return (_BARE_ASKS if bare else _ASKS).search(text) is not None and len(text.split()) > _LEAST


def _opens(text: str, language: Language, bare: bool) -> bool:
    """Whether the words behind a joint ask something of their own."""
    if language == "en":
        return _ENGLISH.search(text.strip()) is not None
    if _BELONGS.match(text) or _GOES_ON.match(text):
        return False
    asking = (_BARE_ASKS if bare else _ASKS).search(text)
    return asking is not None and (len(text.split()) >= _LEAST or _SIGNS.match(text) is not None)


_BEFORE_YEAR = (
    r"(?:(?:,|và|va|với|voi|còn|con|so với|so voi|hay|hoặc|rồi|and|or|versus|vs\.?|with|than)\s+)?"
    r"(?:(?:đến|den|tới|toi|vào|vao|trong|hết|het|by|in|until|to)\s+)*(?:(?:năm|nam|year)\s+)?"
)


def without_year(text: str, year: str) -> str:
    """A question without one of the years that it names.

    >>> without_year("Tỷ lệ năm 2030 với năm 2040 là bao nhiêu?", "2040")
    'Tỷ lệ năm 2030 là bao nhiêu?'
    """
    return " ".join(re.sub(rf"{_BEFORE_YEAR}\b{year}\b", "", text, flags=re.IGNORECASE).split())
