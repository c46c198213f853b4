"""English words in the documents' language: the glossary first, then the learnt lexicon."""

from __future__ import annotations

import doctest
import gzip
import json
from pathlib import Path

import pytest

import retrieval.translate
from retrieval.tokens import spell_out
from retrieval.training.lexicon import learn, sentences
from retrieval.translate import glossary, lexicon, stem, translate


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(retrieval.translate).failed == 0


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [("bridges", "cầu"), ("trees", "cây"), ("attracting", "thu hút"), ("divided", "chia"), ("roads", "đường")],
)
def test_words_that_the_glossary_lacks_are_learnt_ones_in_any_form(english: str, vietnamese: str) -> None:
    assert vietnamese in lexicon()[stem(english)]


def test_the_glossary_comes_before_the_lexicon_and_names_stay() -> None:
    terms, missing = translate("Which People's Committee of Kien Giang approves bridges and zorblaxes?")
    assert "Ủy ban nhân dân" in terms
    assert {"Kien Giang", "cầu"} <= set(terms)
    assert missing == ("zorblaxes",)
    assert "people committee" in glossary()


def test_of_several_learnt_words_the_caller_may_choose() -> None:
    several = next(
        word for word, terms in lexicon().items() if len(terms) == 2 and stem(word) == word and len(word) > 4
    )
    assert translate(f"the {several} there", choose=lambda words: words[-1])[0] != translate(f"the {several} there")[0]


def test_possessives_and_light_words_say_nothing() -> None:
    assert translate("Tam Duong's other bridges")[0] == ("Tam Duong", "cầu")


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("by 5 November", "05 tháng 11"),
        ("on November 10th, 2024", "10 tháng 11 năm 2024"),
        ("25 billion VND", "25 tỷ đồng"),
        ("1,234.5 million dong", "1.234,5 triệu đồng"),
        ("sub-project no. 2", "tiểu dự án 2"),
        ("decision number 1719", "số 1719"),
        ("six months", "6 tháng"),
        ("the Planning and Inspection Division", "Phòng Kế hoạch - Kiểm tra"),
        ("policies", "chính sách"),
        ("the police", "Công an"),
        ("socio-economic development", "phát triển kinh tế - xã hội"),
        ("the first 1,000 days of life", "1.000 ngày đầu đời"),
        ("2.5% a year", "2,5%"),
        ("at district level, the justice office", "Phòng Tư pháp"),
        ("gender mainstreaming", "lồng ghép giới"),
        ("matching funds", "vốn đối ứng"),
        ("what is dealt with", "xử lý"),
    ],
)
def test_amounts_dates_and_phrases_are_as_documents_write_them(english: str, vietnamese: str) -> None:
    terms, missing = translate(english, choose=lambda words: vietnamese if vietnamese in words else words[0])
    assert vietnamese in " ".join(terms)
    assert not missing


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("And what will Then Sin commune grow?", "Then Sin"),
        ("In An Giang the plan runs until 2030", "An Giang"),
        ("What must Hoi Lien hiep Phu nu do?", "Hoi Lien hiep Phu nu"),
        ("What must Phòng Dân tộc do?", "Phòng Dân tộc"),
    ],
)
def test_names_stay_whole(question: str, name: str) -> None:
    assert name in translate(question)[0]


@pytest.mark.parametrize("term", ["vốn đối ứng", "chính sách riêng của tỉnh", "điển hình tiên tiến"])
def test_a_vietnamese_term_in_a_question_stays_whole(term: str) -> None:
    assert term in translate(f'Which kinds of people count as "{term}" in the plan?')[0]


def test_a_name_before_its_body_comes_after_it_in_vietnamese() -> None:
    assert translate("Hoa Binh's Department of Finance")[0] == ("Sở Tài chính", "Hoa Binh")


def test_a_lexicon_is_learnt_from_sentences_side_by_side(tmp_path: Path) -> None:
    pairs = [
        ("red cow", "bò đỏ"),
        ("red horse", "ngựa đỏ"),
        ("white cow", "bò trắng"),
        ("white horse", "ngựa trắng"),
    ] * 3
    path = tmp_path / "pairs.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"en": english, "vi": vietnamese}) + "\n" for english, vietnamese in pairs)
    learnt = learn(list(sentences(path)))
    assert {word: terms[0] for word, terms in learnt.items()} == {
        "cow": "bò", "hors": "ngựa", "red": "đỏ", "whit": "trắng",
    }  # fmt: skip


def test_abbreviations_in_capitals_are_written_out_and_numbers_of_documents_stay() -> None:
    assert spell_out("UBND, QĐ 12/QĐ-TTg và kh") == "ủy ban nhân dân, quyết định 12/QĐ-TTg và kh"


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("the weakest pressure", "yếu"),  # by "weak", which the glossary has
        ("in Q2 2025", "quý II"),
        ("the ceiling price", "giá trần"),
        ("solar panels", "pin"),
    ],
)
def test_degrees_quarters_and_everyday_phrases_are_known(english: str, vietnamese: str) -> None:
    terms, missing = translate(english)
    assert vietnamese in " ".join(terms)
    assert not missing
