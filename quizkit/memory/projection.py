"""From the log of a learner and a card to what is known about the two: a pure replay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from operator import attrgetter

from quizkit.memory.fsrs import replay, review
from quizkit.model import BLANK, NEW, CardState, EventType, Happening, New, Phase, Rating, Scheduled, Told

UNDOABLE = frozenset(
    (
        EventType.REVIEW,
        EventType.PRACTICE,
        EventType.SUSPEND,
        EventType.RESUME,
        EventType.BURY,
        EventType.RESET,
        EventType.FLAG,
        EventType.UNFLAG,
    )
)
"""What an UNDO can take back."""


def project(events: Iterable[Happening]) -> CardState:
    """What all events of one learner and one card amount to, whatever order they come in.

    An event that an UNDO among them takes back counts as never having happened.
    """
    ordered = sorted(events, key=_moment)
    undone = {event.target for event in ordered if event.type == _UNDO}
    state, reviews = BLANK, list[Happening]()
    for event in ordered:
        if event.id in undone:
            continue
        if event.type == _REVIEW:
            reviews.append(event)
            continue
        if event.type in (EventType.RESET, EventType.MEMORY):
            reviews.clear()
        state = apply(state, event)
    if not reviews:
        return state
    if isinstance(state.memory, New):
        # Nothing but what forgets them comes between reviews, so that they can be replayed in one go.
        return state._replace(memory=replay(reviews))
    return reduce(apply, reviews, state)


def apply(state: CardState, event: Happening) -> CardState:
    """The state after one more event. An UNDO can't be applied: `project` all events instead."""
    match event.type:
        case EventType.REVIEW:
            memory, _ = review(
                state.memory,
                Rating(event.rating),
                event.at,
                event.day,
                key=event.card,
                retention=event.retention,
                interval=event.interval,
            )
            return CardState(memory, state.suspended, state.buried_until, state.flagged)
        case EventType.SUSPEND:
            return state._replace(suspended=True)
        case EventType.RESUME:
            return state._replace(suspended=False, buried_until=0)
        case EventType.BURY:
            return state._replace(buried_until=event.until)
        case EventType.RESET:
            return state._replace(memory=NEW, buried_until=0)
        case EventType.MEMORY:
            return state._replace(memory=_told(event))
        case EventType.FLAG:
            return state._replace(flagged=True)
        case EventType.UNFLAG:
            return state._replace(flagged=False)
        case _:
            return state


def _told(event: Happening) -> Scheduled:
    """The memory in review that another program had, last seen when the event happened."""
    told = Told(*json.loads(event.target))
    return Scheduled(
        Phase.REVIEW,
        0,
        told.stability,
        told.difficulty,
        told.due_day,
        0,
        event.at,
        event.day,
        told.reps,
        told.lapses,
        told.first_day,
    )


def extends(last: tuple[int, str] | None, event: Happening) -> bool:
    """Whether applying the event to the present state is the same as replaying everything.

    `last` is the (at, id) of the latest event of that learner and card.
    """
    if event.type in (EventType.UNDO, EventType.RENAME):
        return False
    return last is None or last < (event.at, event.id)


_REVIEW, _UNDO = EventType.REVIEW, EventType.UNDO
_moment = attrgetter("at", "id")
