"""The open lines of a live drill, and who is told what and when.

A change of the scene goes to everybody at once. What changes all the time (who has joined, how many have answered) is
gathered: the host and the projector hear of it a few times a second, phones less often the more there are.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from quizkit.drills.players import Refusal
from quizkit.drills.scene import is_whole
from quizkit.i18n import translate
from quizkit.live.desk import Desk, Pass
from quizkit.live.entry import Hello, speaks
from quizkit.live.guard import ARRIVALS, ARRIVALS_A_SECOND, LONGEST_MESSAGE, Bucket, Buckets, PinGuard, is_this_machine
from quizkit.live.line import Line
from quizkit.live.protocol import Views, dumps
from quizkit.live.refusals import TEXTS
from quizkit.live.telling import AT_ONCE, Data, Telling
from quizkit.live.tokens import same

QUIET_SECONDS = 0.2
"""The host and the projector hear of joins and answers this often."""

PHONES_A_SECOND = 200
"""How many phones a second hear of others' joins and answers."""

HELLO_SECONDS = 20.0
"""Whoever says nothing for so long has nothing to say."""

LINES_EACH = 3
"""Lines that one device of a player may have, such as pages in a browser; the newest take the place of the oldest."""

MOST_LINES = 8_000
POLICY, TRY_LATER, ELSEWHERE = 1008, 1013, 4001
"""Codes of closing: for good, for now, and because too many lines were opened after it with the same token.

A page comes back by itself after any other code than POLICY and ELSEWHERE; after ELSEWHERE only when it is asked to, or
two pages would push each other out for ever.
"""


