"""A live drill through its sockets: a real server, real clients."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from unittest.mock import patch

import pytest

from quizkit.errors import QuizkitError
from quizkit.live import hub
from quizkit.live.replaying import replay
from quizkit.model import EventType, LocalText
from quizkit.model.drill import ActType, CardItem, Poll, Slide, Student
from quizkit.store import db
from quizkit.workspace.drill_record import DrillRecord
from tests.helpers.live import NOW, Live, desk_workspace, hold, right

CHOICE, MANY, ORDER, PAIR, LIST, PLANT = (
    CardItem(f"tea/{name}/main") for name in ("green-heat", "oxidised", "steps", "homes", "utensils", "plant")
)
MINUTES, DECAF = CardItem("tea/minutes/main"), CardItem("tea/decaf/main")
POLL = Poll(LocalText({"en": "Tea?", "ja": "お茶?"}), (LocalText({"en": "Yes", "ja": "はい"}), LocalText.plain("No")))
SLIDE = Slide(LocalText.plain("Now *listen*."))
AKI, BO = Student("aki", "Aki", "7"), Student("bo", "Bo", "8")


def test_a_whole_drill_in_two_languages(tmp_path):
    async def story(live: Live) -> None:
        host, screen = await live.host(), await live.screen()
        aki, bo = await live.join("Aki", "ja"), await live.join("bo", "ko")
        await host.send(type="act", action="start")
        asked = await aki.phase("open")
        assert asked["room"]["question"]["prompt"] == "玉露をいれる湯の温度は。"
        assert asked["room"]["question"]["lang"] == "ja"
        await aki.send(type="answer", item=0, round=1, values=right(asked, "ぬるめ"))
        assert await aki.until("ack") == {"type": "ack", "item": 0, "round": 1}
        asked = await bo.phase("open")
        assert asked["room"]["question"]["lang"] == "en", "the card speaks no Korean"
        await bo.send(type="answer", item=0, round=1, values=right(asked, "boiling"))
        await bo.until("ack")
        await host.until("state", lambda frame: frame["room"]["answered"] == 2)
        await host.send(type="act", action="reveal")
        seen = await aki.phase("revealed")
        assert seen["me"]["answer"]["outcome"] == "right"
        assert (seen["me"]["points"], seen["me"]["rank"]) == (1000, 1)
        assert seen["room"]["reveal"]["solution"] == ["ぬるめ"]
        seen = await bo.phase("revealed")
        assert seen["me"]["answer"]["feedback"] == "Boiling water draws out the bitterness."
        shown = (await screen.phase("revealed"))["room"]
        assert "me" not in shown
        assert [(count["text"], count["n"], count["right"]) for count in shown["reveal"]["counts"]] == [
            (option["text"], {"lukewarm": 1, "boiling": 1}.get(option["text"], 0), option["text"] == "lukewarm")
            for option in shown["question"]["options"]
        ]
        assert shown["reveal"]["share"] == 0.5
        assert shown["reveal"]["cite"] == [{"id": "K1", "gist": "Water for fine leaves is never hot."}]
        assert [at["name"] for at in shown["board"]] == ["Aki", "Bo"]
        await host.send(type="act", action="next")
        assert (await aki.phase("slide"))["room"]["slide"]["html"] == "Now <em>listen</em>."
        await host.send(type="act", action="next")
        asked = await aki.phase("open")
        await aki.send(type="answer", item=2, round=1, values=[asked["room"]["question"]["options"][0]["id"]])
        await aki.until("ack")
        await host.send(type="act", action="close")
        counts = (await aki.phase("closed"))["room"]["counts"]
        assert [(count["text"], count["n"]) for count in counts] == [("はい", 1), ("No", 0)]
        await host.send(type="act", action="next")
        over = await bo.phase("ended")
        assert over["me"]["mine"].startswith("/mine/")
        page = await _get(live, over["me"]["mine"], accept_404=True)
        assert page is None or "green-heat" not in page

    hold(tmp_path, [CHOICE, SLIDE, POLL], story, roster=(AKI, BO), open_=False)
    workspace, _clock = desk_workspace(tmp_path)
    with workspace:
        reviews = [event for event in workspace.store.events("aki") if event.type == EventType.REVIEW]
        assert [(event.card, event.score, event.lang) for event in reviews] == [(CHOICE.card, 1.0, "ja")]
        record = DrillRecord.find(workspace)
        found = replay(workspace, record)
        assert (sorted(found.points.values()), found.differences, found.otherwise) == ([0, 1000], (), ())
        assert found.rejudged == 2


async def _get(live: Live, path: str, *, accept_404: bool = False, **headers: str) -> str | None:
    def fetch() -> str | None:
        request = urllib.request.Request(live.origin + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            if accept_404 and error.code in (404, 500):
                return None
            raise

    return await asyncio.to_thread(fetch)


@pytest.mark.parametrize(
    ("item", "values", "score"),
    [
        (MANY, ("Darjeeling", "Keemun"), 1.0),
        (MANY, ("Darjeeling",), 0.5),
        (ORDER, ("pluck", "steam", "roll", "dry"), 1.0),
        (PAIR, ("India", "Japan", "China"), 1.0),
        (DECAF, ("False",), 1.0),
    ],
)
def test_every_shape_with_options(tmp_path, item, values, score):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        asked = await phone.phase("open")
        ids = right(asked, *values)
        await phone.send(type="answer", item=0, round=1, values=ids)
        await phone.until("ack")
        assert (await phone.until("state", lambda frame: frame["me"]["answer"]))["me"]["answer"]["values"] == ids
        await host.send(type="act", action="reveal")
        assert (await phone.phase("revealed"))["me"]["answer"]["score"] == score

    hold(tmp_path, [item], story)


@pytest.mark.parametrize(
    ("item", "values", "outcome"),
    [
        (PLANT, ["camellia  SINENSIS"], "right"),
        (PLANT, [], "wrong"),
        (MINUTES, ["５"], "right"),
        (LIST, ["bowl", "whisk", "kettle"], "right"),
        (LIST, ["bowl"], "wrong"),
    ],
)
def test_every_shape_that_is_typed(tmp_path, item, values, outcome):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        await phone.send(type="answer", item=0, round=1, values=values)
        await phone.until("ack")
        await host.send(type="act", action="reveal")
        seen = await phone.phase("revealed")
        assert seen["me"]["answer"]["outcome"] == outcome
        told = "partly" if 0 < seen["me"]["answer"]["score"] < 1 else outcome
        assert seen["room"]["reveal"]["texts"] == (
            [{"text": " ".join(" · ".join(values).split()), "n": 1, "outcome": told}] if values else []
        )

    hold(tmp_path, [item], story)


@pytest.mark.parametrize(
    ("item", "first", "second"),
    [
        (ORDER, ("steam", "pluck", "roll", "dry"), ("蒸す", "摘む", "揉む", "乾かす")),
        (PAIR, ("India", "Japan", "China"), ("インド", "日本", "中国")),
    ],
)
def test_the_same_answer_in_two_languages_is_one(tmp_path, item, first, second):
    """What is put in order or paired is counted over all languages, and read in each reader's own."""

    async def story(live: Live) -> None:
        host, zoe, aki = await live.host(), await live.join("Zoe"), await live.join("Aki", "ja")
        await host.send(type="act", action="start")
        for phone, texts in ((zoe, first), (aki, second)):
            asked = await phone.phase("open")
            ids = right(asked, *texts)
            await phone.send(type="answer", item=0, round=1, values=ids)
            await phone.until("ack")
        await host.send(type="act", action="reveal")
        for phone, texts in ((zoe, first), (aki, second)):
            [told] = (await phone.phase("revealed"))["room"]["reveal"]["texts"]
            assert told == {
                "text": " · ".join(texts),
                "n": 2,
                "outcome": "right" if item is PAIR else "partly",
                "values": ids,
            }

    hold(tmp_path, [item], story)


