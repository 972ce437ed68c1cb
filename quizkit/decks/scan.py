"""Finding the files of decks and sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".yaml", ".yml")
SOURCES = "sources"


class Found(NamedTuple):
    """A deck file as found. `name` is what it is called in messages and in the index."""

    path: Path
    name: str
    size: int
    mtime_ns: int


def scan(folder: Path) -> list[Found]:
    """All deck files below a folder (or the one file it is), in the order of their names. Sources are left out."""
    if folder.is_file():
        return [_found(folder, folder.name)]
    return sorted((_found(path, name) for path, name in _walk(folder)), key=lambda found: found.name)


def _name(folder: Path) -> str:
    """A folder's own name, also where it is called `.` or `..`."""
    return folder.name if folder.name not in ("", "..") else folder.resolve().name


def _found(path: Path, name: str) -> Found:
    try:
        stat = path.stat()
    except OSError:
        # A broken link, or a file that just vanished: reading it will say so.
        return Found(path, name, -1, 0)
    return Found(path, name, stat.st_size, stat.st_mtime_ns)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Paths and names of everything called like a deck. Links to folders are not followed: they may loop."""
    root = _name(folder)
    for place, folders, files in os.walk(folder):
        here = Path(place)
        inner = here.relative_to(folder).as_posix()
        prefix = root if inner == "." else f"{root}/{inner}"
        named = [name for name in folders if name.endswith(SUFFIXES)]
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in named and not (inner == "." and name == SOURCES)
        )
        for name in (*files, *named):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield here / name, f"{prefix}/{name}"


def source_files(folder: Path) -> list[Found]:
    """The files of the sources that belong to a folder of decks."""
    sources = (folder.parent if folder.is_file() else folder) / SOURCES
    if not sources.is_dir():
        return []
    prefix = f"{_name(sources.parent)}/{SOURCES}"
    return [_found(path, f"{prefix}/{path.name}") for path in sorted(sources.iterdir()) if path.name.endswith(SUFFIXES)]
