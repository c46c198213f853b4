"""When not to answer: what the question names that no document has, and evidence that is too thin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.normalise import CAPITALS, fold, has_marks
from ingest.reading import reading
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.library import MONEY, Book, Library
from retrieval.answer.roles import answer_lead, find_units, heading_of_part, part_name
from retrieval.answer.terms import bag, content
from retrieval.answer.wording import say
from retrieval.tokens import marked_syllables


def refuse(asked: Asked, library: Library, nearest: Callable[[], Line | None]) -> Draft | None:
    """A refusal for what the question names and no document has, with its reason; None where there is nothing of it.

    ``nearest`` finds the nearest thing that the documents do say.
    """
    language = asked.reading.language
    if asked.scope.unknown:
        name = asked.scope.unknown[0]
        key = "no-number" if any(letter.isdigit() for letter in name) else "no-place"
        value = {"number": name} if key == "no-number" else {"place": name}
        return _refusal(asked, None, say(language, key, **value))
    if asked.reading.parts:
        books = library.scoped(asked.scope.documents)
        missing = [
            part for part in asked.reading.parts if not any(part.holds(known) for book in books for known in book.parts)
        ]
        if missing:
            return _refusal(asked, None, say(language, "no-part", part=part_name(missing[0])))
    if asked.reading.person:
        return refuse_for_want(asked, library, nearest())
    body = _missing_body(asked, library)
    if body and (leads := _leads_instead(asked, library)) is not None:
        return replace(leads, strategy="corrected", opening=say(language, "no-unit", unit=body), trust=_INSTEAD)
    if body:
        return _refusal(asked, None, say(language, "no-unit", unit=body))
    return None


def _leads_instead(asked: Asked, library: Library) -> Draft | None:
    """Who leads the part that a question takes for the duty of a body which no document has."""
    if not asked.reading.parts or not asked.scope.named:
        return None
    draft = answer_lead(replace(asked, reading=replace(asked.reading, kind="lead", yes_no=False)), library)
    return draft if draft is not None and not draft.opening else None


_INSTEAD = 0.75  # how probably that answers


def fails(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a draft lacks what the question names: its numbers, a count of what is counted, its year, a part's sum."""
    if asked.reading.kind == "budget" and asked.reading.parts and not _states_money(draft):
        return True
    if _lacks_cited(asked, library, draft):
        return True
    if asked.reading.kind == "target" and draft.strategy == "read" and not _counts(asked, library, draft):
        return True
    if draft.strategy in ("read", "duties", "duties-of") and not holds_numbers(asked, library, draft):
        return True
    if (
        draft.strategy in ("read", "sums", "target", "list", "corrected")
        and of_the_present(asked)
        and not _is_so(draft)
    ):
        return True
    return draft.strategy.startswith("header") and _of_another_year(asked, library, draft)


