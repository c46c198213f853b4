"""Other spellings of a Vietnamese text that mean the same: without marks, decomposed, in capitals, slipped."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from ingest.normalise import early_tone, strip_marks

_WORD = re.compile(r"\w+")
# The late places of the tone on open oa, oe, uy: the other of the two spellings that are both in use.
_EARLY = re.compile(r"(?<!q)([òóỏõọ])([ae])(?!\w)|(?<!q)([ùúủũụ])(y)(?!\w)", re.IGNORECASE)
# Keys that lie beside each other on a QWERTY keyboard, by row.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_TO_SLIP = 4


def without_marks(text: str, random: Random) -> str:
    """No diacritics at all, "đ" as "d"."""
    return strip_marks(text)


def half_marks(text: str, random: Random) -> str:
    """Each word loses all of its diacritics or none, one half of them each on average."""
    return _WORD.sub(lambda word: strip_marks(word.group()) if random.random() < 0.5 else word.group(), text)


def other_tone_placement(text: str, random: Random) -> str:
    """The tone on the other vowel of open oa, oe, uy: "hòa" as "hoà", "thuỷ" as "thủy"."""
    text = unicodedata.normalize("NFC", text)
    lowered = text.lower()
    if len(lowered) == len(text) and (early := early_tone(lowered)) != lowered:
        return "".join(new.upper() if old.isupper() else new for old, new in zip(text, early, strict=True))
    return _EARLY.sub(_later, text)


def decomposed(text: str, random: Random) -> str:
    """Normalisation form D, as some file systems and keyboards of phones write."""
    return unicodedata.normalize("NFD", text)


def capitals(text: str, random: Random) -> str:
    """Capitals throughout."""
    return text.upper()


def slipped(text: str, random: Random) -> str:
    """One or two longer words with a letter doubled, dropped, swapped with the next, or hit beside its key.

    First letters, short words, abbreviations in capitals and all that holds a digit stay: a slip there asks something
    else. The letters that a slip touches lose their marks only where another key was hit.
    """
    words = [
        word
        for word in _WORD.finditer(text)
        if len(word.group()) >= _SHORTEST_TO_SLIP and word.group().isalpha() and not word.group().isupper()
    ]
    for word in sorted(random.sample(words, min(len(words), 2)), key=lambda found: -found.start()):
        text = text[: word.start()] + _slip(word.group(), random) + text[word.end() :]
    return text


def _slip(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    how = random.choice(("double", "drop", "swap", "beside"))
    if how == "swap" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == "drop":
        return word[:at] + word[at + 1 :]
    if how == "beside" and (near := _beside(strip_marks(word[at]).lower())):
        return word[:at] + random.choice(near) + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def _beside(letter: str) -> str:
    for row in _ROWS:
        if (at := row.find(letter)) >= 0:
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return ""


def _later(match: re.Match[str]) -> str:
    first, second = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
    parts = unicodedata.normalize("NFD", first)
    return parts[0] + unicodedata.normalize("NFC", second + parts[1:])
