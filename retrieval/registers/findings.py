"""What does not agree in the registers of a corpus, or is not said: findings for a reader, who decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.normalise import fold
from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.registers.table_reader import names_total, of_totals
from retrieval.registers.totals import stated_twice
from retrieval.registers.types import Finding, Row

# "không gồm" and "chưa bao gồm" name what a sum is not made of.
_PARTS_OF = re.compile(r"(?<!khong )(?<!chua )\b(?:trong do|bao gom|(?<!bao )gom|cu the)\b")
_REPORT = re.compile(r"\bbao cao\b")
_TIMED = re.compile(
    r"\b(?:dinh ky|hang|hang nam|truoc ngay|hang thang|hang quy|theo quy dinh|theo yeu cau|dot xuat|kip thoi)\b"
)
_ABOUT = re.compile(r"\b(?:khoang|gan|hon|tren|xap xi|uoc)\b")
_ROUNDING = 0.002  # sums of rounded figures differ a little


def find(rows: Sequence[Row], books: Mapping[str, Book]) -> tuple[Finding, ...]:
    """Every finding, by document."""
    found: list[Finding] = []
    for document, book in books.items():
        own = [row for row in rows if row.document == document]
        found.extend(_sums(own, book))
        found.extend(_yearly(own))
        found.extend(_tables(own, book))
        found.extend(_said_and_tabled(own, book))
        found.extend(_projects(own, book))
        found.extend(_reports(own))
        found.extend(_cited(own))
    return tuple(found)


def _number(row: Row) -> int | None:
    value = row.value("amount")
    return int(value) if value.isdigit() else None


def _sums(rows: Sequence[Row], book: Book) -> Iterator[Finding]:
    """A sum and its parts in one sentence, "… trong đó: …", or in the items below it."""
    budgets = [row for row in rows if row.kind == "budgets"]
    by_span: dict[object, list[Row]] = {}
    for row in budgets:
        by_span.setdefault(row.span, []).append(row)
    leads = {passage.index: passage for passage in book.passages}
    for group in by_span.values():
        total, parts = group[0], group[1:]
        if total.span in book.table_rows:
            continue
        text = fold(book.text[total.span.start : total.span.end])
        if not parts:
            lead = next((one for one in leads.values() if one.kind != "list" and total.span in one.span), None)
            items = [one for one in book.passages if lead is not None and one.lead == lead.index and one.kind != "list"]
            first = {row.span: row for row in reversed(budgets)}
            parts = [row for span, row in sorted(first.items()) for item in items if span in item.span]
        elif not _PARTS_OF.search(text):
            continue
        yield from _differs(total, parts)


def _differs(total: Row, parts: Sequence[Row]) -> Iterator[Finding]:
    stated = _number(total)
    numbers = [_number(part) for part in parts]
    if stated is None or len(parts) < 2 or any(number is None for number in numbers):
        return
    added = sum(number for number in numbers if number is not None)
    if abs(added - stated) > _ROUNDING * stated:
        cells = [row.get("amount") for row in (total, *parts)]
        yield Finding(
            kind="sum-differs",
            document=total.document,
            spans=tuple(cell.span for cell in cells if cell is not None),
            values=(("stated", str(stated)), ("computed", str(added))),
        )


def _yearly(rows: Sequence[Row]) -> Iterator[Finding]:
    """A sum for a period beside the same sum for each year: years × amount."""
    budgets = [row for row in rows if row.kind == "budgets"]
    by_span: dict[object, list[Row]] = {}
    for row in budgets:
        by_span.setdefault(row.span, []).append(row)
    for group in by_span.values():
        whole = group[0]
        period = re.fullmatch(r"(\d{4})-(\d{4})", whole.value("period"))
        each = [row for row in group[1:] if row.value("period").startswith("yearly")]
        stated, yearly = _number(whole), [_number(row) for row in each]
        if period is None or not each or stated is None or None in yearly:
            continue
        length = int(period.group(2)) - int(period.group(1)) + 1
        years = [years_of(row.value("period")) or (length if len(each) == 1 else 0) for row in each]
        if sum(years) != length:
            continue  # which years a sum is for is not said plainly
        added = sum(count * number for count, number in zip(years, yearly, strict=True) if number is not None)
        if abs(added - stated) > _ROUNDING * stated:
            cells = [row.get("amount") for row in (whole, *each)]
            yield Finding(
                kind="sum-differs",
                document=whole.document,
                spans=tuple(cell.span for cell in cells if cell is not None),
                values=(("stated", str(stated)), ("computed", str(added))),
            )


def _tables(rows: Sequence[Row], book: Book) -> Iterator[Finding]:
    """Tables of money: a row of totals against the rows above it, and a column of totals against those of the years."""
    by_row: dict[int, list[Row]] = {}
    for row in rows:
        passage = book.table_rows.get(row.span) if row.kind == "budgets" else None
        if passage is not None:
            by_row.setdefault(passage.index, []).append(row)
    for index, cells in by_row.items():
        yield from _across(cells)
        if not of_totals(cells[0]):
            continue
        above: list[list[Row]] = []
        at = index - 1
        while at >= 0 and book.passages[at].kind == "row" and not (at in by_row and of_totals(by_row[at][0])):
            above.extend([by_row[at]] if at in by_row else [])
            at -= 1
        if any(_is_part(one[0], book) is None for one in above):
            continue  # rows of several levels: which of them are added is not plain
        firsts = [one for one in above if not _is_part(one[0], book)]
        for total in cells:
            column = _column(total)
            parts = [cell for one in firsts[::-1] for cell in one if _column(cell) == column]
            yield from _differs(total, parts) if column else ()


def _across(cells: Sequence[Row]) -> Iterator[Finding]:
    """A row whose columns are years and one total."""
    totals = [cell for cell in cells if any(names_total(one.text) for one in cell.all("matter")[1:])]
    years = [cell for cell in cells if cell not in totals]
    periods = [cell.value("period") for cell in years]
    plain = all(re.fullmatch(r"\d{4}", period) for period in periods) and len(set(periods)) == len(periods)
    if len(totals) == 1 and plain and not any(len(cell.all("matter")) > 1 for cell in years):
        yield from _differs(totals[0], years)


def _said_and_tabled(rows: Sequence[Row], book: Book) -> Iterator[Finding]:
    """A total that a sentence states, against that of the table below the same heading."""
    for said, tabled in stated_twice(rows, book):
        stated, computed = _number(said), _number(tabled)
        about = _ABOUT.search(fold(book.text[said.span.start : said.span.end])) is not None
        if stated is None or computed is None or abs(stated - computed) <= (_ROUNDING * stated if about else 0):
            continue
        cells = [cell for cell in (said.get("amount"), tabled.get("amount")) if cell is not None]
        yield Finding(
            kind="total-differs",
            document=said.document,
            spans=tuple(cell.span for cell in cells),
            values=(("stated", str(stated)), ("computed", str(computed))),
        )


def _column(row: Row) -> frozenset[tuple[Span, str]]:
    """The place of the words that name the column of a sum, each with its value."""
    label = row.get("matter")
    cells = (*row.all("matter"), *row.all("period"))
    return frozenset((cell.span, cell.value) for cell in cells if label is None or cell.span != label.span)


def _is_part(row: Row, book: Book) -> bool | None:
    """Whether a row says what the one above it is made of ("- Vốn đầu tư"); None where its number is of another kind."""
    passage = book.table_rows[row.span]
    name, first = passage.cells[0]
    number = book.text[first.start : first.end].strip(" *.)")
    label = row.get("matter")
    before = book.text[max(0, label.span.start - 3) : label.span.start] if label is not None else ""
    if re.search(r"[-+•–]\s*$", before) or fold(label.text if label is not None else "").startswith("trong do"):
        return True
    numbered = fold(name) in ("stt", "tt", "so tt", "so thu tu")
    return None if numbered and not number.isdigit() else False


def years_of(period: str) -> int:
    """How many years a period "yearly 2021-2022" holds, 0 where it does not say."""
    bounds = re.search(r"(\d{4})-(\d{4})$", period)
    return int(bounds.group(2)) - int(bounds.group(1)) + 1 if bounds is not None else 0


def _projects(rows: Sequence[Row], book: Book) -> Iterator[Finding]:
    """Dự án with a heading of their own that no body leads, or that get no money where others do."""
    headed = {
        part.project: section
        for section in book.outline
        if (part := book.section_parts[section.index][0]).project and not part.sub and not part.content
    }
    if not headed:
        return
    led = _numbers_of(
        row
        for row in rows
        if row.kind == "responsibilities" and row.value("role") in ("chủ trì", "thường trực", "đầu mối")
    )
    paid = _numbers_of(row for row in rows if row.kind == "budgets")
    for number, section in sorted(headed.items()):
        values = (("part", f"Dự án {number}"),)
        if led and number not in led:
            yield Finding(kind="no-lead", document=book.info.id, spans=(section.heading,), values=values)
        if paid and number not in paid:
            yield Finding(kind="no-budget", document=book.info.id, spans=(section.heading,), values=values)


def _numbers_of(rows: Iterator[Row]) -> set[int]:
    return {int(found) for row in rows for cell in row.all("part") for found in re.findall(r"Dự án (\d+)$", cell.value)}


def _reports(rows: Sequence[Row]) -> Iterator[Finding]:
    """Duties to report that no time is given for, neither by a day nor by a period."""
    for row in rows:
        if row.kind != "responsibilities" or row.get("reports_to") is None or row.get("deadline") is not None:
            continue
        task = fold(" ".join(cell.text for cell in row.cells if cell.column == "task"))
        if _REPORT.search(task) and not _TIMED.search(task):
            yield Finding(
                kind="no-date", document=row.document, spans=(row.span,), values=(("unit", row.value("unit")),)
            )


def _cited(rows: Sequence[Row]) -> Iterator[Finding]:
    """Documents that are cited and are not in the corpus, each once."""
    seen: set[str] = set()
    for row in rows:
        number = row.value("number")
        if row.kind == "references" and number and not row.value("document") and number.lower() not in seen:
            seen.add(number.lower())
            yield Finding(kind="no-document", document=row.document, spans=(row.span,), values=(("number", number),))
