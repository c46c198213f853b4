"""Puts the diacritics back into a question typed without them, by the syllable n-grams of the documents.

A folded syllable ("du") has a few marked forms ("dự", "du", "đủ"); the likeliest row of forms is found by a
beam over trigrams, each level smoothed with the one below (Dirichlet smoothing: MacKay and Peto, Natural
Language Engineering 1(3), 1995). Counts of general text ship with the project; those of the indexed
documents are added with a higher weight.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold, has_marks, key

BASE = Path(__file__).with_name("models") / "planqa-restorer"

CORPUS_WEIGHT = 60.0
"""A count of the documents against one of general text; see docs/models.md for the accuracy that chose it."""
_PRIOR_BIGRAM = 20.0
_PRIOR_TRIGRAM = 30.0
_BEAM = 10
_FORMS = 12
"""Forms of a syllable that are tried, the most frequent first."""
_MARKED_ENOUGH = 0.4
"""In running text four syllables in five carry a mark; with less than half of that, marks were left out."""
_STRONG = 60.0
"""Weighted times that a pair must be seen before a syllable of a partly marked question is changed."""
_VERSION = 1

_BITS = 20
_EDGE = 0
WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?P<kept>\S*\d\S*)|(?P<word>[^\W\d_]+)|(?P<stop>[^\w\s])")
_FOLDED_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[iy]?|e|i|o[iu]?|u|y(?:a|eu?|u)?)?|y(?:eu?)?)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
_ENGLISH = frozenset(
    {
        "of",
        "is",
        "are",
        "which",
        "what",
        "who",
        "for",
        "and",
        "does",
        "by",
        "many",
        "much",
        "was",
        "were",
        "with",
    }
    | {"from", "has", "have", "must", "where", "when", "why", "list", "the", "this", "that", "their", "its"}
    | {"should", "been", "under", "about", "each", "between", "any"}
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sorted n-gram codes and how often each is seen: a code is the syllables' ids, ``_BITS`` bits each."""

    syllables: tuple[str, ...]
    single: NDArray[np.float64]
    pairs: NDArray[np.int64]
    pair_counts: NDArray[np.float64]
    triples: NDArray[np.int64]
    triple_counts: NDArray[np.float64]


