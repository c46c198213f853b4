"""Questions after a document that the plans cite: by which decision, under which decree, in place of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.normalise import AlignedText, fold
from ingest.rules.references import references
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_of, quote_passage
from retrieval.answer.evidence import meets, support
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.passages import label_of
from retrieval.registers.types import Row
from retrieval.types import Hit

CITED_KINDS = r"(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|van ban|luat|to trinh|cong van|chuong trinh(?: hanh dong)?|ket luan|de an|giay moi|thong bao|phuong an|bien ban)"
"""A pattern of the kinds of documents that are cited, on folded text."""
_ASKS = re.compile(
    rf"\b(?P<kind>{CITED_KINDS})(?: (?!nao|gi|so|cua|do)\w+){{0,2}} (?:so )?(?:nao|gi|may|bao nhieu)\b"
    rf"|\b(?P<of>{CITED_KINDS}) (?:cu )?(?:nao|gi)\b|\b(?:thay|bo|thay the|bai bo|het hieu luc)\b.{{0,60}}\b(?P<old>{CITED_KINDS})\b.{{0,30}}\b(?:nao|gi|so bao nhieu|so may)\b"
)
_OF_THESE = re.compile(
    r"^(?:trong (?:so )?(?:cac|nhung) (?:ke hoach|van ban|ban)\w*(?: \w+){0,3},? )?(?:ke hoach|van ban|ban) nao (?!cua|so|ngay|do|ban hanh|duoc)\w+"
)
_ENGLISH = re.compile(
    r"\b(?:which|what) (?!is\b|are\b|was\b|were\b)(?:[\w'’-]+ ){0,4}?(?P<kind>decisions?|resolutions?|decrees?|circulars?|directives?|laws?|submissions?|letters?|plans?|documents?)\b"
)
ENGLISH_KINDS = {
    "decision": "quyet dinh",
    "resolution": "nghi quyet",
    "decree": "nghi dinh",
    "circular": "thong tu",
    "directive": "chi thi",
    "law": "luat",
    "submission": "to trinh",
    "letter": "cong van",
}
"""Kinds of documents in English, as ``CITED_KINDS`` has them."""
_REPLACES = re.compile(
    r"\b(?:thay the|thay cho|thay (?:van ban|quyet dinh|ke hoach)|bai bo|het hieu luc|het dung|het gia tri|bo nhung|bo (?:cac |nhung )?(?:quyet dinh|van ban))\b"
)
_REPLACES_EN = re.compile(
    r"\b(?:replac\w+|supersed\w+|repeal\w*|annul\w*|cancel\w*|rescind\w*|abolish\w*|lapsed?|no longer in force)\b"
)
_REPLACED = re.compile(r"\b(?:thay the|bai bo|het hieu luc)\b")
_NAMES_ONE = re.compile(rf"\s*(?:va |cac )?{CITED_KINDS}\b")
_ANY = ("van ban", "document", "documents", "plan", "plans")
_FLOOR = 0.35
_TITLED = 0.8
_HIT = 0.3
_ALIKE = 0.9
_DIGITS = 3  # of a number of which a slip may be told: others are near one another by chance


def answer_cited(asked: Asked, library: Library, hits: Sequence[Hit]) -> Draft | None:
    """The statements that cite a document of the kind that is asked for, on the matter of the question; or None."""
    said = fold(asked.question.text) if asked.reading.language == "en" else " ".join(asked.words)
    english = asked.reading.language == "en"
    found = (_ENGLISH if english else _ASKS).search(said)
    replaces = (_REPLACES_EN if english else _REPLACES).search(said) is not None
    if _OF_THESE.match(said):
        return None  # which of the documents here
    if found is None and not (replaces and asked.reading.kind in ("basis", "list", "open", "number")):
        return None
    kind = next((group for group in found.groupdict().values() if group), "") if found is not None else ""
    kind = ENGLISH_KINDS.get(kind.removesuffix("s"), kind)
    if not replaces and asked.reading.kind not in ("basis", "list", "open", "number", "title", "target", "count"):
        return None
    top = max((hit.score for hit in hits), default=1.0) or 1.0
    scores = {(hit.passage.document, hit.passage.index): hit.score / top for hit in hits}
    scored: list[tuple[float, Sentence]] = []
    for book in library.scoped(asked.scope.documents):
        if not replaces and about_itself(asked, book):
            return None
        for sentence in book.sentences:
            if not _cites(sentence, kind) or (replaces and not _replaced(book, sentence)):
                continue
            if not meets(asked, sentence, book):
                continue
            own = support(asked.matter, sentence, book) + (0.3 if replaces else 0.0)
            scored.append((own + _HIT * scores.get((book.info.id, sentence.passage.index), 0.0), sentence))
    if not scored:
        return None
    best = max(score for score, _ in scored)
    if best < _FLOOR:
        return None
    kept = [sentence for score, sentence in scored if score >= (_FLOOR if replaces else _ALIKE * best)][:6]
    lines = tuple(line for sentence in kept for line in _lines(sentence, library))
    return Draft(strategy="cited", lines=tuple(dict.fromkeys(lines)), support=min(1.0, best / (1 + _HIT)))


_WHICH_CITE = re.compile(
    r"\b(?:noi|tinh|huyen|dia phuong|ke hoach|van ban) nao\b.{0,60}?\b(?:theo|can cu|thuc hien|trien khai|thi hanh|dua|dan|vien dan|nhac|cu the hoa|de cap)\b"
    r"|\b(?:which|what) (?:of \w+ |\w+ ){0,2}(?:plans?|places?|provinces?|documents?|districts?|papers?|localities)\b.{0,60}?\b(?:implement|carry|carries|cite|mention|based|bas(?:e|is)|under|refer|rest|follow)"
)
# "QĐ 2152 được những kế hoạch nào dẫn ra", "Decision 2152 is cited in which plans"
_CITED_BY = re.compile(r"\bduoc (?:nhung|cac) $|\b(?:cited|mentioned|referred to|quoted|used|named) (?:in|by) $")
_ONE_CITED = re.compile(
    rf"\b(?:{CITED_KINDS}|decision|resolution|decree|circular|directive|plan|programme) (?:so |no\.? ?|number )?0*(\d{{1,5}})\b(?!\s?%)"
)


def answer_citing(asked: Asked, library: Library) -> Draft | None:
    """The documents that cite one which the question names by its number, each by its first citation; or None."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    which = _WHICH_CITE.search(said)
    passive = which is not None and _CITED_BY.search(said[: which.start()]) is not None
    named = _ONE_CITED.findall(said if passive else said[which.start() :]) if which is not None else []
    if len(named) != 1 or asked.carried:
        return None
    books = library.scoped(asked.question.documents)
    numbered = [book for book in books if book.info.header.number is not None]
    itself = {book.info.id for book in numbered if _begins(getattr(book.info.header.number, "value", ""), named[0])}
    found = []
    for book in (one for one in books if one.info.id not in itself):
        for sentence in book.sentences:
            cites = any(_begins(one.number, named[0]) for one in references(AlignedText.of(sentence.text)))
            if cites and sentence.passage.kind not in ("letterhead", "recipients", "signature"):
                found.append(Line(document=book.info.id, text=sentence.text.rstrip(" ;"), quotes=(quote_of(sentence),)))
                break
    if not found:
        return None
    return Draft(strategy="citing", lines=tuple(found), support=0.9, certain=True)


