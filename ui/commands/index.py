"""``planqa index``: bring the index up to date with the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.opening import build_index, prepare, report_failures
from ui.commands.options import CorpusOption, IndexOption
from ui.commands.result import show

if TYPE_CHECKING:
    from retrieval.index import BuildReport


def index(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every document again.")] = False,
) -> None:
    """Read new and changed documents into the index; drop those that are gone."""
    settings = prepare(corpus=corpus, index=index)
    report = build_index(settings, rebuild=rebuild)
    show(summary(report))
    if report_failures(report):
        raise typer.Exit(2)


def summary(report: BuildReport) -> str:
    """What was done, on one line: ``5 documents: 1 new, 4 unchanged, 529 passages, 0.8 s``."""
    done = {
        "new": report.added,
        "changed": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
    }
    count = len(report.added) + len(report.updated) + len(report.unchanged)
    parts = [f"{len(ids)} {what}" for what, ids in done.items() if ids]
    if report.reembedded:
        parts.append("all vectors made again")
    parts += [f"{report.passages} passages", f"{report.seconds:.1f} s"]
    return f"{count} document{'' if count == 1 else 's'}: {', '.join(parts)}"
