"""``planqa eval``: the question suites, two runs compared, the suites checked, the registers, or a
data set in BEIR's form.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.opening import build_index, open_engine, prepare
from ui.commands.options import CorpusOption, IndexOption, JsonOption
from ui.commands.progress import progress_bar
from ui.commands.result import show
from ui.commands.running import BadUse
from ui.wire import as_line

if TYPE_CHECKING:
    from evals.bench import Plan
    from evals.types import System
    from ui.settings import Settings

REPORTS = Path("reports")
BELOW_THE_GATE = 1
ALL = "all"

SuiteOption = Annotated[
    list[Path] | None,
    typer.Option("--suite", metavar="FILE", help="A suite; may be repeated (default: the project's own)."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Where the report goes (default: reports).")
]
BeirOption = Annotated[
    Path | None,
    typer.Option("--beir", metavar="DIR", help="Rank corpus.jsonl, queries.jsonl, qrels/test.tsv instead."),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND", help="Only questions of this kind; may be repeated.")
]
SplitOption = Annotated[
    list[str] | None, typer.Option("--split", metavar="SPLIT", help="Only the dev or the test part.")
]
LanguageOption = Annotated[
    list[str] | None, typer.Option("--language", metavar="LANGUAGE", help="Only questions in vi or en.")
]
DocumentOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Only questions about this document; may be repeated."),
]
LimitOption = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most N questions.")]
PerturbOption = Annotated[
    list[str] | None,
    typer.Option("--perturb", metavar="NAME", help="Also ask in changed wordings; may be repeated; all for every one."),
]
BaselineOption = Annotated[
    bool, typer.Option("--baselines", help="Also run the baselines and compare question by question.")
]
RetrievalOption = Annotated[
    bool, typer.Option("--retrieval-only", help="Search without answering; answers are not measured.")
]
GatesOption = Annotated[
    Path | None, typer.Option("--gates", metavar="FILE", help="What must be reached (default: the project's own).")
]
CompareOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="RUN_A RUN_B", help="Compare two reports (folders or report.json) instead."),
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Check the suites and the drafts against the documents instead.")
]

RegistersOption = Annotated[
    bool, typer.Option("--registers", help="Measure the registers against the rows labelled by hand instead.")
]


def evaluate(
    suite: SuiteOption = None,
    out: OutOption = None,
    kind: KindOption = None,
    split: SplitOption = None,
    language: LanguageOption = None,
    document: DocumentOption = None,
    limit: LimitOption = None,
    perturb: PerturbOption = None,
    baselines: BaselineOption = False,
    retrieval_only: RetrievalOption = False,
    gates: GatesOption = None,
    compare: CompareOption = None,
    check: CheckOption = False,
    beir: BeirOption = None,
    registers: RegistersOption = False,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Run the question suites, print the table, write the report; status 1 below a gate."""
    instead = [name for name, given in _runs_of_their_own(compare, check, beir, registers) if given]
    of_a_run = (out, kind, split, language, document, limit, perturb, baselines, retrieval_only, gates)
    if instead and (len(instead) > 1 or any(of_a_run) or (suite and not check)):
        raise BadUse(reason=f"{instead[0]} is a run of its own: it takes no option of another run")
    settings = prepare(corpus=corpus, index=index)
    if compare is not None:
        _compare(*compare, as_json=as_json)
    elif beir is not None:
        from evals.beir import run_beir

        show(as_line({"systems": run_beir(beir, model=settings.embedding_model)}))
    elif registers:
        from evals import registering

        found = registering.measure(open_engine(settings))
        show(as_line({"registers": registering.as_object(found)}) if as_json else registering.as_text(found))
    elif check:
        _check(settings, tuple(suite or ()))
    else:
        from evals.baselines import BASELINES
        from evals.bench import Plan
        from evals.selection import Selection

        selection = Selection(
            kinds=tuple(kind or ()),
            splits=tuple(split or ()),
            languages=tuple(language or ()),
            documents=tuple(document or ()),
            limit=limit,
        )
        plan = Plan(
            suites=tuple(suite or ()),
            selection=selection,
            perturbations=_perturbations(perturb or []),
            baselines=tuple(BASELINES) if baselines else (),
            retrieval_only=retrieval_only,
            gates=gates,
        )
        _run(settings, plan, out if out is not None else REPORTS, as_json=as_json)


