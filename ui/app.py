"""The browser interface: build the page, wire its events, serve it.

Gradio is imported when a page is built, not before: it takes two seconds, and the other commands do without.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import InputError
from retrieval.types import Language
from ui.types import DRAFTS_FILE, EVALUATION, RUNS_FOLDER, Engine

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from evals.bench import Opener
    from ui.desk import Desk
    from ui.evaluation import Evaluation
    from ui.pages.chat import ChatPage
    from ui.pages.evaluate import EvaluatePage
    from ui.runs import Runs

# Answers at once. The engine is bound by the processor, so more would only make each of them slower.
_CONCURRENCY = 4


class AddressBusy(InputError):
    """Raised where the server cannot listen on its address. Fields: host, port, reason."""

    code = "address-busy"
    sentence = "Cannot listen on {host}:{port}: {reason}."


def build(engine: Engine, language: Language, evaluation: Path = EVALUATION, reopen: Opener | None = None) -> gr.Blocks:
    """The two pages over ``engine``, not yet served. ``evaluation`` is the folder of draft questions and kept runs.

    ``reopen`` reads other documents into a new engine: without it the evaluators' page offers no noise in documents.
    Raises PlanqaError where the documents cannot be listed.
    """
    _stay_inside()
    import gradio as gr

    from ui.desk import Desk
    from ui.evaluation import Evaluation, suite_choices
    from ui.language import load_strings
    from ui.pages import evaluate
    from ui.pages.chat import lay_out
    from ui.runs import Runner, Runs
    from ui.sessions import Sessions

    documents = engine.documents()
    runs = Runs(evaluation / RUNS_FOLDER)
    bench = Evaluation(engine, runs, Runner(engine, runs, reopen), evaluation / DRAFTS_FILE)
    blocks = gr.Blocks(title=load_strings(language)("page.title"), analytics_enabled=False, fill_width=True)
    with blocks:
        _wire(lay_out(documents, language), Desk(engine, Sessions(), evaluation / DRAFTS_FILE), len(documents))
    with blocks.route(load_strings(language)("evaluate.title"), "/evaluate", show_in_navbar=False):
        _wire_evaluation(evaluate.lay_out(documents, suite_choices(), bench.wordings(), language), bench)
    blocks.queue(default_concurrency_limit=_CONCURRENCY, api_open=False)
    return blocks


def start(
    engine: Engine,
    *,
    host: str,
    port: int,
    language: Language = "vi",
    evaluation: Path = EVALUATION,
    reopen: Opener | None = None,
) -> gr.Blocks:
    """Serve the page in the background; ``close()`` of what is returned ends it.

    Raises AddressBusy, and PlanqaError where the documents cannot be listed.
    """
    blocks = build(engine, language, evaluation, reopen)
    from ui.pages.chat import STATIC
    from ui.runs import Runs
    from ui.theme import make_theme

    # Not as Gradio's css: that rewrites selectors, and breaks those with a comma in :is().
    style = (STATIC / "planqa.css").read_text(encoding="utf-8")
    try:
        server, _, _ = blocks.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            theme=make_theme(),
            head=f"<style>{style}</style>",
            favicon_path=STATIC / "favicon.svg",
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            max_file_size="1kb",  # nothing is uploaded here; Gradio's route for it exists all the same
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )
    except OSError as error:
        raise AddressBusy(host=host, port=port, reason=str(error).partition(".")[0]) from error
    _offer_downloads(server, Runs(evaluation / RUNS_FOLDER))
    _offer_lookup(server, engine, language)
    return blocks


def serve(engine: Engine, *, host: str, port: int, language: Language = "vi", evaluation: Path = EVALUATION) -> None:
    """Serve the page until the process is told to stop. Raises AddressBusy, PlanqaError."""
    start(engine, host=host, port=port, language=language, evaluation=evaluation).block_thread()


def _offer_downloads(server: FastAPI, runs: Runs) -> None:
    """The files of kept runs under their names; whatever else is asked for is not found."""
    from fastapi import HTTPException
    from fastapi.responses import FileResponse
    from fastapi.routing import APIRoute

    def file_of_a_run(run: str, file: str) -> FileResponse:
        path = runs.file(run, file)
        if path is None:
            raise HTTPException(404)
        return FileResponse(path)

    # Before Gradio's own routes, the last of which takes every path. Its annotation is no text that FastAPI could read.
    route = APIRoute("/evaluations/{run}/{file}", file_of_a_run, response_model=None, include_in_schema=False)
    server.router.routes.insert(0, route)


def _offer_lookup(server: FastAPI, engine: Engine, language: Language) -> None:
    """The look-up page, before Gradio's own routes too: it is ours from its first byte, without a Gradio component."""
    from ui.lookup.routes import Lookup

    server.router.routes[:0] = Lookup(engine, language).routes()


