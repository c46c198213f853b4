"""Options that several commands share. Each stands above the environment and ``planqa.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", metavar="DIR", help="Folder with the documents (default: corpus).")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index (default: .planqa/index).")
]
HistoryOption = Annotated[
    list[str] | None,
    typer.Option("--history", metavar="TEXT", help="An earlier question, oldest first; may be repeated."),
]
DocumentOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Search only in this document; may be repeated."),
]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", metavar="IN", help="Questions, one JSON object a line: id, question, history, documents."),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="OUT", help="Where the results of --batch go, one JSON object a line."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
