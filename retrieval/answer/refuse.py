"""When not to answer: what the question names that no document has, and evidence that is too thin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.normalise import CAPITALS, fold, has_marks, key
from ingest.reading import reading
from ingest.rules.programme import parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.compose import document_label, escape
from retrieval.answer.constraints import lacks_what_is_named
from retrieval.answer.days import days_in, first_day
from retrieval.answer.denial import pays_nothing
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.evidence import holds_year
from retrieval.answer.figures import compares_amounts, counts, holds_numbers, holds_ordinals, sums_all
from retrieval.answer.forms import held_by
from retrieval.answer.library import MONEY, Book, Library, with_units
from retrieval.answer.roles import answer_lead, find_units, heading_of_part, part_name
from retrieval.answer.talk import language_of_talk, small_talk
from retrieval.answer.terms import content
from retrieval.answer.unsaid import leaves_unsaid
from retrieval.answer.wording import say
from retrieval.bodies import full_name
from retrieval.question import NO_MONEY, POST
from retrieval.tokens import syllables


def as_typed(asked: Asked, number: str) -> str:
    """A number, which is compared in small letters, as the question has it."""
    found = re.search(re.escape(number), asked.question.text, re.IGNORECASE)
    return found.group() if found is not None else number


def refuse(asked: Asked, library: Library, nearest: Callable[[], Line | None]) -> Draft | None:
    """A refusal for what the question names and no document has, with its reason; None where there is nothing of it.

    ``nearest`` finds the nearest thing that the documents do say.
    """
    language = asked.reading.language
    if talk := small_talk(asked.question.text) or ("nothing-asked" if _asks_nothing(asked) else ""):
        said = say(language_of_talk(asked.question.text, language), talk)
        return replace(refusal(asked, None, said), closing="")
    if asked.scope.unknown:
        name = asked.scope.unknown[0]
        key = "no-number" if any(letter.isdigit() for letter in name) else "no-place"
        value = {"number": as_typed(asked, name)} if key == "no-number" else {"place": name}
        return refusal(asked, None, say(language, key, **value))
    if asked.reading.parts:
        books = library.scoped(asked.scope.documents)
        missing = [
            part for part in asked.reading.parts if not any(part.holds(known) for book in books for known in book.parts)
        ]
        if missing:
            part = part_name(missing[0])
            if asked.scope.named and len(asked.scope.documents) == 1:
                document = escape(document_label(library.books[asked.scope.documents[0]]))
                return refusal(asked, None, say(language, "no-part-in", document=document, part=part))
            return refusal(asked, None, say(language, "no-part", part=part))
    if asked.reading.person and not _tells_post(asked, near := nearest()):
        return refuse_for_want(asked, library, near)
    body = missing_body(asked, library)
    if body and (leads := _leads_instead(asked, library)) is not None:
        return replace(leads, strategy="corrected", opening=say(language, "no-unit", unit=body), trust=_INSTEAD)
    if body:
        return refusal(asked, None, say(language, "no-unit", unit=body))
    return None


def _tells_post(asked: Asked, nearest: Line | None) -> bool:
    """Whether a statement says by what post another is held: "Phó Chủ tịch Hội đồng là đại diện lãnh đạo Sở"."""
    if nearest is None:
        return False
    said = fold(nearest.text)
    return any(
        re.search(
            rf"\b{post}\b(?: \S+){{0,9}} la (?!nguoi(?! (?:dung dau|phu trach|quan ly|dai dien)))|\b(?:lam|la) {post}\b",
            said,
        )
        for post in POST.findall(fold(asked.question.text))
    )


_OF_THE_PLAN = re.compile(r"\b(?:ke hoach|de an|chuong trinh|plans?|programmes?|schemes?)\b")


def _asks_nothing(asked: Asked) -> bool:
    """Whether a question names neither a matter nor a document, a part, a number or a year: "ai vậy?"."""
    reading, scope = asked.reading, asked.scope
    named = reading.lookups or reading.parts or reading.numbers or reading.years or asked.question.documents
    told = scope.named or scope.unknown or scope.places
    if reading.kind in ("lead", "coordinate") and _OF_THE_PLAN.search(fold(asked.question.text)):
        return False  # "cơ quan thường trực của kế hoạch": of whatever plans there are
    return not (content(asked.topic) or asked.missing or asked.carried or named or told)


def _leads_instead(asked: Asked, library: Library) -> Draft | None:
    """Who leads the part that a question takes for the duty of a body which no document has."""
    if not asked.reading.parts or not asked.scope.named:
        return None
    draft = answer_lead(replace(asked, reading=replace(asked.reading, kind="lead", yes_no=False)), library)
    return draft if draft is not None and not draft.opening else None


_INSTEAD = 0.75  # how probably that answers
_LEADS = r"(?:chủ trì|phụ trách|đứng đầu|làm đầu mối|đầu mối|lãnh đạo)"
# Where what somebody leads ends, and what is asked of it begins.
_BEYOND = re.compile(
    r"\s(?:như thế nào|thế nào|ra sao|được (?:cấp|giao|bố trí|phân bổ)|thì|gồm|có (?:bao nhiêu|mấy|những)|bao nhiêu)\b"
    r"|\s(?:những gì|ở đâu|làm gì|vậy|phải|sẽ|năm (?:19|20)\d\d)\b|[?!]"
)

_WHICH = re.compile(r"\b(?:nao|gi|may)\b")


def claimed_lead(asked: Asked, library: Library) -> tuple[str, str]:
    """A body that no document has and that a question takes to lead something, and who really does, as a question.

    "Phòng Y tế chủ trì dự án 7 như thế nào?": "Đơn vị nào chủ trì dự án 7?". Both are "" for any other question.
    """
    body = missing_body(asked, library) if asked.reading.language == "vi" and not asked.carried else ""
    claimed = re.search(rf"{re.escape(body)}.{{0,60}}?{_LEADS}", asked.text) if body else None
    if claimed is None:
        return "", ""
    led = _BEYOND.split(asked.text[claimed.end() :])[0]
    if not content(syllables(led)) or _WHICH.search(fold(led)):
        return "", ""  # "chủ trì việc gì?" takes nothing for granted but the body
    return body, f"Đơn vị nào chủ trì{led}?"


def fails(asked: Asked, library: Library, draft: Draft, *, strictly: bool = True) -> bool:
    """Whether a draft lacks what the question names: its numbers, a count of what is counted, its year, a part's sum.

    That it has other numbers, counts other things, or stands below another body's name, matters only ``strictly``: of
    such as are surely the answer otherwise, 15 of 17 were right on suites that nothing is fitted with (12 of 13 on dev).
    """
    if asked.reading.kind == "budget" and asked.reading.parts and not _states_money(draft):
        return True
    if asked.reading.kind == "budget" and not sums_all(asked, library, draft):
        return True
    if strictly and (other_body(asked, library, draft) or lacks_what_is_named(asked, library, draft)):
        return True
    if leaves_unsaid(asked, library, draft):
        return True
    if _lacks_cited(asked, library, draft) or _of_several_parts(asked, draft):
        return True
    if strictly and asked.reading.kind == "target" and draft.strategy == "read" and not counts(asked, library, draft):
        return True
    if draft.strategy in ("read", "duties", "duties-of") and not holds_numbers(
        asked, library, draft, strictly=strictly
    ):
        return True
    if draft.strategy in _SAID_BY_ONE and not holds_ordinals(asked, library, draft):
        return True
    if (
        draft.strategy in _SAID_BY_ONE
        and _SUM_ASKED.search(fold(asked.question.text))
        and not _states_sum(draft, library)
        and not pays_nothing(asked, draft)
    ):
        return True
    if (
        draft.strategy in ("read", "sums", "target", "list", "corrected", "duties", "duties-of", "headed", "part")
        and of_the_present(asked)
        and not _is_so(draft, library)
    ):
        return True
    return draft.strategy not in _OF_NO_YEAR and _of_another_year(asked, library, draft)


_SAID_BY_ONE = ("read", "sums", "duties", "duties-of", "headed", "part", "list")
# "Tiền ăn bao nhiêu một ngày", "cấp bao nhiêu tiền": what answers is a sum.
_SUM_ASKED = re.compile(
    r"\btien (?!do\b|trinh\b|hanh\b|si\b|toi\b|bo\b)(?:\w+ ){0,3}(?:la )?bao nhieu\b|\bbao nhieu (?:tien|kinh phi|von|dong|trieu|ty)\b(?! le)"
)
# What is worked out, or puts a premise right, need not have the year that is asked about.
_OF_NO_YEAR = ("figures", "corrected", "elsewhere", "period", "whether", "rise", "most", "sides", "asks")


_ALONE = re.compile(r"\b(?:rieng|chi|mot minh|only|alone|by itself|just)\b")


def _of_several_parts(asked: Asked, draft: Draft) -> bool:
    """Whether a sum that is asked for one part alone is stated for several together only."""
    if draft.strategy != "sums" or len(asked.reading.parts) != 1 or not _ALONE.search(fold(asked.question.text)):
        return False
    (own,) = asked.reading.parts
    level = "content" if own.content else "sub" if own.sub else "project"
    together = [len({getattr(part, level) for part in parts_in(line.text)} - {0}) > 1 for line in draft.lines]
    return all(together)


def _lacks_cited(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a question is about a document by its number which is only cited, and the statements do not name it."""
    own = {word for word in asked.scope.words if word.isdigit()}
    cited = [number for number in asked.reading.numbers if re.split(r"\D", number.lstrip("0"))[0] not in own]
    if not cited:
        return False
    texts = [line.text for line in (*draft.lines, *draft.more)]
    texts.extend(heading for line in draft.lines for quote in line.quotes for heading in quote.path)
    texts.extend(library.books[line.document].info.title for line in draft.lines)
    said = fold(" ".join(texts)).replace(" ", "")
    return any(fold(number).replace(" ", "") not in said for number in cited)


