"""The real decks as items, for trying formats on what people wrote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quizkit.decks.library import load_all
from quizkit.formats.from_notes import items_of
from quizkit.formats.item import Item

DECKS = Path(__file__).parents[2] / "decks"


@cache
def deck_items(lang: str) -> tuple[Item, ...]:
    """Every note of the decks that ship, in one language."""
    notes = [note for loaded in load_all(DECKS).decks if loaded.deck for note in loaded.deck.notes]
    return tuple(item for note in notes for item in items_of(note, lang))
