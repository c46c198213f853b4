"""The evaluators' page without a browser: runs are kept whole, one at a time, and looked at safely."""

from __future__ import annotations

import time
from pathlib import Path

import gradio as gr
import pytest

from evals.baselines import BASELINES
from evals.bench import Plan
from evals.drafts import Draft, keep
from evals.selection import Selection
from evals.types import Case, Evidence, Report
from ingest.errors import UnreadableFile
from ingest.types import Section
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import build
from retrieval.types import Answer, DocumentInfo, Hit, Question
from ui import results
from ui.evaluation import Evaluation
from ui.language import load_strings
from ui.results import Filter
from ui.runs import DOWNLOADS, Runner, Runs

CORPUS = Path(__file__).parents[2] / "corpus"
VI, EN = load_strings("vi"), load_strings("en")
SMALL = Selection(kinds=("deadline", "unanswerable"), limit=24)


class Slow:
    """The engine, with a pause before each answer."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.pause = 0.0
        self.failure: Exception | None = None

    def ask(self, question: Question) -> Answer:
        time.sleep(self.pause)
        if self.failure is not None:
            raise self.failure
        return self.engine.ask(question)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        return self.engine.search(question, k)

    def documents(self) -> tuple[DocumentInfo, ...]:
        return self.engine.documents()

    def source(self, document_id: str) -> str:
        return self.engine.source(document_id)

    def outline(self, document_id: str) -> tuple[Section, ...]:
        return self.engine.outline(document_id)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("index")
    build(CORPUS, folder, load_encoder())
    return Engine.open(folder)


@pytest.fixture
def slow(opened: Engine) -> Slow:
    return Slow(opened)


@pytest.fixture
def bench(slow: Slow, tmp_path: Path) -> Evaluation:
    runs = Runs(tmp_path / "runs")
    return Evaluation(slow, runs, Runner(slow, runs), tmp_path / "drafts.jsonl")


def finish(bench: Evaluation) -> str:
    """Wait for the run under way and give its name, "" where none was kept."""
    for _ in range(2_400):  # a busy machine takes its time
        progress = bench.runner.progress()
        if not progress.running:
            return progress.ended
        time.sleep(0.05)
    pytest.fail("the run does not end")


@pytest.fixture
def run(bench: Evaluation) -> str:
    assert bench.runner.start(Plan(selection=SMALL))
    return finish(bench)


def click(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def test_a_run_is_kept_and_shown(bench: Evaluation, run: str) -> None:
    assert bench.runs.names() == [run]
    status, timer, chosen, other, _ = bench.open("vi")
    assert results.title(run) in status
    assert timer["active"] is False
    assert (chosen["value"], chosen["choices"]) == (run, [(results.title(run), run)])
    assert other["value"] is None
    summary, failures, kinds, *_ = bench.show(run, "vi")
    for word in (VI("measure.correct"), VI("kind.deadline"), "<svg", "report.json"):
        assert word in summary
    assert "pq-failure" in failures
    assert kinds["choices"][0] == (VI("evaluate.every"), "")


def test_filters_of_a_plan_are_checked_against_what_there_is(bench: Evaluation) -> None:
    bench.start(["../../etc", "dev"], ["deadline", "<b>"], ["vi"], ["2021-kien-giang-42-kh-ubnd"], ["x"], False, "vi")
    report = bench.runs.report(finish(bench))
    assert {one.case.kind for one in report.runs[0].outcomes} == {"deadline"}
    assert report.filters["document"] == "2021-kien-giang-42-kh-ubnd"
    assert "perturbations" not in report.filters


def test_baselines_and_wordings_run_along(bench: Evaluation) -> None:
    documents = ["2021-kien-giang-42-kh-ubnd"]
    bench.start([], ["deadline"], [], documents, ["no-marks"], True, "en")
    name = finish(bench)
    report = bench.runs.report(name)
    assert [one.system for one in report.runs] == ["planqa", *BASELINES]
    summary = bench.show(name, "en")[0]
    assert "no-marks" in summary
    assert "bm25-windows" in summary


def test_filters_that_leave_nothing_are_one_sentence(bench: Evaluation) -> None:
    bench.start([], ["deadline"], [], ["no-such-document"], [], False, "vi")
    assert finish(bench) == ""
    assert "no-such-document" in bench.open("vi")[0]
    assert bench.runs.names() == []


def test_one_run_at_a_time_and_it_can_be_stopped(bench: Evaluation, slow: Slow) -> None:
    slow.pause = 0.05
    assert bench.runner.start(Plan(selection=SMALL))
    assert not bench.runner.start(Plan())
    status, timer = bench.stop("vi")
    assert timer["active"] is True
    assert "<progress" in status
    assert finish(bench) == ""
    assert VI("evaluate.stopped") in bench.open("vi")[0]
    assert bench.runs.names() == []
    slow.pause = 0.0
    assert bench.runner.start(Plan(selection=SMALL))
    assert finish(bench) in bench.runs.names()


@pytest.mark.parametrize(
    ("failure", "said"),
    [(UnreadableFile(path="/x", reason="gone"), "/x"), (RuntimeError("a fault of ours"), VI("errors.error"))],
)
def test_a_run_that_fails_is_one_sentence_and_the_next_can_begin(
    bench: Evaluation, slow: Slow, failure: Exception, said: str
) -> None:
    slow.failure = failure
    bench.runner.start(Plan(selection=SMALL))
    assert finish(bench) == ""
    status, _ = bench.stop("vi")
    assert said in status
    slow.failure = None
    assert bench.runner.start(Plan(selection=SMALL))
    assert finish(bench)


def test_a_tick_shows_a_new_run_once(bench: Evaluation, run: str) -> None:
    _, timer, chosen, _ = bench.tick("vi", None)
    assert (timer["active"], chosen["value"]) == (False, run)
    assert bench.tick("vi", run)[2] == gr.skip()


def test_failures_are_filtered_by_kind_document_wording_and_words_without_marks(bench: Evaluation, run: str) -> None:
    report = bench.runs.report(run)
    failed = [one for one in report.runs[0].outcomes if one.given is not None and not one.given.right]
    assert failed
    first = failed[0].case
    for shown in (
        Filter(kind=first.kind),
        Filter(document=first.documents[0] if first.documents else None),
        Filter(wording=results.AS_WRITTEN),
        Filter(words=first.question.upper()),
        Filter(words=first.id),
    ):
        html = results.failures(report, shown, VI)
        assert f'data-case="{first.id}"' in html
        assert html.count("<details") == sum(shown.holds(one) for one in failed)
    assert "<details" not in bench.narrow(run, None, None, None, "không có từ này zzz", "vi")
    assert "<details" not in bench.narrow(run, "table", "", "", None, "vi")


def test_citations_and_evidence_open_the_source_at_their_words(bench: Evaluation, run: str) -> None:
    report = bench.runs.report(run)
    at, outcome = next((at, one) for at, one in enumerate(report.runs[0].outcomes) if one.case.evidence)
    assert outcome.given is not None
    pane, shown = bench.cite(run, "vi", click(turn=2 * at + 1, number=1))
    assert shown == (run, 2 * at + 1, 1)
    assert f'<mark class="pq-quote">{outcome.case.evidence[0].quote}' in str(pane)
    if outcome.given.citations:
        pane, _ = bench.cite(run, "vi", click(turn=2 * at, number=1))
        assert '<mark class="pq-quote">' in str(pane)


@pytest.mark.parametrize(
    "data", [{}, {"turn": "0", "number": 1}, {"turn": True, "number": 1}, {"turn": 10**9, "number": 1},
             {"turn": -4, "number": 1}, {"turn": 0, "number": 99}],
)  # fmt: skip
def test_a_forged_click_opens_nothing(bench: Evaluation, run: str, data: dict[str, object]) -> None:
    pane, shown = bench.cite(run, "vi", click(**data))
    assert shown is None
    assert "<mark" not in str(pane)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "20260101T000000Z/..", "20260101T000000Z", "x" * 5000])
def test_a_run_that_is_none_is_one_sentence(bench: Evaluation, name: str) -> None:
    summary, failures, *_ = bench.show(name, "en")
    assert failures == ""
    assert summary.startswith("<p")
    assert bench.runs.file(name, "report.json") is None


def test_only_files_of_a_run_can_be_fetched(bench: Evaluation, run: str) -> None:
    for file in DOWNLOADS:
        assert bench.runs.file(run, file) is not None
    for file in ("../report.json", "report.json/..", "secret", ""):
        assert bench.runs.file(run, file) is None


def test_a_run_is_compared_with_an_earlier_one(bench: Evaluation, run: str) -> None:
    bench.runner.start(Plan(selection=SMALL))
    second = finish(bench)
    html = bench.compare(second, run, "en")
    assert results.title(run) in html
    assert "McNemar p = 1" in html
    assert bench.compare(second, None, "en") == ""
    bench.runner.start(Plan(selection=Selection(kinds=("budget",))))
    assert "pq-notice" in bench.compare(finish(bench), run, "en")


def test_a_half_written_run_is_not_listed(bench: Evaluation, run: str, tmp_path: Path) -> None:
    (tmp_path / "runs" / "20260101T000000Z.new").mkdir()
    (tmp_path / "runs" / "notes").mkdir()
    assert bench.runs.names() == [run]


def test_a_run_that_was_damaged_is_one_sentence(bench: Evaluation, run: str, tmp_path: Path) -> None:
    (tmp_path / "runs" / run / "report.json").write_text("{", encoding="utf-8")
    assert "report.json" in bench.show(run, "vi")[0]


def test_drafts_are_shown_with_what_is_left_to_do_newest_first(bench: Evaluation) -> None:
    assert VI("evaluate.no-drafts") in bench.open("vi")[4]
    for number in (1, 2):
        keep(
            Draft(id=f"draft-{number}", question=f"Câu <b>{number}</b>?", language="vi", reason="wrong", given="x"),
            bench.drafts,
        )
    html = bench.open("vi")[4]
    assert html.index("draft-2") < html.index("draft-1")
    assert "<b>1</b>" not in html
    assert "no kind of question" in html
    assert VI("feedback.wrong") in html


def test_a_broken_file_of_drafts_is_one_sentence(bench: Evaluation) -> None:
    bench.drafts.write_text("{", encoding="utf-8")
    assert "pq-notice" in bench.open("vi")[4]


def test_another_language_says_everything_again(bench: Evaluation, run: str) -> None:
    said = bench.translate(run, None, "en", (run, 1, 1))
    assert EN("evaluate.plots") in said[2]
    assert EN("evaluate.no-drafts") in said[-1]


def test_texts_of_suites_and_answers_are_shown_as_text(bench: Evaluation, run: str) -> None:
    from dataclasses import replace

    report = bench.runs.report(run)
    bad = "<script>alert(1)</script>"
    case = Case(
        id=bad, question=bad, kind=bad, answerable=True, reference=bad, note=bad, documents=(bad,),
        evidence=(Evidence(document=bad, quote=bad),),
    )  # fmt: skip
    outcome = next(one for one in report.runs[0].outcomes if one.given is not None and not one.given.right)
    assert outcome.given is not None
    outcome = replace(outcome, case=case, given=replace(outcome.given, text=bad, missing=(bad,)))
    ours = replace(report.runs[0], outcomes=(outcome,))
    hostile: Report = replace(report, runs=(ours,), suites=(bad,), filters={bad: bad}, failed_gates=(bad,))
    for html in (results.failures(hostile, Filter(), VI), results.summary(hostile, run, VI)):
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