class Restorer:
    """Restores diacritics; made by ``learn`` at index time or ``from_json`` later."""

    def __init__(self, corpus: Mapping[str, Mapping[str, int]]) -> None:
        """From the documents' n-gram counts by order ("1", "2", "3"), syllables joined by blanks."""
        self._corpus = corpus
        self._counts = _merge(_base(), corpus)
        self._ids = {syllable: number for number, syllable in enumerate(self._counts.syllables)}
        self._total = float(self._counts.single.sum())
        forms: dict[str, list[int]] = {}
        for number in np.argsort(-self._counts.single, kind="stable").tolist():
            if number != _EDGE:
                forms.setdefault(fold(self._counts.syllables[number]), []).append(number)
        self._forms = {bare: np.array(numbers[:_FORMS], dtype=np.int64) for bare, numbers in forms.items()}

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Restorer:
        """Count the syllables, pairs and triples of the documents' texts."""
        counts: dict[str, Counter[str]] = {"1": Counter(), "2": Counter(), "3": Counter()}
        for text in texts:
            for run in runs(text):
                counts["1"].update(run)
                padded = ["", *run, ""]
                counts["2"].update(map(" ".join, pairwise(padded)))
                counts["3"].update(map(" ".join, zip(padded, padded[1:], padded[2:], strict=False)))
        return cls(counts)

    def to_json(self) -> dict[str, object]:
        """The documents' counts; those of general text are in the shipped table."""
        return {
            "version": _VERSION,
            "counts": {order: dict(sorted(found.items())) for order, found in self._corpus.items()},
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, object]) -> Restorer:
        """What ``to_json`` gave. Raises ValueError for anything else."""
        counts = saved.get("counts")
        if (
            saved.get("version") != _VERSION
            or not isinstance(counts, Mapping)
            or set(counts) != {"1", "2", "3"}
        ):
            raise ValueError(f"no restorer of version {_VERSION}")
        return cls(
            {
                str(order): {str(row): int(times) for row, times in found.items()}
                for order, found in counts.items()
            }
        )

    def restore(self, question: str) -> str:
        """The question with its marks put back; its folded form stays the same, letter by letter.

        A question that carries marks as running text does, or is English, is returned as it is. In one with
        a few marks only bare syllables change, and only where the documents leave no doubt. Numbers,
        document numbers and words that are no Vietnamese syllables stay.
        """
        text = unicodedata.normalize("NFC", question)
        parts = [match for match in _PARTS.finditer(text)]
        words = [match["word"] for match in parts if match["word"]]
        if not words or _is_english(words):
            return question
        marked = sum(map(has_marks, words)) / len(words)
        if marked >= _MARKED_ENOUGH:
            return question
        out: list[str] = []
        at = 0
        for run in _split(parts, self._forms):
            forms = self._best([match["word"] for match in run], careful=marked > 0)
            for match, form in zip(run, forms, strict=True):
                out += [text[at : match.start()], _cased(form, match["word"])]
                at = match.end()
        return "".join([*out, text[at:]])

    def _best(self, words: Sequence[str], *, careful: bool) -> list[str]:
        """The likeliest form of each word of a run. ``careful``: bare words change only on strong
        evidence.
        """
        choices = [self._choices(word) for word in words]
        chosen = self._search(choices)
        names = [self._counts.syllables[number] for number in chosen]
        if not careful:
            return names
        return [
            name if name == key(word) or self._is_certain(chosen, at, key(word)) else key(word)
            for at, (name, word) in enumerate(zip(names, words, strict=True))
        ]

    def _choices(self, word: str) -> NDArray[np.int64]:
        """The ids of the forms of a word; a marked word has only its own."""
        if has_marks(word):
            own = self._ids.get(key(word))
            if own is not None:
                return np.array([own], dtype=np.int64)
        return self._forms[fold(word)]

    def _search(self, choices: Sequence[NDArray[np.int64]]) -> list[int]:
        """Beam search over the pairs of the last two forms."""
        before, last = np.array([_EDGE]), np.array([_EDGE])
        scores = np.zeros(1)
        back: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        for forms in [*choices, np.array([_EDGE])]:
            steps = scores[:, None] + np.log(self._likelihood(before, last, forms))
            # Of two rows with the same last two forms only the better can win.
            first: dict[tuple[int, int], int] = {}
            order = np.argsort(-steps, axis=None, kind="stable")
            for flat in order.tolist():
                row, column = divmod(flat, len(forms))
                first.setdefault((int(last[row]), column), flat)
                if len(first) == _BEAM:
                    break
            kept = np.fromiter(first.values(), dtype=np.int64)
            parents, columns = np.divmod(kept, len(forms))
            back.append((parents, forms[columns]))
            before, last, scores = last[parents], forms[columns], steps.ravel()[kept]
        at = 0
        chosen: list[int] = []
        for parents, numbers in reversed(back):
            chosen.append(int(numbers[at]))
            at = int(parents[at])
        return chosen[:0:-1]

    def _likelihood(
        self, before: NDArray[np.int64], last: NDArray[np.int64], forms: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """p(form | two before), (rows, forms): trigrams smoothed with bigrams, those with single
        syllables.
        """
        counts = self._counts
        alone = (counts.single[forms] + 0.1) / self._total
        pair = (last[:, None] << _BITS) | forms
        seen = _look_up(counts.pairs, counts.pair_counts, pair)
        two = (seen + _PRIOR_BIGRAM * alone) / (counts.single[last][:, None] + _PRIOR_BIGRAM)
        history = (before << _BITS) | last
        seen_history = _look_up(counts.pairs, counts.pair_counts, history)[:, None]
        seen = _look_up(counts.triples, counts.triple_counts, (history[:, None] << _BITS) | forms)
        # Rare triples are not in the shipped table, so a history may be seen more often than its triples
        # add up to.
        return np.asarray((seen + _PRIOR_TRIGRAM * two) / (seen_history + _PRIOR_TRIGRAM))

    def _is_certain(self, chosen: Sequence[int], at: int, bare: str) -> bool:
        """Whether the pairs with the neighbours are frequent with the chosen form and unheard of with the
        bare one.
        """
        own = self._ids.get(bare)
        around = [
            (chosen[at - 1] if at else _EDGE, True),
            (chosen[at + 1] if at + 1 < len(chosen) else _EDGE, False),
        ]
        found = plain = 0.0
        for neighbour, is_before in around:
            if neighbour == _EDGE:
                continue
            found += self._pair(neighbour, chosen[at], swap=not is_before)
            plain += self._pair(neighbour, own, swap=not is_before) if own is not None else 0.0
        return found >= _STRONG and plain * 50 <= found

    def _pair(self, first: int, second: int, *, swap: bool) -> float:
        if swap:
            first, second = second, first
        code = np.array([(first << _BITS) | second], dtype=np.int64)
        return float(_look_up(self._counts.pairs, self._counts.pair_counts, code)[0])


def runs(text: str) -> list[list[str]]:
    """The syllables of a text, lower case with one tone placement, cut at marks, numbers and foreign
    words.
    """
    out: list[list[str]] = []
    run: list[str] = []
    for match in _PARTS.finditer(key(text)):
        word = match["word"]
        if word and is_syllable(word):
            run.append(word)
        elif run:
            out.append(run)
            run = []
    return [*out, run] if run else out


def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable, or is an abbreviation with marks ("HĐND")."""
    return _FOLDED_SYLLABLE.fullmatch(fold(word)) is not None or (has_marks(word) and "đ" in word.lower())


def _is_english(words: Sequence[str]) -> bool:
    """Whether a question without marks is English: its words cannot be syllables, or English function
    words abound.
    """
    if any(map(has_marks, words)):
        return False
    lower = [word.lower() for word in words]
    foreign = sum(not is_syllable(word) and not word.isupper() for word in words) / len(words)
    return foreign >= 0.5 or (foreign >= 0.2 and sum(word in _ENGLISH for word in lower) >= 2)


def _split(parts: Sequence[re.Match[str]], forms: Mapping[str, object]) -> list[list[re.Match[str]]]:
    """Runs of words that have known forms; anything else ends a run."""
    out: list[list[re.Match[str]]] = [[]]
    for match in parts:
        if match["word"] and fold(match["word"]) in forms:
            out[-1].append(match)
        elif out[-1]:
            out.append([])
    return [run for run in out if run]


def _cased(form: str, word: str) -> str:
    """``form`` in the case of ``word``, letter by letter: both have the same letters but for the marks."""
    if len(form) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for new, old in zip(form, word, strict=True))


def _look_up(
    codes: NDArray[np.int64], counts: NDArray[np.float64], wanted: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The count of each wanted code, 0 where it is not among the sorted ``codes``."""
    if len(codes) == 0:
        return np.zeros(wanted.shape)
    at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[at] == wanted, counts[at], 0.0)


