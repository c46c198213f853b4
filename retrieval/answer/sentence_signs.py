"""What speaks for and against each sentence as the answer to a question: the signs that the reader weighs.

No sign knows a document or a word of a plan: how much of the question a sentence and its surroundings hold, where the
rankers put its passage, how near its meaning is, whether it has the form that is asked for (a date, a sum, a body), and
which part of the layout of Nghị định 30/2020/NĐ-CP it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import CAPITALS, fold
from retrieval.answer.asked import Asked
from retrieval.answer.cues import PARTS, ROLES, SAID
from retrieval.answer.evidence import meets
from retrieval.answer.library import MONEY, Book, Library, Sentence, with_units
from retrieval.answer.names import known_in, share_held
from retrieval.answer.passages import WHEN, fits_parts, has_number, kind_bonus
from retrieval.answer.roles import find_units
from retrieval.answer.terms import bag
from retrieval.embed import Encoder
from retrieval.question import LOOKUPS, NO_MONEY
from retrieval.tokens import marked_syllables
from retrieval.types import Hit

Floats = NDArray[np.float32]

# What a question asks for by its words, folded, in both languages.
_WHO = re.compile(
    r"\b(?:ai|(?:co quan|don vi|phong|so|ban|nganh|ben|noi|to chuc|hoi|dau) (?:nao|gi)|do dau|cho ai|who"
    r"|which (?:agency|department|office|body|unit|division))\b"
)
_WHEN = re.compile(
    r"\b(?:khi nao|bao gio|luc nao|ngay (?:nao|may)|thang (?:nao|may)|nam (?:nao|may)|han|cham nhat|thoi (?:han|gian)|may nam"
    r"|bao lau|when|deadline|how often|date)\b"
)
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may|how (?:many|much)|what (?:share|percent\w*))\b")
_MONEY = re.compile(r"\b(?:tien|kinh phi|von|ngan sach|trieu|ty|money|budget|fund\w*)\b")
_WHERE = re.compile(
    r"\b(?:(?:o|tai|den) dau|(?:noi|dia ban|dia phuong|xa|huyen|thon|ban|tinh|phuong|vung|khu vuc|to) nao|where|which (?:\w+ )?(?:communes?|districts?|villages?|provinces?|areas?|places?|wards?|towns?))\b"
)
_PLACE = re.compile(
    rf"\b(?:[Xx]ã|[Hh]uyện|[Tt]hôn|[Bb]ản|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh|[Tt]hành phố)s?:?\s+[{CAPITALS}]|\b[Đđ]ịa bàn\b"
)
_WHICH_LAW = re.compile(
    r"\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|luat|van ban|ke hoach|chuong trinh|de an) (?:so )?(?:nao|gi|may|bao nhieu)\b|\b(?:which|what) (?:\w+ ){0,3}?(?:decisions?|resolutions?|decrees?|circulars?|laws?|documents?|plans?)\b"
)
_LAW = re.compile(r"\d+/\S*(?:QĐ|NQ|KH|NĐ|TT|CT|CTr|BC|HD)\b|\bLuật\s")
_WHY = re.compile(r"\b(?:vi sao|tai sao|ly do|why|muc dich|nham|de lam gi)\b")
_PURPOSE = re.compile(r"\b(?:nham|de)\b")
_HOW_LONG = re.compile(
    r"\b(?:bao lau|trong vong|trong thoi han|thoi han|(?:may|bao nhieu) (?:ngay|thang|nam|gio|tieng|tuan|phut)|how (?:long|many (?:working )?(?:days|months|years|hours|weeks)))\b"
)
_DURATION = re.compile(r"\d\s*(?:\([^)]{1,20}\)\s*)?(?:ngày|tháng|năm|giờ|tuần|phút)\b(?!\s+\d)", re.IGNORECASE)
_WHAT = re.compile(
    r"\bla (?:gi|nhung gi|loai gi|cai gi|ai|the nao|nhu the nao)\b|\b(?:duoc )?(?:goi|coi|xem|hieu|xac dinh|tinh) (?:chung )?(?:la|the nao|nhu the nao|ra sao)\b|\b(?:nghia la|dinh nghia|khai niem|nhu the nao la|the nao la|the nao thi)\b"
    r"|\bwhat (?:is|are|counts as|does .{2,60} mean)\b|\b(?:mean(?:s|t|ing)|defin\w+|regarded as|considered)\b"
)
_TERM = re.compile(r"^(.{2,140}?)\s(?:được (?:hiểu|coi|xác định|tính) |có nghĩa |nghĩa )?là\s")
_ROLE = re.compile(
    r"\b(?:chu tri|phoi hop|dau moi|thuong truc|tham muu|to truong|chiu trach nhiem|huong dan|giam sat|tham dinh|tong hop)\b"
)
_KINDS = ("paragraph", "item", "row", "heading", "basis", "letterhead", "title", "recipients", "signature")
_OPENING, _FRAME = ("letterhead", "title"), ("basis", "letterhead", "title", "recipients", "signature")
_OF_ITSELF = frozenset(("number", "date", "issuer", "title"))
_LONG, _SHORT = 80, 6  # syllables of a sentence
_WHOLE = 0.7  # of a heading in the question
_READ = 64  # sentences that are looked at closely
_RANK, _FRAMED = 0.5, 1.0
_DOCUMENTS = 8  # so many documents in question have their opening and end read as well

NAMES = (
    *("own", "own and above", "own, above and title", "title", "above", "before", "after"),
    *("rank", "dense", "words", "rank of list"),
    *("heading", "whole heading", "outer heading", "body", "outside"),
    *("bonus", "fits kind", "meets", "fits part", "of part asked"),
    *("who: role", "who: duty", "who: neither", "when: date", "when: none", "many: number", "many: none"),
    *(
        "money: sum",
        "money: none",
        "why: purpose",
        "where: place",
        "where: none",
        "law: cited",
        "law: none",
        "long: duration",
        "long: none",
        "what: defines",
        "what: none",
        "kind's part",
        "said so",
        "role asked",
    ),
    *(f"is {kind}" for kind in _KINDS),
    *("length", "short", "lead-in", "item of list"),
    *("names held", "names missing"),
    *("of itself: opening", "signer: signature", "recipients: recipients", "basis: basis", "of itself: elsewhere"),
    *("meaning", "meaning with heading", "meaning below best", "meaning with heading below best"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The sentences that may answer, and (n, ``len(NAMES)``) float32, a row of signs for each."""

    sentences: tuple[Sentence, ...]
    rows: Floats

    def column(self, name: str) -> Floats:
        """One sign of all sentences, (n,)."""
        return np.asarray(self.rows[:, NAMES.index(name)], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What is known of a sentence before any question: its look, its meaning alone and below its heading."""

    folded: str
    number: bool
    money: bool
    date: bool
    role: bool
    purpose: bool
    place: bool
    law: bool
    duration: bool
    term: frozenset[str]
    vectors: tuple[Floats, Floats]


class SentenceSigns:
    """Reads the signs of the sentences of a library; what it learns of a sentence it keeps."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """``encoder`` is the static model that the weights were fitted with, whichever model made the index."""
        self.library = library
        self._encoder = encoder
        self._forms: dict[tuple[str, int, int], _Form] = {}
        self._headings: dict[tuple[str, ...], str] = {}

    def of(self, asked: Asked, hits: Sequence[Hit]) -> Signs:
        """The signs of the most likely sentences of the passages that were hit, and of those around them."""
        said = bag(marked_syllables(asked.text))
        wanted = _Wanted.of(f"{' '.join(asked.words)} | {fold(asked.question.text)}")
        question = self._encoder.encode_questions([asked.text])[0]
        likely = self._likely(asked, hits, question)
        rows = [
            row
            for book in self.library.scoped(asked.scope.documents)
            if book.info.id in likely
            for row in self._rows(asked, book, likely[book.info.id], hits, said, wanted)
        ]
        sentences = tuple(one for own in likely.values() for one in own)
        if not sentences:
            return Signs(sentences=(), rows=np.zeros((0, len(NAMES)), dtype=np.float32))
        plain = np.array(rows, dtype=np.float32)
        return Signs(sentences=sentences, rows=np.concatenate([plain, self._meanings(sentences, question)], axis=1))

    def _likely(self, asked: Asked, hits: Sequence[Hit], question: Floats) -> dict[str, list[Sentence]]:
        """The sentences of each document that are worth to be looked at closely, in order, by the cheapest signs."""
        found: list[tuple[float, int, Sentence]] = []
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        for book in self.library.scoped(asked.scope.documents):
            scores = {hit.passage.index: hit.score / top for hit in hits if hit.passage.document == book.info.id}
            chosen = self._candidates(asked, book, hits)
            if not chosen:
                continue
            near = np.stack([self._form(one).vectors[1] for one in chosen]) @ question
            for sentence, meaning in zip(chosen, near, strict=True):
                score = asked.matter.covered_by(sentence.bag, sentence.above_bag)
                score += float(meaning) + _RANK * scores.get(sentence.passage.index, 0.0)
                score += _FRAMED if asked.reading.kind in LOOKUPS and sentence.passage.kind in _FRAME else 0.0
                found.append((score, len(found), sentence))
        best = sorted(sorted(found, key=lambda one: (-one[0], one[1]))[:_READ], key=lambda one: one[1])
        likely: dict[str, list[Sentence]] = {}
        for _, _, sentence in best:
            likely.setdefault(sentence.document, []).append(sentence)
        return likely

    def _candidates(self, asked: Asked, book: Book, hits: Sequence[Hit]) -> list[Sentence]:
        own = [hit.passage for hit in hits if hit.passage.document == book.info.id]
        indexes = {index for passage in own for index in (passage.index, *passage.members)}
        sections = {passage.section for passage in own if passage.section >= 0}
        framed = len(asked.scope.documents or self.library.books) <= _DOCUMENTS
        if not own and not framed:
            return []
        return [
            one
            for one in book.sentences
            if one.passage.index in indexes
            or one.passage.section in sections
            or (framed and one.passage.kind in _FRAME)
        ]

    def _rows(
        self,
        asked: Asked,
        book: Book,
        sentences: Sequence[Sentence],
        hits: Sequence[Hit],
        said: frozenset[str],
        wanted: _Wanted,
    ) -> list[list[float]]:
        by_index = {hit.passage.index: hit for hit in hits if hit.passage.document == book.info.id}
        lists = {index: hit for hit in by_index.values() for index in hit.passage.members}
        top = max((hit.score for hit in hits), default=0.0) or 1.0
        most_words = max((hit.by.get("words", 0.0) for hit in hits), default=0.0) or 1.0
        headings = self.library.headings_in(book, said)
        bodies = {section.index: share for share, _, section in find_units(asked, book)}
        duties = frozenset(section.index for _, section in book.units)
        titled = asked.matter.covered_by(book.title_bag)
        kind = asked.reading.kind
        part = PARTS.get(kind)
        names = known_in(asked, self.library)
        rows = []
        for sentence in sentences:
            passage, form = sentence.passage, self._form(sentence)
            hit, of_list = by_index.get(passage.index), lists.get(passage.index)
            heading = headings[passage.section] if passage.section >= 0 else 0.0
            parent = book.outline[passage.section].parent if passage.section >= 0 else None
            bonus, fits = kind_bonus(asked, sentence)
            of_part = fits_parts(asked, sentence, book.subject)
            duty = passage.section in duties
            itself = passage.kind in _FRAME
            named = share_held(names, sentence, book)
            rows.append(
                [
                    asked.matter.covered_by(sentence.bag),
                    asked.matter.covered_by(sentence.bag, sentence.above_bag),
                    asked.matter.covered_by(sentence.bag, sentence.above_bag, book.title_bag),
                    titled,
                    asked.matter.covered_by(sentence.above_bag),
                    _of_neighbour(asked, book, sentence, -1),
                    _of_neighbour(asked, book, sentence, 1),
                    hit.score / top if hit is not None else 0.0,
                    hit.by.get("dense", 0.0) if hit is not None else 0.0,
                    hit.by.get("words", 0.0) / most_words if hit is not None else 0.0,
                    of_list.score / top if of_list is not None else 0.0,
                    heading,
                    heading >= _WHOLE,
                    headings[parent] if parent is not None else 0.0,
                    bodies.get(passage.section, 0.0),
                    passage.section < 0,
                    bonus,
                    fits,
                    meets(asked, sentence, book),
                    of_part,
                    bool(asked.reading.parts) and of_part,
                    wanted.who and form.role,
                    wanted.who and duty,
                    wanted.who and not duty and not form.role,
                    wanted.when and form.date,
                    wanted.when and not form.date,
                    wanted.many and form.number,
                    wanted.many and not form.number,
                    wanted.money and form.money,
                    wanted.money and not form.money,
                    wanted.why and form.purpose,
                    wanted.where and form.place,
                    wanted.where and not form.place,
                    wanted.law and form.law,
                    wanted.law and not form.law,
                    wanted.long and form.duration,
                    wanted.long and not form.duration,
                    asked.matter.covered_by(form.term) if wanted.what and form.term else 0.0,
                    wanted.what and not form.term,
                    part is not None and part.search(self._folded(passage.path)) is not None,
                    any(answer.search(form.folded) for answer in wanted.said),
                    any(role in form.folded for role in wanted.roles),
                    *(passage.kind == one for one in _KINDS),
                    min(len(sentence.words), _LONG) / _LONG,
                    len(sentence.words) < _SHORT,
                    sentence.text.rstrip().endswith(":"),
                    passage.lead is not None,
                    named,
                    bool(names) and named < 1,
                    kind in _OF_ITSELF and passage.kind in _OPENING,
                    kind == "signer" and passage.kind == "signature",
                    kind == "recipients" and passage.kind == "recipients",
                    kind == "basis" and passage.kind == "basis",
                    kind in LOOKUPS and not itself,
                ]
            )
        return rows

    def _meanings(self, sentences: Sequence[Sentence], question: Floats) -> Floats:
        """(n, 4) float32: how near the meaning is, alone and below its heading, and how far below the best."""
        forms = [self._form(one) for one in sentences]
        near = [np.stack([form.vectors[at] for form in forms]) @ question for at in (0, 1)]
        return np.stack([*near, *(one - one.max() for one in near)], axis=1).astype(np.float32)

    def _folded(self, path: tuple[str, ...]) -> str:
        if path not in self._headings:
            self._headings[path] = fold("\n".join(path))
        return self._headings[path]

    def _form(self, sentence: Sentence) -> _Form:
        key = (sentence.document, sentence.span.start, sentence.span.end)
        if key not in self._forms:
            folded = fold(sentence.text)
            stated = with_units(sentence.text)
            texts = [sentence.text, " ".join((*sentence.passage.path[-1:], sentence.text))]
            vectors = self._encoder.encode_passages(texts)
            self._forms[key] = _Form(
                folded=folded,
                number=has_number(sentence.text),
                money=MONEY.search(stated) is not None,
                date=WHEN.search(sentence.text) is not None,
                role=_ROLE.search(folded) is not None,
                purpose=_PURPOSE.search(folded) is not None,
                place=_PLACE.search(sentence.text) is not None,
                law=_LAW.search(sentence.text) is not None,
                duration=_DURATION.search(sentence.text) is not None,
                term=_term(sentence),
                vectors=(vectors[0], vectors[1]),
            )
        return self._forms[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What the words of a question ask for, whatever its kind was taken to be."""

    who: bool
    when: bool
    many: bool
    money: bool
    why: bool
    where: bool
    law: bool
    long: bool
    what: bool
    said: tuple[re.Pattern[str], ...]
    roles: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> _Wanted:
        many = _HOW_MANY.search(words) is not None
        return cls(
            who=_WHO.search(words) is not None,
            when=_WHEN.search(words) is not None,
            many=many,
            money=many and _MONEY.search(NO_MONEY.sub(" ", words)) is not None,
            why=_WHY.search(words) is not None,
            where=_WHERE.search(words) is not None,
            law=_WHICH_LAW.search(words) is not None,
            long=_HOW_LONG.search(words) is not None,
            what=_WHAT.search(words) is not None,
            said=tuple(answer for cue, answer in SAID if cue.search(words)),
            roles=tuple(role for roles in ROLES if any(one in words for one in roles) for role in roles),
        )


def _term(sentence: Sentence) -> frozenset[str]:
    """What stands in front of "là" in a sentence that says what something is."""
    match = _TERM.match(sentence.text)
    return bag(marked_syllables(match.group(1))) if match is not None else frozenset()


def _of_neighbour(asked: Asked, book: Book, sentence: Sentence, step: int) -> float:
    """How much of the question the sentence before or after holds, 0 where it stands in another part."""
    at = book.places[sentence.span] + step
    if not 0 <= at < len(book.sentences) or book.sentences[at].passage.section != sentence.passage.section:
        return 0.0
    return asked.matter.covered_by(book.sentences[at].bag)
