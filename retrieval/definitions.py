"""Questions after the meaning of a term, and the clauses of a text that explain one.

"X là gì?", "X được hiểu như thế nào?", "X gồm những gì?", "what is X?" are answered by a clause that begins with the
term: "3. X là …", "- X: …". It is short beside the article or plan that it stands in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold, key

_LONGEST = 16  # syllables of a term
# So much of the syllables of two terms must be the same. With its share in the search: of 145 questions after a term,
# which the models were trained on, hit@10 of BM25 over passages rises from .759 to .841, of all rankers from .952 to
# .959, their hit@1 from .566 to .634; with .6 or .85 as much.
_NEAR = 0.75
# On the folded question; what is asked for is the group. From how Vietnamese and English ask, not from any document.
_TEXTS = r"(?:bo luat|luat|nghi dinh|thong tu|quyet dinh|nghi quyet|quy che|ke hoach|van ban|phap luat|quy dinh)"
_SCOPE = rf"(?: (?:theo|trong|tai|o) (?:cac )?{_TEXTS}\b.*)?"
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:the|nhu) nao (?:thi )?(?:duoc )?(?:goi |coi |xem |hieu )?la (.+?){_SCOPE}$",
        rf"^(?:khai niem|dinh nghia)(?: ve| cua)? (.+?)(?: (?:duoc|la) .*)?{_SCOPE}$",
        rf"^hieu (?:the|nhu the) nao (?:ve|la) (.+?){_SCOPE}$",
        rf"^(.+?)(?: (?:co|mang))?(?: y)? nghia (?:la (?:gi|the nao|nhu the nao)|gi|nhu the nao|ra sao){_SCOPE}$",
        rf"^(.+?) (?:duoc )?(?:hieu|dinh nghia|giai thich) (?:la )?(?:gi|the nao|nhu the nao|ra sao){_SCOPE}$",
        rf"^(.+?) la (?:gi|the nao|nhu the nao){_SCOPE}$",
        rf"^(.+?) (?:bao )?gom (?:co )?(?:nhung |cac )?(?:gi|ai|\w+(?: \w+){{0,3}} (?:nao|gi)){_SCOPE}$",
        r"^what (?:is|are) (?:meant by )?(?:an? |the )?(?:meaning of |definition of )?(?:an? |the )?(.+?)$",
        r"^what does (?:an? |the )?(.+?) mean(?: (?:in|under) .+)?$",
        r"^(?:define|definition of|meaning of) (?:an? |the )?(.+?)$",
    )
)
_LEAD = re.compile(
    r"^(?:theo|trong|tai) [^,]{3,80}, (?:thi )?"
    rf"|^(?:theo |trong |tai )?{_TEXTS}[^,]{{0,60}}?(?: quy dinh| neu|,)(?: ve)? "
    r"|^(?:cum tu|thuat ngu) "
)
_CLAUSE = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d{1,2})*[.)]?\s|[a-zđ]{1,2}[.)]\s|[-–—+*•]\s?)?\s*(?:khái niệm |thuật ngữ )?[\"“'‘]?"
    r"(?P<term>[^\n:;.]{2,160}?)[\"”'’]?\s*(?:\([^()\n]{1,200}\)\s*)?(?:,\s*)?"
    r"(?:\b(?:được hiểu là|có nghĩa là|nghĩa là|là|bao gồm|gồm)\b|:\s)",
    re.MULTILINE,
)
_BRACKET = re.compile(r"\([^()]*\)?")


def asked_term(question: str) -> str | None:
    """The folded term whose meaning a question asks, None for any other question.

    >>> asked_term("Theo Luật này, dịch vụ karaoke được hiểu như thế nào?")
    'dich vu karaoke'
    >>> asked_term("Ai ký kế hoạch?")
    """
    folded = _LEAD.sub("", " ".join(fold(question).strip(" ?!.\"“”'").split()))
    for pattern in _ASKED:
        match = pattern.match(folded)
        if match is not None:
            term = _LEAD.sub("", match.group(1)).strip(" ,\"“”'")
            return term if 0 < len(term.split()) <= _LONGEST else None
    return None


def defined_terms(text: str) -> list[str]:
    r"""The folded terms that clauses of a text begin with and then explain.

    >>> defined_terms("1. Thuốc thú y (sau đây gọi là thuốc) là chế phẩm.\n- Chủ trì: cơ quan được giao.")
    ['thuoc thu y', 'chu tri']
    """
    found = (
        " ".join(_syllables(fold(_BRACKET.sub(" ", match.group("term"))))) for match in _CLAUSE.finditer(key(text))
    )
    return [term for term in dict.fromkeys(found) if term and len(term.split()) <= _LONGEST]


def _syllables(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)


class Definitions:
    """The terms that each of a list of texts explains."""

    def __init__(self, terms: Iterable[Sequence[str]]) -> None:
        """``terms`` are what ``defined_terms`` finds in each text; rows count them in order."""
        rows: list[int] = []
        sizes: list[int] = []
        holding: defaultdict[str, list[int]] = defaultdict(list)
        self.rows = 0
        for explained in terms:
            for term in explained:
                own = set(term.split())
                for syllable in own:
                    holding[syllable].append(len(rows))
                rows.append(self.rows)
                sizes.append(len(own))
            self.rows += 1
        self._rows = np.array(rows, dtype=np.int64)
        self._sizes = np.array(sizes, dtype=np.int64)
        self._holding = {syllable: np.array(terms, dtype=np.int64) for syllable, terms in holding.items()}

    def scores(self, term: str) -> NDArray[np.float32]:
        """How like a folded term is the nearest one that each row explains: (rows,) float32, 0 where none is near.

        Dice's coefficient of their syllables.
        """
        asked = set(_syllables(term))
        shared = np.zeros(len(self._rows), dtype=np.int64)
        for syllable in asked & self._holding.keys():
            shared[self._holding[syllable]] += 1
        alike = (2 * shared / (self._sizes + len(asked))).astype(np.float32)
        found = np.zeros(self.rows, dtype=np.float32)
        near = np.flatnonzero(alike >= _NEAR)
        np.maximum.at(found, self._rows[near], alike[near])
        return found
