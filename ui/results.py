"""An evaluation as HTML: pure functions from reports, comparisons and drafts to strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evals.drafts import Draft
from evals.metrics.latency import latency
from evals.report.plots import by_group, reliability, risk_coverage
from evals.types import Comparison, Outcome, Report, Row
from ingest.normalise import fold
from ui.html import Link, escape, markdown
from ui.language import Strings
from ui.runs import DOWNLOADS, Progress

FIGURES = ("correct", "crag", "right", "refused", "citation recall", "citation precision", "verbatim", "recall@5")
COLUMNS = (
    "correct", "right", "refused", "refused wrongly", "crag", "citation recall", "citation precision", "verbatim",
    "recall@5", "ndcg@10", "calibration error",
)  # fmt: skip
_GROUPS = ("all", "split", "kind", "language", "style", "document", "perturbation")
_SHOWN = 50
AS_WRITTEN = "-"
"""The choice of the filter that stands for questions as their authors wrote them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which failures are shown; "" and None restrict nothing. ``words`` are looked for without marks."""

    kind: str | None = None
    document: str | None = None
    wording: str | None = None
    words: str = ""

    def holds(self, outcome: Outcome) -> bool:
        """Whether a failure is shown."""
        case = outcome.case
        text = fold(" ".join((case.id, case.question, case.reference, outcome.given.text if outcome.given else "")))
        return (
            (not self.kind or case.kind == self.kind)
            and (not self.document or self.document in case.documents)
            and (not self.wording or case.perturbation == self.wording.replace(AS_WRITTEN, ""))
            and all(word in text for word in fold(self.words).split())
        )


def title(name: str) -> str:
    """A run as people name it: the moment of its end, "2026-11-21 05:12:09 UTC"."""
    stamp, _, number = name.partition("-")
    moment = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC{f' ({number})' if number else ''}"


def status(progress: Progress, strings: Strings) -> str:
    """Where the run under way is, or how the last one ended; "" where there was none."""
    if progress.running:
        whole = progress.total or 1
        said = strings(
            "evaluate.stopping" if progress.stopping else "evaluate.running",
            done=progress.done,
            total=progress.total,
            seconds=round(progress.seconds),
        )
        return (
            f'<p class="pq-status" role="status">{escape(said)}</p>'
            f'<progress class="pq-progress" max="{whole}" value="{progress.done}" '
            f'aria-label="{escape(said)}"></progress>'
        )
    if progress.error is not None:
        return _alert(strings.sentence(progress.error))
    if progress.failed:
        return _alert(strings("errors.error"))
    if progress.stopped:
        return f'<p role="status">{escape(strings("evaluate.stopped"))}</p>'
    if progress.ended:
        said = strings("evaluate.ended", seconds=round(progress.seconds), run=title(progress.ended))
        return f'<p role="status">{escape(said)}</p>'
    return ""


def summary(report: Report, name: str, strings: Strings) -> str:
    """What a run gave: verdict, figures, systems, pictures, the table of groups, what may be fetched."""
    ours = report.runs[0]
    first = ours.rows[0]
    said = [*report.suites, strings("evaluate.questions", count=len(ours.outcomes))]
    said.extend(f"{key}: {value}" for key, value in report.filters.items())
    if speed := latency(list(ours.times.values())):
        said.append(strings("evaluate.speed", p50=f"{speed.p50:.0f}", p95=f"{speed.p95:.0f}"))
    failed = "".join(f"<li>{escape(one)}</li>" for one in report.failed_gates)
    verdict = (
        f'<p class="pq-failed">{escape(strings("evaluate.below"))}</p><ul>{failed}</ul>'
        if report.failed_gates
        else f'<p class="pq-passed">{escape(strings("evaluate.passed"))}</p>'
    )
    figures = "".join(
        f'<div class="pq-figure"><small title="{_meaning(measure, strings)}">{_measure(measure, strings)}</small>'
        f"<b>{first.values[measure]:.3f}</b><small>{_interval(first, measure)}</small></div>"
        for measure in FIGURES
        if measure in first.values
    )
    systems = ""
    if len(report.runs) > 1:
        rows = [replace(run.rows[0], group="all", name=run.system) for run in report.runs]
        systems = f"<h3>{escape(strings('evaluate.systems'))}</h3>{_table(rows, strings)}" + "".join(
            comparison(one, {}, strings) for one in report.comparisons
        )
    return (
        f'<section class="pq-results"><h2 tabindex="-1">{escape(title(name))}</h2>'
        f'<p class="pq-soft">{escape(" · ".join(said))}</p>{verdict}<div class="pq-figures">{figures}</div>'
        f"{_downloads(name, strings)}{systems}<h3>{escape(strings('evaluate.plots'))}</h3>{_plots(report, strings)}"
        f"<h3>{escape(strings('evaluate.table'))}</h3>{_table(ours.rows, strings)}</section>"
    )


def failures(report: Report, shown: Filter, strings: Strings) -> str:
    """The questions that were not answered rightly and that the filter lets through, each to be opened."""
    found = [
        (at, one)
        for at, one in enumerate(report.runs[0].outcomes)
        if one.given is not None and not one.given.right and shown.holds(one)
    ]
    more = strings("evaluate.more", count=len(found) - _SHOWN) if len(found) > _SHOWN else ""
    return (
        f'<p class="pq-soft" role="status">{escape(strings("evaluate.failures-count", count=len(found)))}</p>'
        + "".join(_failure(at, one, strings) for at, one in found[:_SHOWN])
        + (f'<p class="pq-soft">{escape(more)}</p>' if more else "")
    )


def comparison(one: Comparison, questions: Mapping[str, str], strings: Strings) -> str:
    """Two runs beside each other, with the questions that only one of them got right."""
    rows = "".join(
        f"<tr><td>{_measure(name, strings)}</td><td>{value:+.3f}</td><td>{_between(one.intervals.get(name))}</td></tr>"
        for name, value in one.differences.items()
    )
    said = strings(
        "evaluate.compared",
        first=one.first,
        second=one.second,
        cases=one.cases,
        gained=len(one.only_second_right),
        lost=len(one.only_first_right),
        p=f"{one.p_value:.2g}",
    )
    parts = [f"<p>{escape(said)}</p>"]
    if questions:
        parts.append(f'<div class="pq-wide"><table>{rows}</table></div>')
        for key, ids in (("gained", one.only_second_right), ("lost", one.only_first_right)):
            listed = "".join(f"<li>{escape(questions.get(case, case))}</li>" for case in ids[:_SHOWN])
            if listed:
                parts.append(f"<h4>{escape(strings(f'evaluate.{key}'))} ({len(ids)})</h4><ul>{listed}</ul>")
    return f'<section class="pq-compared">{"".join(parts)}</section>'


def drafts(found: Sequence[tuple[Draft, Sequence[str]]], strings: Strings) -> str:
    """The drafts with what is left to do for each, newest first."""
    if not found:
        return f'<p class="pq-soft">{escape(strings("evaluate.no-drafts"))}</p>'
    return "".join(_draft(draft, points, strings) for draft, points in reversed(found))


def kind_name(kind: str, strings: Strings) -> str:
    """A kind of question in the language of the interface."""
    return strings.texts.get(f"kind.{kind}", kind)


def why_wrong(outcome: Outcome, strings: Strings) -> str:
    """Why an answer is not right, in the language of the interface."""
    given = outcome.given
    if given is None or given.right:
        return ""
    if not outcome.case.answerable:
        return strings("evaluate.why-answered")
    if outcome.case.expect == "changed":
        return strings("evaluate.why-unchanged")
    if given.abstained:
        return strings("evaluate.why-refused")
    parts = [
        strings("evaluate.why-missing", facts=", ".join(given.missing)) if given.missing else "",
        strings("evaluate.why-forbidden", facts=", ".join(given.found_forbidden)) if given.found_forbidden else "",
        strings("evaluate.why-long") if given.too_long else "",
    ]
    return "; ".join(part for part in parts if part)


def _failure(at: int, outcome: Outcome, strings: Strings) -> str:
    case, given = outcome.case, outcome.given
    if given is None:
        return ""
    # Of each outcome two panes can be opened: what was cited (even numbers) and the evidence (odd ones).
    links = {one.number: Link(2 * at, one.number, _opens(one.document, strings)) for one in given.citations}
    evidence = "".join(
        f'<li><button type="button" class="pq-cite" data-turn="{2 * at + 1}" data-number="{number}" '
        f'aria-label="{escape(_opens(one.document, strings))}">{escape(strings("evaluate.open"))}</button> '
        f"“{escape(one.quote)}” <small>{escape(one.document)}</small></li>"
        for number, one in enumerate(case.evidence, 1)
    )
    retrieved = "".join(
        f'<li class="{"pq-found" if one.relevant else ""}">{escape(one.text)} '
        f"<small>{escape(one.document)}</small></li>"
        for one in outcome.retrieved
    )
    asked = " → ".join((*case.history, case.question))
    about = [case.id, kind_name(case.kind, strings), *filter(None, (case.perturbation, *case.documents))]
    parts = [
        (strings("evaluate.expected"), f"<p>{escape(case.reference)}</p>"),
        (strings("evaluate.given"), f'<div class="pq-text">{markdown(given.text, links)}</div>'),
        (strings("evaluate.evidence"), f'<ul class="pq-text">{evidence}</ul>' if evidence else ""),
        (strings("evaluate.retrieved"), f"<ol>{retrieved}</ol>" if retrieved else ""),
        (strings("evaluate.note"), f"<p>{escape(case.note)}</p>" if case.note else ""),
    ]
    body = "".join(f"<dt>{escape(name)}</dt><dd>{content}</dd>" for name, content in parts if content)
    return (
        f'<details class="pq-failure" data-case="{escape(case.id)}"><summary>'
        f'<span class="pq-asked">{escape(asked)}</span>'
        f'<span class="pq-why">{escape(why_wrong(outcome, strings))}</span>'
        f"<small>{escape(' · '.join(about))}</small></summary><dl>{body}</dl></details>"
    )


def _opens(document: str, strings: Strings) -> str:
    return strings("evaluate.opens", document=document)


def _draft(draft: Draft, points: Sequence[str], strings: Strings) -> str:
    todo = "".join(f"<li>{escape(point)}</li>" for point in points)
    left = f"<ul>{todo}</ul>" if todo else f"<p>{escape(strings('evaluate.draft-complete'))}</p>"
    comment = f" — {escape(draft.comment)}" if draft.comment else ""
    return (
        f'<details class="pq-failure"><summary><span class="pq-asked">{escape(draft.question)}</span>'
        f'<span class="pq-why">{escape(strings(f"feedback.{draft.reason}"))}{comment}</span>'
        f"<small>{escape(draft.id)}</small></summary><dl><dt>{escape(strings('evaluate.given'))}</dt>"
        f'<dd><div class="pq-text">{markdown(draft.given, {})}</div></dd>'
        f"<dt>{escape(strings('evaluate.to-do'))}</dt><dd>{left}</dd></dl></details>"
    )


def _downloads(name: str, strings: Strings) -> str:
    links = "".join(
        f'<a href="evaluations/{escape(name)}/{file}" {"target=_blank" if file.endswith("html") else "download"}>'
        f"{escape(strings('evaluate.page') if file.endswith('html') else file)}</a>"
        for file in DOWNLOADS
        if not file.startswith("times")
    )
    return f'<p class="pq-downloads">{links}</p>'


def _plots(report: Report, strings: Strings) -> str:
    rows = report.runs[0].rows
    answered = any(one.given is not None for one in report.runs[0].outcomes)
    measure = "correct" if answered else "recall@5"
    label = strings.texts[f"measure.{_key(measure)}"]
    pictures = []
    kinds = [replace(row, name=kind_name(row.name, strings)) for row in rows if row.group == "kind"]
    if kinds:
        pictures.append((strings("evaluate.by-kind"), by_group(kinds, measure, label)))
    if changed := [row for row in rows if row.group == "perturbation"]:
        pictures.append((strings("evaluate.by-wording"), by_group(changed, measure, label)))
    if answered:
        axes = (strings("evaluate.axis-coverage"), strings("evaluate.axis-risk"))
        pictures.append((strings("evaluate.risk"), risk_coverage(report.runs, axes)))
        axes = (strings("evaluate.axis-confidence"), strings("evaluate.axis-right"))
        pictures.append((strings("evaluate.calibration"), reliability(report.runs, axes)))
    figures = "".join(f"<figure><figcaption>{escape(name)}</figcaption>{svg}</figure>" for name, svg in pictures)
    return f'<div class="pq-plots">{figures}</div>'


def _table(rows: Sequence[Row], strings: Strings) -> str:
    columns = [name for name in COLUMNS if any(name in row.values for row in rows)]
    heads = "".join(f'<th title="{_meaning(name, strings)}">{_measure(name, strings)}</th>' for name in columns)
    body = ""
    for group in _GROUPS:
        members = [row for row in rows if row.group == group]
        if members and group != "all":
            name = escape(strings(f"evaluate.group-{group}"))
            body += f'<tr class="pq-group"><th colspan="{len(columns) + 2}">{name}</th></tr>'
        body += "".join(_row(row, columns, strings) for row in members)
    return f'<div class="pq-wide" tabindex="0"><table><tr><th></th><th>n</th>{heads}</tr>{body}</table></div>'


def _row(row: Row, columns: Sequence[str], strings: Strings) -> str:
    name = kind_name(row.name, strings) if row.group == "kind" else row.name
    if (row.group, row.name) == ("all", "all"):
        name = strings("evaluate.all")
    cells = "".join(
        f"<td>{row.values[one]:.3f}<br><small>{_interval(row, one)}</small></td>" if one in row.values else "<td></td>"
        for one in columns
    )
    return f"<tr><td>{escape(name)}</td><td>{row.cases}</td>{cells}</tr>"


def _key(measure: str) -> str:
    return measure.replace(" ", "-").replace("@", "-")


def _measure(measure: str, strings: Strings) -> str:
    return escape(strings.texts.get(f"measure.{_key(measure)}", measure))


def _meaning(measure: str, strings: Strings) -> str:
    return escape(strings.texts.get(f"meaning.{_key(measure)}", measure))


def _interval(row: Row, measure: str) -> str:
    return _between(row.intervals.get(measure))


def _between(interval: tuple[float, float] | None) -> str:
    return f"{interval[0]:.2f} – {interval[1]:.2f}" if interval is not None else ""


def _alert(sentence: str) -> str:
    return f'<p class="pq-notice" role="alert">{escape(sentence)}</p>'
