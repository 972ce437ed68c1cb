"""Holding a live drill: what is kept of it on this machine, the server around it, and how it ends."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Any, NamedTuple

from quizkit.drills.players import Refusal
from quizkit.drills.room import Room
from quizkit.drills.scene import Phase
from quizkit.errors import QuizkitError
from quizkit.i18n import _, translate
from quizkit.live import network
from quizkit.live.book import replayed
from quizkit.live.desk import Desk
from quizkit.live.holding import Hold
from quizkit.live.material import PICKS, Material
from quizkit.live.nicknames import OWN_WORDS, NameFilter
from quizkit.live.refusals import TEXTS
from quizkit.live.server import LiveServer
from quizkit.live.tokens import Tokens, new_secret
from quizkit.markup import plain
from quizkit.model.drill import Mode, Poll, Program, Slide, Student
from quizkit.store.db import hurried
from quizkit.workspace import Workspace
from quizkit.workspace.drill_record import DrillRecord

Data = dict[str, Any]
Face = Callable[["Hosting"], Awaitable[None]]
"""Shows the drill to the teacher and takes their keys; the drill is left when it returns."""

ANYWHERE = "0.0.0.0"

LOCKS = "drills.lock"
"""The file that says which drills are being held, beside the index of the decks."""


class Kept(NamedTuple):
    """What this machine keeps of a drill beside its log, so that phones find it again after a restart."""

    secret: str
    port: int = 0
    host: str = ANYWHERE
    open: bool = True

    @classmethod
    def of(cls, workspace: Workspace, drill_id: str) -> Kept | None:
        """What is kept of a drill; None on a machine that didn't hold it."""
        text = workspace.store.setting(_key(drill_id))
        return cls(**json.loads(text)) if text else None

    def keep(self, workspace: Workspace, drill_id: str) -> None:
        """Keep it."""
        workspace.store.keep_setting(_key(drill_id), json.dumps(self._asdict()))


def _key(drill_id: str) -> str:
    return f"drill {drill_id}"


