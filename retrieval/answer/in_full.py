"""Follow-ups that put one thing in the place of another, or ask why, said in full: "còn năm 2025?", "thế Mèo Vạc?".

What is carried over is then the question before with that one thing replaced, and not its words beside the new ones.
"""

from __future__ import annotations

import re

from ingest.normalise import CAPITALS, fold
from retrieval.answer.library import Library

_LEAD = (
    r"^\W*(?:(?:thế|the|vậy|vay|còn|con|rồi|roi|và|va|and|so|ok|what about|how about)\b[\s,]*)*"
    r"(?:(?:thì|thi|ở|o|tại|tai|đến|den|tới|toi|vào|vao|cho|bên|ben|in|for|by|at|of)\s+)*"
)
_TAIL = (
    r"(?:\s+(?:thì sao|thi sao|thì|thi|sao|thế nào|the nao|là bao nhiêu|bao nhiêu|bao nhieu|bn|nhiêu|nhieu|được mấy|mấy|may|thì ai|là ai"
    r"|ai|vậy|vay|nhỉ|nhi|ạ))*\W*$"
)
_YEAR = r"(?:(?:hết|cuối|het|cuoi|riêng|rieng|the end of) )?(?:(?:năm|nam|year) )?(?P<year>20\d\d)"
_ONLY_YEAR = re.compile(_LEAD + _YEAR + _TAIL, re.IGNORECASE)
_A_NAME = rf"(?:(?:huyện|xã|tỉnh|thị xã|thị trấn|thành phố|phường|thôn|bản|ấp|trạm|cụm|khu)\s+)?[{CAPITALS}]\w*(?:\s+(?:[{CAPITALS}]\w*|\d+))*"
_ONLY_NAME = re.compile(_LEAD.replace("^", "^(?i:", 1) + ")" + rf"(?P<name>{_A_NAME})" + f"(?i:{_TAIL})")
_ASKS_ON = re.compile(r"^\W*(?:thế|the|vậy|vay|còn|con|và|va|and|what about|how about|bên|ben)\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\d/.-])20\d\d(?![\d/])")
_NAMES = re.compile(_A_NAME)
_WHY = re.compile(
    r"^\W*(?:(?:mà|thế|vậy|ma|the|vay|and|but|so)\s+)?(?:vì sao|tại sao|sao|vi sao|tai sao|why)\s+(?:(?:lại|lai|mà|ma|so|is it|was it|that|bị|bi)\s+)*"
    r"(?P<how>(?:\w+\s*){1,2}?)(?:\s*(?:thế|vậy|the|vay|dữ|du|quá|qua|v|z))?\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*(?:\b(?:được|là|đạt|còn|duoc|la|dat|con|có|co)\s+)*\b(?:bao nhiêu|mấy|đến đâu|tới đâu|bao nhieu|may|den dau|toi dau)\b.*$"
    r"|^\s*(?:how (?:far|much|many)(?: \w+)?|what (?:share|percentage))\s+(?:has|have|is|are|was|were|did|does)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_OF_OTHER = re.compile(
    r"^\W*(?:(?:thế|the|vậy|vay|còn|con)\s+)*(?:(?:bên|ben|của|cua|ở|o|phía|phia)\s+)?(?P<what>\S.*?)\s+"
    r"(?:thì|thi)\s+(?:ai|sao|bao nhiêu|bao nhieu|mấy|may|khi nào|khi nao)\W*$",
    re.IGNORECASE,
)
_A_PLAN = re.compile(r"\b(?:kế hoạch|đề án|chương trình|ke hoach|de an|chuong trinh)\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:so|phong|hoi|cong an|ban|bo|uy ban|ubnd|mat tran|mttq|trung tam|van phong|chi cuc|truong|doan)\b"
)
_MOST_WORDS = 14


def in_full(text: str, before: str, library: Library) -> str:
    """A follow-up as a question of its own, after the one before it in full; "" where it is no such follow-up.

    >>> in_full("Còn năm 2025?", "Ngân sách tỉnh năm 2024 là bao nhiêu?", library)  # doctest: +SKIP
    'Ngân sách tỉnh năm 2025 là bao nhiêu?'
    """
    if len(text.split()) > _MOST_WORDS:
        return ""
    return (
        _of_year(text, before)
        or _of_name(text, before, library)
        or _of_plan(text, before, library)
        or _why(text, before)
    )


def _of_year(text: str, before: str) -> str:
    found = _ONLY_YEAR.match(text)
    if found is None:
        return ""
    years = _YEARS.findall(before)
    if len(set(years)) != 1:
        return ""
    return re.sub(rf"(?<![\d/.-]){years[0]}(?![\d/])", found.group("year"), before)


def _of_name(text: str, before: str, library: Library) -> str:
    found = _ONLY_NAME.match(text)
    if found is None or not _ASKS_ON.match(text) or _BODY.match(fold(found.group("name"))):
        return ""
    name = found.group("name")
    told = [one for one in _NAMES.finditer(before) if one.start() > 0 and not _BODY.match(fold(one.group()))]
    places = {
        fold(book.info.header.place.value) for book in library.books.values() if book.info.header.place is not None
    }
    others = [one for one in told if not any(_bare(one.group()) in place for place in places)]
    is_document = any(_bare(name) in place for place in places)
    fitting = [one for one in told if one not in others] if is_document else others
    if len(fitting) != 1 or _bare(fitting[0].group()) == _bare(name):
        return ""
    (one,) = fitting
    return f"{before[: one.start()]}{name}{before[one.end() :]}"


def _of_plan(text: str, before: str, library: Library) -> str:
    """What is asked of the plan of one place, of that of another: "bên du lịch cộng đồng B thì ai?"."""
    found = _OF_OTHER.match(text)
    plan = _A_PLAN.search(before)
    if found is None or plan is None:
        return ""
    what = found.group("what")
    places = {
        fold(book.info.header.place.value) for book in library.books.values() if book.info.header.place is not None
    }
    named = [place for place in places if re.search(rf"\b{re.escape(place)}\b", fold(what))]
    if not named or any(place in fold(before) for place in named):
        return ""
    end = before.rstrip(" ?.")
    return f"{before[: plan.end()]} {what}{before[len(end) :]}"


def _bare(name: str) -> str:
    """A name without what kind of place it is, folded."""
    return re.sub(r"^(?:huyen|xa|tinh|thi xa|thi tran|thanh pho|phuong|thon|ban|ap) ", "", fold(name))


def _why(text: str, before: str) -> str:
    found = _WHY.match(text)
    if found is None or not found.group("how").strip():
        return ""
    matter = _ASKED.sub("", before).strip(" ?.")
    english = re.match(r"\W*(?:and |but |so )?why\b", text, re.IGNORECASE) is not None
    if not matter or len(matter.split()) < 2:
        return ""
    how = found.group("how").strip()
    return f"Why {how}: {matter}?" if english else f"Vì sao {matter} {how}?"
