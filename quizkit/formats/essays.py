"""Essays of other programs: the answer is a text, a rubric, or both."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.formats.item import Item


def essay(item: Item, parts: Sequence[str]) -> tuple[Item, list[str]]:
    """An essay whose answer is the first of these texts, with a rubric where one of the first two is a list.

    Returns the item, and the texts that are neither.
    """
    model, *rest = parts
    for index, source in enumerate([*rest[:1], model]):
        lines = source.split("\n")
        if all(line.startswith("- ") for line in lines):
            points = tuple(line[2:] for line in lines)
            left = rest[1:] if index == 0 and rest else rest
            return item._replace(kind="open", answers=(model,), points=points), left
    return item._replace(kind="basic", answers=(model,)), rest
