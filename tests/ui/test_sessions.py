"""Conversations on the server: apart from each other, bounded, remembered for follow-ups."""

from __future__ import annotations

from retrieval.types import Answer
from ui.sessions import Sessions, is_session_id


def answer(question: str) -> Answer:
    return Answer(question=question, language="vi", text="…", abstained=True, confidence=0.5)


def test_conversations_do_not_mix() -> None:
    sessions = Sessions()
    sessions.add("a", answer("một"))
    sessions.add("b", answer("hai"))
    assert sessions.history("a") == ("một",)
    assert sessions.history("b") == ("hai",)


def test_a_follow_up_gets_the_last_questions_oldest_first() -> None:
    sessions = Sessions(remembered=2)
    for question in ("một", "hai", "ba"):
        sessions.add("a", answer(question))
    assert sessions.history("a") == ("hai", "ba")


def test_a_full_conversation_drops_its_oldest_turn_and_never_reuses_a_number() -> None:
    sessions = Sessions(turns=2)
    for question in ("một", "hai", "ba"):
        sessions.add("a", answer(question))
    assert [(turn.number, turn.answer.question) for turn in sessions.turns("a")] == [(2, "hai"), (3, "ba")]
    assert sessions.turn("a", 1) is None


def test_too_many_conversations_drop_the_one_unused_for_longest() -> None:
    sessions = Sessions(capacity=2)
    sessions.add("a", answer("một"))
    sessions.add("b", answer("hai"))
    sessions.turns("a")
    sessions.add("c", answer("ba"))
    assert len(sessions) == 2
    assert sessions.turns("b") == ()
    assert [turn.answer.question for turn in sessions.turns("c")] == ["ba"]


def test_a_cleared_conversation_is_forgotten() -> None:
    sessions = Sessions()
    sessions.add("a", answer("một"))
    sessions.clear("a")
    assert sessions.turns("a") == ()


def test_only_ids_of_the_form_that_a_tab_makes_are_taken() -> None:
    assert is_session_id("0123456789abcdef" * 2)
    assert not any(is_session_id(text) for text in ("", "x" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n", None, 7))
