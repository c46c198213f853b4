"""The frame of the look-up pages: head, language, ways to the other pages, and what stands beside the source."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.types import Language
from ui.html import escape
from ui.language import LANGUAGES, Strings

NAMES: Mapping[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
"""What each language calls itself."""


def page(
    title: str,
    body: str,
    *,
    strings: Strings,
    root: str,
    others: Mapping[Language, str],
    ways: str = "",
    style: str = "",
) -> str:
    """A whole page. ``root`` leads from its address to that of the chat; ``others`` are its addresses by language."""
    languages = "".join(
        f'<a href="{escape(others[code])}" lang="{code}" hreflang="{code}"'
        f"{current('true', code == strings.language)}>{escape(NAMES[code])}</a>"
        for code in LANGUAGES
    )
    static = f"{root}/registers/static"
    return (
        f'<!DOCTYPE html><html lang="{strings.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="icon" href="{static}/favicon.svg"><link rel="stylesheet" href="{static}/planqa.css">'
        f'<link rel="stylesheet" href="{static}/lookup.css"><script src="{static}/lookup.js"></script></head>'
        f'<body class="gradio-container pq-lookup {style}"><header id="pq-top"><div id="pq-head">'
        f'<div class="pq-brand"><h1>{escape(strings("lookup.title"))}</h1></div>'
        f'<nav class="pq-ways" aria-label="{escape(strings("lookup.ways"))}">'
        f'<a class="pq-way" href="{root}/">← {escape(strings("evaluate.back"))}</a>{ways}</nav></div>'
        f'<nav id="pq-language" class="pq-languages" aria-label="{escape(strings("page.language"))}">{languages}</nav>'
        f'</header><div id="pq-desk"><main id="pq-register">{body}</main>'
        f'<div id="pq-pane" data-failed="{escape(strings("lookup.source-failed"))}"></div></div></body></html>'
    )


def current(kind: str, chosen: bool) -> str:
    """The attribute of a link that leads to where one is."""
    return f' aria-current="{kind}"' if chosen else ""


def notice(sentence: str) -> str:
    """A sentence to the reader instead of what was asked for."""
    return f'<p class="pq-notice" role="alert">{escape(sentence)}</p>'
