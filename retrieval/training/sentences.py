"""Train the cross-encoder on sentences: questions, each with the sentences that may answer it.

The lists come from ``evals.judging``, one JSON object a line, gzipped or plain::

    {"id": str, "fold": int, "question": str, "texts": [str, ...], "evidence": [bool, ...]}

``texts`` are at most ``LONGEST``, the likeliest first; ``evidence`` says which of them answer. Lists of fold -1 are
always trained on.
"""

from __future__ import annotations

import copy
import gzip
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertForSequenceClassification

from retrieval.judge import BOTH, QUESTION, TEXT
from retrieval.training.arrays import Rows
from retrieval.training.batching import Table, joined
from retrieval.training.loop import Plan, optimise
from retrieval.training.reading import logits
from retrieval.training.transformer import Floats, Special, to_train, to_use

logger = logging.getLogger(__name__)

LONGEST = 32
SEEN = 14
"""Texts of a list that are seen each time."""
FIRST = 9
"""Of those that do not answer, the likeliest so many come before the others, mostly."""
EPOCHS, BEFORE = 4, 4
"""Times that all lists are seen, and before that those which are always trained on."""
DROPOUT = 0.15
BATCH, RATE = 32, 2e-4
_JUDGED = 64
_LENGTHS = 5  # groups of rows of about the same length
_GZIP = b"\x1f\x8b"
_NEVER = -1e4

Row = dict[str, Any]
"""A line of a file of lists."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of sentences as arrays; a text that is in several is kept once.

    ``candidates``, (lists, LONGEST), are numbers of texts, -1 behind the last; ``evidence`` is bool of the same shape;
    ``fold`` is (lists,).
    """

    questions: Rows
    texts: Rows
    candidates: NDArray[np.int64]
    evidence: NDArray[np.bool_]
    fold: NDArray[np.int64]

    def used(self, without: int | None = None) -> NDArray[np.int64]:
        """The numbers of the lists that hold any text and are not of a fold, (n,)."""
        full = self.candidates[:, 0] >= 0
        return np.flatnonzero(full if without is None else full & (self.fold != without))

    def always(self) -> NDArray[np.int64]:
        """The numbers of those that are always trained on, (n,)."""
        return np.flatnonzero((self.candidates[:, 0] >= 0) & (self.fold < 0))


def read(path: Path, tokenizer: Tokenizer) -> Lists:
    """Read a file of lists.

    Raises OSError where it cannot be read, and ValueError, which names the line, where it holds something else.
    """
    return of_rows(rows_of(path), tokenizer)


def rows_of(path: Path) -> list[Row]:
    """The lists of a file as they are written there. Raises as ``read`` does."""
    content = path.read_bytes()
    if content.startswith(_GZIP):
        content = gzip.decompress(content)
    rows: list[Row] = []
    for number, line in enumerate(content.decode("utf-8").rstrip("\n").split("\n"), start=1):
        row = json.loads(line)
        if not len(row["texts"]) == len(row["evidence"]) <= LONGEST:
            raise ValueError(f"{path}, line {number}: at most {LONGEST} texts, and evidence for each, are expected")
        rows.append(row)
    if not rows:
        raise ValueError(f"{path} holds no list")
    return rows


def of_rows(rows: Sequence[Row], tokenizer: Tokenizer) -> Lists:
    """Lists as arrays."""
    numbers: dict[str, int] = {}
    candidates = np.full((len(rows), LONGEST), -1, dtype=np.int64)
    evidence = np.zeros((len(rows), LONGEST), dtype=np.bool_)
    for at, row in enumerate(rows):
        count = len(row["texts"])
        candidates[at, :count] = [numbers.setdefault(text, len(numbers)) for text in row["texts"]]
        evidence[at, :count] = row["evidence"]
    return Lists(
        Rows.of(tokenizer, [row["question"] for row in rows], QUESTION),
        Rows.of(tokenizer, list(numbers), TEXT),
        candidates,
        evidence,
        np.array([row["fold"] for row in rows], dtype=np.int64),
    )