# "Không hoàn lại" is a kind of aid, and no denial; nor is "không chỉ …".
_DENIES = re.compile(
    r"\b(?:không(?! (?:hoàn lại|chỉ|ngừng|gian|khí|thể thiếu|dàn trải))|chưa|chẳng|ngoại trừ|trừ)\b", re.IGNORECASE
)
# Two things to choose from, or a claim about all of something: no single sentence affirms these.
_EITHER = re.compile(
    r"\b(?:hay(?! khong)|hoac|or|toan|chi|duy nhat|tat ca|toan bo|moi|deu|hoan toan|luon|cung (?:mot|chung)|only|all|every|each|entirely|solely|same|exactly|just)\b"
)
_AFFIRMED = 0.85


def affirms(asked: Asked, draft: Draft, library: Library) -> bool:
    """Whether the first statement says just what a question asks to be told is so: all its words, and no denial."""
    if not asked.reading.yes_no or asked.reading.compares or draft.opening or not draft.lines:
        return False
    asks = fold(asked.question.text)
    if (
        _EITHER.search(asks)
        or compares_amounts(asked)
        or len(content(asked.topic)) < _FEW_WORDS
        or of_the_present(asked)
    ):
        return False
    line = draft.lines[0]
    if not set(days_in(asked.question.text)) <= set(days_in(line.text)):
        return False
    if _DENIES.search(line.text) or not holds_numbers(asked, library, replace(draft, lines=(line,), more=())):
        return False
    return asked.matter.covered_by(held_by(line), library.books[line.document].title_bag) >= _AFFIRMED


