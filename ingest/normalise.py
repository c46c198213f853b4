"""Forms of a text made for matching, each aligned with the source it came from.

The stored text is never changed: matching runs on a copy, and every range of the copy maps back to source offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ingest.types import Span

_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\r\f\v"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BLANK_TABLE = {ord(blank): " " for blank in _BLANKS}

CAPITALS = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capital letters of Vietnamese, for a character class. They are no range: between "À" and "Ỹ" lie small ones too."""

# Tone marks in the order level-less: grave, acute, hook above, tilde, dot below.
_TONED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹỵ",
    "i": "ìíỉĩị",
}
_TONES = {letter: (base, tone) for base, letters in _TONED.items() for tone, letter in enumerate(letters)}
# Open syllables in oa, oe, uy: both "hoà" and "hòa" are written. "qu" is a consonant, so "quý" has one form only.
# Consonants one by one: with "ng" and "th" beside "n", "g", "t", "h", a row of them can be split in 2^n ways.
_LATE_TONE = re.compile(r"(?<![a-zà-ỹđ])((?:gi|[bcdđghklmnpqrstvx])*)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![a-zà-ỹđ])")


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text and, for each of its characters, the source span ``[starts[i], ends[i])`` it stands for.

    ``len(starts) == len(ends) == len(text)``; both grow. Characters of the source may be missing (markup, furniture).
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, source: str, span: Span | None = None) -> AlignedText:
        """The source itself, or the part of it in ``span``, aligned with itself."""
        span = span if span is not None else Span(0, len(source))
        return cls(
            source[span.start : span.end],
            tuple(range(span.start, span.end)),
            tuple(range(span.start + 1, span.end + 1)),
        )

    def span(self, start: int, end: int) -> Span:
        """The source span under ``text[start:end]``. Raises IndexError for an empty or outside range."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"[{start}, {end}) of {len(self.text)}")
        return Span(self.starts[start], self.ends[end - 1])

    def cut(self, start: int, end: int) -> AlignedText:
        """The part ``text[start:end]``."""
        return AlignedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def strip(self) -> AlignedText:
        """Without blanks at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def map(self, change: Callable[[str], str]) -> AlignedText:
        """Each character through ``change``, which may return none or several characters."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for letter, start, end in zip(self.text, self.starts, self.ends, strict=True):
            for changed in change(letter):
                letters.append(changed)
                starts.append(start)
                ends.append(end)
        return AlignedText("".join(letters), tuple(starts), tuple(ends))

    def without(self, pattern: re.Pattern[str], replacement: str = "") -> AlignedText:
        """Every match of ``pattern`` dropped, or replaced by ``replacement`` aligned with the whole match."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for match in pattern.finditer(self.text):
            if match.start() == match.end():
                continue
            letters.append(self.text[at : match.start()])
            starts.extend(self.starts[at : match.start()])
            ends.extend(self.ends[at : match.start()])
            for letter in replacement:
                letters.append(letter)
                starts.append(self.starts[match.start()])
                ends.append(self.ends[match.end() - 1])
            at = match.end()
        if at == 0:
            return self
        letters.append(self.text[at:])
        return AlignedText("".join(letters), (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))

    def nfc(self) -> AlignedText:
        """Normalisation form C; a composed letter stands for the whole run of code points it was made of."""
        if unicodedata.is_normalized("NFC", self.text):
            return self
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        while at < len(self.text):
            stop = at + 1
            while stop < len(self.text) and not _is_boundary(self.text[stop]):
                stop += 1
            for letter in unicodedata.normalize("NFC", self.text[at:stop]):
                letters.append(letter)
                starts.append(self.starts[at])
                ends.append(self.ends[stop - 1])
            at = stop
        return AlignedText("".join(letters), tuple(starts), tuple(ends))

    def plain_blanks(self) -> AlignedText:
        """Unusual blanks become spaces, invisible characters vanish, runs of blanks become one space."""
        return self.map(_plain_blank).without(_BLANK_RUN, " ")


_BLANK_RUN = re.compile(r"\s+")


def _plain_blank(letter: str) -> str:
    if letter in _INVISIBLE:
        return ""
    return " " if letter in _BLANKS or letter.isspace() else letter


def _is_boundary(letter: str) -> bool:
    """Whether normalisation cannot join this letter to the one before (UAX #15, first code points)."""
    return unicodedata.combining(letter) == 0 and not 0x1160 <= ord(letter) <= 0x11FF


def clean(text: str) -> str:
    """NFC, with plain single blanks and without invisible characters; upper and lower case kept."""
    for letter in _INVISIBLE:
        text = text.replace(letter, "")
    return " ".join(unicodedata.normalize("NFC", text).translate(_BLANK_TABLE).split())


def key(text: str) -> str:
    """The form that words are compared in: NFC, lower case, one tone placement ("hoà" and "hòa" are one word).

    >>> key("Xã Hoà Bình, thuỷ lợi") == key("xã hòa bình, thủy lợi")
    True
    """
    return early_tone(unicodedata.normalize("NFC", text).lower())


def early_tone(text: str) -> str:
    """Lower-case NFC text with the tone on the first vowel of open oa, oe, uy. Keeps the length."""
    return _LATE_TONE.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    onset, rhyme = match.group(1), match.group(2)
    if onset.endswith("q"):
        return match.group(0)
    base, tone = _TONES[rhyme[1]]
    return onset + _TONED[rhyme[0]][tone] + base


# "kí" and "ký" are one word, and so are "tỉ lệ" and "tỷ lệ": both spellings are in use (Quyết định 240/QĐ, 1984).
_I_FOR_Y = re.compile(r"(?<![^\W\d_])([hklmst]|qu)([iíìỉĩị])(?![^\W\d_])", re.IGNORECASE)
_Y = str.maketrans("iíìỉĩịIÍÌỈĨỊ", "yýỳỷỹỵYÝỲỶỸỴ")


def one_y(text: str) -> str:
    """A text with y for the i that ends a syllable after h, k, l, m, s, t, qu. Keeps the length.

    >>> one_y("ai kí, tỉ lệ, kĩ thuật, lí do, bi, quí")
    'ai ký, tỷ lệ, kỹ thuật, lý do, bi, quý'
    """
    return _I_FOR_Y.sub(lambda found: found.group(1) + found.group(2).translate(_Y), text)


def strip_marks(text: str) -> str:
    """Without diacritics: "đ" becomes "d", case and length of NFC text are kept.

    >>> strip_marks("Đề án hỗ trợ")
    'De an ho tro'
    """
    return "".join(_BARE.get(letter) or _bare(letter) for letter in unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case without diacritics: the form that a question without marks is compared in.

    >>> fold("Sở Tài chính")
    'so tai chinh'
    """
    return _fold_word(text) if len(text) <= _WORD else strip_marks(text.lower())


_WORD = 12  # code points of a syllable, at most: the same few thousand are folded again and again


@lru_cache(maxsize=1 << 15)
def _fold_word(text: str) -> str:
    return strip_marks(text.lower())


def _bare(letter: str) -> str:
    first = unicodedata.normalize("NFD", letter)[0]
    bare = {"đ": "d", "Đ": "D"}.get(first, first)
    _BARE[letter] = bare
    return bare


_BARE: dict[str, str] = {}


def has_marks(text: str) -> bool:
    """Whether any letter carries a Vietnamese diacritic (or is đ)."""
    return any(letter.isalpha() and _bare(letter) != letter for letter in unicodedata.normalize("NFC", text))
