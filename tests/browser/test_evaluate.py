"""What an evaluator does with the page: runs, filters, opens sources, compares, fetches the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.desktop import Asking, Desktop
from ui.language import load_strings

VI, EN = load_strings("vi"), load_strings("en")


@pytest.fixture
def evaluator(desktop: Desktop) -> Iterator[Page]:
    """The evaluators' page, reached by the link of the chat; its script must not have failed."""
    faults: list[str] = []
    page = desktop.open()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.locator("#pq-head a.pq-way", has_text=VI("page.evaluate")).click()
    page.locator("#pq-run").wait_for()
    page.locator("#pq-drafts p, #pq-drafts details").first.wait_for(state="attached")
    yield page
    assert faults == []


def choose(page: Page, box: str, label: str, option: str) -> None:
    """Open a list and choose; once more where the page, still drawing what was filtered before, closed it again."""
    for last in (False, True):
        page.locator(box).get_by_label(label, exact=True).click()
        try:
            page.get_by_role("option", name=option).click(timeout=None if last else 5_000)
        except PlaywrightTimeout:
            if last:
                raise
            page.keyboard.press("Escape")
        else:
            return


def run(page: Page) -> str:
    """Run what is chosen and give the title of the run that is then shown."""
    before = page.locator(".pq-results h2").all_text_contents()
    page.locator("#pq-run").click()
    page.locator("#pq-run-status progress").wait_for()
    page.wait_for_function(
        "before => { const head = document.querySelector('.pq-results h2'); return head && head.textContent !== before; }",
        arg=before[0] if before else "",
        timeout=400_000,
    )
    return str(page.locator(".pq-results h2").text_content())


def test_an_evaluation_is_run_read_filtered_and_compared(evaluator: Page, evaluation: Path) -> None:
    for kind in ("deadline", "table"):
        choose(evaluator, "#pq-plan", VI("evaluate.kinds"), VI(f"kind.{kind}"))
    evaluator.keyboard.press("Escape")
    first = run(evaluator)
    expect(evaluator.locator(".pq-figure").first).to_contain_text(VI("measure.correct"))
    expect(evaluator.locator(".pq-plots svg")).not_to_have_count(0)

    failures = evaluator.locator(".pq-failure[data-case]")
    expect(failures).not_to_have_count(0)
    shown = failures.count()
    evaluator.locator("#pq-words input, #pq-words textarea").fill("zzz khong co")
    expect(failures).to_have_count(0)
    evaluator.locator("#pq-words input, #pq-words textarea").fill("")
    expect(failures).to_have_count(shown)
    choose(evaluator, "#pq-filters", VI("evaluate.kind"), VI("kind.table"))
    expect(failures).not_to_have_count(shown)
    expect(failures.first).to_contain_text(VI("kind.table"))

    failures.first.locator("summary").click()
    evidence = failures.first.get_by_role("button", name=VI("evaluate.opens", document="")[:-1]).last
    evidence.click()
    evaluator.locator(".pq-source mark").wait_for()
    evaluator.keyboard.press("Escape")
    expect(evaluator.locator(".pq-source")).to_have_count(0)
    expect(evidence).to_be_focused()

    second = run(evaluator)
    assert first != second
    choose(evaluator, "#pq-chosen", VI("evaluate.other"), first)
    expect(evaluator.locator(".pq-compared")).to_contain_text("McNemar p = 1")

    names = {path.name for path in (evaluation / "runs").iterdir()}
    assert len(names) >= 2
    assert not any(name.endswith(".new") for name in names)


def test_the_report_is_fetched_from_the_page_and_nothing_else_is(evaluator: Page, desktop: Desktop) -> None:
    choose(evaluator, "#pq-plan", VI("evaluate.kinds"), VI("kind.deadline"))
    evaluator.keyboard.press("Escape")
    run(evaluator)
    with evaluator.expect_download() as fetched:
        evaluator.get_by_role("link", name="report.json").click()
    report = json.loads(Path(fetched.value.path()).read_text(encoding="utf-8"))
    assert report["runs"][0]["outcomes"]
    with evaluator.context.expect_page() as opened:
        evaluator.get_by_role("link", name=VI("evaluate.page")).click()
    expect(opened.value.locator("h1")).to_have_text("planqa eval")
    for path in ("evaluations/x/report.json", "evaluations/..%2f..%2fx/report.json", "evaluations/a/b/c"):
        with pytest.raises(HTTPError, match="404"):
            urlopen(desktop.address + path)


def test_a_run_can_be_stopped(evaluator: Page) -> None:
    evaluator.locator("#pq-run").click()
    evaluator.locator("#pq-run-status progress").wait_for()
    evaluator.locator("#pq-stop").click()
    expect(evaluator.locator("#pq-run-status")).to_contain_text(VI("evaluate.stopped"), timeout=30_000)


def test_the_page_speaks_english_too(evaluator: Page) -> None:
    evaluator.locator("#pq-language").get_by_text("English").click()
    expect(evaluator.locator("h1")).to_have_text(EN("evaluate.title"))
    expect(evaluator.locator("#pq-run")).to_have_text(EN("evaluate.run"))
    expect(evaluator.locator("#pq-drafts")).not_to_contain_text(VI("evaluate.no-drafts"))


def test_a_thumb_down_in_the_chat_is_a_draft_on_the_page(desktop: Desktop, ask: Asking) -> None:
    page = desktop.open()
    ask(page, "Ai chủ trì Dự án 6 ở thành phố Bắc Kạn?")
    page.locator(".pq-feedback summary").click()
    page.locator('.pq-reason[data-reason="wrong"]').click()
    page.locator(".pq-reported").wait_for()
    page.locator("#pq-head a.pq-way", has_text=VI("page.evaluate")).click()
    expect(page.locator("#pq-drafts .pq-asked").first).to_have_text("Ai chủ trì Dự án 6 ở thành phố Bắc Kạn?")


def test_the_page_fits_a_phone(desktop: Desktop) -> None:
    page = desktop.open(width=390, height=800, dark=True)
    page.goto(f"{desktop.address}evaluate")
    page.locator("#pq-run").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
