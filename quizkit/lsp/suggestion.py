"""What may be suggested, and where."""

from __future__ import annotations

from typing import NamedTuple

from quizkit.decks.load import Loaded
from quizkit.kinds import KINDS
from quizkit.lsp.cursor import Cursor
from quizkit.lsp.desk import View


class Suggestion(NamedTuple):
    """Something that may be written. `of` says what sort of thing it is, `doc` is Markdown."""

    label: str
    of: str = "value"
    detail: str = ""
    doc: str = ""
    insert: str = ""


class Spot(NamedTuple):
    """Where the author is writing: the cursor, the file (its name and `stem`), and the decks around it.

    `kind` and `note` are those of the note around the cursor, '' where nothing tells. `column` is the cursor's, in
    characters; `at` is the same place as the parser names it.
    """

    cursor: Cursor
    view: View
    file: str
    stem: str
    is_source: bool = False
    kind: str = ""
    note: str = ""
    column: int = 0
    at: tuple[int, int] = (0, 0)

    @property
    def loaded(self) -> Loaded | None:
        """The deck, as far as it can be read."""
        return self.view.loaded(self.file)

    @property
    def has_kind(self) -> bool:
        """Whether the note's kind is one there is."""
        return self.kind in KINDS

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the deck says it is written in."""
        loaded = self.loaded
        return loaded.deck.languages if loaded and loaded.deck else ()
