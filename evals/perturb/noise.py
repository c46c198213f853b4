"""Documents as a poor scan gives them: letters read wrongly or lost, every place traceable to the original.

The confusions are those that optical recognition of Vietnamese makes most: marks lost or taken for others, letters
that look alike, words torn apart or run together.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from evals.types import Case, Evidence
from ingest.normalise import strip_marks
from ingest.types import Span

NOISE: Mapping[str, float] = {"ocr-1": 0.01, "ocr-3": 0.03, "ocr-5": 0.05}
"""The share of characters that is read wrongly, by the name of the perturbation."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_LOOKALIKES: Mapping[str, tuple[str, ...]] = {
    "l": ("1", "I", "i"), "i": ("l", "1", "í"), "I": ("l", "1"), "1": ("l", "7"), "0": ("O", "6"), "O": ("0", "Q"),
    "o": ("c", "0"), "c": ("e", "o"), "e": ("c", "o"), "h": ("b", "li"), "b": ("h", "6"), "n": ("r", "u"),
    "u": ("n", "ii"), "m": ("rn", "n"), "r": ("n", "t"), "t": ("l", "f"), "g": ("q", "9"), "q": ("g",), "a": ("o", "s"),
    "s": ("a", "5"), "y": ("v",), "v": ("y",), "p": ("n",), "d": ("cl", "đ"), "đ": ("d",), "Đ": ("D", "Ð"),
    "S": ("5", "8"), "B": ("8", "R"), "5": ("S", "6"), "8": ("B", "3"), "3": ("8",), "6": ("5", "b"), "9": ("g", "0"),
    "4": ("A",), "7": ("1",), "2": ("Z",), "T": ("I",), "C": ("G",), "N": ("M",), "K": ("R",), "H": ("N",),
    ",": (".", ""), ".": (",", ""), ";": (",",), ":": (";", "."),
}  # fmt: skip
# Structure is no ink: marks of Markdown, line ends and tables are left alone.
_INK = re.compile(r"[\w.,;:]")
_MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class Noisy:
    """A text read wrongly. ``starts[i]`` is where the character ``i`` of the original begins in ``text``.

    ``len(starts)`` is the length of the original plus one; the last entry is the length of ``text``.
    """

    text: str
    starts: tuple[int, ...]

    def moved(self, span: Span) -> Span:
        """Where a span of the original stands now; it may be empty where its only letters were lost."""
        return Span(self.starts[span.start], self.starts[span.end])

    def shown(self, span: Span) -> str:
        """What a span of the original reads now."""
        moved = self.moved(span)
        return self.text[moved.start : moved.end]


def noisy_text(text: str, rate: float, seed: str = "") -> Noisy:
    """A text with ``rate`` of its letters, digits and stops read wrongly; the same seed gives the same text."""
    random = Random(zlib.crc32(f"{seed}~{rate}".encode()))
    ink = [match.start() for match in _INK.finditer(text)]
    wrong = frozenset(random.sample(ink, round(len(ink) * rate)))
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for at, letter in enumerate(text):
        part = _misread(letter, random) if at in wrong else letter
        starts.append(length)
        parts.append(part)
        length += len(part)
    return Noisy("".join(parts), (*starts, length))


def write_noisy_corpus(texts: Mapping[str, str], rate: float, folder: Path) -> dict[str, tuple[str, Noisy]]:
    """Write every text by its id with noise into ``folder``; each id with its original and what was written.

    Raises OSError where the folder cannot be written.
    """
    made = {}
    for name, text in texts.items():
        noisy = noisy_text(text, rate, name)
        (folder / f"{name}.md").write_text(noisy.text, encoding="utf-8", newline="")
        made[name] = (text, noisy)
    return made


def noisy_case(case: Case, documents: Mapping[str, tuple[str, Noisy]], name: str) -> Case:
    """The case with its evidence as the noisy documents write it, and their spellings of its facts besides."""
    evidence = tuple(_noisy_evidence(one, *documents[one.document]) for one in case.evidence)
    held = {one.document: documents[one.document] for one in case.evidence}
    required = tuple((*fact, *_noisy_spellings(fact, held)) for fact in case.required)
    return replace(case, id=f"{case.id}~{name}", evidence=evidence, required=required, perturbation=name)


def _noisy_evidence(evidence: Evidence, text: str, noisy: Noisy) -> Evidence:
    def now(quote: str) -> str:
        at = text.find(quote)
        return noisy.shown(Span(at, at + len(quote))) if quote and at >= 0 else quote

    return replace(
        evidence,
        quote=now(evidence.quote),
        heading=now(evidence.heading),
        also=tuple(now(quote) for quote in evidence.also),
    )


def _noisy_spellings(fact: Sequence[str], held: Mapping[str, tuple[str, Noisy]]) -> list[str]:
    """What the noisy documents write where the originals write a fact, in the order of the text."""
    found: dict[str, None] = {}
    for spelling in fact:
        # The white space of a spelling is any run of blanks and emphasis of the document.
        words = [re.escape(word) for word in spelling.split()]
        pattern = re.compile(r"(?<!\w)" + r"[\s*]+".join(words) + r"(?!\w)", re.IGNORECASE)
        for text, noisy in held.values():
            for match in islice(pattern.finditer(text), _MOST_PLACES):
                shown = noisy.shown(Span(match.start(), match.end()))
                if shown.strip() and shown != match.group():
                    found[shown] = None
    return list(found)


def _misread(letter: str, random: Random) -> str:
    """A letter as it is read wrongly; never as it is."""
    wrong = [one for one in _wrong_forms(letter) if one != letter]
    return random.choice(wrong) if wrong else ""


def _wrong_forms(letter: str) -> list[str]:
    forms = list(_LOOKALIKES.get(letter, ()))
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if marks:
        forms.append(strip_marks(letter))
        shapes = "".join(mark for mark in marks if mark not in _TONES)
        forms.extend(
            unicodedata.normalize("NFC", base + shapes + tone)
            for tone in ("", *_TONES)
            if unicodedata.normalize("NFC", base + shapes + tone) != letter
        )
    if letter.isalpha():
        forms.append(f"{letter} ")
    if letter.isdigit() or letter in ".,;:":
        return forms
    return [*forms, ""] if forms else [""]
