"""The registers of the five plans against the rows labelled by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.errors import BadSuite
from evals.registering import as_object, as_text, measure
from retrieval.engine import Engine

LEAST = {"responsibilities": 0.92, "budgets": 0.95, "targets": 0.95, "deadlines": 0.95, "references": 0.95}


def test_registers_agree_with_the_labels_and_every_cell_is_found_again(engine: Engine) -> None:
    found = measure(engine)
    assert {one.kind for one in found} == set(LEAST)
    for one in found:
        assert one.recall >= LEAST[one.kind], as_text(found)
        assert one.precision >= LEAST[one.kind], as_text(found)
        assert one.found_again == 1.0, as_text(found)
    assert set(as_object(found)) == set(LEAST)


def test_a_label_that_is_not_in_its_document_is_named(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "2023-bac-kan-kh-ubnd.jsonl").write_text(
        '{"kind": "budgets", "quote": "không có câu này", "cells": {"dong": 1}}\n', encoding="utf-8"
    )
    with pytest.raises(BadSuite, match="line 1"):
        measure(engine, tmp_path)
