"""Which sentences answer a question: all their signs weighed together by a small network.

Two layers over the signs of ``sentence_signs``, fitted on the dev part of the suites (``evals/fitting.py``) so that the
sentences of the evidence get the highest scores among all that were read. The few that come close to the best are then
read once more together with the question by the judge (``retrieval.judge``). The same file holds how far a whole answer
is to be trusted (``choose``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.asked import Asked
from retrieval.answer.library import Sentence
from retrieval.answer.sentence_signs import NAMES, SentenceSigns, Signs
from retrieval.errors import ModelMissing
from retrieval.judge import Judge
from retrieval.types import Hit

SHIPPED = Path(__file__).parent.parent / "models" / "planqa-reader"
FARTHEST = 4.0
"""Signs are cut off so many standard deviations from their mean."""
JUDGED, CLOSE = 6, 2.5
"""Sentences that the judge reads at most, and how far in score behind the best they may be: farther ones do not win."""
_HEADINGS, _LETTERS = 120, 700

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderModel:
    """Weights by name: of the network over the signs of sentences, and of the sum over those of answers.

    ``judge`` is what a logit of the judge counts beside the network; 0 for no judge.
    """

    network: Mapping[str, Floats]
    choice: Mapping[str, float]
    bias: float
    judge: float = 0.0

    def scores(self, rows: Floats) -> Floats:
        """(n, signs) float32 to (n,) float32; only differences within one question mean anything."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        of = self.network
        scaled = np.clip((rows - of["mean"]) / of["spread"], -FARTHEST, FARTHEST)
        hidden = np.tanh(scaled @ of["hidden.weight"].T + of["hidden.bias"])
        return np.asarray(hidden @ of["out.weight"] + of["out.bias"], dtype=np.float32)

    def probability(self, signs: Mapping[str, float]) -> float:
        """The probability that an answer with these signs is right."""
        score = self.bias + sum(self.choice.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-score))

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> ReaderModel:
        """Read a model folder. Raises ModelMissing where it is damaged or was made for other signs."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            arrays = load_file(folder / "model.safetensors")
            network = {name: value.astype(np.float32) for name, value in arrays.items()}
            if tuple(config["signs"]) != NAMES or network["mean"].shape != (len(NAMES),):
                raise ModelMissing(model=str(folder), reason="it was made for other signs")
            choice = {str(name): float(weight) for name, weight in config["choice"].items()}
            return cls(network=network, choice=choice, bias=float(config["bias"]), judge=float(config["judge"]))
        except OSError as error:
            raise ModelMissing(model=str(folder), reason=error.strerror or str(error)) from error
        except (SafetensorError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelMissing(model=str(folder), reason=f"its files are damaged ({error})") from error


@lru_cache(maxsize=1)
def load_reader() -> ReaderModel:
    """The shipped model. Raises ModelMissing."""
    return ReaderModel.load()


def question_of(asked: Asked) -> str:
    """A question as the judge reads it; an English one in Vietnamese words and as it was asked."""
    return f"{asked.text} {asked.question.text}" if asked.reading.language == "en" else asked.text


def text_of(sentence: Sentence) -> str:
    """A sentence as the judge reads it: below the end of its headings."""
    headings = " ".join(sentence.passage.path[-2:])
    return " ".join((headings[-_HEADINGS:], sentence.text[:_LETTERS])).strip()


def judge_close(judge: Judge, question: str, sentences: Sequence[Sentence], scores: Floats) -> Floats:
    """What a judge says of the sentences that come close to the best, (n,) float32; of all others the least of it.

    ``scores`` are those of the network, (n,) float32, of one sentence at least.
    """
    best = np.argsort(-scores, kind="stable")[:JUDGED]
    best = best[scores[best] >= scores[best[0]] - CLOSE]
    logits = judge.logits(question, [text_of(sentences[at]) for at in best])
    judged = np.full(len(scores), logits.min(), dtype=np.float32)
    judged[best] = logits
    return judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read for a question: the sentences with their signs, their scores, and their order, best first.

    ``judged`` are the judge's logits, (n,) float32; those of sentences that it did not read are the least of the
    others, and all are 0 where there is no judge.
    """

    signs: Signs
    scores: Floats
    judged: Floats
    order: tuple[int, ...]

    @property
    def best(self) -> tuple[Sentence, ...]:
        """All sentences, best first."""
        return tuple(self.signs.sentences[at] for at in self.order)


class Reader:
    """Ranks sentences with one model."""

    def __init__(self, signs: SentenceSigns, model: ReaderModel, judge: Judge | None = None) -> None:
        """Without a judge the network ranks alone."""
        self._signs = signs
        self._judge = judge
        self.model = model

    def read(self, asked: Asked, hits: Sequence[Hit]) -> Read:
        """The sentences around the hits, ranked; of equals the one that comes first."""
        signs = self._signs.of(asked, hits)
        scores = self.model.scores(signs.rows)
        judged = self._judged(asked, signs, scores)
        scores = scores + np.float32(self.model.judge) * judged
        order = np.argsort(-scores, kind="stable")
        return Read(signs=signs, scores=scores, judged=judged, order=tuple(int(at) for at in order))

    def _judged(self, asked: Asked, signs: Signs, scores: Floats) -> Floats:
        if self._judge is None or not self.model.judge or not len(scores):
            return np.zeros(len(scores), dtype=np.float32)
        return judge_close(self._judge, question_of(asked), signs.sentences, scores)
