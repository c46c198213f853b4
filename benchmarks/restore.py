"""How long marks take to be put back into a question, beside pyvi's restorer on the same questions.

Usage: python benchmarks/restore.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from machine import machine, spread
from pyvi import ViUtils

from evals.cases import read_suite
from ingest.normalise import strip_marks
from retrieval.restore import Restorer

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS, ROUNDS = 60, 5


def milliseconds(restore: Callable[[str], str], questions: list[str]) -> list[float]:
    """Milliseconds of processor time a question, one value a round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for question in questions:
            restore(question)
        times.append(1_000 * (time.process_time() - started) / len(questions))
    return times


def main() -> None:
    """Print machine, both times and their ratio."""
    cases = [case for case in read_suite(ROOT / "evals" / "suites" / "dev.jsonl") if case.language == "vi"]
    questions = [strip_marks(case.question) for case in cases[:QUESTIONS]]
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("2*.md"))]
    ours = milliseconds(Restorer.learn(texts).restore, questions)
    theirs = milliseconds(lambda text: str(ViUtils.add_accents(text)), questions)
    print(machine())
    print(f"planqa {spread(ours)}, pyvi {spread(theirs)} a question: {min(ours) / min(theirs):.1f} times its time")


if __name__ == "__main__":
    main()
