"""What a question names that its answer has to be of: a year, "đợt 2", "tuyến TH-09", so many that have names.

A statement that lacks it may still be meant, so that it only has to be the surer (``refuse.fails``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.normalise import CAPITALS, fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import Library
from retrieval.answer.numerals import NUMBERS, counted_things
from retrieval.tokens import syllables

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|–|—|đến(?: hết)?(?: năm)?|tới)\s*((?:19|20)\d\d)")
# The day and the number of a document that is cited say nothing of when something is done.
_CITED = re.compile(
    r"\d+/(?:19|20)\d\d/[\w-]+|\d+/[\wĐ-]+(?:/[\w-]+)?\s+ngày\s+[\d/.]+(?:\s+tháng\s+\d+\s+năm\s+\d{4})?", re.IGNORECASE
)
# "Kế hoạch giảm nghèo năm 2023", "the 2023 plan": which document it is, and nothing of when.
_OF_THE_PLAN = re.compile(
    r"\b(?:ke hoach|kh|de an|quyet dinh|qd|bao cao|chuong trinh|nghi quyet|phuong an|van ban|plan|decision|report|scheme|programme)\b"
    r"(?: (?!nam\b|co\b|la\b|se\b)[\w-]+){0,8},? (?:nam |cua nam |for |of |in )?(?P<year>(?:19|20)\d\d)"
    r"|\b(?P<before>(?:19|20)\d\d) (?:\w+ ){0,4}(?:plan|decision|report|scheme|programme)\b"
)
_ONE_BY_ONE = ("read", "asks", "sums", "list", "due", "headed", "part", "target")
_CELL = re.compile(r"(?:^|; )(?P<name>[^:;]{1,80}): (?P<value>[^;]*)(?=;|$)")

_NUMERALS = {"nhat": 1, "mot": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "first": 1,
    "second": 2,
    "third": 3,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ORDERED = "lan thu|lan|dot|khoa|giai doan|ky|vong|hang|loai"
_NUMBERED = f"{_ORDERED}|nhom|diem so|diem|chi nhanh so|chi nhanh|to so|phu luc|tuyen|khu|cap do|goi"
_LABEL = re.compile(
    rf"\b(?P<noun>{_NUMBERED}) (?:thu |so )?(?P<digit>\d{{1,2}})(?![\w.,/%]|\s*(?:%|nam\b(?! (?:19|20)\d\d)|thang\b|ngay\b|trieu\b|ty\b))"
    rf"|\b(?P<ordered>{_ORDERED}) (?P<word>{'|'.join(_NUMERALS)})\b(?! (?:thang|nam|ngay|xa|ho|nguoi|ben|cap|loai|huyen))"
)
_LABEL_EN = re.compile(
    rf"\b(?P<noun>phase|branch|round|batch|grade|class|category|group|stage)[ -](?:number |no\.? ?)?(?P<digit>\d{{1,2}}|{'|'.join(_ENGLISH)})\b"
)
_NOUNS_EN = {
    "phase": "giai doan|dot", "stage": "giai doan|dot", "branch": "chi nhanh", "round": "dot|vong|lan", "batch": "dot|lo",
    "grade": "hang|loai|cap", "class": "loai|hang|lop", "category": "loai|nhom|hang", "group": "nhom|to",
}  # fmt: skip
_CODE = re.compile(r"(?<![\w/.-])(?P<letters>[A-ZĐ]{1,3})-?(?P<digits>\d{1,3})(?![\w/.-]|\s?[-/]\d)")
# Kinds of documents, parts of the programme, quarters, months, halves.
_NO_CODE = frozenset("KH QĐ NQ CT NĐ TT BC TB CV HD CP CTR DA TDA ND Q T H NTM VB ĐA TTR KL".split())


def other_year(asked: Asked, draft: Draft) -> bool:
    """Whether all statements name years, and none of them the one that is asked about, nor a span that holds it."""
    starts = {first for first, _ in _SPAN.findall(asked.question.text)}
    of_plan = {
        match.group("year") or match.group("before") for match in _OF_THE_PLAN.finditer(fold(asked.question.text))
    }
    years = [year for year in asked.reading.years if year not in of_plan and year not in starts]
    plainly = draft.strategy in _ONE_BY_ONE or (draft.strategy == "figures" and not (draft.closing or draft.opening))
    if not plainly or len(years) != 1 or asked.reading.numbers:
        return False
    (year,) = years
    return bool(draft.lines) and all(_of_others(line, year) for line in (*draft.lines, *draft.more))


def _of_others(line: Line, year: str) -> bool:
    text = _CITED.sub(" ", line.text)
    spans = [(int(first), int(last)) for first, last in _SPAN.findall(text)]
    if any(first <= int(year) <= last for first, last in spans):
        return False
    told = set(_YEAR.findall(_BASELINE.sub(" ", text)))
    if not told and _CELL.search(line.text):
        told = _of_the_table(line)
    return bool(told) and year not in told


def _of_the_table(line: Line) -> set[str]:
    """The one year that a table is of by its heading, "Bảng 2. Kinh phí năm 2024"; none where it names several."""
    above = " ; ".join(quote.path[-1] for quote in line.quotes if quote.path)
    years = set(_YEAR.findall(_CITED.sub(" ", above)))
    return years if len(years) == 1 and not _SPAN.search(above) else set()


# "Đạt 45% (năm 2022 là 18%)": what it is compared with.
_BASELINE = re.compile(r"\((?:(?:cuối|đầu|hết) )?(?:năm )?(?:19|20)\d\d\b[^()]*\)", re.IGNORECASE)


def only_together(asked: Asked, draft: Draft) -> bool:
    """Whether a row tells of the year that is asked about only together with others: "2027 - 2028: 1.900"."""
    years = [year for year in asked.reading.years if year not in asked.scope.years]
    if draft.strategy not in (*_ONE_BY_ONE, "figures") or draft.closing or len(years) != 1 or not draft.lines:
        return False
    if any(years[0] in span for span in map(_between, _SPAN.findall(asked.question.text))):
        return False
    names = [match.group("name") for match in _CELL.finditer(draft.lines[0].text)]
    own = [name for name in names if any(years[0] in _between(span) for span in _SPAN.findall(name))]
    alone = [name for name in names if years[0] in _YEAR.findall(_SPAN.sub(" ", name))]
    return bool(own) and not alone


def _between(span: tuple[str, str]) -> tuple[str, ...]:
    return tuple(map(str, range(int(span[0]), int(span[1]) + 1)))


def other_label(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the statements lack the number or the code of what is asked about: "đợt 2", "hạng 3", "TH-09"."""
    if draft.strategy not in (*_ONE_BY_ONE, "duties", "duties-of") or not draft.lines:
        return False
    said = _said(draft, library)
    if any(number not in _numbers(said, nouns) for nouns, number in _labels(asked)):
        return True
    codes = {
        f"{match.group('letters')}{match.group('digits').lstrip('0')}"
        for match in _CODE.finditer(asked.question.text)
        if match.group("letters") not in _NO_CODE
    }
    told = {
        f"{letters}{digits.lstrip('0')}".upper()
        for letters, digits in re.findall(r"(?<![^\W\d_])([^\W\d_]{1,3})-?(\d{1,3})(?!\d)", said)
    }
    return any(fold(code).upper() not in told for code in codes)


