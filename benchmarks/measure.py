"""Measuring: commands timed from outside until a text appears on their terminal, and peaks of memory."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """Some measurements of one thing."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def percentile(self, share: float) -> float:
        """The value that this share of all stays below or at."""
        ordered = sorted(self.values)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def until_text(command: Sequence[str], text: str, folder: Path, environment: dict[str, str]) -> tuple[float, int]:
    """Start a command on a pseudo-terminal; seconds until the text is on it, and its peak memory in KiB.

    The command is ended as soon as the text is there.
    """
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})
    seen = b""
    wanted = text.encode()
    try:
        while wanted not in seen:
            ready, _, _ = select.select([terminal], [], [], 60)
            chunk = os.read(terminal, 65536) if ready else b""
            if not chunk:
                raise RuntimeError(f"{command} never showed {text!r}: {seen[-2000:]!r}")
            seen += chunk
        taken = time.perf_counter() - began
        peak = _peak(pid)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return taken, peak


LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_memory(command: Sequence[str], lines: str, folder: Path, environment: dict[str, str]) -> int:
    """Run a command on these lines of input; the most resident memory it took, in KiB.

    A small Python starts it: a process counts what its parent held at the fork as its own.
    """
    launcher = [sys.executable, "-c", LAUNCHER, *command]
    done = subprocess.run(
        launcher, input=lines, capture_output=True, cwd=folder, env=environment, text=True, check=True
    )
    return int(done.stdout)


def _peak(pid: int) -> int:
    """The high-water mark of a process's resident memory, in KiB (Linux; 0 elsewhere)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def in_turn(runs: int, *ways: Callable[[], float], tick: Callable[[], None]) -> list[Sample]:
    """Each way measured in turn, A B A B ..., so that a drift of the machine's speed meets all alike.

    One round before the first is not counted.
    """
    found: list[list[float]] = [[] for _ in ways]
    for run in range(runs + 1):
        for values, way in zip(found, ways, strict=True):
            value = way()
            if run:
                values.append(value)
            tick()
    return [Sample(tuple(values)) for values in found]


def ratio(one: Sample, other: Sample) -> Sample:
    """One sample over the other, pair by pair."""
    return Sample(tuple(a / b for a, b in zip(one.values, other.values, strict=True)))
