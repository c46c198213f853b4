"""Registers as tables, sentences and files; the files are read back by other programs than those that write them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.types import Span
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import Index, build
from retrieval.registers.types import COLUMNS, KINDS, Cell, Finding, FindingKind, Row
from retrieval.types import Language
from ui.due import due
from ui.icalendar import Event, as_ics
from ui.language import LANGUAGES, load_strings
from ui.registers import (
    FORMATS,
    export,
    export_findings,
    finding_sentence,
    findings_table,
    short_titles,
    table,
)
from ui.sheets import as_csv, as_xlsx

PLANS = Path(__file__).parents[2] / "corpus"
DUE = """ỦY BAN NHÂN DÂN TỈNH SƠN LA

Sơn La, ngày 10 tháng 3 năm 2023

KẾ HOẠCH
Thực hiện Chương trình năm 2023

I. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính

- Báo cáo kết quả giải ngân về UBND tỉnh trước ngày 20 hằng tháng.

- Tổng hợp, báo cáo UBND tỉnh trước ngày 15/12 hằng năm.

- Hoàn thành việc phân bổ vốn xong trước ngày 30 tháng 6 năm 2024.

- Định kỳ hằng quý báo cáo tiến độ thực hiện về UBND tỉnh.

- Hằng năm, căn cứ dự toán được giao, báo cáo UBND tỉnh.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    for plan in PLANS.glob("*.md"):
        if plan.stem != "README":
            (corpus / plan.name).write_bytes(plan.read_bytes())
    (corpus / "son-la.md").write_text(DUE, encoding="utf-8")
    encoder = load_encoder()
    build(corpus, index, encoder)
    return Engine(Index.open(index), encoder)


