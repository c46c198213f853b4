"""Set words of a document as a poor scan gives them: "KẾ HOẠCN", "rgày 04 háng 3 năm 2O21".

What stands at a place that the decree fixes is known before it is read; a letter or two amiss do not hide it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ingest.normalise import fold

# Letters and digits that recognition takes for each other, as one of them; marks are lost before any letter is.
_ALIKE = str.maketrans("0165892l|", "oibbbgzii")
_FEW = 6
"""With fewer letters none may be amiss: short words are near to too much else."""


def squeezed(text: str) -> str:
    """The letters and digits alone, those that look alike as one.

    >>> squeezed("K É HOẠCH") == squeezed("KẾ HOẠCH")
    True
    """
    return "".join(letter for letter in fold(text) if letter.isalnum() or letter == "|").translate(_ALIKE)


def reads_as(text: str, words: str) -> bool:
    """Whether a text is these words with at most one letter of five amiss, and none where they have five or fewer.

    >>> reads_as("K ẾHOẠCN", "KẾ HOẠCH"), reads_as("QUY CHẾ", "QUY ĐỊNH")
    (True, False)
    """
    return _amiss(squeezed(text), squeezed(words)) is not None


def begins_as(text: str, words: str) -> bool:
    """Whether a text begins with these words, read as ``reads_as`` reads.

    >>> begins_as("ỦY BA N NHÂN DN HUYỆN LỆ THỦY", "ỦY BAN NHÂN DÂN")
    True
    """
    read, meant = squeezed(text), squeezed(words)
    return any(_amiss(read[: len(meant) + more], meant) is not None for more in (0, -1, 1))


def nearest(text: str, among: Iterable[str]) -> str | None:
    """That of the words which the text is, with the fewest letters amiss, or None."""
    read = squeezed(text)
    found = [(amiss, words) for words in among if (amiss := _amiss(read, squeezed(words))) is not None]
    return min(found, key=lambda one: one[0])[1] if found else None


def one_amiss(word: str) -> str:
    """A pattern of a word with no letter, or one letter, lost, added or taken for another.

    >>> import re
    >>> [bool(re.fullmatch(one_amiss("thang"), read)) for read in ("thang", "hang", "th ang", "tbang", "nang", "ngay")]
    [True, True, True, True, False, False]
    """
    changed = (rf"{word[:at]}\w?{word[at + 1 :]}" for at in range(len(word)))
    longer = (rf"{word[:at]}[\w ]{word[at:]}" for at in range(1, len(word)))
    return f"(?:{'|'.join((word, *changed, *longer))})"


def _amiss(read: str, meant: str) -> int | None:
    most = len(meant) // 5 if len(meant) >= _FEW else 0
    amiss = int(OSA.distance(read, meant, score_cutoff=most))
    return amiss if amiss <= most else None
