"""Calling on people at random, fairly: nobody twice before all have been called once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from quizkit.dice import shuffle


class Calls(NamedTuple):
    """Who has been called how often. `away` are those who aren't here; `last` is who was called last, '' for nobody.

    `made` counts all calls: with the seed it decides whom chance takes.
    """

    counts: Mapping[str, int]
    seed: str = ""
    away: frozenset[str] = frozenset()
    last: str = ""
    made: int = 0

    @property
    def here(self) -> list[str]:
        """Those who can be called."""
        return [who for who in self.counts if who not in self.away]


def begin(people: Sequence[str], seed: str) -> Calls:
    """Nobody has been called yet."""
    return Calls(dict.fromkeys(people, 0), seed)


def following(calls: Calls, without: Iterable[str] = ()) -> str | None:
    """Whom to call next: of those called least often, whom the seed says; never the same twice running if it can be.

    `without` are people who are out of the question this time. None when nobody is left.
    """
    barred = set(without)
    open_to = [who for who in calls.here if who not in barred]
    if not open_to:
        return None
    least = min(calls.counts[who] for who in open_to)
    fair = [who for who in open_to if calls.counts[who] == least]
    others = [who for who in fair if who != calls.last]
    return shuffle(others or fair, f"{calls.seed}/{calls.made}")[0]


def called(calls: Calls, who: str) -> Calls:
    """Somebody has been called."""
    counts = {**calls.counts, who: calls.counts[who] + 1}
    return calls._replace(counts=counts, last=who, made=calls.made + 1)


def taken_back(calls: Calls) -> Calls:
    """The last call doesn't count."""
    if not calls.last:
        return calls
    return calls._replace(counts={**calls.counts, calls.last: calls.counts[calls.last] - 1}, last="")


def left(calls: Calls, who: str, *, answered: bool = False) -> Calls:
    """Somebody isn't here (any more). A call that found them away, so that they haven't answered, isn't theirs."""
    calls = taken_back(calls) if calls.last == who and not answered else calls
    return calls._replace(away=calls.away | {who})


def returned(calls: Calls, who: str) -> Calls:
    """Somebody is here after all. What was missed isn't caught up on."""
    here = [calls.counts[other] for other in calls.here]
    level = max(calls.counts[who], min(here, default=0))
    return calls._replace(away=calls.away - {who}, counts={**calls.counts, who: level})


def teams_of(people: Sequence[str], names: Sequence[str], seed: str) -> dict[str, str]:
    """People dealt out to teams of equal size (to within one), at random."""
    return (
        {who: names[place % len(names)] for place, who in enumerate(shuffle(people, f"{seed}/teams"))} if names else {}
    )
