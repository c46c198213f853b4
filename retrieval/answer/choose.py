"""What is given for an answer: the draft of a rule, the best sentences, or both together; and how far it is right.

A rule knows the layout (a body's duties, the sums of a Dự án) but takes some questions for what they are not; the
reader finds the sentence but not the whole list. So the answers that both can make stand beside each other, each with
signs of its being right, and the most probable is chosen; whether it is given, ``doubt`` says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.normalise import fold
from ingest.reading import reading
from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.compose import escape
from retrieval.answer.denial import denies, flatly_denies
from retrieval.answer.draft import Draft, Line, Quote, quote_of, quote_passage
from retrieval.answer.figures import other_figure
from retrieval.answer.forms import fits, has_form, states_form
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.names import signs_of_names
from retrieval.answer.passages import items_of, label_of, lines_below, shown
from retrieval.answer.reader import Read, ReaderModel
from retrieval.answer.refuse import fails, held, other_body, stands_alone
from retrieval.answer.statements import whole
from retrieval.answer.table_cells import says
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.question import KINDS
from retrieval.registers.table_reader import PLAIN
from retrieval.types import Hit

ENOUGH = 0.5
"""What is given without a further look, a part of an answer or one that lacks a form, is at least so probably right."""
LEAST = 0.05
"""A draft that is less probably right is not even doubted: whether one above it is given, ``doubt`` says."""
OF_ITSELF = 0.75
DENIED = 0.9
"""What a statement that nearly all of what is asked is not done is at least given: before a sum that is near."""
CORRECTS = 0.7
_NUMBERS = 2  # cells of a row of figures, besides its own number
_SOMETHING = 0.05
_PLAINLY = 3.0  # score of the best sentence
_MOST_MORE = 3  # sentences beside a rule's draft
_MOST = 4  # sentences without one
_LOOKED, _FAR_BEHIND = 6, 5.0  # sentences, and how far in score behind the best, that may have the form it lacks
_BEHIND = 3.0  # in score: one sentence in twenty so far behind the first is evidence
_MANY_DUTIES = 3  # of a body
_ITEMS = 12  # of a list that a sentence opens
_LINES = 3  # of a draft whose places are looked for among the hits
_LONGEST, _LETTERS, _MANY = 12, 7.0, 6
_PART = 1_400  # letters of a part that is given as a whole
_SHORT_ITEM = 350  # letters
_BESIDE, _GAIN = 600, 0.12  # letters; of the topic
_CORRECTED = 2  # sentences that put a premise right
_FAR, _REST = -5.0, 20
_SURE = 5.0  # a logit of the judge that leaves no doubt
_PAGE, _TOO_LONG = 1.4, 0.15  # thousand letters: more answers a plain question too widely
_LISTS = ("list", "duties", "budget", "basis", "count")
_NEAR, _FEW = 0.3, 0.4  # a cosine, and a share of whole words, below which it is doubtful that anything is told of it
_FEW_WORDS = 3
_COST = 0.05  # of a thousand letters: of two answers that are as sure the shorter is better


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that might be given: ``more`` sentences beside a rule's draft, or so many alone.

    ``heading`` is what that of the part holds which is given as a whole, where the best sentence is one.
    """

    draft: Draft
    by_rule: bool
    more: int
    heading: frozenset[str] = frozenset()
    formless: bool = False
    """Whether it lacks the form of what is asked: there is no date in it, where "khi nào" is asked."""
    doubtful: bool = False
    """Whether it has another number, unit or body than the question: it has to be surely the answer otherwise."""


def candidates(asked: Asked, draft: Draft | None, read: Read, library: Library) -> Iterator[Candidate]:
    """The answers to choose from: a rule's draft with up to three of the best sentences, or up to four of them alone.

    Only such as hold what the question names (its programme part, numbers, year) and fit it, or deny it; sentences that
    lack the form of what is asked have to be the surer.
    """
    for one in _all(asked, draft, read, library):
        fitting = fits(asked, one.draft)
        alone = not one.by_rule and one.more == 1
        if alone and flatly_denies(asked, one.draft) and not fails(asked, library, one.draft, strictly=False):
            yield replace(one, draft=replace(one.draft, certain=True))
            return  # what else is near is of what is not done
        if not states_form(asked, one.draft):
            if fitting and not one.by_rule and not fails(asked, library, one.draft):
                yield replace(one, formless=True)
            continue
        if fitting and not fails(asked, library, one.draft):
            yield one
            continue
        corrects = fitting and one.more <= _CORRECTED and (opening := _puts_right(asked, one, library))
        if corrects and not fails(asked, library, other := replace(one.draft, strategy="corrected", opening=opening)):
            yield replace(one, draft=other)
        elif not fails(asked, library, one.draft, strictly=False) and (
            fits(asked, one.draft, strictly=False) or (not one.by_rule and denies(asked, one.draft))
        ):
            yield replace(one, doubtful=True)


