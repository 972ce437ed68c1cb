"""A session driven with JSON, an object at a time, as another program would."""

from __future__ import annotations

import json
import subprocess
from threading import Timer
from types import TracebackType
from typing import Any, Self

from tests.helpers.command import PATIENCE, Bench


class Conversation:
    """`quizkit study --json`, or `quiz`, with a partner. A context manager."""

    def __init__(self, bench: Bench, *args: str, **env: str) -> None:
        self._process = subprocess.Popen(
            bench.argv(*args, "--json"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=bench.folder,
            env=bench.env | env,
        )
        self._patience = Timer(PATIENCE, self._process.kill)
        self._patience.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patience.cancel()
        self._process.kill()
        self._process.communicate()

    def hear(self) -> dict[str, Any]:
        """The next object."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"it said no more: {self._errors()}"
        found: dict[str, Any] = json.loads(line)
        return found

    def tell(self, line: str) -> dict[str, Any]:
        """Send a line; what comes back first."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.hear()

    def say(self, **wish: object) -> dict[str, Any]:
        """Send an object; what comes back first."""
        return self.tell(json.dumps(wish))

    def end(self) -> tuple[dict[str, Any], int]:
        """Close the input; the last object, and the exit code."""
        rest, errors = self._process.communicate()
        assert errors == ""
        return json.loads(rest.splitlines()[-1]), self._process.returncode

    def _errors(self) -> str:
        self._process.kill()
        return self._process.communicate()[1]