def other_day(asked: Asked, draft: Draft) -> str:
    """The day that a question takes something for, as it has it, where all days that are told are others; else ""."""
    claimed = set(days_in(asked.question.text))
    told = {day for line in draft.lines for day in days_in(line.text)}
    plainly = asked.reading.yes_no and not draft.opening and not draft.closing
    return first_day(asked.question.text) if plainly and claimed and told and not claimed & told else ""


_ASKS_FIGURE = re.compile(
    r"\b(?:bao nhieu|may|ty le|chiem|con so|how (?:many|much)|what (?:share|rate|percent\w*|is the (?:rate|share|number))|value)\b"
)
# A plan says what is to be done: what there is now, or has been reached, it seldom says.
_NOW = re.compile(
    r"\b(?:hien nay|hien tai|hien (?:dang )?(?:co|con)|(?<!thuc )(?<!the )(?<!phat )(?<!bieu )(?<!xuat )hien (?:[a-z]+ ){1,4}(?:co|con)|dang co|bay gio|luc nay)\b|\b(?:currently|at present|right now|at the moment)\b"
)
_REACHED = re.compile(
    r"\b(?:(?<!kip )(?<!hop )(?<!voi )(?<!hinh )(?<!kien )(?<!cau )(?<!tu )(?<!vao )thuc te|(?:den|toi) nay|da (?:thuc te )?(?:\w+ ){1,3}duoc|da giai ngan|da (?:tung )?(?:tai tro|vien tro|ky ket|(?:ky )?cam ket(?: tai tro)?|giai ngan|hoan thanh|nhan duoc)\b(?=.{0,60}\b(?:nao|ai|bao nhieu|may|gi))|(?:nao|ai|bao nhieu) (?:\w+ )?da (?:tung )?(?:tai tro|vien tro|ky ket|cam ket tai tro|giai ngan|hoan thanh|nhan duoc))\b|\b(?:so far|to date|actually (?:been )?(?:\w+ed|spent|paid|given|built|done|got)|actual (?:\w+ ){0,4}(?:rates?|numbers?|figures?|amounts?|shares?|results?|levels?)|(?:has|have) (?:\w+ )?(?:funded|sponsored|donated|paid|given|spent)|already (?:run|rais|receiv|work|built|disburs|pledg|committ|sign|giv|paid|spen)\w*)\b"
)
_IS_SO = re.compile(
    r"\b(?:(?<!thuc )(?<!the )(?<!phat )hien (?:nay|co|tai|con|dang)|den nay|tinh den|thuc trang|da (?:dat|co|duoc|thuc hien|giai ngan|huy dong|van dong|trien khai)|tu \d[\d.,]*\s?%? (?:len|xuong|con)|chua|con \d|cho (?:huong dan|y kien|chu truong))\b"
    r"|\b(?:ket qua|thuc hien|hien trang|uoc(?: dat)?)(?: nam)? \d{4}|\b\d{4} \((?:uoc )?(?:thuc hien|ket qua|th)\)"
)


