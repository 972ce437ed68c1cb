"""The server of a live drill: pages, sockets, and nothing from anywhere else."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from quizkit.drills.scene import Phase
from quizkit.i18n import LANGUAGES
from quizkit.live import guard, mine, network
from quizkit.live.desk import Desk
from quizkit.live.hub import Hub
from quizkit.live.line import Line
from quizkit.live.media import PATH
from quizkit.live.protocol import Views
from quizkit.live.tokens import same
from quizkit.live.visits import Socket, visits

STATIC = Path(__file__).with_name("static")
PAGES = {"/": "play", "/host": "host", "/screen": "screen"}
"""The pages and the scripts that draw them; all else of them is the same."""
MOST_FILES = 16_384
"""Open files asked of the system: each phone takes one."""

AT_ONCE, IN_LINE = 100, 2_048
"""Connections that are taken in one turn of the loop, and that the system keeps until it is their turn."""

MESSAGES_AT_ONCE = 50
"""Messages of one socket that are heard before it is the others' turn."""

OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)

POLICY = (
    "default-src 'self'; connect-src 'self' ws:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
MINE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: 'self'; "
    "media-src data: 'self'"
)
HEADERS = {"referrer-policy": "no-referrer", "x-content-type-options": "nosniff", "cache-control": "no-store"}
MEDIA_HEADERS = {
    "cache-control": "private, max-age=86400, immutable",
    # A picture that is a document, too (SVG), does nothing when it is opened as one.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class Server(uvicorn.Server):
    """Uvicorn, without its hold on the signals: the command line says what Ctrl-C means."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class LiveServer:
    """Serves a desk on a socket that listens. Use `running`."""

    def __init__(
        self, desk: Desk, title: str, listener: socket.socket, *, address: str = "", on_change: Callable[[], None]
    ) -> None:
        """`address` is the one that phones are told; the likeliest of this machine's when none is named."""
        self.desk = desk
        self.title = title
        self.port: int = listener.getsockname()[1]
        self.addresses = [address] if address else network.lan_addresses()
        self.base = network.at(self.addresses[0] if self.addresses else "127.0.0.1", self.port)
        self.hub: Hub
        self._listener = listener
        self._on_change = on_change
        self._names = network.own_names()
        self._others: set[str] = set()
        self._here = 0
        self._since = desk.clock.now()
        config = uvicorn.Config(
            self._guarded(self._app()),
            http=visits(_open_files()),
            ws=Socket,
            ws_max_size=guard.LONGEST_MESSAGE,
            ws_per_message_deflate=False,
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="error",
            server_header=False,
            # Nobody stands between: whoever says for whom they ask would have as many tries as they like.
            proxy_headers=False,
            timeout_graceful_shutdown=2,
            backlog=AT_ONCE,
        )
        self._server = Server(config)

    def local(self, page: str, token: str) -> str:
        """The address of a page for this machine's own browser."""
        return f"{network.at('127.0.0.1', self.port)}/{page}#{token}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Hub]:
        """Serve for as long as the block lasts. Phones are told to come back (1012) at its end."""
        asyncio.get_running_loop().set_exception_handler(_not_so_loud)
        join = {"url": self.base, "pin": self.desk.tokens.pin, "qr": network.qr_svg(self.base)}
        self.hub = Hub(self.desk, Views(self.desk, self.title), join, self._advice)
        self.hub.on_change = self._on_change
        clock = asyncio.create_task(self.hub.keep_time())
        serving = asyncio.create_task(self._server.serve(sockets=[self._listener]))
        try:
            while not self._server.started and not serving.done():
                await asyncio.sleep(0.01)
            self._listener.listen(IN_LINE)
            yield self.hub
        finally:
            clock.cancel()
            self.desk.at_work = lambda: None
            self._server.should_exit = True
            with suppress(Exception):
                await serving
            self.desk.flush()

    def _advice(self, lang: str) -> str:
        room = self.desk.room
        if room.phase is not Phase.LOBBY:
            return ""
        waited = self.desk.clock.now() - self._since
        return network.advice(
            lang, port=self.port, lobby_ms=waited, others=len(self._others), here=self._here, addresses=self.addresses
        )

    # Requests

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                *(Route(path, self._page(name)) for path, name in PAGES.items()),
                Route("/about", self._about),
                Route("/mine/{secret}.svg", self._mine_code),
                Route("/mine/{secret}", self._mine),
                Route(f"{PATH}{{secret}}", self._medium),
                Mount("/static", StaticFiles(directory=STATIC)),
            ]
        )

    def _page(self, name: str) -> Callable[[Request], Any]:
        html = (STATIC / "page.html").read_text(encoding="utf-8").replace("{{page}}", name)

        async def page(_request: Request) -> Response:
            return HTMLResponse(html, headers=HEADERS | {"content-security-policy": POLICY})

        return page

    async def _about(self, request: Request) -> Response:
        room = self.desk.room
        told = {
            "drill": self.desk.tokens.drill,
            "title": self.title,
            "open": room.open,
            "languages": list(LANGUAGES),
            "teams": list(room.program.teams),
        }
        return JSONResponse(told, headers=HEADERS)

    def _whose(self, request: Request) -> str:
        """The player whose own page is asked for; '' when it is nobody's, or not time yet."""
        if self.desk.room.phase is not Phase.ENDED:
            return ""
        secret = request.path_params["secret"]
        return next((id_ for id_ in self.desk.room.players if same(secret, self.desk.tokens.mine(id_))), "")

    async def _mine(self, request: Request) -> Response:
        player = self._whose(request)
        if not player:
            return PlainTextResponse("Not found", 404, headers=HEADERS)
        html = mine.page(self.desk, self.title, player, request.query_params.get("lang", ""))
        headers = HEADERS | {"content-security-policy": MINE_POLICY, "x-robots-tag": "noindex"}
        return Response(html, media_type="text/html", headers=headers)

    async def _mine_code(self, request: Request) -> Response:
        if not self._whose(request):
            return PlainTextResponse("Not found", 404, headers=HEADERS)
        svg = network.qr_svg(f"{self.base}/mine/{request.path_params['secret']}")
        return Response(svg, media_type="image/svg+xml", headers=HEADERS)

    async def _medium(self, request: Request) -> Response:
        file = self.desk.material.media.file(request.path_params["secret"])
        if file is None:
            return PlainTextResponse("Not found", 404, headers=HEADERS)
        return FileResponse(file.path, media_type=file.type, headers=HEADERS | MEDIA_HEADERS)

    # The door

    def _guarded(self, app: ASGIApp) -> ASGIApp:
        """The app, for requests that mean this machine and come from its own pages.

        Sockets don't go through the app: with a thousand phones every layer counts.
        """
        sockets = {f"/ws/{role}": _Socket(self, role) for role in ("play", "host", "screen")}

        async def door(scope: Scope, receive: Receive, send: Send) -> None:
            headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope.get("headers", ())}
            host = headers.get("host", "")
            self._count(scope)
            ours = guard.host_allowed(host, self._names)
            if scope["type"] == "websocket":
                ours = ours and guard.origin_allowed(headers.get("origin"), host)
                await (sockets.get(scope["path"], _refuse) if ours else _refuse)(scope, receive, send)
            else:
                await (app if ours else _refuse)(scope, receive, send)

        return door

    def _count(self, scope: Scope) -> None:
        """Who has reached this machine: others, or only itself."""
        address = scope["client"][0] if scope.get("client") else ""
        if guard.is_this_machine(address) or address in self.addresses:
            self._here += 1
        elif len(self._others) < guard.ADDRESSES_KEPT:
            self._others.add(address)


