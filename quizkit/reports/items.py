"""Item analysis by classical test theory: how hard a question is, and how it tells students apart.

Only a student's first answer to a question counts: later ones tell of the learning, not of the question.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from math import log
from statistics import fmean, median
from typing import NamedTuple

from quizkit.reports.distractors import Choices, Pick, choices
from quizkit.reports.intervals import Interval, of_correlation, wilson

LEAST = 5
"""Answers without which nothing is said of a question."""
LEAST_FOR_DISCRIMINATION = 10
SLOW = 3.5
"""The modified z-score beyond which a value is an outlier (Iglewicz & Hoaglin, 1993)."""
MAD_TO_SIGMA = 0.6745
"""The 75th percentile of the normal distribution: it makes a median deviation comparable to a standard deviation."""

SAME = 1e-9
"""Scores and times closer than this are equal."""


class Answered(NamedTuple):
    """A first answer: who, which card, score 0 to 1, how long it took (0: not known).

    `picked` are the options that were picked, as the author counts them; None where nothing is known of that.
    """

    learner: str
    card: str
    score: float
    milliseconds: int = 0
    picked: tuple[int, ...] | None = None


class Relation(NamedTuple):
    """A correlation (or what is made of one) with its interval, of `n` students."""

    value: float
    interval: Interval
    n: int


class Efficiency(NamedTuple):
    """A discriminative efficiency, of `n` students; no interval where it would leave the scale of -1 to 1."""

    value: float
    interval: Interval | None
    n: int


class Item(NamedTuple):
    """The figures of a question. None where there are too few answers to say, or where nothing varies.

    `facility` is the mean score; `discrimination` Moodle's index, `efficiency` its discriminative efficiency,
    `biserial` the corrected point-biserial (see the functions of these names); `seconds` the median time; `slow` by
    how much it is an outlier (0: it isn't); `choices` who picked what.
    """

    card: str
    n: int
    facility: float | None
    interval: Interval | None
    discrimination: Relation | None
    efficiency: Efficiency | None
    biserial: Relation | None
    seconds: float | None
    slow: float
    choices: Choices


def firsts(answers: Iterable[Answered]) -> list[Answered]:
    """The first answer of each student to each card, of answers in the order they were given."""
    seen: dict[tuple[str, str], Answered] = {}
    for answer in answers:
        seen.setdefault((answer.learner, answer.card), answer)
    return list(seen.values())


def analyse(answers: Iterable[Answered]) -> dict[str, Item]:
    """The figures of every card, by its key."""
    first = firsts(answers)
    by_card: dict[str, list[Answered]] = {}
    for answer in first:
        by_card.setdefault(answer.card, []).append(answer)
    rests = rest_scores(first)
    times = {card: _usual_seconds(found) for card, found in by_card.items()}
    slow = outliers({card: seconds for card, seconds in times.items() if seconds})
    return {
        card: _item(card, found, rests, times[card], slow.get(card, 0.0)) for card, found in sorted(by_card.items())
    }


def rest_scores(first: Sequence[Answered]) -> dict[tuple[str, str], float]:
    """How each student did on all other cards, by student and card; nothing for those who answered no other.

    It is the mean of the scores, each less the card's own mean: where everybody answered everything this orders
    students just as the sum of the other scores does; where they didn't, nobody gains by having had easy cards.
    """
    scores: dict[str, list[float]] = {}
    for answer in first:
        scores.setdefault(answer.card, []).append(answer.score)
    means = {card: fmean(found) for card, found in scores.items()}
    totals: dict[str, tuple[float, int]] = {}
    for answer in first:
        total, count = totals.get(answer.learner, (0.0, 0))
        totals[answer.learner] = total + answer.score - means[answer.card], count + 1
    return {
        (answer.learner, answer.card): (total - (answer.score - means[answer.card])) / (count - 1)
        for answer in first
        for total, count in (totals[answer.learner],)
        if count > 1
    }


def _item(
    card: str,
    found: Sequence[Answered],
    rests: Mapping[tuple[str, str], float],
    seconds: float | None,
    slow: float,
) -> Item:
    n = len(found)
    enough = n >= LEAST
    scores = [answer.score for answer in found]
    pairs = [(answer.score, rests[answer.learner, card]) for answer in found if (answer.learner, card) in rests]
    picks = [
        Pick(answer.learner, answer.picked, rests.get((answer.learner, card)))
        for answer in found
        if answer.picked is not None
    ]
    return Item(
        card=card,
        n=n,
        facility=fmean(scores) if enough else None,
        interval=wilson(sum(scores), n) if enough else None,
        discrimination=discrimination(pairs),
        efficiency=efficiency(pairs),
        biserial=biserial(pairs),
        seconds=seconds,
        slow=slow,
        choices=choices(picks),
    )


def discrimination(pairs: Sequence[tuple[float, float]]) -> Relation | None:
    """Moodle's discrimination index: the correlation of the score on an item with the score on the rest.

    `pairs` are (item, rest); the item is no part of the rest, so that it isn't correlated with itself. Moodle shows
    it times 100 (https://docs.moodle.org/dev/Quiz_statistics_calculations, "Discrimination index").
    """
    if len(pairs) < LEAST_FOR_DISCRIMINATION:
        return None
    r = correlation([item for item, _rest in pairs], [rest for _item, rest in pairs])
    return None if r is None else Relation(r, of_correlation(r, len(pairs)), len(pairs))


def efficiency(pairs: Sequence[tuple[float, float]]) -> Efficiency | None:
    """Moodle's discriminative efficiency: the covariance of item and rest, over the greatest there could be.

    The greatest is that of the same scores both sorted: an item that nearly everybody solves can't tell many apart,
    and this says how well it does what it can (the same page, "Discriminative efficiency"). Scores in the opposite
    order may bring it below -1. The interval is that of the discrimination, stretched likewise.
    """
    found = discrimination(pairs)
    if found is None:
        return None
    items, rests = [item for item, _rest in pairs], [rest for _item, rest in pairs]
    most = statistics.covariance(sorted(items), sorted(rests))
    if most < SAME:
        return None
    stretch = statistics.stdev(items) * statistics.stdev(rests) / most
    low, high = (min(1.0, bound * stretch) for bound in found.interval)
    return Efficiency(min(1.0, found.value * stretch), Interval(low, high) if low >= -1 else None, found.n)


def biserial(pairs: Sequence[tuple[float, float]]) -> Relation | None:
    """The corrected point-biserial: the correlation of full marks (1) or not (0) with the rest.

    Corrected for the item's own part in the total (Henrysson, 1963, Psychometrika 28). It equals the discrimination
    index where no answer earns a part of a mark.
    """
    return discrimination([(float(item >= 1 - SAME), rest) for item, rest in pairs])


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one doesn't vary."""
    if min(max(xs) - min(xs), max(ys) - min(ys)) < SAME:
        return None
    return max(-1.0, min(1.0, statistics.correlation(xs, ys)))


def _usual_seconds(found: Sequence[Answered]) -> float | None:
    """The median of the times that were measured; None of too few."""
    times = [answer.milliseconds / 1000 for answer in found if answer.milliseconds > 0]
    return median(times) if len(times) >= LEAST else None


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
