"""What the browser interface needs of an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ingest.types import Section
from retrieval.registers.types import Filter, Finding, Kind, Row
from retrieval.types import Answer, DocumentInfo, Hit, Passage, Question

EVALUATION = Path(".planqa/eval")
"""The folder of draft questions and of the runs of the evaluators' page, unless the settings say otherwise."""
DRAFTS_FILE = "drafts.jsonl"
"""The file of draft questions in that folder."""
RUNS_FOLDER = "runs"
"""The folder of kept runs in it."""

QUESTION_LIMIT = 2_000
"""The longest question, in characters. A page of an administrative document has about 2,500."""


class Engine(Protocol):
    """Answers questions over an index. Every method may be called from several threads at once."""

    def ask(self, question: Question) -> Answer:
        """The answer to ``question``. Raises PlanqaError."""
        ...

    def documents(self) -> tuple[DocumentInfo, ...]:
        """The documents of the index, in a stable order."""
        ...

    def source(self, document_id: str) -> str:
        """The source text that citations point into. Raises UnknownDocument."""
        ...

    def outline(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order. Raises UnknownDocument."""
        ...

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The ``k`` best passages, best first. Raises PlanqaError."""
        ...

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document, in order. Raises UnknownDocument."""
        ...

    def register(self, kind: Kind, wanted: Filter = ...) -> tuple[Row, ...]:
        """The rows of a register that a filter wants, by document and place. Raises UnknownDocument."""
        ...

    def findings(self) -> tuple[Finding, ...]:
        """What does not agree in the documents, or is not said."""
        ...
