"""What may be written where the cursor stands: keys, values, or members of lists."""

from __future__ import annotations

from quizkit.lsp.cursor import ITEM
from quizkit.lsp.keys import keys_at
from quizkit.lsp.suggestion import Spot, Suggestion
from quizkit.lsp.values import values_at


def complete(spot: Spot) -> list[Suggestion]:
    """What may be written, the likeliest first. What fits what has been typed is for the editor to say."""
    cursor = spot.cursor
    if cursor.in_text:
        return []
    if cursor.key and not cursor.on_key:
        return list(values_at(spot, cursor.key, cursor.path))
    found = list(keys_at(spot))
    if not cursor.on_key and not cursor.siblings:
        # A word alone in its line is a key to be, or a value of the key above.
        path = cursor.path
        while path and path[-1] == ITEM:
            path = path[:-1]
        if path:
            found += values_at(spot, path[-1], path[:-1])
    return found