def _lacks_cited(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a question is about a document by its number which is only cited, and the statements do not name it."""
    own = {word for word in asked.scope.words if word.isdigit()}
    cited = [number for number in asked.reading.numbers if re.split(r"\D", number.lstrip("0"))[0] not in own]
    texts = [line.text for line in (*draft.lines, *draft.more)]
    texts.extend(heading for line in draft.lines for quote in line.quotes for heading in quote.path)
    texts.extend(library.books[line.document].info.title for line in draft.lines)
    said = fold(" ".join(texts)).replace(" ", "")
    return any(fold(number).replace(" ", "") not in said for number in cited)


_NUMBER = re.compile(r"(?<![\w/.,-])\d{1,3}(?:[.,]\d{3})*(?:,\d+)?(?![\w/-]|[.,]\d)")


_SUM = re.compile(rf"{MONEY.pattern}|\d\s?%|\d{{1,3}}[.,]\d{{3}}\b", re.IGNORECASE)
# What can be told by its form: where it is asked for, the evidence must have something of the form.
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:so )?dien thoai\b|\bsdt\b|\bhotline\b|\bso may\b(?! moc)(?=.{0,30}lien he)|\b(?:phone|telephone)\b|\bfax\b"
        ),
        re.compile(r"\d{3,4}[.\s-]?\d{3}[.\s-]?\d{3,4}"),
    ),
    (
        re.compile(
            r"\b(?:bao nhieu|may) (?:tien|kinh phi|von|ngan sach|dong|ty|trieu)\b|\b(?:so )?(?:ty|trieu) dong\b.{0,80}\bbao nhieu\b|\b(?<!so )(?<!chat )(?<!khoi )(?<!san )luong (?:cua|thang|hang thang|cho)\b.{0,60}\bbao nhieu\b|\b(?:phu cap|tien luong|muc luong|tien cong|hoc phi|muc (?:ho tro|chi|thu|phat|thuong|vay))\b.{0,50}\bbao nhieu\b|\bin (?:billions?|millions?) of (?:dong|vnd)\b|\bhow much (?:money|funding|capital)\b|\bhow much\b.{0,60}\b(?:cost|spent|paid|allocated|budget)\b"
            r"|\btong (?:muc dau tu|chi phi|gia tri)\b|\b(?:total|investment|construction) costs?\b|\bhow many (?:billion|million)s?\b"
        ),
        _SUM,
    ),
    (
        re.compile(
            r"\bwhat (?:is|are|was|were|will be) the (?:total |overall |estimated |planned )*(?:costs?|price|budget|funding|investment)\b|\b(?:kinh phi|chi phi|tong muc dau tu|tong von|so tien|gia tri)\b.{0,80}\b(?:la |het |can |khoang )?bao nhieu\b(?! (?:phan tram|%|nam|xa|ho|nguoi))"
        ),
        _SUM,
    ),
    (
        re.compile(r"\b(?:bao nhieu|may) (?:phan tram|%)|\b(?:what|how many) per ?cent(?:age)?\b"),
        re.compile(r"\d\s?%|phần trăm"),
    ),
    (
        re.compile(r"\bngay (?:nao|may|bao nhieu)\b|\b(?:what|which) (?:date|day)\b"),
        re.compile(
            r"ngày\s+\d|(?<![\d.,])\d{1,2}[/-]\d{1,2}(?!\d)|\d{1,2}\.\d{1,2}\.\d{4}|tháng\s+\d|quý|hằng (?:ngày|tháng|tuần)",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:bao nhieu|may) (?:km|cay so|kilomet|ki ?lo ?met)\b|\bhow many (?:km|kilomet(?:re|er)s)\b"),
        re.compile(r"\d\s?(?:km|ki ?lô ?mét)\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\b(?:bao nhieu|may) (?:nguoi|can bo|nhan vien|bien che|thanh vien|to vien)\b|\bhow many (?:people|staff|employees|officials)\b"
        ),
        re.compile(
            r"\d%?\s+(?:\w+\s+){0,3}(?:người|cán bộ|biên chế|đồng chí|lao động|thành viên|học viên)\b", re.IGNORECASE
        ),
    ),
    (re.compile(r"\bcong ty nao\b|\bwhich company\b"), re.compile(r"\bcông ty\b", re.IGNORECASE)),
    (re.compile(r"\bngan hang nao\b|\bwhich bank\b"), re.compile(r"\bngân hàng\b", re.IGNORECASE)),
    (re.compile(r"\bbenh vien nao\b|\bwhich hospital\b"), re.compile(r"\bbệnh viện\b", re.IGNORECASE)),
    (re.compile(r"\b(?:to )?bao,? (?:tap chi )?nao\b|\bwhich newspapers?\b"), re.compile(r"\bbáo [A-ZĐ]")),
    (re.compile(r"\be-?mail\b|\bthu dien tu\b"), re.compile(r"@")),
    (re.compile(r"\bwebsite\b|\btrang web\b|\bweb site\b"), re.compile(r"www\.|https?:|\.vn\b")),
    (
        re.compile(r"\bso tai khoan\b|\btai khoan (?:so|ngan hang|kho bac)\b|\b(?:bank )?account number\b"),
        re.compile(r"\d{6,}"),
    ),
    (
        re.compile(r"\bdia chi (?:cua|tru so|o dau|nao|lien he)\b|\b(?:street|postal|office) address\b"),
        re.compile(r"\bsố \d+|đường |phố "),
    ),
)


def has_form(asked: Asked, draft: Draft) -> bool:
    """Whether a statement has what is asked for by its form: a telephone number, an address."""
    asks = fold(asked.question.text)
    wanted = [form for cue, form in _FORMS if cue.search(asks)]
    lines = (*draft.lines, *draft.more)
    said = [*(line.text for line in lines), draft.closing]
    by_itself = draft.strategy.startswith("header")  # each line tells another thing of the document
    held = all(
        form.search(draft.closing) is not None
        or (any(form.search(line.text) for line in lines) if by_itself else _told_of_it(asked, form, lines))
        for form in wanted
    )
    return held and _as_often(asks, said) and _in_unit(asks, said) and _is_most(asks, draft)


def _told_of_it(asked: Asked, form: re.Pattern[str], lines: Sequence[Line]) -> bool:
    """Whether a line has the form that speaks of what is asked as much as the others: not any date, any sum.

    The date of a document that is cited is none of what is asked.
    """
    if not lines:
        return False
    about = [asked.matter.covered_by(_held_by(line)) for line in lines]
    due = asked.reading.kind == "deadline" and not _ASKS_DATED.search(fold(asked.question.text))
    texts = [_CITED_DATE.sub(" ", line.text) if due else line.text for line in lines]
    own = [share for share, text in zip(about, texts, strict=True) if form.search(text)]
    return bool(own) and max(own) >= _AS_MUCH * max(about)


def _held_by(line: Line) -> frozenset[str]:
    path = (heading for quote in line.quotes for heading in quote.path)
    return bag(marked_syllables("\n".join((line.label, line.text, *path))))


_CITED_DATE = re.compile(r"(?<=[-/]\w)[\w&/-]*\s+ngày\s+\d{1,2}(?:\s+tháng\s+|[/.-])\d{1,2}(?:\s+năm\s+|[/.-])\d{4}")
# The date of a document is asked for with it: "theo quyết định nào, ngày nào".
_ASKS_DATED = re.compile(
    r"\b(?:quyet dinh|nghi quyet|ke hoach|van ban|chi thi|thong tu|nghi dinh)\b(?: \S+){0,6} (?:nao|gi|may|bao nhieu),? (?:(?:va|cung) )?(?:(?:ky|ban hanh|ra) )?(?:nhung )?ngay\b"
    r"|\b(?:ky|ban hanh) (?:vao )?(?:nhung )?ngay (?:nao|may)\b"
)
_AS_MUCH = 0.6
_MOST_ASKED = re.compile(
    r"\b(?:nao|gi|ai)\b.{0,60}\b(?:nhieu|it|cao|thap|lon|nho|som|muon|dai|ngan|dong)\b.{0,40}\bnhat\b|\b(?:which|what|who)\b.{0,60}\b(?:most|least|largest|smallest|highest|lowest|biggest|earliest|latest|longest|fewest)\b"
)


def _is_most(asks: str, draft: Draft) -> bool:
    """Whether what is asked to be the most of something is said, or was worked out, to be so."""
    if draft.strategy != "read" or not _MOST_ASKED.search(asks):
        return True
    return any(re.search(r"\bnhat\b", fold(line.text)) for line in draft.lines)


# How often something is done or reported, folded: a yearly report is no answer to one for a quarter.
_OFTEN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        re.compile(
            rf"\b(?:bao cao|so ket|tong ket|hop|giao ban)\b(?: (?:dinh ky|hang|hoat dong|tien do|ket qua))* {vi}\b|\b{en} (?:\w+ )?(?:reports?|meetings?|reviews?)\b"
        ),
        re.compile(answer),
    )
    for vi, en, answer in (
        (
            "(?:theo |hang |moi )?quy(?! (?:dinh|mo|che|trinh|hoach|luat))",
            "quarterly",
            r"\bquy\b(?! dinh)|\b(?:3|03|ba) thang",
        ),
        (
            "(?:hang|moi) thang",
            "monthly",
            r"\b(?:hang|moi) thang\b|\bbao cao thang\b|\bthang\b(?! \d)",
        ),
        ("(?:hang|moi) tuan", "weekly", r"\btuan\b"),
        ("(?:6|06|sau) thang", "(?:half-yearly|six-monthly|biannual|semi-annual|mid-year)", r"\b(?:6|06|sau) thang\b"),
        ("(?:9|09|chin) thang", "nine-month", r"\b(?:9|09|chin) thang\b"),
    )
)


_UNIT_ASKED = re.compile(
    r"\b(?:bao nhieu|may|how many) (hecta|hec ta|ha|km|kilomet|met|m2|m3|mw|kw|kwh|tan|kg|tuoi|lop|phong hoc|giuong|hectares?|tons?|tonnes?|years old|megawatts?)\b"
)
_IN_UNITS = {
    "hecta": "ha", "hec": "ha", "hec ta": "ha", "hectare": "ha", "hectares": "ha", "kilomet": "km", "met": "m", "ton": "tan", "tons": "tan", "tonne": "tan", "tonnes": "tan",
    "years old": "tuoi", "mega": "mw", "megawatt": "mw", "megawatts": "mw",
}  # fmt: skip


def _in_unit(asks: str, said: Sequence[str]) -> bool:
    """Whether a number in the unit that is asked for is stated: "bao nhiêu MW" is no number of works."""
    units = {_IN_UNITS.get(unit, unit) for unit in _UNIT_ASKED.findall(asks)}
    return all(any(re.search(rf"\d\s?{unit}\b", fold(one)) for one in said) for unit in units)


def _as_often(asks: str, said: Sequence[str]) -> bool:
    wanted = [answer for cue, answer in _OFTEN if cue.search(asks)]
    return all(any(answer.search(fold(one)) for one in said) for answer in wanted)


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
    if _EITHER.search(asks) or len(content(asked.topic)) < _FEW_WORDS or of_the_present(asked):
        return False
    line = draft.lines[0]
    if _DENIES.search(line.text) or not holds_numbers(asked, library, replace(draft, lines=(line,), more=())):
        return False
    return asked.matter.covered_by(_held_by(line), library.books[line.document].title_bag) >= _AFFIRMED


def named_numbers(asked: Asked) -> set[str]:
    """The figures that a question names, but for years, parts and documents."""
    said = _PERIOD.sub(" ", _PART_NUMBER.sub(" ", fold(asked.alone)))
    if _YEARLONG.search(asked.question.text):
        said = _YEARS.sub(" ", said)
    named = {number.lstrip("0") for number in _NUMBER.findall(said)}
    return named - {"1"}  # "một khoản", written in digits


# How long a plan runs is no figure that a statement must have: "giai đoạn 5 năm", "the five-year amount".
_PERIOD = re.compile(r"\b(?:giai doan|chang|trong|suot|ca|ke hoach) \d+ nam\b(?! \d)")
_YEARLONG = re.compile(r"\b(?:\d+|two|three|four|five|ten)-year\b", re.IGNORECASE)
_YEARS = re.compile(r"\b\d+ nam\b(?! \d)")


def holds_numbers(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the statements or their headings have every number that the question names, but for years and parts.

    "Báo cáo 6 tháng" is no yearly report, and 73 works are not 68.
    """
    named = named_numbers(asked)
    if not named:
        return True
    said: list[str] = []
    for line in (*draft.lines, *draft.more):
        book = library.books[line.document]
        said.extend((line.text, book.info.title, *(heading for quote in line.quotes for heading in quote.path)))
        said.extend(book.text[quote.span.start : quote.span.end] for quote in line.quotes)
        said.extend(field.value for field in (book.info.header.number, book.info.header.date) if field is not None)
    plain = _ENUMERATED.sub(lambda match: match.group().replace(",", " "), " ".join(said))
    found = {number.lstrip("0") for number in re.findall(r"\d+(?:[.,]\d+)*", plain)}
    return named <= found


_ENUMERATED = re.compile(r"(?<![\d.,])\d(?:,\d){2,}(?![\d.,]*\d)")  # "nhóm 2,3,4" are three numbers
_UNITS = {
    "phan tram": "%", "percent": "%", "per cent": "%", "billion": "ty", "million": "trieu", "hectares": "ha", "kilometres": "km",
    "households": "ho", "communes": "xa", "villages": "thon", "people": "nguoi", "works": "cong trinh",
}  # fmt: skip
_MEASURED = re.compile(
    r"(?<![\w/.,-])(\d[\d.,]*\d|\d)\s?(%|phan tram|per ?cent|ty|trieu|billion|million|ha|hectares|km|kilometres|ho|households|xa|communes|thon|villages|nguoi|people|cong trinh|works|lan|tan|truong|lop|mo hinh)(?!\w)"
)


def _measures(text: str) -> dict[str, set[str]]:
    """The figures of a text by their unit: {"%": {"80"}}."""
    found: dict[str, set[str]] = {}
    for number, unit in _MEASURED.findall(fold(text)):
        found.setdefault(_UNITS.get(unit, unit), set()).add(number.lstrip("0"))
    return found


def other_figure(asked: Asked, draft: Draft) -> str:
    """The figure that a question takes for granted where the statement has another one of the same unit, or "".

    "Sao lại đặt mục tiêu 80 %?", where the plan says 50 %.
    """
    said = _measures(" ".join(line.text for line in draft.lines))
    for unit, numbers in _measures(asked.question.text).items():
        if said.get(unit) and not numbers & said[unit]:
            match = next(
                one for one in _MEASURED.finditer(fold(asked.question.text)) if one.group(1).lstrip("0") in numbers
            )
            return asked.question.text[match.start() : match.end()]
    return _other_count(asked, " ".join(line.text for line in draft.lines))


def _other_count(asked: Asked, said: str) -> str:
    """The same for a number of anything, by the two words behind it: "60 bà mẹ", where the plan says "40 bà mẹ"."""
    asks, answer = fold(asked.question.text), fold(said)
    for match in _COUNT.finditer(asks):
        number, thing = match.group(1).lstrip("0"), match.group(2)
        others = {other.lstrip("0") for other in re.findall(rf"(?<![\w/.,-])(\d[\d.,]*)\s+{thing}\b", answer)}
        if others and number not in {one.lstrip("0") for one in re.findall(r"\d[\d.,]*", answer)}:
            return asked.question.text[match.start() : match.end()]
    return ""


# A number of something, but of no date or part of a programme.
_COUNT = re.compile(
    r"(?<![\w/.,-])(?<!du an )(?<!noi dung )(?<!nam )(?<!so )(\d[\d.,]*)\s+((?!nam\b|thang\b|ngay\b|thi\b|la\b|va\b|cua\b)[a-z]{2,} [a-z]{2,})\b"
)


_ASKS_FIGURE = re.compile(
    r"\b(?:bao nhieu|may|ty le|chiem|con so|how (?:many|much)|what (?:share|rate|percent\w*|is the (?:rate|share|number))|value)\b"
)
# A plan says what is to be done: what there is now, or has been reached, it seldom says.
_NOW = re.compile(
    r"\b(?:hien nay|hien tai|hien (?:dang )?(?:co|con)|dang co|bay gio|luc nay)\b|\b(?:currently|at present|right now|at the moment)\b"
)
_REACHED = re.compile(
    r"\b(?:thuc te|den nay|da (?:thuc te )?(?:\w+ ){1,3}duoc|da giai ngan|da (?:tung )?(?:tai tro|vien tro|ky ket|(?:ky )?cam ket(?: tai tro)?|giai ngan|hoan thanh|nhan duoc)\b(?=.{0,60}\b(?:nao|ai|bao nhieu|may|gi))|(?:nao|ai|bao nhieu) (?:\w+ )?da (?:tung )?(?:tai tro|vien tro|ky ket|cam ket tai tro|giai ngan|hoan thanh|nhan duoc))\b|\b(?:so far|to date|actually|(?:has|have) (?:\w+ )?(?:funded|sponsored|donated|paid|given|spent)|already (?:run|rais|receiv|work|built|disburs|pledg|committ|sign|giv|paid|spen)\w*)\b"
)
_IS_SO = re.compile(
    r"\b(?:hien (?:nay|co|tai|con|dang)|den nay|tinh den|thuc trang|da (?:dat|co|duoc|thuc hien|giai ngan|huy dong|van dong|trien khai)|tu \d[\d.,]*\s?%? (?:len|xuong|con))\b"
)


def of_the_present(asked: Asked) -> bool:
    """Whether a question asks for a figure as it is now, or for what has been reached."""
    said = fold(asked.question.text)
    return _REACHED.search(said) is not None or (
        _NOW.search(said) is not None and _ASKS_FIGURE.search(said) is not None
    )


def _is_so(draft: Draft) -> bool:
    return any(_IS_SO.search(fold(line.text)) for line in (*draft.lines, *draft.more))


_PART_NUMBER = re.compile(
    r"\b(?:du an|noi dung|nd|da|tda|(?:sub-?)?project|muc|phan|dieu|quyet dinh|ke hoach|so|plan|decision)(?: so)? \d+"
)
_HOW_MANY = re.compile(
    r"\bbao nhieu (?:cai |chiec )?(?!(?:cai|chiec|phan tram|tien|von|trieu|ty|dong|nam|lan|la|thi|va|o|do|toi|den|vao|trong|cho|theo|hang|moi|nhu|de|tu|so|cua|va|khi|tai|duoc|neu|ra|len|xuong|con)\b)([a-z]+)"
)


_COUNTED_WORDS = 6


def _counts(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a statement has a number of what is counted: "bao nhiêu hộ" wants "1.200 hộ", not any number."""
    counted = _HOW_MANY.search(fold(asked.alone))
    if counted is None:
        return True
    things = [_IN_UNITS.get(counted.group(1), counted.group(1))]
    if asked.reading.language == "en":
        # Word by word the thing need not come first: "how many ethnic minority works".
        things = fold(asked.alone)[counted.start(1) :].split()[:_COUNTED_WORDS]
        if not any(f" {things[0]} " in f" {book.folded} " for book in library.scoped(asked.scope.documents)):
            return True  # a word that the lexicon has none for
    number = re.compile(rf"\d%?\s+(?:\w+\s+){{0,3}}(?:{'|'.join(map(re.escape, things))})\b")
    return any(number.search(fold(line.text)) is not None for line in (*draft.lines, *draft.more))


def _states_money(draft: Draft) -> bool:
    """Whether a statement has a sum of money."""
    return any(MONEY.search(line.text) is not None for line in (*draft.lines, *draft.more))


def _of_another_year(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the question names a year that none of the documents that the draft is about speaks of."""
    texts = [library.books[one].text for one in dict.fromkeys(line.document for line in draft.lines)]
    return any(not any(year in text for text in texts) for year in asked.reading.years)


_BODY = re.compile(
    r"(?<![Cc]ơ )\b(?:Sở|Phòng|Chi cục|Cục|Công an|Hội|Trung tâm|Bộ|Viện|Liên minh|Tỉnh đoàn|Huyện đoàn|Đoàn) "
    rf"(?:[{CAPITALS}]\w*(?:\s+(?:và\s+)?|,\s+|\s+-\s+)?(?:[a-zđà-ỹ]+\s+(?=[{CAPITALS}]|và\s))?){{1,5}}(?:\s?[a-zđà-ỹ]+)?"
)


_BARE_BODY = re.compile(r"(?<!\bco )\b(?:so|phong|chi cuc|trung tam|hoi|vien) [a-z]+ [a-z]+")


def _missing_body(asked: Asked, library: Library) -> str:
    """A body that the question is about and that no document in its scope has, or ""."""
    if asked.reading.kind != "duties":
        return ""
    books = library.scoped(asked.scope.documents)
    if any(find_units(asked, book) for book in books):
        return ""
    named = _BODY.search(asked.text)
    if named is None:
        return "" if has_marks(asked.text) else _missing_bare(asked, books)
    name = " ".join(named.group().split()[:3])
    pattern = re.compile(rf"(?<![Cc]ơ ){re.escape(name)}")
    return "" if any(pattern.search(book.text) for book in books) else named.group().strip()


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


def refuse_for_want(asked: Asked, library: Library, nearest: Line | None) -> Draft:
    """The refusal where nothing answers, with the nearest thing that the documents do say."""
    language = asked.reading.language
    name = f"what-{asked.reading.kind}"
    what = say(
        language,
        name if asked.reading.kind in ("lead", "coordinate", "budget", "deadline", "target") else "what-open",
    )
    if asked.reading.parts:
        text = say(language, "none-part", what=what, part=part_name(asked.reading.parts[0]))
    elif of_the_present(asked):
        text = say(language, "none-present")
    elif years := [year for year in asked.reading.years if year not in asked.scope.years]:
        text = say(language, "none", what=say(language, "what-year", year=years[0]))
    else:
        text = say(language, "none", what=what)
    return _refusal(asked, _heading_asked(asked, library) or nearest, text)


def _refusal(asked: Asked, nearest: Line | None, opening: str) -> Draft:
    language = asked.reading.language
    lines: tuple[Line, ...] = ()
    if nearest is not None:
        lines = (replace(nearest, label=say(language, "nearest", text="").rstrip(": ")),)
    looked = say(language, "looked", what=asked.question.text.strip().rstrip("?")) if not lines else ""
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
