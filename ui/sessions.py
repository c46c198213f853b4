"""The conversations of the open browser tabs, kept in the server's memory and bounded."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock

from retrieval.types import Answer, Question

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer. ``number`` counts the questions of a conversation from 1, never reused.

    ``documents`` are the titles that the search was restricted to, () for all. ``asked`` is the question with its
    history as the engine got it. ``reported`` says that the reader has called the answer no good.
    """

    number: int
    answer: Answer
    documents: tuple[str, ...] = ()
    asked: Question | None = None
    reported: bool = False


@dataclass(slots=True)
class Session:
    """One conversation. Turns are only appended under ``lock``."""

    turns: tuple[Turn, ...] = ()
    asked: int = 0
    lock: Lock = field(default_factory=Lock)


class Sessions:
    """Conversations by session id; the one unused for longest goes first when there are too many.

    ``capacity`` bounds the conversations, ``turns`` the turns kept of each, ``remembered`` the earlier
    questions that go with a new one. A turn is a few kilobytes, so the defaults stay under 200 MB.
    """

    def __init__(self, *, capacity: int = 1_000, turns: int = 50, remembered: int = 4) -> None:
        self._capacity = capacity
        self._turns = turns
        self._remembered = remembered
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._sessions)

    def turns(self, session_id: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; () for a new one."""
        return self._get(session_id).turns

    def history(self, session_id: str) -> tuple[str, ...]:
        """The last questions of a conversation, oldest first: what a follow-up refers to."""
        turns = self._get(session_id).turns
        return tuple(turn.answer.question for turn in turns[-self._remembered :])

    def add(
        self, session_id: str, answer: Answer, documents: tuple[str, ...] = (), asked: Question | None = None
    ) -> Turn:
        """Append a turn; the oldest goes when the conversation is full."""
        session = self._get(session_id)
        with session.lock:
            session.asked += 1
            turn = Turn(session.asked, answer, documents, asked)
            session.turns = (*session.turns, turn)[-self._turns :]
        return turn

    def turn(self, session_id: str, number: int) -> Turn | None:
        """The turn with this number, or None where it is gone."""
        return next((turn for turn in self._get(session_id).turns if turn.number == number), None)

    def report(self, session_id: str, number: int) -> None:
        """Mark the turn with this number as reported; nothing where it is gone."""
        session = self._get(session_id)
        with session.lock:
            session.turns = tuple(
                replace(turn, reported=True) if turn.number == number else turn for turn in session.turns
            )

    def clear(self, session_id: str) -> None:
        """Forget a conversation."""
        with self._lock:
            self._sessions.pop(session_id, None)

    def _get(self, session_id: str) -> Session:
        with self._lock:
            session = self._sessions.setdefault(session_id, Session())
            self._sessions.move_to_end(session_id)
            while len(self._sessions) > self._capacity:
                self._sessions.popitem(last=False)
            return session


def is_session_id(text: object) -> bool:
    """Whether ``text`` has the form of an id made by a browser tab: 32 hexadecimal digits of randomness."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None
