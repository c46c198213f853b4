"""How a passage is shown to a reader: with its heading and its neighbours, as far as that is not too long.

A bullet says little alone, and the heading above a duty says whose it is. A *whole* is a short section, a stretch of a
long one, the opening of a document (letterhead, title, bases) or its end (recipients, signature): the parts of the
layout of Nghị định 30/2020/NĐ-CP. Its text is one piece of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.types import Span
from retrieval.answer.library import Book
from retrieval.types import Passage

# Code points of a whole: the length of a chunk in LangChain's recipe, so that hits compare with those of the baseline.
LONGEST = 1_000
OPENING = ("letterhead", "title", "basis")
CLOSING = ("recipients", "signature")
_SEEN = 0.7  # where so much of a whole is shown already, it shows nothing new


class Wholes:
    """The wholes of one document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._of: dict[int, Passage] = {}
        run: list[Passage] = []
        for passage in book.passages:
            if passage.kind == "list":
                continue
            if run and (_place(run[-1]) != _place(passage) or passage.span.end - self._start(run[0]) > LONGEST):
                self._close(run)
                run = []
            run.append(passage)
        self._close(run)
        for passage in book.passages:
            if passage.kind == "heading":
                self._of[passage.index] = self._from_heading(passage)

    def of(self, passage: Passage) -> Passage:
        """The whole that a passage is shown in. A list that is no longer than a whole is one itself."""
        if passage.kind != "list":
            return self._of[passage.index]
        whole = self._of[passage.members[0]]
        return whole if len(passage.span) > LONGEST or passage.span in whole.span else passage

    def merged(self, wholes: Sequence[Passage]) -> list[Passage]:
        """The same wholes, neighbours as one while that is not too long, in the order of the first of each."""
        order = {one.span: at for at, one in reversed(list(enumerate(wholes)))}
        groups: list[list[Passage]] = []
        for one in sorted(wholes, key=lambda whole: whole.span):
            if groups and one.span.end - groups[-1][0].span.start <= LONGEST:
                groups[-1].append(one)
            else:
                groups.append([one])
        groups.sort(key=lambda group: min(order[one.span] for one in group))
        return [group[0] if len(group) == 1 else self._joined(group, group[0].span.start) for group in groups]

    def neighbours(self, wholes: Sequence[Passage]) -> list[Passage]:
        """The same wholes, each with those that follow on it while that is not too long, in the order of the first."""
        groups: list[list[Passage]] = []
        for whole in wholes:
            near = next((group for group in groups if self._joins(group, whole)), None)
            if near is None:
                groups.append([whole])
            else:
                near.append(whole)
                near.sort(key=lambda one: one.span)
        return [group[0] if len(group) == 1 else self._joined(group, group[0].span.start) for group in groups]

    def _joins(self, group: Sequence[Passage], whole: Passage) -> bool:
        """Whether a whole stands right before or behind a group, and both together are not too long."""
        first, last = (whole, group[0]) if whole.span < group[0].span else (group[-1], whole)
        span = Span(min(whole.span.start, group[0].span.start), max(whole.span.end, group[-1].span.end))
        after = (last.members or (last.index,))[0]
        before = (first.members or (first.index,))[-1]
        return len(span) <= LONGEST and after == before + 1

    def _start(self, first: Passage) -> int:
        """Where a whole begins: at its heading where nothing stands between."""
        if first.section < 0 or first.kind == "heading":
            return first.span.start
        heading = self._book.outline[first.section].heading
        between = self._book.text[heading.end : first.span.start]
        follows = heading.start <= first.span.start and not any(letter.isalnum() for letter in between)
        return heading.start if follows else first.span.start

    def _close(self, run: Sequence[Passage]) -> None:
        if run:
            whole = self._joined(run, self._start(run[0]))
            self._of.update((passage.index, whole) for passage in run)

    def _from_heading(self, heading: Passage) -> Passage:
        """A heading of a part with as much of what stands below it as a whole may hold."""
        end = min(self._book.outline[heading.section].span.end, heading.span.start + LONGEST)
        run = [heading]
        for passage in self._book.passages[heading.index + 1 :]:
            if passage.kind != "list":
                if passage.span.end > end:
                    break
                run.append(passage)
        return self._joined(run, heading.span.start)

    def _joined(self, run: Sequence[Passage], start: int) -> Passage:
        first, last = run[0], max(run, key=lambda one: one.span.end)
        span = Span(start, last.span.end)
        if len(run) == 1 and span == first.span:
            return first
        heading = " ".join(self._book.text[start : first.span.start].strip(" \n-*#").split())
        members = dict.fromkeys(index for one in run for index in (one.members or (one.index,)))
        return replace(
            first,
            kind="list",
            span=span,
            text=self._book.text[span.start : span.end],
            reading="\n".join(text for text in (heading, *(one.reading for one in run)) if text),
            lead=None,
            cells=(),
            members=tuple(members),
            skipped=tuple(gone for one in run for gone in one.skipped),
        )


def _place(passage: Passage) -> tuple[int, str]:
    kind = passage.kind
    return passage.section, "opening" if kind in OPENING else "closing" if kind in CLOSING else ""


def unseen(wholes: Iterable[Passage], k: int) -> list[Passage]:
    """The first ``k`` of the wholes that show something that those before them do not."""
    shown: dict[str, list[Span]] = {}
    found: list[Passage] = []
    for whole in wholes:
        if len(found) >= k:
            break
        spans = shown.setdefault(whole.document, [])
        if _common(whole.span, spans) < _SEEN * len(whole.span):
            spans.append(whole.span)
            found.append(whole)
    return found


def _common(span: Span, others: Iterable[Span]) -> int:
    return sum(max(0, min(span.end, one.end) - max(span.start, one.start)) for one in others)
