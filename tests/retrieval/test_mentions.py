"""Which documents a question names, and which of them it tells apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.library import Library
from retrieval.answer.mentions import mentions, parties
from retrieval.answer.scope import numbers_of
from retrieval.index import Index

BAC_GIANG, BOARD = "2021-bac-giang-476-kh-ubnd", "2023-ban-dan-toc-bac-giang-kh-bdt"
KIEN_GIANG, TAM_DUONG, BAC_KAN = "2021-kien-giang-42-kh-ubnd", "2021-tam-duong-kh-ubnd", "2023-bac-kan-kh-ubnd"


@pytest.fixture(scope="module")
def library(index: Index) -> Library:
    return Library(index, index.speller)


@pytest.mark.parametrize(
    ("text", "said", "documents"),
    [
        ("Ai ký kế hoạch 476 của UBND tỉnh Bắc Giang?", "kế hoạch 476 của UBND tỉnh Bắc Giang", {BAC_GIANG}),
        ("Kế hoạch tỉnh Bắc Giang nêu gì?", "Bắc Giang", {BAC_GIANG}),
        ("Kế hoạch của Ban Dân tộc tỉnh Bắc Giang nêu gì?", "Ban Dân tộc tỉnh Bắc Giang", {BOARD}),
        ("What does Bac Giang's 2023 plan say?", "Bac Giang's 2023", {BOARD}),
        ("Kế hoạch năm 2023 của thành phố Bắc Kạn nêu gì?", "2023 của thành phố Bắc Kạn", {BAC_KAN}),
        ("Ở Bắc Giang thì sao?", "Bắc Giang", {BAC_GIANG, BOARD}),
        ("Số 42/KH-UBND là của ai?", "42/KH-UBND", {KIEN_GIANG}),
        ("Theo kế hoạch 42, ai báo cáo?", "kế hoạch 42", {KIEN_GIANG}),
        ("Kế hoạch do ông Mai Sơn ký là gì?", "Mai Sơn", {BAC_GIANG}),
        ("Who reports under the 2021 provincial cooperation plan?", "2021", {BAC_GIANG, KIEN_GIANG, TAM_DUONG}),
        ("What does Bac Giang province want to cover?", "Bac Giang", {BAC_GIANG}),
        ("What does the plan of Bac Giang province say?", "Bac Giang", {BAC_GIANG}),
        ("The Bac Giang provincial government wants what?", "Bac Giang provincial government", {BAC_GIANG}),
        ("Who lives in Bac Giang province?", "Bac Giang", {BAC_GIANG, BOARD}),
        ("What does the Bac Giang ethnic affairs committee promise?", "Bac Giang ethnic affairs committee", {BOARD}),
        ("What is in the Bac Giang board's plan?", "Bac Giang board", {BOARD}),
        ("What must the Bac Giang ethnic affairs committee do?", "Bac Giang", {BAC_GIANG, BOARD}),
        ("According to the 2023 Bac Giang paper, who reports?", "2023 Bac Giang", {BOARD}),
        ("Plan number 42 belongs to whom?", "Plan number 42", {KIEN_GIANG}),
        ("Ai ký bản thi hành Quyết định 2152?", "thi hành Quyết định 2152", {BAC_GIANG, KIEN_GIANG, TAM_DUONG}),
    ],
)
def test_words_side_by_side_name_one_document_together(
    library: Library, text: str, said: str, documents: set[str]
) -> None:
    found = mentions(text, library.scoped(()), numbers_of(library))
    assert [(text[one.start : one.end], set(one.documents)) for one in found] == [(said, documents)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch 476 và 42 giao ai?", [{BAC_GIANG}, {KIEN_GIANG}]),
        ("Kế hoạch năm 2021 của Tam Đường và của Bắc Giang do ai ký?", [{TAM_DUONG}, {BAC_GIANG}]),
        ("Kế hoạch của Ban Dân tộc Bắc Giang và kế hoạch của Bắc Giang do ai ký?", [{BOARD}, {BAC_GIANG}]),
        ("Cả hai kế hoạch của Bắc Giang do ai ký?", [{BAC_GIANG}, {BOARD}]),
        ("Bac Kan city versus Kien Giang: who reports?", [{BAC_KAN}, {KIEN_GIANG}]),
        ("Kế hoạch 476 mà Ban Dân tộc Bắc Giang nhắc đến ban hành ngày nào?", []),
        ("Theo kế hoạch 476, Ban Dân tộc tỉnh Bắc Giang làm gì?", []),
        ("Kế hoạch của huyện Tam Đường do ai ký?", []),
        ("Ai ký?", []),
    ],
)
def test_documents_that_a_question_tells_apart(library: Library, text: str, expected: list[set[str]]) -> None:
    found = parties(text, library.scoped(()), numbers_of(library))
    assert [set(one.documents) for one in found] == expected


@given(st.text(max_size=120), st.sampled_from(["Bắc Giang", "kế hoạch 42", "Ban Dân tộc", "2023", ""]))
def test_mentions_stand_in_order_in_any_text(library: Library, text: str, name: str) -> None:
    found = mentions(f"{text} {name}", library.scoped(()), numbers_of(library))
    bounds = [bound for one in found for bound in (one.start, one.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= bound <= len(text) + 1 + len(name) for bound in bounds)
    assert all(one.documents for one in found)
