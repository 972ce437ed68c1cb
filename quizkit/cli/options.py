"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer


def deck_names(incomplete: str) -> list[str]:
    """The decks whose ids begin so, for the shell to complete. Says nothing when they can't be read."""
    from quizkit.cli.context import open_workspace
    from quizkit.errors import QuizkitError

    try:
        with open_workspace(None) as workspace:
            workspace.catalog.refresh()
            return [row.id for row in workspace.catalog.index.decks() if row.id.startswith(incomplete)]
    except QuizkitError:
        return []


Decks = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DECK]...",
        help="Decks to take cards from (all, if none is named).",
        show_default=False,
        autocompletion=deck_names,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="LANG", help="Language of cards and messages: en, ja, ko; several in order of preference: ko,en."
    ),
]
Learner = Annotated[str | None, typer.Option(metavar="NAME", help="Whose progress (default: the learner in use).")]
Names = Annotated[bool, typer.Option("--names", help="Names instead of pseudonyms.")]
AsJson = Annotated[bool, typer.Option("--json", help="Speak JSON.")]
