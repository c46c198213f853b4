"""From an understood question to an answer: the strategies in order, refusal, confidence."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.normalise import AlignedText, fold, has_marks
from ingest.rules.references import references
from retrieval.answer.abbreviated import answer_abbreviated
from retrieval.answer.agreement import answer_agreement
from retrieval.answer.all_cited import answer_about_cited, answer_all_cited
from retrieval.answer.asked import Asked, of_kind, said_in_full, topic_of, understand
from retrieval.answer.asks import asks, without_year
from retrieval.answer.assigned_rows import answer_assigned
from retrieval.answer.by_address import answer_address
from retrieval.answer.by_parts import answer_by_parts
from retrieval.answer.by_topic import answer_topic
from retrieval.answer.calculate import answer_calculated
from retrieval.answer.choose import CORRECTS, ENOUGH, LEAST, Candidate, Chooser, best_lines, candidates
from retrieval.answer.cited import answer_cited, answer_citing, misquoted
from retrieval.answer.compose import document_label, escape, write
from retrieval.answer.counts import answer_count, in_one_line
from retrieval.answer.counts_apart import count_of, counted_of_both, difference_of_counts
from retrieval.answer.dates_apart import answer_dates_apart, issued_apart
from retrieval.answer.day_pairs import answer_days_between
from retrieval.answer.defined import answer_defined
from retrieval.answer.doubt import is_settled, probability, signs_of_doubt
from retrieval.answer.draft import Draft, Line, Quote, said_once
from retrieval.answer.due import answer_due
from retrieval.answer.effect import answer_effect
from retrieval.answer.figures import compares_amounts, holds_numbers, named_numbers, states_amount
from retrieval.answer.forms import has_form, held_by
from retrieval.answer.grid_answer import answer_grid
from retrieval.answer.grid_worked import answer_of_table
from retrieval.answer.grids import Grids
from retrieval.answer.layout import answer_article, answer_funds, answer_headed
from retrieval.answer.left_open import left_open
from retrieval.answer.library import Library
from retrieval.answer.limits import with_limits
from retrieval.answer.lookup import answer_blanks, answer_described, answer_lookup, answer_only_cited, of_the_day
from retrieval.answer.measured import how_much, more_of
from retrieval.answer.mentions import parties
from retrieval.answer.money import answer_budget
from retrieval.answer.most import answer_most, answer_with_sums
from retrieval.answer.nested import answer_nested
from retrieval.answer.outlined import answer_bodies, answer_structure
from retrieval.answer.passages import answer_listed
from retrieval.answer.period import answer_period
from retrieval.answer.plan_share import answer_share_of_plan
from retrieval.answer.plan_total import answer_plan_total, asks_which_costs_more, total_asked, which_costs_more
from retrieval.answer.product import answer_product
from retrieval.answer.pronouns import PRONOUN, named_in, stands_for
from retrieval.answer.reader import Read, Reader
from retrieval.answer.refuse import (
    affirms,
    as_typed,
    claimed_lead,
    fails,
    other_day,
    refusal,
    refuse,
    refuse_for_want,
    stands_alone,
)
from retrieval.answer.repealed import answer_repealed
from retrieval.answer.replaced import answer_replaced
from retrieval.answer.rest import answer_rest
from retrieval.answer.rise import answer_rise
from retrieval.answer.roles import answer_duties, answer_lead, answer_whether_leads, part_name
from retrieval.answer.scope import numbers_of
from retrieval.answer.series import answer_other_stage
from retrieval.answer.sides import contrast, sides, without_names
from retrieval.answer.signed import answer_signed
from retrieval.answer.stated import answer_stated_count
from retrieval.answer.tables import answer_table
from retrieval.answer.terms import content
from retrieval.answer.told_cell import answer_cell
from retrieval.answer.told_together import answer_of_sentence
from retrieval.answer.wanted import wanted
from retrieval.answer.wording import say
from retrieval.question import LOOKUPS, check, language_of, read_question, without_politeness
from retrieval.registers.types import Row
from retrieval.tokens import spell_out
from retrieval.types import Answer, Citation, Hit, Question

Search = Callable[[Question, int], Sequence[Hit]]
_HITS = 60
_TWO = 2
_PERIOD = re.compile(r"\b(?:19|20)\d{2}\s*[-–—]\s*(?:19|20)\d{2}\b")
_WHICH_DOCUMENT = re.compile(
    r"\b(?:van ban|ke hoach|ban|tinh|huyen|noi|dia phuong|ben) nao\b"
    r"|\bwhich (?:of \w+ |\w+ )?(?:plans?|documents?|provinces?|places?|districts?|city|one|papers?)\b"
)
# On folded text.
_OF_A_PLACE = r"(?:\b(?:cua|o|tai|thuoc|do|la cua|of|in)\s+)?(?:\b(?:ubnd|uy ban nhan dan)\s+)?(?:\b(?:tinh|huyen|xa|thanh pho)\s+)?"
_BEHIND_PLACE = r"(?:['’]s)?(?:\s+(?:province|provincial|district|city)\b)?"
_BESIDE_IT = r"\b(?:va|so voi|hay|hoac|voi|con|and|or|versus|than|with)\s+"
_SIGNED_AS = re.compile(
    r"\b(?:post|position|capacity|title|rank|role)\b|\b(?:for|on behalf of) whom\b|\bwhose behalf\b"
    r"|\b(?:chuc (?:vu|danh)|tu cach|thay mat|ky thay)\b"
)
_DATED_WHEN = re.compile(
    r"^\W*(?:and )?(?:(?:in|on) )?(?:which|what) (?:month|day|date|year)\W*$|^\W*(?:and )?when\W*$"
    r"|^\W*(?:va )?(?:vao )?(?:ngay|thang|nam) nao\W*$|^\W*(?:va )?khi nao\W*$"
)
_OF_ONE_DATE = re.compile(r"\W*(?:thang|nam) (?:may|nao|bao nhieu)\b")
_HARDLY_ANY = 4  # words
_FEW = 6  # words
_NEAR = 5  # sentences among which those are sought that have the form of what is asked
_READ = 0.5  # support of what was only read
_REMEMBERED = 8  # questions
_MISQUOTED = 0.75  # how probably a number with one digit changed, or two in each other's place, is meant
# Answers out of one document, beside which those of others may stand.
_OF_ONE = (
    "read",
    "duties",
    "duties-of",
    "plan-lead",
    "due",
    "list",
    "cited",
    "sums",
    "header:signer",
    "header:date",
    "header:number",
    "header:recipients",
)
_NEAR_HITS, _OTHERS, _MOST_OF_OTHERS = 10, 4, 4
_LONGEST = 1200  # letters of an answer out of several documents
_AS_SURE, _LESS_SURE, _ABOUT, _AS_MUCH = 0.75, 0.25, 0.1, 0.8
_REFUSED_SURELY, _REFUSED_MOST, _REFUSED_LEAST, _DOUBT = 0.8, 0.92, 0.4, 1.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question as it was understood, what is answered, the hits that were looked at and the sentences read there.

    ``evidence`` is what the best answer rests on, given or not.
    """

    asked: Asked
    draft: Draft
    hits: tuple[Hit, ...]
    read: Read
    evidence: tuple[Quote, ...]


