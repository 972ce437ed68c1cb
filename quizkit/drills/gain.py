"""What a discussion brought about: the normalized gain of peer instruction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Round(NamedTuple):
    """A vote: how many answered, and the mean of what each came to (None where nobody did, or nothing is judged)."""

    answered: int
    share: float | None


def vote(scores: Mapping[str, float | None]) -> Round:
    """What a vote came to."""
    judged = [score for score in scores.values() if score is not None]
    return Round(len(scores), sum(judged) / len(judged) if judged else None)


def normalized_gain(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> float | None:
    """The share of what could be gained that was: g = (post - pre) / (1 - pre).

    Of those who voted both times. None where nobody did, or where all were right at once. After R. R. Hake,
    "Interactive-engagement versus traditional methods", Am. J. Phys. 66 (1998) 64-74.
    """
    both = [(old, new) for name, old in before.items() if old is not None and (new := after.get(name)) is not None]
    if not both:
        return None
    pre = sum(old for old, _new in both) / len(both)
    post = sum(new for _old, new in both) / len(both)
    return None if pre >= 1 else (post - pre) / (1 - pre)
