"""Misspelt words of a question: Telex and VNI leftovers, slips of one letter, words run together."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ingest.normalise import fold, has_marks
from retrieval.answer.terms import STOP_BARE, Weights
from retrieval.tokens import abbreviations

# A Vietnamese syllable without marks: onset, vowels, final consonant (Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977).
_SYLLABLE = re.compile(
    r"^(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oao|oay|oe|oeo|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?$"
)
_WORD = re.compile(r"[^\W_]+")


def is_syllable(word: str) -> bool:
    """Whether a folded word has the form of a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def repair(text: str, weights: Weights) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question with its misspelt words put right, and what was changed.

    Only a word that no document has, that is no possible syllable and carries no marks is touched, so that a real
    word that the documents lack stays, and is missed.
    """
    vocabulary = [word for word in weights.vocabulary if word.isalpha() and len(word) > 1]
    known = set(vocabulary)
    changed: list[tuple[str, str]] = []

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        folded = fold(word)
        if (
            folded in known or folded in STOP_BARE or folded in abbreviations() or len(folded) < 3
            or is_syllable(folded) or has_marks(word) or word.isdigit() or (word.isupper() and len(word) < 8)
        ):  # fmt: skip
            return word
        better = _untyped(folded, known) or _split(folded, known, weights) or _near(folded, vocabulary, weights)
        if better is None:
            return word
        changed.append((word, better))
        return better

    return _WORD.sub(mend, text), tuple(changed)


def _untyped(word: str, known: set[str]) -> str | None:
    """Telex ("trif", "chur", "ddaauf") and VNI ("tri2", "chu3") keys that no input method took."""
    bare = re.sub(r"\d", "", word)
    for candidate in (bare, re.sub(r"[sfrxj]$", "", bare), re.sub(r"[sfrxjw]", "", bare)):
        single = re.sub(r"(aa|ee|oo|dd)", lambda pair: pair.group()[0], candidate).replace("w", "")
        if single != word and single in known and is_syllable(single):
            return single
    return None


def _split(word: str, known: set[str], weights: Weights) -> str | None:
    """Two syllables run together: "kehoach"; the pair must stand in a document."""
    for at in range(2, len(word) - 1):
        left, right = word[:at], word[at:]
        if left in known and right in known and weights.count(f"{left} {right}") > 1:
            return f"{left} {right}"
    return None


def _near(word: str, vocabulary: list[str], weights: Weights) -> str | None:
    """The commonest known syllable one slip away."""
    close = process.extract(word, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=8)
    fitting = [candidate for candidate, _, _ in close if is_syllable(candidate) and len(candidate) > 1]
    return max(fitting, key=lambda candidate: (weights.count(candidate), candidate)) if fitting else None
