"""Pre-train the body: ``python -m retrieval.training.pretrain --data ../shared/data --out FOLDER``.

Masked language model (Devlin et al., NAACL 2019) on windows of the raw paragraphs and, one sequence in
three, on a query with its passage, English queries too: what is masked in one is read in the other.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from transformers import BertModel

from retrieval.training import transformer
from retrieval.training.sources import Pair, load, read_lines
from retrieval.training.transformer import LONGEST, SPECIAL, Drawer, Shape, Static

logger = logging.getLogger(__name__)

MASKED = 0.25
WEIGHTS_FILE = "token_weights.npy"
PAIRS = 1 / 3
"""Sequences that are a query and its passage."""


class Head(torch.nn.Module):
    """Guesses masked tokens: outputs against the token vectors, above how frequent a token is."""

    def __init__(self, width: int, counts: NDArray[np.int64]) -> None:
        """A new head; ``counts`` gives the frequencies."""
        super().__init__()
        self.dense = torch.nn.Linear(width, width)
        self.norm = torch.nn.LayerNorm(width)
        self.register_buffer("frequency", torch.from_numpy(np.log((counts + 1) / (counts + 1).sum())).float())

    def loss(self, outputs: torch.Tensor, targets: torch.Tensor, table: torch.Tensor, sample: int) -> torch.Tensor:
        """Cross-entropy over the targets of the batch and ``sample`` other tokens that stand for the rest.

        All 39,000 would cost more than the body does.
        """
        hidden = self.norm(functional.gelu(self.dense(outputs)))
        others = torch.ones(len(table), dtype=torch.bool, device=table.device)
        present, places = torch.unique(targets, return_inverse=True)
        others[present] = False
        rest = others.nonzero()[:, 0]
        picked = rest[torch.randperm(len(rest), device=rest.device)[:sample]]
        chosen = torch.cat([present, picked])
        correction = torch.zeros(len(chosen), device=table.device)
        correction[len(present) :] = float(np.log(max(1, len(rest)) / max(1, len(picked))))
        frequency: torch.Tensor = self.frequency  # type: ignore[assignment]  # a buffer
        return functional.cross_entropy(hidden @ table[chosen].T + frequency[chosen] + correction, places)


def windows(rows: Sequence[Sequence[int]], length: int, cls: int, sep: int) -> list[list[int]]:
    """Token rows one after the other, cut into sequences of ``length``."""
    stream = [token for row in rows for token in (*row, sep)]
    inner = length - 2
    return [[cls, *stream[start : start + inner], sep] for start in range(0, max(1, len(stream) - inner + 1), inner)]


def joined(
    queries: Sequence[Sequence[int]], passages: Sequence[Sequence[int]], length: int, cls: int, sep: int
) -> list[tuple[list[int], int]]:
    """Query and passage as one sequence of at most ``length``, with the place where the passage starts."""
    rows = []
    for query, passage in zip(queries, passages, strict=True):
        left = [cls, *query[: length // 2 - 3], sep]
        rows.append(([*left, *passage[: length - len(left) - 1], sep], len(left)))
    return rows


def batches(
    single: Sequence[list[int]], pairs: Sequence[tuple[list[int], int]], *, size: int, seed: int
) -> Iterator[list[tuple[list[int], int]]]:
    """Batches without end, pairs and single sequences mixed by ``PAIRS``."""
    chance = random.Random(seed)
    both = [[(row, len(row)) for row in single], list(pairs)]
    orders: list[list[tuple[list[int], int]]] = [[], []]
    while True:
        batch = []
        for _ in range(size):
            kind = int(bool(pairs) and chance.random() < PAIRS)
            if not orders[kind]:
                orders[kind] = chance.sample(both[kind], len(both[kind]))
            batch.append(orders[kind].pop())
        yield batch


def train(
    body: BertModel,
    head: Head,
    single: Sequence[list[int]],
    pairs: Sequence[tuple[list[int], int]],
    *,
    size: int,
    steps: int,
    rate: float,
    sample: int,
    seed: int,
    minutes: float | None = None,
) -> list[float]:
    """Train body and head in place; the loss of each step."""
    torch.manual_seed(seed)
    place = transformer.to_train(body)
    transformer.to_train(head)
    table = body.embeddings.word_embeddings.weight
    known = len(table) - len(SPECIAL)
    # The vectors stay, but those of the special tokens have no meaning yet.
    special = torch.nn.Parameter(table[known:].clone())

    def loss_of(batch: list[tuple[list[int], int]]) -> torch.Tensor:
        ids, mask = transformer.pad([row for row, _ in batch], known)
        kinds = torch.zeros_like(ids)
        for at, (row, start) in enumerate(batch):
            kinds[at, start : len(row)] = 1
        hidden = (torch.rand(ids.shape) < MASKED) & (ids < known)
        if not hidden.any():
            hidden[tuple((ids < known).nonzero()[0])] = True  # A batch without any masked token has no loss.
        targets = ids[hidden]
        fate = torch.rand(len(targets))
        other = torch.where(fate < 0.9, torch.randint(known, targets.shape), targets)
        ids[hidden] = torch.where(fate < 0.8, known + SPECIAL.index("[MASK]"), other)
        offset = int(torch.randint(LONGEST - ids.shape[1] + 1, (1,)))
        positions = torch.arange(offset, offset + ids.shape[1]).expand_as(ids)
        ids = ids.to(place)
        own = functional.embedding((ids - known).clamp(min=0), special)
        inputs = torch.where((ids >= known)[..., None], own, functional.embedding(ids, table))
        out = body(
            inputs_embeds=inputs,
            attention_mask=mask.to(place),
            token_type_ids=kinds.to(place),
            position_ids=positions.to(place),
        ).last_hidden_state
        return head.loss(out[hidden.to(place)], targets.to(place), table[:known], sample)

    losses = transformer.optimise(
        [*body.parameters(), *head.parameters(), special],
        batches(single, pairs, size=size, seed=seed),
        loss_of,
        rate=rate,
        steps=steps,
        minutes=minutes,
    )
    with torch.no_grad():
        table[known:] = special
        table[known + SPECIAL.index("[PAD]")] = 0
    transformer.to_use(body)
    return losses


def save(folder: Path, body: BertModel, weights: torch.Tensor, static: Static) -> None:
    """Write body, tokenizer and the weights of the tokens."""
    body.save_pretrained(folder)
    transformer.special_tokens(static).save_pretrained(folder)
    np.save(folder / WEIGHTS_FILE, weights.numpy())


def read(folder: Path) -> tuple[BertModel, torch.Tensor]:
    """What ``save`` wrote."""
    body: BertModel = BertModel.from_pretrained(folder, dtype=torch.float32)
    body.embeddings.word_embeddings.weight.requires_grad_(False)
    return body, torch.from_numpy(np.load(folder / WEIGHTS_FILE))


def counts_of(rows: Sequence[Sequence[int]], size: int) -> NDArray[np.int64]:
    """How often each token stands in ``rows``."""
    return np.bincount(np.concatenate([np.asarray(row, dtype=np.int64) for row in rows]), minlength=size)


def pair_rows(pairs: Sequence[Pair], static: Static) -> tuple[list[list[int]], list[list[int]]]:
    """Tokens of queries and passages."""
    return static.encode([pair.query for pair in pairs]), static.encode([pair.positive for pair in pairs])


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the data, pre-train, write the body."""
    parser = argparse.ArgumentParser(description="Pre-train the body of the small transformers.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="the folder the body is written to")
    parser.add_argument("--paragraphs", type=int, default=60_000)
    parser.add_argument("--pairs", type=int, default=24_000)
    parser.add_argument("--length", type=int, default=64)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--minutes", type=float, help="end by the clock on a busy machine")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--sample", type=int, default=4000, help="tokens that stand for the rest in the loss")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)

    static = Static.load()
    sources = load(given.data)
    lines = read_lines(given.data / "text-vi.txt.gz")
    chance = random.Random(given.seed)
    taken = [lines[at] for at in sorted(chance.sample(range(len(lines)), min(len(lines), given.paragraphs)))]
    rows = static.encode(taken)
    counts = counts_of(rows, len(static.vectors))
    cls, sep = (len(static.vectors) + SPECIAL.index(token) for token in ("[CLS]", "[SEP]"))
    single = windows(rows, given.length, cls, sep)
    typist = transformer.typist_of(given.data, sources, static.tokenizer)
    drawn = [pair.worded for pair in Drawer(sources, lines, typist, chance).draw(given.pairs)]
    pairs = joined(*pair_rows(drawn, static), given.length, cls, sep)
    logger.info("%d windows, %d pairs", len(single), len(pairs))
    body, weights = transformer.new_body(static, counts, Shape(layers=given.layers), seed=given.seed)
    save(given.out / "start", body, weights, static)
    head = Head(body.config.hidden_size, counts)
    train(
        body,
        head,
        single,
        pairs,
        size=given.batch,
        steps=given.steps,
        rate=given.rate,
        sample=given.sample,
        seed=given.seed,
        minutes=given.minutes,
    )
    save(given.out, body, weights, static)
    return 0


if __name__ == "__main__":
    sys.exit(main())
