"""Pre-train the body: ``python -m retrieval.training.pretrain --prepared FOLDER --out FOLDER``.

Masked language model (Devlin et al., NAACL 2019) on windows of the running text and, one sequence in three, on a query
with its passage, English queries too: what is masked in one is read in the other. Six minutes on a
graphics card are enough; a processor gets nowhere in that time.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from transformers import BertModel, PreTrainedTokenizerFast

from retrieval.training.arrays import Pairs, Start, Tokens, read_text
from retrieval.training.batching import BOTH, PASSAGE, QUERY, PairTables, joined
from retrieval.training.loop import Plan, add_plan, optimise, plan_of
from retrieval.training.transformer import LONGEST, Shape, Special, half_where_fast, new_body, to_train, to_use

logger = logging.getLogger(__name__)

SHAPE = Shape()
PLAN = Plan(batch=512, rate=8e-4, seconds=390)
MASKED = 0.25
GUESSED = 0.2
"""Places that are guessed, as a part of all: fixed, as a graphics card computes best what has a fixed size. A little
fewer than are masked, as many places hold no word.
"""
KEEP, SWAP = 0.1, 0.1
"""Of the masked places, those that keep their token and those that get any other."""
PAIRS = 1 / 3
"""Sequences that are a query and its passage."""


class Head(torch.nn.Module):
    """Guesses masked tokens: outputs against the token vectors, above how frequent a token is."""

    frequency: torch.Tensor

    def __init__(self, width: int, counts: NDArray[np.int64]) -> None:
        """A new head; ``counts``, (tokens,), gives the frequencies."""
        super().__init__()
        self.dense = torch.nn.Linear(width, width)
        self.norm = torch.nn.LayerNorm(width)
        self.register_buffer("frequency", torch.from_numpy(np.log((counts + 1) / (counts + 1).sum())).float())

    def forward(self, outputs: torch.Tensor, table: torch.Tensor) -> torch.Tensor:
        """Logits of all tokens, (places, tokens), from outputs of the body, (places, width)."""
        logits: torch.Tensor = self.norm(functional.gelu(self.dense(outputs))) @ table.T
        return logits + self.frequency


class Sequences:
    """Draws the sequences of a batch: windows of the running text, and pairs."""

    def __init__(self, text: Tokens, pairs: PairTables, special: Special) -> None:
        """From the running text and pairs that are on the device of the model."""
        self._text = torch.from_numpy(text.astype(np.int32)).to(pairs.place)
        self._pairs = pairs
        self._special = special

    def draw(self, count: int, length: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens and kinds, two (count, length); the pairs stand last."""
        asked = int(count * PAIRS)
        place, special = self._pairs.place, self._special
        inner = min(length - 2, len(self._text))
        starts = torch.randint(len(self._text) - inner + 1, (count - asked, 1), device=place)
        windows = torch.full((count - asked, length), special.pad, device=place)
        windows[:, 0], windows[:, inner + 1] = special.cls, special.sep
        windows[:, 1 : inner + 1] = self._text[starts + torch.arange(inner, device=place)].long()
        some = self._pairs.some(asked)
        queries = self._pairs.queries.take(some, QUERY)
        passages = self._pairs.passages.take(self._pairs.right[some], PASSAGE)
        both, kinds = joined(queries, passages, length, special)
        return torch.cat([windows, both]), torch.cat([torch.zeros_like(windows), kinds])


def masked(tokens: torch.Tensor, special: Special) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tokens with some masked, (n, length), the places to guess in the flat matrix, and what stands there.

    The number of places is always ``GUESSED`` of all; where nothing was masked at one, -100 stands for what stands
    there, which no loss counts.
    """
    hidden = ((torch.rand(tokens.shape, device=tokens.device) < MASKED) & (tokens < special.known)).flatten()
    count = int(tokens.numel() * GUESSED)
    places = torch.where(hidden, torch.rand(hidden.shape, device=tokens.device), -1.0).topk(count).indices
    guessed, own = hidden[places], tokens.flatten()[places]
    fate = torch.rand(count, device=tokens.device)
    swapped = torch.where(fate < 1 - KEEP, torch.randint(special.known, (count,), device=tokens.device), own)
    shown = torch.where(fate < 1 - KEEP - SWAP, special.mask, swapped)
    left = tokens.flatten().clone()
    left[places] = torch.where(guessed, shown, own)
    return left.view(tokens.shape), places, torch.where(guessed, own, -100)


def train(
    body: BertModel, counts: NDArray[np.int64], text: Tokens, pairs: Pairs, plan: Plan, *, length: int = BOTH
) -> list[float]:
    """Train in place; the loss of each step. ``counts``, (tokens,), says how often each token stands in the text."""
    torch.manual_seed(plan.seed)
    place = to_train(body)
    head = Head(body.config.hidden_size, counts)
    to_train(head)
    special = Special.of(body)
    sequences = Sequences(text, PairTables(pairs, special, place), special)
    table = body.embeddings.word_embeddings.weight

    def loss_of(_: int) -> torch.Tensor:
        tokens, kinds = sequences.draw(plan.batch, length)
        shown, places, truth = masked(tokens, special)
        # All positions are learnt though the sequences are shorter.
        first = int(torch.randint(LONGEST - length + 1, (1,)))
        positions = torch.arange(first, first + length, device=place).expand(len(shown), -1)
        with half_where_fast(place):
            outputs = body(
                input_ids=shown,
                token_type_ids=kinds,
                position_ids=positions,
                attention_mask=(shown != special.pad).long(),
            ).last_hidden_state
            logits = head(outputs.flatten(0, 1)[places], table)
        return functional.cross_entropy(logits.float(), truth)

    losses = optimise([*body.parameters(), *head.parameters()], loss_of, plan)
    to_use(body)
    return losses


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arrays, pre-train, write the body."""
    parser = argparse.ArgumentParser(description="Pre-train the body of the small transformers.")
    parser.add_argument("--prepared", type=Path, required=True, help="the folder that retrieval.training.prepare wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder the body is written to")
    parser.add_argument("--layers", type=int, default=SHAPE.layers)
    parser.add_argument("--heads", type=int, default=SHAPE.heads)
    parser.add_argument("--inner", type=int, default=SHAPE.inner)
    add_plan(parser, PLAN)
    given = parser.parse_args(arguments)
    plan = plan_of(given)

    start, text, pairs = Start.read(given.prepared), read_text(given.prepared), Pairs.read(given.prepared)
    body = new_body(start.vectors, Shape(layers=given.layers, heads=given.heads, inner=given.inner), seed=plan.seed)
    logger.info("%.1f million weights", sum(one.numel() for one in body.parameters()) / 1e6)
    train(body, start.counts, text, pairs, plan)
    body.save_pretrained(given.out)
    PreTrainedTokenizerFast.from_pretrained(given.prepared).save_pretrained(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
