"""Questions about several documents: each side is a question of its own, asked of its own documents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.normalise import fold, has_marks
from retrieval.answer.library import Book
from retrieval.answer.mentions import Mention, Party, mentions, parties

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
_OTHER, _OWN, _COMMA = "\x00", "\x01", "\x02"
# Of one side nothing is to be compared: "khác nhau ra sao" asks what each of them is.
_DIFFERS = re.compile(
    r"(?:\b(?:có |thì |lại |co |thi |lai )*(?:gì |gi )?(?:khác (?:nhau|biệt|gì|với)|giống (?:nhau|và khác nhau|hay khác(?: nhau)?)|khac (?:nhau|biet|gi|voi)|giong nhau)"
    r"(?: (?:ra sao|(?:như |nhu )?(?:thế|the) (?:nào|nao)|(?:ở|o) (?:điểm|chỗ|diem|cho) (?:nào|nao|gì|gi)|những gì|nhung gi|gì|gi|không|khong))*)",
    re.IGNORECASE,
)
_END = re.compile(r"\W*$")
# "…, bên nào hết hạn trước?" compares what the sides say; "ở ba nơi A, B và C" counts them.
_WHICH_FIRST = re.compile(
    r"[,;]\s*(?:và |thì |va |thi |vậy |and |so )?(?:bên|nơi|chỗ|tỉnh|huyện|văn bản|kế hoạch|ben|noi|cho|tinh|huyen|van ban|ke hoach|ai) (?:nào|nao) (?:\S+ ){0,4}(?:hơn|trước|sau|nhất|hon|truoc|nhat)\b[^,;?]*(?=\?|$)"
    r"|[,;]\s*(?:and )?which (?:one |of (?:them|the two) |plan |province )?(?:\S+ ){0,3}(?:first|earlier|later|more|most|bigger|larger|higher|lower)\b[^,;?]*(?=\?|$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:ở|tại|của|o|tai|cua|in) (?:cả |ca |the )?(?:hai|ba|bốn|bon|two|three|four) (?:nơi|nơi là|tỉnh|địa phương|văn bản|kế hoạch|noi|tinh|dia phuong|van ban|ke hoach|places|provinces|plans)(?: là)?(?: của)?\s+",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:(?:tôi |em |mình |toi |minh )?(?:đang |cần |muốn |dang |can |muon )?(?:hãy |hay |xin |giúp \w+ )?(?:so sánh|đối chiếu|so sanh|doi chieu)(?: giúp \w+| xem)?|compare)\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:ai|gi|nao|dau|bao nhieu|may|bao gio|ra sao|what|which|who|whom|when|how)\b")
_JOIN = rf"(?:\s*,)?\s*(?:\b{_AND}\s+)?"
_CONTRAST = re.compile(r"(?:còn|con|trong khi|ngược lại|while|whereas)\b", re.IGNORECASE)
_OF = re.compile(
    r"(?:^|\s)(?:của|cua|of)\s(?:\s*(?:tỉnh|huyện|thành phố|TP\.?|tinh|huyen|thanh pho|the)\s)*$|^(?:của|cua|of)\s",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:ở|tại|trong|của|theo|o|tai|cua|in|of|at|for|under)\s(?:\S+\s){0,3}$", re.IGNORECASE)
# Words of a clause that ask, and say nothing of what is asked about.
_EMPTY = re.compile(
    r"\b(?:co quan|don vi|ngay|thang|nam|bao nhieu|may|khi|the|nhu|ra|co|duoc|ban|ke hoach|van ban|many|much|does|do|did|plans?|one|under|by|number|list|say|have|has|there|(?:19|20)\d\d|con|thi|sao|ai|gi|nao|o|tai|cua|tinh|huyen|thanh pho|thi xa|la|va|ben|phia|whose|who|what|which|and|in|for|of|the|about|how|is|are|province|district|city|so|phong|agency|body|department|office|unit)\b"
)
_MATTER = re.compile(r"[a-z0-9]{2,}")
_SUBJECT = 2  # words
# "…, and which one does so in B's scheme?": the same, of the plan that B has.
_DOES_SO = re.compile(
    r"\b(?:do(?:es|ne)? (?:so|it|that|the same)|(?:lam|chu tri|phu trach|dam nhan|lo) (?:viec|dieu|chuyen) (?:do|nay|ay)|cung lam the)\b"
)
_ITS_PLAN = re.compile(r"(?<=['’]s)(?: [\w-]+){1,4} (?:plan|scheme|programme?|decision|report)\b", re.IGNORECASE)
# "…: A làm lúc nào và B làm lúc nào?": two clauses that begin with their places, though no comma parts them.
_ASKING = r"\b(?:nào|gì|ai|đâu|mấy|bao nhiêu|bao giờ|nao|gi|dau|may|bao nhieu|bao gio)\b"
_ASKED_TWICE = re.compile(
    rf"(?P<one>(?:^|[,;:]\s){_HEADS}[{_OTHER}{_OWN}][^,;:{_OTHER}{_OWN}]{{2,80}}?{_ASKING}[^,;:{_OTHER}{_OWN}]{{0,30}}?)\s+(?:và|va)\s+"
    rf"(?={_HEADS}[{_OTHER}{_OWN}][^,;:]{{2,80}}{_ASKING})",
    re.IGNORECASE,
)
_GAP = re.compile(rf"{_JOIN}(?:\b{_HEADS})?{_OTHER}{_TAIL}", re.IGNORECASE)
_ENUMERATION = re.compile(rf"[{_OTHER}{_OWN}]{_TAIL}(?:{_JOIN}(?:\b{_HEADS})?[{_OTHER}{_OWN}]{_TAIL})+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?:năm |nam )?(?:19|20)\d\d\)")
_LOOSE = re.compile(
    rf"(?:^|(?<=[,;:]))\s*{_AND}\s+(?={_HEADS}{_OWN})|\s+{_AND}\s*(?=[,;:?.!]|$)|\s+(?=[,;:?.!])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is asked of one of the documents, or of all documents of a place."""

    text: str
    documents: tuple[str, ...]


