"""A share of a share: "96% thôn có nhà văn hóa (trong đó 70% nhà văn hóa đạt chuẩn)" is 67,2 % of all thôn.

Only where the sentence itself nests the two with "trong đó", and the inner one is of what the outer one has: a share
"của số trường" beside another of "các trường" may be of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Sentence
from retrieval.answer.reader import Read
from retrieval.answer.wording import say
from retrieval.answer.worked import decimal
from retrieval.tokens import synonyms

_ASKS = re.compile(
    r"\b(?:bao nhieu|may) (?:phan tram|%) (?:(?:cua|tong|toan bo|trong|so|cac|tat ca) )*(?P<base>[a-z]+)"
    r"|\b(?:what|which|how many) (?:per ?cent(?:age)?|share|proportion|fraction|%) of (?:(?:all|the|its|total) )*(?P<base_en>[a-z]+)"
)
_SHARE = r"(?P<{0}>(?:(?:ít nhất|tối thiểu|trên|khoảng|dưới|tối đa)\s+)?\d{{1,3}}(?:[.,]\d+)?\s?%)"
_NESTED = re.compile(
    _SHARE.format("outer")
    + r"\s+(?:tổng\s+)?(?:số\s+|các\s+)?(?P<base>\w+)(?P<has>[^;:.%()]*?)(?:\s*\(|,\s*|\s+)trong đó,?\s+(?:có\s+|phấn đấu\s+|phần đầu\s+|đạt\s+)?"
    + _SHARE.format("inner")
    + r"\s+(?:tổng\s+)?(?:số\s+|các\s+)?(?P<of>[^;:.%()]+)",
    re.IGNORECASE,
)
_BOUND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?(?=\s+\d)")
_BOUNDS = {
    "ít nhất": "at least", "tối thiểu": "at least", "trên": "over", "khoảng": "about", "dưới": "under", "tối đa": "at most"
}  # fmt: skip
_READ = 8  # sentences
_ENOUGH = 0.8
_FOUND = 0.6  # of what the inner share is of, in the question
_PER_CENT = 100
_SMALL = frozenset("la co duoc va cua cac so trong theo nhu dat".split())


def answer_nested(asked: Asked, read: Read) -> Draft | None:
    """The two shares multiplied; None where none are nested or another share is asked for."""
    asks = _ASKS.search(fold(asked.alone if asked.reading.language == "vi" else asked.question.text))
    if asks is None:
        return None
    said = set(re.findall(r"\w+", fold(f"{asked.alone} {asked.text}")))
    for sentence in _sentences(read):
        for match in _NESTED.finditer(sentence.text):
            base, of, has = (fold(match.group(name)).split() for name in ("base", "of", "has"))
            if not _of_the_outer(asked, asks, base[0]) or base[0] == of[0] or of[0] not in has:
                continue
            inner = [word for word in of if word not in _SMALL]
            outer = [word for word in has if word not in _SMALL]
            # Of "nhà văn hóa đạt chuẩn" what is not in the outer share must be asked for: "đạt chuẩn".
            own = [word for word in inner if word not in outer]
            if own and _share(own, said) >= _FOUND and _share(outer, said) >= _FOUND:
                return _multiplied(asked, sentence, match)
    return None


def _of_the_outer(asked: Asked, asks: re.Match[str], base: str) -> bool:
    """Whether the share is asked for of what the outer share is of: of all thôn."""
    alike = {base}.union(*(group for group in _alike() if base in group))
    if asked.reading.language == "vi":
        return asks.group("base") in alike
    return not alike.isdisjoint(re.findall(r"\w+", fold(asked.text)))


@cache
def _alike() -> tuple[frozenset[str], ...]:
    """Words of one syllable that mean the same: "thôn", "bản"."""
    return tuple(frozenset(fold(word[0]) for word in group if len(word) == 1) for group in synonyms())


def _share(words: Sequence[str], said: set[str]) -> float:
    return sum(word in said for word in words) / len(words) if words else 1.0


def _sentences(read: Read) -> list[Sentence]:
    return [sentence for sentence in read.best[:_READ] if sentence.passage.kind in ("paragraph", "item")]


def _multiplied(asked: Asked, sentence: Sentence, match: re.Match[str]) -> Draft | None:
    outer, inner = match.group("outer"), match.group("inner")
    language = asked.reading.language
    result = decimal(_number(outer) * _number(inner) / _PER_CENT, language)
    bounds = dict.fromkeys(word.group().lower() for one in (outer, inner) if (word := _BOUND.match(one)))
    if len(bounds) > 1:
        return None  # "trên 90%" of "dưới 50%" is neither
    shown = "".join(f"{_BOUNDS.get(one, one) if language == 'en' else one} " for one in bounds) + result
    closing = say(language, "nested", outer=outer, inner=inner, result=shown)
    return Draft(strategy="figures", lines=(line_of(sentence),), support=_ENOUGH, closing=closing)


def _number(text: str) -> Decimal:
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return Decimal(found.group().replace(",", ".")) if found is not None else Decimal(0)
