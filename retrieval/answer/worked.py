"""Figures that calculations are made with: their value, unit and year, their lines, and how a result is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.normalise import fold
from ingest.rules.numbering import unnumbered
from ingest.rules.programme import Part, parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.wording import say
from retrieval.registers.types import Row
from retrieval.types import Language

_MILLION, _BILLION = 10**6, 10**9
_PER_CENT = 100
# Measures that can be set against each other: years of life and years of age.
_ALIKE = {"tuổi": "năm"}
_RANGE = re.compile(r"\d\s*(?:-|–|đến|tới)\s*$")
# "nâng tỷ lệ đường trục xã … lên 95%, đường trục thôn": what stands before the comma is said of another figure.
_OF_ANOTHER = re.compile(r"^.*\d\s?[%‰]\s*,\s+(?=\w+ \w+)", re.DOTALL)
_FUNDS = (
    ("vốn sự nghiệp", re.compile(r"\b(?:von|kinh phi|chi|nguon) su nghiep\b|\b(?:recurrent|operating|career|non-business)\b")),
    ("vốn đầu tư", re.compile(r"\bvon dau tu\b|\bchi dau tu\b|\b(?:development|capital) (?:investment|spending)\b|\binvestment (?:capital|funds?|part|money)\b")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that a document states, or several of one Dự án added up; ``unit`` is "đồng", "%", "ha".

    ``told`` says whether it is said to be of what is sought, and not only of something near it.
    """

    document: str
    rows: tuple[Row, ...]
    value: Decimal
    unit: str
    score: float = 0.0
    told: bool = True

    @property
    def shown(self) -> str:
        """As the document writes it."""
        if len(self.rows) > 1:
            return money(self.value)
        row = self.rows[0]
        amount = row.get("amount") or row.get("date")
        if amount is not None:
            return amount.text
        number, unit = row.get("number"), row.get("unit")
        assert number is not None and unit is not None
        return f"{number.text}{'' if unit.text == '%' else ' '}{unit.text}"

    @property
    def terms(self) -> str:
        """As the document writes it, each of several in parentheses."""
        if len(self.rows) == 1:
            return self.shown
        return f"({' + '.join(figure_of(row).shown for row in self.rows)})"


def figure_of(row: Row, score: float = 0.0) -> Figure:
    """The figure of one row that has a value."""
    return Figure(document=row.document, rows=(row,), value=value_of(row) or Decimal(0), unit=unit_of(row), score=score)


def value_of(row: Row, book: Book | None = None) -> Decimal | None:
    """An amount in đồng, the number of a target, or the day on which something is due as digits; None for a range."""
    if row.kind == "deadlines":
        day = re.fullmatch(r"yearly (\d\d)-(\d\d)|(\d{4})-(\d\d)-(\d\d)", row.value("date"))
        return Decimal("".join(group for group in day.groups() if group)) if day is not None else None
    amount = row.get("amount")
    if book is not None and amount is not None:
        # "từ 25 đến 30 tỷ đồng" is no figure to reckon with.
        before = book.text[max(0, amount.span.start - 12) : amount.span.start]
        if _RANGE.search(before):
            return None
    stated = row.value("amount") or row.value("number")
    return Decimal(stated) if re.fullmatch(r"\d+(?:\.\d+)?", stated) else None


def unit_of(row: Row) -> str:
    """What a figure is measured in; alike for what can be set against each other."""
    if row.kind == "deadlines":
        return "yearly" if row.value("date").startswith("yearly") else "date"
    return "đồng" if row.kind == "budgets" else _ALIKE.get(row.value("unit"), row.value("unit"))


def bags_of(row: Row, book: Book) -> tuple[frozenset[str], frozenset[str]]:
    """What is said of a figure, and what stands around and above it."""
    cells = ("matter", "fund", "source", "part", "indicator", "comparison", "place", "who")
    own = "\n".join(_OF_ANOTHER.sub("", cell.text) for name in cells for cell in row.all(name))
    around = "\n".join((book.text[row.span.start : row.span.end], *row.path))
    return book.bag(own), book.bag(around)


