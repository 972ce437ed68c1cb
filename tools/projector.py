"""The picture of the projector: `python -m tools.projector` holds a drill, answers as a class might, and shows it.

The page is a browser's own picture; only the students are made up.
"""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.helpers.browser import Visitor, browser
from tests.helpers.command import Bench
from tests.helpers.hosted import Held, held

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "drill-screen.png"
WIDTH, HEIGHT = 1280, 720
PROGRAM = "drill: Camp David\nseconds: 0\nitems: [camp-david/stage-outgrown/main, camp-david/obstacle/main]\n"
NAMES = (
    *("Alice", "花子", "민지", "Ben", "太郎", "서준", "Chloe", "美咲", "지우", "Daniel", "蓮", "하은", "Emma", "陽菜"),
    *("도윤", "Felix", "結衣", "서연", "Grace", "悠真", "예준", "Hugo", "葵", "수아"),
)
PICKS = (0, 0, 1, 0, 2, 0, 3, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 0, 3, 0, 2)
"""Which option each of them takes, in the order of the alphabet; most of them the right one."""


async def answer(drill: Held) -> None:
    """Everybody joins and answers, then the answer is shown."""
    host = await drill.client("host", token=drill.place["host"].partition("#")[2])
    await host.phase("lobby")
    phones = [await drill.client(pin=drill.place["pin"], name=name) for name in NAMES]
    drill.say("next")
    for phone, pick in zip(phones, PICKS, strict=True):
        options = sorted((await phone.phase("open"))["room"]["question"]["options"], key=lambda option: option["text"])
        await phone.send(type="answer", item=0, round=1, values=[options[pick]["id"]])
        await phone.until("ack")
    drill.say("reveal")
    await host.phase("revealed")


def main() -> None:
    """Make the picture anew."""
    with tempfile.TemporaryDirectory() as folder, browser() as chrome:
        home = Path(folder)
        (home / "decks").symlink_to(ROOT / "decks")
        (home / "drill.yaml").write_text(PROGRAM, encoding="utf-8")
        with held(
            Bench(home, home), "drill", "host", "--open", "--file", "drill.yaml", "--json", "--port", "0"
        ) as drill:
            screen = Visitor(chrome, WIDTH, HEIGHT)
            screen.page.goto(f"http://127.0.0.1:{drill.port}/screen#{drill.place['screen'].partition('#')[2]}")
            with ThreadPoolExecutor() as aside:  # the browser's own loop runs in this thread
                aside.submit(lambda: asyncio.run(answer(drill))).result()
            screen.page.locator(".bars .key").wait_for()
            screen.page.wait_for_timeout(800)  # the bars grow
            screen.page.screenshot(path=TARGET)


if __name__ == "__main__":
    main()
