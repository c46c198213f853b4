"""Fits the weights of the reader and of the choice between answers on the dev part of the suites and on legal texts.

    python -m evals.fitting --index .planqa --data ../shared/data --judged lists.jsonl.gz folds.npz --out FOLDER

First the reader: which sentences of all that are read are evidence (a listwise softmax loss, so that only the order
within a question counts), and what the judge counts beside it. Then the choice: how probably is an answer right? For
the second the readers of five folds score the sentences of questions that they were not fitted on, as they will those
of users, and so do the judges of the same folds: ``--judged`` names the lists of ``evals.judging`` and what
``retrieval.training.cross --folds`` made of them. Prints what both are worth on the folds left out. Seeds are fixed;
two cores need some 25 minutes for 15,500 questions, a fifth of which are answered whole.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray

from evals import laws, plans, sentences
from evals.cases import read_suites
from evals.check import places
from evals.metrics.answer import is_right
from evals.types import Case
from ingest.types import Span
from retrieval.answer.choose import ENOUGH
from retrieval.answer.draft import Draft
from retrieval.answer.library import Sentence
from retrieval.answer.reader import FARTHEST, Network, ReaderModel, judge_close, question_of
from retrieval.answer.sentence_signs import NAMES, Signs
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import Index, build
from retrieval.match import load_matcher
from retrieval.types import Question

FOLDS = 5
HIDDEN, NETWORKS = 16, 3
_DROPPED = 0.2
_INSIDE = 0.5  # of the shorter of sentence and evidence: the sentence is evidence
_LEAST_SPREAD = 1e-3
_NEVER = -1e4
_RATED = 12  # of the questions on single sentences one in so many is answered whole, which takes the time
_WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)  # of the judge
_PROCESSES = 2
_RULES_AT_HAND = "(bk|kg|bg|td-n|bd|x)-"  # ids of an engineer who had the rules at hand and asks as they do

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Questions and the index of their documents; ``fold`` is with what they are left out, None for each by itself."""

    cases: Sequence[Case]
    index: Path
    fold: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question with the signs of the sentences that were read, and (n,) whether each is evidence.

    ``asked`` is the question as the judge reads it, ``fold`` the part that it is left out with.
    """

    case: Case
    engine: int
    fold: int
    asked: str
    signs: Signs
    evidence: NDArray[np.bool_]


def blank() -> ReaderModel:
    """A reader that finds all sentences equal."""
    return ReaderModel(sentences=Network.blank(NAMES), answers=Network.blank(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A judge that says again what judges said of questions that they were not trained on, by question and text."""

    said: Mapping[str, Mapping[str, float]]

    @classmethod
    def read(cls, lists: Path, folds: Path) -> Recorded:
        """From the lists of ``evals.judging`` and the scores beside them, (lists, longest) float32."""
        said: dict[str, dict[str, float]] = {}
        with gzip.open(lists, "rt", encoding="utf-8") as lines, np.load(folds) as arrays:
            for line, scores in zip(lines, arrays["folds"], strict=True):
                row = json.loads(line)
                known = said.setdefault(row["question"], {})
                known.update(zip(row["texts"], map(float, scores), strict=False))
        return cls(said=said)

    def logits(self, question: str, texts: Sequence[str]) -> Floats:
        """(n,) float32; of a text that was not judged the least of the question."""
        known = self.said.get(question, {})
        least = min(known.values(), default=0.0)
        return np.array([known.get(text, least) for text in texts], dtype=np.float32)


def open_engine(index: Path, model: ReaderModel, judge: Recorded | None = None) -> Engine:
    """An index, answered with the weights of ``model``."""
    return Engine(Index.open(index), load_encoder(None), load_matcher(), model, judge)


def asked_by(case: Case) -> Question:
    """The question that a case asks."""
    return Question(text=case.question, history=case.history, documents=case.restrict)


def evidence_among(read: Sequence[Sentence], spans: Sequence[tuple[str, Span]]) -> NDArray[np.bool_]:
    """Which sentences share most of the shorter of both with one of the places, each a document and a span; (n,)."""
    found = np.zeros(len(read), dtype=np.bool_)
    for at, sentence in enumerate(read):
        for document, span in spans:
            common = min(sentence.span.end, span.end) - max(sentence.span.start, span.start)
            if document == sentence.document and common > 0:
                found[at] |= common >= _INSIDE * min(len(sentence.span), len(span))
    return found


