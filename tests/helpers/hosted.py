"""A drill that `quizkit drill host` holds, driven from outside."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.asyncio.client import connect

from tests.helpers.command import PATIENCE, Bench
from tests.helpers.live import Client


class Held:
    """A drill that a command holds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.clients: list[Client] = []
        assert process.stdout is not None
        first = process.stdout.readline()
        self.place: dict[str, Any] = json.loads(first)
        self.port = self.place["host"].split(":")[2].split("/")[0]

    async def client(self, role: str = "play", **hello: Any) -> Client:
        client = Client(await connect(f"ws://127.0.0.1:{self.port}/ws/{role}", proxy=None, close_timeout=0.1))
        self.clients.append(client)
        await client.send(type="hello", lang="en", **hello)
        client.token = (await client.until("welcome"))["token"]
        return client

    async def host(self) -> Client:
        return await self.client("host", token=self.place["host"].partition("#")[2])

    def until(self, **wanted: Any) -> dict[str, Any]:
        """The next line that says so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told: dict[str, Any] = json.loads(line)
            if all(told.get(key) == value for key, value in wanted.items()):
                return told
        raise AssertionError(f"never said {wanted}")

    def say(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()


@contextmanager
def held(bench: Bench, *args: str) -> Iterator[Held]:
    process = subprocess.Popen(
        bench.argv(*args), cwd=bench.folder, env=bench.env, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Held(process)
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
