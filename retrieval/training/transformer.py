"""What the small transformers share: tokenizer, body, the pairs they are trained on, the training loop.

The body is a BERT of few layers that starts as the static model does: token vectors are the shipped ones in
fewer dimensions, and they stay as they are. Minutes on a processor are too few to learn 39,000 vectors
anew; what is trained is what a static model lacks, the layers that see order and neighbours.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import AddedToken, Tokenizer, processors
from tqdm import tqdm
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from retrieval.embed import SHIPPED
from retrieval.training import bilingual
from retrieval.training.augment import Abbreviator, cloze
from retrieval.training.questions import ask
from retrieval.training.sources import Pair, Sources, read_table
from retrieval.training.static import ENGLISH, Typist, read_glossary

logger = logging.getLogger(__name__)

Batch = TypeVar("Batch")

SPECIAL = ("[PAD]", "[CLS]", "[SEP]", "[MASK]")
LONGEST = 192
"""Positions the body knows. Pre-training starts its short sequences anywhere among them."""

SHARES = {
    "zalo-legal": 12,
    "alqac22": 5,
    "legal-synthetic": 6,
    "law-title": 24,
    "procedures": 4,
    "reading": 8,
    "wiki-section": 8,
    "en-vi-law": 6,
    "parallel-law-mt": 6,
    "parallel-tatoeba": 2,
    "parallel-ntrex128": 2,
    "glossary": 3,
    "cloze": 10,
    "rule": 10,
}
"""How often a kind of pair is drawn, in parts of their sum."""
ENGLISH_SHARE = 0.2
"""Of the queries that are Vietnamese, those asked word by word in English."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the body."""

    layers: int = 4
    width: int = 256
    heads: int = 4
    inner: int = 512


@dataclass(frozen=True, slots=True)
class Static:
    """The static model that the body starts from: tokenizer and token vectors."""

    tokenizer: Tokenizer
    vectors: NDArray[np.float32]

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Static:
        """Read a static model folder (eight-bit rows with a scale each, or plain vectors)."""
        arrays = load_file(folder / "model.safetensors")
        if "embedding.weight" in arrays:
            vectors = arrays["embedding.weight"].astype(np.float32)
        else:
            vectors = arrays["embeddings"].astype(np.float32) * arrays["weights"][:, None]
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), vectors)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token numbers of texts, without special tokens."""
        rows: list[list[int]] = []
        for start in range(0, len(texts), 4096):
            batch = [text[:1500] for text in texts[start : start + 4096]]
            rows += [each.ids for each in self.tokenizer.encode_batch_fast(batch, add_special_tokens=False)]
        return rows


def special_tokens(static: Static) -> PreTrainedTokenizerFast:
    """The static tokenizer with special tokens after its own, so that a token keeps its number."""
    tokenizer = Tokenizer.from_str(static.tokenizer.to_str())
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    ends = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=LONGEST,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )


def new_body(static: Static, counts: NDArray[np.int64], shape: Shape, *, seed: int) -> tuple[BertModel, torch.Tensor]:
    """A body before any training, and the weight of each token in a mean of its outputs.

    Vectors are turned on the axes that hold most of running text (``counts`` weighs the tokens) and cut to
    the width. Layer normalisation takes their length, which says how much a token matters: it becomes the
    weight.
    """
    torch.manual_seed(seed)
    vectors = torch.from_numpy(static.vectors)
    weighed = vectors * torch.from_numpy(np.sqrt(counts + 1.0)).float()[:, None]
    axes = torch.linalg.eigh(weighed.T @ weighed).eigenvectors.flip(1)[:, : shape.width]
    vectors = vectors @ axes
    lengths = vectors.norm(dim=1)
    config = BertConfig(
        vocab_size=len(vectors) + len(SPECIAL),
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=LONGEST,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=len(vectors),
    )
    body = BertModel(config)
    with torch.no_grad():
        table = body.embeddings.word_embeddings.weight
        # Unit length, as the output layer of pre-training uses them too.
        table[: len(vectors)] = vectors / lengths.clamp(min=1e-6)[:, None]
        table[len(vectors) :] = torch.nn.functional.normalize(torch.randn(len(SPECIAL), shape.width), dim=1)
        table[len(vectors)] = 0
        for embedding in (body.embeddings.position_embeddings, body.embeddings.token_type_embeddings):
            embedding.weight.mul_(0.3)
    weights = torch.zeros(len(table))
    weights[: len(vectors)] = lengths / lengths.mean()
    table.requires_grad_(False)
    return body, weights


@dataclass(frozen=True, slots=True)
class Drawn:
    """A training pair as it stands in the data, and with its query as it may be typed."""

    origin: Pair
    worded: Pair


@dataclass(slots=True)
class Drawer:
    """Draws training pairs by ``SHARES``, as the static recipe words them."""

    sources: Sources
    lines: Sequence[str]
    typist: Typist
    chance: random.Random
    _groups: dict[str, list[Pair]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the pairs by group."""
        for pair in (*self.sources.pairs, *self.sources.parallel, *read_glossary()):
            self._groups.setdefault(pair.group, []).append(pair)

    def draw(self, count: int) -> list[Drawn]:
        """``count`` pairs; those of a group come in a new order each time it is used up."""
        kinds = [kind for kind in SHARES if kind in self._groups or kind in ("cloze", "rule")]
        wanted = self.chance.choices(kinds, [SHARES[kind] for kind in kinds], k=count)
        streams = {kind: self._stream(kind) for kind in kinds}
        return [Drawn(pair, self._worded(pair)) for pair in (next(streams[kind]) for kind in wanted)]

    def _stream(self, kind: str) -> Iterator[Pair]:
        make = {"cloze": cloze, "rule": ask}.get(kind)
        while make is not None:
            made = make(self.chance.choice(self.lines)[:1200], self.chance)
            if made is not None:
                yield made
        while True:
            yield from self.chance.sample(self._groups[kind], len(self._groups[kind]))

    def _worded(self, pair: Pair) -> Pair:
        if pair.group in ENGLISH:
            return pair
        if self.chance.random() < ENGLISH_SHARE:
            return self.typist.english(pair, self.chance)
        return self.typist.vietnamese(pair, self.chance)


