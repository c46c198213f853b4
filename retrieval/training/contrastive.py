"""Train the small bi-encoder: ``python -m retrieval.training.contrastive --data ../shared/data --body FOLDER
--out FOLDER``.

InfoNCE in both directions on several lengths of the vector, with a mined wrong passage for each question
that has one. The folder is an ordinary sentence-transformers model.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch.nn import functional
from transformers import BertModel

from retrieval.training import mining, pretrain, transformer
from retrieval.training.sources import Pair, load, read_lines
from retrieval.training.transformer import SPECIAL, Drawer, Static

logger = logging.getLogger(__name__)

SIZES = (256, 128, 64)
"""Lengths of the vector that are trained (Matryoshka: Kusupati et al., NeurIPS 2022)."""
SCALE = 20.0
LENGTHS = (48, 64, 64, 112)
"""Tokens of a passage, drawn for each batch: most are short, for the time, but the places behind are seen."""
QUERY = 32
READ = 128
"""Tokens that the saved model reads."""


class Pooled(torch.nn.Module):
    """The body and the weight of each token: texts to vectors, as the saved model does."""

    def __init__(self, body: BertModel, weights: torch.Tensor) -> None:
        """From what pre-training wrote."""
        super().__init__()
        self.body = body
        self.weights = torch.nn.Parameter(weights.clone())
        self.known = len(weights) - len(SPECIAL)

    def forward(self, rows: Sequence[Sequence[int]], length: int) -> torch.Tensor:
        """Vectors of token rows, cut at ``length``."""
        cls, sep = self.known + SPECIAL.index("[CLS]"), self.known + SPECIAL.index("[SEP]")
        ids, mask = transformer.pad([[cls, *row[: length - 2], sep] for row in rows], self.known)
        place = self.weights.device
        ids, mask = ids.to(place), mask.to(place)
        out = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        mean: torch.Tensor = (out * (self.weights[ids] * mask)[..., None]).sum(dim=1)
        return mean


def loss_of(
    queries: torch.Tensor, passages: torch.Tensor, wrong: torch.Tensor | None, same: torch.Tensor
) -> torch.Tensor:
    """InfoNCE; ``same`` marks the pairs of the batch that share a passage, which are no negatives."""
    truth = torch.arange(len(queries), device=queries.device)
    total = torch.zeros((), device=queries.device)
    for size in SIZES:
        left, right = (functional.normalize(rows[:, :size], dim=1) for rows in (queries, passages))
        scores = (SCALE * left @ right.T).masked_fill(same, -1e4)
        back = functional.cross_entropy(scores.T, truth)
        if wrong is not None:
            scores = torch.cat([scores, SCALE * left @ functional.normalize(wrong[:, :size], dim=1).T], dim=1)
        total = total + functional.cross_entropy(scores, truth) + back
    return total / (2 * len(SIZES))


def train(
    model: Pooled,
    pairs: Sequence[Pair],
    wrong: Mapping[Pair, tuple[str, ...]],
    origins: Sequence[Pair],
    static: Static,
    *,
    size: int,
    steps: int,
    rate: float,
    seed: int,
    minutes: float | None = None,
) -> list[float]:
    """Train in place; the loss of each step. ``origins`` are the pairs before they were worded anew, whose
    wrong passages ``wrong`` has.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    transformer.to_train(model)
    queries = static.encode([pair.query for pair in pairs])
    wrong = {pair: wrong[pair] for pair in origins if pair in wrong}
    texts = [*(pair.positive for pair in pairs), *(text for some in wrong.values() for text in some)]
    texts = list(dict.fromkeys(texts))
    passages = dict(zip(texts, static.encode(texts), strict=True))

    def batches() -> Iterator[list[int]]:
        while True:
            order = chance.sample(range(len(pairs)), len(pairs))
            for start in range(0, max(1, len(order) - size + 1), size):
                yield order[start : start + size]

    def loss(batch: list[int]) -> torch.Tensor:
        length = chance.choice(LENGTHS)
        positives = [pairs[at].positive for at in batch]
        hard = [chance.choice(wrong[origins[at]]) for at in batch if wrong.get(origins[at])]
        # A passage that answers one question of the batch is never a wrong one of all.
        hard = [text for text in dict.fromkeys(hard) if text not in set(positives)]
        same = torch.tensor([[one == other for other in positives] for one in positives])
        same.fill_diagonal_(False)
        left = model([queries[at] for at in batch], QUERY)
        right = model([passages[text] for text in (*positives, *hard)], length)
        negatives = right[len(batch) :] if hard else None
        return loss_of(left, right[: len(batch)], negatives, same.to(left.device))

    losses = transformer.optimise(model.parameters(), batches(), loss, rate=rate, steps=steps, minutes=minutes)
    transformer.to_use(model)
    return losses


def save(folder: Path, model: Pooled, static: Static) -> None:
    """Write a sentence-transformers folder in half precision."""
    parts = importlib.import_module("sentence_transformers.sentence_transformer.modules")
    base = importlib.import_module("sentence_transformers.base.modules")
    main = importlib.import_module("sentence_transformers")
    tokenizer = transformer.special_tokens(static)
    tokenizer.model_max_length = READ
    with TemporaryDirectory() as scratch:
        transformer.save_half(model.body, tokenizer, Path(scratch))
        words = tokenizer.convert_ids_to_tokens(list(range(len(model.weights))))
        weights = [round(float(weight), 4) for weight in model.weights.detach()]
        modules = [
            base.Transformer(scratch),
            parts.WordWeights(words, dict(zip(words, weights, strict=True)), unknown_word_weight=1.0),
            parts.Pooling(model.body.config.hidden_size, "mean"),
            parts.Normalize(),
        ]
        main.SentenceTransformer(modules=modules, device="cpu").save_pretrained(str(folder), create_model_card=False)
        # The library writes what it computes in, single precision; the body goes in as it was.
        transformer.save_half(model.body, tokenizer, folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read data and body, train, write the model."""
    parser = argparse.ArgumentParser(description="Train the small bi-encoder.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--body", type=Path, required=True, help="the folder that retrieval.training.pretrain wrote")
    parser.add_argument("--negatives", type=Path, required=True, help="the file that retrieval.training.mining wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--pairs", type=int, default=45_000)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--steps", type=int, default=450)
    parser.add_argument("--minutes", type=float, help="end by the clock on a busy machine")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)

    static = Static.load()
    sources = load(given.data)
    body, weights = pretrain.read(given.body)
    model = Pooled(body, weights)
    if given.steps:
        typist = transformer.typist_of(given.data, sources, static.tokenizer)
        drawer = Drawer(sources, read_lines(given.data / "text-vi.txt.gz"), typist, random.Random(given.seed + 1))
        drawn = drawer.draw(given.pairs)
        wrong = mining.read(given.negatives)
        logger.info("%d pairs, %d with wrong passages", len(drawn), sum(bool(wrong.get(pair.origin)) for pair in drawn))
        train(
            model,
            [pair.worded for pair in drawn],
            wrong,
            [pair.origin for pair in drawn],
            static,
            size=given.batch,
            steps=given.steps,
            rate=given.rate,
            seed=given.seed,
            minutes=given.minutes,
        )
    save(given.out, model, static)
    return 0


if __name__ == "__main__":
    sys.exit(main())