class Hosting:
    """A live drill that is being held."""

    def __init__(
        self,
        workspace: Workspace,
        record: DrillRecord,
        kept: Kept,
        roster: Sequence[Student],
        listener: socket.socket,
        hold: Hold,
    ) -> None:
        """`listener` and `hold` are let go when it has been run. Raises QuizkitError when no card is there any more."""
        self.workspace = workspace
        self.record = record
        self.changed = asyncio.Event()
        """Set whenever there is something new to look at."""
        self.left = asyncio.Event()
        """Set when the teacher, or the system, wants it to stop."""
        self.tokens = Tokens(kept.secret)
        names = NameFilter(workspace.places.progress.with_name(OWN_WORDS))
        material = Material(workspace, record.id, record.program.items, self.tokens, some=True)
        self.desk = Desk(record, material, self.tokens, workspace.clock, roster=roster, open_=kept.open, names=names)
        left_out = workspace.catalog.left_out()
        gone = [
            _("Question {n} is left out. {reason}", n=index + 1, reason=error.message)
            for index, error in material.gone.items()
        ]
        self.problems = [*([left_out] if left_out else []), *gone, *material.media.problems]
        """What won't be asked, won't be shown, or will be slow: for the teacher to read before it begins."""
        address = "" if kept.host in (ANYWHERE, "::") else kept.host
        self.server = LiveServer(self.desk, record.program.name, listener, address=address, on_change=self.changed.set)
        self._settling: asyncio.Task[int] | None = None
        self._hold = hold

    # For a face

    def place(self) -> Data:
        """Where everything is."""
        server, tokens = self.server, self.tokens
        return {
            "drill": self.record.id,
            "title": self.server.title,
            "url": server.base,
            "addresses": [network.at(address, server.port) for address in server.addresses],
            "pin": tokens.pin,
            "host": server.local("host", tokens.host),
            "screen": server.local("screen", tokens.screen),
            "problems": self.problems,
        }

    def look(self, lang: str) -> Data:
        """The drill as its host sees it, texts without marks."""
        views, room, material = self.server.hub.views, self.desk.room, self.desk.material
        seen = views.shared(lang) | views.host(lang)
        seen |= {"left_ms": room.left_ms(self.desk.clock.now()), "advice": self.server.hub.told_advice(lang)}
        seen["plain"] = {"prompt": "", "options": [], "lefts": [], "solution": []}
        if seen["item"] is not None and isinstance(room.item, Slide):
            seen["plain"]["prompt"] = plain(room.item.text.pick((lang, "en")))
        elif seen["item"] is not None:
            question = material.question(room.index, lang)
            seen["plain"] |= {"prompt": plain(question.prompt), "options": [plain(text) for text in question.options]}
            seen["plain"]["lefts"] = [plain(text) for text in question.lefts]
            if seen["reveal"] and question.shape not in PICKS:
                seen["plain"]["solution"] = material.answer(room.index, lang)
        return seen

    def press(self, action: str, lang: str, **data: Any) -> str:
        """What the teacher does; why it can't be done, '' when it is."""
        try:
            self.server.hub.act(action, data)
        except Refusal as refusal:
            return translate(TEXTS[refusal.code], lang)
        return ""

    @property
    def ended(self) -> bool:
        """Whether the drill is over."""
        return self.desk.room.phase is Phase.ENDED

    # Its course

    async def run(self, face: Face) -> None:
        """Serve until the face or a signal says to leave; what was answered is in everybody's log at the end."""
        with self._hold:
            with hurried(self.workspace.store.connection):
                await self._served(face)
            self.record.settle()

    async def _served(self, face: Face) -> None:
        async with self.server.running():
            self.server.hub.on_change = self._noted
            showing = asyncio.ensure_future(face(self))
            leaving = asyncio.ensure_future(self.left.wait())
            try:
                await asyncio.wait((showing, leaving), return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
                if not showing.done():
                    showing.cancel()
                with suppress(asyncio.CancelledError):
                    await showing
                if self._settling:
                    # What it couldn't do is done below, or said.
                    with suppress(QuizkitError):
                        await self._settling

    def _noted(self) -> None:
        self.changed.set()
        if self.ended and self._settling is None:
            # While phones fetch what they missed, the answers become reviews. In a thread: it may take seconds.
            self._settling = asyncio.ensure_future(asyncio.to_thread(self._settle_apart))

    def _settle_apart(self) -> int:
        workspace = self.workspace
        with Workspace(workspace.places, workspace.clock, workspace.langs) as apart:
            return DrillRecord.find(apart, self.record.id).settle()


def begin(
    workspace: Workspace, program: Program, *, roster: Sequence[Student], open_: bool, port: int | None, host: str
) -> Hosting:
    """Begin a drill. Nothing is written before its cards and a port have been found.

    Raises QuizkitError when there are none.
    """
    if not program.items:
        raise QuizkitError(_("There is nothing to ask."), _("Name a deck, or a drill file with --file."))
    if all(isinstance(item, Poll | Slide) for item in program.items) and program.paced:
        raise QuizkitError(_("A drill at everybody's own speed needs a question."))
    secret = new_secret()
    Material(workspace, "", program.items, Tokens(secret))
    with ExitStack() as undo:
        wanted = network.DEFAULT_PORT if port is None else port
        listener = undo.enter_context(network.listen(host, wanted, exact=port is not None))
        record = DrillRecord.begin(workspace, program, Mode.LIVE)
        hold = undo.enter_context(_hold(workspace, record.id))
        kept = Kept(secret, listener.getsockname()[1], host, open_)
        kept.keep(workspace, record.id)
        hosting = Hosting(workspace, record, kept, roster, listener, hold)
        undo.pop_all()
    return hosting


def _hold(workspace: Workspace, drill_id: str) -> Hold:
    return Hold(workspace.places.deck_index.with_name(LOCKS), drill_id)


def resume(
    workspace: Workspace, drill_id: str | None, roster_of: Callable[[str], Sequence[Student]], *, port: int | None
) -> Hosting:
    """Go on with a drill where it was left: same address, same PIN, same players.

    Raises QuizkitError when there is none, it is over, another machine held it, or somebody is holding it.
    """
    found = DrillRecord.find(workspace, drill_id, mode=Mode.LIVE)
    kept = Kept.of(workspace, found.id)
    if kept is None:
        raise QuizkitError(
            _("Drill {id} was held on another machine.", id=found.id), _("Go on with it there, or hold a new one.")
        )
    roster = roster_of(found.program.classroom) if found.program.classroom else ()
    with ExitStack() as undo:
        hold = undo.enter_context(_hold(workspace, found.id))
        # Whoever held it may have gone on until now.
        record = DrillRecord.find(workspace, found.id)
        if _followed(record, roster, open_=kept.open).phase is Phase.ENDED:
            record.settle()
            raise QuizkitError(
                _("Drill {id} is over.", id=record.id), _("See its results: quizkit drill results {id}", id=record.id)
            )
        wanted = kept.port if port is None else port
        listener = undo.enter_context(network.listen(kept.host, wanted, exact=port is not None))
        if port is not None:
            # Another than was asked for is only for this time: phones know the old one.
            kept = kept._replace(port=listener.getsockname()[1])
            kept.keep(workspace, record.id)
        hosting = Hosting(workspace, record, kept, roster, listener, hold)
        undo.pop_all()
    return hosting


def _followed(record: DrillRecord, roster: Sequence[Student], *, open_: bool) -> Room:
    """The room as the drill's log leaves it."""
    try:
        return replayed(record.program, record.acts(), roster, open_=open_)
    except Refusal:
        raise QuizkitError(
            _("The log of drill {id} can't be followed to its end.", id=record.id),
            _("See where: quizkit drill replay {id}", id=record.id),
        ) from None
