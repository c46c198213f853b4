"""The head of a document: letterhead, number, place and date, kind, trích yếu (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.normalise import AlignedText, fold
from ingest.reading import reading
from ingest.rules.kinds import is_kind, kind_named, kind_of_number
from ingest.rules.misread import begins_as, one_amiss, reads_as
from ingest.rules.paragraphs import Paragraph
from ingest.rules.references import NUMBER, basis, iso_date
from ingest.rules.text import is_upper
from ingest.types import BlockKind, Field, Header, Reference, Span

# A part of the symbol begins with a capital, with the Cyrillic one or the digit that OCR takes for it ("BC-8DT").
_PART = r"(?:[A-ZĐА-Я]|[0158](?=[A-ZĐ]))[\w&]*"
_NUMBER_LINE = re.compile(
    r"(?:^|[\s|])S[ốồổỗộôơoóò6]?\s{0,3}[:;.]?(?P<number>(?P<figures>[\dlIOZB.…_\s]{0,60})(?:/\s?\d{4}\s?)?[/-]\s?"
    rf"{_PART}(?:(?:\s?[-–/]\s?|\s(?=[A-ZĐ]{{2}}))(?:{_PART}))*)"
)
# On the folded text, with letters that OCR takes for digits ("năm 2O21"), a letter amiss in the first and the last of
# the words between them ("rgày"), and any in the month's, which the others tell ("fhárg", "lhá ng").
_DIGIT = r"[\dolizsb]"
_PLACE_DATE = re.compile(
    rf"(?P<place>\w[\w. ]{{0,40}}(?:\s*-\s*\w[\w. ]{{0,40}})?)[,.;]\s{{0,20}}(?P<date>{one_amiss('ngay')}\s{{0,20}}"
    rf"(?P<day>{_DIGIT}{{0,2}})[\s.…_]{{0,40}}(?:{one_amiss('thang')}|[a-z][a-z ]{{2,5}})\s{{0,20}}(?P<month>{_DIGIT}{{0,2}})[\s.…_]{{0,40}}"
    rf"{one_amiss('nam')}\s{{0,20}}(?P<year>[12liz]{_DIGIT}{{3}}))\b"
)
_MISREAD_DIGITS = str.maketrans("olizsb", "011258")
_MISREAD_FIGURES = str.maketrans("lIOZB", "11028")
_MISREAD_CAPITALS = str.maketrans("0158", "OISB")
_MOTTO = re.compile(r"CỘNG\s+H[OÒ][AÀ]\s+XÃ|VIỆT NAM$|Độc\s+lập\s*[-–]\s*Tự\s+do", re.I)
_ISSUER = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BỘ |BAN |SỞ |CHÍNH PHỦ|THỦ TƯỚNG|VĂN PHÒNG|CỤC |TỔNG CỤC|CHI CỤC|TỈNH |"
    r"HUYỆN |THÀNH PHỐ |THỊ XÃ |QUẬN |PHƯỜNG |XÃ |LIÊN NGÀNH|LIÊN |HỘI |MẶT TRẬN|ĐẢNG|TRƯỜNG |VIỆN |QUỐC HỘI|CHỦ TỊCH)"
)
_COUNCILS = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_BASIS = re.compile(r"^(?:Căn cứ|CĂN CỨ|Thực hiện|Xét|Theo|Trên cơ sở|Thi hành)\b")
_ISSUES = re.compile(
    r"(?<!của )(?P<issuer>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|Ban|Sở|Bộ|Phòng|Văn phòng|Cục|Chi cục|"
    r"Hội|Tỉnh ủy|Huyện ủy|Thành ủy|Chính phủ|Liên hiệp|Trường|Viện|Trung tâm)\b(?:(?!\b(?:của|ngày|số|về)\b)[^,;.:()“”\d])"
    r"{0,60}?)\s+"
    r"(?:ban hành|xây dựng|lập|đề ra|triển khai)\s+(?:và\s+triển khai\s+)?(?:kế hoạch|Kế hoạch|Chương trình|quyết định|"
    r"Quyết định|Đề án|Hướng dẫn)"
)
# What follows "ban hành Kế hoạch", up to "cụ thể như sau", "với các nội dung".
_ABOUT = re.compile(
    r"\s+(?P<title>\S.{10,250}?)\s*(?:,\s*)?(?=\(|\b(?:cụ thể|như sau|với (?:các|những|một số|nội dung))\b|[.:;]|$)",
    re.S,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a document and the kinds of the paragraphs (by index) that make it up."""

    header: Header
    kinds: dict[int, BlockKind]
    body: int  # index of the first paragraph after the head


