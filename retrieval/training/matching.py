"""Train the shipped matcher: ``python -m retrieval.training.matching --data ../shared/data --out
retrieval/models/planqa-matcher``.

Each question is seen with its passage and with wrong ones of the same kind that the static model ranks high; the
network learns to put its passage first, and to say so by itself. Scale and shift of the last layer are then fitted on
questions that were not trained on, so that the sigmoid is a probability among such passages (Platt, 1999). What it
computes, and why, is in ``retrieval.match``, which does the same in numpy.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules.input_module import InputModule
from torch.nn import functional
from tqdm import tqdm

from retrieval.embed import SHIPPED, StaticEncoder
from retrieval.match import CENTRES, PASSAGE, QUESTION, WIDTHS, Matcher
from retrieval.training import mining
from retrieval.training.augment import Abbreviator, typed
from retrieval.training.bilingual import learn as learn_words
from retrieval.training.cases import COPIES, Case, rule_cases, split
from retrieval.training.sources import Pair, load, read_lines, read_table
from retrieval.training.static import Typist, read_glossary
from retrieval.training.transformer import Static

logger = logging.getLogger(__name__)

SPACE, HIDDEN, SORTS = 64, 48, 24
BATCH, WRONG, HARD = 24, 7, 5
RATE = 2e-3
TITLES = {"law-title": 14_000, "wiki-section": 2_500, "en-vi-law": 2_000}
"""Pairs whose query is a title or heading, at most; real questions are seen several times instead."""
_NEAR = 40


class Matching(InputModule):
    """The network, as a module that ``CrossEncoder(modules=[...])`` takes."""

    save_in_root = True

    def __init__(self, encoder: StaticEncoder) -> None:
        """A new network over the tokens of a static model, whose vectors stay as they are."""
        super().__init__()  # type: ignore[no-untyped-call]  # sentence-transformers leaves it untyped
        self.encoder = encoder.name
        self._static = encoder
        vectors = torch.from_numpy(np.concatenate([encoder.vectors, np.zeros_like(encoder.vectors[:1])]))
        self._pad = len(encoder.vectors)
        self.register_buffer("vectors", vectors, persistent=False)
        self.register_buffer("lengths", vectors.norm(dim=1).clamp(min=1e-6).log(), persistent=False)
        size = vectors.shape[1]
        self.single = torch.nn.Parameter(torch.nn.init.orthogonal_(torch.empty(SPACE, size)))
        self.first = torch.nn.Parameter(self.single.detach().clone())
        self.second = torch.nn.Parameter(self.single.detach().clone())
        self.gate = torch.nn.Linear(size, 1)
        self.length = torch.nn.Parameter(torch.tensor(1.0))
        self.asks, self.offers, self.about = (torch.nn.Linear(size, SORTS) for _ in range(3))
        features = 2 * (len(CENTRES) + 2) + 1 + 2 * SORTS + 2
        self.norm = torch.nn.LayerNorm(features)
        self.hidden = torch.nn.Linear(features, HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, 1)
        self.register_buffer("scale", torch.tensor(1.0))
        self.register_buffer("shift", torch.tensor(0.0))

    def tokens(self, texts: Sequence[str], most: int) -> list[list[int]]:
        """The first tokens of each text."""
        return [ids[:most] or [0] for ids in self._static.tokens([text[: PASSAGE * 9] for text in texts])]

    def padded(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """(n, longest) int64."""
        out = np.full((len(rows), max(map(len, rows))), self._pad, dtype=np.int64)
        for at, row in enumerate(rows):
            out[at, : len(row)] = row
        return torch.from_numpy(out)

    def logits(self, asked: torch.Tensor, passages: torch.Tensor) -> torch.Tensor:
        """Of (n, question tokens) and (n, candidates, passage tokens): (n, candidates)."""
        raw = self.out(functional.gelu(self.hidden(self.norm(self._features(asked, passages))))).squeeze(-1)
        return torch.as_tensor(raw * self.scale + self.shift)

    def _features(self, asked: torch.Tensor, passages: torch.Tensor) -> torch.Tensor:
        size = passages.shape
        real, present = asked != self._pad, passages != self._pad
        # Each token is projected once, however often it stands in the batch.
        left, place = torch.unique(asked, return_inverse=True)
        right, where = torch.unique(passages, return_inverse=True)
        ours, theirs = self.vectors[left], self.vectors[right]
        gate = (self.gate(ours).squeeze(1) + self.length * self.lengths[left])[place]
        gate = gate.masked_fill(~real, -1e4).softmax(-1)
        found = []
        words = (_unit(ours @ self.single.T)[place], _unit(theirs @ self.single.T)[where])
        pairs = (
            _pairs((ours @ self.first.T)[place], (ours @ self.second.T)[place]),
            _pairs((theirs @ self.first.T)[where], (theirs @ self.second.T)[where]),
        )
        for one, other in (words, pairs):
            near = torch.einsum("bqr,bclr->bcql", one, other).masked_fill(~present[:, :, None, :], -9.0)
            counts = [
                torch.log1p(torch.exp(-((near - centre) ** 2) / (2 * width * width)).sum(-1))
                for centre, width in zip(CENTRES, WIDTHS, strict=True)
            ]
            found += [(count * gate[:, None]).sum(-1) for count in counts]
            nearest = near.amax(-1).clamp(min=-1)
            found += [(nearest * gate[:, None]).sum(-1), ((1 - nearest) * gate[:, None]).amax(-1)]
        asked_of = real.sum(-1, keepdim=True).float()
        length = present.sum(-1, keepdim=True).float().clamp(min=1)
        mean = ours[place].sum(1) / asked_of
        flat = passages.reshape(-1, size[2])
        sums = functional.embedding_bag(flat, self.vectors, mode="sum", padding_idx=self._pad)
        means = _unit(sums.view(size[0], size[1], -1) / length)
        found.append(torch.einsum("bd,bcd->bc", _unit(mean), means))
        asks = torch.tanh(self.asks.weight @ mean.T * 4 + self.asks.bias[:, None]).T[:, None, :]
        offered = self.offers(theirs)[where].masked_fill(~present[..., None], -9.0).amax(2)
        lengths = torch.cat([length.log() / 5, (asked_of.log() / 3)[:, None].expand(*size[:2], 1)], dim=-1)
        about = torch.tanh(self.about(2 * means))
        return torch.cat([torch.stack(found, dim=-1), asks * torch.tanh(offered), asks * about, lengths], dim=-1)

    # What follows makes it a module of sentence-transformers.

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: object) -> dict[str, torch.Tensor]:
        """Tokens of (question, passage) pairs."""
        questions, passages = ([text for text, _ in inputs], [text for _, text in inputs])
        return {
            "question": self.padded(self.tokens(questions, QUESTION)),
            "passage": self.padded(self.tokens(passages, PASSAGE)),
        }

    def forward(self, features: dict[str, torch.Tensor], **kwargs: object) -> dict[str, torch.Tensor]:
        """Adds ``scores``, (n, 1) logits."""
        features["scores"] = self.logits(features["question"], features["passage"][:, None, :])
        return features

    def save(self, output_path: str, *args: object, **kwargs: object) -> None:
        """Write weights in half precision and the name of the static model."""
        folder = Path(output_path)
        arrays = {name: value.detach().half().numpy() for name, value in self.state_dict().items()}
        save_file(arrays, folder / "model.safetensors")
        (folder / "model.safetensors").chmod(0o644)
        config = json.dumps({"encoder": self.encoder}, indent=2)
        (folder / "config.json").write_text(config + "\n", encoding="utf-8")

    @classmethod
    def load(cls, model_name_or_path: str, *args: Any, **kwargs: Any) -> Matching:  # noqa: ANN401 (as the base class)
        """Read what ``save`` wrote; the static model lies beside it."""
        from safetensors.torch import load_file

        folder = Path(model_name_or_path)
        model = cls(StaticEncoder.load(folder.parent / SHIPPED.name))
        model.load_state_dict({name: value.float() for name, value in load_file(folder / "model.safetensors").items()})
        return model


def _unit(rows: torch.Tensor) -> torch.Tensor:
    return functional.normalize(rows, dim=-1, eps=1e-6)


def _pairs(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    rows = first.clone()
    rows[..., :-1, :] = first[..., :-1, :] + second[..., 1:, :]
    return _unit(rows)


def near_cases(pairs: Sequence[Pair], encoder: StaticEncoder) -> list[Case]:
    """Pairs of one group, each with the passages of the others that the static model puts nearest to its query.

    All passages of a group are written alike. Where wrong ones come from other groups too, the network learns to tell
    the groups apart instead of what answers: it then raised hit@1 of legal questions by .12, and by .07 with the
    questions exchanged. Left out: other answers to the same question, and near copies of the right one.
    """
    nearest = mining.neighbours(pairs, encoder, among=_NEAR, most=_NEAR, alike=mining.TWIN, sure=None)
    return [Case(pair.query, pair.positive, nearest[pair]) for pair in pairs if nearest[pair]]


def by_group(pairs: Sequence[Pair], encoder: StaticEncoder) -> dict[str, list[Case]]:
    """``near_cases`` of each group."""
    groups = dict.fromkeys(pair.group for pair in pairs)
    return {group: near_cases([pair for pair in pairs if pair.group == group], encoder) for group in groups}


def train(model: Matching, seen: Sequence[Case], *, passes: float, seed: int) -> None:
    """Adam with a rate that rises and falls once; the loss is that of the first place and that of each pair."""
    chance, order = random.Random(seed), np.random.default_rng(seed)
    texts = list(dict.fromkeys(text for case in seen for text in (case.right, *case.wrong)))
    numbers = {text: at for at, text in enumerate(texts)}
    passages = model.tokens(texts, PASSAGE)
    questions = model.tokens([case.query for case in seen], QUESTION)
    steps = max(2, int(passes * len(seen) / BATCH))
    adam = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    rise = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, total_steps=steps, pct_start=0.05)
    losses: list[float] = []
    left: list[int] = []
    for _ in tqdm(range(steps), unit="batch", mininterval=5, disable=None):
        if len(left) < BATCH:
            left = order.permutation(len(seen)).tolist() * (1 + BATCH // len(seen))
        drawn = [left.pop() for _ in range(BATCH)]
        rows = []
        for at in drawn:
            case = seen[at]
            wrong = [numbers[text] for text in _some(case.wrong, chance)]
            wrong += [chance.randrange(len(texts)) for _ in range(WRONG - len(wrong))]
            rows += [passages[numbers[case.right]], *(passages[one] for one in wrong)]
        scores = model.logits(
            model.padded([questions[at] for at in drawn]), model.padded(rows).view(BATCH, WRONG + 1, -1)
        )
        right = torch.zeros_like(scores)
        right[:, 0] = 1
        loss = functional.cross_entropy(scores, torch.zeros(BATCH, dtype=torch.long))
        loss = loss + functional.binary_cross_entropy_with_logits(scores, right)
        adam.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        rise.step()
        losses.append(loss.item())
        if len(losses) % 100 == 0:
            logger.info("batch %d of %d: loss %.3f", len(losses), steps, float(np.mean(losses[-100:])))


def _some(wrong: Sequence[str], chance: random.Random) -> list[str]:
    """A few of the hardest and one of the rest."""
    head, rest = wrong[:12], wrong[12:]
    return chance.sample(head, min(HARD, len(head))) + ([chance.choice(rest)] if rest else [])


def judge(model: Matching, judged: Sequence[Case]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Logits of each case's passage and its three hardest wrong ones, and which are right."""
    scores: list[float] = []
    right: list[bool] = []
    for case in judged:
        texts = [case.right, *case.wrong[:3]]
        with torch.no_grad():
            found = model.logits(
                model.padded(model.tokens([case.query], QUESTION)), model.padded(model.tokens(texts, PASSAGE))[None]
            )
        scores += found[0].tolist()
        right += [True, *[False] * (len(texts) - 1)]
    return np.array(scores, dtype=np.float32), np.array(right)


