"""Where a learner is strong or weak: by passage, argument, tag or kind."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class By(StrEnum):
    """What cards are grouped by."""

    PASSAGE = "passage"
    ARGUMENT = "argument"
    TAG = "tag"
    KIND = "kind"


class Known(NamedTuple):
    """A card, the groups it belongs to, and the chance that it is remembered now (None: never reviewed)."""

    card: str
    groups: tuple[str, ...]
    retrievability: float | None


class Mastery(NamedTuple):
    """A group: its cards, how many were ever reviewed, and how many of all are likely remembered now."""

    group: str
    cards: int
    seen: int
    remembered: float

    @property
    def share(self) -> float:
        """The share of the group's cards that is likely remembered now, 0 to 1; cards never seen count as not."""
        return self.remembered / self.cards if self.cards else 0.0


def mastery(cards: Iterable[Known]) -> list[Mastery]:
    """The groups, in the order they first appear. A card counts in each of its groups."""
    found: dict[str, Mastery] = {}
    for card in cards:
        for group in card.groups:
            so_far = found.get(group) or Mastery(group, 0, 0, 0.0)
            found[group] = so_far._replace(
                cards=so_far.cards + 1,
                seen=so_far.seen + (card.retrievability is not None),
                remembered=so_far.remembered + (card.retrievability or 0.0),
            )
    return list(found.values())
