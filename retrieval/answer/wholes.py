"""All that a part of a programme, or a plan, is given: its stated sums added up, and what they add up to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from ingest.rules.programme import Part
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library
from retrieval.answer.numerals import counted_things
from retrieval.answer.wording import say
from retrieval.answer.worked import (
    Figure,
    figure_of,
    firsts,
    fund_named,
    lines_of_rows,
    money,
    of_fund,
    of_other_year,
    of_parts,
    parts_of,
    value_of,
)
from retrieval.registers.table_reader import names_total
from retrieval.registers.types import Row

_TOTAL = re.compile(r"\b(?:(?<!be )tong|tat ca|toan bo)\b")
_ENOUGH = 0.8
_TWO = 2
_HEADED = 0.3  # of what is asked, in a heading whose sums are added up


def leaves(rows: Sequence[Row], library: Library, fund: str = "") -> tuple[list[Row], list[Row]]:
    """Of the sums of a part those that are no total of others, and the totals; of one kind of funds where it is named.

    What stands behind a sum in its sentence, or in the list that it opens, says what it is made of; the sum of a Dự án
    with sums of its Tiểu dự án is their total.
    """
    heads = [row for row in firsts(rows) if not row.value("period").startswith("yearly")]
    heads = [row for row in heads if not _below(row, heads, library)]
    own: list[Row] = []
    totals: list[Row] = []
    for row in heads:
        finer = [other for other in heads if any(_inside(one, parts_of(row)) for one in parts_of(other))]
        (totals if finer else own).append(row)
    if fund:
        own, totals = _of_fund(rows, own, fund), _of_fund(rows, totals, fund)
    return own, totals


def _inside(part: Part, around: Sequence[Part]) -> bool:
    return any(one != part and one.holds(part) for one in around)


def _below(row: Row, heads: Sequence[Row], library: Library) -> bool:
    """Whether a sum stands in a list that the sentence of another one opens."""
    passages = library.books[row.document].passages
    own = next((one for one in passages if one.kind != "list" and row.span in one.span), None)
    if own is None or own.lead is None:
        return False
    return any(other is not row and other.span in passages[own.lead].span for other in heads)


def _of_fund(rows: Sequence[Row], heads: Sequence[Row], fund: str) -> list[Row]:
    """For each sentence its sum of a kind of funds: the first where that is of it, otherwise what it is made of."""
    found = []
    for head in heads:
        own = next((row for row in rows if row.span == head.span and of_fund(row, fund)), None)
        if own is not None:
            found.append(own)
    return found


def sum_of_part(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """All sums of the part that a question names, added up; a stated total beside them. None where there are none."""
    if len(asked.reading.parts) != 1 and not _one_project(asked.reading.parts):
        return None
    fund = fund_named(asked.text)
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        stated = row.kind == "budgets" and value_of(row, library.books[row.document]) is not None
        if stated and of_parts(row, asked.reading.parts) and not of_other_year(asked, row):
            by_document.setdefault(row.document, []).append(row)
    if len(by_document) != 1:
        return None  # which plan is meant is not said
    (own,) = by_document.values()
    terms, totals = leaves(own, library, fund)
    return _added(asked, library, terms, totals[:1])


def _one_project(parts: Sequence[Part]) -> bool:
    return bool(parts) and len({part.project for part in parts}) == 1 and parts[0].project > 0


def sum_of_plan(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """What the parts of a plan are given, added up, beside the total that it states; None where one is missing."""
    if asked.reading.parts or not asked.scope.named:
        return None
    fund = fund_named(asked.text)
    own = [
        row
        for row in rows
        if row.kind == "budgets"
        and value_of(row, library.books[row.document]) is not None
        and not of_other_year(asked, row)
    ]
    stated = [row for row in own if is_total(row) and not row.all("part")]
    if len({row.document for row in stated}) != 1:
        return None
    of_plan = [row for row in own if row.document == stated[0].document and row.all("part")]
    terms, _ = leaves(of_plan, library, fund)
    totals = stated[:1]
    if fund:
        beside = [row for row in own if row.document == stated[0].document and not row.all("part")]
        totals = [row for row in beside if of_fund(row, fund)][:1]
    return _added(asked, library, terms, totals) if len(terms) >= _TWO and totals else None


def sum_below_heading(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The sums below a heading that a question counts, added up: "ba lĩnh vực ưu tiên … cộng lại"; None for any other.

    There have to be as many as the question says, each below a part of its own.
    """
    documents = asked.scope.documents
    if asked.reading.parts or not asked.scope.named or len(documents) != 1:
        return None
    counted = counted_things(fold(asked.alone))
    book = library.books[documents[0]]
    own = [row for row in rows if row.kind == "budgets" and row.document == documents[0]]
    for count, thing in counted:
        for section in book.outline:
            named = re.search(rf"\b{thing}\b", fold(section.title)) is not None
            if not named or asked.matter.covered_by(book.headings[section.index]) < _HEADED:
                continue
            heading = book.paths[section.index]
            inside = [row for row in own if row.path[: len(heading)] == heading and len(row.path) > len(heading)]
            below = [row for row in inside if not _is_rate(row, book)]
            terms, _ = leaves([row for row in below if value_of(row, book) is not None], library)
            if len(terms) == count == len({row.path[len(heading)] for row in terms}):
                return _added(asked, library, terms, [])
    return None


