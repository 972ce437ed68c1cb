"""The Rasch scale, against published estimates, the conditional likelihood, and simulated classes."""

from __future__ import annotations

import math
import random
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.reports.items import Answered
from quizkit.reports.strength import chance, rasch
from tests.helpers.lsat import LSAT

PUBLISHED = (-1.256, 0.475, 1.236, 0.168, -0.623)
"""Conditional maximum likelihood for the LSAT (Andersen, 1980, Discrete Statistical Models with Social Science
Applications, pp. 253 f.)."""


def answered(rows: list[tuple[int, ...]]) -> list[Answered]:
    return [Answered(f"s{n}", f"i{i}", float(score)) for n, row in enumerate(rows) for i, score in enumerate(row)]


def conditional(rows: list[tuple[int, ...]]) -> list[float]:
    """Difficulties by conditional maximum likelihood, from the definition: all patterns of each total are gone through.

    Newton's diagonal steps on Σ (solved - expected given the totals).
    """
    k = len(rows[0])
    solved = [sum(row[i] for row in rows) for i in range(k)]
    totals = [sum(sum(row) == total for row in rows) for total in range(k + 1)]
    hard = [0.0] * k
    for _round in range(200):
        expected, spread = [0.0] * k, [0.0] * k
        for total in range(1, k):
            patterns = [pattern for pattern in product((0, 1), repeat=k) if sum(pattern) == total]
            weights = [math.exp(-sum(b for b, one in zip(hard, pattern, strict=True) if one)) for pattern in patterns]
            for i in range(k):
                p = sum(w for w, pattern in zip(weights, patterns, strict=True) if pattern[i]) / sum(weights)
                expected[i] += totals[total] * p
                spread[i] += totals[total] * p * (1 - p)
        extreme = totals[k]
        hard = [b - (s - extreme - e) / v for b, s, e, v in zip(hard, solved, expected, spread, strict=True)]
        middle = sum(hard) / k
        hard = [b - middle for b in hard]
    return hard


def test_difficulties_are_near_the_published_ones() -> None:
    """Five items are few for the joint likelihood: its correction is good to a tenth of a logit there."""
    assert conditional(LSAT) == pytest.approx(PUBLISHED, abs=2e-3)
    found = rasch(answered(LSAT)).items
    assert [one.value for one in found.values()] == pytest.approx(PUBLISHED, abs=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_with_ten_items_joint_and_conditional_agree(seed: int) -> None:
    dice = random.Random(seed)
    hard = [-1.5 + 3 * i / 9 for i in range(10)]
    strong = [dice.gauss(0, 1.2) for _student in range(120)]
    rows = [tuple(int(dice.random() < chance(theta, b)) for b in hard) for theta in strong]
    found = rasch(answered(rows))
    places = [found.items[f"i{i}"] for i in range(10)]
    for place, other in zip(places, conditional(rows), strict=True):
        assert place.value == pytest.approx(other, abs=0.12)
    within = sum(abs(place.value - b) < 1.96 * place.error for place, b in zip(places, hard, strict=True))
    assert within >= 8
    assert sum(place.value for place in places) == pytest.approx(0, abs=1e-6)


def test_students_are_placed_by_warms_weighted_likelihood() -> None:
    """For five equally hard items Warm's estimate is ln((s + 1/2) / (k - s + 1/2)), as the bias of a binomial logit

    has it (Haldane, 1956; Warm, 1989, eq. 15 with equal difficulties); also at the ends, where there is no other.
    """
    rows = [pattern for pattern in product((0, 1), repeat=5) for _twice in range(2)]
    found = rasch(answered(rows))
    assert [round(one.value, 6) for one in found.items.values()] == [0] * 5
    for n, row in enumerate(rows):
        score = sum(row)
        place = found.students[f"s{n}"]
        assert place.value == pytest.approx(math.log((score + 0.5) / (5 - score + 0.5)), abs=1e-4)
        p = chance(place.value, 0)
        assert place.error == pytest.approx(1 / math.sqrt(5 * p * (1 - p)), abs=1e-4)


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_scores_order_students_and_items(dice: random.Random) -> None:
    """Where all answered all, a higher total is a higher place: that is Rasch's model. Order and names don't matter."""
    rows = [tuple(int(dice.random() < 0.2 + 0.6 * n / 20) for _item in range(7)) for n in range(20)]
    given_ = answered(rows)
    found = rasch(given_)
    placed = sorted((sum(rows[int(name[1:])]), place.value) for name, place in found.students.items() if place.n == 7)
    assert all(stronger > weaker for (a, weaker), (b, stronger) in pairwise(placed) if b > a)
    dice.shuffle(given_)
    again = rasch(given_)
    assert again.items.keys() == found.items.keys()
    for name, place in found.items.items():
        assert again.items[name].value == pytest.approx(place.value, abs=1e-3)


def test_two_halves_with_other_questions_are_linked_by_common_ones() -> None:
    """Half of a class had the hard questions: they are no weaker for it."""
    dice = random.Random(7)
    hard = [-2 + 4 * i / 29 for i in range(30)]
    given_ = []
    strong = {f"s{n:03}": dice.gauss(0, 1) for n in range(160)}
    for n, (student, theta) in enumerate(strong.items()):
        seen = range(20) if n % 2 else range(10, 30)
        given_ += [Answered(student, f"i{i:02}", float(dice.random() < chance(theta, hard[i]))) for i in seen]
    found = rasch(given_)
    assert len(found.items) == 30
    for i, b in enumerate(hard):
        assert found.items[f"i{i:02}"].value == pytest.approx(b, abs=0.9)
    easy, difficult = (
        [found.students[s].value - theta for n, (s, theta) in enumerate(strong.items()) if n % 2 == half]
        for half in (1, 0)
    )
    assert abs(sum(easy) / 80 - sum(difficult) / 80) < 0.3


def test_what_cannot_be_placed_is_not() -> None:
    rows = [tuple(int(i < 2 + n % 4) for i in range(6)) for n in range(20)]
    with_extremes = [(*row, 1, 0) for row in rows]
    found = rasch(answered(with_extremes))
    assert "i6" not in found.items
    assert "i7" not in found.items
    assert rasch(answered(rows[:15])) == ({}, {})
    assert rasch([]) == ({}, {})
    dice = random.Random(1)
    apart = answered([tuple(dice.randint(0, 1) for _i in range(6)) for n in range(40)])
    others = [one._replace(learner="x" + one.learner, card="x" + one.card) for one in apart]
    assert len(rasch([*apart, *others]).items) == 6
