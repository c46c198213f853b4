"""Questions about a document itself: number, date, signer, recipients, issuing body, title, legal bases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.normalise import AlignedText, fold
from ingest.rules.references import references
from ingest.types import Field, Reference, Span
from retrieval.answer.address import addresses_asked
from retrieval.answer.asked import Asked
from retrieval.answer.cited import CITED_KINDS, ENGLISH_KINDS
from retrieval.answer.days import days_in
from retrieval.answer.draft import Draft, Line, Quote, quote_of
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.question import LOOKUPS
from retrieval.types import Language, Passage

_MOST = 8
_CITED, _NEARLY = 2, 0.9
_TELLING, _OWN_TITLE = 3, 0.5
_APART_BY, _MARKED = 80, 8  # letters of any kind between a post and the name of who signs, and those of "(Đã ký)"
_DESCRIBED, _CLEARLY, _OF_KIND, _APART = 0.6, 0.15, 0.35, 0.3
_UNCITED = frozenset(("signer", "recipients"))  # what a citation of a document never tells
# What a document says inside, which others that only cite it do not tell.
_INSIDE = ("duties", "lead", "coordinate", "target", "budget", "deadline", "count", "open", "list")
_TOLD = 0.85
_ABOUT_IT = re.compile(rf"(?:theo |trong |tai )?(?:{CITED_KINDS}|kh|qd|nq) (?:so )?\d")
_BARE = re.compile(rf"\b({CITED_KINDS}) (?:so )?0*(\d{{1,5}})\b(?:/20\d\d\b)?(?!\s?[/.,%-]\s?\w)")
_BARE_EN = re.compile(
    rf"\b({'|'.join(ENGLISH_KINDS)}) (?:no\.? ?|number )?0*(\d{{1,5}})\b(?:/20\d\d\b)?(?!\s?[/.,%-]\s?\w)"
)
# "Bộ tiêu chí kèm Quyết định 417 gồm mấy tiêu chí", "what does Decree 60 lay down": what the cited document says itself.
_SAYS = r"(?:quy dinh|yeu cau|bat|buoc|neu|noi|ghi|dat ra|dat|ho tro|cho phep|gom|giao|cap|phan|cho|han|tran|muc)"
_ASKS_INSIDE = re.compile(
    rf"\b(?:kem(?: theo)?|trong|cua|tai) {CITED_KINDS} (?:so )?\d\S*"
    rf"|(?<!theo )(?<!can cu )(?<!thuc hien )(?<!trien khai )\b{CITED_KINDS} (?:so )?\d\S* (?:\w+ ){{0,6}}?{_SAYS}\b"
)
_ASKS_INSIDE_EN = re.compile(
    rf"\b(?:does|do|did|under|in|by) (?:the )?(?:[\w'’]+ ){{0,3}}?(?:{'|'.join(ENGLISH_KINDS)}|plan|programme|{CITED_KINDS}) (?:no\.? ?|number )?\d\S*\b(?:.{{0,60}}\b"
    r"(?:say|tell|ask|set|lay|require|provide|allow|give|stipulate|state|fix|mention|contain|prescribe|demand|specify|order)\w*\b|\s*\?)"
)
_MONTH = re.compile(r"\b(?:thang|nam) (?:nao|may|bao nhieu)\b|\b(?:what|which) (?:month|year)\b")
_ASKS_DAY = re.compile(r"\bngay\b|\bday\b|\bdate\b")
_DATED = re.compile(r"\s*,?\s*ngày\s+(\d{1,2}\s*(?:[/.-]\s*|tháng\s+)\d{1,2}\s*(?:[/.-]\s*|năm\s+)\d{4})")
_DAY = re.compile(r"\d{1,2}\D+\d{1,2}\D+\d{4}")  # a date with its day, whatever stands between


_DECIDES = re.compile(r"\bky quyet dinh\W*$")


_POINTED_AT = re.compile(rf"\b{CITED_KINDS} (?:nay|do|ay|kia)\b")


def answer_lookup(asked: Asked, library: Library, numbers: dict[str, str]) -> Draft | None:
    """One line a document, or None where the question is of another kind."""
    kind = asked.reading.kind
    if kind not in LOOKUPS:
        return None
    if any(number not in numbers for number in asked.reading.numbers):
        return None  # about a document that is only cited
    in_scope = library.scoped(asked.scope.documents)
    if _POINTED_AT.search(said := fold(asked.question.text)) and _kind_of_another(asked, in_scope):
        return None  # "nghị định này ra ngày nào?", of plans: one that was spoken of before
    dated = of_the_day(asked, in_scope)
    books = (_about(asked, in_scope) if dated is None else dated)[:_MOST]
    language = asked.reading.language
    kinds = asked.reading.lookups or (kind,)
    if kind == "signer" and _DECIDES.search(said) and len(content(asked.topic)) > _TELLING:
        return None  # who decides on something, and not who signed one of these
    lines = [
        line for book in books for one in kinds for line in header_lines(one, book, language, library, numbers, said)
    ]
    if not lines:
        return None
    itself = _UNCITED.issuperset(kinds) or bool(dated) or not _of_another(asked, books)
    if all(line.text in _left_blank(line, kinds, library, language) for line in lines):
        return Draft(strategy="blank", lines=tuple(lines), support=0.95, abstained=True) if itself else None
    return Draft(strategy=f"header:{kind}", lines=tuple(lines), support=0.95, certain=itself)


def _kind_bag(book: Book) -> frozenset[str]:
    """What the kind of a document is called: "bản báo cáo" says no more of it."""
    kind = book.info.header.kind
    return book.bag(f"bản {kind.value}") if kind is not None else frozenset()


def _of_another(asked: Asked, books: Sequence[Book]) -> bool:
    """Whether what a question says of a document fits none of these: "the plan of the province that it builds on"."""
    titled = max((asked.matter.covered_by(book.title_bag, _kind_bag(book)) for book in books), default=0.0)
    return (len(content(asked.topic)) >= _TELLING and titled < _OWN_TITLE) or (
        bool(asked.scope.places) and titled < _TOLD
    )


def _kind_of_another(asked: Asked, books: Sequence[Book]) -> str:
    """The kind of document that a question is about, folded, where none of these is of it; "" for none.

    "Chương trình hành động mà Ban Dân tộc triển khai mang số nào?", asked of plans.
    """
    said = fold(asked.question.text) if asked.reading.language == "vi" else asked.alone
    named = dict.fromkeys(re.findall(rf"\b{CITED_KINDS}\b", fold(said)))
    own = {fold(book.info.header.kind.value) for book in books if book.info.header.kind is not None} | {"van ban"}
    found = [kind for kind in named if not own.intersection((kind, kind.split(" hanh")[0]))]
    # "Nghị quyết mà kế hoạch này thực hiện": it is the first one that is asked about.
    first = next(iter(named), "")
    return found[0] if len(found) == 1 and found[0] == first else ""


def answer_described(asked: Asked, library: Library) -> Draft | None:
    """The citation of a document that a question tells by what it is about: "the decision that gives the 2023 budget".

    None where it asks of a document in the library, or where no citation fits better than the titles of these.
    """
    kinds = asked.reading.lookups
    if not kinds or "recipients" in kinds or asked.reading.numbers:
        return None
    books = library.scoped(asked.scope.documents)
    foreign = _kind_of_another(asked, books)
    if "signer" in kinds and not foreign:
        return None
    if not foreign and not _of_another(asked, books):
        return None
    titled = max((asked.matter.covered_by(book.title_bag) for book in books), default=0.0)
    scored: list[tuple[float, Reference | None, Sentence]] = []
    for book in books:
        for sentence in book.sentences:
            if sentence.passage.kind in ("letterhead", "title", "recipients", "signature"):
                continue
            named = references(AlignedText.of(sentence.text))
            own = [
                (asked.matter.covered_by(book.bag(sentence.text[one.span.start : end])), one)
                for one, end in zip_longest(named, (one.span.start for one in named[1:]))
                if one.number and fold(one.kind).startswith(foreign)
            ]
            if own:
                (score, first), *others = sorted(own, key=lambda pair: -pair[0])
                of_place = any(fold(place) in fold(first.issuer) for place in asked.scope.places)
                alone = not others or of_place or score >= others[0][0] + _APART
                scored.append((score, first if alone else None, sentence))
    best = max((score for score, _, _ in scored), default=0.0)
    if best < (_OF_KIND if foreign else _DESCRIBED) or (not foreign and best < titled + _CLEARLY):
        return None
    near = [(named, sentence) for score, named, sentence in scored if score >= _NEARLY * best]
    kept = [sentence for _, sentence in near][:_CITED]
    lines = tuple(Line(document=one.document, text=one.text.rstrip(" ;"), quotes=(quote_of(one),)) for one in kept)
    only = {named.number if named is not None else "": named for named, _ in near}
    one = next(iter(only.values())) if len(only) == 1 and not _THE_OTHER.search(fold(asked.question.text)) else None
    if "signer" in kinds:  # a citation never tells who signed
        first = near[0][0]
        said = say(asked.reading.language, "only-cited", number=first.number if first is not None else foreign)
        return Draft(strategy="only-cited", lines=lines[:1], support=best, opening=said, abstained=True)
    opening = _in_short(one, kinds, asked.reading.language) if one is not None else ""
    return Draft(strategy="cited", lines=lines, support=best, certain=best >= _TOLD, opening=opening)


# "…, number of the older one": of two documents that one sentence cites, not the one that is described.
_THE_OTHER = re.compile(r"\b(?:older|former|original|earlier|previous|first|cu|truoc|goc|ban dau|dau tien)\b")


def _in_short(named: Reference, kinds: Sequence[str], language: Language) -> str:
    """What is asked of a document that is cited, by itself: "Số, ký hiệu: 742/KH-UBND · Ngày ban hành: 26/03/2021"."""
    values = {"number": named.number, "date": "/".join(reversed(named.date.split("-"))), "issuer": named.issuer}
    return " · ".join(say(language, kind, value=values[kind]) for kind in kinds if values.get(kind))


def answer_only_cited(asked: Asked, library: Library, numbers: dict[str, str]) -> Draft | None:
    """What the documents say of one that they only cite: its date, issuer and title, but not who signed it.

    None where the question is of another kind or about several documents.
    """
    number = _cited_number(asked, library, numbers)
    addressed = bool(addresses_asked(fold(asked.question.text)))  # a part of it is never told with the citation
    inside = addressed or (asked.reading.kind in _INSIDE and _asks_inside(asked))
    if not number or not (asked.reading.lookups or inside):
        return None
    best: dict[str, tuple[float, Sentence]] = {}
    for book in library.scoped(asked.scope.documents):
        for sentence in book.sentences:
            named = references(AlignedText.of(sentence.text))
            own = [one for one in named if fold(one.number).replace(" ", "") == fold(number).replace(" ", "")]
            if not own:
                continue
            # The citation that gives a date tells most of the document.
            score = max(bool(one.date) for one in own) + asked.matter.covered_by(sentence.bag, sentence.above_bag)
            if book.info.id not in best or score > best[book.info.id][0]:
                best[book.info.id] = score, sentence
    if not best:
        return None
    top = max(score for score, _ in best.values())
    chosen = [sentence for score, sentence in best.values() if score >= _NEARLY * top][:_CITED]
    lines = tuple(Line(document=one.document, text=one.text.rstrip(" ;"), quotes=(quote_of(one),)) for one in chosen)
    told = max(asked.matter.covered_by(one.bag, one.above_bag) for one in chosen)
    if (
        inside
        and not addressed
        and not _ABOUT_IT.match(fold(asked.alone))
        and any(map(_tells_of_it, (one for _, one in best.values())))
    ):
        return None  # what is cited there may be told with it
    if inside and not addressed and told >= _TOLD:
        return None  # the citation itself may say it
    if inside or set(asked.reading.lookups) <= _UNCITED:
        opening = say(asked.reading.language, "only-cited", number=number.upper())
        return Draft(strategy="only-cited", lines=lines[:1], support=0.9, opening=opening, abstained=True)
    return Draft(strategy="cited", lines=lines, support=0.9, certain=True)


def _tells_of_it(sentence: Sentence) -> bool:
    """Whether a sentence cites a document where it says more than that the plan rests on it."""
    return sentence.passage.kind != "basis" and _RESTS_ON.match(fold(sentence.text)) is None


_RESTS_ON = re.compile(r"\W*(?:can cu|thuc hien|theo|xet)\b")


def _asks_inside(asked: Asked) -> bool:
    """Whether a question is for what a document says that it names by its number."""
    said = fold(asked.alone)
    if asked.reading.language == "en" and _ASKS_INSIDE_EN.search(fold(asked.question.text)) is not None:
        return True
    return _ABOUT_IT.match(said) is not None or _ASKS_INSIDE.search(said) is not None


def _cited_number(asked: Asked, library: Library, numbers: dict[str, str]) -> str:
    """The number of the one document that a question is about and that is only cited; also of "Nghị quyết 29". "" for none."""
    if asked.reading.numbers:
        (number, *others) = asked.reading.numbers
        return number if not others and number not in numbers else ""
    signed = "signer" in asked.reading.lookups
    if asked.reading.language == "en":
        said = fold(asked.question.text)
        found_in = _BARE_EN.findall(said) if _asks_inside(asked) or (signed and _SIGNED_EN.search(said)) else []
        bare = [(ENGLISH_KINDS[kind], digits) for kind, digits in found_in]
    else:
        said = fold(asked.alone)
        bare = _BARE.findall(said) if _asks_inside(asked) or (signed and _SIGNED.search(said)) else []
    if len(bare) != 1 or any(_may_be(known, *bare[0]) for known in numbers):
        return ""
    kind, digits = bare[0]
    found = {
        one.number
        for book in library.scoped(asked.scope.documents)
        for sentence in book.sentences
        if digits in sentence.text
        for one in references(AlignedText.of(sentence.text))
        if fold(one.kind).startswith(kind) and re.split(r"\D", one.number.lstrip("0"))[0] == digits
    }
    return found.pop() if len(found) == 1 else ""


def names_another(asked: Asked, library: Library, numbers: dict[str, str]) -> bool:
    """Whether a question names a document by its kind and number, "Nghị định 250", that is none in question.

    One that leaves its own number blank may be it.
    """
    if any(number not in numbers for number in asked.reading.numbers):
        return True
    said = fold(asked.question.text)
    bare = [*_BARE.findall(said), *((ENGLISH_KINDS[kind], digits) for kind, digits in _BARE_EN.findall(said))]
    headers = [book.info.header for book in library.scoped(asked.scope.documents)]
    blank = {fold(one.kind.value) for one in headers if one.kind is not None and one.number is None}
    return any(
        kind not in blank and not any(_may_be(number, kind, digits) for number in numbers) for kind, digits in bare
    )


_SIGNED = re.compile(rf"\bky {CITED_KINDS} (?:so )?\d")
_SIGNED_EN = re.compile(rf"\bsign\w* (?:the )?(?:{'|'.join(ENGLISH_KINDS)}) (?:no\.? ?|number )?\d")
_SHORT = {
    "quyet dinh": "qđ",
    "nghi quyet": "nq",
    "nghi dinh": "nđ",
    "thong tu": "tt",
    "chi thi": "ct",
    "ke hoach": "kh",
}


def _may_be(known: str, kind: str, digits: str) -> bool:
    """Whether a document's number, "63/kh-ubnd", may be that of a kind of document with these digits."""
    short = _SHORT.get(kind, "")
    return re.split(r"\D", known.lstrip("0"))[0] == digits and (not short or short in known.lower())


