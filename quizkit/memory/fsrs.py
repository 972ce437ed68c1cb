"""FSRS: what a rating does to the memory of a card, and when the card is asked next.

The only module that knows py-fsrs, and the model is FSRS-6 with its default weights. Time is told to it in study
days: every review happens at one and the same moment, and the one before it a whole number of study days earlier, so
that a late evening never changes an interval. Steps of minutes are counted from the real moment.

py-fsrs draws its fuzz from a global random number; ours depends on the card and on what is already planned, so that
a replay gives the same days again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from quizkit.model import DEFAULT_RETENTION, Happening, MemoryState, Outcome, Phase, Rating, Scheduled

if TYPE_CHECKING:
    from fsrs import Card, Scheduler, State
    from fsrs import Rating as TheirRating

Load = Callable[[int], int]
"""How many cards are already due on a study day."""

LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)
MAXIMUM_INTERVAL = 36_500

DECAY = -0.1542
"""The exponent of the forgetting curve: minus the 21st default weight of FSRS-6."""

FACTOR = 0.9 ** (1 / DECAY) - 1
"""Makes retrievability 0.9 when as many days have passed as the memory is stable for."""

FUZZ_FROM = 2.5
FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""(from, to, share): how many days around an interval are as good as it (py-fsrs and Anki use the same)."""

SELF_PASS = 0.5
"""The share of a rubric's points that makes a self-judged response a pass."""

_REVIEW, _AGAIN = Phase.REVIEW, int(Rating.AGAIN)
_MILLISECOND = timedelta(milliseconds=1)
_NOW = datetime(3000, 1, 1, tzinfo=UTC)
"""The moment of every review as py-fsrs sees it: only the whole days since the last one matter to the model."""

_LONGEST_AGO = 365_000
"""In days. A clock that was a thousand years wrong stops nothing."""


class Forecast(NamedTuple):
    """What a rating would do: the memory after it, and the interval in days (0: a step of minutes)."""

    memory: Scheduled
    interval: int


def review(
    state: MemoryState,
    rating: Rating,
    at: int,
    day: int,
    *,
    key: str,
    retention: float = DEFAULT_RETENTION,
    interval: int = 0,
    load: Load | None = None,
) -> Forecast:
    """The memory after a review at the moment `at` on study day `day`, and the interval chosen, in days.

    `key` is the card's; `retention` the share of answers meant to be remembered when asked. An interval of more than
    two days may be moved a little: to `interval` where that is near enough (what was chosen when it happened), else
    to the least loaded day, else to a day that depends on the card alone. A day before the last review's, as after a
    flight east to west, counts as no time passed.
    """
    card_type, states, _phases, ratings = _theirs()
    if isinstance(state, Scheduled):
        known, reps, lapses, first_day = state.phase, state.reps, state.lapses, state.first_day
        step = None if known is _REVIEW else state.step
        last = _days_ago(day - state.last_day)
        card = card_type(1, states[known], step, state.stability, state.difficulty, _NOW, last)
        if known is _REVIEW and rating == _AGAIN:
            lapses += 1
    else:
        card = card_type(1, due=_NOW)
        reps, lapses, first_day = 0, 0, day
    card, _ = _scheduler(retention).review_card(card, ratings[rating], _NOW)
    return _forecast(card, at, day, reps, lapses, first_day, _Choice(key, interval, load))


def replay(reviews: Sequence[Happening]) -> Scheduled:
    """The memory after these reviews of a new card, one or more: as if `review` had been called for each."""
    card_type, states, _phases, ratings = _theirs()
    card = card_type(1, due=_NOW)
    reviewed, lapses, last_day = states[_REVIEW], 0, reviews[0].day
    retention, scheduler = -1.0, None
    for event in reviews:
        if scheduler is None or event.retention != retention:
            retention = event.retention
            scheduler = _scheduler(retention)
        if card.last_review is not None:
            card.last_review = _days_ago(event.day - last_day)
            if card.state is reviewed and event.rating == _AGAIN:
                lapses += 1
        card, _ = scheduler.review_card(card, ratings[event.rating], _NOW)
        last_day = event.day
    choice = _Choice(event.card, event.interval, None)
    return _forecast(card, event.at, event.day, len(reviews) - 1, lapses, reviews[0].day, choice).memory


class _Choice(NamedTuple):
    """What decides which of several good intervals is taken."""

    key: str
    recorded: int
    load: Load | None


def _forecast(card: Card, at: int, day: int, reps: int, lapses: int, first_day: int, choice: _Choice) -> Forecast:
    """The card that py-fsrs has just reviewed, in our terms."""
    phase, wait = _theirs()[2][card.state], card.due - _NOW
    if phase is _REVIEW:
        interval = _chosen(wait.days, choice, day, reps)
        due_day, due_at = day + interval, 0
    else:
        interval, due_day, due_at = 0, day, at + wait // _MILLISECOND
    assert card.stability is not None
    assert card.difficulty is not None
    memory = Scheduled(
        phase, card.step or 0, card.stability, card.difficulty, due_day, due_at, at, day, reps + 1, lapses, first_day
    )
    return Forecast(memory, interval)


