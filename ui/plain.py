"""Text of documents on its way to a terminal, a table or a file: no markup of its own, no control characters. Pure."""

from __future__ import annotations

import re
import unicodedata


def one_line(text: str) -> str:
    r"""On one line, with one blank between words.

    >>> one_line("  Dự án 8\n\t(Phụ nữ)\x1b ")
    'Dự án 8 (Phụ nữ)'
    """
    return re.sub(r"\s+", " ", shown(re.sub(r"\s", " ", text))).strip()


def shown(text: str) -> str:
    """Without control characters: a document or a question must not be able to steer the terminal."""
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word where there is one.

    >>> cut("Hội Liên hiệp Phụ nữ", 14)
    'Hội Liên hiệp…'
    """
    if len(text) <= limit:
        return text
    words, blank, _ = text[:limit].rpartition(" ")
    return (words.rstrip(" ,;:–-") if blank else text[: limit - 1]) + "…"