def _left_blank(line: Line, kinds: Sequence[str], library: Library, language: Language) -> set[str]:
    """What is said of a document where it leaves each of several things blank and no other cites it."""
    book = library.books[line.document]
    return {one.text for kind in kinds for one in _blank(kind, book, language, library, {})}


def of_the_day(asked: Asked, books: Sequence[Book]) -> list[Book] | None:
    """The documents of the day that a question names, where it asks what else they say of themselves; else None."""
    days = days_in(asked.question.text)
    if not days or asked.reading.kind == "date":
        return None
    return [book for book in books if book.info.header.date is not None and book.info.header.date.value in days]


def _about(asked: Asked, books: list[Book]) -> list[Book]:
    """Of several documents those whose titles have what the question speaks of; none where it asks of another one.

    All where it names which it means.
    """
    if len(content(asked.topic)) < 2 or len(books) < 2 or asked.scope.named:
        return books
    scored = [(asked.matter.covered_by(book.title_bag), book) for book in books]
    top = max((score for score, _ in scored), default=0.0)
    return [book for score, book in scored if top >= 0.5 and score >= 0.8 * top]


def header_lines(
    kind: str, book: Book, language: Language, library: Library, numbers: dict[str, str], said: str
) -> list[Line]:
    """What a document says of itself of a kind, or that it leaves it blank; ``said`` is the folded question."""
    header = book.info.header
    if kind == "basis":
        return _bases(book)
    if kind == "recipients":
        return _recipients(book, language, said)
    field: Field | None = getattr(header, kind)
    day = field is not None and kind == "date" and _DAY.search(book.text[field.span.start : field.span.end]) is not None
    if field is None or (kind == "date" and not day and not (_MONTH.search(said) and not _ASKS_DAY.search(said))):
        return _blank(kind, book, language, library, numbers)
    value = field.value
    quotes = [_quote(book, field.span)]
    shown = book.text[field.span.start : field.span.end]
    if kind == "date":
        value = " ".join(shown.split())
    if kind == "signer" and header.position is not None:
        value = f"{value} ({' '.join(header.position.value.split())})"
        quotes = _as_one(book, header.position.span, field.span)
    if kind == "issuer" and header.place is not None and header.place.value not in value:
        value = f"{value} ({header.place.value})"
        quotes.append(_quote(book, header.place.span))
    line = Line(document=book.info.id, text=say(language, kind, value=value), quotes=tuple(quotes))
    return [line]


