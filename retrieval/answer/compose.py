"""A draft to an answer: words in the reader's language, marks, numbered citations. The only maker of citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.rules.numbering import unnumbered
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Book, Library
from retrieval.answer.wording import say
from retrieval.translate import english_of
from retrieval.types import Citation, Language

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LONGEST = 900
_LONGEST_LABEL = 240  # letters
_DOCUMENTS = 8  # more are counted, not shown: the reader has to say which


def escape(text: str) -> str:
    """A document's words inside Markdown: nothing in them is markup, and "[1]" in them is no mark."""
    return _SPECIAL.sub(r"\\\1", text).replace("\\[", "［").replace("\\]", "］")


def document_label(book: Book) -> str:
    """What readers call a document: "Kế hoạch số 42/KH-UBND, Kiên Giang"."""
    header = book.info.header
    kind = header.kind.value if header.kind is not None else ""
    number = f"số {header.number.value}" if header.number is not None else ""
    issuer = _sentence_case(header.issuer.value) if header.issuer is not None else ""
    place = header.place.value if header.place is not None else ""
    year = header.date.value[:4] if header.date is not None else ""
    by = f"của {issuer}" if issuer else ""
    where = place if place and place.removeprefix("TP. ") not in issuer else ""
    named = " ".join(part for part in (kind, number, by) if part)
    tail = ", ".join(part for part in (where, year if not number else "") if part)
    return f"{named} ({tail})" if named and tail else named or book.info.title


# A letterhead names the body above first, then the one that issues: "UBND TỈNH A" / "SỞ TƯ PHÁP".
_OF_TWO = re.compile(
    r"(?:UBND|[ỦU][YỶ] BAN NHÂN DÂN) (?P<above>(?:TỈNH|HUYỆN|THÀNH PHỐ|QUẬN|THỊ XÃ) (?:HẢI PHÒNG|.+?)) "
    r"(?P<body>(?:SỞ|BAN|PHÒNG|VĂN PHÒNG|CHI CỤC|TRUNG TÂM|THANH TRA|CỤC)\b.+)$"
)
_SHORT = re.compile(r"\b(?:ubnd|hđnd|ubmttq|mttq)\b", re.IGNORECASE)


def _sentence_case(value: str) -> str:
    if not value.isupper():
        return value
    two = _OF_TWO.match(value)
    if two is not None:
        head, _, name = two.group("body").partition(" ")
        return f"{head.capitalize()} {name.capitalize()} {_lowered(two.group('above'))}".strip()
    lowered = _lowered(value)
    return lowered[0].upper() + lowered[1:]


def _lowered(value: str) -> str:
    place = re.compile(r"(?<=\btỉnh |ường |uyện )(.+)$|(?<=thành phố )(.+)$|(?<=\bxã )(.+)$")
    lowered = place.sub(lambda match: match.group().title(), value.lower())
    return _SHORT.sub(lambda found: found.group().upper(), lowered)


class Composer:
    """Collects citations while the lines are written."""

    def __init__(self, library: Library, language: Language) -> None:
        self._library = library
        self._language = language
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[Citation] = []

    def mark(self, quote: Quote) -> str:
        """The mark ``[n]`` of a quote; the same place has the same number."""
        key = (quote.document, quote.span.start, quote.span.end)
        if key not in self._numbers:
            book = self._library.books[quote.document]
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(
                Citation(
                    number=self._numbers[key],
                    document=quote.document,
                    title=book.info.title,
                    section=quote.path,
                    quote=book.text[quote.span.start : quote.span.end],
                    span=quote.span,
                    page=quote.page,
                )
            )
        return f"[{self._numbers[key]}]"

    def line(self, line: Line) -> str:
        """One statement with its marks."""
        marks = " ".join(self.mark(quote) for quote in line.quotes)
        text = escape(shorten(" ".join(line.text.split())))
        return f"{self.label(line.label)}{text} {marks}"

    def label(self, name: str) -> str:
        """What a statement is about, for its beginning; a body's name is explained to English readers."""
        english = english_of(name) if self._language == "en" and name else ""
        return f"**{escape(name)}**{f' ({escape(english)})' if english else ''}: " if name else ""


