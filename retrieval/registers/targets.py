"""Targets: what is to be reached, how much of it, in which unit, by when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.normalise import CAPITALS, fold
from retrieval.answer.library import Book
from retrieval.registers.cells import Told, told_sentences, without_references
from retrieval.registers.sums import AMOUNT
from retrieval.registers.table_reader import TableReader
from retrieval.registers.target_tables import TargetTables
from retrieval.registers.times import PERIOD, periods
from retrieval.registers.types import Cell, Row

_UNIT = (
    r"%(?:/năm)?|phần trăm|điểm phần trăm|người|hộ|xã|thôn(?: bản)?|bản|huyện|công trình|mô hình|lớp|cán bộ|lượt(?: \w+)?|dự án|km|ha|m2|MW|tấn|trường|phòng|cơ sở|doanh nghiệp|"
    r"tuổi|năm|lần|giường|trẻ|phụ nữ|hợp tác xã|sản phẩm|tổ|đơn vị|nhà|cây|buổi|cuộc|bộ|điểm|gói|bà mẹ|cặp|vụ|chỉ tiêu|suất|em|khóa|ca|gian|cầu|tuyến|đề tài|câu lạc bộ|địa phương|phường|con|máy|thiết bị|nhiệm vụ|tàu|lao động|học sinh|đồng bào|gia đình|trạm|nghệ nhân|lễ hội|hội viên|khu|bác sĩ|nền tảng"
)
_EACH = r"(?:phụ nữ|vạn dân|(?!lần)[^\W\d_]{1,8})"  # "2,1 con/phụ nữ", "15 bác sĩ/vạn dân"
_AMOUNT = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_RANGE = rf"(?:{_AMOUNT})(?:\s*(?:-|–|đến)\s*(?:{_AMOUNT}))?"
_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<number>{_RANGE})\s*(?P<unit>(?:{_UNIT})(?:/{_EACH})?)(?![\w])"
    rf"|(?<![\w/.,-])(?P<share>(?:\d+(?:[.,]\d+)?)(?:\s*(?:-|–|đến)\s*\d+(?:[.,]\d+)?)?)\s*(?P<percent>[%‰](?:/năm)?)"
    r"|(?<![\w/.,-])(?P<fraction>\d/\d)\s+(?P<of>(?:bình quân|mức|so với|dân số|số)(?: \w+){0,4})",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"(?P<word>≥|≤|giảm (?:xuống )?(?:còn|xuống)(?: dưới)?|tăng lên|lên|giảm(?: tỷ lệ)?(?: từ)?|tăng(?: thêm)?(?: từ)?|trên|hơn|vượt|ít nhất|tối thiểu|không dưới|dưới|không quá|tối đa|(?:đạt )?(?:khoảng|xấp xỉ)|gấp|đạt(?: tỷ lệ)?(?: trên| từ| tối thiểu| ít nhất)?|bằng|còn|từ|đến|duy trì|bình quân)\s*$",
    re.IGNORECASE,
)
_SIGNS = (
    (re.compile(r"khoảng|xấp xỉ"), "~"),
    (re.compile(r"giảm.*(?:còn|xuống)|^còn|xuống"), "to"),
    (re.compile(r"tăng lên|^lên|^đến|gấp|^đạt$"), "to"),
    (re.compile(r"^giảm"), "-"),
    (re.compile(r"^tăng"), "+"),
    (re.compile(r"≤"), "<="),
    (re.compile(r"≥|tối thiểu|ít nhất|không dưới|từ$"), ">="),
    (re.compile(r"không quá|tối đa"), "<="),
    (re.compile(r"trên|hơn|vượt"), ">"),
    (re.compile(r"dưới"), "<"),
)
_AIMS = re.compile(
    r"\b(?:phan dau|muc tieu|chi tieu|dat|giam|tang|tren|it nhat|toi thieu|duoi|duy tri|nang|hoan thanh|thanh lap|xay dung|ho tro|to chuc)\b|[%‰]"
)
_HEADING = re.compile(r"\b(?:muc tieu|chi tieu|ket qua du kien|nhiem vu chu yeu)\b")
_TARGET_WORDS = re.compile(r"\b(?:phan dau|chi tieu|den nam 20\d\d|den het nam|hang nam|moi nam|giai doan)\b|%")
_LEAD_IN = re.compile(
    r"^\s*(?:[-+•*]\s*|[a-zđ]\)\s*|\(?\d{1,2}[.)]\s*)?(?:(?:đến|hết|trong|vào|từ)\s+(?:hết\s+)?(?:năm\s+)?\d{4}(?:\s*[-–]\s*\d{4})?\s*,?\s*|giai đoạn \d{4}\s*[-–]\s*\d{4}\s*,?\s*|(?:trong đó\s+)?ph[ấầ]n đ[ấầ]u\s*|có\s+|mục tiêu\s*:?\s*|(?:hàng|hằng|mỗi) năm\s*,?\s*|bình quân\s*)*",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:tại|thuộc|của|trên địa bàn|tại địa bàn|UBND|Ủy ban nhân dân)\s+(?:các\s+)?$|\bcó tỷ lệ .{3,40} (?:trên|dưới)\s*$",
    re.IGNORECASE,
)
# "Tại địa bàn đô thị: …", "ở các khu đô thị ven biển, đảm bảo …": where a target holds, said before it.
_WHERE = re.compile(
    r"\s*(?:[-+•*]\s*|[a-zđ]\)\s*)?(?:tại|ở|trên|đối với|riêng)\s+(?P<where>[^:;,.\d%]{4,120})[:,]", re.IGNORECASE
)
_SEES_TO = re.compile(r"(?:^|,)\s*(?:bảo đảm|đảm bảo|phấn đấu|thực hiện|hoàn thành)\s*$", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"(?:\s*,)?\s+(?:đạt|và|là|có|cho|từ [\d.,]+\s?%?|(?:đến|hết|trong|vào) (?:hết )?năm \d{4}|(?:phải |cần )?đạt)\s*$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(giảm|tăng)\b(?! trưởng)(?:\s+(?:bình quân|đạt|trên|ít nhất|tối thiểu|thêm|từ|hằng năm|mỗi năm))*\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:so với|so|với)\s+$", re.IGNORECASE)  # what a target is compared with
_DIRECTIONS = frozenset(
    "tăng giảm thêm đạt trên có phấn đấu duy trì từ còn xuống lên bình quân hằng hàng năm trong đó".split()
)
_GROUPS = (("share", "percent"), ("number", "unit"), ("fraction", "of"))
_CLAUSE = re.compile(
    r"[;.](?=\s|$)|,\s+(?=(?:trong đó|phấn đấu|trên|ít nhất|tối thiểu|(?:giảm|tăng)(?: thêm)?(?: ít nhất| trên| từ)? \d|\d))|\s+và\s+(?=(?:trên|ít nhất|giảm|tăng|đạt))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"\b(?:tỉnh|huyện|thành phố|xã|phường|vùng|địa bàn)\s+(?:[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)*|đồng bào DTTS(?:\s*&\s*MN| và miền núi)?|DTTS(?:&MN)?)"
)
_ENDS = re.compile(r"\s(?:trong đó|phấn đấu)\b|[;.(]")
_DATE_NEAR = re.compile(r"(?:tháng|ngày|quý)\s*$")


def read_targets(book: Book) -> Iterator[Row]:
    """The targets of a document: numbers with a unit, below a heading of targets or in words that aim at something."""
    tables = TargetTables(book, TableReader(book))
    of_tables = (row for passage in book.passages if passage.kind == "row" for row in tables.rows(passage))
    yield from sorted((*of_tables, *_of_sentences(book)), key=lambda row: row.span.start)


def _of_sentences(book: Book) -> Iterator[Row]:
    for told in told_sentences(book):
        if told.sentence.passage.kind == "heading" and not _TARGET_WORDS.search(told.folded):
            continue
        headed = _HEADING.search(fold("\n".join(told.sentence.passage.path))) is not None
        if not headed and not (_TARGET_WORDS.search(told.folded) and _AIMS.search(told.folded)):
            continue
        yield from _of_sentence(told)


def _of_sentence(told: Told) -> Iterator[Row]:
    plain = AMOUNT.sub(lambda found: " " * len(found.group()), without_references(told.text))
    cuts = list(_CLAUSE.finditer(plain))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(plain)]
    for start, end in zip(starts, ends, strict=True):
        before: Row | None = None
        begin = start
        for match in _NUMBER.finditer(plain, start, end):
            if _DATE_NEAR.search(plain[: match.start()]):
                continue
            row = _of_number(told, plain, match, begin, end)
            if begin > start and row is not None and before is not None and _same_way(row, before):
                row = _of_number(told, plain, match, start, end)
            if row is not None:
                yield row
                before = row
                begin = plain.find(", ", match.end(), end) + 1 if _named_first(row) else 0
                begin = begin or start


def _named_first(row: Row) -> bool:
    indicator, number = row.get("indicator"), row.get("number")
    return indicator is not None and number is not None and indicator.span.start < number.span.start


def _same_way(row: Row, before: Row) -> bool:
    """Whether two numbers are said alike: "đường trục xã … lên 95%, đường trục thôn lên 75%" share their beginning.

    Otherwise the second is about what follows the comma: "kiên cố hóa lên 50%, tưới tiêu chủ động cho 75%".
    """
    return row.value("comparison") == before.value("comparison") != ""


def _of_number(told: Told, plain: str, match: re.Match[str], start: int, end: int) -> Row | None:
    name, measure = next((one, two) for one, two in _GROUPS if match.group(one) is not None)
    share = name == "share"
    number, unit = match.group(name), match.group(measure)
    at, stop = match.span(name)
    compare = _COMPARE.search(plain[start:at])
    if unit.lower() in ("năm", "lần") and compare is None:
        return None
    if _SCOPE.search(plain[start:at]) or (unit.lower() == "tuổi" and not re.search(r"tuổi thọ", plain[start:at], re.I)):
        return None  # whom or where it is about: "trẻ dưới 5 tuổi", "tại 68 thôn"
    if (
        compare is not None
        and compare.group("word").lower() == "từ"
        and re.match(r"\s*\S+\s*(?:lên|xuống|đến|còn)\b", plain[stop:])
    ):
        return None  # where it starts from
    left_end = start + compare.start() if compare is not None else at
    # "Tại địa bàn đô thị: Phấn đấu 100 % …": what stands before a colon is where or when.
    left = max(start, start + plain[start:left_end].rfind(":") + 1)
    lead = _LEAD_IN.match(plain[left:left_end])
    left += lead.end() if lead is not None else 0
    word = compare.group("word").lower() if compare is not None else ""
    sign = next((name for pattern, name in _SIGNS if pattern.search(word)), "=")
    direction = _DIRECTION.search(plain[start:at])
    said = start + compare.start("word") if compare is not None else at
    if direction is not None and sign in (">", ">=", "=", "+", "-"):
        way = "-" if direction.group(1).lower() == "giảm" else "+"
        sign = f"{way}{sign}" if sign in (">", ">=") else way
        said = min(said, start + direction.start(1))
    seen_to = _SEES_TO.search(plain[left:left_end])
    if seen_to is not None:
        left = left_end
    words = re.findall(r"[^\W\d_]+", plain[left:left_end].lower())
    named = len(words) >= 2 and not _DIRECTIONS.issuperset(words)
    behind = match.end() if share or unit in ("%",) else match.start(measure)
    if named:
        left_end = max(left, min(left_end, said))
        while (trail := _LEFT_OVER.search(plain[left:left_end])) is not None:
            left_end = left + trail.start()
    close = _ENDS.search(plain, match.end())
    right = min(end, close.start() if close is not None else end)
    if not named:
        indicator = told.cell("indicator", behind, right)
    elif compare is None and len(plain[match.end() : right].split()) > 1:
        indicator = told.cell("indicator", left, right)  # "Hoàn thành 73 công trình ngầm": it is said around the number
    else:
        indicator = told.cell("indicator", left, left_end)
    if indicator is None or len(indicator.text) < 4:
        return None
    return told.row(
        "targets",
        (
            indicator,
            told.cell("comparison", said, start + compare.end("word"), sign) if compare is not None else None,
            told.cell(
                "number", at, stop, number.replace(".", "").replace(",", ".") if not share else number.replace(",", ".")
            ),
            told.cell("unit", *match.span(measure), unit.lower()),
            _year(told, start, at),
            _place(told, plain, at),
        ),
    )


def _year(told: Told, start: int, at: int) -> Cell | None:
    yearly: Cell | None = None
    for text, base in ((told.text[start:at], start), (told.text[:at], 0), (told.text[at:], at)):
        found = [one for one in periods(text) if not _SINCE.search(text[: one.start])]
        dated = [one for one in found if one.value != "yearly"] or found
        if dated:
            one = dated[-1]
            cell = told.cell("year", base + one.start, base + one.end, one.value)
            if one.value != "yearly" or base < at:
                return cell
            yearly = yearly or cell  # "… được bồi dưỡng hàng năm" is how often: a heading's year is by when
    for heading in reversed(told.sentence.passage.path):
        headed = next(iter(periods(heading)), None)
        if headed is not None:
            return _in_heading(told, heading[headed.start : headed.end], headed.value)
    return _lead_year(told) or yearly


def _lead_year(told: Told) -> Cell | None:
    """The year in the words that introduce a list: "Phấn đấu đến năm 2025:"."""
    lead = told.sentence.passage.lead
    if lead is None:
        return None
    passage = told.book.passages[lead]
    aligned = told.book.read(passage)
    one = next(iter(periods(aligned.text)), None)
    if one is None:
        return None
    return Cell(
        column="year", text=aligned.text[one.start : one.end], value=one.value, span=aligned.span(one.start, one.end)
    )


def _in_heading(told: Told, text: str, value: str) -> Cell | None:
    from retrieval.registers.cells import within

    at: int | None = told.sentence.passage.section if told.sentence.passage.section >= 0 else None
    while at is not None:
        cell = within(told.book, "year", told.book.outline[at].heading, text, value)
        if cell is not None:
            return cell
        at = told.book.outline[at].parent
    return None


def _place(told: Told, plain: str, at: int) -> Cell | None:
    """Where a target holds: what is said of it before it, or the first place that the sentence names."""
    where = _WHERE.match(plain[:at])
    if where is not None and not PERIOD.search(where.group("where")):
        return told.cell("place", *where.span("where"))
    match = _PLACE.search(told.text)
    return told.cell("place", *match.span()) if match is not None else None
