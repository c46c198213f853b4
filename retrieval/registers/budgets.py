"""Sums of money: for what, for which programme part, when, of what kind and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.chunk import section_label
from retrieval.answer.library import Book
from retrieval.registers.cells import Told, over, part_cells, part_heading
from retrieval.registers.money_tables import MoneyTables
from retrieval.registers.sums import AMOUNT, FUND, SOURCE, dong, fold_name
from retrieval.registers.table_reader import TableReader
from retrieval.registers.times import periods
from retrieval.registers.types import Cell, Row

_SPLIT = re.compile(r"[;:(]|,\s+(?=(?:trong đó|năm|vốn|kinh phí|ngân sách|nguồn|mỗi))", re.IGNORECASE)
_EVERY = re.compile(
    r"(?:năm\s+20\d\d(?:\s*(?:,|và)\s*(?:năm\s+)?20\d\d)+|từ\s+(?:năm\s+)?20\d\d\s+(?:đến|-|–)\s*(?:hết\s+)?(?:năm\s+)?20\d\d|giai đoạn 20\d\d\s*[-–]\s*20\d\d)"
    r"\s*,?\s*(?:mỗi|bình quân (?:mỗi|hằng|hàng)|hằng|hàng) năm(?=\D{0,12}$)",
    re.IGNORECASE,
)
_LONG = 160


def read_budgets(book: Book) -> Iterator[Row]:
    """Every sum that a document states, in its order."""
    tables = MoneyTables(book, TableReader(book))
    for sentence in book.sentences:
        passage = sentence.passage
        if passage.kind == "row":
            yield from tables.rows(passage)
        elif passage.kind in ("paragraph", "item", "heading"):
            yield from _of_sentence(Told.of(book, sentence))


def _of_sentence(told: Told) -> Iterator[Row]:
    found = list(AMOUNT.finditer(told.text))
    for at, match in enumerate(found):
        value = dong(match.group("number"), match.group("unit"))
        if not value:
            continue
        # What belongs to a sum stands between the sum before it and the one after it, rather before than behind.
        start = found[at - 1].end() if at else 0
        end = found[at + 1].start() if at + 1 < len(found) else len(told.text)
        yield told.row(
            "budgets",
            (
                _matter(told, start, match.start()),
                *part_cells(told)[:1],
                told.cell("amount", *match.span(), value),
                _period(told, start, match.start(), match.end(), end),
                _near(told, "fund", FUND, start, match.start(), match.end(), end),
                _near(told, "source", SOURCE, start, match.start(), match.end(), end)
                or (
                    _near(told, "source", SOURCE, 0, start, start, start)
                    if not _inside(told.text, match.start())
                    else None
                ),
            ),
        )


def _inside(text: str, at: int) -> bool:
    """Whether a place lies in parentheses: what a sum is made of has another source than what stands before it."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _matter(told: Told, start: int, end: int) -> Cell | None:
    """What a sum is for: the words before it, or the heading where these say nothing."""
    before = told.text[start:end]
    cuts = [match.end() for match in _SPLIT.finditer(before)]
    for cut in reversed([0, *cuts]):
        words = re.findall(r"[^\W\d_]+", before[cut:])
        if len(words) >= 3 and not FUND.fullmatch(before[cut:].strip()):
            first = start + cut
            last = end if end - first <= _LONG else first + told.text[first : first + _LONG].rfind(" ")
            return told.cell("matter", first, last)
    section = told.sentence.passage.section
    heading = part_heading(told.book, section)
    if heading is None and section >= 0 and section_label(told.book.outline[section]):
        heading = told.book.outline[section]
    return over(told.book, "matter", heading.heading) if heading is not None else None


# "840 triệu đồng (mỗi năm là 420 triệu đồng)": that it is a year is said of the sum behind it.
_OF_NEXT = re.compile(
    r"\s*(?:(?:là|được|cấp|khoảng|bố trí|chi)\s+)*\d[\d.,]*\s*(?:(?:nghìn|ngàn|triệu|tỷ)\b|đồng)", re.IGNORECASE
)


def _period(told: Told, start: int, before: int, behind: int, end: int) -> Cell | None:
    every = _EVERY.search(told.text[start:before])
    if every is not None:  # "từ năm 2023 đến năm 2025, mỗi năm là …"
        years = re.findall(r"20\d\d", every.group())
        return told.cell("period", start + every.start(), start + every.end(), f"yearly {years[0]}-{years[-1]}")
    found = [one for one in periods(told.text[start:before])]
    if found:
        return told.cell("period", start + found[-1].start, start + found[-1].end, found[-1].value)
    after = next((one for one in periods(told.text[behind : min(end, behind + 30)])), None)
    if after is not None and not _OF_NEXT.match(told.text[behind + after.end :]):
        return told.cell("period", behind + after.start, behind + after.end, after.value)
    earlier = [one for one in periods(told.text[:start])]
    if earlier:
        return told.cell("period", earlier[0].start, earlier[0].end, earlier[0].value)
    return _period_above(told)


def _period_above(told: Told) -> Cell | None:
    """The year or period in the words that introduce a list, or in the passage before it in the same part."""
    passage = told.sentence.passage
    before = [passage.lead] if passage.lead is not None else [passage.index - 1]
    for index in before:
        above = told.book.passages[index] if index >= 0 else None
        if above is None or above.kind == "list" or above.section != passage.section:
            continue
        aligned = told.book.read(above)
        one = next(iter(periods(aligned.text)), None)
        if one is not None:
            text = aligned.text[one.start : one.end]
            return Cell(column="period", text=text, value=one.value, span=aligned.span(one.start, one.end))
    return None


def _near(
    told: Told, column: str, pattern: re.Pattern[str], start: int, before: int, behind: int, end: int
) -> Cell | None:
    found = list(pattern.finditer(told.text, start, before))
    if found:
        return told.cell(column, *found[-1].span(), fold_name(found[-1].group()))
    after = pattern.search(told.text, behind, min(end, behind + 60))
    # "424 triệu đồng (vốn đầu tư 365 triệu đồng, …)": what is behind belongs to the next sum.
    another = end < len(told.text) and re.search(r"[;.)]", told.text[behind:end]) is None
    if after is not None and not another and not re.search(r"[;.:]|trong đó|gồm", told.text[behind : after.start()]):
        return told.cell(column, *after.span(), fold_name(after.group()))
    return None
