"""The figures of item analysis, against published examples and a second way of reckoning."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.reports.items import Answered, analyse, correlation, outliers, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(successes: int, n: int, low: float, high: float) -> None:
    """The examples of Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    found = wilson(successes, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def answers(matrix: dict[str, str]) -> list[Answered]:
    """A table of learners and their scores, one digit a card."""
    return [
        Answered(learner, f"card{number}", int(score), 1000)
        for learner, row in matrix.items()
        for number, score in enumerate(row)
    ]


def test_a_question_that_the_better_get_wrong_is_told() -> None:
    """Twelve learners from weak to strong; the last card is keyed the wrong way round."""
    matrix = {f"l{n}": "1" * n + "0" * (12 - n) + ("1" if n < 6 else "0") for n in range(1, 13)}
    found = analyse(answers(matrix))
    assert found["card12"].discrimination is not None
    assert found["card12"].discrimination < -0.5
    middle = found["card6"].discrimination
    assert middle is not None
    assert middle > 0.7


def test_discrimination_is_item_against_rest() -> None:
    """Reckoned by hand from the definition: the phi of two cards is what the item-rest correlation is for two."""
    matrix = dict(zip((f"l{n}" for n in range(10)), ["11"] * 4 + ["10"] * 1 + ["01"] * 2 + ["00"] * 3, strict=True))
    both, first, second, none = 4, 1, 2, 3
    phi = (both * none - first * second) / math.sqrt(
        (both + first) * (second + none) * (both + second) * (first + none)
    )
    found = analyse(answers(matrix))
    assert found["card0"].discrimination == pytest.approx(phi)
    assert found["card1"].discrimination == pytest.approx(phi)


def test_little_is_said_of_few_answers() -> None:
    few = analyse([Answered(f"l{n}", "a/b/main", 1.0, 900) for n in range(4)])["a/b/main"]
    assert (few.facility, few.interval, few.discrimination, few.seconds) == (None, None, None, None)
    assert few.n == 4


def test_only_first_answers_count() -> None:
    first = [Answered(f"l{n}", "c", 0.0, 1000, ("A",)) for n in range(6)]
    later = [Answered(f"l{n}", "c", 1.0, 1000, ("B",)) for n in range(6)]
    found = analyse([*first, *later])["c"]
    assert (found.n, found.facility) == (6, 0.0)
    assert found.given == {("A",): 6}


def test_a_card_that_takes_long_stands_out() -> None:
    times = {f"c{n}": 8.0 + n % 3 for n in range(20)} | {"long": 90.0}
    assert list(outliers(times)) == ["long"]
    assert outliers({"a": 1.0, "b": 50.0}) == {}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=30))
def test_a_correlation_stays_within_its_bounds(pairs: list[tuple[float, float]]) -> None:
    found = correlation([x for x, _y in pairs], [y for _x, y in pairs])
    assert found is None or -1.0000001 <= found <= 1.0000001


@given(st.integers(0, 50), st.integers(1, 50))
def test_an_interval_holds_its_share(successes: int, n: int) -> None:
    successes = min(successes, n)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-9
    assert successes / n - 1e-9 <= high <= 1
