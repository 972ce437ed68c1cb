"""Waiting for files to be saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from quizkit.decks.scan import scan, source_files

PAUSE = 0.3
"""Seconds between two looks: a save is answered before the eye has left the editor."""

State = dict[str, tuple[int, int]]


def state_of(paths: Sequence[Path]) -> State:
    """Size and time of every deck and source below these paths."""
    found = [file for path in paths for file in (*scan(path), *source_files(path))]
    return {str(file.path): (file.size, file.mtime_ns) for file in found}


def changes(
    paths: Sequence[Path],
    look: Callable[[Sequence[Path]], State] = state_of,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[State]:
    """The state at once, and again whenever it is another, an empty one while nothing is there: without an end."""
    known: State | None = None
    while True:
        present = look(paths)
        if present != known:
            known = present
            yield present
        pause(PAUSE)
