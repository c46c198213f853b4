"""Questions that ask several things at once, and questions for a part that every plan has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise import fold, one_y
from retrieval.answer.asks import asks
from retrieval.engine import Engine
from retrieval.types import Question


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Sở nào chủ trì, và báo cáo trước ngày nào?", "vi", ("Sở nào chủ trì", "báo cáo trước ngày nào?")),
        (
            "so nao chu tri viec nay, bao cao truoc ngay nao",
            "vi",
            ("so nao chu tri viec nay", "bao cao truoc ngay nao"),
        ),
        ("Phòng Y tế đứng đầu, phối hợp với ai?", "vi", ()),
        ("Kế hoạch nào dài hơn, và cái nào ra trước?", "vi", ()),
        ("Which office leads it, which is in the city?", "en", ()),
        ("Where the soil is poor, what will be planted?", "en", ()),
        ("Who signed the plan and when was it issued?", "en", ("Who signed the plan", "when was it issued?")),
    ],
)
def test_things_that_are_asked(text: str, language: str, expected: tuple[str, ...]) -> None:
    assert asks(text, language) == expected  # type: ignore[arg-type]


@given(st.text(max_size=80))
def test_what_is_asked_stands_in_the_question(text: str) -> None:
    for language in ("vi", "en"):
        assert all(piece in text for piece in asks(text, language))  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_one_y_keeps_length_and_is_done_once(text: str) -> None:
    assert len(one_y(text)) == len(text)
    assert one_y(one_y(text)) == one_y(text)
    assert len(fold(one_y(text))) == len(fold(text))


@pytest.mark.parametrize(
    "question",
    [
        "Tiền làm kế hoạch của Kiên Giang lấy ở đâu ra?",
        "Where does the money for Kien Giang's plan come from?",
    ],
)
def test_where_money_comes_from_is_looked_up_in_the_part_on_money(engine: Engine, question: str) -> None:
    first = engine.search(Question(text=question), 3)
    assert any("Vốn viện trợ không hoàn lại và vốn vay ưu đãi" in hit.passage.text for hit in first)


def test_both_things_that_are_asked_are_found(engine: Engine) -> None:
    hits = engine.search(
        Question(text="Ai ký kế hoạch 2021 của UBND tỉnh Bắc Giang và ai ký kế hoạch 2023 của Ban Dân tộc tỉnh này?"), 5
    )
    text = "\n".join(hit.passage.text for hit in hits)
    assert "Mai Sơn" in text
    assert "Nhữ Văn Nam" in text


def test_a_sentence_that_answers_both_things_is_said_once(engine: Engine) -> None:
    answer = engine.ask(
        Question(text="Tổng vốn năm 2023 của thành phố Bắc Kạn là bao nhiêu, trong đó vốn đầu tư bao nhiêu?")
    )
    assert not answer.abstained
    assert answer.text.count("vốn đầu tư 365 triệu đồng; vốn sự nghiệp 6.646 triệu đồng") == 1
