"""What commands that write and show one deck share: finding its file, and the decks around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.options import deck_names
from quizkit.errors import QuizkitError
from quizkit.i18n import _

if TYPE_CHECKING:
    from quizkit.decks.load import Loaded
    from quizkit.workspace import Workspace

DeckName = Annotated[str, typer.Argument(metavar="DECK", help="A deck's id, or its file.", autocompletion=deck_names)]


def shown(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def deck_file(workspace: Workspace, deck: str) -> Path:
    """A deck's file, by its id or by itself. Raises QuizkitError when there is none."""
    path = Path(deck)
    if path.is_file():
        return path.absolute()
    workspace.refresh()
    return workspace.places.root / workspace.catalog.deck_row(deck).path


def decks_around(workspace: Workspace, path: Path) -> Path:
    """The decks around a file, or the file where there are none."""
    from quizkit.decks.check import surroundings

    return workspace.places.decks if workspace.places.decks in path.parents else surroundings(path)


def require_deck(loaded: Loaded, path: Path) -> None:
    """Raise QuizkitError, with what is wrong, where a file makes no deck."""
    if loaded.deck is None:
        found = loaded.diagnostics[0] if loaded.diagnostics else None
        message = f"{found.span}: {found.message}" if found else _("{file} can't be read.", file=path)
        raise QuizkitError(message, found.fix if found else "")
