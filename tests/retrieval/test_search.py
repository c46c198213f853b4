"""Search over the five plans: the same each time, with or without marks, within the documents asked for."""

from __future__ import annotations

import pytest

from ingest.errors import UnknownDocument
from ingest.normalise import fold
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.errors import IndexOutdated
from retrieval.index import Index
from retrieval.search import Searcher, Wording
from retrieval.types import Question

QUESTIONS = (
    "Cơ quan nào chủ trì Dự án 8?",
    "Mục tiêu giảm tỷ lệ hộ nghèo người dân tộc thiểu số hằng năm",
    "Vùng chè tập trung ở xã nào?",
    "Giảm thiểu tình trạng tảo hôn và hôn nhân cận huyết thống",
    "Hội Liên hiệp Phụ nữ chủ trì bình đẳng giới",
    "Chế độ báo cáo định kỳ hằng năm trước ngày nào?",
)


@pytest.fixture(scope="module")
def searcher(index: Index, encoder: Encoder) -> Searcher:
    return Searcher(index, encoder)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_without_marks_finds_the_same_passage(searcher: Searcher, text: str) -> None:
    marked, bare = (searcher.search(Question(text=one), 5) for one in (text, fold(text)))
    assert bare[0].passage == marked[0].passage
    assert len({hit.passage.key for hit in marked} & {hit.passage.key for hit in bare}) >= 3


@pytest.mark.parametrize("text", [*QUESTIONS, "Which agency leads project 8?", "2152/QĐ-TTg"])
def test_hits_are_ranked_and_the_same_each_time(index: Index, encoder: Encoder, searcher: Searcher, text: str) -> None:
    hits = searcher.search(Question(text=text), 20)
    assert hits == Searcher(index, encoder).search(Question(text=text), 20)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    places = [(-hit.score, hit.passage.key) for hit in hits]
    assert places == sorted(places) and hits[-1].score > 0
    assert searcher.search(Question(text=text), 3) == hits[:3]
    assert {name for hit in hits for name in hit.by} == {"words", "folded", "dense"}


def test_no_hits_are_asked_for_or_possible(searcher: Searcher) -> None:
    assert searcher.search(Question(text="chè"), 0) == []
    assert searcher.search(Question(text=" "), 5) == []


def test_a_filter_keeps_the_order_of_what_it_leaves(engine: Engine, searcher: Searcher) -> None:
    kept = tuple(info.id for info in engine.documents())[:2]
    question = Question(text="kinh phí thực hiện chương trình", documents=kept)
    everywhere = searcher.search(Question(text=question.text), 10_000)
    expected = [hit.passage for hit in everywhere if hit.passage.document in kept]
    assert 5 < len(expected) < len(everywhere)
    assert [hit.passage for hit in searcher.search(question, 10_000)] == expected


def test_an_unknown_document_in_the_filter_is_named(searcher: Searcher) -> None:
    with pytest.raises(UnknownDocument, match="nowhere"):
        searcher.search(Question(text="chè", documents=("2021-tam-duong-kh-ubnd", "nowhere")), 3)


def test_a_follow_up_takes_matter_from_the_question_before_it(searcher: Searcher) -> None:
    before = "Vùng chè tập trung ở xã nào?"
    alone = searcher.search(Question(text="Còn diện tích thì sao?"), 10)
    after = searcher.search(Question(text="Còn diện tích thì sao?", history=(before,)), 10)
    assert sum("chè" in hit.passage.reading for hit in after) > sum("chè" in hit.passage.reading for hit in alone)
    unrelated = Question(text="Cơ quan nào chủ trì Dự án 8?", history=(before,))
    assert searcher.search(unrelated, 5) == searcher.search(Question(text=unrelated.text), 5)


def test_vectors_of_another_model_are_never_searched(index: Index, encoder: Encoder) -> None:
    class Other:
        name, dimensions = "another", encoder.dimensions
        encode_passages, encode_questions = encoder.encode_passages, encoder.encode_questions

    with pytest.raises(IndexOutdated, match="another"):
        Searcher(index, Other())


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Hộ nghèo là gì?", "ho ngheo"),
        ("What is a poor household?", "ho ngheo"),
        ("Cơ quan nào chủ trì?", None),
    ],
)
def test_the_term_in_question_is_one_of_the_documents_language(text: str, term: str | None) -> None:
    assert Wording.of(text, lambda written: written).term == term


def test_the_clause_that_explains_the_term_in_question_is_first(searcher: Searcher) -> None:
    hits = searcher.search(Question(text="Nhà ở 3 cứng nghĩa là gì?"), 3)
    assert "3 cứng" in hits[0].passage.reading


def test_an_english_question_is_read_in_both_languages() -> None:
    wording = Wording.of("Which agency leads project 8?", lambda text: text)
    assert wording.meanings[0] == "Which agency leads project 8?"
    assert "dự án" in wording.lexical and wording.lexical == wording.meanings[1]
    vietnamese = Wording.of("co quan nao chu tri", lambda _: "cơ quan nào chủ trì")
    assert (vietnamese.lexical, vietnamese.meanings) == ("cơ quan nào chủ trì", ("cơ quan nào chủ trì",))
    assert vietnamese.weights != wording.weights
