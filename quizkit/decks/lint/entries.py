"""What the checks between notes look at: every note with its node and its deck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quizkit.decks.library import Library
from quizkit.decks.load import Loaded
from quizkit.diagnostics import Span
from quizkit.model import Deck, Note
from quizkit.source import Node

MOST_GUESSES = 20
"""Names for which the nearest known one is looked up: a file full of slips must not take minutes."""


class Entry(NamedTuple):
    """A note, its node, and the deck it stands in."""

    note: Note
    node: Node
    deck: Deck

    def at(self, key: str) -> Span:
        """Where a key stands; the note, when it isn't there."""
        return key_span(self.node, key, self.deck.path)

    def member(self, key: str, index: int) -> Span:
        """Where a member of a key's list stands."""
        value = self.node.value
        node = value.get(key) if isinstance(value, dict) else None
        if node is not None and isinstance(node.value, list) and index < len(node.value):
            return node.value[index].span(self.deck.path)
        return node.span(self.deck.path) if node is not None else self.note.span


def key_span(node: Node, key: str, file: str) -> Span:
    """Where a mapping's key stands; the mapping's beginning, when it isn't there."""
    line, column = node.key_at.get(key, (node.line, node.column))
    return Span(file, line, column, line, column + (len(key) if key in node.key_at else 0))


class Scene:
    """All decks, notes and sources of a folder, as the checks want them. Of notes with one key the first counts."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.entries = [
            Entry(note, loaded.nodes[note.key], deck) for loaded, deck in self.decks() for note in deck.notes
        ]
        self.by_key: dict[str, Entry] = {}
        for entry in self.entries:
            self.by_key.setdefault(entry.note.key, entry)
        # Notes with a mistake are there, too: what names them is right.
        self.keys = dict.fromkeys([*self.by_key, *(key for loaded, _deck in self.decks() for key in loaded.unusable)])
        self._torn = {deck.id: loaded.torn for loaded, deck in self.decks()}
        self._by_id: dict[str, str] = {}
        for key in self.keys:
            self._by_id.setdefault(key.partition("/")[2], key)
        self._guesses = MOST_GUESSES

    def decks(self) -> Iterator[tuple[Loaded, Deck]]:
        """The decks that can be used."""
        return ((loaded, loaded.deck) for loaded in self.library.decks if loaded.deck is not None)

    def is_missing(self, key: str) -> bool:
        """Whether there is no note with a key for certain: there may be one in a file that can't be read to its end."""
        return key not in self.keys and not self._torn.get(key.partition("/")[0], self.library.torn)

    def near(self, word: str, known: Iterable[str]) -> str:
        """What to do about a name nobody knows: the nearest that is known, where one is near."""
        from difflib import get_close_matches

        self._guesses -= 1
        near = get_close_matches(word, list(known), 1) if self._guesses >= 0 else []
        return f"Did you mean `{near[0]}`?" if near else "Look up the right one."

    def near_note(self, key: str) -> str:
        """The same for a note's key: the same id in another deck, or a like one in the deck meant."""
        deck, _slash, note = key.partition("/")
        if note in self._by_id:
            return f"Did you mean `{self._by_id[note]}`?"
        return self.near(key, (known for known in self.keys if known.startswith(f"{deck}/")))


def deck_span(loaded: Loaded, key: str) -> Span:
    """Where a key of a deck's head stands."""
    file = loaded.deck.path if loaded.deck else ""
    return key_span(loaded.root, key, file) if loaded.root is not None else Span(file)
