"""`quizkit drill host`, `resume` and `replay` as a teacher uses them; also when the machine dies in the middle."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import closing
from unittest.mock import patch

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from quizkit.errors import QuizkitError
from quizkit.live import hosting
from quizkit.live.network import listen
from quizkit.model.drill import CardItem, Program
from tests.helpers.command import PATIENCE
from tests.helpers.hosted import Held, held
from tests.helpers.live import Client, desk_workspace

OPEN = ("drill", "host", "--open", "cups", "--seconds", "0", "--json")


def run(story: Callable[[], Awaitable[None]], drill: Held) -> None:
    async def limited() -> None:
        try:
            await asyncio.wait_for(story(), 3 * PATIENCE)
        finally:
            for client in drill.clients:
                await client.socket.close()
            drill.clients.clear()

    asyncio.run(limited())


def test_a_drill_from_the_keyboard(bench):
    with held(bench, *OPEN, "--port", "0") as drill:
        drill.until(phase="lobby")

        async def story() -> None:
            phone = await drill.client(pin=drill.place["pin"], name="Zoe")
            drill.say("next")
            await phone.phase("open")
            await phone.send(type="answer", item=0, round=1, values=["Raku"])
            await phone.until("ack")
            drill.say("extend ²", f"extend {'9' * 5000}", "reveal", "dance", "end")
            await phone.phase("ended")
            await phone.socket.close()

        run(story, drill)
        for _line in ("extend ²", "extend 99…", "dance"):
            drill.until(event="refused")
        drill.until(phase="ended")
        drill.say("quit")
        assert drill.until(event="left")["ended"]
        assert drill.process.wait(PATIENCE) == 0
    said = bench.run("drill", "replay", "--json")
    assert (said.code, said.json["identical"], said.json["answers"]) == (0, True, 1)
    over = bench.run("drill", "resume")
    assert over.code == 1
    assert "is over" in over.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_orderly_and_says_how_to_go_on(bench, number):
    with held(bench, *[arg for arg in OPEN if arg != "--json"], "--port", "0", "--json") as drill:
        drill.until(phase="lobby")
        drill.process.send_signal(number)
        assert drill.until(event="left") == {"event": "left", "drill": drill.place["drill"], "ended": False}
        assert drill.process.wait(PATIENCE) == 0


def test_plain_lines(bench):
    process = subprocess.run(
        bench.argv("drill", "host", "--open", "cups", "--port", "0"), cwd=bench.folder, env=bench.env, text=True,
        input="next\nquit\n", capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    assert "PIN:" in process.stdout
    assert "quizkit drill resume" in process.stdout


def test_a_killed_host_loses_no_answer_that_was_acknowledged(bench):
    acknowledged: set[str] = set()
    tokens: dict[str, str] = {}

    with held(bench, *OPEN, "--port", "0") as drill:

        async def story() -> None:
            host = await drill.host()
            phones = [await drill.client(pin=drill.place["pin"], name=f"Player {n}") for n in range(40)]
            await host.send(type="act", action="start")
            for number, phone in enumerate(phones):
                await phone.phase("open")
                tokens[f"Player {number}"] = phone.token

            async def answer(number: int, phone: Client) -> None:
                try:
                    await phone.send(type="answer", item=0, round=1, values=["Raku"])
                    await phone.until("ack")
                except ConnectionClosed:
                    return
                acknowledged.add(f"Player {number}")
                if len(acknowledged) == 10:
                    drill.process.kill()

            await asyncio.gather(*(answer(number, phone) for number, phone in enumerate(phones)))

        run(story, drill)
    assert len(acknowledged) >= 10

    with held(bench, "drill", "resume", "--json") as again:
        assert again.place["pin"] == drill.place["pin"]
        assert again.port == drill.port
        assert again.place["host"] == drill.place["host"]
        assert again.until(phase="open")["paused"]

        async def story_on() -> None:
            host = await again.host()
            for name, token in tokens.items():
                phone = await again.client(token=token)
                seen = await phone.phase("open", 0)
                assert seen["me"]["name"] == name
                if name in acknowledged:
                    assert seen["me"]["answer"] == {"item": 0, "round": 1, "values": ["Raku"], "saved": True}
                await phone.socket.close()
            last = await again.client(token=tokens["Player 0"])
            await host.send(type="act", action="resume")
            await last.until("state", lambda frame: not frame["room"]["paused"])
            await host.send(type="act", action="reveal")
            assert (await last.phase("revealed"))["me"]["points"] in (0, 1000)
            await host.send(type="act", action="end")
            await last.phase("ended")
            await last.socket.close()
            await host.socket.close()

        run(story_on, again)
        again.until(phase="ended")
        again.say("quit")
        again.until(event="left")
        assert again.process.wait(PATIENCE) == 0
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        rows = connection.execute("SELECT player FROM act WHERE type = 'answer'").fetchall()
    assert len(rows) == len(set(rows)) >= len(acknowledged)
    assert bench.run("drill", "replay").code == 0


def test_a_log_that_was_changed_is_found_out(bench):
    with held(bench, *OPEN, "--port", "0") as drill:

        async def story() -> None:
            phone = await drill.client(pin=drill.place["pin"], name="Zoe")
            drill.say("next")
            state = await phone.phase("open")
            right = "Raku" if "hand" in state["room"]["question"]["prompt"] else "Celadon"
            await phone.send(type="answer", item=0, round=1, values=[right])
            await phone.until("ack")
            drill.say("reveal", "end", "quit")
            await phone.phase("ended")

        run(story, drill)
        drill.until(event="left")
        drill.process.wait(PATIENCE)
    assert bench.run("drill", "replay").code == 0
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE act SET data = json_set(data, '$.score', 0.0) WHERE type = 'answer'")
    said = bench.run("drill", "replay", "--json")
    assert said.code == 1
    assert said.json["identical"] is False
    assert len(said.json["differences"]) == 2


def test_decks_that_change_after_a_drill_change_no_points(bench):
    with held(bench, *OPEN, "--port", "0") as drill:

        async def story() -> None:
            phone = await drill.client(pin=drill.place["pin"], name="Zoe")
            drill.say("next")
            await phone.phase("open")
            await phone.send(type="answer", item=0, round=1, values=["Bizen"])
            await phone.until("ack")
            drill.say("reveal", "end", "quit")
            await phone.phase("ended")

        run(story, drill)
        drill.until(event="left")
        drill.process.wait(PATIENCE)
    cups = bench.folder / "decks" / "cups.yaml"
    changed = cups.read_text(encoding="utf-8").replace("answer: Raku", "answer: Bizen")
    cups.write_text(changed.replace("answer: Celadon", "answer: Bizen ware"), encoding="utf-8")
    said = bench.run("drill", "replay", "--json")
    assert (said.code, said.json["identical"], len(said.json["otherwise"])) == (0, True, 1)
    cups.unlink()
    said = bench.run("drill", "replay", "--json")
    assert (said.code, said.json["identical"], said.json["unjudged"]) == (0, True, 1)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("host",), "Whose drill is it?"),
        (("host", "nobody"), "nobody"),
        (("host", "--open", "cups", "--port", "80", "--host", "192.0.2.77"), "192.0.2.77"),
        (("host", "--open", "--file", "none.yaml"), "none.yaml"),
        (("resume",), "No drill"),
        (("replay", "x"), "No drill"),
    ],
)
def test_mistakes(bench, args, told):
    said = bench.run("drill", *args)
    assert said.code == 1
    assert told in said.err
    assert "Traceback" not in said.err


def test_a_class_without_students(bench):
    bench.run("class", "new", "3B")
    said = bench.run("drill", "host", "3B")
    assert said.code == 1
    assert "Nobody is in class 3B" in said.err


def test_a_class_drill_becomes_reviews(bench):
    """Whoever is on the roster answers as themselves; the class's drill goes on with in `quizkit study`."""
    (bench.folder / "roster.csv").write_text("name,id\nAki,7\nBo,8\n", encoding="utf-8")
    bench.run("class", "new", "3B")
    assert bench.run("class", "import", "3B", "roster.csv", "--yes").code == 0
    with held(bench, "drill", "host", "3B", "cups", "--seconds", "0", "--port", "0", "--json") as drill:

        async def story() -> None:
            stranger = Client(await connect(f"ws://127.0.0.1:{drill.port}/ws/play", proxy=None, close_timeout=0.1))
            drill.clients.append(stranger)
            await stranger.send(type="hello", pin=drill.place["pin"], name="Zoe", lang="en")
            assert await stranger.refused() == "name-unknown"
            phone = await drill.client(pin=drill.place["pin"], name="aki")
            drill.say("next")
            for item in range(2):
                state = await phone.phase("open", item)
                right = "Raku" if "hand" in state["room"]["question"]["prompt"] else "Celadon"
                await phone.send(type="answer", item=item, round=1, values=[right])
                await phone.until("ack")
                drill.say("reveal", "next")
            await phone.phase("ended")

        run(story, drill)
        drill.say("quit")
        drill.until(event="left")
        assert drill.process.wait(PATIENCE) == 0
    stats = bench.run("drill", "results", "--json")
    assert stats.code == 0
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        rows = connection.execute(
            "SELECT learner, card, score FROM event WHERE type = 'review' ORDER BY card"
        ).fetchall()
    assert [(card, score) for _learner, card, score in rows] == [("cups/celadon/main", 1.0), ("cups/raku/main", 1.0)]
    assert len({learner for learner, _card, _score in rows}) == 1


