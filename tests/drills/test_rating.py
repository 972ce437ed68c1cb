"""What an answer in a drill is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.rating import by_chance, guess_rate, rating_of_drill
from quizkit.model import Outcome, Rating, Shape

SHARES = st.floats(0, 1)


def test_a_lucky_guess_is_not_good():
    """A statement called true is a coin tossed; one of four may be known; what was typed is known."""
    right = (1.0, Outcome.RIGHT)
    assert rating_of_drill(*right, 1 / 2, None) is Rating.HARD
    assert rating_of_drill(*right, 1 / 4, None) is Rating.GOOD
    assert rating_of_drill(*right, 1 / 4, 0.2) is Rating.HARD
    assert rating_of_drill(*right, 1 / 2, 0.9) is Rating.GOOD
    assert rating_of_drill(*right, 0.0, 0.01) is Rating.GOOD
    assert rating_of_drill(0.5, Outcome.ALMOST, 1 / 24, 0.9) is Rating.HARD
    assert rating_of_drill(0.0, Outcome.WRONG, 1 / 4, 0.9) is Rating.AGAIN


@pytest.mark.parametrize(
    ("shape", "options", "lefts", "ways"),
    [
        (Shape.PICK_ONE, 4, 0, 4),
        (Shape.PICK_MANY, 4, 0, 16),
        (Shape.ORDER, 4, 0, 24),
        (Shape.PAIR, 3, 3, 6),
        (Shape.PAIR, 5, 2, 20),
        (Shape.PAIR, 2, 4, 16),
    ],
)
def test_a_guess_is_one_of_all_ways_to_answer(shape, options, lefts, ways):
    """Right sides that belong to nobody leave more ways to pair; so do those that have to serve several lines."""
    assert guess_rate(shape, options, lefts) == pytest.approx(1 / ways)


def test_two_kinds_for_four_lines_are_hardly_guessed():
    """Sorting four things into two kinds by chance goes wrong fifteen times in sixteen: who is right knew it."""
    guess = guess_rate(Shape.PAIR, 2, 4)
    assert rating_of_drill(1.0, Outcome.RIGHT, guess, None) is Rating.GOOD


@given(SHARES, SHARES, st.sampled_from(Outcome), SHARES | st.none())
def test_never_easy_and_wrong_is_again(score, guess, outcome, recall):
    rating = rating_of_drill(score, outcome, guess, recall)
    assert rating < Rating.EASY
    assert (rating is Rating.AGAIN) == (outcome is Outcome.WRONG or (outcome is Outcome.SELF and score < 0.5))


@given(st.sampled_from(Shape), st.integers(0, 12), st.integers(0, 12), SHARES, SHARES)
def test_the_better_it_is_known_the_less_chance_explains(shape, options, lefts, one, other):
    less, more = sorted([one, other])
    guess = guess_rate(shape, options, lefts)
    assert 0 <= guess <= 1
    assert 0 <= by_chance(guess, more) <= by_chance(guess, less) <= 1
