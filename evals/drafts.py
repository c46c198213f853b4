"""Draft questions: what a reader of the chat found wrong, kept until an evaluator makes a case of it.

The file holds one JSON object a line: the fields of a case, as far as they are known, and what was given. A person
completes a line with the right answer and its evidence; ``open_points`` says what is left to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import ClassVar, Literal, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError

from evals.cases import KINDS
from evals.check import check
from evals.errors import BadSuite
from evals.types import Case, Evidence
from ingest.errors import UnreadableFile
from retrieval.types import Answer, Question

Reason = Literal["wrong", "incomplete", "not-asked", "refused", "bad-source", "other"]
"""Why an answer was no good: states what is wrong, leaves something out, answers another question, refuses though the
documents say it, cites what does not show it, something else."""
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A case in the making. ``given`` is the answer that was found wrong, ``cited`` what it rested on."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    id: str
    question: str
    language: str
    reason: Reason
    comment: str = ""
    given: str = ""
    cited: tuple[Evidence, ...] = ()
    history: tuple[str, ...] = ()
    restrict: tuple[str, ...] = ()
    kind: str = ""
    style: str = "plain"
    answerable: bool | None = None
    documents: tuple[str, ...] = ()
    reference: str = ""
    required: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    split: str = "dev"


_DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)


def draft_of(question: Question, answer: Answer, reason: Reason, comment: str = "") -> Draft:
    """The draft of a question whose answer was no good. The same question asked alike has the same id."""
    asked = "\n".join((question.text, *question.history, "", *question.documents))
    return Draft(
        id=f"draft-{hashlib.sha256(asked.encode()).hexdigest()[:12]}",
        question=question.text,
        language=answer.language,
        reason=reason,
        comment=comment.strip(),
        given=answer.text,
        cited=tuple(Evidence(document=one.document, quote=one.quote) for one in answer.citations),
        history=question.history,
        restrict=question.documents,
    )


def keep(draft: Draft, path: Path) -> None:
    """Put a draft into the file, in the place of an older one with its id, unless a person has worked on that.

    Atomic, and safe with other processes. Raises UnreadableFile, and BadSuite where the file is broken.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            drafts = {one.id: one for one in read_drafts(path)}
            older = drafts.get(draft.id)
            if older is not None and (older.reference or older.evidence or older.required):
                return
            drafts[draft.id] = draft
            lines = [json.dumps(asdict(one), ensure_ascii=False) for one in drafts.values()]
            temporary = path.with_name(f"{path.name}.new")
            temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
            temporary.replace(path)
    except OSError as error:
        raise UnreadableFile(path=str(path), reason=error.strerror or "it may not be written") from error


def read_drafts(path: Path) -> tuple[Draft, ...]:
    """The drafts of a file, () where there is none. Raises UnreadableFile, and BadSuite for the first bad line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            path=str(path), reason=getattr(error, "strerror", None) or "it is no UTF-8 text"
        ) from error
    drafts = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            drafts.append(_DRAFT.validate_json(line, strict=True))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            reason = f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()
            raise BadSuite(path=str(path), line=number, reason=reason) from error
    return tuple(drafts)


def open_points(draft: Draft, texts: Mapping[str, str]) -> list[str]:
    """What is left to do before a draft is a case; [] where ``as_case`` gives one that the checker accepts."""
    points = []
    if draft.kind not in KINDS:
        points.append(f"no kind of question ({draft.kind!r})" if draft.kind else "no kind of question")
    if draft.answerable is None:
        points.append("not said whether the documents answer it")
    if points:
        return points
    prefix = f"{draft.id}: "
    return [fault.removeprefix(prefix) for fault in check([as_case(draft)], texts)]


def as_case(draft: Draft) -> Case:
    """The case that a completed draft is."""
    known = {one.name for one in fields(Case)}
    values = {one.name: getattr(draft, one.name) for one in fields(Draft) if one.name in known}
    return Case(**{**values, "answerable": bool(draft.answerable)})


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
