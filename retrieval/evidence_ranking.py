"""Which places of the documents a search shows, best first.

A place is ranked by what the rankers found and by how the question was understood: the words it should hold, its kind
(a sum for how much, a date for when, the duties below a body's heading for who), the programme part, the documents.
What the answer rests on counts more. Of several places that a question names each is searched for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.normalise import fold
from ingest.types import Section, Span
from retrieval.answer.answerer import Answerer, Understood
from retrieval.answer.asked import Asked
from retrieval.answer.cues import PARTS, ROLES, SAID
from retrieval.answer.draft import Quote
from retrieval.answer.evidence import meets, support
from retrieval.answer.layout import asks_funds, asks_time, funds_part, passages_of, time_part
from retrieval.answer.library import Book, Library
from retrieval.answer.passages import fits_parts, kind_bonus
from retrieval.answer.terms import bag
from retrieval.question import Kind, lookups_in
from retrieval.tokens import marked_syllables
from retrieval.types import Hit, Passage, Question
from retrieval.wholes import CLOSING, Wholes, unseen

# Chosen on every other question of the dev part of evals/suites, ranked without what the answer rests on: by the
# rankers' scores alone .84 of the evidence is among the first five places, with all of these .94; on the others .80
# and .96.
_ASKED_AS_IT_STANDS = 0.15
_WORDS = 0.1
_LIST = -0.3
_SUPPORT = 0.5
_UNMET = -0.25
_OTHER_PART = -0.6
_HEADING = 0.15
_WHOLE_HEADING = 0.7
_LAYOUT = 0.15
_DUTY = 0.1
_ROLE = 0.4
_NAMED = 1.3
_STATED, _NEXT = 0.5, 0.02
_TITLED = 0.8
_FIRST_PLACES = 2  # of a part that a question asks for by its matter
_SAID_SO = 0.3
_READ, _FAR_BEHIND = 0.4, 5.0  # for the sentence that is read as the answer; less behind it
_SURE = 0.5  # of an answer whose evidence comes first
_JOINED = 10  # so many of the first places are joined where they are neighbours

_WHO = ("lead", "coordinate", "duties")
# Words that may ask for what the opening or the end of a document says.
_HINTS = (
    (
        ("letterhead", "title"),
        re.compile(
            r"\b(?:ra|ban hanh|ky|co) (?:truoc|sau|som hon|muon hon)\b|\b(?:hieu luc|thay the|bai bo|ban hanh|ngay ky|so hieu|ten goi|trich yeu|giai doan nao|den nam nao|can cu"
            r"|co so phap ly|dua tren|cu the hoa|(?:quyet dinh|nghi quyet|nghi dinh|chi thi|van ban) (?:nao|gi|so may)"
            r"|(?:thuc hien|trien khai) (?:theo )?(?:quyet dinh|nghi quyet|de an|chuong trinh|ke hoach) (?:nao|gi|so)"
            r")\b"
        ),
    ),
    (
        CLOSING,
        re.compile(
            r"\b(?:nguoi ky|ky (?:ten|thay|boi|ban hanh|ke hoach|van ban|duyet)|chu ky|noi nhan|chuc vu|thay mat"
            r"|dung ten|(?:gui|chuyen|sao gui|phat hanh)(?: \w+){0,10} (?:nao|ai|dau)"
            r"|nhan duoc (?:ban|van ban|ke hoach))\b"
        ),
    ),
)
# Where a document says what is asked of itself.
_STANDS_IN: Mapping[Kind, tuple[str, ...]] = {
    **dict.fromkeys(("number", "date", "issuer", "title"), ("letterhead", "title")),
    "basis": ("basis",),
    **dict.fromkeys(("signer", "recipients"), CLOSING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A whole with its score, and what the rankers gave the passage that it was found by."""

    whole: Passage
    score: float
    by: Mapping[str, float]


