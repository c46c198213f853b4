"""The contrastive training of a static model: token vectors whose mean tells which passage answers a
query.

Loss: InfoNCE over a batch in both directions (van den Oord et al., 2018), on all dimensions and on the first
``SHORT`` alone (Matryoshka: Kusupati et al., NeurIPS 2022).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

logger = logging.getLogger(__name__)

SHORT = 128
SCALE = 20.0
BATCH = 1024
RATE = 0.02
RUN = 4
LONGEST = 160
"""Tokens of a passage that are read in training; the vectors are used on texts of any length."""

_LETTERS = 8
"""Letters of a token, at most on average: what is cut off before tokens are made saves half of the time."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of many texts in one array: text i is ``ids[starts[i]:starts[i + 1]]``."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str], tokenizer: Tokenizer) -> Tokens:
        """The first ``LONGEST`` tokens of each text; a text without any gets the unknown token."""
        rows: list[NDArray[np.int32]] = []
        for start in range(0, len(texts), 4096):
            batch = [text[: LONGEST * _LETTERS] for text in texts[start : start + 4096]]
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                rows.append(np.asarray(encoding.ids[:LONGEST] or [0], dtype=np.int32))
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
        return cls(np.concatenate(rows), starts)

    def pick(self, chosen: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids and offsets of the chosen texts, as an embedding bag takes them."""
        parts = [self.ids[self.starts[at] : self.starts[at + 1]] for at in chosen]
        offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])[:-1]])
        return torch.from_numpy(np.concatenate(parts)).long(), torch.from_numpy(offsets)


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the data: query i belongs to ``passages[targets[i]]``."""

    queries: Tokens
    targets: NDArray[np.int64]


def train(
    passes: Sequence[Pass], passages: Tokens, *, vocabulary: int, dimensions: int, seed: int
) -> NDArray[np.float32]:
    """Token vectors, (vocabulary, dimensions), by Adam with a rate that falls linearly to nothing.

    Batches are drawn in an order that ``seed`` fixes. Where two queries of a batch have the same passage, it
    is no negative of either.
    """
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    bag = torch.nn.EmbeddingBag(vocabulary, dimensions, mode="mean")
    torch.nn.init.normal_(bag.weight, std=0.1)
    adam = torch.optim.Adam(bag.parameters(), lr=RATE, fused=True)
    steps = sum(len(one.targets) // BATCH for one in passes)
    fall = torch.optim.lr_scheduler.LinearLR(adam, 1.0, 0.02, total_iters=steps)
    losses: list[float] = []
    with tqdm(total=steps, unit="batch", mininterval=5, disable=None) as bar:
        for one in passes:
            shuffled = neighbours(len(one.targets), order)
            for start in range(0, len(shuffled) - BATCH + 1, BATCH):
                chosen = shuffled[start : start + BATCH]
                targets = one.targets[chosen]
                loss = _loss(bag(*one.queries.pick(chosen)), bag(*passages.pick(targets)), torch.from_numpy(targets))
                adam.zero_grad(set_to_none=True)
                loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
                adam.step()
                fall.step()
                losses.append(loss.item())
                bar.update()
                if len(losses) % 50 == 0:
                    logger.info("batch %d of %d: loss %.3f", len(losses), steps, float(np.mean(losses[-50:])))
    return bag.weight.detach().numpy()


def neighbours(size: int, order: np.random.Generator) -> NDArray[np.int64]:
    """The numbers below ``size`` in random order, but in runs of ``RUN`` neighbours.

    Neighbours come from one document, so each is a harder negative for the others than a random passage.
    """
    runs = order.permutation((size + RUN - 1) // RUN)
    numbers = (runs[:, None] * RUN + np.arange(RUN)).ravel()
    return np.asarray(numbers[numbers < size], dtype=np.int64)


def _loss(queries: torch.Tensor, passages: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    same = targets[:, None] == targets[None, :]
    same.fill_diagonal_(False)
    truth = torch.arange(len(targets))
    total = torch.zeros(())
    for size in (queries.shape[1], SHORT):
        left = functional.normalize(queries[:, :size], dim=1)
        right = functional.normalize(passages[:, :size], dim=1)
        scores = (SCALE * left @ right.T).masked_fill(same, -1e4)
        total = total + functional.cross_entropy(scores, truth) + functional.cross_entropy(scores.T, truth)
    return total / 4
