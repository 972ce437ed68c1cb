"""`quizkit drill host`, `resume` and `replay` as a teacher uses them; also when the machine dies in the middle."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.helpers.command import PATIENCE
from tests.helpers.hosted import Held, held
from tests.helpers.live import Client

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
