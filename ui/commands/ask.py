"""``planqa ask``: one question, or a batch of them."""

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
from ui.commands.text import answer_text
from ui.wire import Id, JsonObject, answer_object, as_line

if TYPE_CHECKING:
    from retrieval.types import Question
    from ui.types import Engine


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", show_default=False)] = None,
    history: HistoryOption = None,
    document: DocumentOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    out: OutOption = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer QUESTION with exact citations, or a file of questions (--batch IN --out OUT)."""
    asked = one_or_many(question, batch, out, {"--history": history, "--document": document})
    settings = prepare(corpus=corpus, index=index)
    if isinstance(asked, BatchFiles):
        run_many(settings, asked, _reply)
        return
    engine, checked = run_one(settings, asked, history, document)
    answer = engine.ask(checked)
    show(as_line(answer_object(answer, "1")) if as_json else answer_text(answer, engine.source))


def _reply(engine: Engine, question: Question, question_id: Id) -> JsonObject:
    return answer_object(engine.ask(question), question_id)
