"""Whether somebody signed a document, and as what: "Chủ tịch A ký với tư cách gì", "do ông B trực tiếp ký phải không?".

A vice chairman signs for the chairman ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", Nghị định 30/2020/NĐ-CP, Phụ lục I): who takes him
for the chairman is put right by his post.
"""

from __future__ import annotations

import re

from ingest.normalise import CAPITALS, fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.lookup import header_lines
from retrieval.answer.wording import say

_SIGNED = re.compile(r"\b(?:ky|sign(?:ed|s)?)\b(?! (?:hop dong|ket|cam ket|duyet|luat))")
_AS_WHAT = re.compile(r"\b(?:tu cach|chuc danh|chuc vu|cuong vi)\b|\b(?:capacity|position|post|title|rank)\b")
# Words of a post that a deputy has not, as they stand in front of a name or a place.
_POST = re.compile(
    r"(?<!pho )\b(?P<post>chu tich|truong ban|giam doc|truong phong|bi thu)\b|\b(?P<chair>chairman|head|director)\b"
)
_NAME = re.compile(rf"(?<![\w])(?:[{CAPITALS}][a-zà-ỹ]+ ){{2,3}}[{CAPITALS}][a-zà-ỹ]+")


def answer_signed(asked: Asked, library: Library) -> Draft | None:
    """Who signed the one document in question and as what, where a question takes it so or asks it; else None."""
    said = fold(asked.question.text)
    as_what = _AS_WHAT.search(said) is not None
    if not _SIGNED.search(said) or not (asked.reading.yes_no or as_what) or len(asked.scope.documents) != 1:
        return None
    if not asked.scope.named or (asked.reading.numbers and "ban hanh" in said):
        return None
    book = library.books[asked.scope.documents[0]]
    signer, position = book.info.header.signer, book.info.header.position
    if signer is None:
        return None
    named = fold(signer.value) in said
    text = asked.question.text
    for place in asked.scope.names:
        text = text.replace(place, "·")
    other = _NAME.search(text) is not None and not named
    if not (named or other or as_what):
        return None
    held = fold(position.value) if position is not None else ""
    post = _POST.search(said)
    deputy = post is not None and re.search(r"\bpho\b", held) is not None
    language = asked.reading.language
    opening = ""
    if asked.reading.yes_no:
        opening = say(language, "no" if other or deputy else "yes")
    lines = tuple(header_lines("signer", book, language, library, {}, said))
    return Draft(strategy="header:signer", lines=lines, support=0.9, opening=opening, certain=True)
