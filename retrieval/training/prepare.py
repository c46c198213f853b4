"""Prepare the data of the small transformers: ``python -m retrieval.training.prepare --data ../shared/data --out
FOLDER``.

Draws the pairs, mines wrong passages for them and turns all texts into token numbers, once, on the processor; what is
written is described in ``retrieval.training.arrays``.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retrieval.embed import SHIPPED, Encoder, load_encoder
from retrieval.training import mining
from retrieval.training.arrays import TEXT, Pairs, Rows, Start, Tokens, flat, write
from retrieval.training.batching import PASSAGE, QUERY
from retrieval.training.drawing import Drawer, Drawn, typist_of
from retrieval.training.sources import Pair, load, read_lines
from retrieval.training.transformer import SPECIAL, Special, Static, encode, special_tokens

logger = logging.getLogger(__name__)

NEAREST = ("law-title", "wiki-section", "en-vi-law", "rule")
"""Groups whose wrong passages are the nearest by the static model, among those drawn."""
WRONG = 6
_BLOCK = 20_000


def running_text(lines: Sequence[str], tokenizer: Tokenizer, sep: int) -> Tokens:
    """The paragraphs one after the other, ``sep`` behind each, (tokens,)."""
    blocks = [
        flat([[*row, sep] for row in encode(tokenizer, lines[start : start + _BLOCK])])
        for start in range(0, len(lines), _BLOCK)
    ]
    return np.concatenate(blocks)


def mined(pairs: Sequence[Pair], drawn: Sequence[Drawn], data: Path, encoder: Encoder) -> dict[Pair, tuple[str, ...]]:
    """The wrong passages of all questions among ``pairs``, and of the titles and rules among those drawn."""
    origins = list(dict.fromkeys(one.origin for one in drawn))
    wrong = mining.mine_all(pairs, data, encoder)
    logger.info("wrong passages of %d questions", len(wrong))
    for group in NEAREST:
        own = [pair for pair in origins if pair.group == group]
        if own:
            wrong |= mining.neighbours(own, encoder)
            logger.info("wrong passages of %d pairs of %s", len(own), group)
    return wrong


def numbered(
    drawn: Sequence[Drawn], wrong: Mapping[Pair, tuple[str, ...]], tokenizer: Tokenizer, *, seed: int
) -> Pairs:
    """The pairs as arrays, each passage once, with up to ``WRONG`` of the wrong ones drawn for each pair."""
    chance = random.Random(seed)
    numbers: dict[str, int] = {}
    groups = {group: at for at, group in enumerate(sorted({one.origin.group for one in drawn}))}
    right = np.array([numbers.setdefault(one.worded.positive, len(numbers)) for one in drawn], dtype=np.int32)
    others: NDArray[np.int32] = np.full((len(drawn), WRONG), -1, dtype=np.int32)
    for row, one in zip(others, drawn, strict=True):
        known = wrong.get(one.origin, ())
        some = chance.sample(known, min(WRONG, len(known)))
        row[: len(some)] = [numbers.setdefault(text, len(numbers)) for text in some]
    return Pairs(
        Rows.of(tokenizer, [one.worded.query for one in drawn], QUERY),
        Rows.of(tokenizer, list(numbers), PASSAGE),
        right,
        others,
        np.array([groups[one.origin.group] for one in drawn], dtype=np.uint8),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the data, draw, mine, write the arrays."""
    parser = argparse.ArgumentParser(description="Prepare the data of the small transformers.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="the folder the arrays are written to")
    parser.add_argument("--static", type=Path, default=SHIPPED, help="the static model to start from (the shipped one)")
    parser.add_argument("--width", type=int, default=256, help="of the token vectors (256)")
    parser.add_argument("--pairs", type=int, default=220_000, help="pairs that are drawn (220,000)")
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(1)

    given.out.mkdir(parents=True, exist_ok=True)
    static = Static.load(given.static)
    special = Special.after(len(static.vectors))
    special_tokens(static.tokenizer).save_pretrained(given.out)
    sources, lines = load(given.data), read_lines(given.data / "text-vi.txt.gz")
    text = running_text(lines, static.tokenizer, special.sep)
    counts = np.bincount(text, minlength=special.known + len(SPECIAL))
    write(given.out / TEXT, tokens=text)
    Start.of(static.narrow(counts[: special.known], given.width), counts).write(given.out)
    logger.info("%d tokens of running text", len(text))
    typist = typist_of(given.data, sources, static.tokenizer)
    drawn = Drawer(sources, lines, typist, random.Random(given.seed)).draw(given.pairs)
    wrong = mined(sources.pairs, drawn, given.data, load_encoder(str(given.static)))
    pairs = numbered(drawn, wrong, static.tokenizer, seed=given.seed)
    pairs.write(given.out)
    share = float((pairs.wrong[:, 0] >= 0).mean())
    logger.info("%d pairs, %.0f %% with wrong passages", len(pairs.right), 100 * share)
    return 0


if __name__ == "__main__":
    sys.exit(main())
