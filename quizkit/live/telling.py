"""Telling everybody in a live drill how things are: whole snapshots, by role and language."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from quizkit.i18n import translate
from quizkit.live.desk import Desk
from quizkit.live.line import Line
from quizkit.live.protocol import Views, dumps, state
from quizkit.live.refusals import TEXTS

AT_ONCE = 100
"""Lines woken in one turn of the loop."""

Data = dict[str, Any]


class Telling:
    """The open lines, and what each is told."""

    def __init__(self, desk: Desk, views: Views, join: Data, advice: Callable[[str], str]) -> None:
        self.desk = desk
        self.views = views
        self.join = join
        """How to get in: url, pin, qr. For the host and the projector."""
        self.advice = advice
        self.lines: set[Line] = set()
        self.on_change: Callable[[], None] = lambda: None
        """Called when something has been told to the host."""
        self._loop = asyncio.get_running_loop()
        self._of: dict[str, list[Line]] = {}
        self._behind: set[Line] = set()
        """Phones that haven't heard of the newest joins and answers."""
        self._spreading: asyncio.Task[None] | None = None

    def snapshot(self, line: Line) -> str:
        """Everything that line may see, as it is now. Nothing is shown as saved that isn't."""
        self.desk.flush()
        room, lang = self.desk.room, line.lang
        timing = self.views.timing(self.desk.clock.now())
        rev = self.desk.changes
        if line.role == "host":
            whole = (
                self.views.shared(lang) | self.views.host(lang) | {"join": self.join, "advice": self.told_advice(lang)}
            )
            return state(rev, dumps(whole)[:-1], {}, timing, None)
        shared = self.views.shared_json(lang)
        if line.role == "screen":
            return state(rev, shared, {"join": self.join, "advice": self.told_advice(lang, why=False)}, timing, None)
        player = room.players.get(line.player)
        me = self.views.me(player, lang) if player else None
        return state(rev, shared, {"advice": ""}, timing, me)

    def told_advice(self, lang: str, *, why: bool = True) -> str:
        """What the host should know: that nothing can be saved, or that no phone finds the way.

        `why` it can't be saved names the file, and is for the host alone.
        """
        if self.desk.trouble:
            told = translate(TEXTS["unsaved"], lang)
            return f"{told} {self.desk.trouble}" if why else told
        return self.advice(lang)

    def spread(self) -> None:
        """A snapshot for everybody, the host and the projector first."""
        self.desk.touched.clear()
        self._behind.clear()
        self.on_change()
        if self._spreading is None or self._spreading.done():
            self._spreading = self._loop.create_task(self._spread())
        else:
            # Those already woken get the newest as well.
            self._spreading.cancel()
            self._spreading = self._loop.create_task(self._spread())

    async def _spread(self) -> None:
        lines = sorted((line for line in self.lines if line.player), key=lambda line: line.role == "play")
        for start in range(0, len(lines), AT_ONCE):
            for line in lines[start : start + AT_ONCE]:
                line.refresh()
            await asyncio.sleep(0)

    def _catch_up(self) -> None:
        """Tell some of the phones what has changed for them, and some of those that are behind with the rest."""
        for player in [self.desk.touched.pop() for _turn in range(min(AT_ONCE, len(self.desk.touched)))]:
            for line in self._of.get(player, ()):
                line.refresh()
                self._behind.discard(line)
        for line in [self._behind.pop() for _turn in range(min(AT_ONCE, len(self._behind)))]:
            line.refresh()

    def _tell_some(self, *roles: str) -> None:
        for line in self.lines:
            if line.role in roles and line.player:
                line.refresh()
