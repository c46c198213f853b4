"""English questions in the documents' words: by a glossary that a user can edit, then by a learnt lexicon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from retrieval.tokens import STOP_ENGLISH

_WORD = re.compile(r"[^\W_]+(?:[-'’&/][^\W_]+)*%?")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_LONGEST = 6
_UNITS = frozenset({"city", "province", "district", "town", "commune", "ward"})
LEXICON = Path(__file__).with_name("models") / "planqa-lexicon" / "lexicon.tsv"


@cache
def glossary() -> Mapping[str, tuple[str, ...]]:
    """English phrase in lower case to its Vietnamese terms, from data/glossary.tsv."""
    table = (files("retrieval") / "data" / "glossary.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        english, vietnamese = line.split("\t")[:2]
        found.setdefault(_POSSESSIVE.sub("", english.strip().lower()), []).append(vietnamese.strip())
    return {english: tuple(terms) for english, terms in found.items()}


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """English stem to the Vietnamese words that it was learnt to stand for, the likeliest first."""
    rows = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {word: tuple(terms) for word, *terms in rows}


def translate(
    text: str, choose: Callable[[Sequence[str]], str] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Vietnamese terms of an English question in its order, and the content words that have none.

    ``choose`` picks one of the words that a learnt one may stand for; without it the likeliest is taken.

    Vietnamese words, names and numbers in it stay as they are. Of several terms for one phrase all are given.
    """
    known = glossary()
    words = _WORD.findall(_POSSESSIVE.sub("", text))
    lower = [word.lower() for word in words]
    out: list[str] = []
    missing: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(lower[at : at + length])
            terms = known.get(phrase) or known.get(_singular(phrase))
            if terms is not None and not (length == 1 and phrase in STOP_ENGLISH):
                # "Bac Kan city": the name says it.
                if not (phrase in _UNITS and at and words[at - 1][:1].isupper()):
                    out.extend(terms)
                at += length
                break
        else:
            word = words[at]
            if lower[at] not in STOP_ENGLISH:
                learnt = lexicon().get(stem(lower[at])) if word.islower() else None
                out.append((choose(learnt) if choose is not None else learnt[0]) if learnt else word)
                if learnt is None and word.isascii() and word.isalpha() and word.islower():
                    missing.append(word)
            at += 1
    return tuple(out), tuple(missing)


_BRITISH = re.compile(r"(\w{3}[^aeiou\W]?)is(?=(?:e|es|ed|ing|ation|ations)$)")


def stem(word: str) -> str:
    """A word without its endings of number and tense, and without a final "e": no dictionary form.

    >>> [stem(word) for word in ("approve", "approves", "approved", "approving", "cities", "city")]
    ['approv', 'approv', 'approv', 'approv', 'cit', 'cit']
    >>> stem("organisations") == stem("organization")
    True
    """
    word = (
        _BRITISH.sub(r"\1iz", word)
        .replace("programme", "program")
        .replace("labour", "labor")
        .replace("centre", "center")
    )
    for ending in ("ies", "ing", "ied", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not (ending == "s" and word.endswith("ss")):
            return word[: -len(ending)]
    return word


def _singular(phrase: str) -> str:
    if phrase.endswith("ies"):
        return phrase[:-3] + "y"
    if phrase.endswith("s") and not phrase.endswith("ss"):
        return phrase[:-1]
    return re.sub(r"(?:ing|ed)$", "", phrase)
