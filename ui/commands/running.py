"""What ``ask`` and ``search`` share: one question to standard output, or a batch from file to file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ingest.errors import InputError
from retrieval.types import Question
from ui.commands.batch import read_lines, run_batch, writing
from ui.commands.opening import open_engine
from ui.commands.progress import progress_bar
from ui.commands.questions import checked_question
from ui.wire import Id, JsonObject

if TYPE_CHECKING:
    from ui.settings import Settings
    from ui.types import Engine

Reply = Callable[["Engine", Question, Id], JsonObject]


class BadUse(InputError):
    """Raised for options that do not go together. Fields: reason."""

    code = "bad-use"
    sentence = "{reason}."


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """Where the questions of a batch come from, and where the results go."""

    source: Path
    target: Path


def one_or_many(
    question: str | None, batch: Path | None, out: Path | None, only_one: Mapping[str, object]
) -> str | BatchFiles:
    """The question that was given, or the files of a batch. Raises BadUse.

    ``only_one`` are options, by name, that each line of a batch gives for itself.
    """
    if (batch is None) != (out is None):
        raise BadUse(reason="--batch and --out go together")
    if batch is None or out is None:
        if question is None:
            raise BadUse(reason="Give a question, or --batch with a file of questions")
        return question
    if question is not None:
        raise BadUse(reason="Give one question or --batch, not both")
    for name, value in only_one.items():
        if value:
            raise BadUse(reason=f"{name} goes with one question; in a batch each line has its own")
    return BatchFiles(batch, out)


def run_one(
    settings: Settings, text: str, history: list[str] | None, documents: list[str] | None
) -> tuple[Engine, Question]:
    """The engine and the question. What can be refused without an index is refused before it is opened."""
    question = checked_question(text, history=history or (), documents=documents or ())
    return open_engine(settings), question


def run_many(settings: Settings, files: BatchFiles, reply: Reply) -> None:
    """Answer a batch. Ends with status 2 and one line on standard error where a line was bad."""
    lines = read_lines(files.source)
    with writing(files.target) as out:
        engine = open_engine(settings)
        with progress_bar("questions") as progress:
            outcome = run_batch(lines, out, reply=partial(reply, engine), progress=progress)
    if outcome.failed:
        sys.stderr.write(
            f"planqa: {outcome.failed} of {len(lines)} lines of {files.source} have no answer; "
            f"each has an error in its place in {files.target}.\n"
        )
        raise typer.Exit(2)
