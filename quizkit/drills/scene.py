"""A live drill as it stands: who is in the room, what is being asked, how much time is left."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b
from json import dumps
from typing import TypeGuard

from quizkit.drills.players import Answer, Player, Refusal, folded, likeness
from quizkit.model.drill import ActType, CardItem, Poll, Program, Slide, Student

GRACE_MS = 800
"""How much later than the deadline an answer may arrive: it was on its way when the time ran out."""

MS = 1000


class Phase(StrEnum):
    """Where a drill is."""

    LOBBY = "lobby"
    OPEN = "open"
    CLOSED = "closed"
    DISCUSS = "discuss"
    REVEALED = "revealed"
    SLIDE = "slide"
    PACED = "paced"
    ENDED = "ended"


def is_whole(value: object) -> TypeGuard[int]:
    """Whether that is a whole number. True and False are none, though Python counts with them."""
    return isinstance(value, int) and not isinstance(value, bool)


class Scene:
    """What can be asked of a room without changing it.

    `open` lets anybody join under a nickname; while `trusting`, nobody's name is asked for. `points` of players hold
    what has been revealed, so that they give nothing away before.
    """

    def __init__(self, program: Program, roster: Sequence[Student] = (), *, open_: bool = True) -> None:
        self.program = program
        self.roster = {student.id: student for student in roster}
        self._roster_forms = {form: who.id for who in roster for form in (folded(who.name), likeness(who.name))}
        self.open = open_
        self.trusting = False
        self.phase = Phase.LOBBY
        self.begun = False
        self.index = -1
        self.round = 1
        self.paused = False
        self.locked = False
        self.now = 0
        self.players: dict[str, Player] = {}
        self.answers: dict[tuple[int, int], dict[str, Answer]] = {}
        self.skipped: set[int] = set()
        self.asked_at = 0
        """When the question was opened, put forward by every pause."""
        self.deadline = 0
        """When the time is up; 0 for no limit. While paused, what was left of it."""
        self.seconds = 0

    def state(self) -> dict[str, object]:
        """All there is to know, as plain data: two rooms with the same are the same."""
        return {
            "phase": self.phase.value,
            "index": self.index,
            "round": self.round,
            "paused": self.paused,
            "locked": self.locked,
            "now": self.now,
            "asked_at": self.asked_at,
            "deadline": self.deadline,
            "seconds": self.seconds,
            "skipped": sorted(self.skipped),
            "players": [player.state() for player in self.players.values()],
            "answers": [
                [*key, [[name, *answer] for name, answer in given.items()]] for key, given in self.answers.items()
            ],
        }

    def totals(self) -> dict[str, int]:
        """Everybody's points, of those in the room."""
        return {player.id: player.points for player in self.present()}

    def seal(self) -> str:
        """A short digest of all points, by which a replay is compared. Of nobody's name: a player may be forgotten."""
        return blake2b(dumps(sorted(self.totals().values())).encode(), digest_size=8).hexdigest()

    # What is asked

    @property
    def item(self) -> CardItem | Poll | Slide | None:
        """What the room is at, for all together."""
        return self.program.items[self.index] if 0 <= self.index < len(self.program.items) else None

    @property
    def is_last(self) -> bool:
        """Whether nothing comes behind what is being asked."""
        return self.index >= len(self.program.items) - 1

    def left_ms(self, now: int) -> int | None:
        """The time left, in milliseconds; None without a limit."""
        if not self.deadline or self.phase not in (Phase.OPEN, Phase.PACED):
            return None
        return self.deadline if self.paused else max(self.deadline - max(now, self.now), 0)

    def due(self, now: int) -> ActType | None:
        """What the clock wants done: the question closed, or a drill at everybody's own speed ended."""
        if not self.deadline or self.paused or now < self.deadline + GRACE_MS:
            return None
        return {Phase.OPEN: ActType.CLOSE, Phase.PACED: ActType.END}.get(self.phase)

    def following(self) -> ActType | None:
        """What comes next when the host just goes on."""
        if self.paused:
            return ActType.RESUME
        if self.phase in (Phase.REVEALED, Phase.SLIDE) or (self.phase is Phase.CLOSED and isinstance(self.item, Poll)):
            return ActType.END if self.is_last else ActType.NEXT
        return {
            Phase.LOBBY: ActType.START,
            Phase.OPEN: ActType.CLOSE,
            Phase.CLOSED: ActType.REVEAL,
            Phase.DISCUSS: ActType.REVOTE,
            Phase.PACED: ActType.END,
        }.get(self.phase)

    # Who is there

    def present(self) -> list[Player]:
        """The players, connected or not, in the order they came."""
        return [player for player in self.players.values() if not player.kicked]

    def absent(self) -> list[Student]:
        """Those of the roster who haven't joined."""
        return [who for who in self.roster.values() if who.id not in self.players or self.players[who.id].kicked]

    def answered(self, item: int, round_: int) -> dict[str, Answer]:
        """The answers to an item, of those who are in the room."""
        given = self.answers.get((item, round_), {})
        return {name: answer for name, answer in given.items() if not self.players[name].kicked}

    def last_answer(self, player: str, item: int) -> Answer | None:
        """A player's last word on an item: the second vote where there was one."""
        second = self.answers.get((item, 2), {}).get(player)
        return second or self.answers.get((item, 1), {}).get(player)

    def was_asked(self, player: str, item: int) -> bool:
        """Whether an item was put before a player: it was the room's, or they came to it at their own speed."""
        if self.program.paced:
            return self.begun and item <= self.players[player].place
        return item <= self.index and item not in self.skipped

    def elapsed(self, player: str, at: int) -> int:
        """How long a player has had the question before them, in milliseconds, pauses left out."""
        since = self.players[player].place_since if self.phase is Phase.PACED else self.asked_at
        return max(max(at, self.now) - since, 0)

    def name_taken(self, name: str, player: str = "") -> bool:
        """Whether somebody else is called that, looks so, or might be called so: the names of the roster are theirs."""
        forms = {folded(name), likeness(name)}
        others = (other for other in self.players.values() if other.id != player and not other.kicked)
        taken = any(other.form in forms or other.likeness in forms for other in others)
        return taken or any(self._roster_forms.get(form, player) != player for form in forms)

    def known(self, name: str) -> Player:
        """Who that is. Raises Refusal: forged, or kicked."""
        player = self.players.get(name)
        if player is None:
            raise Refusal("forged")
        if player.kicked:
            raise Refusal("kicked")
        return player

    # Answering

    def check_answer(self, name: str, item: int, round_: int, at: int) -> Player:
        """Whether an answer would be accepted now; returns who gives it.

        Raises Refusal: forged, kicked, late, closed-question or double.
        """
        player = self.known(name)
        paced = self.program.paced
        place, turn = (player.place, 1) if paced else (self.index, self.round)
        if (item, round_) != (place, turn) or self.phase not in (Phase.OPEN, Phase.PACED):
            past = 0 <= item <= place and self.phase is not Phase.LOBBY and (item, round_) <= (place, turn)
            given = (item, round_) in self.answers and name in self.answers[item, round_]
            raise Refusal("double" if given else "late" if past else "closed-question")
        if (self.item is None and not paced) or place >= len(self.program.items):
            raise Refusal("closed-question")
        if isinstance(self.program.items[place], Slide) or self.paused:
            raise Refusal("closed-question")
        if name in self.answers.get((item, round_), {}):
            raise Refusal("double")
        if self.deadline and max(at, self.now) > self.deadline + GRACE_MS:
            raise Refusal("late")
        return player
