"""Intervals, against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.reports.intervals import Z95, of_alpha, of_correlation, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_the_published_one(successes: int, n: int, low: float, high: float) -> None:
    """The examples of Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    found = wilson(successes, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize(
    ("r", "n", "low", "high"),
    [(0.684848, 10, 0.097071, 0.918445), (0.5, 50, 0.2574879, 0.6832563), (0.7, 30, 0.45, 0.85), (0, 30, -0.36, 0.36)],
)
def test_the_interval_of_a_correlation_is_the_published_one(r: float, n: int, low: float, high: float) -> None:
    """Stack Exchange's Cross Validated 18887; small-s.science on `conf.int.rho`; the page of DescTools' CorCI."""
    found = of_correlation(r, n)
    digits = 2e-5 if r in (0.684848, 0.5) else 5e-3
    assert found.low == pytest.approx(low, abs=digits)
    assert found.high == pytest.approx(high, abs=digits)


def test_the_interval_of_alpha_is_the_published_one() -> None:
    """Bonett's R package statpsych: ci.cronbach(.05, .85, 7, 89) gives 0.85, SE 0.02456518, 0.7971254 to 0.8931436.

    Those bounds are Feldt's exact ones, which the formula meets within 0.002; its width is the published error's.
    """
    found = of_alpha(0.85, 89, 7)
    assert found.low == pytest.approx(0.7971254, abs=2e-3)
    assert found.high == pytest.approx(0.8931436, abs=2e-3)
    assert ((1 - found.low) / (1 - found.high)) == pytest.approx(2.718281828 ** (2 * Z95 * 0.02456518 / 0.15))


@given(st.integers(0, 50), st.integers(1, 50))
def test_an_interval_holds_its_share(successes: int, n: int) -> None:
    successes = min(successes, n)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-9
    assert successes / n - 1e-9 <= high <= 1


@given(st.floats(-1, 1), st.integers(2, 500))
def test_an_interval_holds_its_correlation_and_narrows(r: float, n: int) -> None:
    low, high = of_correlation(r, n)
    assert -1 <= low <= r + 1e-9
    assert r - 1e-9 <= high <= 1
    wider, more = of_correlation(r, n), of_correlation(r, 4 * n)
    assert more.high - more.low <= wider.high - wider.low + 1e-9


@given(st.floats(-2, 1), st.integers(10, 500), st.integers(5, 100))
def test_an_interval_holds_its_alpha(alpha: float, students: int, items: int) -> None:
    low, high = of_alpha(alpha, students, items)
    assert low <= alpha + 1e-9
    assert alpha <= high + 1e-9 <= 1 + 1e-9
