"""English questions in the documents' words, by a glossary that a user can edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from retrieval.tokens import STOP_ENGLISH

_WORD = re.compile(r"[^\W_]+(?:[-'’&/][^\W_]+)*%?")
_LONGEST = 6


@cache
def glossary() -> Mapping[str, tuple[str, ...]]:
    """English phrase in lower case to its Vietnamese terms, from data/glossary.tsv."""
    table = (files("retrieval") / "data" / "glossary.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        english, vietnamese = line.split("\t")[:2]
        found.setdefault(english.strip().lower(), []).append(vietnamese.strip())
    return {english: tuple(terms) for english, terms in found.items()}


def translate(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Vietnamese terms of an English question in its order, and the content words that have none.

    Vietnamese words, names and numbers in it stay as they are. Of several terms for one phrase all are given.
    """
    known = glossary()
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    out: list[str] = []
    missing: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(lower[at : at + length])
            terms = known.get(phrase) or known.get(_singular(phrase))
            if terms is not None and not (length == 1 and phrase in STOP_ENGLISH):
                out.extend(terms)
                at += length
                break
        else:
            word = words[at]
            if lower[at] not in STOP_ENGLISH:
                out.append(word)
                if word.isascii() and word.isalpha() and word.islower():
                    missing.append(word)
            at += 1
    return tuple(out), tuple(missing)


def _singular(phrase: str) -> str:
    if phrase.endswith("ies"):
        return phrase[:-3] + "y"
    if phrase.endswith("s") and not phrase.endswith("ss"):
        return phrase[:-1]
    return re.sub(r"(?:ing|ed)$", "", phrase)
