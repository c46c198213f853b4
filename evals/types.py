"""What flows through an evaluation: cases, what a system did with each, tables and curves, a report.

Suites hold cases. A run asks a system every case and keeps an outcome for each. A report holds the runs of one or more
systems over the same cases. Outcomes and reports are plain values, so that a report read from disk is the same object
as one just made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol

from pydantic import ConfigDict

from retrieval.types import Answer, DocumentInfo, Hit, Question

Expectation = Literal["same", "changed"]
"""What a changed wording does to the expected answer: nothing, or it must change or stop the answer."""


class System(Protocol):
    """What is evaluated: ours, and the baselines. The same question gets the same answer and the same hits."""

    def ask(self, question: Question) -> Answer:
        """Answer or refuse."""

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first."""

    def source(self, document_id: str) -> str:
        """The text that offsets count in. Raises UnknownDocument."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An exact quote that decides a case.

    ``heading`` is a line above it that names what the quote is about; ``also`` are other quotes of the document that
    prove the same fact equally well.
    """

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    document: str
    quote: str
    heading: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question of a suite. ``required`` holds facts, each by its accepted spellings.

    ``suite`` is the file that it stands in. ``perturbation`` names how its wording was changed by code, "" for a case
    as its author wrote it; ``id`` then ends in "~" and that name.
    """

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    id: str
    question: str
    kind: str
    answerable: bool
    language: str = "vi"
    style: str = "plain"
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    restrict: tuple[str, ...] = ()
    reference: str = ""
    required: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    split: str = ""
    suite: str = ""
    perturbation: str = ""
    expect: Expectation = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation of an answer, and whether it touches the evidence."""

    number: int
    document: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None
    relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A passage found. ``relevant`` counts the quotes of the evidence that it shows, ``text`` is its beginning."""

    rank: int
    document: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    relevant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a system answered, and how good it was.

    ``right`` is of an answer, or of a refusal where nothing answers. Citation measures are shares (0..1).
    """

    text: str
    abstained: bool
    confidence: float
    citations: tuple[Cited, ...]
    right: bool
    missing: tuple[str, ...]
    found_forbidden: tuple[str, ...]
    too_long: bool
    verbatim: float
    citation_recall: float
    citation_precision: float

    @property
    def crag(self) -> int:
        """+1 right, 0 refused though answerable, -1 wrong. Source: Yang et al., CRAG, NeurIPS 2024."""
        if self.right:
            return 1
        return 0 if self.abstained else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one case went. ``given`` is None in a run of retrieval alone.

    ``retrieval`` holds recall@k, MRR and nDCG by name, empty where nothing answers. ``retrieved`` are the first
    passages where the answer was not right or the evidence is not among them, () otherwise.
    """

    case: Case
    given: Given | None
    retrieved: tuple[Retrieved, ...]
    retrieval: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: a group of cases and its means, each with its 95 % interval."""

    group: str
    name: str
    cases: int
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a curve. ``count`` is how many cases it stands for."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One system over all cases.

    ``risk_coverage``: share of questions answered (x) against the share of these that are wrong (y), surest first.
    ``reliability``: mean confidence (x) against the share that was right (y), by bins. ``times`` are the milliseconds
    that each case took, by id: all that differs between two equal runs, so it is written to a file of its own.
    """

    system: str
    outcomes: tuple[Outcome, ...]
    rows: tuple[Row, ...]
    risk_coverage: tuple[Point, ...]
    reliability: tuple[Point, ...]
    times: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two systems question by question. ``p_value`` is McNemar's exact test on the two counts; ``cases`` are shared."""

    first: str
    second: str
    cases: int
    only_first_right: tuple[str, ...]
    only_second_right: tuple[str, ...]
    p_value: float
    differences: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of an evaluation. The first run is the system itself, the others are baselines.

    ``failed_gates`` are sentences; empty where the evaluation passes.
    """

    suites: tuple[str, ...]
    filters: Mapping[str, str]
    runs: tuple[Run, ...]
    comparisons: tuple[Comparison, ...]
    failed_gates: tuple[str, ...]
    version: int = 1

    @property
    def passed(self) -> bool:
        """Whether every gate holds."""
        return not self.failed_gates