def test_what_is_skipped_or_missed_counts_as_on_the_board(bench):
    """Aki gets a question wrong that is then skipped, and the next one right; Bo, who is there, says nothing."""
    (bench.folder / "roster.csv").write_text("name,id\nAki,7\nBo,8\n", encoding="utf-8")
    bench.run("class", "new", "3B")
    assert bench.run("class", "import", "3B", "roster.csv", "--yes").code == 0
    text = "drill: d\nclass: 3b\nseconds: 0\nitems:\n  - cups/celadon/main\n  - cups/raku/main\n"
    (bench.folder / "d.yaml").write_text(text, encoding="utf-8")
    with held(bench, "drill", "host", "3B", "--file", "d.yaml", "--port", "0", "--json") as drill:

        async def story() -> None:
            aki = await drill.client(pin=drill.place["pin"], name="Aki")
            bo = await drill.client(pin=drill.place["pin"], name="Bo")
            drill.say("next")
            await aki.phase("open")
            await aki.send(type="answer", item=0, round=1, values=["Raku"])
            await aki.until("ack")
            drill.say("skip")
            await aki.phase("open", 1)
            await bo.phase("open", 1)
            await aki.send(type="answer", item=1, round=1, values=["Raku"])
            await aki.until("ack")
            drill.say("reveal", "next")
            points = [(await phone.phase("ended"))["me"]["points"] for phone in (aki, bo)]
            assert points == [1000, 0]

        run(story, drill)
        drill.say("quit")
        drill.until(event="left")
        assert drill.process.wait(PATIENCE) == 0
    results = bench.run("drill", "results", "--names", "--json").json
    assert [one["n"] for one in results["questions"]] == [0, 2]
    assert [(one["student"], one["n"]) for one in results["students"]] == [("Aki", 1), ("Bo", 1)]
    assert [(one["student"], one["score"]) for one in results["responses"]] == [("Aki", 1.0)]
    assert "even if they lost the line" in " ".join(bench.run("drill", "results").out.split())
    report = bench.run("report", "3B", "--json").json
    assert [(one["card"], one["n"]) for one in report["questions"]] == [("cups/raku/main", 2)]
    assert [(one["n"], one["students"]) for one in report["drills"]] == [(2, 2)]
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        rows = connection.execute("SELECT card, score FROM event WHERE type IN ('review', 'practice')").fetchall()
    assert rows == [("cups/raku/main", 1.0)], "nothing was answered that a memory could know of"


