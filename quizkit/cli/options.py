"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Decks = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DECK]...", help="Decks to take cards from (all, if none is named).", show_default=False),
]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="LANG", help="Language of cards and messages: en, ja, ko; several in order of preference: ko,en."
    ),
]
Learner = Annotated[str | None, typer.Option(metavar="NAME", help="Whose progress (default: the learner in use).")]
AsJson = Annotated[bool, typer.Option("--json", help="Speak JSON.")]
