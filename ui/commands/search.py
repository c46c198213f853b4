"""``planqa search``: retrieval alone, for one question or a batch of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.opening import prepare
from ui.commands.options import (
    BatchOption,
    CorpusOption,
    DocumentOption,
    HistoryOption,
    IndexOption,
    JsonOption,
    OutOption,
)
from ui.commands.result import show
from ui.commands.running import BatchFiles, one_or_many, run_many, run_one
from ui.commands.text import hits_text
from ui.wire import Id, JsonObject, as_line, hits_object

if TYPE_CHECKING:
    from retrieval.types import Question
    from ui.types import Engine


def search(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", show_default=False)] = None,
    k: Annotated[int | None, typer.Option("--k", help="How many passages (default: 10).")] = None,
    history: HistoryOption = None,
    document: DocumentOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    out: OutOption = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Find the passages nearest to QUESTION, or to each question of a file (--batch IN --out OUT)."""
    asked = one_or_many(question, batch, out, {"--history": history, "--document": document})
    settings = prepare(corpus=corpus, index=index, hits=k)

    def reply(engine: Engine, question: Question, question_id: Id) -> JsonObject:
        return hits_object(engine.search(question, settings.hits), question_id)

    if isinstance(asked, BatchFiles):
        run_many(settings, asked, reply)
        return
    engine, checked = run_one(settings, asked, history, document)
    if as_json:
        show(as_line(reply(engine, checked, "1")))
    else:
        show(hits_text(engine.search(checked, settings.hits), engine.source))
