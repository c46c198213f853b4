"""How long an answer takes after start, and how much memory, beside plain BM25 over the same texts.

The peer does less: it ranks windows of 1,000 characters by BM25 over words between blanks, answers nothing.
Its time is the floor; the ratio says what understanding the question and citing exactly cost on top.

Usage: python benchmarks/answer.py [--index DIR] [--suite FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from machine import machine, peak_mib, percentile, spread

from retrieval.types import Question

ROOT = Path(__file__).resolve().parent.parent
WARM_UP = 5
REPEATS = 3
WINDOW, STEP = 1_000, 800


def read_questions(suite: Path) -> list[Question]:
    """The questions of a suite, with what was asked before."""
    cases = [json.loads(line) for line in suite.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Question(text=case["question"], history=tuple(case.get("history") or ())) for case in cases]


def times(answer: Callable[[Question], object], questions: Sequence[Question]) -> list[float]:
    """Milliseconds of each question, the median of the repeats, in an order of no pattern."""
    for question in questions[:WARM_UP]:
        answer(question)
    taken: dict[int, list[float]] = {}
    order = list(range(len(questions))) * REPEATS
    random.Random(20).shuffle(order)
    for at in order:
        start = time.perf_counter()
        answer(questions[at])
        taken.setdefault(at, []).append((time.perf_counter() - start) * 1000)
    return [sorted(repeats)[len(repeats) // 2] for repeats in taken.values()]


def plain_bm25(corpus: Path) -> Callable[[Question], object]:
    """BM25 over windows of the corpus, words between blanks."""
    import bm25s

    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.md")) if path.name != "README.md"]
    windows = [text[at : at + WINDOW] for text in texts for at in range(0, len(text), STEP)]
    ranker = bm25s.BM25()
    ranker.index([window.lower().split() for window in windows], show_progress=False)
    return lambda question: ranker.retrieve([question.text.lower().split()], k=4, show_progress=False)


def run() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--index", type=Path, help="an index of the corpus; made for this run where it is missing")
    parser.add_argument("--suite", type=Path, default=ROOT / "evals" / "suites" / "test.jsonl")
    options = parser.parse_args()

    from ui.commands.opening import open_engine, prepare

    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(corpus=options.corpus, index=options.index or Path(folder) / "index")
        open_engine(settings)
        start = time.perf_counter()
        engine = open_engine(settings)
        opened = time.perf_counter() - start
        questions = read_questions(options.suite)
        ours = times(engine.ask, questions)
        memory = peak_mib()
        peer = times(plain_bm25(options.corpus), questions)

    print(machine())
    print(f"{len(questions)} questions, {REPEATS} times each; opening the index {opened * 1000:.0f} ms")
    print(f"planqa      {spread(ours)}, memory peak {memory:.0f} MiB")
    print(f"plain BM25  {spread(peer)}")
    print(
        f"ratio       p50 {percentile(ours, 0.5) / percentile(peer, 0.5):.1f}, "
        f"p95 {percentile(ours, 0.95) / percentile(peer, 0.95):.1f}"
    )
    median, slow = percentile(ours, 0.5), percentile(ours, 0.95)
    print(f"bars        p50 under 100 ms: {median < 100}, p95 under 300 ms: {slow < 300}")


if __name__ == "__main__":
    run()
