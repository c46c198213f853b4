"""The real page in headless Chromium, over the plans of ``corpus/`` and a document that attacks the page."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from retrieval.embed import load_encoder
from retrieval.engine import Engine as RealEngine
from retrieval.index import build
from tests.browser.desktop import Asking, Desktop, Outside
from ui.app import start
from ui.types import Engine

CORPUS = Path(__file__).parents[2] / "corpus"
HOSTILE = """## **KẾ HOẠCH**

### **Thử nghiệm </mark><b>an toàn</b> năm 2024**

## **I. TỔ CHỨC THỰC HIỆN**

### **1. Phòng Kiểm thử <script>window.attacked = true</script>**

- Chủ trì kiểm tra thanh cuốn ngữ vựng <img src="x" onerror="window.attacked = true"></mark></div> \
theo [1] và [9] và [bấm](javascript:alert(1)) của **hệ thống**.
"""


@pytest.fixture(scope="session")
def outside() -> Outside:
    outside = Outside()
    outside.watch_process()
    return outside


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    for plan in CORPUS.glob("2*.md"):
        shutil.copy(plan, corpus)
    (corpus / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    index = tmp_path_factory.mktemp("index")
    build(corpus, index, load_encoder())
    engine = RealEngine.open(index)
    engine.prepare()
    return engine


@pytest.fixture(scope="session")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of draft questions and kept runs of the page."""
    return tmp_path_factory.mktemp("eval")


@pytest.fixture(scope="session")
def address(engine: Engine, outside: Outside, evaluation: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = start(engine, host="127.0.0.1", port=port, evaluation=evaluation)
    yield f"http://127.0.0.1:{port}/"
    served.close(verbose=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("PLANQA_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("no Chromium: install it, or name it in PLANQA_CHROMIUM")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def desktop(browser: Browser, address: str, outside: Outside) -> Iterator[Desktop]:
    desktop = Desktop(browser, address, outside)
    yield desktop
    for context in desktop.contexts:
        context.close()
    assert outside.calls == []


@pytest.fixture
def page(desktop: Desktop) -> Page:
    return desktop.open()


@pytest.fixture
def ask() -> Asking:
    """Type a question, send it with Enter, and wait for its answer."""

    def asking(page: Page, question: str) -> None:
        turns = page.locator(".pq-turn").count()
        page.locator("#pq-question textarea").fill(question)
        page.keyboard.press("Enter")
        page.locator(".pq-turn").nth(turns).locator(".pq-answered, .pq-abstained").wait_for()

    return asking
