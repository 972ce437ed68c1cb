"""The answers that weren't given in a live drill, by those who could have."""

from __future__ import annotations

from typing import Any

from quizkit.drills.missing import missed
from quizkit.drills.room import Room
from quizkit.model import LocalText
from quizkit.model.drill import Act, ActType, CardItem, Drill, Mode, Poll, Program, Slide

ITEMS = (
    CardItem("d/one/main"),
    CardItem("d/two/main"),
    Poll(LocalText.plain("?"), (LocalText.plain("a"), LocalText.plain("b"))),
    Slide(LocalText.plain("Listen.")),
    CardItem("d/three/main"),
)


class Log:
    """Acts that a room has accepted, a second apart."""

    def __init__(self, *names: str, **program: Any) -> None:
        self.program = Program("p", ITEMS, **program)
        self.room = Room(self.program)
        self.acts: list[Act] = []
        for name in names:
            self.join(name)
        self.do(ActType.START)

    def do(self, *types: ActType, who: str = "", **data: Any) -> None:
        for type_ in types:
            act = Act(len(self.acts) + 1, 1000 * (len(self.acts) + 1), type_, who, data)
            self.room.apply(act)
            self.acts.append(act)

    def join(self, name: str) -> None:
        self.do(ActType.JOIN, who=name, name=name.title())

    def answer(self, *names: str, item: int = 0, round_: int = 1) -> None:
        for name in names:
            told = {"values": ["x"], "picked": [1], "score": 1.0, "shape": "pick-one", "ms": 0}
            self.do(ActType.ANSWER, who=name, item=item, round=round_, **told)

    def missed(self, mode: Mode = Mode.LIVE) -> list[tuple[str, int]]:
        return [(given.player, given.item) for given in missed(Drill("d", mode, 0, self.program), self.acts)]


def test_whoever_was_there_and_said_nothing_has_it_wrong() -> None:
    """As on the board; with nothing picked, at the moment when the time was up. Nobody misses a poll or a slide."""
    log = Log("aki", "bo")
    log.answer("aki")
    log.do(ActType.CLOSE, ActType.REVEAL, ActType.NEXT)
    log.answer("bo", item=1)
    log.do(ActType.REVEAL, ActType.NEXT, ActType.CLOSE, ActType.NEXT, ActType.NEXT)
    log.answer("aki", "bo", item=4)
    log.do(ActType.REVEAL, ActType.END)
    assert log.missed() == [("bo", 0), ("aki", 1)]
    first = missed(Drill("d", Mode.LIVE, 0, log.program), log.acts)[0]
    assert (first.card, first.score, first.picked, first.shape) == ("d/one/main", 0.0, (), "pick-one")
    assert (first.at, first.round, first.event, first.milliseconds) == (5000, 1, "", 0)
    assert log.missed(Mode.RUN) == []


def test_who_lost_the_line_is_counted_for_what_they_had_before_them() -> None:
    """Cy's line is lost while the first question is open, Di's before; Ed comes in late, Fay when it is over."""
    log = Log("aki")
    log.answer("aki")
    log.do(ActType.REVEAL, ActType.NEXT)
    log.join("cy")
    log.join("di")
    log.answer("aki", item=1)
    log.do(ActType.LEAVE, who="cy")
    log.do(ActType.REVEAL)
    log.do(ActType.LEAVE, who="di")
    log.join("ed")
    log.do(ActType.NEXT, ActType.CLOSE, ActType.NEXT, ActType.NEXT)
    log.join("fay")
    log.do(ActType.CLOSE)
    log.join("gus")
    log.do(ActType.REVEAL, ActType.END)
    assert log.missed() == [("cy", 1), ("di", 1), ("aki", 4), ("ed", 4), ("fay", 4)]


def test_a_second_vote_makes_no_first() -> None:
    """Who was silent before the discussion was wrong then; who came for the second vote alone missed no first."""
    log = Log("aki", "bo")
    log.answer("aki")
    log.do(ActType.CLOSE, ActType.DISCUSS)
    log.join("cy")
    log.do(ActType.REVOTE)
    log.answer("aki", "bo", round_=2)
    log.do(ActType.REVEAL)
    assert log.missed() == [("bo", 0)]


def test_nobody_misses_what_was_not_asked_to_its_end() -> None:
    """What was skipped, open or closed; what was open when the drill ended; what somebody sent out didn't say."""
    log = Log("aki", "bo", "troll")
    log.do(ActType.CLOSE, ActType.SKIP)
    log.answer("aki", item=1)
    log.do(ActType.CLOSE)
    log.do(ActType.KICK, player="troll")
    log.do(ActType.REVEAL, ActType.NEXT, ActType.CLOSE, ActType.NEXT, ActType.NEXT)
    log.answer("aki", item=4)
    log.do(ActType.END)
    assert log.missed() == [("bo", 1)]


def test_time_that_is_given_more_of_is_not_up() -> None:
    log = Log("aki", seconds=10)
    log.do(ActType.CLOSE)
    assert log.missed() == [("aki", 0)]
    log.do(ActType.EXTEND, seconds=15)
    assert log.missed() == []
    log.answer("aki")
    log.do(ActType.REVEAL)
    assert log.missed() == []


def test_at_their_own_speed_all_come_as_far_as_they_come() -> None:
    log = Log("aki", "bo", paced=True)
    log.answer("aki")
    log.do(ActType.END)
    assert log.missed() == []
