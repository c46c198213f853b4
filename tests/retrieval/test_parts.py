"""Texts cut into passages: no word is lost, no clause is divided, a first line that is a title stands above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.parts import LENGTH, headed, passages_of


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Quy chế", "1. Mục đích.", ("Quy chế", "1. Mục đích.")),
        ("", "Điều 1. Phạm vi\nThông tư này quy định mức thu.", ("Điều 1. Phạm vi", "Thông tư này quy định mức thu.")),
        ("", "1. Mục đích\n2. Yêu cầu", ("", "1. Mục đích\n2. Yêu cầu")),
        ("", "Trong Luật này:\n1. Hộ là gia đình.", ("", "Trong Luật này:\n1. Hộ là gia đình.")),
        ("", "Một dòng", ("", "Một dòng")),
        (" ", " ", ("", "")),
    ],
)
def test_a_first_line_without_an_end_is_the_title(title: str, text: str, expected: tuple[str, str]) -> None:
    assert headed(title, text) == expected


def test_a_long_line_is_cut_at_its_sentences() -> None:
    sentence = "Sở Y tế chủ trì, phối hợp với các đơn vị tổ chức tiêm chủng cho trẻ em vùng cao."
    passages = passages_of(" ".join([sentence] * 12))
    assert len(passages) > 2
    assert all(set(one.split("\n")) == {sentence} and len(one) < LENGTH + len(sentence) for one in passages)


@given(st.text(alphabet="ab 1.;\n-)", max_size=2_000))
def test_no_word_is_lost(text: str) -> None:
    passages = passages_of(text)
    assert passages
    assert " ".join(passages).split() == text.split()


@given(st.lists(st.text(alphabet="abc .", min_size=1, max_size=390).filter(str.strip), min_size=1, max_size=12))
def test_lines_stay_whole_and_in_order(lines: list[str]) -> None:
    passages = passages_of("\n".join(lines))
    assert [line for one in passages for line in one.split("\n")] == [line.strip() for line in lines]
    assert all(len(one) <= LENGTH + one.count("\n") or "\n" not in one for one in passages)
