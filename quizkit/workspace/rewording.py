"""Questions in other words: what a file no longer says, and what it says now, alike enough to be the same question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher

from quizkit.answers import normalise
from quizkit.formats.item import Item
from quizkit.kinds.cloze import with_gaps

ALIKE = 0.5
"""How much of two questions must be the same, where their answers are."""
MOST_PAIRS = 10_000
"""Beyond so many comparisons of questions with one answer nothing is guessed: `true` answers thousands."""


def reworded(gone: Mapping[str, Item], fresh: Sequence[Item]) -> dict[int, str]:
    """Which of the fresh items is a note that is gone, in other words: its place among them, and the note's id.

    Their answers must be the same and their questions alike, and no other may be as likely.
    """
    before: dict[Hashable, list[str]] = {}
    for id_, item in gone.items():
        before.setdefault(_answer(item), []).append(id_)
    after: dict[Hashable, list[int]] = {}
    for place, item in enumerate(fresh):
        after.setdefault(_answer(item), []).append(place)
    found: dict[int, str] = {}
    for answer, places in after.items():
        ids = before.get(answer, [])
        if len(ids) * len(places) > MOST_PAIRS:
            continue
        pairs = [
            (place, id_) for place in places for id_ in ids if likeness(gone[id_].prompt, fresh[place].prompt) >= ALIKE
        ]
        found |= {
            place: id_ for place, id_ in pairs if sum(place == other or id_ == another for other, another in pairs) == 1
        }
    return found


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1."""
    return SequenceMatcher(None, normalise(one), normalise(other), autojunk=False).ratio()


def _answer(item: Item) -> Hashable:
    """All that is right about an item, whatever the order of its options."""
    gaps: list[tuple[int, str]] = []
    if item.kind == "cloze":
        with_gaps(item.prompt, lambda number, answer, _hint: gaps.append((number, answer)) or "")  # type: ignore[func-returns-value]
    options = frozenset((option.text, option.right) for option in item.options)
    right = (item.answers, item.true, item.correction, item.members, item.pairs)
    return (item.kind, item.reverse, tuple(gaps), options, *right)
