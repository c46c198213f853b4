"""What the page does: handlers between the events of the browser, the engine and the conversations."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from evals.drafts import REASONS, draft_of, keep
from ingest.errors import PlanqaError
from ingest.normalise import clean
from retrieval.types import Language, Question
from ui.language import Strings, load_strings
from ui.render import Pending, conversation, notice
from ui.sessions import Sessions, is_session_id
from ui.source import pane
from ui.types import DRAFTS_FILE, EVALUATION, QUESTION_LIMIT, Engine

_log = logging.getLogger(__name__)

Update = dict[str, Any]
"""What Gradio's ``gr.update`` returns: new properties of a component."""

Shown = tuple[int, int]
"""The turn and the number of the citation that the source pane shows."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The handlers of the page. They share the engine and the conversations and keep nothing else.

    ``drafts`` is the file where questions go whose answers readers call no good.
    """

    engine: Engine
    sessions: Sessions
    drafts: Path = EVALUATION / DRAFTS_FILE

    def open(self, language: Language, event: gr.EventData, request: gr.Request) -> tuple[str, str, Update]:
        """A browser tab opened or reloaded the page: its id, its conversation, whether examples show."""
        offered = event._data.get("session")
        session = str(offered) if is_session_id(offered) else _session(None, request)
        turns = self.sessions.turns(session)
        return session, conversation(turns, load_strings(language)), gr.update(visible=not turns)

    def ask(
        self,
        text: str | None,
        documents: Sequence[str] | None,
        language: Language,
        session: str | None,
        request: gr.Request,
    ) -> Iterator[tuple[str | Update, Update, str | Update, str]]:
        """Answer a question in steps: conversation, examples, question box, notice.

        On an error the conversation is as before, the question is back in its box, and the notice says why.
        """
        strings = load_strings(language)
        session = _session(session, request)
        question = (text or "").strip()
        if problem := _problem(question, strings):
            yield gr.update(), gr.update(), gr.update(), notice(problem)
            return
        titles = self._titles(documents or ())
        turns = self.sessions.turns(session)
        hidden = gr.update(visible=False)
        yield conversation(turns, strings, Pending(question, titles)), hidden, "", ""
        asked = Question(text=question, history=self.sessions.history(session), documents=tuple(documents or ()))
        try:
            answer = self.engine.ask(asked)
        except PlanqaError as error:
            _log.warning("no answer: %s", error)
            yield (
                conversation(turns, strings),
                gr.update(visible=not turns),
                question,
                notice(strings.sentence(error)),
            )
            return
        except Exception:  # noqa: BLE001 - the edge to the user: a fault of ours must not hang the page
            _log.exception("the engine failed")
            yield (
                conversation(turns, strings),
                gr.update(visible=not turns),
                question,
                notice(strings("errors.error")),
            )
            return
        yield conversation(turns, strings, Pending(question, titles, answer.steps)), hidden, gr.update(), ""
        self.sessions.add(session, answer, titles, asked)
        yield conversation(self.sessions.turns(session), strings), hidden, gr.update(), ""

    def cite(
        self, language: Language, session: str | None, event: gr.EventData, request: gr.Request
    ) -> tuple[str | Update, Shown | None, str]:
        """Open the citation that was clicked: source pane, what it shows, notice."""
        target = _target(event._data)
        if target is None:
            return "", None, ""
        return self._show(target, load_strings(language), _session(session, request))

    def report(
        self, language: Language, session: str | None, event: gr.EventData, request: gr.Request
    ) -> tuple[str, str]:
        """Keep a question as a draft for the evaluators, as its answer was no good: conversation, notice."""
        strings = load_strings(language)
        session = _session(session, request)
        number, reason, comment = (event._data.get(name) for name in ("turn", "reason", "comment"))
        turn = self.sessions.turn(session, number) if isinstance(number, int) else None
        said = "" if turn is not None and turn.asked is not None else strings("errors.citation-gone")
        if turn is not None and turn.asked is not None and reason in REASONS:
            try:
                keep(draft_of(turn.asked, turn.answer, reason, str(comment or "")[:QUESTION_LIMIT]), self.drafts)
                self.sessions.report(session, turn.number)
            except PlanqaError as error:
                _log.warning("no draft: %s", error)
                said = strings.sentence(error)
        return conversation(self.sessions.turns(session), strings), notice(said)

    def close(self) -> tuple[str, None]:
        """Close the source pane."""
        return "", None

    def restart(
        self, language: Language, session: str | None, request: gr.Request
    ) -> tuple[str, Update, str, None, str]:
        """Forget the conversation: conversation, examples, source pane, what it shows, notice."""
        self.sessions.clear(_session(session, request))
        return conversation((), load_strings(language)), gr.update(visible=True), "", None, ""

    def translate(
        self, language: Language, session: str | None, shown: Shown | None, request: gr.Request
    ) -> tuple[str, str | Update, Shown | None, str]:
        """The conversation and the source pane in another language: what ``restart`` and ``cite`` return."""
        strings = load_strings(language)
        session = _session(session, request)
        turns = conversation(self.sessions.turns(session), strings)
        if shown is None:
            return turns, "", None, ""
        return turns, *self._show(shown, strings, session)

    def _show(self, target: Shown, strings: Strings, session: str) -> tuple[str | Update, Shown | None, str]:
        turn = self.sessions.turn(session, target[0])
        citations = turn.answer.citations if turn is not None else ()
        citation = next((citation for citation in citations if citation.number == target[1]), None)
        if turn is None or citation is None:
            return "", None, notice(strings("errors.citation-gone"))
        try:
            text = self.engine.source(citation.document)
            outline = self.engine.outline(citation.document)
        except PlanqaError as error:
            _log.warning("no source: %s", error)
            return "", None, notice(strings.sentence(error))
        return pane(turn, citation, text, outline, strings), target, ""

    def _titles(self, documents: Sequence[str]) -> tuple[str, ...]:
        titles = {info.id: info.title for info in self.engine.documents()} if documents else {}
        return tuple(titles.get(document, document) for document in documents)


def _problem(question: str, strings: Strings) -> str:
    """The sentence about a question that cannot be asked (the rule of ``retrieval.question``), or ""."""
    question = clean(question)
    if not any(letter.isalnum() for letter in question):
        return strings("errors.question-empty")
    if len(question) > QUESTION_LIMIT:
        length, limit = strings.number(len(question)), strings.number(QUESTION_LIMIT)
        return strings("errors.question-too-long", length=length, limit=limit)
    return ""


def _session(session: str | None, request: gr.Request) -> str:
    """The conversation's id; Gradio's own id of the page until the browser has told its tab's."""
    return session or str(request.session_hash)


def _target(data: dict[str, object]) -> Shown | None:
    turn, number = data.get("turn"), data.get("number")
    return (turn, number) if isinstance(turn, int) and isinstance(number, int) else None
