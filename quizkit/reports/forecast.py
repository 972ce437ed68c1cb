"""What is due, now and in the days to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

DAYS = 30
MATURE_DAYS = 21
"""A card whose stability has reached this counts as mature (Anki's limit, there for the interval)."""

STATES = ("new", "learning", "young", "mature", "suspended")
"""How well a card sits: what `Forecast.states` counts."""


class Standing(NamedTuple):
    """A card of a learner, as far as a forecast needs it."""

    deck: str
    phase: str
    due_day: int
    due_at: int
    stability: float
    suspended: bool
    buried_until: int
    lapses: int


@dataclass(slots=True)
class DeckDue:
    """One deck's part. `now` is what a session would start with; `new` cards were never seen."""

    deck: str
    now: int = 0
    today: int = 0
    new: int = 0
    total: int = 0


@dataclass(slots=True)
class Forecast:
    """What waits. `by_day[0]` is today, overdue cards included; `states` counts cards by how well they sit."""

    now: int = 0
    today: int = 0
    new: int = 0
    by_day: list[int] = field(default_factory=list)
    decks: dict[str, DeckDue] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    leeches: int = 0


def forecast(
    standings: Iterable[Standing],
    deck_cards: dict[str, int],
    *,
    now: int,
    today: int,
    days: int = DAYS,
    leech_lapses: int = 8,
) -> Forecast:
    """The forecast over cards that were seen, and decks with their number of cards.

    Cards of a deck that is not in `deck_cards` are left out: they have left the workspace.
    """
    found = Forecast(by_day=[0] * days, decks={deck: DeckDue(deck, total=n) for deck, n in deck_cards.items()})
    seen: Counter[str] = Counter()
    for card in standings:
        deck = found.decks.get(card.deck)
        if deck is None:
            continue
        seen[card.deck] += 1
        found.leeches += card.lapses >= leech_lapses
        if card.suspended:
            found.states["suspended"] += 1
            continue
        found.states[_state(card)] += 1
        due_day = max(card.due_day, card.buried_until, today)
        if due_day - today < days:
            found.by_day[due_day - today] += 1
        if due_day == today:
            found.today += 1
            deck.today += 1
            if card.phase == "review" or card.due_at <= now:
                found.now += 1
                deck.now += 1
    for deck in found.decks.values():
        deck.new = deck.total - seen[deck.deck]
        found.new += deck.new
    found.states["new"] = found.new
    return found


def _state(card: Standing) -> str:
    if card.phase != "review":
        return "learning"
    return "mature" if card.stability >= MATURE_DAYS else "young"
