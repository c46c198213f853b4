"""The whole evaluation: suites, perturbations, noisy documents and baselines to one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.baselines import BASELINES
from evals.cases import own_suites, read_suites
from evals.compare import compare
from evals.gates import failed_gates, read_gates
from evals.perturb import NOISE, noisy_case, perturb, write_noisy_corpus
from evals.run import Progress, finish, run
from evals.selection import Selection
from evals.types import Case, Outcome, Report, Run, System

Opener = Callable[[Path], System]
"""Reads every document of a folder into a new system: needed where the documents themselves are changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is evaluated. ``perturbations`` and ``baselines`` are names; ``suites`` () are the project's own."""

    suites: tuple[Path, ...] = ()
    selection: Selection = field(default_factory=Selection)
    perturbations: tuple[str, ...] = ()
    baselines: tuple[str, ...] = ()
    retrieval_only: bool = False
    gates: Path | None = None


def evaluate(system: System, plan: Plan, *, reopen: Opener | None = None, progress: Progress | None = None) -> Report:
    """Run everything that the plan names. ``reopen`` is needed for perturbations of documents.

    Raises what ``read_suite`` raises, NothingToAsk, and BadGates.
    """
    gates = read_gates(plan.gates) if plan.gates is not None else read_gates()
    paths = plan.suites or own_suites()
    written = plan.selection.of(read_suites(paths))
    wording = tuple(name for name in plan.perturbations if name not in NOISE)
    cases = (*written, *perturb(written, wording, _places_of(system)))
    noise = tuple(name for name in plan.perturbations if name in NOISE)
    meter = _Meter(progress, len(cases) + len(noise) * len(written) + len(plan.baselines) * len(written))
    ours = run(system, cases, retrieval_only=plan.retrieval_only, progress=meter)
    if noise and reopen is not None:
        ours = _with_noise(ours, system, written, noise, reopen, plan.retrieval_only, meter)
    others = tuple(
        run(BASELINES[name](system), written, name=name, retrieval_only=plan.retrieval_only, progress=meter)
        for name in plan.baselines
    )
    filters = dict(plan.selection.described())
    if plan.perturbations:
        filters["perturbations"] = ", ".join(plan.perturbations)
    if plan.retrieval_only:
        filters["answers"] = "none, retrieval only"
    return Report(
        suites=tuple(path.name for path in paths),
        filters=filters,
        runs=(ours, *others),
        comparisons=tuple(compare(other, ours) for other in others),
        failed_gates=failed_gates(ours.rows, gates),
    )


def _with_noise(
    ours: Run,
    system: System,
    cases: Sequence[Case],
    names: Sequence[str],
    reopen: Opener,
    retrieval_only: bool,
    progress: Progress,
) -> Run:
    """The run with the cases asked again of noisy copies of the documents."""
    clean = {info.id: system.source(info.id) for info in system.documents()}
    found: list[Outcome] = list(ours.outcomes)
    times = dict(ours.times)
    for name in names:
        with TemporaryDirectory(prefix="planqa-noise-") as folder:
            noisy = write_noisy_corpus(clean, NOISE[name], Path(folder))
            changed = [noisy_case(case, noisy, name) for case in cases]
            part = run(reopen(Path(folder)), changed, retrieval_only=retrieval_only, progress=progress)
        found.extend(part.outcomes)
        times.update(part.times)
    return finish(ours.system, found, times)


def _places_of(system: System) -> tuple[str, ...]:
    """The places that the documents are of, as their headers write them."""
    return tuple(dict.fromkeys(info.header.place.value for info in system.documents() if info.header.place))


class _Meter:
    """One progress over the parts of an evaluation."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._before = 0

    def __call__(self, done: int, total: int, name: str) -> None:
        if self._progress is not None:
            self._progress(min(self._before + done, self._total), self._total, name)
        if done == total:
            self._before += total
