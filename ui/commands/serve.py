"""``planqa serve``: the chat in the browser."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from ui.commands.evaluate import reopen
from ui.commands.opening import open_engine, prepare
from ui.commands.options import CorpusOption, IndexOption


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", help="Address to listen on (default: 127.0.0.1, this machine only)."),
    ] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on (default: 7860).")] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="vi|en", help="Language the chat opens in (default: vi)."),
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the chat in the browser until it is stopped with Ctrl+C."""
    settings = prepare(corpus=corpus, index=index, host=host, port=port, language=language)
    engine = open_engine(settings)
    engine.prepare()

    from ui.app import start

    page = start(
        engine,
        host=settings.host,
        port=settings.port,
        language=settings.language,
        evaluation=settings.evaluation,
        reopen=lambda folder: reopen(settings, folder),
    )
    # Who has read the line may interrupt at once: from here on that is how it ends.
    try:
        typer.echo(f"The chat is on http://{settings.host}:{settings.port}/ (Ctrl+C ends it).", err=True)
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)
