"""Folded words of questions and passages, and how much of a question a passage covers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from ingest.normalise import fold, has_marks, key
from retrieval.tokens import BREAK, marked_syllables, segmented, synonyms

# Words that carry no matter of their own: grammar, politeness, and the words that questions are made of.
_GRAMMAR = """
là của và các những được trong cho về có không đến từ với tại ở ra vào trên dưới khi thì mà nào gì ai đâu nhiêu mấy
sao vậy hay hoặc đã sẽ đang bị do bởi vì nên này đó kia ấy nó họ tôi mình em anh chị bạn xin hỏi vui lòng biết hãy nêu
giúp ạ nhé dạ ơi cần muốn như nhưng để cũng rằng lại còn nữa phải đúng gồm bao rõ xem kể
thuộc mỗi từng bằng khoảng thưa ok vâng thôi luôn đây mấy
chuyện cái chiếc chục cỡ tới bên phía chứ hả nhỉ chăng đều cứ liền ngay rồi vẫn dù tuy nếu đó đấy vài một mình chúng ta mọi hết
"""
# What of it may be dropped from a question without marks: "ban", "tai", "dang" may be Ban, tài or đẳng there.
_SAFE_BARE = """
la cua va cac nhung duoc trong cho co khong theo tu voi o khi thi ma nao gi ai dau nhieu may sao vay hoac da se bi boi vi nen
nay do kia ay no ho toi minh xin hoi vui long biet hay neu giup a nhe oi can muon nhu de cung rang con nua phai dung gom ro
xem thuoc moi mot
"""
# Without marks in a marked question these may be whole words of their own: "ai" asks, "an ninh", "so sánh", "do".
_MAYBE = frozenset("o voi".split())
STOP_MARKED = frozenset(key(_GRAMMAR).split())
STOP_BARE = frozenset(_SAFE_BARE.split())


def without_grammar(text: str, names: frozenset[str] = frozenset()) -> str:
    """The text with ``BREAK`` in place of words that carry no matter.

    A text with marks is compared with marks, so that "Ban", "tài" and "đẳng" stay; one without only loses words that
    can be nothing else. ``names`` are words, in small letters, that are part of a name here: "la" in "Sơn La".
    """
    marked = has_marks(text)
    text = re.sub(r"\bbao nhieu\b", f" {BREAK} ", text)

    kept = [match.span() for match in _kept().finditer(key(text))] if marked else []

    def drop(match: re.Match[str]) -> str:
        word = match.group()
        if word in names or any(start <= match.start() and match.end() <= end for start, end in kept):
            return word
        plain = key(word) if marked else fold(word)
        gone = plain in STOP_MARKED or (word in STOP_BARE and word not in _MAYBE) if marked else plain in STOP_BARE
        return f" {BREAK} " if gone else word

    return re.sub(r"(?<![\w/&-])[^\W\d_]+(?![\w/&-])", drop, text)


def content(topic: Iterable[str]) -> list[str]:
    """The syllables of a topic, each once, in order."""
    return [word for word in dict.fromkeys(topic) if word != BREAK]


_OTHER_MARKS = 0.35
_ALONE = 0.25
_SYNONYM = 0.85
_GUESSED = 0.5


class Weights:
    """How telling a term of a ``bag`` is: inverse document frequency over sentences with their headings."""

    def __init__(self, sentences: Iterable[frozenset[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._total = 0
        for terms in sentences:
            self._total += 1
            self._counts.update(terms)

    def of(self, term: str) -> float:
        """The weight of a term; a term that no passage has weighs most."""
        # log(1 + (N - n + 0.5) / (n + 0.5)): Robertson and Spärck Jones, as in BM25.
        count = self._counts.get(term, 0)
        return math.log(1 + (self._total - count + 0.5) / (count + 0.5))

    def commonest(self, words: Sequence[str]) -> str:
        """The word that stands in most passages, of equals the first."""
        return max(
            words, key=lambda word: min((self.count(term) for term in _terms(tuple(key(word).split()))), default=0)
        )

    def count(self, term: str) -> int:
        """In how many passages a term stands."""
        return self._counts.get(term, 0)


def pairs(words: Sequence[str]) -> set[str]:
    """Neighbouring syllables."""
    return {f"{a} {b}" for a, b in pairwise(words)}


def bag(words: Sequence[str]) -> frozenset[str]:
    """What a text holds: its syllables with marks (as ``=lương``), without, and its pairs of neighbours without."""
    folded = [fold(word) for word in words]
    return frozenset(folded) | pairs(folded) | frozenset(f"={word}" for word in words)


@cache
def _kept() -> re.Pattern[str]:
    """Synonyms that have a word of grammar in them and are none: "chị em", "cho vay"."""
    grammar = STOP_MARKED | STOP_BARE
    own = {" ".join(word) for group in synonyms() for word in group if len(word) > 1 and not grammar.isdisjoint(word)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(own, key=len, reverse=True)))})\b")


_Word = tuple[str, ...]
_ByFirst = dict[str, list[tuple[_Word, tuple[_Word, ...]]]]


def _by_first(groups: Iterable[Sequence[_Word]]) -> _ByFirst:
    """For each syllable the words of the groups that begin with it, with the bag terms of what may replace them."""
    found: _ByFirst = {}
    for group in groups:
        for word in group:
            if word:
                found.setdefault(word[0], []).append((word, tuple(_terms(other) for other in group if other != word)))
    return found


@cache
def _synonyms_by_first() -> _ByFirst:
    return _by_first(synonyms())


def alternatives(
    words: Sequence[str], groups: Iterable[Sequence[_Word]] | None = None
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each syllable of a marked topic the bag terms of the words that its own word may be replaced by.

    ``groups`` are of words of one meaning, each by its syllables; the synonyms where there are none.
    """
    by_first = _synonyms_by_first() if groups is None else _by_first(groups)
    found: dict[str, set[tuple[str, ...]]] = {}
    inside = _inside(tuple(words))
    for at, first in enumerate(words):
        for word, others in by_first.get(first, ()):
            if len(word) == 1 and at in inside:
                continue  # "bản" of "văn bản" is no "thôn"
            if tuple(words[at : at + len(word)]) == word:
                for syllable in word:
                    found.setdefault(syllable, set()).update(others)
    return {syllable: tuple(sorted(others)) for syllable, others in found.items()}