def test_only_what_is_right_is_told_as_right(tmp_path):
    """A slip of spelling and a part of the points are no right answers: each is counted as what it is."""

    async def story(live: Live) -> None:
        host, phones = await live.host(), [await live.join(f"Player {number}") for number in range(4)]
        await host.send(type="act", action="start")
        for phone, text in zip(phones, ("Camellia sinensis", "Camelia sinensis", "Oak", None), strict=True):
            await phone.phase("open", 0)
            if text:
                await phone.send(type="answer", item=0, round=1, values=[text])
                await phone.until("ack")
        await host.send(type="act", action="close")
        outcomes = {"right": 1, "almost": 1, "partly": 0, "wrong": 1}
        so_far = (await host.phase("closed"))["room"]["so_far"]
        assert so_far == {"share": pytest.approx(1 / 3), "answered": 3, "outcomes": outcomes}
        await host.send(type="act", action="reveal")
        reveal = (await host.phase("revealed"))["room"]["reveal"]
        assert (reveal["share"], reveal["outcomes"]) == (pytest.approx(1 / 3), outcomes)
        assert [(text["text"], text["outcome"]) for text in reveal["texts"]] == [
            ("Camellia sinensis", "right"),
            ("Camelia sinensis", "almost"),
            ("Oak", "wrong"),
        ]
        await host.send(type="act", action="next")
        asked = await phones[0].phase("open", 1)
        await phones[0].send(type="answer", item=1, round=1, values=right(asked, "Darjeeling"))
        await phones[0].until("ack")
        await host.send(type="act", action="reveal")
        reveal = (await host.phase("revealed", 1))["room"]["reveal"]
        assert (reveal["share"], reveal["outcomes"]["partly"]) == (0, 1)

    hold(tmp_path, [PLANT, MANY], story)


