"""Who answered what, counted: never who, only how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizkit.drills.players import Answer, folded
from quizkit.drills.points import is_right


class TextCount(NamedTuple):
    """A typed answer and how many gave it."""

    text: str
    n: int
    right: bool


def option_counts(answers: Mapping[str, Answer], options: Sequence[int]) -> list[tuple[int, int]]:
    """How many picked each option, by the author's index, in the order of `options`."""
    counted = Counter(index for answer in answers.values() for index in answer.picked)
    return [(index, counted[index]) for index in options]


def text_counts(answers: Mapping[str, Answer], most: int) -> list[TextCount]:
    """The most frequent typed answers, those first given first among equals; differences of case are none.

    What nobody would see isn't counted.
    """
    shown: dict[tuple[str, bool], str] = {}
    counted: Counter[tuple[str, bool]] = Counter()
    for answer in answers.values():
        text = " · ".join(value for value in answer.values if folded(value))
        if text:
            key = (folded(text), is_right(answer.score or 0.0))
            shown.setdefault(key, text)
            counted[key] += 1
    return [TextCount(shown[key], n, key[1]) for key, n in counted.most_common(most)]


def placed_counts(answers: Mapping[str, Answer], most: int) -> list[tuple[tuple[int, ...], int, bool]]:
    """The most frequent orders or pairings, by the author's indices, whatever language they were given in.

    Of each: how many gave it, and whether it is right.
    """
    counted = Counter(
        (answer.picked, is_right(answer.score or 0.0))
        for answer in answers.values()
        if max(answer.picked, default=-1) >= 0
    )
    return [(picked, n, right) for (picked, right), n in counted.most_common(most)]


def scores(answers: Mapping[str, Answer]) -> dict[str, float | None]:
    """Everybody's score."""
    return {name: answer.score for name, answer in answers.items()}
