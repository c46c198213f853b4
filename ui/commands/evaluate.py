"""``planqa eval``: the question suites, or a data set in BEIR's form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.opening import open_engine, prepare
from ui.commands.options import CorpusOption, IndexOption, JsonOption
from ui.commands.progress import progress_bar
from ui.commands.result import show
from ui.commands.running import BadUse
from ui.wire import as_line

REPORTS = Path("reports")
BELOW_THE_GATE = 1


def evaluate(
    suite: Annotated[
        list[Path] | None,
        typer.Option("--suite", metavar="FILE", help="A suite; may be repeated (default: the project's own)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the report goes (default: reports).")
    ] = None,
    beir: Annotated[
        Path | None,
        typer.Option("--beir", metavar="DIR", help="Rank corpus.jsonl, queries.jsonl, qrels/test.tsv instead."),
    ] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Run the question suites, print the table, write the report; status 1 below the gate."""
    if beir is not None and (suite or out is not None):
        raise BadUse(reason="--beir is a run of its own: it takes no --suite and no --out")
    settings = prepare(corpus=corpus, index=index)
    if beir is not None:
        from evals.beir import run_beir

        show(as_line({"systems": run_beir(beir, model=settings.embedding_model)}))
        return

    from evals.report import write_report
    from evals.run import run_suites

    engine = open_engine(settings)
    with progress_bar("questions") as progress:
        report = run_suites(engine, suite or None, progress=progress)
    write_report(report, out if out is not None else REPORTS)
    show(as_line(report.summary()) if as_json else report.table())
    if not report.passed:
        raise typer.Exit(BELOW_THE_GATE)
