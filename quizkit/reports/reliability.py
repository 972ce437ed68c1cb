"""How far the total of a drill can be trusted: Cronbach's alpha and the standard error of measurement."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from quizkit.reports.intervals import Interval, of_alpha

LEAST_STUDENTS = 10
LEAST_ITEMS = 5
SAME = 1e-9


class Reliability(NamedTuple):
    """What the totals of those who answered every item are worth.

    `left_out` counts students who missed an item. `kr20` says that every score is 0 or 1: then alpha is Kuder and
    Richardson's formula 20. `mean`, `deviation` and `error` (the standard error of measurement) are in items.
    `alpha` and what depends on it are None where there are too few students or items, or all totals are equal.
    """

    students: int
    left_out: int
    items: int
    kr20: bool
    mean: float | None = None
    deviation: float | None = None
    alpha: float | None = None
    interval: Interval | None = None
    error: float | None = None


def reliability(scores: Mapping[str, Mapping[str, float]]) -> Reliability:
    """The reliability of a drill: `scores` holds each student's scores by item.

    Students who missed an item are left out: what they would have scored isn't known.
    """
    items = sorted({item for own in scores.values() for item in own})
    rows = [[own[item] for item in items] for own in scores.values() if len(own) == len(items)]
    kr20 = all(score in (0, 1) for row in rows for score in row)
    found = Reliability(len(rows), len(scores) - len(rows), len(items), kr20)
    if len(rows) < LEAST_STUDENTS or len(items) < LEAST_ITEMS:
        return found
    totals = [sum(row) for row in rows]
    deviation = statistics.stdev(totals)
    found = found._replace(mean=statistics.fmean(totals), deviation=deviation)
    alpha = cronbach(rows)
    if alpha is None:
        return found
    return found._replace(
        alpha=alpha,
        interval=of_alpha(alpha, len(rows), len(items)),
        error=standard_error(deviation, alpha),
    )


def cronbach(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha (1951, Psychometrika 16) of a row of scores for each student: k / (k - 1) (1 - Σ s²ᵢ / s²ₜ).

    For scores of 0 and 1 it is KR-20 (Kuder & Richardson, 1937, Psychometrika 2). It may be negative. None for fewer
    than two items or students, and where all totals are equal.
    """
    items = len(rows[0]) if rows else 0
    if items < 2 or len(rows) < 2:
        return None
    total = statistics.pvariance([sum(row) for row in rows])
    if total < SAME:
        return None
    parts = sum(statistics.pvariance(column) for column in zip(*rows, strict=True))
    return float(items / (items - 1) * (1 - parts / total))


def standard_error(deviation: float, alpha: float) -> float:
    """The standard error of measurement, s √(1 - alpha): how far a total strays from what the student can do

    (Lord & Novick, 1968, Statistical Theories of Mental Test Scores, 3.8). A negative alpha counts as 0.
    """
    return deviation * sqrt(1 - min(max(alpha, 0.0), 1.0))
