"""What is told of the cells of a table: numbers with their units, differences as they are reckoned, rows by a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Line, quote_passage
from retrieval.answer.grids import Grid, GridRow
from retrieval.answer.table_cells import says
from retrieval.answer.terms import Topic
from retrieval.answer.wording import say

LEVEL = re.compile(r"\bcấp\s+(?=tỉnh|huyện|xã|trung ương|thành phố)", re.IGNORECASE)
MONEY = re.compile(
    r"\b(?:tien|kinh phi|von|ngan sach|trieu|ty|dong|usd|money|cost|budget|funds?|funding|fund|spend)\b"
    r"|\b(?:ton|het) (?:tong cong |tat ca |ca thay |khoang )?bao nhieu\b(?! (?:nuoc|dien|ngay|thang|nam|gio|cong|dat|cay|gao|giong|nguoi|ho)\b)"
)
"""That a question asks for money, in its folded text."""
ENOUGH = 0.8  # support of what a table says
COVERED = 0.66  # of what is asked, in rows, column, and above
NAMES_ROW = 0.5  # of what is asked, where a row is named word for word


_OF_TASKS = re.compile(r"\b(?:nhiem vu|cong viec|(?:nhung|cac|may) viec|viec (?:nao|gi)|tasks?|duties|activities)\b")
_TASKS = re.compile(
    r"\b(?:nhiem vu|viec|noi dung|hoat dong|hang muc|muc|ten|giai phap|san pham|chi tieu|mo hinh|cong trinh)\b"
)


def no_tasks(said: str, grid: Grid) -> bool:
    """Whether a folded question asks for tasks, and the rows of a table are none: places, sources."""
    return _OF_TASKS.search(said) is not None and _TASKS.search(fold(grid.names)) is None


def heads_of(grid: Grid) -> list[str]:
    """The words of the head of the column that names the rows, folded, two letters and more: "Huyện, thành phố"."""
    return [piece.strip() for piece in re.split(r",|/| va ", fold(grid.names)) if len(piece.strip()) > 1]


def names_of(row: GridRow) -> tuple[str, ...]:
    """The names of a row; one row may be of several: "Thoại Sơn, Phú Tân, Chợ Mới"."""
    pieces = tuple(piece for piece in re.split(r",\s+|\s+và\s+", row.name) if len(piece.split()) > 1)
    return (row.name, *pieces) if all(piece.istitle() for piece in pieces) else (row.name,)


def of_money(asked: Asked, grid: Grid, column: str, row: GridRow | None = None) -> bool:
    """Whether a column holds sums of money, where those are asked for; true where they are not."""
    return asked.reading.kind != "budget" or "đồng" in grid.unit(column, row or grid.rows[0])


def share_held(asked: Asked, topic: Topic, grid: Grid, *texts: str) -> float:
    """How much of a question some texts hold together with what stands above a table and the document's title."""
    book = grid.book
    around = book.bag("\n".join((*grid.above, grid.names)))
    return topic.covered_by(book.bag("\n".join(texts)), around, book.title_bag)


def said_of_rows(asked: Asked) -> str:
    """A question as the names of rows are sought in it: "ngân sách cấp tỉnh", "cấp tỉnh" are "Ngân sách tỉnh"."""
    text = asked.text if asked.reading.language == "vi" else f"{asked.question.text} ; {asked.text}"
    said = f"{text} ; {LEVEL.sub('', text)}"
    return f"{said} ; {LEVEL.sub('ngân sách ', text)}" if asked.reading.kind == "budget" else said


def least(asked: Asked, row: GridRow) -> float:
    """How much of a question a row and its columns have to hold."""
    said = said_of_rows(asked)
    literally = bool(asked.reading.parts) or any(says(said, one) for one in names_of(row))
    return NAMES_ROW if literally else COVERED


def number_in(row: GridRow, column: str) -> Decimal | None:
    """The number that a cell is, None where it is none or not there."""
    cell = row.cells.get(column)
    return cell.number if cell is not None else None


def written(grid: Grid, row: GridRow, column: str) -> str:
    """A cell with its unit: "6.200 triệu đồng", "19,10%"."""
    cell, unit = row.cells[column], grid.unit(column, row)
    if not unit or cell.number is None or cell.unit or cell.text.endswith("%"):
        return cell.text
    return f"{cell.text}%" if unit == "%" else f"{cell.text} {unit}"


def difference(asked: Asked, grid: Grid, one: tuple[GridRow, str], other: tuple[GridRow, str]) -> str:
    """The difference of two cells as it is reckoned: "22.630 − 5.150 = 17.480 triệu đồng"."""
    more, less = sorted((one, other), key=lambda cell: -(number_in(*cell) or Decimal(0)))
    result = (number_in(*more) or Decimal(0)) - (number_in(*less) or Decimal(0))
    unit = grid.unit(more[1], more[0]) or grid.counted(more[1])
    shown = in_figures(result)
    return say(
        asked.reading.language,
        "difference",
        high=more[0].cells[more[1]].text,
        low=less[0].cells[less[1]].text,
        result=f"{shown}%" if unit == "%" else f"{shown} {unit}".strip(),
    )


def in_figures(value: Decimal) -> str:
    """A number as it is written in Vietnam."""
    if value == value.to_integral_value():
        value = value.to_integral_value()
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def lines_of(grid: Grid, rows: Sequence[GridRow], *columns: str) -> tuple[Line, ...]:
    """A line for each row, with its cells of these columns as its label."""
    return tuple(
        line_of(grid, row, ", ".join((row.name, *(f"{one}: {written(grid, row, one)}" for one in columns))))
        for row in rows
    )


def line_of(grid: Grid, row: GridRow, label: str) -> Line:
    """A row with a label."""
    return Line(document=grid.book.info.id, label=label, text=row.passage.reading, quotes=(quote_passage(row.passage),))
