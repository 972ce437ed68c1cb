"""Decks, notes and cards; sources and their passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from quizkit.diagnostics import Span
from quizkit.model.ask import Task
from quizkit.model.text import LocalText

DEFAULT_RETENTION = 0.9

REVERSE = "reverse"
"""The variant of a card that asks the other way round."""


class ClaimType(StrEnum):
    """What sort of statement a claim is, where it isn't plain fact."""

    QUOTATION = "quotation"
    JUDGEMENT = "judgement"
    PREDICTION = "prediction"
    REPORT = "report"


class Claim(NamedTuple):
    """Whose statement it is. `by` is None for the author of the source."""

    by: LocalText | None
    type: ClaimType


class Example(NamedTuple):
    """A response that must be judged right (`accepted`) or wrong. `variant` names the card; '' is the only one."""

    text: str
    lang: str
    accepted: bool
    variant: str
    span: Span


class Body(Protocol):
    """What a kind makes of a note: a named tuple that knows the note's cards."""

    def tasks(self) -> Mapping[str, Task]:
        """The note's cards by variant, in the order they are learnt. A note's only card is called 'main'."""


class Note(NamedTuple):
    """What an author writes: one fact or argument, made into one or more cards."""

    deck: str
    id: str
    kind: str
    body: Body
    span: Span
    explain: LocalText | None = None
    cite: tuple[str, ...] = ()
    claim: Claim | None = None
    as_of: str = ""
    tags: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Keys (deck/note) of the notes this one builds on."""
    confuses: tuple[str, ...] = ()
    """Keys (deck/note) of look-alikes."""
    was: tuple[str, ...] = ()
    """Former keys (deck/note)."""
    media: tuple[str, ...] = ()
    """Files beside the deck: pictures and sounds that are there with the question."""
    answer_media: tuple[str, ...] = ()
    """Files beside the deck that would give the answer away, or go with it: there after the response."""
    origin: str = ""
    """What the note is called where it was imported from."""
    imported: str = ""
    """Fingerprints of what the file said when the note was last taken in."""
    examples: tuple[Example, ...] = ()

    @property
    def key(self) -> str:
        """deck/note."""
        return f"{self.deck}/{self.id}"

    def cards(self) -> tuple[Card, ...]:
        """The note's cards, in the order they are learnt."""
        return tuple(Card(self, variant, task) for variant, task in self.body.tasks().items())


class Card(NamedTuple):
    """One thing to remember, with a memory of its own."""

    note: Note
    variant: str
    task: Task

    @property
    def key(self) -> str:
        """deck/note/variant: what the card's memory hangs on."""
        return f"{self.note.key}/{self.variant}"

    @property
    def media(self) -> tuple[str, ...]:
        """What is there with the question. Asked the other way round, a note's answer is the question."""
        return self.note.answer_media if self.variant == REVERSE else self.note.media

    @property
    def answer_media(self) -> tuple[str, ...]:
        """What is there only with the answer."""
        return self.note.media if self.variant == REVERSE else self.note.answer_media


class Deck(NamedTuple):
    """A file of notes."""

    id: str
    title: LocalText
    path: str
    notes: tuple[Note, ...]
    about: LocalText | None = None
    source: str = ""
    languages: tuple[str, ...] = ()
    retention: float = DEFAULT_RETENTION


class Passage(NamedTuple):
    """A numbered piece of the source, with its gist in our own words."""

    id: str
    gist: LocalText
    span: Span


class Source(NamedTuple):
    """Where a deck's knowledge comes from."""

    id: str
    title: LocalText
    author: LocalText
    publisher: LocalText | None
    published: str
    url: str
    passages: Mapping[str, Passage]

    def cited(self, langs: Sequence[str]) -> str:
        """Author, title, publisher, date and address, as far as they are known, in the best of the languages."""
        publisher = self.publisher.pick(langs) if self.publisher else ""
        parts = (self.author.pick(langs), self.title.pick(langs), publisher, self.published, self.url)
        return " · ".join(part for part in parts if part)
