"""Which cases of the suites are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.errors import NothingToAsk
from evals.types import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run is restricted to; () and None restrict nothing. ``limit`` counts cases before perturbation."""

    kinds: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    limit: int | None = None

    def of(self, cases: Sequence[Case]) -> tuple[Case, ...]:
        """The cases that are asked, in their order. Raises NothingToAsk where none is left.

        A limit takes every n-th case, so that a short run still meets every kind and document.
        """
        left = [
            case
            for case in cases
            if (not self.kinds or case.kind in self.kinds)
            and (not self.splits or case.split in self.splits)
            and (not self.languages or case.language in self.languages)
            and (not self.documents or not set(self.documents).isdisjoint(case.documents))
        ]
        if self.limit is not None and self.limit < len(left):
            left = [left[number * len(left) // self.limit] for number in range(self.limit)]
        if not left:
            raise NothingToAsk(filters=", ".join(f"{name} {value}" for name, value in self.described().items()))
        return tuple(left)

    def described(self) -> Mapping[str, str]:
        """The restrictions in words, for the report."""
        said = {
            "kind": ", ".join(self.kinds),
            "split": ", ".join(self.splits),
            "language": ", ".join(self.languages),
            "document": ", ".join(self.documents),
            "limit": "" if self.limit is None else str(self.limit),
        }
        return {name: value for name, value in said.items() if value}
