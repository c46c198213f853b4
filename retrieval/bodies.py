"""English names of bodies of the State, as various people translate them, in the words of Vietnamese documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The columns of data/bodies.tsv in the order in which a body called so is looked for.
_COLUMNS = 4
_PROVINCE, _DISTRICT, _MINISTRY, _BOARD = range(_COLUMNS)
_HEADS = {
    "department": (_PROVINCE, _DISTRICT),
    "service": (_PROVINCE, _DISTRICT),
    "division": (_DISTRICT, _PROVINCE),
    "section": (_DISTRICT, _PROVINCE),
    "bureau": (_DISTRICT, _PROVINCE),
    "office": (_DISTRICT, _PROVINCE),
    "board": (_BOARD, _DISTRICT, _PROVINCE),
    "committee": (_BOARD, _PROVINCE, _DISTRICT),
    "commission": (_BOARD, _PROVINCE, _DISTRICT),
    "ministry": (_MINISTRY,),
    "agency": (_PROVINCE, _DISTRICT),
    "authority": (_PROVINCE, _DISTRICT),
}
_LOWER = frozenset({"district", "city", "municipal", "town", "township", "commune"})
_BELOW_CITIES = _LOWER - {"city", "municipal"}  # some cities are as high as provinces
_AT_LEVEL = "level"  # "district-level offices"
_CENTRAL = frozenset({"national", "central", "state", "government"})
_LEVELS = _LOWER | _CENTRAL | {"provincial", "province"}
_LONGEST = 9
_SMALL = frozenset({"the", "of", "for", "and"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that ``length`` words of a text name; ``names`` are what it may be called, the likeliest first."""

    length: int
    names: tuple[str, ...]


@cache
def _fields() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What a body deals with, by its words without "and", to its Vietnamese names by column."""
    table = (files("retrieval") / "data" / "bodies.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in table.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        spellings, *columns = line.split("\t")
        columns += [""] * (_COLUMNS - len(columns))
        names = tuple(tuple(name for name in column.split("|") if name) for column in columns)
        for spelling in spellings.split("|"):
            found[_matter(re.findall(r"\w+", spelling))] = names
    return found


def full_name(text: str, start: int) -> str:
    """The longest known Vietnamese name of a body that stands at a place of a text, or "".

    >>> full_name("Phòng Tài chính - Kế hoạch làm gì?", 0)
    'Phòng Tài chính - Kế hoạch'
    """
    standing = (one for one in _vietnamese() if text.startswith(one, start))
    return max((one for one in standing if not text[start + len(one) :][:1].isalnum()), key=len, default="")


@cache
def _vietnamese() -> frozenset[str]:
    return frozenset(name for columns in _fields().values() for names in columns for name in names)


def _matter(words: Sequence[str]) -> tuple[str, ...]:
    """The telling words of a field, British and American spellings alike."""
    return tuple(
        word.replace("labor", "labour").replace("defense", "defence").replace("ization", "isation")
        for word in words
        if word not in _SMALL
    )


def body_at(words: Sequence[str], at: int) -> Body | None:
    """The body whose name starts at a place of a text in lower case, possessives and commas gone, or None.

    >>> body_at("the division of finance and planning does".split(), 1).names[0]
    'Phòng Tài chính - Kế hoạch'
    >>> body_at("foreign affairs department".split(), 0).names
    ('Sở Ngoại vụ', 'Phòng Ngoại vụ')
    """
    start = at
    level = ""
    if words[at] in _LEVELS and at + 1 < len(words):
        level = words[at]
        at += 1 + (words[at + 1] == _AT_LEVEL and at + 2 < len(words))
    for length in range(min(_LONGEST, len(words) - at), 1, -1):
        part = words[at : at + length]
        head, field = _head_first(part) or _head_last(part)
        columns = _fields().get(_matter(field)) if head else None
        names = _names(head, level, columns) if columns is not None else ()
        if names:
            return Body(length=at + length - start, names=names)
    return None


def _head_first(part: Sequence[str]) -> tuple[str, Sequence[str]] | None:
    """The head and the field of "department of finance"."""
    head = _singular(part[0])
    if head in _HEADS and len(part) > 2 and part[1] in ("of", "for", "on") and part[-1] not in _SMALL:
        return head, part[2:]
    return None


def _head_last(part: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The head and the field of "finance department"."""
    head = _singular(part[-1])
    if head in _HEADS and part[0] not in _SMALL and part[-2] not in _SMALL:
        return head, part[:-1]
    return "", ()


def _singular(word: str) -> str:
    return {"ministries": "ministry", "agencies": "agency", "authorities": "authority"}.get(
        word, word.removesuffix("s")
    )


def _names(head: str, level: str, columns: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    order = _HEADS[head]
    if level in _CENTRAL:
        order = (_MINISTRY,)
    elif level in _BELOW_CITIES and columns[_DISTRICT]:
        order = (_DISTRICT,)
    elif level in _LOWER:
        order = (_DISTRICT, *(one for one in order if one != _DISTRICT))
    elif level:
        order = (*(one for one in order if one != _DISTRICT), _DISTRICT)
    return tuple(dict.fromkeys(name for one in order for name in columns[one]))
