"""What an answer in a drill is worth to the learner's own memory."""

from __future__ import annotations

from math import factorial

from quizkit.memory import fsrs
from quizkit.model import Outcome, Rating, Shape

MOST_CHANCE = 0.2
"""The share of right answers that chance may account for in a rating of good."""
UNKNOWN = 0.5
"""How likely a card that was never seen is taken to be known, before the answer."""


def guess_rate(shape: Shape, options: int) -> float:
    """The probability of being right by chance: of picking one of the options, the very set, the very order."""
    if options < 1:
        return 0.0
    match shape:
        case Shape.PICK_ONE:
            return 1 / options
        case Shape.PICK_MANY:
            return float(0.5**options)
        case Shape.ORDER | Shape.PAIR:
            return 1 / factorial(options)
        case _:
            return 0.0


def by_chance(shape: Shape, options: int, recall: float) -> float:
    """The probability that a right answer was a guess, by Bayes: (1 - p) g / (p + (1 - p) g).

    `recall` (p) is how likely the learner was to know it; g is the guess rate.
    """
    guess = guess_rate(shape, options)
    missed = (1 - recall) * guess
    return missed / (recall + missed) if recall + missed else 1.0


def rating_of_drill(score: float, outcome: Outcome, shape: Shape, options: int, recall: float | None) -> Rating:
    """The rating an answer stands for; `recall` is None for a card the learner has never seen.

    Never easy: in a drill nobody says how hard it was. A right answer is good, but hard where chance accounts for more
    than one in five of such answers. All else is as in a session.
    """
    rating = fsrs.rating_of(score, outcome)
    if rating is Rating.GOOD and by_chance(shape, options, UNKNOWN if recall is None else recall) > MOST_CHANCE:
        return Rating.HARD
    return min(rating, Rating.GOOD)
