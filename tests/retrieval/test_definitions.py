"""Questions after the meaning of a term find the clause that explains it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.definitions import Definitions, asked_term, defined_terms


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Tảo hôn là gì?", "tao hon"),
        ("Tảo hôn là như thế nào?", "tao hon"),
        ("hôn nhân cận huyết thống có nghĩa là gì", "hon nhan can huyet thong"),
        ("Hộ nghèo được hiểu như thế nào theo Nghị định này?", "ho ngheo"),
        ("Thế nào là hộ nghèo?", "ho ngheo"),
        ("Khái niệm hộ nghèo được quy định ở đâu?", "ho ngheo"),
        ("Theo Luật Thủy sản, khai thác thủy sản là gì?", "khai thac thuy san"),
        ("Cơ sở sản xuất thuốc gồm những cơ sở nào?", "co so san xuat thuoc"),
        ("Tự ý bỏ việc là gì?", "tu y bo viec"),
        ("What is a poor household?", "poor household"),
        ("What does poor household mean?", "poor household"),
        ("What is meant by poor household?", "poor household"),
        ("Ai ký kế hoạch?", None),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", None),
        ("Who signed the plan?", None),
        ("?", None),
    ],
)
def test_the_term_in_question_is_read(question: str, term: str | None) -> None:
    assert asked_term(question) == term


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("3. Hộ nghèo là hộ gia đình có thu nhập thấp.", ["ho ngheo"]),
        ("a) “Hộ nghèo” là hộ gia đình.\n- Tảo hôn: lấy vợ, lấy chồng sớm.", ["ho ngheo", "tao hon"]),
        ("Hộ nghèo (sau đây gọi tắt là HN) được hiểu là hộ gia đình.", ["ho ngheo"]),
        ("Đơn vị sự nghiệp bao gồm trường học và bệnh viện.", ["don vi su nghiep"]),
        ("Ủy ban nhân dân xã tổ chức thực hiện.", []),
        ("", []),
    ],
)
def test_clauses_that_explain_a_term_are_found(text: str, terms: list[str]) -> None:
    assert defined_terms(text) == terms


def test_rows_score_by_the_nearest_term_that_they_explain() -> None:
    texts = ["1. Hộ nghèo là hộ.\n2. Hộ cận nghèo là hộ.", "Hộ nghèo được hỗ trợ.", "3. Tảo hôn là lấy vợ sớm."]
    scores = Definitions(map(defined_terms, texts)).scores
    assert scores("ho can ngheo").tolist() == [1.0, 0.0, 0.0]
    assert scores("tao hon som").tolist() == pytest.approx([0.0, 0.0, 2 * 2 / (2 + 3)])
    assert scores("hon").tolist() == [0.0, 0.0, 0.0]  # too little of what is explained
    assert scores("").tolist() == [0.0, 0.0, 0.0]
    assert Definitions([]).scores("ho ngheo").tolist() == []


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    term = asked_term(text)
    assert term is None or 0 < len(term.split()) <= 16
    assert all(term and term == " ".join(term.split()) for term in defined_terms(text))