_SO = re.compile(
    r"^(?:So(?: sánh)?|so sanh)\s+(?=(?:[Kk]ế hoạch|[Vv]ăn bản|[Qq]uyết định|[Cc]hương trình|ke hoach|van ban)\b)"
)


def sides(text: str, books: Sequence[Book], numbers: Mapping[str, str]) -> tuple[Side, ...]:
    """The sides of a question that names several documents or places with documents; () for any other."""
    named = parties(text, books, numbers)
    if named:
        text = _SO.sub("", text)  # "So kế hoạch của A với kế hoạch của B: …"
        named = parties(text, books, numbers)
        text = _joined(text, books)
        shorter = _COUNTED.sub("ở " if has_marks(text) else "o ", _WHICH_FIRST.sub("", text))
        text, named = (
            (shorter, again) if len(again := parties(shorter, books, numbers)) == len(named) else (text, named)
        )
    texts = [_own(text, one, [other for other in named if other is not one]) for one in named]
    return tuple(
        Side(
            text=_filled(own, text, one, texts[0], named[0]).replace(_COMMA, ","),
            documents=tuple(book.info.id for book in books if book.info.id in one.documents),
        )
        for own, one in zip(texts, named, strict=True)
    )


def _joined(text: str, books: Sequence[Book]) -> str:
    """The text with the commas of enumerations that documents have, "nông, lâm nghiệp", as signs of their own."""

    def join(match: re.Match[str]) -> str:
        pair = fold(match.group(1)), fold(match.group(2))
        return f"{match.group(1)}{_COMMA if any(pair in book.enumerations for book in books) else ','}"

    return re.sub(r"\b(\w+),(?= (\w+))", join, text)


