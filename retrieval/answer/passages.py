"""Lists with every item; and what a sentence must have for a kind of question."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.chunk import section_label, section_path
from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.numbering import unnumbered
from ingest.rules.programme import Part, parts_in
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote, quote_passage
from retrieval.answer.library import MONEY, Book, Library, Sentence
from retrieval.answer.terms import content, coverage
from retrieval.answer.wording import say
from retrieval.tokens import BREAK, marked_syllables
from retrieval.types import Passage

_LIST_FLOOR = 0.55
_GROUPS_FLOOR = 0.38
_GROUPS = re.compile(
    r"\b(?:may|nhung|cac|hai|ba|bon|nam|sau|\d+) (?:mang|linh vuc|nhom|khau|mat|huong)\b|\b(?:which|what) (?:[\w'’-]+ ){0,2}?(?:sectors|areas|fields|strands)\b"
)
# "Dự án 5 có những tiểu dự án nào": what they are called.
_NAMES = re.compile(
    r"\b(?:tieu du an|tda|du an|nhom|linh vuc|mang)(?: \w+){0,2} nao\b|\b(?:may|bao nhieu) (?:tieu du an|tda|nhom)\b"
    r"|\b(?:which|what) (?:\w+ ){0,2}(?:sub-?projects|components|groups)\b"
)
_MOST_ITEMS = 60
_NAME_LENGTH = 140
_ITEM_NUMBER = 6  # "3.10. " ends no sentence
_FEW = 3  # parts that are listed with their own items
_SHORT = 400  # code points of a part that is listed with its text, not by its heading alone
_REFERENCE = re.compile(
    r"(?:số\s+)?\d{1,5}(?:/\d{4})?\s?[/-]\s?[A-ZĐ][\w/Đ-]*(?:\s+ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})?"
)
WHEN = re.compile(
    r"trước ngày|ngày \d|kể từ ngày|từ ngày ký|hằng năm|hàng năm|hàng quý|hằng quý|hàng tháng|hằng tháng|định kỳ|đột xuất|tháng \d|quý [IV\d]|quí [IV\d]|"
    r"giai đoạn \d|đến năm \d|năm \d{4}|thường xuyên|\d+ năm/lần|lần/năm|từ năm|đến hết|xong trước|chậm nhất",
    re.I,
)
_NUMBER = re.compile(r"\d|\b[IVX]{1,4}\b")
_DAY = re.compile(r"trước ngày|chậm nhất|xong trước|ngày \d|\d{1,2}/\d{1,2}|\d+ năm/lần", re.I)
_ASKS_DAY = re.compile(r"\b(?:ngay nao|truoc ngay|han|khi nao|bao gio|luc nao|cham nhat|deadline|gui|nop)\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_LEADING = re.compile(r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][).])\s*")
# "bao nhiêu công trình": the number that answers stands before the same noun.
_COUNTED = re.compile(r"\b(?:bao nhieu|may) ((?!phan tram|nguoi ta)[a-z]+ [a-z]+)")


def answer_listed(asked: Asked, library: Library) -> Draft | None:
    """The whole list that a heading opens, or the heading of a part whose meaning is asked; None for anything else."""
    if asked.reading.kind in ("list", "count", "open"):
        listed = _list(asked, library)
        if listed is not None:
            return listed
    if asked.reading.parts and not content(asked.topic) and asked.reading.kind in ("definition", "open", "duties"):
        return _headings(asked, library)
    return None


def _headings(asked: Asked, library: Library) -> Draft | None:
    """What a programme part is: its heading."""
    lines = []
    for book in library.scoped(asked.scope.documents):
        for section in book.outline:
            own, part = book.section_parts[section.index]
            if own != Part() and any(one == part or _is_such(one, part) for one in asked.reading.parts):
                path = section_path(book.outline, section.parent) if section.parent is not None else ()
                page = next((one.page for one in book.passages if one.section == section.index), None)
                quote = Quote(document=book.info.id, span=section.heading, path=path, page=page)
                lines.append(Line(document=book.info.id, text=section_label(section), quotes=(quote,)))
    return Draft(strategy="part", lines=tuple(lines), support=0.9) if lines else None


def _is_such(asked: Part, part: Part) -> bool:
    """Whether a part is one of what is asked for by its own number alone: "Tiểu dự án 2" of any Dự án."""
    same_level = bool(asked.content) == bool(part.content) and bool(asked.sub or asked.content) == bool(
        part.sub or part.content
    )
    return not asked.project and same_level and asked.holds(part)


def fits_parts(asked: Asked, sentence: Sentence, subject: tuple[Part, ...] = ()) -> bool:
    """Whether the sentence is about a programme part that was asked for; true where none was.

    ``subject`` is what the whole document is about: in a plan for Dự án 8 all is of it that is not said to be of another.
    """
    if not asked.reading.parts:
        return True
    if subject and sentence.part == Part() and not parts_in(sentence.text):
        return any(part.holds(own) or own.holds(part) for part in asked.reading.parts for own in subject)
    named = [part.within(sentence.part) for part in parts_in(sentence.text)] or [sentence.part]
    return any(part.holds(own) for part in asked.reading.parts for own in named)


def kind_bonus(asked: Asked, sentence: Sentence) -> tuple[float, bool]:
    """What the kind of question adds to a sentence's score, and whether the sentence has what that kind wants.

    A question for a date wants a date in the sentence, one for a target a number.
    """
    plain = _LEADING.sub("", _REFERENCE.sub(" ", sentence.text))
    said = "\n".join((sentence.text, *sentence.passage.path))
    bonus = 0.08 if asked.reading.years and all(year in said for year in asked.reading.years) else 0.0
    kind = asked.reading.kind
    if asked.reading.numbers and re.search(r"\s(?:về|phê duyệt|ban hành)\s", plain):
        bonus += 0.08  # says what the document that was named is about
    if sentence.passage.kind == "basis" and not asked.reading.numbers:
        return bonus - 0.25, False
    if kind == "deadline":
        if "bao cao" in " ".join(asked.words) and "bao cao" in fold(plain):
            bonus += 0.05
        if re.search(r"trước ngày|chậm nhất|xong trước", plain, re.I):
            bonus += 0.08
        fits = WHEN.search(plain) is not None
        if fits and _ASKS_DAY.search(" ".join(asked.words)):
            bonus += 0.1 if _DAY.search(plain) else -0.1
        return bonus + (0.12 if fits else -0.2), fits
    if kind in ("target", "count"):
        counted = _COUNTED.search(" ".join(asked.words))
        if counted is not None and re.search(rf"\d%? (?:\w+ )?{counted.group(1)}\b", " ".join(sentence.words)):
            bonus += 0.12
        fits = has_number(plain)
        return bonus + (0.08 if fits else -0.12), fits
    if kind == "budget":
        fits = MONEY.search(plain) is not None
        return bonus + (0.1 if fits else -0.3), fits
    if kind == "definition" and _defines(asked, sentence):
        return bonus + 0.3, True
    return bonus - (0.08 if sentence.passage.kind == "heading" else 0.0), kind != "definition"


def has_number(text: str) -> bool:
    """Whether a text has a number that is no year."""
    return _NUMBER.search(_YEAR.sub(" ", text)) is not None


def _defines(asked: Asked, sentence: Sentence) -> bool:
    """Whether the sentence begins with what was asked about, and goes on with "là"."""
    words = [fold(word) for word in asked.topic if word != BREAK]
    plain = fold(sentence.text)
    shorts = re.findall(r"\b[A-ZĐ][A-ZĐ&-]{1,8}\b", asked.alone)
    if any(re.search(rf"\w\s*\({re.escape(fold(short))}\)", plain) for short in shorts):
        return True  # "hộ kinh doanh (HKD)"
    if len(words) > 1 and re.search(rf"\b{re.escape(' '.join(words[-2:]))}\s*\(\w", plain):
        return True  # "3 cứng (nền cứng, …)"
    begins = rf"(?:\d+ )?(?:{re.escape(' '.join(words))})\b.{{0,40}}\bla\b"
    return bool(words) and re.match(begins, " ".join(sentence.words)) is not None


def shown(sentence: Sentence) -> str:
    """A sentence as it is shown; of a table row the running number stands in brackets in front."""
    if sentence.passage.kind != "row":
        return sentence.text
    return re.sub(r"^(?:STT|TT|Số TT|Stt)\s*:\s*([^;]*);\s*", r"(\1) ", sentence.text)


def label_of(sentence: Sentence) -> str:
    """The heading that says what a short sentence is about: its unit, its Dự án, its subject."""
    path = sentence.passage.path
    named = [unnumbered(heading) for heading in path if " " in heading]
    return named[-1] if named and len(named[-1]) <= 160 else ""


def _item(book: Book, passage: Passage) -> Line:
    return Line(document=book.info.id, text=passage.reading, quotes=(quote_passage(passage),))


def _list(asked: Asked, library: Library) -> Draft | None:
    """The part or list whose heading or lead-in says what was asked, with every item."""
    found: list[tuple[float, Book, list[Line]]] = []
    names_only = _NAMES.search(fold(f"{asked.question.text} {asked.alone}")) is not None
    for book in library.scoped(asked.scope.documents):
        best = _best_part(asked, book, library)
        if best is not None:
            score, section = best
            below = lines_below(book, section.index, names_only=names_only)
            if below:
                found.append((score, book, below))
    if not found:
        return None
    top = max(score for score, *_ in found)
    floor = _LIST_FLOOR if asked.reading.kind in ("list", "count") else 0.75
    if asked.reading.kind == "list" and _GROUPS.search(fold(asked.question.text)):
        floor = _GROUPS_FLOOR  # what is asked for are the items of a part, whatever else the question says
    if top < floor:
        return None
    lines: list[Line] = []
    counts = []
    for score, _, items in sorted(found, key=lambda one: (-one[0], one[1].info.id)):
        if score >= 0.9 * top:
            counts.append(len(items))
            lines.extend(items[:_MOST_ITEMS])
    opening = ""
    if asked.reading.kind == "count" and len(counts) == 1:
        opening = say(asked.reading.language, "count", count=counts[0], what="")
        lines = [replace(line, text=first_words(line.text)) for line in lines]
    return Draft(strategy="list", lines=tuple(lines), support=min(1.0, top), opening=opening)


def first_words(text: str) -> str:
    """What an item is called: up to its colon or first sentence's end, or its first words."""
    end = re.search(r":\s|[.;](?=\s|$)", text[_ITEM_NUMBER:])
    stop = end.start() + _ITEM_NUMBER if end is not None else len(text)
    return text[:stop] if stop <= _NAME_LENGTH else f"{text[:_NAME_LENGTH].rsplit(' ', 1)[0]} …"


