"""The layout of the evaluators' page: which components there are, and their strings in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Navbar

from evals.cases import KINDS
from retrieval.types import DocumentInfo, Language
from ui.html import escape
from ui.language import LANGUAGES, Strings, load_strings
from ui.pages.chat import NAMES, STATIC, document_label
from ui.results import kind_name


@dataclass(frozen=True, slots=True)
class EvaluatePage:
    """The components of the page, as far as events need them."""

    head: gr.HTML
    language: gr.Radio
    suites: gr.CheckboxGroup
    kinds: gr.Dropdown
    languages: gr.Dropdown
    documents: gr.Dropdown
    wordings: gr.Dropdown
    baselines: gr.Checkbox
    run: gr.Button
    stop: gr.Button
    status: gr.HTML
    timer: gr.Timer
    chosen: gr.Dropdown
    other: gr.Dropdown
    summary: gr.HTML
    compared: gr.HTML
    failed: gr.HTML
    by_kind: gr.Dropdown
    by_document: gr.Dropdown
    by_wording: gr.Dropdown
    by_words: gr.Textbox
    failures: gr.HTML
    drafted: gr.HTML
    drafts: gr.HTML
    pane: gr.HTML
    shown: gr.State

    @property
    def labelled(self) -> list[gr.Component]:
        """The components that carry strings of the interface, in the order of ``labels``."""
        return [
            self.head, self.language, self.suites, self.kinds, self.languages, self.documents, self.wordings,
            self.baselines, self.run, self.stop, self.chosen, self.other, self.failed, self.by_kind, self.by_document,
            self.by_wording, self.by_words, self.drafted,
        ]  # fmt: skip


def labels(strings: Strings) -> list[dict[str, Any]]:
    """The properties of ``EvaluatePage.labelled`` in the language of ``strings``."""
    kinds = sorted((kind_name(kind, strings), kind) for kind in KINDS)
    return [
        {"value": _heading(strings)},
        {"label": strings("page.language")},
        {"label": strings("evaluate.suites")},
        {"label": strings("evaluate.kinds"), "choices": kinds},
        {"label": strings("evaluate.languages")},
        {"label": strings("evaluate.documents")},
        {"label": strings("evaluate.wordings")},
        {"label": strings("evaluate.baselines")},
        {"value": strings("evaluate.run")},
        {"value": strings("evaluate.stop")},
        {"label": strings("evaluate.chosen")},
        {"label": strings("evaluate.other")},
        {"value": _subheading(strings("evaluate.failures"))},
        {"label": strings("evaluate.kind")},
        {"label": strings("evaluate.document")},
        {"label": strings("evaluate.wording")},
        {"label": strings("evaluate.words")},
        {"value": _subheading(strings("evaluate.drafts"))},
    ]


def lay_out(
    documents: tuple[DocumentInfo, ...],
    suites: list[tuple[str, str]],
    wordings: tuple[str, ...],
    language: Language,
) -> EvaluatePage:
    """Lay out the page inside the current ``gr.Blocks``."""
    (
        head, radio, parts, kinds, languages, titles, changes, simple, run, stop, chosen, other, failed, kind, document,
        wording, words, drafted,
    ) = labels(load_strings(language))  # fmt: skip
    Navbar(visible=False)  # the pages have links of their own
    with gr.Row(elem_id="pq-top"):
        head_html = _html("pq-head", "head.js", head["value"])
        language_radio = gr.Radio(
            [(NAMES[code], code) for code in LANGUAGES],
            value=language,
            container=False,
            elem_id="pq-language",
            scale=0,
            **radio,
        )
    with gr.Row(elem_id="pq-desk", elem_classes="pq-bench", equal_height=False):
        with gr.Column(elem_id="pq-evaluate", min_width=0):
            with gr.Column(elem_id="pq-plan"):
                with gr.Row():
                    suite_box = gr.CheckboxGroup(suites, value=[name for _, name in suites], **parts)
                    baseline_box = gr.Checkbox(value=False, container=True, **simple)
                with gr.Row():
                    kind_box = gr.Dropdown(value=[], multiselect=True, **kinds)
                    language_box = gr.Dropdown(
                        [(NAMES[code], code) for code in LANGUAGES], value=[], multiselect=True, **languages
                    )
                    document_box = gr.Dropdown(
                        [(document_label(info), info.id) for info in documents], value=[], multiselect=True, **titles
                    )
                    wording_box = gr.Dropdown(list(wordings), value=[], multiselect=True, **changes)
                with gr.Row(elem_id="pq-start"):
                    run_button = gr.Button(variant="primary", size="sm", scale=0, min_width=0, elem_id="pq-run", **run)
                    stop_button = gr.Button(size="sm", scale=0, min_width=0, elem_id="pq-stop", **stop)
                    status = _html("pq-run-status", "", "")
            timer = gr.Timer(1.0, active=False)
            with gr.Row(elem_id="pq-chosen"):
                chosen_box = gr.Dropdown([], value=None, elem_id="pq-run-chosen", **chosen)
                other_box = gr.Dropdown([], value=None, elem_id="pq-run-other", **other)
            compared = _html("pq-comparison", "", "")
            summary = _html("pq-summary", "", "")
            failed_heading = gr.HTML(apply_default_css=False, **failed)
            with gr.Row(elem_id="pq-filters"):
                by_kind = gr.Dropdown([], value=None, **kind)
                by_document = gr.Dropdown([], value=None, **document)
                by_wording = gr.Dropdown([], value=None, **wording)
                by_words = gr.Textbox(max_lines=1, elem_id="pq-words", **words)
            failures = _html("pq-failures", "evaluate.js", "")
            drafted_heading = gr.HTML(apply_default_css=False, **drafted)
            drafts = _html("pq-drafts", "", "")
        pane = _html("pq-pane", "source.js", "")
    return EvaluatePage(
        head=head_html,
        language=language_radio,
        suites=suite_box,
        kinds=kind_box,
        languages=language_box,
        documents=document_box,
        wordings=wording_box,
        baselines=baseline_box,
        run=run_button,
        stop=stop_button,
        status=status,
        timer=timer,
        chosen=chosen_box,
        other=other_box,
        summary=summary,
        compared=compared,
        failed=failed_heading,
        by_kind=by_kind,
        by_document=by_document,
        by_wording=by_wording,
        by_words=by_words,
        failures=failures,
        drafted=drafted_heading,
        drafts=drafts,
        pane=pane,
        shown=gr.State(None),
    )


def _heading(strings: Strings) -> str:
    return (
        f'<div class="pq-brand" data-language="{strings.language}" data-every="{escape(strings("evaluate.every"))}">'
        f"<h1>{escape(strings('evaluate.title'))}</h1>"
        f'</div><a class="pq-way" href="./">← {escape(strings("evaluate.back"))}</a>'
    )


def _subheading(text: str) -> str:
    return f'<h2 class="pq-part">{escape(text)}</h2>'


def _html(elem_id: str, script: str, value: str) -> gr.HTML:
    """An HTML part of the page, with its script from ``ui/static`` where it has one."""
    code = (STATIC / script).read_text(encoding="utf-8") if script else None
    return gr.HTML(elem_id=elem_id, js_on_load=code, apply_default_css=False, value=value)
