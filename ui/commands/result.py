"""The one place where results go to standard output."""

from __future__ import annotations

import os
import sys

import typer

BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell reports it


def show(text: str) -> None:
    """Write a result and a line end. A reader that has left (``planqa search … | head``) ends the command."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        # Python would complain once more when it flushes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from error
