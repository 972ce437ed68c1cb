"""Notes that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.decks.lint.entries import Scene
from quizkit.diagnostics import Diagnostic, error

AFTER_CYCLE = error(
    "after-cycle",
    "Notes wait for each other",
    "Each of these notes waits for the next, so that none would ever be asked.",
)

MOST_SHOWN = 8


def check_cycles(scene: Scene) -> Iterator[Diagnostic]:
    """Cycles of `after`, each told once, by a walk that keeps its own stack."""
    done: set[str] = set()
    for start in scene.by_key:
        path: dict[str, None] = {}
        stack = [(start, False)]
        while stack:
            key, leaving = stack.pop()
            if leaving:
                del path[key]
                done.add(key)
            elif key in path:
                yield _cycle(scene, list(path), key)
            elif key not in done and key in scene.by_key:
                path[key] = None
                stack.append((key, True))
                stack += [(name, False) for name in reversed(scene.by_key[key].note.after)]


def _cycle(scene: Scene, path: list[str], key: str) -> Diagnostic:
    ring = [*path[path.index(key) :], key]
    entry = scene.by_key[path[-1]]
    shown = ring if len(ring) <= MOST_SHOWN else [*ring[: MOST_SHOWN - 2], "…", key]
    at = entry.member("after", entry.note.after.index(key))
    return Diagnostic(AFTER_CYCLE, at, " → ".join(shown), "Take one link out.")
