"""Variants of a sheet: the same questions in another order, their options laid out otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import NamedTuple

from quizkit.dice import shuffle

MOST_VARIANTS = len(ascii_uppercase)
_TRIES = 24
"""Shuffles that are tried for a layout that no other variant has. Small questions have few."""


class Deal(NamedTuple):
    """What there is to shuffle of a question.

    `layout` are the author's indices of its options as variant A shows them. `key` is the index of the only right
    option, None where there isn't just one. `fixed` options keep their places; where they are `ordered`, the author's
    order is the answer and never shown.
    """

    layout: tuple[int, ...] = ()
    key: int | None = None
    fixed: bool = False
    ordered: bool = False


class Variant(NamedTuple):
    """A sheet's order: `order[i]` is the question that stands there as the i-th, `layouts[q]` the author's indices of
    the options of question q as displayed.
    """

    letter: str
    order: tuple[int, ...]
    layouts: tuple[tuple[int, ...], ...]


def variants(deals: Sequence[Deal], count: int, seed: str) -> tuple[Variant, ...]:
    """That many variants, of which only the seed decides.

    A single variant keeps the questions in order. Of several, no two begin with the same question, nor have the only
    right option of a question at the same place, as long as there are enough of them.
    """
    orders = _orders(len(deals), count, seed)
    laid = [_layouts(deal, count, f"{seed}/{number}") for number, deal in enumerate(deals)]
    return tuple(
        Variant(ascii_uppercase[number], orders[number], tuple(layouts[number] for layouts in laid))
        for number in range(min(count, MOST_VARIANTS))
    )


def dealt(people: Sequence[str], count: int, seed: str) -> dict[str, int]:
    """Which variant each of these people gets: in turn, so that neighbours on the roster differ."""
    first = shuffle(range(count), f"{seed}/first")[0]
    return {who: (first + place) % count for place, who in enumerate(people)}


def _orders(questions: int, count: int, seed: str) -> list[tuple[int, ...]]:
    if count == 1:
        return [tuple(range(questions))]
    firsts = shuffle(range(questions), f"{seed}/order")
    orders = []
    for number in range(count):
        order = shuffle(range(questions), f"{seed}/order/{number}")
        if order:
            _put(order, firsts[number % questions], 0)
        orders.append(tuple(order))
    return orders


def _layouts(deal: Deal, count: int, seed: str) -> list[tuple[int, ...]]:
    if deal.fixed or len(deal.layout) < 2:
        return [deal.layout] * count
    made = [deal.layout]
    for number in range(1, count):
        found = deal.layout
        for attempt in range(_TRIES):
            options = shuffle(deal.layout, f"{seed}/{number}/{attempt}")
            if deal.key is not None:
                _put(options, deal.key, (deal.layout.index(deal.key) + number) % len(options))
            if deal.ordered and options == sorted(options):
                continue
            found = tuple(options)
            if found not in made:
                break
        made.append(found)
    return made


def _put(items: list[int], item: int, place: int) -> None:
    """Put an item at a place; what was there takes the item's."""
    other = items.index(item)
    items[other], items[place] = items[place], items[other]