# "Tỉnh nào …, còn tỉnh kia …?", "one plan …, the other …": what is said of one is not sought in the other.
_WHICH = (
    r"(?:tỉnh|nơi|bên|huyện|địa phương|kế hoạch|văn bản|bản|chỗ|tinh|noi|ben|huyen|dia phuong|ke hoach|van ban|ban|cho)"
)
_CONTRASTED = re.compile(
    rf"\b(?P<a>{_WHICH} (?:nào|nao)\b.{{8,160}}?)\s*[,;]?\s*(?:(?:còn|trong khi|và|nhưng|thì|con|va|nhung|thi) )*(?P<b>{_WHICH} (?:kia|còn lại|con lai)\b.{{4,200}})$"
    r"|\b(?P<one>(?:which|one) (?:of (?:the )?\w+ )?(?:plans?|provinces?|places?|documents?|districts?|one)?\b.{8,160}?)\s*[,;]?\s*(?:(?:and|while|whereas|but) )*(?P<other>(?:what (?:does|about) )?(?:the other|another)(?: one| plan| province| place| document| district)?\b.{4,200})$",
    re.IGNORECASE,
)
_KIA = re.compile(
    rf"^{_WHICH} (?:kia|còn lại|con lai)\s*(?:thì |lại |chủ yếu |thi |lai )*|(?<=^what does )(?:the other|another)(?: one| plan| province| place| document| district)?|^(?:the other|another)(?: one| plan| province| place| document| district)?",
    re.IGNORECASE,
)
_ALIKE = re.compile(
    r"^\s*(?:cùng|đều|cung|deu) (?:là|một|la|mot) (.{3,80}?),?\s*(?:nhưng|mà|thì|nhung|ma|thi)?\s*$", re.IGNORECASE
)
_WHICH_IS = re.compile(r"[.?!]\s*which (?:\w+ )?is which\s*\W*$", re.IGNORECASE)


def contrast(text: str) -> tuple[str, str] | None:
    """What a question asks of one place that it does not name, and what of the other one; None for any other.

    What both are asked about stands before: "Cùng là Sở Tài chính nhưng tỉnh nào …, còn tỉnh kia …?".

    >>> contrast("Tỉnh nào giao Sở Tài chính quản lý viện trợ, còn tỉnh kia giao sở bảo đảm khoản gì?")
    ('Tỉnh nào giao Sở Tài chính quản lý viện trợ', 'giao sở bảo đảm khoản gì')
    >>> contrast("Cùng là Sở Y tế nhưng nơi nào phải kiểm tra, nơi kia phải báo cáo gì?")
    ('Sở Y tế, nơi nào phải kiểm tra', 'Sở Y tế, phải báo cáo gì')
    """
    match = _CONTRASTED.search(_WHICH_IS.sub("", text).rstrip(" ?."))
    if match is None:
        return None
    one = match.group("a") or match.group("one")
    other = _KIA.sub("", match.group("b") or match.group("other")).strip(" ,;?")
    about = _ALIKE.match(text[: match.start()])
    before = f"{about.group(1)}, " if about is not None else ""
    return (f"{before}{one.strip()}", f"{before}{other}") if other else None


def _filled(own: str, text: str, party: Party, first: str, before: Party) -> str:
    """What is asked of a party that is only named, "…, ai ở B?", as it is asked of the first one."""
    left = own
    for one in party.mentions:
        left = left.replace(text[one.start : one.end], " ")
    # What stands in both is what both are asked about: it makes no question of its own.
    left = " ".join(clause for clause in _CLAUSE.split(left) if clause and clause not in first)
    same = _DOES_SO.search(fold(left)) is not None
    matter = not same and _MATTER.search(_EMPTY.sub(" ", fold(left)))
    if party is before or not before.mentions or not party.mentions or matter:
        return own
    names = [text[one.start : one.end] for one in before.mentions]
    named = text[party.mentions[0].start : party.mentions[0].end]
    filled = _ITS_PLAN.sub("", first) if same else first
    for at, name in enumerate(names):
        filled = filled.replace(name, "" if at else named, 1)
    return re.sub(rf"(?<={re.escape(named)})\s*\([^()]*\)", "", filled)  # what is said of the first one alone


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


