"""Misspelt words of an English question, put right by the words that the tables of translation know.

A word that is in none of them, and that two letters swapped, one left out, one doubled or a neighbouring key could have
made of one that is, stands for that. Names, words in capitals and what may be a Vietnamese syllable stay as they are; a
word with a capital may still be one of the glossary ("Prime Minoster").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.normalise import has_marks
from retrieval.tokens import STOP_ENGLISH
from retrieval.translate import SYLLABLE, WORDS, glossary, lexicon, stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WHOSE = re.compile(r"(?P<word>[^\W\d_]+)(?P<whose>['’][^\W\d_]+)?")
_LEAST, _LEAST_ASKING = 6, 3
"""Letters of a word that is compared with all that are known, and of one that is with words that ask."""
_OFTEN = 3  # how often a word has to stand in the text that the lexicon was learnt from to be meant
_ASKING = (
    *("which", "what", "when", "where", "whose", "should", "could", "their", "there", "much", "many", "does", "have"),
    *("about", "under", "plan", "plans", "date", "money", "cost", "goal", "keep", "life", "after", "before", "under"),
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MOST = 12
_KEPT = 4096


def corrected(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """An English text with its slips put right, and the words that were, each (written, meant).

    >>> corrected("How long may a resevoir stay empty for reapirs, and wich months?")[1]
    (('resevoir', 'reservoir'), ('reapirs', 'repairs'), ('wich', 'which'))
    """
    changed: dict[str, str] = {}

    def right(match: re.Match[str]) -> str:
        word, whose = match.group("word"), match.group("whose") or ""
        if has_marks(word) or not (word.islower() or word[1:].islower()):
            return match.group()
        # The capital that opens a text says nothing; any other makes a name, or a term of the glossary.
        opens = match.start() == 0 or word.islower()
        meant = _meant(word.lower()) if opens else _term(word.lower())
        if meant == word.lower():
            return match.group()
        changed.setdefault(word, meant)
        return f"{meant if word.islower() else meant.capitalize()}{whose}"

    return _WHOSE.sub(right, text), tuple(changed.items())


@lru_cache(maxsize=_KEPT)
def _meant(word: str) -> str:
    """The word that one in small letters stands for: itself where it is known or near to none."""
    if len(word) < _LEAST_ASKING or is_known(word) or SYLLABLE.fullmatch(word) is not None:
        return word
    for known in (_ASKING, tuple(_targets()) if len(word) >= _LEAST else ()):
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=1, limit=_MOST)
        likely = [(order, other) for other, _, _ in near if (order := _order(word, other)) is not None]
        if likely:
            return min(likely, key=lambda pair: (pair[0], -_targets().get(pair[1], 0)))[1]
    return word


@lru_cache(maxsize=_KEPT)
def _term(word: str) -> str:
    """The long word of the glossary that one with a capital stands for; itself where it is near to none."""
    if len(word) < _LEAST or is_known(word) or SYLLABLE.fullmatch(word) is not None:
        return word
    near = process.extract(word, tuple(_terms()), scorer=OSA.distance, score_cutoff=1, limit=_MOST)
    likely = [(order, other) for other, _, _ in near if (order := _order(word, other)) is not None]
    return min(likely)[1] if likely else word


def _order(written: str, meant: str) -> int | None:
    """Which slips are likelier: two letters swapped, one left out, one doubled, a key beside; None for any other."""
    if written[0] != meant[0]:
        return None
    if len(written) == len(meant):
        if sorted(written) == sorted(meant):
            return 0
        return (
            3 if all(one == other or _beside(one, other) for one, other in zip(written, meant, strict=True)) else None
        )
    if len(written) < len(meant):
        return None if meant == f"{written}s" or meant == f"{written}y" else 1
    return 2 if re.sub(r"(.)\1", r"\1", written) == re.sub(r"(.)\1", r"\1", meant) else None


@cache
def _beside(one: str, other: str) -> bool:
    """Whether two keys touch each other, in a row or across two rows."""
    places = {key: (down, across) for down, row in enumerate(_ROWS) for across, key in enumerate(row)}
    if one not in places or other not in places:
        return False
    (down, across), (below, along) = sorted((places[one], places[other]))
    return abs(across - along) == 1 if down == below else below - down == 1 and across - along in (0, 1)


def is_known(word: str) -> bool:
    """Whether a word in small letters is an English one that the tables have."""
    bare = re.sub(r"['’]\w+$", "", word)
    return bare in STOP_ENGLISH or bare in _known() or stem(bare) in lexicon() or stem(bare) in _stems()


@cache
def _of_the_glossary() -> frozenset[str]:
    return frozenset(word for phrase in glossary() for word in _WORD.findall(phrase.lower()))


@cache
def _terms() -> frozenset[str]:
    """The long words that names of bodies and programmes are made of, in the glossary."""
    return frozenset(word for word in _of_the_glossary() if len(word) >= _LEAST and _targets().get(word, 0) >= _OFTEN)


@cache
def _known() -> Mapping[str, int]:
    """All words that the tables have, with how often they stand in the text behind the lexicon."""
    lines = (line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines())
    return {**dict.fromkeys(_of_the_glossary(), 0), **{word: int(count) for word, count in lines}}


@cache
def _targets() -> Mapping[str, int]:
    """The words that may be meant, in the order of how often they stand there."""
    own = {word for one in _of_the_glossary() for word in (one, f"{one}s")}
    known = {**dict.fromkeys(sorted(own), 0), **_known()}
    found = {word: count for word, count in known.items() if count >= _OFTEN or word in own}
    return {word: count for word, count in found.items() if len(word) > _LEAST - 1 and word.isascii()}


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(stem, _known()))
