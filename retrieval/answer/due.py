"""By when something is due, from the register of deadlines: the row whose body and matter fit the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.evidence import holds_year
from retrieval.answer.library import Book, Library
from retrieval.answer.roles import unit_share
from retrieval.registers.types import Row

_DUE = re.compile(r"\b(?:bao cao|nop|gui|tong hop|ket qua|hoan thanh|xong|trinh|so ket|tong ket|han)\b")
# To whom something is sent does not send it.
_TO = re.compile(r"\b(?:ve|cho|len|toi|den|qua|gui|trinh) (?:ubnd|uy ban|so|phong|ban|bo|van phong)\b(?: \w+){0,6}")
_BODY, _MATTER = 0.5, 0.5
_NAMED = 0.8
_FLOOR = 0.5
_ALIKE = 0.93
_MOST = 4


def answer_due(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The deadlines that fit; None where the question is of another kind or nothing fits."""
    said = " ".join(asked.words)
    if asked.reading.kind != "deadline" or asked.reading.parts or _DUE.search(said) is None:
        return None
    acting = set(_TO.sub(" ", said).split())
    scored: list[tuple[float, Row]] = []
    for row in rows:
        if row.kind != "deadlines" or (asked.scope.documents and row.document not in asked.scope.documents):
            continue
        book = library.books[row.document]
        what = row.get("what")
        text = f"{what.text if what is not None else ''}\n" + "\n".join(row.path)
        years = [year for year in asked.reading.years if year not in asked.scope.years]
        if not all(holds_year(f"{text} {book.info.title}", year) for year in years):
            continue
        share = unit_share(row.value("who"), acting) if row.get("who") is not None else 0.0
        matter = asked.matter.covered_by(book.bag(text), book.title_bag) if asked.matter else 0.5
        # Without a body in the question the sentences themselves tell more than the rows.
        if share >= _NAMED:
            scored.append((_BODY * share + _MATTER * matter, row))
    best = max((score for score, _ in scored), default=0.0)
    if best < _FLOOR:
        return None
    kept = [row for score, row in scored if score >= _ALIKE * best][:_MOST]
    lines = tuple(_line(row, library.books[row.document]) for row in kept)
    return Draft(strategy="due", lines=tuple(dict.fromkeys(lines)), support=min(1.0, best))


def _line(row: Row, book: Book) -> Line:
    who, what = row.get("who"), row.get("what")
    text = " ".join(book.text[row.span.start : row.span.end].split()) if what is None else what.text
    label = who.text if who is not None and fold(who.text) not in fold(text) else ""
    quote = Quote(document=row.document, span=row.span, path=row.path, page=row.page)
    return Line(document=row.document, label=label, text=text, quotes=(quote,))