def preview(
    state: MemoryState,
    at: int,
    day: int,
    *,
    key: str,
    retention: float = DEFAULT_RETENTION,
    load: Load | None = None,
) -> dict[Rating, Forecast]:
    """What each of the four ratings would do now."""
    return {rating: review(state, rating, at, day, key=key, retention=retention, load=load) for rating in Rating}


def retrievability(state: Scheduled, day: int) -> float:
    """The probability, 0 to 1, that the card is remembered on a study day.

    The power forgetting curve of FSRS-6, R(t) = (1 + FACTOR * t / S) ** DECAY, with t in days since the last review
    and S the stability (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm).
    """
    return recall(state.stability, day - state.last_day)


def recall(stability: float, days: int) -> float:
    """The probability of remembering after a number of days (see `retrievability`)."""
    return float((1 + FACTOR * max(days, 0) / stability) ** DECAY)


def from_sm2(interval: float, ease: float) -> tuple[float, float]:
    """Stability (days) and difficulty of a card that SM-2 gave this interval (days) and ease (2.5 at the start).

    As fsrs-rs does it (`memory_state_from_sm2`), for a retention of 0.9: the interval is taken for the stability, and
    the difficulty is the one with which a Good would lengthen the interval by the ease.
    """
    from math import exp

    from fsrs.scheduler import DEFAULT_PARAMETERS

    stability = max(interval, 0.1)
    growth = exp(DEFAULT_PARAMETERS[8]) * stability ** -DEFAULT_PARAMETERS[9]
    growth *= exp((1 - DEFAULT_RETENTION) * DEFAULT_PARAMETERS[10]) - 1
    return stability, min(max(11 - (ease - 1) / growth, 1.0), 10.0)


def rating_of(score: float, outcome: Outcome) -> Rating:
    """The rating that a judged response stands for. A learner's own judgement goes by its score alone."""
    match outcome:
        case Outcome.RIGHT:
            return Rating.GOOD
        case Outcome.ALMOST:
            return Rating.HARD
        case Outcome.WRONG:
            return Rating.AGAIN
        case Outcome.SELF:
            return Rating.GOOD if score >= 1 else Rating.HARD if score >= SELF_PASS else Rating.AGAIN


@lru_cache(maxsize=16_384)
def _days_ago(days: int) -> datetime:
    return _NOW - timedelta(days=min(max(days, 0), _LONGEST_AGO))


@lru_cache(maxsize=4096)
def fuzz_range(interval: int) -> tuple[int, int]:
    """The shortest and the longest interval, in days, that may stand for this one."""
    if interval < FUZZ_FROM:
        return interval, interval
    delta = 1.0
    for start, end, share in FUZZ_RANGES:
        delta += share * max(min(interval, end) - start, 0.0)
    longest = min(round(interval + delta), MAXIMUM_INTERVAL)
    return min(max(2, round(interval - delta)), longest), longest


def _chosen(ideal: int, choice: _Choice, day: int, reps: int) -> int:
    """The interval to use instead of the ideal one."""
    key, recorded, load = choice
    shortest, longest = fuzz_range(ideal)
    if shortest == longest:
        return ideal
    if shortest <= recorded <= longest:
        return recorded
    # One draw for all ratings: a better rating never gets a shorter interval by chance.
    draw = crc32(f"{key} {reps}".encode())
    if load is None:
        return shortest + draw * (longest - shortest + 1) // 2**32
    # Among days with equally few cards the nearest to the ideal; the draw decides between before and after.
    side = 1 if draw & 1 else -1
    return min(
        range(shortest, longest + 1),
        key=lambda days: (load(day + days), abs(days - ideal), side * (days - ideal)),
    )


@lru_cache(maxsize=64)
def _scheduler(retention: float) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=retention or DEFAULT_RETENTION,
        learning_steps=LEARNING_STEPS,
        relearning_steps=RELEARNING_STEPS,
        maximum_interval=MAXIMUM_INTERVAL,
        enable_fuzzing=False,
    )


@lru_cache(maxsize=1)
def _theirs() -> tuple[type[Card], dict[Phase, State], dict[State, Phase], tuple[TheirRating, ...]]:
    from fsrs import Card, State
    from fsrs import Rating as TheirRating

    class Uncopied(Card):
        """A card that py-fsrs may change in place, since each is made for one review: nearly twice as fast."""

        def __copy__(self) -> Uncopied:
            return self

    states = {Phase.LEARNING: State.Learning, Phase.REVIEW: State.Review, Phase.RELEARNING: State.Relearning}
    ratings = (TheirRating.Again, TheirRating.Again, TheirRating.Hard, TheirRating.Good, TheirRating.Easy)
    return (Uncopied, states, {their: our for our, their in states.items()}, ratings)
