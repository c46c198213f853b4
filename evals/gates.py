"""Gates: what the rows of a run must reach."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from evals.errors import BadGates
from evals.table import COLUMNS
from evals.types import Row

GATES = Path(__file__).with_name("gates.toml")
# A measure of which less is better has its gate from above.
_AT_MOST = frozenset({"refused wrongly", "calibration error", "risk area"})


def read_gates(path: Path = GATES) -> dict[str, dict[str, float]]:
    """The gates of a file: bounds by measure, by row ("all", "kind: budget", "split: test"). Raises BadGates."""
    try:
        gates = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadGates(path=str(path), reason=getattr(error, "strerror", None) or str(error)) from error
    for name, bounds in gates.items():
        if not isinstance(bounds, dict):
            raise BadGates(path=str(path), reason=f"{name} is no table of measures")
        for measure, bound in bounds.items():
            if measure not in COLUMNS or isinstance(bound, bool) or not isinstance(bound, int | float):
                raise BadGates(path=str(path), reason=f"{measure} = {bound!r} is no measure with a number")
    return gates


def failed_gates(rows: Sequence[Row], gates: dict[str, dict[str, float]]) -> tuple[str, ...]:
    """One sentence for each gate that is not reached. A row or a measure that was not run fails nothing."""
    failed = []
    for row in rows:
        name = row.name if row.group == "all" else f"{row.group}: {row.name}"
        for measure, bound in gates.get(name, {}).items():
            value = row.values.get(measure)
            if value is None:
                continue
            if measure in _AT_MOST and value > bound:
                failed.append(f"{name}: {measure} is {value:.3f}, and must be at most {bound}")
            elif measure not in _AT_MOST and value < bound:
                failed.append(f"{name}: {measure} is {value:.3f}, and must be at least {bound}")
    return tuple(failed)
