"""What is worked out of figures that one sentence states side by side: a share, the rest, how far two are apart.

"… 2.318 nhà trọ, có 687 nhà chưa bảo đảm" has the share of those; "được giao 88.400 triệu đồng, giải ngân 79.120 triệu
đồng" what is left; "năm 2023 … 6,2 ha; năm 2024 … 1,7 ha" how far the years are apart, or what they are together. Only
where the sentence has just the figures that it takes, all of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.normalise import fold
from ingest.types import Span
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.grid_cells import in_figures
from retrieval.answer.grid_question import YEAR_BEFORE
from retrieval.answer.library import Book, Library, Sentence
from retrieval.answer.reader import Read
from retrieval.answer.sentence_figures import (
    COUNTED_THING,
    MONEY_UNIT,
    YEAR,
    Figure,
    apart,
    clause_of,
    figures_in,
    told_before_in,
    units_asked,
    without_dates,
    years_in,
)
from retrieval.answer.sentence_sums import apart_by_name, of_all_sources, of_each, of_several_kinds, with_more
from retrieval.answer.statements import whole
from retrieval.answer.table_cells import NO_THING
from retrieval.answer.terms import bag, without_grammar
from retrieval.answer.told_years import of_years_apart, of_years_in_turn
from retrieval.answer.wanted import Wanted, text_of, wanted
from retrieval.answer.wording import say
from retrieval.answer.worked import share_of
from retrieval.tokens import BREAK, marked_syllables

_READ, _NEAR = 3, 2.0  # sentences, and how far their scores may lie behind the best
_HELD = 0.35  # of what is asked, in the sentence and above it
_SUPPORT = 0.8
_TWO, _MOST_CLAUSES = 2, 4
_SAID_SO = re.compile(
    r"\b(?:còn lại|còn|chênh lệch|chênh|tăng|giảm|thiếu|hụt)\s+(?:là\s+|khoảng\s+|gần\s+)?"
    r"(?P<number>\d[\d.]*(?:,\d+)?)",
    re.IGNORECASE,
)
_PART = re.compile(r"\W*trong đó\b", re.IGNORECASE)  # what it is a part of stands in another sentence
# "Có 58 công trình, trong đó 19 công trình không hoạt động": what is not so is said, and not to be worked out.
_DENIES = re.compile(r"\d[\d.,]*\s+(?:\w+\s+){0,3}(?:chưa|không)\b", re.IGNORECASE)
_REST = re.compile(r"\bcòn lại\b|\bsố còn lại\b|\bcác \w+ khác\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"(?P<by>tăng|giảm)\s+(?:thêm\s+)?(?P<number>\d[\d.]*(?:,\d+)?)\s?"
    rf"(?P<unit>điểm(?:\s+(?:phần trăm|%))?|{MONEY_UNIT}|[^\W\d_]+)\s+so với\s+"
    r"(?:cùng kỳ\s+|cuối\s+|đầu\s+)?năm\s+(?P<year>20\d\d|trước|ngoái)",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:tăng|giảm|hơn|kém)\s+(?:thêm\s+)?\d[\d.]*(?:,\d+)?\s?[^\W\d_]+", re.IGNORECASE)
_OFF_PLAN = re.compile(
    r"(?P<by>vượt|(?:cao|nhiều|thấp|ít) hơn|hụt|kém|thiếu)(?:\s+so\s+với)?\s+(?:kế hoạch|chỉ tiêu|dự toán)(?:\s+giao)?\s+(?:là\s+)?"
    rf"(?P<number>\d[\d.]*(?:,\d+)?)\s?(?P<unit>{MONEY_UNIT}|[^\W\d_]+)",
    re.IGNORECASE,
)
_ASKS_PLANNED = re.compile(
    r"\b(?:ke hoach|chi tieu|du toan)\b.{0,60}\b(?:bao nhieu|may)\b|\b(?:what|how (?:much|many))\b.{0,40}\bplan(?:ned)?\b"
)
_DENIED = re.compile(r"\bneither\b|\b(?:ngoai|tru|khong)\b.{2,80}\b(?:va|cung khong|lan)\b|\bkhong thuoc\b")
_ASKS_CHANGE = re.compile(
    r"\b(?:tang|giam|hon|kem)(?: \w+){0,3} (?:bao nhieu|may)\b|\b(?:bao nhieu|may)\b.{0,60}\b(?:tang|giam|hon|kem)\b"
    r"|\b(?:by how|rise|fall|more|less|increase\w*|decrease\w*|change\w*)\b"
)
_POINTS = re.compile(r"điểm", re.IGNORECASE)
_REST_OF = re.compile(
    r"(?:^|[,;]\s+|\.\s+)(?:số\s+|phần\s+)?còn lại(?P<of>\s[^,;.\d]*(?:năm\s+20\d\d)?[^,;.]*)", re.IGNORECASE
)
_MADE_OF = re.compile(r"\b(?:trong đó|gồm|chia|riêng)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\btong so\b.{3,60}\b(?:va|voi|lan|cung)\b|\bca\b.{3,60}\b(?:lan|va)\b")
_EACH_ONE = re.compile(r"\b(?:moi (?:ben|noi|loai|nguon|nhom)|tung|each|respectively)\b")
_OF_THE_FIGURE = 0.35  # of what is asked, in the clause of the figure that rose or fell
_OF_THE_REST = 0.5  # of what is asked, in what the rest is said to be of
_DENIED_HELD = 0.45  # the same, where all parts of a whole are named
_NAMED = 0.75  # of the words that say of what a figure is
_EACH = re.compile(r"\b(?:mỗi|hằng|hàng) năm\b", re.IGNORECASE)  # a sum a year is none of one year
_RANGE = re.compile(r"\btừ\s+\d[\d.,]*\s+(?:[^\W\d_]+\s+)?(?:đến|tới)\s+\d", re.IGNORECASE)  # "từ 25 đến 30 tỷ đồng"


def answer_of_sentence(asked: Asked, read: Read, library: Library) -> Draft | None:
    """What is worked out of one of the sentences that were read first; None where it has not just what it takes."""
    what = wanted(asked)
    if asked.carried or asked.reading.yes_no or asked.reading.lookups or not read.order:
        return None
    order = list(read.order)[:_READ]
    for at in (at for at in order if read.scores[at] >= read.scores[order[0]] - _NEAR):
        piece = read.signs.sentences[at]
        book = library.books[piece.document]
        if piece.passage.kind == "row":
            continue
        for sentence in dict.fromkeys((_all_clauses(piece, book), whole(piece, book), piece)):
            held = asked.matter.covered_by(book.bag(sentence.text), sentence.above_bag, book.title_bag)
            before = told_before_in(sentence, book)
            closing = _worked_out(asked, what, sentence, book, before) if held >= _HELD or at == order[0] else ""
            if closing:
                lines, unsure = (*_told_of(closing, sentence, book), line_of(sentence)), held < _HELD
                return Draft(strategy="figures", lines=lines, support=_SUPPORT, closing=closing, unsure=unsure)
    if what.share and (of_list := _share_of_list(asked, read.signs.sentences[order[0]], library)) is not None:
        return of_list
    prizes = _next(read.signs.sentences[order[0]], library)
    if prizes is not None and (closing := of_several_kinds(asked, text_of(asked), prizes.text)):
        lines = (line_of(read.signs.sentences[order[0]]), line_of(prizes))
        return Draft(strategy="figures", lines=lines, support=_SUPPORT, closing=closing)
    in_turn = (of_years_in_turn(asked, what, read.signs.sentences[at], library) for at in order)
    return next((draft for draft in in_turn if draft is not None), None) or of_years_apart(asked, what, library)


def _share_of_list(asked: Asked, item: Sentence, library: Library) -> Draft | None:
    """What an item is of the whole that opens its list: "Tổng kinh phí: 24.110 triệu đồng, trong đó: - … 13.200"."""
    book = library.books[item.document]
    if item.passage.kind != "item" or item.passage.lead is None:
        return None
    above = book.passages[item.passage.lead]
    own, wholes = ([one for one in figures_in(text) if one.unit != "%"] for text in (item.text, above.reading))
    if len(own) != 1 or not wholes or wholes[-1].unit != own[0].unit or not 0 < own[0].number < wholes[-1].number:
        return None
    named = _names(asked, re.sub(r"\d[\d.,]*", " ", item.text).replace(own[0].unit, " "), _DENIED_HELD)
    if not named or "%" in item.text or not _MADE_OF.search(above.reading[wholes[-1].start :]):
        return None
    both = (own[0].number, own[0].written), (wholes[-1].number, wholes[-1].written)
    lead = Line(document=book.info.id, text=above.reading, quotes=(quote_passage(above),))
    closing = share_of(*both, asked.reading.language)
    return Draft(strategy="figures", lines=(lead, line_of(item)), support=_SUPPORT, closing=closing)


def _next(sentence: Sentence, library: Library) -> Sentence | None:
    """The sentence behind one in the same passage: what the prizes of a contest are follows the sentence on it."""
    own = library.books[sentence.document].by_passage.get(sentence.passage.index, [])
    return next((one for one in own if one.span.start >= sentence.span.end), None)


def _told_of(closing: str, sentence: Sentence, book: Book) -> tuple[Line, ...]:
    """The sentence before that has the figure which all begins with, where the sentence itself has it not."""
    reckoned = re.search(r"(\d[\d.,]*\d|\d) [−+]", closing)
    if reckoned is None or reckoned.group(1) in sentence.text:
        return ()
    own = [one for one in book.by_passage.get(sentence.passage.index, []) if one.span.end <= sentence.span.start]
    return tuple(line_of(one) for one in own if any(f.written == reckoned.group(1) for f in figures_in(one.text)))[-1:]


def _all_clauses(piece: Sentence, book: Book) -> Sentence:
    """A piece with the others that a semicolon cut off: "năm 2023 … 6,2 ha; năm 2024 … 1,7 ha"."""
    own = book.by_passage.get(piece.passage.index, [])
    if piece not in own:
        return piece
    first = last = own.index(piece)
    while first and own[first - 1].text.rstrip().endswith(";"):
        first -= 1
    while last + 1 < len(own) and own[last].text.rstrip().endswith(";"):
        last += 1
    pieces = own[first : last + 1]
    if len(pieces) == 1 or len(pieces) > _MOST_CLAUSES:
        return piece
    span = Span(pieces[0].span.start, pieces[-1].span.end)
    bag = frozenset().union(*(one.bag for one in pieces))
    return replace(piece, text=" ".join(one.text for one in pieces), span=span, bag=bag)


def _worked_out(asked: Asked, what: Wanted, sentence: Sentence, book: Book, told_before: str) -> str:
    language, text = asked.reading.language, sentence.text
    if _EACH.search(text) or _RANGE.search(text):
        return ""
    if _PART.match(text):
        return _rest(asked, text, told_before) or (_not_done(asked, text) if what.left else "")
    years = years_in(asked.question.text)
    said = text_of(asked)
    sums = (what.sums or _TOTAL.search(said) is not None) and _EACH_ONE.search(said) is None
    found = _before(asked, text, years) or _planned(asked, text) or _rest(asked, text, told_before)
    found = found or (_off_plan(asked, text) if what.left or what.apart else "")
    if found or (sums and (found := _named_together(asked, text))):
        return found
    if found := _left_to_the_reader(asked, what, text, sums=sums, years=len(years)):
        return found
    by_unit: dict[str, list[Figure]] = {}
    for figure in figures_in(text):
        unit = "người" if what.share and fold(figure.unit) in _OF_PEOPLE else figure.unit
        by_unit.setdefault(unit, []).append(figure)
    asked_units = units_asked(asked)
    groups = [own for unit, own in by_unit.items() if len(own) >= _TWO and unit != "%"]
    fitting = [own for own in groups if own[0].unit in asked_units] or (
        groups if not what.sums or len(groups) == 1 else []
    )
    if len(fitting) != 1:
        return ""
    (own,) = fitting
    if len(years) >= _TWO and (what.apart or what.sums):
        return _of_years(asked, what, text, own, years)
    if (
        set(years)
        - set(asked.scope.years)
        - set(YEAR.findall(_with_headings(sentence)))
        - set(years_in(book.info.title))
    ):
        return ""  # of another year than is asked about
    if what.share and "%" not in by_unit:
        return _share(asked, text, own)
    first, *others = own
    said_so = any(found.group("number") != first.written for found in _SAID_SO.finditer(text))
    if not what.left or said_so or what.sums or _DENIES.search(text):
        return ""
    rest = first.number - sum((one.number for one in others), Decimal(0))
    if rest <= 0 or (len(others) > 1 and not _REST.search(text)):
        return ""
    low = " − ".join(one.written for one in others)
    result = f"{in_figures(rest)} {first.unit}"
    return say(language, "difference", high=first.written, low=low, result=result)


def _left_to_the_reader(asked: Asked, what: Wanted, text: str, *, sums: bool, years: int) -> str:
    """What a sentence leaves to be added up, divided or set apart."""
    said = text_of(asked)
    return (
        of_all_sources(asked, said, text)
        or of_several_kinds(asked, said, text)
        or (with_more(asked, text) if sums else "")
        or (of_each(asked, what.per, said, text) if what.per else "")
        or (apart_by_name(asked, said, text) if what.apart and years < _TWO else "")
    )


def _with_headings(sentence: Sentence) -> str:
    return "\n".join((sentence.text, *sentence.passage.path))


def _of_years(asked: Asked, what: Wanted, text: str, figures: Sequence[Figure], years: Sequence[str]) -> str:
    """What a sentence states for each of some years, "năm 2023 … 6,2 ha; năm 2024 … 1,7 ha", apart or together."""
    marks = [(found.start(), found.group()) for found in YEAR.finditer(text)]
    told: dict[str, Figure] = {}
    for figure in figures:
        before = [year for start, year in marks if start < figure.start]
        if before:
            told.setdefault(before[-1], figure)
    if set(told) != set(years) or len(figures) != len(years):
        return ""
    own = [told[year] for year in years]
    language, unit = asked.reading.language, own[0].unit
    if what.sums and not (what.apart and len(own) == _TWO):
        result = f"{in_figures(sum((one.number for one in own), Decimal(0)))} {unit}"
        return say(language, "sum", terms=" + ".join(one.written for one in own), result=result)
    if len(own) != _TWO:
        return ""
    high, low = sorted(own, key=lambda one: -one.number)
    result = f"{in_figures(high.number - low.number)} {unit}"
    return say(language, "difference", high=high.written, low=low.written, result=result)


def _not_done(asked: Asked, text: str) -> str:
    """What is left of two figures, the second of which is done: "diện tích đất 650,32 ha, đã cho thuê 188,75 ha"."""
    own = [one for one in figures_in(text) if one.unit != "%"]
    if len(own) != _TWO or own[0].unit != own[1].unit or own[0].number <= own[1].number:
        return ""
    between = text[own[0].start : own[1].start]
    if not re.search(r"\bđã\b", between) or ";" in between:
        return ""
    return apart(own[0], own[1], asked.reading.language)


def _share(asked: Asked, text: str, figures: Sequence[Figure]) -> str:
    """What one figure is of another that has it as a part; of several parts that which the question names."""
    told = {one.number for one in figures_in(text)}
    if any(one.unit == figures[0].unit and one.number not in told for one in figures_in(asked.question.text)):
        return ""  # "trong 250 triệu đồng", where another sum is told
    first, *others = figures
    between = text[first.start : others[0].start]
    if ";" in between and not _MADE_OF.search(between):
        return ""  # side by side: neither is a part of the other
    if len(figures) == _TWO:
        whole_figure, part = sorted(figures, key=lambda one: -one.number)
    else:
        named = [one for one, words in _pieces(text, others) if _names(asked, words)]
        if not _MADE_OF.search(between) or len(named) != 1:
            return ""
        whole_figure, part = first, named[0]
    if not 0 < part.number < whole_figure.number:
        return ""
    both = (part.number, part.written), (whole_figure.number, whole_figure.written)
    return share_of(*both, asked.reading.language)


def _pieces(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, str]]:
    """Figures with what each is said to be of: behind it, "1.870 căn xây mới", or where that is the way, before it."""
    lead = text[: figures[0].start]
    told = _MADE_OF.split(lead)[-1] if _MADE_OF.search(lead) else ""
    before = re.search(r"[^\W\d_]{2}", told) is not None  # "trong đó: ngân sách tỉnh 40 triệu đồng"
    found = []
    for at, one in enumerate(figures):
        if before:
            start = figures[at - 1].start + len(figures[at - 1].written) if at else 0
            words = re.split(r"[,;:.(](?!\d)|\svà\s|\b(?:trong đó|gồm)\b", text[start : one.start])[-1]
        else:
            end = figures[at + 1].start if at + 1 < len(figures) else len(text)
            words = re.split(r"[,;.(](?!\d)|\svà\s", text[one.start + len(one.written) : end])[0]
        found.append((one, words.replace(one.unit, " ", 1)))
    return found


def _names(asked: Asked, words: str, least: float = _NAMED) -> bool:
    """Whether a question has most of some words."""
    topic = asked.matter.over(tuple(word for word in marked_syllables(without_grammar(words)) if word != BREAK))
    return bool(topic) and topic.covered_by(bag(marked_syllables(f"{asked.text} {asked.question.text}"))) >= least


def _planned(asked: Asked, text: str) -> str:
    """What was planned, of a figure that is said to be above or below it: "3,1 tấn, thấp hơn kế hoạch 0,9 tấn"."""
    found = list(_OFF_PLAN.finditer(text))
    said = text_of(asked)
    if len(found) != 1 or not _ASKS_PLANNED.search(said) or _ASKS_CHANGE.search(said):
        return ""
    (off,) = found
    unit = fold(off.group("unit"))
    before = [one for one in figures_in(text[: off.start()]) if fold(one.unit) == unit]
    if len(before) != 1 or asked.matter.covered_by(bag(marked_syllables(text[: off.start()]))) < _OF_THE_FIGURE:
        return ""
    by = Decimal(off.group("number").replace(".", "").replace(",", "."))
    done, language = before[0], asked.reading.language
    if fold(off.group("by")).startswith(("vuot", "cao", "nhieu")):
        result = f"{in_figures(done.number - by)} {done.unit}"
        return say(language, "difference", high=done.written, low=off.group("number"), result=result)
    result = f"{in_figures(done.number + by)} {done.unit}"
    return say(language, "sum", terms=f"{done.written} + {off.group('number')}", result=result)


# "1.615 lượt người, đạt 89,7% kế hoạch (1.800 lượt)"
_SHARE_OF_PLAN = re.compile(
    r"đạt\s+(?:khoảng\s+)?\d[\d.,]*\s?%\s+(?:so với\s+)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)[^(;.]{0,40}"
    r"\((?:(?:kế hoạch|chỉ tiêu|giao|là)\s+)*(?P<number>\d[\d.]*(?:,\d+)?)\s?(?P<unit>[^\W\d_]+)",
    re.IGNORECASE,
)


def _off_plan(asked: Asked, text: str) -> str:
    """How far what was done is from what was planned, where the sentence has both and only the share is told."""
    found = list(_SHARE_OF_PLAN.finditer(text))
    if len(found) != 1 or not re.search(r"\b(?:ke hoach|chi tieu|muc tieu|plan\w*|target)\b", text_of(asked)):
        return ""
    plan = next(iter(figures_in(text[found[0].start("number") :])), None)
    before = [one for one in figures_in(text[: found[0].start()]) if plan is not None and one.unit == plan.unit]
    return apart(before[-1], plan, asked.reading.language) if plan is not None and before else ""


def _rest(asked: Asked, text: str, told_before: str) -> str:
    """What "số còn lại" comes to, where that is asked for: "năm 2024 làm 110 nhà, số còn lại làm trong năm 2026"."""
    found = _REST_OF.search(text)
    said = text_of(asked)
    if found is None or not re.search(r"\b(?:bao nhieu|may|how (?:much|many))\b", said):
        return ""
    told = marked_syllables(found.group("of"))
    years = set(YEAR.findall(found.group("of")))
    topic = asked.matter.over(tuple(word for word in told if word != BREAK and word not in years))
    names_it = bool(topic) and topic.covered_by(bag(marked_syllables(asked.text))) >= _OF_THE_REST
    others = [one for one in figures_in(text[: found.start()]) if one.unit != "%"]
    if not others or len({one.unit for one in others}) != 1:
        return ""
    # "Neither in rehab nor on methadone": all others are named, and denied.
    denied = _DENIED.search(said) is not None and all(
        _names(asked, words, _DENIED_HELD) for _, words in _pieces(text[: found.start()], others)
    )
    if not (years & set(years_in(asked.question.text)) if years else names_it or denied):
        return ""
    if len(others) > 1 and _MADE_OF.search(text[others[0].start : others[1].start]):
        first, *others = others
    else:  # "418 người xuất cảnh. Nhật Bản tiếp nhận 331 người, Đài Loan 62 người, số còn lại …"
        before = _CHANGE.sub(lambda found: " " * len(found.group()), told_before)  # "642 người, giảm 37 người"
        wholes = [one for one in figures_in(before) if one.unit == others[0].unit]
        if not wholes:
            return ""
        first = wholes[-1]
    rest = first.number - sum((one.number for one in others), Decimal(0))
    if rest <= 0:
        return ""
    low = " − ".join(one.written for one in others)
    return say(
        asked.reading.language, "difference", high=first.written, low=low, result=f"{in_figures(rest)} {first.unit}"
    )


def _named_together(asked: Asked, text: str) -> str:
    """The sum of the figures of one unit that a question names among several: "9 người chết, 4 người mất tích"."""
    plain = without_dates(text)
    said = bag(marked_syllables(asked.text))
    named: list[Figure] = []
    parts = _MADE_OF.search(plain)
    for clause in re.finditer(r"(?:[^,;:.]|(?<=\d)[.,](?=\d))+", plain):
        for piece in re.finditer(r".+?(?=\svà\s|$)", clause.group()):
            own = figures_in(piece.group())
            before = clause.start() + piece.start()
            if len(own) != 1 or own[0].unit == "%" or (parts is not None and before < parts.start()):
                continue
            words = marked_syllables(
                without_grammar(re.sub(r"\d[\d.,]*", " ", piece.group()).replace(own[0].unit, " "))
            )
            topic = asked.matter.over(tuple(word for word in words if word != BREAK and word not in _ADDED))
            if topic and topic.covered_by(said) >= _NAMED:
                named.append(own[0])
    units = {"người" if fold(one.unit) in _PERSONS else one.unit for one in named}
    if len(named) < _TWO or len(units) != 1 or len({one.written for one in named}) != len(named):
        return ""
    if any(one.number == sum((other.number for other in named if other is not one), Decimal(0)) for one in named):
        return ""  # one of them is what the others are together
    result = f"{in_figures(sum((one.number for one in named), Decimal(0)))} {units.pop()}"
    return say(asked.reading.language, "sum", terms=" + ".join(one.written for one in named), result=result)


_OF_PEOPLE = frozenset("nguoi em tre chau".split()) | {"hoc"}  # "21.460 học sinh; … là 19.030 em"
_PERSONS = frozenset("nguoi can cong vien hoc lao giao dai nong thanh phu cuu".split())  # "128 cán bộ", "12 công chức"
_ADDED = frozenset("gồm và có là với làm trong đó số".split())


def _before(asked: Asked, text: str, years: Sequence[str]) -> str:
    """What a figure was in the year since which it rose or fell: "41,6 tỷ đồng, tăng 9,2 tỷ đồng so với năm 2022"."""
    said = text_of(asked)
    changes = list(_CHANGED.finditer(text))
    if len(changes) != 1:
        return ""
    since = changes[0].group("year")
    if (since not in years if since.isdigit() else YEAR_BEFORE.search(said) is None) or not re.search(
        r"\b(?:bao nhieu|may|how (?:much|many)|what)\b", said
    ):
        return ""
    change = changes[0]
    if _ASKS_CHANGE.search(said):
        return ""
    points = _POINTS.match(change.group("unit")) is not None
    unit = "%" if points else fold(change.group("unit"))
    before = text[: change.start()]
    now = [one for one in figures_in(before) if fold(one.unit).startswith(unit) or unit.startswith(fold(one.unit))]
    if not now:
        return ""
    now.sort(key=lambda one: _clause_held(asked, before, one))
    if _clause_held(asked, before, now[-1]) < _OF_THE_FIGURE:
        return ""  # of other households than are asked about
    counted = COUNTED_THING.search(said)
    if counted is not None and counted.group("thing") not in NO_THING:
        start, end = clause_of(before, now[-1])
        if not re.search(rf"\b{counted.group('thing')}\b", fold(before[start:end])):
            return ""  # how many died is not how many fell ill
    by = Decimal(change.group("number").replace(".", "").replace(",", "."))
    language, last = asked.reading.language, now[-1]
    rose = fold(change.group("by")) == "tang"
    figure = in_figures(last.number - by if rose else last.number + by)
    result = f"{figure}%" if points else f"{figure} {last.unit}"
    if rose:
        return say(language, "difference", high=last.written, low=change.group("number"), result=result)
    return say(language, "sum", terms=f"{last.written} + {change.group('number')}", result=result)


def _clause_held(asked: Asked, text: str, figure: Figure) -> float:
    """How much of what is asked the clause holds that a figure stands in: "4.217 ca sốt xuất huyết, 2 ca tử vong"."""
    start, end = clause_of(text, figure)
    return asked.matter.covered_by(bag(marked_syllables(text[start:end])))
