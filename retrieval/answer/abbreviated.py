"""What a document writes in short: "hộ kinh doanh (HKD)", "… (sau đây gọi tắt là Chương trình)"."""

from __future__ import annotations

import re

from ingest.normalise import CAPITALS, fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.compose import escape
from retrieval.answer.draft import Draft
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.refuse import refusal
from retrieval.answer.wording import say
from retrieval.translate import read_terms

_ASKS = re.compile(
    r"\b(?:viet (?:day du|tat|gon|tron|ro)|ten day du|goi (?:tat|gon)|la (?:gi|viet tat)|nghia (?:la )?gi|(?:duoc )?hieu (?:la|gop|gom)|tat cua|dien giai)\b"
    r"|\b(?:stands? for|spell(?:ed|s)?(?: out)?|short(?:hand)? for|abbreviat\w+|acronym|full form|written out|in full|mean(?:s|t)?)\b"
)
# All of these but "là gì".
_PLAINLY = re.compile(_ASKS.pattern.replace("la (?:gi|viet tat)", "la viet tat"))
_ONLY_ASKS = re.compile(
    r"\b(?:(?:chu |tu )?viet tat|(?:chu |tu )tat|tat cua|viet day du|ten day du)\b|\b(?:stands? for|spell(?:ed|s)?(?: out)?|short(?:hand)? for|abbreviat\w+|acronym|full form)\b"
)
_SHORT = re.compile(rf"[“\"‘']([^”\"’']{{2,40}})[”\"’']|\b([{CAPITALS}][{CAPITALS}&-]{{1,9}}|IoT)\b")
_CALLED = r"(?:sau đây )?(?:được )?(?:gọi|viết) (?:chung |tắt |gọn )*là:?\s*[“\"]?"


def answer_abbreviated(asked: Asked, library: Library) -> Draft | None:
    """The sentence in which a document says what it writes in short; None where that is not asked.

    A refusal where nothing but that is asked and no document says it: its use in a sentence is no explanation.
    """
    if not _ASKS.search(fold(asked.question.text)):
        return None
    shorts = [first or second for first, second in _SHORT.findall(asked.question.text)]
    if not _PLAINLY.search(fold(asked.question.text)):
        shorts = [short for short in shorts if _asks_for(short, fold(asked.question.text))]
    if asked.reading.language == "en":
        shorts += [name for short in shorts for term in read_terms(short) for name in term.vietnamese]
    found = [
        sentence
        for short in dict.fromkeys(shorts)
        for book in library.scoped(asked.scope.documents)
        if (sentence := _told(book, short)) is not None
    ]
    if not found:
        only = shorts[:1] if _ONLY_ASKS.search(fold(asked.question.text)) else []
        written = [
            short for short in only if short.isupper() and any(short in book.text for book in library.books.values())
        ]
        if not written:
            return None
        return refusal(asked, None, say(asked.reading.language, "not-spelt-out", short=escape(written[0])))
    lines = tuple(dict.fromkeys(line_of(sentence) for sentence in found))
    return Draft(strategy="abbreviated", lines=lines, support=0.9, certain=True)


def _asks_for(short: str, said: str) -> bool:
    """Whether "là gì" asks for what is written in short, and not for something that is said of it: "mục tiêu vùng DTTS là gì"."""
    return (
        re.search(rf"(?<!\w){re.escape(fold(short))}\W{{1,3}}(?:(?:tuc|nghia|co nghia|o day|ay|do) )*la gi\b", said)
        is not None
    )


def _told(book: Book, short: str) -> Sentence | None:
    """The first sentence with the short form in brackets behind what it stands for."""
    named = re.escape(short)
    pattern = re.compile(rf"\w[^()]*\(\**\s*(?:{_CALLED})?{named}[”\"]?\s*\**\)|{_CALLED}{named}\b", re.IGNORECASE)
    # Looked for by itself first: the pattern is slow.
    own = (
        sentence
        for sentence in book.sentences
        if sentence.passage.kind not in ("letterhead", "recipients", "signature")
        and short.lower() in sentence.text.lower()
    )
    return next((sentence for sentence in own if pattern.search(sentence.text)), None)
