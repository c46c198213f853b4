"""Parts of a national programme: Dự án, Tiểu dự án, Nội dung (docs/glossary.md), and how a text refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ingest.normalise import fold

# On folded text, so that OCR slips in the marks ("tiêu dự án") and questions without marks are read alike.
_NAMES = r"tieu du an(?: thanh phan)?|tieu da|tda|du an(?: thanh phan)?|da|noi dung|nd"
_NUMBERS = r"(?:so\s*)?(?:0?\d{1,2})(?!\s?%|[\d/]|[.,]\d|\s*(?:trieu|ty|nam(?!\s*\d)|nguoi|ho|xa|thon)\b)"
_UNIT = re.compile(
    rf"\b(?:cac\s+)?(?P<name>{_NAMES})\s*(?P<numbers>{_NUMBERS}(?:\s*(?:,|va|&|-|–|den|toi)\s*{_NUMBERS}(?!\s*(?:{_NAMES})))*)"
)
_ENGLISH = re.compile(
    r"\b(?P<name>sub-?\s?project|sub-?\s?component|project|component|content)"
    r"(?:s\s+(?P<several>\d{1,2}(?:(?:\s*(?:,|-|–|\bto\b|\band\b|&))+\s*\d{1,2})+)|\s*(?:(?:no\.?|number)\s*)?(?P<one>\d{1,2}))\b"
)
# "Dự án 1 đến dự án 3" is "Dự án 1 đến 3".
_SPREAD_NAMES = re.compile(
    rf"(?<!tieu )\b(?P<name>{_NAMES})\s*(?P<from>\d{{1,2}})\s*(?:den|toi|-|–)\s*(?P=name)\s*(?P<to>\d{{1,2}})\b"
)
# "Tối đa 3 môn", "đã 3 năm": no Dự án.
_NO_PROJECT = re.compile(r"\b[Đđ][aáàảãạ]\b")
_AT_MOST = re.compile(r"\b(toi )da\b")
_DECREE = re.compile(r"\bNĐ(?=\s?\d)")  # "NĐ32" is a Nghị định, and no Nội dung
_LINK = re.compile(r"^[\s,:()–-]*(?:(?:thuoc|cua|va|trong|tai|cho|of|in|under|and)\b[\s,:()]*)*$")
# "Nội dung 02 phổ biến pháp luật của Dự án 10": what it is called stands before what it belongs to.
_LINK_UP = re.compile(r"^ [^,;:.()\d]{3,60}\b(?:thuoc|cua)\s+$")
_LEVEL = {"da": 0, "du an": 0, "tda": 1, "tieu da": 1, "tieu du an": 1, "nd": 2, "noi dung": 2}
_ENGLISH_LEVEL = {"project": 0, "component": 0, "subproject": 1, "subcomponent": 1, "content": 2}


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A part of a programme by its numbers: Dự án, Tiểu dự án, Nội dung; 0 where it is not said."""

    project: int = 0
    sub: int = 0
    content: int = 0

    def holds(self, other: Part) -> bool:
        """Whether ``other`` is this part or lies in it; what is 0 here is not compared.

        >>> Part(5).holds(Part(5, 3)), Part(5, 3).holds(Part(5))
        (True, False)
        """
        pairs = ((self.project, other.project), (self.sub, other.sub), (self.content, other.content))
        return all(mine in (0, theirs) for mine, theirs in pairs)

    def within(self, outer: Part) -> Part:
        """This part with the numbers of the part around it filled in."""
        return Part(self.project or outer.project, self.sub or outer.sub, self.content or outer.content)


def parts_in(text: str) -> tuple[Part, ...]:
    """The programme parts that a text names, each with the parts it says they belong to.

    >>> parts_in("Nội dung 1, tiểu dự án 1 thuộc dự án 10; Tiểu dự án 4 thuộc dự án 5")
    (Part(project=10, sub=1, content=1), Part(project=5, sub=4, content=0))
    >>> parts_in("Tiểu dự án 2 - Dự án 9"), parts_in("Dự án 1 - Dự án 2")
    ((Part(project=9, sub=2, content=0),), (Part(project=1, sub=0, content=0), Part(project=2, sub=0, content=0)))
    >>> parts_in("tối đa 3 môn"), parts_in("toi da 3 mon"), parts_in("đã 3 năm"), parts_in("DA 3, da 3")
    ((), (), (), (Part(project=3, sub=0, content=0),))
    """
    folded = _AT_MOST.sub(r"\1--", fold(_NO_PROJECT.sub("--", _DECREE.sub("--", text))))
    folded = _SPREAD_NAMES.sub(r"\g<name> \g<from> - \g<to>", folded)
    found: list[Part] = []
    chain: list[tuple[int, tuple[int, ...]]] = []
    last_end = 0
    for start, end, level, numbers in _units(folded):
        between = folded[last_end:start]
        up = chain and level < chain[-1][0] and len(chain[-1][1]) == 1 and _LINK_UP.match(between)
        if chain and not ((_LINK.match(between) or up) and _goes_on(chain, level)):
            found.extend(_resolve(chain))
            chain = []
        chain.append((level, numbers))
        last_end = end
    found.extend(_resolve(chain))
    return tuple(dict.fromkeys(found))


def part_of_path(path: Iterable[str]) -> Part:
    """The programme part that headings, outermost first, lead down to; Part() where they name none."""
    part = Part()
    for heading in path:
        named = parts_in(re.split(r":", heading, maxsplit=1)[0])
        if len(named) == 1:
            part = named[0].within(part)
    return part


def _units(folded: str) -> list[tuple[int, int, int, tuple[int, ...]]]:
    found = []
    for match in _UNIT.finditer(folded):
        name = match.group("name").replace(" thanh phan", "")
        found.append((*match.span(), _LEVEL[name], _numbers(match.group("numbers"))))
    if not found:
        for match in _ENGLISH.finditer(folded):
            name = re.sub(r"[-\s]", "", match.group("name"))
            found.append((*match.span(), _ENGLISH_LEVEL[name], _numbers(match.group("several") or match.group("one"))))
    return found


def _numbers(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for first, last in re.findall(r"(\d{1,2})(?:\s*(?:-|–|den|toi|to)\s*(?:so\s*)?(\d{1,2}))?", text):
        until = int(last) if last else int(first)
        numbers.extend(range(int(first), until + 1) if int(first) <= until else (int(first), until))
    return tuple(dict.fromkeys(numbers))


def _goes_on(chain: list[tuple[int, tuple[int, ...]]], level: int) -> bool:
    """A chain goes one way: up from Nội dung to Dự án, or down."""
    levels = [one for one, _ in chain]
    rising = all(a >= b for a, b in pairwise(levels))
    falling = all(a <= b for a, b in pairwise(levels))
    if level < levels[-1]:
        return rising
    if level > levels[-1]:
        return falling
    return levels[-1] > 0 or (len(chain) == 1 and levels[-1] > 0)


def _resolve(chain: list[tuple[int, tuple[int, ...]]]) -> list[Part]:
    if not chain:
        return []
    lowest = max(level for level, _ in chain)
    above: dict[int, int] = {level: numbers[0] for level, numbers in chain if level < lowest}
    parts = []
    for level, numbers in chain:
        if level == lowest:
            for number in numbers:
                values = {**above, level: number}
                parts.append(Part(values.get(0, 0), values.get(1, 0), values.get(2, 0)))
    return parts