def body_start(lines: Sequence[Line]) -> int:
    """The index of the first line after the kind of document ("KẾ HOẠCH"), else after place and date, else 0."""
    for at, line in enumerate(lines[:80]):
        if is_kind(line.text):
            return at + 1
    return _after_place_and_date([line.text for line in lines[:20]])


def read_head(text: str, paragraphs: Sequence[Paragraph]) -> Head:
    """Read the head; what the document leaves blank stays None."""
    kinds: dict[int, BlockKind] = {}
    top = next((at for at, one in enumerate(paragraphs[:40]) if is_kind(one.text)), None)
    limit = top if top is not None else _after_place_and_date([one.text for one in paragraphs[:15]])
    fields: dict[str, Field] = {}
    upper: list[AlignedText] = []
    for at, paragraph in enumerate(paragraphs[:limit]):
        kinds[at] = "letterhead"
        words = reading(text, paragraph.span, paragraph.skipped)
        _letterhead(words, fields)
        is_name = is_upper(words.text) and (bool(upper) or _names_issuer(words.text))
        if is_name and not _is_motto(words.text) and _NUMBER_LINE.search(words.text) is None:
            upper.append(words)
    issuer = _field(upper)
    title: Field | None = None
    kind: Field | None = None
    body = limit
    if top is not None:
        kind = _field(_readings(text, [paragraphs[top]]), lambda words: kind_named(words) or words)
        kinds[top] = "title"
        body, named = _title(paragraphs, top + 1)
        title = _field(_readings(text, named))
        for at in range(top + 1, body):
            kinds[at] = "title" if paragraphs[at] in named else "letterhead"
    elif "number" in fields and limit < len(paragraphs) and _is_title(paragraphs[limit]):
        # The name of the kind is lost, as scraping loses it; the number still tells it.
        body, named = _title(paragraphs, limit)
        kind, title = _kind_of_number(fields["number"], text), _field(_readings(text, named))
        kinds.update(dict.fromkeys(range(limit, body), "title"))
    elif "number" in fields:
        title = _title_in_preamble(_readings(text, paragraphs[limit : limit + 8]))
        kind = _kind_of_number(fields["number"], text) if title is not None else None
    stop, bases = _bases(text, paragraphs, body, kinds)
    if issuer is None:
        issuer = _issuer_in_preamble(text, paragraphs[body : stop + 2])
    header = Header(
        issuer=issuer,
        place=fields.get("place"),
        number=fields.get("number"),
        date=fields.get("date"),
        kind=kind,
        title=title,
        bases=bases,
    )
    return Head(header=header, kinds=kinds, body=stop)


def _number_read(found: re.Match[str]) -> str:
    """The number as it was meant, without blanks: figures before the symbol, capitals in front of its parts."""
    figures = found.group("figures")
    symbol = re.sub(r"(?<=[-/])[0158](?=[A-ZĐ])", lambda digit: digit.group().translate(_MISREAD_CAPITALS),
                    re.sub(r"\s+", "", found.group("number")[len(figures):]))  # fmt: skip
    return re.sub(r"\s+", "", figures.translate(_MISREAD_FIGURES)) + symbol


def _names_issuer(text: str) -> bool:
    return _ISSUER.match(text) is not None or any(begins_as(text, council) for council in _COUNCILS)


def _is_motto(text: str) -> bool:
    return _MOTTO.search(text) is not None or reads_as(text, _STATE)


def _after_place_and_date(texts: Sequence[str]) -> int:
    """Letters (công văn) and cut documents have no kind: the head ends with place and date. 0 where there is none."""
    for at, text in enumerate(texts):
        if len(text) < 200 and _place_and_date(text) is not None:
            return at + 1
    return 0


