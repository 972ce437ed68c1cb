"""Letting go of what learners remember of a note that is gone."""

from __future__ import annotations

from quizkit.model import EventType, Origin, Scheduled
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
