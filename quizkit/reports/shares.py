"""How well something went: a mean score, with how many it is of and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quizkit.reports.intervals import Interval, wilson
from quizkit.reports.items import LEAST


class Share(NamedTuple):
    """The mean of `n` scores, 0 to 1; `value` and `interval` are None of fewer than five."""

    n: int
    value: float | None
    interval: Interval | None

    @property
    def said(self) -> str:
        """In figures: '72 % (61–82 %, n = 35)', or only n where there are too few."""
        if self.value is None or self.interval is None:
            return f"n = {self.n}"
        return f"{percent(self.value)} ({self.interval.low:.0%}–{self.interval.high:.0%}, n = {self.n})"


def share(scores: Iterable[float], least: int = LEAST) -> Share:
    """The mean of these scores with Wilson's interval, which takes them for independent."""
    found = list(scores)
    if len(found) < least:
        return Share(len(found), None, None)
    return Share(len(found), sum(found) / len(found), wilson(sum(found), len(found)))


def percent(value: float) -> str:
    """A share of 1 as a whole percentage."""
    return f"{value:.0%}"
