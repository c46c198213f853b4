"""Train the judge further: ``python -m retrieval.training.further --judge FOLDER --sentences FILE [--again FILE] --out
FOLDER``.

A cross-encoder that ``retrieval.training.cross`` made goes on with lists of sentences that it has not seen
(``retrieval.training.sentences``), and with some of those that it has, so that these are not forgotten. Two cores are
enough: half an hour for some 4,600 lists, seen twice. With ``--kept`` the weights that are written lie between those of
before and after (WiSE-FT: Wortsman et al., CVPR 2022): of what is gained on new texts less is lost on old ones.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from transformers import BertForSequenceClassification, PreTrainedTokenizerFast

from retrieval.training import eight_bit, sentences
from retrieval.training.loop import start_log
from retrieval.training.transformer import save_half

EPOCHS, RATE = 2, 1e-4
AGAIN = 1_500
SEED = 20


def between(
    before: Mapping[str, torch.Tensor], after: Mapping[str, torch.Tensor], kept: float
) -> dict[str, torch.Tensor]:
    """Weights of the same names, ``kept`` of those of before and the rest of those of after; whole numbers of after."""
    return {
        name: torch.lerp(after[name], before[name].to(after[name]), kept)
        if after[name].is_floating_point()
        else after[name]
        for name in after
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the judge and the lists, train, write the model and its eight-bit form."""
    parser = argparse.ArgumentParser(description="Train the judge further.")
    parser.add_argument("--judge", type=Path, required=True, help="the folder that retrieval.training.cross wrote")
    parser.add_argument("--sentences", type=Path, required=True, help="new lists of sentences (.jsonl or .jsonl.gz)")
    parser.add_argument("--again", type=Path, help="lists that it was trained on")
    parser.add_argument("--of-again", type=int, default=AGAIN, help=f"so many of them, by chance ({AGAIN})")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"times that the lists are seen ({EPOCHS})")
    parser.add_argument("--rate", type=float, default=RATE, help=f"the highest learning rate ({RATE})")
    parser.add_argument("--kept", type=float, default=0.0, help="share of the weights of before in what is written (0)")
    parser.add_argument("--threads", type=int, default=2, help="of the processor (2)")
    given = parser.parse_args(arguments)
    if not 0 <= given.kept < 1:
        parser.error("--kept is a share below 1")
    start_log(given.threads)

    tokenizer = PreTrainedTokenizerFast.from_pretrained(given.judge)
    # On a processor plain attention is the fastest in half precision.
    model = BertForSequenceClassification.from_pretrained(given.judge, dtype=torch.float32, attn_implementation="eager")
    rows = sentences.rows_of(given.sentences)
    if given.again:
        known = sentences.rows_of(given.again)
        rows += random.Random(SEED).sample(known, min(given.of_again, len(known)))
    lists = sentences.of_rows(rows, tokenizer.backend_tokenizer)
    before = copy.deepcopy(model.state_dict())
    sentences.train(model, lists, lists.used(), epochs=given.epochs, seed=SEED, rate=given.rate)
    model.load_state_dict(between(before, model.state_dict(), given.kept))
    save_half(model, tokenizer, given.out)
    eight_bit.write(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
