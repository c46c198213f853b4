"""Measures agree with arithmetic done by hand, and with what they must be whatever the input."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import CASE, NOTHING

from evals.facts import plain, states
from evals.metrics.answer import LONGEST, is_right
from evals.metrics.calibration import area_under, expected_calibration_error, reliability, risk_coverage
from evals.metrics.citations import is_relevant, overlap, recall
from evals.metrics.latency import latency
from evals.metrics.retrieval import measure_all, shown_by
from evals.metrics.statistics import bootstrap, mcnemar
from evals.types import Point
from ingest.types import Span

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize(
    ("shown", "fact", "stated"),
    [
        ("Dự án 8: **54 triệu** đồng", "54 triệu", True),
        ("154 triệu đồng", "54 triệu", False),
        ("7.011 triệu đồng", "011 triệu", False),
        ("7.011 triệu đồng", "7.011 triệu", True),
        ("đạt 95,5%", "95", False),
        ("đạt 95%.", "95%", True),
        ("dự án 10", "dự án 1", False),
        ("ngày 15/11.", "15/11", True),
        ("15/11/2023", "15/11", True),
        ("Uỷ ban nhân dân", "Ủy ban Nhân dân", True),
        ("giai đoạn 2021 – 2025", "2021-2025", True),
        ("Lao động - Thương  binh", "Lao động – Thương binh", True),
        ("các phòng", "phòn", False),
    ],
)
def test_a_fact_is_stated_as_whole_words_and_numbers(shown: str, fact: str, stated: bool) -> None:
    assert states(plain(shown), (fact,)) is stated


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_states_itself_wherever_it_stands_between_blanks(text: str, around: str) -> None:
    if plain(text).strip():
        assert states(plain(f"{plain(around)} {plain(text)} ."), (text,)) or plain(text) != plain(f" {plain(text)} ")


def test_right_needs_every_fact_none_forbidden_and_no_dump() -> None:
    assert is_right(CASE, "**Tiểu dự án 3** thuộc dự án 10", False)
    assert is_right(CASE, "sub-project 3", False)
    assert not is_right(CASE, "tiểu dự án 2", False)
    assert not is_right(CASE, "tiểu dự án 3", True)
    assert not is_right(CASE, "tiểu dự án 3 " + "x" * LONGEST, False)
    assert is_right(replace(CASE, kind="list"), "tiểu dự án 3 " + "x" * LONGEST, False)
    assert not is_right(replace(CASE, forbidden=("dự án 10",)), "tiểu dự án 3 thuộc dự án 10", False)
    assert is_right(NOTHING, "Không nêu", True)
    assert not is_right(NOTHING, "Vua Hùng", False)


def test_a_changed_question_must_not_get_the_old_answer() -> None:
    changed = replace(CASE, expect="changed")
    assert not is_right(changed, "tiểu dự án 3", False)
    assert not is_right(changed, "tiểu dự án 3 " + "x" * LONGEST, False)
    assert is_right(changed, "tiểu dự án 2", False)
    assert is_right(changed, "không nêu", True)


def test_citations_are_measured_by_characters() -> None:
    places = [("d", (Span(100, 200),)), ("d", (Span(300, 340), Span(500, 520)))]
    assert recall(places, {"d": [Span(100, 150), Span(120, 160)]}) == pytest.approx(60 / 140)
    # Of equal quotes the best covered counts, with the weight of the first.
    assert recall(places, {"d": [Span(500, 520)]}) == pytest.approx(40 / 140)
    assert recall(places, {"other": [Span(100, 200)]}) == 0.0
    assert recall([], {"d": [Span(0, 9)]}) == 1.0
    assert is_relevant(places, "d", Span(150, 1000)) and is_relevant(places, "d", Span(140, 145))
    assert not is_relevant(places, "d", Span(0, 110)) and not is_relevant(places, "other", Span(100, 200))


@given(spans, st.lists(spans, max_size=6))
def test_overlap_counts_characters_once(place: Span, others: list[Span]) -> None:
    inside = {at for one in others for at in range(one.start, one.end)} & set(range(place.start, place.end))
    assert overlap(place, others) == len(inside)


def test_retrieval_counts_quotes_and_a_question_that_found_nothing() -> None:
    places = [("d", (Span(0, 100),)), ("d", (Span(200, 210),))]
    hits = [("e", Span(0, 100)), ("d", Span(0, 30)), ("d", Span(30, 60)), ("d", Span(195, 220)), ("d", Span(0, 100))]
    assert shown_by(places, hits) == [(), (), (0,), (1,), ()]
    found = measure_all({"a": (2, shown_by(places, hits)), "b": (1, [])})
    assert found["a"]["mrr"] == pytest.approx(1 / 3)
    assert [found["a"][f"recall@{k}"] for k in (1, 5, 10)] == [0.0, 1.0, 1.0]
    # Gains at ranks 3 and 4 against ranks 1 and 2, by hand: (1/2 + 1/log2(5)) / (1 + 1/log2(3)).
    assert found["a"]["ndcg@10"] == pytest.approx(0.5706, abs=1e-3)
    assert set(found["b"].values()) == {0.0}
    assert measure_all({}) == {}


def test_one_passage_that_shows_two_quotes_counts_both_at_its_rank() -> None:
    found = measure_all({"a": (2, [(0, 1)])})
    assert found["a"]["recall@1"] == 1.0 and found["a"]["mrr"] == 1.0


def test_calibration_by_hand() -> None:
    points = reliability([0.9, 0.92, 0.1, 0.12, 1.0], [True, False, False, False, True])
    assert [(round(p.x, 3), round(p.y, 3), p.count) for p in points] == [(0.11, 0.0, 2), (0.94, 0.667, 3)]
    assert expected_calibration_error(points) == pytest.approx((2 * 0.11 + 3 * (0.94 - 2 / 3)) / 5)
    assert expected_calibration_error(()) == 0.0


def test_risk_and_coverage_by_hand() -> None:
    points = risk_coverage([(0.9, True), (0.9, False), (0.5, True), (0.2, False)], 8)
    assert points == (Point(x=0.25, y=0.5, count=2), Point(x=0.375, y=1 / 3, count=3), Point(x=0.5, y=0.5, count=4))
    assert area_under(points) == pytest.approx((0.25 * 0.5 + 0.125 / 3 + 0.125 * 0.5) / 0.5)
    assert risk_coverage([], 8) == () and area_under(()) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_last_point_of_the_curve_is_the_share_of_wrong_answers(answered: list[tuple[float, bool]]) -> None:
    points = risk_coverage(answered, len(answered))
    assert points[-1].x == 1.0
    assert points[-1].y == pytest.approx(sum(not good for _, good in answered) / len(answered))
    assert 0.0 <= area_under(points) <= 1.0


def test_intervals_hold_the_mean_and_repeat() -> None:
    assert bootstrap([1.0] * 10) == (1.0, 1.0)
    assert bootstrap([]) == (0.0, 0.0)
    low, high = bootstrap([0.0, 1.0] * 20)
    assert 0.3 < low < 0.5 < high < 0.7
    assert bootstrap([0.0, 1.0, 1.0]) == bootstrap([0.0, 1.0, 1.0])


def test_mcnemar_by_hand() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(1, 8) == pytest.approx(2 * (1 + 9) / 2**9)
    assert mcnemar(8, 1) == mcnemar(1, 8)
    assert mcnemar(5, 5) == 1.0


def test_latency_is_the_percentiles_with_intervals_around_them() -> None:
    assert latency([]) is None
    found = latency([float(ms) for ms in range(1, 101)])
    assert found is not None
    assert (round(found.p50, 1), round(found.p95, 2)) == (50.5, 95.05)
    assert found.p50_interval[0] < 50.5 < found.p50_interval[1] < found.p95_interval[0] < 95.05
