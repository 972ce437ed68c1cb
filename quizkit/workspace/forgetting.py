"""Letting go: of what learners remember of a note that is gone, and of a person."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from quizkit.drills.answers import GUEST
from quizkit.drills.players import folded
from quizkit.model import EventType, Origin, Scheduled
from quizkit.workspace.drill_record import DrillRecord, drills
from quizkit.workspace.people import named_in
from quizkit.workspace.workspace import Workspace


def forget_note(workspace: Workspace, note: str) -> int:
    """Reset every learner's memories of a note's cards, all or none; returns how many. The history stays in the log."""
    store = workspace.store
    found = [
        (learner.id, card)
        for learner in store.learners()
        for card in store.cards_of(note)
        if isinstance(store.state(learner.id, card).memory, Scheduled)
    ]
    store.append(*(store.make(EventType.RESET, learner, card, origin=Origin.COMMAND) for learner, card in found))
    return len(found)


class Erased(NamedTuple):
    """What was erased of a person, and what is left: copies of the file made before.

    `clean` says whether the bytes have left the file already, which they can't while another program reads it.
    """

    events: int
    acts: int
    copies: tuple[Path, ...]
    clean: bool


def known_as(workspace: Workspace, who: str) -> tuple[str, ...]:
    """Whom a name or an id stands for: a learner, and the guests of drills who gave themselves that name.

    Raises QuizkitError when it is nobody, or several learners.
    """
    learners = workspace.store.learners()
    names = (who, *(learner.name for learner in learners if learner.id == who))
    guests = _guests(workspace, {folded(name) for name in names})
    if guests and not any(who in learner for learner in learners):
        return guests
    return (workspace.store.learner_id(who), *guests)


def _guests(workspace: Workspace, forms: Set[str]) -> tuple[str, ...]:
    found = [
        player
        for drill in drills(workspace)
        for player, name in named_in(DrillRecord(workspace, drill).acts())
        if player.startswith(GUEST) and (folded(name) in forms or player in forms)
    ]
    return tuple(dict.fromkeys(found))


def forget_people(workspace: Workspace, *ids: str) -> Erased:
    """Erase people's data for good: learners, and guests of drills."""
    from quizkit.store.forgetting import forget_learner

    erased = forget_learner(workspace.store, *ids)
    path = workspace.places.progress
    copies = tuple(sorted(path.parent.glob(f"{path.stem}-*.bak{path.suffix}")))
    return Erased(erased.events, erased.acts, copies, erased.clean)
