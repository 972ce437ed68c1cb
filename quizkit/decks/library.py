"""The deck files of a folder: which there are, which have changed, and what they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizkit.model.index import FileRow, FileRows

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded
    from quizkit.diagnostics import Diagnostic
    from quizkit.model import Source

SUFFIXES = (".yaml", ".yml")
SOURCES = "sources"
ALONE_BYTES = 4_000_000
"""What one process reads in about the time it takes to start others."""


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


def changed(found: Sequence[Found], known: Mapping[str, FileRow]) -> tuple[list[Found], list[str]]:
    """The files to read, and the names of those that are gone. Equal size and time count as unchanged."""
    names = {file.name for file in found}
    to_read = [
        file
        for file in found
        if (row := known.get(file.name)) is None or (row.size, row.mtime_ns) != (file.size, file.mtime_ns)
    ]
    return to_read, [name for name in known if name not in names]


def read(file: Found) -> tuple[FileRows, list[Diagnostic]]:
    """A file's rows for the index, and what is wrong with it."""
    from quizkit.decks.rows import rows_of
    from quizkit.source import MAX_BYTES, read_source

    try:
        data = file.path.read_bytes() if file.path.is_file() and 0 <= file.size <= MAX_BYTES else None
    except OSError:
        data = None
    if data is None:
        _text, diagnostics = read_source(file.path, file.name)
        message = diagnostics[0].message if diagnostics else ""
        return FileRows(FileRow(file.name, file.size, file.mtime_ns, "", "", message)), diagnostics
    return rows_of(data, file.name, file.size, file.mtime_ns)


def read_all(files: Sequence[Found]) -> Iterator[tuple[FileRows, list[Diagnostic]]]:
    """The rows of many files, in their order; much to read is shared out among the machine's processors."""
    jobs = min(os.cpu_count() or 1, len(files))
    if jobs < 2 or sum(file.size for file in files) < ALONE_BYTES:
        yield from map(read, files)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    done = 0
    try:
        # Spawned, not forked: open databases and threads must not be doubled.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            for result in pool.map(read, files):
                yield result
                done += 1
    except BrokenProcessPool:
        yield from map(read, files[done:])


class Library:
    """Everything in a folder of decks, read in full. `files` maps the names in diagnostics to paths."""

    def __init__(self) -> None:
        self.decks: list[Loaded] = []
        self.sources: Mapping[str, Source] = {}
        self.diagnostics: list[Diagnostic] = []
        self.files: dict[str, Path] = {}


def load_all(folder: Path) -> Library:
    """Read all decks and sources of a folder, without the index."""
    from quizkit.decks.load import load_deck
    from quizkit.decks.sources import load_sources

    library = Library()
    for file in scan(folder):
        loaded = load_deck(file.path, file.name)
        library.files[file.name] = file.path
        library.diagnostics += loaded.diagnostics
        if loaded.deck is not None:
            library.decks.append(loaded)
    library.sources, problems = load_sources(folder)
    library.diagnostics += problems
    for source in source_files(folder):
        library.files[source.name] = source.path
    return library


def source_files(folder: Path) -> list[Found]:
    """The files of the sources that belong to a folder of decks."""
    sources = (folder.parent if folder.is_file() else folder) / SOURCES
    if not sources.is_dir():
        return []
    prefix = f"{_name(sources.parent)}/{SOURCES}"
    return [_found(path, f"{prefix}/{path.name}") for path in sorted(sources.iterdir()) if path.name.endswith(SUFFIXES)]
