"""Places in a text, as diagnostics count them, and edits at places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line."""


class Edit(NamedTuple):
    """A stretch of a text (offsets in characters, the end behind it) and what takes its place."""

    start: int
    end: int
    text: str


class Places:
    """Turns lines and columns, from 1 as diagnostics count them, into offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in BREAKS.finditer(text))]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; of one behind the end, the end."""
        if line > len(self.starts):
            return len(self.text)
        return min(self.starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins, and where it ends without its break."""
        start = self.offset(number, 1)
        found = BREAKS.search(self.text, start)
        return start, found.start() if found else len(self.text)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def apply(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, the first of those that overlap."""
    out: list[str] = []
    last = 0
    for edit in sorted(set(edits)):
        if edit.start < last:
            continue
        out += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*out, text[last:]])
