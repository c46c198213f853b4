"""Writes the lists of sentences that the judge is trained on: each question with what the reader finds likeliest.

    python -m evals.judging --index .planqa --data ../shared/data --out lists.jsonl.gz

Three kinds of questions, one JSON object a line (``retrieval.training.cross`` reads them):

- those of the dev part and on legal texts that the reader is fitted on, in its folds: a judge made without a fold can
  be weighed on it;
- questions on single sentences of 24 more legal texts (``evals/training/sentences.tsv``: the document, the places of
  the sentences that answer, "-" for none, and the question; no quote of the data), always trained on;
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

from evals import laws
from evals.fitting import (
    FOLDS,
    Example,
    Floats,
    blank,
    examples,
    fit_reader,
    open_engine,
    parts_of,
)
from ingest.normalise import key
from retrieval.answer.reader import ReaderModel, question_of, text_of
from retrieval.embed import load_encoder
from retrieval.index import build
from retrieval.training import mining
from retrieval.training.sources import PAIR_FILES, is_held_out, load, read_rows
from retrieval.types import Question

SENTENCES = Path(__file__).with_name("training") / "sentences.tsv"
LONGEST = 32  # sentences of a list
ALWAYS = -1  # the fold of what is always trained on
_INSIDE = 0.5
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
        yield listed(one, readers[one.fold].scores(one.signs.rows), one.case.id, one.fold)


def listed(one: Example, scores: Floats, name: str, fold: int) -> List:
    """The list of one question: the sentences with the best of ``scores``, (n,) float32."""
    order = [int(at) for at in np.argsort(-scores, kind="stable")[:LONGEST]]
    return List(
        id=name,
        fold=fold,
        question=one.asked,
        texts=tuple(text_of(one.signs.sentences[at]) for at in order),
        evidence=tuple(bool(one.evidence[at]) for at in order),
    )


def of_sentences(data: Path, model: ReaderModel) -> Iterator[List]:
    """The lists of the questions on single sentences."""
    asked: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        document, places, question = line.split("\t")
        spans = [(int(one.split(":")[0]), int(one.split(":")[1])) for one in places.split(",") if one != "-"]
        asked.setdefault(document, []).append((question, spans))
    texts = laws.texts_of(data, tuple(asked))
    names = sorted(asked)
    for start in range(0, len(names), laws.SHELF):
        shelf = names[start : start + laws.SHELF]
        with TemporaryDirectory() as folder:
            corpus, index = Path(folder) / "corpus", Path(folder) / "index"
            corpus.mkdir()
            for name in shelf:
                (corpus / f"{laws.id_of(name)}.txt").write_text(texts[name], encoding="utf-8")
            build(corpus, index, load_encoder(None))
            engine = open_engine(index, blank())
            for name in shelf:
                for number, (question, spans) in enumerate(asked[name]):
                    one = engine.answerer.understood(Question(text=question))
                    sentences = one.read.signs.sentences
                    evidence = [
                        sentence.document == laws.id_of(name)
                        and any(_inside(sentence.span.start, sentence.span.end, span) for span in spans)
                        for sentence in sentences
                    ]
                    scores = model.scores(one.read.signs.rows)
                    # What answers is in the list, however low the reader ranks it.
                    order = np.argsort(-(scores + 1_000 * np.array(evidence, dtype=np.float32)), kind="stable")
                    kept = sorted(order[:LONGEST].tolist(), key=lambda at: -float(scores[at]))
                    if kept and any(evidence) == bool(spans):
                        yield List(
                            id=f"{laws.id_of(name)}-{number}",
                            fold=ALWAYS,
                            question=question_of(one.asked),
                            texts=tuple(text_of(sentences[at]) for at in kept),
                            evidence=tuple(evidence[at] for at in kept),
                        )


def _inside(start: int, end: int, span: tuple[int, int]) -> bool:
    common = min(end, span[1]) - max(start, span[0])
    return common > 0 and common >= _INSIDE * min(end - start, span[1] - span[0])


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
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="the file that is written (.jsonl.gz)")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        parts = parts_of(given.index, given.data, Path(folder))
        found = [one for number, (cases, index) in enumerate(parts) for one in examples(cases, index, number)]
    lists = [*of_examples(found), *of_sentences(given.data, fit_reader(found)), *of_reading(given.data)]
    print(write(given.out, lists), "lists written:", given.out)


if __name__ == "__main__":
    main()
