"""How well a sentence answers a question, both read together: the shipped cross-encoder, in eight-bit numbers.

A small transformer of our own (docs/models.md) that sees word order, which the matcher does not. It costs some four
milliseconds a sentence on one core, so that only the few best are given to it. onnxruntime computes it: half the time
and a tenth of the start of torch. The folder is an ordinary ``CrossEncoder`` too, for whoever wants to go on training.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ModelMissing

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).with_name("models") / "planqa-judge"
WEIGHTS = "model_int8.onnx"
QUESTION, TEXT, BOTH = 40, 100, 112
"""Tokens that are read of a question, of a text, and of both with what parts them."""
_LETTERS = 9  # of a token, at most on average: what lies behind is cut off before tokens are made
_TOGETHER = 4  # texts of about the same length that are read in one go

Floats = NDArray[np.float32]


class Judge(Protocol):
    """Says how well texts answer a question: the shipped one, and in the evaluation what others said before."""

    def logits(self, question: str, texts: Sequence[str]) -> Floats:
        """(n,) float32, the higher the better; the sigmoid is a probability among such texts."""


class CrossEncoderJudge:
    """The shipped model. Safe for several threads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        """From an open model and its tokenizer, which knows [PAD], [CLS] and [SEP]."""
        self._session = session
        self._tokenizer = tokenizer
        numbers = tokenizer.get_vocab(with_added_tokens=True)
        self._pad, self._cls, self._sep = (numbers[name] for name in ("[PAD]", "[CLS]", "[SEP]"))

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> CrossEncoderJudge:
        """Read a model folder. Raises ModelMissing where it is missing or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # One question on two threads is slower than on one as soon as anything else runs.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            weights = (folder / WEIGHTS).read_bytes()
            tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
            session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
            return cls(session, tokenizer)
        except OSError as error:
            raise ModelMissing(model=str(folder), reason=error.strerror or str(error)) from error
        except Exception as error:  # both libraries raise bare Exception for what they cannot read
            raise ModelMissing(model=str(folder), reason=f"its files are damaged ({error})") from error

    def logits(self, question: str, texts: Sequence[str]) -> Floats:
        """(n,) float32, one for each text."""
        found = np.zeros(len(texts), dtype=np.float32)
        if not texts:
            return found
        asked = self._tokens([question])[0][:QUESTION]
        start = [self._cls, *asked, self._sep]
        rows = [[*start, *tokens[: min(TEXT, BOTH - len(start) - 1)], self._sep] for tokens in self._tokens(texts)]
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        for first in range(0, len(order), _TOGETHER):
            some = order[first : first + _TOGETHER]
            ids = np.full((len(some), max(len(rows[at]) for at in some)), self._pad, dtype=np.int64)
            kinds, mask = np.zeros_like(ids), np.zeros_like(ids)
            for line, at in enumerate(some):
                size = len(rows[at])
                ids[line, :size], kinds[line, len(start) : size], mask[line, :size] = rows[at], 1, 1
            fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
            found[some] = np.asarray(self._session.run(None, fed)[0], dtype=np.float32)[:, 0]
        return found

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        cut = [text[: TEXT * _LETTERS] for text in texts]
        return [one.ids for one in self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)]


@lru_cache(maxsize=1)
def load_judge() -> CrossEncoderJudge:
    """The shipped judge. Raises ModelMissing."""
    return CrossEncoderJudge.load()
