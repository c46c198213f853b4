"""What is left of a whole: "A chiếm 22%, B 12% thì phần còn lại bao nhiêu phần trăm", "còn bao nhiêu phần trăm thôn chưa có …".

Where the question itself states the shares, one sentence must state them all; where it names what has them, the
register of targets must have a share for each (see ``calculate``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.reader import Read
from retrieval.answer.wording import say
from retrieval.answer.worked import Figure, decimal
from retrieval.types import Language

_PER_CENT = r"(?:bao nhieu|may) (?:phan tram|%)"
_LEFT = re.compile(
    rf"\b(?:con lai|phan con|so con|con)\b[^?.]{{0,60}}?\b{_PER_CENT}|\b{_PER_CENT}[^?.]{{0,40}}?\bcon lai\b"
    r"|\b(?:what|how (?:much|many))\b[^?]{0,40}?\b(?:is left|are left|remains?|the rest|the remainder|remaining)\b"
    r"|\b(?:the rest|the remainder|the remaining)\b[^?]{0,60}?\b(?:what|how (?:much|many))\b"
)
_STATED = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d+)?)\s?(?:%|phần trăm|phan tram|per ?cent)")
_READ = 8  # sentences
_ENOUGH, _SUPPORT = 0.3, 0.8  # of what is asked, in a sentence that states all the shares
_WHOLE = Decimal(100)
# Things of a phrase: "Ngoài A và B thì phần còn lại", "trừ A, B ra".
_BESIDES = (
    re.compile(
        rf"(?:^|[,:;.]\s?)(?:ngoai|tru(?: di)?|khong (?:ke|tinh)|bo|neu) (?P<list>[^?]{{3,160}}?)(?: ra)?(?:,| thi|,? thi)\s+(?:phan |so |ty le |thi )*con lai\b[^?]*?\b{_PER_CENT}"
    ),
    re.compile(
        r"\b(?:apart from|besides|other than|without|excluding) (?P<list>[^?]{3,160}?),\s+(?:what|which|how) (?:\w+ ){0,3}?(?:share|percentage|per ?cent|proportion)\b[^?]*?\b(?:left|remains?|remaining|the rest)\b"
    ),
)
# The share of those that something is not yet said of.
_NOT_YET = (
    re.compile(
        rf"\bcon (?:khoang |lai )?{_PER_CENT} (?:so |tong so |cac )*(?P<a>[^?,]{{2,80}}?) (?:van |con )*(?:chua|khong) (?P<b>[^?,]{{2,100}}?)(?=\s*(?:[?,.]|$))"
    ),
    re.compile(
        rf"\b(?:ty|ti) le (?P<a>[^?,]{{2,80}}?) (?:van |con )*chua (?P<b>[^?,]{{2,100}}?) (?:la |con |se |con lai |khoang )+{_PER_CENT}"
    ),
    re.compile(
        r"\b(?:what|which|how many) (?:\w+ )?(?:share|percentage|proportion|per ?cent) of (?:the |all )*(?P<a>[^?,]{2,80}?) (?:(?:will|would|is|are|may|do|does|have|has) )*(?:still |yet )*(?:not|lacks?|be without|remain without|without) (?:yet |have |has |be |a |an )*(?P<b>[^?,]{2,100}?)(?=\s*(?:[?,.]|$))"
    ),
)
_NEGATED = re.compile(r"\b(?:chưa|không)\b", re.IGNORECASE)
# A figure that something rises or falls by is no share of it.
_BY = ("+", "-")
_BOUNDS: dict[str, tuple[str, str]] = {
    ">": ("dưới ", "under "),
    ">=": ("tối đa ", "at most "),
    "<": ("trên ", "over "),
    "<=": ("ít nhất ", "at least "),
    "~": ("khoảng ", "about "),
}


def besides(folded: str) -> tuple[int, int] | None:
    """Where the things stand beside which the rest is asked for; None where it is not."""
    match = next((found for pattern in _BESIDES if (found := pattern.search(folded)) is not None), None)
    return match.span("list") if match is not None else None


def not_yet(text: str, folded: str) -> tuple[str, str]:
    """Of whom it is asked, and what the others have: "còn bao nhiêu phần trăm thôn chưa có nhà văn hóa"; or twice "".

    >>> from ingest.normalise import fold
    >>> text = "Còn bao nhiêu phần trăm thôn chưa có nhà văn hóa?"
    >>> not_yet(text, fold(text))
    ('thôn', 'có nhà văn hóa')
    """
    match = next((found for pattern in _NOT_YET if (found := pattern.search(folded)) is not None), None)
    if match is None:
        return "", ""
    return text[slice(*match.span("a"))].strip(), text[slice(*match.span("b"))].strip()


def rest_of(figures: Sequence[Figure], language: Language) -> str:
    """What the shares leave of the whole, in words; "" where they are no shares of one whole."""
    rows = [row for figure in figures for row in figure.rows]
    signs = dict.fromkeys(row.value("comparison") for row in rows)
    said = " ".join(cell.text for row in rows for name in ("indicator", "matter") for cell in row.all(name))
    if len({row.span for row in rows}) > 1 or _NEGATED.search(said) or any(one.startswith(_BY) for one in signs):
        return ""
    left = _WHOLE - sum((figure.value for figure in figures), Decimal(0))
    bounds = [_BOUNDS[one] for one in signs if one in _BOUNDS]
    if not 0 < left < _WHOLE or len(bounds) > 1 or any(figure.unit != "%" for figure in figures):
        return ""
    bound = bounds[0][language == "en"] if bounds else ""
    return say(language, "rest", terms=" − ".join(one.shown for one in figures), result=bound + decimal(left, language))


def answer_rest(asked: Asked, read: Read, library: Library) -> Draft | None:
    """What is left beside the shares that a question states, where one sentence states them all; None for any other."""
    text = asked.question.text
    left = _LEFT.search(fold(text))
    stated = list(dict.fromkeys(found.group(1) for found in _STATED.finditer(text)))
    if left is None or not stated:
        return None
    values = [Decimal(one.replace(",", ".")) for one in stated]
    for sentence in read.best[:_READ]:
        own = {found.group(1).replace(",", ".") for found in _STATED.finditer(sentence.text)}
        bag = library.books[sentence.document].bag(sentence.text)
        held = all(one.replace(",", ".") in own for one in stated)
        if held and asked.matter.covered_by(bag, sentence.above_bag) >= _ENOUGH and sum(values) < _WHOLE:
            language = asked.reading.language
            result = decimal(_WHOLE - sum(values, Decimal(0)), language)
            closing = say(language, "rest", terms=" − ".join(f"{one}%" for one in stated), result=result)
            return Draft(strategy="figures", lines=(line_of(sentence),), support=_SUPPORT, closing=closing)
    return None
