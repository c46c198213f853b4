"""Texts to unit vectors: the shipped static model, or any sentence-transformers model by folder or hub
name.

The shipped model is a sentence-transformers folder, but reading it takes no torch: tokens are looked up and
averaged with numpy, which gives the same vectors (a test compares them) without 4 s and 480 MB of import.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).with_name("models") / "planqa-static"
_OURS = "planqa-"

_PROMPTS = (
    ("e5", ("query: ", "passage: ")),
    ("bge-m3", ("", "")),
    ("bge-", ("Represent this sentence for searching relevant passages: ", "")),
    ("gte-qwen", ("Instruct: Given a question, retrieve passages that answer it\nQuery: ", "")),
)
"""What known families were trained to see before (questions, passages), by a part of the model's name."""


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how well a passage fits a question."""

    @property
    def name(self) -> str:
        """Names the weights: equal names give equal vectors, so an index can tell which model made its
        own.
        """

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (n, dimensions), unit rows; a text without any known token is a row of
        zeros.
        """

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (n, dimensions), unit rows; a text without any known token is a row of
        zeros.
        """


# What the context counts beside the passage's own words. Recall@5 of the evidence by vectors alone, on 218 dev
# questions, 119 on the same plans and 85 on other provinces' by authors who saw no rules: two headings and the words as
# one text .447 / .430 / .486; apart with .5 .544 / .479 / .582, with .7 .542 / .508 / .577, with 1 .550 / .508 / .553.
_CONTEXT_SHARE = 0.7


def passage_vectors(encoder: Encoder, texts: Sequence[str], contexts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of passages under their titles and headings, (n, dimensions), unit rows; each context is encoded once.

    In one text a long title drowns a short duty: both are encoded for themselves and added.
    """
    own = encoder.encode_passages(texts)
    known = {context: at for at, context in enumerate(dict.fromkeys(contexts))}
    above = encoder.encode_passages(list(known))
    rows = own + np.float32(_CONTEXT_SHARE) * above[[known[context] for context in contexts]] if len(own) else own
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def load_encoder(model: str | None = None) -> Encoder:
    """The shipped model for None, another one that ships (``planqa-transformer``), or that of a folder or a hub name.

    A hub name is looked up on the disk only where HF_HUB_OFFLINE is set. Raises ModelMissing.
    """
    if model is None:
        return static_encoder(SHIPPED)
    folder = Path(model).expanduser()
    if model.startswith(_OURS) and "/" not in model and not folder.exists():
        folder = SHIPPED.with_name(model)
    if folder.is_dir():
        return static_encoder(folder) if _is_static(folder) else TransformerEncoder.load(str(folder))
    return TransformerEncoder.load(model)


@lru_cache(maxsize=2)
def static_encoder(folder: Path) -> StaticEncoder:
    """The static model of a folder, read once. Raises ModelMissing."""
    return StaticEncoder.load(folder)


