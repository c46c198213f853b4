"""The conversation as HTML: pure functions from answers to strings, tested without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.drafts import REASONS
from retrieval.answer.talk import small_talk
from retrieval.types import Answer, Citation
from ui.html import Link, citation_button, escape, markdown
from ui.language import Strings
from ui.sessions import Turn

# What the words mean; the probability itself is in the tooltip.
_HIGH = 0.8
_MEDIUM = 0.5
# More sources than this are folded away under their heading: the marks in the text lead to them anyway.
_SOURCES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Pending:
    """A question on its way. ``steps`` is empty while the search runs, then says how it was understood."""

    question: str
    documents: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def conversation(turns: Sequence[Turn], strings: Strings, pending: Pending | None = None) -> str:
    """All turns, oldest first, and the question on its way; a welcome where there is nothing yet."""
    if not turns and pending is None:
        return welcome(strings)
    parts = [turn_html(turn, strings) for turn in turns]
    if pending is not None:
        parts.append(_pending(pending, strings))
    return "".join(parts)


def welcome(strings: Strings) -> str:
    """What an empty conversation shows."""
    return (
        f'<div class="pq-welcome"><h2>{escape(strings("welcome.heading"))}</h2>'
        f"<p>{escape(strings('welcome.text'))}</p></div>"
    )


def turn_html(turn: Turn, strings: Strings) -> str:
    """A question with its answer."""
    answer = turn.answer
    state = "pq-abstained" if answer.abstained else "pq-answered"
    return (
        f'<article class="pq-turn">{_question(answer.question, turn.documents, strings)}'
        f'<div class="pq-answer {state}"><h3 class="pq-hidden">{escape(strings("answer.label"))}</h3>'
        f"{_notice(answer, strings)}"
        f'<div class="pq-text" lang="{answer.language}">{markdown(answer.text, _links(turn, strings))}</div>'
        f"{_sources(turn, strings)}{_foot(turn, strings)}</div></article>"
    )


def plain_answer(answer: Answer, strings: Strings) -> str:
    """The answer for the clipboard: its text, then each source with its place and quote."""
    if not answer.citations:
        return answer.text
    lines = [answer.text, "", strings("answer.copy_sources")]
    for citation in answer.citations:
        place = " › ".join(_place(citation, strings))
        lines.append(f"[{citation.number}] {place}: “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)


def notice(sentence: str) -> str:
    """A sentence to the reader above the question box; nothing for ""."""
    return f'<p class="pq-notice" role="alert">{escape(sentence)}</p>' if sentence else ""


def heading(strings: Strings, documents: int) -> str:
    """The head of the page. Its script gives the page what Gradio has no property for from the data in it."""
    everywhere = strings("ask.all_documents", count=documents)
    return (
        f'<div class="pq-brand" data-language="{strings.language}" '
        f'data-question="{escape(strings("ask.label"))}" data-everywhere="{escape(everywhere)}">'
        f"<h1>{escape(strings('page.title'))}</h1><p>{escape(strings('page.subtitle'))}</p></div>"
        f'<nav class="pq-ways"><a class="pq-way pq-way-lookup" href="./registers?language={strings.language}">'
        f"{escape(strings('page.lookup'))}</a>"
        f'<a class="pq-way" href="./evaluate">{escape(strings("page.evaluate"))}</a></nav>'
    )


def subheading(text: str) -> str:
    """A small heading over a group of controls."""
    return f'<h3 class="pq-subheading">{escape(text)}</h3>'


def confidence_word(confidence: float) -> str:
    """The string key of the word for a probability."""
    if confidence >= _HIGH:
        return "answer.confidence_high"
    return "answer.confidence_medium" if confidence >= _MEDIUM else "answer.confidence_low"


def _question(text: str, documents: Sequence[str], strings: Strings) -> str:
    scope = ""
    if documents:
        listed = strings("answer.scope", documents="; ".join(documents))
        scope = f'<p class="pq-scope">{escape(listed)}</p>'
    return (
        f'<div class="pq-question"><h3 class="pq-hidden">{escape(strings("answer.question"))}</h3>'
        f"<p>{escape(text)}</p>{scope}</div>"
    )


def _pending(pending: Pending, strings: Strings) -> str:
    status = strings("answer.understood" if pending.steps else "answer.searching")
    return (
        f'<article class="pq-turn">{_question(pending.question, pending.documents, strings)}'
        f'<div class="pq-answer pq-pending" aria-busy="true"><p class="pq-status">{escape(status)}</p>'
        f"{_step_list(pending.steps)}</div></article>"
    )


def _notice(answer: Answer, strings: Strings) -> str:
    """That the documents do not say what was asked; a greeting asks nothing of them."""
    refused = answer.abstained and not small_talk(answer.question)
    return f'<p class="pq-label">{escape(strings("answer.abstained"))}</p>' if refused else ""


def _links(turn: Turn, strings: Strings) -> dict[int, Link]:
    return {
        citation.number: Link(
            turn.number,
            citation.number,
            strings("answer.cite", number=citation.number, title=" › ".join(_place(citation, strings))),
        )
        for citation in turn.answer.citations
    }


def _place(citation: Citation, strings: Strings) -> tuple[str, ...]:
    page = () if citation.page is None else (strings("answer.page", page=citation.page),)
    return (citation.title, *citation.section, *page)


def _sources(turn: Turn, strings: Strings) -> str:
    citations = turn.answer.citations
    if not citations:
        return ""
    links = _links(turn, strings)
    items = "".join(_source(citation, links[citation.number], strings) for citation in citations)
    unfolded = " open" if len(citations) <= _SOURCES_SHOWN else ""
    return (
        f'<details class="pq-sources"{unfolded}><summary>{escape(strings("answer.sources"))} '
        f'<span class="pq-count">{len(citations)}</span></summary><ol>{items}</ol></details>'
    )


def _source(citation: Citation, link: Link, strings: Strings) -> str:
    title, *path = _place(citation, strings)
    trail = f'<span class="pq-trail">{escape(" › ".join(path))}</span>' if path else ""
    return f'<li>{citation_button(link)}<div><span class="pq-title">{escape(title)}</span>{trail}</div></li>'


def _foot(turn: Turn, strings: Strings) -> str:
    answer = turn.answer
    percent = round(answer.confidence * 100)
    number = strings("answer.confidence_number", percent=percent)
    word = strings("answer.confidence", word=strings(confidence_word(answer.confidence)))
    level = confidence_word(answer.confidence).rpartition("_")[2]
    confidence = (
        f'<span class="pq-confidence pq-{level}" title="{escape(number)}">{escape(word)}'
        f'<span class="pq-hidden">. {escape(number)}</span></span>'
    )
    copy = (
        f'<button type="button" class="pq-copy" data-copy="{escape(plain_answer(answer, strings))}" '
        f'data-copied="{escape(strings("answer.copied"))}" '
        f'aria-label="{escape(strings("answer.copy_label"))}">'
        f"{escape(strings('answer.copy'))}</button>"
    )
    # A refusal has no right or wrong words to trust: its confidence would only puzzle.
    shown = "" if answer.abstained else confidence
    return f'<div class="pq-foot">{shown}{copy}{_feedback(turn, strings)}{_steps(answer, strings)}</div>'


def _feedback(turn: Turn, strings: Strings) -> str:
    """The thumb down: it opens onto the reasons, and one click on a reason sends it."""
    if turn.reported:
        return f'<span class="pq-reported" role="status">{escape(strings("feedback.thanks"))}</span>'
    if turn.asked is None:
        return ""
    buttons = "".join(
        f'<button type="button" class="pq-reason" data-reason="{reason}">'
        f"{escape(strings(f'feedback.{reason}'))}</button>"
        for reason in REASONS
    )
    comment = escape(strings("feedback.comment"))
    return (
        f'<details class="pq-feedback" data-turn="{turn.number}"><summary>'
        f'<span aria-hidden="true">👎</span> {escape(strings("feedback.label"))}</summary>'
        f"<p>{escape(strings('feedback.why'))}</p>"
        f'<input type="text" maxlength="500" placeholder="{comment}" aria-label="{comment}">'
        f'<div class="pq-reasons">{buttons}</div></details>'
    )


def _steps(answer: Answer, strings: Strings) -> str:
    if not answer.steps:
        return ""
    seconds = f"{answer.elapsed_ms / 1000:.2f}"
    if strings.language == "vi":
        seconds = seconds.replace(".", ",")
    elapsed = f'<p class="pq-elapsed">{escape(strings("answer.elapsed", seconds=seconds))}</p>'
    return (
        f'<details class="pq-steps"><summary>{escape(strings("answer.steps"))}</summary>'
        f"{_step_list(answer.steps)}{elapsed}</details>"
    )


def _step_list(steps: Sequence[str]) -> str:
    return f"<ol>{''.join(f'<li>{escape(step)}</li>' for step in steps)}</ol>" if steps else ""
