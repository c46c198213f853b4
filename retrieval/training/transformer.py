"""What the small transformers share: the tokenizer, the body, where it computes, and how it is saved.

The body is a BERT of few layers whose token vectors start as those of the static model, in fewer dimensions: what a
token means need not be learnt anew, only what a static model lacks, the layers that see order and neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import AddedToken, Tokenizer, processors
from transformers import BertConfig, BertModel, PreTrainedModel, PreTrainedTokenizerFast

from retrieval.embed import SHIPPED

SPECIAL = ("[PAD]", "[CLS]", "[SEP]", "[MASK]")
"""Tokens behind those of the static model, in this order."""
LONGEST = 192
"""Positions the body knows. Pre-training starts its sequences anywhere among them."""
READ = 128
"""Tokens that the saved models read."""
_LETTERS = 1500
"""Letters that are read of a text: many more than the tokens that are ever kept of it."""
_TOGETHER = 4096

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the body; its width is that of the token vectors."""

    layers: int = 6
    heads: int = 4
    inner: int = 1024


@dataclass(frozen=True, slots=True)
class Special:
    """The numbers of the special tokens, which follow the ``known`` tokens of the static model."""

    known: int
    pad: int
    cls: int
    sep: int
    mask: int

    @classmethod
    def after(cls, known: int) -> Special:
        """The special tokens behind so many others."""
        return cls(known, *range(known, known + len(SPECIAL)))

    @classmethod
    def of(cls, body: PreTrainedModel) -> Special:
        """Those of a body, or of a model over one."""
        return cls.after(body.config.vocab_size - len(SPECIAL))


@dataclass(frozen=True, slots=True)
class Static:
    """The static model that the body starts from: its tokenizer and its token vectors, (tokens, dimensions)."""

    tokenizer: Tokenizer
    vectors: Floats

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Static:
        """Read a static model folder (eight-bit rows with a scale each)."""
        arrays = load_file(folder / "model.safetensors")
        vectors = arrays["embeddings"].astype(np.float32) * arrays["weights"][:, None]
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), vectors)

    def narrow(self, counts: NDArray[np.int64], width: int) -> Floats:
        """The vectors on the axes that hold most of running text, (tokens, width), each of unit length.

        Principal components without a mean, tokens weighed by how often they stand in the text (``counts``). Lengths
        say how much a token matters in a mean; layer normalisation would take them anyway.
        """
        weighed = self.vectors * np.sqrt(counts + 1.0, dtype=np.float32)[:, None]
        axes = np.linalg.eigh(weighed.T @ weighed).eigenvectors[:, ::-1][:, :width]
        vectors: Floats = self.vectors @ axes
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        return vectors.astype(np.float32)


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Token numbers of texts, without special tokens."""
    rows: list[list[int]] = []
    for start in range(0, len(texts), _TOGETHER):
        batch = [text[:_LETTERS] for text in texts[start : start + _TOGETHER]]
        rows += [each.ids for each in tokenizer.encode_batch_fast(batch, add_special_tokens=False)]
    return rows


def special_tokens(own: Tokenizer) -> PreTrainedTokenizerFast:
    """The tokenizer of the static model with special tokens after its own, so that a token keeps its number."""
    tokenizer = Tokenizer.from_str(own.to_str())
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
        model_max_length=READ,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )


def new_body(vectors: Floats, shape: Shape, *, seed: int) -> BertModel:
    """A body before any training, with these vectors, (tokens, width), for the tokens of the static model."""
    torch.manual_seed(seed)
    special = Special.after(len(vectors))
    body = BertModel(
        BertConfig(
            vocab_size=special.known + len(SPECIAL),
            hidden_size=vectors.shape[1],
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.inner,
            max_position_embeddings=LONGEST,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            pad_token_id=special.pad,
        )
    )
    with torch.no_grad():
        table = body.embeddings.word_embeddings.weight
        table[: special.known] = torch.from_numpy(vectors)
        # As long as the others; padding stays nothing.
        table[special.cls :] = torch.nn.functional.normalize(table[special.cls :], dim=1)
    return body


def read_body(folder: Path) -> tuple[BertModel, PreTrainedTokenizerFast]:
    """What ``retrieval.training.pretrain`` wrote. Raises OSError where it is missing."""
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    return BertModel.from_pretrained(folder, dtype=torch.float32), tokenizer


def to_train(module: torch.nn.Module) -> torch.device:
    """Make a model ready to train, on the graphics card where there is one; where it is."""
    place = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    module.to(place).train()
    return place


def to_use(module: torch.nn.Module) -> None:
    """Make a model ready to be used and saved, on the processor."""
    module.cpu().eval()


def half_where_fast(place: torch.device) -> torch.autocast:
    """Products are computed in bfloat16 where that is several times as fast: on a graphics card, and while training on
    a processor that multiplies whole tiles (AMX).
    """
    tiles = torch.is_grad_enabled() and bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return torch.autocast(place.type, dtype=torch.bfloat16, enabled=place.type == "cuda" or tiles)


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
