"""The one place where results go to standard output."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import typer

BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell reports it


def show(text: str) -> None:
    """Write a result and a line end. A reader that has left (``planqa search … | head``) ends the command."""
    with _reader():
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def show_bytes(data: bytes) -> None:
    """Write a result byte for byte. A reader that has left ends the command."""
    with _reader():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextlib.contextmanager
def _reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        # Python would complain once more when it flushes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from error