def _is_rate(row: Row, book: Book) -> bool:
    """Whether a sum is one for each of something: "2.500.000 đồng/hộ"."""
    amount = row.get("amount")
    return amount is not None and book.text[amount.span.end : amount.span.end + 2].lstrip().startswith("/")


def is_total(row: Row) -> bool:
    """Whether a figure is called a total; one of a table where row and column are both called so."""
    first, *others = (cell.text for cell in row.all("matter")) if row.all("matter") else ("",)
    if others:
        return all(names_total(text) for text in (first, *others))
    return _TOTAL.search(fold(first)) is not None or names_total(first)


_FUND_ALONE = re.compile(
    r"^(?:(?:phan|khoan|so|the|rieng|muc) )*(?:(?:von|kinh phi|chi|nguon|nguon von) (?:su nghiep|dau tu(?: phat trien)?)|(?:recurrent|operating|non-business|career|capital|development|investment)(?: (?:capital|investment|funds?|funding|spending|money|part|expenditure|budget))*)(?: (?:nam )?20\d\d)?$"
)


def only_of_a_fund(phrase: str) -> bool:
    """Whether a phrase names a kind of funds and nothing that they are for."""
    return _FUND_ALONE.match(fold(phrase).strip()) is not None


_SOURCE = re.compile(r"\b(?:trung uong|dia phuong|cap tinh|central|local|provincial)\b")
_SOURCES = {
    **{"trung uong": "trung ương", "dia phuong": "địa phương", "tinh": "tỉnh", "huyen": "huyện"},
    **{"cap tinh": "cấp tỉnh"},
    **{"central": "trung ương", "local": "địa phương", "provincial": "cấp tỉnh"},
}


def is_the_total(row: Row, phrase: str) -> bool:
    """Whether a figure is the total that a phrase names: of all, of a kind of funds, or of a source."""
    fund = fund_named(phrase)
    source = _SOURCE.search(fold(phrase))
    if fund:
        return of_fund(row, fund) and not row.all("part")
    if source is not None:
        return is_of_source(row, _SOURCES[source.group()])
    return is_total(row)


# "tiền trung ương rót về", "phần tỉnh góp": who gives it, and nothing that it is for.
_SOURCE_ALONE = re.compile(
    r"^(?:(?:phan|khoan|so|tien|nguon|von|kinh phi|ngan sach|nam 20\d\d|the|money|funds?|funding|cua|tu|do|ben|cap|from|given by) )*(?P<source>trung uong|dia phuong|tinh|huyen|central|local|provincial)(?: (?:rot|gop|cap|chi|giao|bo tri|doi ung|ho tro|dong gop|ve|vao|cho|ra|them|xuong|von|tien|government|budget|money|funds?|funding))*$"
)


def source_alone(phrase: str) -> str:
    """The source of funds that a phrase names, where it says nothing that they are for; otherwise ""."""
    found = _SOURCE_ALONE.match(fold(phrase).strip())
    return _SOURCES[found.group("source")] if found is not None else ""


def is_of_source(row: Row, name: str) -> bool:
    """Whether a sum is what a source gives to the whole of a plan."""
    said = f"{row.value('matter')} {row.value('source')}".lower()
    return re.search(rf"\b{name}\b", said) is not None and not row.all("part")


def _added(asked: Asked, library: Library, terms: Sequence[Row], totals: Sequence[Row]) -> Draft | None:
    if not terms or (len(terms) < _TWO and not totals):
        return None
    language = asked.reading.language
    total = sum((figure_of(row).value for row in terms), Decimal(0))
    closing = say(language, "sum", terms=" + ".join(figure_of(row).shown for row in terms), result=money(total))
    for row in totals:
        stated: Figure = figure_of(row)
        if stated.value == total:
            closing += " " + say(language, "stated-same", stated=stated.shown)
        else:
            closing += " " + say(language, "stated", stated=stated.shown, gap=money(abs(stated.value - total)))
    return Draft(strategy="figures", lines=lines_of_rows((*totals, *terms), library), support=_ENOUGH, closing=closing)