def _wire(page: ChatPage, desk: Desk, documents: int) -> None:
    """Every event of the page, in one list."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    who = [page.language, page.session]
    asking = [page.documents, *who]
    answered = [page.conversation, page.example_group, page.question, page.notice]
    shown = [page.pane, page.shown, page.notice]

    page.conversation.open(desk.open, page.language, [page.session, page.conversation, page.example_group], **quiet)
    page.question.submit(desk.ask, [page.question, *asking], answered, **quiet)
    for example in page.examples:
        example.click(desk.ask, [example, *asking], answered, **quiet)
    page.conversation.cite(desk.cite, who, shown, **quiet)
    page.conversation.report(desk.report, who, [page.conversation, page.notice], **quiet)
    page.pane.cite(desk.cite, who, shown, **quiet)
    page.pane.close(desk.close, None, [page.pane, page.shown], **quiet)
    page.new.click(desk.restart, who, [page.conversation, page.example_group, *shown], **quiet)
    page.language.input(partial(_relabel, documents), page.language, page.labelled, **quiet)
    page.language.input(desk.translate, [*who, page.shown], [page.conversation, *shown], **quiet)


def _wire_evaluation(page: EvaluatePage, bench: Evaluation) -> None:
    """Every event of the evaluators' page, in one list."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    following = [page.status, page.timer]
    picking = [page.chosen, page.other]
    filters = [page.by_kind, page.by_document, page.by_wording]
    plan = [page.suites, page.kinds, page.languages, page.documents, page.wordings, page.baselines, page.language]
    shown = [page.summary, page.failures, *filters, page.compared, page.pane]
    narrowing = [page.chosen, *filters, page.by_words, page.language]

    page.failures.open(bench.open, page.language, [*following, *picking, page.drafts], **quiet)
    page.run.click(bench.start, plan, following, **quiet)
    page.stop.click(bench.stop, page.language, following, **quiet)
    page.timer.tick(bench.tick, [page.language, page.chosen], [*following, *picking], **quiet)
    page.chosen.change(bench.show, [page.chosen, page.language], shown, **quiet)
    for one in filters:
        one.input(bench.narrow, narrowing, page.failures, **quiet)
    page.by_words.change(bench.narrow, narrowing, page.failures, trigger_mode="always_last", **quiet)
    page.other.input(bench.compare, [*picking, page.language], page.compared, **quiet)
    page.failures.cite(bench.cite, [page.chosen, page.language], [page.pane, page.shown], **quiet)
    page.pane.cite(bench.cite, [page.chosen, page.language], [page.pane, page.shown], **quiet)
    page.pane.close(bench.close, None, [page.pane, page.shown], **quiet)
    page.language.input(_relabel_evaluation, page.language, page.labelled, **quiet)
    page.language.input(
        bench.translate,
        [*picking, page.language, page.shown],
        [*following, page.summary, page.failures, *filters, page.compared, page.pane, page.shown, page.drafts],
        **quiet,
    )


def _relabel_evaluation(language: Language) -> list[dict[str, Any]]:
    """The strings of the evaluators' page in another language."""
    import gradio as gr

    from ui.language import load_strings
    from ui.pages.evaluate import labels

    return [gr.update(**properties) for properties in labels(load_strings(language))]


def _relabel(documents: int, language: Language) -> list[dict[str, Any]]:
    """The strings of the page in another language."""
    import gradio as gr

    from ui.language import load_strings
    from ui.pages.chat import labels

    return [gr.update(**properties) for properties in labels(load_strings(language), documents)]


def _stay_inside() -> None:
    """Keep Gradio from its two calls outside at start: telemetry, and a look at a model hub."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