class _Socket:
    """A socket of one role."""

    def __init__(self, server: LiveServer, role: str) -> None:
        self._server = server
        self._role = role

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hub = self._server.hub
        await receive()
        await send({"type": "websocket.accept"})
        address = scope["client"][0] if scope.get("client") else ""
        line = Line(self._role, address, send, asyncio.get_running_loop().time())
        hub.opened(line)
        writing = asyncio.create_task(line.write(hub.snapshot))
        heard = 0
        try:
            while not line.closing and (message := await receive())["type"] == "websocket.receive":
                hub.heard(line, message.get("text"))
                heard += 1
                if heard % MESSAGES_AT_ONCE == 0:
                    await asyncio.sleep(0)
        finally:
            hub.closed(line)
            if not line.closing:
                writing.cancel()
            # To say something on a line that was closed is a RuntimeError to uvicorn.
            with suppress(asyncio.CancelledError, OSError, RuntimeError):
                await writing


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    elif scope["type"] == "http":
        await PlainTextResponse("This address is not served here.", 421)(scope, receive, send)


def _not_so_loud(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what goes wrong unseen; but for connections that there is no room for, of which there may be thousands."""
    error = context.get("exception")
    if not (isinstance(error, OSError) and error.errno in OUT_OF_FILES):
        loop.default_exception_handler(context)


def _open_files() -> int:
    """Ask for as many open files as there may be phones, where the system has such a limit; how many there may be."""
    try:
        import resource
    except ImportError:
        return MOST_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):
        return soft
    return wanted
