"""All documents of a kind that one document cites: "kế hoạch này nhắc đến những quyết định nào của Thủ tướng?".

They come from the register of references, so that none is left out; each is told once, where it is cited first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.cited import CITED_KINDS, ENGLISH_KINDS
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Library
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.registers.types import Row

_CITES = (
    r"(?:nhac(?: den| toi)?|de cap(?: den| toi)?|vien dan|trich dan|dan chieu|dan(?: ra| den| toi)?|neu ten|ke ten)"
)
_ASKS = re.compile(
    rf"\b{_CITES}\b(?: \w+){{0,3}}? (?:nhung|cac|may|bao nhieu) (?P<kind>{CITED_KINDS})\b(?P<of>.*)$"
    rf"|\b(?:nhung|cac|may|bao nhieu) (?P<cited>{CITED_KINDS})\b(?P<its>.{{0,60}}?)(?: duoc)? (?:{_CITES})\b"
)
_ASKS_EN = re.compile(
    r"\b(?:which|what|how many|all) (?:the )?(?:[\w'’-]+ ){0,4}?(?P<kind>decisions|resolutions|decrees|circulars|directives|laws|plans|documents)\b(?P<of>.*)"
    r"\b(?:mention\w*|cite[sd]?|refer\w*|name[sd]?|quote[sd]?)\b"
)
_COUNTS = re.compile(r"\b(?:may|bao nhieu) \w|\bhow many\b")
_ISSUER = re.compile(
    r"\bcua (?P<body>(?:ubnd|uy ban nhan dan|thu tuong|chinh phu|hdnd|hoi dong nhan dan|tinh uy|quoc hoi|bo|so|ban|huyen uy)(?: \w+){0,3}?)(?= (?:nao|gi|duoc|trong|o|tai)\b|\W*$)"
)
_PLANS = {"plan": "ke hoach", "document": "van ban"}
_ANY = "van ban"
# What says that documents are cited, and nothing of which.
_SAYS_NOTHING = frozenset(
    "nhac den toi de cap vien dan trich dan chieu ra neu ten ke nhung cac may bao nhieu nao gi van ban so cua duoc co trong".split()
)
_REST = 0.6
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
    kind = (ENGLISH_KINDS | _PLANS).get(kind.removesuffix("s"), kind)
    book = library.books[documents[0]]
    issuer = _ISSUER.search(f"{groups.get('of') or ''}{groups.get('its') or ''}")
    body = _short(issuer.group("body")) if issuer is not None else ""
    known = (
        _SAYS_NOTHING | set(kind.split()) | set(body.split()) | set((issuer.group("body") if issuer else "").split())
    )
    rest = tuple(word for word in content(asked.topic) if fold(word) not in known)
    if len(rest) > _FEW and asked.matter.over(rest).covered_by(book.title_bag) < _REST:
        return None  # on a matter of its own
    lines: dict[str, Line] = {}
    for row in rows:
        number = row.value("number")
        if row.kind != "references" or row.document != book.info.id or not number or number in lines:
            continue
        if kind != _ANY and not fold(row.value("type")).startswith(kind):
            continue
        if body and not _short(fold(row.value("issuer"))).startswith(body):
            continue
        cells = [cell for name in ("type", "number", "date", "issuer") for cell in row.all(name)]
        span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
        text = " ".join(book.text[span.start : span.end].split())
        quote = Quote(document=book.info.id, span=span, path=row.path, page=row.page)
        lines[number] = Line(document=book.info.id, text=text[:1].upper() + text[1:], quotes=(quote,))
    if not lines:
        return None
    counted = _COUNTS.search(said) is not None
    opening = say(asked.reading.language, "count", count=len(lines), what="") if counted else ""
    return Draft(strategy="cited", lines=tuple(lines.values()), support=0.9, opening=opening, certain=True)


def _short(body: str) -> str:
    """A body's folded name with "Ủy ban nhân dân" and the like in short."""
    plain = body.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return re.sub(r"^thu tuong chinh phu$", "thu tuong", plain)