def test_who_has_gone_isnt_waited_for(tmp_path):
    """Answers are counted of those who are connected or have answered; a poll has none that are right so far."""

    async def story(live: Live) -> None:
        host, phones = await live.host(), [await live.join(f"Player {number}") for number in range(3)]
        await host.send(type="act", action="start")
        asked = await phones[0].phase("open")
        await phones[0].send(type="answer", item=0, round=1, values=[asked["room"]["question"]["options"][0]["id"]])
        await phones[0].until("ack")
        for phone in phones[:2]:
            await phone.socket.close()
        told = await host.until("state", lambda frame: frame["room"]["connected"] == frame["room"]["answered"] == 1)
        room = told["room"]
        assert (room["answered"], room["asked"], room["players"]) == (1, 2, 3)
        await host.send(type="act", action="close")
        assert "so_far" not in (await host.phase("closed"))["room"]

    hold(tmp_path, [POLL], story)


def test_a_lost_connection_resumes_with_nothing_lost(tmp_path):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        asked = await phone.phase("open")
        values = right(asked, "boiling")
        await phone.send(type="answer", item=0, round=1, values=values)
        await phone.until("ack")
        phone.socket.transport.abort()
        await host.until("state", lambda frame: frame["room"]["connected"] == 0)
        again = await live.back(phone.token)
        seen = await again.phase("open")
        assert (seen["me"]["name"], seen["me"]["answer"]["values"]) == ("Zoe", values)
        await again.send(type="answer", item=0, round=1, values=values)
        await again.until("ack")
        await again.send(type="answer", item=0, round=1, values=right(asked, "lukewarm"))
        assert await again.refused() == "double"

    hold(tmp_path, [CHOICE], story)
    assert _acts(tmp_path, "answer") == 1


def _acts(folder, type_: str) -> int:
    with closing(sqlite3.connect(folder / "progress.db")) as connection, connection:
        return int(connection.execute("SELECT count(*) FROM act WHERE type = ?", (type_,)).fetchone()[0])


def test_an_answer_is_committed_before_it_is_acknowledged(tmp_path):
    async def story(live: Live) -> None:
        host = await live.host()
        phones = [await live.join(f"Player {number}") for number in range(30)]
        await host.send(type="act", action="start")
        for phone in phones:
            await phone.phase("open")
        kept = live.hosting.record.log_many
        commits = []

        def log_many(acts):
            # When this returns, another connection sees the answers; only then is anybody told.
            before = _acts(tmp_path, "answer")
            made = kept(acts)
            answers = sum(act.type is ActType.ANSWER for act in made)
            assert _acts(tmp_path, "answer") == before + answers
            commits.append(answers)
            return made

        live.hosting.record.log_many = log_many
        asked = phones[0].frames[-1]
        for phone in phones:
            await phone.send(type="answer", item=0, round=1, values=right(asked, "boiling"))
        for phone in phones:
            await phone.until("ack")
            assert sum(commits) >= 1
        assert sum(commits) == 30

    hold(tmp_path, [CHOICE], story)


@contextmanager
def _full(live: Live) -> Iterator[None]:
    """Nothing can be saved."""

    def log_many(_acts):
        raise QuizkitError("The disk with /home/mina/progress.db is full.", "Make room.")

    with patch.object(live.hosting.record, "log_many", log_many):
        yield