def _as_one(book: Book, first: Span, second: Span) -> list[Quote]:
    """One quote of a post and the name below it where hardly anything stands between them, else one of each."""
    between = book.text[first.end : second.start]
    if first.end <= second.start and len(between) <= _APART_BY and len(re.findall(r"\w", between)) <= _MARKED:
        return [_quote(book, Span(first.start, second.end))]
    return [_quote(book, second), _quote(book, first)]


def _bases(book: Book) -> list[Line]:
    return [
        Line(document=book.info.id, text=passage.reading.rstrip(";,. "), quotes=(_quote(book, passage.span),))
        for passage in book.passages
        if passage.kind == "basis"
    ]


# Of the recipients only those of a sort: (what asks for them, what each of them has), on folded text.
_SORTS = tuple(
    (re.compile(asks), re.compile(has))
    for asks, has in (
        (r"\bluu\b|\bfiled?\b|\barchiv\w+", r"^luu\b"),
        (r"\bb/?c\b|\bde bao cao\b|\bfor report\w*", r"\bb/c\b|\bbao cao\b"),
        (r"\b(?:nhung |cac )?huyen nao\b|\b(?:which|what) districts?\b", r"\bhuyen\b"),
        (r"\b(?:nhung |cac )?bo(?:, nganh)? (?:trung uong )?nao\b|\bministr\w+", r"^(?:cac )?bo\b"),
    )
)


