"""What an English question asks: its kind, and which of its words only say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.cues import read_cues
from retrieval.tokens import STOP_ENGLISH
from retrieval.translate import Term, stem

if TYPE_CHECKING:
    from retrieval.question import Kind

# What the name of a body ends or begins with.
_NEEDS_BODY = re.compile(
    r"\b(?:departments?|divisions?|offices?|committees?|boards?|unions?|fronts?|police|cent(?:re|er)s?"
    r"|associations?|federation|inspectorate|treasury|command|ministry|ministries|bureaus?|sections?"
    r"|agency|agencies|units?|sector|organi[sz]ations?|authorit(?:y|ies)|secretariat|task force"
    r"|working group|banks?|chairman|chairperson|director|hoi|phong|uy ban|chi cuc|cong an|trung tam"
    r"|mat tran|tinh doan|huyen doan|ubnd|hdnd|mttq|lien minh|lien doan|kho bac|van phong|thanh tra"
    r"|ban (?:dan toc|quan ly|chi dao|to chuc|tuyen giao|dan van)"
    r"|so (?:dan toc|tai chinh|y te|giao duc|cong thuong|noi vu|tu phap|ke hoach|nong nghiep|lao dong|khoa hoc"
    r"|xay dung|tai nguyen|thong tin|van hoa|du lich|ngoai vu|giao thong)"
    r")\b"
)
_SAYS_NOTHING: tuple[Kind, ...] = ("number", "date", "signer", "recipients", "issuer", "title")


# "How many fields does the plan number?": a verb, and no number of a document.
_NUMBERS = re.compile(
    r"(\bhow many [^?]*?\b(?:does|do|did|will)\b[^,?]*?) number(?=\s*(?:[,?.;]|and\b|$))", re.IGNORECASE
)
_HOW_MANY = re.compile(
    r"\bhow many (?P<what>(?!(?:does|do|did|are|is|will|of)\b)[^,?]{3,80}?) (?=(?:does|do|did|are|is|will|should|must)\b)",
    re.IGNORECASE,
)
_HOW_MANY_OF_THEM = re.compile(
    r"(?<=[,;?] )((?:and |but )?how many) (?=(?:does|do|did|are|is|will|should|must)\b)", re.IGNORECASE
)
_CLAUSE = r"[^,:;?]{3,90}?"
_WHERE = r"(?:under|in|for|of|at|on|from|by)"
_WH = r"(?:who|whom|which \w+|what|when|where|how (?:many|much|often|long))"
# "Who signed the plan of A, and who that of B?": a clause without its verb takes that of the one before.
_GAPPED = re.compile(
    rf"\b(?P<asks>{_WH}) (?P<verb>{_CLAUSE}) (?P<at>{_WHERE}) (?P<first>[^,:;?]{{1,60}}?)(?:,? (?:and|but|while) |[,;?] (?:and )?)"
    rf"(?P<again>{_WH}) (?P<there>(?:that of |the one (?:of|for|in) )?)(?P<at2>{_WHERE} )?(?P<second>(?:(?:the|its|their) )?[\w'’-]+(?: [\w'’-]+){{0,4}}?)(?P<one> one)?\s*\?",
    re.IGNORECASE,
)
# What such a clause ends with is a name, a year, a place or a document, and no verb's object.
_ENDS_NAMED = re.compile(
    r"(?:\b[^\W\d_a-z]\w*|\b(?:19|20)\d\d|\b(?:province|district|city|town|commune|ward|area|government|budget|board|committee|plan|document|paper))(?:['’]s)?$"
)
_DOCUMENT = re.compile(r"\b(?:plan|document|paper|decision|scheme|programme|program)\b", re.IGNORECASE)
# "…, and is it the same body in B?"
_SAME_IN = re.compile(
    rf"\b(?P<clause>{_WH} {_CLAUSE}) (?P<at>in|for|under|at) (?P<first>[^,:;?]{{1,60}}), and (?:is it|are they|is that|is this) (?:also )?the same(?: \w+)? (?P<at2>in|for|under|at) (?P<second>[^,;?]{{1,60}})\?",
    re.IGNORECASE,
)


def spelt_out(text: str) -> str:
    """An English question with what a second clause leaves to be understood from the first.

    >>> spelt_out("How many fields does A have, and how many does B have?")
    'How many fields does A have, and how many fields does B have?'
    >>> spelt_out("Who put their name under the A plan, and who under the B one?")
    'Who put their name under the A plan, and who put their name under the B plan?'
    >>> spelt_out("Who leads the work in A, and is it the same body in B?")
    'Who leads the work in A, and who leads the work in B?'
    """
    text = _NUMBERS.sub(r"\1 have", text)
    counted = _HOW_MANY.search(text)
    if counted is not None:
        what = counted.group("what")
        rest = _HOW_MANY_OF_THEM.sub(lambda found: f"{found.group(1)} {what} ", text[counted.end() :])
        text = text[: counted.end()] + rest

    def same(found: re.Match[str]) -> str:
        clause = found.group("clause")
        again = f"{clause[:1].lower()}{clause[1:]} {found.group('at2')} {found.group('second')}"
        return f"{clause} {found.group('at')} {found.group('first')}, and {again}?"

    def filled(found: re.Match[str]) -> str:
        asks, again, second = found.group("asks"), found.group("again"), found.group("second")
        goes_on = found.group("at2") or found.group("there")
        if asks.lower() != again.lower() or not goes_on or not (_ENDS_NAMED.search(second) or found.group("one")):
            return found.group()
        noun = _DOCUMENT.search(found.group("first")) if found.group("one") else None
        named = f" {noun.group()}" if noun is not None else found.group("one") or ""
        before = found.string[found.start() : found.start("again")]
        at = found.group("at2") or f"{found.group('at')} "
        return f"{before}{again} {found.group('verb')} {at}{second}{named}?"

    return _GAPPED.sub(filled, _SAME_IN.sub(same, text))


def kind_of_english(folded: str) -> tuple[Kind, bool]:
    """The kind of a folded English question, and whether a cue says so.

    >>> kind_of_english("who examines and assesses the dossiers?")
    ('lead', True)
    >>> kind_of_english("which tasks are led by the finance and planning division?")
    ('duties', True)
    >>> kind_of_english("who can get help to go and work abroad?")
    ('list', True)
    """
    for cue in read_cues("en"):
        if cue.pattern.search(folded) and (cue.kind != "duties" or _NEEDS_BODY.search(folded)):
            return cue.kind, cue.plain
    return "open", False


def lookups_of_english(folded: str) -> tuple[Kind, ...]:
    """All that a folded English question asks of a document itself, in the order of the cues."""
    return tuple(
        dict.fromkeys(
            cue.kind for cue in read_cues("en") if cue.kind in (*_SAYS_NOTHING, "basis") and cue.pattern.search(folded)
        )
    )


# What is known already is not asked for: "Besides money, what …?".
_BESIDES = re.compile(
    r"(?:^|,\s*)(?:besides|apart from|aside from|in addition to|other than|beyond|except(?: for)?)\s+[^,?]{3,90}(?:,|(?=\?))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OF_ONESELF = re.compile(r"^(?:i|we|my|our|i'm|i’m|we're|we’re)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those|it|its|they|them|their|there|here|so|such|he|she)\b", re.IGNORECASE
)


def without_the_asker(text: str) -> str:
    """A question without the sentences that only say who asks; all of it where what is asked points back to them.

    >>> without_the_asker("I am new at the bank. Who approves loans?")
    'Who approves loans?'
    >>> without_the_asker("I got a grant. Who gives advice on it?")
    'I got a grant. Who gives advice on it?'
    """
    text = _BESIDES.sub(" ", text).strip()
    sentences = _SENTENCE.split(text)
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    if not asked or any(_POINTS_BACK.search(sentence) for sentence in asked):
        return text
    return " ".join(sentence for sentence in sentences if sentence in asked or not _OF_ONESELF.match(sentence))


_ALWAYS = """
plan plans document documents according accordance regulation regulations specified mention mentioned say said state stated set
kind type sort exactly specific specifically detail detailed provide provided mean one two three four five six seven eight nine ten
both all whole everything anything thing things way ways able need needs like just want wish hope intend aim aims aiming try seek
list name look find know tell currently present actual really still especially particular
appear appears heading headings leave leaves left done doing got get gets getting goes going promise promises promised mentions talk talks talking speak
speaks refer refers referred referring paper papers term word words phrase shorthand instance item every most itself himself herself themselves things
properly looking ahead trying made called together somebody someone anybody anyone everybody
"""
_AGENCIES = """
agency agencies department departments office offices body bodies unit units division divisions organisation organization organisations
organizations institution section board committee authority authorities bureau entity
"""
_FRAMES: dict[str, str] = {
    "lead": f"{_AGENCIES} who whom which care contact point permanent lead leads leading led head heads headed chair chairs chaired charge responsible responsibility run runs "
    "manage take takes put act acts serve serves standing permanent focal point core main overall handle handles deal deals look looks after "
    "task tasks job duty assigned assign entrusted give given carry carries out implement implementation organise organize oversee oversees "
    "person people supposed do does work",
    "coordinate": f"{_AGENCIES} who whom coordinate coordinates coordination cooperate cooperates support supports assist assists help helps work works join "
    "joins participate part take together lead leads implement",
    "duties": "whom task tasks duty duties responsibility responsibilities job jobs role roles function functions work piece part parts portion lead leads "
    "led leading take join charge responsible assigned assign given give asked supposed expected required do does entrusted component "
    "components content project projects sub-project sub-projects participate involved programme program activity activities carry out",
    "budget": "much money funding fund funds budget capital cost costs amount amounts total allocate allocated allocation earmarked earmark spend spends spent set aside "
    "get gets receive received give given devote devoted dedicated provide provided put raise raised mobilise mobilize mobilised sum year years annual "
    "per each worth financing planned expected million billion dong vnd altogether overall come comes from",
    "deadline": "whom when date dates day days deadline deadlines due cut-off cutoff off latest time times period often year years yearly annual annually each every "
    "month quarter by long frequently end complete completed frame limit cover covers",
    "target": "target targets goal goals objective objectives percentage percent share rate proportion ratio level reach reaches reached achieve achieved many "
    "times number year years aim set what much should attain",
    "count": "many number total altogether divided into contain contains include included",
    "list": "include included includes consist consists contain contains comprise name named content list",
    "definition": "mean means meant meaning define defines defined definition term understood stand",
    "basis": "basis bases ground grounds legal law based base decision decisions document documents rest rests rely relies implement implements carry carries out "
    "follow follows issued issue pursuant foundation",
    "recipients": "whom who recipient recipients sent send receive copy",
    "signer": "who whom sign signed signature name",
    "open": "year years spend spent",
}  # fmt: skip


def matter_of(terms: Sequence[Term], kinds: Sequence[Kind]) -> tuple[Term, ...]:
    """The terms that say what a question of these kinds is about: neither what it asks for, nor words without a meaning here."""
    frame = {stem(word) for kind in kinds for word in _FRAMES.get(kind, "").split()} | {
        stem(word) for word in _ALWAYS.split()
    }
    return tuple(
        term
        for term in terms
        if term.source in ("name", "body", "number")
        or not all(word in STOP_ENGLISH or stem(word) in frame for word in term.english.split())
    )