def _merge(base: Counts, corpus: Mapping[str, Mapping[str, int]]) -> Counts:
    """The general counts and ``CORPUS_WEIGHT`` times those of the documents."""
    ids = {syllable: number for number, syllable in enumerate(base.syllables)}
    for syllable in corpus["1"]:
        ids.setdefault(syllable, len(ids))
    single = np.zeros(len(ids))
    single[: len(base.single)] = base.single
    for syllable, times in corpus["1"].items():
        single[ids[syllable]] += CORPUS_WEIGHT * times
    # An edge is seen once before and once after each run: as often as pairs begin with it.
    single[_EDGE] += CORPUS_WEIGHT * sum(times for row, times in corpus["2"].items() if row.startswith(" "))
    pairs, pair_counts = _add(base.pairs, base.pair_counts, corpus["2"], ids)
    triples, triple_counts = _add(base.triples, base.triple_counts, corpus["3"], ids)
    return Counts(tuple(ids), single, pairs, pair_counts, triples, triple_counts)


def _add(
    codes: NDArray[np.int64], counts: NDArray[np.float64], rows: Mapping[str, int], ids: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    new = np.fromiter((_code(row, ids) for row in rows), dtype=np.int64, count=len(rows))
    weights = CORPUS_WEIGHT * np.fromiter(rows.values(), dtype=np.float64, count=len(rows))
    merged, place = np.unique(np.concatenate([codes, new]), return_inverse=True)
    summed = np.bincount(place, np.concatenate([counts, weights]), minlength=len(merged))
    return merged, summed.astype(np.float64)


def _code(row: str, ids: Mapping[str, int]) -> int:
    code = 0
    for syllable in row.split(" "):
        code = (code << _BITS) | ids[syllable]
    return code


@lru_cache(maxsize=1)
def _base() -> Counts:
    """The shipped table; empty but for the edge where it is not there."""
    if not (BASE / "counts.safetensors").is_file():
        none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Counts(("",), np.zeros(1), none, nothing, none, nothing)
    from safetensors.numpy import load_file

    arrays = load_file(BASE / "counts.safetensors")
    syllables = tuple((BASE / "syllables.txt").read_text(encoding="utf-8").split("\n")[:-1])
    return Counts(
        syllables,
        arrays["single"].astype(np.float64),
        _codes(arrays["pairs"]),
        _unpacked(arrays["pair_counts"]),
        _codes(arrays["triples"]),
        _unpacked(arrays["triple_counts"]),
    )


def _codes(columns: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Sorted codes from (order, n) ids."""
    codes = np.zeros(columns.shape[1], dtype=np.int64)
    for column in columns:
        codes = (codes << _BITS) | column.astype(np.int64)
    return codes


def _unpacked(steps: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Counts from eighths of their binary logarithm."""
    return np.asarray(np.exp2(steps.astype(np.float64) / 8))