class StaticEncoder:
    """The mean of token vectors, normalised: a StaticEmbedding model without torch."""

    def __init__(self, name: str, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
        """From a tokenizer and its token vectors, (vocabulary, dimensions)."""
        self._name = name
        self._tokenizer = tokenizer
        self._vectors = vectors

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """Read a model folder. Raises ModelMissing where a file is missing or damaged."""
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        weights_file = folder / "model.safetensors"
        try:
            content = weights_file.read_bytes()
            arrays = load(content)
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            vectors = _token_vectors(arrays)
        except OSError as error:
            raise ModelMissing(model=str(folder), reason=error.strerror or str(error)) from error
        except (SafetensorError, KeyError, ValueError) as error:
            raise ModelMissing(model=str(folder), reason=f"{weights_file.name} is damaged ({error})") from error
        except Exception as error:  # tokenizers raises bare Exception for a bad or missing file
            raise ModelMissing(model=str(folder), reason=f"tokenizer.json cannot be read ({error})") from error
        if tokenizer.get_vocab_size() != len(vectors):
            raise ModelMissing(model=str(folder), reason="tokenizer and weights do not belong together")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        digest = hashlib.sha256(content)
        digest.update((folder / "tokenizer.json").read_bytes())
        return cls(f"{folder.name}@{digest.hexdigest()[:12]}", tokenizer, vectors)

    @property
    def name(self) -> str:
        """Folder name and the start of the SHA-256 of weights and tokenizer."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """A row for each token, (vocabulary, dimensions)."""
        return self._vectors

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, by number."""
        return [one.ids for one in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (n, dimensions), unit rows; zeros for a text without tokens."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for at, ids in enumerate(self.tokens(texts)):
            if ids:
                mean = self._vectors[ids].mean(axis=0)
                rows[at] = mean / max(float(np.linalg.norm(mean)), 1e-12)
        return rows

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions: made as those of passages are."""
        return self.encode_passages(texts)


class TransformerEncoder:
    """Any model that sentence-transformers loads, with the prompts that its family expects."""

    def __init__(self, name: str, model: SentenceTransformer, prompts: tuple[str, str]) -> None:
        """From a loaded model and what stands before (questions, passages)."""
        self._name = name
        self._model = model
        self._prompts = prompts

    @classmethod
    def load(cls, model: str) -> TransformerEncoder:
        """Load by folder or hub name. Raises ModelMissing where that fails, with the reason."""
        try:
            sentence_transformers = importlib.import_module("sentence_transformers")
        except ImportError as error:
            raise ModelMissing(model=model, reason="sentence-transformers is not installed") from error
        import torch

        # Two threads are slower than one as soon as anything else runs.
        torch.set_num_threads(1)
        offline = os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on")
        try:
            loaded: SentenceTransformer = sentence_transformers.SentenceTransformer(
                model, device="cpu", local_files_only=offline
            )
        except (OSError, ValueError, KeyError, RuntimeError, ImportError, AttributeError) as error:
            reason = str(error).strip().partition("\n")[0] or type(error).__name__
            if offline and not Path(model).is_dir():
                reason = "it is no folder, it is not in the local cache, and HF_HUB_OFFLINE forbids fetching it"
            raise ModelMissing(model=model, reason=reason.rstrip(".")) from error
        return cls(f"{Path(model).name}@{_fingerprint(loaded)}", loaded, _prompts(model, loaded))

    @property
    def name(self) -> str:
        """Name and the start of the SHA-256 of the weights."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (n, dimensions), unit rows."""
        return self._encode(texts, self._prompts[1])

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (n, dimensions), unit rows."""
        return self._encode(texts, self._prompts[0])

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        rows = self._model.encode(
            [prompt + text for text in texts],
            prompt="",
            batch_size=32,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)


def _is_static(folder: Path) -> bool:
    """Whether the folder is a StaticEmbedding with nothing but normalisation after it."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds == ["StaticEmbedding", "Normalize"] and (folder / "model.safetensors").is_file()


def _token_vectors(arrays: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    """The token vectors in float32: as saved, or eight-bit rows times a scale each (the keys of
    model2vec).
    """
    if "embedding.weight" in arrays:
        return arrays["embedding.weight"].astype(np.float32)
    vectors = arrays["embeddings"].astype(np.float32)
    if "mapping" in arrays:
        vectors = vectors[arrays["mapping"].astype(np.int64)]
    if "weights" in arrays:
        vectors *= arrays["weights"].astype(np.float32)[:, None]
    return vectors


def _fingerprint(model: SentenceTransformer) -> str:
    """The start of the SHA-256 over all weights, in their order."""
    digest = hashlib.sha256()
    for key, tensor in model.state_dict().items():
        digest.update(key.encode())
        digest.update(tensor.detach().float().contiguous().numpy().tobytes())
    return digest.hexdigest()[:12]


def _prompts(model: str, loaded: SentenceTransformer) -> tuple[str, str]:
    """(questions, passages): the model's own prompts where it names them, otherwise those of its family."""
    own = {kind: text for kind, text in loaded.prompts.items() if text}
    if own:
        question = own.get("query", own.get("question", ""))
        return question, own.get("document", own.get("passage", ""))
    name = Path(model).name.lower()
    for part, prompts in _PROMPTS:
        if part in name:
            return prompts
    return "", ""
