"""What the figures of a question mean, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import NamedTuple

from quizkit.i18n import _, ngettext
from quizkit.reports.distractors import rare
from quizkit.reports.intervals import Interval
from quizkit.reports.items import Item

HARD, EASY = 0.3, 0.95
LEAST_FOR_EASY = 6
POOR_DISCRIMINATION = 0.1
"""A correlation below which a question says little of what a student knows.

Half of the 0.20 below which an index is poor to Ebel & Frisbie (1991, Essentials of Educational Measurement): the few
questions of a drill measure the rest bluntly.
"""
SURELY = 0.05


class Keyed(NamedTuple):
    """What is to be picked. `right` and `options` are as the author counts them; no options where none are picked.

    `guess` is the mean score of those who guess, 0 where nothing can be guessed.
    """

    right: frozenset[int] = frozenset()
    options: tuple[int, ...] = ()
    guess: float = 0.0


class Remark(NamedTuple):
    """Something to be said of a question. `options` are those it is about; `n` and `other` what is counted."""

    code: str
    options: tuple[int, ...] = ()
    n: int = 0
    other: int = 0
    of: int = 0


def remarks_of(item: Item, keyed: Keyed) -> list[Remark]:
    """Whatever stands out, the worst first; nothing where there are too few answers to say."""
    found = []
    if wrong := _wrong_key(item, keyed):
        found.append(wrong)
    relation = item.discrimination
    if relation and relation.interval.high < 0 and not wrong:
        found.append(Remark("negative-discrimination"))
    if item.facility is not None and item.interval is not None and not wrong:
        told_apart = relation is not None and relation.interval.low > 0
        if not told_apart and _is_guessed(item.interval, keyed.guess):
            found.append(Remark("no-better-than-guessing"))
        elif item.facility < HARD:
            found.append(Remark("hard"))
        elif item.facility > EASY and item.n >= LEAST_FOR_EASY:
            found.append(Remark("easy"))
    if relation and not wrong and relation.value < POOR_DISCRIMINATION and relation.interval.high >= 0:
        found.append(Remark("poor-discrimination"))
    if item.slow:
        found.append(Remark("slow"))
    unpicked = rare(item.choices, (option for option in keyed.options if option not in keyed.right))
    if unpicked:
        times = sum(item.choices.of(option).n for option in unpicked)
        found.append(Remark("unpicked-distractor", unpicked, times, of=item.choices.n))
    return found


def _is_guessed(score: Interval, guess: float) -> bool:
    """Whether a score is what it would be if all guessed, and not what it would be if only half of them did."""
    return guess > 0 and score.low <= guess and score.high < (1 + guess) / 2


def _wrong_key(item: Item, keyed: Keyed) -> Remark | None:
    """The distractor that the best students take rather than the key, and more often than the weakest do.

    By a sign test within the upper group: chance alone must bring it about, with any of the distractors, less than one
    time in twenty (the bound of Bonferroni, since the one to be tested isn't known beforehand).
    """
    found = item.choices
    if not found.group or len(keyed.right) != 1:
        return None
    (right,) = keyed.right
    key = found.of(right)
    others = [choice for choice in found.picked if choice.option != right and choice.option in keyed.options]
    best = max(others, key=lambda choice: (choice.upper, -choice.option), default=None)
    if best is None or best.upper <= key.upper or best.upper < best.lower:
        return None
    if sign_test(best.upper, key.upper) * (len(keyed.options) - 1) >= SURELY:
        return None
    return Remark("wrong-key", (best.option,), best.upper, key.upper, found.group)


def sign_test(more: int, fewer: int) -> float:
    """The chance that of two equally good options one is taken at least `more` of `more + fewer` times

    (the sign test: Arbuthnott, 1710; Conover, 1999, Practical Nonparametric Statistics, 3.4).
    """
    n = more + fewer
    return sum(comb(n, k) for k in range(more, n + 1)) / (1 << n)


def sentence(remark: Remark, options: Sequence[str]) -> str:
    """A remark in words; `options` are the texts of the question's options, as the author counts them."""
    named = ", ".join(f"“{options[index]}”" if index < len(options) else str(index + 1) for index in remark.options)
    match remark.code:
        case "wrong-key":
            return _(
                "of the {of} best students {n} chose {option} and {other} the key: is the key right?",
                of=remark.of,
                n=remark.n,
                option=named,
                other=remark.other,
            )
        case "negative-discrimination":
            return _("the better learners get it wrong more often: is the key right?")
        case "hard":
            return _("most get it wrong: is it taught, and is it clear?")
        case "no-better-than-guessing":
            return _("no more get it right than by guessing: is it taught, and is it clear?")
        case "easy":
            return _("nearly all get it right: it teaches little")
        case "poor-discrimination":
            return _("says little about who knows the rest")
        case "slow":
            return _("takes much longer than the others")
        case "unpicked-distractor" if not remark.n:
            return _("nobody picks {options}", options=named)
        case "unpicked-distractor":
            return _("fewer than one in twenty pick {options}", options=named)
        case "leech":
            return ngettext("{n} learner keeps forgetting it", "{n} learners keep forgetting it", remark.n)
        case _:
            raise ValueError(remark.code)
