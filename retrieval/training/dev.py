"""Score a model on the held-out pairs: ``python -m retrieval.training.dev --data ../shared/data [--model
FOLDER]``.

BM25 over folded and over marked syllables stands beside it. Prints one JSON object a line on standard
output. With ``--export FOLDER`` each set is written in BEIR's form instead, for ``planqa eval --beir``: that
scores the whole retrieval as it ships.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold, key, strip_marks
from retrieval.embed import load_encoder
from retrieval.training.sources import PAIR_FILES, Pair, load, read_rows

_WORD = re.compile(r"\w+")
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions, the passages they are asked of, and the number of the right passage of each."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    right: NDArray[np.int64]


def trials(data: Path) -> Iterator[Trial]:
    """The held-out questions, each kind against all passages of its kind."""
    held_out = load(data).held_out
    of_group = {
        group: [Pair(row["query"], row["positive"], group) for row in read_rows(data / name)]
        for group, name in PAIR_FILES.items()
    }
    parallel = [row for row in read_rows(data / "parallel-en-vi.jsonl.gz") if row["src"] != "law-mt"]
    legal = [
        pair.positive for group in ("zalo-legal", "alqac22", "law-title", "legal-synthetic") for pair in of_group[group]
    ]
    asked = [pair for pair in held_out if pair.group in ("zalo-legal", "alqac22")]
    yield _trial("legal", asked, legal)
    yield _trial("legal without marks", asked, legal, strip_marks)
    for name, groups, passages in (
        ("reading", ("reading",), [pair.positive for pair in of_group["reading"] + of_group["wiki-section"]]),
        ("English to law", ("en-vi-law",), [pair.positive for pair in of_group["en-vi-law"]]),
        ("English to sentence", ("parallel-tatoeba", "parallel-ntrex128"), [row["vi"] for row in parallel]),
    ):
        yield _trial(name, [pair for pair in held_out if pair.group in groups], passages)


def _trial(name: str, asked: Sequence[Pair], passages: Sequence[str], change: Callable[[str], str] = str) -> Trial:
    numbers = {passage: at for at, passage in enumerate(dict.fromkeys(passages))}
    right = np.array([numbers[pair.positive] for pair in asked], dtype=np.int64)
    return Trial(name, tuple(change(pair.query) for pair in asked), tuple(numbers), right)


def ranks_of(scores: NDArray[np.float32], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank (from 1) of the right passage of each question; ties count against it. ``scores`` is (n,
    passages).
    """
    own = scores[np.arange(len(right)), right][:, None]
    return np.asarray((scores >= own).sum(axis=1), dtype=np.int64)


def bm25_scores(trial: Trial, form: Callable[[str], str]) -> NDArray[np.float32]:
    """BM25 scores, (questions, passages), of the words of ``form``."""
    index = bm25s.BM25()
    index.index([_WORD.findall(form(passage)) for passage in trial.passages], show_progress=False)
    known = index.vocab_dict
    rows = np.zeros((len(trial.questions), len(trial.passages)), dtype=np.float32)
    for at, question in enumerate(trial.questions):
        words = [word for word in _WORD.findall(form(question)) if word in known]
        if words:
            rows[at] = index.get_scores(words)
    return rows


def report(trial: Trial, model: str | None) -> dict[str, str | int | float]:
    """hit@10 and hit@1 of the model, of BM25, and of half and half of their scores (each over its best)."""
    encoder = load_encoder(model)
    dense = encoder.encode_questions(trial.questions) @ encoder.encode_passages(trial.passages).T
    folded = bm25_scores(trial, fold)
    fused = 0.5 * dense / dense.max(axis=1, keepdims=True) + 0.5 * folded / np.maximum(
        folded.max(axis=1, keepdims=True), 1e-6
    )
    row: dict[str, str | int | float] = {
        "set": trial.name,
        "questions": len(trial.questions),
        "passages": len(trial.passages),
    }
    systems = {"bm25": bm25_scores(trial, key), "bm25 folded": folded, "dense": dense, "fused": fused}
    for name, scores in systems.items():
        ranks = ranks_of(scores, trial.right)
        row[f"{name} hit@10"] = round(float((ranks <= DEPTH).mean()), 3)
        row[f"{name} hit@1"] = round(float((ranks <= 1).mean()), 3)
    return row


def export(trial: Trial, folder: Path) -> None:
    """Write a trial in BEIR's form: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, texts in (("corpus", trial.passages), ("queries", trial.questions)):
        rows = (json.dumps({"_id": str(at), "text": text}, ensure_ascii=False) for at, text in enumerate(texts))
        (folder / f"{name}.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    judged = "".join(f"{at}\t{right}\t1\n" for at, right in enumerate(trial.right))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of each held-out set."""
    parser = argparse.ArgumentParser(description="Score a model on the held-out pairs.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--model", help="a model folder or hub name; default: the shipped model")
    parser.add_argument("--export", type=Path, help="a folder that gets each set in BEIR's form; nothing is scored")
    given = parser.parse_args(arguments)
    for trial in trials(given.data):
        if not trial.questions:
            continue
        if given.export is not None:
            export(trial, given.export / trial.name.replace(" ", "-").lower())
            continue
        sys.stdout.write(json.dumps(report(trial, given.model), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
