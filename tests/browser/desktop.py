"""Tabs of the page, and a watch over every attempt to leave this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request

Asking = Callable[[Page, str], None]
"""Types a question and waits for its answer."""

LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}


@dataclass
class Outside:
    """Every attempt to leave this machine, by the server or by the page."""

    calls: list[str] = field(default_factory=list)

    def watch_process(self) -> None:
        """Note the names that this process looks up and the addresses it connects to, from now on."""
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = str(arguments[0])
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            host = str(arguments[1][0])
        else:
            return
        if host not in LOOPBACK and not host.startswith("127."):
            self.calls.append(f"{event} {host}")


@dataclass
class Desktop:
    """Opens tabs of the page, each in a browser context of its own."""

    browser: Browser
    address: str
    outside: Outside
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, *, width: int = 1280, height: int = 800, dark: bool = False) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("request", self._note)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(self.address)
        page.locator(".pq-welcome").wait_for()
        page.locator("#pq-documents input").wait_for()
        return page

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.calls.append(f"page {request.url}")
