"""Points of a drill: correctness first; speed and a run of right answers only add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from quizkit.i18n import N_, Message, translate
from quizkit.model.drill import Scoring

FULL = 1000
"""Points for a right answer; a partly right one has its share of them."""

MOST_SPEED = 500
"""The most that speed adds, to right answers only: right and slow always beats wrong and fast."""

A_STREAK, MOST_STREAK = 50, 250
"""What each right answer in a row adds, behind the first; and the most."""

RULES = {
    (False, False): N_("A right answer is worth 1,000 points, a partly right one its share."),
    (True, False): N_(
        "A right answer is worth 1,000 points, a partly right one its share; speed adds up to 500 to a right one."
    ),
    (False, True): N_(
        "A right answer is worth 1,000 points, a partly right one its share; each right one in a row adds 50, "
        "up to 250."
    ),
    (True, True): N_(
        "A right answer is worth 1,000 points, a partly right one its share; speed adds up to 500 to a right one, "
        "each right one in a row 50, up to 250."
    ),
}
TEAM_RULE = N_("{rule} A team has the mean of its players' points.")

Key = TypeVar("Key")


class Standing(NamedTuple):
    """A place on the board. Whoever has the same points has the same rank, and the next rank is left out."""

    rank: int
    id: str
    points: int


def is_right(score: float) -> bool:
    """Whether an answer is right in full."""
    return score >= 1


def award(scoring: Scoring, score: float, milliseconds: int, limit: int, streak: int) -> int:
    """The points of an answer.

    `score` runs from 0 to 1; `limit` is the time there was in milliseconds, 0 for no limit; `streak` counts the right
    answers in a row, this one included. Speed adds in proportion to the time left.
    """
    if not is_right(score):
        return min(int(FULL * max(score, 0.0)), FULL - 1)
    points = FULL
    if scoring.speed and limit > 0:
        left = min(max(limit - milliseconds, 0), limit)
        points += MOST_SPEED * left // limit
    if scoring.streaks:
        points += min(A_STREAK * max(streak - 1, 0), MOST_STREAK)
    return points


def rule(scoring: Scoring, lang: str, *, teams: bool = False) -> str:
    """The rule in a sentence, and one more where there are teams."""
    told = translate(RULES[scoring.speed, scoring.streaks], lang)
    return Message(TEAM_RULE, {"rule": told}).render(lang) if teams else told


def ranked(points: Mapping[str, int]) -> list[Standing]:
    """The standings, best first; those with the same points in the order they came in."""
    found: list[Standing] = []
    for place, (name, own) in enumerate(sorted(points.items(), key=lambda pair: -pair[1]), 1):
        rank = found[-1].rank if found and found[-1].points == own else place
        found.append(Standing(rank, name, own))
    return found


def team_points(teams: Sequence[str], members: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The mean points of each team's players, rounded; 0 for a team without any."""
    found = {}
    for team in teams:
        own = [points for name, points in members if name == team]
        found[team] = round(sum(own) / len(own)) if own else 0
    return found
