"""Whether a text states a fact: the spelling of a suite, looked for as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ingest.normalise import key

_MARKUP = re.compile(r"[*\\]")
_DASHES = re.compile(r"\s*[-–—]\s*")


def plain(text: str) -> str:
    """The form facts are looked for in: one spelling of each letter, lower case, single blanks, no Markdown.

    >>> plain("**Uỷ ban**  nhân dân – 2021")
    'ủy ban nhân dân-2021'
    """
    return " ".join(_DASHES.sub("-", _MARKUP.sub("", key(text))).split())


def states(shown: str, spellings: Iterable[str]) -> bool:
    """Whether a text in the form of ``plain`` holds one of the spellings.

    Whole words and whole numbers: "54 triệu" does not stand in "154 triệu", nor "011 triệu" in "7.011 triệu".
    """
    return any(_pattern(spelling).search(shown) is not None for spelling in spellings)


def missing(shown: str, facts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The facts, by their first spelling, of which no spelling stands in a text in the form of ``plain``."""
    return tuple(spellings[0] for spellings in facts if not states(shown, spellings))


@lru_cache(maxsize=16_384)
def _pattern(spelling: str) -> re.Pattern[str]:
    wanted = plain(spelling)
    before = r"(?<!\w)(?<!\d[.,])" if wanted[:1].isdigit() else r"(?<!\w)" if wanted[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if wanted[-1:].isdigit() else r"(?!\w)" if wanted[-1:].isalnum() else ""
    return re.compile(f"{before}{re.escape(wanted)}{after}")
