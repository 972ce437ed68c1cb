"""What a drill asks when nobody has planned it: one card of each note, in an order of chance."""

from __future__ import annotations

from quizkit.dice import shuffle
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Shape
from quizkit.model.drill import CardItem, Program
from quizkit.workspace import Workspace


def program_of(workspace: Workspace, class_id: str, decks: tuple[str, ...], cards: int) -> Program:
    """A program of that many cards, of these decks or of all. Raises QuizkitError when there is no such deck."""
    index = workspace.catalog.index
    for deck in decks:
        workspace.catalog.deck_row(deck)
    rows = [row for deck in decks or (None,) for row in index.cards(deck) if row.shape != Shape.REVEAL.value]
    seed = f"{class_id}/{workspace.clock.now()}"
    taken: dict[str, str] = {}
    for row in shuffle(rows, seed):
        if len(taken) < cards:
            taken.setdefault(row.note, row.key)
    if not taken:
        workspace.catalog.require_decks()
        raise QuizkitError(_("There is nothing to ask."), _("Name a deck whose answers can be judged."))
    name = workspace.deck_title(decks[0]) if len(decks) == 1 else _("Drill")
    return Program(name, tuple(CardItem(key) for key in taken.values()), classroom=class_id, seed=seed)
