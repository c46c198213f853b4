"""What a question asks: its language, its kind, the programme parts, years and document numbers that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from ingest.errors import BadQuestion
from ingest.normalise import CAPITALS, clean, fold, has_marks, one_y
from ingest.rules.programme import Part, parts_in
from retrieval.cues import read_cues
from retrieval.english import kind_of_english, lookups_of_english, spelt_out
from retrieval.english_spelling import is_known
from retrieval.translate import SYLLABLE
from retrieval.types import Language

LONGEST = 2_000
_SHORTEST = 4

Kind = Literal[
    "lead",  # which body leads
    "coordinate",  # which bodies coordinate
    "duties",  # what a body does
    "budget",
    "deadline",
    "basis",
    "number",
    "date",
    "signer",
    "recipients",
    "issuer",
    "title",
    "count",
    "list",
    "target",
    "definition",
    "open",
]

KINDS: tuple[Kind, ...] = get_args(Kind)

LOOKUPS: tuple[Kind, ...] = ("number", "date", "signer", "recipients", "issuer", "title", "basis")

_YES_NO = re.compile(
    r"\b(?:co phai|phai khong|dung khong|khong\s*[?.!]*$|hay khong|chua\s*[?.!]*$|co .{2,120} khong\b)|^(?:is|are|does|do|did|was|were|has|have|can|will|must|should)\b"
)
# "One of the plans looks past 2025": what is asked lies behind that year.
_BEHIND = re.compile(
    r"\b(?:past|beyond|after|sau|qua|vượt quá|ngoài) (?:the year |năm |nam )?(?:19|20)\d\d\b(?!\s*[-–])", re.IGNORECASE
)
# The year that an increase is reckoned from: "how many times higher in 2025 than in 2020".
_RECKONED_FROM = re.compile(
    r"(?<=\btimes)([^?]{0,90}?)\b(?:than|as|compared (?:to|with)|against|over|from)(?: (?:it|they) (?:was|were))?(?: in)?(?: the)?(?: (?:level|year|figure|base)(?: (?:of|in))?)* (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bso sanh\b|^so (?!voi\b|tien\b|luong\b|lieu\b).{3,90}\bvoi (?:ke hoach|van ban|cua|ben|tinh|huyen)\b|\bkhac (?:nhau|gi|voi|biet)\b|\bgiong (?:nhau|voi)\b|\b(?:(?:ca hai|ca ba|hai|ba|may) (?:ke hoach|tinh|dia phuong|van ban|noi|huyen)|cac (?:ke hoach|tinh|van ban))\b"
    r"|\bcompare[ds]?\b|\bdiffer|\bversus\b|\bvs\b|\bboth plans\b|\b(?:cao|thap|nhieu|it|som|muon|lon|nho) hon\b|\bnoi nao\b|\btinh nao\b|\bke hoach nao\b|\bwhich plans?\b|\bdia phuong nao\b|\bvan ban nao\b"
)
_FOLLOWS = re.compile(
    r"^(?:con|the con|vay con|the|vay|roi|va|and|what about|how about|then|also|nhung|ok|why|vi sao|tai sao|the thi|vay thi|but|or)\b|\bthi sao\b|"
    r"\b(?:du an|don vi|co quan|ke hoach|viec|phong|so|ban|hoi|noi dung|muc|chuong trinh|van ban|tinh|huyen|nguoi)\s+(?:do|nay|ay|tren|kia|vua roi)\b|"
    r"\b(?:cua|cho|voi|o|ve) (?:no|ho|do|ay)\b|\b(?:it|its|they|their|them|he|she)\b|\b(?:that|this)\b(?= (?:one|project|sub-?project|agency|body|unit|office|department|plan|programme|program|scheme|task|money|province|district|city)\b|\W*$)|^(?:that|this|is that|is this)\b|\b(?:no|ho)\b$"
)
# The holder of a post by name: documents name who signs them, and seldom anybody else.
_POST = r"(?:giam doc|pho giam doc|truong ban|pho truong ban|chu tich|pho chu tich|truong phong|pho phong|bi thu|chanh van phong|bo truong|thu truong|hieu truong)"
_PERSON = re.compile(
    rf"\b{_POST}\b.{{0,90}}\bten ho (?:la )?gi\b|\b{_POST}\b(?! duyet| phe duyet| giao| ky).{{0,60}}\b(?:la|ten) (?:ai|gi|(?:ong|ba|nguoi|dong chi) nao)\b|\bai (?:la|dang lam|lam|giu chuc) {_POST}\b|\b(?:ong|ba) nao (?:la|lam) {_POST}\b|"
    r"\bwho (?:is|was) (?:the )?(?:current )?(?:director|head|chair\w*|vice[- ]chair\w*|deputy \w+|minister|secretary)\b"
    r"|\b(?:full )?names? of (?:the )?(?:current |present |new )?(?:director|head|chair\w*|vice[- ]chair\w*|deputy \w+|minister|secretary)(?: \([^()]{2,40}\))? (?:of|at)\b"
)
_ENGLISH = frozenset(
    """
    the of what which who how does do is are for in by and was when must much many project budget plan
    agency department list responsible lead leads office report reports deadline people ethnic committee
    province city district it its their about from with there where should will legal
    """.split()
)
_VIETNAMESE = frozenset(
    """
    la cua nao gi bao nhieu co khong ai duoc cho cac nhung trong khi du an co quan ke hoach von chu tri phoi
    hop nam tinh huyen thanh pho so phong ban muc tieu thoi gian kinh phi nhiem vu thuc hien vung dong bao
    dan toc the thi sao con lam o
    """.split()
)
_NUMBER = re.compile(r"\b\d{1,5}\s?(?:/\s?\d{4})?\s?[/-]\s?[A-Za-zĐđ][\w&]*(?:\s?[-/]\s?[A-Za-zĐđ]\w*)*")
# "Nghị quyết 27/2024": the year of a document that is named, not one that is asked for.
_SHORT_NUMBER = re.compile(
    r"\b(?:(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|báo cáo|luật|kết luận|hướng dẫn|quy chế"
    r"|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|cong van|bao cao|luat|ket luan|huong dan|quy che"
    r"|qđ|nq|nđ|tt|ct|kh|cv|bc|qd|nd|decree|decision|resolution|circular|directive|plan|law|số|so|no\.?)\s+)"
    r"\d{1,5}\s?/\s?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# "Tiểu DA 2 - DA 9" names a part of a part, and no document "2-DA".
_PART_OF_PART = re.compile(r"(?<=\d)\s*[-–/]\s*(?=(?:T?DA|ND|[Dd]ự án|[Tt]iểu dự án|[Nn]ội dung)\s*\d)")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question read on its own, before anything is known of the documents.

    ``text`` is clean NFC; ``numbers`` are document numbers in lower case without blanks; ``follows`` is whether it
    leans on an earlier question; ``cued`` whether its kind is said plainly; ``lookups`` all that it asks of a document itself.
    """

    text: str
    language: Language
    kind: Kind
    cued: bool
    lookups: tuple[Kind, ...]
    yes_no: bool
    compares: bool
    person: bool
    follows: bool
    parts: tuple[Part, ...]
    years: tuple[str, ...]
    numbers: tuple[str, ...]


