"""Fitting the reader and the choice between answers on a few questions of the dev part."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.cases import read_suite
from evals.fitting import Example, blank, examples, fit_choice, fit_reader, rate, save
from retrieval.answer.reader import ReaderModel
from retrieval.embed import load_encoder
from retrieval.index import build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fitted")
    build(ROOT / "corpus", folder, load_encoder())
    return folder


@pytest.fixture(scope="module")
def found(index: Path) -> list[Example]:
    cases = [case for case in read_suite(ROOT / "evals" / "suites" / "dev.jsonl") if not case.history]
    return examples(cases[::24], index, 0)


def first(found: list[Example], model: ReaderModel) -> float:
    known = [one for one in found if one.evidence.any()]
    return float(np.mean([one.evidence[np.argmax(model.scores(one.signs.rows))] for one in known]))


def test_a_fitted_reader_puts_evidence_first(found: list[Example]) -> None:
    assert first(found, fit_reader(found)) > first(found, blank()) + 0.3


def test_fitting_twice_gives_the_same_weights(found: list[Example]) -> None:
    one, two = fit_reader(found), fit_reader(found)
    assert all(np.array_equal(one.network[name], two.network[name]) for name in one.network)


def test_right_answers_get_the_higher_probability(found: list[Example], index: Path, tmp_path: Path) -> None:
    reader = fit_reader(found)
    rated = rate(found, [index], reader)
    weights, bias = fit_choice(rated)
    model = ReaderModel(network=reader.network, choice=weights, bias=bias)
    right = [model.probability(one.signs) for one in rated if one.right]
    wrong = [model.probability(one.signs) for one in rated if not one.right]
    assert np.mean(right) > np.mean(wrong) + 0.1
    save(model, tmp_path)
    loaded = ReaderModel.load(tmp_path)
    assert loaded.choice == weights
    assert all(np.array_equal(loaded.network[name], reader.network[name]) for name in reader.network)
