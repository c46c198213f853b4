"""All documents of a kind that one document cites: "kế hoạch này nhắc đến những quyết định nào của Thủ tướng?".

They come from the register of references, so that none is left out; each is told once, where it is cited first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ingest.normalise import fold
from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.cited import CITED_KINDS, ENGLISH_KINDS
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.refuse import refusal
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.registers.types import Row

_CITES = r"(?:nhac(?: den| toi)?|de cap(?: den| toi)?|vien dan|trich dan|dan chieu|(?<!nhan )(?<!nguoi )dan(?! toc\b| so\b| cu\b)(?: ra| den| toi)?|neu ten|ke ten)"
_ASKS = re.compile(
    rf"\b(?:{_CITES}|can cu)\b(?: \w+){{0,3}}? (?:nhung|cac|may|bao nhieu) (?P<kind>{CITED_KINDS})\b(?P<of>.*)$"
    rf"|\b(?:nhung|cac|may|bao nhieu) (?P<cited>{CITED_KINDS})\b(?P<its>.{{0,80}}?)(?: duoc)? (?:{_CITES}|(?:lay )?lam can cu)\b"
)
_ASKS_EN = re.compile(
    r"\b(?:which|what|how many|all) (?:the )?(?:[\w'’-]+ ){0,4}?(?P<kind>decisions|resolutions|decrees|circulars|directives|laws|plans|documents)\b(?P<of>.*)"
    r"\b(?:mention\w*|cite[sd]?|refer\w*|name[sd]?|quote[sd]?)\b"
)
_BASIS = re.compile(r"\bcan cu\b")
_MORE_KINDS = re.compile(rf"(?:,|\b(?:va|hay|hoac)) (?:nhung |cac )?({CITED_KINDS})\b")
_COUNTS = re.compile(r"\b(?:may|bao nhieu) \w|\bhow many\b")
_ISSUER = re.compile(
    r"\b(?:cua|do)(?: chinh)? (?P<body>(?:ubnd|uy ban nhan dan|thu tuong|chinh phu|hdnd|hoi dong nhan dan|tinh uy|quoc hoi|bo|so|ban|huyen uy)(?: \w+){0,5}?)(?= (?:nao|gi|duoc|trong|o|tai|ban hanh|ky)\b|\W*$)"
)
_PLANS = {"plan": "ke hoach", "document": "van ban"}
_ANY = "van ban"
# What says that documents are cited, and nothing of which.
_SAYS_NOTHING = frozenset(
    "nhac den toi de cap vien dan trich dan chieu ra neu ten ke nhung cac may bao nhieu nao gi van ban so cua duoc co trong lay lam can cu chinh ban hanh do".split()
)
_REST, _HALF = 0.6, 0.5
_FEW = 2  # words that are asked besides


def answer_all_cited(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """Each document of the kind that is asked for which the one in question cites; None for any other question."""
    english = asked.reading.language == "en"
    said = fold(asked.question.text if english else asked.alone)
    found = (_ASKS_EN if english else _ASKS).search(said)
    documents = asked.scope.documents
    if found is None or not asked.scope.named or len(documents) != 1 or asked.carried or asked.reading.numbers:
        return None
    groups = found.groupdict()
    kind = groups["kind"] or groups.get("cited") or ""
    wanted = {(ENGLISH_KINDS | _PLANS).get(kind.removesuffix("s"), kind)}
    if not english:  # "những quyết định, kế hoạch nào"
        wanted |= set(_MORE_KINDS.findall(said[found.end("kind" if groups["kind"] else "cited") :].split(" nao")[0]))
    book = library.books[documents[0]]
    issuer = _ISSUER.search(f"{groups.get('of') or ''}{groups.get('its') or ''}")
    body = _short(issuer.group("body")) if issuer is not None else ""
    known = (
        _SAYS_NOTHING
        | {word for kind in wanted for word in kind.split()}
        | set(body.split())
        | set((issuer.group("body") if issuer else "").split())
    )
    rest = tuple(word for word in content(asked.topic) if fold(word) not in known)
    if len(rest) > _FEW and asked.matter.over(rest).covered_by(book.title_bag) < _REST:
        return None  # on a matter of its own
    lines: dict[str, Line] = {}
    kinds: set[str] = set()
    own = [row for row in rows if row.kind == "references" and row.document == book.info.id and row.value("number")]
    if _BASIS.search(said):
        if wanted == {_ANY} and not body and not _COUNTS.search(said):
            return None  # its bases as they stand
        own = _bases(own, book) or own
    for row in own:
        number = row.value("number")
        if number in lines:
            continue
        if not _is_of(row, wanted):
            continue
        if body and not _short(fold(row.value("issuer"))).startswith(body):
            continue
        cells = [cell for name in ("type", "number", "date", "issuer") for cell in row.all(name)]
        span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
        text = " ".join(book.text[span.start : span.end].split())
        quote = Quote(document=book.info.id, span=span, path=row.path, page=row.page)
        kinds.add(row.value("type").lower())
        lines[number] = Line(document=book.info.id, text=text[:1].upper() + text[1:], quotes=(quote,))
    if not lines:
        none = own and not body and not any(_is_of(row, wanted) for row in own)
        return refusal(asked, None, say(asked.reading.language, "cites-none")) if none else None
    what = (groups["kind"] or "") if english else (next(iter(kinds)) if len(kinds) == 1 else "văn bản")
    counted = _COUNTS.search(said) is not None
    opening = say(asked.reading.language, "count", count=len(lines), what=f" {what}") if counted else ""
    return Draft(strategy="cited", lines=tuple(lines.values()), support=0.9, opening=opening, certain=True)


def _bases(rows: Sequence[Row], book: Book) -> list[Row]:
    """The documents that one is based on: the first that each of its bases names, and not what that one is about."""
    found = []
    for passage in book.passages:
        inside = [row for row in rows if passage.kind == "basis" and passage.span.start <= _at(row) < passage.span.end]
        found += [min(inside, key=_at)] if inside else []
    return found


def _at(row: Row) -> int:
    """Where the number of a cited document stands."""
    cell = row.get("number")
    return cell.span.start if cell is not None else row.span.start


def _is_of(row: Row, kinds: Collection[str]) -> bool:
    """Whether a citation is of a document of one of these kinds, in folded text."""
    return _ANY in kinds or fold(row.value("type")).startswith(tuple(kinds))


def _short(body: str) -> str:
    """A body's folded name with "Ủy ban nhân dân" and the like in short."""
    plain = body.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return re.sub(r"^thu tuong chinh phu$", "thu tuong", plain)


