"""The border between text and HTML: all text of documents and users becomes HTML here, and nowhere else.

Answers are Markdown of a small kind: paragraphs, lists, tables, emphasis and citation marks ``[n]``.
Everything else, links, pictures and HTML included, stays the text that it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a citation mark leads: turn and number for the script, ``label`` for assistive technology."""

    turn: int
    number: int
    label: str


def escape(text: object) -> str:
    """``text`` as HTML that reads as exactly this text, in content and in quoted attributes.

    Carriage returns are written as references because the HTML parser would drop them, and a quote has to
    read back character by character. NUL cannot stand in HTML at all.
    """
    return html.escape(str(text), quote=True).replace("\r", "&#13;").replace("\0", "\ufffd")


def citation_button(link: Link, css_class: str = "pq-cite") -> str:
    """The button that opens a source; it reads "[n]"."""
    return (
        f'<button type="button" class="{css_class}" data-turn="{link.turn}" data-number="{link.number}" '
        f'aria-label="{escape(link.label)}" title="{escape(link.label)}">[{link.number}]</button>'
    )


def markdown(text: str, links: Mapping[int, Link]) -> str:
    """An answer's Markdown as HTML; ``[n]`` becomes a button where ``links`` knows n."""
    return str(_parser().render(text, {"links": links}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True, "html": False})
    parser.enable(["list", "table", "emphasis", "escape", "newline", "balance_pairs", "fragments_join"])
    parser.inline.ruler.before("emphasis", "citation", _read_mark)
    parser.add_render_rule("citation", _write_mark)
    parser.add_render_rule("text", _write_text)
    return parser


def _read_mark(state: StateInline, silent: bool) -> bool:
    match = _MARK.match(state.src, state.pos)
    if match is None or int(match.group(1)) not in state.env["links"]:
        return False
    if not silent:
        state.push("citation", "", 0).meta = {"number": int(match.group(1))}
    state.pos = match.end()
    return True


def _write_mark(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    return citation_button(env["links"][tokens[index].meta["number"]])


def _write_text(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    return escape(tokens[index].content)
