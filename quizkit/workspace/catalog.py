"""The decks of a workspace, by way of the index: only files that changed are read, only cards asked for are made."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Card, Judged, LocalText, Note, Question, Rivals, Source, Verdict
from quizkit.store.index import Index

if TYPE_CHECKING:
    from quizkit.diagnostics import Diagnostic
    from quizkit.model.index import DeckRow, FileRow, FileRows
    from quizkit.workspace.places import Places

Progress = Callable[[int, int], None]
"""Told how many of how many files have been read."""

FILES_AT_ONCE = 10
"""Files whose rows are written together: enough to be quick, few enough to be lean."""

NOTES_KEPT = 512

MOST_NAMED = 3
"""Files with mistakes that are named."""


class Catalog:
    """Looks up decks, notes and cards."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._notes: dict[str, Note | None] = {}
        self._decks: dict[str, DeckRow] = {}

    @cached_property
    def index(self) -> Index:
        """The index, opened when it is first needed."""
        return Index.open(self._places.deck_index)

    def close(self) -> None:
        """Let go of the index."""
        if "index" in self.__dict__:
            self.index.close()

    def refresh(self, progress: Progress | None = None) -> list[Diagnostic]:
        """Bring the index up to date with the files; returns what is wrong with those that were read."""
        from quizkit.decks import library
        from quizkit.decks.scan import scan

        found = scan(self._places.decks)
        to_read, dropped = library.changed(found, self.index.files())
        diagnostics: list[Diagnostic] = []
        for path in dropped:
            self.index.drop_file(path)
        batch: list[FileRows] = []
        for done, (rows, problems) in enumerate(library.read_all(to_read), 1):
            batch.append(rows)
            diagnostics += problems
            if len(batch) == FILES_AT_ONCE or done == len(to_read):
                self.index.replace_files(batch)
                batch = []
            if progress:
                progress(done, len(to_read))
        if to_read or dropped:
            self.index.reorder([file.name for file in found])
            self._notes.clear()
            self._decks.clear()
        return diagnostics

    def faulty(self, decks: Collection[str] = ()) -> list[FileRow]:
        """The files with mistakes, of these decks or of all; what the mistakes concern is never asked."""
        rows = self.index.files().values()
        return [row for row in rows if row.mistakes and (not decks or row.deck in decks)]

    def left_out(self) -> str:
        """That something of the decks isn't asked because it has mistakes, in a line; '' when all is well."""
        files = [row.path for row in self.faulty()]
        if not files:
            return ""
        shown = ", ".join(files[:MOST_NAMED]) + (", …" if len(files) > MOST_NAMED else "")
        return _("Some notes aren't asked, for there are mistakes in {files}. See: quizkit deck check", files=shown)

    def require_decks(self) -> None:
        """Raises QuizkitError when there is no deck at all."""
        if not self.index.decks():
            raise QuizkitError(
                _("There are no decks in {folder}.", folder=self._places.decks),
                _("Put a deck there (docs/deck-format.md), or see what is wrong: quizkit deck check"),
            )

    def broken_files(self) -> tuple[str, ...]:
        """The deck files of which nothing can be used."""
        return tuple(row.path for row in self.index.files().values() if row.error)

    def deck_row(self, deck: str) -> DeckRow:
        """A deck's head. Raises QuizkitError when there is no such deck."""
        if deck not in self._decks:
            row = self.index.deck(deck)
            if row is None:
                self._no_deck(deck)
            else:
                self._decks[deck] = row
        return self._decks[deck]

    def _no_deck(self, deck: str) -> None:
        from difflib import get_close_matches

        known = [row.id for row in self.index.decks()]
        near = get_close_matches(deck, known, 1)
        hint = _("Did you mean {deck}?", deck=near[0]) if near else _("Decks here: {decks}.", decks=", ".join(known))
        if not known:
            hint = _("There are no decks in {folder}.", folder=self._places.decks)
        raise QuizkitError(_("There is no deck {deck}.", deck=deck), hint)

    def deck_title(self, deck: str, langs: Sequence[str]) -> str:
        """A deck's title in the best language."""
        title = json.loads(self.deck_row(deck).head).get("title", deck)
        return LocalText(title).pick(langs) if isinstance(title, dict) and title else str(title)

    def note(self, key: str) -> Note | None:
        """A note, or None when no deck has it (any more)."""
        if key not in self._notes:
            if len(self._notes) >= NOTES_KEPT:
                self._notes.clear()
            self._notes[key] = self._read_note(key)
        return self._notes[key]

    def _read_note(self, key: str) -> Note | None:
        from quizkit.decks.load import note_from_row

        row = self.index.note(key)
        return None if row is None else note_from_row(self.deck_row(row.deck), row)

    def find_card(self, key: str) -> Card | None:
        """A card, or None when no deck has it (any more)."""
        note_key, _slash, variant = key.rpartition("/")
        note = self.note(note_key)
        task = note.body.tasks().get(variant) if note else None
        return Card(note, variant, task) if note and task else None

    def card(self, key: str) -> Card:
        """A card. Raises QuizkitError, with the nearest key, when there is none."""
        card = self.find_card(key)
        if card is not None:
            return card
        from difflib import get_close_matches

        deck = key.partition("/")[0]
        known = [row.key for row in self.index.cards(deck if self.index.deck(deck) else None)]
        if (only := [k for k in known if k.startswith(f"{key}/")]) and len(only) == 1:
            return self.card(only[0])
        near = only or get_close_matches(key, known, 3)
        hint = _("Did you mean {cards}?", cards=", ".join(near)) if near else _("Find one with: quizkit card find WORD")
        raise QuizkitError(_("There is no card {card}.", card=key), hint)

    def file_of(self, note: Note) -> Path:
        """The file a note stands in."""
        return self._places.root / self.deck_row(note.deck).path

    def rivals(self, note: Note) -> Rivals:
        """Whether a text is the answer of another note of the same deck."""
        return lambda norm: self.index.is_rival(note.deck, norm, note.key)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources, by id. What is wrong with them is `deck check`'s to say."""
        from quizkit.decks.sources import load_sources

        return load_sources(self._places.decks)[0]

    def source_of(self, note: Note) -> Source | None:
        """The source of a note's deck, if it names one that can be read."""
        source = self.deck_row(note.deck).source
        return self.sources.get(source) if source else None

    def passages(self, note: Note, langs: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The passages a note cites: id and gist."""
        source = self.source_of(note) if note.cite else None
        if source is None:
            return ()
        return tuple((name, source.passages[name].gist.pick(langs)) for name in note.cite if name in source.passages)

    def judged(self, card: Card, question: Question, verdict: Verdict, langs: Sequence[str]) -> Judged:
        """A verdict with all that the note says, in the question's language where it can be."""
        note = card.note
        best = (question.lang, *langs) if question.lang else tuple(langs)
        claim, claim_type = "", ""
        if note.claim is not None:
            claim_type = note.claim.type.value
            if note.claim.by is not None:
                claim = note.claim.by.pick(best)
            else:
                source = self.source_of(note)
                claim = source.author.pick(best) if source else _("the author")
        return Judged(
            verdict=verdict,
            solution=card.task.solution(best),
            explain=note.explain.pick(best) if note.explain else "",
            claim=claim,
            claim_type=claim_type,
            as_of=note.as_of,
            cite=note.cite,
            media=card.answer_media,
        )
