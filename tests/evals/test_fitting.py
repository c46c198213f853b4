"""Fitting the reader and the choice between answers on a few questions of the dev part."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.cases import read_suite
from evals.fitting import (
    Example,
    Part,
    Recorded,
    blank,
    examples,
    fit_choice,
    fit_judge,
    fit_reader,
    judged_scores,
    rate,
)
from evals.judging import LONGEST, listed, of_examples, write
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
    return examples(Part(cases=cases[::24], index=index))


def first(found: list[Example], model: ReaderModel) -> float:
    known = [one for one in found if one.evidence.any()]
    return float(np.mean([one.evidence[np.argmax(model.scores(one.signs.rows))] for one in known]))


def test_a_fitted_reader_puts_evidence_first(found: list[Example]) -> None:
    assert first(found, fit_reader(found)) > first(found, blank()) + 0.3


def test_fitting_twice_gives_the_same_weights(found: list[Example]) -> None:
    one, two = fit_reader(found), fit_reader(found)
    assert all(
        np.array_equal(one.sentences.weights[name], two.sentences.weights[name]) for name in one.sentences.weights
    )


def test_right_answers_get_the_higher_probability(found: list[Example], index: Path, tmp_path: Path) -> None:
    reader = fit_reader(found)
    rated = rate(found, [index], reader, None)
    model = replace(reader, answers=fit_choice(rated))
    right = [model.probability(one.signs) for one in rated if one.right]
    wrong = [model.probability(one.signs) for one in rated if not one.right]
    assert np.mean(right) > np.mean(wrong) + 0.1
    model.save(tmp_path)
    loaded = ReaderModel.load(tmp_path)
    for one, other in ((loaded.answers, model.answers), (loaded.sentences, model.sentences)):
        assert one.signs == other.signs
        assert all(np.array_equal(one.weights[name], other.weights[name]) for name in other.weights)


def test_the_lists_of_the_judge_hold_what_the_reader_found_the_evidence_among_it(found: list[Example]) -> None:
    for one, made in zip(found, of_examples(found), strict=True):
        assert made.id == one.case.id
        assert made.fold == one.fold
        assert len(made.texts) == len(made.evidence) == min(LONGEST, len(one.signs.sentences))
        assert sum(made.evidence) <= one.evidence.sum()


def test_a_judge_that_knows_counts_and_one_that_does_not_counts_nothing(found: list[Example], tmp_path: Path) -> None:
    lists = list(of_examples(found))
    write(tmp_path / "lists.jsonl.gz", lists)
    with gzip.open(tmp_path / "lists.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert [json.loads(line)["question"] for line in lines] == [one.question for one in lists]
    scored = [np.zeros(len(one.signs.sentences), dtype=np.float32) for one in found]
    for knows in (True, False):
        said = np.zeros((len(lists), LONGEST), dtype=np.float32)
        for row, one in zip(said, lists, strict=True):
            row[: len(one.evidence)] = np.array(one.evidence, dtype=np.float32) * (1 if knows else -1)
        np.savez(tmp_path / "folds.npz", folds=said)
        judge = Recorded.read(tmp_path / "lists.jsonl.gz", tmp_path / "folds.npz")
        assert (fit_judge(found, scored, judge) > 0) == knows


def test_far_sentences_are_not_judged(found: list[Example], tmp_path: Path) -> None:
    one = next(one for one in found if len(one.signs.sentences) > LONGEST)
    scores = -np.arange(len(one.signs.sentences), dtype=np.float32)
    write(tmp_path / "lists.jsonl.gz", [listed(one, scores)])
    np.savez(tmp_path / "folds.npz", folds=np.arange(LONGEST, dtype=np.float32)[None])
    judge = Recorded.read(tmp_path / "lists.jsonl.gz", tmp_path / "folds.npz")
    both = judged_scores(one, scores, judge, 10.0)
    assert int(np.argmax(both)) == 4, (
        "4 behind the best is the fifth, the last of those that are judged, and the judge's best of them"
    )
