"""Pictures and sounds in a live drill: on every page in time, on none too early, and no other file with them."""

from __future__ import annotations

import asyncio
import json
import re
from http.client import HTTPConnection, HTTPMessage
from typing import TYPE_CHECKING

import pytest

from quizkit.decks import media as deck_media
from quizkit.model import LocalText
from quizkit.model.drill import CardItem, Poll, Slide
from tests.helpers.browser import Visitor
from tests.helpers.command import Bench
from tests.helpers.decks import write_workspace
from tests.helpers.hosted import held
from tests.helpers.inspector import Inspector
from tests.helpers.live import Client, Live, hold, right
from tests.helpers.media import png, write_birds
from tests.helpers.pages import Desk, Phone, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WING, STORKS = CardItem("birds/wing/main"), CardItem("birds/storks/main")
ANSWERS = {WING.card: ("picture", "sound"), STORKS.card: ("picture",)}
FILES = ("erithacus", "song", "kilimanjaro", ".png", ".svg", ".wav")


@pytest.fixture
def birds(tmp_path):
    root = write_workspace(tmp_path)
    write_birds(root / "decks")
    return root


async def get(live: Live, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """A file as a browser asks for it."""

    def fetch() -> tuple[int, HTTPMessage, bytes]:
        connection = HTTPConnection("127.0.0.1", live.hosting.server.port, timeout=20)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        got = answer.status, answer.headers, answer.read()
        connection.close()
        return got

    return await asyncio.to_thread(fetch)


def sources(client: Client) -> list[str]:
    """Every file that a client was told of."""
    return re.findall(r"/media/[\w-]+", json.dumps(client.frames))


def test_a_file_is_told_of_when_it_may_be_seen_and_not_before(birds):
    async def story(live: Live) -> None:
        host, screen, phone = await live.host(), await live.screen(), await live.join("Zoe")
        await host.send(type="act", action="start")
        state = await phone.phase("open")
        (shown,) = state["room"]["question"]["media"]
        assert shown["medium"] == "picture"
        status, headers, body = await get(live, shown["src"])
        assert (status, headers["content-type"], body) == (
            200,
            "image/png",
            (birds / "decks/media/wing.png").read_bytes(),
        )
        assert "immutable" in headers["cache-control"]
        assert headers["x-content-type-options"] == "nosniff"
        await phone.send(type="answer", item=0, round=1, values=right(state, "The robin's"))
        await phone.until("ack")
        await screen.pong()
        for client in (screen, phone):
            assert set(sources(client)) == {shown["src"]}, "nothing of the answer, and nothing of the next question"
        await host.send(type="act", action="reveal")
        told = (await phone.phase("revealed"))["room"]["reveal"]["media"]
        assert tuple(one["medium"] for one in told) == ANSWERS[WING.card]
        svg, song = [one["src"] for one in told]
        status, headers, _body = await get(live, svg)
        assert (status, headers["content-type"]) == (200, "image/svg+xml")
        assert "sandbox" in headers["content-security-policy"], "a picture that is a document does nothing"
        status, headers, part = await get(live, song, Range="bytes=4-7")
        assert (status, len(part)) == (206, 4), "a player may ask for parts of a sound"
        for client in (screen, phone, host):
            text = json.dumps(client.frames)
            assert not [name for name in FILES if name in text], "a file's name might be the answer"

    hold(birds, [WING, STORKS], story)


@pytest.mark.parametrize(
    "path",
    [
        "/media/wing.png",
        "/media/",
        "/media/media%2Fwing.png",
        "/media/..%2f..%2fprogress.db",
        "/media/../birds.yaml",
        f"/media/{'a' * 24}",
        f"/media/{'a' * 4000}",
    ],
)
def test_nothing_else_leads_to_a_file(birds, path):
    async def story(live: Live) -> None:
        status, _headers, body = await get(live, path)
        assert status == 404
        assert b"PNG" not in body

    hold(birds, [WING], story)


def test_at_ones_own_speed_each_gets_the_files_of_their_own_place(birds):
    async def story(live: Live) -> None:
        host, quick, slow = await live.host(), await live.join("Zoe"), await live.join("Yui")
        await host.send(type="act", action="start")
        state = await quick.phase("paced")
        await quick.send(type="answer", item=0, round=1, values=right(state, "The heron's"))
        seen = await quick.until("state", lambda frame: frame["me"].get("reveal"))
        assert [one["medium"] for one in seen["me"]["reveal"]["media"]] == ["picture", "sound"]
        await slow.pong()
        assert len(set(sources(quick))) == 3
        assert len(set(sources(slow))) == 1

    hold(birds, [WING, STORKS], story, paced=True, minutes=5)


def test_only_what_may_be_shown_is_served(birds, tmp_path, monkeypatch):
    decks = birds / "decks"
    secret = tmp_path / "diary.png"
    secret.write_bytes(png())
    for name in ("wing.png", "erithacus.svg", "song.wav", "east.png", "west.png"):
        (decks / "media" / name).unlink()
    (decks / "media" / "wing.png").symlink_to(secret)
    (decks / "media" / "erithacus.svg").symlink_to(birds / "decks" / "birds.yaml")
    (decks / "media" / "east.png").write_bytes(b"\0" * 3000)
    (decks / "media" / "west.png").write_bytes(b"\0" * 300)
    monkeypatch.setattr(deck_media, "MOST_BYTES", 2000)

    async def story(live: Live) -> None:
        problems = live.hosting.place()["problems"]
        assert [problem.partition(" media/")[2].split(" (")[0].split(". ")[0] for problem in problems] == [
            "wing.png isn't in the deck's folder",
            "erithacus.svg is no picture, sound or film that can be shown",
            "song.wav isn't there",
            "east.png is too large to be shown",
        ]
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        assert (await phone.phase("open", 0))["room"]["question"]["media"] == []
        await host.send(type="act", action="skip")
        (west,) = (await phone.phase("open", 1))["room"]["question"]["media"]
        (decks / "media" / "west.png").unlink()
        assert (await get(live, west["src"]))[0] == 404, "gone since"

    hold(birds, [WING, STORKS], story)


def test_what_is_taken_home_holds_its_pictures(birds):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        await host.send(type="act", action="reveal")
        await phone.phase("revealed")
        await host.send(type="act", action="end")
        mine = (await phone.phase("ended"))["me"]["mine"]
        _status, headers, body = await get(live, mine)
        held_ = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', body.decode(), re.DOTALL)
        assert held_
        (card,) = json.loads(held_[1])["cards"]
        kept = [(one["medium"], one["src"].partition(",")[0]) for one in (*card["asked"], *card["told"])]
        assert kept == [
            ("picture", "data:image/png;base64"),
            ("picture", "data:image/svg+xml;base64"),
            ("sound", "data:audio/wav;base64"),
        ]
        assert "img-src data:" in headers["content-security-policy"]

    hold(birds, [WING, STORKS], story)


def test_slides_and_polls_have_pictures_of_the_drill(birds):
    poll = Poll(LocalText.plain("Which?"), (LocalText.plain("a"), LocalText.plain("b")), media=("media/east.png",))
    slide = Slide(LocalText.plain("Look."), ("media/west.png", "media/song.wav", "../progress.db"))

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        assert live.hosting.place()["problems"] == [
            "slide: ../progress.db isn't in the deck's folder. Copy it there.",
        ]
        await host.send(type="act", action="start")
        (east,) = (await phone.phase("open", 0))["room"]["question"]["media"]
        assert (await get(live, east["src"]))[2] == (birds / "decks/media/east.png").read_bytes()
        await host.send(type="act", action="skip")
        shown = (await phone.phase("slide", 1))["room"]["slide"]
        assert [one["medium"] for one in shown["media"]] == ["picture", "sound"]
        assert (await get(live, shown["media"][0]["src"]))[2] == (birds / "decks/media/west.png").read_bytes()

    hold(birds, [poll, slide], story)


def loaded(visitor: Visitor, count: int) -> None:
    """Wait until so many pictures can be seen."""
    visitor.page.wait_for_function(
        "n => { const all = [...document.querySelectorAll('main img')];"
        " return all.length === n && all.every(one => one.complete && one.naturalWidth > 0) }",
        arg=count,
    )


def test_pictures_on_phones_and_on_the_wall(chrome: Browser, bench: Bench):
    write_birds(bench.folder / "decks")
    (bench.folder / "birds.yaml").write_text(
        f"drill: birds\nseconds: 0\nitems:\n  - {WING.card}\n  - {STORKS.card}\n"
        "  - slide: Look.\n    media: media/wing.png\n",
        "utf-8",
    )
    with held(bench, "drill", "host", "--open", "--file", "birds.yaml", "--json", "--port", "0") as drill:
        desk, wall, low = Desk(chrome, drill), Screen(chrome, drill), Screen(chrome, drill, 1024, 768)
        phone, inspector = Phone(chrome, drill, "Alice", "en", 320), Inspector()
        phone.page.route("**/media/*", lambda route: phone.page.wait_for_timeout(300) or route.continue_())
        desk.press("Space")
        phone.heading("wing")
        option = phone.page.locator("button.option").last
        before = option.bounding_box()
        for visitor in (phone, desk, wall, low):
            loaded(visitor, 1)
        assert option.bounding_box() == before, "nothing moves under a finger when a picture comes"
        inspector.touched(phone, desk)
        inspector.seen(wall, low)
        assert phone.page.locator("button.picture img").get_attribute("alt") == "Picture"
        phone.page.locator("button.picture").tap()
        assert phone.page.locator("dialog.large").is_visible()
        desk.press("r")
        phone.page.locator(".verdict").wait_for()
        assert not phone.page.locator("dialog.large").is_visible(), "what is large makes way for the answer"
        for visitor in (phone, desk, wall, low):
            loaded(visitor, 2)
        assert phone.page.locator("audio").get_attribute("aria-label") == "Sound 2 of 2"
        inspector.touched(phone, desk)
        inspector.seen(wall, low)
        desk.press("Space")
        phone.heading("storks")
        loaded(phone, 2)
        east, west = (one.bounding_box() for one in phone.page.locator("button.picture").all())
        assert east["y"] == west["y"], "two pictures stand side by side"
        inspector.touched(phone)
        desk.press("r")
        phone.page.locator(".verdict").wait_for()
        desk.press("Space")
        for visitor in (phone, desk, wall, low):
            visitor.sees("Look.")
            loaded(visitor, 1)
        inspector.touched(phone, desk)
        inspector.seen(wall, low)
        # A picture that is gone says so.
        (bench.folder / "decks" / "media" / "wing.png").unlink()
        late = Phone(chrome, drill, "Bob", "ko", 320)
        late.sees("그림이나 소리를 보여 줄 수 없습니다")
        for visitor in (desk, wall, low, phone):
            assert not visitor.troubles
            assert all(url.startswith((f"http://127.0.0.1:{drill.port}/", "data:")) for url in visitor.requests)
