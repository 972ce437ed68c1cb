"""A text that is open in an editor: its lines, its edits, and what the editor's positions mean in it.

Editors count lines from 0 as they are ended by '\\n', '\\r\\n' or '\\r', and columns in UTF-16 code units unless both
sides agree on something else. Our parser counts lines as YAML ends them (U+0085, U+2028 and U+2029 too) and columns in
characters, both from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+\Z")
_YAML_ONLY = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Position(NamedTuple):
    """A place as the editor names it: a line from 0, and how many code units stand before it."""

    line: int
    character: int


class Range(NamedTuple):
    """A stretch as the editor names it; the end stands behind it."""

    start: Position
    end: Position


class Units(NamedTuple):
    """How the editor counts columns: code units of a character in UTF-8, UTF-16 or UTF-32."""

    encoding: str = "utf-16"

    def count(self, text: str) -> int:
        """The code units of a text."""
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8"))
        return len(text) + sum(char > "\uffff" for char in text)

    def characters(self, text: str, units: int) -> int:
        """How many characters of a text take so many code units; all of them, when it has fewer."""
        if self.encoding == "utf-32" or text.isascii():
            return min(units, len(text))
        passed = 0
        for index, char in enumerate(text):
            if passed >= units:
                return index
            passed += self.count(char)
        return len(text)


def split_lines(text: str) -> list[str]:
    """The lines as editors count them, each with its end; a last one without end only where it holds something."""
    return _LINE.findall(text)


class Text:
    """A text in lines. What the editor sends changes it; nothing else does."""

    def __init__(self, text: str, units: Units | None = None) -> None:
        self.lines = split_lines(_SURROGATE.sub("\ufffd", text))
        self.units = units or Units()
        self._starts: list[int] | None = None
        self._yaml_starts: list[int] | None = None
        self._odd_ends: bool | None = None

    def __str__(self) -> str:
        return "".join(self.lines)

    @property
    def bom(self) -> int:
        """1 when the text begins with a byte order mark, else 0."""
        return int(bool(self.lines) and self.lines[0].startswith(BOM))

    @property
    def plain(self) -> str:
        """The text without its byte order mark."""
        return str(self).removeprefix(BOM)

    @property
    def end(self) -> str:
        """The line end that the text uses."""
        return "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"

    def replace(self, where: Range | None, text: str) -> None:
        """Put a text in the place of a stretch, or of everything."""
        text = _SURROGATE.sub("\ufffd", text)
        self._starts = self._yaml_starts = self._odd_ends = None
        if where is None:
            self.lines = split_lines(text)
            return
        first, column = self._inside(where.start)
        last, end_column = self._inside(where.end)
        # One line more on either side: '\r' and '\n' may come together, or apart.
        begin, stop = max(first - 1, 0), min(last + 2, len(self.lines))
        before = "".join(self.lines[begin:first]) + self.line(first)[:column]
        after = self.line(last)[end_column:] + "".join(self.lines[last + 1 : stop])
        self.lines[begin:stop] = split_lines(before + text + after)

    def line(self, number: int) -> str:
        """A line with its end; '' behind the last."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def bare(self, number: int) -> str:
        """A line without its end."""
        return self.line(number).rstrip("\r\n")

    def column(self, place: Position) -> int:
        """How many characters stand before a place in its line."""
        return self._inside(place)[1]

    def place(self, line: int, column: int) -> Position:
        """The place behind so many characters of a line."""
        return Position(line, self.units.count(self.bare(line)[:column]))

    def at_offset(self, offset: int) -> Position:
        """The place behind so many characters of the text without its byte order mark."""
        offset += self.bom
        starts = self._line_starts()
        line = max(bisect_right(starts, offset) - 1, 0)
        if line == len(self.lines) and line and not self.lines[-1].endswith(("\r", "\n")):
            line -= 1
        return Position(line, self.units.count(self.line(line)[: offset - starts[line]]))

    def stretch(self, start: int, end: int) -> Range:
        """A stretch by its offsets in the text without byte order mark."""
        return Range(self.at_offset(start), self.at_offset(end))

    def offset(self, line: int, column: int) -> int:
        """The offset, in the text without byte order mark, of a place as the parser names it."""
        starts = self._parser_starts()
        if not 0 < line <= len(starts):
            return len(str(self)) - self.bom
        return starts[line - 1] + column - 1

    def from_parser(self, line: int, column: int) -> Position:
        """A place as the parser names it, for the editor."""
        if not self._has_odd_ends() and line <= len(self.lines):
            text = self.lines[line - 1]
            return Position(line - 1, self.units.count(text[: column - 1 + (self.bom if line == 1 else 0)]))
        return self.at_offset(self.offset(line, column))

    def to_parser(self, place: Position) -> tuple[int, int]:
        """A place as the editor names it, for the parser: line and column."""
        line, column = self._inside(place)
        offset = self._line_starts()[line] + column - self.bom
        starts = self._parser_starts()
        number = max(bisect_right(starts, offset), 1)
        return number, offset - starts[number - 1] + 1

    def _inside(self, place: Position) -> tuple[int, int]:
        """Line and column in characters of a place; beyond its line it is the line's end."""
        if place.line >= len(self.lines):
            last = len(self.lines) - 1
            if last >= 0 and not self.lines[last].endswith(("\r", "\n")):
                return last, len(self.lines[last])
            return len(self.lines), 0
        return place.line, self.units.characters(self.bare(place.line), place.character)

    def _line_starts(self) -> list[int]:
        """Where each line begins in the whole text, and where the text ends."""
        if self._starts is None:
            self._starts = [0, *accumulate(map(len, self.lines))]
        return self._starts

    def _has_odd_ends(self) -> bool:
        """Whether YAML ends lines where editors don't."""
        if self._odd_ends is None:
            self._odd_ends = _YAML_ONLY.search(str(self)) is not None
        return self._odd_ends

    def _parser_starts(self) -> list[int]:
        """Where the lines that YAML counts begin, in the text without its byte order mark."""
        if self._yaml_starts is None:
            bom = self.bom
            starts = [0, *(start - bom for start in self._line_starts()[1:])]
            if self.lines and not self.lines[-1].endswith(("\r", "\n")):
                starts.pop()
            if self._has_odd_ends():
                starts = sorted({*starts, *(found.end() for found in _YAML_ONLY.finditer(self.plain))})
            self._yaml_starts = starts
        return self._yaml_starts
