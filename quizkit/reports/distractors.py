"""Who picked what: the options of a question, and how the best and the weakest students took them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

EXTREME = 0.27
"""The share of students in the upper and in the lower group: where it separates abilities best (Kelley, 1939,
J. Educ. Psychol. 30, "The selection of upper and lower groups for the validation of test items")."""
LEAST_FOR_GROUPS = 19
"""Students without which no groups are formed: of fewer, that share is less than five."""
RARE = 0.05
"""A distractor that a smaller share picks does nothing (Haladyna & Downing, 1993, Educ. Psychol. Meas. 53)."""
LEAST_FOR_RARE = 20
"""Answers without which fewer than one in twenty can't be told."""


class Pick(NamedTuple):
    """What a student picked, and how they did on everything else (None: they answered nothing else)."""

    learner: str
    options: tuple[int, ...]
    rest: float | None


class Choice(NamedTuple):
    """An option: how many picked it, of all, of the upper and of the lower group."""

    option: int
    n: int
    upper: int
    lower: int


class Choices(NamedTuple):
    """The options that were picked, by number. `group` is the size of each group, 0 where there are none.

    `n` counts those who answered, `none` those of them who picked nothing.
    """

    n: int
    group: int
    picked: tuple[Choice, ...]
    none: int = 0

    def of(self, option: int) -> Choice:
        """An option's counts, zero where nobody picked it."""
        return next((one for one in self.picked if one.option == option), Choice(option, 0, 0, 0))


def choices(picks: Iterable[Pick]) -> Choices:
    """The options and who picked them. Students on the border of a group who did equally well go by their ids."""
    found = sorted(picks)
    ranked = sorted(
        (pick for pick in found if pick.rest is not None), key=lambda pick: (round(pick.rest or 0.0, 9), pick.learner)
    )
    size = round(EXTREME * len(ranked)) if len(ranked) >= LEAST_FOR_GROUPS else 0
    lower, upper = ranked[:size], ranked[len(ranked) - size :]
    options = sorted({option for pick in found for option in pick.options})
    return Choices(
        len(found),
        size,
        tuple(Choice(option, *(_count(group, option) for group in (found, upper, lower))) for option in options),
        sum(not pick.options for pick in found),
    )


def _count(group: Sequence[Pick], option: int) -> int:
    return sum(option in pick.options for pick in group)


def rare(found: Choices, distractors: Iterable[int]) -> tuple[int, ...]:
    """The distractors that fewer than one in twenty pick; none are named where too few have answered."""
    if found.n < LEAST_FOR_RARE:
        return ()
    return tuple(option for option in sorted(distractors) if found.of(option).n < RARE * found.n)