def exported(engine: Engine, kind: str, format: str, language: Language = "vi") -> bytes:
    return export(engine.register(kind), kind, format, engine.documents(), engine.source, language)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def properties(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar, by the rules of RFC 5545: lines unfolded, texts with their escapes undone."""
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            unescaped = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
            events[-1][name] = unescaped if name in ("SUMMARY", "DESCRIPTION") else value
    return events


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_a_line_for_each_row_and_names_every_column(engine: Engine, kind: str, language: Language) -> None:
    rows = engine.register(kind)
    header, lines = table(rows, engine.documents(), language, sources=engine.source)
    assert rows and len(lines) == len(rows)
    assert {len(line) for line in lines} == {len(header)} == {len(COLUMNS[kind]) + 2}
    assert len(set(header)) == len(header)


def test_a_table_cites_the_very_words(engine: Engine) -> None:
    rows = engine.register("deadlines")
    titles = {info.id: info.title for info in engine.documents()}
    lines = table(rows, engine.documents(), "vi", sources=engine.source)[1]
    for row, line in zip(rows, lines, strict=True):
        quote = " ".join(engine.source(row.document)[row.span.start : row.span.end].split())
        assert line[-1].startswith(titles[row.document])
        assert line[-1].endswith(f"“{quote}” [{row.span.start}:{row.span.end}]")
        assert all(heading in line[-1] for heading in row.path)


def test_a_table_without_sources_says_where_and_without_rows_has_its_header(engine: Engine) -> None:
    rows = engine.register("targets")
    header, lines = table(rows, engine.documents(), "vi")
    assert lines[0][-1].endswith(f"— [{rows[0].span.start}:{rows[0].span.end}]")
    assert table((), engine.documents(), "vi", kind="targets") == (header, [])
    assert table((), engine.documents(), "vi") == (["Văn bản", "Trích dẫn"], [])


def test_a_part_is_named_and_not_quoted_with_its_heading(engine: Engine) -> None:
    header, lines = table(engine.register("budgets"), engine.documents(), "vi")
    parts = {line[header.index("Dự án, nội dung")] for line in lines}
    assert "Dự án 8" in parts and max(map(len, parts)) < 60


def test_short_titles_tell_documents_apart(engine: Engine) -> None:
    shorts = short_titles(engine.documents(), "vi")
    assert shorts["2021-kien-giang-42-kh-ubnd"] == "Kế hoạch số 42/KH-UBND, Ủy ban nhân dân tỉnh, Kiên Giang, 2021"
    assert shorts["2023-bac-kan-kh-ubnd"] == "Kế hoạch, UBND thành phố Bắc Kạn, 2023"
    assert len(set(shorts.values())) == len(shorts) == 6


def test_documents_that_look_alike_are_told_apart_by_their_ids(engine: Engine) -> None:
    info = engine.documents()[0]
    twin = type(info)(**{name: getattr(info, name) for name in info.__dataclass_fields__} | {"id": "twin"})
    assert [short.endswith(f"({id_})") for id_, short in short_titles((info, twin), "vi").items()] == [True, True]


# Findings


def test_a_sum_that_differs_is_said_in_vietnamese_figures() -> None:
    finding = Finding(
        kind="sum-differs",
        document="d",
        spans=(Span(0, 1),),
        values=(("stated", "3600000000"), ("computed", "3397000000")),
    )
    assert finding_sentence(finding, "vi") == "Tổng ghi 3.600.000.000 đồng, các khoản cộng lại 3.397.000.000 đồng."
    assert "3,600,000,000 VND" in finding_sentence(finding, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_finding_has_its_sentence(engine: Engine, language: Language) -> None:
    assert {f"finding.{kind}" for kind in get_args(FindingKind)} <= set(load_strings(language).texts)
    sentences = [finding_sentence(one, language) for one in engine.findings()]
    assert sentences and all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(("unit", "said"), [("sở tài chính", "Sở tài chính: "), ("", "Không rõ cơ quan nào: ")])
def test_a_report_without_a_date_names_who_owes_it(unit: str, said: str) -> None:
    finding = Finding(kind="no-date", document="d", spans=(), values=(("unit", unit),))
    assert finding_sentence(finding, "vi").startswith(said)


def test_braces_in_a_finding_stay_what_they_are() -> None:
    finding = Finding(kind="no-document", document="d", spans=(), values=(("number", "{0}\n{x}"),))
    assert "{0} {x}" in finding_sentence(finding, "vi")


def test_findings_go_into_files_with_every_place(engine: Engine) -> None:
    findings = engine.findings()
    given_ = (findings, "json", engine.documents(), engine.source, "vi")
    records = json.loads(export_findings(*given_))
    assert [record["sentence"] for record in records] == [finding_sentence(one, "vi") for one in findings]
    for record in records:
        source = engine.source(record["document"])
        assert all(source[one["start"] : one["end"]] == one["quote"] for one in record["citations"])
    header, *lines = read_csv(export_findings(findings, "csv", *given_[2:]))
    assert (header, lines) == findings_table(findings, engine.documents(), "vi", sources=engine.source)
    book = openpyxl.load_workbook(io.BytesIO(export_findings(findings, "xlsx", *given_[2:])))
    assert [[cell.value for cell in line] for line in book["Điểm cần xem lại"].iter_rows()] == [header, *lines]
    with pytest.raises(ValueError, match="findings"):
        export_findings(findings, "ics", *given_[2:])


# Files


@pytest.mark.parametrize("kind", KINDS)
def test_json_holds_every_cell_at_its_place(engine: Engine, kind: str) -> None:
    rows = engine.register(kind)
    records = json.loads(exported(engine, kind, "json"))
    assert len(records) == len(rows)
    for row, record in zip(rows, records, strict=True):
        source = engine.source(row.document)
        citation = record["citation"]
        assert list(record) == ["document", "kind", "cells", "citation"]
        assert citation["quote"] == source[citation["start"] : citation["end"]]
        assert list(record["cells"])[: len(COLUMNS[kind])] == list(COLUMNS[kind])
        flat = [(name, *cell.values()) for name, cells in record["cells"].items() for cell in cells]
        assert sorted(flat) == sorted(
            (cell.column, cell.text, cell.value, cell.span.start, cell.span.end) for cell in row.cells
        )


@pytest.mark.parametrize("kind", KINDS)
def test_csv_reads_back_as_the_table(engine: Engine, kind: str) -> None:
    data = exported(engine, kind, "csv")
    header, lines = table(engine.register(kind), engine.documents(), "vi", sources=engine.source)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [header, *([re.sub(r"^(?=[=+@\-])", "'", cell) for cell in line] for line in lines)]


LETTERS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n\",;'ộ"))


@given(st.lists(st.lists(LETTERS, min_size=2, max_size=2)))
@example([["=1+1", "+84"], ["-2", "@SUM(A1)"], ["\t=1", "\r=1"], ["'", 'a"b,\nc'], ["", ""]])
def test_no_cell_of_a_csv_file_begins_a_formula(lines: list[list[str]]) -> None:
    back = read_csv(as_csv(["a", "b"], lines))[1:]
    for line, read in zip(lines, back, strict=True):
        for cell, cell_back in zip(line, read, strict=True):
            assert cell_back in (cell, f"'{cell}")
            assert not cell_back.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(LETTERS, min_size=2, max_size=2), min_size=1, max_size=4))
@example([["=1+1", "#N/A"], ["{=1}", "\x00\x07\uffff"], ["2023-01-01", "12"], ["=HYPERLINK(1)", "TRUE"]])
def test_the_cells_of_a_workbook_are_text_whatever_they_look_like(lines: list[list[str]]) -> None:
    data = as_xlsx(["a", "b"], lines, title="t", numbers={})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    for line, cells in zip(lines, sheet.iter_rows(min_row=2), strict=True):
        for text, cell in zip(line, cells, strict=True):
            kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
            assert cell.data_type in ("s", "n") and (cell.value is None) == (kept == "")
            assert re.sub(r"\r\n?", "\n", cell.value or "") == re.sub(r"\r\n?", "\n", kept)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_workbook_has_its_header_frozen_and_filtered_and_amounts_as_numbers(engine: Engine) -> None:
    rows = engine.register("budgets")
    book = openpyxl.load_workbook(io.BytesIO(exported(engine, "budgets", "xlsx")))
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Kinh phí", "A2", f"A1:I{len(rows) + 1}")
    assert header[3:5] == ["Số tiền", "đồng"]
    amounts = [sheet.cell(row=row, column=5).value for row in range(2, len(rows) + 2)]
    assert amounts == [int(row.value("amount")) for row in rows]
    assert sheet["E2"].number_format == "#,##0"
    assert sheet["I2"].alignment.wrap_text and sheet.column_dimensions["I"].width > sheet.column_dimensions["E"].width


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_register_makes_files_that_open(engine: Engine, kind: str) -> None:
    empty = ((), kind), (engine.documents(), engine.source, "vi")
    assert json.loads(export(*empty[0], "json", *empty[1])) == []
    assert [len(line) for line in read_csv(export(*empty[0], "csv", *empty[1]))] == [len(COLUMNS[kind]) + 2]
    book = openpyxl.load_workbook(io.BytesIO(export(*empty[0], "xlsx", *empty[1])))
    assert book.active.max_row == 1


def test_only_deadlines_make_a_calendar(engine: Engine) -> None:
    assert FORMATS == ("csv", "json", "xlsx", "ics")
    with pytest.raises(ValueError, match="targets"):
        exported(engine, "targets", "ics")


# The calendar


def test_a_calendar_has_the_days_of_the_plan(engine: Engine) -> None:
    rows = [row for row in engine.register("deadlines") if row.document == "son-la"]
    data = export(rows, "deadlines", "ics", engine.documents(), engine.source, "vi")
    events = properties(data)
    assert [(event["DTSTART;VALUE=DATE"], event.get("RRULE", "")) for event in events] == [
        ("20230320", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("20231215", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ("20240630", ""),
        ("20230331", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    ]
    assert {event["DTSTAMP"] for event in events} == {"20230310T000000Z"}
    assert "“Báo cáo kết quả giải ngân về UBND tỉnh trước ngày 20 hằng tháng.” [" in events[0]["DESCRIPTION"]
    assert [("không nêu ngày" in event["DESCRIPTION"]) for event in events] == [False, False, False, True]
    assert all(len(event["SUMMARY"]) <= 120 for event in events)


def test_a_calendar_is_the_same_each_time_and_no_event_comes_twice(engine: Engine) -> None:
    data = exported(engine, "deadlines", "ics")
    assert data == exported(engine, "deadlines", "ics")
    rows = engine.register("deadlines")
    doubled = export((*rows, *rows), "deadlines", "ics", engine.documents(), engine.source, "vi")
    assert doubled == data
    uids = [event["UID"] for event in properties(data)]
    assert len(uids) == len(set(uids)) >= 6


def test_a_row_without_a_day_is_left_out(engine: Engine) -> None:
    rows = [row for row in engine.register("deadlines") if row.value("date") in ("yearly", "always", "every 2 years")]
    assert rows
    assert b"VEVENT" not in export(rows, "deadlines", "ics", engine.documents(), engine.source, "vi")


@given(st.text(), st.text())
@example("Sở; UBND, \\n: “ộ”\r\nmột\rhai", "ộ" * 200)
@example("\U0001f600" * 60, " " * 200)
def test_a_calendar_reads_back_and_no_line_is_too_long(summary: str, description: str) -> None:
    day = date(2023, 3, 31)
    event = Event(uid="u@planqa", day=day, rule="", stamp=day, summary=summary, description=description)
    data = as_ics([event], name=summary)
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line
        line.decode("utf-8")  # no letter is cut
    (back,) = properties(data)
    for name, text in (("SUMMARY", summary), ("DESCRIPTION", description)):
        plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        assert back[name] == re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "", plain)


@pytest.mark.parametrize(
    ("value", "words", "day"),
    [
        ("2023-12-15", "trước ngày 15/12/2023", date(2023, 12, 15)),
        ("2024-02", "trong tháng 02/2024", date(2024, 2, 29)),
        ("2024-02", "trước tháng 02/2024", date(2024, 1, 31)),
        ("2025", "đến hết năm 2025", date(2025, 12, 31)),
        ("2025", "trước hết năm 2025", date(2025, 12, 31)),
        ("2025", "từ năm 2025", date(2025, 1, 1)),
        ("2023-Q4", "quý IV/2023", date(2023, 12, 31)),
    ],
)
def test_a_date_is_a_day(value: str, words: str, day: date) -> None:
    found = due(value, words, date(2020, 1, 1))
    assert found is not None and (found.day, found.rule) == (day, "")


@pytest.mark.parametrize(
    "value", ["", "yearly", "always", "weekly", "as needed", "every 2 years", "2023-02-30", "2023-13", "0000", "Q5",
              "yearly 13-01", "yearly 04-00", "yearly 01-99", "monthly 00", "monthly 99", "quarterly 01-05", "hằng năm"]
)  # fmt: skip
def test_what_is_no_day_is_none(value: str) -> None:
    assert due(value, value, date(2023, 3, 31)) is None


RECURRENCES = (
    [f"yearly {month:02d}-{day:02d}" for month in range(1, 13) for day in (1, 15, 28, 29, 30, 31)]
    + [f"monthly {day:02d}" for day in range(1, 32)]
    + ["monthly", "quarterly", "half-yearly", "Q1", "Q2", "Q3", "Q4"]
)


@given(st.sampled_from(RECURRENCES), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_recurrence_begins_on_the_first_day_of_its_rule_and_skips_none(value: str, after: date) -> None:
    found = due(value, "", after)
    assert found is not None
    months = {"yearly": 12, "monthly": 1, "quarterly": 3, "half-yearly": 6}.get(value.partition(" ")[0], 12)
    counted_from = found.day if months in (3, 6) else after  # INTERVAL counts from the first month
    rule = rrulestr(found.rule, dtstart=datetime.combine(counted_from, time()))
    first, *others = [one.date() for one, _ in zip(rule, range(5), strict=False)]
    assert found.day == first >= after
    assert (first - after).days <= 31 * months
    assert first.month % months == 0 or months in (1, 12)
    steps = [12 * one.year + one.month - 12 * first.year - first.month for one in others]
    assert steps == [months * count for count in range(1, 5)]


def test_a_hostile_document_stays_text(engine: Engine) -> None:
    info = engine.documents()[0]
    evil = '=HYPERLINK("http://x")\x1b[31m'
    cells = tuple(Cell(column=name, text=evil, value=evil, span=Span(0, 5)) for name in COLUMNS["deadlines"])
    row = Row(kind="deadlines", document=info.id, span=Span(0, 5), cells=cells, path=(evil,))
    header, (line,) = table([row], [info], "vi", sources=lambda _: evil)
    assert not any("\x1b" in cell for cell in line)
    written = read_csv(export([row], "deadlines", "csv", [info], lambda _: evil, "vi"))[1]
    assert not any(cell.startswith("=") for cell in written)
    assert len(header) == len(written)
