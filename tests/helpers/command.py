"""The `quizkit` command as a user runs it: in a folder of its own, with a clock that stands still."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

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


class Bench:
    """A user's folder, and the environment their commands run in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "QUIZKIT_LANG": "en",
            "QUIZKIT_NOW": MORNING,
        }

    def argv(self, *args: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "quizkit", *args]

    def run(self, *args: str, text: str = "", cwd: Path | None = None, **env: str) -> Said:
        """Run a command to its end, with `text` on its standard input."""
        done = subprocess.run(
            self.argv(*args),
            input=text,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd or self.folder,
            env=self.env | env,
            timeout=PATIENCE,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def at(self, moment: str) -> None:
        """Stop the clock at another moment."""
        self.env["QUIZKIT_NOW"] = moment
