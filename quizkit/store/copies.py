"""Copies of a database: whole or not there, under a name that no other file has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from quizkit.clock import Clock, from_ms


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a database to a file, which appears only when it is whole."""
    unfinished = free_path(target.with_name(f"{target.name}.unfinished"))
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def spare_path(path: Path, clock: Clock, suffix: str = "") -> Path:
    """A name beside the file, with the time in it, that no file has."""
    moment = from_ms(clock.now()).strftime("%Y%m%dT%H%M%SZ")
    return free_path(path.with_name(f"{path.stem}-{moment}{suffix}.bak{path.suffix}"))


def free_path(path: Path) -> Path:
    """The path, or one like it that no file has."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return free