def _recipients(book: Book, language: Language, said: str) -> list[Line]:
    """Whom a letter or a report addresses ("Kính gửi"), and to whom copies go ("Nơi nhận")."""
    copies = _copies(book, language, said)
    if re.search(r"\bnoi nhan\b|\bluu\b", said):
        return copies
    return [
        *(
            Line(document=book.info.id, text=one.reading.rstrip(";. "), quotes=(_quote(book, one.span),))
            for one in book.passages[:_OPENING]
            if one.kind != "list" and one.reading.startswith("Kính gửi")
        ),
        *copies,
    ]


_OPENING = 40  # passages among which a letter says whom it addresses


def _copies(book: Book, language: Language, said: str) -> list[Line]:
    named = book.info.header.recipients
    for asks, has in _SORTS:
        own = [field for field in named if has.search(fold(field.value))] if asks.search(said) else []
        if own:
            quotes = tuple(_quote(book, field.span) for field in own)
            value = "; ".join(field.value for field in own)
            return [Line(document=book.info.id, text=say(language, "recipients", value=value), quotes=quotes)]
    if not named:
        return []
    span = Span(named[0].span.start, named[-1].span.end)
    value = "; ".join(field.value for field in named)
    return [Line(document=book.info.id, text=say(language, "recipients", value=value), quotes=(_quote(book, span),))]


