"""Questions on single sentences of legal texts, for fitting: far more of them than of questions with facts to state.

``evals/training/sentences.tsv`` has one a line: the document's number, the places of the sentences that answer ("-" for
none), the question; no quote of the data. What is given for an answer is right where it quotes one of these sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals import laws
from evals.types import Case, Evidence
from ingest.types import Span

QUESTIONS = Path(__file__).with_name("training") / "sentences.tsv"
KIND = "sentence"
"""The kind of these cases, which require no facts."""
_SHELF = 3  # documents that are asked together


def shelves(data: Path) -> Iterator[tuple[dict[str, str], list[Case]]]:
    """The texts of each shelf by document id, and the questions on them. Raises OSError where the data is not there."""
    asked: dict[str, list[tuple[list[Span], str]]] = {}
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        number, places, question = line.split("\t")
        spans = [Span(*map(int, place.split(":"))) for place in places.split(",") if place != "-"]
        asked.setdefault(number, []).append((spans, question))
    texts = laws.texts_of(data, tuple(asked))
    numbers = list(asked)
    for start in range(0, len(numbers), _SHELF):
        shelf = {laws.id_of(number): texts[number] for number in numbers[start : start + _SHELF]}
        yield (
            shelf,
            [
                case(laws.id_of(number), texts[number], at, spans, question)
                for number in numbers[start : start + _SHELF]
                for at, (spans, question) in enumerate(asked[number])
            ],
        )


def case(document: str, text: str, at: int, spans: list[Span], question: str) -> Case:
    """One question as a case; ``at`` tells those of a document apart."""
    return Case(
        id=f"{document}-{at}",
        question=question,
        kind=KIND,
        answerable=bool(spans),
        documents=(document,) if spans else (),
        evidence=tuple(Evidence(document=document, quote=text[span.start : span.end]) for span in spans),
    )
