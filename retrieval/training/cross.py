"""Train the small cross-encoder: ``python -m retrieval.training.cross --prepared FOLDER --body FOLDER --out FOLDER
[--sentences FILE [--folds FILE]]``.

Question and text are read together, so that it can be judged whether one answers the other. First each question is seen
with its passage and with wrong ones that BM25 and the static model rank high; then, with ``--sentences``, with the
sentences that may answer it (``retrieval.training.sentences``). The folder is an ordinary ``CrossEncoder``, with the
same in eight-bit numbers beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional
from transformers import BertForSequenceClassification

from retrieval.training import eight_bit, sentences
from retrieval.training.arrays import Pairs, write
from retrieval.training.batching import BOTH, PASSAGE, QUERY, PairTables, joined
from retrieval.training.loop import Plan, add_plan, optimise, plan_of
from retrieval.training.reading import logits, new_model
from retrieval.training.transformer import Special, read_body, save_half, to_train, to_use

PLAN = Plan(batch=192, rate=2e-4, seconds=50)
WRONG = 6
ENOUGH = 3
"""Wrong passages that were mined for a question, at least, for it to be trained on."""


def train(model: BertForSequenceClassification, pairs: Pairs, plan: Plan) -> list[float]:
    """Train on passages in place; the loss of each step: which of the passages it is, and whether each is it.

    Raises ValueError where no question has enough wrong passages.
    """
    enough = (pairs.wrong >= 0).sum(axis=1) >= ENOUGH
    if not enough.any():
        raise ValueError(f"no question has {ENOUGH} wrong passages")
    torch.manual_seed(plan.seed)
    place = to_train(model)
    special = Special.of(model)
    tables = PairTables(pairs, special, place)
    hard = torch.from_numpy(enough.nonzero()[0]).to(place)
    truth = torch.zeros(plan.batch, dtype=torch.long, device=place)

    def loss(_: int) -> torch.Tensor:
        some = hard[torch.randint(len(hard), (plan.batch,), device=place)]
        right = tables.right[some]
        wrong = tables.wrong[some][:, torch.randperm(tables.wrong.shape[1], device=place)[:WRONG]]
        others = right[torch.randint(plan.batch, wrong.shape, device=place)]
        wrong = torch.where(wrong >= 0, wrong, others)
        judged = torch.cat([right[:, None], wrong], dim=1)
        count = judged.shape[1]
        asked = tables.queries.take(some.repeat_interleave(count), QUERY)
        rows, kinds = joined(asked, tables.passages.take(judged.flatten(), PASSAGE), BOTH, special)
        scores = logits(model, rows, kinds).view(judged.shape)
        wanted = torch.zeros_like(scores)
        wanted[:, 0] = 1
        # By chance another passage may be the right one again: it counts as nothing.
        again = judged == right[:, None]
        again[:, 0] = False
        which = functional.cross_entropy(scores.masked_fill(again, -1e4), truth)
        return which + functional.binary_cross_entropy_with_logits(scores, wanted, weight=(~again).float())

    losses = optimise(model.parameters(), loss, plan)
    to_use(model)
    return losses


def main(arguments: Sequence[str] | None = None) -> int:
    """Read arrays and body, train, write the model and what was asked for beside it."""
    parser = argparse.ArgumentParser(description="Train the small cross-encoder.")
    parser.add_argument("--prepared", type=Path, required=True, help="the folder that retrieval.training.prepare wrote")
    parser.add_argument("--body", type=Path, required=True, help="the folder that retrieval.training.pretrain wrote")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--sentences", type=Path, help="lists of sentences to train on last (.jsonl or .jsonl.gz)")
    parser.add_argument("--folds", type=Path, help="also write what models made without a fold say of it (.npz)")
    parser.add_argument("--epochs", type=int, default=sentences.EPOCHS, help="times that the lists are seen")
    add_plan(parser, PLAN)
    given = parser.parse_args(arguments)
    if given.folds and not given.sentences:
        parser.error("--folds needs --sentences")
    plan = plan_of(given)

    body, tokenizer = read_body(given.body)
    # Read first: a damaged file is known before the time is spent.
    lists = sentences.read(given.sentences, tokenizer.backend_tokenizer) if given.sentences else None
    model = new_model(body, seed=plan.seed)
    train(model, Pairs.read(given.prepared), plan)
    if lists is not None:
        if len(lists.always()):
            sentences.train(model, lists, lists.always(), epochs=sentences.BEFORE)
        if given.folds:
            write(given.folds, folds=sentences.of_folds(model, lists, epochs=given.epochs))
        sentences.train(model, lists, lists.used(), epochs=given.epochs)
    save_half(model, tokenizer, given.out)
    eight_bit.write(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