def test_without_the_packages(bench):
    """Whoever installed quizkit without the extra is told what to install."""
    hide = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name in ('uvicorn', 'segno') else real(name, *rest)\n"
        "sys.argv = ['quizkit', *sys.argv[1:]]\nfrom quizkit.cli.main import main; main()"
    )
    bench.start = ("-c", hide)
    said = bench.run("drill", "host", "--open", "cups")
    assert said.code == 1
    assert "uvicorn, segno" in said.err
    assert "pip install 'quizkit[classroom]'" in said.err


THREE = "drill: d\nseconds: 0\nitems:\n  - tea/green-heat/main\n  - tea/plant/main\n  - cups/raku/main\n"


def _acts(bench) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        return connection.execute("SELECT type, data FROM act ORDER BY number").fetchall()


def _kept(bench) -> list[str]:
    with closing(sqlite3.connect(bench.folder / "progress.db")) as connection, connection:
        return [value for (value,) in connection.execute("SELECT value FROM setting WHERE key LIKE 'drill %'")]


def test_a_drill_is_held_once(bench):
    """A second terminal in which somebody goes on with the drill would take the phones away from the first."""
    with held(bench, *OPEN, "--port", "0") as drill:
        drill.say("next")
        drill.until(phase="open")
        before = _acts(bench), _kept(bench)
        second = bench.run("drill", "resume")
        assert (second.code, "is being held already" in second.err) == (1, True)
        assert (_acts(bench), _kept(bench)) == before
        drill.process.kill()
        drill.process.wait(PATIENCE)
    with held(bench, "drill", "resume", "--json") as again:
        assert again.until(phase="open")["paused"]
        again.say("quit")
        again.until(event="left")