def _runs_of_their_own(
    compare: tuple[Path, Path] | None, check: bool, beir: Path | None, registers: bool
) -> tuple[tuple[str, bool], ...]:
    return (
        ("--compare", compare is not None),
        ("--check", check),
        ("--beir", beir is not None),
        ("--registers", registers),
    )


def _perturbations(names: list[str]) -> tuple[str, ...]:
    """The names given, or every one for "all". Raises BadUse for a name that is none."""
    from evals.perturb import NOISE, PERTURBATIONS

    known = (*PERTURBATIONS, *NOISE)
    if unknown := [name for name in names if name not in known and name != ALL]:
        raise BadUse(reason=f"there is no perturbation {unknown[0]}; there are {', '.join(known)}, {ALL}")
    return known if ALL in names else tuple(dict.fromkeys(names))


def _run(settings: Settings, plan: Plan, out: Path, *, as_json: bool) -> None:
    from evals import table
    from evals.bench import evaluate as run_plan
    from evals.compare import as_text
    from evals.metrics.latency import latency
    from evals.report import write_report
    from evals.summary import summary

    engine = open_engine(settings)
    engine.prepare()
    with progress_bar("questions") as progress:
        report = run_plan(engine, plan, reopen=lambda folder: reopen(settings, folder), progress=progress)
    write_report(report, out)
    if as_json:
        show(as_line(summary(report)))
    else:
        lines = [table.as_text(report.runs[0].rows)]
        if len(report.runs) > 1:
            lines.append(table.as_text([replace(run.rows[0], group="system", name=run.system) for run in report.runs]))
        lines.extend(as_text(one) for one in report.comparisons)
        if speed := latency(list(report.runs[0].times.values())):
            lines.append(f"milliseconds: median {speed.p50:.1f}, 95 % under {speed.p95:.1f}")
        lines.extend(f"below the gate: {sentence}" for sentence in report.failed_gates)
        show("\n\n".join(lines))
    if not report.passed:
        raise typer.Exit(BELOW_THE_GATE)


def reopen(settings: Settings, folder: Path) -> System:
    """Another folder of documents as a system, with an index inside it: for documents with noise."""
    from retrieval.engine import Engine

    other = settings.model_copy(update={"corpus": folder, "index": folder / ".index"})
    build_index(other)
    return Engine.open(other.index, model=other.embedding_model)


def _compare(first: Path, second: Path, *, as_json: bool) -> None:
    from evals.compare import as_text, compare
    from evals.report import read_report
    from evals.summary import comparison_summary

    names = (str(first), str(second))
    found = compare(read_report(first).runs[0], read_report(second).runs[0], names=names)
    show(as_line(comparison_summary(found)) if as_json else as_text(found))


def _check(settings: Settings, suites: tuple[Path, ...]) -> None:
    from evals.cases import SUITES, own_suites, read_suites
    from evals.check import check, check_frozen
    from evals.drafts import open_points, read_drafts

    engine = open_engine(settings)
    texts = {info.id: engine.source(info.id) for info in engine.documents()}
    cases = read_suites(suites or own_suites())
    faults = check(cases, texts)
    if not suites:
        faults.extend(check_frozen(SUITES))
    lines = [f"{len(cases)} questions, {len(faults)} faults", *faults]
    for draft in read_drafts(settings.drafts):
        points = open_points(draft, texts)
        lines.append(f"{draft.id} ({draft.reason}): {'; '.join(points) or 'complete, it can go into a suite'}")
    show("\n".join(lines))
    if faults:
        raise typer.Exit(BELOW_THE_GATE)
