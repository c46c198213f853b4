"""The automatic numbers of Word, which stand in no text: counted again from numbering.xml.

ECMA-376 part 1, 17.9: a paragraph names a list (``numId``) and a level (``ilvl``); lists with the same
abstract definition go on counting together; a level starts again after a higher one; ``lvlText`` "%1.%2." is
a pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.loaders.docx_styles import Styles

_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PLACE = re.compile(r"%([1-9])")
# Symbol fonts keep their signs in the private use area at F000 + the ASCII code; plain ones are readable.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_READABLE = {"\uf02d": "-", "\uf02b": "+", "\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓"}
_CIRCLES = ("o", "O")  # the small circle of Courier New, which Word offers as a bullet of the second level


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    follow: str = "tab"
    restart: int | None = None
    all_decimal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document, in order.

    >>> Numbering(Element("missing"), Styles()).number(Element("p"))
    ''
    """

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {item.get("abstractNumId", ""): item for item in root.findall("abstractNum")}
        self._numbers = {item.get("numId", ""): item for item in root.findall("num")}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def number(self, paragraph: Element) -> str:
        """The number in front of the paragraph with the blank behind it, "" where it has none; counts it."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number_id, depth = place
        numbered = self._list(number_id)
        if numbered is None or depth not in numbered.levels:
            return ""
        counts = self._counts.setdefault(numbered.abstract, {})
        self._count(counts, number_id, numbered, depth)
        return _label(counts, numbered.levels, depth)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and the level of a paragraph, from itself or from its style."""
        style_id = self._styles.paragraph_style(paragraph)
        holders = [paragraph.find("pPr/numPr")]
        holders += [style.find("pPr/numPr") for style in self._styles.chain(style_id)]
        number_id: str | None = None
        depth: int | None = None
        for holder in holders:
            if holder is None:
                continue
            named, level = holder.find("numId"), holder.find("ilvl")
            if depth is None and level is not None:
                depth = _whole(level.get("val"), 0)
            if named is not None:
                number_id = named.get("val")
                break
        if number_id in (None, "0"):
            return None
        if depth is None:
            depth = self._depth_of_style(number_id, style_id)
        return number_id, min(max(depth, 0), _LEVELS - 1)

    def _depth_of_style(self, number_id: str, style_id: str | None) -> int:
        numbered = self._list(number_id)
        levels = numbered.levels if numbered is not None else {}
        return next((depth for depth, level in levels.items() if style_id and level.style == style_id), 0)

    def _list(self, number_id: str) -> _List | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._read(number_id)
        return self._lists[number_id]

    def _read(self, number_id: str) -> _List | None:
        item = self._numbers.get(number_id)
        named = item.find("abstractNumId") if item is not None else None
        if item is None or named is None:
            return None
        abstract_id = named.get("val", "")
        abstract = self._follow_link(self._abstract.get(abstract_id))
        if abstract is None:
            return None
        levels = {_whole(level.get("ilvl"), 0): _level(level) for level in abstract.findall("lvl")}
        starts: dict[int, int] = {}
        for change in item.findall("lvlOverride"):
            depth = _whole(change.get("ilvl"), 0)
            replaced, start = change.find("lvl"), change.find("startOverride")
            if replaced is not None:
                levels[depth] = _level(replaced)
            if start is not None:
                starts[depth] = _whole(start.get("val"), 1)
        return _List(abstract_id, levels, starts)

    def _follow_link(self, abstract: Element | None) -> Element | None:
        """A definition may only name the list style that holds the levels."""
        link = abstract.find("numStyleLink") if abstract is not None else None
        if link is None:
            return abstract
        for candidate in self._abstract.values():
            named = candidate.find("styleLink")
            if named is not None and named.get("val") == link.get("val"):
                return candidate
        return abstract

    def _count(self, counts: dict[int, int], number_id: str, numbered: _List, depth: int) -> None:
        level = numbered.levels[depth]
        if depth in numbered.starts and (number_id, depth) not in self._begun:
            counts[depth] = numbered.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = numbered.starts.get(depth, level.start)
        self._begun.add((number_id, depth))
        for above in range(depth):
            if above not in counts and above in numbered.levels:
                counts[above] = numbered.levels[above].start
        for below in range(depth + 1, _LEVELS):
            restart = numbered.levels[below].restart if below in numbered.levels else None
            # lvlRestart 0: never; n: only after a level up to the n-th (counted from 1).
            if restart is None or (restart != 0 and depth < restart):
                counts.pop(below, None)


def _level(item: Element) -> _Level:
    def value(name: str) -> str | None:
        found = item.find(name)
        return found.get("val", "") if found is not None else None

    restart, legal = value("lvlRestart"), item.find("isLgl")
    return _Level(
        start=_whole(value("start"), 0),
        format=value("numFmt") or "decimal",
        pattern=value("lvlText") or "",
        follow=value("suff") or "tab",
        restart=_whole(restart, 0) if restart is not None else None,
        all_decimal=legal is not None and legal.get("val", "1") not in ("0", "false"),
        style=value("pStyle"),
    )


def _label(counts: dict[int, int], levels: dict[int, _Level], depth: int) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return _bullet(level.pattern) + " "

    def shown(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if at not in levels:
            return ""
        return in_format(counts.get(at, levels[at].start), "decimal" if level.all_decimal else levels[at].format)

    label = _PLACE.sub(shown, level.pattern).strip()
    if not label:
        return ""
    return label if level.follow == "nothing" else label + " "


def _bullet(sign: str) -> str:
    sign = sign.strip()
    if sign in _CIRCLES:
        return "◦"
    return _PRIVATE.sub("•", "".join(_READABLE.get(letter, letter) for letter in sign)) or "•"


def in_format(count: int, number_format: str) -> str:
    """A count in one of Word's number formats (ECMA-376 part 1, 17.18.59); unknown ones are decimal.

    >>> [in_format(28, name) for name in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "none")]
    ['28', 'bb', 'XXVIII', '28', '']
    """
    if number_format == "none":
        return ""
    if number_format == "decimalZero":
        return f"{count:02d}"
    if number_format in ("lowerLetter", "upperLetter") and 0 < count <= 26 * 20:
        # After z comes aa, then bb.
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if number_format == "lowerLetter" else letters.upper()
    if number_format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        for value, sign in (*_ROMAN, *_ROMAN_SMALL):
            roman += sign * (count // value)
            count %= value
        return roman if number_format == "upperRoman" else roman.lower()
    return str(count)


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
