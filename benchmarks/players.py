"""Many phones in one process: bare WebSocket clients (RFC 6455), so that what is measured is the server."""

from __future__ import annotations

import asyncio
import json
import os
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

HELLO = (
    "GET /ws/{role} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:{port}\r\n\r\n"
)


class Phone(asyncio.Protocol):
    """One socket. Frames from the server are never masked; ours are, with a mask of zeros, which costs nothing."""

    def __init__(self, port: int, role: str, heard: Callable[[Phone, str], None]) -> None:
        self.role = role
        self.token = ""
        self.player = ""
        self.sent_at = 0.0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._heard = heard
        self._port = port
        self._buffer = b""
        self._open = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = b64encode(os.urandom(16)).decode()
        transport.write(HELLO.format(role=self.role, port=self._port, key=key).encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            assert b" 101 " in head.split(b"\r\n")[0], head
            self._open, self._buffer = True, rest
            self.ready.set_result(None)
        while frame := self._frame():
            kind, payload = frame
            if kind == 1:
                self._heard(self, payload.decode())
            elif kind == 9:
                self._write(0x8A, payload)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("refused"))

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, at = buffer[1] & 0x7F, 2
        if size == 126:
            size, at = int.from_bytes(buffer[2:4]), 4
        elif size == 127:
            size, at = int.from_bytes(buffer[2:10]), 10
        if len(buffer) < at + size:
            return None
        self._buffer = buffer[at + size :]
        return buffer[0] & 0x0F, buffer[at : at + size]

    def say(self, **message: Any) -> None:
        self.sent_at = time.perf_counter()
        self._write(0x81, json.dumps(message).encode())

    def _write(self, head: int, payload: bytes) -> None:
        size = len(payload)
        lengths = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2)
        self._transport.write(bytes([head]) + lengths + b"\0\0\0\0" + payload)

    def drop(self) -> None:
        """Gone without a word, as a phone that loses its Wi-Fi."""
        self._transport.abort()


async def connect(port: int, role: str, heard: Callable[[Phone, str], None]) -> Phone:
    """A socket that is open."""
    loop = asyncio.get_running_loop()
    _transport, phone = await loop.create_connection(lambda: Phone(port, role, heard), "127.0.0.1", port)
    await phone.ready
    return phone