def misquoted(number: str, rows: Sequence[Row]) -> Row | None:
    """The first citation of the one document whose number is a slip away: "742/KH-UBND" for "724/KH-UBND"; or None."""
    found: dict[str, Row] = {}
    for row in rows:
        own = row.value("number")
        if row.kind == "references" and own and _is_slip(fold(number), fold(own)):
            found.setdefault(fold(own), row)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    """Whether two numbers of the same kind differ in one digit, or in the order of two that stand side by side."""
    (digits, rest), (own, its) = (re.match(r"(\d*)(.*)", number).groups() for number in (one, other))  # type: ignore[union-attr]
    if rest != its or not rest or len(digits) != len(own) or len(digits) < _DIGITS:
        return False
    differ = [at for at, (a, b) in enumerate(zip(digits, own, strict=True)) if a != b]
    if len(differ) == 1:
        return True
    return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(digits) == sorted(own)


def _begins(number: str, digits: str) -> bool:
    """Whether a document's number, "2152/QĐ-TTg", begins with these digits."""
    return re.split(r"\D", number.lstrip("0"))[0] == digits


def about_itself(asked: Asked, book: Book) -> bool:
    """Whether a question for legal bases names nothing but the document itself."""
    return asked.reading.kind == "basis" and (not asked.matter or asked.matter.covered_by(book.title_bag) >= _TITLED)


def _cites(sentence: Sentence, kind: str) -> bool:
    if sentence.passage.kind in ("letterhead", "recipients", "signature"):
        return False
    named = references(AlignedText.of(sentence.text))
    return any(kind in ("", *_ANY) or fold(one.kind).startswith(kind) for one in named)


def _replaced(book: Book, sentence: Sentence) -> bool:
    """Whether a sentence says what is replaced, or goes on with one that does: "thay thế Quyết định …; Quyết định …"."""
    own = book.by_passage.get(sentence.passage.index, [])
    at = own.index(sentence) if sentence in own else 0
    while at > 0 and own[at - 1].text.rstrip().endswith((";", ",")) and _NAMES_ONE.match(fold(own[at].text)):
        at -= 1
    first = own[at] if own else sentence
    return (
        _REPLACED.search(fold(_with_lead(book, sentence))) is not None or _REPLACED.search(fold(first.text)) is not None
    )


def _with_lead(book: Book, sentence: Sentence) -> str:
    lead = book.passages[sentence.passage.lead].reading if sentence.passage.lead is not None else ""
    return f"{lead}\n{sentence.text}"


def _lines(sentence: Sentence, library: Library) -> Iterator[Line]:
    label = label_of(sentence)
    yield Line(document=sentence.document, label=label, text=sentence.text.rstrip(" ;"), quotes=(quote_of(sentence),))
    if sentence.text.rstrip().endswith(":"):
        for one in library.books[sentence.document].passages:
            if one.lead == sentence.passage.index and one.kind != "list":
                yield Line(document=sentence.document, text=one.reading, quotes=(quote_passage(one),))