def _puts_right(asked: Asked, one: Candidate, library: Library) -> str:
    """How an answer opens that says otherwise than a question takes for granted: another figure or body; else ""."""
    if body := other_body(asked, library, one.draft):
        return say(asked.reading.language, "corrected-body", body=escape(body))
    figure = other_figure(asked, one.draft) if not one.by_rule else ""
    return say(asked.reading.language, "corrected", figure=figure) if figure else ""


def _all(asked: Asked, draft: Draft | None, read: Read, library: Library) -> Iterator[Candidate]:
    if draft is not None:
        yield Candidate(draft=draft, by_rule=True, more=0)
        if stands_alone(asked, draft):
            if draft.strategy != "due" or has_form(asked, draft):
                return
            draft = None  # the sentences that were read may say when
    fits, meets = read.signs.column("fits part"), read.signs.column("meets")
    told = [at for at in read.order if fits[at] > 0 and meets[at] > 0 and _tells(asked, read.signs.sentences[at])]
    order = list(_without_rows_alike(asked, told, read, library))[:_MOST]
    best = [read.signs.sentences[at] for at in order if read.scores[at] >= read.scores[order[0]] - _BEHIND]
    lines = [lines_of(sentence, library.books[sentence.document], asked) for sentence in best]
    if draft is not None:
        if (narrow := _narrowed(draft, best)) is not None:
            yield Candidate(draft=narrow, by_rule=True, more=0)
        given = [quote for line in draft.lines for quote in line.quotes]
        for count in range(1, min(_MOST_MORE, len(lines)) + 1):
            more = [one for one in _unique(lines[:count]) if not _within(one.quotes[0], given)]
            yield Candidate(draft=replace(draft, more=tuple(more)), by_rule=True, more=count)
    if best and _asks_several(asked) and (part := _part_of(best[0], library.books[best[0].document])):
        above, items = part
        own = Draft(strategy="read", lines=tuple(items), support=0.5)
        yield Candidate(draft=own, by_rule=False, more=0, heading=above)
    for count in range(1, len(lines) + 1):
        own = Draft(strategy="read", lines=tuple(_unique(lines[:count])), support=0.5)
        heading: frozenset[str] = best[0].bag if best[0].passage.kind == "heading" else frozenset()
        yield Candidate(draft=own, by_rule=False, more=count, heading=heading)
    if lines and (behind := _first_that_fits(asked, told, read, library)) is not None:
        yield Candidate(draft=behind, by_rule=False, more=1)


def _first_that_fits(asked: Asked, told: Sequence[int], read: Read, library: Library) -> Draft | None:
    """The best sentence that has what is asked for, a body or a sum, where the best of all has not; or None."""
    for rank, at in enumerate(told[:_LOOKED]):
        if read.scores[at] < read.scores[told[0]] - _FAR_BEHIND:
            return None
        sentence = read.signs.sentences[at]
        lines = lines_of(sentence, library.books[sentence.document], asked)
        draft = Draft(strategy="read", lines=tuple(lines), support=0.5)
        if states_form(asked, draft) and fits(asked, draft) and not fails(asked, library, draft):
            return draft if rank else None
    return None


def _narrowed(draft: Draft, best: Sequence[Sentence]) -> Draft | None:
    """The duties of a body among which the best sentence stands, where a question asks for one of many."""
    if draft.strategy != "duties-of" or draft.entire or len(draft.lines) < _MANY_DUTIES or draft.opening or not best:
        return None
    kept = tuple(line for line in draft.lines if _touches(best[0], line.quotes))
    return replace(draft, lines=kept) if 0 < len(kept) < len(draft.lines) else None


