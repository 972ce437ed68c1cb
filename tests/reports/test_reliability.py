"""Cronbach's alpha and the standard error of measurement, against published examples and the definition."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.reports.reliability import cronbach, reliability, standard_error
from tests.helpers.lsat import LSAT

QUIZ = """
1 1 1 1 1 1 0 1 1 0
1 0 1 1 0 1 1 1 0 1
1 1 1 1 0 1 1 0 0 1
0 0 1 0 0 0 1 0 0 0
0 0 0 0 0 1 0 0 1 0
1 1 1 0 1 1 1 1 1 1
1 1 0 1 1 1 0 1 1 1
1 1 1 1 1 1 1 1 0 1
0 1 0 1 1 1 1 1 0 1
1 1 0 1 1 0 1 1 1 0
"""


def test_alpha_is_the_published_one_of_the_lsat() -> None:
    """0.295, as the page of `cronbach.alpha` of the R package ltm has it for its data set LSAT."""
    assert cronbach(LSAT) == pytest.approx(0.295, abs=5e-4)


def test_kr20_is_the_published_one_of_a_quiz() -> None:
    """Ten students, ten items: https://core.ecu.edu/wuenschk/StatHelp/KR20.txt gives Σpq = 2.18, s² = 5.84."""
    rows = [[float(score) for score in line.split()] for line in QUIZ.split("\n") if line]
    assert cronbach(rows) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))
    found = reliability({f"s{n}": {f"i{i}": score for i, score in enumerate(row)} for n, row in enumerate(rows)})
    assert (found.students, found.items, found.left_out, found.kr20) == (10, 10, 0, True)
    assert found.alpha == pytest.approx(0.6963, abs=5e-5)
    assert found.mean == pytest.approx(6.6)
    assert found.interval is not None
    assert found.interval.low < 0.6963 < found.interval.high


def test_the_standard_error_is_the_published_one() -> None:
    """The sample report of the R package QME: s = 2.05, alpha = 0.57, standard error of measurement 1.34."""
    assert standard_error(2.05, 0.57) == pytest.approx(1.34, abs=5e-3)
    assert standard_error(10, 0.84) == pytest.approx(4.0)


def by_covariances(rows: list[list[int]]) -> Fraction | None:
    """Alpha from its other definition: k² times the mean covariance of two items, over the variance of the total."""
    n, k = len(rows), len(rows[0])
    columns = list(zip(*rows, strict=True))

    def covariance(xs: tuple[int, ...], ys: tuple[int, ...]) -> Fraction:
        return Fraction(sum(x * y for x, y in zip(xs, ys, strict=True)), n) - Fraction(sum(xs) * sum(ys), n * n)

    between = sum((covariance(columns[i], columns[j]) for i in range(k) for j in range(k) if i != j), Fraction(0))
    total = between + sum((covariance(one, one) for one in columns), Fraction(0))
    return Fraction(k * k, k * (k - 1)) * between / total if total else None


@given(st.integers(2, 25), st.integers(2, 8), st.randoms(use_true_random=False))
def test_alpha_by_covariances_is_the_same(n: int, k: int, dice: random.Random) -> None:
    rows = [[dice.randint(0, 2) for _item in range(k)] for _student in range(n)]
    found, other = cronbach(rows), by_covariances(rows)
    if found is None or other is None:
        assert found is None
        assert other is None
        return
    assert found == pytest.approx(float(other), abs=1e-9)
    assert found <= 1 + 1e-9
    shuffled = [row[1:] + row[:1] for row in rows[::-1]]
    assert cronbach(shuffled) == pytest.approx(found)


def test_whoever_missed_an_item_is_left_out_and_counted() -> None:
    scores = {f"s{n}": {f"i{i}": float(i < n) for i in range(6)} for n in range(12)}
    whole = reliability(scores)
    del scores["s3"]["i0"], scores["s7"]["i5"]
    found = reliability(scores)
    assert (whole.students, found.students, found.left_out) == (12, 10, 2)
    assert found.alpha is not None
    assert found.error is not None
    assert found.deviation is not None
    assert found.error == pytest.approx(found.deviation * math.sqrt(1 - found.alpha))


def test_nothing_is_said_of_few() -> None:
    few = {f"s{n}": {f"i{i}": float(i < n) for i in range(6)} for n in range(9)}
    assert reliability(few)[4:] == (None, None, None, None, None)
    short = {f"s{n}": {f"i{i}": float(i < n) for i in range(4)} for n in range(30)}
    assert reliability(short).alpha is None
    equal = {f"s{n}": dict.fromkeys("abcdef", 1.0) for n in range(30)}
    assert (reliability(equal).alpha, reliability(equal).deviation) == (None, 0.0)
