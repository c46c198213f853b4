"""Questions about several documents: each side is a question of its own, asked of its own documents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from retrieval.answer.library import Book
from retrieval.answer.mentions import Party, mentions, parties

# Where one side's clause ends and the other's begins.
_CLAUSE = re.compile(
    r"[,;:]\s+|\s+(?=(?:còn(?! (?:phối hợp|phải|được|lại|có)\b)|con(?! (?:phoi hop|phai|duoc|lai|co)\b)|trong khi|ngược lại|while|whereas|versus|vs\.?)\s)",
    re.IGNORECASE,
)
_HEADS = (
    r"(?:(?:của|ở|tại|cho|trong|theo|giữa|bên|phía|so với|kế hoạch|văn bản|ban hành|do|bởi|số|cua|o|tai|cho|trong|theo|giua|ben|phia|so voi|ke hoach|van ban|do|so"
    r"|of|in|for|from|by|the|plans?|between|(?<!cấp )(?<!cap )(?:tỉnh|huyện)|thành phố|thị xã|TP\.?|UBND|ủy ban nhân dân|(?<!cap )(?:tinh|huyen)|thanh pho|thi xa|uy ban nhan dan)\s+)*"
)
_AND = r"(?:và|với|hay|hoặc|còn|so với|va|voi|hay|hoac|con|so voi|and|or|with|than|versus|vs\.?)"
_TAIL = r"(?:'s|’s)?(?:\s+(?:province|district|city|provincial|plan)\b)*"
_OTHER, _OWN = "\x00", "\x01"
# Of one side nothing is to be compared: "khác nhau ra sao" asks what each of them is.
_DIFFERS = re.compile(
    r"(?:\b(?:có |thì |lại |co |thi |lai )*(?:gì |gi )?(?:khác (?:nhau|biệt|gì|với)|giống (?:nhau|và khác nhau|hay khác(?: nhau)?)|khac (?:nhau|biet|gi|voi)|giong nhau)"
    r"(?: (?:ra sao|(?:như |nhu )?(?:thế|the) (?:nào|nao)|(?:ở|o) (?:điểm|chỗ|diem|cho) (?:nào|nao|gì|gi)|những gì|nhung gi|gì|gi|không|khong))*)",
    re.IGNORECASE,
)
_END = re.compile(r"\W*$")
_COMPARE = re.compile(
    r"^(?:(?:hãy |hay |xin |giúp \w+ )?(?:so sánh|đối chiếu|so sanh|doi chieu)(?: giúp \w+| xem)?|compare)\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:ai|gi|nao|dau|bao nhieu|may|bao gio|ra sao|what|which|who|whom|when|how)\b")
_JOIN = rf"(?:\s*,)?\s*(?:\b{_AND}\s+)?"
_GAP = re.compile(rf"{_JOIN}(?:\b{_HEADS})?{_OTHER}{_TAIL}", re.IGNORECASE)
_ENUMERATION = re.compile(rf"[{_OTHER}{_OWN}]{_TAIL}(?:{_JOIN}(?:\b{_HEADS})?[{_OTHER}{_OWN}]{_TAIL})+", re.IGNORECASE)
_LOOSE = re.compile(
    rf"(?:^|(?<=[,;:]))\s*{_AND}\s+(?={_HEADS}{_OWN})|\s+{_AND}\s*(?=[,;:?.!]|$)|\s+(?=[,;:?.!])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is asked of one of the documents, or of all documents of a place."""

    text: str
    documents: tuple[str, ...]


def sides(text: str, books: Sequence[Book], numbers: Mapping[str, str]) -> tuple[Side, ...]:
    """The sides of a question that names several documents or places with documents; () for any other."""
    named = parties(text, books, numbers)
    return tuple(
        Side(
            text=_own(text, one, [other for other in named if other is not one]),
            documents=tuple(book.info.id for book in books if book.info.id in one.documents),
        )
        for one in named
    )


def without_names(text: str, books: Sequence[Book], numbers: Mapping[str, str]) -> str:
    """A question without the places, numbers and bodies that say which document it is about."""
    named = tuple(one for one in mentions(text, books, numbers) if not one.subject)
    party = Party(documents=frozenset(), mentions=())
    return _own(text, party, [Party(documents=frozenset(), mentions=named)])


def _one_of(found: re.Match[str]) -> str:
    """Of the enumeration "A, B và C" only the party itself; "… gì ở A, và ở B … gì" is none."""
    before, after = fold(found.string[: found.start()]), fold(found.string[found.end() :])
    if _OWN not in found.group() or (_ASKS.search(before) and _ASKS.search(after)):
        return found.group()
    return _OWN


def _own(text: str, party: Party, others: Sequence[Party]) -> str:
    """The clauses that speak of a party or of none, without the names of the others."""
    spans = [(one, _OWN) for one in party.mentions] + [(one, _OTHER) for other in others for one in other.mentions]
    names: list[str] = []
    shown = text
    for one, sign in sorted(spans, key=lambda pair: -pair[0].start):
        if sign == _OWN:
            names.insert(0, text[one.start : one.end])
        shown = f"{shown[: one.start]}{sign}{shown[one.end :]}"
    shown = _ENUMERATION.sub(_one_of, shown)
    clauses = [clause for clause in _CLAUSE.split(shown) if clause.strip()]
    kept = [clause for clause in clauses if _OWN in clause or _OTHER not in clause]
    if not any(_OWN in clause for clause in kept):
        kept = clauses
    left = _LOOSE.sub(" ", _GAP.sub(" ", ", ".join(kept)))
    for name in names:
        left = left.replace(_OWN, name, 1)
    left = _DIFFERS.sub(lambda found: " là gì " if _END.match(left, found.end()) else " ", left)
    left = _COMPARE.sub("", left.strip())
    return re.sub(r"\s+(?=[,;:?.!])", "", " ".join(left.split())).strip(" ,")
