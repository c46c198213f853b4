"""Which sentences answer a question: all their signs weighed together by a small network.

Two layers over the signs of ``sentence_signs``, fitted on the dev part of the suites (``evals/fitting.py``) so that the
sentences of the evidence get the highest scores among all that were read. The few that come close to the best are then
read once more together with the question by the judge (``retrieval.judge``). The same file holds how far a whole answer
is to be trusted (``choose``) and whether the best is to be given (``doubt``): two more such networks.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.asked import Asked
from retrieval.answer.library import Sentence
from retrieval.answer.row_choice import RowChoice
from retrieval.answer.sentence_signs import NAMES, SentenceSigns, Signs
from retrieval.errors import ModelMissing
from retrieval.judge import Judge
from retrieval.types import Hit

SHIPPED = Path(__file__).parent.parent / "models" / "planqa-reader"
FARTHEST = 4.0
"""Signs are cut off so many standard deviations from their mean."""
JUDGED, CLOSE = 10, 4.0
"""Sentences that the judge reads at most, and how far in score behind the best they may be: farther ones do not win."""
_HEADINGS, _LETTERS = 120, 700

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """Two layers over named signs: ``mean``, ``spread``, ``hidden.weight`` (hidden, signs), ``hidden.bias``,
    ``out.weight`` (hidden,) and ``out.bias``, all float32.
    """

    signs: tuple[str, ...]
    weights: Mapping[str, Floats]

    def of(self, rows: Floats) -> Floats:
        """(n, signs) float32 to (n,) float32."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        of = self.weights
        scaled = np.clip((rows - of["mean"]) / of["spread"], -FARTHEST, FARTHEST)
        hidden = np.tanh(scaled @ of["hidden.weight"].T + of["hidden.bias"])
        return np.asarray(hidden @ of["out.weight"] + of["out.bias"], dtype=np.float32)

    def of_one(self, signs: Mapping[str, float]) -> float:
        """The same of one row by the names of its signs; a sign that is not there is 0."""
        row = np.array([[signs.get(name, 0.0) for name in self.signs]], dtype=np.float32)
        return float(self.of(row)[0])

    @classmethod
    def blank(cls, signs: Sequence[str]) -> Network:
        """One that finds all rows equal."""
        size = len(signs)
        weights = {
            "mean": np.zeros(size, np.float32),
            "spread": np.ones(size, np.float32),
            "hidden.weight": np.zeros((1, size), np.float32),
            "hidden.bias": np.zeros(1, np.float32),
            "out.weight": np.zeros(1, np.float32),
            "out.bias": np.zeros((), np.float32),
        }
        return cls(tuple(signs), weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderModel:
    """The networks over the signs of sentences, over those of answers, and over those of the one that is to be given.

    ``judge`` is what a logit of the judge counts beside the first; 0 for no judge. ``trusted`` is what the logit of the
    second counts beside the third; an answer that is less probable than ``enough`` by both is not given.
    """

    sentences: Network
    answers: Network
    judge: float = 0.0
    given: Network = field(default_factory=lambda: Network.blank(()))
    trusted: float = 1.0
    enough: float = 0.0

    def scores(self, rows: Floats) -> Floats:
        """(n, signs) float32 to (n,) float32; only differences within one question mean anything."""
        return self.sentences.of(rows)

    def probability(self, signs: Mapping[str, float]) -> float:
        """The probability that an answer with these signs is right; a sign that is not given is 0."""
        return _probability(self.answers.of_one(signs))

    def probability_given(self, signs: Mapping[str, float], trust: float) -> float:
        """The same of the answer that was chosen, by its own signs and the logit of that probability."""
        return _probability(self.given.of_one(signs) + self.trusted * trust)

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> ReaderModel:
        """Read a model folder. Raises ModelMissing where it is damaged or was made for other signs."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            arrays = load_file(folder / "model.safetensors")
            if tuple(config["sentences"]) != NAMES:
                raise ModelMissing(model=str(folder), reason="it was made for other signs")
            sentences, answers, given = (_network(config[name], arrays, name) for name in _NETWORKS)
            return cls(
                sentences=sentences,
                answers=answers,
                judge=float(config["judge"]),
                given=given,
                trusted=float(config["trusted"]),
                enough=float(config["enough"]),
            )
        except OSError as error:
            raise ModelMissing(model=str(folder), reason=error.strerror or str(error)) from error
        except (SafetensorError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelMissing(model=str(folder), reason=f"its files are damaged ({error})") from error

    def save(self, folder: Path) -> None:
        """Write a model folder."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        all_three = dict(zip(_NETWORKS, (self.sentences, self.answers, self.given), strict=True))
        arrays = {f"{name}.{key}": value for name, one in all_three.items() for key, value in one.weights.items()}
        (folder / "model.safetensors").write_bytes(save(arrays))
        weights = {"judge": self.judge, "trusted": self.trusted, "enough": self.enough}
        config = {**{name: list(one.signs) for name, one in all_three.items()}, **weights}
        (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


_NETWORKS = ("sentences", "answers", "given")


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _network(signs: Sequence[str], arrays: Mapping[str, Floats], name: str) -> Network:
    """The network of a name. Raises ValueError where its arrays do not fit its signs."""
    weights = {
        key.removeprefix(f"{name}."): value.astype(np.float32)
        for key, value in arrays.items()
        if key.startswith(f"{name}.")
    }
    if weights["mean"].shape != (len(signs),):
        raise ValueError(f"{len(signs)} signs, but weights for {weights['mean'].shape}")
    return Network(tuple(map(str, signs)), weights)


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
        self._rows = RowChoice(signs.library)
        self._judge = judge
        self.model = model

    def read(self, asked: Asked, hits: Sequence[Hit]) -> Read:
        """The sentences around the hits, ranked; of equals the one that comes first."""
        signs = self._signs.of(asked, hits)
        scores = self.model.scores(signs.rows)
        judged = self._judged(asked, signs, scores)
        scores = scores + np.float32(self.model.judge) * judged
        fits = (signs.column("fits part") > 0) & (signs.column("meets") > 0)
        scores = self._rows.reordered(asked, signs.sentences, scores, fits)
        order = np.argsort(-scores, kind="stable")
        return Read(signs=signs, scores=scores, judged=judged, order=tuple(int(at) for at in order))

    def _judged(self, asked: Asked, signs: Signs, scores: Floats) -> Floats:
        if self._judge is None or not self.model.judge or not len(scores):
            return np.zeros(len(scores), dtype=np.float32)
        return judge_close(self._judge, question_of(asked), signs.sentences, scores)
