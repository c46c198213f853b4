"""Questions as they come in, from the command line or a batch file, checked before anything is searched."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence

from ingest.errors import BadBatchLine, BadQuestion
from retrieval.types import Question
from ui.wire import Id


def checked_question(text: str, *, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Question:
    """A question that can be asked. Raises BadQuestion for a text that is empty, over-long or no Unicode."""
    return Question(
        text=_checked_text(text),
        history=tuple(_checked_text(earlier) for earlier in history),
        documents=tuple(documents),
    )


def id_of_line(line: bytes, number: int) -> Id:
    """The id that a batch line gives itself, else its number; also for a line that is no question."""
    try:
        record = _record(line, number)
    except BadBatchLine:
        return str(number)
    own = record.get("id")
    return own if isinstance(own, str) or (isinstance(own, int) and not isinstance(own, bool)) else str(number)


def question_of_line(line: bytes, number: int) -> Question:
    """The question on a batch line; ``number`` counts from 1. Fields that are not known are left alone.

    Raises BadBatchLine for a line that is no such object, BadQuestion as `checked_question`.
    """
    record = _record(line, number)
    own = record.get("id")
    if own is not None and (isinstance(own, bool) or not isinstance(own, str | int)):
        raise BadBatchLine(line=number, reason="id is no text")
    text = record.get("question")
    if not isinstance(text, str):
        raise BadBatchLine(line=number, reason="question is no text" if "question" in record else "question is missing")
    return checked_question(
        text,
        history=_texts(record, "history", number),
        documents=_texts(record, "documents", number),
    )


def _record(line: bytes, number: int) -> Mapping[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadBatchLine(line=number, reason=f"byte {error.start} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadBatchLine(line=number, reason=f"no JSON ({error.msg} at column {error.colno})") from error
    except (RecursionError, ValueError) as error:  # nested thousands deep, or a number of thousands of digits
        raise BadBatchLine(line=number, reason="no JSON that can be read") from error
    if not isinstance(record, dict):
        raise BadBatchLine(line=number, reason="no JSON object")
    return record


def _texts(record: Mapping[str, object], name: str, number: int) -> tuple[str, ...]:
    values = record.get(name)
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadBatchLine(line=number, reason=f"{name} is no list of texts")
    return tuple(values)


def _checked_text(text: str) -> str:
    from retrieval.question import check  # compiles its expressions, which `--help` does without

    text = _as_unicode(text)
    check(text)
    return text


def _as_unicode(text: str) -> str:
    """The text without lone surrogates: Python makes them of bytes that the locale does not know."""
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return os.fsencode(text).decode("utf-8")
        except UnicodeError as error:
            raise BadQuestion(reason="it is not Unicode text") from error
    return text
