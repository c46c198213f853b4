"""Questions about money: what a programme part, a matter or the whole plan gets."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.normalise import fold
from ingest.rules.numbering import unnumbered
from ingest.rules.programme import Part, part_of_path
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_of, quote_passage
from retrieval.answer.evidence import best_per_document, meets, support
from retrieval.answer.library import MONEY, Book, Library, Sum
from retrieval.answer.terms import content
from retrieval.answer.wording import say

_FLOOR = 0.42
_HEADING_FLOOR = 0.62
_MOST = 40
_WHOLE = 0.9
_BY_SECTION = 0.85  # what the part that a sum stands in speaks of is less sure than its heading
_TOTAL = re.compile(r"\b(?:tong|tat ca|toan bo|gop (?:het|lai|ca|chung)|total|overall|altogether|chung)\b")
# "Công trình có tổng mức đầu tư từ 03 tỷ đồng" is no sum of anything.
_TOTAL_TEXT = re.compile(r"\btong\b(?! muc dau tu(?: \w+){0,2} (?:tu|tren|duoi|khong qua|den)\b)")
# "40 triệu đồng/hộ": what each gets is not what all get.
_RATE = re.compile(r"đồng\s*/\s*[^\W\d]|đồng (?:một|mỗi) \w", re.IGNORECASE)
_ASKS_RATE = re.compile(
    r"\b(?:muc|dinh muc|moi|mot|tung|binh quan|suat|don gia|each|every|per|rate|average)\b|/|\bbao nhieu (?:tien )?1\b"
)
_UNIT = re.compile(r"(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:đồng|USD|đ|VNĐ)?$", re.I)


def answer_budget(asked: Asked, library: Library) -> Draft | None:
    """The sums of the part or matter asked for, each with what it is for."""
    if asked.reading.kind != "budget":
        return None
    lines: list[Line] = []
    best = 0.0
    sums: list[Sum] = []
    for book in library.scoped(asked.scope.documents):
        score, chosen = _of_parts(asked, book) if asked.reading.parts else _of_matter(asked, book)
        if chosen and score >= _FLOOR:
            best = max(best, score)
            sums.extend(chosen)
            lines.extend(_line(one, book) for one in chosen)
    if not lines:
        return None
    if not asked.reading.parts:
        lines, sums, best = _best(asked, lines, sums, library)
    closing = _total(asked, sums) if asked.reading.parts else ""
    lines = [line for pair in zip(lines, sums, strict=True) for line in (pair[0], *_detail(pair[1], library))]
    return Draft(strategy="sums", lines=tuple(lines[:_MOST]), support=min(1.0, best), closing=closing)


def _of_parts(asked: Asked, book: Book) -> tuple[float, list[Sum]]:
    chosen = [
        one
        for one in book.sums
        if any(part.holds(own) for part in asked.reading.parts for own in one.parts)
        and meets(asked, one.sentence, book)
        and not _other_rate(asked, one)
    ]
    return (0.97, chosen) if chosen else (0.0, [])


def _other_rate(asked: Asked, one: Sum) -> bool:
    """Whether a sum is what each of several gets, where that is not asked for."""
    sums = MONEY.findall(one.sentence.text)
    rates = _RATE.findall(one.sentence.text)
    return bool(rates) and len(rates) >= len(sums) and not _ASKS_RATE.search(fold(asked.question.text))


def _of_matter(asked: Asked, book: Book) -> tuple[float, list[Sum]]:
    """By the heading of a programme part that says the matter, or by the sentence itself."""
    total = _TOTAL.search(" ".join(asked.words)) is not None or not content(asked.topic)
    # "how much … for the programme": what only says the title asks for the sum of the plan.
    total = total or (asked.scope.named and asked.matter.covered_by(book.title_bag) >= _WHOLE)
    scored: list[tuple[float, Sum]] = []
    for one in book.sums:
        if not meets(asked, one.sentence, book) or _other_rate(asked, one):
            continue
        score = support(asked.matter, one.sentence, book)
        heading = one.sentence.passage.path
        if part_of_path(heading) != Part() and content(asked.topic) and not total:
            score = max(score, *(asked.matter.covered_by(book.bag(part)) for part in heading))
            score = max(score, _BY_SECTION * asked.matter.covered_by(book.section_bag(one.sentence.passage.section)))
        if total:
            score += 0.6 if _TOTAL_TEXT.search(" ".join(one.sentence.words)) else -0.1
        scored.append((score, one))
    if not scored:
        return 0.0, []
    top = max(score for score, _ in scored)
    kept = [one for score, one in scored if score >= top - (0.02 if total else 0.06)]
    return top, kept if len(kept) <= 6 else kept[:1]


def _best(asked: Asked, lines: list[Line], sums: list[Sum], library: Library) -> tuple[list[Line], list[Sum], float]:
    """Only the documents that answer nearly as well as the best one."""
    scored = []
    for one in sums:
        book = library.books[one.sentence.document]
        scored.append((support(asked.matter, one.sentence, book), one.sentence))
    groups = best_per_document(scored, floor=0.0, ratio=0.8)
    kept = {sentence.span for group in groups for _, sentence in group}
    pairs = [(line, one) for line, one in zip(lines, sums, strict=True) if one.sentence.span in kept]
    top = max((score for score, _ in scored), default=0.0)
    return [line for line, _ in pairs], [one for _, one in pairs], max(top, 0.6)


def _line(one: Sum, book: Book) -> Line:
    path = one.sentence.passage.path
    label = next((heading for heading in reversed(path) if part_of_path((heading,)) != Part()), "")
    outer = [heading for heading in path if part_of_path((heading,)) != Part() and heading != label]
    name = unnumbered(label)
    if outer:
        name = f"{unnumbered(outer[0]).split(':')[0]}, {name}" if name else unnumbered(outer[0])
    return Line(
        document=book.info.id,
        label=name or book.heading_of(one.sentence.passage),
        text=one.sentence.text,
        quotes=(quote_of(one.sentence),),
    )


def _detail(one: Sum, library: Library) -> list[Line]:
    """The items below "… trong đó:" that state money too."""
    if not one.sentence.text.rstrip().endswith(":"):
        return []
    book = library.books[one.sentence.document]
    return [
        Line(document=book.info.id, text=passage.reading, quotes=(quote_passage(passage),))
        for passage in book.passages
        if passage.lead == one.sentence.passage.index and MONEY.search(passage.reading)
    ]


def _total(asked: Asked, sums: list[Sum]) -> str:
    """The sum of amounts that stand alone in their sentences and have one unit; "" where they do not add up safely."""
    if len(sums) < 2 or len({one.sentence.document for one in sums}) > 1:
        return ""
    values: list[Decimal] = []
    units: set[str] = set()
    for one in sums:
        first = MONEY.search(one.sentence.text)
        if first is None:
            return ""
        unit = _UNIT.search(first.group())
        number = first.group()[: unit.start()] if unit is not None else first.group()
        units.add(" ".join((unit.group() if unit is not None else "").lower().split()))
        values.append(Decimal(number.strip().replace(".", "").replace(",", ".")))
    if len(units) != 1:
        return ""
    total = f"{sum(values):,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return say(asked.reading.language, "total", sum=f"{total} {units.pop()}")
