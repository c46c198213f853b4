"""What others would build from the same files, behind the same interface: every run can put them beside the system.

They are made from a system and see its source texts and the titles of its documents, nothing of its structure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evals.types import System


def _windows(system: System) -> System:
    from evals.baselines.windows import WindowBaseline  # bm25s only where it is run

    return WindowBaseline(system)


def _recipe(system: System) -> System:
    from evals.baselines.recipe import RecipeBaseline  # LangChain and FAISS only where they are run

    return RecipeBaseline(system)


BASELINES: Mapping[str, Callable[[System], System]] = {"bm25-windows": _windows, "langchain-recipe": _recipe}
"""How each baseline is made, by the ``answerer`` that its answers name."""
