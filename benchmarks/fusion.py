"""What each way of ranking and fusing finds: the share of evidence among the top 5 and 10 passages.

Usage: python benchmarks/fusion.py [--split dev|test|all]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.cases import own_suites, read_suites
from evals.check import places
from evals.metrics.retrieval import shown_by
from evals.types import Case
from retrieval.embed import load_encoder
from retrieval.fuse import rrf, weighted
from retrieval.index import Index, build
from retrieval.search import Searcher
from retrieval.types import Hit

ROOT = Path(__file__).resolve().parent.parent
Scores = NDArray[np.float32]
Way = Callable[[Mapping[str, Scores]], Scores]


def shares(words: float, folded: float, dense: float) -> Way:
    """Weighted sum with these shares."""
    return lambda by: weighted(by, {"words": words, "folded": folded, "dense": dense})


WAYS: dict[str, Way] = {
    "BM25 words": lambda by: by["words"],
    "BM25 folded": lambda by: by["folded"],
    "dense": lambda by: by["dense"],
    "RRF words + folded": lambda by: rrf([by["words"], by["folded"]]),
    "RRF of all three": lambda by: rrf([by["words"], by["folded"], by["dense"]]),
    "weighted .5 .5 0": shares(0.5, 0.5, 0.0),
    "weighted .35 .3 .35": shares(0.35, 0.3, 0.35),
    "weighted .25 .25 .5": shares(0.25, 0.25, 0.5),
    "weighted .15 .15 .7": shares(0.15, 0.15, 0.7),
    "weighted .4 .1 .5": shares(0.4, 0.1, 0.5),
}


def run() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    split = parser.parse_args().split
    cases = [
        case
        for case in read_suites(own_suites())
        if case.evidence and not case.history and split in (case.split, "all")
    ]
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder()
        build(ROOT / "corpus", Path(folder), encoder)
        index = Index.open(Path(folder))
        searcher = Searcher(index, encoder)
        scored = [(case, searcher.score(case.question)[1]) for case in cases]
        print(f"{len(cases)} questions, {split}: {'':3}evidence@5  @10   English@5  without marks@5")
        for name, way in WAYS.items():
            found = {case.id: hits(way(by), searcher) for case, by in scored}
            print(f"  {name:24}{mean(cases, found, index, 5):9.3f}{mean(cases, found, index, 10):8.3f}", end="")
            english = [case for case in cases if case.language == "en"]
            bare = [case for case in cases if case.style == "no-marks"]
            print(f"{mean(english, found, index, 5):10.3f}{mean(bare, found, index, 5):12.3f}")


def hits(scores: Scores, searcher: Searcher) -> list[Hit]:
    """The ten best passages by these scores, with the weights of their kinds."""
    return searcher.hits(scores, 10)


def mean(cases: list[Case], found: Mapping[str, list[Hit]], index: Index, k: int) -> float:
    """The mean share of evidence among the top k."""
    values = [share(case, found[case.id][:k], index) for case in cases]
    return sum(values) / len(values) if values else 0.0


def share(case: Case, hits: list[Hit], index: Index) -> float:
    """The share of the quotes of a case that these hits show."""
    evidence = [(one.document, places(one, index.source(one.document))) for one in case.evidence]
    shown = shown_by(evidence, [(hit.passage.document, hit.passage.span) for hit in hits])
    return sum(map(len, shown)) / len(evidence)


if __name__ == "__main__":
    run()
