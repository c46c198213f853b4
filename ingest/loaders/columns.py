"""Words with places on a page to lines in reading order.

Letterhead and signature stand side by side (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV): both text layers
and OCR run their lines together. Where two columns face each other, the left one is read first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A blank this many line heights wide parts two columns. Justified text stays below 1.5, letterheads are
# above 3.
_GUTTER = 2.2
# The signature is signed in a blank of up to this many line heights.
_NEAR = 7.0
# How the right one of two columns begins: motto, place and date, authority of the signer.
_FACING = re.compile(
    r"(?:CỘNG H|Độc lập\b|ĐẢNG CỘNG SẢN|(?:TM|KT|TL|TUQ|T/M|Q)\s?\.|[^\W\d_][^\d,;:/]{1,30},\s*ngày\b)"
)
_RECIPIENTS = re.compile(r"Nơi nhận", re.I)
# Number and date on one line stand apart by a few blanks only.
_NUMBER = re.compile(r"Số\s*:", re.I)
_NARROW_GUTTER = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box: any unit, the origin at the top left, ``top < bottom``."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Split:
    """A line of two parts and the gutter between them."""

    left: str
    right: str
    start: float
    end: float


def in_order(lines: Sequence[Sequence[Word]]) -> list[str]:
    """The lines as text; of facing columns first the left one from top to bottom, then the right one."""
    found: list[str] = []
    at = single = 0  # ``single`` counts the lines just before ``at`` that went out as they are
    while at < len(lines):
        split = _split(lines[at])
        columns = _columns(lines, at, split) if split is not None else None
        if columns is None:
            found.append(_text(lines[at]))
            at += 1
            single += 1
            continue
        above = _lines_above(lines, at, single, columns)
        raised = found[len(found) - above :]
        del found[len(found) - above :]
        found.extend([*columns.left, *raised, *columns.right])
        at, single = columns.after, 0
    return [line for line in found if line]


@dataclass(slots=True)
class _Columns:
    """The lines of two columns, the gutter between them, and the line after them."""

    left: list[str]
    right: list[str]
    start: float
    end: float
    after: int

    @property
    def is_layout(self) -> bool:
        """Whether these are letterhead or signature, not a table or a place to fill in."""
        return any(map(_FACING.match, self.right)) or any(map(_RECIPIENTS.match, self.left))


def _columns(lines: Sequence[Sequence[Word]], at: int, split: _Split) -> _Columns | None:
    """Facing columns from line ``at`` on, or None where there are none."""
    columns = _Columns([split.left], [split.right], split.start, split.end, at + 1)
    for line in lines[at + 1 :]:
        another = _split(line)
        near = _is_near(line, lines[columns.after - 1])
        if another is not None and max(columns.start, another.start) < min(columns.end, another.end):
            columns.left.append(another.left)
            columns.right.append(another.right)
            columns.start, columns.end = max(columns.start, another.start), min(columns.end, another.end)
        elif another is None and near and _edge(line, right=True) < columns.end:
            columns.left.append(_text(line))
            columns.start = max(columns.start, _edge(line, right=True))
        elif another is None and near and _edge(line, right=False) > columns.start:
            columns.right.append(_text(line))
            columns.end = min(columns.end, _edge(line, right=False))
        else:
            break
        columns.after += 1
    return columns if columns.is_layout else None


def _lines_above(lines: Sequence[Sequence[Word]], at: int, limit: int, columns: _Columns) -> int:
    """How many lines just above belong to the right column, which begins higher than the left one."""
    count = 0
    while count < limit and at > count:
        line = lines[at - count - 1]
        if not _is_near(lines[at - count], line) or _edge(line, right=False) <= columns.start:
            break
        count += 1
    return count


def _edge(line: Sequence[Word], *, right: bool) -> float:
    return max(word.right for word in line) if right else min(word.left for word in line)


def _is_near(line: Sequence[Word], before: Sequence[Word]) -> bool:
    """Whether a line follows closely, so that it belongs to the columns and not to the text below."""
    if not line or not before:
        return False
    return line[0].top - before[-1].bottom < _NEAR * _height(line)


def _split(line: Sequence[Word]) -> _Split | None:
    if len(line) < 2:
        return None
    height = _height(line)
    widths = {at: line[at].left - line[at - 1].right for at in range(1, len(line))}
    gaps = [at for at, width in widths.items() if width > _GUTTER * height]
    facing = gaps if len(gaps) > 1 else []
    if _NUMBER.match(_text(line)) is not None:
        facing = [at for at, width in widths.items() if width > _NARROW_GUTTER * height]
    if facing:  # other wide blanks are places to fill in ("ngày   tháng   năm"), or a table without rules
        gaps = [at for at in facing if _FACING.match(_text(line[at:])) is not None][:1]
    if not gaps:
        return None
    at = gaps[0]
    return _Split(_text(line[:at]), _text(line[at:]), line[at - 1].right, line[at].left)


def _height(line: Sequence[Word]) -> float:
    heights = sorted(word.bottom - word.top for word in line)
    return max(heights[len(heights) // 2], 1e-6)


def _text(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)