class EvidenceRanking:
    """Ranks places in the documents of a library. Nothing changes after it is made."""

    def __init__(self, library: Library, answerer: Answerer) -> None:
        self._library = library
        self._answerer = answerer
        self._wholes = {document: Wholes(book) for document, book in library.books.items()}
        self._units = {
            document: frozenset(section.index for _, section in book.units) for document, book in library.books.items()
        }

    def search(self, question: Question, found: Sequence[Hit], k: int) -> list[Hit]:
        """The ``k`` best places; ``found`` are the rankers' hits for the question as it stands. Raises BadQuestion."""
        one = self._answerer.understood(question)
        several = self._answerer.sides(one.asked) or self._answerer.asks(one.asked)
        if several:
            ranked = in_turn([self._own(each) for each in several])
        else:
            ranked = self._with_neighbours(self._ranked(one, found))
            if one.asked.reading.compares:
                ranked = in_turn(_by_document(ranked))
        if not several:
            ranked = self._with_openings(one.asked, ranked)
        if one.draft.trust >= _SURE and not one.draft.abstained:
            ranked = self._with_evidence(one, ranked)
            ranked = in_turn(_by_document(_unseen(ranked))) if several else ranked  # each place has its share
        by_place = _by_place(ranked)
        chosen = [by_place[whole.document, whole.span] for whole in unseen((one.whole for one in ranked), k)]
        # Hits are ranked by score as well: a place that was moved up scores no less than the next.
        scores = [one.score for one in chosen]
        for at in range(len(scores) - 2, -1, -1):
            scores[at] = max(scores[at], scores[at + 1])
        return [
            Hit(passage=one.whole, rank=rank, score=round(score, 6), by=dict(one.by))
            for rank, (score, one) in enumerate(zip(scores, chosen, strict=True), 1)
        ]

    def _with_evidence(self, one: Understood, ranked: Sequence[_Found]) -> list[_Found]:
        """The ranking behind the places that a sure answer rests on, in the order in which it tells them."""
        stated = self._stated(one.evidence)
        top = max((known.score for known in ranked), default=0.0)
        first = [_Found(whole=whole, score=top, by={"answer": 1.0}) for whole in stated]
        return [*first, *ranked]

    def _own(self, one: Understood) -> list[_Found]:
        """The ranking of one of several things that are asked."""
        return self._with_openings(one.asked, self._with_neighbours(self._ranked(one, ())))

    def _with_neighbours(self, ranked: Sequence[_Found]) -> list[_Found]:
        """The ranking, those of its first places that stand next to each other as one while that is not too long."""
        by_place = _by_place(ranked)
        first = [by_place[whole.document, whole.span] for whole in unseen((one.whole for one in ranked), _JOINED)]
        joined: list[Passage] = []
        for document in dict.fromkeys(one.whole.document for one in first):
            own = [one.whole for one in first if one.whole.document == document]
            joined.extend(self._wholes[document].neighbours(own))
        found = []
        for one in first:
            around = (
                whole for whole in joined if whole.document == one.whole.document and one.whole.span in whole.span
            )
            found.append(replace(one, whole=next(around, one.whole)))
        by_place = _by_place((*found, *ranked))
        return [
            by_place[one.document, one.span] for one in unseen((one.whole for one in by_place.values()), len(by_place))
        ]

    def _with_openings(self, asked: Asked, ranked: Sequence[_Found]) -> list[_Found]:
        """The ranking with the opening or the end of the documents in question, where a document itself is asked about.

        In turn with the ranking where a plain cue says so, after its first two where words only hint at it.
        """
        kinds = dict.fromkeys((*asked.reading.lookups, *lookups_in(fold(asked.text))))
        plain = dict.fromkeys(_STANDS_IN[kind] for kind in kinds)
        if plain:
            return in_turn([self._parts(asked, plain), ranked])
        folded = fold(asked.text)
        hinted = [kinds_of for kinds_of, cue in _HINTS if cue.search(folded)]
        if asks_funds(asked):
            ranked = in_turn([self._part(asked, funds_part), ranked])
        hints = [self._parts(asked, hinted)]
        if asks_time(asked):
            hints.append(self._part(asked, time_part))
        return [*ranked[:2], *in_turn([*hints, ranked[2:]])]

    def _parts(self, asked: Asked, kinds: Iterable[tuple[str, ...]]) -> list[_Found]:
        """Where the documents in question first have passages of some kinds; by their titles where none is named."""
        kinds = tuple(kinds)
        found = []
        for book in self._in_question(asked):
            for kinds_of in kinds:
                first = next((one for one in book.passages if one.kind in kinds_of), None)
                if first is not None:
                    found.append(_Found(whole=self._wholes[book.info.id].of(first), score=0.0, by={}))
        return found

    def _part(self, asked: Asked, part: Callable[[Book], Section | None]) -> list[_Found]:
        """The first places of a part of each document in question."""
        found = []
        for book in self._in_question(asked):
            section = part(book)
            own = passages_of(book, section) if section is not None else []
            wholes = dict.fromkeys(self._wholes[book.info.id].of(one) for one in own)
            found.append([_Found(whole=whole, score=0.0, by={}) for whole in tuple(wholes)[:_FIRST_PLACES]])
        return in_turn(found)

    def _in_question(self, asked: Asked) -> list[Book]:
        """The documents that a question names; of those that it may be about the ones whose titles fit best."""
        books = self._library.scoped(asked.scope.documents)
        if asked.scope.named:
            return books
        fit = [(asked.matter.covered_by(book.title_bag), book) for book in books]
        top = max((score for score, _ in fit), default=0.0)
        return [book for score, book in sorted(fit, key=lambda one: -one[0]) if score >= _TITLED * top]

    def _ranked(self, one: Understood, found: Sequence[Hit]) -> list[_Found]:
        """The places of one question, each once, best first."""
        best: dict[tuple[str, int, int], _Found] = {}
        for candidate in self._scored(one, found):
            place = (candidate.whole.document, candidate.whole.span.start, candidate.whole.span.end)
            if place not in best or best[place].score < candidate.score:
                best[place] = candidate
        read = self._read(one)
        ranked = [
            replace(known, score=known.score + _READ * _best_inside(read, known.whole)) for known in best.values()
        ]
        quotes = one.evidence
        if one.asked.reading.kind == "count":
            quotes = quotes[::-1]  # the number of the last item says how many there are
        low = _TITLED * max((known.score for known in ranked), default=0.0)
        for at, whole in enumerate(self._stated(quotes)):
            inside = [
                known for known in ranked if known.whole.document == whole.document and known.whole.span in whole.span
            ]
            same = max(inside, key=lambda known: known.score, default=None)
            score = (low if same is None else same.score) + _STATED - _NEXT * at
            by = {} if same is None else same.by
            ranked.append(_Found(whole=whole, score=score, by={**by, "answer": 1.0}))
        return sorted(ranked, key=lambda known: (-known.score, known.whole.key))

    def _read(self, one: Understood) -> Mapping[tuple[str, Span], float]:
        """The wholes of the sentences that were read, each with how near its best one comes to the best of all, 0..1."""
        found: dict[tuple[str, Span], float] = {}
        scores = one.read.scores
        for at in one.read.order:
            sentence = one.read.signs.sentences[at]
            near = 1 + float(scores[at] - scores[one.read.order[0]]) / _FAR_BEHIND
            if near <= 0:
                break
            whole = self._wholes[sentence.document].of(sentence.passage)
            found.setdefault((whole.document, whole.span), near)
        return found

    def _stated(self, quotes: Iterable[Quote]) -> list[Passage]:
        """The wholes that quotes lie in, the first quote's first."""
        wholes: dict[str, dict[object, Passage]] = {}
        for quote in quotes:
            passages = [one for one in self._library.books[quote.document].passages if one.kind != "list"]
            inside = [one for one in passages if one.span.start < quote.span.end and quote.span.start < one.span.end]
            # A heading that is no passage of its own stands above the next one.
            inside = inside or [one for one in passages if one.span.start >= quote.span.start][:1]
            for one in inside:
                whole = self._wholes[quote.document].of(one)
                wholes.setdefault(quote.document, {}).setdefault(whole.span, whole)
        merged = [self._wholes[document].merged(list(of.values())) for document, of in wholes.items()]
        return [of[at] for at in range(max(map(len, merged), default=0)) for of in merged if at < len(of)]

    def _scored(self, one: Understood, found: Sequence[Hit]) -> Iterable[_Found]:
        """Every passage that was found, with the score of its whole."""
        asked = one.asked
        as_written = {hit.passage.key: hit for hit in found}
        as_meant = {hit.passage.key: hit for hit in one.hits}
        tops = [max((hit.score for hit in hits.values()), default=1.0) for hits in (as_written, as_meant)]
        words = max((hit.by.get("words", 0.0) for hit in (*found, *one.hits)), default=0.0) or 1.0
        said = bag(marked_syllables(asked.text))
        headings: dict[str, list[float]] = {}
        for key, hit in {**as_written, **as_meant}.items():
            document = hit.passage.document
            if document not in headings:
                headings[document] = self._library.headings_in(self._library.books[document], said)
            written, meant = (
                hits[key].score / top if key in hits else 0.0
                for hits, top in zip((as_written, as_meant), tops, strict=True)
            )
            score = max(written, meant) + _ASKED_AS_IT_STANDS * written + _WORDS * hit.by.get("words", 0.0) / words
            score += self._fit(asked, hit.passage, headings[document])
            if asked.scope.named and document in asked.scope.documents:
                score *= _NAMED
            yield _Found(whole=self._wholes[document].of(hit.passage), score=score, by=hit.by)

    def _fit(self, asked: Asked, passage: Passage, headings: Sequence[float]) -> float:
        """How well a passage fits what was understood of the question."""
        book = self._library.books[passage.document]
        score = _LIST if passage.kind == "list" else 0.0
        indexes = (passage.index, *passage.members)
        sentences = [sentence for index in indexes for sentence in book.by_passage.get(index, ())]
        score += max(
            (
                _SUPPORT * support(asked.matter, sentence, book)
                + kind_bonus(asked, sentence)[0]
                + (0.0 if meets(asked, sentence, book) else _UNMET)
                + (0.0 if fits_parts(asked, sentence) else _OTHER_PART)
                for sentence in sentences
            ),
            default=0.0,
        )
        kind = asked.reading.kind
        if passage.section >= 0:
            share = headings[passage.section]
            score += _HEADING * share if share >= _WHOLE_HEADING else 0.0
            part = PARTS.get(kind)
            if part is not None and part.search(fold("\n".join(passage.path))):
                score += _LAYOUT
            if kind in _WHO and passage.section in self._units[passage.document]:
                score += _DUTY
        said, text = " ".join(asked.words), fold(passage.reading)
        score += sum(_SAID_SO for cue, answer in SAID if cue.search(said) and answer.search(text))
        if kind in _WHO:
            wanted = [role for roles in ROLES if any(one in said for one in roles) for role in roles]
            score += _ROLE if any(role in text for role in wanted) else 0.0
        return score


