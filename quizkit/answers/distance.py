"""How two texts differ by single slips: optimal string alignment (Damerau-Levenshtein without overlapping swaps).

After R. Lowrance and R. A. Wagner, "An Extension of the String-to-String Correction Problem" (1975), restricted to
swaps of neighbours that aren't edited again.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

LONGEST = 400
"""What remains after equal ends, in units, that is still compared. Longer texts aren't typing slips of each other."""


class Slip(Enum):
    """What can go wrong at one place."""

    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    SWAPPED = "swapped"


class Edit(NamedTuple):
    """One slip: what was given, what was wanted, and where in the wanted text (before which unit, if extra)."""

    slip: Slip
    given: str
    wanted: str
    place: int


def edits(given: Sequence[str], wanted: Sequence[str], limit: int) -> list[Edit] | None:
    """The fewest slips that make `given` out of `wanted`, in reading order. None when that takes more than `limit`."""
    if abs(len(given) - len(wanted)) > limit:
        return None
    start = _common_start(given, wanted)
    end_given, end_wanted = len(given), len(wanted)
    while end_given > start and end_wanted > start and given[end_given - 1] == wanted[end_wanted - 1]:
        end_given -= 1
        end_wanted -= 1
    if max(end_given, end_wanted) - start > LONGEST:
        return None
    g, w = given[start:end_given], wanted[start:end_wanted]
    table = _distances(g, w, limit)
    return None if table is None or table[-1][-1] > limit else _traced(table, g, w, start)


def _common_start(one: Sequence[str], other: Sequence[str]) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def _distances(g: Sequence[str], w: Sequence[str], limit: int) -> list[list[int]] | None:
    """`table[i][j]`: the slips between the first i and the first j units, in a band about the diagonal."""
    far = limit + 1
    table = [[min(j, far) for j in range(len(w) + 1)]]
    for i in range(1, len(g) + 1):
        above = table[-1]
        row = [far] * (len(w) + 1)
        row[0] = min(i, far)
        for j in range(max(1, i - limit), min(len(w), i + limit) + 1):
            best = above[j - 1] + (g[i - 1] != w[j - 1])
            best = min(best, above[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and g[i - 1] == w[j - 2] and g[i - 2] == w[j - 1]:
                best = min(best, table[i - 2][j - 2] + 1)
            row[j] = best
        table.append(row)
        if min(row) > limit and min(above) > limit:
            return None
    return table


def _traced(table: list[list[int]], g: Sequence[str], w: Sequence[str], offset: int) -> list[Edit]:
    found: list[Edit] = []
    i, j = len(g), len(w)
    while i or j:
        here = table[i][j]
        if i and j and g[i - 1] == w[j - 1] and here == table[i - 1][j - 1]:
            i, j = i - 1, j - 1
        elif (
            i > 1
            and j > 1
            and g[i - 1] == w[j - 2]
            and g[i - 2] == w[j - 1]
            and here == table[i - 2][j - 2] + 1
            and g[i - 1] != w[j - 1]
        ):
            i, j = i - 2, j - 2
            found.append(Edit(Slip.SWAPPED, g[i] + g[i + 1], w[j] + w[j + 1], offset + j))
        elif i and j and here == table[i - 1][j - 1] + 1:
            i, j = i - 1, j - 1
            found.append(Edit(Slip.CHANGED, g[i], w[j], offset + j))
        elif i and here == table[i - 1][j] + 1:
            i -= 1
            found.append(Edit(Slip.EXTRA, g[i], "", offset + j))
        else:
            j -= 1
            found.append(Edit(Slip.MISSING, "", w[j], offset + j))
    return found[::-1]