def _labels(asked: Asked) -> Iterable[tuple[str, int]]:
    if asked.reading.language == "en":
        for match in _LABEL_EN.finditer(fold(asked.question.text)):
            word = match.group("digit")
            yield _NOUNS_EN[match.group("noun")], int(word) if word.isdigit() else _ENGLISH[word]
        return
    own = list(_LABEL.finditer(fold(asked.alone)))
    # "Đợt đó mấy doanh nghiệp dự?": the label stands in the question before.
    for match in own or (_LABEL.finditer(fold(asked.text)) if asked.carried else ()):
        if match.group("noun"):
            yield match.group("noun").removesuffix(" so").removesuffix(" thu"), int(match.group("digit"))
        else:
            yield match.group("ordered").removesuffix(" thu"), _NUMERALS[match.group("word")]


def _numbers(said: str, nouns: str) -> set[int]:
    """All numbers that stand behind one of these words, one by one or in a row: "đợt 1, 2 và 3", "Hạng: III"."""
    one = rf"(?:\d{{1,2}}|[ivx]{{1,4}}|{'|'.join(_NUMERALS)})"
    found: set[int] = set()
    for match in re.finditer(rf"\b(?:{nouns})\W{{1,3}}(?:thu |so )?({one}(?:\s?(?:,|va|den|-|–)\s?{one})*)\b", said):
        numbers = [_number(word) for word in re.findall(one, match.group(1))]
        found.update(number for number in numbers if number)
        if re.search(r"den|-|–", match.group(1)) and len(numbers) > 1:
            found.update(range(min(numbers), max(numbers) + 1))
    return found


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _ROMAN.get(word) or _NUMERALS.get(word, 0)