class Answerer:
    """Answers from the documents' own words, without a language model."""

    def __init__(self, library: Library, search: Search, reader: Reader, rows: Sequence[Row] = ()) -> None:
        """``rows`` are those of the registers of the same documents."""
        self._library = library
        self._grids = Grids()
        self._reader = reader
        self._rows = rows
        self._search = search
        self._numbers = numbers_of(library)
        # A question is answered and searched, which asks the same twice.
        self.understood = lru_cache(maxsize=_REMEMBERED)(self._understand)

    def answer(self, question: Question) -> Answer:
        """Answer or refuse. Raises BadQuestion for an empty or over-long question."""
        started = time.perf_counter()
        one = self.understood(question)
        asked, draft = one.asked, one.draft
        text, citations = write(draft, self._library, asked.reading.language, told=self._told(asked, draft))
        return Answer(
            question=question.text,
            language=asked.reading.language,
            text=text,
            abstained=draft.abstained,
            confidence=confidence(draft),
            citations=citations,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
            steps=(*steps(asked, self._library), *draft.steps),
        )

    def _understand(self, question: Question) -> Understood:
        """How a question was understood and what is answered, with the hits that this rests on. Raises BadQuestion."""
        asked = self._understood(question)
        for other in (self._said_in_full(question), self._of_the_same_documents(asked)):
            one = self._read(other) if other is not None else None
            if one is not None and not one.draft.abstained:
                return one
        return self._read(asked)

    def _said_in_full(self, question: Question) -> Asked | None:
        """A follow-up that puts one thing in the place of another, as a question of its own; None for any other."""
        full = said_in_full(question, self._library)
        if not full:
            return None
        asked = self._understood(replace(question, text=full, history=()))
        return replace(asked, repaired=((question.text, full), *asked.repaired))

    def _of_the_same_documents(self, asked: Asked) -> Asked | None:
        """A question that names no document, asked of those that the one before it named; None where it leans on it anyway."""
        question = asked.question
        named = asked.scope.named or asked.scope.unknown or asked.reading.numbers or asked.scope.places
        if not question.history or question.documents or asked.carried or named:
            return None
        before = Question(text=question.history[-1], history=question.history[:-1])
        earlier = self._understood(before).scope
        if not earlier.named or earlier.unknown:
            return None
        return self._understood(replace(question, documents=earlier.documents))

    def reads(self, question: Question) -> tuple[Asked, Read]:
        """A question as it was understood and the sentences read for it, for fitting. Raises BadQuestion."""
        asked = self._understood(question)
        return asked, self._reader.read(asked, self._hits(asked))

    def sides(self, asked: Asked) -> tuple[Understood, ...]:
        """The same for each of several documents or places that a question names; () where it does not."""
        return tuple(self._read(own) for own in self._each_side(asked))

    def _each_side(self, asked: Asked) -> list[Asked]:
        """The question as it is asked of each of the documents or places that it tells apart; [] where it does not."""
        if asked.scope.unknown:
            return []
        text = asked.text if asked.carried else without_politeness(check(asked.question.text))
        if asked.reading.language == "vi" and has_marks(text):
            text = asked.text  # with the names of places as they are spelt
        return [
            of_kind(
                understand(Question(text=side.text, documents=side.documents), self._library, self._numbers),
                asked.reading,
            )
            for side in sides(text, self._library.scoped(asked.question.documents), self._numbers)
        ]

    def asks(self, asked: Asked) -> tuple[Understood, ...]:
        """The same for each of several things that a question asks; () where it asks one."""
        return tuple(self._read(own) for own in self._asks(asked))

    def _asks(self, asked: Asked) -> tuple[Asked, ...]:
        """Each thing that a question asks, what it leaves unsaid taken from the one before, as in a conversation."""
        if asked.scope.unknown:
            return ()
        text = without_politeness(check(asked.question.text))
        if asked.reading.language == "vi":
            text = spell_out(text)  # "bn" asks too
        texts = asks(text, asked.reading.language)
        if any(_OF_ONE_DATE.match(fold(one)) for one in texts[1:]):
            return ()  # "ngày mấy, tháng mấy?" is one date
        if asked.reading.lookups and texts:
            texts = self._of_signing(asked, texts)
        if len(texts) <= len(asked.reading.lookups) and all(_of_itself(one) for one in texts):
            return ()
        found = []
        for at, text in enumerate(texts):
            one = replace(asked.question, text=text, history=texts[at - 1 : at] if at else asked.question.history)
            own = understand(one, self._library, self._numbers)
            if asked.scope.named and not own.scope.named:
                own = understand(replace(one, documents=asked.scope.documents), self._library, self._numbers)
            found.append(own)
        return tuple(found)

    @staticmethod
    def _of_signing(asked: Asked, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The things asked of a document, without what its signature says at once, and "in which month?" in full."""
        first, *rest = texts
        if "signer" in asked.reading.lookups:
            rest = [one for one in rest if not (len(one.split()) <= _FEW and _SIGNED_AS.search(fold(one)))]
        issued = "when was it issued?" if asked.reading.language == "en" else "ban hành ngày nào?"
        return (first, *(issued if _DATED_WHEN.match(fold(one)) else one for one in rest))

    def _read(self, asked: Asked) -> Understood:
        hits = self._hits(asked)
        read = self._reader.read(asked, hits)
        best = self._refused(asked, read)
        if best is not None:
            put_right = (self._elsewhere, self._really_leads, self._of_no_such_place, self._of_no_such_number)
            others = (own(asked) for own in put_right if best is not None and best.abstained)
            best = next((one for one in others if one is not None), best)
            evidence = () if best.abstained else best.quotes
            return Understood(asked=asked, draft=best, hits=tuple(hits), read=read, evidence=evidence)
        draft = self._ruled(asked, hits, read)
        if draft is not None and draft.abstained:
            return Understood(asked=asked, draft=draft, hits=tuple(hits), read=read, evidence=draft.quotes)
        chooser = Chooser(asked, hits, read, self._library)
        best = chooser.best(draft, self._reader.model)
        if best is None:
            none = self._elsewhere(asked) or self._none(asked, read)
            return Understood(asked=asked, draft=none, hits=tuple(hits), read=read, evidence=())
        best = with_limits(asked, self._with_others(asked, best, hits), self._library)
        if day := other_day(asked, best):
            best = replace(best, opening=say(asked.reading.language, "corrected", figure=escape(day)))
        elif affirms(asked, best, self._library):
            best = replace(best, opening=say(asked.reading.language, "yes"))
        if (open_line := left_open(asked, best, self._library)) is not None:
            refused = refusal(asked, open_line, say(asked.reading.language, "left-open"))
            return Understood(asked=asked, draft=refused, hits=tuple(hits), read=read, evidence=best.quotes)
        if best.trust < LEAST:
            none = self._elsewhere(asked) or replace(self._none(asked, read), trust=best.trust)
            return Understood(asked=asked, draft=none, hits=tuple(hits), read=read, evidence=best.quotes)
        sure = probability(asked, best, chooser.signs_given(best), self._library, self._reader.model)
        # What is worked out shows what it is made of: 46 of 52 such were right on plans that no rule was made for.
        if sure < self._reader.model.enough and not is_settled(best):
            none = self._elsewhere(asked) or replace(self._none(asked, read), trust=sure)
            return Understood(asked=asked, draft=none, hits=tuple(hits), read=read, evidence=best.quotes)
        given = (
            replace(best, trust=max(sure, best.trust if is_settled(best) else 0.0))
            if self._reader.model.enough
            else best
        )
        return Understood(asked=asked, draft=given, hits=tuple(hits), read=read, evidence=best.quotes)

    def doubted(self, question: Question) -> tuple[Understood, dict[str, float]]:
        """What was chosen with the signs that tell whether it is to be given, for fitting; {} for a refusal."""
        one = self._read(self._understood(question))
        if one.draft.abstained:
            return one, {}
        chosen = Chooser(one.asked, one.hits, one.read, self._library).signs_given(one.draft)
        return one, signs_of_doubt(one.asked, one.draft, chosen, self._library)

    def _really_leads(self, asked: Asked) -> Draft | None:
        """Who leads what a question takes a body to lead that no document has: "Phòng Y tế chủ trì … như thế nào?"."""
        body, text = claimed_lead(asked, self._library)
        if not text:
            return None
        documents = asked.scope.documents if asked.scope.named else asked.question.documents
        own = understand(replace(asked.question, text=text, documents=documents), self._library, self._numbers)
        draft = self._draft_of(own)
        if draft is None or draft.abstained or draft.trust < CORRECTS or draft.opening or draft.closing:
            return None
        opening = say(asked.reading.language, "no-unit", unit=escape(body))
        return replace(draft, strategy="corrected", opening=opening)

    def _of_no_such_place(self, asked: Asked) -> Draft | None:
        """What a named document says where a question takes another place for granted in it that none is about.

        "Huyện A căn cứ kế hoạch nào của UBND tỉnh B?", where the plan of A cites one of C.
        """
        places = {fold(one): one for one in asked.scope.unknown if not any(map(str.isdigit, one))}
        if not asked.scope.names or len(places) != 1 or asked.carried:
            return None
        ((folded, place),) = places.items()
        question, said = asked.question.text, fold(asked.question.text)
        one = rf"{_OF_A_PLACE}{re.escape(folded)}\b{_BEHIND_PLACE}"
        found = list(re.finditer(one, said))
        beside = re.search(rf"{_BESIDE_IT}{one}|{one}\s*(?:,|{_BESIDE_IT})", said)
        if len(found) != 1 or len(said) != len(question) or beside is not None:
            return None
        behind = question[found[0].end() :]
        if self._is_subject(asked, behind):
            return None
        text = " ".join(f"{question[: found[0].start()]} {behind}".split())
        own = understand(
            replace(asked.question, text=text, documents=asked.scope.documents), self._library, self._numbers
        )
        said_so = say(asked.reading.language, "no-place", place=escape(place))
        if own.scope.unknown:
            of_number = self._of_no_such_number(own)
            return replace(of_number, opening=f"{said_so} {of_number.opening}") if of_number is not None else None
        draft = self._draft_of(own, by_all_rules=True)
        if draft is None or draft.abstained or draft.trust < CORRECTS or draft.opening or draft.closing:
            return None
        return replace(draft, strategy="corrected", opening=said_so)

    def _of_no_such_number(self, asked: Asked) -> Draft | None:
        """The document that a plan cites by a number hardly other than one which a question takes for granted."""
        documents = asked.scope.documents
        if len(asked.scope.unknown) != 1 or asked.carried or not asked.scope.names:
            return None
        row = misquoted(asked.scope.unknown[0], [row for row in self._rows if row.document in documents])
        if row is None:
            return None
        book = self._library.books[row.document]
        text = " ".join(book.text[row.span.start : row.span.end].replace("*", "").split())
        quote = Quote(document=row.document, span=row.span, path=row.path, page=row.page)
        line = Line(document=row.document, text=text, quotes=(quote,))
        opening = say(asked.reading.language, "no-number", number=escape(as_typed(asked, asked.scope.unknown[0])))
        return Draft(strategy="corrected", lines=(line,), support=_READ, trust=_MISQUOTED, opening=opening)

    @staticmethod
    def _is_subject(asked: Asked, behind: str) -> bool:
        """Whether it is another place that is asked about, by what stands behind it: "xã X huyện A", "của X so với A"."""
        if not asked.scope.names:
            return False
        names = "|".join(map(re.escape, asked.scope.names))
        inside = rf"\W*(?:thuộc |của |ở )?(?:(?:huyện|tỉnh|thị xã|thành phố|quận) )?(?:{names})\b"
        compared = rf"\bso (?:sánh )?với (?:\w+ ){{0,2}}(?:{names})\b"
        return re.match(inside, behind) is not None or re.search(compared, behind) is not None

    def _elsewhere(self, asked: Asked) -> Draft | None:
        """What another document says where a question with a figure of its own asks the wrong one; None for any other.

        "Dự án 3 của Bắc Kạn mỗi năm 180 triệu": the figure is Kiên Giang's.
        """
        figures = named_numbers(asked)
        others = tuple(
            book.info.id
            for book in self._library.scoped(asked.question.documents)
            if book.info.id not in asked.scope.documents
        )
        telling = any(len(number) > 1 for number in figures)
        if not telling or not asked.scope.named or asked.scope.unknown or asked.carried or not others:
            return None
        books = self._library.scoped(asked.question.documents)
        text = without_names(without_politeness(check(asked.question.text)), books, self._numbers)
        own = understand(Question(text=text, documents=others), self._library, self._numbers)
        if named_numbers(own) != figures or refuse(own, self._library, lambda: None) is not None:
            return None
        hits = self._hits(own)
        read = self._reader.read(own, hits)
        draft = self._of_one(own, hits)
        best = Chooser(own, hits, read, self._library).best(draft, self._reader.model)
        if best is None or best.abstained or best.trust < CORRECTS or not holds_numbers(own, self._library, best):
            return None
        document = document_label(self._library.books[best.lines[0].document])
        return replace(best, strategy="elsewhere", opening=say(asked.reading.language, "elsewhere", document=document))

    def _with_others(self, asked: Asked, best: Draft, hits: Sequence[Hit]) -> Draft:
        """An answer out of one document with those that others give as surely, where the question does not say which.

        "Ai chủ trì …?" has an answer in the plan of each place: which is meant, the reader knows.
        """
        given = {line.document for line in (*best.lines, *best.more)}
        several = len(asked.scope.documents) > 1
        if best.strategy.startswith("header") and of_the_day(asked, self._library.scoped(asked.scope.documents)):
            return best  # the day says which document is meant
        of_one = best.strategy in _OF_ONE or (best.strategy == "figures" and not (best.opening or best.closing))
        if not several or asked.carried or best.trust < ENOUGH or not of_one:
            return best
        near = dict.fromkeys(hit.passage.document for hit in hits[:_NEAR_HITS])
        held = _coverage(asked, best, self._library)
        found: list[Line] = []
        for document in [one for one in near if one not in given][: max(0, _OTHERS - len(given))]:
            own = understand(replace(asked.question, documents=(document,)), self._library, self._numbers)
            other = self._draft_of(own)
            sure = (
                other is not None
                and not other.abstained
                and other.trust >= max(min(_AS_SURE, best.trust - _ABOUT), best.trust - _LESS_SURE)
            )
            if other is not None and sure and _coverage(asked, other, self._library) >= _AS_MUCH * held:
                told = sum(len(line.text) + len(line.label) for line in (*best.lines, *best.more, *found))
                more = other.lines[:_MOST_OF_OTHERS]
                if told + sum(len(line.text) + len(line.label) for line in more) <= _LONGEST:
                    found.extend(more)
        return replace(best, lines=(*best.lines, *found)) if found else best

    def _draft_of(self, asked: Asked, *, by_all_rules: bool = False) -> Draft | None:
        """The most probable answer to a question that is not refused at once, by the rules for one thing or by all."""
        if refuse(asked, self._library, lambda: None) is not None:
            return None
        hits = self._hits(asked)
        read = self._reader.read(asked, hits)
        draft = self._ruled(asked, hits, read) if by_all_rules else self._of_one(asked, hits)
        if draft is not None and draft.abstained:
            return draft
        return Chooser(asked, hits, read, self._library).best(draft, self._reader.model)

    def candidates(self, question: Question) -> list[tuple[Candidate, dict[str, float]]]:
        """All that might be answered with the signs of each, for fitting; [] where the question is refused at once."""
        asked = self._understood(question)
        hits = self._hits(asked)
        read = self._reader.read(asked, hits)
        if self._refused(asked, read) is not None:
            return []
        chooser = Chooser(asked, hits, read, self._library)
        draft = self._ruled(asked, hits, read)
        if draft is not None and draft.abstained:
            return []
        return [(one, chooser.signs(one)) for one in candidates(asked, draft, read, self._library)]

    def write(self, draft: Draft, question: Question) -> tuple[str, tuple[Citation, ...]]:
        """A draft as the reader sees it, with its citations."""
        return write(
            draft, self._library, language_of(question.text), told=self._told(self._understood(question), draft)
        )

    def _told(self, asked: Asked, draft: Draft) -> bool:
        """Whether a reader who asks so knows which document it is that answers."""
        alone = draft.abstained or len(self._library.scoped(asked.question.documents)) == 1
        # "Tỉnh nào …, A hay B": of which of them it is told, too.
        open_to_several = not asked.scope.names or len(asked.scope.documents) > 1
        which = open_to_several and _WHICH_DOCUMENT.search(fold(asked.question.text)) is not None
        return alone or (asked.scope.named and not which)

    def _refused(self, asked: Asked, read: Read) -> Draft | None:
        return refuse(asked, self._library, lambda: next(iter(best_lines(read, self._library, 1, asked=asked)), None))

    def _none(self, asked: Asked, read: Read) -> Draft:
        nearest = best_lines(read, self._library, 1, asked=asked)
        best = Draft(strategy="read", lines=nearest, support=0.0)
        if (open_line := left_open(asked, best, self._library)) is not None:
            return refusal(asked, open_line, say(asked.reading.language, "left-open"))
        return refuse_for_want(asked, self._library, next(iter(nearest), None))

    def _understood(self, question: Question) -> Asked:
        """The question, a pronoun in it replaced by what the question before it was answered with."""
        pronoun = PRONOUN.search(question.text) if question.history else None
        if pronoun is None:
            asked = understand(question, self._library, self._numbers)
            return self._of_the_cited(asked) or asked
        before = Question(text=question.history[-1], history=question.history[:-1], documents=question.documents)
        earlier = understand(before, self._library, self._numbers)
        draft = self._by_rule(earlier, self._hits(earlier)) or self._part(earlier)
        name = stands_for(earlier, draft) if draft is not None else ""
        if not name:
            return understand(question, self._library, self._numbers)
        documents = question.documents or (earlier.scope.documents if earlier.scope.named else ())
        named = named_in(name, language_of(question.text))
        text = f"{question.text[: pronoun.start()]}{named}{question.text[pronoun.end() :]}"
        asked = understand(replace(question, text=text, documents=documents), self._library, self._numbers)
        return replace(asked, repaired=(*asked.repaired, (pronoun.group(), name)))

    def _of_the_cited(self, asked: Asked) -> Asked | None:
        """A follow-up about the document that is only cited, whose number was asked before: "Ban hành ngày nào?"."""
        itself = asked.question.history and asked.reading.lookups and not (asked.reading.numbers or asked.scope.places)
        if not itself or content(topic_of(asked.alone, asked.reading, asked.scope)):
            return None
        question = asked.question
        before = Question(text=question.history[-1], history=question.history[:-1], documents=question.documents)
        earlier = understand(before, self._library, self._numbers)
        draft = (
            answer_only_cited(earlier, self._library, self._numbers)
            or answer_described(earlier, self._library)
            or self._by_rule(earlier, self._hits(earlier))
        )
        if draft is None or draft.strategy != "cited":
            return None
        named = references(AlignedText.of(draft.lines[0].text))
        if not named or not named[0].number:
            return None
        text = f"{question.text.rstrip(' ?.')} ({named[0].kind} {named[0].number})?"
        documents = question.documents or (earlier.scope.documents if earlier.scope.named else ())
        own = understand(Question(text=text, documents=documents), self._library, self._numbers)
        return replace(own, repaired=(*own.repaired, ("…", f"{named[0].kind} {named[0].number}")))

    def _ruled(self, asked: Asked, hits: Sequence[Hit], read: Read) -> Draft | None:
        """What is worked out of figures, or else what the rules for each kind of question make of it."""
        return (
            answer_address(asked, self._library, self._numbers)
            or self._issued_apart(asked)
            or answer_dates_apart(asked, read, self._library)
            or answer_days_between(asked, read, self._library, self._rows)
            or answer_blanks(asked, self._library, self._numbers)
            or answer_signed(asked, self._library)
            or answer_replaced(asked, self._library)
            or answer_repealed(asked, self._library)
            or answer_citing(asked, self._library)
            or answer_all_cited(asked, self._library, self._rows)
            or answer_about_cited(asked, self._library, self._rows, self._numbers)
            or answer_only_cited(asked, self._library, self._numbers)
            or answer_described(asked, self._library)
            or answer_topic(asked, self._library, hits, lambda phrase: self._phrase(asked, phrase))
            or answer_assigned(asked, self._library, hits)
            or answer_table(asked, self._library)
            or answer_agreement(asked, self._library, self._rows)
            or self._costs_more(asked)
            or self._measured(asked)
            or answer_of_table(asked, self._library, self._grids, read)
            or answer_share_of_plan(asked, self._library, self._rows, self._whole(asked))
            or answer_calculated(asked, self._library, self._rows, lambda phrase: self._phrase(asked, phrase))
            or self._counted_apart(asked)
            or self._contrasted(asked)
            or self._of_sides(asked)
            or (answer_of_sentence(asked, read, self._library) if wanted(asked).share else None)
            or answer_grid(asked, self._library, self._grids, hits)
            or answer_nested(asked, read)
            or answer_other_stage(asked, read, self._library)
            or answer_rise(asked, read, self._library)
            or answer_rest(asked, read, self._library)
            or answer_product(asked, read, self._library)
            or answer_of_sentence(asked, read, self._library)
            or answer_by_parts(asked, lambda text: self._asked_alone(asked, text))
            or self._of_asks(asked)
            or answer_stated_count(asked, self._library)
            or answer_count(asked, read, self._library, self._rows)
            or self._of_one(asked, hits)
        )

    def _asked_alone(self, asked: Asked, text: str) -> tuple[Asked, Draft | None]:
        """A question on one of the things that a question names, and what answers it."""
        own = self._phrase(asked, text)
        return own, self._part(own)

    def _phrase(self, asked: Asked, phrase: str) -> Asked:
        """A phrase of a question, read by itself."""
        documents = asked.scope.documents if asked.scope.named else asked.question.documents
        return understand(Question(text=phrase, documents=documents), self._library, self._numbers)

    def _by_rule(self, asked: Asked, hits: Sequence[Hit]) -> Draft | None:
        """What the rules make of a question: of each of its sides or of the things it asks, or of it as a whole."""
        return self._of_sides(asked) or self._of_asks(asked) or self._of_one(asked, hits)

    def _part(self, asked: Asked) -> Draft | None:
        """What answers a part of a question, by a rule or by the sentences that are read; None where it is refused."""
        if refuse(asked, self._library, lambda: None) is not None:
            return None
        hits = self._hits(asked)
        read = self._reader.read(asked, hits)
        counted = answer_count(asked, read, self._library, self._rows)
        if counted is not None:
            return in_one_line(counted)
        draft = self._of_one(asked, hits)
        chosen = Chooser(asked, hits, read, self._library).best(draft, self._reader.model)
        if chosen is not None and chosen.trust >= ENOUGH:
            return replace(chosen, more=())
        if draft is not None:
            return draft if self._holds(asked, draft) else None
        near = best_lines(read, self._library, _NEAR, met=True, asked=asked)
        formed = [line for line in near if has_form(asked, Draft(strategy="read", lines=(line,), support=_READ))]
        lines = tuple(formed or near)[:_TWO]
        draft = Draft(strategy="read", lines=lines, support=_READ)
        return draft if lines and self._holds(asked, draft) else None

    def _holds(self, asked: Asked, draft: Draft) -> bool:
        """Whether a draft has what the question names and the form of what it asks for."""
        return draft.abstained or (has_form(asked, draft) and not fails(asked, self._library, draft))

    def _of_asks(self, asked: Asked) -> Draft | None:
        """What answers each of several things that are asked; None unless every one of them is answered."""
        return self._together("asks", self._asks(asked) or self._of_years(asked))

    def _of_sides(self, asked: Asked) -> Draft | None:
        """What each of several places says, under its document's name; None unless every one of them answers."""
        if asked.carried:
            return None
        parts = self._each_side(asked)
        if parts and compares_amounts(asked):
            return self._compared(asked, parts)
        draft = self._together("sides", parts)
        # What a document says of itself is told of several at once.
        return draft if draft is None or not asked.reading.lookups or draft.certain else None

    def _issued_apart(self, asked: Asked) -> Draft | None:
        """How far apart the two documents that a question names were issued."""

        def read(phrase: str) -> Asked:
            return understand(replace(asked.question, text=phrase, history=()), self._library, self._numbers)

        return issued_apart(asked, self._library, read)

    def _counted_apart(self, asked: Asked) -> Draft | None:
        """How many more of something one document lists than another; None unless both list it."""
        if asked.carried:
            return None
        language = asked.reading.language
        questions = counted_of_both(without_politeness(check(asked.question.text)), language)
        if not questions:
            return None
        books = self._library.scoped(asked.question.documents)
        named = parties(asked.text if language == "vi" else asked.question.text, books, self._numbers)
        if len(named) != _TWO:
            return None
        for text in questions:
            found: list[Draft] = []
            for one in named:
                documents = tuple(book.info.id for book in books if book.info.id in one.documents)
                own = understand(Question(text=text, documents=documents), self._library, self._numbers)
                read = self._reader.read(own, self._hits(own))
                counted = answer_listed(own, self._library) or answer_count(own, read, self._library, self._rows)
                if counted is None or not count_of(counted):
                    break
                found.append(counted)
            if len(found) == _TWO:
                return difference_of_counts(found, language)
        return None

    def _contrasted(self, asked: Asked) -> Draft | None:
        """What one document says and what another does: "tỉnh nào …, còn tỉnh kia …?"; None unless both are found."""
        found = None if asked.carried else contrast(without_politeness(check(asked.question.text)))
        if found is None or len(asked.scope.documents) < _TWO:
            return None
        one, other = (replace(asked.question, text=text, documents=asked.scope.documents) for text in found)
        first = self._part(understand(one, self._library, self._numbers))
        if first is None or first.abstained:
            return None
        own = first.lines[0].document
        rest = tuple(document for document in asked.scope.documents if document != own)
        asked_of_rest = of_kind(understand(replace(other, documents=rest), self._library, self._numbers), asked.reading)
        second = self._part(asked_of_rest)
        if second is None or second.abstained:
            return None
        lines = tuple(line for line in first.lines if line.document == own) + second.lines
        return Draft(strategy="sides", lines=lines, support=min(first.support, second.support))

    def _whole(self, asked: Asked) -> Draft | None:
        """What the one plan in question costs as a whole, where a share of something is asked for."""
        documents = asked.scope.documents if asked.scope.named else asked.question.documents
        if len(documents) != 1 or not wanted(asked).share:
            return None
        question = Question(text=total_asked(asked) or "Tổng kinh phí là bao nhiêu?", documents=documents)
        return answer_plan_total(understand(question, self._library, self._numbers), self._library, self._grids)

    def _costs_more(self, asked: Asked) -> Draft | None:
        """Which of two plans costs more as a whole; None where that is not asked, or where one does not plainly say."""
        parts = () if asked.carried else self._each_side(asked)
        documents = [own.question.documents for own in parts]
        if len(parts) != _TWO or any(len(one) != 1 for one in documents):
            return None
        books = [self._library.books[one] for (one,) in documents]
        text = total_asked(asked) if asks_which_costs_more(asked, books) else ""
        if not text:
            return None
        found = []
        for own, book in zip(parts, books, strict=True):
            question = Question(text=text, documents=own.question.documents)
            draft = self._part(understand(question, self._library, self._numbers))
            if draft is None or draft.abstained:
                return None
            found.append((own.scope.names[0] if own.scope.names else document_label(book), draft))
        return which_costs_more(asked, found)

    def _measured(self, asked: Asked) -> Draft | None:
        """Which of two places has more, where a table of each has the one cell that says so; else None."""
        if asked.carried:
            return None
        language = asked.reading.language
        each = [
            understand(Question(text=text, documents=own.question.documents), self._library, self._numbers)
            for own in self._each_side(asked)
            if (text := how_much(own.question.text, language))
        ]
        drafts = [answer_cell(own, self._library, self._rows) for own in each]
        told = [draft for draft in drafts if draft is not None]
        if len(told) != _TWO or len(told) < len(drafts):
            return None
        lines = tuple(line for draft in told for line in draft.lines)
        names = [own.scope.names[0] if own.scope.names else "" for own in each]
        closing = more_of(fold(asked.question.text), language, list(zip(names, lines, strict=True)))
        return Draft(strategy="sides", lines=lines, support=1.0, closing=closing, certain=True) if closing else None

    def _compared(self, asked: Asked, parts: Sequence[Asked]) -> Draft | None:
        """The figures of all sides; where one side has none a refusal that says which, with those of the others."""
        drafts = [self._part(own) for own in parts]
        told = [
            draft is not None and not draft.abstained and states_amount(asked, draft) and bool(draft.lines)
            for draft in drafts
        ]
        if all(told):
            return self._joined("sides", parts, drafts)
        if not any(told):
            return self._none(asked, self._reader.read(asked, self._hits(asked)))
        lacking = next(own for own, is_told in zip(parts, told, strict=True) if not is_told)
        lines = [
            line
            for draft, is_told in zip(drafts, told, strict=True)
            if draft is not None and is_told
            for line in draft.lines[:1]
        ]
        own, other = (
            document_label(self._library.books[one]) for one in (lacking.question.documents[0], lines[0].document)
        )
        said = say(asked.reading.language, "no-figure", document=own, other=other)
        return replace(refusal(asked, None, said), lines=(lines[0],), closing="")

    def _together(self, strategy: str, parts: Sequence[Asked]) -> Draft | None:
        """What answers all parts of a question; None unless every one of them is answered."""
        return self._joined(strategy, parts, [self._part(own) for own in parts])

    def _joined(self, strategy: str, parts: Sequence[Asked], drafts: Sequence[Draft | None]) -> Draft | None:
        found = [draft for draft in drafts if draft is not None]
        if not found or len(found) < len(drafts):
            return None
        if all(draft.abstained for draft in found):
            return found[0]
        certain = all(stands_alone(own, draft) for own, draft in zip(parts, found, strict=True))
        lines = said_once(line for draft in found for line in draft.lines)
        return Draft(strategy=strategy, lines=lines, support=min(draft.support for draft in found), certain=certain)

    def _of_years(self, asked: Asked) -> list[Asked]:
        """A question for two years as one for each, where no statement is said to hold both; [] for any other."""
        if _PERIOD.search(asked.question.text) is not None:
            return []
        years = [year for year in asked.reading.years if year not in asked.scope.years]
        if len(years) != _TWO or asked.reading.kind not in ("target", "budget", "open", "deadline", "list"):
            return []
        found = []
        for year, other in (years, years[::-1]):
            text = without_year(without_politeness(check(asked.question.text)), other)
            documents = asked.scope.documents if asked.scope.named else ()
            own = understand(
                replace(asked.question, text=text, documents=documents or asked.question.documents),
                self._library,
                self._numbers,
            )
            if year not in own.reading.years:
                return []
            found.append(own)
        return found

    def _of_one(self, asked: Asked, hits: Sequence[Hit]) -> Draft | None:
        """What the first rule that fits makes of a question that asks one thing."""
        draft = (
            answer_abbreviated(asked, self._library)
            or answer_defined(asked, self._library)
            or answer_effect(asked, self._library)
            or answer_cited(asked, self._library, hits)
            or answer_period(asked, self._library)
            or answer_structure(asked, self._library)
            or answer_bodies(asked, self._library)
            or answer_lookup(asked, self._library, self._numbers)
            or answer_whether_leads(asked, self._library)
            or answer_most(asked, self._library, self._rows)
            or answer_with_sums(asked, self._library, self._rows)
            or answer_plan_total(asked, self._library, self._grids)
            or answer_grid(asked, self._library, self._grids, hits)
            or answer_lead(asked, self._library)
            or answer_duties(asked, self._library)
            or answer_article(asked, self._library)
            or answer_funds(asked, self._library)
            or answer_headed(asked, self._library)
            or answer_cell(asked, self._library, self._rows)
            or answer_budget(asked, self._library)
            or answer_due(asked, self._library, self._rows)
            or answer_listed(asked, self._library)
        )
        return draft if draft is not None and (draft.lines or draft.abstained) else None

    def _hits(self, asked: Asked) -> Sequence[Hit]:
        documents = asked.scope.documents if asked.scope.named else asked.question.documents
        return self._search(Question(text=asked.text, documents=documents), _HITS)


def _of_itself(text: str) -> bool:
    """Whether a part of a question asks what a document says of itself, or has hardly any words: "on what date?"."""
    return read_question(text).kind in LOOKUPS or len(text.split()) <= _HARDLY_ANY


def _coverage(asked: Asked, draft: Draft, library: Library) -> float:
    """How much of what is asked one statement of a draft holds at most, with what stands above it."""
    titles = {line.document: library.books[line.document].title_bag for line in draft.lines}
    return max((asked.matter.covered_by(held_by(line), titles[line.document]) for line in draft.lines), default=0.0)


def confidence(draft: Draft) -> float:
    """The probability that the answer is right: for an answer see ``choose``, for a refusal by its reason.

    Of 260 refusals of questions by twelve authors those for a plain reason (no such document, no such Dự án, no
    statement that holds what the question names) were right in .80; those where the answer was less probable than
    ``ENOUGH`` in .9 where it was below .1, in .8 up to .2, in .4 above.
    """
    if not draft.abstained:
        return round(draft.trust, 3)
    plainly = draft.trust == 0 or draft.strategy in ("blank", "only-cited")
    if plainly:
        return _REFUSED_SURELY
    return round(min(_REFUSED_MOST, max(_REFUSED_LEAST, 1 - _DOUBT * draft.trust)), 3)


def steps(asked: Asked, library: Library) -> tuple[str, ...]:
    """How the question was understood, for the reader."""
    language = asked.reading.language
    said = [say(language, "step-kind", kind=say(language, f"kind-{asked.reading.kind}"))]
    if asked.repaired:
        said.append(say(language, "step-repaired", pairs=", ".join(f"{a} → {b}" for a, b in asked.repaired)))
    if asked.reading.language == "en":
        said.append(say(language, "step-translated", text=asked.text[:300]))
    if asked.carried:
        said.append(say(language, "step-carried", text=asked.question.history[-1][:200]))
    named = [document_label(library.books[one]) for one in asked.scope.documents] if asked.scope.named else []
    said.append(say(language, "step-scope", documents="; ".join(named) or say(language, "step-all")))
    if asked.reading.parts:
        said.append(say(language, "step-part", parts=", ".join(part_name(part) for part in asked.reading.parts)))
    words = content(asked.topic)
    if words:
        said.append(say(language, "step-words", words=" ".join(words)))
    return tuple(said)