def of_the_present(asked: Asked) -> bool:
    """Whether a question asks for a figure as it is now, or for what has been reached."""
    said = fold(_like_already(asked.question.text))
    return _REACHED.search(said) is not None or (
        _NOW.search(said) is not None and _ASKS_FIGURE.search(said) is not None
    )


def _like_already(text: str) -> str:
    """A question with marks without the words that are "đã" but for these: "xã Đà Bắc được …", "hoang dã"."""
    if not has_marks(text):
        return text
    return re.sub(r"\w+", lambda word: "-" if fold(word[0]) == "da" and key(word[0]) != "đã" else word[0], text)


def _is_so(draft: Draft, library: Library) -> bool:
    """Whether a statement says how things are; what a report says is so."""
    lines = (*draft.lines, *draft.more)
    headers = [library.books[line.document].info.header for line in lines]
    reports = any(one.kind is not None and fold(one.kind.value).startswith("bao cao") for one in headers)
    return reports or any(_IS_SO.search(fold(line.text)) for line in lines)


def _states_money(draft: Draft) -> bool:
    """Whether a statement has a sum of money."""
    lines = (*draft.lines, *draft.more)
    return any(MONEY.search(with_units(f"{line.label} : {line.text}")) is not None for line in lines)


def _states_sum(draft: Draft, library: Library) -> bool:
    """The same where a row of a table may have it as a number alone."""
    rows = (
        line for line in (*draft.lines, *draft.more) if line.quotes[0].span in library.books[line.document].table_rows
    )
    return _states_money(draft) or any(re.search(r": \d", line.text) for line in rows)


