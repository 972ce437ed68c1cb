"""Which questions of a drill were skipped: nobody has points for them, whatever was answered before."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.model.drill import Act, ActType

UNTOLD = -1
"""Instead of the index of an item, where an act names none."""


def skipped(acts: Sequence[Act]) -> set[int]:
    """The items that were left while they were open.

    With phones the act doesn't say which: it is what the room is at. Without, it does; the act behind it turns to the
    next item, and whoever takes that back takes back the skip. There a question may also be left by skipping once its
    answer is known: that isn't to skip it.
    """
    undone = {int(act.data["number"]) for act in acts if act.type is ActType.UNDO}
    found, known, here = set[int](), set[int](), UNTOLD
    for act in acts:
        if act.number in undone:
            continue
        item = int(act.data.get("item", UNTOLD))
        match act.type:
            case ActType.START:
                here = 0
            case ActType.NEXT if item != UNTOLD:
                here = item
            case ActType.NEXT if not act.player:
                here += 1
            case ActType.SKIP if item == UNTOLD:
                found.add(here)
                here += 1
            case ActType.SKIP if act.number + 1 not in undone and item not in known:
                found.add(item)
            case ActType.REVEAL:
                known.add(here)
            case ActType.ANSWER if (act.data.get("score") or 0) >= 1:
                known.add(item)
    return found
