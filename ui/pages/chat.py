"""The layout of the chat: which components there are, and their strings in each language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Navbar

from retrieval.types import DocumentInfo, Language
from ui.language import LANGUAGES, Strings, load_strings
from ui.render import conversation, heading, subheading

STATIC = Path(__file__).parent.parent / "static"
NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class ChatPage:
    """The components of the page, as far as events need them."""

    head: gr.HTML
    language: gr.Radio
    new: gr.Button
    conversation: gr.HTML
    example_group: gr.Column
    example_heading: gr.HTML
    examples: tuple[gr.Button, ...]
    notice: gr.HTML
    documents: gr.Dropdown
    question: gr.Textbox
    pane: gr.HTML
    session: gr.State
    shown: gr.State

    @property
    def labelled(self) -> list[gr.Component]:
        """The components that carry strings of the interface, in the order of ``labels``."""
        return [
            self.head,
            self.language,
            self.new,
            self.example_heading,
            self.documents,
            self.question,
            *self.examples,
        ]


def labels(strings: Strings, documents: int) -> list[dict[str, Any]]:
    """The properties of ``ChatPage.labelled`` in the language of ``strings``."""
    return [
        {"value": heading(strings, documents)},
        {"label": strings("page.language")},
        {"value": strings("page.new")},
        {"value": subheading(strings("welcome.examples"))},
        {"label": strings("ask.documents")},
        {
            "label": strings("ask.label"),
            "placeholder": strings("ask.placeholder"),
            "submit_btn": strings("ask.send"),
        },
        *({"value": example} for example in strings.examples),
    ]


def lay_out(documents: tuple[DocumentInfo, ...], language: Language) -> ChatPage:
    """Lay out the page inside the current ``gr.Blocks``."""
    strings = load_strings(language)
    head, radio, new, examples, filters, question, *buttons = labels(strings, len(documents))
    Navbar(visible=False)  # the pages have links of their own
    with gr.Row(elem_id="pq-top"):
        head_html = _html("pq-head", "head.js", head["value"])
        radio_group = gr.Radio(
            [(NAMES[code], code) for code in LANGUAGES],
            value=language,
            container=False,
            elem_id="pq-language",
            scale=0,
            **radio,
        )
        new_button = gr.Button(elem_id="pq-new", size="sm", scale=0, min_width=0, **new)
    with gr.Row(elem_id="pq-desk", equal_height=False):
        with gr.Column(elem_id="pq-chat", min_width=0):
            with gr.Column(elem_id="pq-scroll"):
                log = _html("pq-conversation", "conversation.js", value=conversation((), strings))
                with gr.Column(elem_id="pq-examples") as example_group:
                    example_heading = gr.HTML(apply_default_css=False, **examples)
                    example_buttons = tuple(gr.Button(elem_classes="pq-example", **button) for button in buttons)
            with gr.Column(elem_id="pq-composer"):
                notice = gr.HTML("", elem_id="pq-notice", apply_default_css=False)
                question_box = gr.Textbox(
                    elem_id="pq-question",
                    lines=1,
                    max_lines=6,
                    show_label=False,
                    container=False,
                    autofocus=True,
                    html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
                    **question,
                )
                filter_box = gr.Dropdown(
                    [(document_label(info), info.id) for info in documents],
                    value=[],
                    multiselect=True,
                    elem_id="pq-documents",
                    **filters,
                )
        pane = _html("pq-pane", "source.js", value="")
    return ChatPage(
        head=head_html,
        language=radio_group,
        new=new_button,
        conversation=log,
        example_group=example_group,
        example_heading=example_heading,
        examples=example_buttons,
        notice=notice,
        documents=filter_box,
        question=question_box,
        pane=pane,
        session=gr.State(None),
        shown=gr.State(None),
    )


def document_label(info: DocumentInfo) -> str:
    """What the filter shows for a document: its title, cut at a word where it is long."""
    title = info.title or info.id
    return title if len(title) <= 110 else title[:109].rsplit(" ", 1)[0] + "…"


def _html(elem_id: str, script: str, value: str) -> gr.HTML:
    """An HTML part of the page with its script from ``ui/static``."""
    code = (STATIC / script).read_text(encoding="utf-8")
    return gr.HTML(elem_id=elem_id, js_on_load=code, apply_default_css=False, value=value)
