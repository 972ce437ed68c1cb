"""Connections as they come in: who only holds one open is sent away, and nobody is read more than can be heard."""

from __future__ import annotations

import asyncio
from asyncio.transports import BaseTransport

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from quizkit.live.guard import LONGEST_MESSAGE, byte_bucket

REQUEST_SECONDS = 10.0
"""How long a connection may take until it has asked for something, and from one answer to the next question."""

WAITING_EACH = 512
"""Connections of one address that may wait at a time: a school may put all its phones behind one address."""


class Waiting:
    """Connections that ask for nothing at the moment, by address. When there are too many the eldest goes."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._of: dict[str, dict[asyncio.Transport, None]] = {}

    def add(self, address: str, transport: asyncio.Transport) -> None:
        """One waits."""
        here = self._of.setdefault(address, {})
        here[transport] = None
        if len(here) > self._each:
            eldest = next(iter(here))
            del here[eldest]
            eldest.abort()

    def remove(self, address: str, transport: asyncio.Transport) -> None:
        """It waits no more."""
        here = self._of.get(address, {})
        here.pop(transport, None)
        if not here:
            self._of.pop(address, None)


class Visit(H11Protocol):
    """A connection of HTTP, until it becomes a socket or goes. A server has a subclass of its own, from `visits`."""

    waiting: Waiting
    _address = ""
    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Somebody has come."""
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        # What is read at once is taken apart at once, while everybody else waits. Loops that don't know this read more.
        transport.max_size = LONGEST_MESSAGE  # type: ignore[attr-defined]
        self._address = self.client[0] if self.client else ""
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Something has come, perhaps a whole request."""
        cycle = self.cycle
        super().data_received(data)
        if self.cycle is not cycle or self.transport.get_protocol() is not self:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """A request has been answered; the next may be here already."""
        cycle = self.cycle
        super().on_response_complete()
        if self.cycle is cycle:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._wait_no_more()
        self._overdue = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)
        self.waiting.add(self._address, self.transport)

    def _wait_no_more(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
        self.waiting.remove(self._address, self.transport)


def visits(open_files: int) -> type[Visit]:
    """The class of a server's connections. Those that wait at one address take a quarter of the open files at most."""
    return type("Visit", (Visit,), {"waiting": Waiting(max(1, min(WAITING_EACH, open_files // 4)))})


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket that hangs up on whoever sends more than anybody would, and more still once it is closed."""

    def connection_made(self, transport: BaseTransport) -> None:
        """It has been opened."""
        super().connection_made(transport)
        self._bytes = byte_bucket(self.loop.time())
        self._last_words = LONGEST_MESSAGE

    def data_received(self, data: bytes) -> None:
        """Something has come: frames that are messages, and others that nobody else counts."""
        if self.close_sent:
            self._last_words -= len(data)
        if self._last_words < 0 or self._bytes.take(self.loop.time(), len(data)) < 0:
            self.transport.abort()
        else:
            super().data_received(data)
