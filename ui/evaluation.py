"""What happens on the evaluators' page: start a run, follow it, look at it, compare it, open a source."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from evals.baselines import BASELINES
from evals.bench import Plan
from evals.cases import KINDS, own_suites, read_suites
from evals.check import places
from evals.compare import compare
from evals.drafts import open_points, read_drafts
from evals.perturb import NOISE, PERTURBATIONS
from evals.selection import Selection
from evals.types import Case, Outcome, Report
from ingest.errors import PlanqaError
from ingest.types import Span
from retrieval.types import Answer, Citation, Language
from ui import results
from ui.language import Strings, load_strings
from ui.render import notice
from ui.results import Filter
from ui.runs import Runner, Runs
from ui.sessions import Turn
from ui.source import pane
from ui.types import Engine

_log = logging.getLogger(__name__)

Update = dict[str, Any]
Shown = tuple[str, int, int]
"""What the source pane shows: the run, the turn (twice the outcome, plus one for its evidence), the number."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The handlers of the evaluators' page. ``drafts`` is the file that the chat's thumb down fills."""

    engine: Engine
    runs: Runs
    runner: Runner
    drafts: Path

    def open(self, language: Language) -> tuple[str, Update, Update, Update, str]:
        """A tab opened the page: status, timer, the runs to look at, those to compare with, drafts."""
        names = self.runs.names()
        return (*self._status(language), *_choices(names, names[0] if names else None), self._drafts(language))

    def start(
        self,
        suites: Sequence[str] | None,
        kinds: Sequence[str] | None,
        languages: Sequence[str] | None,
        documents: Sequence[str] | None,
        wordings: Sequence[str] | None,
        with_baselines: bool,
        language: Language,
    ) -> tuple[str, Update]:
        """Begin a run of what was chosen: status, timer."""
        known = {path.stem: path for path in own_suites()}
        plan = Plan(
            suites=tuple(known[name] for name in suites or () if name in known),
            selection=Selection(
                kinds=tuple(kind for kind in kinds or () if kind in KINDS),
                languages=tuple(languages or ()),
                documents=tuple(documents or ()),
            ),
            perturbations=tuple(name for name in wordings or () if name in self.wordings()),
            baselines=tuple(BASELINES) if with_baselines else (),
        )
        self.runner.start(plan)
        return self._status(language)

    def stop(self, language: Language) -> tuple[str, Update]:
        """Ask the run under way to end: status, timer."""
        self.runner.stop()
        return self._status(language)

    def tick(self, language: Language, chosen: str | None) -> tuple[str, Update, Update, Update]:
        """A second has passed: status, timer, and the runs once there is a new one, which is then shown."""
        status, timer = self._status(language)
        ended = self.runner.progress().ended
        if ended and ended != chosen:
            return status, timer, *_choices(self.runs.names(), ended)
        return status, timer, gr.skip(), gr.skip()

    def show(self, name: str | None, language: Language) -> tuple[str, str, Update, Update, Update, str, str]:
        """A run was chosen: summary, failures, the filters' kinds, documents and wordings, comparison, pane."""
        strings = load_strings(language)
        report, said = self._report(name, strings)
        if report is None or name is None:
            return said, "", gr.skip(), gr.skip(), gr.skip(), "", ""
        return (
            results.summary(report, name, strings),
            results.failures(report, Filter(), strings),
            *_filters(report, strings),
            "",
            "",
        )

    def narrow(
        self,
        name: str | None,
        kind: str | None,
        document: str | None,
        wording: str | None,
        words: str | None,
        language: Language,
    ) -> str:
        """The failures that the filters let through."""
        strings = load_strings(language)
        report, said = self._report(name, strings)
        if report is None:
            return said
        return results.failures(
            report, Filter(kind=kind, document=document, wording=wording, words=words or ""), strings
        )

    def compare(self, name: str | None, other: str | None, language: Language) -> str:
        """The run that is looked at against an earlier one."""
        strings = load_strings(language)
        if not name or not other:
            return ""
        new, said = self._report(name, strings)
        old, said_too = self._report(other, strings)
        if new is None or old is None:
            return said or said_too
        try:
            found = compare(old.runs[0], new.runs[0], names=(results.title(other), results.title(name)))
        except PlanqaError as error:
            return notice(strings.sentence(error))
        questions = {one.case.id: _asked(one.case) for one in new.runs[0].outcomes}
        return results.comparison(found, questions, strings)

    def cite(self, name: str | None, language: Language, event: gr.EventData) -> tuple[str | Update, Shown | None]:
        """A citation or a piece of evidence was clicked: the source pane and what it shows."""
        turn, number = (event._data.get(key) for key in ("turn", "number"))
        if not name or type(turn) is not int or type(number) is not int:
            return "", None
        return self._source((name, turn, number), load_strings(language))

    def translate(
        self, name: str | None, other: str | None, language: Language, shown: Shown | None
    ) -> tuple[str, Update, str, str, Update, Update, Update, str, str | Update, Shown | None, str]:
        """All that the server wrote, in another language."""
        summary, failures, kinds, documents, wordings, _, _ = self.show(name, language)
        source, shown = self._source(shown, load_strings(language)) if shown is not None else ("", None)
        return (
            *self._status(language),
            summary,
            failures,
            kinds,
            documents,
            wordings,
            self.compare(name, other, language),
            source,
            shown,
            self._drafts(language),
        )

    def close(self) -> tuple[str, None]:
        """Close the source pane."""
        return "", None

    def wordings(self) -> tuple[str, ...]:
        """The wordings that can be chosen; noise in the documents only where they can be read again."""
        return (*PERTURBATIONS, *(NOISE if self.runner.reopen is not None else ()))

    def _status(self, language: Language) -> tuple[str, Update]:
        progress = self.runner.progress()
        return results.status(progress, load_strings(language)), gr.update(active=progress.running)

    def _report(self, name: str | None, strings: Strings) -> tuple[Report | None, str]:
        """A kept run, or None and what to say."""
        if not name:
            return None, f'<p class="pq-soft">{strings("evaluate.no-runs")}</p>'
        try:
            return self.runs.report(name), ""
        except KeyError:
            return None, notice(strings("evaluate.run-gone"))
        except PlanqaError as error:
            _log.warning("no report: %s", error)
            return None, notice(strings.sentence(error))

    def _source(self, shown: Shown, strings: Strings) -> tuple[str | Update, Shown | None]:
        name, turn, number = shown
        report, said = self._report(name, strings)
        outcomes = report.runs[0].outcomes if report is not None else ()
        if not 0 <= turn // 2 < len(outcomes):
            return said or notice(strings("errors.citation-gone")), None
        outcome = outcomes[turn // 2]
        try:
            cited = self._evidence(outcome.case) if turn % 2 else self._cited(outcome)
            citation = next((one for one in cited if one.number == number), None)
            if citation is None:
                return notice(strings("errors.citation-gone")), None
            text, outline = self.engine.source(citation.document), self.engine.outline(citation.document)
        except PlanqaError as error:
            _log.warning("no source: %s", error)
            return notice(strings.sentence(error)), None
        answer = Answer(
            question=outcome.case.question,
            language=strings.language,
            text=" ".join(f"[{one.number}]" for one in cited),
            abstained=False,
            confidence=0.0,
            citations=cited,
        )
        return pane(Turn(turn, answer), citation, text, outline, strings), shown

    def _cited(self, outcome: Outcome) -> tuple[Citation, ...]:
        given = outcome.given
        titles = {info.id: info.title for info in self.engine.documents()}
        return tuple(
            Citation(
                number=one.number,
                document=one.document,
                title=titles.get(one.document, one.document),
                section=one.section,
                quote=one.quote,
                span=Span(one.start, one.end),
                page=one.page,
            )
            for one in (given.citations if given is not None else ())
        )

    def _evidence(self, case: Case) -> tuple[Citation, ...]:
        titles = {info.id: info.title for info in self.engine.documents()}
        found = []
        for number, one in enumerate(case.evidence, 1):
            at = places(one, self.engine.source(one.document))
            found.append(
                Citation(
                    number=number,
                    document=one.document,
                    title=titles.get(one.document, one.document),
                    section=(one.heading,) if one.heading else (),
                    quote=one.quote,
                    span=at[0] if at else Span(0, len(one.quote)),  # a noisy copy: the pane says that it differs
                )
            )
        return tuple(found)

    def _drafts(self, language: Language) -> str:
        strings = load_strings(language)
        try:
            kept = read_drafts(self.drafts)
            texts = {info.id: self.engine.source(info.id) for info in self.engine.documents()} if kept else {}
        except PlanqaError as error:
            _log.warning("no drafts: %s", error)
            return notice(strings.sentence(error))
        return results.drafts([(one, open_points(one, texts)) for one in kept], strings)


def suite_choices() -> list[tuple[str, str]]:
    """The project's suites as choices: the part with its number of questions, and its name."""
    return [(f"{path.stem} ({len(read_suites([path]))})", path.stem) for path in own_suites()]


def _asked(case: Case) -> str:
    return " → ".join((*case.history, case.question))


def _choices(names: Sequence[str], chosen: str | None) -> tuple[Update, Update]:
    shown = [(results.title(name), name) for name in names]
    return gr.update(choices=shown, value=chosen), gr.update(choices=shown, value=None)


def _filters(report: Report, strings: Strings) -> tuple[Update, Update, Update]:
    """The kinds, documents and wordings of the failures, for the filters."""
    failed = [one.case for one in report.runs[0].outcomes if one.given is not None and not one.given.right]
    kinds = sorted({case.kind for case in failed})
    documents = sorted({document for case in failed for document in case.documents})
    wordings = list(dict.fromkeys(case.perturbation for case in failed))
    every = (strings("evaluate.every"), "")
    return (
        gr.update(choices=[every, *((results.kind_name(kind, strings), kind) for kind in kinds)], value=""),
        gr.update(choices=[every, *documents], value=""),
        gr.update(
            choices=[
                every,
                *((name or strings("evaluate.as-written"), name or results.AS_WRITTEN) for name in wordings),
            ],
            value="",
        ),
    )
