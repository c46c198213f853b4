"""Many questions in one process: a file of JSON lines in, a file of JSON lines out.

A bad line becomes one error object at its place, and the run goes on. The results appear under their name
when all of them are there; a run that is stopped leaves what was there before.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from ingest.errors import InputError, PlanqaError, UnreadableFile
from retrieval.types import Question
from ui.commands.progress import Progress
from ui.commands.questions import id_of_line, question_of_line
from ui.wire import Id, JsonObject, as_line, error_object

_log = logging.getLogger(__name__)


class UnwritableFile(InputError):
    """Raised where a result cannot be written. Fields: path, reason."""

    code = "unwritable-file"
    sentence = "Cannot write {path}: {reason}."


class AnswerFailed(PlanqaError):
    """Stands in a batch's output for a defect of planqa that one question met. Fields: reason."""

    code = "answer-failed"
    sentence = "This question could not be answered because of a defect: {reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a batch went: lines answered and lines that became an error object."""

    answered: int
    failed: int


def read_lines(source: Path) -> tuple[tuple[int, bytes], ...]:
    """The lines of a batch that are not blank, with their numbers from 1. Raises UnreadableFile."""
    try:
        lines = source.read_bytes().split(b"\n")
    except OSError as error:
        raise UnreadableFile(path=str(source), reason=error.strerror or str(error)) from error
    return tuple((number, line) for number, line in enumerate(lines, 1) if line.strip())


@contextlib.contextmanager
def writing(target: Path) -> Iterator[TextIO]:
    """A file that takes the place of ``target`` when the block ends well, and vanishes when it does not.

    What is no regular file (a pipe, /dev/null) is written to directly. Raises UnwritableFile.
    """
    place = target.resolve()
    direct = place.exists() and not place.is_file()
    draft = place if direct else place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        # Half a surrogate pair, which JSON can hold and UTF-8 cannot, goes out as the escape it came in as.
        stream = draft.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UnwritableFile(path=str(target), reason=error.strerror or str(error)) from error
    try:
        with stream:
            yield stream
            stream.flush()
            if not direct:
                os.fsync(stream.fileno())
        if not direct:
            draft.replace(place)
    except OSError as error:
        raise UnwritableFile(path=str(target), reason=error.strerror or str(error)) from error
    finally:
        if not direct:
            draft.unlink(missing_ok=True)


def run_batch(
    lines: tuple[tuple[int, bytes], ...],
    out: IO[str],
    *,
    reply: Callable[[Question, Id], JsonObject],
    progress: Progress,
) -> Outcome:
    """Write one object for each line, in the order of the lines."""
    failed = 0
    for done, (number, line) in enumerate(lines, 1):
        question_id = id_of_line(line, number)
        try:
            record = reply(question_of_line(line, number), question_id)
        except PlanqaError as error:
            failed += 1
            record = error_object(error, question_id, number)
        except Exception as error:  # noqa: BLE001 - an edge: a defect met by one question must not lose the others
            failed += 1
            _log.exception("line %d of the batch", number)
            reason = f"{type(error).__name__}: {error}"
            record = error_object(AnswerFailed(reason=reason), question_id, number)
        out.write(as_line(record) + "\n")
        progress(done, len(lines), str(question_id))
    return Outcome(answered=len(lines) - failed, failed=failed)