@lru_cache(maxsize=1000)
def _inside(words: tuple[str, ...]) -> frozenset[int]:
    """The places of the syllables that are but a part of a word, as the segmenter cuts it."""
    found: set[int] = set()
    at = 0
    for part in " ".join(word if word.isalpha() or word == BREAK else "0" for word in words).split(BREAK):
        for word in segmented(part):
            length = word.count("_") + 1
            found.update(range(at, at + length) if length > 1 else ())
            at += length
        at += 1
    return frozenset(found)


def _renderings(words: Sequence[str], groups: Sequence[Sequence[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each syllable of a topic the bag terms of the other translations of the words that it belongs to.

    Grammar and cues may have taken syllables of the chosen translation away: what is left of it stands for it.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for group in groups:
        spelt = {
            rendering: tuple(word for word in marked_syllables(rendering) if word not in STOP_MARKED)
            for rendering in group
        }
        for chosen, syllables_of in spelt.items():
            left = _left_of(syllables_of, words)
            others = [_terms(other) for one, other in spelt.items() if one != chosen and other]
            for syllable in left:
                found.setdefault(syllable, []).extend(others)
    return {syllable: tuple(dict.fromkeys(others)) for syllable, others in found.items()}


def _left_of(word: tuple[str, ...], words: Sequence[str]) -> tuple[str, ...]:
    """The longest run of a word's syllables, at least half of them, that stands in a topic; () where there is none."""
    for length in range(len(word), (len(word) - 1) // 2, -1):
        for start in range(len(word) - length + 1):
            part = word[start : start + length]
            if any(tuple(words[at : at + length]) == part for at in range(len(words) - length + 1)):
                return part
    return ()


def _terms(word: tuple[str, ...]) -> tuple[str, ...]:
    """What a bag has of a word: its marked syllables, and its folded neighbours."""
    folded = [fold(syllable) for syllable in word]
    return (*(f"={syllable}" for syllable in word), *sorted(pairs(folded)))


def _as_sets(found: dict[str, tuple[tuple[str, ...], ...]]) -> dict[str, tuple[frozenset[str], ...]]:
    return {word: tuple(frozenset(other) for other in others) for word, others in found.items()}


def _hold(bags: tuple[frozenset[str], ...], others: tuple[frozenset[str], ...] | None) -> bool:
    """Whether the bags together hold all terms of one of the words."""
    if not others:
        return False
    whole = bags[0] if len(bags) == 1 else frozenset().union(*bags)
    return any(other <= whole for other in others)


class Topic:
    """What the evidence should hold: weighted syllables and pairs of neighbours.

    Two thirds of the weight lie on syllables, one third on neighbours: Vietnamese words have mostly two syllables.
    ``words`` are in order, with ``BREAK`` where words were left out. Where they carry marks, a syllable that the
    evidence has only with other marks counts a third: it may be another word ("lương", "lượng"), or a slip of OCR.
    ``same`` are groups of translations of one English word, any of which is as good as the one in ``words``; ``unsure`` are
    syllables of translations that are guesses: they count half.
    """

    def __init__(
        self,
        words: Sequence[str],
        weights: Weights,
        same: Sequence[Sequence[str]] = (),
        unsure: frozenset[str] = frozenset(),
    ) -> None:
        self.words = tuple(words)
        self._weights, self._groups, self._unsure = weights, tuple(map(tuple, same)), unsure
        self._others = _as_sets(alternatives(self.words))
        self._same = _as_sets(_renderings(self.words, self._groups))
        self._exact = any(has_marks(word) for word in words)
        folded = [fold(word) for word in words]
        self._plain = dict(zip(words, folded, strict=True))
        neighbours = {f"{one} {two}" for one, two in pairwise(folded) if BREAK not in (one, two)}
        singles = content(words)
        self._single = self._shares(
            {
                word: weights.of(f"={word}" if self._exact and fold(word) != word else fold(word))
                * (_GUESSED if word in unsure else 1.0)
                for word in singles
            },
            2 / 3 if neighbours else 1.0,
        )
        self._pairs = self._shares({pair: weights.of(pair) for pair in neighbours}, 1 / 3)
        self._kept: dict[frozenset[str], tuple[float, ...]] = {}
        self._hints = {word: self._hint(word) for word in self._single}

    def _hint(self, word: str) -> frozenset[str]:
        """All that a bag has to hold something of, to tell anything of a word: most hold none, and need no closer look."""
        others = (*self._others.get(word, ()), *self._same.get(word, ()))
        return frozenset((f"={word}", self._plain[word])).union(*others)

    @staticmethod
    def _shares(weighted: dict[str, float], whole: float) -> dict[str, float]:
        total = sum(weighted.values())
        return {term: whole * weight / total for term, weight in weighted.items()} if total else {}

    def __bool__(self) -> bool:
        return bool(self._single)

    def over(self, words: Sequence[str], other: Topic | None = None) -> Topic:
        """A topic of other words, read with what is known of the translations of this one and of ``other``."""
        groups = (*self._groups, *(other._groups if other is not None else ()))
        unsure = self._unsure | (other._unsure if other is not None else frozenset())
        return Topic(words, self._weights, groups, unsure)

    def covered_by(self, *bags: frozenset[str]) -> float:
        """The share of the topic that the bags hold together, 0..1; 0 for an empty topic."""
        if len(bags) == 1:
            return min(1.0, sum(self._held_in(bags[0])))
        held: list[tuple[float, ...]] = [self._held_in(one) for one in bags]
        best: list[float] = [max(shares) for shares in zip(*held, strict=True)]
        return min(1.0, sum(best))

    def covered_once(self, one: frozenset[str]) -> float:
        """``covered_by`` of a bag that is not asked for again, such as that of a question."""
        return 0.0 if self._telling.isdisjoint(one) else min(1.0, sum(self._shares_in(one)))

    @cached_property
    def _telling(self) -> frozenset[str]:
        """All that a bag has to hold something of, to cover anything."""
        others = (
            term for found in (self._others, self._same) for words in found.values() for word in words for term in word
        )
        return frozenset((*self._pairs, *self._plain.values(), *(f"={word}" for word in self._single), *others))

    def _held_in(self, one: frozenset[str]) -> tuple[float, ...]:
        """What a bag holds of each pair and word of the topic, by its share; kept, since headings are asked often."""
        held = self._kept.get(one)
        if held is None:
            held = self._kept[one] = self._shares_in(one)
        return held

    def _shares_in(self, one: frozenset[str]) -> tuple[float, ...]:
        hints = self._hints
        pairs = [share if pair in one else 0.0 for pair, share in self._pairs.items()]
        words = [
            0.0 if hints[word].isdisjoint(one) else share * self._found(word, (one,))
            for word, share in self._single.items()
        ]
        return (*pairs, *words)

    def finds(self, word: str, bags: tuple[frozenset[str], ...]) -> bool:
        """Whether the bags hold a word of the topic, a synonym of it, or the syllable with other marks."""
        return self._found(word, bags) > 0

    def _found(self, word: str, bags: tuple[frozenset[str], ...]) -> float:
        """1 where the bags hold the word, less where they hold a synonym or the syllable with other marks."""
        plain = self._plain[word]
        exact = self._exact and plain != word  # a word without marks in a marked question may have lost them
        sought = f"={word}" if exact else plain
        for one in bags:
            if sought in one:
                return 1.0
        if self._renders(word, bags):
            return 1.0
        if _hold(bags, self._others.get(word)):
            return _SYNONYM
        return _OTHER_MARKS if exact and any(plain in one for one in bags) else 0.0

    def _renders(self, word: str, bags: tuple[frozenset[str], ...]) -> bool:
        """Whether the bags hold another translation of the word that a syllable belongs to."""
        return _hold(bags, self._same.get(word))

    @cached_property
    def _whole(self) -> tuple[tuple[tuple[str, ...], float], ...]:
        """The words of the topic as the segmenter cuts them, each by its syllables, with its weight."""
        found: dict[tuple[str, ...], float] = {}
        for part in " ".join(self.words).split(BREAK):
            for word in segmented(part):
                syllables = tuple(word.split("_"))
                if all(one in self._plain for one in syllables):
                    found[syllables] = max(self._weights.of(term) for term in self._terms_of(syllables))
        return tuple(found.items())

    def words_held_by(self, *bags: frozenset[str]) -> float:
        """The share of the topic's whole words that the bags hold, 0..1: "mật khẩu" is not half of "truyền khẩu".

        Rare words weigh more; 1 for a topic without words.
        """
        total = sum(weight for _, weight in self._whole)
        return sum(weight * self._whole_in(word, bags) for word, weight in self._whole) / total if total else 1.0

    def _terms_of(self, word: tuple[str, ...]) -> set[str]:
        return pairs([self._plain[one] for one in word]) or {f"={word[0]}"}

    def _whole_in(self, word: tuple[str, ...], bags: tuple[frozenset[str], ...]) -> float:
        if len(word) == 1:
            return self._found(word[0], bags)
        if any(self._terms_of(word) <= one for one in bags):
            return 1.0
        return float(all(self._renders(one, bags) or _hold(bags, self._others.get(one)) for one in word))

    def held_by(self, *bags: frozenset[str]) -> float:
        """The share of the topic's syllables that the bags hold as words, 0..1: a stricter measure, for refusing.

        A syllable that has neighbours in the topic counts a quarter where it stands in the evidence without any of them:
        "thoại" of "đối thoại" is no "điện thoại".
        """
        total = 0.0
        whole = sum(self._single.values())
        neighbours: dict[str, list[str]] = {}
        folded = [self._plain[word] for word in self.words]
        for one, two in pairwise(folded):
            if BREAK not in (one, two):
                neighbours.setdefault(one, []).append(f"{one} {two}")
                neighbours.setdefault(two, []).append(f"{one} {two}")
        for word, share in self._single.items():
            plain = self._plain[word]
            found = self._found(word, bags)
            around = neighbours.get(plain, [])
            joined = (
                not around
                or found == _SYNONYM
                or any(pair in one for pair in around for one in bags)
                or self._renders(word, bags)
            )
            total += share * found * (1.0 if joined else _ALONE)
        return total / whole if whole else 0.0


def coverage(topic: Sequence[str], passage: Sequence[str], weights: Weights) -> float:
    """The share of a topic that the words of a passage hold, 0..1."""
    return Topic(topic, weights).covered_by(bag(passage))
