"""Puts the diacritics back into a question typed without them, by the syllable n-grams of the documents.

A folded syllable ("du") has a few marked forms ("dự", "du", "đủ"); the likeliest row of forms is found by a
beam over triples of syllables. What a triple has not been seen with is estimated from pairs, and those from
single syllables (absolute discounting: Ney, Essen and Kneser, Computer Speech and Language 8(1), 1994).
Counts of general text ship with the project; those of the indexed documents are added with a higher weight.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold, has_marks, key

BASE = Path(__file__).with_name("models") / "planqa-restorer"

CORPUS_WEIGHT = 60.0
"""A count of the documents against one of general text; see docs/models.md for the accuracy that chose it."""
_DISCOUNT = 0.75
"""What is taken off a general count, and, of the documents' counts, off the number before it is weighted."""
_LEAST_REST = 0.02
_BEAM = 10
_FORMS = 12
"""Forms of a syllable that are tried, the most frequent first."""
_MARKED_ENOUGH = 0.75
"""In running text four syllables in five carry a mark. With fewer, some were left out: a bare syllable then changes,
but only where the documents leave no doubt; none of 1,599 lines of other provinces' plans was changed by that."""
_STRONG = 60.0
"""Weighted times that a pair must be seen before a syllable of a partly marked question is changed."""
_VERSION = 2

_BITS = 20
_EDGE = 0
WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?P<kept>\S*\d\S*)|(?P<word>[^\W\d_]+)|(?P<stop>[^\w\s])")
_INNER = re.compile(r"[^\W_]+")
_FOLDED_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[iy]?|e|i|o[iu]?|u|y(?:a|eu?|u)?)?|y(?:eu?)?)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
_ENGLISH_WORDS = re.compile(
    r"of|is|are|which|what|who|for|and|does|by|many|much|was|were|with|from|has|have|must|where|when"
    r"|why|list|the|this|that|their|its|should|been|under|about|each|between|any"
)


# What only a question has: documents, whose counts weigh more, would make "bảo nhiều" of it.
_ASKING = {
    fold(pair): tuple(pair.split())
    for pair in (
        "bao nhiêu",
        "bao giờ",
        "bao lâu",
        "thế nào",
        "tại sao",
        "vì sao",
        "ra sao",
        "khi nào",
        "tối đa",
        "tối thiểu",
        "sở nào",
    )
}
_OPENS = "ai"  # with which a question begins: "ai lo việc này", and no "ái"


class _Part(NamedTuple):
    """A part of a text; ``word`` is "" for what is no word."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Counts:
    """N-gram counts: a code is the syllables' ids, ``_BITS`` bits each; the codes are sorted."""

    syllables: tuple[str, ...]
    single: NDArray[np.float64]
    pairs: NDArray[np.int64]
    pair_counts: NDArray[np.float64]
    triples: NDArray[np.int64]
    triple_counts: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """p(last | before) of the n-grams seen, and what of p is left for others after each syllable and pair."""

    pairs: NDArray[np.float64]
    triples: NDArray[np.float64]
    after_single: NDArray[np.float64]
    after_pair: NDArray[np.float64]


