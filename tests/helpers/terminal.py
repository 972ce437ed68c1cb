"""A terminal to run quizkit in: a pseudo-terminal on one side, a screen that can be read on the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import pexpect
import pyte

from tests.helpers.command import PATIENCE, Bench

UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"


class _Screen(pyte.Screen):
    """Answers what programs ask a terminal, as a real one does."""

    answers = ""

    def write_process_input(self, data: str) -> None:
        self.answers += data


class Terminal:
    """One command in a pseudo-terminal. A context manager: what still runs at its end is ended."""

    def __init__(self, bench: Bench, *args: str, rows: int = 40, columns: int = 80, **env: str) -> None:
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = [""] * rows
        self.raw = b""
        command, *rest = bench.argv(*args)
        self._child = pexpect.spawn(
            command, rest, cwd=str(bench.folder), env=bench.env | env, dimensions=(rows, columns), timeout=PATIENCE
        )
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterclose = 0.01

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    def lines(self) -> list[str]:
        """The screen, line by line, without spaces at the ends."""
        for row in self._screen.dirty:
            cells = self._screen.buffer[row]
            # The cell behind a wide character holds nothing, so that joining gives the text.
            self._drawn[row] = "".join(cells[column].data for column in range(max(cells, default=-1) + 1)).rstrip()
        self._screen.dirty.clear()
        return list(self._drawn)

    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines()).rstrip()

    def send(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    def wait_for(self, *texts: str) -> str:
        """Wait until all these texts stand on the screen; returns the screen."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), " and ".join(map(repr, texts)))

    def wait_until(self, seen: Callable[[str], object], what: str) -> str:
        """Wait until the screen is as wished; returns it."""
        end = time.monotonic() + PATIENCE
        while not seen(screen := self.screen()):
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"never saw {what} on:\n{screen}")
        return screen

    def ended(self) -> int:
        """Wait for the end of the command; its exit code."""
        while self._read():
            pass
        self._child.wait()
        self._child.close()
        code = self._child.exitstatus
        return -self._child.signalstatus if code is None else code

    def _read(self) -> bool:
        """Take what the command writes next; False at its end."""
        try:
            chunk = self._child.read_nonblocking(65536, timeout=PATIENCE)
        except (pexpect.EOF, pexpect.TIMEOUT):
            return False
        self.raw += chunk
        self._stream.feed(chunk)
        if self._screen.answers:
            self._child.send(self._screen.answers)
            self._screen.answers = ""
        return True
