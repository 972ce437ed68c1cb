"""A real browser, where there is one: Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser. Skips the test, saying so, where there is none; in CI that is a failure."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _none("There is no Chromium: install it (Debian: apt install chromium).")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _none("Playwright isn't installed: pip install playwright.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def _none(message: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


class Visitor:
    """A page in a window of its own, and whatever went wrong in it."""

    def __init__(self, browser: Browser, width: int, height: int, lang: str = "en", **more: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale=lang, **more)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.troubles.append(said.text))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def heading(self, text: str) -> None:
        """Wait until the page's heading says that."""
        self.page.locator("h1", has_text=text).first.wait_for()

    def sees(self, text: str) -> None:
        """Wait until that is on the page."""
        self.page.get_by_text(text).first.wait_for()

    def fits(self) -> bool:
        """Whether nothing hangs out of the window sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
