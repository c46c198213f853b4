"""The figures that a question names, and those that statements hold: 73 works are not 68."""

from __future__ import annotations

import re

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.bounds import bounded
from retrieval.answer.draft import Draft, Line
from retrieval.answer.forms import IN_UNITS, NO_THING
from retrieval.answer.library import MONEY, Library, with_units

_NUMBER = re.compile(r"(?<![\w/.,-])\d{1,3}(?:[.,]\d{3})*(?:,\d+)?(?![\w/-]|[.,]\d)")


def named_numbers(asked: Asked) -> set[str]:
    """The figures that a question names, but for years, parts and documents."""
    said = _PERIOD.sub(" ", _PART_NUMBER.sub(" ", fold(_without_the_case(asked.alone))))
    if _YEARLONG.search(asked.question.text):
        said = _YEARS.sub(" ", said)
    said = _THOUSANDS.sub(lambda found: f"{found.group(1)}.000", said)
    named = {number.lstrip("0") for number in _NUMBER.findall(_AGE.sub(" ", _MONTH.sub(" ", said)))}
    return named - {"1"}  # "một khoản", written in digits


# "150 nghìn hồ sơ" are 150.000, which is how documents write it.
_THOUSANDS = re.compile(r"\b(\d{1,3}) (?:nghin|ngan|thousand)\b(?! (?:dong|ty|ti))")
# How old somebody is: what is said of "từ đủ 16 tuổi đến dưới 18 tuổi" holds at 17.
_AGE = re.compile(r"\b\d{1,3} tuoi\b|\b\d{1,3}[- ]years?[- ]old\b")
_OWN_CASE = re.compile(
    r"\b(?:tôi|(?<!trẻ )(?<!chị )(?<!anh )(?<!các )em|mình|we|our|my)\b|\bI\b(?![.)/-])", re.IGNORECASE
)
# "Chúng tôi nợ thuế 4 tháng rồi, vậy có được hỗ trợ không?"
_CASE_FIRST = re.compile(r"\s*,\s+(?=(?:vậy|thì|liệu|thế|so|then)\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!])\s+")


def _without_the_case(text: str) -> str:
    """A question without the sentences before it that tell the asker's own case: "Bệnh viện chúng tôi có 400 giường."."""
    sentences = _SENTENCE.split(_CASE_FIRST.sub(". ", text))
    return " ".join(one for one in sentences if one.rstrip().endswith("?") or not _OWN_CASE.search(one)) or text


_MONTH = re.compile(r"\bthang \d{1,2}(?= (?:nam )?(?:19|20)\d\d\b)")
# How long a plan runs is no figure that a statement must have: "giai đoạn 5 năm", "the five-year amount".
_PERIOD = re.compile(r"\b(?:giai doan|chang|trong|suot|ca|ke hoach) \d+ nam\b(?! \d)")
_YEARLONG = re.compile(r"\b(?:\d+|two|three|four|five|ten)-year\b", re.IGNORECASE)
_YEARS = re.compile(r"\b\d+ nam\b(?! \d)")


def holds_numbers(asked: Asked, library: Library, draft: Draft, *, strictly: bool = True) -> bool:
    """Whether the statements or their headings have every number that the question names, but for years and parts.

    "Báo cáo 6 tháng" is no yearly report, and 73 works are not 68; but "không quá 80 người" says something of 100. Only
    lengths of time count where not ``strictly``.
    """
    named = named_numbers(asked)
    if not strictly:
        named &= {number.lstrip("0") for number in _LASTING.findall(fold(asked.alone))}
    if not named:
        return True
    plain = _ENUMERATED.sub(lambda match: match.group().replace(",", " "), _said(draft, library))
    found = {number.lstrip("0") for number in re.findall(r"\d+(?:[.,]\d+)*", plain)}
    stated = "\n".join(line.text for line in (*draft.lines, *draft.more))
    return all(number in found or bounded(number, asked.alone, stated) for number in named)


_LASTING = re.compile(r"\b(\d{1,3}) (?:thang|quy|tuan|ngay|gio|months?|weeks?|days?|hours?)\b(?! \d)")


