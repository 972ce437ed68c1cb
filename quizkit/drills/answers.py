"""The answers of a drill, out of its log: as they stand after corrections, whatever way it was held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from quizkit.drills.marking import EMPTY
from quizkit.drills.skipping import skipped
from quizkit.model.drill import Act, ActType, Mode

GUEST = "guest-"
"""How the ids of players begin who are on no roster."""
FORGOTTEN = "forgotten-"
"""How the ids of players begin who were erased: what they typed is gone, what they picked and their scores stay."""
ROSTERLESS = (GUEST, FORGOTTEN)
"""How the ids of players begin who are nobody's learner."""


class Given(NamedTuple):
    """A player's answer to an item, in a round. `score` is None where nothing is judged (a poll).

    `at` is the moment of the first answer, also where it was corrected since. `values` are texts as displayed, `picked`
    the author's indices of options (see `picks_of`). `number` is the act it stands in, 0 where none was given (see
    `missed`). `event` is the id of its review; `former` are the ids of those it takes the place of. `mark` is what a
    teacher typed off a sheet.
    """

    player: str
    item: int
    round: int
    number: int
    at: int
    card: str
    values: tuple[str, ...]
    picked: tuple[int, ...]
    score: float | None
    outcome: str
    milliseconds: int
    lang: str
    shape: str
    event: str
    former: tuple[str, ...] = ()
    mark: str = ""

    @property
    def is_learners(self) -> bool:
        """Whether somebody with a memory gave it."""
        return bool(self.player) and not self.player.startswith(ROSTERLESS)


def picks_of(given: Given, mode: Mode) -> tuple[int, ...] | None:
    """The options that were picked; None where a teacher has judged what was picked, and it wasn't written down."""
    return given.picked if given.picked or mode is Mode.LIVE or given.mark == EMPTY else None


class Folded(NamedTuple):
    """What a drill's log comes to: the answers that stand, and the ids of events that no answer stands for any more."""

    answers: tuple[Given, ...]
    withdrawn: tuple[str, ...]


def fold(acts: Iterable[Act]) -> Folded:
    """The answers that stand, in the order they were first given.

    A later answer of a player to the same item and round takes the place of the former, at its moment; CALL gives the
    act of that number another score; UNDO takes the act of that number back. Answers to what was skipped don't stand.
    """
    acts = list(acts)
    undone = {int(act.data["number"]) for act in acts if act.type is ActType.UNDO}
    left = skipped(acts)
    calls: dict[int, list[Act]] = {}
    for act in acts:
        if act.type is ActType.CALL:
            calls.setdefault(int(act.data["number"]), []).append(act)
    known: dict[tuple[str, int, int], list[str]] = {}
    standing: dict[tuple[str, int, int], Given] = {}
    for act in acts:
        if act.type is not ActType.ANSWER:
            continue
        given = _given(act)
        key = given.player, given.item, given.round
        ids = known.setdefault(key, [])
        ids.append(given.event)
        own_calls = calls.get(act.number, ())
        ids += [str(call.data.get("event", "")) for call in own_calls]
        if act.number in undone or given.item in left:
            continue
        for call in own_calls:
            if call.number in undone:
                continue
            given = given._replace(
                score=call.data["score"],
                outcome=str(call.data.get("outcome", given.outcome)),
                event=str(call.data.get("event", given.event)),
            )
        first = standing.get(key)
        standing[key] = given if first is None else given._replace(at=first.at)
    found, withdrawn = [], list[str]()
    for key, ids in known.items():
        final = standing.get(key)
        former = tuple(event for event in ids if event and (final is None or event != final.event))
        if final is None:
            withdrawn += former
        else:
            found.append(final._replace(former=former))
    return Folded(tuple(found), tuple(withdrawn))


def _given(act: Act) -> Given:
    data: Mapping[str, Any] = act.data
    score = data.get("score")
    return Given(
        player=act.player,
        item=int(data["item"]),
        round=int(data.get("round", 1)),
        number=act.number,
        at=act.at,
        card=str(data.get("card", "")),
        values=tuple(map(str, data.get("values", ()))),
        picked=tuple(map(int, data.get("picked", ()))),
        score=None if score is None else float(score),
        outcome=str(data.get("outcome", "")),
        milliseconds=int(data.get("ms", 0)),
        lang=str(data.get("lang", "")),
        shape=str(data.get("shape", "")),
        event=str(data.get("event", "")),
        mark=str(data.get("mark", "")),
    )