class Restorer:
    """Restores diacritics; made by ``learn`` at index time or ``from_json`` later."""

    def __init__(self, corpus: Mapping[str, Mapping[str, int]], words: Iterable[str] = ()) -> None:
        """From the documents' n-gram counts by order ("1", "2", "3"), syllables joined by blanks.

        ``words`` are folded words of the documents that are no syllables: names, foreign words.
        """
        self._corpus = corpus
        self.words = frozenset(words)
        self._counts, self._shares = _merge(_base(), corpus)
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
        words: set[str] = set()
        for text in texts:
            words.update(fold(word) for word in WORD.findall(key(text)) if not is_syllable(word))
            for run in runs(text):
                counts["1"].update(run)
                padded = ["", *run, ""]
                counts["2"].update(map(" ".join, pairwise(padded)))
                counts["3"].update(map(" ".join, zip(padded, padded[1:], padded[2:], strict=False)))
        return cls(counts, words)

    def to_json(self) -> dict[str, object]:
        """The documents' counts; those of general text are in the shipped table."""
        return {
            "version": _VERSION,
            "counts": {order: dict(sorted(found.items())) for order, found in self._corpus.items()},
            "words": sorted(self.words),
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, object]) -> Restorer:
        """What ``to_json`` gave. Raises ValueError for anything else."""
        counts, words = saved.get("counts"), saved.get("words")
        if saved.get("version") != _VERSION or not isinstance(counts, Mapping) or set(counts) != {"1", "2", "3"}:
            raise ValueError(f"no restorer of version {_VERSION}")
        if not isinstance(words, Sequence):
            raise ValueError("a restorer without its words")
        return cls(
            {str(order): {str(row): int(times) for row, times in found.items()} for order, found in counts.items()},
            map(str, words),
        )

    @property
    def syllables(self) -> tuple[str, ...]:
        """All syllables that it knows, with their marks."""
        return tuple(syllable for syllable in self._counts.syllables if syllable)

    def knows(self, syllable: str) -> bool:
        """Whether a syllable, in lower case and with its marks, has been seen."""
        return syllable in self._ids and syllable != ""

    def forms_of(self, folded: str) -> tuple[str, ...]:
        """The marked forms of a syllable without marks, the commonest first; () where there is none."""
        return tuple(self._counts.syllables[number] for number in self._forms.get(folded, ()))

    def has_pair(self, first: str, second: str) -> bool:
        """Whether the documents have two syllables beside each other, compared without marks."""
        return f"{fold(first)} {fold(second)}" in self._bare_pairs

    @cached_property
    def _bare_pairs(self) -> frozenset[str]:
        return frozenset(fold(row) for row, times in self._corpus["2"].items() if times > 1)

    def restore(self, question: str) -> str:
        """The question with its marks put back; its folded form stays the same, letter by letter.

        A question that carries marks as running text does, or is English, is returned as it is. In one with
        a few marks only bare syllables change, and only where the documents leave no doubt. Numbers,
        document numbers and words that are no Vietnamese syllables stay.
        """
        return self.restore_with(question, {})[0]

    def restore_with(
        self, question: str, options: Mapping[str, Mapping[str, float]]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The same where some words, as written, may stand for others; the words so replaced as (written, meant).

        ``options`` gives for such a word the known syllables that it may stand for, each with the logarithm of how
        likely it is that a writer of that syllable wrote this. Such a word is always replaced.
        """
        text = unicodedata.normalize("NFC", question)
        parts = _parts_of(text, options)
        words = [part.word for part in parts if part.word]
        plain = [word for word in words if word not in options]
        # Where most words are keys of Telex, the few others do not tell the language.
        if not words or (2 * len(plain) > len(words) and _is_english(plain)):
            return question, ()
        marked = sum(map(has_marks, plain)) / len(plain) if plain else 0.0
        enough = marked >= _MARKED_ENOUGH and bool(plain)
        if enough and not options:
            return question, ()
        out: list[str] = []
        changed: list[tuple[str, str]] = []
        at = 0
        for run in _split(parts, self._forms, options):
            written = [part.word for part in run]
            for part, form in zip(run, self._best(written, options, marked, enough=enough), strict=True):
                meant = _cased(form, part.word) if part.word not in options else _capitalised(form, part.word)
                if part.word in options:
                    changed.append((part.word, meant))
                out += [text[at : part.start], meant]
                at = part.end
        return "".join([*out, text[at:]]), tuple(dict.fromkeys(changed))

    def _best(
        self, words: Sequence[str], options: Mapping[str, Mapping[str, float]], marked: float, *, enough: bool
    ) -> list[str]:
        """The likeliest form of each word of a run. In a question with some marks bare words change only on strong
        evidence, in one with ``enough`` never.
        """
        choices = [self._choices(word, options.get(word), enough=enough) for word in words]
        for at, (first, second) in enumerate(pairwise(words)):
            asking = (
                _ASKING.get(f"{first} {second}".lower()) if first not in options and second not in options else None
            )
            if asking is not None and not enough and all(form in self._ids for form in asking):
                choices[at : at + 2] = [(np.array([self._ids[form]], dtype=np.int64), np.zeros(1)) for form in asking]
        if not enough and words and words[0].lower() == _OPENS and words[0] not in options and _OPENS in self._ids:
            choices[0] = (np.array([self._ids[_OPENS]], dtype=np.int64), np.zeros(1))
        chosen = self._search([ids for ids, _ in choices], [costs for _, costs in choices])
        names = [self._counts.syllables[number] for number in chosen]
        if enough or not marked:
            return names
        return [
            name if word in options or name == key(word) or self._is_certain(chosen, at, key(word)) else key(word)
            for at, (name, word) in enumerate(zip(names, words, strict=True))
        ]

    def _choices(
        self, word: str, options: Mapping[str, float] | None, *, enough: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ids of the forms of a word, and the logarithm of how likely each is; a marked word has only its own."""
        if options is not None:
            ids = np.array([self._ids[form] for form in options], dtype=np.int64)
            return ids, np.array(list(options.values()), dtype=np.float64)
        own = self._ids.get(key(word)) if enough or has_marks(word) else None
        forms = np.array([own], dtype=np.int64) if own is not None else self._forms[fold(word)]
        return forms, np.zeros(len(forms))

    def _search(self, choices: Sequence[NDArray[np.int64]], costs: Sequence[NDArray[np.float64]]) -> list[int]:
        """Beam search over the pairs of the last two forms."""
        before, last = np.array([_EDGE]), np.array([_EDGE])
        scores = np.zeros(1)
        back: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        ended = (np.array([_EDGE]), np.zeros(1))
        for forms, likely in [*zip(choices, costs, strict=True), ended]:
            steps = scores[:, None] + np.log(self._likelihood(before, last, forms)) + likely
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
        """p(form | two before), (rows, forms): a triple, else its pair, else the syllable alone."""
        counts, shares = self._counts, self._shares
        alone = (counts.single[forms] + 0.1) / self._total
        pair = (last[:, None] << _BITS) | forms
        two = _look_up(counts.pairs, shares.pairs, pair) + shares.after_single[last][:, None] * alone
        history = (before << _BITS) | last
        rest = _look_up(counts.pairs, shares.after_pair, history, otherwise=1.0)[:, None]
        triple = (history[:, None] << _BITS) | forms
        return np.asarray(_look_up(counts.triples, shares.triples, triple) + rest * two)

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
    return foreign >= 0.5 or (foreign >= 0.2 and sum(_ENGLISH_WORDS.fullmatch(word) is not None for word in lower) >= 2)


def _parts_of(text: str, options: Mapping[str, object]) -> list[_Part]:
    """The words of a text, and what ends a run of them. A word with options may hold digits ("tri2")."""
    found = []
    for match in _PARTS.finditer(text):
        kept = _INNER.search(match["kept"]) if match["kept"] else None
        if kept is not None and kept.group() in options:
            start = match.start() + kept.start()
            found.append(_Part(start, start + len(kept.group()), kept.group()))
        else:
            found.append(_Part(match.start(), match.end(), match["word"] or ""))
    return found


def _split(parts: Sequence[_Part], forms: Mapping[str, object], options: Mapping[str, object]) -> list[list[_Part]]:
    """Runs of words that have known forms; anything else ends a run."""
    out: list[list[_Part]] = [[]]
    for part in parts:
        if part.word and (part.word in options or fold(part.word) in forms):
            out[-1].append(part)
        elif out[-1]:
            out.append([])
    return [run for run in out if run]


def _cased(form: str, word: str) -> str:
    """``form`` in the case of ``word``, letter by letter: both have the same letters but for the marks."""
    if len(form) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for new, old in zip(form, word, strict=True))


