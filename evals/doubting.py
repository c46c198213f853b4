"""Fits the network that doubts answers (``retrieval.answer.doubt``) on questions half of which nothing answers.

    python -m evals.doubting --index .planqa --out retrieval/models/planqa-reader

What the shipped reader gives to the questions on made-up plans (``evals.plans``), to those of fourteen authors
on 84 of these (``training/asked``, with the facts of a right answer), and to the dev part, each with its signs and
whether it is right. A judge that was trained on the same questions is too sure of them: ``--judge`` names an earlier
one for each kind. What is told beside the result is of authors that the network was not fitted on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from evals import plans
from evals.cases import read_suites
from evals.check import places
from evals.fitting import Floats, asked_by, index_of
from evals.metrics.answer import is_right
from evals.types import Case
from retrieval.answer.doubt import TRUST
from retrieval.answer.draft import Quote
from retrieval.answer.reader import FARTHEST, Network, ReaderModel, load_reader
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.judge import SHIPPED as SHIPPED_JUDGE
from retrieval.judge import CrossEncoderJudge
from retrieval.match import load_matcher

ASKED = Path(__file__).with_name("training") / "asked"
HIDDEN, NETWORKS, STEPS, BATCH = 24, 5, 800, 1024
_RATE, _DECAY, _DROPPED = 0.01, 0.3, 0.4
_TRUSTED = 0.3  # what the logit of the choice counts beside the network: .0 to .6 give the same on other authors
_LEAST_SPREAD = 1e-3
_PROCESSES = 2
# What one answer counts by where its question comes from: those that look alike are harder than what people ask.
_WEIGHTS = {"alike": 0.5, "plans": 0.7, "asked": 1.5, "dev": 1.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Questions with the index of their documents, the judge that reads them, and where they come from.

    ``of_one`` is whether each is asked of its own document, and not of all of the index.
    """

    source: str
    author: str
    cases: Sequence[Case]
    index: Path
    judge: Path
    of_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given to a question: its signs, {} for a refusal, and whether it is right."""

    source: str
    author: str
    answerable: bool
    signs: dict[str, float]
    right: bool


def given(shelf: Shelf) -> list[Given]:
    """What the shipped reader gives to the questions of a shelf where nothing doubts it."""
    reader = replace(load_reader(), enough=0.0)
    judge = CrossEncoderJudge.load(shelf.judge)
    engine = Engine(Index.open(shelf.index), load_encoder(None), load_matcher(), reader, judge)
    found = []
    for case in shelf.cases:
        question = asked_by(case)
        if shelf.of_one:
            question = replace(question, documents=(case.id.rsplit("-", 1)[0],))
        one, signs = engine.answerer.doubted(question)
        text, _ = engine.answerer.write(one.draft, question)
        stated = is_right(case, text, one.draft.abstained) if case.required else _cites(case, one.evidence, engine)
        found.append(
            Given(
                source=shelf.source,
                author=shelf.author,
                answerable=case.answerable,
                signs=signs,
                right=case.answerable and stated,
            )
        )
    return found


def _cites(case: Case, quotes: Sequence[Quote], engine: Engine) -> bool:
    """Whether an answer rests on a sentence that answers, or on a part of it; for cases without facts to state."""
    for one in case.evidence:
        for span in places(one, engine.source(one.document)):
            for quote in quotes:
                if quote.document == one.document and quote.span.start < span.end and span.start < quote.span.end:
                    return True
    return False


def shelves(folder: Path, index: Path, judges: dict[str, Path]) -> Iterator[Shelf]:
    """All questions with their indexes, which are made in ``folder``; ``index`` is that of the dev part."""
    for source, file in (("alike", plans.ALIKE), ("plans", plans.QUESTIONS)):
        for number, (texts, cases) in enumerate(plans.shelves(file)):
            made = index_of(texts, folder / f"{source}-{number}", suffix=".md")
            author = f"{source}-{number}"
            yield Shelf(source=source, author=author, cases=cases, index=made, judge=judges[source], of_one=True)
    for path in sorted(ASKED.glob("*.jsonl")):
        asked = read_suites([path])
        documents = sorted({one for case in asked for one in case.documents})
        texts = {one: (plans.FOLDER / f"{one}.md").read_text(encoding="utf-8") for one in documents}
        made = index_of(texts, folder / f"asked-{path.stem}", suffix=".md")
        yield Shelf(source="asked", author=path.stem, cases=asked, index=made, judge=judges["asked"])
    dev = read_suites([Path(__file__).with_name("suites") / "dev.jsonl"])
    half = [dev[at::_PROCESSES] for at in range(_PROCESSES)]
    for number, part in enumerate(half):
        yield Shelf(source="dev", author=f"dev-{number}", cases=part, index=index, judge=judges["dev"])


def fit(found: Sequence[Given]) -> tuple[Network, float]:
    """The network over the signs of what was given, and what the logit of the choice counts beside it."""
    answered = [one for one in found if one.signs]
    names = sorted({name for one in answered for name in one.signs})
    rows = np.array([[one.signs[name] for name in names] for one in answered], dtype=np.float32)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(_LEAST_SPREAD)
    scaled = torch.tensor(np.clip((rows - mean) / spread, -FARTHEST, FARTHEST), dtype=torch.float32)
    right = torch.tensor([float(one.right) for one in answered])
    weights = torch.tensor([_WEIGHTS[one.source] for one in answered])
    networks = [_fit_one(scaled, right, weights, seed) for seed in range(NETWORKS)]
    arrays = {
        "mean": mean,
        "spread": spread,
        "hidden.weight": np.concatenate([one["1.weight"] for one in networks]),
        "hidden.bias": np.concatenate([one["1.bias"] for one in networks]),
        "out.weight": np.concatenate([one["3.weight"][0] for one in networks]) / NETWORKS,
        "out.bias": np.asarray(np.mean([one["3.bias"][0] for one in networks])),
    }
    network = Network(tuple(names), {name: np.ascontiguousarray(one, dtype=np.float32) for name, one in arrays.items()})
    return network, _TRUSTED


def _fit_one(rows: torch.Tensor, right: torch.Tensor, weights: torch.Tensor, seed: int) -> dict[str, Floats]:
    torch.manual_seed(seed)
    network = torch.nn.Sequential(
        torch.nn.Dropout(_DROPPED), torch.nn.Linear(rows.shape[1], HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    network.train()
    for _ in range(STEPS):
        some = torch.randint(0, len(rows), (BATCH,))
        losses = torch.nn.functional.binary_cross_entropy_with_logits(
            network(rows[some])[:, 0], right[some], reduction="none"
        )
        loss = (losses * weights[some]).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def logits(model: tuple[Network, float], found: Sequence[Given]) -> Floats:
    """(n,) float32: how probably each is right, as a logit; that of a refusal is the least there is."""
    network, trusted = model
    return np.array(
        [network.of_one(one.signs) + trusted * one.signs[TRUST] if one.signs else -np.inf for one in found], np.float32
    )


def by_others(found: Sequence[Given]) -> Floats:
    """(n,) float32: the logits of networks that were not fitted on the author, or the half of dev, of the question."""
    kept = np.full(len(found), -np.inf, dtype=np.float32)
    for author in sorted({one.author for one in found if one.source in ("asked", "dev")}):
        model = fit([one for one in found if one.author != author])
        own = [at for at, one in enumerate(found) if one.author == author]
        kept[own] = logits(model, [found[at] for at in own])
    return kept


def calibrated(found: Sequence[Given], sure: Floats) -> tuple[float, float]:
    """The factor and the shift that make probabilities of logits, fitted on what was given."""
    known = [at for at, one in enumerate(found) if np.isfinite(sure[at])]
    values = torch.tensor(sure[known], dtype=torch.float64)
    right = torch.tensor([float(found[at].right) for at in known], dtype=torch.float64)
    both = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([both], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(both[0] * values + both[1], right)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    factor, shift = both.detach().tolist()
    return factor, shift


def told(found: Sequence[Given], sure: Floats, least: float) -> str:
    """What is right, refused and the CRAG score where what is less sure than ``least`` is refused."""
    answerable = [at for at, one in enumerate(found) if one.answerable]
    nothing = [at for at, one in enumerate(found) if not one.answerable]
    right = sum(found[at].right and sure[at] >= least for at in answerable)
    refused = sum(not sure[at] >= least for at in nothing)
    wrong = sum(not found[at].right and sure[at] >= least for at in range(len(found)))
    wrongly = sum(not sure[at] >= least for at in answerable)
    return (
        f"right {right / len(answerable):.3f}, refused wrongly {wrongly / len(answerable):.3f}, "
        f"refused {refused / len(nothing):.3f}, crag {(right + refused - wrong) / len(found):.3f}"
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path(".planqa"), help="index of the five plans")
    parser.add_argument("--judge", action="append", default=[], metavar="SOURCE=FOLDER", help="alike, plans or asked")
    parser.add_argument("--enough", type=float, default=0.38, help="the least probability of what is given")
    parser.add_argument("--out", type=Path, required=True, help="the reader's folder")
    asked = parser.parse_args()
    judges = dict.fromkeys(_WEIGHTS, SHIPPED_JUDGE) | {
        source: Path(folder) for source, folder in (one.split("=", 1) for one in asked.judge)
    }
    with TemporaryDirectory() as folder, ProcessPoolExecutor(_PROCESSES) as pool:
        all_shelves = list(shelves(Path(folder), asked.index, judges))
        found = [one for own in pool.map(given, all_shelves) for one in own]
    sure = by_others(found)
    known = [at for at, one in enumerate(found) if one.source in ("asked", "dev")]
    factor, shift = calibrated([found[at] for at in known], sure[known])
    for source in ("asked", "dev"):
        own = [at for at in known if found[at].source == source]
        some, of_them = [found[at] for at in own], factor * sure[own] + shift
        for least in (0.0, 0.4, 0.5, 0.55, 0.6, 0.65):
            bound = -1e9 if not least else float(np.log(least / (1 - least)))
            print(f"{source}, from {least}: {told(some, np.asarray(of_them, np.float32), bound)}")
    network, trusted = fit(found)
    weights = dict(network.weights)
    weights["out.weight"] = np.asarray(weights["out.weight"] * factor, dtype=np.float32)
    weights["out.bias"] = np.asarray(weights["out.bias"] * factor + shift, dtype=np.float32)
    scaled = Network(network.signs, weights)
    reader: ReaderModel = replace(load_reader(), given=scaled, trusted=trusted * factor, enough=asked.enough)
    reader.save(asked.out)
    print("written:", asked.out)


if __name__ == "__main__":
    main()
