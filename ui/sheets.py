"""Tables as files for a spreadsheet: CSV and XLSX. No cell of a document can become a formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CELL_LIMIT = 32_767  # characters that Excel keeps of a cell
_WIDEST = 60
_NARROWEST = 8
_NOT_IN_XML = {code: None for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}

Columns = Mapping[int, Sequence[int | None]]
"""Columns of numbers, by their place in the header: a number for each line, or None."""


def as_csv(header: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Excel expects it; an apostrophe stands before what may be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(cell) for cell in header])
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def as_xlsx(header: Sequence[str], lines: Sequence[Sequence[str]], *, title: str, numbers: Columns) -> bytes:
    """A workbook of one sheet: the header frozen and with a filter, text as text, ``numbers`` as numbers."""
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    book.properties.creator = "planqa"

    def write(row: int, column: int, text: str) -> Cell:
        cell = sheet.cell(row=row, column=column)
        if kept := text.translate(_NOT_IN_XML)[:_CELL_LIMIT]:
            cell.value = kept
            cell.data_type = "s"  # whatever it looks like: "=1+1" is text, and so is "#N/A"
        cell.quotePrefix = text.startswith(_FORMULA)  # stays text when a person edits it
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    for column, name in enumerate(header, 1):
        write(1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _width(name, [line[column - 1] for line in lines])
    for row, line in enumerate(lines, 2):
        for column, text in enumerate(line, 1):
            if column - 1 not in numbers:
                write(row, column, text)
    for column, values in numbers.items():
        for row, value in enumerate(values, 2):
            if value is not None:
                cell = sheet.cell(row=row, column=column + 1, value=value)
                cell.number_format = "#,##0"
                cell.alignment = Alignment(vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(lines) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _width(name: str, cells: Sequence[str]) -> int:
    return max(_NARROWEST, min(_WIDEST, max(map(len, (name, *cells))) + 2))
