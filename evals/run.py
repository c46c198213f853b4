"""A system asked every case: what it gave, scored; no case escapes the mean."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence

from evals.check import places
from evals.metrics.answer import found_forbidden, is_right, longest, missing_facts
from evals.metrics.calibration import reliability, risk_coverage
from evals.metrics.citations import Places, is_relevant, recall
from evals.metrics.retrieval import DEPTHS, measure_all, shown_by
from evals.table import rows
from evals.types import Case, Cited, Given, Outcome, Retrieved, Run, System
from ingest.errors import UnknownDocument
from ingest.types import Span
from retrieval.types import Answer, Hit, Question

Progress = Callable[[int, int, str], None]
_SHOWN = 5  # passages kept in the report
_EXCERPT = 240  # code points of each


def run(
    system: System,
    cases: Sequence[Case],
    *,
    name: str = "planqa",
    retrieval_only: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Ask every case and measure. Deterministic but for ``times``."""
    asked = []
    times: dict[str, float] = {}
    for number, case in enumerate(cases):
        if progress is not None:
            progress(number, len(cases), case.id)
        started = time.perf_counter()
        question = Question(text=case.question, history=case.history, documents=case.restrict)
        answer = None if retrieval_only else system.ask(question)
        # The time of an answer; the search that measures retrieval comes after it.
        answered = time.perf_counter()
        hits = system.search(question, max(DEPTHS))
        times[case.id] = round(1_000 * ((answered if answer is not None else time.perf_counter()) - started), 2)
        asked.append((case, answer, hits))
    if progress is not None:
        progress(len(cases), len(cases), "")
    return finish(name, outcomes(system, asked), times)


def finish(name: str, found: Sequence[Outcome], times: Mapping[str, float]) -> Run:
    """Outcomes with their table and curves. The curves stand for the cases as their authors wrote them."""
    plain = [(one.case, one.given) for one in found if not one.case.perturbation and one.given is not None]
    answered = [(given.confidence, given.right) for _, given in plain if not given.abstained]
    return Run(
        system=name,
        outcomes=tuple(found),
        rows=rows(found),
        risk_coverage=risk_coverage(answered, len(plain)) if plain else (),
        reliability=reliability([given.confidence for _, given in plain], [given.right for _, given in plain]),
        times=times,
    )


def outcomes(system: System, asked: Sequence[tuple[Case, Answer | None, Sequence[Hit]]]) -> tuple[Outcome, ...]:
    """What was answered and found for each case, scored."""
    texts: dict[str, str] = {}

    def source(document: str) -> str:
        if document not in texts:
            try:
                texts[document] = system.source(document)
            except UnknownDocument:
                texts[document] = ""  # a suite over other documents than the index holds: its evidence is nowhere
        return texts[document]

    found = []
    shown = {}
    for case, answer, hits in asked:
        evidence = _places(case, source)
        by_hit = shown_by(evidence, [(hit.passage.document, hit.passage.span) for hit in hits])
        if case.evidence and case.expect == "same":
            shown[case.id] = (len(case.evidence), by_hit)
        given = None if answer is None else _given(case, answer, evidence, source)
        found.append((case, given, _retrieved(hits, by_hit)))
    measured = measure_all(shown)
    return tuple(
        Outcome(
            case=case,
            given=given,
            retrieved=retrieved if _is_shown(given, measured.get(case.id, {})) else (),
            retrieval=measured.get(case.id, {}),
        )
        for case, given, retrieved in found
    )


def _is_shown(given: Given | None, measured: Mapping[str, float]) -> bool:
    """Whether a report tells what was retrieved: where something went wrong. Otherwise it would be ten times as big."""
    return given is None or not given.right or measured.get("recall@5", 1.0) < 1.0


def _places(case: Case, source: Callable[[str], str]) -> Places:
    """Where the evidence stands. A quote that stands nowhere is a span that nothing covers: it counts against all."""
    return [(one.document, places(one, source(one.document)) or (_nowhere(len(one.quote)),)) for one in case.evidence]


def _nowhere(length: int) -> Span:
    """A span behind the end of any text."""
    return Span(sys.maxsize - length, sys.maxsize)


def _given(case: Case, answer: Answer, evidence: Places, source: Callable[[str], str]) -> Given:
    cited: dict[str, list[Span]] = {}
    for one in answer.citations:
        cited.setdefault(one.document, []).append(one.span)
    citations = tuple(
        Cited(
            number=one.number,
            document=one.document,
            section=one.section,
            quote=one.quote,
            start=one.span.start,
            end=one.span.end,
            page=one.page,
            relevant=is_relevant(evidence, one.document, one.span),
        )
        for one in answer.citations
    )
    exact = [one.quote == source(one.document)[one.span.start : one.span.end] for one in answer.citations]
    measured = bool(evidence) and case.expect == "same"
    return Given(
        text=answer.text,
        abstained=answer.abstained,
        confidence=answer.confidence,
        citations=citations,
        right=is_right(case, answer.text, answer.abstained),
        missing=missing_facts(case, answer.text),
        found_forbidden=found_forbidden(case, answer.text),
        too_long=len(answer.text) > longest(case.kind),
        verbatim=sum(exact) / len(exact) if exact else 1.0,
        citation_recall=recall(evidence, cited) if measured else 1.0,
        citation_precision=sum(one.relevant for one in citations) / len(citations) if measured and citations else 1.0,
    )


def _retrieved(hits: Sequence[Hit], shown: Sequence[tuple[int, ...]]) -> tuple[Retrieved, ...]:
    return tuple(
        Retrieved(
            rank=hit.rank,
            document=hit.passage.document,
            section=hit.passage.path,
            start=hit.passage.span.start,
            end=hit.passage.span.end,
            text=hit.passage.text[:_EXCERPT],
            relevant=len(quotes),
        )
        for hit, quotes in zip(hits[:_SHOWN], shown, strict=False)
    )
