"""Bytes to text: UTF-8 and UTF-16 as they are, the legacy Vietnamese encodings by what they spell.

Before Unicode (TCVN 6909:2001, mandatory for state bodies since 2002) documents were written with fonts that
drew Vietnamese letters in the places of other ones: TCVN3 ("ABC", fonts named .Vn…, in the north) and VNI
(fonts named VNI-…, in the south). Windows-1258 came with Windows 98.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ingest.plausibility import marked_words_right

# Share of letters (in words beyond ASCII) that must form Vietnamese syllables before a guess is believed.
# Real text in the right encoding reaches 0.97 and more, the same bytes in a wrong one stay below 0.6.
BELIEVED_SHARE = 0.85

# TCVN 5712:1993, table VN3 (ABC): 0xA0 to 0xFF. A dot is a place that the table leaves empty.
_TCVN3 = "".join(
    (
        " ĂÂÊÔƠƯĐăâêôơưđ.",
        ".....àảãáạ.ằẳẵắ.",
        "......ặầẩẫấậè.ẻẽ",
        "éẹềểễếệìỉ...ĩíịò",
        ".ỏõóọồổỗốộờởỡớợù",
        ".ủũúụừửữứựỳỷỹýỵ.",
    )
)
# Capitals with a tone have no place in VN3: a font drawn in capitals (.VnTimeH) shows the small letters.
_TCVN3_LETTERS = {chr(0xA0 + place): letter for place, letter in enumerate(_TCVN3) if letter not in " ."}

# VNI for Windows: some letters have a place, the others are a vowel and a sign behind it.
_VNI_SINGLE = {
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "í": "í",
    "ì": "ì",
    "î": "ỵ",
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
}
_TONE_SIGNS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_CIRCUMFLEX_SIGNS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE_SIGNS = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _vni_letters() -> dict[str, str]:
    letters = dict(_VNI_SINGLE)
    for base in "aeouyôö":
        shown = _VNI_SINGLE.get(base, base)
        for sign, tone in _TONE_SIGNS.items():
            letters[base + sign] = unicodedata.normalize("NFC", shown + tone)
    for base in "aeo":
        for sign, tone in _CIRCUMFLEX_SIGNS.items():
            letters[base + sign] = unicodedata.normalize("NFC", base + _CIRCUMFLEX + tone)
    for sign, tone in _BREVE_SIGNS.items():
        letters["a" + sign] = unicodedata.normalize("NFC", "a" + _BREVE + tone)
    # The sign of a capital is a capital, but typists often left it small; the vowel decides.
    for written, letter in list(letters.items()):
        letters[written.upper()] = letter.upper()
        letters[written[0].upper() + written[1:]] = letter.upper()
    return letters


_VNI_LETTERS = _vni_letters()
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and the encoding it was read in. ``guessed`` is whether the bytes did not say so themselves."""

    text: str
    encoding: str
    guessed: bool


class NotTextError(ValueError):
    """Raised where bytes are no text in an encoding that is known; ``offset`` is the first unfit one."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"byte {offset} is not text")


def decode(data: bytes) -> Decoded:
    """Read bytes as text. UTF-8 comes back exactly as it is, without its byte order mark.

    UTF-16 needs a byte order mark. Anything else is tried as TCVN3, VNI and windows-1258, and the one that
    spells Vietnamese best is taken, in normalisation form C. Raises NotTextError for binary data and for any
    other encoding.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoded = Decoded(text=_strict(data, "utf-16"), encoding="utf-16", guessed=False)
        _refuse_binary(decoded.text, width=2)
        return decoded
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    try:
        text = data[start:].decode("utf-8")
    except UnicodeDecodeError as fault:
        return _guess(data, start + fault.start)
    _refuse_binary(text, width=1)
    return Decoded(text=text, encoding="utf-8", guessed=False)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotTextError(fault.start) from fault


# Word leaves single control characters behind (footnote anchors, breaks); many mean a binary file.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_CONTROLS_A_CHARACTER = 1 / 200


def _refuse_binary(text: str, *, width: int) -> None:
    zero = text.find("\0")
    if zero >= 0:
        raise NotTextError(_offset(text, zero, width))
    first = _CONTROL.search(text)
    if first is not None and len(_CONTROL.findall(text)) > len(text) * _CONTROLS_A_CHARACTER:
        raise NotTextError(_offset(text, first.start(), width))


def _offset(text: str, place: int, width: int) -> int:
    """The byte of a character; ``width`` 2 is UTF-16 with its mark."""
    before = text[:place]
    return 2 + len(before.encode("utf-16-le")) if width == 2 else len(before.encode("utf-8"))


def _guess(data: bytes, offset: int) -> Decoded:
    latin = data.decode("cp1252", errors="replace") if b"\0" not in data else ""
    if not latin or len(_CONTROL.findall(latin)) > len(latin) * _CONTROLS_A_CHARACTER:
        raise NotTextError(offset)
    best = _best(latin, data)
    if best is None:
        raise NotTextError(offset)
    return Decoded(text=best[1], encoding=best[0], guessed=True)


def _best(latin: str, data: bytes | None) -> tuple[str, str] | None:
    """The encoding and the text that spell Vietnamese best, or None where none is believed."""
    readings: list[tuple[str, str]] = [(name, convert(latin)) for name, convert in LEGACY.items()]
    if data is not None:
        readings.insert(0, ("windows-1258", unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))))
    best: tuple[float, int, str, str] | None = None
    for name, text in readings:
        right, total = marked_words_right(text)
        share = right / total if total else 1.0
        # An honest reading explains more letters: VNI read as windows-1258 leaves half-words that look fine
        # alone.
        if share >= BELIEVED_SHARE and (best is None or (share, right) > (best[0], best[1])):
            best = (share, right, name, text)
    return (best[2], best[3]) if best is not None else None


def from_tcvn3(latin: str) -> str:
    """Text in a TCVN3 (ABC) font, its bytes read as windows-1252 -> Unicode.

    >>> from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    return _raise_capitals("".join(_TCVN3_LETTERS.get(letter, letter) for letter in latin))


def from_vni(latin: str) -> str:
    """Text in a VNI font, its bytes read as windows-1252 -> Unicode.

    >>> from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    return _VNI.sub(lambda match: _VNI_LETTERS[match.group()], latin)


LEGACY: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}
_ASCII_CAPITALS = re.compile(r"[^\W\d_]+")


def _raise_capitals(text: str) -> str:
    """Toned letters inside a word or line of capitals become capitals, as the capital font showed them."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
        if len(plain) >= 4 and all(letter.isupper() for letter in plain):
            lines[at] = line.upper()
        else:
            lines[at] = _ASCII_CAPITALS.sub(_raise_word, line)
    return "\n".join(lines)


def _raise_word(match: re.Match[str]) -> str:
    word = match.group()
    plain = [letter for letter in word if letter.isascii()]
    return word.upper() if len(plain) >= 2 and all(letter.isupper() for letter in plain) else word


def repair(text: str) -> Decoded | None:
    """Unicode text made of the letters of a legacy font (from old PDF), converted; None where it is not.

    It is repaired only where the text as it is does not spell Vietnamese and the conversion does.
    """
    right, total = marked_words_right(text)
    if total < 20 or right / total >= BELIEVED_SHARE:
        return None
    best = _best(text, None)
    if best is None:
        return None
    return Decoded(text=best[1], encoding=best[0], guessed=True)