def _capitalised(form: str, word: str) -> str:
    """``form`` in the case of a word of other letters: capitals throughout, a capital first, or neither."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _look_up(
    codes: NDArray[np.int64],
    values: NDArray[np.float64],
    wanted: NDArray[np.int64],
    *,
    otherwise: float = 0.0,
) -> NDArray[np.float64]:
    """The value of each wanted code, ``otherwise`` where it is not among the sorted ``codes``."""
    if len(codes) == 0:
        return np.full(wanted.shape, otherwise)
    at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[at] == wanted, values[at], otherwise)


def _merge(base: Counts, corpus: Mapping[str, Mapping[str, int]]) -> tuple[Counts, Shares]:
    """The general counts and ``CORPUS_WEIGHT`` times those of the documents, and the shares that follow."""
    ids = {syllable: number for number, syllable in enumerate(base.syllables)}
    for syllable in corpus["1"]:
        ids.setdefault(syllable, len(ids))
    single = np.zeros(len(ids))
    single[: len(base.single)] = base.single
    for syllable, times in corpus["1"].items():
        single[ids[syllable]] += CORPUS_WEIGHT * times
    # Only an edge before a run is followed by anything: that is every second one of the table.
    starts = sum(times for row, times in corpus["2"].items() if row.startswith(" "))
    single[_EDGE] = single[_EDGE] / 2 + CORPUS_WEIGHT * starts
    pairs, pair_counts, pair_kept = _add(base.pairs, base.pair_counts, corpus["2"], ids)
    triples, triple_counts, triple_kept = _add(base.triples, base.triple_counts, corpus["3"], ids)
    before = pairs >> _BITS
    pair_shares = pair_kept / np.maximum(single[before], pair_counts)
    history = np.searchsorted(pairs, triples >> _BITS) if len(pairs) else np.zeros(0, dtype=np.int64)
    history = np.minimum(history, max(len(pairs) - 1, 0))
    known = pairs[history] == triples >> _BITS if len(pairs) else np.zeros(0, dtype=bool)
    # A triple whose first pair is not in the table says nothing: its share cannot be known.
    triple_shares = triple_kept / np.maximum(np.where(known, pair_counts[history], 0.0), triple_counts)
    shares = Shares(
        pair_shares,
        np.where(known, triple_shares, 0.0),
        _rest(before, pair_shares, len(ids)),
        _rest(history[known], triple_shares[known], len(pairs)),
    )
    return Counts(tuple(ids), single, pairs, pair_counts, triples, triple_counts), shares


def _rest(history: NDArray[np.int64], shares: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """What is left of 1 after each history: discounts, and what the table leaves out."""
    return np.asarray(np.maximum(1.0 - np.bincount(history, shares, minlength=size), _LEAST_REST))


def _add(
    codes: NDArray[np.int64], counts: NDArray[np.float64], rows: Mapping[str, int], ids: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Codes, counts and discounted counts of both sources."""
    new = np.fromiter((_code(row, ids) for row in rows), dtype=np.int64, count=len(rows))
    times = np.fromiter(rows.values(), dtype=np.float64, count=len(rows))
    merged, place = np.unique(np.concatenate([codes, new]), return_inverse=True)
    summed, kept = (
        np.bincount(place, np.concatenate(both), minlength=len(merged)).astype(np.float64)
        for both in (
            (counts, CORPUS_WEIGHT * times),
            (np.maximum(counts - _DISCOUNT, 0.0), CORPUS_WEIGHT * (times - _DISCOUNT)),
        )
    )
    return merged, summed, kept


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
