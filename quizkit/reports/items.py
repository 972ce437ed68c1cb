"""Item analysis by classical test theory: how hard a question is, how it tells learners apart, and what was picked.

Only a learner's first answer to a question counts: later ones tell of the learning, not of the question.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from statistics import fmean, median
from typing import NamedTuple

LEAST = 5
"""Answers without which nothing is said of a question."""
LEAST_FOR_DISCRIMINATION = 10
Z95 = 1.959964
SLOW = 3.5
"""The modified z-score beyond which a value is an outlier (Iglewicz & Hoaglin, 1993)."""
MAD_TO_SIGMA = 0.6745
"""The 75th percentile of the normal distribution: it makes a median deviation comparable to a standard deviation."""

SAME = 1e-9
"""Scores and times closer than this are equal."""


class Answered(NamedTuple):
    """A first answer: who, which card, score 0 to 1, how long it took (0: not known), and what was picked or typed."""

    learner: str
    card: str
    score: float
    milliseconds: int = 0
    given: tuple[str, ...] = ()


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


class Item(NamedTuple):
    """The figures of a question. None where there are too few answers to say.

    `facility` is the mean score; `discrimination` the correlation of the score with the rest of the learner's scores;
    `seconds` the median time; `slow` by how much it is an outlier (0: it isn't).
    """

    card: str
    n: int
    facility: float | None
    interval: Interval | None
    discrimination: float | None
    seconds: float | None
    slow: float
    given: Mapping[tuple[str, ...], int]


def firsts(answers: Iterable[Answered]) -> list[Answered]:
    """The first answer of each learner to each card, of answers in the order they were given."""
    seen: dict[tuple[str, str], Answered] = {}
    for answer in answers:
        seen.setdefault((answer.learner, answer.card), answer)
    return list(seen.values())


def analyse(answers: Iterable[Answered]) -> dict[str, Item]:
    """The figures of every card, by its key."""
    first = firsts(answers)
    by_card: dict[str, list[Answered]] = {}
    total: dict[str, tuple[float, int]] = {}
    for answer in first:
        by_card.setdefault(answer.card, []).append(answer)
        score, count = total.get(answer.learner, (0.0, 0))
        total[answer.learner] = score + answer.score, count + 1
    times = {card: _usual_seconds(found) for card, found in by_card.items()}
    slow = outliers({card: seconds for card, seconds in times.items() if seconds})
    return {
        card: _item(card, found, total, times[card], slow.get(card, 0.0)) for card, found in sorted(by_card.items())
    }


def _item(
    card: str,
    found: Sequence[Answered],
    total: Mapping[str, tuple[float, int]],
    seconds: float | None,
    slow: float,
) -> Item:
    n = len(found)
    enough = n >= LEAST
    scores = [answer.score for answer in found]
    facility = fmean(scores) if enough else None
    return Item(
        card=card,
        n=n,
        facility=facility,
        interval=wilson(sum(scores), n) if enough else None,
        discrimination=_discrimination(found, total),
        seconds=seconds if enough else None,
        slow=slow if enough else 0.0,
        given=Counter(answer.given for answer in found if answer.given),
    )


def wilson(successes: float, n: int) -> Interval:
    """Wilson's interval of a share (1927): it stays within 0 and 1, and is sound for few answers too."""
    if n <= 0:
        return Interval(0.0, 1.0)
    share, spread = successes / n, Z95 * Z95 / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(max(share * (1 - share) / n + spread / (4 * n), 0.0)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def _discrimination(found: Sequence[Answered], total: Mapping[str, tuple[float, int]]) -> float | None:
    """The item-rest correlation: the score against the mean of the learner's other scores, so that no question is
    correlated with itself (Moodle's discrimination index; corrected item-total correlation in test theory).
    """
    pairs = []
    for answer in found:
        score, count = total[answer.learner]
        if count > 1:
            pairs.append((answer.score, (score - answer.score) / (count - 1)))
    if len(pairs) < LEAST_FOR_DISCRIMINATION:
        return None
    return correlation([one for one, _rest in pairs], [rest for _one, rest in pairs])


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's correlation; the point-biserial one where the scores are 0 and 1. None where one doesn't vary."""
    if min(max(xs) - min(xs), max(ys) - min(ys)) < SAME:
        return None
    return max(-1.0, min(1.0, statistics.correlation(xs, ys)))


def _usual_seconds(found: Sequence[Answered]) -> float | None:
    times = [answer.milliseconds / 1000 for answer in found if answer.milliseconds > 0]
    return median(times) if times else None


def outliers(values: Mapping[str, float]) -> dict[str, float]:
    """The values that are much larger than the others, with their modified z-scores, on a scale of ratios."""
    if len(values) < LEAST:
        return {}
    logs = {name: log(value) for name, value in values.items()}
    middle = median(logs.values())
    deviation = median(abs(value - middle) for value in logs.values())
    if deviation < SAME:
        return {}
    scores = {name: MAD_TO_SIGMA * (value - middle) / deviation for name, value in logs.items()}
    return {name: score for name, score in scores.items() if score > SLOW}
