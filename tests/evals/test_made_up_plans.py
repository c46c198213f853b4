"""The made-up plans that the judge is trained on: each quote is there once, and they are read as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from evals import plans
from evals.fitting import Part, examples, index_of
from evals.judging import by_shipped


@pytest.mark.parametrize(("questions", "least"), [(plans.QUESTIONS, 4_000), (plans.ALIKE, 6_000)])
def test_every_quote_stands_once_in_its_plan(questions: Path, least: int) -> None:
    asked = 0
    for texts, cases in plans.shelves(questions):
        assert len({case.id for case in cases}) == len(cases)
        for case in cases:
            asked += 1
            assert case.answerable == bool(case.evidence)
            for one in case.evidence:
                assert texts[one.document].count(one.quote) == 1, (case.id, one.quote)
                assert "\n" not in one.quote
    assert asked > least


def test_most_questions_are_of_tables_and_some_have_no_answer() -> None:
    kinds = Counter(
        "none" if not case.evidence else "row" if "|" in case.evidence[0].quote else "sentence"
        for _, cases in plans.shelves()
        for case in cases
    )
    assert kinds["row"] > 0.35 * kinds.total()
    assert kinds["none"] > 0.08 * kinds.total()


def test_most_questions_that_look_alike_have_no_answer_and_both_kinds_ask_with_the_same_words() -> None:
    asked: dict[bool, list[str]] = {True: [], False: []}
    for _, cases in plans.shelves(plans.ALIKE):
        for case in cases:
            asked[case.answerable].append(case.question.lower())
    answered, not_answered = asked[True], asked[False]
    assert 0.55 < len(not_answered) / (len(answered) + len(not_answered)) < 0.7
    # A judge must not learn from the form of a question that nothing answers it.
    for word in ("bao nhiêu", "ai", "khi nào", "nào", "how", "which"):
        shares = [sum(f" {word} " in f" {one} " for one in some) / len(some) for some in (answered, not_answered)]
        assert min(shares) > 0.25 * max(shares), (word, shares)


def test_a_row_that_answers_is_among_what_the_judge_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    text = "# KẾ HOẠCH\n\n## I. PHÂN CÔNG\n\n| Việc | Ai làm | Khi nào |\n|---|---|---|\n" + "".join(
        f"| {task} | {body} | Quý {quarter} |\n"
        for task, body, quarter in (("Sơn cổng", "Tổ 1", "I"), ("Trồng hoa", "Tổ 2", "II"), ("Dọn kênh", "Tổ 3", "III"))
    )
    (folder / "nho.md").write_text(text, encoding="utf-8")
    row = {"document": "nho", "question": "Việc dọn kênh ai lo?", "quotes": ["Dọn kênh | Tổ 3 | Quý III"]}
    questions = tmp_path / "plans.jsonl"
    questions.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    ((texts, cases),) = plans.shelves(questions, folder)
    index = index_of(texts, tmp_path / "made", suffix=".md")
    (made,) = by_shipped(examples(Part(cases=cases, index=index)))
    assert any("Dọn kênh" in text for text, right in zip(made.texts, made.evidence, strict=True) if right)
    assert sum(made.evidence) == 1


def test_a_missing_plan_is_an_error(tmp_path: Path) -> None:
    questions = tmp_path / "plans.jsonl"
    questions.write_text('{"document": "none", "question": "Ai?", "quotes": []}\n', encoding="utf-8")
    with pytest.raises(OSError, match="none"):
        list(plans.shelves(questions, tmp_path))
