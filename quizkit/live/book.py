"""The book of a live drill: what happens in the room, and that it is on the disk before anybody hears of it.

What happens waits in a batch until `flush`: everything that came in the same turn of the loop is committed together,
and only then acknowledged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from quizkit.clock import Clock, SteadyClock
from quizkit.drills.players import Refusal
from quizkit.drills.room import GONE, MOST_SECONDS, Room
from quizkit.drills.scene import MS, Phase
from quizkit.errors import QuizkitError
from quizkit.live.entry import Record, Told, Waiting
from quizkit.model.drill import Act, ActType, Program, Student

RESEND_MS = 5_000
"""How long a phone may take to send again what couldn't be saved; longer, the longer it couldn't."""

MOST_REFUSALS, REFUSALS_EACH = 5_000, 50
"""Refused responses that are logged, in all and of one player: an attack must not fill the disk."""

COMINGS_EACH = 200
"""How often it is logged of one player that they came, went or changed their language. More of it isn't."""


class Book:
    """The room and its log. `at_work` is called when something waits to be flushed. `Desk` adds the rules."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        *,
        roster: Sequence[Student] = (),
        open_: bool = True,
        gone: Collection[int] = (),
    ) -> None:
        """`gone` are the items that can't be asked any more. Raises Refusal when the log can't be followed."""
        self.record = record
        self.trouble = ""
        """What keeps answers from being saved, in the words of the error; '' as long as nobody has been turned away."""
        self.changes = 0
        """Grows with every change of the room."""
        self.at_work: Callable[[], None] = lambda: None
        self.next_look: int | None = None
        """When the clock is looked at next: whatever is heard later may have come by then, and waited."""
        self.touched: set[str] = set()
        """The players whose own part of the picture has changed, until somebody has told them."""
        self._roster = tuple(roster)
        self._open = open_
        self._gone = gone
        self._waiting: list[Waiting] = []
        self._told: list[Told] = []
        self._stuck = ""
        self._turned_away = 0
        """When the first answer was refused because it couldn't be saved; 0 when none was."""
        self._refusals: dict[str, int] = {}
        self._refused = 0
        self._comings: dict[str, int] = {}
        self._unlogged: set[str] = set()
        """The players who are in without the log's knowing."""
        self.room = self._rebuilt()
        # The machine's time may be set while a question is open, and may have been while nobody held the drill.
        self.clock = SteadyClock(clock, self.room.now)
        self._recover()

    def _rebuilt(self) -> Room:
        return replayed(self.record.program, self.record.acts(), self._roster, open_=self._open)

    def _recover(self) -> None:
        """After a crash nobody is connected, and the question waits until the host goes on with it."""
        if self.room.phase is Phase.LOBBY and not self.room.players:
            return
        at = self.room.now
        for player in self.room.present():
            if player.connected:
                self._do(ActType.LEAVE, player.id, at, {})
        self._pass_over(at)
        if self.room.phase in (Phase.OPEN, Phase.PACED) and not self.room.paused:
            self._do(ActType.PAUSE, "", at, {"by": "restart"})
        self.flush()

    # What happens

    def _do(self, type_: ActType, player: str, at: int, data: dict[str, Any], told: Told | None = None) -> None:
        """Let an act happen, and have it logged. Raises Refusal."""
        if type_ is not ActType.LEAVE:
            self._need_saving()
        self._happen(type_, player, at, data, told)
        self._pass_over(at)

    def _happen(self, type_: ActType, player: str, at: int, data: dict[str, Any], told: Told | None = None) -> None:
        self._apply(type_, player, at, data)
        if type_ is ActType.REVEAL:
            data["seal"] = self.room.seal()
        if self.room.phase is Phase.ENDED and type_ in (ActType.END, ActType.SKIP, ActType.NEXT):
            data["points"] = self.room.totals()
        self._wait((type_, player, at, data), told)

    def _apply(self, type_: ActType, player: str, at: int, data: Mapping[str, Any]) -> None:
        self.room.apply(Act(0, at, type_, player, data))
        self.changes += 1
        if who := player or data.get("player"):
            self.touched.add(who)

    def _pass_over(self, at: int) -> None:
        """What can't be asked any more is skipped, in the log, too: at once, so that nobody is told of it."""
        room, gone = self.room, self._gone
        if gone and room.phase is Phase.REVEALED and room.index in gone:
            self._happen(ActType.NEXT, "", at, {"by": GONE})
        while room.phase in (Phase.OPEN, Phase.CLOSED, Phase.DISCUSS) and room.index in gone:
            self._happen(ActType.SKIP, "", at, {"by": GONE})
        if gone and room.phase is Phase.PACED:
            for player in room.present():
                while player.place in gone:
                    self._happen(ActType.NEXT, player.id, at, {"by": GONE})

    def _come_or_go(self, type_: ActType, player: str, data: dict[str, Any], told: Told | None = None) -> None:
        """Somebody comes, goes or changes their language: it is logged, but of each only so often. Raises Refusal."""
        count = self._comings.get(player, 0)
        if count < COMINGS_EACH if type_ is not ActType.LEAVE else player not in self._unlogged:
            self._do(type_, player, self.come_by(), data, told)
            self._comings[player] = count + 1
            return
        self._apply(type_, player, self.come_by(), data)
        if type_ is ActType.JOIN:
            self._unlogged.add(player)
        elif type_ is ActType.LEAVE:
            self._unlogged.discard(player)
        if told:
            self._once_saved(told)

    def refused(self, player: str, code: str, data: Mapping[str, Any]) -> None:
        """Log a response that was refused; but not that nothing could be logged."""
        if code == "unsaved":
            return
        count = self._refusals.get(player, 0) + 1
        self._refusals[player] = count
        self._refused += 1
        if count <= REFUSALS_EACH and self._refused <= MOST_REFUSALS:
            self._wait((ActType.REFUSED, player, self.clock.now(), {"code": code, **data}))

    # The clock

    def come_by(self) -> int:
        """When what is heard now came at the earliest: nobody is late because everybody had to wait."""
        now = self.clock.now()
        return now if self.next_look is None else min(now, self.next_look)

    def tick(self) -> bool:
        """Do what the clock wants done; whether there was anything."""
        now = self.clock.now()
        due = self.room.due(now)
        if due is None or self._stuck:
            return False
        self._do(due, "", now, {"by": "clock"})
        return True

    # Saving

    def _wait(self, waiting: Waiting, told: Told | None = None) -> None:
        self._waiting.append(waiting)
        if told:
            self._told.append(told)
        self.at_work()

    def _once_saved(self, told: Told) -> None:
        """Tell somebody that it is saved: now, or when what waits is."""
        if self._waiting and not self._stuck:
            self._told.append(told)
        else:
            told("")

    def _need_saving(self) -> None:
        """Raises Refusal (unsaved) when nothing can be saved at the moment."""
        if self._stuck:
            self.trouble = self._stuck
            self.at_work()
            raise Refusal("unsaved")

    def flush(self) -> None:
        """Commit what waits, then tell those who wait for it. When it can't be saved, nothing of it has happened.

        Then nothing else happens, either, until `retry` has saved something; but who has gone is gone.
        """
        if self._waiting and not self._stuck:
            self._save()

    def retry(self) -> None:
        """Try whether things can be saved again, when they couldn't."""
        if self._stuck:
            self._save()

    def _save(self) -> None:
        waiting, self._waiting = self._waiting, []
        told, self._told = self._told, []
        try:
            self.record.log_many(waiting)
        except QuizkitError as error:
            self._stuck = f"{error.message} {error.hint}".strip()
            self._take_back(waiting)
        else:
            if self._stuck:
                self._stuck = self.trouble = ""
                self._give_time()
                self.at_work()
        for tell in told:
            tell(self.trouble)

    def _take_back(self, waiting: Sequence[Waiting]) -> None:
        """What waited hasn't happened: those who have gone are tried again, whatever else it was is up to others."""
        if any(type_ not in (ActType.LEAVE, ActType.REFUSED) for type_, *_rest in waiting):
            self.trouble = self._stuck
            self.room = self._rebuilt()
            self.changes += 1
        for act in waiting:
            type_, player, at, data = act
            if type_ is ActType.ANSWER:
                self._turned_away = self._turned_away or at
            elif type_ is ActType.LEAVE:
                # Whose joining is taken back, too, never was there.
                with suppress(Refusal):
                    self.room.apply(Act(0, at, type_, player, data))
                    self._waiting.append(act)

    def _give_time(self) -> None:
        """Whose answer was turned away is given the time to send it again."""
        since, self._turned_away = self._turned_away, 0
        now, room = self.clock.now(), self.room
        if not since or room.left_ms(now) is None or room.paused:
            return
        short = now + (now - since) + RESEND_MS - room.deadline
        if short > 0:
            self._do(ActType.EXTEND, "", now, {"seconds": min(-(-short // MS), MOST_SECONDS), "by": "unsaved"})


def replayed(program: Program, acts: Sequence[Act], roster: Sequence[Student] = (), *, open_: bool = True) -> Room:
    """The room that these acts lead to. Raises Refusal when they can't have happened one after the other."""
    room = Room(program, roster, open_=open_)
    # Whoever came in then is in, though the roster may have changed since.
    room.trusting = True
    for act in acts:
        room.apply(act)
    room.trusting = False
    return room
