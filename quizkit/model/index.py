"""The rows of the deck index: what is kept of parsed decks so that a start need not parse them again.

Made by `decks`, kept by `store`, joined by `workspace`. Everything in it can be made again from the files.
"""

from __future__ import annotations

from typing import NamedTuple


class FileRow(NamedTuple):
    """A deck file as it was when it was read. `error` is the first error's message when nothing of it is usable.

    `mistakes` counts its errors: what they concern isn't in the index.
    """

    path: str
    size: int
    mtime_ns: int
    digest: str
    deck: str
    error: str = ""
    mistakes: int = 0


class DeckRow(NamedTuple):
    """A deck's head. `head` is JSON: everything of the deck's mapping but the notes, as plain data."""

    id: str
    path: str
    head: str
    source: str
    retention: float
    notes: int
    cards: int


class NoteRow(NamedTuple):
    """A note. `data` is its mapping as JSON plain data; `after` and `confuses` are note keys parted by spaces."""

    key: str
    deck: str
    kind: str
    line: int
    position: int
    data: str
    after: str = ""
    confuses: str = ""


class CardRow(NamedTuple):
    """A card. `tags` are parted by spaces, with a space before the first and behind the last."""

    key: str
    note: str
    deck: str
    variant: str
    kind: str
    shape: str
    position: int
    tags: str


class AnswerRow(NamedTuple):
    """A normalised form that is right for a note of a deck."""

    deck: str
    norm: str
    note: str


class AliasRow(NamedTuple):
    """A former note key and the one that took its place."""

    old: str
    new: str


class FileRows(NamedTuple):
    """All rows of one file."""

    file: FileRow
    deck: DeckRow | None = None
    notes: tuple[NoteRow, ...] | list[NoteRow] = ()
    cards: tuple[CardRow, ...] | list[CardRow] = ()
    answers: tuple[AnswerRow, ...] | list[AnswerRow] = ()
    aliases: tuple[AliasRow, ...] | list[AliasRow] = ()
