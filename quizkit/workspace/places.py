"""Where things are: the workspace's folder, its decks, the progress file, and the caches."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from quizkit.errors import QuizkitError

DECKS = "decks"
PROGRESS = "progress.db"
CACHE = ".quizkit"


class Places(NamedTuple):
    """The paths in use. `root` is what file names are shown relative to."""

    root: Path
    decks: Path
    progress: Path
    deck_index: Path

    @property
    def media(self) -> Path:
        """The folder that the pictures and sounds of a drill's slides and polls are named from."""
        return self.decks if self.decks.is_dir() else self.decks.parent


def find_places(start: Path, *, decks: Path | None = None, progress: Path | None = None) -> Places:
    """The places for a command run in `start`.

    A folder that holds decks/ is a workspace: the nearest one upward is used, with progress.db beside its decks.
    Outside any, the decks that come with the package are used, and the progress file in the user's data folder. The
    arguments, then QUIZKIT_DECKS and QUIZKIT_DB, say otherwise.

    Raises QuizkitError when the decks named don't exist.
    """
    decks = _named(decks, "QUIZKIT_DECKS")
    progress = _named(progress, "QUIZKIT_DB")
    if decks is not None:
        if not decks.exists():
            raise QuizkitError(f"There is no {decks}.", "Name a folder of decks, or a deck file.")
        root = decks.parent
        home = root
    elif (root_found := _workspace(start)) is not None:
        root = home = root_found
        decks = root / DECKS
    else:
        decks = shipped_decks()
        root = decks.parent
        home = _user_folder()
    progress = progress or home / PROGRESS
    return Places(root, decks, progress, _index_path(decks, progress))


def new_places(start: Path, decks: Path | None = None) -> Places:
    """The places for writing a new deck in `start`: the workspace it is in, or one that begins here.

    `decks`, then QUIZKIT_DECKS, name another folder, which may not be there yet. The decks that come with the package
    are never written to.
    """
    folder = _named(decks, "QUIZKIT_DECKS") or (_workspace(start) or start) / DECKS
    progress = _named(None, "QUIZKIT_DB") or folder.parent / PROGRESS
    return Places(folder.parent, folder, progress, _index_path(folder, progress))


def _named(given: Path | None, variable: str) -> Path | None:
    """The path that is given, else the environment's, in full; None where neither is."""
    named = given or os.environ.get(variable)
    return Path(named).expanduser().absolute() if named else None


def _workspace(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        # The package's own folder of code is called decks too.
        if (folder / DECKS).is_dir() and not (folder / DECKS / "__init__.py").exists():
            return folder
    return None


def shipped_decks() -> Path:
    """The decks that come with the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_decks"
    return inside if inside.is_dir() else package.parent / DECKS


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("quizkit", appauthor=False)


def _index_path(decks: Path, progress: Path) -> Path:
    """The index of a decks folder: a cache beside the progress file, one for each folder."""
    from zlib import crc32

    return progress.parent / CACHE / f"index-{crc32(os.fsencode(decks.resolve())):08x}.db"
