"""The answers that weren't given in a live drill, by those who could have: figures count them, as the board does."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.drills.answers import Given
from quizkit.drills.players import Refusal
from quizkit.drills.room import Room
from quizkit.drills.scene import Phase
from quizkit.model import Outcome
from quizkit.model.drill import Act, ActType, CardItem, Drill, Mode

_FIRST = 1


def missed(drill: Drill, acts: Sequence[Act]) -> list[Given]:
    """An answer without points, in the first round, for each that wasn't given.

    Of everybody who was connected at any time while a question was open, whether they stayed or not, but for those who
    were sent out. Nobody misses a question that was skipped, or one that was open when the drill ended: the time wasn't
    up. Nor does anybody where all go at their own speed, and come as far as they come.
    """
    if drill.mode is not Mode.LIVE:
        return []
    room = Room(drill.program)
    room.trusting = True
    there: dict[int, set[str]] = {}
    closed: dict[int, int] = {}
    for act in acts:
        before = room.phase, room.index, room.round
        try:
            room.apply(act)
        except Refusal:
            continue
        if (room.phase, room.round) == (Phase.OPEN, _FIRST) and isinstance(room.item, CardItem):
            came = {act.player} if act.type is ActType.JOIN else set()
            if before != (Phase.OPEN, room.index, _FIRST):
                came = {player.id for player in room.present() if player.connected}
                closed.pop(room.index, None)
            there.setdefault(room.index, set()).update(came)
        elif before[0] is Phase.OPEN and before[2] == _FIRST and act.type is not ActType.END:
            closed[before[1]] = act.at
    given = [(int(act.data["item"]), act) for act in acts if act.type is ActType.ANSWER]
    answered = {(item, act.player) for item, act in given if act.data.get("round", _FIRST) == _FIRST}
    shapes = {item: str(act.data.get("shape", "")) for item, act in given}
    return [
        _nothing(room, player, item, at, shapes.get(item, ""))
        for item, at in closed.items()
        if item in there and item not in room.skipped
        for player in sorted(there[item])
        if (item, player) not in answered and not room.players[player].kicked
    ]


def _nothing(room: Room, player: str, item: int, at: int, shape: str) -> Given:
    asked = room.program.items[item]
    assert isinstance(asked, CardItem)
    lang = room.players[player].lang
    return Given(player, item, _FIRST, 0, at, asked.card, (), (), 0.0, Outcome.WRONG.value, 0, lang, shape, "")