def _without_rows_alike(asked: Asked, order: Sequence[int], read: Read, library: Library) -> Iterator[int]:
    """The sentences without those rows of a table that only the table makes like the question.

    All rows below "Tỷ lệ hộ dùng nước" hold as much of a question for that share: one of them, and those that it names,
    stand for all.
    """
    tables: set[tuple[str, int]] = set()
    for at in order:
        sentence = read.signs.sentences[at]
        if sentence.passage.kind == "row" and not _asks_several(asked):
            table = sentence.document, sentence.passage.section
            cells = [reading(library.books[sentence.document].text, span).text for _, span in sentence.passage.cells]
            of_numbers = sum(PLAIN.fullmatch(cell.strip()) is not None for cell in cells) >= _NUMBERS
            if of_numbers and table in tables and not any(says(asked.text, cell) for cell in cells):
                continue
            tables.add(table)
        yield at


def _part_of(sentence: Sentence, book: Book) -> tuple[frozenset[str], list[Line]] | None:
    """The list or the part that a sentence stands in, as a whole, with what its lead-in or heading holds.

    None where it is the heading itself, stands alone in its part, or the part is long.
    """
    passage = sentence.passage
    if passage.kind not in ("item", "paragraph") or passage.section < 0:
        return None
    if passage.lead is not None:
        above = book.passages[passage.lead]
        lines = [
            Line(document=book.info.id, text=one.reading, quotes=(quote_passage(one),))
            for one in book.passages
            if one.lead == passage.lead and one.kind != "list"
        ]
        held = book.bag("\n".join((above.reading, *passage.path[-1:])))
    else:
        section = book.outline[passage.section]
        while not section.title and section.parent is not None:  # a clause of an article
            section = book.outline[section.parent]
        lines = lines_below(book, section.index)
        held = book.headings[section.index]
    if not 1 < len(lines) <= _ITEMS or sum(len(line.text) for line in lines) > _PART:
        return None
    return held, lines


_ABOUT_SIGNING = re.compile(r"\b(?:ai|ky|ten|chuc|lanh dao|nguoi|who|whom|whose|sign\w*|name\w*|head|deputy)\b")


_OF_BASES = re.compile(
    r"\b(?:can cu|co so|phap ly|dua (?:tren|vao)|vien dan|trich dan)\b"
    r"|\btheo (?:quyet dinh|nghi|van ban|luat|thong|chi thi|gi|nao|dau)\b"
    r"|\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|luat|ke hoach|chuong trinh|de an|van ban|cong van)\b"
    r"(?:,? \w+){0,6},? (?:nao|gi|so|may|ngay|\d+)\b|\bthong bao(?: \w+){0,4} (?:nao|gi|so)\b"
    r"|\b(?:based|basis|under|pursuant|cit\w+|refer\w*|laws?|decrees?|decisions?|resolutions?|circulars?)\b"
    r"|\b(?:directives?|letters?)\b"
)
_OF_TITLE = re.compile(
    r"\b(?:ten|tieu de|trich yeu|viec gi|noi ve|giai doan|den nam|may nam|viet tat|nghia|pham vi|ap dung)\b"
    r"|\b(?:title|about|period|stand for|mean\w*|cover\w*|run)\b"
)
_OF_LETTERHEAD = re.compile(
    r"\bthang \d|\b(?:so|ngay|ky hieu|tren dau|de trong|bo trong|ban hanh|quoc hieu|tieu ngu|dia danh|noi ban hanh)\b"
    r"|\b(?:number|date[ds]?|letterhead|blank|issued?|motto)\b|\b(?:january|february|march|april|may|june|july|august)\b"
    r"|\b(?:september|october|november|december)\b"
)


_ATTACHED = re.compile(
    r"\((?:Ban hành )?kèm theo (?:Quyết định|Nghị quyết|Công văn|Tờ trình|Kế hoạch|Thông báo)\b", re.IGNORECASE
)


def _tells(asked: Asked, sentence: Sentence) -> bool:
    """Whether a sentence can tell anything of what is asked.

    A name below a document only who signed it, the place and date above it only what is asked of the document itself.
    """
    titled = sentence.passage.kind in ("title", "basis") or _ATTACHED.search(sentence.text) is not None
    if titled and not asked.reading.numbers:
        # They have the words of what the plan is about, and say nothing of it.
        asks = (_OF_BASES if sentence.passage.kind == "basis" else _OF_TITLE).search(
            fold(f"{asked.question.text}\n{asked.alone}")
        )
        return bool(asked.reading.lookups) or asked.reading.yes_no or asks is not None
    if sentence.passage.kind == "letterhead":
        return bool(asked.reading.lookups) or _OF_LETTERHEAD.search(fold(asked.question.text)) is not None
    return sentence.passage.kind != "signature" or bool(
        asked.reading.lookups or _ABOUT_SIGNING.search(fold(asked.question.text))
    )


