"""Train the small cross-encoder: ``python -m retrieval.training.cross --data ../shared/data --body FOLDER
--out FOLDER``.

Question and passage are read together, so that it can be judged whether one answers the other. Each question
is seen with its passage and with wrong ones that BM25 and the static model rank high. A temperature, fitted
on questions that are not trained on, is divided out of the last layer: the sigmoid of the saved model is a
probability among such passages.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from transformers import BertConfig, BertForSequenceClassification, BertModel

from ingest.normalise import key
from retrieval.embed import Encoder, load_encoder
from retrieval.training import mining, pretrain, transformer
from retrieval.training.questions import ask
from retrieval.training.sources import Pair, Sources, load, read_lines
from retrieval.training.static import Typist
from retrieval.training.transformer import LONGEST, SPECIAL, Static

logger = logging.getLogger(__name__)

COPIES = {"zalo-legal": 4, "alqac22": 4, "legal-synthetic": 2, "reading": 5, "procedures": 1, "rule": 1}
"""How often a question of a group is seen in a pass."""
WRONG = 3
QUERY = 32
LENGTH = 112
"""Tokens of question and passage together in training; the model reads ``LONGEST``."""
JUDGED = 64
"""Sequences judged at a time."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the passage that answers it, and passages that do not, the hardest first."""

    query: str
    right: str
    wrong: tuple[str, ...]


def cases(
    pairs: Sequence[Pair], wrong: Mapping[Pair, tuple[str, ...]], *, typist: Typist | None = None, seed: int = 0
) -> list[Case]:
    """The pairs that have a wrong passage, ``COPIES`` times; with a typist, worded as they may be typed."""
    chance = random.Random(seed)
    found = []
    for pair in pairs:
        for again in range(COPIES[pair.group] if typist is not None else 1):
            if wrong.get(pair):
                # The first copy stays as it is asked.
                query = typist.vietnamese(pair, chance).query if typist is not None and again else pair.query
                found.append(Case(query, pair.positive, wrong[pair]))
    return found


def rule_cases(lines: Sequence[str], count: int, encoder: Encoder, *, seed: int) -> list[Case]:
    """Questions made by rule; wrong are the static model's nearest among the paragraphs of the others."""
    chance = random.Random(seed)
    asked: list[Pair] = []
    while len(asked) < count:
        pair = ask(chance.choice(lines)[:1200], chance)
        if pair is not None:
            asked.append(pair)
    vectors = encoder.encode_passages([pair.positive for pair in asked])
    nearest = np.argsort(-(encoder.encode_questions([pair.query for pair in asked]) @ vectors.T), axis=1)[:, :20]
    found = []
    for at, pair in enumerate(asked):
        wrong = tuple(asked[other].positive for other in nearest[at] if vectors[other] @ vectors[at] < 0.9)[
            : mining.KEPT
        ]
        if wrong:
            found.append(Case(pair.query, pair.positive, wrong))
    return found


def is_dev(text: str) -> bool:
    """Whether a passage, not held out, is kept from training for the temperature."""
    return hashlib.sha256(key(text).encode()).digest()[1] % 12 == 0


def split(sources: Sources) -> tuple[list[Pair], list[Pair]]:
    """The question pairs to train on and those for the temperature."""
    pairs = [pair for pair in sources.pairs if pair.group in COPIES]
    return [pair for pair in pairs if not is_dev(pair.positive)], [pair for pair in pairs if is_dev(pair.positive)]


def new_model(body: BertModel, *, seed: int) -> BertForSequenceClassification:
    """The body with one output on top."""
    torch.manual_seed(seed)
    sizes = {name: value for name, value in body.config.to_dict().items() if name not in ("id2label", "label2id")}
    config = BertConfig(**sizes)
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(body.state_dict())
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