def _letterhead(words: AlignedText, fields: dict[str, Field]) -> None:
    number = _NUMBER_LINE.search(words.text)
    if number is not None and "number" not in fields and "symbol" not in fields:
        value = _number_read(number)
        start, end = number.span("number")
        lead = len(words.text[start:end]) - len(words.text[start:end].lstrip())
        end -= len(words.text[start:end]) - len(words.text[start:end].rstrip())
        found = Field(value=value, span=words.span(start + lead, end))
        fields["number" if re.match(NUMBER, value) else "symbol"] = found
    dated = _place_and_date(words.text)
    if dated is not None and "date" not in fields:
        day, month, year = (part.translate(_MISREAD_DIGITS) for part in dated.group("day", "month", "year"))
        start, end = dated.span("place")
        fields["place"] = Field(value=words.text[start:end].strip(), span=words.span(start, end))
        fields["date"] = Field(value=iso_date(day, month, year), span=words.span(*dated.span("date")))


def _place_and_date(text: str) -> re.Match[str] | None:
    """Place and date of a document, found in the folded text, which is as long; the place begins with a capital."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    return next((found for found in _PLACE_DATE.finditer(folded) if text[found.start()].isupper()), None)


def _title(paragraphs: Sequence[Paragraph], start: int) -> tuple[int, list[Paragraph]]:
    """The trích yếu: what follows the kind up to the bases, the text or the first heading."""
    named: list[Paragraph] = []
    at = start
    while at < len(paragraphs):
        one = paragraphs[at]
        if one.text.startswith(("Căn cứ", "CĂN CỨ")) or (one.mark is not None and one.mark.opens_section):
            break
        if not named:
            named.append(one)
        elif is_upper(one.text) and _ISSUER.match(one.text) and len(one.text) < 80:
            at += 1  # the issuing body again, as decisions have it
            break
        elif (is_upper(one.text) and is_upper(named[0].text) and not is_kind(one.text)) or (
            one.text.startswith("(") and len(one.text) < 250
        ):
            named.append(one)
        else:
            break
        at += 1
    return at, named


def _bases(
    text: str, paragraphs: Sequence[Paragraph], start: int, kinds: dict[int, BlockKind]
) -> tuple[int, tuple[Reference, ...]]:
    """The legal bases: paragraphs that begin with "Căn cứ", "Thực hiện" … before the first heading."""
    found: list[Reference] = []
    at = start
    while at < len(paragraphs) and at < start + 60:
        one = paragraphs[at]
        if _BASIS.match(one.text) is None or one.mark is not None:
            break
        words = reading(text, one.span, one.skipped)
        rests_on = basis(words)
        if rests_on is not None:
            found.append(rests_on)
        kinds[at] = "basis"
        at += 1
    return at, tuple(found)


def _issuer_in_preamble(text: str, paragraphs: Sequence[Paragraph]) -> Field | None:
    """The issuing body in the preamble ("UBND … ban hành Kế hoạch …"), where the letterhead is gone."""
    for paragraph in paragraphs:
        words = reading(text, paragraph.span, paragraph.skipped)
        for sentence in re.finditer(r"[^.;]+(?:[.;]|$)", words.text):
            match = _ISSUES.search(words.text, sentence.start(), sentence.end())
            if match is not None:
                return Field(value=match.group("issuer").strip(), span=words.span(*match.span("issuer")))
    return None


def _title_in_preamble(paragraphs: Sequence[AlignedText]) -> Field | None:
    """What is issued, as the preamble has it: "UBND tỉnh ban hành Kế hoạch ứng phó thiên tai như sau"."""
    for words in paragraphs:
        issued = _ISSUES.search(words.text)
        about = _ABOUT.match(words.text, issued.end()) if issued is not None else None
        if about is not None:
            return _field([words.cut(*about.span("title"))])
    return None


def _is_title(paragraph: Paragraph) -> bool:
    return is_upper(paragraph.text) and paragraph.mark is None and len(paragraph.text.split()) > 3


def _kind_of_number(number: Field, text: str) -> Field | None:
    """The kind as the number tells it; its place is the symbol in the number."""
    found = kind_of_number(text[number.span.start : number.span.end])
    if found is None:
        return None
    name, start, end = found
    return Field(value=name, span=Span(number.span.start + start, number.span.start + end))


def _readings(text: str, paragraphs: Sequence[Paragraph]) -> list[AlignedText]:
    return [reading(text, one.span, one.skipped) for one in paragraphs]


def _field(words: Sequence[AlignedText], change: Callable[[str], str] | None = None) -> Field | None:
    """One field of several readings, None where there are none."""
    if not words:
        return None
    value = " ".join(one.text for one in words)
    span = Span(words[0].span(0, 1).start, words[-1].span(0, len(words[-1].text)).end)
    return Field(value=change(value) if change is not None else value, span=span)