def best_lines(
    read: Read, library: Library, count: int, *, met: bool = False, asked: Asked | None = None
) -> tuple[Line, ...]:
    """The best sentences that are not far behind the first, a list that one of them opens with its items.

    With ``met`` only such as hold the part, the years and the places that are asked about; with a question only such as
    can tell anything of it.
    """
    fits, meets = read.signs.column("fits part"), read.signs.column("meets")
    order = [
        at
        for at in read.order
        if (not met or (fits[at] > 0 and meets[at] > 0)) and (asked is None or _tells(asked, read.signs.sentences[at]))
    ][:count]
    near = [at for at in order if read.scores[at] >= read.scores[order[0]] - _BEHIND / 2]
    best = [read.signs.sentences[at] for at in near]
    return tuple(_unique([lines_of(one, library.books[one.document]) for one in best]))


def line_of(sentence: Sentence) -> Line:
    """A sentence alone, below its heading."""
    return Line(
        document=sentence.document, label=label_of(sentence), text=shown(sentence), quotes=(quote_of(sentence),)
    )


def lines_of(sentence: Sentence, book: Book, asked: Asked | None = None) -> list[Line]:
    """A sentence as it is given: a heading with what stands below it, a lead-in with its list.

    With a question also the sentences beside it that hold more of what is asked.
    """
    if sentence.passage.kind == "heading" and (below := lines_below(book, sentence.passage.section)):
        return below[:_ITEMS]
    sentence = _all_of_it(sentence, book) or whole(sentence, book)
    if asked is not None:
        sentence = _with_causes(sentence, book, asked) or _with_beside(sentence, book, asked)
    own = line_of(sentence)
    if asked is not None and (above := _dates(sentence, book, asked)) is not None:
        return [above, own]
    if not sentence.text.rstrip().endswith(":"):
        return [own]
    items = items_of(book, sentence.passage)[:_ITEMS]
    return [own, *(Line(document=book.info.id, text=one.reading, quotes=(quote_passage(one),)) for one in items)]


_DAY_OR_YEAR = re.compile(r"\b(?:ngày|tháng|quý|năm) (?:[IV]+\b|\d)|\d{1,2}/\d{1,2}", re.IGNORECASE)


def _dates(sentence: Sentence, book: Book, asked: Asked) -> Line | None:
    """The lead-in of a sentence where that says when, which is asked for, and the sentence does not."""
    lead = sentence.passage.lead
    if asked.reading.kind != "deadline" or lead is None or _DAY_OR_YEAR.search(sentence.text) is not None:
        return None
    above = book.passages[lead]
    if _DAY_OR_YEAR.search(above.reading) is None:
        return None
    return Line(document=book.info.id, text=above.reading, quotes=(quote_passage(above),))


def _all_of_it(sentence: Sentence, book: Book) -> Sentence | None:
    """The whole of a short item or paragraph that a sentence stands in: its other clauses are of the same matter."""
    own = book.by_passage.get(sentence.passage.index, [])
    if len(own) == 1 or sentence not in own or sentence.passage.kind not in ("item", "paragraph"):
        return None
    span = Span(own[0].span.start, own[-1].span.end)
    if len(span) > _SHORT_ITEM:
        return None
    return replace(sentence, text=" ".join(one.text for one in own), span=span)


_WHY = re.compile(r"\b(?:vi sao|tai sao|ly do|nguyen nhan|why|reasons?|causes?)\b")
_CAUSE = re.compile(r"^(?:\W*)(?:nguyen nhan|ly do|do |vi |boi |dieu do la do)")


