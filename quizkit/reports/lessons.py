"""A class over time: how each passage, argument or tag went lesson by lesson, and who needs help with what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quizkit.reports.shares import Share, share

MOST_PERIODS = 8
"""Columns that still fit on a page."""
DAYS_A_WEEK = 7
LAST_MONDAY = 4
"""A study day that is a Monday: 5 January 1970."""
SECURE = 0.6
"""Below this share something isn't known well enough to build on (a common pass mark)."""


class Mark(NamedTuple):
    """A score of a student's for a card on a study day, and something the card belongs to."""

    student: str
    group: str
    card: str
    day: int
    score: float


class Period(NamedTuple):
    """Study days, both ends included."""

    first: int
    last: int


class Row(NamedTuple):
    """How a passage, an argument or a tag went, period by period and in all.

    A cell is of the first answers to each card in its period, the total of the first at all: who repeats what they know
    is as sure of it as who doesn't.
    """

    group: str
    cells: tuple[Share, ...]
    total: Share


class Need(NamedTuple):
    """A student who does worse at something than the class does, and not well: surely, as far as answers go."""

    student: str
    group: str
    own: Share
    everybody: Share


def periods(days: Iterable[int]) -> list[Period]:
    """The days on which something was answered; weeks, or several weeks, where there were too many of them."""
    found = sorted(set(days))
    if len(found) <= MOST_PERIODS:
        return [Period(day, day) for day in found]
    start = found[0] - (found[0] - LAST_MONDAY) % DAYS_A_WEEK
    weeks = 1
    while (found[-1] - start) // (weeks * DAYS_A_WEEK) >= MOST_PERIODS:
        weeks *= 2
    length = weeks * DAYS_A_WEEK
    starts = sorted({start + (day - start) // length * length for day in found})
    return [Period(first, first + length - 1) for first in starts]


def over_time(marks: Iterable[Mark], when: Sequence[Period]) -> list[Row]:
    """A row for each group, in the order they first appear; the marks are in the order they were given."""
    by_group: dict[str, list[Mark]] = {}
    for mark in marks:
        by_group.setdefault(mark.group, []).append(mark)
    return [
        Row(
            group,
            tuple(share(firsts(one for one in found if first <= one.day <= last)) for first, last in when),
            share(firsts(found)),
        )
        for group, found in by_group.items()
    ]


def firsts(marks: Iterable[Mark]) -> list[float]:
    """The scores of each student's first answer to each card."""
    scores: dict[tuple[str, str], float] = {}
    for mark in marks:
        scores.setdefault((mark.student, mark.card), mark.score)
    return list(scores.values())


def needs(marks: Iterable[Mark]) -> list[Need]:
    """Who does worse than the class at what, and below what is secure: the whole interval must say so.

    By student, each with the worst first; only first answers to a card count. Nothing is said of fewer than five.
    """
    marks = list(marks)
    everybody = {row.group: row.total for row in over_time(marks, ())}
    own: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        own.setdefault((mark.student, mark.group), []).append(mark)
    found = [Need(student, group, share(firsts(given)), everybody[group]) for (student, group), given in own.items()]
    return sorted(
        (need for need in found if _needed(need)), key=lambda need: (need.student, need.own.value, need.group)
    )


def _needed(need: Need) -> bool:
    own, everybody = need.own, need.everybody
    if own.value is None or own.interval is None or everybody.value is None:
        return False
    return own.value < SECURE and own.interval.high < everybody.value


def unknown(rows: Iterable[Row]) -> list[Row]:
    """What the class as a whole doesn't know well enough, the worst first: the interval ends below what is secure."""
    found = [row for row in rows if row.total.interval is not None and row.total.interval.high < SECURE]
    return sorted(found, key=lambda row: (row.total.value or 0.0, row.group))
