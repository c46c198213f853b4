"""Which figures of the registers the phrases of a calculation mean: those that fit them and each other best.

Where the best fits only in part, and another nearly as well, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from ingest.normalise import fold
from ingest.rules.programme import Part, parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.library import Book, Library
from retrieval.answer.operand import SUM, Operand
from retrieval.answer.operands import Calculation
from retrieval.answer.table_cells import (
    LITERALLY,
    UNASKED,
    labels,
    of_one_column,
    other_years,
    says,
    stated_for,
    unasked,
)
from retrieval.answer.terms import content
from retrieval.answer.wholes import is_of_source, is_the_total, leaves, only_of_a_fund, source_alone
from retrieval.answer.worked import (
    Figure,
    bags_of,
    figure_of,
    firsts,
    fund_named,
    of_fund,
    of_other_year,
    of_parts,
    unit_of,
    value_of,
)
from retrieval.registers.types import Row

_FOUND = 0.5  # of an operand, in a figure with all that stands above it
_APART = 0.4  # of what tells it from the other operands, in what is said of the figure itself
_OWN = 0.3  # the same in what is said of the figure itself
PLAINLY = 1.3  # in score, of 2 at most
_NEAR = 0.12  # in score, from the best: nearly as good
_BEST = 5  # figures for each operand
_BESIDE = 0.15  # of the other of two figures of one sentence
_TOGETHER, _WHOLE, _AROUND, _OTHER_YEAR = 0.3, 0.15, 0.4, 0.6
_ALIKE = 0.55  # of the fewer words that are said of two figures
_WORD = re.compile(r"[^\W\d_]+")
# "… phần trăm của cả dự án": of the part that the question names.
_OF_THE_PART = re.compile(r"\b(?:du an|tieu du an|noi dung|khoan|(?:sub)?project|component|sum)\b")
_SHARES = re.compile(
    r"\b(?:phan tram|diem|ty le|ti le)\b|%|\b(?:per ?cent(?:age)?|shares?|rates?|points?|proportions?)\b"
)
_COUNT = re.compile(r"^(?:the )?(?:so|so luong|number of)\b(?! tien| von| kinh phi)")
_RANGE = "range"  # the unit of "từ 25 đến 30 tỷ đồng", which is no figure to reckon with


def choose(
    asked: Asked, library: Library, rows: Sequence[Row], wanted: Calculation, operands: Sequence[Operand]
) -> tuple[Figure, ...]:
    """The figures for the operands, in their order, that fit best together; () where one has none."""
    fund = fund_named(asked.text) if wanted.operation not in ("share", "share-of") else ""
    found = [
        sorted(_figures(asked, library, rows, one, fund), key=lambda figure: -figure.score)[:_BEST] for one in operands
    ]
    if any(own and own[0].unit == _RANGE for own in found):
        return ()
    best = _fitting(asked, library, wanted, operands, found)
    surely = any(one.same for one in operands)  # of two years: one of several like targets is not to be picked
    if any(_unsure(figure, own, best, surely=surely) for figure, own in zip(best, found, strict=False)):
        return ()
    if not best and wanted.operation in ("difference", "times"):
        for lacking in (0, 1):
            beside = _beside(library, rows, operands[lacking], found, lacking)
            best = best or _fitting(asked, library, wanted, operands, beside)
    return best


def _unsure(figure: Figure, found: Sequence[Figure], chosen: Sequence[Figure], *, surely: bool = False) -> bool:
    """Whether another figure of its unit, not of the other operands, fits nearly as well as one that fits in part."""
    others = [one for one in found if one.unit == figure.unit and one.value != figure.value and one not in chosen]
    return (surely or figure.score < PLAINLY) and any(one.score > figure.score - _NEAR for one in others)


def _fitting(
    asked: Asked,
    library: Library,
    wanted: Calculation,
    operands: Sequence[Operand],
    found: Sequence[Sequence[Figure]],
) -> tuple[Figure, ...]:
    """Of the figures for each operand those that fit best together; () where none do."""
    best: tuple[float, tuple[Figure, ...]] = (0.0, ())
    # What is measured against what is of one plan: two plans have other periods.
    apart = all(one.documents for one in operands) and wanted.operation not in ("times", "share", "share-of")
    counts = not _SHARES.search(fold(asked.question.text)) and any(_COUNT.match(fold(one.phrase)) for one in operands)
    of_all = wanted.operation == "share-of"
    for figures in product(*([figure for figure in own if figure.told] for own in found)):
        if len({figure.unit for figure in figures}) > 1 or (counts and figures[0].unit == "%"):
            continue
        if wanted.operation in ("share", "share-of") and figures[0].unit == "%":
            continue  # what share one share is of another is never asked
        if len({figure.document for figure in figures}) > 1 and not apart:
            continue
        cells = [row.get("amount") or row.get("number") or row.get("date") for figure in figures for row in figure.rows]
        inside = wanted.operation == "share" and set(figures[0].rows) < set(figures[1].rows)
        if len(set(cells)) < len(cells) and not of_all and not inside:
            continue
        if any(one.same for one in operands) and not _of_one_thing(figures):
            continue
        if of_all and not any(set(figures[0].rows) <= set(figure.rows) for figure in figures[1:]):
            continue  # the part is none of what the whole is made of
        score = sum(figure.score for figure in figures)
        score += _TOGETHER * (len({figure.rows[0].span for figure in figures}) == 1 or of_one_column(figures, library))
        score += _WHOLE * (not asked.reading.parts and not any(figure.rows[0].all("part") for figure in figures))
        if score > best[0]:
            best = score, figures
    return best[1]


def _of_one_thing(figures: Sequence[Figure]) -> bool:
    """Whether figures are said to be of the same thing, for other years: that is told in much the same words."""
    cells = ("matter", "indicator", "part", "fund", "source")
    said = [
        {
            word
            for row in one.rows
            for name in cells
            for cell in row.all(name)
            for word in _WORD.findall(fold(cell.text))
        }
        for one in figures
    ]
    shared = set.intersection(*said)
    return len(shared) >= _ALIKE * min(map(len, said))


def _beside(
    library: Library, rows: Sequence[Row], operand: Operand, found: Sequence[Sequence[Figure]], lacking: int
) -> list[list[Figure]]:
    """The figure that is lacking: just one more of the same unit in the sentence of the one that is found.

    It is said to be something of what is sought; nothing where it is not so plain.
    """
    paired: list[list[Figure]] = [list(own) for own in found]
    paired[lacking] = []
    for figure in found[1 - lacking]:
        row = figure.rows[0]
        book = library.books[row.document]
        others = [
            other
            for other in rows
            if other.span == row.span
            and other is not row
            and value_of(other, book) is not None
            and unit_of(other) == figure.unit
        ]
        if len(figure.rows) == 1 and len(others) == 1 and not operand.parts and not operand.total:
            own, _ = bags_of(others[0], book)
            if operand.topic.covered_by(own) >= _BESIDE:
                paired[lacking].append(figure_of(others[0], score=_BESIDE))
    return paired


def _figures(asked: Asked, library: Library, rows: Sequence[Row], operand: Operand, fund: str) -> Iterator[Figure]:
    """What might be the figure for an operand, with how well it fits; of ``fund`` where it is named for all."""
    rows = [row for row in rows if not operand.documents or row.document in operand.documents]
    if not operand.years:
        rows = [row for row in rows if not _of_others(asked, row, library.books[row.document])]
    if operand.parts and not operand.total:
        yield from _of_part(asked, library, rows, operand.parts[0], fund_named(operand.phrase) or fund)
        return
    part_of = _OF_THE_PART.search(fold(operand.phrase)) or all(row.all("part") for row in rows)
    if operand.total and asked.reading.parts and part_of:
        yield from _of_part(asked, library, rows, asked.reading.parts[0], fund_named(operand.phrase))
        return
    of_phrase = "" if operand.total else fund_named(operand.phrase)
    if not operand.total and not asked.reading.parts:
        yield from _from_source([row for row in rows if _in_years(asked, row, rows)], operand.phrase)
        rows = _of_the_whole(rows, operand.phrase, of_phrase)
    for row in rows:
        book = library.books[row.document]
        if value_of(row) is None or not _in_years(asked, row, rows):
            continue
        if operand.years and stated_for(row) and stated_for(row) != set(operand.years):
            continue  # a sum for all years of a period is none for its first
        if operand.years and row.kind == "targets" and not _is_level(row):
            continue
        if of_phrase and row.kind == "budgets" and not of_fund(row, of_phrase):
            continue
        if operand.total:
            meant = unasked(asked, operand.phrase, row, book) < UNASKED
            if meant and is_the_total(row, operand.phrase) and _is_the_sum(row, operand.phrase):
                yield figure_of(row, score=1.0)
            continue
        if content(operand.topic.words) and (figure := _scored(asked, operand, row, book)) is not None:
            yield figure if value_of(row, book) is not None else replace(figure, unit=_RANGE)


def _scored(asked: Asked, operand: Operand, row: Row, book: Book) -> Figure | None:
    """The figure of a row, with how well it fits an operand; None where it hardly does."""
    own, around = bags_of(row, book)
    said, whole = operand.topic.covered_by(own), operand.topic.covered_by(own, around, book.title_bag)
    in_table = row.span in book.table_rows
    if in_table and any(says(operand.like or operand.phrase, cell.text) for cell in labels(row)):
        said = max(said, LITERALLY)
    if whole < _FOUND or said < _OWN:
        return None
    titled = (own, book.title_bag) if in_table else (own,)  # a cell says little of what its table is about
    apart = operand.apart.covered_by(*titled) if operand.apart is not None else 1.0
    score = said + (1 - _AROUND) * whole + _AROUND * asked.matter.covered_by(own, around)
    score -= _OTHER_YEAR * of_other_year(asked, row) + unasked(asked, operand.phrase, row, book)
    return replace(figure_of(row, score=score), told=apart >= _APART)


def _is_the_sum(row: Row, phrase: str) -> bool:
    """Whether a figure is the one that a phrase begins with: "7.011 triệu đồng của …"; true where it has none."""
    named = SUM.match(fold(phrase))
    amount_cell = row.get("amount")
    return named is None or (amount_cell is not None and fold(amount_cell.text).startswith(named.group()))


def _is_level(row: Row) -> bool:
    """Whether a target says how much there is to be in some year, and not by how much it rises or falls each year."""
    return bool(stated_for(row)) and not row.value("comparison").startswith(("+", "-"))


def _from_source(rows: Sequence[Row], phrase: str) -> Iterator[Figure]:
    """The one sum that a plan has from a source, where a phrase names nothing else: "tiền trung ương rót về"."""
    source = source_alone(phrase)
    own = [row for row in rows if source and row.kind == "budgets" and is_of_source(row, source)]
    if len(own) == 1 and value_of(own[0]) is not None:
        yield figure_of(own[0], score=PLAINLY)


def _of_the_whole(rows: Sequence[Row], phrase: str, fund: str) -> list[Row]:
    """Without the sums of parts where a phrase names a kind of funds alone, and a plan states its sum for all."""
    if not fund or not only_of_a_fund(phrase) or not any(is_the_total(row, fund) for row in rows):
        return list(rows)
    return [row for row in rows if not row.all("part")]


def _of_others(asked: Asked, row: Row, book: Book) -> bool:
    """Whether a figure is for another year than that which is asked for, and this is not the year of the plan."""
    named = other_years(asked, book)
    return bool(named) and of_other_year(replace(asked, reading=replace(asked.reading, years=tuple(named))), row)


def _of_part(asked: Asked, library: Library, rows: Sequence[Row], part: Part, fund: str) -> Iterator[Figure]:
    """The sum that a document gives to a part, or those of what it is made of, added up."""
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        if (
            row.kind == "budgets"
            and of_parts(row, (part,))
            and value_of(row, library.books[row.document]) is not None
            and _in_years(asked, row, rows)
        ):
            by_document.setdefault(row.document, []).append(row)
    for document, own in by_document.items():
        itself = [row for row in own if any(part in parts_in(cell.value) for cell in row.all("part"))]
        terms = leaves(own, library, fund)[0] if fund or not itself else firsts(itself)[:1]
        if terms:
            total = sum((figure_of(row).value for row in terms), Decimal(0))
            yield Figure(document=document, rows=tuple(terms), value=total, unit="đồng", score=2.0)


def _in_years(asked: Asked, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a figure is for the year that is asked for: a yearly one for a year, one for a whole period for none."""
    period = row.value("period")
    years = asked.reading.years
    if not period.startswith("yearly"):
        spread = re.fullmatch(r"(\d{4})-(\d{4})", period)
        return not (len(years) == 1 and spread is not None and years[0] not in spread.groups())
    if len(years) != 1:
        return False
    bounds = re.search(r"(\d{4})-(\d{4})$", period) or next(
        (
            found
            for other in rows
            if other.span == row.span and (found := re.fullmatch(r"(\d{4})-(\d{4})", other.value("period")))
        ),
        None,
    )
    return bounds is not None and bounds.group(1) <= years[0] <= bounds.group(2)
