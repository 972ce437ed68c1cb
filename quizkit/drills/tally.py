"""Who answered what, counted: never who, only how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.drills.players import Answer, folded
from quizkit.drills.points import is_right
from quizkit.model import Outcome

OUTCOMES = ("right", "almost", "partly", "wrong")


class TextCount(NamedTuple):
    """A typed answer, how many gave it, and which of OUTCOMES it is."""

    text: str
    n: int
    outcome: str


def option_counts(answers: Mapping[str, Answer], options: Sequence[int]) -> list[tuple[int, int]]:
    """How many picked each option, by the author's index, in the order of `options`."""
    counted = Counter(index for answer in answers.values() for index in answer.picked)
    return [(index, counted[index]) for index in options]


def text_counts(answers: Mapping[str, Answer], most: int) -> list[TextCount]:
    """The most frequent typed answers, those first given first among equals; differences of case are none.

    What nobody would see isn't counted.
    """
    shown: dict[tuple[str, str], str] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for answer in answers.values():
        text = " · ".join(value for value in answer.values if folded(value))
        if text:
            key = (folded(text), outcome_of(answer))
            shown.setdefault(key, text)
            counted[key] += 1
    return [TextCount(shown[key], n, key[1]) for key, n in counted.most_common(most)]


def placed_counts(answers: Mapping[str, Answer], most: int) -> list[tuple[tuple[int, ...], int, str]]:
    """The most frequent orders or pairings, by the author's indices, whatever language they were given in.

    Of each: how many gave it, and which of OUTCOMES it is.
    """
    counted = Counter(
        (answer.picked, outcome_of(answer)) for answer in answers.values() if max(answer.picked, default=-1) >= 0
    )
    return [(picked, n, outcome) for (picked, outcome), n in counted.most_common(most)]


def outcome_of(answer: Answer) -> str:
    """Which of OUTCOMES an answer is. What isn't right is almost right, has a part of the points, or is wrong."""
    score = answer.score or 0.0
    if is_right(score):
        return "right"
    return "almost" if answer.outcome == Outcome.ALMOST else "partly" if score > 0 else "wrong"


def outcome_counts(answers: Mapping[str, Answer]) -> dict[str, int]:
    """How many answers are which of OUTCOMES."""
    counted = Counter(outcome_of(answer) for answer in answers.values())
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def rights(answers: Mapping[str, Answer]) -> dict[str, float | None]:
    """Whose answer is right in full: 1 or 0; None where nothing is judged."""
    return {name: None if answer.score is None else float(is_right(answer.score)) for name, answer in answers.items()}
