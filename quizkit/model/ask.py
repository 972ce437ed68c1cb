"""Asking and answering: a question as asked, the learner's response, and the verdict on it.

A question holds nothing that gives its answer away except `layout`, which stays on this side of any wire.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol

from quizkit.i18n import Message


class Shape(StrEnum):
    """The ways to ask: all that a face (terminal, page, sheet) needs to know of a card."""

    PICK_ONE = "pick-one"
    """Values: the position ("1", "2", ...) of one option."""
    PICK_MANY = "pick-many"
    """Values: the positions of some options, in any order."""
    TYPE = "type"
    """Values: one text."""
    FILL = "fill"
    """Values: one text for each entry."""
    ORDER = "order"
    """Values: the positions of all options, first to last."""
    PAIR = "pair"
    """Values: for each of `lefts` in turn, the position of an option, or '' for none."""
    REVEAL = "reveal"
    """Values: the positions of the solution's points that were there. The learner rates."""


class Rating(IntEnum):
    """How well a card was remembered, in FSRS's terms."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Outcome(StrEnum):
    """The judgement in a word. SELF: the learner judges."""

    RIGHT = "right"
    ALMOST = "almost"
    WRONG = "wrong"
    SELF = "self"


class Question(NamedTuple):
    """A card as asked.

    `options` are as displayed; a response names them by position, counted from 1. `layout[i]` is the author's index
    of the option displayed at i: never shown. `entries` is how many texts FILL wants; `labels` names them where they
    are blanks of a text. `placeholder` says what form of answer is wanted ("year and month", "%").
    """

    card: str
    shape: Shape
    lang: str
    prompt: str
    options: tuple[str, ...] = ()
    lefts: tuple[str, ...] = ()
    entries: int = 0
    labels: tuple[str, ...] = ()
    hint: str = ""
    placeholder: Message | None = None
    instruction: Message | None = None
    layout: tuple[int, ...] = ()


class Response(NamedTuple):
    """What the learner gave: `values` as the question's shape wants them; none means 'I don't know'.

    `rating` is the learner's own, for REVEAL.
    """

    values: tuple[str, ...] = ()
    rating: Rating | None = None


class Mark(StrEnum):
    """What became of a piece of text between the expected and the given."""

    SAME = "same"
    MISSING = "missing"
    EXTRA = "extra"


class Diff(NamedTuple):
    """A piece of the comparison of the given text with the nearest accepted one."""

    mark: Mark
    text: str


class Part(NamedTuple):
    """The judgement of one entry, option, line or pair of a response."""

    given: str
    expected: str
    outcome: Outcome
    note: str = ""


class Verdict(NamedTuple):
    """The judgement of a response. `score` runs from 0 to 1; `reason` says why in a sentence.

    `diff` compares a typed text with the nearest accepted one; `parts` judge a response piece by piece; `feedback`
    is the author's word on the very mistake made.
    """

    outcome: Outcome
    score: float
    reason: Message
    diff: tuple[Diff, ...] = ()
    parts: tuple[Part, ...] = ()
    feedback: str = ""


class Solution(NamedTuple):
    """The answer for showing: `lines` in reading order; `points` are a rubric to tick (REVEAL)."""

    lines: tuple[str, ...]
    points: tuple[str, ...] = ()


Rivals = Callable[[str], bool]
"""Whether a normalised text is the answer of another card of the deck: then it is no typo but a different thing."""


def no_rivals(_: str) -> bool:
    """For judging without a deck."""
    return False


class Asking(NamedTuple):
    """How to ask: languages in order of preference, a seed for shuffling, and which wording's turn it is."""

    card: str
    langs: Sequence[str] = ("en",)
    seed: str = ""
    turn: int = 0


class Task(Protocol):
    """What a card must be able to do. Each kind makes its own; they are named tuples."""

    @property
    def shape(self) -> Shape:
        """How it is asked."""

    def ask(self, asking: Asking) -> Question:
        """The question, in the best language the card has, shuffled by the seed."""

    def check(self, question: Question, response: Response, rivals: Rivals = no_rivals) -> Verdict:
        """The judgement of a response to that very question."""

    def solution(self, langs: Sequence[str]) -> Solution:
        """The answer, for showing after the response."""

    def accepted(self) -> Sequence[str]:
        """Every text that is right when typed (none for tasks that aren't typed)."""


class Judged(NamedTuple):
    """All there is to show after a response: the verdict, and what the note says about it.

    `media` are pictures and sounds that weren't there with the question.
    """

    verdict: Verdict
    solution: Solution
    explain: str = ""
    claim: str = ""
    claim_type: str = ""
    as_of: str = ""
    cite: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
