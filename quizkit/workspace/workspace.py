"""The facade: opens decks and progress when they are needed, and keeps them in step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from quizkit.clock import Clock
from quizkit.model import Card, EventType, Judged, Note, Origin, Question, Rivals, Verdict
from quizkit.store import Store
from quizkit.workspace.catalog import Catalog, Progress
from quizkit.workspace.places import Places

if TYPE_CHECKING:
    from quizkit.diagnostics import Diagnostic


class Selection(NamedTuple):
    """Which cards: of these decks, with one of these tags, of these kinds. Nothing named means all."""

    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Workspace:
    """Decks and progress. A context manager; files are opened when they are first needed."""

    def __init__(self, places: Places, clock: Clock, langs: Sequence[str] = ("en",)) -> None:
        self.places = places
        self.clock = clock
        self.langs = tuple(langs)
        self.catalog = Catalog(places)
        self._joined = False

    @cached_property
    def store(self) -> Store:
        """The progress file, made where there is none."""
        return Store.open(self.places.progress, clock=self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "store" in self.__dict__:
            self.store.close()
        self.catalog.close()

    # Decks

    def refresh(self, progress: Progress | None = None) -> list[Diagnostic]:
        """Read the decks that changed, and let memories follow renamed notes; returns what is wrong with them."""
        diagnostics = self.catalog.refresh(progress)
        if diagnostics or self.catalog.index.aliases():
            self._follow_renames()
        return diagnostics

    def _follow_renames(self) -> None:
        """Write a RENAME for each card whose memory still hangs on a former id."""
        for old, new in self.catalog.index.aliases().items():
            for card in self.store.cards_of(old):
                variant = card.rpartition("/")[2]
                self.store.append(
                    self.store.make(EventType.RENAME, "", f"{new}/{variant}", target=card, origin=Origin.COMMAND)
                )

    def find_card(self, key: str) -> Card | None:
        """See `Catalog`."""
        return self.catalog.find_card(key)

    def card(self, key: str) -> Card:
        """See `Catalog`."""
        return self.catalog.card(key)

    def deck_title(self, deck: str) -> str:
        """See `Catalog`."""
        return self.catalog.deck_title(deck, self.langs)

    def retention(self, deck: str) -> float:
        """The retention a deck asks for."""
        return self.catalog.deck_row(deck).retention

    def file_of(self, note: Note) -> Path:
        """See `Catalog`."""
        return self.catalog.file_of(note)

    def rivals(self, note: Note) -> Rivals:
        """See `Catalog`."""
        return self.catalog.rivals(note)

    def passages(self, note: Note) -> tuple[tuple[str, str], ...]:
        """See `Catalog`."""
        return self.catalog.passages(note, self.langs)

    def judged(self, card: Card, question: Question, verdict: Verdict) -> Judged:
        """See `Catalog`."""
        return self.catalog.judged(card, question, verdict, self.langs)

    def remembered_notes(self) -> dict[str, Any]:
        """The notes that anybody has a memory of, each with its plain data as last seen (None: no longer known).

        The decks are not read again before, so that notes whose ids have just changed are still known.
        """
        if not self.places.progress.exists():
            return {}
        found: dict[str, Any] = {}
        for key in self.store.remembered_notes():
            row = self.catalog.index.note(key)
            found[key] = json.loads(row.data) if row else None
        return found

    # Learners

    def learner(self, name: str | None) -> str:
        """The id of a learner by name or id; of the learner in use when none is named.

        Raises QuizkitError when nobody is called that.
        """
        return self.store.learner_id(name) if name else self.store.current_learner()

    def ready(self, chosen: Selection, learner: str | None) -> str:
        """Bring the decks up to date and join them to the progress; returns the learner's id.

        Raises QuizkitError when a deck or the learner doesn't exist.
        """
        self.refresh()
        for deck in chosen.decks:
            self.catalog.deck_row(deck)
        if not chosen.decks:
            self.catalog.require_decks()
        if not self._joined:
            self.store.attach_index(self.places.deck_index)
            self._joined = True
        return self.learner(learner)