class _Tables:
    """Lists on the device of the model, and what the model says of their texts."""

    def __init__(self, model: BertForSequenceClassification, lists: Lists, place: torch.device) -> None:
        self._model = model
        self._special = Special.of(model)
        self._questions = Table(lists.questions, self._special, place)
        self._texts = Table(lists.texts, self._special, place)
        self.candidates = torch.from_numpy(lists.candidates).to(place)
        self.evidence = torch.from_numpy(lists.evidence).float().to(place)
        self.place = place

    def logits(self, some: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """(n, texts) of lists, (n,), and numbers of texts, (n, texts), of which -1 counts as the first text."""
        asked = self._questions.take(some.repeat_interleave(texts.shape[1]), QUESTION)
        read = self._texts.take(texts.clamp(min=0).flatten(), TEXT)
        rows, kinds = joined(asked, read, BOTH, self._special)
        # Half of what is read would be padding: rows of about the same length go through together, cut to the longest.
        sizes = rows.ne(self._special.pad).sum(dim=1)
        parts = sizes.argsort().chunk(_LENGTHS)
        found = [logits(self._model, *(one[part, : int(sizes[part].max())] for one in (rows, kinds))) for part in parts]
        return torch.cat(found)[torch.cat(parts).argsort()].view(texts.shape)


def loss_of(scores: torch.Tensor, evidence: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """Which texts of each list answer, and whether each does; all three are (lists, texts), ``valid`` marks texts.

    The first is half that any that answers is ahead (the likelihood of all of them together) and half that each is
    (ListNet: Cao et al., ICML 2007), over the lists that hold one.
    """
    scores = scores.masked_fill(~valid, -20.0)
    likely = torch.log_softmax(scores, dim=1)
    count = evidence.sum(dim=1)
    together = torch.logsumexp(likely.masked_fill(evidence < 1, _NEVER), dim=1)
    each = (likely * evidence).sum(dim=1) / count.clamp(min=1)
    known = count > 0
    which = (-0.5 * (together + each) * known).sum() / known.sum().clamp(min=1)
    whether = functional.binary_cross_entropy_with_logits(scores, evidence, reduction="none")
    return which + 2 * (whether * valid).sum() / valid.sum()


def _seen(candidates: torch.Tensor, evidence: torch.Tensor) -> torch.Tensor:
    """The places of ``SEEN`` texts of each list, (n, SEEN): all that answer, mostly the likeliest others, and some by
    chance.
    """
    first = torch.arange(candidates.shape[1], device=candidates.device) < FIRST
    order = 10 * evidence + torch.rand(evidence.shape, device=evidence.device) + 0.5 * first
    return order.masked_fill(candidates < 0, -9.0).topk(SEEN, dim=1).indices


def train(
    model: BertForSequenceClassification,
    lists: Lists,
    numbers: NDArray[np.int64],
    *,
    epochs: int = EPOCHS,
    seed: int = 20,
    rate: float | None = None,
) -> list[float]:
    """Train in place on the lists of these numbers, (n,), each seen ``epochs`` times; the loss of each step.

    ``rate`` is the highest learning rate, ``RATE`` where it is None.
    """
    torch.manual_seed(seed)
    place = to_train(model)
    tables = _Tables(model, lists, place)
    batches = -(-len(numbers) // BATCH)
    rate = RATE if rate is None else rate
    plan = Plan(batch=BATCH, rate=rate, steps=epochs * batches, rise=0.1, decay=0.01, seed=seed)
    order = np.random.default_rng(seed)
    left = np.zeros(0, dtype=np.int64)

    def loss(step: int) -> torch.Tensor:
        nonlocal left
        if step % batches == 0:
            left = order.permutation(numbers)
        start = step % batches * BATCH
        some = torch.from_numpy(left[start : start + BATCH]).to(place)
        candidates, evidence = tables.candidates[some], tables.evidence[some]
        seen = _seen(candidates, evidence)
        candidates, evidence = candidates.gather(1, seen), evidence.gather(1, seen)
        return loss_of(tables.logits(some, candidates), evidence, candidates >= 0)

    # The lists are few and seen again, which the passages are not.
    _drop(model, DROPOUT)
    losses = optimise(model.parameters(), loss, plan)
    _drop(model, 0.0)
    to_use(model)
    return losses


def _drop(model: BertForSequenceClassification, share: float) -> None:
    for module in model.bert.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = share


def judge(model: BertForSequenceClassification, lists: Lists, numbers: NDArray[np.int64]) -> Floats:
    """What a model says of the texts of lists, (n, LONGEST); 0 behind the last text."""
    place = to_train(model)
    model.train(False)
    tables = _Tables(model, lists, place)
    found = np.zeros((len(numbers), LONGEST), dtype=np.float32)
    with torch.no_grad():
        for start in range(0, len(numbers), _JUDGED):
            some = torch.from_numpy(numbers[start : start + _JUDGED]).to(place)
            candidates = tables.candidates[some]
            scores = tables.logits(some, candidates).masked_fill(candidates < 0, 0.0)
            found[start : start + _JUDGED] = scores.float().cpu().numpy()
    to_use(model)
    return found


def of_folds(model: BertForSequenceClassification, lists: Lists, *, epochs: int = EPOCHS, seed: int = 20) -> Floats:
    """What models that did not see a list's fold say of its texts, (lists, LONGEST); 0 for what is always trained on.

    Each fold's model goes on from ``model``, which stays as it is.
    """
    found = np.zeros((len(lists.fold), LONGEST), dtype=np.float32)
    for fold in np.unique(lists.fold[lists.fold >= 0]):
        logger.info("fold %d", fold)
        fitted = copy.deepcopy(model)
        train(fitted, lists, lists.used(without=int(fold)), epochs=epochs, seed=seed)
        own = np.flatnonzero((lists.fold == fold) & (lists.candidates[:, 0] >= 0))
        found[own] = judge(fitted, lists, own)
    return found
