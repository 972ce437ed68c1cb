"""What a session hands to a face."""

from __future__ import annotations

from typing import NamedTuple

from quizkit.model import Card, CardState, Judged, MemoryState, Question, Rating
from quizkit.study import Ahead, Stage, Summary


class Asked(NamedTuple):
    """A card as it stands before the learner.

    `number` counts the session's questions from 1. `scheduled` says whether the answer will move the memory.
    """

    question: Question
    card: Card
    title: str
    stage: Stage
    ahead: Ahead
    progress: float
    milliseconds_left: int
    state: CardState
    number: int
    scheduled: bool


class Result(NamedTuple):
    """What came of a response.

    `saved` says whether it is in the log already: what the learner rates alone is saved with the rating. `rating` is
    None where the schedule isn't touched; before it is saved, it is what the score suggests. `leech` is set by the
    answer that made the card one.
    """

    card: Card
    question: Question
    judged: Judged
    saved: bool
    rating: Rating | None
    memory: MemoryState
    leech: bool = False
    lapses: int = 0


class Recap(NamedTuple):
    """The end of a session. `learnt` and `look_again` are prompts with the passages they cite.

    `scored` for a test, whose score counts. `broken` are deck files that can't be read. `next_day` is the study day the
    next cards are due (None: nothing is).
    """

    summary: Summary
    scored: bool
    learnt: tuple[tuple[str, tuple[str, ...]], ...]
    look_again: tuple[tuple[str, tuple[str, ...]], ...]
    next_day: int | None
    next_count: int
    broken: tuple[str, ...] = ()


class CardView(NamedTuple):
    """A card laid open. `location` is file:line."""

    card: Card
    question: Question
    judged: Judged
    state: CardState
    location: str
