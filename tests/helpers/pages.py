"""Whoever looks at the pages of a live drill: phones, the host's desk and the projector."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.helpers.browser import Visitor
from tests.helpers.hosted import Held

if TYPE_CHECKING:
    from playwright.sync_api import Browser, WebSocketRoute

PROGRAM = """\
drill: tea time
seconds: 0
items:
  - tea/green-heat/main
  - tea/plant/main
  - tea/steps/main
  - poll:
      en: Which did you like?
      ja: どれがよかったですか。
      ko: 무엇이 좋았습니까?
    options: [A, B]
  - slide: "Now *breathe*."
  - tea/homes/main
  - tea/utensils/main
  - tea/oxidised/main
"""
ROSTER = "name,number\nAlice,1\n花子,2\n민지,3\nBob,4\n"
SENT = {"en": "Saved", "ja": "保存しました", "ko": "저장되었습니다"}


class Phone(Visitor):
    """A phone that has joined. `relay` stands between it and the server."""

    def __init__(
        self,
        chrome: Browser,
        drill: Held,
        name: str,
        lang: str,
        width: int = 360,
        relay: Callable[[WebSocketRoute], None] | None = None,
        **more: object,
    ) -> None:
        super().__init__(chrome, width, 640, lang, has_touch=True, **more)
        self.lang = lang
        if relay:
            self.page.route_web_socket("**/ws/play", relay)
        self.page.goto(f"http://127.0.0.1:{drill.port}/")
        self.page.locator("[name=pin]").fill(drill.place["pin"])
        self.page.locator("[name=name]").fill(name)
        self.page.locator("form button.main").click()
        self.page.locator("header .who", has_text=name).wait_for()

    def send(self) -> None:
        self.page.locator(".foot .main").click()

    def saved(self) -> None:
        self.sees(SENT[self.lang])

    def option(self, text: str) -> None:
        self.page.locator("button.option", has_text=text).tap()


class Desk(Visitor):
    def __init__(self, chrome: Browser, drill: Held) -> None:
        super().__init__(chrome, 1280, 800)
        self.page.goto(f"http://127.0.0.1:{drill.port}/host#{drill.place['host'].partition('#')[2]}")
        self.page.locator(".controls button").first.wait_for()

    def press(self, key: str) -> None:
        """Press a key once the control it stands for can be used."""
        name = {" ": "Space", "Enter": "Space"}.get(key, key if key == "Space" else key.upper())
        self.page.locator(f".controls button:not([disabled])[aria-keyshortcuts='{name}']").wait_for()
        self.page.locator("body").press(key)


class Screen(Visitor):
    def __init__(self, chrome: Browser, drill: Held, width: int = 1920, height: int = 1080) -> None:
        super().__init__(chrome, width, height)
        self.page.goto(f"http://127.0.0.1:{drill.port}/screen#{drill.place['screen'].partition('#')[2]}")
        self.sees(drill.place["pin"])