def holds_ordinals(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the statements or their headings have the Roman number of what the question names: "lần thứ II"."""
    ordinals = set(_ORDINAL.findall(fold(asked.alone)))
    return not ordinals or ordinals <= set(re.findall(r"\b[ivx]+\b", fold(_said(draft, library))))


def _said(draft: Draft, library: Library) -> str:
    """All that a draft says, with the headings above and the number and day of its documents."""
    said: list[str] = []
    for line in (*draft.lines, *draft.more):
        book = library.books[line.document]
        said.extend((line.text, book.info.title, *(heading for quote in line.quotes for heading in quote.path)))
        said.extend(book.text[quote.span.start : quote.span.end] for quote in line.quotes)
        said.extend(field.value for field in (book.info.header.number, book.info.header.date) if field is not None)
    return " ".join(said)


# "Đại hội lần thứ II", "quý IV": what is said of the third is not said of the fourth. In which Khu vực something is can
# be answered by another number: "đều thuộc Khu vực I".
_ORDINAL = re.compile(r"\b(?:lan thu|khoa|dot|ky|quy|giai doan) ([ivx]{1,5})\b")
_ENUMERATED = re.compile(r"(?<![\d.,])\d(?:,\d){2,}(?![\d.,]*\d)")  # "nhóm 2,3,4" are three numbers
_UNITS = {
    "phan tram": "%", "percent": "%", "per cent": "%", "billion": "ty", "million": "trieu", "hectares": "ha", "kilometres": "km",
    "households": "ho", "communes": "xa", "villages": "thon", "people": "nguoi", "works": "cong trinh", "districts": "huyen", "provinces": "tinh",
    "wards": "phuong", "days": "ngay", "months": "thang", "years": "nam", "hours": "gio",
}  # fmt: skip
_MEASURED = re.compile(
    r"(?<![\w/.,-])(\d[\d.,]*\d|\d)\s?(%|phan tram|per ?cent|ty|trieu|billion|million|ha|hectares|km|kilometres|ho|households|xa|communes|thon|villages|nguoi|people|cong trinh|works|lan|tan|truong|lop|mo hinh|huyen|districts|tinh|provinces|phuong|wards|thanh vien|mw|kwh?|m2|m3|kg|diem"
    r"|(?:ngay|thang|nam|gio|days|months|years|hours)(?! \d))(?!\w)"
)


_RANGE = re.compile(r"(?<![\d/.,-])(\d[\d,.]*)\s?[-–]\s?(\d[\d,.]*)\s?%")  # "2-3%"


def measures(text: str) -> dict[str, set[str]]:
    """The figures of a text by their unit: {"%": {"80"}}."""
    found: dict[str, set[str]] = {}
    for number, unit in _MEASURED.findall(_RANGE.sub(r"\1% \2%", fold(text))):
        found.setdefault(_UNITS.get(unit, unit), set()).add(number.lstrip("0"))
    return found


def other_figure(asked: Asked, draft: Draft) -> str:
    """The figure that a question takes for granted where the statement has another one of the same unit, or "".

    "Sao lại đặt mục tiêu 80 %?", where the plan says 50 %.
    """
    said = measures(" ".join(line.text for line in draft.lines))
    for unit, numbers in measures(asked.question.text).items():
        if said.get(unit) and not numbers & said[unit]:
            named = _MEASURED.finditer(fold(asked.question.text))
            match = next((one for one in named if one.group(1).lstrip("0") in numbers), None)
            if match is not None:
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


_PART_NUMBER = re.compile(
    r"\b(?:du an|noi dung|nd|da|tda|(?:sub-?)?project|muc|phan|dieu|quyet dinh|ke hoach|so|plan|decision)(?: so)? \d+"
)
_HOW_MANY = re.compile(rf"\bbao nhieu (?:(?:cai|chiec) )?(?!(?:{NO_THING})\b)([a-z]+)")


# What people are called who are counted: "bao nhiêu cụ", "mấy cháu".
_WHOM = dict.fromkeys(("cu", "chau", "bac", "chi", "ba", "ong"), "nguoi")
# "Tỉnh nào đặt nhiều tổ truyền thông hơn": a number of these.
_MORE_OF = re.compile(
    rf"\b(?:nhieu|it) (?!hon\b|nhat\b|noi\b|linh vuc\b)(?!(?:{NO_THING})\b)([a-z]+)(?: [a-z]+){{0,6}}? hon\b(?! 1\b)"
)
_COUNTED_WORDS = 6
_A_SHARE = re.compile(r"\b(?:bao nhieu|may) (?:phan tram|%)")  # beside which a count may be a share as well
_PEOPLE = (
    "thanh vien", "lao dong", "can bo", "hoc vien", "dai bieu", "nhan vien", "uy vien", "hoi vien", "sinh vien", "hoc sinh", "chuyen gia",
    "giang vien", "bac si", "duoc si", "dong chi", "nhan khau", "cong chuc", "vien chuc",
)  # fmt: skip
_OF_THEM = re.compile(r"\bhow many of (?:them|these|those)\b")


def counts(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a statement has a number of what is counted: "bao nhiêu hộ" wants "1.200 hộ", not any number."""
    said = fold(asked.alone)
    counted = _HOW_MANY.search(said) or _MORE_OF.search(said)
    asks = fold(asked.question.text)
    english = asked.reading.language == "en"
    if counted is None or _OF_THEM.search(asks) or _A_SHARE.search(asks) or (english and "how many" not in asks):
        return True
    things = [_WHOM.get(counted.group(1)) or IN_UNITS.get(counted.group(1), counted.group(1))]
    if things[0] == "nguoi":
        things.extend(_PEOPLE)
    if english:
        # Word by word the thing need not come first: "how many ethnic minority works".
        things = fold(asked.alone)[counted.start(1) :].split()[:_COUNTED_WORDS]
        if not any(f" {things[0]} " in f" {book.folded} " for book in library.scoped(asked.scope.documents)):
            return True  # a word that the lexicon has none for
    thing = "|".join(map(re.escape, things))
    # "50 điểm", and "số điểm từ 50".
    number = re.compile(
        rf"\d%?\s+(?:\([^)]{{1,30}}\)\s+)?(?:\w+\s+){{0,3}}(?:{thing})\b|\bso (?:{thing}) (?:\w+ ){{0,3}}\d"
    )
    lines = (*draft.lines, *draft.more)
    in_rows = any(_in_row(line, thing, library) for line in lines)
    texts = [fold(with_units(line.text)) for line in lines]
    texts.extend(" ".join(library.books[line.document].words(line.text)) for line in lines)  # "18 HTX" in full
    return in_rows or any(number.search(text) is not None for text in texts)


def _in_row(line: Line, thing: str, library: Library) -> bool:
    """Whether a row of a table has numbers below names, or in a table, that speak of the thing."""
    quote = line.quotes[0]
    if quote.span not in library.books[line.document].table_rows or not re.search(r": \d", line.text):
        return False
    return re.search(rf"\b(?:{thing})\b", fold("\n".join((line.text, *quote.path)))) is not None


_IN_ALL = re.compile(
    r"\b(?:tong (?:muc|so|cong|kinh phi|von|nguon|ngan sach|tien|chi)|tat ca|toan bo|het thay)\b|\b(?:total|overall|in all)\b"
)
_SUMMED = re.compile(r"\b(?:tong|toan bo|du kien|nhu cau|kinh phi thuc hien|bao gom|trong do)\b")
_OF_PLAN = 0.8  # of what is asked, in the document's title


def sums_all(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a sum that is asked for a plan as a whole is said to be so: no sum for one thing in it."""
    whole = asked.scope.named and not asked.reading.parts and _IN_ALL.search(fold(asked.question.text))
    if draft.strategy not in ("sums", "read") or not whole:
        return True
    lines = (*draft.lines, *draft.more)
    if any(asked.matter.covered_by(library.books[line.document].title_bag) < _OF_PLAN for line in lines):
        return True  # of something in the plan
    return any(_SUMMED.search(fold("\n".join((line.text, *line.quotes[0].path)))) for line in lines)


_MORE = r"(?:nhieu|it|cao|thap|lon|nho)"
_COMPARES_AMOUNTS = re.compile(
    rf"\b{_MORE} hon hay (?:la )?(?:{_MORE} hon|(?:bang|ngang))\b|\bchenh (?:lech |nhau )*(?:la )?(?:bao nhieu|may)\b"
    rf"|\b(?:hon|kem) (?:nhau |kem )*(?:bao nhieu|may)\b|\b{_MORE} hon (?:bao nhieu|may)\b"
    rf"|\b(?:noi|tinh|ben|huyen|dia phuong|ke hoach|dau) nao\b.{{0,60}}\b(?:von|tien|kinh phi|ty le|chi tieu|muc tieu|con so|muc)\b.{{0,40}}\b{_MORE} hon\b"
    rf"|\b{_MORE} (?:tien|von|kinh phi|ngan sach) hon\b"
    r"|\b(?:larger|bigger|smaller|higher|lower|greater|more|less) (?:or (?:lower|smaller|less|higher|larger|more|bigger) )?than\b"
)
_OF_SUMS = re.compile(r"\b(?:tien|von|kinh phi|ngan sach|rot|money|funds?|funding|budget|sum)\b")
_OF_SHARES = re.compile(r"\b(?:ty le|ti le|phan tram|che phu|rate|share|per ?cent\w*)\b|%")
_NO_FIGURE = re.compile(
    r"\d+/[\w&/-]+|\bngay \d+[\d/.-]*|\bthang \d+|\b(?:19|20)\d\d\b|\b(?:du an|noi dung|nhom|muc|phan|dieu|so) \d+|^\W*\d{1,2}[.)]|^\W*\(\d+\)"
)


def compares_amounts(asked: Asked) -> bool:
    """Whether a question asks which of two figures is more, or by how much."""
    return _COMPARES_AMOUNTS.search(fold(asked.question.text)) is not None


def states_amount(asked: Asked, draft: Draft) -> bool:
    """Whether a statement has a figure of the sort that is compared: a sum, a share, or any number."""
    asks = fold(asked.question.text)
    texts = [f"{line.label} {line.text}" if draft.strategy == "figures" else line.text for line in draft.lines]
    if _OF_SUMS.search(asks):
        return any(MONEY.search(text) for text in texts)
    if _OF_SHARES.search(asks):
        return any(re.search(r"\d\s?%|\d/\d", text) for text in texts)
    return any(re.search(r"\d", _NO_FIGURE.sub(" ", fold(text))) for text in texts)
