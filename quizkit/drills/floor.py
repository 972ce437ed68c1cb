"""A drill in a room without devices, as its acts tell it: whose turn it is, what was said, how hands were raised.

What acts hold in this mode: START `lang`, `people` (ids of those who may be called) and `teams` (by id); NEXT `item`,
and as its player who is called on, '' for nobody; ANSWER as everywhere; HANDS `item`, `card`, `round` and `counts` (how
many for each option, by the author's index); DISCUSS `item`: hands are raised again after it; REVEAL and SKIP `item`;
LEAVE and JOIN: who isn't here, and who is after all; UNDO `number`; END.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from quizkit.drills import calling
from quizkit.drills.answers import fold
from quizkit.drills.calling import Calls
from quizkit.model.drill import Act, ActType

UNDOABLE = (
    ActType.NEXT,
    ActType.ANSWER,
    ActType.HANDS,
    ActType.DISCUSS,
    ActType.REVEAL,
    ActType.LEAVE,
    ActType.JOIN,
    ActType.END,
)


class Floor(NamedTuple):
    """Where a drill stands. `item` is -1 before the first; `called` is '' where nobody is asked in particular.

    `said` holds what became of those who were called on this item, in turn: their score, or None while it is open.
    `hands` are the counts by round, then by the author's index of the option.
    """

    people: Calls
    teams: Calls
    team_of: Mapping[str, str] = {}
    item: int = -1
    called: str = ""
    said: Mapping[str, float | None] = {}
    hands: Mapping[int, Mapping[int, int]] = {}
    round: int = 1
    revealed: bool = False
    ended: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the item in hand has been answered rightly, or its answer shown."""
        return self.revealed or any(score is not None and score >= 1 for score in self.said.values())


def standing(acts: Iterable[Act]) -> list[Act]:
    """The acts without those that were taken back, and without the taking back."""
    acts = list(acts)
    undone = {int(act.data["number"]) for act in acts if act.type is ActType.UNDO}
    return [act for act in acts if act.number not in undone and act.type is not ActType.UNDO]


def floor_of(acts: Iterable[Act], seed: str) -> Floor:
    """Where the acts have brought a drill."""
    floor = Floor(calling.begin((), seed), calling.begin((), seed))
    for act in standing(acts):
        floor = _after(floor, act, seed)
    return floor


def _after(floor: Floor, act: Act, seed: str) -> Floor:
    who = act.player
    match act.type:
        case ActType.START:
            teams = dict(act.data.get("teams", {}))
            return floor._replace(
                people=calling.begin(act.data["people"], seed),
                teams=calling.begin(sorted(set(teams.values())), f"{seed}/teams"),
                team_of=teams,
            )
        case ActType.NEXT:
            return _next(floor, int(act.data["item"]), who)
        case ActType.ANSWER:
            return floor._replace(said={**floor.said, who: act.data["score"]})
        case ActType.LEAVE:
            answered = floor.said.get(who) is not None
            said = {name: score for name, score in floor.said.items() if name != who or answered}
            called = "" if floor.called == who else floor.called
            # Nor was it their team's turn.
            turns = calling.taken_back(floor.teams) if floor.called == who and not answered else floor.teams
            people = calling.left(floor.people, who, answered=answered)
            return floor._replace(people=people, teams=turns, said=said, called=called)
        case ActType.JOIN:
            return floor._replace(people=calling.returned(floor.people, who))
        case ActType.HANDS:
            counts = {int(index): int(n) for index, n in act.data["counts"].items()}
            return floor._replace(hands={**floor.hands, int(act.data.get("round", 1)): counts})
        case ActType.DISCUSS:
            return floor._replace(round=2)
        case ActType.REVEAL:
            return floor._replace(revealed=True)
        case ActType.END:
            return floor._replace(ended=True)
        case _:
            return floor


def _next(floor: Floor, item: int, who: str) -> Floor:
    if item != floor.item:
        floor = floor._replace(item=item, said={}, hands={}, round=1, revealed=False)
    floor = floor._replace(called=who)
    if who in floor.people.counts:
        floor = floor._replace(people=calling.called(floor.people, who), said={**floor.said, who: None})
    if (team := floor.team_of.get(who)) is not None:
        floor = floor._replace(teams=calling.called(floor.teams, team))
    return floor


def next_called(floor: Floor, *, same_item: bool) -> str:
    """Whom to call: somebody of the team whose turn it is, else of all; '' when nobody is left to call.

    On the same item nobody is called twice.
    """
    tried = set(floor.said) if same_item else set[str]()
    free = [who for who in floor.people.here if who not in tried]
    if not floor.team_of:
        return calling.following(floor.people, tried) or ""
    idle = [team for team in floor.teams.counts if not any(floor.team_of.get(who) == team for who in free)]
    team = calling.following(floor.teams, idle)
    others = [who for who in floor.people.counts if floor.team_of.get(who) != team]
    return calling.following(floor.people, {*tried, *others}) or ""


def undoable(acts: Sequence[Act]) -> Act | None:
    """The act that undo takes back: the last that stands and can be."""
    return next((act for act in reversed(standing(acts)) if act.type in UNDOABLE), None)


class Score(NamedTuple):
    """Somebody's points, or a team's: 1 for each right answer, parts of it for what is partly right."""

    name: str
    points: float
    answers: int


def scores_of(acts: Iterable[Act], sides: Mapping[str, str], names: Mapping[str, str]) -> list[Score]:
    """The points of each side, the best first: `sides` says for whom a player scores, `names` what those are called."""
    table = {side: Score(names.get(side, side), 0.0, 0) for side in sides.values()}
    for given in fold(acts).answers:
        if (side := sides.get(given.player)) is not None and given.score is not None:
            old = table[side]
            table[side] = old._replace(points=old.points + given.score, answers=old.answers + 1)
    return sorted(table.values(), key=lambda score: (-score.points, score.answers, score.name))
