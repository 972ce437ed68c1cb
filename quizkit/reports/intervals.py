"""95 % intervals: how far a figure from few answers can be trusted."""

from __future__ import annotations

from math import atanh, exp, log, sqrt, tanh
from typing import NamedTuple

Z95 = 1.959964
"""The 97.5th percentile of the normal distribution."""


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def wilson(successes: float, n: int) -> Interval:
    """Wilson's interval of a share (1927, J. Am. Stat. Assoc. 22): within 0 and 1, and sound for few answers too.

    Where answers earn parts of a mark, `successes` is their sum, and the interval is wider than it need be.
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    share, spread = successes / n, Z95 * Z95 / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(max(share * (1 - share) / n + spread / (4 * n), 0.0)) / (1 + spread)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def of_correlation(r: float, n: int) -> Interval:
    """The interval of a correlation of `n` pairs, through Fisher's z (1921, Metron 1): atanh r ± 1.96 / √(n - 3)."""
    if n <= 3:
        return Interval(-1.0, 1.0)
    if abs(r) >= 1:
        return Interval(r, r)
    half = Z95 / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))


def of_alpha(alpha: float, students: int, items: int) -> Interval:
    """The interval of Cronbach's alpha by Bonett (2002, J. Educ. Behav. Stat. 27, formula 9).

    ln(1 - alpha) is about normal, with the variance 2k / ((k - 1)(n - 2)) for k items and n students; Bonett's
    correction for bias, ln(n / (n - 1)), is added.
    """
    if alpha >= 1:
        return Interval(1.0, 1.0)
    middle = log(1 - alpha) - log(students / (students - 1))
    half = Z95 * sqrt(2 * items / ((items - 1) * (students - 2)))
    return Interval(1 - exp(middle + half), 1 - exp(middle - half))