def _with_causes(sentence: Sentence, book: Book, asked: Asked) -> Sentence | None:
    """A sentence with the one behind it that says why, where that is asked: "… kém. Nguyên nhân chính là …"."""
    own = book.by_passage.get(sentence.passage.index, [])
    inside = [at for at, one in enumerate(own) if one.span in sentence.span]
    if not inside or not _WHY.search(fold(asked.question.text)):
        return None
    last = inside[-1]
    behind = next((one for one in own[last + 1 : last + 3] if _CAUSE.search(fold(one.text))), None)
    if behind is None or len(behind.text) > _BESIDE:
        return None
    pieces = own[inside[0] : own.index(behind) + 1]
    return replace(
        sentence,
        text=" ".join(one.text for one in pieces),
        span=Span(pieces[0].span.start, pieces[-1].span.end),
        bag=frozenset().union(*(one.bag for one in pieces)),
    )


def _with_beside(sentence: Sentence, book: Book, asked: Asked) -> Sentence:
    """A sentence with its neighbour in the passage, where that holds words of the question that it lacks."""
    own = book.by_passage.get(sentence.passage.index, [])
    inside = [at for at, one in enumerate(own) if one.span in sentence.span]
    if not inside or sentence.passage.kind in ("row", "heading") or sentence.text.rstrip().endswith(":"):
        return sentence
    held = asked.matter.covered_by(sentence.bag, sentence.above_bag, book.title_bag)
    first, last = inside[0], inside[-1]
    for at in (last + 1, first - 1):
        if not 0 <= at < len(own) or len(own[at].text) + len(sentence.text) > _BESIDE:
            continue
        more = asked.matter.covered_by(sentence.bag, own[at].bag, sentence.above_bag, book.title_bag)
        if more >= held + _GAIN:
            pieces = sorted((sentence, own[at]), key=lambda one: one.span.start)
            return replace(
                sentence,
                text=" ".join(one.text for one in pieces),
                span=Span(pieces[0].span.start, pieces[1].span.end),
                bag=sentence.bag | own[at].bag,
            )
    return sentence


def _unique(groups: Iterable[Sequence[Line]]) -> list[Line]:
    found: dict[tuple[str, object], Line] = {}
    for group in groups:
        for line in group:
            found.setdefault((line.document, line.quotes[0].span), line)
    return list(found.values())


def _within(quote: Quote, given: Sequence[Quote]) -> bool:
    return any(other.document == quote.document and quote.span in other.span for other in given)


# Several things are asked for: "gồm những gì", "các khoản nào", "what are the conditions".
_SEVERAL = re.compile(
    r"\b(?:nhung|cac|may)\b.{0,60}\b(?:gi|nao|ai)\b|\b(?:gom|ke ten|liet ke)\b"
    r"|\b(?:what are|which (?:\w+ ){0,2}\w+s|list|name the)\b"
)


def _asks_several(asked: Asked) -> bool:
    """Whether a question asks for all of something, for which a part or a list as a whole may be the answer."""
    several = asked.reading.kind in ("duties", "list") or _SEVERAL.search(fold(asked.question.text)) is not None
    return several and not asked.reading.yes_no


