"""Who does what: bodies with their roles, tasks, partners, times, and to whom they report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.chunk import section_label
from ingest.normalise import fold
from ingest.reading import reading
from ingest.rules.numbering import mark_of
from ingest.rules.programme import Part
from ingest.rules.units import subject_of
from ingest.types import Section, Span
from retrieval.answer.library import Book, Duty
from retrieval.answer.statements import VERB, goes_on, is_piece
from retrieval.assignment import names_leader, names_partner, names_task, names_time
from retrieval.registers.cells import (
    Told,
    name_of,
    over,
    part_cells,
    part_name,
    row_of,
    said_before,
    within,
    without_references,
)
from retrieval.registers.times import due_times, times
from retrieval.registers.types import Cell, Row

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chủ trì", re.compile(r"(?<!cơ quan )(?<!đơn vị )(?<!phòng )\bchủ trì\b(?! dự án)|\bcơ quan chủ trì\b", re.I)),
    (
        "thường trực",
        re.compile(r"\b(?:cơ quan|đơn vị)?\s*thường trực\b(?! (?:tỉnh|huyện|thành|hđnd|hội|ban|đảng|ủy))", re.I),
    ),
    ("đầu mối", re.compile(r"\b(?:là |làm )?(?:cơ quan |đơn vị )?đầu mối\b", re.I)),
    ("thẩm định", re.compile(r"\bthẩm định\b", re.I)),
    ("tham mưu", re.compile(r"\btham mưu\b", re.I)),
    ("hướng dẫn", re.compile(r"\bhướng dẫn\b", re.I)),
    ("giám sát", re.compile(r"\b(?:giám sát|kiểm tra|thanh tra)\b", re.I)),
    ("phối hợp", re.compile(r"\b(?:chủ động )?phối hợp\b", re.I)),
)
"""Roles and the words for them. Of those that begin a duty the first here is the row's; "thực hiện" where none does."""
_OPENING = 60
"""A role is said in the first letters of a duty; later ones are steps of it."""
_DOES = re.compile(
    r"\s*(?:[-+•*]\s*)?(?:thực hiện|tổ chức|triển khai|xây dựng|rà soát|tăng cường|đẩy mạnh|chỉ đạo|tổng hợp|tuyên truyền|bố trí|lồng ghép|ban hành|quản lý)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\s*(?:Yêu cầu|Giao|Đề nghị|Chỉ đạo|Kiến nghị|Phân công|Vận động)\s+(?!tham|xây|ban hành|thực)", re.I
)
_PARTNER = re.compile(
    rf"\b(?i:phối hợp)(?: chặt chẽ)?(?: (?:với|cùng|giữa))\s+(?P<who>(?:(?:các )?[Ss]ở:\s*)?.+?)(?=\s+(?:{VERB})\b|\s*[;.:(]|$)"
)
REPORT = re.compile(
    r"\b(?:báo cáo(?: [^,;.]{0,70}?)?\s+(?:về|cho|lên|đến|tới|với)|báo cáo|gửi(?: (?:về|cho|lên|đến))?|trình|nộp(?: (?:về|cho))?)\s+"
    r"(?P<to>(?:phòng|sở|ban|UBND|Ủy ban|Uỷ ban|Sở|Phòng|Ban|Bộ|Tỉnh ủy|Huyện ủy|Thành ủy|Thành uỷ|Tỉnh uỷ|HĐND|Hội đồng|Chính phủ|Thủ tướng|Chủ tịch|Văn phòng|cấp có thẩm quyền|cấp thẩm quyền)"
    rf"\b.*?)(?=\s+(?:{VERB}|chậm nhất|xem xét|bố trí|để|phê duyệt|quyết định|kết quả|về|theo quy định|trước|định kỳ|hàng|hằng)\b|\s*[;.,:(]|$)"
)
_LONG = 240
# "Căn cứ chức năng, nhiệm vụ được giao, chủ động phối hợp với …": the duty is what follows.
_BY_RIGHT = re.compile(
    r"\s*(?:Căn cứ|Theo|Trên cơ sở)\b(?: vào| theo)?(?: các)?\s+(?:chức năng|nhiệm vụ|quyền hạn|phạm vi|tình hình|điều kiện|thẩm quyền)"
    rf"[^;.:]{{0,160}}?,\s+(?=(?:chủ động|phối hợp|chủ trì|có trách nhiệm|{VERB})\b)",
    re.IGNORECASE,
)
_OF_DOING = re.compile(r"\s*trong (?:việc|công tác|quá trình)\s+(?=\w)", re.IGNORECASE)
_CITES = re.compile(
    r"\s*(?:[-+•*]\s*)?(?:Kế hoạch|Quyết định|Nghị quyết|Nghị định|Thông tư|Chương trình|Chiến lược|Đề án|Chỉ thị)\b(?! này)"
)
_SAYS_NOTHING = re.compile(
    r"^(?:tỷ lệ |tỉ lệ |tổng tỷ suất |tỷ số |giảm \d|tăng \d|\d+(?:,\d+)?\s?%).*|^(?:các |những )?nhiệm vụ(?: cụ thể| sau| được giao)?\s*:?$",
    re.I,
)


