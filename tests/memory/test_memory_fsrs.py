"""What a rating does to a card's memory, against published values and py-fsrs itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.memory.fsrs import (
    FUZZ_RANGES,
    Forecast,
    fuzz_range,
    preview,
    rating_of,
    recall,
    retrievability,
    review,
)
from quizkit.model import NEW, MemoryState, Outcome, Phase, Rating, Scheduled

AGAIN, HARD, GOOD, EASY = Rating
DAY_MS = 86_400_000
MINUTE_MS = 60_000


def after(*steps: tuple[Rating, int], state: MemoryState = NEW) -> Scheduled:
    """The memory after ratings, each given on a study day, at that day's first moment."""
    for rating, day in steps:
        state, _ = review(state, rating, day * DAY_MS, day, key="deck/note/main")
    assert isinstance(state, Scheduled)
    return state


def as_planned(ratings: list[Rating]) -> list[int]:
    """The ideal intervals when every review comes exactly when it is due."""
    state: MemoryState = NEW
    day, intervals = 19_000, []
    for rating in ratings:
        state, interval = review(state, rating, day * DAY_MS, day, key="k", load=lambda _: 0)
        intervals.append(interval)
        day = state.due_day
    return intervals


def test_intervals_are_those_the_reference_publishes() -> None:
    """The history that py-fsrs (test_review_card), ts-fsrs and go-fsrs all publish for FSRS-6's defaults."""
    ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    assert as_planned(ratings) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_memory_state_is_the_one_the_reference_publishes() -> None:
    """py-fsrs (test_memo_state) and fsrs-rs (test_memory_state) give these for Again, then Good after 0/1/3/8/21."""
    state = after(*zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 4, 12, 33], strict=True))
    assert state.stability == pytest.approx(53.62691, abs=1e-4)
    assert state.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(AGAIN, 0.212, 6.4133), (HARD, 1.2931, 5.11217071), (GOOD, 2.3065, 2.11810397), (EASY, 8.2956, 1.0)],
)
def test_first_rating_gives_the_published_memory(rating: Rating, stability: float, difficulty: float) -> None:
    """The initial values of the reference implementation (fsrs-rs, inference)."""
    state = after((rating, 5))
    assert state.stability == pytest.approx(stability, abs=1e-6)
    assert state.difficulty == pytest.approx(difficulty, abs=1e-6)


@given(
    st.lists(st.tuples(st.sampled_from(list(Rating)), st.integers(0, 400)), min_size=1, max_size=12),
    st.sampled_from([0.7, 0.85, 0.9, 0.97]),
)
def test_model_is_py_fsrs(history: list[tuple[Rating, int]], retention: float) -> None:
    """Whatever the history, memory and ideal interval are those of the library fed with whole days."""
    from fsrs import Card, Scheduler
    from fsrs import Rating as Theirs

    scheduler = Scheduler(desired_retention=retention, enable_fuzzing=False)
    moment = datetime(2024, 1, 1, 12, tzinfo=UTC)
    day = (moment - datetime(1970, 1, 1, tzinfo=UTC)).days
    card, state = Card(card_id=1, due=moment), NEW
    for rating, gap in history:
        moment, day = moment + timedelta(days=gap), day + gap
        card, _ = scheduler.review_card(card, Theirs(rating), moment)
        state, interval = review(state, rating, day * DAY_MS, day, key="k", retention=retention, load=lambda _: 0)
        assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
        assert state.phase.value == card.state.name.lower()
        if state.phase == Phase.REVIEW:
            assert interval == (card.due - moment).days
            assert (state.due_day, state.due_at) == (day + interval, 0)
        else:
            assert timedelta(milliseconds=state.due_at - day * DAY_MS) == card.due - moment
            assert (state.due_day, interval) == (day, 0)


def test_steps_are_counted_from_the_moment() -> None:
    """Learning steps of 1 and 10 minutes and a relearning step of 10, whatever time of day it is."""
    at = 20_000 * DAY_MS + 12_345
    first, _ = review(NEW, AGAIN, at, 20_000, key="k")
    second, _ = review(first, GOOD, at, 20_000, key="k")
    assert (first.due_at - at, second.due_at - at) == (1 * MINUTE_MS, 10 * MINUTE_MS)
    lapsed, _ = review(after((EASY, 0)), AGAIN, at, 20_000, key="k")
    assert (lapsed.phase, lapsed.due_at - at) == (Phase.RELEARNING, 10 * MINUTE_MS)


def test_the_hour_of_a_review_never_changes_an_interval() -> None:
    """An evening and the next day are one study day apart, by however few hours."""
    learnt = after((GOOD, 100), (GOOD, 100))
    late, early = 101 * DAY_MS + 1, 102 * DAY_MS - 1
    assert review(learnt, GOOD, late, 101, key="k")[1] == review(learnt, GOOD, early, 101, key="k")[1]


def test_a_day_before_the_last_review_counts_as_the_same_day() -> None:
    """Flying east to west puts the study day back; that is no negative time."""
    learnt = after((GOOD, 100), (GOOD, 100))
    back, same = review(learnt, GOOD, 0, 99, key="k")[0], review(learnt, GOOD, 0, 100, key="k")[0]
    assert back.stability == same.stability
    assert back.last_day == 99


def test_lapses_count_only_what_had_been_learnt() -> None:
    """Again in a learning step is no lapse; every review counts as a repetition."""
    state = after((AGAIN, 1), (AGAIN, 1), (GOOD, 1), (GOOD, 1), (AGAIN, 9), (AGAIN, 9))
    assert (state.lapses, state.reps, state.first_day) == (1, 6, 1)


