"""Answers and hits as JSON objects and as text."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadQuestion
from ingest.types import Span
from retrieval.types import Answer, Citation, Hit, Passage
from ui.commands.text import answer_text, hits_text
from ui.wire import answer_object, as_line, error_object, hits_object

SOURCE = "KẾ HOẠCH\n\nII. KINH PHÍ\nTổng kinh phí:\n7.011 triệu đồng.\n"
QUOTE = "Tổng kinh phí:\n7.011 triệu đồng."
START = SOURCE.index(QUOTE)


def citation(*, page: int | None = None, quote: str = QUOTE) -> Citation:
    return Citation(
        number=1,
        document="plan",
        title="Kế hoạch năm 2023",
        section=("II. KINH PHÍ",),
        quote=quote,
        span=Span(START, START + len(quote)),
        page=page,
    )


def answer(*, page: int | None = None, language: str = "vi") -> Answer:
    return Answer(
        question="Kinh phí là bao nhiêu?",
        language="en" if language == "en" else "vi",
        text="7.011 triệu đồng [1]",
        abstained=False,
        confidence=0.91239,
        citations=(citation(page=page),),
        elapsed_ms=12.345,
        steps=("Tìm",),
    )


def hit() -> Hit:
    passage = Passage(
        key=7,
        document="plan",
        index=3,
        kind="paragraph",
        span=Span(START, START + len(QUOTE)),
        text=QUOTE,
        reading="Tổng kinh phí: 7.011 triệu đồng.",
        context="Kế hoạch năm 2023",
        path=("II. KINH PHÍ",),
        section=1,
    )
    return Hit(passage=passage, rank=1, score=0.71, by={"bm25": 3.0})


def test_an_answer_has_the_fields_of_the_contract_in_their_order() -> None:
    assert as_line(answer_object(answer(), "q1")) == (
        '{"id": "q1", "question": "Kinh phí là bao nhiêu?", "language": "vi", '
        '"answer": "7.011 triệu đồng [1]", "abstained": false, "confidence": 0.9124, '
        '"citations": [{"number": 1, "document": "plan", '
        '"title": "Kế hoạch năm 2023", "section": ["II. KINH PHÍ"], '
        '"quote": "Tổng kinh phí:\\n7.011 triệu đồng.", "start": 23, "end": 55, "page": null}], '
        '"answerer": "extractive", "elapsed_ms": 12.3, "steps": ["Tìm"]}'
    )


def test_hits_have_the_fields_of_the_contract_in_their_order() -> None:
    assert as_line(hits_object([hit()], 5)) == (
        '{"id": 5, "hits": [{"rank": 1, "score": 0.71, "document": "plan", "section": ["II. KINH PHÍ"], '
        '"text": "Tổng kinh phí:\\n7.011 triệu đồng.", "start": 23, "end": 55, "page": null}]}'
    )


def test_an_error_names_its_line() -> None:
    assert error_object(BadQuestion(reason="it is empty"), "q9", 9) == {
        "id": "q9",
        "error": "Not a question: it is empty.",
        "code": "bad-question",
        "line": 9,
    }


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_on_one_line_and_comes_back(text: str) -> None:
    line = as_line({"answer": text})
    assert "\n" not in line
    assert json.loads(line.encode().decode()) == {"answer": text}


def test_text_gives_the_line_of_a_source_without_pages() -> None:
    assert answer_text(answer(), {"plan": SOURCE}.__getitem__) == (
        "7.011 triệu đồng [1]\n\n[1] Kế hoạch năm 2023 — II. KINH PHÍ — dòng 4: “Tổng kinh phí: 7.011 triệu đồng.”"
    )


def test_text_gives_the_page_of_a_source_with_pages() -> None:
    assert "— trang 2: “" in answer_text(answer(page=2), {"plan": SOURCE}.__getitem__)
    assert "— page 2: “" in answer_text(answer(page=2, language="en"), {"plan": SOURCE}.__getitem__)


def test_hits_as_text_are_ranked_passages_with_their_place() -> None:
    assert hits_text([hit()], {"plan": SOURCE}.__getitem__) == (
        "1. [0.710] plan — II. KINH PHÍ — line 4\n   Tổng kinh phí: 7.011 triệu đồng."
    )


def test_a_document_cannot_steer_the_terminal() -> None:
    hostile = Answer(
        question="q",
        language="vi",
        text="a\x1b[2J\x9bb [1]",
        abstained=False,
        confidence=1.0,
        citations=(citation(quote="x\x1b]0;title\x07y"),),
    )
    shown = answer_text(hostile, {"plan": SOURCE}.__getitem__)
    assert "a[2Jb [1]" in shown
    assert "“x]0;titley”" in shown
    assert not any(mark in shown for mark in "\x1b\x9b\x07")
