"""Changed wordings ask the same (or another thing on purpose); noisy documents keep every place traceable."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import own_suites, read_suites
from evals.facts import missing, plain
from evals.perturb import NOISE, PERTURBATIONS, noisy_case, noisy_text, perturb, write_noisy_corpus
from evals.perturb.keyboards import telex_keys, vni_keys
from evals.types import Case, Evidence
from ingest.loaders import load
from ingest.normalise import has_marks, key, strip_marks
from ingest.types import Span
from tests.evals.plans import CORPUS

LETTERS = "aàáảãạăằâấeẹêếiíoòôốơờuủưữyýdđĐABC "
TEXTS = st.text(alphabet=LETTERS + "0123456789.,-%", max_size=80)
CASE = Case(
    id="c-1",
    question="Cơ quan nào chủ trì Dự án 8 ở thành phố Bắc Kạn năm 2023?",
    kind="agency-role",
    answerable=True,
    required=(("Hội Liên hiệp Phụ nữ",),),
)
PLACES = ("Bắc Kạn", "Kiên Giang")


def reworded(name: str, question: str = CASE.question, **changes: object) -> str:
    """The question in one wording; itself where the wording does not differ."""
    case = replace(CASE, question=question, **changes)  # type: ignore[arg-type]
    found = perturb([case], [name], PLACES)
    return found[0].question if found else question


def test_every_kind_of_change_that_evaluators_asked_for_is_there() -> None:
    assert set(PERTURBATIONS) == {
        "no-marks", "half-marks", "tone-placement", "nfd", "upper-case", "telex", "vni", "slips", "abbreviated",
        "written-out", "polite", "other-place", "other-project", "other-year",
    }  # fmt: skip
    assert dict(NOISE) == {"ocr-1": 0.01, "ocr-3": 0.03, "ocr-5": 0.05}


def test_a_question_without_marks_has_none_and_keeps_its_letters() -> None:
    assert reworded("no-marks") == "Co quan nao chu tri Du an 8 o thanh pho Bac Kan nam 2023?"


def test_half_of_the_words_lose_their_marks() -> None:
    words = zip(reworded("half-marks").split(), CASE.question.split(), strict=True)
    lost = [new != old for new, old in words if has_marks(old)]
    assert 0 < sum(lost) < len(lost)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ủy ban xã Hòa Bình", "Uỷ ban xã Hoà Bình"), ("thủy lợi", "thuỷ lợi"), ("sức khỏe", "sức khoẻ")],
)
def test_the_tone_moves_to_the_other_place_both_ways(one: str, other: str) -> None:
    assert reworded("tone-placement", one) == other
    assert reworded("tone-placement", other) == one


@given(TEXTS)
def test_tone_placement_and_decomposition_never_change_the_key(text: str) -> None:
    for name in ("tone-placement", "nfd"):
        changed = reworded(name, f"hoà {text}")
        assert key(changed) == key(f"hoà {text}")


@pytest.mark.parametrize(
    ("word", "telex", "vni"),
    [
        ("chủ", "chur", "chu3"),
        ("trì", "trif", "tri2"),
        ("được", "dduwowcj", "d9u7o7c5"),
        ("tiếng", "tieengs", "tie6ng1"),
        ("ngân", "ngaan", "nga6n"),
        ("lắp", "lawps", "la8p1"),
        ("Đã", "DDax", "D9a4"),
        ("kinh", "kinh", "kinh"),
    ],
)
def test_keys_are_those_of_telex_and_vni(word: str, telex: str, vni: str) -> None:
    assert (telex_keys(word), vni_keys(word)) == (telex, vni)


def test_some_words_are_left_as_keys_and_the_others_without_marks() -> None:
    for name, keys in (("telex", telex_keys), ("vni", vni_keys)):
        changed = reworded(name)
        assert not has_marks(changed)
        pairs = list(zip(re.findall(r"\w+", changed), re.findall(r"\w+", CASE.question), strict=True))
        assert all(new in (keys(old), strip_marks(old)) for new, old in pairs)
        assert {new == strip_marks(old) for new, old in pairs if keys(old) != strip_marks(old)} == {True, False}


@given(st.integers(0, 10_000))
def test_slips_spare_numbers_abbreviations_and_short_words(number: int) -> None:
    question = f"UBND và Sở Tài chính cấp {number} đồng cho Tiểu dự án 2 của CTMTQG nào?"
    (case,) = perturb([replace(CASE, id=f"c-{number}", question=question)], ["slips"])
    assert [word for word in case.question.split() if word.isdigit()] == [str(number), "2"]
    assert {"UBND", "CTMTQG", "Sở", "Tài"} <= set(case.question.split())
    changed = [new != old for new, old in zip(case.question.split(), question.split(), strict=True)]
    assert 1 <= sum(changed) <= 2


def test_names_and_abbreviations_go_both_ways() -> None:
    long = "Ủy ban nhân dân tỉnh giao Sở Kế hoạch và Đầu tư việc gì cho dân tộc thiểu số?"
    short = "UBND tỉnh giao Sở KH&ĐT việc gì cho DTTS?"
    assert reworded("abbreviated", long) == short
    assert key(reworded("written-out", short)) == key(long)


def test_the_number_of_a_document_is_no_abbreviation() -> None:
    question = "Kế hoạch 476/KH-UBND của tỉnh nào?"
    assert reworded("written-out", question) == question


@pytest.mark.parametrize("language", ["vi", "en"])
def test_politeness_stands_around_the_question(language: str) -> None:
    polite = reworded("polite", language=language)
    assert CASE.question in polite
    assert polite != CASE.question


def test_english_questions_keep_their_letters() -> None:
    question = "Who leads Project 8 in Bắc Kạn?"
    spelling = [name for name, about in PERTURBATIONS.items() if about.group != "direction"]
    changed = perturb([replace(CASE, question=question, language="en")], spelling)
    assert {case.perturbation for case in changed} == {"upper-case", "slips", "polite"}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("other-place", r"Cơ quan nào chủ trì Dự án 8 ở thành phố (?!Bắc Kạn|Kiên Giang)[\w ]+ năm 2023\?"),
        ("other-project", r"Cơ quan nào chủ trì Dự án (1[1-9]|2\d) ở thành phố Bắc Kạn năm 2023\?"),
        ("other-year", r"Cơ quan nào chủ trì Dự án 8 ở thành phố Bắc Kạn năm 20(49|5\d)\?"),
    ],
)
def test_a_direction_changes_one_thing_and_expects_another_answer(name: str, pattern: str) -> None:
    (case,) = perturb([CASE], [name], PLACES)
    assert re.fullmatch(pattern, case.question)
    assert (case.expect, case.required) == ("changed", CASE.required)


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("other-year", "Giai đoạn 2021-2025, đến năm 2030?", r"Giai đoạn 20(\d\d)-20(\d\d), đến năm 20(\d\d)\?"),
        ("other-project", "Tiểu dự án 2 của Dự án 5 và TDA 1?", r"Tiểu dự án \d\d của Dự án \d\d và TDA \d\d\?"),
    ],
)
def test_all_years_or_numbers_move_together(name: str, question: str, expected: str) -> None:
    changed = reworded(name, question)
    assert re.fullmatch(expected, changed)
    shifts = {
        int(new) - int(old) for new, old in zip(re.findall(r"\d+", changed), re.findall(r"\d+", question), strict=True)
    }
    assert len(shifts) == 1


@pytest.mark.parametrize("question", ["Ngày 29/6/2023 có gì?", "Quyết định 1719/QĐ-TTg nói gì?", "Số 08/2021/QĐ?"])
def test_dates_and_numbers_of_documents_are_no_years(question: str) -> None:
    assert perturb([replace(CASE, question=question)], ["other-year"]) == ()


@pytest.mark.parametrize("kind", ["comparison", "false-premise", "ambiguous"])
def test_directions_leave_kinds_alone_whose_answer_is_no_fact_of_one_subject(kind: str) -> None:
    names = [name for name, about in PERTURBATIONS.items() if about.group == "direction"]
    assert perturb([replace(CASE, kind=kind)], names, PLACES) == ()


def test_the_history_is_reworded_like_the_question() -> None:
    (case,) = perturb([replace(CASE, question="Còn dự án 9?", history=("Ai chủ trì Dự án 8?",))], ["no-marks"])
    assert (case.question, case.history) == ("Con du an 9?", ("Ai chu tri Du an 8?",))


def test_changed_cases_are_named_told_apart_and_the_same_every_time() -> None:
    cases = read_suites(own_suites())
    names = tuple(PERTURBATIONS)
    changed = perturb(cases, names, PLACES)
    assert changed == perturb(cases, names, PLACES)
    assert len({case.id for case in changed}) == len(changed)
    written = {case.id: case for case in cases}
    for case in changed:
        original = written[case.id.removesuffix(f"~{case.perturbation}")]
        assert (case.question, case.history) != (original.question, original.history)
        same = {"id": original.id, "question": original.question, "history": original.history, "perturbation": ""}
        assert replace(case, **same, expect="same") == original  # type: ignore[arg-type]
    counts = {name: sum(case.perturbation == name for case in changed) for name in names}
    assert min(counts.values()) >= 5, counts


@given(TEXTS, st.sampled_from(sorted(NOISE.values())), st.data())
def test_every_span_of_a_noisy_text_is_where_its_original_went(text: str, rate: float, data: st.DataObject) -> None:
    noisy = noisy_text(text, rate)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = "".join(noisy.shown(Span(at, at + 1)) for at in range(len(text)))
    assert whole == noisy.text
    assert noisy.shown(Span(start, end)) == "".join(noisy.shown(Span(at, at + 1)) for at in range(start, end))


@pytest.mark.parametrize("rate", NOISE.values())
def test_the_share_of_wrong_letters_is_the_one_named(rate: float) -> None:
    for plan in sorted(CORPUS.glob("2*.md")):
        text = load(plan).text
        noisy = noisy_text(text, rate, plan.stem)
        wrong = [at for at in range(len(text)) if noisy.shown(Span(at, at + 1)) != text[at]]
        ink = len(re.findall(r"[\w.,;:]", text))
        assert len(wrong) == round(ink * rate)
        assert noisy.text.count("\n") == text.count("\n")
        assert noisy.text.count("#") == text.count("#")
        assert noisy.text.count("|") == text.count("|")
        assert noisy == noisy_text(text, rate, plan.stem)


def test_the_cases_of_noisy_documents_stand_in_them(tmp_path: Path) -> None:
    clean = {plan.stem: load(plan).text for plan in CORPUS.glob("2*.md")}
    documents = write_noisy_corpus(clean, 0.05, tmp_path)
    changed = 0
    for case in read_suites(own_suites()):
        noisy = noisy_case(case, documents, "ocr-5")
        assert noisy.id == f"{case.id}~ocr-5"
        for one, before in zip(noisy.evidence, case.evidence, strict=True):
            text = (tmp_path / f"{one.document}.md").read_text(encoding="utf-8")
            assert one.quote in text
            assert one.heading in text
            assert all(quote in text for quote in one.also)
            changed += one.quote != before.quote
        for fact, before_fact in zip(noisy.required, case.required, strict=True):
            assert fact[: len(before_fact)] == before_fact
    assert changed > 50


def test_a_fact_is_accepted_as_the_noisy_document_writes_it(tmp_path: Path) -> None:
    text = "- Chủ trì: **Hội  Liên hiệp Phụ nữ** thành phố.\n" * 30
    case = replace(CASE, evidence=(Evidence(document="d", quote="Chủ trì"),))
    documents = write_noisy_corpus({"d": text}, 0.05, tmp_path)
    changed = noisy_case(case, documents, "ocr-5")
    assert len(changed.required[0]) > 1
    for spelling in changed.required[0][1:]:
        assert spelling in documents["d"][1].text
        assert missing(plain(unicodedata.normalize("NFC", spelling)), changed.required) == ()