def typist_of(data: Path, sources: Sources, tokenizer: Tokenizer) -> Typist:
    """The typist of the static recipe."""
    parallel = [*sources.parallel, *(pair for pair in sources.pairs if pair.group == "en-vi-law")]
    lexicon = bilingual.learn(parallel, read_glossary(), tokenizer)
    return Typist(Abbreviator.of(read_table(data / "abbreviations-vi.tsv")), lexicon)


def to_train(module: torch.nn.Module) -> torch.device:
    """Make a model ready to train, on the graphics card where there is one; where it is."""
    place = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    module.to(place).train()
    return place


def to_use(module: torch.nn.Module) -> None:
    """Make a model ready to be used and saved, on the processor."""
    module.cpu().eval()


def optimise(
    parameters: Iterable[torch.nn.Parameter],
    batches: Iterable[Batch],
    loss_of: Callable[[Batch], torch.Tensor],
    *,
    rate: float,
    steps: int,
    minutes: float | None = None,
) -> list[float]:
    """Train by AdamW, the rate rising over a twentieth of the steps and then falling to nothing; the loss of
    each step.

    ``minutes`` ends a run on a busy machine in time: the rate then falls with the clock. Only a run that ends
    by its steps can be made again to the bit; the log says which it was.
    """
    wanted = [one for one in parameters if one.requires_grad]
    adam = torch.optim.AdamW(wanted, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    losses: list[float] = []
    start = time.monotonic()
    rise = max(1, steps // 20)
    with tqdm(total=steps, unit="batch", mininterval=5, disable=None) as bar:
        for step, batch in enumerate(batches):
            left = 1 - step / steps
            if minutes is not None:
                left = min(left, 1 - (time.monotonic() - start) / 60 / minutes)
            if step >= steps or left <= 0:
                break
            for group in adam.param_groups:
                group["lr"] = rate * min((step + 1) / rise, left)
            loss = loss_of(batch)
            adam.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_(wanted, 1.0)
            adam.step()
            losses.append(loss.item())
            bar.update()
            if len(losses) % 25 == 0:
                passed = (time.monotonic() - start) / 60
                logger.info("batch %d of %d: loss %.3f, %.1f min", step + 1, steps, np.mean(losses[-25:]), passed)
    ended = "by its steps" if len(losses) == steps else "by the clock"
    logger.info("%d batches in %.1f min, ended %s", len(losses), (time.monotonic() - start) / 60, ended)
    return losses


def pad(rows: Sequence[Sequence[int]], empty: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of numbers as one matrix, and the mask of what is no padding."""
    longest = max(map(len, rows))
    ids = torch.full((len(rows), longest), empty)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return ids, mask


def save_half(model: Any, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:  # noqa: ANN401
    """Write a transformers model in half precision whose config asks for single: processors without half
    precision compute slowly in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(folder)
    model.float()
    model.config.dtype = "float32"
    model.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    # safetensors lets nobody but the owner read its files.
    for file in folder.rglob("*.safetensors"):
        file.chmod(0o644)
