"""How much of a text looks like words, to tell it from the garbage of a wrong encoding or font."""

from __future__ import annotations

import re
import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# Quốc ngữ: an initial, a nucleus, a final; the rhymes after Đoàn Thiện Thuật, "Ngữ âm tiếng Việt" (1977).
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:"
    r"(?:oa|oe|oo|uy|[aeiouyôêơư])(?:ch|ng|nh|[cmnpt])?"
    r"|(?:oă|uâ|iê|yê|uô|ươ|uyê|uê|[ăâ])(?:ng|nh|ch|[ckmnpt])"
    r"|a[iouy]|â[uy]|e[ou]|êu|i[aeu]|iêu|yêu|o[ie]|ôi|ơi|u[aiyêơ]|uya|ư[aiu]|uôi|ươ[iu]|oa[iyo]|oe[o]|uâ[y]|uy[au]|uây"
    r")"
)
_FOREIGN = re.compile(r"(?=.*[aeiouy])[a-z]+")
_CAPITALS = re.compile(r"[a-zđăâêôơư]{2,8}")
# Letters of one word, numbers, and pieces of numbers and symbols such as 2152/QĐ-TTg.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_PRINT = frozenset(
    ".,;:!?…()[]{}<>/\\|-–—−_+=*×·•°±%‰&@#$€§'\"“”‘’«»~^`²³½¼¾©®™→⇒≥≤□■●○▪–✓ \t\n\r\f\v\u00a0\u200b\ufeff"
)


def is_syllable(word: str) -> bool:
    """Whether a word is spelt like one Vietnamese syllable, in any case and with at most one tone.

    >>> [is_syllable(word) for word in ("nghiêng", "Quyết", "hßa", "héi")]
    [True, True, False, False]
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = sum(letter in _TONES for letter in letters)
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def is_word(word: str) -> bool:
    """Whether letters can be a word: a Vietnamese syllable, a foreign one with a vowel, an abbreviation."""
    if is_syllable(word) or (word.isascii() and _FOREIGN.fullmatch(word.lower()) is not None):
        return True
    return word.isupper() and _CAPITALS.fullmatch(word.lower()) is not None


def plausible_share(text: str) -> float:
    """The share of non-blank characters in words, numbers and ordinary punctuation; 1.0 for no characters.

    Letters and digits or signs that alternate ("7KDQK", "2Ҥ&+") count against the text; "75ha" does not.
    """
    text = unicodedata.normalize("NFC", text)
    good = bad = 0
    for chunk in text.split():
        tokens = _TOKEN.findall(chunk)
        mixed = _is_mixed(chunk)
        for token in tokens:
            numeral = token[0].isdigit() or token in _PRINT
            right = not mixed and is_word(token) if token[0].isalpha() else numeral
            if right:
                good += len(token)
            else:
                bad += len(token)
        bad += len(chunk) - sum(map(len, tokens))
    return good / (good + bad) if good + bad else 1.0


_GLUED = re.compile(r"[^\W\d_]+\d+[^\W\d_]|\d+[^\W\d_]{2,}\d*[^\W\d_]|[^\W\d_][!-%*+<-@^`{|}~]+[^\W\d_]")


def _is_mixed(chunk: str) -> bool:
    return _GLUED.search(chunk) is not None


def marked_share(text: str) -> float:
    """The share of words that bear a Vietnamese diacritic (about 0.7 in ordinary text); 0.0 without words."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words:
        return 0.0
    return sum(not word.isascii() for word in words) / len(words)


def marked_words_right(text: str) -> tuple[int, int]:
    """A test of a decoding: of the letters of words beyond ASCII, those in syllables, and all of them.

    Words of pure ASCII say nothing about an encoding. Strange symbols count, ordinary ones do not.
    """
    text = unicodedata.normalize("NFC", text)
    right = total = 0
    at = 0
    for match in _WORD.finditer(text):
        total += sum(symbol not in _PRINT and not symbol.isascii() for symbol in text[at : match.start()])
        at = match.end()
        word = match.group()
        if not word.isascii():
            total += len(word)
            right += len(word) if is_syllable(word) else 0
    total += sum(symbol not in _PRINT and not symbol.isascii() for symbol in text[at:])
    return right, total
