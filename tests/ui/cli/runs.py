"""What the tests of the command line share: a run's result, and files of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def refused(self, *words: str) -> bool:
        """Whether it ended with status 2, nothing but one line on standard error, and these words in it."""
        one_line = self.err.startswith("planqa: ") and self.err.endswith("\n") and self.err.count("\n") == 1
        return self.status == 2 and self.out == "" and one_line and all(word in self.err for word in words)


Run = Callable[..., Result]


def write_lines(path: Path, *records: dict[str, Any] | bytes) -> Path:
    """A batch file: objects as JSON, bytes as they are."""
    lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
