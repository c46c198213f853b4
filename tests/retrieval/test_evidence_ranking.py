"""What a search shows: whole places, whose duty it is, each side of a question, and nothing twice."""

from __future__ import annotations

import pytest

from ingest.types import Span
from retrieval.engine import Engine
from retrieval.types import Hit, Question
from retrieval.wholes import LONGEST

KIEN_GIANG = "2021-kien-giang-42-kh-ubnd"
TAM_DUONG = "2021-tam-duong-kh-ubnd"
BAC_KAN = "2023-bac-kan-kh-ubnd"
QUESTIONS = (
    "Cơ quan nào chủ trì Dự án 8?",
    "Ai ký kế hoạch?",
    "Kế hoạch của Kiên Giang có những nhiệm vụ chủ yếu nào?",
    "So sánh thời gian thực hiện của Kiên Giang và Tam Đường",
    "Mức lương tối thiểu vùng năm 2023 là bao nhiêu?",
    "Which agency leads project 8?",
)


def shown(engine: Engine, text: str, k: int = 5, history: tuple[str, ...] = ()) -> list[Hit]:
    return engine.search(Question(text=text, history=history), k)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_hit_is_one_piece_of_the_source_and_shows_something_new(engine: Engine, text: str) -> None:
    hits = shown(engine, text, 10)
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    seen: list[tuple[str, Span]] = []
    for hit in hits:
        passage = hit.passage
        assert passage.text == engine.source(passage.document)[passage.span.start : passage.span.end]
        alone = {one.span for one in engine.passages(passage.document)}
        assert len(passage.span) <= LONGEST or passage.span in alone or len(passage.members) == 1
        letters = set(range(passage.span.start, passage.span.end))
        for document, span in seen:
            if document == passage.document:
                letters -= set(range(span.start, span.end))
        assert len(letters) > 0.3 * len(passage.span) - 1
        seen.append((passage.document, passage.span))


@pytest.mark.parametrize("text", QUESTIONS)
def test_fewer_hits_are_the_first_of_more(engine: Engine, text: str) -> None:
    assert [hit.passage for hit in shown(engine, text, 2)] == [hit.passage for hit in shown(engine, text, 7)][:2]
    assert shown(engine, text, 0) == []


def test_a_duty_is_shown_with_the_heading_that_says_whose_it_is(engine: Engine) -> None:
    for text in ("Cơ quan nào chủ trì Dự án 8 ở Bắc Kạn?", "Which agency leads project 8 in Bac Kan city?"):
        first = shown(engine, text)[0].passage
        assert "Hội Liên hiệp Phụ nữ" in first.text and "dự án 8" in first.text
        assert "Hội Liên hiệp Phụ nữ" in first.reading


def test_what_is_asked_of_a_document_itself_is_shown_even_where_the_answer_is_another(engine: Engine) -> None:
    for text in (
        "Kế hoạch 42 của Kiên Giang do ai ký và gửi đến những nơi nào?",
        "Kế hoạch của Kiên Giang có bao nhiêu dự án, ai ký?",
    ):
        assert any("Nguyễn Lưu Trung" in hit.passage.text for hit in shown(engine, text, 3))


def test_each_place_of_a_question_has_its_share_of_the_hits(engine: Engine) -> None:
    for text in (
        "Thời gian thực hiện của Kiên Giang và Tam Đường khác nhau thế nào?",
        "Vốn đối ứng ở Kiên Giang và ở Tam Đường do ai tham mưu bố trí?",
    ):
        documents = [hit.passage.document for hit in shown(engine, text, 4)]
        assert documents.count(KIEN_GIANG) == documents.count(TAM_DUONG) == 2


def test_who_stands_for_a_role_is_shown_though_the_answer_is_refused(engine: Engine) -> None:
    text = "Phòng nào làm đầu mối thường xuyên của chương trình kêu gọi quốc tế ở Tam Đường?"
    assert any("Là cơ quan Thường trực" in hit.passage.text for hit in shown(engine, text, 3))


def test_the_document_that_is_named_comes_before_its_siblings(engine: Engine) -> None:
    for place, document in (("Bắc Kạn", BAC_KAN), ("Tam Đường", TAM_DUONG)):
        assert shown(engine, f"Nước sinh hoạt cho hộ dân tộc thiểu số ở {place}", 1)[0].passage.document == document


def test_who_got_the_plan_is_shown_though_it_is_asked_in_passing(engine: Engine) -> None:
    text = "Kế hoạch của Kiên Giang về hợp tác quốc tế được gửi đích danh cho những cơ quan nào?"
    assert any("recipients" in _kinds(engine, hit) for hit in shown(engine, text, 3))


def test_parts_that_stand_next_to_each_other_are_shown_as_one(engine: Engine) -> None:
    hits = shown(engine, "Nguồn lực thực hiện ở Tam Đường gồm những nguồn vốn nào?", 3)
    assert any("Vốn viện trợ" in hit.passage.text and "Vốn đối ứng" in hit.passage.text for hit in hits)


def _kinds(engine: Engine, hit: Hit) -> set[str]:
    passages = engine.passages(hit.passage.document)
    return {passages[index].kind for index in hit.passage.members or (hit.passage.index,)}
