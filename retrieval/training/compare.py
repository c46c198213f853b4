"""Compare a trained model with the shipped one: ``python -m retrieval.training.compare --data ../shared/data
--model FOLDER [--cross FOLDER] [--pool 50]``.

The held-out trials of ``dev``, dense alone and fused with BM25, for the shipped model, the new one, and both
together; then what the cross-encoder tells apart and what it gives as a second ranking. Prints one JSON
object a line; intervals are 95 % bootstrap intervals over the questions.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.normalise import fold
from retrieval.embed import Encoder, load_encoder
from retrieval.training import dev, mining
from retrieval.training.dev import Trial
from retrieval.training.sources import load

SHARE = 0.5
"""Weight of the new model's cosine where both are together. Set beforehand, not fitted."""
RERANKED = 20
SAMPLES = 2000
WRONG = 3
"""Wrong passages beside the right one, of each question to the cross-encoder."""
Row = dict[str, object]


class Together:
    """Two encoders as one: vectors side by side, so that the dot product is a weighted sum of cosines."""

    def __init__(self, first: Encoder, second: Encoder, share: float = SHARE) -> None:
        """``share`` is the weight of the second one's cosine."""
        self._parts = ((first, (1 - share) ** 0.5), (second, share**0.5))

    @property
    def name(self) -> str:
        """Both names."""
        return "+".join(part.name for part, _ in self._parts)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return sum(part.dimensions for part, _ in self._parts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (n, dimensions)."""
        return np.hstack([part.encode_passages(texts) * weight for part, weight in self._parts]).astype(np.float32)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (n, dimensions)."""
        return np.hstack([part.encode_questions(texts) * weight for part, weight in self._parts]).astype(np.float32)


def pooled(trial: Trial, depth: int, encoder: Encoder, kept_in: Path | None) -> tuple[Trial, NDArray[np.float32]]:
    """The trial over the passages that BM25 or ``encoder`` ranks among the first ``depth`` of any question, and
    their BM25 scores among all passages. All passages where ``depth`` is 0.

    What ranks above the right passage for one of these two, or for both fused, is nearly always kept; for
    another model the pool is a little easier than all passages. A pool is read from ``kept_in`` where it is
    there: making it takes longer than the rest.
    """
    file = kept_in / f"{trial.name.replace(' ', '-')}-{depth}.npz" if kept_in is not None else None
    if file is not None and file.exists():
        with np.load(file) as arrays:
            numbers, lexical = arrays["numbers"], arrays["lexical"]
    else:
        lexical = dev.bm25_scores(trial, fold)
        numbers = np.arange(len(trial.passages))
        if 0 < depth < len(numbers):
            dense = encoder.encode_questions(trial.questions) @ encoder.encode_passages(trial.passages).T
            best = [np.argpartition(-scores, depth, axis=1)[:, :depth].ravel() for scores in (dense, lexical)]
            numbers = np.unique(np.concatenate([trial.right, *best]))
        lexical = lexical[:, numbers]
        if file is not None:
            np.savez_compressed(file, numbers=numbers, lexical=lexical)
    right = np.searchsorted(numbers, trial.right)
    return Trial(trial.name, trial.questions, tuple(trial.passages[at] for at in numbers), right), lexical


def interval(values: NDArray[np.float64]) -> list[float]:
    """A 95 % bootstrap interval of the mean."""
    draws = np.random.default_rng(0).integers(len(values), size=(SAMPLES, len(values)))
    return [round(float(one), 3) for one in np.percentile(values[draws].mean(axis=1), [2.5, 97.5])]


def trial_rows(trial: Trial, folded: NDArray[np.float32], systems: dict[str, NDArray[np.float32]]) -> Iterator[Row]:
    """Scores of each system, dense and fused, and how far it is from the first one."""
    lexical = folded / np.maximum(folded.max(axis=1, keepdims=True), 1e-6)
    first: dict[str, NDArray[np.int64]] = {}
    for kind in ("dense", "fused"):
        for name, dense in systems.items():
            scores = dense if kind == "dense" else 0.5 * dense / dense.max(axis=1, keepdims=True) + 0.5 * lexical
            ranks = dev.ranks_of(scores, trial.right)
            base = first.setdefault(kind, ranks)
            row: Row = {
                "set": trial.name,
                "n": len(ranks),
                "passages": len(trial.passages),
                "model": name,
                "kind": kind,
            }
            for depth in (1, dev.DEPTH):
                hits, others = (ranks <= depth).astype(np.float64), (base <= depth).astype(np.float64)
                row[f"hit@{depth}"] = round(float(hits.mean()), 3)
                row[f"hit@{depth} 95%"] = interval(hits)
                row[f"hit@{depth} gain"] = [round(float((hits - others).mean()), 3), *interval(hits - others)]
            yield row


def compare_encoders(
    data: Path, model: Encoder | None, *, pool: int, pools: Path | None, only: Sequence[str]
) -> Iterator[Row]:
    """All trials, or those named. Those in Vietnamese, with many passages, are pooled. Without a model only the
    pools are made.
    """
    static = load_encoder()
    seen: dict[tuple[str, ...], NDArray[np.float32]] = {}
    for full in dev.trials(data):
        if only and full.name not in only:
            continue
        depth = 0 if full.name.startswith("English") else pool
        trial, folded = pooled(full, depth, static, pools)
        if model is None:
            continue
        if trial.passages not in seen:
            new = [text for text in trial.passages if text not in _vectors]
            _vectors.update(zip(new, model.encode_passages(new), strict=True))
            seen[trial.passages] = np.stack([_vectors[text] for text in trial.passages])
        systems = {
            "static": static.encode_questions(trial.questions) @ static.encode_passages(trial.passages).T,
            "transformer": model.encode_questions(trial.questions) @ seen[trial.passages].T,
        }
        systems["together"] = (1 - SHARE) * systems["static"] + SHARE * systems["transformer"]
        yield from trial_rows(trial, folded, systems)


_vectors: dict[str, NDArray[np.float32]] = {}
"""Passages of several trials are encoded once."""


def area(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The area under the ROC curve: how often a right pair scores above a wrong one."""
    above = scores[right][:, None] - scores[~right][None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def compare_cross(data: Path, folder: Path, *, pool: int, pools: Path | None) -> Iterator[Row]:
    """What the cross-encoder tells apart, and what a second ranking by it gives."""
    model = importlib.import_module("sentence_transformers").CrossEncoder(str(folder), device="cpu")
    encoder = load_encoder()
    held_out = load(data).held_out
    asked = [pair for pair in held_out if pair.group == "reading"]
    ranker = mining.Ranker(mining.texts_of(data, mining.READING), encoder)
    wrong = mining.mine(asked, ranker, mining.answers_of(data), depth=60)
    sets = [(pair, [pair.positive, *wrong[pair][:WRONG]]) for pair in asked if len(wrong[pair]) >= WRONG]
    numbers = {text: at for at, text in enumerate(ranker.passages)}
    judged: dict[str, list[list[float]]] = {"fused": [], "static": [], "cross": []}
    questions = [pair.query for pair, _ in sets]
    for (_, texts), (fused, dense) in zip(sets, ranker.scores(questions), strict=True):
        judged["fused"].append([float(fused[numbers[text]]) for text in texts])
        judged["static"].append([float(dense[numbers[text]]) for text in texts])
    flat = [(pair.query, text) for pair, texts in sets for text in texts]
    start = time.thread_time()
    probabilities = np.asarray(model.predict(flat, batch_size=16, show_progress_bar=False), dtype=np.float64)
    spent = time.thread_time() - start
    judged["cross"] = probabilities.reshape(len(sets), -1).tolist()
    yield {"pairs": len(flat), "cross ms a pair (processor time)": round(1000 * spent / len(flat), 2)}
    yield from judgement_rows(judged)
    yield from rerank_rows(data, model, encoder, pool, pools)


def judgement_rows(judged: dict[str, list[list[float]]]) -> Iterator[Row]:
    """AUC and the share of questions whose own passage scores best, of each judge."""
    generator = np.random.default_rng(0)
    for name, rows in judged.items():
        scores = np.array(rows)
        right = np.zeros(scores.shape, dtype=bool)
        right[:, 0] = True
        draws = generator.integers(len(scores), size=(SAMPLES, len(scores)))
        areas = [area(scores[draw].ravel(), right[draw].ravel()) for draw in draws]
        row: Row = {
            "set": "held-out reading, own passage against hardest wrong ones",
            "n": len(scores),
            "judge": name,
            "AUC": round(area(scores.ravel(), right.ravel()), 3),
            "AUC 95%": [round(float(one), 3) for one in np.percentile(areas, [2.5, 97.5])],
            "best is right": round(float((scores[:, 0] > scores[:, 1:].max(axis=1)).mean()), 3),
        }
        if name == "cross":
            probabilities = np.clip(scores, 1e-6, 1 - 1e-6)
            row["log loss"] = round(float(-np.log(np.where(right, probabilities, 1 - probabilities)).mean()), 3)
            row["log loss of the share alone"] = round(float(-(0.25 * np.log(0.25) + 0.75 * np.log(0.75))), 3)
            row["calibration error"] = round(calibration_error(probabilities.ravel(), right.ravel()), 3)
        yield row


def calibration_error(probabilities: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    of_bin = np.minimum((probabilities * bins).astype(int), bins - 1)
    parts = [(of_bin == number) for number in range(bins)]
    return float(
        sum(part.mean() * abs(probabilities[part].mean() - right[part].mean()) for part in parts if part.any())
    )


def rerank_rows(data: Path, model: object, encoder: Encoder, pool: int, pools: Path | None) -> Iterator[Row]:
    """The held-out legal questions: the first 20 of the fused list in a new order.

    The right passages have a form of their own among the articles, so each list is also judged with the question
    of another list: what is gained then too is no understanding.
    """
    predict = model.predict  # type: ignore[attr-defined]  # CrossEncoder, imported late
    full = next(one for one in dev.trials(data) if one.name == "legal")
    trial, lexical = pooled(full, pool, encoder, pools)
    dense = encoder.encode_questions(trial.questions) @ encoder.encode_passages(trial.passages).T
    fused_rows = dense / dense.max(axis=1, keepdims=True) + lexical / np.maximum(
        lexical.max(axis=1, keepdims=True), 1e-6
    )
    ranks: dict[str, list[float]] = {"fused": [], "cross": [], "half and half": [], "control: another question": []}
    others = (*trial.questions[1:], trial.questions[0])
    for question, other, fused, right in zip(trial.questions, others, fused_rows, trial.right, strict=True):
        top = np.argsort(-fused, kind="stable")[:RERANKED]
        cross = np.asarray(predict([(question, trial.passages[at]) for at in top], show_progress_bar=False))
        blind = np.asarray(predict([(other, trial.passages[at]) for at in top], show_progress_bar=False))
        first = fused[top] / fused[top].max()
        for name, scores in zip(ranks, (first, cross, first + cross, first + blind), strict=True):
            order = top[np.argsort(-scores, kind="stable")].tolist()
            ranks[name].append(order.index(int(right)) + 1 if int(right) in order else np.inf)
    base = np.array(ranks["fused"])
    for name, values in ranks.items():
        row: Row = {"set": f"legal, first {RERANKED} of the fused list", "n": len(values), "order": name}
        for depth in (1, dev.DEPTH):
            hits, plain = (np.array(values) <= depth).astype(float), (base <= depth).astype(float)
            row[f"hit@{depth}"] = round(float(hits.mean()), 3)
            row[f"hit@{depth} gain"] = [round(float((hits - plain).mean()), 3), *interval(hits - plain)]
        yield row


def speed_row(data: Path, model: Encoder) -> Row:
    """Processor time for chunks of about 128 tokens, and for a question. One thread."""
    texts = [text[:600] for text in mining.texts_of(data, ("wiki-section",)) if len(text) > 900][:128]
    questions = [pair.query for pair in load(data).held_out][:200]
    model.encode_passages(texts[:32])
    start = time.thread_time()
    model.encode_passages(texts)
    chunks = time.thread_time() - start
    start = time.thread_time()
    for question in questions:
        model.encode_questions([question])
    return {
        "chunks a second of processor time": round(len(texts) / chunks, 1),
        "ms a question (processor time)": round(1000 * (time.thread_time() - start) / len(questions), 2),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description="Compare a trained model with the shipped one.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--model", help="a folder that retrieval.training.contrastive wrote")
    parser.add_argument("--cross", type=Path, help="a folder that retrieval.training.cross wrote")
    parser.add_argument("--pool", type=int, default=0, help="passages: only the first so many of each question")
    parser.add_argument("--pools", type=Path, help="a folder where pools are kept for the next run")
    parser.add_argument("--trial", action="append", default=[], help="only this trial; may be given again")
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    rows: list[Iterator[Row]] = []
    encoder = load_encoder(given.model) if given.model else None
    if encoder is not None:
        rows += [iter([speed_row(given.data, encoder)])]
    if encoder is not None or given.pools:
        rows += [compare_encoders(given.data, encoder, pool=given.pool, pools=given.pools, only=given.trial)]
    if given.cross:
        rows += [compare_cross(given.data, given.cross, pool=given.pool, pools=given.pools)]
    for each in rows:
        for row in each:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
