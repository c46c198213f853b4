"""What a reader does with the look-up page: filters, opens sources, fetches files, prints a card, compares."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from retrieval.registers.types import Filter
from tests.browser.desktop import Desktop
from tests.browser.test_chat import CONTRAST, IN_SIGHT, sideways
from ui.language import load_strings
from ui.source import joined
from ui.types import Engine

VI, EN = load_strings("vi"), load_strings("en")
BAC_KAN = "2023-bac-kan-kh-ubnd"


@pytest.fixture
def lookup(desktop: Desktop) -> Iterator[Page]:
    """The look-up page, reached by the link of the chat; its script must not have failed."""
    faults: list[str] = []
    page = desktop.open()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    page.locator("#pq-head a.pq-way", has_text=VI("page.lookup")).click()
    page.locator(".pq-rows").wait_for()
    yield page
    assert faults == []


def choose(page: Page, register: str) -> None:
    page.locator(".pq-tabs a", has_text=VI(f"lookup.{register}")).click()
    expect(page.locator(".pq-tabs [aria-current]")).to_contain_text(VI(f"lookup.{register}"))


def apply(page: Page, **values: str) -> None:
    for name, value in values.items():
        field = page.locator(f'.pq-filter [name="{name}"]')
        field.select_option(value) if name in ("role", "year") else field.fill(value)
    page.locator(".pq-filter button").click()
    page.wait_for_load_state()


def marks(page: Page) -> list[str]:
    return page.locator(".pq-source mark.pq-quote").evaluate_all("all => all.map(one => one.textContent)")


def test_a_register_is_filtered_and_a_row_opens_its_words(lookup: Page, engine: Engine) -> None:
    apply(lookup, unit="hoi lien hiep phu nu", role="chủ trì", project="8")
    wanted = engine.register("responsibilities", Filter(unit="Hội Liên hiệp Phụ nữ", role="chủ trì", project="Dự án 8"))
    rows = lookup.locator(".pq-row")
    expect(rows).to_have_count(len(wanted))
    expect(lookup.locator(".pq-above [role=status]")).to_have_text(VI("lookup.rows", count=len(wanted)))
    rows.first.locator(".pq-number").click(position={"x": 3, "y": 3})
    lookup.locator(".pq-source mark").first.wait_for()
    text = engine.source(wanted[0].document)
    assert marks(lookup) == [text[span.start : span.end] for span in joined([cell.span for cell in wanted[0].cells])]
    assert lookup.locator(".pq-source mark.pq-here").evaluate(IN_SIGHT)
    assert lookup.locator(".pq-document").evaluate("one => one.textContent") == text
    # A click on one cell: its words are meant, the others stand back.
    task = wanted[0].get("task")
    assert task is not None
    rows.first.locator(".pq-column-task span").click()
    expect(lookup.locator("mark.pq-also").first).to_be_attached()
    assert marks(lookup) == [text[task.span.start : task.span.end]]


def test_filters_stay_in_the_address_and_with_the_other_registers(lookup: Page) -> None:
    apply(lookup, text="bao cao")
    assert "text=bao+cao" in lookup.url
    assert "unit=" not in lookup.url
    lookup.reload()
    expect(lookup.locator('[name="text"]')).to_have_value("bao cao")
    choose(lookup, "deadlines")
    expect(lookup.locator('[name="text"]')).to_have_value("bao cao")
    lookup.locator(".pq-clear").click()
    expect(lookup.locator('[name="text"]')).to_have_value("")


def test_documents_are_chosen(lookup: Page, engine: Engine) -> None:
    lookup.locator(".pq-choice summary").click()
    lookup.locator(f'.pq-boxes input[value="{BAC_KAN}"]').check()
    lookup.locator(".pq-filter button").click()
    expect(lookup.locator(".pq-row")).to_have_count(
        len(engine.register("responsibilities", Filter(documents=(BAC_KAN,))))
    )
    expect(lookup.locator(".pq-group")).to_have_count(1)


def test_rows_are_fetched_as_they_are_filtered(lookup: Page, engine: Engine) -> None:
    choose(lookup, "budgets")
    apply(lookup, project="5")
    with lookup.expect_download() as fetched:
        lookup.locator(".pq-downloads a", has_text="CSV").click()
    assert fetched.value.suggested_filename == "planqa-budgets.csv"
    lines = list(csv.reader(io.StringIO(Path(fetched.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(lines) == 1 + len(engine.register("budgets", Filter(project="5")))
    expect(lookup.locator(".pq-downloads a", has_text=".ics")).to_have_count(0)
    choose(lookup, "deadlines")
    with lookup.expect_download() as fetched:
        lookup.locator(".pq-downloads a", has_text=".ics").click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_rows_are_walked_and_opened_from_the_keyboard(lookup: Page) -> None:
    links = lookup.locator(".pq-number a")
    lookup.locator(".pq-downloads a").last.focus()
    lookup.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    lookup.keyboard.press("ArrowDown")
    lookup.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    assert links.nth(2).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    lookup.keyboard.press("Enter")
    lookup.locator(".pq-source mark").first.wait_for()
    expect(lookup.locator(".pq-source h2")).to_be_focused()
    expect(lookup.locator(".pq-row").nth(2)).to_contain_class("pq-current")
    lookup.keyboard.press("Escape")
    expect(lookup.locator(".pq-source")).to_have_count(0)
    expect(links.nth(2)).to_be_focused()
    lookup.keyboard.press("Tab")
    assert not lookup.evaluate("document.activeElement.matches('.pq-open')")


def test_the_head_of_the_table_stays_in_sight(lookup: Page) -> None:
    lookup.locator(".pq-row").nth(60).scroll_into_view_if_needed()
    top = lookup.locator("#pq-register").bounding_box()
    head = lookup.locator(".pq-rows thead th").first.bounding_box()
    assert top is not None and head is not None
    assert abs(head["y"] - top["y"]) < 2


def test_findings_show_their_sentence_and_both_passages(lookup: Page, engine: Engine) -> None:
    choose(lookup, "findings")
    expect(lookup.locator(".pq-finding")).to_have_count(len(engine.findings()))
    finding = next(one for one in engine.findings() if one.kind == "sum-differs")
    shown = lookup.locator('.pq-finding[data-kind="sum-differs"]').first
    text = engine.source(finding.document)
    for number, span in enumerate(finding.spans):
        shown.locator("a").nth(number).click()
        expect(lookup.locator(".pq-source mark.pq-quote")).to_have_text(text[span.start : span.end])
        assert lookup.locator(".pq-source mark.pq-quote").evaluate(IN_SIGHT)


def test_the_card_of_a_body_is_one_printed_page(lookup: Page, tmp_path: Path) -> None:
    lookup.locator(".pq-tabs .pq-view", has_text=VI("lookup.briefing")).click()
    apply(lookup, unit="so tai chinh")
    expect(lookup.locator(".pq-card h2")).to_have_text("Sở Tài chính")
    lookup.locator(".pq-card a.pq-open").first.click()
    lookup.locator(".pq-source mark").first.wait_for()
    paper = pypdfium2.PdfDocument(lookup.pdf(prefer_css_page_size=True))
    assert len(paper) == 1
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    printed = paper[0].get_textpage().get_text_bounded()
    assert "Sở Tài chính" in printed
    assert VI("lookup.documents") in printed
    assert VI("evaluate.back") not in printed
    assert VI("lookup.show") not in printed
    apply(lookup, unit="Ban Dân tộc")  # the body of most lines: they are cut shorter
    assert len(pypdfium2.PdfDocument(lookup.pdf(prefer_css_page_size=True))) == 1
    apply(lookup, unit="Bộ Vũ trụ")
    expect(lookup.get_by_text(VI("lookup.unnamed", unit="Bộ Vũ trụ"))).to_be_visible()


def test_documents_stand_side_by_side(lookup: Page) -> None:
    lookup.locator(".pq-tabs .pq-view", has_text=VI("lookup.compare")).click()
    lookup.get_by_label(VI("lookup.by-part")).check()
    apply(lookup, value="Dự án 1")
    expect(lookup.locator(".pq-sides thead th")).to_have_count(2)
    expect(lookup.locator(".pq-verdict-differ")).to_have_text(VI("lookup.verdict-differ"))
    expect(lookup.locator(".pq-differs .pq-sign").first).to_have_text("≠")
    lookup.locator(".pq-sides a.pq-open").first.click()
    lookup.locator(".pq-source mark").first.wait_for()


def test_the_page_speaks_english_too_and_leads_back(lookup: Page) -> None:
    apply(lookup, text="bao cao")
    lookup.locator("#pq-language a", has_text="English").click()
    expect(lookup.locator("h1")).to_have_text(EN("lookup.title"))
    expect(lookup.locator("html")).to_have_attribute("lang", "en")
    expect(lookup.locator('[name="text"]')).to_have_value("bao cao")
    lookup.locator("a.pq-way").first.click()
    lookup.locator(".pq-welcome").wait_for()


def test_an_attack_in_a_document_stays_text_on_the_page(lookup: Page) -> None:
    apply(lookup, text="thanh cuon ngu vung")
    row = lookup.locator(".pq-row").first
    expect(row).to_contain_text("ngữ vựng")
    row.locator("a.pq-open").click()
    lookup.locator(".pq-source mark").first.wait_for()
    assert lookup.evaluate("window.attacked") is None
    assert lookup.locator("#pq-desk img, #pq-desk script").count() == 0


ADDRESSES = (
    "registers",
    "registers?register=budgets",
    "registers?register=targets",
    "registers?register=deadlines",
    "registers?register=references",
    "registers?register=findings",
    "registers/briefing?unit=so+tai+chinh",
    "registers/compare?by=unit&value=so+tai+chinh",
)


def test_a_phone_shows_everything_without_scrolling_sideways(desktop: Desktop) -> None:
    page = desktop.open(width=375, height=800)
    for address in ADDRESSES:
        page.goto(desktop.address + address)
        assert (address, sideways(page)) == (address, 0)
        page.locator("a.pq-open").first.click()
        page.locator(".pq-source mark").first.wait_for()
        assert (address, sideways(page)) == (address, 0)
        box = page.locator(".pq-source").bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, 375)
        page.locator(".pq-close").click()
        expect(page.locator(".pq-source")).to_have_count(0)


READ = (
    "h1", ".pq-way", ".pq-tabs a", ".pq-tabs a[aria-current]", ".pq-field span", ".pq-field input", ".pq-buttons button",
    ".pq-soft", ".pq-downloads a", "thead th", ".pq-group b", ".pq-group span", ".pq-number a", ".pq-column-task span",
    ".pq-unsaid", ".pq-current td", ".pq-source h2", ".pq-source mark",
)  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(desktop: Desktop, dark: bool) -> None:
    page = desktop.open(dark=dark)
    page.goto(desktop.address + "registers")
    page.locator(".pq-row").nth(1).locator("a.pq-open").click()
    page.locator(".pq-source mark").first.wait_for()
    ratios = {selector: page.evaluate(CONTRAST, selector) for selector in READ}
    assert {selector: round(ratio, 1) for selector, ratio in ratios.items() if ratio < 4.5} == {}


def test_without_its_script_the_links_still_work(desktop: Desktop) -> None:
    context = desktop.browser.new_context(java_script_enabled=False)
    desktop.contexts.append(context)
    page = context.new_page()
    page.goto(desktop.address + "registers?register=budgets")
    page.locator("a.pq-open").first.click()
    expect(page.locator(".pq-source mark.pq-here")).to_have_count(1)