def read_responsibilities(book: Book) -> Iterator[Row]:
    """The duties of a document, each sentence of a body once, and each body of a table row."""
    owners = {section.index: (unit, section) for unit, section in book.units}
    seen: set[tuple[Span, str]] = set()
    for duty in _whole(book.duties):
        if not duty.unit or duty.sentence.passage.kind == "row" or (duty.sentence.span, duty.unit) in seen:
            continue
        seen.add((duty.sentence.span, duty.unit))
        row = _of_duty(book, duty, owners)
        if row is not None:
            yield row
    for passage in book.passages:
        if passage.kind == "row":
            yield from _of_table(book, passage.index)


def _whole(duties: Sequence[Duty]) -> Iterator[Duty]:
    """The duties, a piece behind a semicolon that says nothing by itself taken together with what it follows.

    "Xây dựng kế hoạch phòng bệnh cho cây trồng; công tác phòng bệnh trên thủy sản": the second has no verb of its own.
    "Yêu cầu các báo đưa tin …; phổ biến kiến thức …" is one request.
    """
    last: Duty | None = None
    for duty in duties:
        if last is not None and _goes_on(last, duty):
            span = Span(last.sentence.span.start, duty.sentence.span.end)
            text = f"{last.sentence.text} {duty.sentence.text}"
            last = replace(last, sentence=replace(last.sentence, text=text, span=span))
            continue
        if last is not None:
            yield last
        last = duty
    if last is not None:
        yield last


def _goes_on(before: Duty, after: Duty) -> bool:
    said = after.sentence.text.lstrip()
    return (
        before.unit == after.unit
        and before.sentence.passage.index == after.sentence.passage.index
        and after.sentence.passage.kind != "row"
        and (goes_on(before.sentence.text, said) or (_asks_others(before) and is_piece(before.sentence.text, said)))
    )


def _asks_others(duty: Duty) -> bool:
    """Whether a body asks others for something, rather than being asked itself."""
    said = _without_mark(duty.sentence.text)
    return _ASKS.match(said) is not None and fold(duty.unit) not in fold(said[: len(duty.unit) + _OPENING])


def _without_mark(text: str) -> str:
    mark = mark_of(text)
    return text[mark.length :] if mark is not None else text


def _of_duty(book: Book, duty: Duty, owners: dict[int, tuple[str, Section]]) -> Row | None:
    told = Told.of(book, duty.sentence)
    mark = mark_of(told.text)
    start = mark.length if mark is not None else 0
    unit = _unit(book, duty, told, owners)
    if unit is None or _SAYS_NOTHING.match(told.text[start:].strip()):
        return None
    subject = subject_of(told.text[start:])
    begins = start + told.text[start:].find(subject) + len(subject) if subject is not None else start
    if len(told.text[begins:].split()) < 3 or _CITES.match(told.text[begins:]):
        return None  # the heading itself
    preamble = _BY_RIGHT.match(told.text, begins)
    if preamble is not None:
        begins = preamble.end()
    role = _role(told, begins)
    partners = [(cell, end) for cell, end in _partners(told) if ";" not in told.text[begins:end]]
    task_start = max([begins, *(end for _, end in partners if end - begins < _LONG)])
    if role is not None and task_start == begins:
        task_start = max(begins, role[2])
    doing = _OF_DOING.match(told.text, task_start)
    if doing is not None:
        task_start = doing.end()
    when = next(iter(due_times(without_references(told.text))), None)
    report = REPORT.search(told.text)
    return told.row(
        "responsibilities",
        (
            unit,
            told.cell("role", role[1], role[2], role[0]) if role is not None else None,
            told.cell("task", task_start, len(told.text)) or told.cell("task", begins, len(told.text)),
            *part_cells(told),
            *(cell for cell, _ in partners),
            told.cell("deadline", when.start, when.end, when.value) if when is not None else None,
            told.cell("reports_to", report.start("to"), report.end("to"), name_of(report.group("to")))
            if report is not None
            else None,
        ),
    )


