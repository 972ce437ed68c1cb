"""Going through the log of a drill once more: do the same acts lead to the same points?"""

from __future__ import annotations

from typing import NamedTuple

from quizkit.drills.answers import FORGOTTEN
from quizkit.drills.players import Refusal
from quizkit.drills.room import Room
from quizkit.errors import QuizkitError
from quizkit.live.material import Material
from quizkit.live.tokens import Tokens
from quizkit.model.drill import ActType, Poll, Program
from quizkit.workspace import Workspace
from quizkit.workspace.drill_record import DrillRecord
from quizkit.workspace.people import Called, called_by


class Replay(NamedTuple):
    """What a replay found.

    `differences` are sentences: none when the log leads to the points that were shown. `rejudged` counts the answers
    that the decks of today judge again, `unjudged` those whose cards are gone or changed, and `otherwise` says which
    are judged otherwise today.
    """

    drill: str
    acts: int
    answers: int
    rejudged: int
    unjudged: int
    points: dict[str, int]
    differences: tuple[str, ...]
    otherwise: tuple[str, ...]


def replay(workspace: Workspace, record: DrillRecord, *, names: bool = False) -> Replay:
    """Apply every act again, compare the points with those that were shown, and judge every answer again.

    Players have pseudonyms unless `names`.
    """
    program = record.program
    room = Room(program)
    room.trusting = True
    judge = _Judge(workspace, record)
    found: list[str] = []
    otherwise: list[str] = []
    acts = record.acts()
    call = called_by(workspace, names=names, acts=acts)
    for act in acts:
        try:
            room.apply(act)
        except Refusal as refusal:
            found.append(f"act {act.number} ({act.type.value}) is refused now: {refusal.code}")
            continue
        if act.type is ActType.ANSWER and (told := judge.differs(room, act.player, act.data)):
            otherwise.append(f"act {act.number}: {told}")
        seal = act.data.get("seal")
        if seal is not None and seal != room.seal():
            found.append(f"act {act.number}: other points than were shown at this reveal")
        points = act.data.get("points")
        if isinstance(points, dict) and points != room.totals():
            found.append(f"act {act.number}: {_compared(points, room.totals(), call)}")
    answers = sum(act.type is ActType.ANSWER for act in acts)
    totals = {call(player): points for player, points in room.totals().items()}
    return Replay(record.id, len(acts), answers, judge.count, judge.unknown, totals, tuple(found), tuple(otherwise))


def _compared(then: dict[str, int], now: dict[str, int], call: Called) -> str:
    players = [player for player in dict.fromkeys([*then, *now]) if then.get(player) != now.get(player)]
    return "; ".join(f"{call(player)} had {then.get(player)}, has {now.get(player)}" for player in players)


class _Judge:
    """Judges answers again, as far as their cards are still what they were."""

    def __init__(self, workspace: Workspace, record: DrillRecord) -> None:
        self.count = self.unknown = 0
        self._program: Program = record.program
        self._materials: dict[int, Material | None] = {}
        self._workspace = workspace
        self._id = record.id

    def differs(self, room: Room, player: str, data: object) -> str:
        """What is different about an answer now, '' when nothing is."""
        assert isinstance(data, dict)
        index = data["item"]
        item = self._program.items[index]
        if isinstance(item, Poll) or data.get("score") is None:
            return ""
        if player.startswith(FORGOTTEN) and not data["picked"]:
            self.unknown += 1
            return ""
        material = self._material(index)
        answer = room.answers[index, data["round"]][player]
        try:
            if material is None:
                raise QuizkitError("")
            verdict = material.judged_again(index, answer).verdict
        except (QuizkitError, IndexError):
            self.unknown += 1
            return ""
        self.count += 1
        if verdict.score != answer.score or verdict.outcome.value != answer.outcome:
            return f"judged {answer.outcome} ({answer.score}) then, {verdict.outcome.value} ({verdict.score}) now"
        return ""

    def _material(self, index: int) -> Material | None:
        if index not in self._materials:
            # One by one: a card that is gone must not hide the others.
            try:
                self._materials[index] = Material(
                    self._workspace, self._id, self._program.items, Tokens(""), only=index
                )
            except QuizkitError:
                self._materials[index] = None
        return self._materials[index]
