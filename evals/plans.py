"""Questions on made-up plans with many tables, for training the judge: other plans have ten where the corpus has one.

``evals/training/plans`` holds plans, decisions and reports of invented content, written for this by language models as
Nghị định 30/2020/NĐ-CP lays them out, and ``plans.jsonl`` questions on 72 of them, one a line: the document, the
question, and the sentences or rows that answer (none where nothing does). ``plans-alike.jsonl`` holds groups of
questions that look alike and are about the same words, most of which nothing answers: what is about a thing does not
yet say what is asked of it. No fact in them is true, and none is ever shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from evals.sentences import KIND
from evals.types import Case, Evidence

FOLDER = Path(__file__).with_name("training") / "plans"
QUESTIONS = FOLDER.with_suffix(".jsonl")
ALIKE = FOLDER.with_name("plans-alike.jsonl")
_SHELF = 4  # documents that are asked together: one author's


def shelves(questions: Path = QUESTIONS, folder: Path = FOLDER) -> Iterator[tuple[dict[str, str], list[Case]]]:
    """The Markdown of the plans of each shelf by document id, and the questions on them. Raises OSError."""
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    asked = [(document, list(own)) for document, own in groupby(rows, key=lambda row: str(row["document"]))]
    for start in range(0, len(asked), _SHELF):
        shelf = asked[start : start + _SHELF]
        yield (
            {document: (folder / f"{document}.md").read_text(encoding="utf-8") for document, _ in shelf},
            [_case(document, at, row) for document, own in shelf for at, row in enumerate(own)],
        )


def _case(document: str, at: int, row: dict[str, list[str]]) -> Case:
    quotes = row["quotes"]
    return Case(
        id=f"{document}-{at}",
        question=str(row["question"]),
        kind=KIND,
        answerable=bool(quotes),
        documents=(document,) if quotes else (),
        evidence=tuple(Evidence(document=document, quote=quote) for quote in quotes),
    )
