"""The room of a live drill: what each act does to it.

A pure state machine. Time comes in with the acts, and an act that is accepted changes the room the same way every
time: the acts of a drill, applied again, give the identical room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizkit.drills.players import Answer, Player, Refusal
from quizkit.drills.points import award, is_right
from quizkit.drills.scene import MS, Phase, Scene, is_whole
from quizkit.model.drill import Act, ActType, CardItem, Poll, Program, Slide, Student

ELSEWHERE = (ActType.CALL, ActType.HANDS, ActType.UNDO, ActType.REFUSED)
"""Acts that belong to other ways of holding a drill, or change nothing."""

GONE = "gone"
"""What an act is done by (`by`) that passes over an item which can't be asked any more."""

MOST_PLAYERS = 5_000
MOST_SECONDS = 3_600


class Room(Scene):
    """A drill under way. `apply` an act, then look."""

    def __init__(self, program: Program, roster: Sequence[Student] = (), *, open_: bool = True) -> None:
        super().__init__(program, roster, open_=open_)
        # Each act has a method of its name.
        self._acts: dict[ActType, Callable[[Act], None]] = {
            type_: getattr(self, f"_{type_.value}") for type_ in ActType if type_ not in ELSEWHERE
        }

    def apply(self, act: Act) -> None:
        """Let an act happen. Raises Refusal, and changes nothing, when it can't.

        Acts that belong to other ways of holding a drill (and REFUSED) change nothing.
        """
        handle = self._acts.get(act.type)
        if handle is None:
            return
        # A clock that is set back must not give anybody time.
        before, self.now = self.now, max(self.now, act.at)
        try:
            handle(act)
        except Refusal:
            self.now = before
            raise

    # Coming and going

    def _join(self, act: Act) -> None:
        player, data = self.players.get(act.player), act.data
        back = player is not None and not player.kicked
        if not back:
            self._let_in(act)
        if player is None:
            team = str(data.get("team", ""))
            player = Player(
                act.player, str(data["name"]), str(data.get("number", "")), place_since=0 if self.paused else self.now
            )
            player.team = team if team in self.program.teams else self._lightest_team()
            self.players[act.player] = player
        elif player.kicked:
            player.kicked = False
            player.call(str(data.get("name", player.name)))
        elif data.get("again"):
            player.add_device()
        player.connected = True
        player.lang = str(data.get("lang", "")) or player.lang

    def _let_in(self, act: Act) -> None:
        if self.locked or self.phase is Phase.ENDED:
            raise Refusal("locked")
        if len(self.players) >= MOST_PLAYERS:
            raise Refusal("full")
        if not act.player or not str(act.data.get("name", "")):
            raise Refusal("bad-message")
        if act.player not in self.roster and not self.trusting:
            if not self.open:
                raise Refusal("name-unknown")
            if self.name_taken(str(act.data["name"]), act.player):
                raise Refusal("name-taken")

    def _lightest_team(self) -> str:
        if not self.program.teams:
            return ""
        sizes = dict.fromkeys(self.program.teams, 0)
        for player in self.present():
            if player.team in sizes:
                sizes[player.team] += 1
        return min(sizes, key=lambda team: sizes[team])

    def _leave(self, act: Act) -> None:
        self.known(act.player).connected = False

    def _rename(self, act: Act) -> None:
        player, name = self.known(str(act.data.get("player", act.player))), str(act.data.get("name", "")).strip()
        if not name:
            raise Refusal("bad-message")
        if not self.trusting and self.name_taken(name, player.id):
            raise Refusal("name-taken")
        player.call(name)

    def _kick(self, act: Act) -> None:
        player = self.known(str(act.data.get("player", act.player)))
        if act.data.get("second"):
            if len(player.devices) < 2:
                raise Refusal("bad-message")
            player.devices = player.devices[:1]
            return
        player.kicked, player.connected = True, False
        player.end_devices()

    def _team(self, act: Act) -> None:
        player, team = self.known(str(act.data.get("player", act.player))), str(act.data.get("team", ""))
        if team not in self.program.teams:
            raise Refusal("bad-message")
        player.team = team

    def _lang(self, act: Act) -> None:
        self.known(act.player).lang = str(act.data.get("lang", ""))

    # The course of a drill

    def _need(self, *phases: Phase) -> None:
        if self.phase not in phases:
            raise Refusal("bad-message")

    def _start(self, _act: Act) -> None:
        self._need(Phase.LOBBY)
        self.begun = True
        if self.program.paced:
            self.phase, self.asked_at = Phase.PACED, self.now
            self.seconds = self.program.minutes * 60
            self.deadline = self.now + self.seconds * MS if self.seconds else 0
            for player in self.players.values():
                player.place_since = self.now
        else:
            self._begin(0)

    def _begin(self, index: int) -> None:
        self.index, self.round = index, 1
        item = self.item
        if item is None:
            self._stop(Phase.ENDED)
        elif isinstance(item, Slide):
            self._stop(Phase.SLIDE)
            self.seconds = 0
        else:
            self._ask(item.seconds or self.program.seconds)

    def _ask(self, seconds: int) -> None:
        self._stop(Phase.OPEN)
        self.asked_at, self.seconds = self.now, seconds
        self.deadline = self.now + seconds * MS if seconds else 0

    def _next(self, act: Act) -> None:
        if act.player:
            self._go_on(self.known(act.player), unasked=act.data.get("by") == GONE)
            return
        if not (self.phase is Phase.CLOSED and isinstance(self.item, Poll)):
            self._need(Phase.REVEALED, Phase.SLIDE)
        self._begin(self.index + 1)

    def _go_on(self, player: Player, *, unasked: bool) -> None:
        """At everybody's own speed: a player has read the explanation, or can't be asked."""
        self._need(Phase.PACED)
        if (self.paused and not unasked) or player.place >= len(self.program.items):
            raise Refusal("bad-message")
        unasked = unasked or isinstance(self.program.items[player.place], Slide)
        if not unasked and player.id not in self.answers.get((player.place, 1), {}):
            raise Refusal("bad-message")
        player.place += 1
        player.place_since = 0 if self.paused else self.now

    def _close(self, _act: Act) -> None:
        self._need(Phase.OPEN)
        self._stop(Phase.CLOSED)

    def _stop(self, phase: Phase) -> None:
        """No more answers: a pause ends, too."""
        if self.paused:
            self._turn_clocks()
        self.phase, self.paused, self.deadline = phase, False, 0

    def _discuss(self, _act: Act) -> None:
        self._need(Phase.OPEN, Phase.CLOSED)
        if self.round != 1 or not isinstance(self.item, CardItem):
            raise Refusal("bad-message")
        self._stop(Phase.DISCUSS)

    def _revote(self, _act: Act) -> None:
        self._need(Phase.DISCUSS)
        self.round = 2
        self._ask(self.seconds)

    def _reveal(self, _act: Act) -> None:
        self._need(Phase.OPEN, Phase.CLOSED, Phase.DISCUSS)
        if isinstance(self.item, Poll):
            self._stop(Phase.CLOSED)
        else:
            self._settle()
            self._stop(Phase.REVEALED)

    def _settle(self) -> None:
        """Turn the answers to this item into points: each player's last word."""
        for player in self.present():
            answer = self.last_answer(player.id, self.index)
            self._credit(player, self.index, answer, self.seconds * MS)

    def _credit(self, player: Player, item: int, answer: Answer | None, limit: int) -> None:
        score = answer.score if answer else 0.0
        if score is None:
            return
        player.streak = player.streak + 1 if is_right(score) else 0
        won = award(self.program.scoring, score, answer.milliseconds if answer else 0, limit, player.streak)
        player.won[item] = won
        player.points += won

    def _skip(self, _act: Act) -> None:
        self._need(Phase.OPEN, Phase.CLOSED, Phase.DISCUSS, Phase.SLIDE)
        self.skipped.add(self.index)
        self._begin(self.index + 1)

    def _end(self, _act: Act) -> None:
        if self.phase is Phase.ENDED:
            raise Refusal("bad-message")
        # What was answered counts, though nobody has seen the solution yet.
        if self.phase in (Phase.OPEN, Phase.CLOSED, Phase.DISCUSS) and isinstance(self.item, CardItem):
            self._settle()
        self._stop(Phase.ENDED)

    # The clock and the door

    def _pause(self, _act: Act) -> None:
        self._need(Phase.OPEN, Phase.PACED)
        if self.paused:
            raise Refusal("bad-message")
        if self.deadline:
            self.deadline = max(self.deadline - self.now, 1)
        self._turn_clocks()
        self.paused = True

    def _resume(self, _act: Act) -> None:
        if not self.paused:
            raise Refusal("bad-message")
        if self.deadline:
            self.deadline += self.now
        self._turn_clocks()
        self.paused = False

    def _turn_clocks(self) -> None:
        """Moments become stretches of time when a pause begins, and moments again when it ends."""
        self.asked_at = self.now - self.asked_at
        for player in self.players.values():
            player.place_since = self.now - player.place_since

    def _extend(self, act: Act) -> None:
        seconds = act.data.get("seconds", 0)
        if not is_whole(seconds) or not 1 <= seconds <= MOST_SECONDS:
            raise Refusal("bad-message")
        if self.phase is Phase.CLOSED and self.index not in self.skipped:
            self._stop(Phase.OPEN)
            self.deadline = self.now + seconds * MS
        else:
            self._need(Phase.OPEN, Phase.PACED)
            if not self.deadline:
                raise Refusal("bad-message")
            self.deadline += seconds * MS
        self.seconds += seconds

    def _lock(self, _act: Act) -> None:
        self.locked = True

    def _unlock(self, _act: Act) -> None:
        self.locked = False

    def _answer(self, act: Act) -> None:
        data: Mapping[str, Any] = act.data
        item, round_ = data.get("item"), data.get("round")
        if not isinstance(item, int) or not isinstance(round_, int):
            raise Refusal("bad-message")
        player = self.check_answer(act.player, item, round_, act.at)
        answer = Answer(
            tuple(data.get("values", ())),
            tuple(data.get("picked", ())),
            data.get("score"),
            str(data.get("outcome", "")),
            int(data.get("ms", 0)),
            str(data.get("lang", "")),
        )
        self.answers.setdefault((item, round_), {})[act.player] = answer
        if self.phase is Phase.PACED:
            self._credit(player, item, answer, 0)
