"""What a question asks for, what of it an answer states, and that what is only near is not given; on our own plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer.doubt import TRUST, logit
from retrieval.answer.focus import asking, focus
from retrieval.answer.reader import ReaderModel, load_reader
from retrieval.engine import Engine
from retrieval.errors import ModelMissing
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN SUỐI LAM

Số: 64/KH-UBND

Suối Lam, ngày 03 tháng 4 năm 2025

KẾ HOẠCH

Trồng và chăm sóc cây mắc ca giai đoạn 2025 - 2027

I. HIỆN TRẠNG

Toàn huyện có 320 hộ trồng mắc ca trên 410 ha, tập trung ở xã Nà Ngần và xã Pắc Tha.

Vườn ươm Nà Ngần do Hợp tác xã Bản Sen quản lý, mỗi năm cung cấp 45.000 cây giống.

II. NHIỆM VỤ

1. Phòng Nông nghiệp và Môi trường chủ trì tập huấn kỹ thuật cho 12 tổ hợp tác, xong trước ngày 30 tháng 6 năm 2025.

2. Hạt Kiểm lâm kiểm tra nguồn gốc cây giống hai lần mỗi năm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Vì Thị Hạnh
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2025-suoi-lam-mac-ca": PLAN})


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Suối Lam có bao nhiêu hộ trồng mắc ca?", "count", ("hộ",)),
        ("Vườn ươm do ai quản lý?", "who", ()),
        ("Tập huấn phải xong khi nào?", "when", ()),
        ("Xã nào trồng mắc ca?", "where", ("xã",)),
        ("Vì sao phải kiểm tra cây giống?", "why", ()),
        ("Vườn ươm thuộc loại gì?", "which", ("thuộc", "loại")),
        ("How many households grow macadamia?", "count", ("hộ",)),
    ],
)
def test_what_is_asked_for_and_of_which_thing(engine: Engine, question: str, kind: str, words: tuple[str, ...]) -> None:
    asked = engine.answerer.understood(Question(text=question)).asked
    assert asking(asked) == kind
    found = focus(asked)
    assert set(words) <= set(found)
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("question", "sign", "value"),
    [
        ("Suối Lam có bao nhiêu hộ trồng mắc ca?", "focus: number", 1.0),
        ("Có phải 320 hộ trồng mắc ca không?", "focus: number", 0.0),  # the number is the question's own
        ("Tập huấn kỹ thuật cho tổ hợp tác phải xong khi nào?", "time", 1.0),
        ("Vườn ươm Nà Ngần do hợp tác xã nào quản lý?", "new body", 1.0),
    ],
)
def test_what_an_answer_states_of_it(engine: Engine, question: str, sign: str, value: float) -> None:
    _, signs = engine.answerer.doubted(Question(text=question))
    assert signs[f"stated: {sign}"] == value


@pytest.mark.parametrize(
    "question",
    [
        "Giám đốc Hợp tác xã Bản Sen tên là gì?",
        "Vườn ươm Nà Ngần rộng bao nhiêu mét vuông?",
    ],
)
def test_what_is_near_and_does_not_say_it_is_not_given(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert answer.abstained
    assert answer.confidence < 1


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Suối Lam có bao nhiêu hộ trồng mắc ca?", "320 hộ"),
        ("Vườn ươm Nà Ngần do ai quản lý?", "Hợp tác xã Bản Sen"),
        ("Phòng nào chủ trì tập huấn kỹ thuật mắc ca?", "Phòng Nông nghiệp và Môi trường"),
        ("Tập huấn kỹ thuật mắc ca phải xong trước ngày nào?", "30 tháng 6 năm 2025"),
    ],
)
def test_what_says_it_is_given(engine: Engine, question: str, stated: str) -> None:
    answer = engine.ask(Question(text=question))
    assert stated in answer.text
    assert answer.confidence >= load_reader().enough


def test_the_signs_are_those_that_the_network_was_fitted_on(engine: Engine) -> None:
    one, signs = engine.answerer.doubted(Question(text="Suối Lam có bao nhiêu hộ trồng mắc ca?"))
    assert not one.draft.abstained
    assert set(load_reader().given.signs) == set(signs)
    assert abs(signs[TRUST]) <= logit(1)


@given(st.floats(0, 1))
def test_a_logit_is_finite_and_keeps_the_order(probability: float) -> None:
    assert logit(0) <= logit(probability) <= logit(1)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120))
def test_any_text_has_a_focus_of_three_words_at_most(engine: Engine, text: str) -> None:
    asked = engine.answerer.understood(Question(text=f"Hộ {text} nào?")).asked
    assert len(focus(asked)) <= 3 or asked.reading.language == "en"


def test_a_reader_without_its_third_network_is_told_to_be_damaged(tmp_path: Path) -> None:
    load_reader().save(tmp_path)
    config = tmp_path / "config.json"
    config.write_text(config.read_text(encoding="utf-8").replace('"given"', '"other"'), encoding="utf-8")
    with pytest.raises(ModelMissing, match="damaged"):
        ReaderModel.load(tmp_path)