def of_parts(row: Row, parts: Sequence[Part]) -> bool:
    """Whether a row is of one of the parts, or of what lies in it."""
    return any(part.holds(one) for part in parts for one in parts_of(row))


def parts_of(row: Row) -> tuple[Part, ...]:
    """The parts of the programme that a row is of."""
    return tuple(part for cell in row.all("part") for part in parts_in(cell.value))


def fund_named(text: str) -> str:
    """The kind of funds that a text names, as documents call it, or ""; "" too where it names both."""
    named = [name for name, pattern in _FUNDS if pattern.search(fold(text))]
    return named[0] if len(named) == 1 else ""


def of_fund(row: Row, fund: str) -> bool:
    """Whether a sum is of a kind of funds: "vốn đầu tư phát triển" is "vốn đầu tư"."""
    return fold(fund) in fold(row.value("fund"))


def firsts(rows: Sequence[Row]) -> list[Row]:
    """The first sum of each sentence: those behind it say what it is made of."""
    found: dict[object, Row] = {}
    for row in rows:
        found.setdefault((row.document, row.span), row)
    return list(found.values())


def of_other_year(asked: Asked, row: Row) -> bool:
    """Whether a figure is said to be for other years than those that are asked for."""
    stated = re.findall(r"\d{4}", row.value("period") or row.value("year"))
    if not asked.reading.years or not stated:
        return False
    if len(stated) == 2:
        return not any(stated[0] <= year <= stated[1] for year in asked.reading.years)
    return not any(year in stated for year in asked.reading.years)


def line_of_row(row: Row, library: Library) -> Line:
    """The sentence of a figure, below the part that it is of."""
    part = row.get("part")
    book = library.books[row.document]
    of_table = book.table_rows.get(row.span)
    plain = " ".join(book.text[row.span.start : row.span.end].replace("*", "").split())
    return Line(
        document=row.document,
        label=unnumbered(part.text) if part is not None and len(part.text) > len(part.value) else row.value("part"),
        text=of_table.reading if of_table is not None else plain,
        quotes=(Quote(document=row.document, span=row.span, path=row.path, page=row.page),),
    )


def lines_of_rows(rows: Sequence[Row], library: Library) -> tuple[Line, ...]:
    """The sentences of figures, each once."""
    return tuple(dict.fromkeys(line_of_row(row, library) for row in rows))


def amount(value: Decimal, unit: str, language: Language) -> str:
    """A result in its unit."""
    if unit == "đồng":
        return money(value)
    return f"{decimal(value, language)}{'' if unit == '%' else ' '}{unit}"


def money(value: Decimal) -> str:
    """A sum as documents write it: tỷ đồng where it is a round one, otherwise triệu đồng.

    >>> money(Decimal(18_000_000_000)), money(Decimal(103_000_000)), money(Decimal(3_397_000_000))
    ('18 tỷ đồng', '103 triệu đồng', '3.397 triệu đồng')
    """
    for size, unit in ((_BILLION, "tỷ đồng"), (_MILLION, "triệu đồng")):
        tenths = value * 10 / size
        if tenths == tenths.to_integral_value() and (value >= size):
            whole, rest = divmod(int(tenths), 10)
            return f"{whole:,}".replace(",", ".") + (f",{rest}" if rest else "") + f" {unit}"
    return f"{value:,.0f}".replace(",", ".") + " đồng"


def decimal(value: Decimal, language: Language, places: int = 1) -> str:
    """A number with so many places, none where they are 0.

    >>> decimal(Decimal("67.20"), "vi"), decimal(Decimal(75), "en")
    ('67,2', '75')
    """
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.replace(".", ",")


def share_of(part: tuple[Decimal, str], whole: tuple[Decimal, str], language: Language) -> str:
    """What a figure is of another, in words, each as it is written: "19 / 58 = 32,8%"."""
    share = _PER_CENT * part[0] / whole[0]
    return say(language, "share", part=part[1], whole=whole[1], result=decimal(share, language), about=f"{share:.0f}")
