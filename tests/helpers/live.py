"""A live drill for tests: a real server on a free port, and phones that are real WebSocket clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from quizkit.clock import Calendar, Clock
from quizkit.live import hub
from quizkit.live.hosting import Hosting, begin
from quizkit.model.drill import Item, Program, Student
from quizkit.workspace import Workspace, find_places
from tests.helpers.decks import write_workspace

PATIENCE = 20
NOW = 1_772_400_000_000
Frame = dict[str, Any]


class Client:
    """A phone, a projector or a host's page. Every frame it was sent is in `frames`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []
        self.token = ""
        self.player = ""

    async def send(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def hear(self) -> Frame:
        """The next frame."""
        frame: Frame = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
        self.frames.append(frame)
        return frame

    async def until(self, type_: str, wanted: Callable[[Frame], Any] = lambda _frame: True) -> Frame:
        """The next frame of that type that is as wanted."""
        while True:
            frame = await self.hear()
            if frame["type"] == type_ and wanted(frame):
                return frame

    async def phase(self, phase: str, item: int | None = None) -> Frame:
        """The next snapshot of that phase (and item)."""
        return await self.until(
            "state",
            lambda frame: (
                frame["room"]["phase"] == phase and (item is None or (frame["room"]["item"] or {}).get("index") == item)
            ),
        )

    async def refused(self) -> str:
        """The code of the next refusal."""
        return str((await self.until("refused"))["code"])

    async def closed(self) -> int:
        """Read until the line is closed; the code."""
        with suppress(ConnectionClosed):
            while True:
                await self.hear()
        return self.socket.close_code or 0

    async def pong(self) -> None:
        """All that was sent before has been heard."""
        await self.send(type="ping")
        await self.until("pong")


class Live:
    """A drill that is being held, and how to get into it."""

    def __init__(self, hosting: Hosting, clock: Clock) -> None:
        self.hosting = hosting
        self.clock = clock
        self.clients: list[Client] = []
        self.origin = f"http://127.0.0.1:{hosting.server.port}"
        self.pin = hosting.tokens.pin

    async def open(self, role: str = "play", **options: Any) -> Client:
        """A socket that has said nothing yet."""
        address = f"ws://127.0.0.1:{self.hosting.server.port}/ws/{role}"
        client = Client(
            await connect(address, **({"origin": self.origin, "proxy": None, "close_timeout": 0.1} | options))
        )
        self.clients.append(client)
        return client

    async def join(self, name: str, lang: str = "en", **more: Any) -> Client:
        """A phone that has come in."""
        client = await self.open()
        await client.send(type="hello", pin=self.pin, name=name, lang=lang, **more)
        welcome = await client.until("welcome")
        client.token, client.player = welcome["token"], welcome["player"]
        await client.until("state")
        return client

    async def back(self, token: str, lang: str = "en") -> Client:
        """A phone that comes back by its token."""
        client = await self.open()
        await client.send(type="hello", token=token, lang=lang)
        client.token = (await client.until("welcome"))["token"]
        return client

    async def host(self) -> Client:
        """The host's page."""
        client = await self.open("host")
        await client.send(type="hello", token=self.hosting.tokens.host, lang="en")
        await client.until("state")
        return client

    async def screen(self) -> Client:
        """The projector."""
        client = await self.open("screen")
        await client.send(type="hello", token=self.hosting.tokens.screen, lang="en")
        await client.until("state")
        return client


Story = Callable[[Live], Awaitable[None]]


def desk_workspace(folder: Path) -> tuple[Workspace, Clock]:
    """A workspace with the decks of the tests, at a moment that stands still."""
    clock = Clock(Calendar(), NOW)
    root = folder if (folder / "decks").exists() else write_workspace(folder)
    workspace = Workspace(find_places(root), clock)
    workspace.refresh()
    return workspace, clock


def hold(
    folder: Path,
    items: Sequence[Item],
    story: Story,
    *,
    roster: Sequence[Student] = (),
    open_: bool = True,
    **program: Any,
) -> None:
    """Hold a drill, live the story, and end."""
    workspace, clock = desk_workspace(folder)
    with workspace:

        async def run() -> None:
            hosting = begin(
                workspace,
                Program("Tea", tuple(items), **({"seconds": 0} | program)),
                roster=roster,
                open_=open_,
                port=0,
                host="127.0.0.1",
            )

            async def face(_hosting: Hosting) -> None:
                live = Live(hosting, clock)
                try:
                    await story(live)
                finally:
                    for client in live.clients:
                        await client.socket.close()

            await hosting.run(face)

        # Whoever waits for small changes need not wait as long as people do.
        with patch.object(hub, "QUIET_SECONDS", 0.02):
            asyncio.run(run())


def right(state: Frame, *texts: str) -> list[str]:
    """The ids of the options with these texts."""
    options = (state["room"]["question"] or state["me"]["question"])["options"]
    return [option["id"] for text in texts for option in options if option["text"] == text]
