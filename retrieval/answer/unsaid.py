"""What a statement near a question leaves unsaid: the price of what it only counts, who approves what it has drawn up.

Each rule asks one thing of the question and one of the statements: a sum where a price is asked, a share for each
where a whole is to be broken down, a decision where only a proposal is reported. Computed answers are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import CAPITALS, fold, has_marks
from retrieval.answer.asked import Asked
from retrieval.answer.denial import flatly_denies
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import MONEY, Library, with_units

_TOLD = ("read", "sums", "target", "list", "headed", "part", "duties", "duties-of", "figures")


def leaves_unsaid(asked: Asked, library: Library, draft: Draft) -> bool:
    """Whether the statements of a draft do not say what is asked, near as they are."""
    if draft.strategy not in _TOLD or draft.closing or draft.opening or not draft.lines or flatly_denies(asked, draft):
        return False
    asks = _asks(asked)
    said = _said(draft)
    return (
        _no_price(asks, said, draft, library)
        or _approves_nothing(asks, said)
        or _not_broken_down(asks, draft)
        or _only_proposed(asks, draft)
        or _no_remainder(asks, said)
        or _other_measure(asks, said)
        or _nowhere(asks, draft, library)
        or _crosses_no_cell(asked, draft, library)
        or _of_all_together(asks, draft, library)
        or _no_month(asks, said)
        or _nobody_won(asks, draft)
    )


def _asks(asked: Asked) -> str:
    """The folded question, an unmarked or Vietnamese one with its abbreviations written out."""
    asks = fold(asked.question.text)
    if asked.reading.language == "vi" and not asked.carried and has_marks(asked.question.text):
        return fold(asked.alone)
    return asks


def _lines(draft: Draft) -> tuple[Line, ...]:
    return (*draft.lines, *draft.more)


def _said(draft: Draft) -> str:
    """What the statements say, with labels and headings, folded."""
    parts = [part for line in _lines(draft) for part in (line.label, line.text)]
    parts += [heading for line in draft.lines for quote in line.quotes for heading in quote.path[-2:]]
    return fold(" ; ".join(parts))


# "Vốn xây chợ?", "đơn giá 1 m3 nước", "in 1.200 cuốn hết bao nhiêu", "cost of the straw reserve?"
_PRICE = re.compile(
    r"^(?:[^:?]{2,60}: )?(?:tong )?(?:von|kinh phi|chi phi|don gia|gia ban|gia mua|gia thanh|gia ve|phi|le phi|tien thue|muc phi|muc thu)"
    r" (?![^?]*\b(?:nao|gi|ai|dau|sao|do|lay|khong|chua)\b)[^?]*\??$"
    r"|\b(?:het|ton|tri gia|gia|mat|phi|don gia)(?: la| khoang)? (?:bao nhieu|may)\b(?! (?:ngay|thang|nam|thoi gian|buoi|gio|phan tram|%))"
    r"|\b(?:von dau tu|tong von|tong muc dau tu)(?: la| khoang| het)? bao nhieu\b|\bcan (?:von|kinh phi|tien)(?: dau tu)? (?:la )?bao nhieu\b"
    r"|\b(?:cost|price|fee|investment amount|unit price) (?:of|for)\b|\b(?:purchase|ticket) price\b"
)
_A_PRICE = re.compile(
    r"\d[\d.,]*\s*(?:%|dong|trieu|ty|usd|d/)|\bmien phi\b|\bkhong (?:thu|mat) (?:tien|phi|bat ky)\b|\bkhong phai (?:tra|nop|dong|chi|bo|mat)\b"
)
_MONEY_HEAD = re.compile(
    r"\b(?:dong|kinh phi|von|muc|gia|phi|tien|ngan sach|tong|cong|du toan|nguon|ho tro|ns\w*)\b[^:;]*: ?\d"
)


def _no_price(asks: str, said: str, draft: Draft, library: Library) -> bool:
    if not _PRICE.search(asks):
        return False
    if _A_PRICE.search(said) or any(MONEY.search(with_units(line.text)) for line in _lines(draft)):
        return False
    rows = [line for line in _lines(draft) if line.quotes[0].span in library.books[line.document].table_rows]
    return not any(_MONEY_HEAD.search(fold(line.text)) for line in rows)


_APPROVES = re.compile(
    r"\b(?:ai|(?:co quan|don vi|cap|nguoi|noi|ben|so|phong) nao)\b(?: \w+){0,3}? (?P<verb>phe duyet|ky duyet|duyet|chap thuan)\b"
    r"|\b(?:do )?(?:ai|(?:co quan|cap|nguoi) nao) ky duyet\b|\b(?:who|which (?:body|agency|office|level)) (?:approves?|signs? off)\b"
)
_APPROVING = re.compile(
    r"(?<!duoc )(?<!da )(?<!trinh )(?<!duoc cap tham quyen )\b(?:phe duyet|xet duyet|(?<!phe )(?<!xet )duyet|chap thuan|quyet dinh)\b"
)


def _approves_nothing(asks: str, said: str) -> bool:
    return _APPROVES.search(asks) is not None and _APPROVING.search(said) is None


# "Chia cho từng huyện thế nào": so much for each.
_BROKEN_DOWN = re.compile(
    r"\b(?:chia|phan bo|phan chia|phan ra)\b(?: \w+){0,4}? (?:tung|moi|cac|theo) (?P<what>nam|huyen|xa|thi xa|thon|ban|ap|don vi|dia phuong)\b"
    r"|\b(?:broken down|split|divided|distributed)\b(?: \w+){0,3} (?:by|among|between|per) (?:the )?(?P<what_en>year|district|commune|village)"
)
_YEAR = re.compile(r"\b20\d\d\b")
_NUMBER = re.compile(r"(?<![\w/.-])\d[\d.,]*(?![\w/-])")


def _not_broken_down(asks: str, draft: Draft) -> bool:
    found = _BROKEN_DOWN.search(asks)
    if found is None:
        return False
    what = found.group("what") or {"year": "nam"}.get(found.group("what_en"), "xa")
    if what == "nam":
        return not any(len(set(_YEAR.findall(line.text))) > 1 for line in _lines(draft))
    numbered = [line for line in _lines(draft) if len(_NUMBER.findall(_YEAR.sub(" ", line.text))) > 0]
    places = re.compile(r"\b(?:huyện|xã|thị xã|thị trấn|phường|thôn|bản|ấp|thành phố|Huyện|Xã|Thôn|Bản|Ấp)\b")
    told = [line for line in numbered if places.search(line.text)]
    return len(told) < 2 and not any(len(places.findall(line.text)) > 1 for line in told)


_DECIDED = re.compile(
    r"\bda (?:\w+ ){0,3}?(?:duyet|dong y|chap thuan|phe duyet|cap|nhat tri)\b|\b(?:has|have|did)\b.{0,60}\b(?:agreed?|approved?|accepted?|granted?)\b"
)
_PROPOSED = re.compile(r"\b(?:de nghi|kien nghi|de xuat)\b")


def _only_proposed(asks: str, draft: Draft) -> bool:
    texts = [fold(f"{line.label} ; {line.text}") for line in _lines(draft)]
    return _DECIDED.search(asks) is not None and all(map(_PROPOSED.search, texts))


_REMAINDER = re.compile(
    r"\bcon (?:lai|du|thua)(?: lai)? (?:bao nhieu|may)\b|\bhow much\b.{0,60}\b(?:remains?|is left)\b"
)
_REMAINS = re.compile(r"\b(?:con|thua)\b")


def _no_remainder(asks: str, said: str) -> bool:
    return _REMAINDER.search(asks) is not None and _REMAINS.search(said) is None


# "Bao nhiêu đồng một ngày", "mấy tiền mỗi m2": what it is for each of.
_EACH = re.compile(
    r"\b(?:bao nhieu|may)(?: (?:tien|dong|trieu|ty|nghin)){0,2} ?(?:mot|moi|1|/) ?(?P<unit>ngay|dem|buoi|thang|ha|m2|m3|km|tan|kg|tui|luot|cuon|bo)\b"
    r"|\b(?:don gia|gia|tien|phi|muc)\b[^?]{0,60}\b(?:mot|moi|1) ?(?P<unit_too>ngay|dem|buoi|ha|m2|m3|km|tan|kg|tui|luot|cuon)\b"
)


def _other_measure(asks: str, said: str) -> bool:
    found = _EACH.search(asks)
    if found is None:
        return False
    unit = found.group("unit") or found.group("unit_too")
    spelt = {"m2": "m2|m²|met vuong", "m3": "m3|m³|met khoi", "tan": "tan|kg"}.get(unit, unit)
    return re.search(rf"(?:{spelt})(?![a-z])", said) is None


_WHERE = re.compile(
    r"\b(?:dat|nam|xay|lam|mo|to chuc|dien ra|lap)(?: \w+){0,2}? (?:o|tai) (?:dau|cho nao|noi nao|vi tri nao)\b"
)
_PLACE_HEAD = re.compile(
    r"\b(?:dia (?:diem|ban|chi)|noi|vi tri|xa|huyen|phuong|thon|ban|ap|khu|tuyen|diem)\b[^:;]*:|\b(?:tai|o|thuoc|xa|phuong|huyen|thon|ban|ap) [a-z]"
)


def _nowhere(asks: str, draft: Draft, library: Library) -> bool:
    if not _WHERE.search(asks):
        return False
    return not any(
        _PLACE_HEAD.search(fold(line.text))
        if line.quotes[0].span in library.books[line.document].table_rows
        else _PLACE.search(line.text)
        for line in _lines(draft)
    )


_PLACE = re.compile(
    r"\b(?:tại|ở|thuộc|[Xx]ã|[Pp]hường|[Hh]uyện|[Tt]hôn|[Bb]ản|[Ấấ]p|[Tt]hị (?:xã|trấn)|[Tt]ỉnh|đường|[Kk]hu|[Cc]ụm|[Tt]rường|[Tt]rung tâm|[Nn]hà|[Qq]uận|[Pp]hố|[Tt]hành phố|[Ss]ố \d+)\b"
)
_CELL = re.compile(r"(?:^|; )(?P<name>[^:;]{1,80}): (?P<value>[^;]*)(?=;|$)")


def _crosses_no_cell(asked: Asked, draft: Draft, library: Library) -> bool:
    """Whether one year and one source are asked for, and a row has a cell for each and none for both."""
    years = [year for year in asked.reading.years if year not in asked.scope.years]
    if len(years) != 1 or len(draft.lines) != 1 or asked.reading.language == "en":
        return False
    text = fold(asked.alone)
    book = library.books[draft.lines[0].document]
    names = [found.group("name") for found in _CELL.finditer(draft.lines[0].text)]
    dated = [name for name in names if _YEAR.findall(name) == years]
    sources = [
        name
        for name in names
        if not _YEAR.search(name)
        and _SOURCE.match(fold(name))
        and _says(text, (fold(name), " ".join(book.words(name))))
    ]
    others = any(_YEAR.findall(name) not in ([], years) for name in names)
    return bool(others and dated and sources) and not any(name in dated for name in sources)


_SOURCE = re.compile(r"(?:ngan sach|von|nguon|xa hoi hoa|ns|nstw|nst|nsh|dan gop)\b")


def _says(text: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


_HOW_MANY = re.compile(
    r"\b(?:bao nhieu|may) (?!ngay|thang|nam|gio|quy|phan tram|%|lan|muc|diem|loai|trang|thu)\w|\b(?:het|ton|gia|von|tien) bao nhieu\b"
    r"|\bhow (?:much|many)\b(?! (?:days|months|years|hours|times))"
)
_NAME = rf"(?:(?:xã|thôn|làng|bản|ấp|buôn|phường|huyện|thị trấn|thị xã|tổ|khu|xóm)\s+)?[{CAPITALS}]\w*(?:\s+(?:[{CAPITALS}]\w*|\d+)){{0,5}}"
_LISTED = re.compile(rf"(?P<names>{_NAME}(?:,\s+{_NAME})*,?\s+và\s+{_NAME}|{_NAME}(?:,\s+{_NAME})+)")
_OF_EACH = re.compile(
    r"\b(?:mỗi|từng|đều|riêng|/)\b|\d\s*(?:đồng)?/|\b(?:nối|giữa|từ|đoạn|tuyến)\s+\S+\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?<!tổ)(?<!khu)(?<!số)(?<!ấp)(?<!thôn)(?<!Tổ)(?<!Khu)\s\d+", re.IGNORECASE)  # "Klăh 7, Hnap 5"
_CLAUSE = re.compile(r"[;:.](?=\s|$)|,\s+(?=trong đó|riêng|còn)")


def _of_all_together(asks: str, draft: Draft, library: Library) -> bool:
    """Whether one of several is asked about that only share a number: "32 hộ tại các thôn Bù Bưng, Bù Ka, Đắk Lim"."""
    if not _HOW_MANY.search(asks) or len(draft.lines) != 1:
        return False
    (line,) = draft.lines
    if line.quotes[0].span in library.books[line.document].table_rows or _OF_EACH.search(line.text):
        return False
    told = fold(line.text)
    for clause in _CLAUSE.split(line.text):
        for listed in _LISTED.finditer(clause):
            meant = _meant(asks, listed.group("names"))
            if not 0 < len(meant) < len(_members(listed.group("names"))) or _NUMBERED.search(listed.group("names")):
                continue
            beside = f"{clause[: listed.start()]} {clause[listed.end() :]}"
            # What is named once more may have a number of its own there.
            return _NUMBER.search(_YEAR.sub(" ", beside)) is not None and all(told.count(one) == 1 for one in meant)
    return False


def _members(names: str) -> list[str]:
    return [fold(one) for one in re.split(r",\s+(?:và\s+)?|\s+và\s+", names)]


def _meant(asks: str, names: str) -> list[str]:
    """The members of a list of names that a question has, with or without what kind of place each is."""
    own = [
        re.sub(r"^(?:xa|thon|lang|ban|ap|buon|phuong|huyen|thi tran|thi xa|to|khu|xom) ", "", one)
        for one in _members(names)
    ]
    return [one for one in own if len(one) > 2 and _says(asks, (one,))]


_MONTH = re.compile(r"\bthang (?:may|nao|bao nhieu)\b|\b(?:which|what) month\b")
_A_MONTH = re.compile(r"\bthang\b|\d/\d|\bquy (?:[iv]+|\d)\b|\bngay \d")


def _no_month(asks: str, said: str) -> bool:
    # "Không quá một lần trong một năm", "2 năm/lần" put right what is asked.
    denied = re.search(r"\b(?:khong|chua)\b|\bnam ?(?:/|mot|1) ?lan\b|\blan(?: ?/| mot| trong) ?", said) is not None
    return _MONTH.search(asks) is not None and not denied and _A_MONTH.search(said) is None


_WON = re.compile(
    r"\btrung (?:thau|goi|dau gia)\b|\b(?:vo dich|doat giai|gianh giai|thang cuoc|ve nhat)\b|\b(?:who|which \w+) won\b"
)
_A_WINNER = re.compile(
    r"\b(?:trung (?:thau|goi|dau gia)|vo dich|giai nhat|ve nhat|doat|gianh|thang cuoc|quan quan)\b|\bcong ty\b"
)


def _nobody_won(asks: str, draft: Draft) -> bool:
    asked_for = _WON.search(asks) is not None and re.search(r"\b(?:ai|nao|gi|who|which)\b", asks) is not None
    return asked_for and not any(_A_WINNER.search(fold(line.text)) for line in _lines(draft))
