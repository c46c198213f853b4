"""The source pane as HTML: a whole document with one passage highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.types import Section, Span
from retrieval.types import Citation
from ui.html import escape
from ui.language import Strings
from ui.sessions import Turn

# Markup that the extraction left in the text: kept, because a quote is exact, but drawn faintly.
_MARKUP = re.compile(
    r"""^\#{1,6}[ ]                     # heading marks
      | \*{1,3}                        # emphasis
      | ^[ ]*\|[-:| ]+\|[ ]*$          # the rule under a table's header row
      | \|                             # cell borders
      | </?(?:table|thead|tbody|tr|td|th|br|p|b|i|sup|sub)\b[^<>]{0,200}>""",
    re.MULTILINE | re.VERBOSE,
)


def pane(turn: Turn, citation: Citation, text: str, outline: Sequence[Section], strings: Strings) -> str:
    """The document of ``citation`` with the passage marked, and the way to the answer's other citations.

    Where ``text`` no longer holds the quote at its place, nothing is marked and a sentence says why.
    """
    fresh = text[citation.span.start : citation.span.end] == citation.quote
    quote = citation.span if fresh else Span(0, 0)
    path = "".join(f"<li>{escape(part)}</li>" for part in citation.section)
    trail = f'<ol class="pq-path">{path}</ol>' if path else ""
    page = (
        "" if citation.page is None else f'<p class="pq-page">{escape(strings("source.page", page=citation.page))}</p>'
    )
    changed = "" if fresh else f'<p class="pq-changed">{escape(strings("source.changed"))}</p>'
    return (
        f'<section class="pq-source" data-turn="{turn.number}" data-number="{citation.number}" '
        f'aria-label="{escape(strings("source.label"))}"><header>{_bar(turn, citation, strings)}'
        f'<h2 tabindex="-1">{escape(citation.title)}</h2>{trail}{page}{changed}</header>'
        f'<div class="pq-document" tabindex="0" role="region" aria-label="{escape(citation.title)}">'
        f"{document(text, quote, [section.heading for section in outline])}</div></section>"
    )


def document(text: str, quote: Span, headings: Sequence[Span]) -> str:
    """``text`` as HTML that reads back as ``text``; ``quote`` is one ``<mark>``, unless it is empty."""
    pieces = list(_pieces(text, headings))
    before = _styled(text, Span(0, quote.start), pieces)
    after = _styled(text, Span(quote.end, len(text)), pieces)
    if len(quote) == 0:
        return before + after
    return f'{before}<mark class="pq-quote">{_styled(text, quote, pieces)}</mark>{after}'


def _bar(turn: Turn, citation: Citation, strings: Strings) -> str:
    numbers = [other.number for other in turn.answer.citations]
    place = numbers.index(citation.number)
    before = numbers[place - 1] if place > 0 else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    position = strings("source.position", number=citation.number, place=place + 1, count=len(numbers))
    return (
        f'<div class="pq-bar"><p class="pq-position">{escape(position)}</p>'
        f"{_step('previous', '‹', turn.number, before, strings)}"
        f"{_step('next', '›', turn.number, after, strings)}"
        f'<button type="button" class="pq-close" aria-label="{escape(strings("source.close"))}" '
        f'title="{escape(strings("source.close"))}">×</button></div>'
    )


def _step(name: str, sign: str, turn: int, number: int | None, strings: Strings) -> str:
    label = escape(strings(f"source.{name}"))
    target = "disabled" if number is None else f'data-turn="{turn}" data-number="{number}"'
    names = f'aria-label="{label}" title="{label}"'
    return f'<button type="button" class="pq-{name}" {target} {names}>{sign}</button>'


def _pieces(text: str, headings: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Non-overlapping spans in order, each with its style; markup splits a heading."""
    at = 0
    for heading in sorted(headings):
        if heading.start < at:
            continue
        yield from _markup(text, Span(at, heading.start))
        at = heading.start
        for markup in _markup(text, heading):
            if at < markup[0].start:
                yield Span(at, markup[0].start), "pq-heading"
            yield markup
            at = markup[0].end
        if at < heading.end:
            yield Span(at, heading.end), "pq-heading"
        at = heading.end
    yield from _markup(text, Span(at, len(text)))


def _markup(text: str, part: Span) -> Iterator[tuple[Span, str]]:
    for match in _MARKUP.finditer(text, part.start, part.end):
        if match.start() < match.end():
            yield Span(*match.span()), "pq-markup"


def _styled(text: str, part: Span, pieces: Sequence[tuple[Span, str]]) -> str:
    """The HTML of ``part``; pieces that reach over its borders are cut there."""
    letters: list[str] = []
    at = part.start
    for span, style in pieces:
        start, end = max(span.start, at), min(span.end, part.end)
        if start >= end:
            continue
        letters.append(escape(text[at:start]))
        letters.append(f'<span class="{style}">{escape(text[start:end])}</span>')
        at = end
    letters.append(escape(text[at : part.end]))
    return "".join(letters)
