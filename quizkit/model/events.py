"""The progress log: what happened, as values that are never changed afterwards."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class EventType(StrEnum):
    """What can happen. REVIEW moves the memory; PRACTICE is a response that doesn't (a quiz, cramming).

    MEMORY says what another program knows of the memory: it takes the place of whatever was known before. CLASS names a
    class, MEMBER says who belongs to it; FORGET says that somebody's events have been erased for good.
    """

    REVIEW = "review"
    PRACTICE = "practice"
    UNDO = "undo"
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"
    RESET = "reset"
    FLAG = "flag"
    UNFLAG = "unflag"
    MEMORY = "memory"
    RENAME = "rename"
    LEARNER = "learner"
    CLASS = "class"
    MEMBER = "member"
    FORGET = "forget"


class Origin(StrEnum):
    """Where an event came from."""

    STUDY = "study"
    QUIZ = "quiz"
    CRAM = "cram"
    DRILL = "drill"
    IMPORT = "import"
    COMMAND = "command"


class Event(NamedTuple):
    """One line of the log.

    `id` is a UUIDv7 in its text form; `at` milliseconds since the epoch; `day` the study day it happened on, kept so
    that a replay needs no time zone. Of a REVIEW, `retention` is the desired retention it was scheduled for and
    `interval` the days chosen (0 for learning steps). `target` is the id an UNDO takes back, the former card key of a
    RENAME, the name of a LEARNER, the drill of a review in one, what a MEMORY tells (the values of `Told`), what a
    CLASS or MEMBER says (both as JSON), or the fingerprint of whom a FORGET is about. `until` is the study day a BURY
    ends. `response` is JSON.
    """

    id: str
    learner: str
    type: EventType
    at: int
    day: int
    card: str = ""
    rating: int = 0
    score: float | None = None
    response: str = ""
    shape: str = ""
    lang: str = ""
    milliseconds: int = 0
    origin: Origin = Origin.STUDY
    retention: float = 0.0
    interval: int = 0
    until: int = 0
    target: str = ""


class Trace(NamedTuple):
    """An event without what a replay doesn't need: a tuple, for the sake of a million of them."""

    id: str
    type: str
    at: int
    day: int
    card: str
    rating: int
    retention: float
    interval: int
    until: int
    target: str


Happening = Event | Trace
"""What a replay takes."""