def _kept(shown: str) -> list[str]:
    """The clauses of a party, the names of the parties replaced by signs; all where none is its own.

    Where "còn" sets the parties against each other, what follows a clause of one is of that one too, and what the
    first of them opens with is of all: "Mặt trận ở A giám sát gì, còn ở B thì ngoài giám sát, phản biện còn làm gì?".
    """
    clauses: list[str] = []
    apart = False
    start = 0
    for joint in [*_CLAUSE.finditer(shown), None]:
        clause = shown[start : joint.start() if joint is not None else len(shown)]
        if clause.strip():
            apart = apart or (bool(clauses) and _CONTRAST.match(clause.lstrip()) is not None and _named(clause))
            clauses.append(clause)
        start = joint.end() if joint is not None else start
    if not any(_OWN in clause for clause in clauses):
        return clauses
    kept: list[str] = []
    owner = ""
    opening = ""
    for clause in clauses:
        signs = {sign for sign in (_OWN, _OTHER) if sign in clause}
        if not owner and len(signs) == 1 and apart:
            opening = re.split(f"[{_OWN}{_OTHER}]", clause)[0]
        if signs:
            owner = _OWN if _OWN in signs else _OTHER
        if _OWN in signs or (not signs and (not apart or owner != _OTHER)):
            kept.append(clause)
    if _OF.search(opening) and not any(_OF.match(re.sub(r"^\W*(?:còn|con)\s+", "", clause)) for clause in kept):
        opening = ""  # "Dự án 5 của A …, còn B …": what is A's alone
    if not _AT.search(opening):
        opening = ""  # "Ban Dân tộc A": a name
    before = re.sub(rf"(?:^|\s+){_HEADS}$", "", opening, flags=re.IGNORECASE).strip()
    is_first = bool(kept) and any(before and before in clause for clause in kept)
    if before and not is_first and not _ASKS.search(fold(before)) and len(before.split()) >= _SUBJECT:
        kept.insert(0, before)
    return kept


def _named(clause: str) -> bool:
    return _OWN in clause or _OTHER in clause


def _closed(text: str, one: Mention) -> int:
    """Where a mention ends, with the year in brackets behind it: "Kiên Giang (2021)"."""
    behind = _IN_BRACKETS.match(text, one.end)
    if behind is not None:
        return behind.end()
    return one.end + (
        text[one.start : one.end].count("(") > text[one.start : one.end].count(")")
        and text[one.end : one.end + 1] == ")"
    )


def _own(text: str, party: Party, others: Sequence[Party]) -> str:
    """The clauses that speak of a party or of none, without the names of the others."""
    spans = [(one, _OWN) for one in party.mentions] + [(one, _OTHER) for other in others for one in other.mentions]
    names: list[str] = []
    shown = text
    for one, sign in sorted(spans, key=lambda pair: -pair[0].start):
        end = _closed(text, one)
        if sign == _OWN:
            names.insert(0, text[one.start : end])
        shown = f"{shown[: one.start]}{sign}{shown[end:]}"
    shown = _ENUMERATION.sub(_one_of, _ASKED_TWICE.sub(r"\g<one>, ", shown))
    kept = _kept(shown)
    left = _LOOSE.sub(" ", _GAP.sub(" ", ", ".join(kept)))
    for name in names:
        left = left.replace(_OWN, name, 1)
    left = _DIFFERS.sub(lambda found: " là gì " if _END.match(left, found.end()) else " ", left)
    left = _COMPARE.sub("", left.strip())
    return re.sub(r"\s+(?=[,;:?.!])", "", " ".join(left.split())).strip(" ,")
