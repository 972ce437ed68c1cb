"""Where the pictures and sounds of an import go: none in the place of another, each in its own when it comes again."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from quizkit.formats.guard import safe_name
from quizkit.formats.item import Item, Loss

MEDIA = "media"
"""The folder for pictures and sounds, beside the deck."""
_MARK = re.compile(r"-[0-9a-f]{8}(?=\.[^./]*$|$)")


class Placed(NamedTuple):
    """The path beside a deck for each file that is named, and those of the paths to which the parcel has the file."""

    paths: Mapping[str, str]
    given: frozenset[str]


class Placing:
    """Finds places for the files of a parcel, which all its decks share."""

    def __init__(self, media: Mapping[str, Callable[[], bytes]]) -> None:
        self._media = media
        self._taken: dict[str, str] = {}
        self._planned: set[Path] = set()

    def place(self, folder: Path, items: Iterable[Item]) -> tuple[Placed, list[Loss]]:
        """Where the files that items name go, for a deck in `folder`, and which files aren't in the parcel."""
        paths: dict[str, str] = {}
        given: set[str] = set()
        losses: list[Loss] = []
        for name in dict.fromkeys(name for item in items for name in (*item.media, *item.answer_media)):
            safe = safe_name(name)
            if safe and name in self._media:
                paths[name] = self._path(folder, name, PurePosixPath(safe))
                given.add(paths[name])
                continue
            there = bool(safe) and os.path.lexists(folder / MEDIA / safe)
            shown = "the one of that name that is here already" if there else "nothing"
            losses.append(Loss(name, f"this file isn't there: the note names it, and {shown} is shown"))
            if safe:
                paths[name] = f"{MEDIA}/{safe}"
        return Placed(paths, frozenset(given)), losses

    def _path(self, folder: Path, name: str, safe: PurePosixPath) -> str:
        """Its own name, or one with a fingerprint of what is in it where another file has that."""
        read = cache(self._media[name])
        path, mark = f"{MEDIA}/{safe}", ""
        while not self._fits(folder / path, name, read):
            mark = blake2b(mark.encode() + read(), digest_size=4).hexdigest()
            path = f"{MEDIA}/{safe.stem}-{mark}{safe.suffix}"
        self._taken[_anywhere(folder / path)] = name
        return path

    def _fits(self, path: Path, name: str, read: Callable[[], bytes]) -> bool:
        """Whether nothing stands there, or the same."""
        if (holder := self._taken.get(_anywhere(path))) is not None:
            return holder == name or self._media[holder]() == read()
        if not os.path.lexists(path):
            return True
        try:
            return path.read_bytes() == read()
        except OSError:
            return False

    def to_write(self, folder: Path, placed: Placed, shown: Container[str]) -> dict[str, str]:
        """The files that aren't there yet, and that a note shows: what the parcel calls each, and its path."""
        found = {}
        for name, path in placed.paths.items():
            target = folder / path
            if path in placed.given and path in shown and target not in self._planned and not os.path.lexists(target):
                self._planned.add(target)
                found[name] = path
        return found


def _anywhere(path: Path) -> str:
    """A path as systems see it that don't tell capitals apart."""
    return str(path).lower()


def renewed(names: Sequence[str], files: Iterable[str]) -> list[str]:
    """The files that a note shows, each of those that have come in with other content under its new name."""
    fresh = [file for file in files if file not in names]
    former: dict[str, str] = {}
    for file in fresh:
        same = [name for name in names if _MARK.sub("", name) == _MARK.sub("", file)]
        if len(same) == 1:
            former[same[0]] = file
    return [former.get(name, name) for name in names]
