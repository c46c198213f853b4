"""A cross-encoder: the body with one output on top, which says how well one text answers another."""

from __future__ import annotations

import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel

from retrieval.training.transformer import Special, half_where_fast


def new_model(body: BertModel, *, seed: int) -> BertForSequenceClassification:
    """The body with one output on top."""
    torch.manual_seed(seed)
    sizes = {name: value for name, value in body.config.to_dict().items() if name not in ("id2label", "label2id")}
    config = BertConfig(**sizes)
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(body.state_dict())
    return model


def logits(model: BertForSequenceClassification, rows: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
    """(n,) float32 of joined rows and their kinds, (n, length)."""
    mask = rows.ne(Special.of(model).pad).long()
    with half_where_fast(rows.device):
        pooled = model.bert(input_ids=rows, token_type_ids=kinds, attention_mask=mask).pooler_output
    found: torch.Tensor = model.classifier(pooled.float())[:, 0]
    return found
