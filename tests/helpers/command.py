"""The `quizkit` command as a user runs it: in a folder of its own, with a clock that stands still."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.helpers.warm import Warm, fits

MORNING = "2026-03-02T09:00+09:00"
PATIENCE = 20
"""Seconds after which a command is taken to hang. Nothing waits that long when all is well."""


class Said(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


MODULE = ("-m", "quizkit")
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "PYTHONPATH": str(Path(__file__).parents[2]),
    "QUIZKIT_LANG": "en",
    "QUIZKIT_NOW": MORNING,
}
_kept: list[Warm] = []


def _warm() -> Warm:
    """The loaded Python of this process of tests."""
    if not _kept or _kept[-1].gone:
        _kept[:] = [Warm(ENVIRONMENT)]
        atexit.register(_kept[-1].close)
    return _kept[-1]


def _differing(env: Mapping[str, str]) -> list[str]:
    """The variables that aren't as in every test."""
    return [name for name in {**ENVIRONMENT, **env} if ENVIRONMENT.get(name) != env.get(name)]


class Bench:
    """A user's folder, and the environment their commands run in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.env = {**ENVIRONMENT, "HOME": str(home)}
        self.start: Sequence[str] = MODULE
        """What Python is started with: another start is a real one."""

    def argv(self, *args: str) -> list[str]:
        """The command line."""
        return [sys.executable, *self.start, *args]

    def run(self, *args: str, text: str = "", cwd: Path | None = None, **env: str) -> Said:
        """Run a command to its end, with `text` on its standard input."""
        wanted = self.env | env
        usual = all(name.startswith("QUIZKIT_") or name == "HOME" for name in _differing(wanted))
        if usual and self.start is MODULE and fits(args, wanted):
            return Said(*_warm().run(args, text, cwd or self.folder, wanted, PATIENCE))
        done = subprocess.run(
            self.argv(*args),
            input=text,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd or self.folder,
            env=wanted,
            timeout=PATIENCE,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def at(self, moment: str) -> None:
        """Stop the clock at another moment."""
        self.env["QUIZKIT_NOW"] = moment
