"""The lines of a text, read one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.reading import reading
from ingest.types import Span

_LOUD = re.compile(r"^\s*(?:#{1,6}\s|\*{2,3}\S.*\*{2,3}\s*$|<b>.*</b>\s*$)")
_NO_WORD = re.compile(r"^[\W_]*$")
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—\s]*\d{1,4}[-–—\s]*|(?:Trang|Page)\s+\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?)$", re.I
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank.

    ``span`` has no blanks at its ends; ``text`` is its reading text; ``gap`` is the number of line ends between it
    and the line before; ``loud`` is whether the extraction marked it as a heading or bold as a whole.
    """

    span: Span
    text: str
    gap: int
    loud: bool

    @property
    def is_markup(self) -> bool:
        """Whether it holds no letter or digit (rules, lone pipes, empty emphasis)."""
        return _NO_WORD.match(self.text) is not None

    @property
    def is_page_number(self) -> bool:
        """Whether it is nothing but a page number (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I.7)."""
        return _PAGE_NUMBER.match(self.text) is not None


def split_lines(text: str, span: Span | None = None) -> list[Line]:
    """The lines of ``text`` (or of its part ``span``) that are not blank, in order."""
    found: list[Line] = []
    span = span if span is not None else Span(0, len(text))
    last_end = span.start
    for match in _LINE.finditer(text, span.start, span.end):
        raw = match.group()
        if not raw.strip():
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.start() + len(raw.rstrip())
        between = text[last_end:start].replace("\r\n", "\n")
        gap = sum(between.count(letter) for letter in "\n\r\x0b\x85\u2028\u2029") + 2 * between.count("\x0c")
        place = Span(start, end)
        found.append(Line(span=place, text=reading(text, place).text, gap=gap, loud=_LOUD.match(raw) is not None))
        last_end = end
    return found