_LEFT_BLANK = re.compile(
    r"\b(?:bo trong|de trong|chua dien|con thieu|chua ghi|khong dien)\b.{0,60}\b(?:gi|nao|nhung gi)\b"
    r"|\b(?:gi|nao)\b.{0,60}\b(?:bo trong|de trong|chua dien|chua ghi)\b"
    r"|\bwhat\b.{0,80}\b(?:left blank|not filled in|left open|missing)\b.{0,60}\b(?:head|top|letterhead|plan|document)\b"
)
_OF_HEAD = re.compile(
    r"\b(?:dau|tren dau|phan dau|trang dau|so|ngay|van ban|ke hoach|head|top|letterhead|plan|document)\b"
)


def answer_blanks(asked: Asked, library: Library, numbers: dict[str, str]) -> Draft | None:
    """What the one document in question leaves blank at its head; None where that is not asked, or nothing is."""
    said = fold(asked.question.text)
    if len(asked.scope.documents) != 1 or not (_LEFT_BLANK.search(said) and _OF_HEAD.search(said)):
        return None
    book = library.books[asked.scope.documents[0]]
    language = asked.reading.language
    lines = [line for kind in ("number", "date") for line in header_lines(kind, book, language, library, numbers, "")]
    blank = {line.text for kind in ("number", "date") for line in _blank(kind, book, language, library, numbers)}
    kept = tuple(line for line in lines if line.text in blank)
    return Draft(strategy="header:blank", lines=kept, support=0.9, certain=True) if kept else None