def check(text: str) -> str:
    """The cleaned question. Raises BadQuestion where it is empty or longer than ``LONGEST`` characters."""
    cleaned = clean(text)
    if not any(letter.isalnum() for letter in cleaned):
        raise BadQuestion(reason="it is empty")
    if len(cleaned) > LONGEST:
        raise BadQuestion(reason=f"it has {len(cleaned)} characters, and the limit is {LONGEST}")
    return cleaned


# What is said around a question, on the folded text, which is as long as the cleaned one.
_ME = r"(?:em|minh|toi|chau|con|anh chi|anh|chi|ban|moi nguoi|a/?c|ad|admin|thay|co|bot|tro ly)"
_BEFORE = re.compile(
    rf"^(?:(?:da|vang|a|oi|alo|hello|hi|xin chao|kinh chao|chao)\b[\s,.!]*|{_ME} (?:xin )?chao\b[\s,.!]*|(?:chao )?{_ME}(?: {_ME})*(?: oi)?[,.!]\s*|"
    rf"(?:{_ME} )?(?:muon|can|dang can|xin phep|xin|cho(?: {_ME})?|lam on(?: cho {_ME})?|vui long(?: cho {_ME})?|giup {_ME}|nho {_ME})"
    rf"(?: (?:duoc|xin|cho {_ME}))*(?: (?:hoi|biet|tim hieu|tra cuu|tra loi|cho biet))+\b(?: (?:them|chut|xiu|la|ve viec|giup {_ME}))*[\s,:]+|"
    rf"(?:please|could you|can you|would you)?\s*(?:please )?(?:tell me|let me know|i (?:would like|want|need) to (?:know|ask))\b[\s,:]*|"
    rf"(?:sep|lanh dao|truong phong|thu truong|co nguoi|ban toi|dong nghiep) (?:dang )?hoi(?: {_ME})?(?: la| rang)?[\s,:]+|"
    rf"(?:hello|hi|dear \w+|excuse me)\b[\s,.!]*)+"
)
_AFTER = re.compile(
    rf"[\s,.!?]*(?:(?:{_ME} )?(?:xin )?(?:chan thanh )?(?:cam on|cam on nhieu|thanks?|thank you)\b.{{0,40}}|(?:voi|giup {_ME}|gium|ho {_ME})?(?: (?:voi|nhe|nha|a|nhi))+)"
    rf"[\s.!?]*$"
)


