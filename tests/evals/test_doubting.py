"""Fitting the network that doubts answers: what it learns of signs that tell, and how it is measured."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evals.cases import read_suites
from evals.doubting import ASKED, Given, by_others, calibrated, fit, logits, told
from evals.plans import FOLDER
from retrieval.answer.doubt import TRUST


def _some(count: int, author: str, source: str = "asked") -> list[Given]:
    """Answers that are right where their sign is high; every fifth is a refusal."""
    chance = np.random.default_rng(len(author) + ord(author[-1]))
    found = []
    for at in range(count):
        sign, noise = chance.normal(), chance.normal()
        signs = {} if at % 5 == 0 else {TRUST: float(noise), "tells": float(sign), "noise": float(noise)}
        right = bool(signs) and sign + 0.3 * chance.normal() > 0
        found.append(
            Given(source=source, author=author, answerable=at % 4 > 0, signs=signs, right=right and at % 4 > 0)
        )
    return found


def test_what_tells_is_learnt_and_holds_for_an_author_left_out() -> None:
    found = [*_some(300, "a"), *_some(300, "b"), *_some(100, "dev-0", "dev")]
    sure = by_others(found)
    answered = [at for at, one in enumerate(found) if one.signs]
    assert np.isfinite(sure[answered]).all()
    assert np.isneginf(sure[[at for at, one in enumerate(found) if not one.signs]]).all()
    right = [sure[at] for at in answered if found[at].right]
    wrong = [sure[at] for at in answered if not found[at].right]
    assert np.mean(right) > np.mean(wrong) + 1
    factor, shift = calibrated(found, sure)
    probable = 1 / (1 + np.exp(-(factor * sure[answered] + shift)))
    assert probable.mean() == pytest.approx(np.mean([found[at].right for at in answered]), abs=0.02)


def test_the_same_questions_make_the_same_network() -> None:
    found = _some(200, "a")
    one, other = fit(found), fit(found)
    assert np.array_equal(logits(one, found), logits(other, found))


def test_what_is_told_counts_right_refused_and_wrong() -> None:
    found = [
        Given(source="asked", author="a", answerable=True, signs={TRUST: 1.0}, right=True),
        Given(source="asked", author="a", answerable=True, signs={TRUST: 1.0}, right=False),
        Given(source="asked", author="a", answerable=True, signs={}, right=False),
        Given(source="asked", author="a", answerable=False, signs={TRUST: 1.0}, right=False),
    ]
    sure = np.array([2.0, 1.0, -np.inf, -1.0], dtype=np.float32)
    assert told(found, sure, -5.0) == "right 0.333, refused wrongly 0.333, refused 0.000, crag -0.250"
    assert told(found, sure, 0.0) == "right 0.333, refused wrongly 0.333, refused 1.000, crag 0.250"


@pytest.mark.parametrize("path", sorted(ASKED.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_questions_of_the_authors_quote_their_plans(path: object) -> None:
    cases = read_suites([path])  # type: ignore[list-item]
    assert len({case.id for case in cases}) == len(cases) >= 150
    for case in cases:
        assert case.answerable == bool(case.evidence) == bool(case.required)
        for one in case.evidence:
            text = (FOLDER / f"{one.document}.md").read_text(encoding="utf-8")
            assert one.quote in text, json.dumps(one.quote, ensure_ascii=False)
