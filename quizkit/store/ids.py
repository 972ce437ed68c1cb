"""Event ids: UUIDs of version 7 (RFC 9562), which sort in the order they were made."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b

_COUNTER_BITS = 12
_COUNTER_MAX = (1 << _COUNTER_BITS) - 1


class Ids:
    """Makes ids that only grow, also within a millisecond and when the clock goes back.

    The 12 bits behind the version count within a millisecond, from a random start in their lower half; 62 bits are
    random, so that two machines never make the same id.
    """

    def __init__(
        self, now: Callable[[], int], entropy: Callable[[int], bytes] = os.urandom, *, after: str = ""
    ) -> None:
        """Ids of the moments that `now` tells, all of them above the id `after`."""
        self._now = now
        self._entropy = entropy
        self._ms = -1
        self._count = 0
        if after:
            value = int(after.replace("-", ""), 16)
            self._ms, self._count = value >> 80, value >> 64 & _COUNTER_MAX

    def new(self) -> str:
        """The next id, in its text form."""
        ms = self._now()
        drawn = int.from_bytes(self._entropy(10))
        if ms > self._ms:
            self._ms, self._count = ms, (drawn >> 64) & (_COUNTER_MAX >> 1)
        elif self._count < _COUNTER_MAX:
            self._count += 1
        else:
            self._ms, self._count = self._ms + 1, 0
        return _uuid7(self._ms, self._count, drawn)


def past_id(at: int, *words: str) -> str:
    """The id of something that happened at `at` (ms since the epoch) elsewhere: the same words, the same id."""
    drawn = int.from_bytes(blake2b("\0".join(words).encode(), digest_size=10).digest())
    return _uuid7(at, drawn >> 64 & _COUNTER_MAX, drawn)


def _uuid7(ms: int, count: int, drawn: int) -> str:
    value = (ms & (1 << 48) - 1) << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | drawn & (1 << 62) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