# Sentences and clauses of these words alone say nothing of the matter, in whatever order they come.
_COURTESY = frozenset(
    """
    da vang a oi alo chao kinh xin cho em minh toi chau con anh chi ban moi nguoi ac ad admin thay co bot hoi chut xiu
    mot ti ve viec nay voi nhe nha nhi gium ho giup nho tra cuu tim kiem xem tim lam on vui long biet phien ngai qua cam
    thanh that nhieu lam rat mong som nhan duoc hoi am tra loi phan tu trong truoc va the thoi hien dang cau gap can tot lanh
    ngay cac moi den nhan vien
    """.split()
)
_ENGLISH_COURTESY = frozenset(
    """
    hello hi hey dear sir madam all team good morning afternoon evening could can would will you please kindly tell me let know
    i am m im new here sorry excuse to bother disturb if may ask have one a quick question thank thanks very so much
    many in advance lot nice day for your the help time kind regards best wishes
    """.split()
)
# "… ? Please give both figures.": how, and nothing else of what is asked.
_ALL_OF_IT = re.compile(
    r"(?<=\?)\s+(?:please )?(?:give|state|list|name|show|quote)(?: me)? (?:both|all|each|them|the (?:two )?(?:figures|numbers|names|dates))\b[^?]*$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;:,]+(?=\s|$)")


def without_politeness(text: str) -> str:
    """A cleaned question without greeting, "cho em hỏi" and thanks; all of it where nothing else would be left.

    What a second clause of English leaves to be understood is said (see ``spelt_out``).

    >>> without_politeness("Em chào anh chị, cho em hỏi ai ký kế hoạch? Em cảm ơn ạ.")
    'ai ký kế hoạch?'
    >>> without_politeness("Nhờ bạn tra giúp tôi với, ai ký kế hoạch? Mong sớm nhận được hồi âm.")
    'ai ký kế hoạch?'
    """
    text = _ALL_OF_IT.sub("", _without_courtesy(text)).rstrip()
    if language_of(text) == "en":
        text = spelt_out(text)
    folded = fold(text)
    before = _BEFORE.match(folded)
    start = before.end() if before is not None else 0
    after = _AFTER.search(folded, start)
    end = after.start() if after is not None else len(text)
    left = text[start:end].strip(" ,.:")
    return left if len(left) >= _SHORTEST else text


def _without_courtesy(text: str) -> str:
    """The text without the clauses of courtesy at its two ends; all of it where it has no other clause."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    bounds = [0, *(end for end in ends if end < len(text)), len(text)]
    clauses = list(pairwise(bounds))
    telling = [
        at
        for at, (start, end) in enumerate(clauses)
        if not all(map(_is_courteous, re.findall(r"\w+", text[start:end])))
    ]
    if not telling:
        return text
    return text[clauses[telling[0]][0] : clauses[telling[-1]][1]].strip()


def _is_courteous(word: str) -> bool:
    """Whether a word says nothing of the matter: "so much", but not "các sở"."""
    plain = fold(word)
    return plain in _COURTESY or (plain in _ENGLISH_COURTESY and not has_marks(word))


def read_question(text: str) -> Reading:
    """Read one question. ``text`` is cleaned already (see ``check``)."""
    folded = NO_MONEY.sub(lambda found: "-" * len(found.group()), fold(one_y(_NAMED.sub("----", text))))
    language = language_of(text)
    if language == "en":
        kind, plain = kind_of_english(folded)
        lookups = lookups_of_english(folded)
    else:
        kind, plain = kind_of(folded)
        lookups = lookups_in(folded)
    return Reading(
        text=text,
        language=language,
        kind=kind,
        cued=plain,
        lookups=lookups if kind in LOOKUPS else (),
        yes_no=_YES_NO.search(folded) is not None,
        compares=_COMPARE.search(folded) is not None,
        person=kind != "signer" and _PERSON.search(folded) is not None,
        follows=_FOLLOWS.search(folded) is not None,
        parts=parts_in(text),
        years=tuple(
            dict.fromkeys(
                _YEAR.findall(
                    _RECKONED_FROM.sub(r"\1", _BEHIND.sub(" ", _SHORT_NUMBER.sub(" ", _NUMBER.sub(" ", text))))
                )
            )
        ),
        numbers=_numbers_in(text),
    )


# "30-NQ/TW", in small letters too, but no "4-ton truck" and no "5-year plan".
_NO_NUMBER = re.compile(r"\d+\s?-\s?(?!(?:nq|qđ|qd|kh|ct|ctr|tt|nđ|nd|bc|hd|kl|tb|cv|ttr)\b)[a-zđ][^/]*")


def _numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of documents that a text names, in lower case without blanks."""
    found = (one for one in _NUMBER.findall(_PART_OF_PART.sub(" của ", text)) if not _NO_NUMBER.fullmatch(one))
    return tuple(re.sub(r"\s", "", number).lower() for number in found)


