"""Proper names in a question: what is said of one commune, works or person is not said of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import CAPITALS, fold, has_marks, key
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Line
from retrieval.answer.library import Book, Library, Sentence

_WORD = rf"[{CAPITALS}][a-zà-ỹđ]*"
_RUN = re.compile(rf"(?<![\w/-]){_WORD}(?: {_WORD}){{1,4}}(?: \d{{1,2}}(?![\w/.,-]))?(?![\w/-])")
# What stands in front of a name and says of what it is; an agency's own name goes on in small letters.
_HEADS = frozenset(
    "bộ sở ban hội cục vụ phòng đoàn viện chi ủy uỷ tỉnh thành huyện xã phường thị thôn bản ấp quận chương dự công nhà ông"
    " bà đồng kế nghị quyết thông luật điều khoản tiểu cụm khu trường hợp tổ đề phó chủ giám văn trung liên mặt quỹ".split()
)
_UNIT = r"(?:xa|phuong|thi tran|huyen|quan|thon|ban|ap|khu pho|dac khu)"
_ASKS_PLACE = re.compile(
    rf"\b{_UNIT}(?:, {_UNIT})* nao\b|\b(?:which|what) (?:\w+ )?(?:communes?|wards?|districts?|villages?|hamlets?|townships?)\b"
)
_PLACE = re.compile(
    rf"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Qq]uận|[Tt]hôn|[Bb]ản|[Ấấ]p|[Kk]hu phố|[Đđ]ặc khu)s?:?\s+(?:[{CAPITALS}]|\d)"
)


def names_in(asked: Asked) -> tuple[str, ...]:
    """The proper names in a question, folded, but for those that say which documents are meant."""
    said = asked.text if asked.reading.language == "vi" else asked.question.text
    if not has_marks(said) and asked.reading.language == "vi":
        return ()
    found = []
    for match in _RUN.finditer(said):
        words = match.group().split()
        while words and key(words[0]) in _HEADS:
            words = words[1:]
        plain = [fold(word) for word in words]
        if sum(word.isalpha() for word in plain) > 1 and not set(plain) <= asked.scope.words:
            found.append(" ".join(plain))
    return tuple(dict.fromkeys(found))


def known_in(asked: Asked, library: Library) -> tuple[str, ...]:
    """Those of its names that a document in question has."""
    books = library.scoped(asked.scope.documents)
    return tuple(name for name in names_in(asked) if any(book.count(name) for book in books))


def share_held(names: Sequence[str], sentence: Sentence, book: Book) -> float:
    """How many of some names stand in a sentence, in its row, its lead-in, its headings or the title, 0..1."""
    if not names:
        return 0.0
    texts = [sentence.text, *sentence.passage.path, book.info.title]
    if sentence.passage.kind == "row":
        texts.append(sentence.passage.reading)
    if sentence.passage.lead is not None:
        texts.append(book.passages[sentence.passage.lead].reading)
    said = _spaced(" | ".join(texts))
    return sum(f" {name} " in said for name in names) / len(names)


_SIGNS = ("name held", "name missing", "name unknown", "place asked, named", "place asked, none named")


def signs_of_names(asked: Asked, lines: Sequence[Line], library: Library) -> dict[str, float]:
    """Whether an answer speaks of the names in a question, and whether it names places that are asked for."""
    names = names_in(asked)
    which = _ASKS_PLACE.search(fold(asked.question.text)) is not None and not asked.reading.yes_no
    if not names and not which:
        return dict.fromkeys(_SIGNS, 0.0)
    texts = [library.books[line.document].info.title for line in lines]
    for line in lines:
        texts.extend((line.label, line.text, *(heading for quote in line.quotes for heading in quote.path)))
    said = _spaced(" ".join(texts))
    known = known_in(asked, library)
    held = [name for name in known if f" {name} " in said]
    named = any(_PLACE.search(line.text) for line in lines)
    found = (bool(held), len(held) < len(known), len(known) < len(names), which and named, which and not named)
    return dict(zip(_SIGNS, map(float, found), strict=True))


def _spaced(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
