"""The desk of a live drill: the room, its log, and the rules by which people come in and answer. No sockets here.

What is accepted waits in a batch until `flush`: everything that came in the same turn of the loop is committed
together, and only then acknowledged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any

from quizkit.clock import Clock, SteadyClock
from quizkit.drills.players import Player, Refusal, folded
from quizkit.drills.room import MOST_SECONDS, Room
from quizkit.drills.scene import MS, Phase, is_whole
from quizkit.errors import QuizkitError
from quizkit.live.entry import Hello, Record, Told, Waiting, speaks
from quizkit.live.material import Material
from quizkit.live.nicknames import NameFilter, clean
from quizkit.live.tokens import Tokens, same
from quizkit.model.drill import Act, ActType, Program, Student

GUEST = "guest-"
RESEND_MS = 5_000
"""How long a phone may take to send again what couldn't be saved; longer, the longer it couldn't."""

MOST_REFUSALS, REFUSALS_EACH = 5_000, 50
"""Refused responses that are logged, in all and of one player: an attack must not fill the disk."""

HOST_ACTS = {
    act.value: act
    for act in (
        ActType.START,
        ActType.CLOSE,
        ActType.DISCUSS,
        ActType.REVOTE,
        ActType.REVEAL,
        ActType.PAUSE,
        ActType.RESUME,
        ActType.EXTEND,
        ActType.SKIP,
        ActType.LOCK,
        ActType.UNLOCK,
        ActType.KICK,
        ActType.RENAME,
        ActType.TEAM,
        ActType.END,
    )
}


class Desk:
    """A live drill under way. `at_work` is called when something waits to be flushed."""

    def __init__(
        self,
        record: Record,
        material: Material,
        tokens: Tokens,
        clock: Clock,
        *,
        roster: Sequence[Student] = (),
        open_: bool = True,
        names: NameFilter | None = None,
    ) -> None:
        self.record = record
        self.material = material
        self.tokens = tokens
        self.names = names or NameFilter()
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
        self._waiting: list[Waiting] = []
        self._told: list[Told] = []
        self._stuck = ""
        self._turned_away = 0
        """When the first answer was refused because it couldn't be saved; 0 when none was."""
        self._refusals: dict[str, int] = {}
        self._refused = 0
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
        if self.room.phase in (Phase.OPEN, Phase.PACED) and not self.room.paused:
            self._do(ActType.PAUSE, "", at, {"by": "restart"})
        self.flush()

    # The log

    def _do(self, type_: ActType, player: str, at: int, data: dict[str, Any], told: Told | None = None) -> None:
        """Let an act happen, and have it logged. Raises Refusal."""
        if type_ is not ActType.LEAVE:
            self._need_saving()
        self.room.apply(Act(0, at, type_, player, data))
        if type_ is ActType.REVEAL:
            data["seal"] = self.room.seal()
        if self.room.phase is Phase.ENDED and type_ in (ActType.END, ActType.SKIP, ActType.NEXT):
            data["points"] = self.room.totals()
        self._wait((type_, player, at, data), told)
        self.changes += 1
        if who := player or data.get("player"):
            self.touched.add(who)

    def _wait(self, waiting: Waiting, told: Told | None = None) -> None:
        self._waiting.append(waiting)
        if told:
            self._told.append(told)
        self.at_work()

    def _need_saving(self) -> None:
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

    def _come_by(self) -> int:
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

    # Coming and going

    def come(self, hello: Hello, told: Told) -> Player:
        """Let somebody in, or back in; `told` is called when that is saved. The PIN is for the caller to check.

        Raises Refusal: locked, full, name-taken, name-unknown, name-filtered, kicked, forged.
        """
        lang = speaks(hello.lang)
        player = self.known_by(hello.token) if hello.token else None
        if player is not None:
            data: dict[str, Any] = {"lang": lang} if hello.lang else {}
            self._do(ActType.JOIN, player.id, self._come_by(), data, told)
            return player
        id_, name, number = self._who(hello)
        team = hello.team if hello.team in self.record.program.teams else ""
        data = {"name": name, "number": number, "team": team, "lang": lang, "guest": id_.startswith(GUEST)}
        self._do(ActType.JOIN, id_, self._come_by(), data, told)
        return self.room.players[id_]

    def known_by(self, token: str) -> Player:
        """Whose token that is. Raises Refusal: forged, or kicked when they were sent out since."""
        player = self.room.players.get(self.tokens.player(token))
        if player is None:
            raise Refusal("forged")
        if player.kicked or not self.tokens.is_players(token, player.id, player.epoch):
            former = any(self.tokens.is_players(token, player.id, epoch) for epoch in range(player.epoch + 1))
            raise Refusal("kicked" if former else "forged")
        return player

    def _who(self, hello: Hello) -> tuple[str, str, str]:
        """The id, name and number of somebody who comes with the PIN."""
        name, number = clean(hello.name), clean(hello.number)
        if not name:
            raise Refusal("name-unknown")
        form = folded(hello.name)
        found = [who for who in self._roster if form in (folded(who.name), folded(who.number)) and form]
        if number:
            found = [who for who in found if folded(who.number) == folded(number)] if found else found
        if len(found) == 1:
            known = self.room.players.get(found[0].id)
            if known is not None and not known.kicked and known.connected:
                raise Refusal("name-taken")
            return found[0].id, found[0].name, found[0].number
        if found or not self.room.open:
            raise Refusal("name-unknown")
        if self.names.refuses(name):
            raise Refusal("name-filtered")
        return f"{GUEST}{token_hex(4)}", name, ""

    def leave(self, player: str) -> None:
        """Nobody is connected as that player any more."""
        known = self.room.players.get(player)
        if known is not None and known.connected and not known.kicked:
            self._do(ActType.LEAVE, player, self._come_by(), {})

    def speak(self, player: str, lang: str) -> None:
        """A player chooses another language. Raises Refusal."""
        self._do(ActType.LANG, player, self._come_by(), {"lang": speaks(lang)})

    # Playing

    def answer(self, player: str, item: object, round_: object, values: object, told: Told) -> None:
        """An answer from a phone: judged, logged, and then `told`. The same answer again is told again.

        Raises Refusal.
        """
        if not is_whole(item) or not is_whole(round_):
            raise Refusal("bad-message")
        at = self._come_by()
        try:
            who = self.room.check_answer(player, item, round_, at)
        except Refusal as refusal:
            if refusal.code != "double" or not self._same(player, item, round_, values):
                raise
            # Its first acknowledgement may have been lost on the way; if it still waits, so does this one.
            if self._waiting:
                self._told.append(told)
            else:
                told("")
            return
        if self._stuck:
            self._turned_away = self._turned_away or at
        self._need_saving()
        found = self.material.tell(item, speaks(who.lang), values)
        data = {
            "item": item,
            "round": round_,
            "card": found.card,
            "values": list(found.values),
            "picked": list(found.picked),
            "score": found.score,
            "outcome": found.outcome,
            "ms": self.room.elapsed(player, at),
            "lang": found.lang,
            "shape": found.shape,
            "event": self.record.new_event_id(),
        }
        self._do(ActType.ANSWER, player, at, data, told)

    def _same(self, player: str, item: int, round_: int, values: object) -> bool:
        given = self.room.answers[item, round_][player]
        return self.material.is_same(item, given.lang or speaks(self.room.players[player].lang), values, given)

    def go_on(self, player: str) -> None:
        """At everybody's own speed: a player goes on. Raises Refusal."""
        self._do(ActType.NEXT, player, self._come_by(), {})

    def host(self, action: object, data: Mapping[str, Any]) -> None:
        """What the host does. Raises Refusal."""
        type_ = self.room.following() if action == "next" else HOST_ACTS.get(str(action))
        if type_ is None:
            raise Refusal("bad-message")
        kept: dict[str, Any] = {}
        match type_:
            case ActType.EXTEND:
                kept["seconds"] = data.get("seconds")
            case ActType.KICK:
                kept["player"] = data.get("player")
            case ActType.RENAME:
                kept |= {"player": data.get("player"), "name": clean(data.get("name"))}
            case ActType.TEAM:
                kept |= {"player": data.get("player"), "team": data.get("team")}
        self._do(type_, "", self.clock.now(), kept)

    def is_host(self, token: object) -> bool:
        """Whether that is the host's token."""
        return same(token, self.tokens.host)

    def is_screen(self, token: object) -> bool:
        """Whether that is the projector's token; the host's will do, too."""
        return same(token, self.tokens.screen) or self.is_host(token)


def replayed(program: Program, acts: Sequence[Act], roster: Sequence[Student] = (), *, open_: bool = True) -> Room:
    """The room that these acts lead to. Raises Refusal when they can't have happened one after the other."""
    room = Room(program, roster, open_=open_)
    # Whoever came in then is in, though the roster may have changed since.
    room.trusting = True
    for act in acts:
        room.apply(act)
    room.trusting = False
    return room
