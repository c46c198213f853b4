"""How well a passage answers a question, word against word: the shipped matcher, in numpy.

Each word of the question, and each pair of neighbours, is held against every word and pair of the passage in a small
space learnt for it; how many are near, how near the nearest is, and which word is least met go into a small network.
It reads a pair in a fraction of a millisecond, where a transformer of four layers needs twenty (docs/models.md).
Source: K-NRM (Xiong et al., SIGIR 2017), Conv-KNRM (Dai et al., WSDM 2018), over static token vectors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.embed import SHIPPED as SHIPPED_ENCODER
from retrieval.embed import StaticEncoder, static_encoder
from retrieval.errors import ModelMissing

SHIPPED = Path(__file__).with_name("models") / "planqa-matcher"
QUESTION, PASSAGE = 32, 160
"""Tokens that are read of each; what comes after them is not."""
CENTRES = (1.0, 0.9, 0.75, 0.6, 0.45, 0.3, 0.1, -0.2)
WIDTHS = (0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
"""Kernels: how many words of a passage are about this near to a word of the question. The first counts equal words."""
_LETTERS = 9  # of a token, at most on average: what lies behind is cut off before tokens are made
_TINY = np.float32(1e-6)

Floats = NDArray[np.float32]
Tokens = NDArray[np.int32]
Rows = NDArray[np.int64]


class Matcher:
    """Scores (question, passage) pairs. Safe for several threads: nothing changes after it is made."""

    def __init__(self, encoder: StaticEncoder, weights: dict[str, Floats]) -> None:
        """From the static model whose tokens it reads, and its own weights by name (see ``training.matching``)."""
        vectors = encoder.vectors
        self._encoder = encoder
        self._weights = weights
        self._vectors = vectors
        self._single = _rows(vectors @ weights["single"].T)
        self._first = vectors @ weights["first"].T
        self._second = vectors @ weights["second"].T
        self._gate = vectors @ weights["gate.weight"][0] + weights["gate.bias"][0]
        self._gate += weights["length"] * np.log(np.maximum(np.linalg.norm(vectors, axis=1), _TINY))
        self._offers = vectors @ weights["offers.weight"].T + weights["offers.bias"]

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Matcher:
        """Read a model folder; its static model lies beside it. Raises ModelMissing where they do not fit together."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            arrays = load_file(folder / "model.safetensors")
            weights = {name: value.astype(np.float32) for name, value in arrays.items()}
            encoder = static_encoder(folder.parent / SHIPPED_ENCODER.name)
            if config["encoder"] != encoder.name:
                raise ModelMissing(model=str(folder), reason=f"it was trained on {config['encoder']}")
            return cls(encoder, weights)
        except OSError as error:
            raise ModelMissing(model=str(folder), reason=error.strerror or str(error)) from error
        except (SafetensorError, KeyError, ValueError) as error:
            raise ModelMissing(model=str(folder), reason=f"its files are damaged ({error})") from error

    @property
    def encoder(self) -> StaticEncoder:
        """The static model whose tokens it reads."""
        return self._encoder

    def read(self, texts: Sequence[str]) -> list[Tokens]:
        """The first ``PASSAGE`` tokens of each passage; the unknown token for a text without any."""
        cut = [text[: PASSAGE * _LETTERS] for text in texts]
        return [np.array(ids[:PASSAGE] or [0], dtype=np.int32) for ids in self._encoder.tokens(cut)]

    def probabilities(self, question: str, passages: Sequence[Tokens]) -> Floats:
        """How probable it is that each passage answers, (n,) float32 in 0..1, among passages that look like it."""
        return np.asarray(1 / (1 + np.exp(-self.logits(question, passages))), dtype=np.float32)

    def logits(self, question: str, passages: Sequence[Tokens]) -> Floats:
        """What ``probabilities`` makes of, (n,) float32."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        asked = self.read([question])[0][:QUESTION]
        found = self._features(asked, passages)
        weights = self._weights
        mean = found.mean(axis=1, keepdims=True)
        spread = np.sqrt(found.var(axis=1, keepdims=True) + 1e-5)
        found = (found - mean) / spread * weights["norm.weight"] + weights["norm.bias"]
        hidden = _gelu(found @ weights["hidden.weight"].T + weights["hidden.bias"])
        logits = hidden @ weights["out.weight"][0] + weights["out.bias"][0]
        return np.asarray(logits * weights["scale"] + weights["shift"], dtype=np.float32)

    def _features(self, asked: Tokens, passages: Sequence[Tokens]) -> Floats:
        """(n, features): kernels, nearest and least met for words and for pairs; meaning; what is asked and offered."""
        weights = self._weights
        sizes = np.array([len(one) for one in passages])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        tokens = np.concatenate(passages)
        # One product of matrices adds up all passages at once, ten times as fast as a sum over each stretch.
        within = (np.repeat(np.arange(len(sizes)), sizes)[:, None] == np.arange(len(sizes))).astype(np.float32)
        gate = _softmax(self._gate[asked])
        columns: list[Floats] = []
        lasts = starts + sizes - 1
        for left, right in (
            (self._single[asked], self._single[tokens]),
            (self._pairs(asked, np.array([len(asked) - 1])), self._pairs(tokens, lasts)),
        ):
            near = left @ right.T
            for centre, width in zip(CENTRES, WIDTHS, strict=True):
                counts = np.exp((near - np.float32(centre)) ** 2 * np.float32(-0.5 / (width * width))) @ within
                columns.append(gate @ np.log1p(counts))
            nearest = np.maximum.reduceat(near, starts, axis=1)
            columns.append(gate @ nearest)
            columns.append(((1 - nearest) * gate[:, None]).max(axis=0))
        meaning = _rows(self._vectors[asked].mean(axis=0)[None])[0]
        means = _rows(np.add.reduceat(self._vectors[tokens], starts, axis=0) / sizes[:, None])
        columns.append(means @ meaning)
        asks = np.tanh(weights["asks.weight"] @ self._vectors[asked].mean(axis=0) * 4 + weights["asks.bias"])
        offers = np.tanh(np.maximum.reduceat(self._offers[tokens], starts, axis=0))
        about = np.tanh((2 * means) @ weights["about.weight"].T + weights["about.bias"])
        lengths = np.stack([np.log(sizes) / 5, np.full(len(sizes), np.log(len(asked)) / 3)], axis=1)
        return np.concatenate([np.stack(columns, axis=1), asks * offers, asks * about, lengths], axis=1).astype(
            np.float32
        )

    def _pairs(self, tokens: Tokens, lasts: NDArray[np.int64]) -> Floats:
        """A row for each token and the one after it; at the ``lasts`` for the token alone."""
        rows = self._first[tokens]
        after = np.zeros_like(rows)
        after[:-1] = self._second[tokens[1:]]
        after[lasts] = 0
        return _rows(rows + after)


@lru_cache(maxsize=1)
def load_matcher() -> Matcher:
    """The shipped matcher. Raises ModelMissing."""
    return Matcher.load()


def _rows(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _TINY), dtype=np.float32)


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _gelu(values: Floats) -> Floats:
    """The normal distribution's share below a value times the value; erf by Abramowitz and Stegun 7.1.26 (1.5e-7)."""
    scaled = np.abs(values) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * scaled)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(values) * (1 - series * np.exp(-scaled * scaled))
    return np.asarray(values * 0.5 * (1 + erf), dtype=np.float32)
