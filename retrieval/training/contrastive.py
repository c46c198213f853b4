"""Train the small bi-encoder: ``python -m retrieval.training.contrastive --prepared FOLDER --body FOLDER
--out FOLDER``.

InfoNCE (van den Oord et al., 2018) in both directions on several lengths of the vector, with a mined wrong passage for
each question that has one. The folder is an ordinary sentence-transformers model.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch.nn import functional
from transformers import BertModel, PreTrainedTokenizerFast

from retrieval.training.arrays import Pairs
from retrieval.training.batching import PASSAGE, QUERY, PairTables, single
from retrieval.training.loop import Plan, add_plan, optimise, plan_of
from retrieval.training.transformer import Special, half_where_fast, read_body, save_half, to_train, to_use

PLAN = Plan(batch=2048, rate=4e-4, seconds=75)
PARTS = (1, 2, 4)
"""The vector is trained whole and cut to these parts of its length (Matryoshka: Kusupati et al., NeurIPS 2022)."""
SCALE = 20.0
LENGTHS = (62, 62, PASSAGE - 2)
"""Tokens of a passage, in turn: most are short, for the time, but the places behind are seen."""


def vectors(body: BertModel, rows: torch.Tensor) -> torch.Tensor:
    """The mean of the outputs over what is no padding, (n, width), as the saved model takes it."""
    mask = rows.ne(Special.of(body).pad)
    with half_where_fast(rows.device):
        outputs = body(input_ids=rows, attention_mask=mask.long()).last_hidden_state
    mean: torch.Tensor = (outputs.float() * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
    return mean


def loss_of(queries: torch.Tensor, passages: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
    """InfoNCE of queries, (n, width), and passages, (m, width), of which the first n answer, each its query.

    ``same``, (n, m), marks the other passages that answer too, which are no negatives.
    """
    count, width = queries.shape
    truth = torch.arange(count, device=queries.device)
    total = torch.zeros((), device=queries.device)
    for part in PARTS:
        left, right = (functional.normalize(rows[:, : width // part], dim=1) for rows in (queries, passages))
        scores = (SCALE * left @ right.T).masked_fill(same, -1e4)
        total = total + functional.cross_entropy(scores, truth) + functional.cross_entropy(scores[:, :count].T, truth)
    return total / (2 * len(PARTS))


def train(body: BertModel, pairs: Pairs, plan: Plan) -> list[float]:
    """Train in place; the loss of each step.

    Every second batch is of one group, a big one by its share: passages of the same kind are harder to tell apart.
    """
    torch.manual_seed(plan.seed)
    place = to_train(body)
    special = Special.of(body)
    tables = PairTables(pairs, special, place)
    groups = [(tables.group == group).nonzero()[:, 0] for group in range(int(pairs.group.max()) + 1)]

    def numbers(step: int) -> torch.Tensor:
        if step % 2:
            own = groups[int(pairs.group[int(torch.randint(len(tables), (1,)))])]
            if len(own) > 2 * plan.batch:
                return own[torch.randint(len(own), (plan.batch,), device=place)]
        return tables.some(plan.batch)

    def loss(step: int) -> torch.Tensor:
        some = numbers(step)
        right = tables.right[some]
        wrong = tables.wrong[some, torch.randint(tables.wrong.shape[1], (plan.batch,), device=place)]
        # Where none was mined any other passage stands for it.
        wrong = torch.where(wrong >= 0, wrong, tables.right[tables.some(plan.batch)])
        both = torch.cat([right, wrong])
        same = both[None] == right[:, None]
        same.fill_diagonal_(False)
        queries = single(*tables.queries.take(some, QUERY), special)
        passages = single(*tables.passages.take(both, LENGTHS[step % len(LENGTHS)]), special)
        return loss_of(vectors(body, queries), vectors(body, passages), same)

    losses = optimise(body.parameters(), loss, plan)
    to_use(body)
    return losses


def save(folder: Path, body: BertModel, tokenizer: PreTrainedTokenizerFast) -> None:
    """Write a sentence-transformers folder in half precision."""
    parts = importlib.import_module("sentence_transformers.sentence_transformer.modules")
    base = importlib.import_module("sentence_transformers.base.modules")
    main = importlib.import_module("sentence_transformers")
    with TemporaryDirectory() as scratch:
        save_half(body, tokenizer, Path(scratch))
        modules = [base.Transformer(scratch), parts.Pooling(body.config.hidden_size, "mean"), parts.Normalize()]
        main.SentenceTransformer(modules=modules, device="cpu").save_pretrained(str(folder), create_model_card=False)
        # The library writes what it computes in, single precision; the body goes in as it was.
        save_half(body, tokenizer, folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read arrays and body, train, write the model."""
    parser = argparse.ArgumentParser(description="Train the small bi-encoder.")
    parser.add_argument("--prepared", type=Path, required=True, help="the folder that retrieval.training.prepare wrote")
    parser.add_argument("--body", type=Path, required=True, help="the folder that retrieval.training.pretrain wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    add_plan(parser, PLAN)
    given = parser.parse_args(arguments)
    plan = plan_of(given)

    body, tokenizer = read_body(given.body)
    train(body, Pairs.read(given.prepared), plan)
    save(given.out, body, tokenizer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