def _said(draft: Draft, library: Library) -> str:
    """What the statements say, with their labels and headings and the title of the document, folded."""
    texts = [
        part
        for line in (*draft.lines, *draft.more)
        for part in (
            line.label,
            line.text,
            library.books[line.document].info.title,
            *(heading for quote in line.quotes for heading in quote.path),
        )
    ]
    return fold(" ; ".join(texts))


def lacks_what_is_named(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether a draft is of another year, number or code than the question, or names less than it asks for."""
    return (
        other_year(asked, draft)
        or only_together(asked, draft)
        or other_label(asked, library, draft)
        or names_too_few(asked, draft)
        or names_no_firm(asked, draft)
        or of_longer_period(asked, library, draft)
        or of_more_than_asked(asked, draft)
        or column_of_other_year(asked, draft)
    )


_ONE_YEAR = re.compile(
    r"\b(?:rieng|chi|tinh rieng|chi tinh|noi rieng)(?: trong| cho)? nam (?P<year>20\d\d)|\bnam (?P<after>20\d\d) (?:noi )?rieng\b"
    r"|\bin (?P<alone>20\d\d) (?:alone|only)\b"
)


def of_longer_period(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether one year by itself is asked for, and a table or a part of a period that holds it tells no year."""
    found = _ONE_YEAR.search(fold(asked.question.text))
    if found is None or not draft.lines or draft.closing:
        return False
    year = found.group("year") or found.group("after") or found.group("alone")
    lines = (*draft.lines, *draft.more)
    if any(year in _SPAN.sub(" ", f"{line.label} {line.text}") for line in lines):
        return False
    above = [f"{line.label} {heading}" for line in lines for quote in line.quotes for heading in (*quote.path, "")]
    titles = [library.books[line.document].info.title for line in lines]
    return any(year in _between(span) for text in (*above, *titles) for span in _SPAN.findall(text))


_MOST_OF = 0.6


def column_of_other_year(asked: Asked, draft: Draft) -> bool:
    """Whether a row tells of other years alone what is asked: "Sản lượng 2023" beside "Diện tích 2022", of the yield of 2022."""
    years = [year for year in asked.reading.years if year not in asked.scope.years]
    if draft.strategy not in ("read", "figures") or draft.closing or len(draft.lines) != 1 or len(years) != 1:
        return False
    asks = set(syllables(f"{asked.question.text} {asked.text}"))
    told: dict[str, set[str]] = {}
    for match in _CELL.finditer(draft.lines[0].text):
        words = [word for word in syllables(_YEAR.sub(" ", match.group("name"))) if word.isalpha()]
        dated = set(_YEAR.findall(match.group("name")))
        if dated and words:
            told.setdefault(" ".join(words), set()).update(dated)
    named = {
        head: dated
        for head, dated in told.items()
        if sum(word in asks for word in head.split()) >= _MOST_OF * len(head.split())
    }
    return len(told) > 1 and bool(named) and not any(years[0] in dated for dated in named.values())


_ALONE = re.compile(r"\b(?:tinh rieng|rieng|chi tinh|khong (?:ke|tinh)|alone|only|excluding|not counting)\b")
_TOGETHER = re.compile(r"(?P<one>[^;:]{4,60}?) (?:và|cùng|với|,) (?P<other>[^;:]{3,60}): (?=\d)")
_MOSTLY = 0.6


def of_more_than_asked(asked: Asked, draft: Draft) -> bool:
    """Whether one thing by itself is asked for, and only its sum with another is told: "Ngân sách xã và nguồn khác: 750"."""
    if not _ALONE.search(fold(asked.question.text)) or len(draft.lines) != 1 or draft.closing:
        return False
    (line,) = draft.lines
    if draft.strategy == "figures":
        return _of_two_things(asked, line)
    if draft.strategy not in ("read", "sums"):
        return False
    found = _TOGETHER.match(line.text)
    if found is None or len(re.findall(r"\d[\d.,]*", line.text)) != 1:
        return False
    asks = set(syllables(asked.alone))
    named = syllables(found.group("one"))
    return sum(word in asks for word in named) >= _MOSTLY * len(named)


def _of_two_things(asked: Asked, line: Line) -> bool:
    """Whether a row is of two things, "Tủ sách, nhạc ngũ âm", only one of which is asked about."""
    names = [
        found.group("value") for found in _CELL.finditer(line.text) if not re.match(r"\W*\d", found.group("value"))
    ]
    pieces = [piece for piece in re.split(r", | và ", names[0]) if piece.strip()] if names else []
    asks = set(syllables(f"{asked.alone} {asked.question.text}"))
    told = [sum(word in asks for word in own) >= _MOSTLY * len(own) for piece in pieces if (own := syllables(piece))]
    return len(told) > 1 and sum(told) == 1


_WHICH_EN = re.compile(
    r"\b(?:which|list|name|what are)\b(?: the)? (?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_NAMED = re.compile(rf"(?<![.:;!?-] )(?<!^)\b[{CAPITALS}][\w’']*(?:\s[{CAPITALS}][\w’']*)*")
_LISTED = re.compile(r", (?!\d)|;| và ")


def names_too_few(asked: Asked, draft: Draft) -> bool:
    """Whether it is asked which so many are, and the statements only say how many: "Chọn 4 mô hình đào tạo"."""
    count = _how_many_named(asked)
    lines = (*draft.lines, *draft.more)
    if draft.strategy != "read" or not count or len(lines) >= count:
        return False
    # Of a row only what stands in its cells: the heads of columns name nothing.
    text = " ".join(_HEAD_OF_CELL.sub(r"\g<before>", line.text) for line in lines)
    asks = fold(f"{asked.question.text} {asked.text}")
    names = {name for name in _NAMED.findall(text) if fold(name) not in asks and not _POST_OR_BODY.match(name)}
    places = _PLACES.search(asks) is not None
    return len(names) < (max(1, count // 2) if places else count) and (places or len(_LISTED.findall(text)) < count - 1)


_HEAD_OF_CELL = re.compile(r"(?P<before>^|; )(?:\(\d+\) )?[^:;]{1,60}: ")
_POST_OR_BODY = re.compile(
    r"(?:Sở|Phòng|Ban|Ủy|UBND|Hội|Tháng|Quý|Năm|Thanh tra|Chủ|Phó|Trưởng|Giám|Nghị|Quyết|Kế|Luật|Thông)\b"
)
_PLACES = re.compile(
    r"\b(?:tinh|huyen|xa|phuong|thi tran|thon|ban|xom|buon|ap|communes?|villages?|districts?|provinces?|wards?)\b"
)
_NAMES_OF = re.compile(r"\bten (?:cua |tung |cac |nhung )*(?P<count>\d{1,2}) (?!nam|thang|ngay)[a-z]+")


def _how_many_named(asked: Asked) -> int:
    """Of how many things a question asks which they are; 0 where it does not."""
    if asked.reading.language == "en":
        found = _WHICH_EN.search(fold(asked.question.text))
        if found is None:
            return 0
        return int(found.group("count")) if found.group("count").isdigit() else NUMBERS[found.group("count")]
    said = fold(asked.alone)
    if (names := _NAMES_OF.search(said)) is not None:
        return int(names.group("count"))
    which = [
        count for count, thing in counted_things(said) if re.search(rf"\b{thing}\b(?: [a-z]+)? (?:nao|gi)\b", said)
    ]
    return which[0] if which else 0


_FIRM_ASKED = re.compile(
    r"\b(?:cong ty|cty|doanh nghiep|nha mang|nha thau|ngan hang|don vi thi cong|nha cung cap) (?:\w+ )?(?:nao|gi)\b"
    r"|\b(?:which|what|name of (?:the |a )?(?:\w+ )?)\b[^?]{0,25}\b(?:compan(?:y|ies)|firms?|contractors?|banks?|suppliers?|carriers?|operators?)\b"
)
_FIRM = re.compile(
    rf"(?:[Cc]ông ty|[Dd]oanh nghiệp|[Nn]hà thầu|[Nn]gân hàng|HTX|[Hh]ợp tác xã|[Tt]ập đoàn|CTCP)\W+(?:[^\W\d_]+\s+){{0,3}}[{CAPITALS}]\w+"
    rf"|\b[{CAPITALS}]{{3,}}\b|\b(?:Viettel|Mobi[Ff]one|Vina[Pp]hone)\b"
)


def names_no_firm(asked: Asked, draft: Draft) -> bool:
    """Whether it is asked which company or bank it is, and the statements name none."""
    if draft.strategy not in ("read", "figures") or draft.closing or not _FIRM_ASKED.search(fold(asked.question.text)):
        return False
    asks = fold(asked.question.text)
    lines: Sequence[Line] = (*draft.lines, *draft.more)
    return not any(fold(match.group()) not in asks for line in lines for match in _FIRM.finditer(line.text))
