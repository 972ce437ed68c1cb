"""How a learner is doing: reviews, retention, streak, time, and the cards that give trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST_COUNTED_MS = 120_000
HARDEST = 10
FEW = 3
"""A card must have been answered this often before its share of misses says anything."""


class Answer(NamedTuple):
    """One answer out of the log. `rating` is 0 where the schedule wasn't touched, `interval` 0 in learning steps."""

    card: str
    day: int
    rating: int
    score: float
    interval: int
    milliseconds: int


@dataclass(slots=True)
class Tally:
    """Answers counted together: how many, and the sum of their scores."""

    answers: int = 0
    score: float = 0.0

    @property
    def mean(self) -> float:
        """The mean score, 0 to 1 (0 when there is no answer)."""
        return self.score / self.answers if self.answers else 0.0

    def add(self, score: float) -> None:
        """Count one more."""
        self.answers += 1
        self.score += score


@dataclass(slots=True)
class Progress:
    """A learner's figures. `by_day` counts answers by study day; `ratings` by rating, 1 to 4.

    `retention` is true retention: the share of reviews of cards past their learning steps that were remembered
    (None while there is none). `streak` counts the study days in a row up to today, or up to yesterday when nothing
    was answered today yet.
    """

    answers: int = 0
    today: int = 0
    milliseconds: int = 0
    days: int = 0
    streak: int = 0
    longest_streak: int = 0
    retention: float | None = None
    reviewed: int = 0
    by_day: Counter[int] = field(default_factory=Counter)
    ratings: Counter[int] = field(default_factory=Counter)
    cards: dict[str, Tally] = field(default_factory=dict)


def progress(answers: Iterable[Answer], today: int) -> Progress:
    """The figures of a learner's answers, which come in the order they were given."""
    found = Progress()
    past_learning: set[str] = set()
    remembered = 0
    for card, day, rating, score, interval, milliseconds in answers:
        found.answers += 1
        found.by_day[day] += 1
        found.milliseconds += min(milliseconds, LONGEST_COUNTED_MS)
        found.cards.setdefault(card, Tally()).add(score)
        if not rating:
            continue
        found.ratings[rating] += 1
        if card in past_learning:
            found.reviewed += 1
            remembered += rating > 1
        if interval:
            past_learning.add(card)
        else:
            past_learning.discard(card)
    found.retention = remembered / found.reviewed if found.reviewed else None
    found.today = found.by_day[today]
    found.days = len([day for day, count in found.by_day.items() if count])
    found.streak, found.longest_streak = _streaks(found.by_day, today)
    return found


def _streaks(by_day: Counter[int], today: int) -> tuple[int, int]:
    longest = run = 0
    before: int | None = None
    for day in sorted(day for day, count in by_day.items() if count):
        run = run + 1 if before == day - 1 else 1
        longest = max(longest, run)
        before = day
    return (run if before is not None and before >= today - 1 else 0), longest


def hardest(found: Progress, most: int = HARDEST) -> list[tuple[str, Tally]]:
    """The cards with the lowest mean score among those answered a few times, worst first."""
    tried = [(card, tally) for card, tally in found.cards.items() if tally.answers >= FEW and tally.mean < 1]
    return sorted(tried, key=lambda item: (item[1].mean, -item[1].answers, item[0]))[:most]