_KINDS_OF = r"(?:viec|van de|de an|chuong trinh|chien luoc|ke hoach|chinh sach|noi dung|quy hoach|du an|linh vuc|dieu|cai|chuyen|van ban)"
_ABOUT = re.compile(
    rf"\b(?:la|ve|noi ve|lien quan den|quy dinh ve|quy dinh|huong dan|ban hanh ve|phe duyet|ban hanh|co ten|ten)(?: (?:la|ve|{_KINDS_OF}))* (?:gi|nao)\b(?!\s+\w+ \w+ \w+)"
)
_ABOUT_EN = re.compile(
    r"\bwhat(?:'s| is| was)? .{2,80}\babout\W*$|\bwhat (?:does|did|do) .{2,80}\b(?:approve|cover|concern|deal with|promulgate|adopt)\b"
    r"|\bwhat is .{2,60}\bcalled\b|\b(?:title|name|subject) of\b"
)
_PART_OF_IT = re.compile(
    r"\b(?:dieu|khoan|diem|chuong|phu luc|tieu chi|noi dung|article|clause|section|chapter|annex|appendix|criterion) (?:so |no\.? ?)?\d"
)
_BARE = re.compile(rf"\b(?P<kind>{CITED_KINDS}) (?:so )?0*(?P<digits>\d{{1,5}})\b(?![/\d])")


def answer_about_cited(asked: Asked, library: Library, rows: Sequence[Row], numbers: Mapping[str, str]) -> Draft | None:
    """What a document is about that the plans only cite, by how they cite it; None for any other question."""
    english = asked.reading.language == "en"
    said = fold(asked.question.text if english else asked.alone)
    if not (_ABOUT_EN if english else _ABOUT).search(said) or asked.carried or asked.reading.yes_no:
        return None
    if _PART_OF_IT.search(said):
        return None  # of what it says itself
    cited = [
        row
        for row in rows
        if row.kind == "references"
        and row.document in (asked.scope.documents or library.books)
        and row.get("number") is not None
        and _is_named(row, asked, said, numbers)
    ]
    found = {_bare(row.value("number")) for row in cited}
    if len(found) != 1:
        return None
    told = [(row, span) for row in cited if (span := _told_of_it(row, library.books[row.document])) is not None]
    if not told:
        return None
    best, span = max(told, key=lambda pair: (pair[0].get("date") is not None, min(len(pair[1]), _TITLE)))
    book = library.books[best.document]
    rest = tuple(word for word in content(asked.topic) if fold(word) not in _SAYS_NOTHING | _NAMES_KIND)
    told_by = book.bag(book.text[best.span.start : best.span.end])
    if len(rest) > 2 * _FEW and asked.matter.over(rest).covered_by(book.title_bag, told_by) < _HALF:
        return None  # on a matter of its own: "Dòng cuối của bảng kèm chương trình 55 là nội dung gì?"
    text = " ".join(book.text[span.start : span.end].replace("*", "").split())
    quote = Quote(document=book.info.id, span=span, path=best.path, page=best.page)
    line = Line(document=book.info.id, text=text[:1].upper() + text[1:], quotes=(quote,))
    return Draft(strategy="cited", lines=(line,), support=0.9, certain=True)


# "… mà kế hoạch dẫn là đề án gì": what it may be.
_NAMES_KIND = frozenset("dan noi ve viec van de an chuong trinh chien luoc chinh sach quyet dinh nghi chi thi".split())
_TITLE = 160  # letters of a citation: what is longer tells no more of what is cited
_SAYS_ABOUT = re.compile(
    r"[^;]{0,110}?\b(?:về|phê duyệt|ban hành|quy định|hướng dẫn)\b[^;]{8,}?(?=;|$)", re.IGNORECASE | re.DOTALL
)


def _told_of_it(row: Row, book: Book) -> Span | None:
    """A citation with what it says that the document is about, up to the end of its clause; None where it says nothing."""
    cells = [cell for name in ("type", "number") for cell in row.all(name)]
    first, behind = min(cell.span.start for cell in cells), max(cell.span.end for cell in cells)
    found = _SAYS_ABOUT.match(book.text[behind : row.span.end])
    return Span(first, behind + len(found.group().rstrip(" .,*"))) if found is not None else None


def _is_named(row: Row, asked: Asked, said: str, numbers: Mapping[str, str]) -> bool:
    """Whether it is the one document that a question names by its number, which is none of the library's own."""
    number = _bare(row.value("number"))
    own = {_bare(one) for one in numbers}
    if asked.reading.numbers:
        return [_bare(one) for one in asked.reading.numbers] == [number] and number not in own
    bare = _BARE.findall(said)
    if len(bare) != 1:
        return False
    kind, digits = bare[0]
    starts = re.split(r"\D", row.value("number").lstrip("0"))[0] == digits
    return starts and fold(row.value("type")).startswith(kind) and number not in own


def _bare(number: str) -> str:
    return fold(number).replace(" ", "")