def _unit(book: Book, duty: Duty, told: Told, owners: dict[int, tuple[str, Section]]) -> Cell | None:
    """The cell of the body: in the sentence where it is its subject, otherwise in the heading above."""
    at: int | None = duty.sentence.passage.section if duty.sentence.passage.section >= 0 else None
    while at is not None:
        if at in owners and owners[at][0] == duty.unit:
            section = owners[at][1]
            cell = within(book, "unit", section.heading, duty.unit, name_of(duty.unit))
            if cell is not None:
                return cell
        at = book.outline[at].parent
    start = told.text.find(duty.unit)
    if start >= 0:
        return told.cell("unit", start, start + len(duty.unit), name_of(duty.unit))
    return said_before(book, "unit", duty.sentence, duty.unit)


def _role(told: Told, begins: int) -> tuple[str, int, int] | None:
    """The role that a duty begins with, and where it is said: the first role word, unless another verb comes before."""
    opening = told.text[begins : begins + _OPENING]
    found = [(match.start(), match.end(), name) for name, pattern in ROLES if (match := pattern.search(opening))]
    if not found:
        return None
    start, end, name = min(found)
    if _DOES.match(opening) is not None and start > 0:
        return None
    return name, begins + start, begins + end


def _partners(told: Told) -> Iterator[tuple[Cell, int]]:
    """The bodies that a duty is done with, and where their list ends."""
    match = _PARTNER.search(told.text)
    if match is None or len(match.group("who")) > _LONG:
        return
    at = match.start("who")
    for piece in re.split(
        r"(,\s+(?=(?:[A-ZĐỦ]|các\b))|;\s+|\s+và\s+(?=(?:các|UBND|Ủy ban|Sở|Phòng|Ban|Hội|Công an|địa phương|đơn vị)\b))",
        match.group("who"),
    ):
        cell = (
            None
            if re.fullmatch(r",\s+|;\s+|\s+và\s+", piece)
            else told.cell("partner", at, at + len(piece), name_of(piece))
        )
        at += len(piece)
        if cell is not None:
            yield cell, match.end("who")


def _of_table(book: Book, index: int) -> Iterator[Row]:
    """The bodies of a table row: those that lead, then those that take part."""
    passage = book.passages[index]
    cells = dict(passage.cells)
    leads = [span for name, span in cells.items() if names_leader(name)]
    joins = [span for name, span in cells.items() if names_partner(name)]
    tasks = [span for name, span in cells.items() if names_task(name)]
    if not (leads or joins) or not tasks:
        return
    time = next((span for name, span in cells.items() if names_time(name)), None)
    task = max((over(book, "task", span) for span in tasks), key=lambda cell: len(cell.text) if cell else 0)
    if task is None or len(task.text) < 4:
        return
    when = None
    if time is not None:
        text = reading(book.text, time).text
        value = next((one.value for one in times(text)), text)
        when = over(book, "deadline", time, value)
    own = book.by_passage[index][0].part
    for role, spans in (("chủ trì", leads), ("phối hợp", joins)):
        for span in spans:
            for unit in _bodies(book, span):
                found = (
                    unit,
                    Cell(column="role", text=unit.text, value=role, span=unit.span),
                    task,
                    _part_of_row(book, own, passage.section),
                    *((one for other in joins for one in _bodies(book, other, "partner")) if role == "chủ trì" else ()),
                    when,
                )
                yield row_of("responsibilities", passage, passage.span, found)


def _part_of_row(book: Book, own: Part, section: int) -> Cell | None:
    at: int | None = section if section >= 0 else None
    while own != Part() and at is not None:
        if book.section_parts[at][0] != Part():
            return over(book, "part", book.outline[at].heading, part_name(own))
        at = book.outline[at].parent
    return None


def _bodies(book: Book, span: Span, column: str = "unit") -> Iterator[Cell]:
    """The bodies that a table cell lists."""
    aligned = reading(book.text, span)
    at = 0
    for piece in re.split(
        r"(;\s*|\s*<br>\s*|\s+-\s+(?=(?:Sở|Phòng|Ban|UBND|Ủy ban|Hội|Công an|Văn phòng|Các)\b)|,\s+(?=(?:Sở|Phòng|Ban|UBND|Ủy ban|Hội|Công an|Văn phòng|các|Các)\b))",
        aligned.text,
    ):
        start, end = at, at + len(piece)
        at = end
        while start < end and aligned.text[start] in " ,;:.-–*•":
            start += 1
        while end > start and aligned.text[end - 1] in " ,;:.-–*•":
            end -= 1
        if end - start > 2:
            text = aligned.text[start:end]
            yield Cell(column=column, text=text, value=name_of(text), span=aligned.span(start, end))


def heading_text(book: Book, section: int) -> str:
    """The label of a section, "" before the first."""
    return section_label(book.outline[section]) if section >= 0 else ""
