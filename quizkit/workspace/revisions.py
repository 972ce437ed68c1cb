"""Deck files as they are on the disk, or as they were in git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from quizkit.decks.compare import decks_named
from quizkit.decks.scan import scan
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.source import read_source


def files_at(where: str, decks: Path) -> dict[str, str]:
    """The deck files that `where` names, with their texts: a file, a folder, a git revision (of the decks), or
    revision:path. Raises QuizkitError when there is nothing of that name.
    """
    path = Path(where)
    if path.exists():
        return files_of(path)
    revision, colon, name = where.partition(":")
    found = _in_git(revision, Path(name) if colon else decks, where)
    if colon and not found:
        # Of a revision without any decks it can be said that all of them are new; a path is a slip.
        raise QuizkitError(_("There is no deck {path} in {revision}.", path=name, revision=revision), _hint())
    return found


def files_of(path: Path) -> dict[str, str]:
    """The deck files of a folder, or the one file, with their texts."""
    found = {}
    for file in scan(path):
        text, _problems = read_source(file.path, file.name)
        if text is not None:
            found[file.name] = text
    return found


def _in_git(revision: str, path: Path, where: str) -> dict[str, str]:
    path = path.absolute()
    home = path if path.is_dir() else path.parent
    while not home.exists():
        home = home.parent
    top = Path(_git(home, where, "rev-parse", "--show-toplevel").strip())
    _git(home, where, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    inside = path.resolve().relative_to(top.resolve()).as_posix()
    names = _git(top, where, "ls-tree", "-r", "--name-only", "-z", revision, "--", inside).split("\0")
    return {name: _git(top, where, "show", f"{revision}:{name}") for name in decks_named(names)}


def _git(folder: Path, where: str, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        raise QuizkitError(_("There is no {name}, and git isn't installed.", name=where)) from None
    if done.returncode:
        raise QuizkitError(
            _("{name} is no file, no folder, and no revision that git knows.", name=where),
            _hint(),
        )
    return done.stdout


def _hint() -> str:
    return _("Name a file, a folder, HEAD~1, or main:decks/deck.yaml.")
