"""Rows that a filter wants."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.normalise import fold
from ingest.rules.programme import Part, parts_in
from retrieval.registers.cells import name_of
from retrieval.registers.types import Filter, Row

_NAMED = ("unit", "partner", "who")
_YEARS = ("year", "period", "date", "deadline")


def select(rows: Iterable[Row], wanted: Filter) -> tuple[Row, ...]:
    """The rows that every field of the filter fits, in their order."""
    units = _words(name_of(wanted.unit))
    said = _words(wanted.text)
    project = _project(wanted.project)
    role = fold(wanted.role).strip()
    return tuple(
        row
        for row in rows
        if (not wanted.documents or row.document in wanted.documents)
        and (not units or any(_names(cell.value, units) for cell in row.cells if cell.column in _NAMED))
        and (not role or fold(row.value("role") or "thực hiện").startswith(role))
        and (project is None or any(project.holds(part) for cell in row.all("part") for part in parts_in(cell.value)))
        and (not wanted.year or _in_year(row, wanted.year))
        and (not said or _holds(" ".join((*row.path, *(f"{cell.text} {cell.value}" for cell in row.cells))), said))
    )


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _holds(text: str, words: str) -> bool:
    return f" {words} " in f" {_words(text)} "


def _names(name: str, words: str) -> bool:
    """Whether a name has the words in their order: "hội phụ nữ" is "Hội Liên hiệp Phụ nữ thành phố"."""
    own = iter(_words(name).split())
    return all(word in own for word in words.split())


def _project(text: str) -> Part | None:
    """The programme part that a filter names: "8", "5.3", "Dự án 5"."""
    plain = text.strip()
    if not plain:
        return None
    numbers = re.fullmatch(r"(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?", plain)
    if numbers is not None:
        project, sub, content = (int(one) if one else 0 for one in numbers.groups())
        return Part(project, sub, content)
    named = parts_in(plain)
    return named[0] if named else Part(99)


def _in_year(row: Row, year: str) -> bool:
    for cell in row.cells:
        if cell.column in _YEARS:
            found = re.findall(r"20\d\d", cell.value)
            if year in found or (len(found) == 2 and found[0] <= year <= found[1]):
                return True
    return False
