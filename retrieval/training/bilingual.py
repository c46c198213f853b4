"""English queries for Vietnamese passages: word translations learnt from parallel sentences, put in word
by word.

A model that adds up its tokens does not see word order, so a word-by-word translation trains it as well as a
fluent one. Word translations: IBM Model 1 (Brown et al., Computational Linguistics 19(2), 1993), Vietnamese
to English.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.normalise import key, strip_marks
from retrieval.training.sources import Pair

_WORD = re.compile(r"[a-z][a-z'-]*")
_MARKS = ' .,;:?!()"“”'
_ROUNDS = 6
_LIKELY = 0.15
_SMALL_WORDS = (
    "the",
    "of",
    "in",
    "is",
    "are",
    "for",
    "to",
    "what",
    "which",
    "and",
    "does",
    "by",
    "on",
    "how",
    "a",
    "do",
    "was",
)
_LONGEST = 60
"""Words of a sentence that are aligned: longer sentences hold too many chance pairs."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English for Vietnamese tokens, and for the phrases of the glossary (lower case)."""

    tokenizer: Tokenizer
    words: dict[str, tuple[tuple[str, float], ...]]
    phrases: dict[str, tuple[str, ...]]
    longest: int

    def english(self, text: str, chance: random.Random) -> str:
        """The text word by word in English; what has no translation (names, numbers) stays, without marks."""
        out: list[str] = []
        words = key(text).split()
        at = rest = 0
        while at < len(words):
            for size in range(min(self.longest, len(words) - at), 1, -1):
                found = self.phrases.get(" ".join(words[at : at + size]).strip(_MARKS))
                if found is not None:
                    out += [*self._words(" ".join(words[rest:at]), chance), chance.choice(found)]
                    at = rest = at + size
                    break
            else:
                at += 1
        out += self._words(" ".join(words[rest:]), chance)
        # Words that say nothing, so that the model learns to give them little weight.
        for _ in range(chance.randint(0, 1 + len(out) // 3)):
            out.insert(chance.randint(0, len(out)), chance.choice(_SMALL_WORDS))
        return " ".join(out)

    def _words(self, text: str, chance: random.Random) -> list[str]:
        out: list[str] = []
        for token in self.tokenizer.encode(text, add_special_tokens=False).tokens:
            choices = self.words.get(token)
            if choices is None:
                out.append(strip_marks(token).replace("▁", " ").strip())
            else:
                word = chance.choices([word for word, _ in choices], [share for _, share in choices])[0]
                out.append(word)
        return [word for word in out if word]


def learn(parallel: Sequence[Pair], glossary: Sequence[Pair], tokenizer: Tokenizer) -> Lexicon:
    """Learn from (English, Vietnamese) pairs; the glossary counts three times and gives phrases as they
    stand.
    """
    phrases: dict[str, set[str]] = {}
    for pair in glossary:
        # A single syllable is mostly a part of another word: the tokenizer knows better which.
        if " " in pair.positive:
            phrases.setdefault(key(pair.positive), set()).add(pair.query.lower())
    return Lexicon(
        tokenizer,
        _translations([*parallel, *glossary, *glossary, *glossary], tokenizer),
        {phrase: tuple(sorted(english)) for phrase, english in phrases.items()},
        max((len(phrase.split()) for phrase in phrases), default=0),
    )


def _translations(pairs: Sequence[Pair], tokenizer: Tokenizer) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each Vietnamese token the English words of at least ``_LIKELY``, by Model 1."""
    english: dict[str, int] = {}
    sources, targets, sentences = [], [], []
    for number, pair in enumerate(pairs):
        words = [english.setdefault(word, len(english)) for word in _WORD.findall(pair.query.lower())[:_LONGEST]]
        # Token 0 is the unknown token: it stands for Model 1's empty word, which takes "the" and "of".
        tokens = [0, *tokenizer.encode(pair.positive, add_special_tokens=False).ids[:_LONGEST]]
        sources.append(np.tile(np.array(tokens, dtype=np.int64), len(words)))
        targets.append(np.repeat(np.array(words, dtype=np.int64), len(tokens)))
        sentences.append(np.repeat(np.arange(len(words)) + number * _LONGEST, len(tokens)))
    cells, place = np.unique(np.concatenate(sources) * len(english) + np.concatenate(targets), return_inverse=True)
    shares = _expectation_maximisation(cells // len(english), place, np.concatenate(sentences))
    words_of = list(english)
    found: dict[str, list[tuple[str, float]]] = {}
    for at in np.flatnonzero(shares >= _LIKELY):
        token, word = divmod(int(cells[at]), len(english))
        piece = tokenizer.id_to_token(token)
        if piece is not None and token != 0 and any(letter.isalpha() for letter in piece):
            found.setdefault(piece, []).append((words_of[word], float(shares[at])))
    return {piece: tuple(choices) for piece, choices in found.items()}


def _expectation_maximisation(
    source: NDArray[np.int64], place: NDArray[np.int64], slot: NDArray[np.int64]
) -> NDArray[np.float64]:
    """p(target | source) of each cell; ``place`` is the cell and ``slot`` the target position of each
    co-occurrence.
    """
    shares = np.ones(len(source))
    for _ in range(_ROUNDS):
        weights = shares[place]
        weights /= np.bincount(slot, weights)[slot]
        counts = np.bincount(place, weights, minlength=len(source))
        shares = counts / np.bincount(source, counts)[source]
    return shares
