"""Whether hands, eyes and screen readers get along with a page."""

from __future__ import annotations

from tests.helpers.browser import Visitor
from tests.helpers.node import node_module
from tests.helpers.pages import Screen

SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, input, summary, a.button")]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height && (box.width < 47.5 || box.height < 47.5))
    .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
SMALLEST_LETTERS = """() => Math.min(...[...document.querySelectorAll("main *")]
    .filter((element) => element.getClientRects().length && element.tagName !== "RT" && !element.closest(".sr")
        && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
TALL = "document.documentElement.scrollHeight <= innerHeight + 1"


class Inspector:
    """Looks at the pages of a drill as they are now: for hands, for the back row, and for a screen reader."""

    def __init__(self) -> None:
        self.axe = (node_module("axe-core") / "axe.min.js").read_text("utf-8")
        self.dark = False

    def turn(self, *visitors: Visitor) -> None:
        """From light to dark, or back."""
        self.dark = not self.dark
        for visitor in visitors:
            visitor.page.emulate_media(color_scheme="dark" if self.dark else "light")

    def faults(self, visitor: Visitor) -> list[tuple[str, list[str]]]:
        """The serious faults that axe-core finds."""
        page = visitor.page
        if not page.evaluate("Boolean(window.axe)"):
            # The policy of the pages lets no script in but their own: this comes from outside.
            page.evaluate(f"() => {{ {self.axe} }}")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations'], elementRef: false})")
        return [
            (fault["id"], [node["html"] for node in fault["nodes"]])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]

    def touched(self, *visitors: Visitor) -> None:
        """Pages for hands."""
        for visitor in visitors:
            assert visitor.page.evaluate(SMALL_TARGETS) == []
            assert visitor.fits()
            assert self.faults(visitor) == []

    def seen(self, *screens: Screen) -> None:
        """Pages for the back row."""
        for screen in screens:
            screen.page.wait_for_function(TALL)
            assert screen.fits()
            assert screen.page.evaluate(SMALLEST_LETTERS) >= screen.page.evaluate("innerHeight") / 55
        assert self.faults(screens[0]) == []
