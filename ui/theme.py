"""Colours and type of the page: Gradio's variables; everything else is in ``static/planqa.css``."""

from __future__ import annotations

import gradio as gr

# Fonts of the reader's own system, each with all Vietnamese letters; nothing is loaded.
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"]

_BLUE = gr.themes.Color(
    c50="#f0f6fb",
    c100="#dceaf5",
    c200="#b9d4ea",
    c300="#8bb7da",
    c400="#5594c4",
    c500="#2f76ab",
    c600="#1f5d8d",
    c700="#194a71",
    c800="#173e5d",
    c900="#15344d",
    c950="#0d2133",
)
_GREY = gr.themes.Color(
    c50="#f7f8fa",
    c100="#eef1f4",
    c200="#dfe4ea",
    c300="#c6ced8",
    c400="#95a1b0",
    c500="#667384",
    c600="#4b5766",
    c700="#384350",
    c800="#232b35",
    c900="#171d25",
    c950="#10151b",
)


def make_theme() -> gr.themes.Base:
    """Calm blue on light grey, with Vietnamese-capable system fonts."""
    return gr.themes.Base(
        primary_hue=_BLUE,
        secondary_hue=_BLUE,
        neutral_hue=_GREY,
        text_size="lg",
        radius_size="md",
        font=_FONTS,
        font_mono=["ui-monospace", "Consolas", "Noto Sans Mono", "monospace"],
    ).set(
        body_background_fill="*neutral_100",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
    )
