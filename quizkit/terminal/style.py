"""Colour and emphasis, where the terminal has them. Meaning never depends on colour alone."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple, TextIO

_CODES = {
    "bold": "1",
    "dim": "2",
    "underline": "4",
    "good": "32",
    "warn": "33",
    "bad": "31",
    "accent": "36",
    "mark": "7",
}


class Style(NamedTuple):
    """Wraps text in ANSI codes, or leaves it alone. Only the 16 colours that every theme sets legibly."""

    colour: bool = False

    def __call__(self, text: str, *names: str) -> str:
        """The text in the named styles."""
        if not self.colour or not text or not names:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"


def style_for(stream: TextIO | None = None) -> Style:
    """Colour for a terminal, none for a pipe, a dumb terminal, or where NO_COLOR is set (no-color.org)."""
    stream = stream or sys.stdout
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(wanted)


def page_width() -> int:
    """The columns to draw in: the terminal's, between 20 and 100 so that lines stay readable."""
    from shutil import get_terminal_size

    return max(20, min(get_terminal_size().columns, 100))