# "ưu tiên", "tiến độ", "tiên tiến" are no money ("tiền"), and "Đồng Tháp" no "đồng".
NO_MONEY = re.compile(
    r"\b(?:uu tien|dau tien|tien tien|tien do|tien hanh|tien trinh|tien phong|tien bo|to tien|tuc tien)\b"
)
"""Folded words that are no money though a part of them, without its marks, is ("ưu tiên")."""
_NAMED = re.compile(rf"\b(?:Đồng|Dong)(?=\s+[{CAPITALS}])")


def lookups_in(folded: str) -> tuple[Kind, ...]:
    """All that a folded question seems to ask of a document itself."""
    found = dict.fromkeys(
        cue.kind for cue in read_cues("vi") if cue.kind in LOOKUPS and cue.pattern.search(folded) is not None
    )
    of_another = _CONTRACT.search(folded) is not None
    return tuple(
        one
        for one in found
        if (one != "recipients" or not _REPORTS.search(folded)) and not (of_another and one in ("date", "signer"))
    )


# "Hợp đồng với … ký ngày nào?" asks of no document that is indexed.
_CONTRACT = re.compile(r"\b(?:hop dong|thoa thuan|bien ban ghi nho|khe uoc|giay phep)\b.{0,100}\bky\b")


# A report that is sent is no document that has recipients.
_REPORTS = re.compile(r"\b(?:gui|nop|lap|lam) (?:(?!de\b)\w+ ){0,2}bao cao\b(?! \(b/c\))")


def kind_of(folded: str) -> tuple[Kind, bool]:
    """The kind of a folded question, and whether a plain cue says so."""
    for cue in read_cues("vi"):
        if cue.kind in ("date", "signer") and _CONTRACT.search(folded):
            continue
        if cue.pattern.search(folded) and not (cue.kind == "recipients" and _REPORTS.search(folded)):
            return cue.kind, cue.plain
    return "open", False