class Chooser:
    """Weighs the candidates of one question."""

    def __init__(self, asked: Asked, hits: Sequence[Hit], read: Read, library: Library) -> None:
        self._asked, self._hits, self._read, self._library = asked, hits, read, library
        self._order = {at: rank for rank, at in enumerate(read.order)}
        self._held: dict[tuple[str, object, str], tuple[float, tuple[frozenset[str], ...]]] = {}
        ranked = read.scores[list(read.order)] if len(read.order) else np.zeros(0, dtype=np.float32)
        shares = np.exp(ranked - ranked.max()) if len(ranked) else ranked
        self._shares = shares / shares.sum() if len(ranked) else shares
        self._best = float(ranked[0]) if len(ranked) else _FAR
        self._ahead = float(ranked[0] - ranked[1]) if len(ranked) > 1 else 0.0
        rest = ranked[5:_REST]
        self._above_rest = float(ranked[0] - rest.mean()) if len(rest) else 0.0
        self._judged = float(read.judged.max()) / _SURE if len(read.judged) else -1.0
        self._columns = {name: read.signs.column(name) for name in ("bonus", "fits kind", "meets", "own and above")}
        self._topic = content(asked.topic)
        self._several = _asks_several(asked)

    def signs(self, one: Candidate) -> dict[str, float]:
        """What speaks for and against a candidate, each about 0..1."""
        asked, draft = self._asked, one.draft
        lines = (*draft.lines, *draft.more)
        quotes = [quote for line in lines for quote in line.quotes]
        documents = {line.document for line in lines}
        held_most, held_together, missing = self._holding(lines, draft)
        words = self._words(lines, draft)
        inside = [at for at, sentence in enumerate(self._read.signs.sentences) if _touches(sentence, quotes)]
        hit = [any(_overlap(quote, other) for line in lines[:_LINES] for quote in line.quotes) for other in self._hits]
        own_hits = [other for other, is_own in zip(self._hits, hit, strict=True) if is_own]
        best = float(self._read.scores[inside].max()) if inside else _FAR
        mass = float(sum(self._shares[self._order[at]] for at in inside))
        top = self._hits[0].score if self._hits else 0.0
        ahead = (top - self._hits[1].score) / top if len(self._hits) > 1 and top else 1.0
        alone = stands_alone(asked, draft) if one.by_rule else False
        cosine = max((other.by.get("dense", 0.0) for other in own_hits), default=0.0)
        far = max(0.0, _NEAR - cosine) / _NEAR
        found = {
            "held": held_most,
            "held squared": held_most**2,
            "held together": held_together,
            "held together squared": held_together**2,
            "rarest missing": missing,
            "words held": words,
            "length": math.log(1 + sum(len(line.text) + len(line.label) for line in lines)) / _LETTERS,
            "lines": min(len(lines), _MANY) / _MANY,
            "no plan": sum(map(self._is_no_plan, documents)) / max(1, len(documents)),
            "documents": len(documents) / 4,
            "first of all": _first(self._hits, hit, ""),
            "first by meaning": _first(self._hits, hit, "dense"),
            "first by words": _first(self._hits, hit, "words"),
            "cosine": cosine,
            "far in meaning": far,
            "far in meaning, no document named": far * (not asked.scope.named),
            "few words held": max(0.0, _FEW - words) / _FEW,
            "score": max((other.score for other in own_hits), default=0.0),
            "ahead": ahead,
            "support": draft.support,
            "rule's support": draft.support if one.by_rule else 0.0,
            "bonus": self._most("bonus", inside),
            "fits kind": self._most("fits kind", inside),
            "meets": self._most("meets", inside),
            "own and above": self._most("own and above", inside),
            "read: best": best,
            "read: share": mass,
            "read: share squared": mass**2,
            "read: share and best": mass * self._best,
            "read: first": float(bool(self._read.order) and self._read.order[0] in inside),
            "read: top": self._best,
            "read: ahead": self._ahead,
            "read: above the rest": self._above_rest,
            "judge: best": float(self._read.judged[inside].max()) / _SURE if inside else -1.0,
            "judge: top": self._judged,
            "judge: is top": float(bool(inside) and self._read.judged[inside].max() >= self._judged * _SURE),
            "alone": float(alone),
            "document named": float(asked.scope.named),
            "topic": min(len(self._topic), _LONGEST) / _LONGEST,
            "compares": float(asked.reading.compares),
            "english": float(asked.reading.language == "en"),
            "carried": float(asked.carried),
            "untranslated": float(len(asked.missing)),
            "whole part": float(not one.by_rule and one.more == 0),
            "1 alone, several asked": float(self._several and not one.by_rule and one.more == 1),
            **signs_of_names(asked, lines, self._library),
            "lacks form": float(one.formless),
            "under a heading": float(bool(one.heading)),
            "heading holds": asked.matter.covered_by(one.heading) if one.heading else 0.0,
        }
        found |= {f"by rule, {count} more": float(one.by_rule and one.more == count) for count in range(_MOST_MORE + 1)}
        found |= {f"{count} alone": float(not one.by_rule and one.more == count) for count in range(1, _MOST + 1)}
        return found | {f"asks {kind}": float(asked.reading.kind == kind) for kind in KINDS}

    def signs_given(self, draft: Draft) -> dict[str, float]:
        """The signs of the answer that was chosen, as it is to be given."""
        alone = draft.strategy == "read"
        return self.signs(
            Candidate(draft=draft, by_rule=not alone, more=len(draft.lines) if alone else len(draft.more))
        )

    def _is_no_plan(self, document: str) -> bool:
        """Whether a document is of another kind than a plan: the rules know less of its layout."""
        kind = self._library.books[document].info.header.kind
        return kind is not None and not fold(kind.value).startswith("ke hoach")

    def best(self, draft: Draft | None, model: ReaderModel) -> Draft | None:
        """The most probable candidate with its trust; None where nothing holds what the question names."""
        chosen: tuple[float, Draft] | None = None
        for one in candidates(self._asked, draft, self._read, self._library):
            signs = self.signs(one)
            sure = model.probability(signs)
            if one.by_rule and stands_alone(self._asked, one.draft):
                sure = max(sure, OF_ITSELF)
            elif one.draft.certain:
                sure = max(sure, DENIED)
            elif signs["words held"] < _SOMETHING and not self._asked.reading.parts and not self._plain(one):
                continue  # no word of what is asked: "mật khẩu" is not told by "truyền khẩu"
            elif sure < OF_ITSELF and not one.by_rule and self._barely_meant(signs):
                continue  # "how do I cook rice" is not told by where rice is grown
            if one.draft.strategy == "corrected" and sure < CORRECTS:
                continue  # that the premise is wrong has to be surer than an answer
            if (one.formless or one.doubtful) and sure < ENOUGH:
                continue
            size = sum(len(line.text) for line in (*one.draft.lines, *one.draft.more)) / 1_000
            worth = (
                sure - _COST * size - (_TOO_LONG if size > _PAGE and self._asked.reading.kind not in _LISTS else 0.0)
            )
            if chosen is None or worth > chosen[0]:
                chosen = worth, replace(one.draft, trust=sure)
        return chosen[1] if chosen is not None else None

    def _plain(self, one: Candidate) -> bool:
        """Whether a rule's answer is plain though it has no word of what is asked: "dự tính chi" for "dự kiến"."""
        return one.by_rule and self._best >= _PLAINLY

    def _barely_meant(self, signs: Mapping[str, float]) -> bool:
        """Whether a question has few words, names nothing, and the most telling word is not in what would be given."""
        named = self._asked.scope.named or self._asked.reading.parts or self._asked.carried
        return not named and len(self._topic) <= _FEW_WORDS and signs["rarest missing"] >= 1.0

    def _most(self, name: str, inside: Sequence[int]) -> float:
        return float(self._columns[name][inside].max()) if inside else 0.0

    def _holding(self, lines: Sequence[Line], draft: Draft) -> tuple[float, float, float]:
        """How much of the topic one line holds at most, and all lines; how rare the rarest word is that none has."""
        if not self._topic:
            return 1.0, 1.0, 0.0
        most = max((self._of_line(line, draft)[0] for line in lines), default=0.0)
        bags = tuple(dict.fromkeys(one for line in lines for one in self._of_line(line, draft)[1]))
        weights = {word: self._library.weights.of(f"={word}") for word in self._topic}
        missing = [weight for word, weight in weights.items() if not self._asked.matter.finds(word, bags)]
        return most, self._asked.matter.covered_by(*bags), max(missing, default=0.0) / max(weights.values())

    def _words(self, lines: Sequence[Line], draft: Draft) -> float:
        """How much of the topic's whole words all lines hold together."""
        bags = dict.fromkeys(one for line in lines for one in self._of_line(line, draft)[1])
        return self._asked.matter.words_held_by(*bags)

    def _of_line(self, line: Line, draft: Draft) -> tuple[float, tuple[frozenset[str], ...]]:
        key = (line.document, line.quotes[0].span, line.text)
        if key not in self._held:
            book = self._library.books[line.document]
            own = book.bag(line.text)
            above = book.bag("\n".join(heading for quote in line.quotes for heading in quote.path))
            self._held[key] = held(self._asked, draft, line, self._library), (own, above, book.title_bag)
        return self._held[key]


def _overlap(quote: Quote, hit: Hit) -> bool:
    span = hit.passage.span
    return quote.document == hit.passage.document and quote.span.start < span.end and span.start < quote.span.end


def _touches(sentence: Sentence, quotes: Sequence[Quote]) -> bool:
    return any(
        quote.document == sentence.document
        and quote.span.start < sentence.span.end
        and sentence.span.start < quote.span.end
        for quote in quotes
    )


def _first(hits: Sequence[Hit], own: Sequence[bool], ranker: str) -> float:
    """1 over the rank of the first hit that a draft rests on, by one ranker or, for "", as they were found."""
    ranked = (
        sorted(zip(hits, own, strict=True), key=lambda pair: -pair[0].by.get(ranker, 0.0))
        if ranker
        else list(zip(hits, own, strict=True))
    )
    return 1 / next((rank for rank, (_, is_own) in enumerate(ranked, 1) if is_own), len(ranked) + 1)
