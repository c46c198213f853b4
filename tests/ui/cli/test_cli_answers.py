"""``planqa ask`` and ``planqa search`` over two real plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from runs import Run, read_lines, write_lines

ANSWER = [
    "id",
    "question",
    "language",
    "answer",
    "abstained",
    "confidence",
    "citations",
    "answerer",
    "elapsed_ms",
    "steps",
]
CITATION = ["number", "document", "title", "section", "quote", "start", "end", "page"]
HIT = ["rank", "score", "document", "section", "text", "start", "end", "page"]
BUDGET = "Tổng kinh phí thực hiện Chương trình của thành phố Bắc Kạn năm 2023 là bao nhiêu?"
BAC_KAN = "2023-bac-kan-kh-ubnd"
KIEN_GIANG = "2021-kien-giang-42-kh-ubnd"


def test_an_answer_quotes_its_source_exactly(over_plans: Run, plans: Path) -> None:
    result = over_plans("ask", BUDGET, "--json")
    assert (result.status, result.err, result.out.count("\n")) == (0, "", 1)
    answer = json.loads(result.out)
    assert list(answer) == ANSWER
    assert answer["question"] == BUDGET
    assert not answer["abstained"]
    assert answer["citations"]
    for citation in answer["citations"]:
        assert list(citation) == CITATION
        source = (plans / f"{citation['document']}.md").read_bytes().decode()
        assert citation["quote"] == source[citation["start"] : citation["end"]]
        assert f"[{citation['number']}]" in answer["answer"]


def test_an_answer_for_people_ends_with_its_citations(over_plans: Run) -> None:
    result = over_plans("ask", BUDGET)
    assert (result.status, result.err) == (0, "")
    text, citations = result.out.rstrip("\n").rsplit("\n\n", 1)
    assert "[1]" in text
    for number, line in enumerate(citations.split("\n"), 1):
        assert line.startswith(f"[{number}] ")
        assert " — dòng " in line
        assert line.endswith("”")


def test_a_search_gives_k_passages_best_first(over_plans: Run, plans: Path) -> None:
    result = over_plans("search", BUDGET, "--k", "3", "--json")
    assert (result.status, result.err, result.out.count("\n")) == (0, "", 1)
    found = json.loads(result.out)
    assert list(found) == ["id", "hits"]
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in found["hits"]:
        assert list(hit) == HIT
        source = (plans / f"{hit['document']}.md").read_bytes().decode()
        assert hit["text"] == source[hit["start"] : hit["end"]]


def test_a_search_for_people_lists_ten_passages(over_plans: Run) -> None:
    lines = over_plans("search", BUDGET).out.splitlines()
    assert [line.split(".")[0] for line in lines[::2]] == [str(rank) for rank in range(1, 11)]


@pytest.mark.parametrize("document", [BAC_KAN, KIEN_GIANG])
def test_a_document_that_is_named_is_the_only_one_searched(over_plans: Run, document: str) -> None:
    found = json.loads(over_plans("search", "nhiệm vụ", "--document", document, "--json").out)
    assert {hit["document"] for hit in found["hits"]} == {document}


def test_a_document_that_there_is_not_is_refused(over_plans: Run) -> None:
    assert over_plans("ask", BUDGET, "--document", "plan-x").refused("No document plan-x in the index")


def test_a_batch_answers_each_line_and_keeps_going(over_plans: Run, here: Path) -> None:
    questions = write_lines(
        here / "in.jsonl",
        {"id": "first", "question": BUDGET, "note": "left alone"},
        b"",
        {"question": BUDGET, "documents": [KIEN_GIANG]},
        b"{broken",
        {"id": 7, "question": " "},
        {"id": "many", "question": "q" * 100_000},
        {"id": "where", "question": BUDGET, "documents": ["plan-x"]},
        {"id": "typed", "question": BUDGET, "history": "not a list"},
        {"id": "none"},
        {"id": "half", "question": "\ud800"},
        b"\xff\xfe",
        b"[" * 100_000,
        b"[1]",
        {"id": ["x"], "question": BUDGET},
        {"id": "last", "question": "Còn năm 2022?", "history": [BUDGET], "documents": None},
    )
    result = over_plans("ask", "--batch", questions, "--out", "out.jsonl")
    assert result.refused(f"11 of 14 lines of {questions} have no answer", "out.jsonl")
    records = read_lines(here / "out.jsonl")
    answered = [record for record in records if "answer" in record]
    assert [record["id"] for record in answered] == ["first", "3", "last"]
    assert all(list(record) == ANSWER for record in answered)
    assert all(citation["document"] == KIEN_GIANG for citation in answered[1]["citations"])
    failed = [record for record in records if "error" in record]
    assert all(list(record) == ["id", "error", "code", "line"] for record in failed)
    assert [(record["id"], record["line"], record["code"], record["error"]) for record in failed] == [
        (
            "4",
            4,
            "bad-batch-line",
            "Line 4 of the batch is no question: no JSON "
            "(Expecting property name enclosed in double quotes at column 2).",
        ),
        (7, 5, "bad-question", "Not a question: it is empty."),
        ("many", 6, "bad-question", "Not a question: it has 100000 characters, and the limit is 2000."),
        (
            "where",
            7,
            "unknown-document",
            "No document plan-x in the index; `planqa index` shows what there is.",
        ),
        ("typed", 8, "bad-batch-line", "Line 8 of the batch is no question: history is no list of texts."),
        ("none", 9, "bad-batch-line", "Line 9 of the batch is no question: question is missing."),
        ("half", 10, "bad-question", "Not a question: it is not Unicode text."),
        ("11", 11, "bad-batch-line", "Line 11 of the batch is no question: byte 0 is not UTF-8."),
        ("12", 12, "bad-batch-line", "Line 12 of the batch is no question: no JSON that can be read."),
        ("13", 13, "bad-batch-line", "Line 13 of the batch is no question: no JSON object."),
        ("14", 14, "bad-batch-line", "Line 14 of the batch is no question: id is no text."),
    ]


def test_a_batch_without_a_bad_line_ends_well_and_says_nothing(over_plans: Run, here: Path) -> None:
    questions = write_lines(here / "in.jsonl", {"id": "a", "question": BUDGET}, {"id": "b", "question": BUDGET})
    result = over_plans("search", "--batch", questions, "--out", "out.jsonl", "--k", "2")
    assert (result.status, result.out, result.err) == (0, "", "")
    records = read_lines(here / "out.jsonl")
    assert [(record["id"], len(record["hits"])) for record in records] == [("a", 2), ("b", 2)]
    assert records[0]["hits"] == records[1]["hits"]


def test_a_batch_gives_the_same_as_single_questions(over_plans: Run, here: Path) -> None:
    questions = write_lines(here / "in.jsonl", {"question": BUDGET})
    assert over_plans("ask", "--batch", questions, "--out", "out.jsonl").status == 0
    batch = read_lines(here / "out.jsonl")[0]
    single = json.loads(over_plans("ask", BUDGET, "--json").out)
    assert batch | {"elapsed_ms": 0} == single | {"elapsed_ms": 0}


def test_an_empty_batch_leaves_an_empty_file(over_plans: Run, here: Path) -> None:
    (here / "in.jsonl").write_bytes(b"\n")
    assert over_plans("ask", "--batch", "in.jsonl", "--out", "out.jsonl").status == 0
    assert (here / "out.jsonl").read_bytes() == b""


def test_a_byte_order_mark_and_windows_lines_are_read(over_plans: Run, here: Path) -> None:
    (here / "in.jsonl").write_bytes('\ufeff{"id": "a", "question": "Kinh phí?"}\r\n'.encode())
    assert over_plans("ask", "--batch", "in.jsonl", "--out", "out.jsonl").status == 0
    assert read_lines(here / "out.jsonl")[0]["id"] == "a"


def test_the_output_may_stand_in_place_of_the_input(over_plans: Run, here: Path) -> None:
    file = write_lines(here / "in.jsonl", {"id": "a", "question": BUDGET})
    assert over_plans("ask", "--batch", file, "--out", file).status == 0
    assert read_lines(file)[0]["id"] == "a"
    assert list(here.iterdir()) == [file]


def test_a_device_is_written_to_and_not_replaced(over_plans: Run, here: Path) -> None:
    file = write_lines(here / "in.jsonl", {"id": "a", "question": BUDGET})
    assert over_plans("ask", "--batch", file, "--out", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()