_COUNTED = {
    word: str(number)
    for number, words in enumerate(
        (
            ("một", "one"), ("hai", "two"), ("ba", "three"), ("bốn", "four"), ("năm", "five"), ("sáu", "six"),
            ("bảy", "seven"), ("tám", "eight"), ("chín", "nine"), ("mười", "ten"),
        ),
        1,
    )
    for word in words
}  # fmt: skip
# "Dự án tám do ai chủ trì", "Project Eight", but not "dự án năm 2023", nor "hai dự án ba năm".
_PART_IN_WORDS = re.compile(
    rf"(?P<part>\b(?:(?:tiểu )?dự án|nội dung(?: số)?|(?:sub-?)?project)\s+)(?P<number>{'|'.join(_COUNTED)})"
    r"(?=\s*(?:[,?.:;]|$)|\s+(?:do|của|có|là|ở|thì|được|gồm|thuộc|với|và|tại|trong|cho|bao nhiêu|giao|nói|in|of|is|does|for|and|get|gets|has)\b)",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """A question with the numbers of parts of a programme, where they are written in words, in figures.

    >>> in_figures("Dự án tám do ai chủ trì, dự án năm 2023 thì sao?")
    'Dự án 8 do ai chủ trì, dự án năm 2023 thì sao?'
    """
    return _PART_IN_WORDS.sub(lambda match: match.group("part") + _COUNTED[match.group("number").lower()], text)


POST = re.compile(rf"\b{_POST}\b")
"""A post of the head of a body or of his deputy, folded."""
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_VOWEL = re.compile(r"[aeiouy]")
_BORROWED = 0.6
# Keys of Telex that English words do not have: "dduwowcj" is "được". Two such words are Vietnamese, or one without English.
_TELEX_KEYS = re.compile(r"dd\w*|\w*(?:uw|aa)\w*|\w+j")
_TONE_KEY = re.compile(r"[a-z]+[aeiouyw](?:ch|nh|ng|[cmnptiuyo])?[sfrxj]")
_LETTER_KEY = re.compile(r"([aeod])\1|([aou])w")
_VNI_KEYS = re.compile(r"\b[A-Za-z][a-z]+[1-9][a-z1-9]*\b|\bd9[a-z1-9]+\b")
_FEW_KEYED = 2
_NEARLY_ALL = 0.6
_FEW_WORDS = 3


def language_of(text: str) -> Language:
    """English where words that Vietnamese cannot have outnumber those with marks and its function words.

    What stands in quotes, and a name, is a term of the documents: 'Whose money is "vốn đối ứng"?' is English, and so is
    "How big is the Đồng Măng site?".
    """
    words = re.findall(r"[^\W\d_]+", _QUOTED.sub(" ", text))
    if len(words) < _FEW_WORDS:
        words = re.findall(r"[^\W\d_]+", text)
    if len(words) == 1 and words[0][0].isupper() and words[0].lower() not in _ENGLISH:
        return "vi"  # a name alone is of no language
    keyed = sum(_TELEX_KEYS.fullmatch(word.lower()) is not None for word in words)
    if keyed >= _FEW_KEYED or (keyed and not any(word.lower() in _ENGLISH for word in words)) or _is_keyed(words):
        return "vi"
    if len(_VNI_KEYS.findall(text)) >= _FEW_KEYED:
        return "vi"
    english, vietnamese = _counted(words[:1] + [word for word in words[1:] if word[0].islower()])
    if english == vietnamese:
        english, vietnamese = _counted(words)
    if english <= _BORROWED and not any(word.lower() in _ENGLISH for word in words):
        # "rach gia camera giam sat: phan xa hoi hoa": one borrowed word among bare syllables.
        bare = sum(SYLLABLE.fullmatch(fold(word).lower()) is not None for word in words)
        return "vi" if bare >= _NEARLY_ALL * len(words) else "en" if english > vietnamese else "vi"
    return "en" if english > vietnamese else "vi"


def _is_keyed(words: Sequence[str]) -> bool:
    """Whether a text is Vietnamese with keys of Telex left behind its syllables: "lamf", "cos", "giups"."""
    low = [word.lower() for word in words if not word.isupper()]
    toned = [word for word in low if _TONE_KEY.fullmatch(word) and _is_bare(word[:-1]) and not is_known(word)]
    others = [word for word in low if word not in toned]
    bare = sum(fold(word) != word or _is_bare(word) for word in others)
    return len(toned) >= _FEW_KEYED and bare >= _NEARLY_ALL * len(others)


def _is_bare(word: str) -> bool:
    """Whether a word is a Vietnamese syllable without its marks, once the keys of Telex for its letters are gone."""
    return SYLLABLE.fullmatch(_LETTER_KEY.sub(r"\1\2", word)) is not None


def _counted(words: Sequence[str]) -> tuple[float, int]:
    """How many words are English and how many Vietnamese; of others, as of "tin", "hot" or "kh", nothing is known.

    What Vietnamese cannot have may still be borrowed ("homestay", "internet"): it counts for less.
    """
    english, vietnamese = 0.0, 0
    for word in words:
        low = word.lower()
        if low in _ENGLISH:
            english += 1
        elif fold(low) != low or low in _VIETNAMESE:
            vietnamese += 1
        elif _VOWEL.search(low) is not None and SYLLABLE.fullmatch(low) is None and not word.isupper():
            english += _BORROWED
    return english, vietnamese


def carry_over(earlier: Reading, now: Reading) -> Reading:
    """A follow-up with what it leaves unsaid taken from the question before it.

    What the new question names replaces the old; its own cue for the kind wins.
    """
    return replace(
        now,
        kind=now.kind if now.cued else earlier.kind,
        cued=now.cued or earlier.cued,
        lookups=now.lookups if now.cued else earlier.lookups,
        parts=now.parts or earlier.parts,
        years=now.years or earlier.years,
        language=now.language,
    )