def examples(part: Part, number: int = 0) -> list[Example]:
    """The sentences that are read for each question; ``number`` tells the indexes apart."""
    engine = open_engine(part.index, blank())
    texts = {one.id: engine.source(one.id) for one in engine.documents()}
    found = []
    for case in part.cases:
        asked, read = engine.answerer.reads(asked_by(case))
        signs = read.signs
        spans = [(one.document, span) for one in case.evidence for span in places(one, texts.get(one.document, ""))]
        evidence = evidence_among(signs.sentences, spans)
        # By its id, so that it never changes.
        fold = sum(map(ord, case.id[-4:])) % FOLDS if part.fold is None else part.fold
        said = question_of(asked)
        found.append(Example(case=case, engine=number, fold=fold, asked=said, signs=signs, evidence=evidence))
    return found


def fit_reader(found: Sequence[Example]) -> ReaderModel:
    """A reader fitted on the examples whose evidence was read.

    Not on the questions on single sentences, though they are many: with them it finds less in plans (.81 for .84 of the
    dev part) and no more in legal texts. What they teach is in the judge.
    """
    known = [one for one in found if one.evidence.any() and one.case.kind != sentences.KIND]
    rows = np.concatenate([one.signs.rows for one in known])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD
    most = max(len(one.evidence) for one in known)
    signs = torch.zeros(len(known), most, len(NAMES))
    evidence, read = torch.zeros(len(known), most), torch.zeros(len(known), most, dtype=torch.bool)
    for at, one in enumerate(known):
        count = len(one.evidence)
        signs[at, :count] = _scaled(one.signs.rows, mean, spread)
        evidence[at, :count], read[at, :count] = torch.tensor(one.evidence).float(), True

    def loss_of(network: torch.nn.Module, some: Sequence[int]) -> torch.Tensor:
        scores = network(signs[some])[:, :, 0].masked_fill(~read[some], _NEVER)
        log_shares, answers = torch.log_softmax(scores, 1), evidence[some]
        # Half for finding any sentence of the evidence, half for finding all.
        one_of = torch.logsumexp(log_shares.masked_fill(answers == 0, _NEVER), 1)
        return -(0.5 * one_of + 0.5 * (log_shares * answers).sum(1) / answers.sum(1)).mean()

    network = _fit(NAMES, mean, spread, len(known), loss_of, _OF_SENTENCES)
    return ReaderModel(sentences=network, answers=Network.blank(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    epochs: int
    batch: int
    rate: float
    decay: float


_OF_SENTENCES = _Recipe(epochs=30, batch=16, rate=5e-3, decay=1e-2)
_OF_ANSWERS = _Recipe(epochs=30, batch=64, rate=3e-3, decay=1e-1)
_Loss = Callable[[torch.nn.Module, Sequence[int]], torch.Tensor]


def _scaled(rows: Floats, mean: Floats, spread: Floats) -> torch.Tensor:
    return torch.tensor(np.clip((rows - mean) / spread, -FARTHEST, FARTHEST), dtype=torch.float32)


def _fit(signs: Sequence[str], mean: Floats, spread: Floats, size: int, loss_of: _Loss, recipe: _Recipe) -> Network:
    """The mean of several networks over these signs; ``loss_of`` is given one and numbers below ``size``.

    Of networks with one hidden layer it is again one, with the hidden units of all.
    """
    networks = [_fit_one(len(signs), size, loss_of, recipe, seed) for seed in range(NETWORKS)]
    weights = {
        "mean": mean,
        "spread": spread,
        "hidden.weight": np.concatenate([one["0.weight"] for one in networks]),
        "hidden.bias": np.concatenate([one["0.bias"] for one in networks]),
        "out.weight": np.concatenate([one["3.weight"][0] for one in networks]) / NETWORKS,
        "out.bias": np.asarray(np.mean([one["3.bias"][0] for one in networks])),
    }
    return Network(
        tuple(signs), {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()}
    )


def _fit_one(signs: int, size: int, loss_of: _Loss, recipe: _Recipe, seed: int) -> dict[str, Floats]:
    torch.manual_seed(seed)
    network = torch.nn.Sequential(
        torch.nn.Linear(signs, HIDDEN), torch.nn.Tanh(), torch.nn.Dropout(_DROPPED), torch.nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    network.train()
    for _ in range(recipe.epochs):
        order = torch.randperm(size).tolist()
        for start in range(0, size, recipe.batch):
            loss = loss_of(network, order[start : start + recipe.batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """An answer that could be given: its signs, whether it is right, how long it is."""

    example: Example
    signs: dict[str, float]
    right: bool
    letters: int


def rate(found: Sequence[Example], indexes: Sequence[Path], model: ReaderModel, judge: Recorded | None) -> list[Rated]:
    """All answers that could be given to the questions, read with a reader and a judge."""
    rated = []
    for number, index in enumerate(indexes):
        if not any(example.engine == number for example in found):
            continue
        engine = open_engine(index, model, judge)
        for example in found:
            if example.engine != number:
                continue
            question = asked_by(example.case)
            for one, signs in engine.answerer.candidates(question):
                text, _ = engine.answerer.write(one.draft, question)
                right = example.case.answerable and is_right(example.case, text, False) and _quotes(example, one.draft)
                rated.append(Rated(example=example, signs=signs, right=right, letters=len(text)))
    return rated


def _quotes(example: Example, draft: Draft) -> bool:
    """Whether a draft quotes most of a sentence that answers; of a case with facts to state, whether or not."""
    if example.case.kind != sentences.KIND:
        return True
    spans = [(quote.document, quote.span) for line in (*draft.lines, *draft.more) for quote in line.quotes]
    own = [one for one, answers in zip(example.signs.sentences, example.evidence, strict=True) if answers]
    return bool(evidence_among(own, spans).any())


def fit_choice(rated: Sequence[Rated]) -> Network:
    """How probably an answer is right, as a logit of its signs."""
    names = sorted({name for one in rated for name in one.signs})
    rows = np.array([[one.signs[name] for name in names] for one in rated], dtype=np.float32)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD
    scaled, right = _scaled(rows, mean, spread), torch.tensor([float(one.right) for one in rated])

    def loss_of(network: torch.nn.Module, some: Sequence[int]) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(network(scaled[some])[:, 0], right[some])

    return _fit(names, mean, spread, len(rated), loss_of, _OF_ANSWERS)


def report(found: Sequence[Example], rated: Sequence[Rated], sure: NDArray[np.float64]) -> None:
    """Print what the choice of ``sure`` (a probability for each rated answer) gives on these questions."""
    of: dict[str, list[int]] = {}
    for at, one in enumerate(rated):
        of.setdefault(one.example.case.id, []).append(at)
    for least in (0.4, ENOUGH, 0.6):
        right = wrong = refused = rightly = nothing = 0
        letters: list[int] = []
        for example in found:
            best = max(of.get(example.case.id, ()), key=lambda at: sure[at] - 5e-5 * rated[at].letters, default=None)
            given = best is not None and sure[best] >= least
            nothing += not example.case.answerable
            if best is None or not given:
                refused += example.case.answerable
                rightly += not example.case.answerable
            else:
                letters.append(rated[best].letters)
                right += rated[best].right
                wrong += not rated[best].right
        answerable = len(found) - nothing
        print(
            f"  from {least}: right {right / max(1, answerable):.3f}, refused wrongly {refused / max(1, answerable):.3f}, "
            f"refused {rightly / max(1, nothing):.3f}, crag {(right + rightly - wrong) / len(found):.3f}, "
            f"{np.mean(letters or [0]):.0f} letters"
        )


def judged_scores(one: Example, scores: Floats, judge: Recorded, weight: float) -> Floats:
    """The scores of a reader with what the judge says of the few that come close to the best, as ``Reader`` adds it."""
    judged = judge_close(judge, one.asked, one.signs.sentences, scores)
    return np.asarray(scores + np.float32(weight) * judged, dtype=np.float32)


def fit_judge(found: Sequence[Example], scored: Sequence[Floats], judge: Recorded) -> float:
    """What the judge counts: the weight with which most questions have evidence first and among three."""

    def worth(weight: float) -> float:
        known = [(one, scores) for one, scores in zip(found, scored, strict=True) if one.evidence.any()]
        ranked = [
            one.evidence[np.argsort(-judged_scores(one, scores, judge, weight), kind="stable")] for one, scores in known
        ]
        return float(np.mean([0.5 * row[0] + 0.5 * row[:3].any() for row in ranked]))

    return max(_WEIGHTS, key=worth)


def hits(found: Sequence[Example], scored: Sequence[Floats]) -> str:
    """How often the first and the first three sentences have evidence."""
    known = [(one, scores) for one, scores in zip(found, scored, strict=True) if one.evidence.any()]
    first = np.mean([one.evidence[np.argmax(scores)] for one, scores in known])
    three = np.mean([one.evidence[np.argsort(-scores, kind="stable")[:3]].any() for one, scores in known])
    return f"{len(known)} questions, evidence first {first:.3f}, among three {three:.3f}"


def _kept(cases: Iterable[Case], without: str) -> list[Case]:
    """Cases whose ids do not begin so: by default those of the engineer, who had the rules at hand and asks as they do."""
    return [case for case in cases if re.match(without, case.id) is None]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", type=Path, action="append", help="dev suite, with --index beside each")
    parser.add_argument("--index", type=Path, action="append", help="index of its documents")
    parser.add_argument("--data", type=Path, help="the training data: also fit on its legal texts")
    parser.add_argument(
        "--judged", nargs=2, type=Path, metavar=("LISTS", "FOLDS"), help="what the judges of the folds said"
    )
    parser.add_argument("--without", default=_RULES_AT_HAND, help="ids that are left out, a pattern")
    parser.add_argument("--held-out", nargs=2, type=Path, action="append", default=[], metavar=("SUITE", "INDEX"))
    parser.add_argument("--out", type=Path, help="model folder to write")
    given = parser.parse_args()
    suites = given.suite or [Path(__file__).with_name("suites") / "dev.jsonl"]
    indexes = given.index or [Path(".planqa")]
    torch.use_deterministic_algorithms(True)
    with TemporaryDirectory() as folder:
        parts = [
            Part(cases=_kept(read_suites([suite]), given.without), index=index)
            for suite, index in zip(suites, indexes, strict=True)
        ]
        if given.data is not None:
            parts.extend(_of_data(given.data, Path(folder)))
        judge = Recorded.read(*given.judged) if given.judged else None
        _fit_all(parts, judge, given.held_out, given.out)


def parts_of(index: Path, data: Path, folder: Path) -> list[Part]:
    """The dev part with its index, and the questions on legal texts with indexes that are made in ``folder``."""
    suite = Path(__file__).with_name("suites") / "dev.jsonl"
    return [Part(cases=_kept(read_suites([suite]), _RULES_AT_HAND), index=index), *_of_data(data, folder)]


def _of_data(data: Path, folder: Path) -> Iterator[Part]:
    """The questions on each shelf of legal texts, and the index of its texts, made in ``folder``."""
    for number, texts in enumerate(laws.shelves(data)):
        yield Part(cases=laws.cases(texts), index=index_of(texts, folder / f"laws-{number}"))
    for number, (texts, cases) in enumerate(sentences.shelves(data)):
        # One text has several questions on a sentence: they are left out together.
        yield Part(cases=cases, index=index_of(texts, folder / f"sentences-{number}"), fold=number % FOLDS)


def made_up(folder: Path, questions: Path = plans.QUESTIONS) -> Iterator[Part]:
    """The questions on made-up plans with tables, and the indexes of these, made in ``folder``; for the judge alone."""
    for number, (texts, cases) in enumerate(plans.shelves(questions)):
        index = index_of(texts, folder / f"plans-{number}", suffix=".md")
        yield Part(cases=cases, index=index, fold=number % FOLDS)


def index_of(texts: Mapping[str, str], folder: Path, *, suffix: str = ".txt") -> Path:
    """The index of texts by document id, made in a new folder."""
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir(parents=True)
    for name, text in texts.items():
        (corpus / f"{name}{suffix}").write_text(text, encoding="utf-8")
    build(corpus, index, load_encoder(None))
    return index


def _fit_all(
    parts: Sequence[Part],
    judge: Recorded | None,
    held_out: Sequence[tuple[Path, Path]],
    out: Path | None,
) -> None:
    indexes = [part.index for part in parts]
    found = [one for number, part in enumerate(parts) for one in examples(part, number)]
    readers = [fit_reader([one for one in found if one.fold != fold]) for fold in range(FOLDS)]
    scored = [readers[one.fold].scores(one.signs.rows) for one in found]
    print("reader, folds left out:", hits(found, scored), flush=True)
    weight = 0.0
    if judge is not None:
        weight = fit_judge(found, scored, judge)
        both = [judged_scores(one, scores, judge, weight) for one, scores in zip(found, scored, strict=True)]
        print(f"with the judge at {weight}:", hits(found, both), flush=True)
        readers = [replace(one, judge=weight) for one in readers]
    # Each fold opens all indexes anew: that is what takes the time, so folds stand beside each other.
    whole = [one for at, one in enumerate(found) if one.case.kind != sentences.KIND or at % _RATED == 0]
    of_fold = [[one for one in whole if one.fold == fold] for fold in range(FOLDS)]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        rated = [one for some in pool.map(rate, of_fold, repeat(indexes), readers, repeat(judge)) for one in some]
    sure = np.zeros(len(rated))
    for fold in range(FOLDS):
        answers = fit_choice([one for one in rated if one.example.fold != fold])
        model = ReaderModel(sentences=Network.blank(()), answers=answers)
        for at, one in enumerate(rated):
            if one.example.fold == fold:
                sure[at] = model.probability(one.signs)
    print("choice, folds left out:")
    report(whole, rated, sure)
    model = replace(fit_reader(found), answers=fit_choice(rated), judge=weight)
    for suite, index in held_out:
        other = examples(Part(cases=read_suites([suite]), index=index))
        print(f"held out, {suite.name}:", hits(other, [model.scores(one.signs.rows) for one in other]))
        others = rate(other, [index], model, None)
        report(other, others, np.array([model.probability(one.signs) for one in others]))
    if out is not None:
        model.save(out)
        print("written:", out)


if __name__ == "__main__":
    main()