def _best_inside(read: Mapping[tuple[str, Span], float], whole: Passage) -> float:
    return max(
        (
            near
            for (document, span), near in read.items()
            if document == whole.document and (span in whole.span or whole.span in span)
        ),
        default=0.0,
    )


def in_turn(rankings: Sequence[Sequence[_Found]]) -> list[_Found]:
    """The first of each ranking, then the second of each, and so on."""
    longest = max((len(one) for one in rankings), default=0)
    return [one[at] for at in range(longest) for one in rankings if at < len(one)]


def _by_document(ranked: Sequence[_Found]) -> list[list[_Found]]:
    found: dict[str, list[_Found]] = {}
    for one in ranked:
        found.setdefault(one.whole.document, []).append(one)
    return list(found.values())


def _unseen(ranked: Sequence[_Found]) -> list[_Found]:
    """A ranking without what places before show already."""
    by_place = _by_place(ranked)
    return [by_place[one.document, one.span] for one in unseen((one.whole for one in ranked), len(by_place))]


def _by_place(ranked: Iterable[_Found]) -> dict[tuple[str, Span], _Found]:
    """The first of a ranking that is shown at each place."""
    found: dict[tuple[str, Span], _Found] = {}
    for one in ranked:
        found.setdefault((one.whole.document, one.whole.span), one)
    return found
