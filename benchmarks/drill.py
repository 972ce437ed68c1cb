"""A live drill under load: the real server in one process, a thousand phones in another, on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.material import write_decks
from benchmarks.measure import Sample
from benchmarks.players import Phone, connect

PLAYERS, MANY, DROPPED = 1_000, 3_000, 300
QUESTIONS = 6
PATIENCE = 60
OPENING = 100
"""Sockets that are being opened at a time: as many as there may be people who type their name in the same moment."""

STATE = re.compile(r'"phase":"(\w+)"')


class Crowd:
    """All the phones of a drill, and its host."""

    def __init__(self, place: dict[str, str]) -> None:
        self.pin = place["pin"]
        self.port = int(place["host"].split(":")[2].split("/")[0])
        self.token = place["host"].partition("#")[2]
        self.phones: list[Phone] = []
        self.host: Phone
        self.states: dict[Phone, str] = {}
        self.taken: dict[Phone, float] = {}
        self.acks: dict[Phone, int] = {}
        self._others: set[Phone] = set()
        self._wanted: tuple[str, int] = ("", 0)
        self._done: asyncio.Future[None] | None = None
        self._began = 0.0

    def heard(self, phone: Phone, text: str) -> None:
        """A message for a phone: is it the one that is waited for?"""
        now = time.perf_counter()
        if text.startswith('{"type":"ack"'):
            kind = "ack"
            self.acks[phone] = self.acks.get(phone, 0) + 1
        elif text.startswith('{"type":"state"'):
            found = STATE.search(text)
            kind = found[1] if found else ""
            self.states[phone] = text
        else:
            message = json.loads(text)
            kind = message["type"]
            phone.token, phone.player = message.get("token", ""), message.get("player", "")
            assert kind == "welcome", text
        wanted, number = self._wanted
        if kind == wanted and phone not in self._others and phone not in self.taken:
            self.taken[phone] = now - (phone.sent_at if wanted == "ack" else self._began)
            if len(self.taken) == number and self._done and not self._done.done():
                self._done.set_result(None)

    def expect(self, kind: str, number: int, others: Iterable[Phone] = ()) -> asyncio.Future[None]:
        """Done when that many phones have heard that, leaving out the host and others."""
        self._others = {self.host, *others}
        self.taken, self._wanted, self._began = {}, (kind, number), time.perf_counter()
        self._done = asyncio.get_running_loop().create_future()
        return self._done

    async def join(self, count: int) -> float:
        """Everybody comes in; seconds until the last one has a place."""
        self.host = await connect(self.port, "host", self.heard)
        self.host.say(type="hello", token=self.token, lang="en")
        everybody = self.expect("welcome", count)
        gate = asyncio.Semaphore(OPENING)

        async def one(number: int) -> None:
            async with gate:
                phone = await connect(self.port, "play", self.heard)
            self.phones.append(phone)
            phone.say(type="hello", pin=self.pin, name=f"Player {number}", lang=("en", "ja", "ko")[number % 3])

        await asyncio.gather(*(one(number) for number in range(count)))
        await asyncio.wait_for(everybody, PATIENCE)
        return max(self.taken.values())

    async def act(self, phase: str, action: str) -> Sample:
        """The host does something; how long until each phone sees it."""
        seen = self.expect(phase, len(self.phones))
        self.host.say(type="act", action=action)
        await asyncio.wait_for(seen, PATIENCE)
        return Sample(tuple(self.taken.values()))

    async def answer(self, item: int, log: Path, drill: str) -> tuple[Sample, bool]:
        """All answer in the same moment. How long until each has its answer acknowledged, and whether at every look
        at the file at least as many were committed as had been acknowledged."""
        answers = {phone: _answer(self.states[phone]) for phone in self.phones}
        before = sum(self.acks.values())
        committed = _committed(log, drill)
        all_acks = self.expect("ack", len(self.phones))
        for phone, values in answers.items():
            phone.say(type="answer", item=item, round=1, values=values)
        kept = True
        while not all_acks.done():
            await asyncio.wait((all_acks,), timeout=0.05)
            acknowledged = sum(self.acks.values()) - before
            kept = kept and _committed(log, drill) - committed >= acknowledged
        return Sample(tuple(self.taken.values())), kept

    async def drop_and_return(self, count: int) -> float:
        """Some lose their connection at once and come back by their tokens; seconds until each has its state."""
        gone = self.phones[:count]
        for phone in gone:
            phone.drop()
        self.phones = self.phones[count:]
        back = self.expect("open", count, self.phones)
        gate = asyncio.Semaphore(OPENING)

        async def one(token: str) -> None:
            async with gate:
                phone = await connect(self.port, "play", self.heard)
            self.phones.append(phone)
            phone.say(type="hello", token=token, lang="en")

        await asyncio.gather(*(one(phone.token) for phone in gone))
        await asyncio.wait_for(back, PATIENCE)
        assert all('"saved":true' in self.states[phone] for phone in self.phones[-count:]), "an answer was lost"
        return max(self.taken.values())


def load(folder: Path, players: int = PLAYERS, many: int = MANY) -> list[tuple[str, ...]]:
    """A whole drill with a thousand phones, and a short one with three thousand."""
    _open_files()
    how = f"{players:,} phones in another process, on loopback, 3 languages"
    first = _measured(folder / "drill", players, min(DROPPED, players // 3), QUESTIONS)
    rows = [
        ("all joined", f"{first['joined']:.2f} s", "5 s", how),
        ("a question at the 99th percentile of phones", f"{first['broadcast'] * 1000:.0f} ms", "300 ms", "the same"),
        (
            f"{players:,} answers at once, acknowledged (99th percentile)",
            f"{first['acked'] * 1000:.0f} ms",
            "200 ms",
            f"median of {QUESTIONS} bursts; {first['lost']:.0f} lost, {first['doubled']:.0f} doubled, "
            f"{'each' if first['kept'] else 'NOT each'} committed before",
        ),
        (
            f"{min(DROPPED, players // 3)} dropped at once and back with their state",
            f"{first['back']:.2f} s",
            "3 s",
            "the same",
        ),
        ("memory of the server", f"{first['memory']:.0f} MB", "120 MB", "peak resident size"),
    ]
    if many:
        much = _measured(folder / "drill-many", many, 0, 2)
        told = (
            f"joined {much['joined']:.1f} s, question {much['broadcast'] * 1000:.0f} ms, "
            f"answers {much['acked'] * 1000:.0f} ms, {much['memory']:.0f} MB"
        )
        rows.append((f"the same with {many:,}", told, "—", f"{much['lost']:.0f} lost, {much['doubled']:.0f} doubled"))
    return rows


def _measured(folder: Path, players: int, dropped: int, questions: int) -> dict[str, float]:
    write_decks(folder, 100)
    command = [sys.executable, "-m", "quizkit", "drill", "host", "--open", "--json", "--port", "0", "--seconds", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "LANG": "C.UTF-8"}
    server = subprocess.Popen(
        [*command, "--cards", str(questions)],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        place = json.loads(server.stdout.readline())
        # What it goes on to say must not fill the pipe.
        drain = subprocess.Popen(["cat"], stdin=server.stdout, stdout=subprocess.DEVNULL)
        log = folder / "progress.db"
        found = asyncio.run(_drill(Crowd(place), players, dropped, questions, log, place["drill"]))
        found["memory"] = _peak(server.pid)
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
        drain.wait(PATIENCE)
    finally:
        server.kill()
    return found


async def _drill(crowd: Crowd, players: int, dropped: int, questions: int, log: Path, drill: str) -> dict[str, float]:
    found: dict[str, float] = {"joined": await crowd.join(players), "back": 0.0, "kept": 1.0}
    broadcasts, acks = [], []
    for item in range(questions):
        # The room is quiet when a question comes: whatever else is to be told has been.
        await asyncio.sleep(1)
        broadcasts.append((await crowd.act("open", "start" if item == 0 else "next")).percentile(0.99))
        await asyncio.sleep(1)
        sample, kept = await crowd.answer(item, log, drill)
        acks.append(sample.percentile(0.99))
        found["kept"] *= kept
        if item == 0 and dropped:
            await asyncio.sleep(1)
            found["back"] = await crowd.drop_and_return(dropped)
        await crowd.act("revealed", "reveal")
    found["broadcast"] = Sample(tuple(broadcasts)).median
    found["acked"] = Sample(tuple(acks)).median
    wanted = players * questions
    found["lost"] = wanted - _answers(log, drill)
    found["doubled"] = sum(crowd.acks.values()) - wanted
    return found


def _answer(state: str) -> list[str]:
    question = json.loads(state)["room"]["question"]
    options = [option["id"] for option in question["options"]]
    if question["shape"] == "pick-one":
        return options[:1]
    return options or ["word 1"] * max(question["entries"], 1)


def _answers(log: Path, drill: str) -> int:
    with sqlite3.connect(f"file:{log}?mode=ro", uri=True) as connection:
        query = (
            "SELECT count(DISTINCT player || json_extract(data, '$.item')) FROM act WHERE drill = ? AND type = 'answer'"
        )
        return int(connection.execute(query, (drill,)).fetchone()[0])


def _committed(log: Path, drill: str) -> int:
    with sqlite3.connect(f"file:{log}?mode=ro", uri=True) as connection:
        query = "SELECT count(*) FROM act WHERE drill = ? AND type = 'answer'"
        return int(connection.execute(query, (drill,)).fetchone()[0])


def _peak(pid: int) -> float:
    """The most resident memory a process has had, in MB (Linux; 0 elsewhere)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e6


def _open_files() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 16_384:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(16_384, hard), hard))