def test_a_port_that_was_only_there_for_once_isnt_kept(bench):
    """Phones know the drill's own: the next time it is free they find the drill again."""
    with held(bench, *OPEN, "--port", "0", "--host", "127.0.0.1") as drill:
        drill.say("quit")
        drill.until(event="left")
    with listen("127.0.0.1", int(drill.port), exact=True), held(bench, "drill", "resume", "--json") as elsewhere:
        assert elsewhere.port != drill.port
        elsewhere.say("quit")
        elsewhere.until(event="left")
        elsewhere.process.wait(PATIENCE)
    with held(bench, "drill", "resume", "--json") as again:
        assert again.port == drill.port


def test_a_drill_that_is_over_needs_no_port_to_say_so(bench):
    """Its port may be another's by now, and that isn't what is wrong."""
    with held(bench, *OPEN, "--port", "0", "--host", "127.0.0.1") as drill:
        drill.say("end", "quit")
        drill.until(event="left")
        drill.process.wait(PATIENCE)
    with listen("127.0.0.1", int(drill.port), exact=True):
        over = bench.run("drill", "resume", "--port", drill.port)
    assert (over.code, "is over" in over.err) == (1, True)


def test_a_drill_that_cant_begin_lets_go_of_its_port(tmp_path):
    """What is tried next must not find the port taken by what has just failed."""
    workspace, _clock = desk_workspace(tmp_path)
    program = Program("Tea", (CardItem("tea/plant/main"),))
    with workspace, listen("127.0.0.1", 0, exact=True) as free:
        port = free.getsockname()[1]
        free.close()
        with patch.object(hosting, "Desk", side_effect=QuizkitError("no")), pytest.raises(QuizkitError):
            hosting.begin(workspace, program, roster=(), open_=True, port=port, host="127.0.0.1")
        listen("127.0.0.1", port, exact=True).close()


def _without(bench, *notes: str) -> None:
    """The author takes notes out of the deck."""
    deck = bench.folder / "decks" / "tea.yaml"
    text = deck.read_text("utf-8")
    for note in notes:
        text = text.replace(f"id: {note}\n", f"id: other-{note}\n")
    deck.write_text(text, "utf-8")


