"""The page that a student takes home."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest

from quizkit.live.mine import filled
from quizkit.model import LocalText
from quizkit.model.drill import CardItem, Poll
from tests.helpers.live import Live, hold, right

CARDS = [CardItem(f"tea/{name}/main") for name in ("green-heat", "plant", "decaf")]
POLL = Poll(LocalText.plain("Tea?"), (LocalText.plain("Yes"), LocalText.plain("No")))


async def get(live: Live, path: str) -> str:
    def fetch() -> str:
        with urllib.request.urlopen(live.origin + path, timeout=20) as answer:
            return str(answer.read().decode())

    return await asyncio.to_thread(fetch)


def told_in(page: str) -> Any:
    """The data that stands in the page."""
    held = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert held, "the data stands in the page"
    return json.loads(held[1])


def test_what_was_missed_can_be_taken_home(tmp_path):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoë </script>")
        mine = f"/mine/{live.hosting.tokens.mine(phone.player)}"
        await host.send(type="act", action="start")
        for index, answer in enumerate(("boiling", ["Camellia sinensis"], None)):
            state = await phone.phase("open", index)
            if answer:
                values = right(state, answer) if isinstance(answer, str) else answer
                await phone.send(type="answer", item=index, round=1, values=values)
                await phone.until("ack")
            await host.send(type="act", action="reveal")
            await phone.phase("revealed", index)
            await host.send(type="act", action="next")
        with pytest.raises(urllib.error.HTTPError) as early:
            await get(live, mine)
        early.value.close()
        await host.send(type="act", action="end")
        assert (await phone.phase("ended"))["me"]["mine"] == mine
        page = await get(live, mine)
        told = told_in(page)
        assert (told["asked"], told["missed"], told["name"]) == (3, 2, "Zoë </script>")
        assert not told["kept"], "nothing comes back to a guest"
        assert [card["yours"] for card in told["cards"]] == [["boiling"], []]
        assert told["cards"][0]["solution"] == ["lukewarm"]
        assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page), "it needs nothing from elsewhere"
        assert (await get(live, f"{mine}.svg")).startswith("<svg")
        assert "ja" in (await get(live, f"{mine}?lang=ja"))[:200]

    hold(tmp_path, [*CARDS, POLL], story)


def test_a_drill_that_ends_in_the_lobby_gives_nothing_away(tmp_path):
    """Nothing was asked: the next class may be asked all of it."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="end")
        told = told_in(await get(live, (await phone.phase("ended"))["me"]["mine"]))
        assert (told["asked"], told["missed"], told["cards"]) == (0, 0, [])

    hold(tmp_path, CARDS, story)
    hold(tmp_path, CARDS, story, paced=True, minutes=5)


def test_at_ones_own_speed_only_what_one_saw_is_taken_home(tmp_path):
    """One is at the second question and one at the first when it ends; nobody has seen the third."""

    async def story(live: Live) -> None:
        host, quick, slow = await live.host(), await live.join("Zoe"), await live.join("Yui")
        await host.send(type="act", action="start")
        state = await quick.phase("paced")
        await quick.send(type="answer", item=0, round=1, values=right(state, "boiling"))
        await quick.until("ack")
        await quick.send(type="next")
        await quick.until("state", lambda frame: (frame["me"].get("item") or {}).get("index") == 1)
        await host.send(type="act", action="end")
        for phone, asked in ((quick, 2), (slow, 1)):
            told = told_in(await get(live, (await phone.phase("ended"))["me"]["mine"]))
            assert (told["asked"], len(told["cards"])) == (asked, asked)

    hold(tmp_path, CARDS, story, paced=True, minutes=5)


def test_what_is_put_in_cant_stand_for_a_place():
    told = {"lang": "en", "title": "{{data}} <b>", "x": "</script>{{title}}"}
    page = filled("<html lang={{lang}}><title>{{title}}</title><script>{{data}}</script>", told)
    assert page.startswith("<html lang=en><title>{{data}} &lt;b&gt;</title><script>")
    assert page.count("</script>") == 1
    assert json.loads(page.partition("<script>")[2].removesuffix("</script>")) == told


@pytest.mark.parametrize("path", ["/", "/host", "/screen"])
def test_the_pages_are_served(tmp_path, path):
    async def story(live: Live) -> None:
        page = await get(live, path)
        assert "<script" in page
        for name in re.findall(r"(?:src|href)=\"([^\"]+)\"", page):
            assert name.startswith(("/static/", "data:", "#")), name
            if name.startswith("/static/"):
                assert await get(live, name)

    hold(tmp_path, CARDS, story)
