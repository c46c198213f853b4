"""Writes the lists of sentences that the judge is trained on: each question with what the reader finds likeliest.

    python -m evals.judging --index .planqa --data ../shared/data --out lists.jsonl.gz
    python -m evals.judging --plans --out plans.jsonl.gz
    python -m evals.judging --alike --out alike.jsonl.gz

The second and the third write those on made-up plans (``evals.plans``), as the shipped reader orders their sentences,
for ``retrieval.training.further``. The first, two kinds of questions, one JSON object a line, which
``retrieval.training.cross`` reads:

- those that the reader is fitted on, of the dev part and on legal texts, in its folds: a judge made without a fold can
  be weighed on it;
- the questions of the data whose answer stands inside a passage (``pairs-reading``), always trained on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals import plans
from evals.fitting import (
    FOLDS,
    Example,
    Floats,
    examples,
    fit_reader,
    made_up,
    parts_of,
)
from ingest.normalise import key
from retrieval.answer.reader import load_reader, text_of
from retrieval.embed import load_encoder
from retrieval.training import mining
from retrieval.training.sentences import LONGEST
from retrieval.training.sources import PAIR_FILES, is_held_out, load, read_rows

ALWAYS = -1  # the fold of what is always trained on
_FEW = 3  # sentences that hold an answer: more do not tell where it stands
_WRONG = 4  # passages that do not answer
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")
_SHORT = 8  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A question with the sentences that may answer it, the likeliest first, and whether each does."""

    id: str
    fold: int
    question: str
    texts: tuple[str, ...]
    evidence: tuple[bool, ...]


def of_examples(found: Sequence[Example]) -> Iterator[List]:
    """The lists of the questions that the reader is fitted on, ordered by a reader that did not see them."""
    readers = [fit_reader([one for one in found if one.fold != fold]) for fold in range(FOLDS)]
    for one in found:
        yield listed(one, readers[one.fold].scores(one.signs.rows))


def by_shipped(found: Sequence[Example]) -> Iterator[List]:
    """The lists of questions that the shipped reader was not fitted on, ordered by it."""
    reader = load_reader()
    return (listed(one, reader.scores(one.signs.rows)) for one in found)


def listed(one: Example, scores: Floats) -> List:
    """The list of one question: the sentences with the best of ``scores``, (n,) float32, and all that answer."""
    # What answers is in the list, however low the reader ranks it.
    kept = np.lexsort((-scores, ~one.evidence))[:LONGEST]
    kept = kept[np.argsort(-scores[kept], kind="stable")]
    return List(
        id=one.case.id,
        fold=one.fold,
        question=one.asked,
        texts=tuple(text_of(one.signs.sentences[at]) for at in kept),
        evidence=tuple(bool(one.evidence[at]) for at in kept),
    )


def of_reading(data: Path) -> Iterator[List]:
    """The lists of the reading questions: the sentences of the passage that answers and of wrong ones."""
    chance = random.Random(20)
    pairs = [pair for pair in load(data).pairs if pair.group == "reading"]
    wrong = {(pair.query, pair.positive): some for pair, some in mining.mine_all(pairs, data, load_encoder()).items()}
    for number, row in enumerate(read_rows(data / PAIR_FILES["reading"])):
        answer = key(row.get("answer") or "")
        if not answer or is_held_out(row["positive"]):
            continue
        own = [(text, answer in key(text)) for text in _sentences(row["positive"])]
        if not 0 < sum(right for _, right in own) <= _FEW:
            continue
        others = [
            (text, False)
            for passage in wrong.get((row["query"], row["positive"]), ())[:_WRONG]
            for text in _sentences(passage)
        ]
        chance.shuffle(others)
        both = sorted([*own, *others], key=lambda one: not one[1])[:LONGEST]
        yield List(
            id=f"reading-{number}",
            fold=ALWAYS,
            question=row["query"],
            texts=tuple(text for text, _ in both),
            evidence=tuple(right for _, right in both),
        )


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE_END.split(text) if len(one) > _SHORT]


def write(path: Path, lists: Iterable[List]) -> int:
    """Write lists as gzipped JSON lines; how many."""
    rows = [json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in lists]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(rows)
    return len(rows)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path(".planqa"), help="index of the five plans")
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--data", type=Path, help="the folder of the training data")
    wanted.add_argument(
        "--plans", dest="made_up", action="store_const", const=plans.QUESTIONS, help="only those on made-up plans"
    )
    wanted.add_argument(
        "--alike", dest="made_up", action="store_const", const=plans.ALIKE, help="only those on them that look alike"
    )
    parser.add_argument("--out", type=Path, required=True, help="the file that is written (.jsonl.gz)")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        if given.made_up:
            parts = [*made_up(Path(folder), given.made_up)]
        else:
            parts = parts_of(given.index, given.data, Path(folder))
        found = [one for number, part in enumerate(parts) for one in examples(part, number)]
    lists = list(by_shipped(found)) if given.made_up else [*of_examples(found), *of_reading(given.data)]
    print(write(given.out, lists), "lists written:", given.out)


if __name__ == "__main__":
    main()
