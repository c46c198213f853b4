"""``planqa index``: bring the index up to date with the corpus."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from ui.commands.opening import build_index, prepare, report_failures
from ui.commands.options import CorpusOption, IndexOption


def index(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every document again.")] = False,
) -> None:
    """Read new and changed documents into the index; drop those that are gone."""
    settings = prepare(corpus=corpus, index=index)
    start = time.perf_counter()
    report = build_index(settings, rebuild=rebuild)
    typer.echo(summary(report, time.perf_counter() - start))
    if report_failures(report):
        raise typer.Exit(2)
