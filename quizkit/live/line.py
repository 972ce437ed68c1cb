"""One socket of a live drill, and what waits to be sent on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from quizkit.live.guard import message_bucket

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Line:
    """One socket. Texts wait in `outbox`; a `stale` line wants a whole snapshot of how things are when it is sent."""

    __slots__ = (
        "address",
        "bucket",
        "closing",
        "device",
        "lang",
        "outbox",
        "player",
        "role",
        "send",
        "since",
        "stale",
        "wake",
    )

    def __init__(self, role: str, address: str, send: Send, now: float) -> None:
        self.role = role
        self.address = address
        self.send = send
        self.since = now
        self.bucket = message_bucket(now)
        self.lang = "en"
        self.player = ""
        """The player's id; 'host' or 'screen' once it is known to be one; '' before hello."""
        self.device = 0
        """Which of the player's devices it is."""
        self.outbox: list[str] = []
        self.stale = False
        self.closing = 0
        self.wake = asyncio.Event()

    def say(self, text: str) -> None:
        """Send a text as soon as can be."""
        self.outbox.append(text)
        self.wake.set()

    def refresh(self) -> None:
        """Send a snapshot as soon as can be."""
        self.stale = True
        self.wake.set()

    def close(self, code: int) -> None:
        """Close the line once all is said."""
        self.closing = self.closing or code
        self.wake.set()

    async def write(self, snapshot: Callable[[Line], str]) -> None:
        """Send what there is to send, for as long as the line is open. A slow phone holds up nobody else."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            while self.outbox:
                waiting, self.outbox = self.outbox, []
                for text in waiting:
                    await self.send({"type": "websocket.send", "text": text})
            # To whoever is sent out things are no longer told as they are.
            if self.stale and self.player and not self.closing:
                self.stale = False
                await self.send({"type": "websocket.send", "text": snapshot(self)})
            if self.closing:
                await self.send({"type": "websocket.close", "code": self.closing})
                return
