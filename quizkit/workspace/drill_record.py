"""The record of a drill: every act is on the disk before anybody hears of it, every answer becomes a review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from quizkit.drills import program as programs
from quizkit.drills.answers import Given, fold
from quizkit.drills.missing import missed
from quizkit.drills.rating import guess_rate, rating_of_drill
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.memory.fsrs import recall
from quizkit.model import DEFAULT_RETENTION, Asking, Event, EventType, Origin, Outcome, Rating, Scheduled, Shape
from quizkit.model.drill import Act, ActType, Drill, Mode, Program
from quizkit.store import drills as kept

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace


class DrillRecord:
    """A drill in the progress file: what happened, act by act. Every act is committed when `log` returns."""

    def __init__(self, workspace: Workspace, drill: Drill) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self.drill = drill
        self._acts = kept.acts(self._store, drill.id)

    @property
    def id(self) -> str:
        """The drill's id, a UUIDv7."""
        return self.drill.id

    @property
    def mode(self) -> Mode:
        """The way it is held."""
        return self.drill.mode

    @property
    def program(self) -> Program:
        """What it asks, and how."""
        return self.drill.program

    @classmethod
    def begin(cls, workspace: Workspace, program: Program, mode: Mode, drill_id: str = "") -> DrillRecord:
        """Begin a drill, under an id of `store.new_id` where it has one already."""
        store = workspace.store
        row = kept.DrillRow(
            drill_id or store.new_id(), mode, workspace.clock.now(), program.classroom, programs.to_plain(program), True
        )
        kept.begin(store, row)
        return cls(workspace, _drill(row))

    @classmethod
    def find(cls, workspace: Workspace, drill_id: str | None = None, *, mode: Mode | None = None) -> DrillRecord:
        """The drill of that id, the beginning of an id, or the name of its program; the latest when none is named.

        Raises QuizkitError when there is none.
        """
        held = [drill for drill in drills(workspace) if mode is None or drill.mode is mode]
        if not held:
            raise QuizkitError(
                _("No drill has been held here yet."),
                _("Hold one: quizkit drill host CLASS, drill run, or drill print"),
            )
        if drill_id is None:
            return cls(workspace, held[-1])
        exact = [drill for drill in held if drill.id == drill_id or drill.program.name == drill_id]
        found = exact or [drill for drill in held if drill.id.startswith(drill_id)]
        if not found:
            latest = ", ".join(drill.program.name or drill.id for drill in held[-5:])
            raise QuizkitError(_("There is no drill {id}.", id=drill_id), _("The latest: {drills}.", drills=latest))
        return cls(workspace, found[-1])

    def log(self, type_: ActType, player: str = "", *, at: int | None = None, **data: Any) -> Act:
        """Add an act, of this moment unless told otherwise."""
        return self.log_many([(type_, player, self._workspace.clock.now() if at is None else at, data)])[0]

    def log_many(self, acts: Sequence[tuple[ActType, str, int, Mapping[str, Any]]]) -> list[Act]:
        """Add several acts in one commit: type, player, moment, data.

        Raises QuizkitError when another program holds the same drill.
        """
        first = self._acts[-1].number + 1 if self._acts else 1
        made = [Act(number, at, type_, player, data) for number, (type_, player, at, data) in enumerate(acts, first)]
        kept.append(self._store, self.id, made)
        self._acts += made
        return made

    def acts(self) -> list[Act]:
        """All acts so far, in order."""
        return list(self._acts)

    def new_event_id(self) -> str:
        """The id that the review of an answer will have in the learner's log."""
        return self._store.new_id()

    def settle(self) -> int:
        """Bring the learners' logs in step with the answers; returns how many events are new.

        An answer in the first round moves the memory; a second vote is practice. May be called at any time, and again.
        """
        # As they are kept: somebody may have been erased since, and another quizkit may hold the drill.
        acts = kept.acts(self._store, self.id)
        folded = fold(acts)
        withdrawn = ((None, (event,)) for event in folded.withdrawn)
        # One after the other: what an answer is worth depends on the memory that those before it have made.
        wanted = ((self._event(given), given.former) for given in folded.answers if given.is_learners)
        added = self._store.settle(chain(withdrawn, wanted))
        kept.mark_settled(self._store, self.id, acts[-1].number if acts else 0)
        self.drill = self.drill._replace(settled=True)
        return added

    def _event(self, given: Given) -> Event | None:
        if not given.card or given.score is None or not given.event:
            return None
        fields: dict[str, Any] = {
            "score": given.score,
            "response": json.dumps(given.values, ensure_ascii=False),
            "shape": given.shape,
            "lang": given.lang,
            "milliseconds": given.milliseconds,
            "origin": Origin.DRILL,
            "target": self.id,
        }
        type_ = EventType.PRACTICE
        if given.round == 1:
            type_ = EventType.REVIEW
            fields |= {"rating": int(self._rating(given)), "retention": self._retention(given.card)}
        event = self._store.make(type_, given.player, given.card, at=given.at, **fields)
        return event._replace(id=given.event)

    def _rating(self, given: Given) -> Rating:
        card, guess = self._workspace.find_card(given.card), 0.0
        if card is not None:
            asked = card.task.ask(Asking(card.key, (given.lang or "en", *self._workspace.langs)))
            guess = guess_rate(Shape(given.shape), len(asked.options), len(asked.lefts))
        # Settled late or again, the log may hold later reviews, and those that stood for the answer before.
        place = given.at, given.event
        state = self._store.state_before(given.player, given.card, place, without=given.former)
        memory, day = state.memory, self._workspace.clock.calendar.day_of(given.at)
        known = recall(memory.stability, day - memory.last_day) if isinstance(memory, Scheduled) else None
        outcome = Outcome(given.outcome) if given.outcome else Outcome.SELF
        score = 0.0 if given.score is None else given.score
        return rating_of_drill(score, outcome, guess, known)

    def _retention(self, card: str) -> float:
        found = self._workspace.find_card(card)
        return self._workspace.retention(found.note.deck) if found else DEFAULT_RETENTION


def drills(workspace: Workspace, *, classroom: str | None = None) -> list[Drill]:
    """All drills (of a class), the oldest first."""
    rows = kept.drills(workspace.store)
    return [_drill(row) for row in rows if classroom is None or row.classroom == classroom]


def latest_answered(workspace: Workspace) -> str | None:
    """The id of the latest drill in which somebody has answered or raised a hand; None when there is none."""
    for drill in reversed(drills(workspace)):
        acts = kept.acts(workspace.store, drill.id)
        if fold(acts).answers or any(act.type is ActType.HANDS for act in acts):
            return drill.id
    return None


def settle_all(workspace: Workspace) -> int:
    """Settle every drill that isn't, such as one whose host was killed; returns how many events are new."""
    return sum(DrillRecord(workspace, drill).settle() for drill in drills(workspace) if not drill.settled)


def answers(workspace: Workspace, held: Sequence[Drill]) -> Iterator[tuple[Drill, Given]]:
    """The answers of these drills that count in figures: those that stand, and those that were missed."""
    for drill in held:
        acts = kept.acts(workspace.store, drill.id)
        for given in (*fold(acts).answers, *missed(drill, acts)):
            yield drill, given


def _drill(row: kept.DrillRow) -> Drill:
    return Drill(row.id, row.mode, row.at, programs.from_plain(row.program), row.settled)
