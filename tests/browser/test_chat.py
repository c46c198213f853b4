"""What a reader does with the page: asks, reads, opens the source, switches, narrows, goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from evals.drafts import read_drafts
from retrieval.types import Question
from tests.browser.desktop import Asking, Desktop
from ui.language import load_strings
from ui.types import Engine

LEAD = "Cơ quan nào chủ trì Dự án 8 ở thành phố Bắc Kạn?"
MANY = "Phòng Tài chính - Kế hoạch thành phố Bắc Kạn có những nhiệm vụ gì?"  # an answer of several citations
NOWHERE = "Giá vé máy bay đi Paris hôm nay?"
ATTACK = "Phòng nào chủ trì kiểm tra thanh cuốn ngữ vựng?"
VI, EN = load_strings("vi"), load_strings("en")

# Whether an element lies inside the part of its scrolling box that can be seen.
IN_SIGHT = """element => {
  const box = element.closest(".pq-document").getBoundingClientRect();
  const own = element.getBoundingClientRect();
  return own.top >= box.top && own.top < box.bottom && own.top >= 0 && own.top < window.innerHeight;
}"""
STATUSES = """() => {
  window.statuses = [];
  new MutationObserver(() => {
    for (const status of document.querySelectorAll(".pq-status"))
      if (!window.statuses.includes(status.textContent)) window.statuses.push(status.textContent);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def quotes(engine: Engine, question: str) -> list[str]:
    return [citation.quote for citation in engine.ask(Question(text=question)).citations]


def text_of(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("element => element.textContent"))


def open_citation(page: Page, number: int) -> None:
    """Click a citation. On a busy machine the page may still scroll to the answer under the mouse: then click again."""
    mark = page.locator(f'.pq-source[data-number="{number}"] mark')
    for _ in range(3):
        page.locator(f'.pq-text .pq-cite[data-number="{number}"]').first.click()
        try:
            mark.wait_for(timeout=5_000)
            return
        except TimeoutError:
            continue
    mark.wait_for()


def test_a_question_is_answered_in_steps_that_the_reader_sees(page: Page, ask: Asking) -> None:
    page.evaluate(STATUSES)
    ask(page, LEAD)
    assert page.evaluate("window.statuses") == [VI("answer.searching"), VI("answer.understood")]
    expect(page.locator(".pq-question p")).to_have_text(LEAD)
    expect(page.locator("#pq-examples")).to_be_hidden()
    expect(page.locator("#pq-question textarea")).to_have_value("")
    expect(page.locator("#pq-question textarea")).to_be_focused()
    steps = page.locator(".pq-steps")
    expect(steps.locator("li").first).to_be_hidden()
    steps.locator("summary").click()
    expect(steps.locator("li").first).to_be_visible()


def test_a_click_on_a_citation_shows_its_exact_quote_in_the_source(page: Page, ask: Asking, engine: Engine) -> None:
    ask(page, LEAD)
    answer = engine.ask(Question(text=LEAD))
    for citation in answer.citations:
        open_citation(page, citation.number)
        assert text_of(page, ".pq-source mark") == citation.quote
        assert text_of(page, ".pq-document") == engine.source(citation.document)
        assert page.locator(".pq-source mark").evaluate(IN_SIGHT)
        expect(page.locator(".pq-source h2")).to_have_text(citation.title)
        expect(page.locator(".pq-path li")).to_have_text(list(citation.section))


def test_the_source_stands_beside_the_chat_on_a_wide_screen(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    open_citation(page, 1)
    chat, source = page.locator("#pq-chat").bounding_box(), page.locator(".pq-source").bounding_box()
    assert chat is not None and source is not None
    assert source["x"] >= chat["x"] + chat["width"] - 1
    assert source["y"] == chat["y"]


def test_buttons_walk_through_the_citations_of_an_answer(page: Page, ask: Asking, engine: Engine) -> None:
    ask(page, MANY)
    expected = quotes(engine, MANY)
    assert len(expected) > 1
    open_citation(page, 1)
    expect(page.locator(".pq-previous")).to_be_disabled()
    page.locator(".pq-next").click()
    page.locator('.pq-source[data-number="2"]').wait_for()
    assert text_of(page, ".pq-source mark") == expected[1]
    page.locator(".pq-previous").click()
    page.locator('.pq-source[data-number="1"]').wait_for()
    assert text_of(page, ".pq-source mark") == expected[0]


def test_the_source_opens_again_after_it_was_closed(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    open_citation(page, 1)
    page.locator(".pq-close").click()
    expect(page.locator(".pq-source")).to_have_count(0)
    open_citation(page, 1)
    expect(page.locator(".pq-source mark")).to_be_visible()


def test_a_thumb_down_keeps_the_question_and_thanks_the_reader(page: Page, ask: Asking, evaluation: Path) -> None:
    ask(page, LEAD)
    page.locator(".pq-feedback summary").click()
    page.locator(".pq-feedback input").fill("thiếu nơi phối hợp")
    page.locator('.pq-reason[data-reason="incomplete"]').click()
    expect(page.locator(".pq-reported")).to_have_text(VI("feedback.thanks"))
    expect(page.locator(".pq-feedback")).to_have_count(0)
    draft = next(one for one in read_drafts(evaluation / "drafts.jsonl") if one.question == LEAD)
    assert (draft.question, draft.reason, draft.comment) == (LEAD, "incomplete", "thiếu nơi phối hợp")


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.locator(".pq-example").first.click()
    page.locator(".pq-answered, .pq-abstained").wait_for()
    expect(page.locator(".pq-question p")).to_have_text(VI.examples[0])


def test_what_is_not_there_is_refused_calmly(page: Page, ask: Asking) -> None:
    ask(page, NOWHERE)
    expect(page.locator(".pq-abstained .pq-label")).to_have_text(VI("answer.abstained"))
    expect(page.locator(".pq-notice")).to_have_count(0)


def test_english_changes_every_string_and_the_frame_of_the_answer(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    answer = text_of(page, ".pq-text")
    open_citation(page, 1)
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text(EN("page.title"))
    expect(page).to_have_title(EN("page.title"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#pq-new")).to_have_text(EN("page.new"))
    expect(page.locator("#pq-question textarea")).to_have_attribute("placeholder", EN("ask.placeholder"))
    expect(page.locator("#pq-question .submit-button")).to_have_text(EN("ask.send"))
    expect(page.locator("#pq-documents input")).to_have_attribute("aria-label", EN("ask.documents"))
    expect(page.locator("#pq-documents input")).to_have_attribute("placeholder", EN("ask.all_documents", count=6))
    expect(page.locator(".pq-sources summary")).to_contain_text(EN("answer.sources"))
    expect(page.locator(".pq-steps summary")).to_have_text(EN("answer.steps"))
    expect(page.locator(".pq-next")).to_have_attribute("aria-label", EN("source.next"))
    assert text_of(page, ".pq-text") == answer
    page.locator("#pq-new").click()
    expect(page.locator(".pq-welcome h2")).to_have_text(EN("welcome.heading"))
    expect(page.locator(".pq-example")).to_have_text(list(EN.examples))


def test_a_document_filter_restricts_the_sources(page: Page, ask: Asking, engine: Engine) -> None:
    chosen = engine.documents()[1]
    page.locator("#pq-documents input").click()
    page.locator("#pq-documents [role=option]").nth(1).click()
    expect(page.locator("#pq-documents .token")).to_have_count(1)
    ask(page, "Cơ quan nào chủ trì, phối hợp với các đơn vị thực hiện kế hoạch?")
    expect(page.locator(".pq-scope")).to_have_text(VI("answer.scope", documents=chosen.title))
    titles = page.locator(".pq-sources .pq-title").all_text_contents()
    assert set(titles) == {chosen.title}


@pytest.mark.parametrize(
    "question",
    [
        '<img src=x onerror="window.attacked = true"> Dự án 8?',
        "</p></div><script>window.attacked = true</script>",
        "[1] [bấm](javascript:alert(1)) **đậm** {{value}} ${window.attacked = true}",
    ],
)
def test_a_hostile_question_stays_text(page: Page, ask: Asking, question: str) -> None:
    ask(page, question)
    assert text_of(page, ".pq-question p") == question
    expect(page.locator(".pq-question p *")).to_have_count(0)
    assert page.evaluate("window.attacked") is None


def test_a_hostile_document_stays_text_in_answer_and_source(page: Page, ask: Asking, engine: Engine) -> None:
    ask(page, ATTACK)
    answer = engine.ask(Question(text=ATTACK))
    citation = next(citation for citation in answer.citations if citation.document == "hostile")
    open_citation(page, citation.number)
    assert text_of(page, ".pq-source mark") == citation.quote
    assert text_of(page, ".pq-document") == engine.source("hostile")
    for tag in ("img", "script", "a", "b"):
        expect(page.locator(f"#pq-desk {tag}")).to_have_count(0)
    assert page.evaluate("window.attacked") is None


@pytest.mark.parametrize("blank", ["", "   "])
def test_an_empty_question_gives_one_sentence_and_loses_nothing(page: Page, ask: Asking, blank: str) -> None:
    ask(page, LEAD)
    page.locator("#pq-question textarea").fill(blank)
    page.keyboard.press("Enter")
    expect(page.locator(".pq-notice")).to_have_text(VI("errors.question-empty"))
    expect(page.locator(".pq-turn")).to_have_count(1)


def test_a_question_of_100000_characters_gives_one_sentence_and_loses_nothing(page: Page) -> None:
    question = "a" * 100_000
    page.locator("#pq-question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".pq-notice")).to_have_text(VI("errors.question-too-long", length="100.000", limit="2.000"))
    assert page.locator("#pq-question textarea").input_value() == question


def test_a_conversation_survives_a_reload_and_belongs_to_its_tab(desktop: Desktop, ask: Asking) -> None:
    page, other = desktop.open(), desktop.open()
    ask(page, LEAD)
    page.reload()
    expect(page.locator(".pq-question p")).to_have_text(LEAD)
    expect(page.locator("#pq-examples")).to_be_hidden()
    open_citation(page, 1)
    other.reload()
    other.locator(".pq-welcome").wait_for()
    expect(other.locator(".pq-turn")).to_have_count(0)


def test_a_new_conversation_starts_empty(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    open_citation(page, 1)
    page.locator("#pq-new").click()
    page.locator(".pq-welcome").wait_for()
    expect(page.locator(".pq-turn, .pq-source")).to_have_count(0)
    expect(page.locator(".pq-example")).to_have_count(6)


def test_the_answer_is_copied_with_its_sources(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    page.locator(".pq-copy").click()
    expect(page.locator(".pq-copy")).to_have_text(VI("answer.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert VI("answer.copy_sources") in copied
    assert "\n[1] " in copied


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.locator("#pq-question textarea").focus()
    page.keyboard.type(MANY)
    page.keyboard.press("Enter")
    page.locator(".pq-answered").wait_for()
    press_until(page, "Shift+Tab", lambda: focused(page, '.pq-text .pq-cite[data-number="1"]'))
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.locator(".pq-source mark").wait_for()
    expect(page.locator(".pq-source h2")).to_be_focused()
    press_until(page, "Shift+Tab", lambda: focused(page, ".pq-next"))
    page.keyboard.press("Enter")
    page.locator('.pq-source[data-number="2"]').wait_for()
    press_until(page, "Tab", lambda: focused(page, ".pq-document"))
    page.keyboard.press("Escape")
    expect(page.locator(".pq-source")).to_have_count(0)
    expect(page.locator('.pq-text .pq-cite[data-number="1"]').first).to_be_focused()


def test_every_control_is_reached_by_tab_and_has_a_name(page: Page, ask: Asking) -> None:
    ask(page, LEAD)
    open_citation(page, 1)
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(NAME_OF_FOCUS))
    assert None not in reached
    wanted = {
        VI("page.new"),
        VI("ask.send"),
        VI("ask.documents"),
        VI("answer.steps"),
        VI("answer.copy_label"),
    }
    wanted |= {VI("source.close"), VI("ask.label"), "Tiếng Việt"}
    assert wanted <= reached


NAME_OF_FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return "";
  const label = element.tagName === "INPUT" ? element.closest("label")?.textContent : element.textContent;
  return (element.getAttribute("aria-label") || label || "").trim() || null;
}"""


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def press_until(page: Page, key: str, reached: Callable[[], bool]) -> None:
    for _ in range(60):
        if reached():
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not get there")


def test_a_phone_shows_everything_without_scrolling_sideways(desktop: Desktop, ask: Asking) -> None:
    page = desktop.open(width=390, height=844)
    widths = [sideways(page)]
    ask(page, LEAD)
    widths.append(sideways(page))
    open_citation(page, 1)
    widths.append(sideways(page))
    assert widths == [0, 0, 0]
    assert page.locator(".pq-source mark").evaluate(IN_SIGHT)
    chat, source = page.locator("#pq-chat").bounding_box(), page.locator(".pq-source").bounding_box()
    assert chat is not None and source is not None
    assert source["y"] >= chat["y"] + chat["height"] - 1
    assert (source["x"], source["width"]) == (0, 390)


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


CONTRAST = """selector => {
  const channels = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const linear = [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const element = document.querySelector(selector);
  let under = element;
  const clear = element => (channels(getComputedStyle(element).backgroundColor)[3] ?? 1) === 0;
  while (under && clear(under)) under = under.parentElement;
  const ink = light(channels(getComputedStyle(element).color));
  const ground = light(channels(getComputedStyle(under ?? document.body).backgroundColor));
  return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
}"""
READ = [
    "h1", ".pq-brand p", "#pq-new", ".pq-question p", ".pq-text", ".pq-cite", ".pq-trail", ".pq-confidence",
    ".pq-copy", ".pq-steps summary", "#pq-question textarea", ".submit-button", "#pq-documents input",
    ".pq-source h2", ".pq-path li", ".pq-document", ".pq-source mark",
]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(desktop: Desktop, ask: Asking, dark: bool) -> None:
    """The bound is that of WCAG 2.1 AA for text of normal size, 4.5 : 1."""
    page = desktop.open(dark=dark)
    ask(page, LEAD)
    open_citation(page, 1)
    ratios = {selector: page.evaluate(CONTRAST, selector) for selector in READ}
    assert {selector: round(ratio, 1) for selector, ratio in ratios.items() if ratio < 4.5} == {}


def test_neither_the_page_nor_the_server_calls_outside(desktop: Desktop, ask: Asking) -> None:
    page = desktop.open()
    ask(page, LEAD)
    open_citation(page, 1)
    page.wait_for_timeout(1_000)
    assert desktop.outside.calls == []


def test_the_server_offers_no_api_of_its_handlers(address: str) -> None:
    with urlopen(f"{address}gradio_api/info") as response:
        body = response.read().decode()
    assert body == '{"named_endpoints":{},"unnamed_endpoints":{}}'