def _of_another_year(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the question names a year that none of the documents that the draft is about speaks of."""
    texts = [library.books[one].text for one in dict.fromkeys(line.document for line in draft.lines)]
    return any(not any(holds_year(text, year) for text in texts) for year in asked.reading.years)


_BODY = re.compile(
    r"(?<![Cc]ơ )\b(?:Sở|Phòng|Chi cục|Cục|Công an|Hội|Trung tâm|Kho bạc|Ngân hàng|Tòa án|Hạt Kiểm lâm|Bảo hiểm xã hội|Thanh tra|Bệnh viện|Đài|Bộ|Viện|Liên minh|Tỉnh đoàn|Huyện đoàn|Đoàn) "
    rf"(?:[{CAPITALS}]\w*(?:\s+(?:và\s+)?|,\s+|\s+-\s+)?(?:[a-zđà-ỹ]+\s+(?:và\s+)?(?=[{CAPITALS}]|và\s))?){{1,5}}(?:\s?[a-zđà-ỹ]+)?"
)


def other_body(asked: Asked, library: Library, draft: Draft) -> str:
    """The one body that a question is about, where all statements stand below other bodies' names and do not name it; or ""."""
    kind = asked.reading.kind
    about = kind in ("deadline", "duties", "target", "budget", "list", "open") and not asked.reading.compares
    if asked.reading.language == "en" or asked.carried or not about or draft.strategy not in _BY_BODY:
        return ""
    found = list(_BODY.finditer(asked.text))
    named = {fold(" ".join(match.group().split()[:3])) for match in found}
    if len(named) != 1:
        return ""
    (name,) = named
    others = all(_is_others(line, name, library.books[line.document]) for line in (*draft.lines, *draft.more))
    return (full_name(asked.text, found[0].start()) or found[0].group().strip()) if others else ""


_BY_BODY = ("read", "due", "list", "headed", "part")


def _is_others(line: Line, name: str, book: Book) -> bool:
    """Whether a statement stands below a heading that is a body's name, and that one is named nowhere in it."""
    path = [fold(heading) for quote in line.quotes for heading in quote.path]
    said = " ".join((fold(line.label), fold(line.text), fold(book.info.title), *path))
    others = any(fold(unit) in heading for unit, _ in book.units for heading in path)
    return name not in said and others


_BARE_BODY = re.compile(r"(?<!\bco )\b(?:so|phong|chi cuc|trung tam|hoi|vien) [a-z]+ [a-z]+")


def missing_body(asked: Asked, library: Library) -> str:
    """A body that the question is about and that no document in its scope has, or ""."""
    kind = asked.reading.kind
    if kind in ("lead", "coordinate") or asked.reading.yes_no:
        return ""  # whether it does is what is asked
    if kind != "duties" and asked.reading.language == "en":
        return ""  # a rendering may be another body's name
    books = library.scoped(asked.scope.documents)
    if any(find_units(asked, book) for book in books):
        return ""
    named = _BODY.search(asked.text)
    if named is None:
        bare = asked.reading.kind == "duties" and not has_marks(asked.text)
        return _missing_bare(asked, books) if bare else ""
    words = named.group().split()
    while len(words) > 1 and (fold(words[-1]) in asked.scope.words or words[-1].islower()):
        words.pop()  # "Tỉnh đoàn Phú Thọ phải": the place of the plan is no part of the name
    name = " ".join(words[:3])
    if any(word.isupper() and len(word) > 1 for word in name.split()):
        return ""  # "Phòng DT": written in short as no document does
    # A line may end inside the name, and a letterhead has it in capitals.
    # "Hội Phụ nữ" is what people call the Hội Liên hiệp Phụ nữ.
    head, *rest = map(re.escape, name.split())
    between = r"\s+(?:Liên hiệp\s+|LH\s?)?" if head == "Hội" else r"\s+"
    pattern = re.compile(r"(?<![Cc]ơ )" + head + between + r"\s+".join(rest))
    whole = full_name(asked.text, named.start()) or named.group().strip()
    return "" if any(pattern.search(book.text) or name.upper() in _issuer(book) for book in books) else whole


def _issuer(book: Book) -> str:
    issuer = book.info.header.issuer
    return issuer.value.upper() if issuer is not None else ""


def _missing_bare(asked: Asked, books: Sequence[Book]) -> str:
    """The same for a body that is written in small letters: its first word and the two after it."""
    named = _BARE_BODY.search(" ".join(asked.words))
    if named is None:
        return ""
    found = re.compile(rf"(?<!\bco ){re.escape(named.group())}\b")
    return "" if any(found.search(book.folded) for book in books) else named.group()


_FEW_WORDS = 3
_DUE = 0.8  # the body that is asked about, and most of the matter


def stands_alone(asked: Asked, draft: Draft) -> bool:
    """Whether how a draft was found says enough: by what a document says of itself, by the part that was named."""
    if draft.certain:
        return True
    if draft.strategy == "due":
        return draft.support >= _DUE
    if draft.strategy == "headed":
        return not content(asked.topic)
    of_part = draft.strategy in ("sums", "duties", "list") and bool(asked.reading.parts)
    if of_part and draft.strategy == "list" and len(content(asked.topic)) > _FEW_WORDS:
        # "04 gói … trong Dự án 8 để làm gì": one thing of a part, not all of it.
        of_part = False
    return draft.strategy in ("whether", "plan-lead", "most", "figures") or of_part


def held(asked: Asked, draft: Draft, line: Line, library: Library) -> float:
    """How much of the topic a statement's quotes, their headings and the document's title hold together.

    A sum says little of what it is for: there the part that it stands in counts too.
    """
    if not asked.matter:
        return 1.0
    book = library.books[line.document]
    texts: list[str] = []
    for quote in line.quotes:
        texts.extend(quote.path)
        texts.append(reading(book.text, quote.span).text)
        for passage in book.passages:
            if passage.kind != "list" and passage.lead is not None and passage.span == quote.span:
                texts.append(book.passages[passage.lead].reading)
    around: frozenset[str] = frozenset()
    if draft.strategy == "sums":
        quote = line.quotes[0]
        inside = (one for one in book.passages if one.kind != "list" and one.span.start < quote.span.end)
        around = book.section_bag(max(inside, key=lambda one: one.span.start).section)
    return asked.matter.held_by(book.bag("\n".join(texts)), book.title_bag, around)


_NEAR = 0.25  # of the words of the question
_OF_MONEY = re.compile(
    r"\b(?:trieu|ty(?! le)|tien|kinh phi|von|ngan sach)\b|\b(?:million|billion|money|funds?|budget)\b"
)


_SAID_SO = {
    "lead": re.compile(
        r"\b(?:chu tri|dau moi|phu trach|chiu trach nhiem|thuong truc|dung dau|leads?|in charge|responsible|heads?)\b"
    ),
    "coordinate": re.compile(r"\b(?:phoi hop|tham gia|cung lam|coordinat\w+|cooperat\w+|support\w*)\b"),
    "budget": _OF_MONEY,
    "deadline": re.compile(
        r"\b(?:khi nao|bao gio|luc nao|han|thoi han|thoi gian|ngay (?:nao|may|bao nhieu)|thang (?:nao|may)|nam (?:nao|may)|bao lau|dinh ky|when|deadline|due|date|how (?:long|often))\b"
    ),
    "target": re.compile(
        r"\b(?:chi tieu|muc tieu|ty le|ti le|phan tram|targets?|rates?|share|per ?cent\w*|goals?)\b|%"
    ),
}


def refuse_for_want(asked: Asked, library: Library, nearest: Line | None) -> Draft:
    """The refusal where nothing answers, with the nearest thing that the documents do say."""
    language = asked.reading.language
    kind = asked.reading.kind if not asked.reading.person else "open"
    if kind == "target" and _OF_MONEY.search(NO_MONEY.sub(" ", fold(asked.question.text))):
        kind = "budget"
    # Only what the question says so itself is called by its name: "mấy ngày" asks for no target.
    cue = _SAID_SO.get(kind)
    known = cue is not None and cue.search(NO_MONEY.sub(" ", fold(asked.question.text))) is not None
    what = say(language, f"what-{kind}" if known else "what-open")
    if asked.reading.parts:
        text = say(language, "none-part", what=what, part=part_name(asked.reading.parts[0]))
    elif of_the_present(asked) and not (nearest is not None and _is_so(_alone(nearest), library)):
        text = say(language, "none-present")
    elif years := [year for year in asked.reading.years if year not in asked.scope.years and not _says(nearest, year)]:
        text = say(language, "none", what=say(language, "what-year", year=years[0]))
    else:
        text = say(language, "none", what=what)
    if nearest is not None and asked.matter.words_held_by(held_by(nearest)) < _NEAR:
        nearest = None  # a sentence that has next to nothing of what is asked is no help
    return refusal(asked, _heading_asked(asked, library) or nearest, text)


def _alone(line: Line) -> Draft:
    return Draft(strategy="read", lines=(line,), support=0.0)


def _says(nearest: Line | None, year: str) -> bool:
    return nearest is not None and holds_year(nearest.text, year)


def refusal(asked: Asked, nearest: Line | None, opening: str) -> Draft:
    """A refusal that says ``opening``, with the nearest thing that the documents do say or what was looked for."""
    language = asked.reading.language
    lines: tuple[Line, ...] = ()
    if nearest is not None:
        label = say(language, "nearest", text="").rstrip(": ")
        # What begins in small letters says nothing without the heading above: "là cơ quan thường trực".
        whose = f" ({nearest.label})" if nearest.label and nearest.text[:1].islower() else ""
        lines = (replace(nearest, label=label + whose),)
    looked = say(language, "looked", what=escape(asked.question.text.strip().rstrip("?"))) if not lines else ""
    return Draft(strategy="refused", lines=lines, support=0.0, opening=opening, closing=looked, abstained=True)


def _heading_asked(asked: Asked, library: Library) -> Line | None:
    """The heading of the programme part that was asked for."""
    for part in asked.reading.parts:
        for book in library.scoped(asked.scope.documents):
            section = heading_of_part(book, part)
            if section is not None:
                passage = next((one for one in book.passages if one.section == section.index), None)
                if passage is not None:
                    return Line(
                        document=book.info.id,
                        text=passage.path[-1] if passage.kind != "heading" else passage.reading,
                        quotes=(quote_passage(passage),),
                    )
    return None
