"""The decks of a folder: which files have changed, and what they hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from quizkit.decks.scan import Found, scan, source_files
from quizkit.model.index import FileRow, FileRows

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded
    from quizkit.diagnostics import Diagnostic
    from quizkit.model import Source

A = TypeVar("A")
T = TypeVar("T")

ALONE_BYTES = 4_000_000
"""What one process reads in about the time it takes to start others."""


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
        return FileRows(FileRow(file.name, file.size, file.mtime_ns, "", "", message, len(diagnostics))), diagnostics
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
    """Everything in a folder of decks, read in full. `files` maps the names in diagnostics to paths.

    `torn` says that there are files of which no deck could be made.
    """

    def __init__(self) -> None:
        self.decks: list[Loaded] = []
        self.torn = False
        self.sources: Mapping[str, Source] = {}
        self.diagnostics: list[Diagnostic] = []
        self.files: dict[str, Path] = {}
        self.known: dict[tuple[object, int], tuple[object, tuple[object, ...]]] = {}

    def once(self, of: object, work_out: Callable[[A], Iterable[T]], about: A) -> tuple[T, ...]:
        """What a function says about a thing, worked out once for each `of`: whoever checks again keeps `known`."""
        key = (work_out, id(of))
        if key not in self.known:
            # With the thing itself, so that no other one can come to have its identity.
            self.known[key] = (of, tuple(work_out(about)))
        return cast("tuple[T, ...]", self.known[key][1])


def load_all(
    folder: Path,
    also: Sequence[Found] = (),
    deck: Callable[[Found], Loaded] | None = None,
    source: Callable[[Found], tuple[Source | None, list[Diagnostic]]] | None = None,
) -> Library:
    """Read all decks and sources of a folder, without the index.

    `also` are decks that aren't on the disk yet; `deck` and `source` read a file otherwise than from the disk.
    """
    from quizkit.decks.load import load_deck
    from quizkit.decks.sources import load_sources

    library = Library()
    for file in sorted([*scan(folder), *also], key=lambda found: found.name):
        loaded = deck(file) if deck else load_deck(file.path, file.name)
        library.files[file.name] = file.path
        library.diagnostics += loaded.diagnostics
        if loaded.deck is not None:
            library.decks.append(loaded)
        else:
            library.torn = True
    library.sources, problems = load_sources(folder, source)
    library.diagnostics += problems
    for file in source_files(folder):
        library.files[file.name] = file.path
    return library
