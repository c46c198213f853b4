"""Registers against rows that were labelled by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evals.errors import BadSuite
from ingest.normalise import fold
from ingest.reading import reading
from ingest.types import Span
from retrieval.registers.types import KINDS, Filter, Kind, Row

LABELS = Path(__file__).parent / "registers"
# Words that names of bodies share.
_GENERAL = frozenset("cac va co lien quan tinh huyen thanh pho de nghi".split())
_SHARED = 0.7


class Registered(Protocol):
    """What is measured: the engine."""

    def register(self, kind: Kind, wanted: Filter) -> tuple[Row, ...]:
        """The rows of a register."""

    def source(self, document_id: str) -> str:
        """The text that offsets count in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A labelled row: where it stands, and its cells by column as the reader wrote them."""

    kind: Kind
    document: str
    span: Span
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How a register agrees with the labels: rows labelled and found, rows given and right, roles right of those found.

    ``found_again`` is the share of cells whose text stands at their place in the source.
    """

    kind: Kind
    labelled: int
    found: int
    given: int
    right: int
    roles: int
    found_again: float

    @property
    def recall(self) -> float:
        """The share of labelled rows that the register has."""
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """The share of the register's rows that are labelled."""
        return self.right / self.given if self.given else 1.0


def read_labels(folder: Path, system: Registered) -> tuple[Label, ...]:
    """The labels of a folder, a file a document. Raises BadSuite where a quote is not in its document."""
    found: list[Label] = []
    for path in sorted(folder.glob("*.jsonl")):
        text = system.source(path.stem)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            at = text.find(row["quote"])
            if at < 0:
                raise BadSuite(path=str(path), line=number, reason="its quote is not in the document")
            span = Span(at, at + len(row["quote"]))
            found.append(Label(kind=row["kind"], document=path.stem, span=span, cells=row["cells"]))
    return tuple(found)


def measure(system: Registered, folder: Path = LABELS) -> tuple[Agreement, ...]:
    """The agreement of every register with the labels of a folder. Raises BadSuite and UnknownDocument."""
    labels = read_labels(folder, system)
    documents = tuple(dict.fromkeys(label.document for label in labels))
    texts = {document: system.source(document) for document in documents}
    return tuple(
        _agreement(
            kind,
            [label for label in labels if label.kind == kind],
            system.register(kind, Filter(documents=documents)),
            texts,
        )
        for kind in KINDS
    )


def _agreement(kind: Kind, labels: Sequence[Label], rows: Sequence[Row], texts: Mapping[str, str]) -> Agreement:
    found = roles = 0
    taken: set[int] = set()
    right: set[int] = set()
    for label in labels:
        fitting = [at for at, row in enumerate(rows) if _fits(label, row)]
        right.update(fitting)
        free = [at for at in fitting if at not in taken]
        if free:
            best = max(free, key=lambda at: _same_role(label, rows[at]))
            taken.add(best)
            found += 1
            roles += _same_role(label, rows[best])
    cells = [(row.document, cell) for row in rows for cell in row.cells]
    again = sum(_stands(texts[document], cell.span, cell.text) for document, cell in cells)
    return Agreement(
        kind=kind,
        labelled=len(labels),
        found=found,
        given=len(rows),
        right=len(right),
        roles=roles,
        found_again=again / len(cells) if cells else 1.0,
    )


def _stands(text: str, span: Span, written: str) -> bool:
    return " ".join(reading(text, span).text.split()) == " ".join(written.split())


def _same_role(label: Label, row: Row) -> bool:
    return label.kind != "responsibilities" or (row.value("role") or "thực hiện") == label.cells.get("role")


def _fits(label: Label, row: Row) -> bool:
    if row.document != label.document or not (row.span.start < label.span.end and label.span.start < row.span.end):
        return False
    cells = label.cells
    if label.kind == "responsibilities":
        wanted = _words(cells.get("unit", ""))
        unit = row.get("unit")
        has = _words(f"{unit.value} {unit.text}") if unit is not None else set()
        return bool(wanted) and len(wanted & has) >= _SHARED * len(wanted)
    if label.kind == "budgets":
        return str(cells.get("dong")) == row.value("amount")
    if label.kind == "targets":
        number = row.get("number")
        return number is not None and _digits(str(cells["number"])) == _digits(number.text)
    if label.kind == "deadlines":
        return str(cells["date"]) == row.value("date")
    return str(cells.get("number", "")).replace(" ", "").lower() == row.value("number").lower()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text))) - _GENERAL


def _digits(text: str) -> str:
    return re.sub(r"[^\d,/-]", "", text).lstrip("0")


def as_text(found: Sequence[Agreement]) -> str:
    """A table for a terminal."""
    lines = [f"{'register':<18}{'labelled':>9}{'recall':>9}{'rows':>7}{'precision':>11}{'role':>7}{'re-found':>10}"]
    lines.extend(
        f"{one.kind:<18}{one.labelled:>9}{one.recall:>9.3f}{one.given:>7}{one.precision:>11.3f}"
        f"{one.roles / one.found if one.found else 1:>7.3f}{one.found_again:>10.3f}"
        for one in found
    )
    return "\n".join(lines)


def as_object(found: Sequence[Agreement]) -> dict[str, object]:
    """The same as plain values, by register."""
    return {
        one.kind: {
            "labelled": one.labelled,
            "recall": round(one.recall, 4),
            "rows": one.given,
            "precision": round(one.precision, 4),
            "role": round(one.roles / one.found, 4) if one.found else 1.0,
            "found_again": round(one.found_again, 4),
        }
        for one in found
    }
