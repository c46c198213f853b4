"""Who does what: the body that leads or coordinates a matter, and what a body does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.chunk import is_caption, section_label, section_path
from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.programme import Part, parts_in
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote, quote_of, quote_passage
from retrieval.answer.evidence import meets, support
from retrieval.answer.library import Book, Duty, Library
from retrieval.answer.passages import items_of
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.assignment import names_doer, names_work
from retrieval.tokens import BREAK, syllables

# Measured on the dev part of evals/suites: below it the wrong body is named more often than the right one.
_FLOOR = 0.5
_HEADING_FLOOR = 0.56
_MOST = 40
_NAMED = 0.55
_SURELY = 0.75
_OF_THE_PLAN, _TITLED = 0.42, 0.85
_SURE_LEAD = 0.6
_GENERAL_UNIT = frozenset(
    """
    tinh huyen thanh pho xa phuong cac va de nghi viet nam thi tran cap ubnd co lien quan
    """.split()
)
_ROLE_WORDS = (
    "chu tri",
    "dau moi",
    "thuong truc",
    "tham dinh",
    "huong dan",
    "tham muu",
    "giam sat",
    "phoi hop",
)

_WHOLE_PLAN = re.compile(
    r"(?:trien khai|thuc hien|theo doi|don doc)(?: (?:thuc hien|viec|ket qua|co hieu qua))* "
    r"(?:ke hoach|de an|chuong trinh)"
    r"(?: nay)?\s*(?:[;.,]|$|tren dia ban|theo|den)"
)
# A plan has one standing body and one focal point for a matter: who is asked for by such a role is nobody else.
_ONE_OF_A_KIND = frozenset({"thuong truc", "dau moi"})


def part_name(part: Part) -> str:
    """A part as people say it: "Tiểu dự án 2 thuộc Dự án 9"."""
    names = [
        f"Nội dung {part.content}" if part.content else "",
        f"Tiểu dự án {part.sub}" if part.sub else "",
        f"Dự án {part.project}" if part.project else "",
    ]
    return " thuộc ".join(name for name in names if name)


def heading_of_part(book: Book, part: Part) -> Section | None:
    """The section whose heading opens a programme part, or None."""
    return next((section for section in book.outline if book.section_parts[section.index][1] == part), None)


def answer_lead(asked: Asked, library: Library) -> Draft | None:
    """Who leads or coordinates a part or a matter; None where no duty fits."""
    if asked.reading.kind not in ("lead", "coordinate"):
        return None
    wants_join = asked.reading.kind == "coordinate"
    found: list[tuple[float, Duty]] = []
    through: dict[str, Section] = {}
    for book in library.scoped(asked.scope.documents):
        if not asked.reading.parts and (matter := _part_of_topic(asked, book)) is not None:
            score, part, through[book.info.id] = matter
            levels = (part, replace(part, content=0), replace(part, content=0, sub=0))
            own = (_by_part(asked, book, (one,), wants_join, score) for one in dict.fromkeys(levels))
            found.extend(next((duties for duties in own if duties), []))
        found.extend(_duties_for(asked, book, wants_join))
    if not found:
        return None
    top = max(score for score, _ in found)
    kept = _choose(asked, found, top)
    lines = [_line(asked, duty, wants_join, library, through) for _, duty in kept]
    leading = [duty for _, duty in kept if duty.leads or "phoi hop" not in duty.roles]
    opening = ""
    if not wants_join and not leading and (asked.reading.parts or through):
        opening = say(asked.reading.language, "only-joins")
    of_plan = bool(kept) and not asked.reading.parts and all(_leads_plan(asked, duty, library) for _, duty in kept)
    strategy = "plan-lead" if of_plan and asked.scope.named else "duties"
    return Draft(strategy=strategy, lines=tuple(lines), support=min(1.0, top), opening=opening)


def _leads_plan(asked: Asked, duty: Duty, library: Library) -> bool:
    """Whether a duty is to lead the plan as a whole, and the question asks for nothing but that."""
    book = library.books[duty.sentence.document]
    if content(asked.topic) and asked.matter.covered_by(book.title_bag) < _TITLED:
        return False
    return bool(duty.roles & _ONE_OF_A_KIND) or (
        duty.leads and _WHOLE_PLAN.search(fold(duty.sentence.text)) is not None
    )


def _choose(asked: Asked, found: Sequence[tuple[float, Duty]], top: float) -> list[tuple[float, Duty]]:
    """For a programme part all its duties; for a matter the best duty of each document that is nearly as good."""
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1].sentence.document, pair[1].sentence.span))
    if asked.reading.parts:
        kept = [pair for pair in ordered if pair[0] >= 0.75 * top]
        unique: dict[tuple[str, object], tuple[float, Duty]] = {}
        for pair in kept:
            unique.setdefault((pair[1].unit, pair[1].sentence.span), pair)
        return sorted(unique.values(), key=lambda pair: (pair[1].sentence.document, pair[1].sentence.span))[:_MOST]
    best: dict[str, tuple[float, Duty]] = {}
    for pair in ordered:
        best.setdefault(pair[1].sentence.document, pair)
    ratio = 0.93 if asked.scope.named else 0.85
    return [pair for pair in best.values() if pair[0] >= ratio * top]


def _duties_for(asked: Asked, book: Book, wants_join: bool) -> list[tuple[float, Duty]]:
    if asked.reading.parts:
        return _by_part(asked, book, asked.reading.parts, wants_join, 1.0)
    return _by_topic(asked, book, wants_join)


def _by_part(
    asked: Asked, book: Book, parts: Sequence[Part], wants_join: bool, base: float
) -> list[tuple[float, Duty]]:
    found = []
    for duty in book.duties:
        if not duty.unit or not any(part.holds(own) for part in parts for own in duty.parts):
            continue
        if not meets(asked, duty.sentence, book):
            continue
        found.append((base * _fit(duty, wants_join), duty))
    if not wants_join and any(duty.leads for _, duty in found):
        found = [(score, duty) for score, duty in found if duty.leads or not _only_joins(duty)]
    return found


def _only_joins(duty: Duty) -> bool:
    return "phoi hop" in duty.roles and not duty.leads and not duty.roles & {"huong dan", "dau moi", "thuong truc"}


def _fit(duty: Duty, wants_join: bool) -> float:
    if wants_join:
        return 1.0 if "phoi hop" in duty.roles else 0.4
    return 1.0 if duty.leads else 0.8


def _part_of_topic(asked: Asked, book: Book) -> tuple[float, Part, Section] | None:
    """The programme part whose heading says what was asked for: bình đẳng giới → Dự án 8."""
    if not content(asked.topic):
        return None
    best: tuple[float, Part, Section] | None = None
    for section in book.outline:
        own, part = book.section_parts[section.index]
        if own == Part():
            continue
        score = asked.matter.covered_by(book.headings[section.index])
        # Of a part and one within it, both of whose names say all of it, the inner one is meant.
        inner = best is not None and score == best[0] and best[1].holds(part)
        narrower = inner and asked.matter.covered_by(book.bag(section.title)) >= score
        if score >= _HEADING_FLOOR and (best is None or score > best[0] or narrower):
            best = (score, part, section)
    return best


def _by_topic(asked: Asked, book: Book, wants_join: bool) -> list[tuple[float, Duty]]:
    wanted = [role for role in _ROLE_WORDS if role in " ".join(asked.words)]
    whole = not content(asked.topic) or asked.matter.covered_by(book.title_bag) >= _TITLED
    found = []
    for duty in book.duties:
        if not duty.unit or not meets(asked, duty.sentence, book):
            continue
        # Who leads, of nothing but what the title says: who leads the plan.
        score = _OF_THE_PLAN if whole else support(asked.matter, duty.sentence, book)
        for role in wanted:
            if role in _ONE_OF_A_KIND:
                score += 0.25 if role in duty.roles else -0.15
            else:
                score += 0.08 if role in duty.roles else -0.04
        if not wants_join and duty.leads:
            score += 0.04
        if whole and (duty.roles & _ONE_OF_A_KIND or _WHOLE_PLAN.search(fold(duty.sentence.text)) is not None):
            score += 0.2
        if _only_joins(duty) and not wants_join:
            score -= 0.1
        if score >= _FLOOR:
            found.append((score, duty))
    return found


def _line(asked: Asked, duty: Duty, wants_join: bool, library: Library, through: dict[str, Section]) -> Line:
    name = "joins" if wants_join and "phoi hop" in duty.roles and not duty.leads else "leads" if duty.leads else "does"
    sentence = duty.sentence
    if sentence.passage.kind == "row":
        name = "does"
    quotes = [quote_of(sentence)]
    text = sentence.text
    heading = through.get(sentence.document)
    if heading is not None and duty.parts:
        book = library.books[sentence.document]
        label = section_label(heading)
        path = section_path(book.outline, heading.parent) if heading.parent is not None else ()
        page = next((one.page for one in book.passages if one.section == heading.index), None)
        quotes.append(Quote(document=sentence.document, span=heading.heading, path=path, page=page))
        text = f"{text} ({label})"
    return Line(
        document=sentence.document,
        label=say(asked.reading.language, name, unit=duty.unit),
        text=text,
        quotes=tuple(quotes),
    )


_SECTOR = re.compile(
    r"\b(?:nganh|ben) (?!nghe|hang|lien quan|kinh te|hoc|dao tao|nao|nay|do|tren|khac|chuc nang|dia phuong|ben|canh|kia|trong"
    r"|ngoai|duoi|cho|mua|thue|nhan|giao|thi cong)\w+ \w+"
)
_HEAD = re.compile(r"\b(?:so|phong|ban|bo|hoi|chi cuc|trung tam|uy ban|ubnd|cong an) \w+")


def find_units(asked: Asked, book: Book) -> list[tuple[float, str, Section]]:
    """The bodies of a document that the question names, best first, with how surely (0..1).

    The first word (Sở, Phòng, Hội …) must be in the question; of the rest most must be.
    """
    said = " ".join(asked.words)
    words = set(_unit_words(said))
    if _SECTOR.search(said) and not _HEAD.search(said):
        words |= {"so"}  # "ngành y tế" and "bên y tế" are its department
    frequency: dict[str, int] = {}
    for unit, _ in book.units:
        for word in set(_unit_words(unit)):
            frequency[word] = frequency.get(word, 0) + 1
    found = []
    for unit, section in book.units:
        shares = [_share(name, words, frequency) for name in _names(unit)]
        if (share := max(shares)) > 0:
            found.append((share, unit, section))
    return sorted(found, key=lambda one: (-one[0], one[2].index))


def _names(unit: str) -> list[str]:
    """A heading that names several bodies, whole and one by one."""
    return [unit, *re.split(r"\s+và (?=các\b)|;\s*|,\s+(?=UBND|Ủy ban|Uỷ ban|Sở |Phòng |các )", unit)]


_ROWS, _SENTENCES = 12, 4  # of tables, and outside them, that are told of one body
_OF_SEVERAL = re.compile(
    r";\s*|\n|(?:,|\s+và)\s+(?=(?:Sở|Phòng|Ban|Bộ|UBND|Ủy ban|Uỷ ban|Hội|Công an|Văn phòng|Trung tâm|Chi cục|Các|các)\b)"
)
_MOST_OF = 0.6  # of the words of its name
_COMMITTEE = "uy ban nhan dan"
_GOVERNMENT = re.compile(r"\bchinh quyen (?=(?:cac |o |cap )*(?:xa|phuong|thi tran|huyen|tinh)\b)")
_LEVELS = (frozenset(("xa", "phuong", "tran")), frozenset(("huyen", "quan")), frozenset(("tinh",)))


def _unit_words(text: str) -> list[str]:
    """The syllables of a body's name, "Ủy ban nhân dân" as one, which is no Ban Dân tộc.

    "Chính quyền cấp xã" is what people call the committee of a commune.
    """
    said = _GOVERNMENT.sub("ubnd ", " ".join(syllables(text)))
    return said.replace(_COMMITTEE, "ubnd").split()


def _share(unit: str, words: set[str], frequency: dict[str, int]) -> float:
    """How surely the words of a question name a body, 0 where they do not."""
    own = [word for word in _unit_words(unit) if word != "va"]
    if own[:1] == ["ubnd"]:
        # People's Committees are told apart by their level: "UBND cấp xã" is that of communes, wards and towns.
        return (
            1.0
            if "ubnd" in words and any(not words.isdisjoint(level) and not level.isdisjoint(own) for level in _LEVELS)
            else 0.0
        )
    core = [word for word in own if word not in _GENERAL_UNIT] or own
    if not core or (own[0] not in words and len(core) > 1):
        return 0.0
    weight = sum(1 / frequency[word] for word in core)
    share = sum(1 / frequency[word] for word in core if word in words) / weight
    if share < _NAMED:
        return 0.0
    return 0.8 * share + 0.2 * sum(word in words for word in own) / len(own)


def unit_share(unit: str, words: set[str]) -> float:
    """How surely the words of a question name a body, or one of several, 0..1."""
    words = words | {"ubnd"} if words.issuperset(_COMMITTEE.split()) else words
    return max(_share(name, words, dict.fromkeys(_unit_words(name), 1)) for name in _names(unit))


_LEADING = re.compile(r"\b(?:chu tri|dung dau|dau moi|thuong truc|phu trach|cam trich|to truong|dung ra)\b")


_GRANTED = re.compile(r"\b(?:vi sao|tai sao|sao lai|ly do (?:gi|nao))\b")


def answer_whether_leads(asked: Asked, library: Library) -> Draft | None:
    """Yes or no, with the duty that decides, to whether a body leads a part or a matter ("… có chủ trì … không?")."""
    words = " ".join(asked.words)
    # "Vì sao … lại để Hội Phụ nữ đứng đầu Dự án 7?" takes for granted what may not be so.
    granted = bool(asked.reading.parts) and _GRANTED.search(words) is not None
    if not (asked.reading.yes_no or granted) or _LEADING.search(words) is None:
        return None
    if not asked.reading.parts:
        return _whether_leads_matter(asked, library)
    leading = replace(asked, reading=replace(asked.reading, kind="lead", yes_no=False))
    language = asked.reading.language
    for book in library.scoped(asked.scope.documents):
        for _, unit, _ in find_units(asked, book)[:1]:
            own = [
                duty
                for duty in book.duties
                if duty.unit == unit and any(part.holds(named) for part in asked.reading.parts for named in duty.parts)
            ]
            if granted and any(duty.leads for duty in own):
                return None  # so it is: why is another question
            if any(duty.leads for duty in own):
                lines = tuple(_line(leading, duty, False, library, {}) for duty in own if duty.leads)
                return Draft(strategy="whether", lines=lines, support=0.95, opening=say(language, "yes"))
            lines = tuple(_line(leading, duty, False, library, {}) for duty in own)
            other = answer_lead(leading, library)
            if other is not None or lines:
                lines = (*lines, *(other.lines if other is not None else ()))
                unique = tuple(dict.fromkeys(lines))
                return Draft(strategy="whether", lines=unique, support=0.9, opening=say(language, "no"))
    return None


def _whether_leads_matter(asked: Asked, library: Library) -> Draft | None:
    """The same of a matter: the body that the documents have lead it is the one in question, or it is not."""
    language = asked.reading.language
    for book in library.scoped(asked.scope.documents) if asked.scope.named else ():
        units = find_units(asked, book)
        if not units or units[0][0] < _SURELY:
            continue
        unit = units[0][1]
        rest = _rest(asked, unit)
        if not content(rest):
            continue
        matter = replace(
            asked,
            reading=replace(asked.reading, kind="lead", yes_no=False),
            topic=rest,
            matter=asked.matter.over(rest),
            words=tuple(word for word in asked.words if word not in set(syllables(unit))),
        )
        leads = [pair for pair in _by_topic(matter, book, False) if pair[1].leads or pair[1].roles & _ONE_OF_A_KIND]
        if matter.matter.covered_by(book.title_bag) >= _TITLED:
            leads = [pair for pair in leads if _leads_plan(matter, pair[1], library)]
        if not leads:
            continue
        top = max(leads, key=lambda pair: pair[0])
        if top[0] < _SURE_LEAD:
            continue
        says = "yes" if unit_share(top[1].unit, set(syllables(unit))) >= _SURELY or top[1].unit == unit else "no"
        line = _line(matter, top[1], False, library, {})
        return Draft(strategy="whether-matter", lines=(line,), support=min(1.0, top[0]), opening=say(language, says))
    return None


def answer_duties(asked: Asked, library: Library) -> Draft | None:
    """What a body does, as the documents list it; None where the question names no body."""
    if asked.reading.kind not in ("duties", "open"):
        return None
    chosen: list[tuple[float, Book, str, Section]] = []
    for book in library.scoped(asked.scope.documents):
        units = find_units(asked, book)
        if units:
            score, unit, section = units[0]
            chosen.append((score, book, unit, section))
    if not chosen:
        of_part = asked.reading.parts and not content(asked.topic)  # "Tiểu dự án 2 là làm gì": what it is called
        return None if of_part else _by_subject(asked, library)
    chosen = _on_topic(asked, chosen, library)
    top = max(score for score, *_ in chosen)
    lines: list[Line] = []
    for score, book, unit, section in chosen:
        if score >= 0.9 * top:
            lines.extend(_duties_of(asked, book, unit, section, library))
            if asked.reading.kind == "duties" and not asked.reading.parts and _all_of(asked, book, unit):
                lines.extend(_elsewhere(book, unit))
    lines = _of_parts_asked(asked, lines)
    if not lines:
        return None
    # A body by its full name, and nothing else but what the plan is about: its duties are the answer.
    whole = asked.reading.kind == "duties" and top >= _SURELY and not asked.reading.parts
    all_of = all(_all_of(asked, book, unit) for score, book, unit, _ in chosen if score >= 0.9 * top)
    entire = asked.reading.kind == "duties" and all_of and not asked.reading.parts
    return Draft(strategy="duties-of", lines=tuple(lines), support=top, certain=whole and all_of, entire=entire)


_WHICH_PARTS = re.compile(
    r"\b(?P<sub>tieu du an|tda)\b(?: \w+)? (?:nao|gi|so may)\b|\b(?:may|bao nhieu) (?P<subs>tieu du an|tda)\b"
    r"|\b(?:du an|da)\b(?: \w+)? (?:nao|gi|so may)\b|\b(?:may|bao nhieu) du an\b"
    r"|\bwhich (?:\w+ )?(?P<sub_en>sub-?)?projects?\b"
)
_LED = re.compile(r"\b(?:chu tri|dau moi|thuong truc|phu trach|lead|leads|leading|in charge)\b")


def _of_parts_asked(asked: Asked, lines: list[Line]) -> list[Line]:
    """Of the duties of a body those of the parts that are asked for: "Phòng A chủ trì tiểu dự án nào"; else all of them."""
    said = fold(f"{asked.question.text} ; {asked.alone}")
    found = _WHICH_PARTS.search(said)
    if found is None or asked.reading.parts:
        return lines
    inner = found["sub"] or found["subs"] or found["sub_en"]
    named = [line for line in lines if any(part.sub if inner else part.project for part in parts_in(line.text))]
    led = [line for line in named if _LED.search(fold(line.text))] if _LED.search(said) else []
    return led or named or lines


def _by_subject(asked: Asked, library: Library) -> Draft | None:
    """The duties of a body that heads no part, but begins a statement: "d) Công an tỉnh: hướng dẫn …"."""
    if asked.reading.kind != "duties":
        return None
    said = " ".join(asked.words)
    words = set(_unit_words(said))
    lines: list[Line] = []
    for book in library.scoped(asked.scope.documents):
        of_body = [duty for duty in book.duties if duty.unit and duty.sentence.passage.kind in ("item", "paragraph")]
        units = list(dict.fromkeys(duty.unit for duty in of_body))
        frequency = Counter(word for unit in units for word in set(_unit_words(unit)))
        shares = {unit: _share(unit, words, frequency) for unit in units}
        best = max(shares.values(), default=0.0)
        if best < _SURELY:
            continue
        unit = next(unit for unit, share in shares.items() if share == best)
        for index in dict.fromkeys(duty.sentence.passage.index for duty in of_body if duty.unit == unit):
            lines.append(
                Line(
                    document=book.info.id,
                    label=unit,
                    text=book.passages[index].reading,
                    quotes=(_whole(book, index),),
                )
            )
        if not asked.reading.parts and _all_of(asked, book, unit):
            lines.extend(_elsewhere(book, unit))
    return Draft(strategy="duties-of", lines=tuple(lines), support=_SURELY) if lines else _of_tables(asked, library)


def _of_tables(asked: Asked, library: Library) -> Draft | None:
    """The rows of a body that only tables name, where a question asks for all that it does."""
    if asked.reading.parts or not asked.scope.named:
        return None
    words = set(_unit_words(" ".join(asked.words)))
    lines: list[Line] = []
    for book in library.scoped(asked.scope.documents):
        names = list(
            dict.fromkeys(
                name
                for passage in book.table_rows.values()
                for head, cell in passage.cells
                if names_doer(head)
                for name in _OF_SEVERAL.split(reading(book.text, cell).text)
            )
        )
        frequency = Counter(word for name in names for word in set(_unit_words(name)))
        shares = {name: _share(name, words, frequency) for name in names if len(_unit_words(name)) > 1}
        best = max(shares.values(), default=0.0)
        if best < _SURELY:
            continue
        unit = next(name for name, share in shares.items() if share == best)
        if _all_of(asked, book, unit):
            lines.extend(_elsewhere(book, unit))
    return Draft(strategy="duties-of", lines=tuple(lines), support=_SURELY) if lines else None


# "… trong đợt giảm người": which document is meant, in a reader's own words.
_IN_DOCUMENT = re.compile(
    r"\btrong (?:dot|ke hoach|de an|chuong trinh|bao cao|phuong an|quyet dinh|van ban)\b(?P<which>[^?;]*)"
)
# Words of a question for all that a body does which say nothing of what it is: "gồm cả công trình", "nhận việc gì".
_OF_ANY_TASK = frozenset(
    "viec nhiem vu cong dau phan muc cho mat ca gom trinh hang nhan lam om ganh giao dot cap tinh huyen xa phuong thi tran".split()
)


def _all_of(asked: Asked, book: Book, unit: str) -> bool:
    """Whether a question asks for all that a body does, and not for some of it."""
    inside = _IN_DOCUMENT.search(fold(asked.alone)) if len(asked.scope.documents) == 1 else None
    known = frozenset[str]() if asked.carried else _OF_ANY_TASK
    known |= frozenset(inside.group("which").split()) if inside is not None else frozenset()
    rest = tuple(
        BREAK if fold(word) in known or not any(letter.isalpha() for letter in word) else word
        for word in _rest(asked, unit)
    )
    topic = asked.matter.over(rest)
    titled = max(topic.covered_by(book.title_bag), topic.words_held_by(book.title_bag)) >= _TITLED
    return not content(rest) or titled


def _on_topic(
    asked: Asked, chosen: list[tuple[float, Book, str, Section]], library: Library
) -> list[tuple[float, Book, str, Section]]:
    """Of several documents with the same body, those that are about what the question adds."""
    if asked.scope.named or len(chosen) < 2:
        return chosen
    scored = []
    for one in chosen:
        _, book, unit, _ = one
        rest = asked.matter.over(_rest(asked, unit))
        bags = [duty.sentence.bag for duty in book.duties if duty.unit == unit]
        scored.append((rest.covered_by(book.title_bag, *bags) if rest else 1.0, one))
    top = max(score for score, _ in scored)
    return [one for score, one in scored if score >= 0.8 * top]


def _duties_of(asked: Asked, book: Book, unit: str, section: Section, library: Library) -> list[Line]:
    own = [duty for duty in book.duties if duty.unit == unit and duty.sentence.passage.section == section.index]
    passages = list(dict.fromkeys(duty.sentence.passage.index for duty in own))
    topic = _rest(asked, unit)
    if asked.reading.parts:
        own = [duty for duty in own if any(part.holds(named) for part in asked.reading.parts for named in duty.parts)]
    elif content(topic) and (matter := asked.matter.over(topic)).covered_by(book.title_bag) < _TITLED:
        scored = [(support(matter, duty.sentence, book), duty) for duty in own]
        best = max((score for score, _ in scored), default=0.0)
        if best < 0.45 and asked.reading.kind == "open":
            return []  # the question is about something else that this body has to do with
        if best >= 0.45:
            keep = {duty.sentence.passage.index for score, duty in scored if score >= 0.85 * best}
            passages = [index for index in passages if index in keep]
    if asked.reading.parts:
        passages = list(dict.fromkeys(duty.sentence.passage.index for duty in own))
    # A lead-in says nothing without its items.
    items = [one.index for index in passages for one in items_of(book, book.passages[index])]
    lines = []
    for index in sorted({*passages, *items}) if items else passages:
        sentences = book.by_passage.get(index, [])
        if not sentences or is_caption(book.passages[index].reading):
            continue
        lines.append(
            Line(
                document=book.info.id,
                label=unit,
                text=" ".join(one.text for one in sentences),
                quotes=(quote_of(sentences[0]),) if len(sentences) == 1 else (_whole(book, index),),
            )
        )
    return lines


def _elsewhere(book: Book, unit: str) -> list[Line]:
    """What a document has for a body outside the part that lists its duties: rows of tables, "do Sở Y tế quản lý"."""
    by_it = re.compile(rf"\b(?:do|giao(?: cho)?) {re.escape(fold(unit))}\b")
    given = {duty.sentence.passage.index for duty in book.duties if duty.unit == unit}
    found = [
        sentence
        for sentence in book.sentences
        if sentence.passage.kind in ("paragraph", "item")
        and sentence.passage.index not in given
        and by_it.search(fold(sentence.text))
    ]
    told = [
        Line(document=book.info.id, label=unit, text=one.text, quotes=(quote_of(one),)) for one in found[:_SENTENCES]
    ]
    return [*told, *_in_tables(book, unit)]


def _in_tables(book: Book, unit: str) -> list[Line]:
    """The rows of tables that name a body as one that has to do with them, in short or by a part of its name as well."""
    words = _unit_words(" ".join(book.words(unit)))
    found = [
        passage
        for passage in book.table_rows.values()
        if any(names_work(name) for name, _ in passage.cells)
        and any(
            _is_body(book, one, words)
            for name, cell in passage.cells
            if names_doer(name)
            for one in _OF_SEVERAL.split(reading(book.text, cell).text)
        )
    ]
    return [
        Line(document=book.info.id, label=unit, text=passage.reading, quotes=(quote_passage(passage),))
        for passage in found[:_ROWS]
    ]


def _is_body(book: Book, name: str, words: Sequence[str]) -> bool:
    """Whether a name in a table is that of a body with these words."""
    own = _unit_words(" ".join(book.words(re.sub(r"\s/\s", " ", name))))
    return (
        len(own) > 1 and own[0] == words[0] and set(own) <= set(words) and len(set(own)) >= _MOST_OF * len(set(words))
    )


def _whole(book: Book, index: int) -> Quote:
    return quote_passage(book.passages[index])


def _rest(asked: Asked, unit: str) -> tuple[str, ...]:
    """The topic without the body's own name."""
    own = set(syllables(unit))
    if "ubnd" in _unit_words(unit):
        own |= {"chinh", "quyen", "cap"}
    return tuple(BREAK if fold(word) in own or word.isdigit() else word for word in asked.topic)