def _best_part(asked: Asked, book: Book, library: Library) -> tuple[float, Section] | None:
    """The section whose heading covers the topic best; the words of its own heading must carry most of it."""
    if not content(asked.topic) and not asked.reading.parts:
        return None
    best: tuple[float, Section] | None = None
    for section in book.outline:
        label = section_label(section)
        if asked.reading.parts:
            named = parts_in(label.split(":", 1)[0])
            asked_for = any(part == one.within(part) for part in asked.reading.parts for one in named)
            score = 0.9 if asked_for else 0.0
        else:
            own = asked.matter.covered_by(book.headings[section.index])
            score = 0.0
            if own >= 0.5:
                back = coverage(marked_syllables(section.title), marked_syllables(asked.text), library.weights)
                score = 0.7 * own + 0.3 * back
        if score > 0 and (best is None or score > best[0]):
            best = (score, section)
    return best


def items_of(book: Book, lead: Passage) -> list[Passage]:
    """What a lead-in opens: the items of its list, or else what follows it in its part, numbered on its own."""
    items = [one for one in book.passages if one.lead == lead.index and one.kind != "list"]
    if items or not lead.reading.rstrip().endswith(":") or lead.section < 0:
        return items
    inside = {lead.section, *(one.index for one in book.outline if one.parent == lead.section)}
    return [
        one
        for one in book.passages
        if one.section in inside and one.span.start >= lead.span.end and one.kind in ("paragraph", "item")
    ]


def lines_below(book: Book, section: int, *, names_only: bool = False) -> list[Line]:
    """The items of a section: its subsections' headings, or its paragraphs and bullets.

    Of a few subsections also what stands in them, unless only what they are called is asked for.
    """
    children = [one for one in book.outline if one.parent == section]
    if children:
        lines: list[Line] = []
        for child in children:
            heading = next((one for one in book.passages if one.section == child.index and one.kind != "list"), None)
            if heading is None:
                continue
            if child.title:
                whole = (
                    not names_only
                    and len(child.span) <= _SHORT
                    and not any(one.parent == child.index for one in book.outline)
                )
                span = child.span if whole else child.heading
                quote = Quote(document=book.info.id, span=span, path=heading.path[:-1], page=heading.page)
                text = reading(book.text, span).text if whole else section_label(child)
                lines.append(Line(document=book.info.id, text=text, quotes=(quote,)))
                if not whole and len(children) <= _FEW and not names_only:
                    lines.extend(lines_below(book, child.index))
            else:
                lines.extend(lines_below(book, child.index) or [_item(book, heading)])
        return lines
    return [
        _item(book, passage)
        for passage in book.passages
        if passage.section == section and passage.kind in ("paragraph", "item", "row")
    ]
