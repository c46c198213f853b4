"""Parts that nearly every plan has, found by their headings where a question asks for what they say.

The layout of Nghị định 30/2020/NĐ-CP and habit give money, for one, a part of its own ("Kinh phí thực hiện", "Nguồn
vốn"), whose sentences have few of the words of "tiền lấy ở đâu".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.chunk import section_label
from ingest.normalise import fold
from ingest.types import Section
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.library import Book, Library
from retrieval.answer.passages import lines_below
from retrieval.answer.terms import Topic, content
from retrieval.tokens import syllables
from retrieval.types import Passage

_MONEY = r"(?:tien|kinh phi|von|ngan sach|nguon luc|chi phi)"
_FUNDS = re.compile(
    rf"\b{_MONEY}\b.{{0,90}}\b(?:(?:tu|o|lay|trong vao|dua vao) (?:\w+ )?(?:dau|nao)|nguon (?:nao|gi)|(?:may|bao nhieu|nhung|cac) nguon"
    rf"|ai (?:tra|chi|cap|lo))\b|\b(?:lay|kiem|xin|dung|rut) {_MONEY}\b.{{0,20}}\b(?:dau|nao)\b"
    rf"|\b(?:may|bao nhieu|nhung|cac) nguon (?:tien|von|kinh phi|luc)\b|\bnguon (?:kinh phi|von|luc|tien)\b.{{0,60}}\b(?:nao|gi|dau)\b"
)
_MONEY_EN = r"(?:money|fund(?:s|ing)?|financ(?:e|es|ing)|capital|budget|resources)"
_FUNDS_EN = re.compile(
    rf"\b(?:{_MONEY_EN} sources?|sources? of {_MONEY_EN})\b|\bwhere (?:do|does|did|will|would|should|is|are|can)\b.{{0,60}}\b{_MONEY_EN}\b.{{0,80}}"
    rf"\b(?:from|come|comes|drawn|taken|found|raised)\b|\b(?:from )?(?:which|what) sources?\b|\bhow (?:is|are|was|were|will)\b.{{0,80}}\b(?:funded|financed|paid for|pay for)\b"
    rf"|\bwho (?:pays|funds|finances)\b|\b(?:funded|financed|paid) (?:from|by|out of) (?:what|which|whom)\b"
)
_FUNDS_HEADING = re.compile(
    r"\b(?:kinh phi|(?:nguon|co cau|ke hoach) von|nguon luc|nguon tai chinh|ngan sach)\b(?!.*\bdu an \d)"
)
# Words for where money comes from.
_SOURCE = re.compile(r"\b(?:ngan sach|nguon|quy|tai tro|vien tro|xa hoi hoa|kinh phi|von|dong gop|huy dong|oda)\b")
# How long a plan runs.
_TIME = re.compile(
    r"\b(?:thoi gian (?:thuc hien|trien khai)|giai doan (?:nao|may)|(?:chay|keo dai|lam|thuc hien|ap dung|trien khai|hieu luc)(?: \w+){0,3} "
    r"(?:tu|toi|den)(?: (?:nam|tan|het))* (?:nao|may|\d{4}|bao gio|khi nao)|(?:trong|keo dai|mat) (?:may|bao nhieu) nam|chia (?:lam |thanh )?(?:may|bao nhieu) (?:giai doan|chang|buoc))\b"
)
_TIME_EN = re.compile(
    r"\b(?:which|what) (?:period|years|phase|time ?frame)\b|\bhow (?:long|many years)\b|\b(?:run|runs|last|lasts|cover|covers)\b.{0,30}\b(?:from|until|till|to)\b"
)
_TIME_HEADING = re.compile(
    r"\b(?:thoi gian(?: va lo trinh)? (?:thuc hien|trien khai)|giai doan thuc hien|lo trinh thuc hien|thoi gian)\b"
)
# Kinds of questions that a part as a whole may answer, and words that ask for one figure instead.
_HEADED = ("open", "definition", "target", "budget", "list")
_FIGURE = re.compile(
    r"\b(?:bao nhieu|may(?! (?:nhom|mang|linh vuc|khau|mat|huong)\b)|tong|ngoai|total|cost|nhieu nhat|it nhat|lon nhat|hon|ai|co quan nao|don vi nao|phong nao|so nao|khi nao|bao gio|how (?:much|many)|who(?! are the\b)|whom|when"
    r"|which (?:agency|department|body|unit|office))\b"
)
_GROUPS = re.compile(
    r"\b(?:nhom )?(?:doi tuong|nhom giai phap|nhom nhiem vu) (?:nao|gi)\b|\b(?:may|bao nhieu) nhom doi tuong\b"
)
_GENERAL = re.compile(r"\b(?:cac|nhung|thuc hien|trien khai|chu yeu|trong tam|cu the)\b(?! (?:hien|yeu))")
_COVERED = 0.85
_LISTED, _HALF = 0.7, 0.35  # the same of a list, and of one of things that a heading names
_OF_PLAN = 0.6  # of what is asked about, in the plan's own name
_LONG = 120  # a heading of more letters has to do with other things too
_MOST = 12
_TELLING = 3  # words that tell a heading
_IN_TITLE = 0.15  # of what is asked about
_OF_MONEY = frozenset("tien kinh phi von ngan sach nguon luc chi".split())


def asks_funds(asked: Asked) -> bool:
    """Whether a question asks where money comes from."""
    english = asked.reading.language == "en" and _FUNDS_EN.search(fold(asked.question.text)) is not None
    return english or _FUNDS.search(" ".join(asked.words)) is not None


def asks_time(asked: Asked) -> bool:
    """Whether a question asks how long a plan runs, or takes it to run for some years."""
    english = asked.reading.language == "en" and _TIME_EN.search(fold(asked.question.text)) is not None
    return english or _TIME.search(" ".join(asked.words)) is not None


def funds_part(book: Book) -> Section | None:
    """The part of a document on money, or None: the highest one, and of equals that with the shortest heading."""
    return _headed(book, _FUNDS_HEADING)


def time_part(book: Book) -> Section | None:
    """The same of the part that says how long the plan runs."""
    return _headed(book, _TIME_HEADING)


def _headed(book: Book, heading: re.Pattern[str]) -> Section | None:
    fitting = [
        section for section in book.outline if len(section.title) <= _LONG and heading.search(fold(section.title))
    ]
    return min(fitting, key=lambda one: (len(book.paths[one.index]), len(one.title)), default=None)


def passages_of(book: Book, section: Section) -> list[Passage]:
    """The passages below the heading of a part, in order, without lists as a whole."""
    return [
        one for one in book.passages if one.kind != "list" and one.span in section.span and one.span != section.heading
    ]


# What an article of a legal text is headed by, and asked after.
_ARTICLE = re.compile(
    r"\b(dieu kien|trinh tu|thu tuc|ho so|nguyen tac|tham quyen|quyen han|quyen|nghia vu|trach nhiem|tieu chi|tieu chuan|muc ho tro|chinh sach|che do|cac hanh vi)\b"
)


def answer_article(asked: Asked, library: Library) -> Draft | None:
    """The article whose heading says what is asked after: "cần điều kiện gì để mở rộng …", "hồ sơ … gồm những gì".

    None where the headings of several documents do, or one says much that is not asked.
    """
    said = fold(asked.alone)
    nouns = set(_ARTICLE.findall(said))
    if not nouns or asked.reading.yes_no or asked.carried or len(content(asked.topic)) < _TELLING:
        return None
    words = set(syllables(asked.text))
    found: list[tuple[float, Book, Section]] = []
    for book in library.scoped(asked.scope.documents):
        for section in book.outline:
            named = set(_ARTICLE.findall(fold(section.title)))
            own = content(syllables(section.title))
            if not named & nouns or len(own) < _TELLING or len(section.title) > _LONG:
                continue
            covered = asked.matter.covered_by(book.headings[section.index], book.title_bag)
            inside = sum(word in words for word in own) / len(own)
            if covered >= _COVERED and inside >= _OF_PLAN:
                found.append((covered + inside, book, section))
    if not found or len({book.info.id for _, book, _ in found}) > 1:
        return None
    _, book, section = max(found, key=lambda one: one[0])
    below = lines_below(book, section.index)[:_MOST]
    lines = tuple(replace(one, label=one.label or section_label(section)) for one in below)
    return Draft(strategy="headed", lines=lines, support=0.8, certain=True) if lines else None


def answer_headed(asked: Asked, library: Library) -> Draft | None:
    """What stands below the heading that a question names and asks nothing beyond: "mục tiêu của kế hoạch", "kinh phí …"."""
    if asked.reading.kind not in _HEADED or asked.reading.yes_no or asked.reading.parts or not asked.scope.named:
        return None
    if _FIGURE.search(fold(asked.question.text)) is not None:
        return None
    said = set(syllables(asked.text))
    listed = asked.reading.kind == "list"
    least = _OF_PLAN if listed and _GROUPS.search(fold(asked.question.text)) else _LISTED if listed else _COVERED
    plain = not content(asked.topic)
    lines: list[Line] = []
    nothing_else = True
    for book in library.scoped(asked.scope.documents):
        named = [
            section
            for section in book.outline
            if (telling := _telling(section.title))
            and telling <= said
            and (plain or asked.matter.covered_by(book.headings[section.index], book.title_bag) >= least)
        ]
        named = named or (_of_these(asked, book) if listed else [])
        if not named and plain and asked.reading.kind == "budget":
            named = [one for one in (funds_part(book),) if one is not None]
        if not named:
            continue
        longest = max(len(content(syllables(one.title))) for one in named)
        section = min(
            (one for one in named if len(content(syllables(one.title))) == longest),
            key=lambda one: len(book.paths[one.index]),
        )
        nothing_else = nothing_else and (plain or asked.matter.covered_by(book.headings[section.index]) >= _COVERED)
        below = lines_below(book, section.index, names_only=listed and _THESE.search(fold(asked.alone)) is not None)
        lines.extend(replace(one, label=one.label or section_label(section)) for one in below[:_MOST])
    return Draft(strategy="headed", lines=tuple(lines), support=0.8, certain=nothing_else) if lines else None


# "Ưu tiên hỗ trợ những lĩnh vực nào": what the parts below a heading on them are called.
_THESE = re.compile(
    r"\b(?:nhung|cac|may) (?P<thing>linh vuc|giai phap|nhiem vu|nguyen tac|yeu cau|nhom|mang)\b(?: \w+){0,3} (?:nao|gi)\b"
)


def _of_these(asked: Asked, book: Book) -> list[Section]:
    """The section that has most of a question for its parts, where its heading speaks of such parts."""
    found = _THESE.search(fold(asked.alone))
    if found is None:
        return []
    scored = [
        (asked.matter.covered_by(book.headings[section.index]), section)
        for section in book.outline
        if re.match(rf"\W*(?:(?:cac|nhung|mot so) )?{found['thing']}\b", fold(section.title))
        and sum(one.parent == section.index for one in book.outline) > 1
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return [best[1]] if best[1] is not None and best[0] >= _HALF else []


def _telling(title: str) -> frozenset[str]:
    """The words of a heading that tell it from others, folded: of "Đối tượng thực hiện" those of the first."""
    words = _GENERAL.sub(" ", " ".join(syllables(title)))
    own = content(words.split())
    return frozenset(own if len(own) > 1 and own != ["to", "chuc"] else content(syllables(title)))


def _titled(matter: Topic, books: Sequence[Book]) -> list[Book]:
    """Of several documents, of one place say, those whose titles have clearly more of what is asked about."""
    held = {book.info.id: matter.covered_by(book.title_bag) for book in books}
    top = max(held.values(), default=0.0)
    return [book for book in books if top < _IN_TITLE or held[book.info.id] >= top / 2]


def answer_funds(asked: Asked, library: Library) -> Draft | None:
    """Where the money of a plan comes from: what its part on money says of sources; None where that is not asked."""
    if not asks_funds(asked) or asked.reading.parts or not asked.scope.named:
        return None
    lines: list[Line] = []
    certain = True
    matter = asked.matter.over([word for word in asked.topic if fold(word) not in _OF_MONEY])
    for book in _titled(matter, library.scoped(asked.scope.documents)):
        section = funds_part(book)
        if section is None:
            return None
        own = passages_of(book, section)
        telling = [one for one in own if one.kind != "heading" and _SOURCE.search(fold(one.reading))]
        lines.extend(
            Line(
                document=book.info.id,
                label=section_label(section) if at == 0 else "",
                text=one.reading,
                quotes=(quote_passage(one),),
            )
            for at, one in enumerate(telling[:_MOST])
        )
        title = matter.covered_by(book.headings[section.index], book.title_bag)
        certain = certain and (not matter or title >= _OF_PLAN)
    return Draft(strategy="part", lines=tuple(lines), support=0.8, certain=certain) if lines else None
