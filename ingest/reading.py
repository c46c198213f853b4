"""The text as a person reads it, aligned with the source: markup, page furniture and stray blanks gone."""

from __future__ import annotations

import re

from ingest.normalise import AlignedText
from ingest.types import Span

# Inline markup that text extraction leaves behind: HTML tags, Markdown emphasis and escapes.
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|font|p|div|br|td|th|tr|table|thead|tbody)(?:\s[^<>]{0,200})?/?>", re.I
)
_HASHES = re.compile(r"(?m)^[ \t]*#{1,6}(?=[ \t*_])")
_STRONG = re.compile(r"(?<!\\)\*{2,3}")
_EMPHASIS = re.compile(r"(?<![\\*\w])\*(?=[^\s*)])|(?<=[^\s\\(*])\*(?![\w*])")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|<>~$&%])")
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"', "&#39;": "'"}
_ENTITIES = re.compile("|".join(_ENTITY))


def reading(text: str, span: Span | None = None, skipped: tuple[Span, ...] = ()) -> AlignedText:
    """The reading text of ``text[span]``: NFC, one blank between words, without markup and without ``skipped``.

    Every character maps back to the source, so that a part of the reading text can be cited exactly.

    >>> aligned = reading("## **Số:**  42")
    >>> aligned.text, aligned.span(0, 3)
    ('Số: 42', Span(start=5, end=8))
    """
    whole = AlignedText.of(text, span)
    if skipped:
        whole = _drop(whole, skipped)
    plain = whole.without(_TAG, " ").without(_HASHES).without(_STRONG).without(_EMPHASIS).without(_ESCAPE)
    for entity in set(_ENTITIES.findall(plain.text)):
        plain = plain.without(re.compile(entity), _ENTITY[entity])
    return plain.nfc().plain_blanks().strip()


def _drop(aligned: AlignedText, skipped: tuple[Span, ...]) -> AlignedText:
    dropped = {at for gone in skipped for at in range(gone.start, gone.end)}
    kept = [at for at, start in enumerate(aligned.starts) if start not in dropped]
    return AlignedText(
        "".join(aligned.text[at] for at in kept),
        tuple(aligned.starts[at] for at in kept),
        tuple(aligned.ends[at] for at in kept),
    )
