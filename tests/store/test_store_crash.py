"""Kills and crowds: what was shown as saved is saved, whatever happens to the process or beside it."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path

from quizkit.clock import Clock
from quizkit.store import Store
from quizkit.store.check import check

KILLS = int(os.environ.get("QUIZKIT_KILLS", "240"))

SESSION = """
import os, sys
from pathlib import Path
from quizkit.clock import Clock
from quizkit.model import EventType, Rating
from quizkit.store import Store

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
clock = Clock(fixed=1_728_043_200_000)
# The imports are done once; each session is a process of its own that is forked off.
while sys.stdin.readline():
    child = os.fork()
    if child == 0:
        with Store.open(path, clock=clock) as store:
            for n in range(count):
                clock.fixed += 3_600_000
                event, _ = store.review(name, f"deck/note-{n % 7}/main", Rating(1 + n % 4))
                os.write(1, f"{event.id}\\n".encode())
                if n % 5 == 4:
                    store.undo(name)
        os._exit(0)
    clock.fixed += 1_000_000
    os.write(1, f"started {child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"over\\n")
"""


class Sessions:
    """A process that runs study sessions on demand and tells the id of each answer once it is saved."""

    def __init__(self, path: Path, name: str, count: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SESSION, str(path), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.confirmed: list[str] = []
        self._rest = b""

    def begin(self) -> None:
        """Start a session."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def listen(self, until: int | None = None) -> int:
        """Hear ids until that many have come, or the session is over; returns the session's process id."""
        assert self.process.stdout
        child, heard = 0, 0
        while until is None or heard < until or not child:
            assert select.select([self.process.stdout], [], [], 30)[0], "the session is stuck"
            self._rest += os.read(self.process.stdout.fileno(), 65536)
            *lines, self._rest = self._rest.split(b"\n")
            for line in lines:
                if line.startswith(b"started"):
                    child = int(line.split()[1])
                elif line == b"over":
                    return child
                else:
                    self.confirmed.append(line.decode())
                    heard += 1
        return child

    def end(self) -> None:
        """No more sessions."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def test_a_kill_loses_no_confirmed_answer(path: Path, clock: Clock) -> None:
    """kill -9 at a random moment, over and over: every id that was told is in the log, and the file is whole."""
    chance = random.Random(20230818)
    sessions = Sessions(path, "me", 10_000)
    try:
        for _ in range(KILLS):
            sessions.begin()
            child = sessions.listen(until=chance.randrange(4))
            # A busy loop of random length: the kill falls anywhere in a transaction.
            for _ in range(chance.randrange(30_000)):
                pass
            os.kill(child, signal.SIGKILL)
            sessions.listen()
    finally:
        sessions.end()
    with Store.open(path, clock=clock) as store:
        kept = {event.id for event in store.events()}
        assert [id_ for id_ in sessions.confirmed if id_ not in kept] == []
        assert check(store) == []
    assert len(sessions.confirmed) >= KILLS // 2


def test_two_processes_write_at_once(path: Path, clock: Clock) -> None:
    """Two windows on one file, from the first moment on: each waits its turn, and both logs are complete."""
    crowd = [Sessions(path, name, 60) for name in ("me", "me", "yun")]
    for sessions in crowd:
        sessions.begin()
    for sessions in crowd:
        sessions.listen()
        sessions.end()
    with Store.open(path, clock=clock) as store:
        kept = {event.id for event in store.events()}
        assert [len(set(sessions.confirmed) & kept) for sessions in crowd] == [60, 60, 60]
        assert check(store) == []