def _blank(kind: str, book: Book, language: Language, library: Library, numbers: dict[str, str]) -> list[Line]:
    """What the document leaves blank, with the words that show it, and how others cite it."""
    shows = next((one for one in book.passages if one.kind == "letterhead" and _shows(kind, one)), None)
    if shows is None:
        return []
    text = f"{say(language, 'blank', what=say(language, f'what-{kind}'))} (“{shows.reading}”)"
    quotes = [_quote(book, shows.span)]
    for number in (known for known, document in numbers.items() if document == book.info.id):
        cited = _citation(number, book, library, dated=kind == "date")
        if cited is not None and kind in ("number", "date"):
            citing, quote, shown = cited
            name = citing.info.title if len(citing.info.title) < 60 else citing.info.id
            text += "; " + say(language, "cited-as" if kind == "number" else "dated-as", citing=name, number=shown)
            quotes.append(quote)
            break
    return [Line(document=book.info.id, text=text, quotes=tuple(quotes))]


def _shows(kind: str, passage: Passage) -> bool:
    return ("Số" in passage.reading) if kind == "number" else ("năm" in passage.reading)


def _citation(number: str, book: Book, library: Library, *, dated: bool) -> tuple[Book, Quote, str] | None:
    """Another document that cites this one by its number, the place, and the number, or the date, that it gives."""
    for citing in library.books.values():
        if citing is book:
            continue
        at = citing.text.lower().find(number)
        if at >= 0 and dated:
            day = _DATED.match(citing.text, at + len(number))
            if day is not None:
                return citing, _quote(citing, Span(at, day.end())), " ".join(day.group(1).split())
        elif at >= 0:
            return citing, _quote(citing, Span(at, at + len(number))), citing.text[at : at + len(number)]
    return None


def _quote(book: Book, span: Span) -> Quote:
    passage = next(
        (
            one
            for one in book.passages
            if one.kind != "list" and span.start < one.span.end and one.span.start < span.end
        ),
        None,
    )
    return Quote(
        document=book.info.id,
        span=span,
        path=passage.path if passage is not None else (),
        page=passage.page if passage is not None else None,
    )