class Hub(Telling):
    """Everybody's line to the desk."""

    def __init__(self, desk: Desk, views: Views, join: Data, advice: Callable[[str], str]) -> None:
        super().__init__(desk, views, join, advice)
        self._pins = PinGuard(self._loop.time)
        self._arrivals = Buckets(ARRIVALS, ARRIVALS_A_SECOND, self._loop.time)
        self._buckets: dict[Pass, Bucket] = {}
        self._flushing = False
        self._told_scene = self._scene()
        self._told_changes = -1
        self._phones_due = 0.0
        self._advised = ""
        desk.at_work = self._soon

    # The batch: what came in this turn of the loop is committed in the next

    def _soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = False
        self.desk.flush()
        if self._scene() != self._told_scene:
            self._told_scene = self._scene()
            self._told_changes = self.desk.changes
            self.spread()

    def _scene(self) -> object:
        """What everybody has to hear of at once when it changes."""
        room = self.desk.room
        return (room.phase, room.index, room.round, room.paused, room.locked, room.seconds, self.desk.trouble)

    # Small changes

    async def keep_time(self) -> None:
        """Watch the clock, and tell of small changes now and then."""
        while True:
            self.desk.next_look = self.desk.clock.now() + int(QUIET_SECONDS * 1000)
            await asyncio.sleep(QUIET_SECONDS)
            self.desk.retry()
            self.desk.tick()
            self._hang_up_silent()
            now = self._loop.time()
            busy = self.desk.changes != self._told_changes
            if busy:
                self._told_changes = self.desk.changes
                self._tell_some("host", "screen")
                self.on_change()
                self._phones_due = self._phones_due or now + max(1.0, len(self.lines) / PHONES_A_SECOND)
            elif self.told_advice("en") != self._advised:
                self._advised = self.told_advice("en")
                self._tell_some("host", "screen")
                self.on_change()
            if self._phones_due and now >= self._phones_due:
                self._phones_due = 0.0
                self._behind = {line for line in self.lines if line.role == "play"}
            # In a burst of answers acknowledging them comes first.
            if not busy or len(self.lines) <= AT_ONCE:
                self._catch_up()

    def _hang_up_silent(self) -> None:
        now = self._loop.time()
        for line in self.lines:
            if not line.player and now - line.since > HELLO_SECONDS:
                line.close(POLICY)

    # Listening

    def opened(self, line: Line) -> None:
        """A socket has opened."""
        self.lines.add(line)
        if len(self.lines) > MOST_LINES:
            self._refuse(line, "full")
            line.close(TRY_LATER)

    def closed(self, line: Line) -> None:
        """A socket has closed."""
        self.lines.discard(line)
        self._behind.discard(line)
        others = self._of.get(line.player)
        if others and line in others:
            others.remove(line)
            if not others:
                del self._of[line.player]
                self.desk.leave(line.player)

    def heard(self, line: Line, text: str | None) -> None:
        """A message has come."""
        # Whoever has the host's token is trusted not to flood their own drill.
        left = 0.0 if line.player == "host" else line.bucket.take(self._loop.time())
        if left < 0:
            self._refuse(line, "slow-down")
            if left < -len(line.outbox) - 30:
                line.close(POLICY)
            return
        try:
            message = json.loads(text) if text is not None and len(text) <= LONGEST_MESSAGE else None
        except (ValueError, RecursionError):
            message = None
        try:
            if not isinstance(message, dict):
                raise Refusal("bad-message")
            if message.get("type") == "ping":
                line.say('{"type":"pong"}')
            elif message.get("type") == "hello":
                self._hello(line, message)
            elif not line.player:
                raise Refusal("bad-message")
            elif line.role == "host":
                self._host(message)
            elif line.role == "play":
                self._play(line, message)
            else:
                raise Refusal("bad-message")
        except Refusal as refusal:
            self._refuse(line, refusal.code)
            if refusal.code in ("kicked", "no-host"):
                line.close(POLICY)
            elif refusal.code == "unsaved" and not line.player:
                # The phone knocks again by itself.
                line.close(TRY_LATER)
            elif message is not None and line.role == "play" and line.player:
                kept = {key: message.get(key) for key in ("type", "item", "round") if isinstance(message, dict)}
                self.desk.refused(line.player, refusal.code, {k: v for k, v in kept.items() if _plain(v)})

    def _refuse(self, line: Line, code: str) -> None:
        line.say(dumps({"type": "refused", "code": code, "text": translate(TEXTS[code], line.lang)}))

    def _hello(self, line: Line, message: Data) -> None:
        line.lang = speaks(message.get("lang"))
        if line.role == "play":
            self._come(line, message)
            return
        known = self.desk.is_host if line.role == "host" else self.desk.is_screen
        if not known(message.get("token")):
            raise Refusal("no-host")
        line.player = line.role
        line.say(dumps({"type": "welcome", "token": message["token"], "player": "", "drill": self.desk.tokens.drill}))
        line.refresh()

    def _come(self, line: Line, message: Data) -> None:
        words = {key: value for key in Hello._fields if isinstance(value := message.get(key), str)}
        hello = Hello(**words)
        known = self._known(hello)
        if known is None:
            hello = hello._replace(token="")
            self._knock(line, hello)
        else:
            self._take_up(line, known)

        def told(trouble: str) -> None:
            if trouble or known is None:
                self._refuse(line, "unsaved")
                line.close(TRY_LATER)
                return
            drill = self.desk.tokens.drill
            line.say(
                dumps({"type": "welcome", "token": self.desk.token(known), "player": known.player, "drill": drill})
            )
            line.refresh()

        if line.player and known != (line.player, line.device):
            self._forget(line)
        known = self.desk.come(hello, told)
        self._is(line, known)

    def _known(self, hello: Hello) -> Pass | None:
        """Whose token that is; None where there is none, or none that is of use, and the PIN instead."""
        if not hello.token:
            return None
        try:
            return self.desk.known_by(hello.token)
        except Refusal:
            # Somebody whose token is of no use any more may still come in by the door.
            if not hello.pin:
                raise
            return None

    def _knock(self, line: Line, hello: Hello) -> None:
        """Somebody comes with the PIN. Raises Refusal when it is wrong, or may not be tried."""
        if not self._pins.may_try(line.address):
            raise Refusal("slow-down")
        if not same(hello.pin.strip(), self.desk.tokens.pin):
            self._pins.wrong(line.address)
            raise Refusal("bad-pin")
        if line.player:
            # A phone is one player: whoever is in can't fill the room with more.
            raise Refusal("bad-message")
        if not is_this_machine(line.address):
            if self._arrivals.left(line.address) < 1:
                raise Refusal("slow-down")
            self._arrivals.take(line.address)

    def _take_up(self, line: Line, known: Pass) -> None:
        """Somebody comes back. A device that talks too much doesn't begin anew by coming back. Raises Refusal."""
        bucket = self._buckets.get(known)
        if bucket is not None and bucket is not line.bucket:
            line.bucket = bucket
            if bucket.take(self._loop.time()) < 0:
                line.close(TRY_LATER)
                raise Refusal("slow-down")

    def _is(self, line: Line, known: Pass) -> None:
        """From now on that line is somebody's."""
        line.player, line.device = known
        line.lang = speaks(self.desk.room.players[known.player].lang)
        line.bucket = self._buckets.setdefault(known, line.bucket)
        mine = self._of.setdefault(known.player, [])
        if line not in mine:
            mine.append(line)
        here = [other for other in mine if other.device == line.device]
        if len(here) > LINES_EACH:
            here[0].close(ELSEWHERE)

    def _forget(self, line: Line) -> None:
        """The line was somebody's, and says hello as another."""
        self.lines.discard(line)
        self.closed(line)
        self.lines.add(line)
        line.player = ""

    def _play(self, line: Line, message: Data) -> None:
        match message.get("type"):
            case "answer":
                item, round_ = message.get("item"), message.get("round")

                def told(trouble: str) -> None:
                    if trouble:
                        self._refuse(line, "unsaved")
                    else:
                        line.say(dumps({"type": "ack", "item": item, "round": round_}))

                self.desk.answer(line.player, item, round_, message.get("values"), told)
            case "lang":
                line.lang = speaks(message.get("lang"))
                self.desk.speak(line.player, line.lang)
                line.refresh()
            case "next":
                self.desk.go_on(line.player)
            case _:
                raise Refusal("bad-message")

    def _host(self, message: Data) -> None:
        if message.get("type") == "lang":
            return
        if message.get("type") != "act":
            raise Refusal("bad-message")
        self.act(message.get("action"), message)

    def act(self, action: object, data: Data | None = None) -> None:
        """What the host does, on the page or at the keyboard. Raises Refusal."""
        told = data or {}
        self.desk.host(action, told)
        if action == "kick":
            player = self.desk.room.players[str(told.get("player"))]
            for line in self._of.get(player.id, ()):
                if player.kicked or line.device not in player.devices:
                    self._refuse(line, "kicked")
                    line.close(POLICY)


def _plain(value: object) -> bool:
    """Whether a stranger's value may go into the log."""
    return (is_whole(value) and abs(value) < 1_000_000) or (
        isinstance(value, str) and value.isascii() and len(value) <= 20
    )
