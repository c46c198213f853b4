"""Deadlines: by when or how often, who, what, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.reading import reading
from ingest.rules.numbering import mark_of
from ingest.rules.units import subject_of
from ingest.types import Section, Span
from retrieval.answer.library import Book
from retrieval.assignment import names_leader, names_task, names_time
from retrieval.registers.cells import (
    Told,
    name_of,
    over,
    row_of,
    said_before,
    told_sentences,
    within,
    without_references,
)
from retrieval.registers.responsibilities import REPORT
from retrieval.registers.times import When, due_times, times
from retrieval.registers.types import Cell, Row

_DUE = re.compile(
    r"\b(?:bao cao|gui|nop|hoan thanh|xong|trinh|tong hop|so ket|tong ket|ban hanh|phe duyet|cham nhat|truoc ngay|dinh ky|giao ban|danh gia|kiem tra|giam sat)\b"
)
# What is done again and again is said first: "Hằng năm, bố trí …".
_AGAIN = re.compile(r"\s*(?:[-+•*]\s*)?(?:dinh ky|hang nam|moi nam|hang quy|hang thang|.{0,80}\bke hoach hang nam\b)")
# "số liệu tính từ ngày … đến ngày …" is due at no time.
_COUNTED_FROM = re.compile(r"\btính(?: từ\b[^.;]*)?\s*$", re.IGNORECASE)
_FINISH = re.compile(r"\b(?:hoàn thành|xong|chậm nhất|muộn nhất|kết thúc)\b[^;.]{0,100}$", re.IGNORECASE)
_BY = re.compile(r"(?:trong|trước|hết|đến hết|xong trước)\b", re.IGNORECASE)
_WHO = re.compile(
    r"(?P<who>(?:Các|UBND|Ủy ban|Uỷ ban|Sở|Phòng|Ban|Hội|Công an|Văn phòng|Thủ trưởng|Đề nghị|Giao|Yêu cầu)\b[^.;:]{2,160}?)\s*,?\s+"
    r"(?=(?:định kỳ|trước ngày|báo cáo|gửi|tổng hợp|nộp|xây dựng|có trách nhiệm|chịu trách nhiệm|triển khai|tổ chức|căn cứ|chủ động|tăng cường|hàng năm|hằng năm|chậm nhất|hoàn thành|chủ trì|thực hiện|rà soát|đăng ký|lập|khẩn trương)\b)"
)


def read_deadlines(book: Book) -> Iterator[Row]:
    """What is due at a time: sentences with a time and something to hand in or to finish, and table rows with a time."""
    owners = {section.index: (unit, section) for unit, section in book.units}
    duties = {duty.sentence.span: duty.unit for duty in book.duties if duty.sentence.passage.kind != "row"}
    for told in told_sentences(book):
        if told.sentence.passage.section < 0 or not (_DUE.search(told.folded) or _AGAIN.match(told.folded)):
            continue
        plain = without_references(told.text)
        found = [
            one
            for one in due_times(plain)
            if (one.exact and not _COUNTED_FROM.search(plain[: one.start]))
            or _recurs(one.value)
            or _finishes(plain, one)
        ]
        exact = [one for one in found if one.exact]
        for one in exact or found[:1]:
            report = REPORT.search(told.text)
            mark = mark_of(told.text)
            start = mark.length if mark is not None else 0
            yield told.row(
                "deadlines",
                (
                    told.cell("date", one.start, one.end, one.value),
                    _who(book, told, owners, duties),
                    told.cell("what", start, len(told.text)),
                    told.cell("to", report.start("to"), report.end("to"), name_of(report.group("to")))
                    if report is not None
                    else None,
                ),
            )
    for passage in book.passages:
        if passage.kind == "row":
            yield from _of_table(book, passage.index)


def _finishes(text: str, one: When) -> bool:
    """Whether something is to be finished in or before a year: "hoàn thành trong năm 2026"."""
    return (
        one.value[:2] == "20"
        and _FINISH.search(text[: one.start]) is not None
        and _BY.match(text, one.start) is not None
    )


def _recurs(value: str) -> bool:
    return value in ("monthly", "quarterly", "half-yearly", "weekly", "yearly") or value.startswith("every")


def _who(book: Book, told: Told, owners: Mapping[int, tuple[str, Section]], duties: Mapping[Span, str]) -> Cell | None:
    mark = mark_of(told.text)
    start = mark.length if mark is not None else 0
    subject = subject_of(told.text[start:])
    if subject is not None:
        at = told.text.find(subject, start)
        return told.cell("who", at, at + len(subject), name_of(subject))
    if (unit := duties.get(told.sentence.span)) is not None:
        above = said_before(book, "who", told.sentence, unit)
        if above is not None:
            return above
    at_section: int | None = told.sentence.passage.section
    while at_section is not None:
        if at_section in owners:
            unit, section = owners[at_section]
            return within(book, "who", section.heading, unit, name_of(unit))
        at_section = book.outline[at_section].parent
    named = _WHO.search(told.text)
    if named is not None:
        return told.cell("who", *named.span("who"), name_of(named.group("who")))
    return None


def _of_table(book: Book, index: int) -> Iterator[Row]:
    passage = book.passages[index]
    time = next((span for name, span in passage.cells if names_time(name)), None)
    task = next((span for name, span in passage.cells if names_task(name)), None)
    if time is None or task is None:
        return
    text = reading(book.text, time).text
    value = next((one.value for one in times(text)), text.strip())
    if value == "always":
        return
    who = next((span for name, span in passage.cells if names_leader(name)), None)
    cells = (
        over(book, "date", time, value),
        over(book, "who", who, name_of(reading(book.text, who).text)) if who is not None and len(who) else None,
        over(book, "what", task),
    )
    kept = tuple(cell for cell in cells if cell is not None)
    if any(cell.column == "date" and any(letter.isalnum() for letter in cell.text) for cell in kept):
        yield row_of("deadlines", passage, passage.span, kept)
