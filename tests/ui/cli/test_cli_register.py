"""``planqa register`` over two of the real plans."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from runs import Run

BAC_KAN, KIEN_GIANG = "2023-bac-kan-kh-ubnd", "2021-kien-giang-42-kh-ubnd"


def rows_of(result: object) -> list[dict]:
    assert (result.status, result.err) == (0, "")
    return json.loads(result.out)


def test_a_register_is_a_list_with_citations(over_plans: Run) -> None:
    result = over_plans("register", "budgets", "--project", "8")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("1. Nội dung chi: Kế hoạch vốn năm 2023\n   Dự án, nội dung: Dự án 8\n")
    assert "   Nguồn: Kế hoạch, UBND thành phố Bắc Kạn, 2023 — III. NỘI DUNG THỰC HIỆN / 6. Dự án 8" in result.out
    assert "dòng 197: “Kế hoạch vốn năm 2023:** 54 triệu đồng (Vốn sự nghiệp).”\n" in result.out


def test_the_columns_are_named_in_the_language_of_the_settings(
    over_plans: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANQA_LANGUAGE", "en")
    result = over_plans("register", "budgets", "--project", "8")
    assert result.out.startswith("1. Matter: ") and "— line 197: “" in result.out


def test_json_quotes_the_source(over_plans: Run, plans: Path) -> None:
    rows = rows_of(over_plans("register", "responsibilities", "--json"))
    assert {row["document"] for row in rows} == {BAC_KAN, KIEN_GIANG}
    for row in rows:
        source = (plans / f"{row['document']}.md").read_text(encoding="utf-8")
        citation = row["citation"]
        assert source[citation["start"] : citation["end"]] == citation["quote"]
    assert (
        over_plans("register", "responsibilities", "--format", "json").out
        == json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    )


@pytest.mark.parametrize(
    ("arguments", "column", "value"),
    [
        (["responsibilities", "--unit", "Hội LHPN thành phố"], "unit", "hội liên hiệp phụ nữ thành phố"),
        (["responsibilities", "--role", "chu tri"], "role", "chủ trì"),
        (["budgets", "--project", "Dự án 8"], "part", "Dự án 8"),
        (["references", "--text", "2214"], "number", "2214/QĐ-TTg"),
    ],
)
def test_rows_are_chosen(over_plans: Run, arguments: list[str], column: str, value: str) -> None:
    every = rows_of(over_plans("register", arguments[0], "--json"))
    chosen = rows_of(over_plans("register", *arguments, "--json"))
    assert 0 < len(chosen) < len(every)
    assert any(cell["value"] == value for row in chosen for cell in row["cells"][column])


def test_rows_are_chosen_by_year_and_document(over_plans: Run) -> None:
    rows = rows_of(over_plans("register", "budgets", "--year", "2023", "--document", KIEN_GIANG, "--json"))
    assert rows and {row["document"] for row in rows} == {KIEN_GIANG}
    both = ("--document", KIEN_GIANG, "--document", BAC_KAN)
    assert over_plans("register", "budgets", *both).out == over_plans("register", "budgets").out


def test_findings_are_sentences_with_their_places(over_plans: Run) -> None:
    result = over_plans("register", "findings", "--document", KIEN_GIANG)
    assert "Văn bản số 2152/QĐ-TTg được viện dẫn nhưng không có trong kho.\n" in result.out
    assert BAC_KAN not in result.out and "Bắc Kạn" not in result.out
    records = rows_of(over_plans("register", "findings", "--json"))
    assert {"no-lead", "no-document"} <= {record["kind"] for record in records}


def test_files_go_where_they_are_wanted(over_plans: Run, here: Path) -> None:
    for format in ("text", "json", "csv", "xlsx", "ics"):
        result = over_plans("register", "deadlines", "--format", format, "--out", f"list.{format}")
        assert (result.status, result.out, result.err) == (0, "", "")
    assert sorted(path.name for path in here.iterdir()) == [
        f"list.{end}" for end in ("csv", "ics", "json", "text", "xlsx")
    ]
    lines = list(csv.reader(io.StringIO((here / "list.csv").read_text(encoding="utf-8-sig"))))
    sheet = openpyxl.load_workbook(here / "list.xlsx").active
    rows = json.loads((here / "list.json").read_text(encoding="utf-8"))
    assert len(lines) == sheet.max_row == len(rows) + 1 > 3
    assert (
        lines[0] == [cell.value for cell in sheet[1]] == ["Văn bản", "Thời hạn", "Ai", "Việc", "Gửi đến", "Trích dẫn"]
    )
    assert (here / "list.ics").read_bytes().count(b"BEGIN:VEVENT") >= 2
    assert over_plans("register", "deadlines").out == (here / "list.text").read_text(encoding="utf-8")


@pytest.mark.parametrize("format", ["csv", "xlsx", "ics"])
def test_standard_output_holds_the_bytes_of_the_file(over_plans: Run, here: Path, format: str) -> None:
    over_plans("register", "deadlines", "--format", format, "--out", "file")
    command = [sys.executable, "-m", "ui.cli", "register", "deadlines", "--format", format]
    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": root})
    written = (here / "file").read_bytes()
    if format == "xlsx":  # holds the time at which it was made
        assert openpyxl.load_workbook(io.BytesIO(done.stdout)).active.max_row > 3
    else:
        assert done.stdout == written


@pytest.mark.parametrize("format", ["text", "json", "csv", "xlsx", "ics"])
def test_nothing_found_is_no_failure_and_is_said(over_plans: Run, here: Path, format: str) -> None:
    result = over_plans("register", "deadlines", "--year", "1999", "--format", format, "--out", "file")
    assert (result.status, result.out) == (0, "")
    assert result.err == "planqa: the documents have no deadlines like that.\n"
    assert ((here / "file").read_bytes() == b"") == (format == "text")


def test_nothing_found_is_an_empty_list(over_plans: Run) -> None:
    assert over_plans("register", "targets", "--text", "khủng long", "--json").out == "[]\n"
    assert over_plans("register", "targets", "--text", "khủng long").out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["KIND"]),
        (["duties"], ["There is no register duties", "responsibilities, budgets", "findings"]),
        (["budgets", "--format", "pdf"], ["There is no format pdf", "text, csv, json, xlsx, ics"]),
        (["budgets", "--format", "ics"], ["deadlines only"]),
        (["findings", "--format", "ics"], ["deadlines only"]),
        (["budgets", "--json", "--format", "csv"], ["--json and --format csv"]),
        (["budgets", "--year", "năm nay"], ["--year năm nay"]),
        (["findings", "--unit", "Sở Tài chính"], ["--unit", "--document"]),
        (["budgets", "--out", "no/folder/x"], ["Cannot write no/folder/x"]),
        (["budgets", "--corpus", "nowhere"], ["Cannot read nowhere"]),
    ],
)
def test_bad_use_is_one_clear_line(planqa: Run, here: Path, arguments: list[str], words: list[str]) -> None:
    assert planqa("register", *arguments).refused(*words), planqa("register", *arguments)


@pytest.mark.parametrize("kind", ["budgets", "findings"])
def test_an_unknown_document_is_one_clear_line(over_plans: Run, here: Path, kind: str) -> None:
    assert over_plans("register", kind, "--document", "none", "--out", "file").refused("No document none")
    assert list(here.iterdir()) == []


def test_a_workbook_is_not_shown_on_a_terminal(planqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert planqa("register", "budgets", "--format", "xlsx").refused("xlsx", "--out FILE")