def test_what_cant_be_saved_is_not_acknowledged(tmp_path):
    """Everybody is told; why, which names a file, only the host. With room again the warning goes by itself."""

    async def story(live: Live) -> None:
        host, screen, phone = await live.host(), await live.screen(), await live.join("Zoe")
        await host.send(type="act", action="start")
        asked = await phone.phase("open")
        answer = {"type": "answer", "item": 0, "round": 1, "values": right(asked, "boiling")}
        with _full(live):
            for _time in range(2):
                await phone.send(**answer)
                refused = await phone.until("refused")
                assert (refused["code"], refused["text"]) == ("unsaved", "Answers can't be saved at the moment.")
            told = (await host.until("state", lambda f: f["room"]["advice"]))["room"]["advice"]
            assert told.endswith("The disk with /home/mina/progress.db is full. Make room.")
            told = (await screen.until("state", lambda f: f["room"]["advice"]))["room"]["advice"]
            assert told == "Answers can't be saved at the moment."
            await host.send(type="act", action="close")
            assert await host.refused() == "unsaved"
            late = await live.open()
            await late.send(type="hello", pin=live.pin, name="Yui", lang="en")
            assert (await late.refused(), await late.closed()) == ("unsaved", 1013)
        await host.until("state", lambda f: not f["room"]["advice"])
        await phone.send(**answer)
        await phone.until("ack")

    hold(tmp_path, [CHOICE], story)
    assert (_acts(tmp_path, "answer"), _acts(tmp_path, "refused")) == (1, 0)


def test_who_leaves_while_nothing_can_be_saved_has_left(tmp_path):
    """Otherwise somebody would be in for ever who isn't there, and nobody could come in under that name."""

    async def story(live: Live) -> None:
        host, bo = await live.host(), await live.join("Bo")
        with _full(live):
            bo.socket.transport.abort()
            while live.hosting.desk.room.players["bo"].connected:
                await host.pong()
        while not _acts(tmp_path, "leave"):
            await host.pong()
        assert (await live.join("Bo")).player == "bo"

    hold(tmp_path, [CHOICE], story, roster=(AKI, BO), open_=False)
    assert _acts(tmp_path, "leave") == 2


def test_whose_answer_was_turned_away_gets_time_for_it(tmp_path):
    """The time runs out while nothing can be saved, and it was nobody's fault who had answered."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        asked = await phone.phase("open")
        answer = {"type": "answer", "item": 0, "round": 1, "values": right(asked, "boiling")}
        live.clock.fixed += 15_000
        while live.hosting.desk.next_look < live.clock.fixed:
            await host.pong()
        with _full(live):
            await phone.send(**answer)
            assert await phone.refused() == "unsaved"
            live.clock.fixed += 15_000
            await host.pong()
        seen = await host.until("state", lambda frame: frame["room"]["seconds"] > 20)
        assert (seen["room"]["phase"], seen["room"]["left_ms"]) == ("open", 20_000)
        await phone.send(**answer)
        await phone.until("ack")

    hold(tmp_path, [CHOICE], story, seconds=20)
    workspace, _clock = desk_workspace(tmp_path)
    with workspace:
        assert replay(workspace, DrillRecord.find(workspace)).differences == ()


def test_a_drill_hardly_waits_for_another_program(tmp_path):
    """While one thread stands still for a file, no phone hears anything."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        with closing(sqlite3.connect(tmp_path / "progress.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            before = time.monotonic()
            await phone.send(type="answer", item=0, round=1, values=[])
            assert await phone.refused() == "unsaved"
            assert time.monotonic() - before < db.TIMEOUT / 2
            await host.until("state", lambda f: f["room"]["advice"])
        await host.until("state", lambda f: not f["room"]["advice"])
        await phone.send(type="answer", item=0, round=1, values=[])
        await phone.until("ack")

    hold(tmp_path, [CHOICE], story)


def test_the_server_keeps_the_time(tmp_path):
    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        asked = await phone.phase("open")
        assert asked["room"]["left_ms"] == 20_000
        live.clock.fixed += 5_000
        late = await live.join("Yui")
        assert late.frames[-1]["room"]["left_ms"] == 15_000
        live.clock.fixed += 16_000
        await phone.phase("closed")
        await phone.send(type="answer", item=0, round=1, values=right(asked, "boiling"))
        assert await phone.refused() == "late"
        await host.send(type="act", action="extend", seconds=10)
        await phone.phase("open")
        await phone.send(type="answer", item=0, round=1, values=right(asked, "boiling"))
        await phone.until("ack")

    hold(tmp_path, [CHOICE], story, seconds=20)
    assert _acts(tmp_path, "refused") == 1