@dataclass(frozen=True, slots=True)
class Reader:
    """Puts tokens of question and passage together for the model."""

    model: BertForSequenceClassification
    known: int

    def __call__(self, rows: Sequence[tuple[Sequence[int], Sequence[int]]], length: int) -> torch.Tensor:
        """A logit for each pair of token rows."""
        cls, sep = (self.known + SPECIAL.index(token) for token in ("[CLS]", "[SEP]"))
        left = [[cls, *query[:QUERY], sep] for query, _ in rows]
        whole = [[*start, *row[: length - len(start) - 1], sep] for start, (_, row) in zip(left, rows, strict=True)]
        ids, mask = transformer.pad(whole, self.known)
        kinds = torch.zeros_like(ids)
        for at, start in enumerate(left):
            kinds[at, len(start) : len(whole[at])] = 1
        place = next(self.model.parameters()).device
        out = self.model(input_ids=ids.to(place), attention_mask=mask.to(place), token_type_ids=kinds.to(place))
        logits: torch.Tensor = out.logits[:, 0]
        return logits

    def judge(self, rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> NDArray[np.float32]:
        """Logits of many pairs, without training."""
        transformer.to_use(self.model)
        with torch.no_grad():
            parts = [self(rows[start : start + JUDGED], LONGEST).cpu() for start in range(0, len(rows), JUDGED)]
        return np.concatenate([part.numpy() for part in parts])


def train(
    model: BertForSequenceClassification,
    seen: Sequence[Case],
    static: Static,
    *,
    size: int,
    steps: int,
    rate: float,
    seed: int,
    minutes: float | None = None,
) -> list[float]:
    """Train in place; the loss of each step: which of the passages it is, and whether each is it."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    transformer.to_train(model)
    tokens = _tokens(seen, static)
    reader = Reader(model, len(static.vectors))

    def batches() -> Iterator[list[Case]]:
        while True:
            order = chance.sample(seen, len(seen))
            for start in range(0, max(1, len(order) - size + 1), size):
                yield order[start : start + size]

    def loss(batch: list[Case]) -> torch.Tensor:
        rows = []
        for case in batch:
            texts = [case.right, *(chance.choice(case.wrong) for _ in range(WRONG))]
            rows += [(tokens[case.query], tokens[text]) for text in texts]
        logits = reader(rows, LENGTH).view(len(batch), 1 + WRONG)
        truth = torch.zeros_like(logits)
        truth[:, 0] = 1
        which = functional.cross_entropy(logits, truth)
        return which + functional.binary_cross_entropy_with_logits(logits, truth)

    losses = transformer.optimise(model.parameters(), batches(), loss, rate=rate, steps=steps, minutes=minutes)
    transformer.to_use(model)
    return losses


def temperature(model: BertForSequenceClassification, kept: Sequence[Case], static: Static) -> float:
    """The temperature that makes the kept questions likeliest, among each one's passage and ``WRONG`` wrong
    ones.
    """
    tokens = _tokens(kept, static)
    rows, truth = [], []
    for case in kept:
        for text in (case.right, *case.wrong[:WRONG]):
            rows.append((tokens[case.query], tokens[text]))
            truth.append(float(text == case.right))
    logits = torch.from_numpy(Reader(model, len(static.vectors)).judge(rows))
    target = torch.tensor(truth)
    grid = np.exp(np.linspace(np.log(0.2), np.log(8), 200))
    losses = [functional.binary_cross_entropy_with_logits(logits / float(one), target).item() for one in grid]
    best = float(grid[int(np.argmin(losses))])
    before = functional.binary_cross_entropy_with_logits(logits, target).item()
    logger.info("temperature %.2f: loss %.3f, before %.3f, %d pairs", best, min(losses), before, len(rows))
    return best


def _tokens(seen: Sequence[Case], static: Static) -> Mapping[str, list[int]]:
    texts = list(dict.fromkeys(text for case in seen for text in (case.query, case.right, *case.wrong)))
    return dict(zip(texts, static.encode(texts), strict=True))


def save(folder: Path, model: BertForSequenceClassification, static: Static, heat: float) -> None:
    """Write a folder that ``CrossEncoder`` loads, the temperature divided out."""
    with torch.no_grad():
        model.classifier.weight.div_(heat)
        model.classifier.bias.div_(heat)
    transformer.save_half(model, transformer.special_tokens(static), folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read data and body, train, fit the temperature, write the model."""
    parser = argparse.ArgumentParser(description="Train the small cross-encoder.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--body", type=Path, required=True, help="the folder that retrieval.training.pretrain wrote")
    parser.add_argument("--negatives", type=Path, required=True, help="the file that retrieval.training.mining wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--rules", type=int, default=4000, help="questions made by rule")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--steps", type=int, default=750)
    parser.add_argument("--minutes", type=float, help="end by the clock on a busy machine")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)

    static = Static.load()
    sources = load(given.data)
    typist = transformer.typist_of(given.data, sources, static.tokenizer)
    trained, kept = split(sources)
    wrong = mining.read(given.negatives)
    seen = cases(trained, wrong, typist=typist, seed=given.seed)
    lines = read_lines(given.data / "text-vi.txt.gz")
    seen += rule_cases(lines, given.rules, load_encoder(), seed=given.seed)
    dev = cases([pair for pair in kept if pair.group != "procedures"], wrong)
    logger.info("%d questions to train on, %d for the temperature", len(seen), len(dev))
    body, _ = pretrain.read(given.body)
    model = new_model(body, seed=given.seed)
    train(
        model,
        seen,
        static,
        size=given.batch,
        steps=given.steps,
        rate=given.rate,
        seed=given.seed,
        minutes=given.minutes,
    )
    save(given.out, model, static, temperature(model, dev, static))
    return 0


if __name__ == "__main__":
    sys.exit(main())
