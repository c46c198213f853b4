"""Questions with the passage that answers and wrong ones of the same kind, for what reads both."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.normalise import key
from retrieval.embed import Encoder
from retrieval.training import mining
from retrieval.training.questions import ask
from retrieval.training.sources import Pair, Sources

COPIES = {"zalo-legal": 4, "alqac22": 4, "legal-synthetic": 2, "reading": 5, "procedures": 1, "rule": 1}
"""How often a question of a group is seen in a pass."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the passage that answers it, and passages that do not, the hardest first."""

    query: str
    right: str
    wrong: tuple[str, ...]


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
    """Whether a passage, not held out, is kept from training for the calibration."""
    return hashlib.sha256(key(text).encode()).digest()[1] % 12 == 0


def split(sources: Sources) -> tuple[list[Pair], list[Pair]]:
    """The question pairs to train on and those for the calibration."""
    pairs = [pair for pair in sources.pairs if pair.group in COPIES]
    return [pair for pair in pairs if not is_dev(pair.positive)], [pair for pair in pairs if is_dev(pair.positive)]
