"""What stays in a text when a Vietnamese keyboard is off or half on: the keys of Telex and VNI as they were typed.

Source of the keys: the two input methods as every Vietnamese keyboard driver knows them (tones typed after the word).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from random import Random

from ingest.normalise import has_marks, strip_marks

_WORD = re.compile(r"[^\W\d_]+")
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TELEX_TONES = {_ACUTE: "s", _GRAVE: "f", _HOOK: "r", _TILDE: "x", _DOT: "j"}
_VNI_TONES = {_ACUTE: "1", _GRAVE: "2", _HOOK: "3", _TILDE: "4", _DOT: "5"}
_VNI_SHAPES = {_CIRCUMFLEX: "6", _HORN: "7", _BREVE: "8"}


def telex_keys(word: str) -> str:
    """The keys that type a word in Telex, the tone last.

    >>> telex_keys("chủ"), telex_keys("được"), telex_keys("Đường")
    ('chur', 'dduwowcj', 'DDuwowngf')
    """
    return _keys(word, _TELEX_TONES, {}, "d")


def vni_keys(word: str) -> str:
    """The keys that type a word in VNI, the tone last.

    >>> vni_keys("chủ"), vni_keys("được")
    ('chu3', 'd9u7o7c5')
    """
    return _keys(word, _VNI_TONES, _VNI_SHAPES, "9")


def telex_left(text: str, random: Random) -> str:
    """Half of the words with marks as Telex keys, the others without marks."""
    return _WORD.sub(lambda word: _left(word.group(), telex_keys(word.group()), random), text)


def vni_left(text: str, random: Random) -> str:
    """Half of the words with marks as VNI keys, the others without marks."""
    return _WORD.sub(lambda word: _left(word.group(), vni_keys(word.group()), random), text)


def _left(word: str, keys: str, random: Random) -> str:
    if not has_marks(word):
        return word
    return keys if random.random() < 0.5 else strip_marks(word)


def _keys(word: str, tones: Mapping[str, str], shapes: Mapping[str, str], stroke: str) -> str:
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        if letter in "đĐ":
            bar = stroke if stroke.isdigit() or letter == "đ" else stroke.upper()
            keys += ("d" if letter == "đ" else "D") + bar
            continue
        parts = unicodedata.normalize("NFD", letter)
        base = parts[0]
        keys += base
        for mark in parts[1:]:
            if mark in tones:
                tone = tones[mark]
            elif mark in shapes:
                keys += shapes[mark]
            else:  # Telex writes the shape with letters: a circumflex doubles the vowel, horn and breve are a "w".
                keys += base.lower() if mark == _CIRCUMFLEX else "w"
    return keys + tone
