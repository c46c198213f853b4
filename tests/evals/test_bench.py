"""A whole evaluation on the real plans: repeatable, selectable, gated, compared with the baselines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from plans import CASE, NOTHING, PLAN, TEXTS, answer

from evals.bench import Plan, evaluate
from evals.cases import own_suites, read_suites
from evals.compare import as_text, compare
from evals.errors import BadGates, BadReport, NothingToAsk
from evals.gates import failed_gates, read_gates
from evals.report import read_report, write_report
from evals.report.files import as_json
from evals.run import run
from evals.selection import Selection
from evals.table import row
from evals.types import Case
from ingest.errors import UnknownDocument
from ingest.types import Span
from retrieval.engine import Engine
from retrieval.types import Answer, DocumentInfo, Hit, Question

FILES = ("report.json", "report.html", "junit.xml", "times.json")


class Fixed:
    """A system that always gives the same answer, and finds nothing."""

    def __init__(self, given: Answer) -> None:
        self._given = given

    def ask(self, question: Question) -> Answer:
        return self._given

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        return []

    def source(self, document_id: str) -> str:
        if document_id not in TEXTS:
            raise UnknownDocument(document=document_id)
        return TEXTS[document_id]

    def documents(self) -> tuple[DocumentInfo, ...]:
        return ()


def suite(folder: Path, *cases: Case) -> Path:
    path = folder / "suite.jsonl"
    lines = []
    for case in cases:
        fields = asdict(case)
        lines.append(json.dumps(fields))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(selection=Selection(limit=30), baselines=("bm25-windows", "langchain-recipe"))


def test_two_runs_write_the_same_bytes_but_for_times(engine: Engine, plan: Plan, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_report(evaluate(engine, plan), tmp_path / name)
        assert {path.name for path in (tmp_path / name).iterdir()} == set(FILES)
    for file in ("report.json", "junit.xml"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_report_reads_back_as_it_was(engine: Engine, plan: Plan, tmp_path: Path) -> None:
    report = evaluate(engine, plan)
    write_report(report, tmp_path)
    again = read_report(tmp_path)
    assert as_json(again) == as_json(report)
    assert [one.case for one in again.runs[0].outcomes] == [one.case for one in report.runs[0].outcomes]
    assert again.runs[0].times.keys() == {one.case.id for one in report.runs[0].outcomes}
    assert read_report(tmp_path / "report.json") == again


def test_we_beat_the_baselines_on_the_same_questions(engine: Engine, plan: Plan) -> None:
    report = evaluate(engine, plan)
    assert [one.system for one in report.runs] == ["planqa", "bm25-windows", "langchain-recipe"]
    for comparison in report.comparisons:
        assert comparison.second == "planqa" and comparison.cases == 30
        assert len(comparison.only_second_right) > len(comparison.only_first_right)
        low, high = comparison.intervals["correct"]
        assert low <= comparison.differences["correct"] <= high


def test_retrieval_alone_answers_nothing(engine: Engine) -> None:
    report = evaluate(engine, Plan(selection=Selection(limit=12), retrieval_only=True))
    assert all(one.given is None for one in report.runs[0].outcomes)
    assert set(report.runs[0].rows[0].values) == {"recall@1", "recall@5", "recall@10", "mrr", "ndcg@10"}
    assert report.runs[0].risk_coverage == ()


def test_a_selection_restricts_and_an_empty_one_is_an_error() -> None:
    cases = read_suites(own_suites())
    budgets = Selection(kinds=("budget",), splits=("dev",), languages=("vi",), documents=(PLAN,)).of(cases)
    assert budgets and all(case.kind == "budget" and PLAN in case.documents for case in budgets)
    some = Selection(limit=40).of(cases)
    assert len(some) == 40 and len({case.kind for case in some}) > 8
    with pytest.raises(NothingToAsk, match="kind budget, language fr"):
        Selection(kinds=("budget",), languages=("fr",)).of(cases)


def test_progress_counts_up_to_all_of_it(engine: Engine) -> None:
    seen: list[tuple[int, int]] = []
    evaluate(
        engine,
        Plan(selection=Selection(limit=5), baselines=("bm25-windows",)),
        progress=lambda done, total, name: seen.append((done, total)),
    )
    assert seen[0] == (0, 10) and seen[-1] == (10, 10)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_what_a_system_gave_is_scored_by_hand_checked_rules() -> None:
    start = TEXTS[PLAN].index(CASE.evidence[0].quote)
    half = Span(start, start + len(CASE.evidence[0].quote) // 2)
    system = Fixed(answer("tiểu dự án 3", half, Span(0, 50), confidence=0.8))
    found = run(system, (CASE, NOTHING))
    right, wrong = (one.given for one in found.outcomes)
    assert right is not None and wrong is not None
    assert right.right and right.crag == 1 and right.verbatim == 1.0
    assert right.citation_recall == pytest.approx(len(half) / len(CASE.evidence[0].quote))
    assert right.citation_precision == 0.5 and [one.relevant for one in right.citations] == [True, False]
    assert not wrong.right and wrong.crag == -1
    values = found.rows[0].values
    assert (values["correct"], values["right"], values["refused"], values["crag"]) == (0.5, 1.0, 0.0, 0.0)
    assert values["recall@5"] == 0.0 and values["calibration error"] == pytest.approx(0.3)
    assert "refusal precision" not in values


def test_refusals_have_precision_and_recall() -> None:
    found = run(Fixed(answer("Không nêu", abstained=True)), (CASE, NOTHING))
    values = found.rows[0].values
    assert (values["refused"], values["refusal precision"], values["refused wrongly"]) == (1.0, 0.5, 1.0)
    assert values["crag"] == 0.5 and "citation recall" not in values


def test_a_quote_that_is_not_the_source_is_seen() -> None:
    given = answer("tiểu dự án 3", Span(0, 9))
    forged = replace(given, citations=(replace(given.citations[0], quote="something"),))
    assert run(Fixed(forged), (CASE,)).rows[0].values["verbatim"] == 0.0


def test_evidence_that_stands_nowhere_counts_against_the_system() -> None:
    case = replace(CASE, evidence=(replace(CASE.evidence[0], document="gone"),))
    given = run(Fixed(answer("tiểu dự án 3", Span(0, 9))), (case,)).outcomes[0].given
    assert given is not None and given.citation_recall == 0.0 and given.citation_precision == 0.0


def test_gates_fail_below_and_above_their_bounds(tmp_path: Path) -> None:
    rows = run(Fixed(answer("tiểu dự án 3", Span(0, 9))), (CASE, replace(NOTHING, id="m"))).rows
    gates = {"all": {"correct": 0.6, "verbatim": 1.0, "calibration error": 0.0}, "kind: agency-role": {"right": 1.0}}
    failed = failed_gates(rows, gates)
    assert [one.partition(" is ")[0] for one in failed] == ["all: correct"]
    sure = run(Fixed(answer("tiểu dự án 3", Span(0, 9), confidence=0.9)), (CASE,)).rows
    assert failed_gates(sure, {"all": {"calibration error": 0.05}})[0].endswith("must be at most 0.05")
    (tmp_path / "gates.toml").write_text('[all]\ncorrect = "much"\n', encoding="utf-8")
    with pytest.raises(BadGates, match="correct = 'much' is no measure with a number"):
        read_gates(tmp_path / "gates.toml")
    (tmp_path / "gates.toml").write_text("[all\n", encoding="utf-8")
    with pytest.raises(BadGates):
        read_gates(tmp_path / "gates.toml")
    with pytest.raises(BadGates):
        read_gates(tmp_path / "none.toml")


@pytest.mark.timeout(900)  # every question of the suites
def test_the_gates_of_the_project_are_reached(engine: Engine) -> None:
    report = evaluate(engine, Plan())
    assert report.failed_gates == ()
    assert report.runs[0].rows[0].values["verbatim"] == 1.0


def test_two_runs_are_compared_question_by_question() -> None:
    cases: Sequence[Case] = [replace(CASE, id=f"c{number}") for number in range(12)]
    good = run(Fixed(answer("tiểu dự án 3", Span(0, 9))), cases, name="good")
    bad = run(Fixed(answer("nothing", abstained=True)), cases[:10], name="bad")
    found = compare(bad, good)
    assert found.cases == 10 and len(found.only_second_right) == 10 and found.only_first_right == ()
    assert found.p_value == pytest.approx(2 / 2**10)
    assert found.differences["correct"] == 1.0 and found.intervals["correct"] == (1.0, 1.0)
    assert found.differences["crag"] == 1.0
    assert "good against bad: 10 questions" in as_text(found)
    other = run(Fixed(answer("x")), [replace(CASE, id="c1", question="Khác?")], name="other")
    with pytest.raises(BadReport, match="shares no question"):
        compare(good, other)


def test_a_row_of_changed_wordings_does_not_enter_the_mean_of_the_written_ones() -> None:
    changed = replace(CASE, id="c~no-marks", perturbation="no-marks", question="Du an 10 giao cho ai?")
    system = Fixed(answer("tiểu dự án 3", Span(0, 9)))
    rows = run(system, (CASE, NOTHING, changed)).rows
    assert rows[0].cases == 2
    assert [(one.name, one.cases) for one in rows if one.group == "perturbation"] == [
        ("as written", 1),
        ("no-marks", 1),
    ]


def test_a_table_of_nothing_is_empty() -> None:
    assert row("all", "all", ()).values == {}
