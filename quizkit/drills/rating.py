"""What an answer in a drill is worth to the learner's own memory."""

from __future__ import annotations

from math import factorial, perm

from quizkit.memory import fsrs
from quizkit.model import Outcome, Rating, Shape

MOST_CHANCE = 0.2
"""The share of right answers that chance may account for in a rating of good."""
UNKNOWN = 0.5
"""How likely a card that was never seen is taken to be known, before the answer."""


def guess_rate(shape: Shape, options: int, lefts: int) -> float:
    """The probability of being right by chance: of picking one of the options, the very set, order or pairs.

    Pairs are guessed as people do: each option goes to one of the `lefts`, where there are enough of them.
    """
    if options < 1:
        return 0.0
    match shape:
        case Shape.PICK_ONE:
            return 1 / options
        case Shape.PICK_MANY:
            return float(0.5**options)
        case Shape.ORDER:
            return 1 / factorial(options)
        case Shape.PAIR:
            return 1 / (perm(options, lefts) if lefts <= options else options**lefts)
        case _:
            return 0.0


def by_chance(guess: float, recall: float) -> float:
    """The probability that a right answer was a guess, by Bayes: (1 - p) g / (p + (1 - p) g).

    `guess` (g) is the guess rate; `recall` (p) is how likely the learner was to know it.
    """
    missed = (1 - recall) * guess
    return missed / (recall + missed) if recall + missed else 1.0


def rating_of_drill(score: float, outcome: Outcome, guess: float, recall: float | None) -> Rating:
    """The rating an answer stands for; `recall` is None for a card the learner has never seen.

    Never easy: in a drill nobody says how hard it was. A right answer is good, but hard where chance accounts for more
    than one in five of such answers. All else is as in a session.
    """
    rating = fsrs.rating_of(score, outcome)
    if rating is Rating.GOOD and by_chance(guess, UNKNOWN if recall is None else recall) > MOST_CHANCE:
        return Rating.HARD
    return min(rating, Rating.GOOD)