def calibrate(model: Matching, judged: Sequence[Case]) -> None:
    """Fit scale and shift of the logit on cases that were not trained on."""
    scores, right = judge(model, judged)
    given = torch.from_numpy(scores)
    wanted = torch.from_numpy(right.astype(np.float32))
    both = torch.tensor([1.0, 0.0], requires_grad=True)
    search = torch.optim.LBFGS([both], max_iter=200)

    def closure() -> torch.Tensor:
        search.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(given * both[0] + both[1], wanted)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return loss

    search.step(closure)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    model.scale.copy_(both.detach()[0])
    model.shift.copy_(both.detach()[1])


def area(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The area under the ROC curve: how often a right pair scores above a wrong one."""
    from scipy.stats import mannwhitneyu

    wins = mannwhitneyu(scores[right], scores[~right]).statistic
    return float(wins / (right.sum() * (~right).sum()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the data, mine wrong passages, train, calibrate, report on held-out questions, write the model."""
    parser = argparse.ArgumentParser(description="Train the matcher.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--rules", type=int, default=12_000, help="questions made by rule")
    parser.add_argument("--passes", type=float, default=0.7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)

    sources = load(given.data)
    encoder = StaticEncoder.load(SHIPPED)
    lines = read_lines(given.data / "text-vi.txt.gz")
    parallel = [*sources.parallel, *(pair for pair in sources.pairs if pair.group == "en-vi-law")]
    words = learn_words(parallel, read_glossary(), Static.load().tokenizer)
    typist = Typist(Abbreviator.of(read_table(given.data / "abbreviations-vi.tsv")), words)
    learnt, kept = split(sources)
    chance = random.Random(given.seed)
    seen: list[Case] = []
    for group, asked in by_group(learnt, encoder).items():
        # The first copy stays as it is asked.
        for again in range(COPIES[group]):
            seen += [
                replace(case, query=typed(case.query, typist.abbreviate, chance)) if again else case for case in asked
            ]
    for group, most in TITLES.items():
        pairs = [pair for pair in sources.pairs if pair.group == group]
        chance.shuffle(pairs)
        seen += near_cases(pairs[:most], encoder)
    seen += rule_cases(lines, given.rules, encoder, seed=given.seed)
    logger.info("%d cases", len(seen))

    model = Matching(encoder)
    train(model, seen, passes=given.passes, seed=given.seed)
    calibrate(model, [case for cases in by_group(kept, encoder).values() for case in cases])
    given.out.mkdir(parents=True, exist_ok=True)
    CrossEncoder(modules=[model]).save(str(given.out), create_model_card=False)
    held = [pair for pair in sources.held_out if pair.group in COPIES]
    for group, cases in by_group(held, encoder).items():
        scores, right = judge(model, cases)
        logger.info("held out %s: AUC %.3f over %d pairs", group, area(scores, right), len(right))
    Matcher.load(given.out)
    return 0


if __name__ == "__main__":
    # The saved folder names the class of its module: not ``__main__``, where nobody could import it from.
    from retrieval.training import matching

    sys.exit(matching.main())
