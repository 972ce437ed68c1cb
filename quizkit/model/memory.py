"""What is known about a learner's memory of a card."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

LEECH_LAPSES = 8


class Phase(StrEnum):
    """Where a card stands between new and known, in FSRS's terms."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class New:
    """Never reviewed (or reset since)."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, New)

    def __hash__(self) -> int:
        return hash(New)

    def __repr__(self) -> str:
        return "New()"


class Scheduled(NamedTuple):
    """Reviewed at least once.

    `stability` in days, `difficulty` from 1 to 10 (FSRS). A card in learning or relearning is due at the moment
    `due_at`, a card in review on the study day `due_day`; both are always set, `due_at` to 0 in review.
    `first_day` is the study day of the first review.
    """

    phase: Phase
    step: int
    stability: float
    difficulty: float
    due_day: int
    due_at: int
    last_at: int
    last_day: int
    reps: int
    lapses: int
    first_day: int = 0


class Told(NamedTuple):
    """A memory in review as another program knows it: stability in days, difficulty from 1 to 10, the study day due."""

    stability: float
    difficulty: float
    due_day: int
    reps: int
    lapses: int
    first_day: int


MemoryState = New | Scheduled
NEW = New()


class CardState(NamedTuple):
    """A learner's relation to a card: the memory, and what the learner decided about it.

    `buried_until` is the study day from which the card is asked again (0: not buried).
    """

    memory: MemoryState = NEW
    suspended: bool = False
    buried_until: int = 0
    flagged: bool = False

    @property
    def is_leech(self) -> bool:
        """Whether the card was forgotten so often that asking again won't help."""
        return isinstance(self.memory, Scheduled) and self.memory.lapses >= LEECH_LAPSES


BLANK = CardState()
