"""Rewrite the reviewed outlines of the five plans: python tests/golden/rewrite.py; then read the diff."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

if __name__ == "__main__":
    from tests.ingest.test_structure import outline

    for path in sorted((ROOT / "corpus").glob("2*.md")):
        (Path(__file__).parent / f"{path.stem}.txt").write_text(
            outline(path.read_text(encoding="utf-8")) + "\n", encoding="utf-8"
        )
