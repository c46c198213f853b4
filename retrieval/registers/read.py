"""The registers of one document."""

from __future__ import annotations

from retrieval.answer.library import Book
from retrieval.registers.budgets import read_budgets
from retrieval.registers.deadlines import read_deadlines
from retrieval.registers.references import read_references
from retrieval.registers.responsibilities import read_responsibilities
from retrieval.registers.targets import read_targets
from retrieval.registers.types import Row


def read_registers(book: Book) -> tuple[Row, ...]:
    """All rows of all registers, each register in the order of the document."""
    return (
        *read_responsibilities(book),
        *read_budgets(book),
        *read_targets(book),
        *read_deadlines(book),
        *read_references(book),
    )
