"""Whatever people, the host and the clock do, in whatever order: nobody gets points for nothing, twice or too late,
and the acts that were accepted lead to the same room again."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizkit.drills.answers import fold
from quizkit.drills.missing import missed
from quizkit.drills.players import Refusal
from quizkit.drills.points import FULL, MOST_SPEED, MOST_STREAK, is_right, ranked
from quizkit.drills.room import Room
from quizkit.drills.scene import GRACE_MS, Phase
from quizkit.drills.skipping import skipped
from quizkit.model import LocalText
from quizkit.model.drill import Act, ActType, CardItem, Mode, Poll, Program, Scoring, Slide, Student
from quizkit.model.drill import Drill as Held

ITEMS = st.sampled_from(
    [
        CardItem("tea/plant/main"),
        CardItem("tea/steps/main", seconds=5),
        Poll(LocalText.plain("?"), (LocalText.plain("a"), LocalText.plain("b"))),
        Slide(LocalText.plain("Listen.")),
    ]
)
ROSTER = (Student("aki", "Aki"), Student("bo", "Bo"))
PEOPLE = st.sampled_from(["aki", "bo", "guest-1", "guest-2"])
NAMES = {"aki": "Aki", "bo": "Bo", "guest-1": "Cy", "guest-2": "Di"}
HOST = st.sampled_from(
    [
        ActType.START,
        ActType.NEXT,
        ActType.CLOSE,
        ActType.DISCUSS,
        ActType.REVOTE,
        ActType.REVEAL,
        ActType.PAUSE,
        ActType.RESUME,
        ActType.SKIP,
        ActType.LOCK,
        ActType.UNLOCK,
    ]
)


class Drill(RuleBasedStateMachine):
    """Acts in any order; what is refused must change nothing."""

    @initialize(
        items=st.lists(ITEMS, min_size=1, max_size=4),
        paced=st.booleans(),
        seconds=st.sampled_from([0, 10]),
        teams=st.sampled_from([(), ("Red", "Blue")]),
        open_=st.booleans(),
        early=st.sets(PEOPLE, min_size=1),
        scoring=st.builds(Scoring, st.booleans(), st.booleans()),
    )
    def begin(self, items, paced, seconds, teams, open_, early, scoring):
        self.program = Program("p", tuple(items), seconds=seconds, paced=paced, minutes=1, teams=teams, scoring=scoring)
        self.open = open_
        self.room = Room(self.program, ROSTER, open_=open_)
        self.accepted: list[Act] = []
        self.now = 1_000
        self.furthest = -1
        for who in sorted(early):
            self.do(ActType.JOIN, who, name=NAMES[who], lang="en")
        self.do(ActType.START)

    def do(self, type_: ActType, player: str = "", **data: Any) -> bool:
        act = Act(len(self.accepted) + 1, self.now, type_, player, data)
        before = json.dumps(self.room.state())
        try:
            self.room.apply(act)
        except Refusal:
            assert json.dumps(self.room.state()) == before
            return False
        self.accepted.append(act)
        return True

    @rule(ms=st.sampled_from([1, 500, 3_000, 11_000, 61_000, -2_000]), watched=st.booleans())
    def time_passes(self, ms, watched):
        self.now += ms
        # Answers may come before anybody has looked at the clock.
        if watched and (due := self.room.due(self.now)):
            assert self.do(due)

    @rule(who=PEOPLE, other=st.sampled_from([None] * 4 + ["", "Aki"]), team=st.sampled_from(["", "Blue", "Green"]))
    def join(self, who, other, team):
        name = NAMES[who] if other is None else other
        locked, known = self.room.locked, who in [player.id for player in self.room.present()]
        came = self.do(ActType.JOIN, who, name=name, team=team, lang="en")
        assert not (came and locked and not known)

    @rule(who=PEOPLE)
    def drop(self, who):
        self.do(ActType.LEAVE, who)

    @rule(who=PEOPLE, really=st.sampled_from([True, False, False]))
    def kick(self, who, really):
        if really and self.do(ActType.KICK, player=who):
            assert who not in self.room.totals()

    @rule(who=PEOPLE, name=st.sampled_from(["Cy", "Ed", " "]))
    def rename(self, who, name):
        self.do(ActType.RENAME, player=who, name=name)

    @rule(action=HOST)
    def host(self, action):
        phase, index = self.room.phase, self.room.index
        if self.do(action):
            assert self.room.index >= index
            assert phase is not Phase.ENDED or action in (ActType.LOCK, ActType.UNLOCK)

    @rule(really=st.sampled_from([True, False, False, False]))
    def end(self, really):
        if really and self.room.phase is not Phase.ENDED:
            assert self.do(ActType.END)

    @rule()
    def skip(self):
        points = self.room.totals()
        if self.do(ActType.SKIP):
            assert self.room.totals() == points

    @rule()
    def go_on(self):
        following = self.room.following()
        assert following is None or self.do(following), "the host is never offered what is refused"

    @rule(seconds=st.integers(-5, 90))
    def extend(self, seconds):
        self.do(ActType.EXTEND, seconds=seconds)

    @rule(who=PEOPLE)
    def own_next(self, who):
        self.do(ActType.NEXT, who)

    @rule(
        turn=st.integers(0, 3),
        ahead=st.sampled_from([0, 0, 0, 0, -1, 1]),
        round_=st.sampled_from([0, 0, 0, 1]),
        score=st.sampled_from([0.0, 0.4, 1.0]),
    )
    def answer(self, turn, ahead, round_, score):
        room = self.room
        # Mostly somebody who is there.
        there = list(room.players) or ["aki"]
        who = there[turn % len(there)] if turn else "guest-2"
        place = room.players[who].place if room.phase is Phase.PACED and who in room.players else room.index
        item, vote = place + ahead, (room.round if room.phase is not Phase.PACED else 1) + round_
        known = who in room.players
        ms = room.elapsed(who, self.now) if known else 0
        judged = (
            score if 0 <= item < len(self.program.items) and isinstance(self.program.items[item], CardItem) else None
        )
        data = {"item": item, "round": vote, "values": [], "picked": [], "score": judged, "outcome": "", "ms": ms}
        late = bool(room.deadline) and max(self.now, room.now) > room.deadline + GRACE_MS and not room.paused
        points = room.totals()
        if self.do(ActType.ANSWER, who, **data):
            assert known
            assert not late
            assert ahead == 0
            assert round_ == 0
            assert not room.paused
            assert room.phase is Phase.PACED or room.totals() == points, "points show what is right"
            assert not self.do(ActType.ANSWER, who, **data), "an answer is taken once"

    @rule(turn=st.integers(0, 3))
    def answer_too_late(self, turn):
        room = self.room
        if room.phase in (Phase.OPEN, Phase.PACED) and room.deadline and not room.paused and room.players:
            self.now = max(self.now, room.deadline + GRACE_MS + 1)
            who = list(room.players)[turn % len(room.players)]
            item, vote = (room.index, room.round) if room.phase is Phase.OPEN else (room.players[who].place, 1)
            data = {"item": item, "round": vote, "values": [], "picked": [], "score": 1.0, "outcome": "", "ms": 0}
            assert not self.do(ActType.ANSWER, who, **data)

    @invariant()
    def members(self):
        room = self.room
        present = room.present()
        assert all(not player.connected for player in room.players.values() if player.kicked)
        if not self.open:
            assert {player.id for player in present} <= {"aki", "bo"}
        assert {who.id for who in room.absent()} == {"aki", "bo"} - {player.id for player in present}
        assert all(player.team in (self.program.teams or ("",)) for player in present)

    @invariant()
    def scores(self):
        room = self.room
        most = FULL + MOST_SPEED + MOST_STREAK
        for player in room.players.values():
            assert player.points == sum(player.won.values())
            for item, won in player.won.items():
                answer = room.last_answer(player.id, item)
                assert 0 <= won <= most
                assert (won >= FULL) == (answer is not None and answer.score is not None and is_right(answer.score))
                assert item not in room.skipped
        for (item, round_), given in room.answers.items():
            assert set(given) <= set(room.players)
            assert len(room.answered(item, round_)) <= len(room.present())

    @invariant()
    def order(self):
        room = self.room
        assert room.index >= self.furthest
        self.furthest = room.index
        standings = ranked(room.totals())
        points = [at.points for at in standings]
        assert points == sorted(points, reverse=True)
        assert all(at.rank == 1 + sum(other > at.points for other in points) for at in standings)
        assert room.left_ms(self.now) is None or room.left_ms(self.now) >= 0

    @invariant()
    def nothing_shows_early(self):
        room = self.room
        if room.phase in (Phase.OPEN, Phase.CLOSED, Phase.DISCUSS):
            assert all(room.index not in player.won for player in room.players.values())

    @invariant()
    def what_is_skipped_is_told_by_the_acts(self):
        """A report has the acts alone: no answer stands that the room gives nobody points for."""
        assert skipped(self.accepted) == self.room.skipped
        assert not {given.item for given in fold(self.accepted).answers} & self.room.skipped

    @invariant()
    def whoever_misses_a_question_got_nothing_for_it(self):
        room = self.room
        found = missed(Held("d", Mode.LIVE, 0, self.program), self.accepted)
        assert len({(given.player, given.item) for given in found}) == len(found)
        for given in found:
            assert isinstance(self.program.items[given.item], CardItem)
            assert not self.program.paced
            assert given.item not in room.skipped
            assert given.player not in room.answers.get((given.item, 1), {})
            assert (given.item, 2) in room.answers or not room.players[given.player].won.get(given.item)

    @invariant()
    def replays(self):
        again = Room(self.program, ROSTER, open_=self.open)
        for act in self.accepted:
            again.apply(act)
        assert json.dumps(again.state()) == json.dumps(self.room.state())
        assert again.seal() == self.room.seal()


TestDrill = Drill.TestCase
TestDrill.settings = settings(max_examples=120, stateful_step_count=40)
