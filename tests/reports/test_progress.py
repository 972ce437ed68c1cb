"""A learner's figures."""

from quizkit.reports.forecast import Standing, forecast
from quizkit.reports.progress import Answer, hardest, progress


def _answers(*rows):
    return [Answer(card, day, rating, score, interval, 1000) for card, day, rating, score, interval in rows]


def test_retention_counts_only_cards_past_their_learning_steps():
    """A miss on the first day says nothing about what stays."""
    found = progress(_answers(("a", 1, 1, 0.0, 0), ("a", 1, 3, 1.0, 3), ("a", 4, 3, 1.0, 9), ("a", 13, 1, 0.0, 0)), 13)
    assert found.reviewed == 2
    assert found.retention == 0.5


def test_there_is_no_retention_before_the_first_review():
    """Nothing reviewed is not the same as nothing remembered."""
    assert progress(_answers(("a", 1, 1, 0.0, 0)), 1).retention is None


def test_streaks():
    """Yesterday's streak lasts until today is over; a day off ends it."""
    days = _answers(*[("a", day, 3, 1.0, 1) for day in (1, 2, 3, 7, 8)])
    assert (progress(days, 8).streak, progress(days, 9).streak, progress(days, 10).streak) == (2, 2, 0)
    assert progress(days, 10).longest_streak == 3


def test_practice_counts_as_answers_but_not_as_reviews():
    """A quiz shows in the answers; the retention is left alone."""
    found = progress(_answers(("a", 1, 0, 1.0, 0)), 1)
    assert (found.answers, found.today, found.retention) == (1, 1, None)
    assert not found.ratings


def test_the_hardest_cards_are_those_missed_most():
    """A card answered once says little; among the others the lowest mean comes first."""
    rows = [("once", 1, 1, 0.0, 0)]
    rows += [("hard", day, 1, 0.0, 0) for day in range(3)] + [("mid", day, 1, day % 2, 0) for day in range(3)]
    rows += [("easy", day, 3, 1.0, 1) for day in range(3)]
    assert [card for card, _ in hardest(progress(_answers(*rows), 3))] == ["hard", "mid"]


def test_the_forecast_counts_overdue_cards_today():
    """What is overdue waits now; a buried card waits for its day; a suspended one doesn't wait."""

    def card(due_day, phase="review", due_at=0, suspended=False, buried=0, deck="d", stability=1.0):
        return Standing(deck, phase, due_day, due_at, stability, suspended, buried, 0)

    found = forecast(
        [
            card(90),
            card(100, stability=30.0),
            card(100, "learning", due_at=2_000),
            card(103),
            card(99, suspended=True),
            card(99, buried=101),
            card(99, deck="gone"),
        ],
        {"d": 10},
        now=1_000,
        today=100,
    )
    assert (found.now, found.today, found.new) == (2, 3, 4)
    assert found.by_day[:4] == [3, 1, 0, 1]
    assert found.states == {"young": 3, "mature": 1, "learning": 1, "suspended": 1, "new": 4}
    assert sum(found.by_day) == 5
