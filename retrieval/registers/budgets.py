"""Sums of money: for what, for which programme part, when, of what kind and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ingest.chunk import section_label
from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.programme import Part
from retrieval.answer.library import DONG, Book
from retrieval.registers.cells import Told, over, part_cells, part_heading, part_name
from retrieval.registers.times import periods
from retrieval.registers.types import Cell, Row

AMOUNT = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,3}(?:[.,\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>(?:nghìn|ngàn)\s+tỷ(?:\s+đồng)?|(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+(?:đồng|USD|đô la)|(?:triệu|tỷ|tỉ)(?!\s+(?!cho|để|từ|và|là|trong|năm|đến|vốn|kinh|ngân|do)[^\W\d_])|"
    rf"{DONG}"
    r"|USD|VNĐ|VND|đ\b)",
    re.IGNORECASE,
)
_FACTORS = (
    (re.compile(r"(?:nghìn|ngàn)\s+tỷ", re.I), 10**12),
    (re.compile(r"tỷ|tỉ", re.I), 10**9),
    (re.compile(r"triệu", re.I), 10**6),
    (re.compile(r"nghìn|ngàn", re.I), 10**3),
)
_FUND = re.compile(
    r"(?:nguồn\s+)?(?:vốn|kinh phí|chi)\s+(?:đầu tư(?: phát triển)?|sự nghiệp(?: \w+ \w+)?|đối ứng|vay(?: tín dụng)?|tín dụng|thường xuyên|ODA|lồng ghép|viện trợ)|"
    r"viện trợ(?: không hoàn lại| phi chính phủ)?|(?<!\w)(?:ĐTPT|VSN|SN)(?!\w)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:nguồn\s+)?(?:vốn\s+)?(?:ngân sách\s+(?:trung ương|địa phương|nhà nước|tỉnh|huyện|thành phố|cấp \w+|xã)|NSTW|NSĐP|NSNN|NS tỉnh|NS huyện)|xã hội hóa|xã hội hoá|"
    r"(?:các\s+)?tổ chức(?:, cá nhân)? (?:quốc tế|nước ngoài)|(?:các\s+)?nguồn lực hỗ trợ|(?:vốn\s+)?(?:huy động|dân góp|đóng góp)(?: của nhân dân| khác)?|quỹ\s+[A-ZĐ]\w*(?:\s+\w+){0,4}",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[;:(]|,\s+(?=(?:trong đó|năm|vốn|kinh phí|ngân sách|nguồn|mỗi))", re.IGNORECASE)
_MONEY_COLUMN = re.compile(
    r"\b(?:kinh phi|von|tong|so tien|ngan sach|du toan|nhu cau|nstw|nsdp|nam 20\d\d|thanh tien)\b"
)
_UNIT_NOTE = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:?\s*(nghìn đồng|triệu đồng|tỷ đồng|đồng)", re.IGNORECASE)
_COLUMN_UNIT = re.compile(r"\((nghìn đồng|triệu đồng|tỷ đồng|đồng|trđ|tr\.đ)\)", re.IGNORECASE)
_PLAIN = re.compile(r"^\d{1,3}(?:\.\d{3})*(?:,\d+)?$|^\d+(?:[.,]\d+)?$")
_EVERY = re.compile(
    r"(?:năm\s+20\d\d(?:\s*(?:,|và)\s*(?:năm\s+)?20\d\d)+|từ\s+(?:năm\s+)?20\d\d\s+(?:đến|-|–)\s*(?:hết\s+)?(?:năm\s+)?20\d\d|giai đoạn 20\d\d\s*[-–]\s*20\d\d)"
    r"\s*,?\s*(?:mỗi|bình quân (?:mỗi|hằng|hàng)|hằng|hàng) năm(?=\D{0,12}$)",
    re.IGNORECASE,
)
_LONG = 160


def dong(number: str, unit: str) -> str:
    """An amount in đồng, in digits; with " USD" behind it where it is none; "" where it is no number.

    >>> dong("7.011", "triệu đồng"), dong("3,6", "tỷ đồng"), dong("11.100.000.000", "đồng"), dong("2", "triệu USD")
    ('7011000000', '3600000000', '11100000000', '2000000 USD')
    """
    plain = re.sub(r"\s", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return ""
    factor = next((times for pattern, times in _FACTORS if pattern.search(unit)), 1)
    total = value * factor
    digits = str(total.quantize(Decimal(1))) if total == total.to_integral_value() else f"{total.normalize():f}"
    return f"{digits} USD" if re.search(r"USD|đô la", unit, re.I) else digits


def read_budgets(book: Book) -> Iterator[Row]:
    """Every sum that a document states, in its order."""
    unit = _UNIT_NOTE.search(book.text)
    for sentence in book.sentences:
        passage = sentence.passage
        if passage.kind == "row":
            yield from _of_table(book, passage.index, unit.group(1) if unit is not None else "")
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
                _near(told, "fund", _FUND, start, match.start(), match.end(), end),
                _near(told, "source", _SOURCE, start, match.start(), match.end(), end)
                or (
                    _near(told, "source", _SOURCE, 0, start, start, start)
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
        if len(words) >= 3 and not _FUND.fullmatch(before[cut:].strip()):
            first = start + cut
            last = end if end - first <= _LONG else first + told.text[first : first + _LONG].rfind(" ")
            return told.cell("matter", first, last)
    section = told.sentence.passage.section
    heading = part_heading(told.book, section)
    if heading is None and section >= 0 and section_label(told.book.outline[section]):
        heading = told.book.outline[section]
    return over(told.book, "matter", heading.heading) if heading is not None else None


def _period(told: Told, start: int, before: int, behind: int, end: int) -> Cell | None:
    every = _EVERY.search(told.text[start:before])
    if every is not None:  # "từ năm 2023 đến năm 2025, mỗi năm là …"
        years = re.findall(r"20\d\d", every.group())
        return told.cell("period", start + every.start(), start + every.end(), f"yearly {years[0]}-{years[-1]}")
    found = [one for one in periods(told.text[start:before])]
    if found:
        return told.cell("period", start + found[-1].start, start + found[-1].end, found[-1].value)
    after = next((one for one in periods(told.text[behind : min(end, behind + 30)])), None)
    if after is not None:
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


def fold_name(text: str) -> str:
    """A kind or source of funds in one form: without "nguồn", in small letters."""
    name = re.sub(r"^nguồn\s+(?=vốn|kinh phí|ngân sách|chi\b)", "", " ".join(text.split()).lower())
    return {"nstw": "ngân sách trung ương", "nsđp": "ngân sách địa phương", "nsnn": "ngân sách nhà nước"}.get(
        name, name
    )


def _of_table(book: Book, index: int, note: str) -> Iterator[Row]:
    """The sums of a table row: in columns whose name says money, in the unit that the column or the document gives."""
    passage = book.passages[index]
    matter: Cell | None = None
    for _, span in passage.cells:
        text = reading(book.text, span).text
        if len(re.findall(r"[^\W\d_]+", text)) >= 2 and (matter is None or len(text) > len(matter.text)):
            matter = over(book, "matter", span)
    own = book.by_passage[index][0].part
    for name, span in passage.cells:
        text = reading(book.text, span).text.strip()
        stated = AMOUNT.fullmatch(text)
        unit = _COLUMN_UNIT.search(name)
        plain = _PLAIN.match(text) and _MONEY_COLUMN.search(fold(name)) and (unit is not None or note)
        if stated is None and not plain:
            continue
        measure = stated.group("unit") if stated is not None else (unit.group(1) if unit is not None else note)
        value = dong(
            stated.group("number") if stated is not None else text,
            measure.replace("tr.đ", "triệu").replace("trđ", "triệu"),
        )
        heading = part_heading(book, passage.section)
        cells = (
            matter,
            over(book, "part", heading.heading, part_name(own)) if heading is not None and own != Part() else None,
            over(book, "amount", span, value),
        )
        yield Row(
            kind="budgets",
            document=passage.document,
            span=passage.span,
            path=passage.path,
            page=passage.page,
            cells=tuple(cell for cell in cells if cell is not None),
        )
