"""Both languages say everything that the page and the errors can say."""

from __future__ import annotations

import re
from string import Formatter

import pytest

import evals.errors
import ingest.errors
import retrieval.errors
from evals.drafts import REASONS
from ingest.errors import PlanqaError, UnknownDocument
from retrieval.types import Language
from ui.app import AddressBusy
from ui.language import LANGUAGES, load_strings

VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def errors() -> list[type[PlanqaError]]:
    modules = (ingest.errors, retrieval.errors, evals.errors)
    found = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, PlanqaError)
    }
    return sorted({*found, AddressBusy}, key=lambda kind: kind.__name__)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_both_languages_have_the_same_keys_with_the_same_fields() -> None:
    vietnamese, english = load_strings("vi").texts, load_strings("en").texts
    assert {key: fields(text) for key, text in vietnamese.items()} == {
        key: fields(text) for key, text in english.items()
    }


def test_both_languages_offer_six_different_examples() -> None:
    assert [len(set(load_strings(language).examples)) for language in LANGUAGES] == [6, 6]


def test_english_strings_hold_no_vietnamese_letters() -> None:
    strings = load_strings("en")
    assert [text for text in (*strings.texts.values(), *strings.examples) if VIETNAMESE.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", errors(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_in_each_language(kind: type[PlanqaError], language: Language) -> None:
    values = {name: f"<{name}>" for name in fields(kind.sentence)}
    sentence = load_strings(language).sentence(kind(**values))
    own = load_strings(language).texts[f"errors.{kind.code}"]
    assert sentence == own.format(**values)
    assert fields(own) <= fields(kind.sentence)


def test_an_error_that_no_string_knows_is_said_in_general_words() -> None:
    class UnheardError(PlanqaError):
        code = "unheard-of"

    assert load_strings("en").sentence(UnheardError()) == load_strings("en")("errors.error")


def test_braces_in_a_field_stay_what_they_are() -> None:
    sentence = load_strings("vi").sentence(UnknownDocument(document="{0} {x}"))
    assert sentence == "Không có văn bản {0} {x} trong chỉ mục."


def test_numbers_are_written_as_in_their_language() -> None:
    assert [load_strings(language).number(100_000) for language in LANGUAGES] == ["100.000", "100,000"]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_a_thumb_down_has_its_words(reason: str) -> None:
    assert len({load_strings(language)(f"feedback.{reason}") for language in LANGUAGES}) == 2