def test_a_clock_that_is_set_back_stops_no_timer(tmp_path):
    """A laptop gets the time from the network in the middle of a question."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="start")
        await phone.phase("open")
        live.clock.ticks = lambda: NOW + 25_000
        live.clock.fixed = NOW - 3_600_000
        assert (await phone.phase("closed"))["room"]["left_ms"] is None

    hold(tmp_path, [CHOICE], story, seconds=20)


def test_who_answered_in_time_isnt_late_because_the_server_was(tmp_path):
    """A slow disk or a large message holds up everybody: what came meanwhile came in time."""

    async def story(live: Live) -> None:
        host, phone = await live.host(), await live.join("Zoe")
        with patch.object(hub, "QUIET_SECONDS", 60):
            await host.send(type="act", action="start")
            asked = await phone.phase("open")
            while live.hosting.desk.next_look < NOW + 60_000:
                await host.pong()
            live.clock.fixed += 300_000
            await phone.send(type="answer", item=0, round=1, values=right(asked, "boiling"))
            await phone.until("ack")

    hold(tmp_path, [CHOICE], story, seconds=70)


def test_vote_discuss_vote_again(tmp_path):
    async def story(live: Live) -> None:
        host = await live.host()
        phones = [await live.join(f"Player {number}") for number in range(4)]
        await host.send(type="act", action="start")
        for turn, picks in ((1, ("lukewarm", "boiling", "boiling", "boiling")), (2, ("lukewarm",) * 3 + ("boiling",))):
            for phone, pick in zip(phones, picks, strict=True):
                asked = await phone.phase("open")
                await phone.send(type="answer", item=0, round=turn, values=right(asked, pick))
                await phone.until("ack")
            await host.send(type="act", action="discuss" if turn == 1 else "reveal")
            if turn == 1:
                seen = await host.phase("discuss")
                assert seen["room"]["so_far"] == {
                    "share": 0.25,
                    "answered": 4,
                    "outcomes": {"right": 1, "almost": 0, "partly": 0, "wrong": 3},
                }
                told = (await phones[0].phase("discuss"))["room"]
                assert (told["reveal"], told["counts"], "so_far" in told) == (None, None, False)
                await host.send(type="act", action="next")
        reveal = (await phones[0].phase("revealed"))["room"]["reveal"]
        assert reveal["rounds"] == [{"share": 0.25, "answered": 4}, {"share": 0.75, "answered": 4}]
        assert reveal["gain"] == pytest.approx(2 / 3)

    hold(tmp_path, [CHOICE], story)


def test_each_at_their_own_speed(tmp_path):
    async def story(live: Live) -> None:
        host, quick, slow = await live.host(), await live.join("Zoe"), await live.join("Yui", "ja")
        await host.send(type="act", action="start")
        seen = await quick.phase("paced")
        assert seen["room"]["question"] is None
        assert seen["room"]["ends_at_left_ms"] == 60_000
        await quick.send(type="answer", item=0, round=1, values=right(seen, "lukewarm"))
        await quick.until("ack")
        seen = await quick.until("state", lambda frame: frame["me"].get("reveal"))
        assert (seen["me"]["reveal"]["solution"], seen["me"]["answer"]["won"]) == (["lukewarm"], 1000)
        await quick.send(type="next")
        seen = await quick.until("state", lambda frame: frame["me"]["item"]["index"] == 1)
        assert seen["me"]["reveal"] is None
        waiting = await slow.phase("paced")
        assert waiting["me"]["item"]["index"] == 0
        await slow.send(type="answer", item=1, round=1, values=["x"])
        assert await slow.refused() == "closed-question"
        await quick.send(type="answer", item=1, round=1, values=["Camellia sinensis"])
        await quick.until("ack")
        await quick.send(type="next")
        await quick.until("state", lambda frame: frame["me"].get("done"))
        live.clock.fixed += 61_000
        await slow.phase("ended")

    hold(tmp_path, [CHOICE, PLANT], story, paced=True, minutes=1)


def test_the_host_keeps_order(tmp_path):
    async def story(live: Live) -> None:
        host, zoe = await live.host(), await live.join("Zoe")
        await host.send(type="act", action="lock")
        await zoe.until("state", lambda frame: frame["room"]["locked"])
        late = await live.open()
        await late.send(type="hello", pin=live.pin, name="Yui", lang="ja")
        refused = await late.until("refused")
        assert refused["code"] == "locked"
        await host.send(type="act", action="unlock")
        await host.until("state", lambda frame: not frame["room"]["locked"])
        await host.send(type="act", action="rename", player=zoe.player, name="Zoë")
        await zoe.until("state", lambda frame: frame["me"]["name"] == "Zoë")
        await host.send(type="act", action="kick", player=zoe.player)
        assert await zoe.refused() == "kicked"
        assert await zoe.closed() == 1008
        again = await live.open()
        await again.send(type="hello", token=zoe.token, lang="en")
        assert await again.refused() == "kicked"
        await host.send(type="act", action="dance")
        assert await host.refused() == "bad-message"

    hold(tmp_path, [CHOICE], story)


def test_the_roster_decides_who_comes_in(tmp_path):
    twins = (AKI, BO, Student("mio-1", "Mio", "11"), Student("mio-2", "Mio", "12"))

    async def story(live: Live) -> None:
        host = await live.host()
        assert host.frames[-1]["room"]["absent"] == ["Aki", "Bo", "Mio", "Mio"]
        aki = await live.join(" ＡＫＩ ")
        assert aki.player == "aki"
        second = await live.open()
        for hello, code in (
            ({"name": "aki"}, "name-taken"),
            ({"name": "Mio"}, "name-shared"),
            ({"name": "Mio", "number": "7"}, "name-shared"),
            ({"name": "Stranger"}, "name-unknown"),
            ({"name": ""}, "name-unknown"),
        ):
            await second.send(type="hello", pin=live.pin, lang="en", **hello)
            assert await second.refused() == code
        await second.send(type="hello", pin=live.pin, lang="en", name="Mio", number="12")
        assert (await second.until("welcome"))["player"] == "mio-2"
        third = await live.join("8")
        assert third.player == "bo"

    hold(tmp_path, [CHOICE], story, roster=twins, open_=False)


@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("佐藤花子", "佐藤 花子"),
        ("佐藤　花子", "佐藤花子"),
        ("김민지", "김 민지"),
        ("Zoë Müller", "zoe muller"),
        ("Sean O’Brien", "Sean O'Brien"),
        ("Anne-Marie", "Anne Marie"),
        ("Katō Jun", "Stranger"),
    ],
)
def test_a_name_is_known_as_phones_write_it(tmp_path, listed, typed):
    """Spaces, accents and marks keep nobody out; a name that is read otherwise does, until the number is given."""
    stranger = typed == "Stranger"

    async def story(live: Live) -> None:
        for other in ("佐藤 花", "はぱ"):
            phone = await live.open()
            await phone.send(type="hello", pin=live.pin, name=other)
            assert await phone.refused() == "name-unknown"
        phone = await live.join(typed, number="41" if stranger else "")
        assert phone.player == "one"

    roster = (Student("one", listed, "41"), Student("two", "ハバ", "42"))
    hold(tmp_path, [CHOICE], story, roster=roster, open_=False)


def test_who_is_written_alike_is_told_apart_to_the_letter(tmp_path):
    """Two names that differ only in a space: each is let in by their own, and nobody by what may be either."""
    roster = (Student("one", "田中 太郎", "1"), Student("two", "田中太郎", "2"))

    async def story(live: Live) -> None:
        assert (await live.join("田中太郎")).player == "two"
        assert (await live.join("田中 太郎")).player == "one"
        phone = await live.open()
        await phone.send(type="hello", pin=live.pin, name="田中・太郎", lang="en")
        assert await phone.refused() == "name-shared"

    hold(tmp_path, [CHOICE], story, roster=roster, open_=False)


def test_pages_and_their_headers(tmp_path):
    async def story(live: Live) -> None:
        about = json.loads(await _get(live, "/about") or "")
        assert (about["title"], about["languages"], about["open"]) == ("Tea", ["en", "ja", "ko"], True)
        assert about["drill"] != live.hosting.record.id, "the id would tell how options are shuffled"
        assert await _get(live, "/mine/guess", accept_404=True) is None

    hold(tmp_path, [CHOICE], story)