def shorten(text: str) -> str:
    """A long passage up to a sentence's end; the citation has all of it."""
    if len(text) <= _LONGEST:
        return text
    cut = max(text.rfind(end, 0, _LONGEST) for end in (". ", "; "))
    return f"{text[: cut + 1 if cut > 200 else _LONGEST].rstrip()} …"


def write(draft: Draft, library: Library, language: Language, *, told: bool = True) -> tuple[str, tuple[Citation, ...]]:
    """The Markdown and the citations of a draft: a line, a list, or a list or table by documents.

    Unless the reader ``told`` which document is meant, what a single one says stands below its name too.
    """
    composer = Composer(library, language)
    documents = list(dict.fromkeys(line.document for line in draft.lines))
    blocks: list[str] = [draft.opening] if draft.opening else []
    if draft.strategy == "sides" and len(documents) > 1:
        blocks.append(_table(draft, documents, library, composer, language))
        documents = []
    for document in documents[:_DOCUMENTS]:
        own = [line for line in draft.lines if line.document == document]
        body = _lines(own, composer)
        if len(documents) > 1 or not told:
            blocks.append(f"**{escape(document_label(library.books[document]))}**\n\n{body}")
        else:
            blocks.append(body)
    if len(documents) > _DOCUMENTS:
        blocks.append(say(language, "more-documents", count=len(documents) - _DOCUMENTS))
    if draft.more:
        several = len({line.document for line in (*draft.lines, *draft.more)}) > 1
        blocks.append(f"{say(language, 'more')}\n\n{_more(draft.more, library, composer, several)}")
    if draft.closing:
        blocks.append(draft.closing)
    return "\n\n".join(blocks), tuple(composer.citations)


def _table(draft: Draft, documents: Sequence[str], library: Library, composer: Composer, language: Language) -> str:
    """What each document says, a row each: a comparison."""
    rows = [f"| {say(language, 'document')} | {say(language, 'says')} |", "|---|---|"]
    for document in documents[:_DOCUMENTS]:
        own = [line for line in draft.lines if line.document == document]
        before = ["", *(line.label for line in own)]
        # A label stands once before all that it is the label of.
        once = [
            replace(line, label="") if line.label == last else line for line, last in zip(own, before, strict=False)
        ]
        said = " · ".join(composer.line(line) for line in once)
        rows.append(f"| **{escape(document_label(library.books[document]))}** | {said} |")
    return "\n".join(rows)


def _more(lines: Sequence[Line], library: Library, composer: Composer, several: bool) -> str:
    """Other sentences, each under its heading; under its document's name too where the answer has several."""
    shown = []
    for line in lines:
        label = document_label(library.books[line.document]) if several else ""
        named = replace(line, label=" – ".join(part for part in (label, line.label) if part))
        shown.append(f"- {composer.line(named)}")
    return "\n".join(shown)


def _heading_above(line: Line) -> str:
    """The heading that a line without a label stands below, short enough to be shown; "" where there is none."""
    path = [heading for heading in line.quotes[0].path if " " in heading] if line.quotes else []
    above = unnumbered(path[-1]) if path else ""
    return above if len(above) <= _LONGEST_LABEL else ""


def _lines(lines: Sequence[Line], composer: Composer) -> str:
    if len(lines) == 1:
        return composer.line(lines[0])
    labels = {line.label for line in lines}
    if labels == {""}:
        labels = {_heading_above(line) for line in lines}
    if len(labels) == 1 and (label := labels.pop()):
        items = [composer.line(Line(document=one.document, text=one.text, quotes=one.quotes)) for one in lines]
        return f"{composer.label(label)}\n\n" + "\n".join(f"- {item}" for item in items)
    return "\n".join(f"- {composer.line(line)}" for line in lines)
