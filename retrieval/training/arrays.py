"""What ``retrieval.training.prepare`` writes and the trainers read: all texts as token numbers, in arrays.

Three files in a folder, beside the tokenizer: ``text.npz`` (running text), ``start.npz`` (the token vectors that the
body starts with) and ``pairs.npz`` (queries, their passages and wrong ones).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retrieval.training.transformer import Floats, encode

TEXT, START, PAIRS = "text.npz", "start.npz", "pairs.npz"
Tokens = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Rows:
    """Token rows of many texts in one array: row i is ``tokens[starts[i]:starts[i + 1]]``.

    ``tokens`` is (all tokens,), ``starts`` (rows + 1,).
    """

    tokens: Tokens
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, tokenizer: Tokenizer, texts: Sequence[str], most: int) -> Rows:
        """The first ``most`` tokens of each text, without special tokens."""
        rows = [row[:most] for row in encode(tokenizer, texts)]
        return cls(flat(rows), np.cumsum([0, *map(len, rows)], dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Start:
    """Token vectors before training, in eight-bit numbers with a scale each, and how often each token is in the text.

    ``numbers`` is (tokens, width), ``scales`` (tokens,), ``counts`` (tokens and special tokens,).
    """

    numbers: NDArray[np.int8]
    scales: Floats
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, vectors: Floats, counts: NDArray[np.int64]) -> Start:
        """Rounded to eight bits: the highest number of each row becomes 127."""
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
        return cls(np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32), counts)

    @property
    def vectors(self) -> Floats:
        """(tokens, width) float32."""
        return self.numbers.astype(np.float32) * self.scales[:, None]

    def write(self, folder: Path) -> None:
        """Write ``start.npz``."""
        write(folder / START, numbers=self.numbers, scales=self.scales, counts=self.counts)

    @classmethod
    def read(cls, folder: Path) -> Start:
        """Read ``start.npz``. Raises OSError where it is missing."""
        with np.load(folder / START) as arrays:
            return cls(arrays["numbers"], arrays["scales"], arrays["counts"])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Queries, and for each the number of the passage that answers, those of wrong ones, and of its group.

    ``right`` and ``group`` are (queries,); ``wrong`` is (queries, most wrong ones), -1 where there are fewer.
    """

    queries: Rows
    passages: Rows
    right: NDArray[np.int32]
    wrong: NDArray[np.int32]
    group: NDArray[np.uint8]

    def write(self, folder: Path) -> None:
        """Write ``pairs.npz``."""
        write(
            folder / PAIRS,
            query_tokens=self.queries.tokens,
            query_starts=self.queries.starts,
            passage_tokens=self.passages.tokens,
            passage_starts=self.passages.starts,
            right=self.right,
            wrong=self.wrong,
            group=self.group,
        )

    @classmethod
    def read(cls, folder: Path) -> Pairs:
        """Read ``pairs.npz``. Raises OSError where it is missing."""
        with np.load(folder / PAIRS) as arrays:
            queries = Rows(arrays["query_tokens"], arrays["query_starts"])
            passages = Rows(arrays["passage_tokens"], arrays["passage_starts"])
            return cls(queries, passages, arrays["right"], arrays["wrong"], arrays["group"])


def flat(rows: Sequence[Sequence[int]]) -> Tokens:
    """Token rows one after the other. Raises OverflowError where a number needs more than sixteen bits."""
    return np.array([token for row in rows for token in row], dtype=np.uint16)


def write(path: Path, **arrays: NDArray[Any]) -> None:
    """Write arrays to an .npz file that is either whole or not there."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # its stub takes a flag among the arrays
    part.replace(path)


def read_text(folder: Path) -> Tokens:
    """Running text, (tokens,): paragraphs, each with [SEP] behind it. Raises OSError where it is missing."""
    with np.load(folder / TEXT) as arrays:
        text: Tokens = arrays["tokens"]
        return text
