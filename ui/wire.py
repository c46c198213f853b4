"""Answers, hits, registers and errors as the JSON objects of the command line; the order of fields is part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ingest.errors import PlanqaError
from ingest.types import Span
from retrieval.registers.types import COLUMNS, Finding, Row
from retrieval.types import Answer, Citation, Hit

Id = str | int
JsonObject = dict[str, object]


def answer_object(answer: Answer, question_id: Id) -> JsonObject:
    """An answer as an object; offsets are code points of the document's source text."""
    return {
        "id": question_id,
        "question": answer.question,
        "language": answer.language,
        "answer": answer.text,
        "abstained": answer.abstained,
        "confidence": round(float(answer.confidence), 4),
        "citations": [_citation(citation) for citation in answer.citations],
        "answerer": answer.answerer,
        "elapsed_ms": round(float(answer.elapsed_ms), 1),
        "steps": list(answer.steps),
    }


def hits_object(hits: Sequence[Hit], question_id: Id) -> JsonObject:
    """The hits of one question, best first."""
    return {"id": question_id, "hits": [_hit(hit) for hit in hits]}


def error_object(error: PlanqaError, question_id: Id, line: int) -> JsonObject:
    """One bad line of a batch; ``line`` counts from 1."""
    return {"id": question_id, "error": str(error), "code": error.code, "line": line}


def as_line(record: Mapping[str, object]) -> str:
    r"""One JSON object on one line, letters as they are.

    >>> as_line({"id": "q1", "answer": "Dự án 8\n[1]"})
    '{"id": "q1", "answer": "Dự án 8\\n[1]"}'
    """
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _citation(citation: Citation) -> JsonObject:
    return {
        "number": citation.number,
        "document": citation.document,
        "title": citation.title,
        "section": list(citation.section),
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "page": citation.page,
    }


def _hit(hit: Hit) -> JsonObject:
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(float(hit.score), 6),
        "document": passage.document,
        "section": list(passage.path),
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "page": passage.page,
    }


def row_object(row: Row, source: str) -> JsonObject:
    """A row of a register; ``source`` is the source text of its document."""
    cells: dict[str, list[JsonObject]] = {column: [] for column in COLUMNS[row.kind]}
    for cell in row.cells:
        place = {"start": cell.span.start, "end": cell.span.end}
        cells.setdefault(cell.column, []).append({"text": cell.text, "value": cell.value, **place})
    return {
        "document": row.document,
        "kind": row.kind,
        "cells": cells,
        "citation": {"section": list(row.path), **_quote(row.span, source), "page": row.page},
    }


def finding_object(finding: Finding, sentence: str, source: str) -> JsonObject:
    """A finding, its sentence, and the places that show it; ``source`` is the source text of its document."""
    return {
        "document": finding.document,
        "kind": finding.kind,
        "sentence": sentence,
        "values": dict(finding.values),
        "citations": [_quote(span, source) for span in finding.spans],
    }


def _quote(span: Span, source: str) -> JsonObject:
    return {"quote": source[span.start : span.end], "start": span.start, "end": span.end}
