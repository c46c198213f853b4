"""What the shares of the rankers find on the public pairs that were held out from training.

Usage: python benchmarks/search_public.py [--data ../shared/data]   (about five minutes)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path

import numpy as np

from retrieval.beir import ranker_scores
from retrieval.embed import load_encoder
from retrieval.fuse import Scores, rrf, weighted
from retrieval.training.dev import Trial, trials

Way = Callable[[Mapping[str, Scores]], Scores]
NAMES = ("words", "folded", "dense")
SHARES = (
    (1.0, 0.0, 0.0),
    (0.0, 1.0, 0.0),
    (0.0, 0.0, 1.0),
    (0.5, 0.5, 0.0),
    (0.45, 0.15, 0.4),
    (0.35, 0.3, 0.35),
    (0.3, 0.2, 0.5),
    (0.25, 0.25, 0.5),
    (0.2, 0.1, 0.7),
    (0.15, 0.15, 0.7),
    (0.1, 0.15, 0.75),
)


def shares(words: float, folded: float, dense: float) -> Way:
    """Weighted sum with these shares."""
    return lambda by: weighted(by, {"words": words, "folded": folded, "dense": dense})


WAYS: dict[str, Way] = {
    **{f"weighted {one}": shares(*one) for one in SHARES},
    "RRF words + folded": lambda by: rrf([by["words"], by["folded"]]),
    "RRF of all three": lambda by: rrf([by[name] for name in NAMES]),
}


def place(scores: Scores, right: int) -> int:
    """The rank (from 1) of the right row; ties count against it, and what scores 0 is not found."""
    return int((scores >= scores[right]).sum()) if scores[right] > 0 else len(scores)


def run() -> None:
    """Measure and print hit@10 and the mean reciprocal rank at 10."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    encoder = load_encoder()
    for passages, group in groupby(trials(parser.parse_args().data), key=lambda trial: trial.passages):
        asked = list(group)
        started = time.perf_counter()
        queries = [question for trial in asked for question in trial.questions]
        scored = ranker_scores([("", passage) for passage in passages], queries, encoder)
        places = np.array(
            [
                [place(way(by), int(right)) for way in WAYS.values()]
                for (_, by), right in zip(scored, np.concatenate([trial.right for trial in asked]), strict=True)
            ]
        )
        print(f"{len(passages)} passages, {len(queries)} questions: {time.perf_counter() - started:.0f} s")
        at = 0
        for trial in asked:
            show(trial, places[at : at + len(trial.questions)])
            at += len(trial.questions)


def show(trial: Trial, places: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    """One line for each way."""
    print(f"  {trial.name}: {len(trial.questions)} questions")
    for column, name in enumerate(WAYS):
        found = places[:, column]
        hit, reciprocal = (found <= 10).mean(), np.where(found <= 10, 1 / found, 0.0).mean()
        print(f"    {name:28} hit@1 {(found == 1).mean():.3f}  hit@10 {hit:.3f}  mrr@10 {reciprocal:.3f}")


if __name__ == "__main__":
    run()
