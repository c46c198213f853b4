"""The cross-encoder in eight-bit numbers, as ``retrieval.judge`` reads it: an onnx file beside the model."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from transformers import BertForSequenceClassification

from retrieval.judge import WEIGHTS

NAMES = ("input_ids", "attention_mask", "token_type_ids")
_OPSET = 17


def write(folder: Path) -> Path:
    """Read the cross-encoder of a folder and write it beside itself with eight-bit weights; the new file.

    Matrices are rounded to eight bits, and so is what they are multiplied with, when it is (dynamic quantisation). The
    file is whole or not there. Raises OSError where the model is missing.
    """
    # Late: only whoever trains needs it.
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = BertForSequenceClassification.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    rows = torch.randint(model.config.vocab_size, (4, 48))
    axes = {name: {0: "rows", 1: "tokens"} for name in NAMES} | {"logits": {0: "rows"}}
    with TemporaryDirectory() as scratch, warnings.catch_warnings():
        # The exporter warns of what it follows while it traces; the sizes that matter are named above.
        warnings.simplefilter("ignore")
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model.train(False),
            (rows, torch.ones_like(rows), torch.zeros_like(rows)),
            str(whole),
            input_names=list(NAMES),
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
        # DefaultTensorType 1 is float32: the type of what the shapes do not tell.
        part = folder / (WEIGHTS + ".part")
        quantize_dynamic(whole, part, weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": 1})
    return part.replace(folder / WEIGHTS)
