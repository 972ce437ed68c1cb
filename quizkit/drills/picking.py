"""Choosing what to drill: what the class is about to forget, what is new to it, and breadth over what there is.

Cards are taken one by one. The next is the one of the highest worth, `need × breadth`:

- need is the mean, over the roster, of the probability that the student would fail the card now: one minus the
  retrievability, or `UNSEEN` for a card the student has never met;
- breadth halves for every card taken already that shares a passage or an argument (the mean over the card's own
  groups), so that a second card on the same thing must be needed twice as much.

For an exam need is one for all, and the groups are tags and thirds of difficulty: each gets its share of the cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

UNSEEN = 0.5
"""How likely a card that was never met is taken to be failed: half as pressing as one that is surely forgotten."""
WEAK = 0.9
"""The retrievability below which a card is said to be about to be forgotten: what decks aim at."""
LAID = 0.5
"""The share of the class that must have met what a card builds on."""


class Candidate(NamedTuple):
    """A card that may be asked, and what the class knows of it.

    `recalls` holds each student's retrievability, None where the student has never met the card. `groups` are what it
    stands for (passages and arguments); `strata` (tag, third of difficulty) are what an exam balances. `after` are the
    notes it builds on, `confuses` its look-alikes.
    """

    card: str
    note: str
    recalls: tuple[float | None, ...]
    groups: tuple[str, ...] = ()
    strata: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    confuses: frozenset[str] = frozenset()

    @property
    def need(self) -> float:
        """The mean probability of failing it now."""
        failing = [UNSEEN if recall is None else 1 - recall for recall in self.recalls]
        return sum(failing) / len(failing) if failing else UNSEEN


class Pick(NamedTuple):
    """A card that was taken, and why: how many it is new to, how many are about to forget it, what it adds."""

    card: str
    students: int
    new_to: int
    weak: int
    adds: tuple[str, ...]


Clash = Callable[[str, str], bool]
"""Whether one card gives the answer of the other away."""


def no_clash(_one: str, _other: str) -> bool:
    """For choosing without a look at the texts."""
    return False


def pick(
    candidates: Sequence[Candidate],
    count: int,
    *,
    known: Mapping[str, float] | None = None,
    clash: Clash = no_clash,
    exam: bool = False,
) -> list[Pick]:
    """At most `count` cards, in the order they are taken; of equal worth, the author's first.

    `known` is the share of the class that has met a note: what a card builds on must be met by `LAID` of the class, or
    be taken before it; a note that isn't in `known` stands in the way of nothing. One card of a note, and no two that
    are confused or give each other away.
    """
    known = known or {}
    left = list(candidates)
    taken: list[Candidate] = []
    counts: Counter[str] = Counter()
    shares = _shares(left) if exam else {}
    picks: list[Pick] = []
    while left and len(taken) < count:
        notes = {one.note for one in taken}
        ready = [one for one in left if all(known.get(note, 1.0) >= LAID or note in notes for note in one.after)]
        if exam:
            worth = {one.card: -_load(one, counts, shares) for one in ready}
        else:
            worth = {one.card: one.need * _breadth(one, counts) for one in ready}
        ready.sort(key=lambda one: -worth[one.card])
        chosen = next((one for one in ready if not any(clash(one.card, other.card) for other in taken)), None)
        if chosen is None:
            break
        groups = chosen.strata if exam else chosen.groups
        picks.append(_reasons(chosen, [group for group in groups if not counts[group]]))
        counts.update(groups)
        taken.append(chosen)
        left = [
            one
            for one in left
            if one.note != chosen.note and one.note not in chosen.confuses and chosen.note not in one.confuses
        ]
    return picks


def thirds(values: Mapping[str, float]) -> dict[str, str]:
    """Which third of the cards each belongs to, by its difficulty: easy, middling or hard."""
    order = sorted(values, key=lambda card: (values[card], card))
    names = ("easy", "middling", "hard")
    return {card: names[min(3 * place // max(len(order), 1), 2)] for place, card in enumerate(order)}


def _breadth(one: Candidate, counts: Counter[str]) -> float:
    if not one.groups:
        return float(0.5 ** counts[""])
    return sum(0.5 ** counts[group] for group in one.groups) / len(one.groups)


def _shares(candidates: Iterable[Candidate]) -> dict[str, int]:
    return dict(Counter(group for one in candidates for group in one.strata))


def _load(one: Candidate, counts: Counter[str], shares: Mapping[str, int]) -> float:
    """How far beyond their share the card's groups would be: the mean of taken ÷ there."""
    if not one.strata:
        return 1.0
    return sum((counts[group] + 0.5) / shares[group] for group in one.strata) / len(one.strata)


def _reasons(one: Candidate, adds: Iterable[str]) -> Pick:
    met = [recall for recall in one.recalls if recall is not None]
    return Pick(
        one.card, len(one.recalls), len(one.recalls) - len(met), sum(recall < WEAK for recall in met), tuple(adds)
    )
