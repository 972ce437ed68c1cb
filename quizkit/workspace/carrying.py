"""Carrying out the plan of an import: the media first, then the deck, then what was learnt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quizkit.clock import EPOCH
from quizkit.decks.write import appended, changed, render_deck, replace_file
from quizkit.errors import QuizkitError
from quizkit.formats.item import PastMemory, PastReview
from quizkit.i18n import _
from quizkit.model import DEFAULT_RETENTION, Event, EventType, Origin
from quizkit.store.ids import past_id
from quizkit.workspace.importing import Plan
from quizkit.workspace.workspace import Workspace


class Done(NamedTuple):
    """What an import has done. `memories` counts the cards whose state was taken over: what is known, or suspended."""

    added: int
    changed: int
    media: int
    reviews: int
    memories: int

    @property
    def nothing(self) -> bool:
        """Whether all was here already."""
        return not any(self)


def carry_out(workspace: Workspace, plan: Plan, *, learner: str | None = None, history: bool = True) -> Done:
    """Write a plan: the media first, then the deck, then what was learnt. Raises QuizkitError."""
    for name, place in plan.media.items():
        _put(plan.path.parent / place, plan.parcel.media[name]())
    if plan.added or plan.changes:
        _write_deck(plan)
    taken: list[Event] = []
    if history and (plan.parcel.reviews or plan.parcel.memories):
        workspace.refresh()
        who = workspace.learner(learner)
        taken = workspace.store.take(_events(workspace, plan, who))
    reviews = sum(event.type is EventType.REVIEW for event in taken)
    memories = len({event.card for event in taken if event.type is not EventType.REVIEW})
    return Done(len(plan.added), len(plan.changes), len(plan.media), reviews, memories)


def _write_deck(plan: Plan) -> None:
    if plan.exists:
        data = plan.path.read_bytes()
        data = changed(data, {change.id: change.values for change in plan.changes}, plan.path.name)
        replace_file(plan.path, appended(data, plan.added, plan.path.name))
        return
    _put(plan.path, render_deck({"deck": plan.deck, "title": plan.title}, plan.added).encode())


def _put(path: Path, data: bytes) -> None:
    """Write a file that wasn't there when the import was planned: what has come since stays."""
    if path.exists():
        raise QuizkitError(
            _("{path} is there already.", path=path), _("It came in the meantime. Import the file again.")
        )
    replace_file(path, data)


def _events(workspace: Workspace, plan: Plan, learner: str) -> Iterable[Event]:
    """What another program saw, as events of ours. Their ids come from what they say, so that none comes twice.

    What went out from here comes back as well: a review that is known already is no new one, and a memory tells
    something only where something happened over there, or nothing is known here.
    """
    known = {(card, at) for card, at, *_rest in workspace.store.reviews(learner)}
    seen = {card for card, _at in known}
    fresh: set[str] = set()
    for review in plan.parcel.reviews:
        card = _card(plan.keys, review)
        if card and 1 <= review.rating <= 4 and not _is_known(known, card, review.at):
            fresh.add(card)
            yield _review_event(workspace, review, card, learner)
    for memory in plan.parcel.memories:
        card = _card(plan.keys, memory)
        if card and (card in fresh or card not in seen):
            yield from _memory_events(workspace, memory, card, learner)


MOVED = 20
"""Milliseconds by which a review may have been moved over there, where each moment may stand only once."""


def _is_known(known: AbstractSet[tuple[str, int]], card: str, at: int) -> bool:
    return any((card, at - moved) in known for moved in range(MOVED))


def _card(keys: Mapping[str, str], past: PastReview | PastMemory) -> str:
    return f"{keys[past.key]}/{past.variant}" if past.key in keys else ""


def _review_event(workspace: Workspace, review: PastReview, card: str, learner: str) -> Event:
    return Event(
        id=past_id(review.at, "review", learner, card, str(review.rating)),
        learner=learner,
        type=EventType.REVIEW,
        at=review.at,
        day=workspace.clock.calendar.day_of(review.at),
        card=card,
        rating=review.rating,
        milliseconds=review.milliseconds,
        origin=Origin.IMPORT,
        retention=DEFAULT_RETENTION,
        interval=max(review.interval, 0),
    )


def _memory_events(workspace: Workspace, memory: PastMemory, card: str, learner: str) -> Iterable[Event]:
    """The memory itself, a moment after the last review; and that the card is suspended."""
    day = workspace.clock.calendar.day_of(memory.at)
    at = memory.at + 1
    if memory.stability > 0:
        due = (date.fromisoformat(memory.due) - EPOCH).days if memory.due else day
        told = [memory.stability, memory.difficulty, due, memory.reps, memory.lapses, day]
        target = json.dumps(told)
        yield Event(
            id=past_id(at, "memory", learner, card, target),
            learner=learner,
            type=EventType.MEMORY,
            at=at,
            day=day,
            card=card,
            origin=Origin.IMPORT,
            target=target,
        )
    if memory.suspended:
        yield Event(
            id=past_id(at, "suspend", learner, card),
            learner=learner,
            type=EventType.SUSPEND,
            at=at,
            day=day,
            card=card,
            origin=Origin.IMPORT,
        )
