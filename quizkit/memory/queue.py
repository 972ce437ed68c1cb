"""What to ask today, in which order: a pure choice among candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from quizkit.dice import shuffle

DEFAULT_NEW_PER_DAY = 10
DEFAULT_REVIEWS_PER_DAY = 200


class Due(NamedTuple):
    """A card that waits for its review. `retrievability` is the estimate for today."""

    card: str
    note: str
    deck: str
    due_day: int
    due_at: int
    retrievability: float
    confuses: str = ""


class Fresh(NamedTuple):
    """A card never seen. `after` and `confuses` are note keys parted by spaces."""

    card: str
    note: str
    deck: str
    position: int
    after: str = ""
    confuses: str = ""


class Order(StrEnum):
    """How reviews are ordered."""

    DUE = "due"
    RANDOM = "random"
    DECK = "deck"
    WEAKEST = "weakest"


class Spacing:
    """Keeps siblings, and notes that are easily confused, on different days."""

    def __init__(self, touched: Iterable[str]) -> None:
        self._notes = set(touched)

    def take(self, note: str, confuses: str = "") -> bool:
        """Whether the note may be asked today; if so it counts as asked."""
        if note in self._notes or any(other in self._notes for other in confuses.split()):
            return False
        self._notes.add(note)
        return True


def choose_reviews(due: Sequence[Due], spacing: Spacing, limit: int, order: Order, seed: str) -> list[str]:
    """Up to `limit` reviews, at most one of a note, in the order asked for."""
    chosen = [row for row in _ordered(due, order, seed) if spacing.take(row.note, row.confuses)]
    return [row.card for row in chosen[:limit]]


def _ordered(due: Sequence[Due], order: Order, seed: str) -> Sequence[Due]:
    match order:
        case Order.WEAKEST:
            return sorted(due, key=lambda row: (row.retrievability, row.card))
        case Order.DECK:
            return sorted(due, key=lambda row: (row.deck, row.due_day, row.card))
        case Order.RANDOM:
            return shuffle(due, seed)
        case Order.DUE:
            return sorted(due, key=lambda row: (row.due_day, row.retrievability, row.card))


def choose_new(fresh: Iterable[Fresh], spacing: Spacing, limit: int, learnt: Callable[[str], bool]) -> list[str]:
    """Up to `limit` new cards in the author's order, at most one of a note.

    A note waits until all that it builds on is `learnt`; look-alikes wait for another day.
    """
    chosen: list[str] = []
    if limit <= 0:
        return chosen
    for row in fresh:
        if all(map(learnt, row.after.split())) and spacing.take(row.note, row.confuses):
            chosen.append(row.card)
            if len(chosen) == limit:
                break
    return chosen
