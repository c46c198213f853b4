"""Misspelt words of a question: keys of Telex and VNI left in it, slips of the finger, words run together.

A noisy channel (Kernighan, Church and Gale, COLING 1990): each word that is no known syllable may stand for the
syllables that a keyboard or one slip could have made it of; which one, the n-grams of the restorer decide together
with the marks of the words around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.normalise import fold, has_marks, key
from retrieval.restore import Restorer, is_syllable
from retrieval.tokens import abbreviations, synonyms

Changes = tuple[tuple[str, str], ...]
"""(written, meant) pairs."""

_WORD = re.compile(r"[^\W_]+")
_TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_SHAPES = {_CIRCUMFLEX: "6", _HORN: "7", _BREVE: "8"}
_FIRST_VOWEL = re.compile(r"[aeiouy]")
# A letter, then digits that VNI knows, at least one of them behind a vowel: "tri2", "d9u7o7c5", not "8a" or "x2".
_VNI = re.compile(r"[a-z]+\d(?:[a-z]*\d)*[a-z]*")
# "ngh" stands before e and i, and "ng" before the other vowels, whatever slips general text has.
_NEVER = re.compile(r"ng[ei]|ngh[aouy]")
# Two letters are near to too much.
_LEAST_BARE = 3
_LEAST_MARKED = 3
# Natural logarithm of how likely a slip is against a word typed as it was meant; a doubled letter and two swapped are
# commoner, a tone that is amiss is the commonest.
_SLIP, _COMMON_SLIP, _TONE = -7.0, -6.0, -3.0
_MOST = 24
"""Candidates of a slip that are weighed."""


class Speller:
    """Puts the words of a question right. It touches no word that the documents or general text have."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer = restorer

    def read(self, text: str) -> tuple[str, Changes]:
        """The question as it was meant, with marks where they were left out, and the words that were put right.

        Numbers, abbreviations, words in capitals and words of the documents stay; an English question stays whole.
        """
        text = unicodedata.normalize("NFC", text)
        text, parted = self._part(text)
        options: dict[str, Mapping[str, float]] = {}
        words = list(dict.fromkeys(match.group() for match in _WORD.finditer(text)))
        keyed = sum(self._vni(word) != () for word in words) > 1
        for word in words:
            found = self._options(word, keyed=keyed)
            if found:
                options[word] = found
        meant, chosen = self._restorer.restore_with(text, options)
        return meant, (*parted, *chosen)

    def _options(self, word: str, *, keyed: bool) -> Mapping[str, float]:
        """What a word may stand for, by the logarithm of how likely that is; {} where it stays as it is."""
        lower = key(word)
        if any(letter.isdigit() for letter in lower):
            return dict.fromkeys(self._vni(word), 0.0) if keyed or len(lower) > _LEAST_BARE else {}
        if not self._is_misspelt(word, lower):
            return {}
        return dict.fromkeys(self._by_telex.get(_telex_order(lower), ()), 0.0) or self._slips(lower)

    def _is_misspelt(self, word: str, lower: str) -> bool:
        if (word.isupper() and len(word) > 1) or not lower.isalpha() or fold(lower) in abbreviations():
            return False
        if _NEVER.match(fold(lower)):
            return True
        if self._restorer.knows(lower) or fold(lower) in self._restorer.words or lower in self._everyday:
            return False
        return has_marks(lower) or not self._restorer.forms_of(lower)

    def _slips(self, word: str) -> Mapping[str, float]:
        """Syllables one slip away: with their marks where the word has any, else all forms of the bare ones."""
        if len(word) < (_LEAST_MARKED if has_marks(word) else _LEAST_BARE):
            return {}
        if not has_marks(word):
            found = process.extract(word, self._bare, scorer=OSA.distance, score_cutoff=1, limit=_MOST)
            return {form: _likelihood(word, bare) for bare, _, _ in found for form in self._restorer.forms_of(bare)}
        near = process.extract(word, self._syllables, scorer=OSA.distance, score_cutoff=1, limit=_MOST)
        found_marked = {form: _likelihood(word, form) for form, _, _ in near}
        # The tone left out or another one, each letter as it should be: "môt".
        plain = _without_tone(word)
        found_marked |= {form: _TONE for form in found_marked if _without_tone(form) == plain}
        # A mark on the wrong letter, or two: all that reads the same without marks.
        same = {form: _SLIP for form in self._restorer.forms_of(fold(word))}
        return {**same, **found_marked}

    def _vni(self, word: str) -> tuple[str, ...]:
        return self._by_vni.get(_vni_order(key(word)), ()) if _VNI.fullmatch(key(word)) and not word.isupper() else ()

    def _part(self, text: str) -> tuple[str, Changes]:
        """Two syllables of the documents that were run together, taken apart: "kehoach"."""
        changed: list[tuple[str, str]] = []

        def parted(match: re.Match[str]) -> str:
            word, lower = match.group(), key(match.group())
            if len(lower) < _LEAST_BARE or not self._is_misspelt(word, lower) or _telex_order(lower) in self._by_telex:
                return word
            for at in range(2, len(lower) - 1):
                if self._restorer.has_pair(word[:at], word[at:]):
                    changed.append((word, f"{word[:at]} {word[at:]}"))
                    return f"{word[:at]} {word[at:]}"
            return word

        return _WORD.sub(parted, text), tuple(changed)

    @cached_property
    def _everyday(self) -> frozenset[str]:
        """Syllables of everyday words that documents and laws seldom have: "cầm trịch"."""
        return frozenset(syllable for group in synonyms() for word in group for syllable in word)

    @cached_property
    def _syllables(self) -> list[str]:
        return [form for form in self._restorer.syllables if is_syllable(form)]

    @cached_property
    def _bare(self) -> list[str]:
        return [bare for bare in dict.fromkeys(map(fold, self._syllables)) if len(bare) > 1]

    @cached_property
    def _by_telex(self) -> Mapping[str, tuple[str, ...]]:
        """Syllables by the keys that type them; those typed without any key of a mark are left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in self._syllables:
            if has_marks(form):
                found[_telex_order(_telex_keys(form))].append(form)
        return {keys: tuple(forms) for keys, forms in found.items()}

    @cached_property
    def _by_vni(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for form in self._syllables:
            if has_marks(form):
                found[_vni_order(_vni_keys(form))].append(form)
        return {keys: tuple(forms) for keys, forms in found.items()}


def _likelihood(written: str, meant: str) -> float:
    swapped = len(written) == len(meant) and sorted(written) == sorted(meant)
    doubled = len(written) > len(meant) and re.sub(r"(.)\1", r"\1", written) == re.sub(r"(.)\1", r"\1", meant)
    return _COMMON_SLIP if swapped or doubled else _SLIP


def _without_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TELEX_TONES))


def _telex_keys(syllable: str) -> str:
    """The keys of a syllable, shapes right after their letter, the tone last."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TELEX_TONES:
            tone = _TELEX_TONES[letter]
        elif letter == _CIRCUMFLEX:
            keys += keys[-1]
        elif letter in (_HORN, _BREVE):
            keys += "w"
        else:
            keys += "dd" if letter == "đ" else letter
    return keys + tone


def _telex_order(keys: str) -> str:
    """Keys with the tone last, and "uow" for "uwow": the tone may be typed anywhere behind the vowel.

    >>> _telex_order("nguwofi"), _telex_order("nguowif")
    ('nguowif', 'nguowif')
    """
    vowel = _FIRST_VOWEL.search(keys)
    if vowel is None:
        return keys
    head, tail = keys[: vowel.end()], keys[vowel.end() :]
    tones = re.findall(r"[sfrxj]", tail)
    if len(tones) == 1:
        tail = re.sub(r"[sfrxj]", "", tail) + tones[0]
    return (head + tail).replace("uwow", "uow").replace("uwo", "uow")


def _vni_keys(syllable: str) -> str:
    keys = ""
    for letter in unicodedata.normalize("NFD", syllable):
        keys += _VNI_TONES.get(letter) or _VNI_SHAPES.get(letter) or ("d9" if letter == "đ" else letter)
    return keys


def _vni_order(keys: str) -> str:
    """The letters, then the digits, each once: they may be typed anywhere behind their letter."""
    return re.sub(r"\d", "", keys) + "".join(sorted(set(re.findall(r"\d", keys))))
