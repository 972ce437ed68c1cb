"""The time left for a question, and counts of raised hands: small state machines that know no terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

_MORE_MS = 30_000
TALLY_DIGITS = 4
"""Digits of a count of hands."""


class Countdown:
    """The time left. `now` is a stopwatch, in milliseconds."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._end: int | None = None
        self._left: int | None = None

    def start(self, seconds: int) -> None:
        """Count from here; 0 seconds is no limit."""
        self._end, self._left = (self._now() + seconds * 1000 if seconds else None), None

    def stop(self) -> None:
        """There is nothing to count any more."""
        self._end = self._left = None

    def pause(self) -> None:
        """Hold, or go on."""
        if self._left is not None:
            self._end, self._left = self._now() + self._left, None
        elif self._end is not None:
            self._left, self._end = self.left(), None

    def extend(self) -> None:
        """Give half a minute more, from now where the time is up."""
        if self._left is not None:
            self._left += _MORE_MS
        elif self._end is not None:
            self._end = max(self._end, self._now()) + _MORE_MS

    def left(self) -> int | None:
        """Milliseconds left; None where nothing is counted."""
        if self._left is not None:
            return self._left
        return None if self._end is None else max(self._end - self._now(), 0)

    @property
    def paused(self) -> bool:
        """Whether it is held."""
        return self._left is not None

    def until_change(self) -> float | None:
        """Seconds until another number is to be shown; None where none will be."""
        left = self.left()
        return None if not left or self.paused else (left % 1000 or 1000) / 1000


class Tally:
    """Counts of raised hands, typed option by option."""

    def __init__(self, options: Sequence[str]) -> None:
        self.typed = [""] * len(options)
        self.at = 0

    def press(self, key: str) -> Sequence[int] | None:
        """Take a key; the counts when it is the last one, () when the counting is called off."""
        digit = unicodedata.normalize("NFKC", key)
        if len(digit) == 1 and digit.isascii() and digit.isdigit():
            self.typed[self.at] = (self.typed[self.at] + digit)[-TALLY_DIGITS:]
        elif key == "back":
            if not self.typed[self.at] and self.at:
                self.at -= 1
            self.typed[self.at] = self.typed[self.at][:-1]
        elif key in ("enter", "space", "down"):
            self.at += 1
            if self.at == len(self.typed):
                return [int(text or 0) for text in self.typed]
        elif key == "up":
            self.at = max(self.at - 1, 0)
        elif key in ("q", "h", "escape"):
            return ()
        return None
