"""Progress of work that takes a while, on standard error, where it disturbs no pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from quizkit.columns import width
from quizkit.terminal.draw import MARGIN, bar
from quizkit.terminal.style import page_width, style_for


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how much of how much is done. Draws nothing where nobody watches."""
    watched = sys.stderr.isatty()
    drawn = ""

    def show(done: int, total: int) -> None:
        nonlocal drawn
        if not watched:
            return
        share = done / total if total else 1.0
        room = max(10, min(40, page_width() - width(title) - 12))
        line = f"{MARGIN}{title} {bar(share, room, style_for(sys.stderr))} {share:4.0%}"
        if line != drawn:
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            drawn = line

    try:
        yield show
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
