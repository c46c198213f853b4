"""The source pane as HTML: a whole document with one passage highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    return _marked(text, [(quote, "pq-quote")] if len(quote) else [], headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a document that is not a citation: the words to mark, and how to get there.

    ``at`` is what is brought into sight; ``focus`` is the mark that is meant where not all of them are.
    """

    title: str
    at: Span
    marks: tuple[Span, ...]
    focus: Span | None = None
    path: tuple[str, ...] = ()
    page: int | None = None


def place_pane(place: Place, text: str, outline: Sequence[Section], strings: Strings) -> str:
    """The document of ``place`` with its words marked; those that are not meant are marked faintly."""
    meant = joined(place.marks if place.focus is None else (place.focus,))
    others = [] if place.focus is None else _outside(joined(place.marks), place.focus)
    here = next((span for span in meant if span in place.at), meant[0] if meant else None)
    marks = [
        *((span, "pq-quote pq-here" if span == here else "pq-quote") for span in meant),
        *((span, "pq-also") for span in others),
    ]
    path = "".join(f"<li>{escape(part)}</li>" for part in place.path)
    trail = f'<ol class="pq-path">{path}</ol>' if path else ""
    page = "" if place.page is None else f'<p class="pq-page">{escape(strings("source.page", page=place.page))}</p>'
    title = escape(place.title)
    return (
        f'<section class="pq-source" aria-label="{escape(strings("source.label"))}"><header><div class="pq-bar">'
        f'<p class="pq-position">{escape(strings("source.label"))}</p>{_close(strings)}</div>'
        f'<h2 tabindex="-1">{title}</h2>{trail}{page}</header>'
        f'<div class="pq-document" tabindex="0" role="region" aria-label="{title}">'
        f"{_marked(text, marks, [section.heading for section in outline])}</div></section>"
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one, without empty ones.

    >>> joined([Span(4, 9), Span(1, 2), Span(6, 12), Span(3, 3)])
    [Span(start=1, end=2), Span(start=4, end=12)]
    """
    whole: list[Span] = []
    for span in sorted(one for one in spans if len(one)):
        if whole and span.start < whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return whole


def _outside(spans: Iterable[Span], inner: Span) -> list[Span]:
    """What of the spans does not lie in ``inner``."""
    pieces = [
        piece
        for span in spans
        for piece in (
            (span.start, min(span.end, inner.start)),
            (max(span.start, inner.end), span.end),
        )
    ]
    return [Span(start, end) for start, end in dict.fromkeys(pieces) if start < end]


def _marked(text: str, marks: Sequence[tuple[Span, str]], headings: Sequence[Span]) -> str:
    """``text`` with ``marks``, which do not overlap, each with its class."""
    pieces = list(_pieces(text, headings))
    parts: list[str] = []
    at = 0
    for span, style in sorted(marks):
        parts.append(_styled(text, Span(at, span.start), pieces))
        parts.append(f'<mark class="{style}">{_styled(text, span, pieces)}</mark>')
        at = span.end
    return "".join((*parts, _styled(text, Span(at, len(text)), pieces)))


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
        f"{_close(strings)}</div>"
    )


def _close(strings: Strings) -> str:
    label = escape(strings("source.close"))
    return f'<button type="button" class="pq-close" aria-label="{label}" title="{label}">×</button>'


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