def test_a_higher_retention_asks_sooner() -> None:
    """Desired retention is what the learner pays for with reviews."""
    learnt = after((EASY, 0), (GOOD, 8))
    often, seldom = (
        review(learnt, GOOD, 0, 30, key="k", retention=share, load=lambda _: 0)[1] for share in (0.97, 0.8)
    )
    assert often < seldom


@pytest.mark.parametrize(
    ("ideal", "expected"), [(1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9)), (20, (17, 23)), (50, (46, 54))]
)
def test_fuzz_range_is_the_usual_one(ideal: int, expected: tuple[int, int]) -> None:
    """About 15, 10, then 5 per cent, and a day; never below two days."""
    assert fuzz_range(ideal) == expected


def test_fuzz_shares_are_the_library_s() -> None:
    """So that a new release with other shares is noticed."""
    from fsrs.scheduler import FUZZ_RANGES as THEIRS

    assert [tuple(entry.values()) for entry in THEIRS] == list(FUZZ_RANGES)


@given(st.integers(20, 300), st.text(max_size=10), st.integers(1, 90))
def test_a_recorded_interval_is_kept_when_it_can_be(day: int, key: str, recorded: int) -> None:
    """A replay gives the day that was chosen when it happened, unless it would be far from right."""
    learnt = after((EASY, 0), (GOOD, 8))
    ideal = review(learnt, GOOD, 0, day, key=key, load=lambda _: 0)[1]
    shortest, longest = fuzz_range(ideal)
    chosen = review(learnt, GOOD, 0, day, key=key, interval=recorded)[1]
    assert shortest <= chosen <= longest
    if shortest <= recorded <= longest:
        assert chosen == recorded


def test_the_least_loaded_day_is_taken() -> None:
    """A review moves away from crowded days, and stays where it is when all are alike."""
    learnt = after((EASY, 0), (GOOD, 8))
    ideal = review(learnt, GOOD, 0, 30, key="k", load=lambda _: 7)[1]
    shortest, longest = fuzz_range(ideal)
    assert shortest < ideal < longest
    quiet = 30 + longest
    assert review(learnt, GOOD, 0, 30, key="k", load=lambda day: 0 if day == quiet else 3)[1] == longest
    beside = {30 + ideal: 5}
    assert abs(review(learnt, GOOD, 0, 30, key="k", load=lambda day: beside.get(day, 0))[1] - ideal) == 1


def test_fuzz_spreads_cards_and_is_the_same_each_time() -> None:
    """Cards learnt together drift apart, by their keys alone."""
    learnt = after((EASY, 0), (GOOD, 8))
    intervals = [review(learnt, GOOD, 0, 30, key=f"deck/note-{n}/main")[1] for n in range(200)]
    assert intervals == [review(learnt, GOOD, 0, 30, key=f"deck/note-{n}/main")[1] for n in range(200)]
    shortest, longest = fuzz_range(review(learnt, GOOD, 0, 30, key="k", load=lambda _: 0)[1])
    assert set(intervals) == set(range(shortest, longest + 1))


@given(st.integers(0, 200), st.text(max_size=8))
def test_preview_is_what_review_does(day: int, key: str) -> None:
    """The four outcomes shown before the answer are those that follow, and better ratings wait no shorter."""
    learnt = after((GOOD, 0), (GOOD, 0))
    shown = preview(learnt, day * DAY_MS, day, key=key, retention=0.9)
    assert shown == {
        rating: Forecast(*review(learnt, rating, day * DAY_MS, day, key=key, retention=0.9)) for rating in Rating
    }
    assert shown[HARD].interval <= shown[GOOD].interval <= shown[EASY].interval


@given(st.floats(0.01, 1000), st.integers(0, 2000))
def test_retrievability_is_py_fsrs_s(stability: float, days: int) -> None:
    """The quick formula agrees with the library's own."""
    from fsrs import Card, Scheduler, State

    then = datetime(2024, 1, 1, tzinfo=UTC)
    card = Card(card_id=1, state=State.Review, stability=stability, difficulty=5.0, due=then, last_review=then)
    expected = Scheduler().get_card_retrievability(card, then + timedelta(days=days))
    state = Scheduled(Phase.REVIEW, 0, stability, 5.0, 0, 0, 0, 1000, 1, 0)
    assert retrievability(state, 1000 + days) == pytest.approx(expected, abs=1e-12)


def test_retrievability_is_nine_tenths_after_as_many_days_as_the_stability() -> None:
    """What 'stability' means; and a clock that went back doesn't make memory better than perfect."""
    assert recall(12.0, 12) == pytest.approx(0.9)
    assert recall(12.0, -3) == 1.0


@pytest.mark.parametrize(
    ("outcome", "score", "rating"),
    [
        (Outcome.RIGHT, 1.0, GOOD),
        (Outcome.ALMOST, 0.9, HARD),
        (Outcome.WRONG, 0.75, AGAIN),
        (Outcome.SELF, 1.0, GOOD),
        (Outcome.SELF, 0.5, HARD),
        (Outcome.SELF, 0.2, AGAIN),
    ],
)
def test_verdicts_stand_for_ratings(outcome: Outcome, score: float, rating: Rating) -> None:
    """A machine's verdict never says 'easy', and partial credit on a wrong answer is still wrong."""
    assert rating_of(score, outcome) == rating


def test_no_global_randomness_is_touched() -> None:
    """A session's shuffling must not depend on how many cards were scheduled."""
    import random

    before = random.getstate()
    after((GOOD, 0), (GOOD, 0), (GOOD, 5), (GOOD, 40))
    assert random.getstate() == before
