"""What flows through an evaluation: cases, what the system said to each, scores, a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.types import Span
from retrieval.types import Answer, DocumentInfo, Hit, Question


class System(Protocol):
    """What is evaluated. ``ask`` and ``search`` must give the same for the same question."""

    def ask(self, question: Question) -> Answer:
        """Answer or refuse."""

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first."""

    def source(self, document_id: str) -> str:
        """The text that offsets count in."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An exact quote that decides a case."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question of a suite. ``required`` holds facts, each by its accepted spellings."""

    id: str
    question: str
    language: str
    kind: str
    style: str
    history: tuple[str, ...]
    answerable: bool
    documents: tuple[str, ...]
    restrict: tuple[str, ...]
    reference: str
    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    note: str
    split: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one case went. ``right`` is of an answer, or of a refusal where nothing answers."""

    case: Case
    answer: Answer
    right: bool
    missing: tuple[str, ...]
    found_forbidden: tuple[str, ...]
    verbatim: bool
    citation_recall: float
    citation_precision: float
    evidence_at: Mapping[int, float]
    """The share of the evidence found among the top k passages, by k; empty where nothing answers."""

    @property
    def crag(self) -> int:
        """+1 right, 0 refused though answerable, -1 wrong. Source: Yang et al., CRAG, NeurIPS 2024."""
        if self.right:
            return 1
        return 0 if self.answer.abstained else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: a group of cases and its means, each with its 95 % interval."""

    group: str
    name: str
    cases: int
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of a run. ``failed_gates`` are sentences; empty where the run passes."""

    suites: tuple[str, ...]
    scores: Sequence[Score]
    rows: tuple[Row, ...]
    failed_gates: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every gate holds."""
        return not self.failed_gates

    def summary(self) -> dict[str, object]:
        """The table as JSON-able values."""
        return {
            "suites": list(self.suites),
            "passed": self.passed,
            "failed_gates": list(self.failed_gates),
            "rows": [
                {
                    "group": row.group,
                    "name": row.name,
                    "cases": row.cases,
                    **{name: round(value, 4) for name, value in row.values.items()},
                    "intervals": {name: [round(one, 4) for one in ends] for name, ends in row.intervals.items()},
                }
                for row in self.rows
            ],
        }

    def table(self) -> str:
        """The table as plain text, and the gates that failed."""
        names = ("right", "refused", "crag", "citation recall", "citation precision", "verbatim", "evidence@5")
        head = f"{'':34}{'n':>5}" + "".join(f"{name:>20}" for name in names)
        lines = [head]
        for row in self.rows:
            cells = "".join(f"{row.values[name]:>20.3f}" if name in row.values else f"{'':>20}" for name in names)
            lines.append(f"{f'{row.group}: {row.name}':34}{row.cases:>5}{cells}")
        lines.extend(f"below the gate: {sentence}" for sentence in self.failed_gates)
        return "\n".join(lines)


def span_of(quote: str, text: str) -> Span | None:
    """Where a quote first stands in a text."""
    at = text.find(quote)
    return Span(at, at + len(quote)) if at >= 0 else None
