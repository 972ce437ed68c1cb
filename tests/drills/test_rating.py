"""What an answer in a drill is worth."""

from hypothesis import given
from hypothesis import strategies as st

from quizkit.drills.rating import by_chance, guess_rate, rating_of_drill
from quizkit.model import Outcome, Rating, Shape

SHARES = st.floats(0, 1)


def test_a_lucky_guess_is_not_good():
    """A statement called true is a coin tossed; one of four may be known; what was typed is known."""
    right = (1.0, Outcome.RIGHT)
    assert rating_of_drill(*right, Shape.PICK_ONE, 2, None) is Rating.HARD
    assert rating_of_drill(*right, Shape.PICK_ONE, 4, None) is Rating.GOOD
    assert rating_of_drill(*right, Shape.PICK_ONE, 4, 0.2) is Rating.HARD
    assert rating_of_drill(*right, Shape.PICK_ONE, 2, 0.9) is Rating.GOOD
    assert rating_of_drill(*right, Shape.TYPE, 0, 0.01) is Rating.GOOD
    assert rating_of_drill(0.5, Outcome.ALMOST, Shape.ORDER, 4, 0.9) is Rating.HARD
    assert rating_of_drill(0.0, Outcome.WRONG, Shape.PICK_ONE, 4, 0.9) is Rating.AGAIN


@given(st.sampled_from(Shape), st.integers(0, 12), SHARES, st.sampled_from(Outcome), SHARES | st.none())
def test_never_easy_and_wrong_is_again(shape, options, score, outcome, recall):
    rating = rating_of_drill(score, outcome, shape, options, recall)
    assert rating < Rating.EASY
    assert (rating is Rating.AGAIN) == (outcome is Outcome.WRONG or (outcome is Outcome.SELF and score < 0.5))


@given(st.sampled_from(Shape), st.integers(0, 12), SHARES, SHARES)
def test_the_better_it_is_known_the_less_chance_explains(shape, options, one, other):
    less, more = sorted([one, other])
    assert 0 <= by_chance(shape, options, more) <= by_chance(shape, options, less) <= 1
    assert 0 <= guess_rate(shape, options) <= 1