@pytest.mark.parametrize(("gone", "first"), [("plant", 0), ("green-heat", 1)])
def test_a_drill_goes_on_without_a_card_that_is_gone(bench, gone, first):
    """The computer died, and meanwhile somebody changed the deck: what is left is asked, what was answered stays."""
    (bench.folder / "d.yaml").write_text(THREE, "utf-8")
    with held(bench, "drill", "host", "--open", "--file", "d.yaml", "--port", "0", "--json") as drill:

        async def story() -> None:
            phone = await drill.client(pin=drill.place["pin"], name="Zoe")
            drill.say("next")
            await phone.phase("open", 0)
            await phone.send(type="answer", item=0, round=1, values=[])
            await phone.until("ack")
            drill.process.kill()

        run(story, drill)
    _without(bench, gone)
    with held(bench, "drill", "resume", "--json") as again:
        assert [gone in problem for problem in again.place["problems"]] == [True]
        assert again.until(phase="open")["paused"]

        async def story_on() -> None:
            phone = await again.client(pin=again.place["pin"], name="Yui")
            seen = await phone.phase("open", first)
            assert (seen["room"]["paused"], seen["room"]["items"]) == (True, 3)
            again.say("resume", "reveal")
            await phone.phase("revealed", first)
            again.say("next")
            await phone.phase("open", 2)
            again.say("reveal", "next")
            await phone.phase("ended")

        run(story_on, again)
        again.say("quit")
        again.until(event="left")
        assert again.process.wait(PATIENCE) == 0
    assert [data for type_, data in _acts(bench) if type_ == "skip"] == ['{"by":"gone"}']
    assert bench.run("drill", "replay", "--json").json["identical"]


def test_at_ones_own_speed_a_card_that_is_gone_is_passed_over(bench):
    """Those who were at it and those who come to it go on to the next; also while all wait for the host to go on."""
    (bench.folder / "d.yaml").write_text("paced: true\n" + THREE, "utf-8")
    with held(bench, "drill", "host", "--open", "--file", "d.yaml", "--port", "0", "--json") as drill:
        tokens: list[str] = []

        async def story() -> None:
            quick, slow = [await drill.client(pin=drill.place["pin"], name=name) for name in ("Zoe", "Yui")]
            tokens.extend([quick.token, slow.token])
            drill.say("next")
            await quick.phase("paced")
            await quick.send(type="answer", item=0, round=1, values=[])
            await quick.until("ack")
            await quick.send(type="next")
            await quick.until("state", lambda frame: frame["me"]["item"]["index"] == 1)
            drill.say("pause")
            drill.until(paused=True)
            drill.process.kill()

        run(story, drill)
    _without(bench, "plant")
    with held(bench, "drill", "resume", "--json") as again:

        async def story_on() -> None:
            quick, slow = [await again.client(token=token) for token in tokens]
            await quick.until("state", lambda frame: frame["me"]["item"]["index"] == 2)
            again.say("resume")
            await slow.until("state", lambda frame: not frame["room"]["paused"])
            await slow.send(type="answer", item=0, round=1, values=[])
            await slow.until("ack")
            await slow.send(type="next")
            await slow.until("state", lambda frame: frame["me"]["item"]["index"] == 2)
            again.say("end")
            over = await slow.phase("ended")
            page = await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{again.port}{over['me']['mine']}")
            with page:
                assert "gyokuro" in page.read().decode()

        run(story_on, again)
        again.say("quit")
        again.until(event="left")
    assert bench.run("drill", "replay", "--json").json["identical"]


def test_a_drill_without_any_of_its_cards_isnt_skipped_to_its_end(bench):
    """Most likely the decks are in another folder: nothing is written that would end the drill for good."""
    with held(bench, *OPEN, "--port", "0") as drill:
        drill.say("next")
        drill.until(phase="open")
        drill.process.kill()
        drill.process.wait(PATIENCE)
    before = _acts(bench)
    (bench.folder / "decks" / "cups.yaml").unlink()
    said = bench.run("drill", "resume")
    assert (said.code, "There is no card cups/" in said.err) == (1, True)
    assert _acts(bench) == before
