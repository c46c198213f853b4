"""The command line: ``planqa index | ask | search | register | serve | eval``.

Standard output holds the result and nothing else. An error is one line on standard error, and the exit status
is 2 for bad use and bad input, 1 for a failed gate. What a command needs is imported when it runs, so that
``--help`` is quick.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Annotated

import typer

from ingest.errors import PlanqaError
from ui.commands.ask import ask
from ui.commands.evaluate import evaluate
from ui.commands.index import index
from ui.commands.register import register
from ui.commands.search import search
from ui.commands.serve import serve

BAD_INPUT = 2
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
BROKEN_PIPE = 141  # 128 + SIGPIPE

app = typer.Typer(
    name="planqa",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command()(index)
app.command()(ask)
app.command()(search)
app.command()(register)
app.command()(serve)
app.command(name="eval")(evaluate)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"planqa {metadata.version('planqa')}")
        raise typer.Exit


@app.callback()
def planqa(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave."),
    ] = False,
) -> None:
    """Ask Vietnamese plan documents; every answer cites the exact words.

    Settings come from the options of a command, PLANQA_* in the environment, planqa.toml in this folder.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status; ``arguments`` are those of the process where None."""
    _speak_utf8()
    try:
        status = app(arguments, prog_name="planqa", standalone_mode=False)
    except PlanqaError as error:
        return _fail(str(error))
    except typer.TyperException as error:
        return _fail(f"{error.format_message().rstrip('.')}; see `planqa --help`.")
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or 'input or output'}.")
    return status if isinstance(status, int) else 0


def _fail(sentence: str) -> int:
    """One line on standard error, whatever a file name or a library's message holds."""
    line = " ".join(sentence.split())
    sys.stderr.write(f"planqa: {line}\n")
    return BAD_INPUT


def _speak_utf8() -> None:
    """Write UTF-8 in every locale; what has no UTF-8 form (a file name of other bytes) becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
