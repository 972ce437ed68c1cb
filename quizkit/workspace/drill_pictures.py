"""Pictures beside decks, for paper."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.decks.media import media_file
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Card
from quizkit.model.drill import Poll
from quizkit.sheets.pictures import Picture, is_printed

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace


class Shelf:
    """The pictures of cards, as far as they can be printed; `without` says which can't, and why."""

    def __init__(self, workspace: Workspace, *, pdf: bool) -> None:
        self._workspace = workspace
        self._pdf = pdf
        self._taken: dict[Path, Picture] = {}
        self.without: dict[str, None] = {}

    def pictures(self, card: Card, names: Iterable[str]) -> tuple[Picture, ...]:
        """The pictures of these names beside the card's deck."""
        return self._pictures(card.key, self._workspace.file_of(card.note).parent, names)

    def poll_pictures(self, poll: Poll) -> tuple[Picture, ...]:
        """The pictures of a poll."""
        return self._pictures("poll", self._workspace.places.media, poll.media)

    def _pictures(self, where: str, folder: Path, names: Iterable[str]) -> tuple[Picture, ...]:
        return tuple(picture for name in names if (picture := self._picture(where, folder, name)))

    def _picture(self, where: str, folder: Path, name: str) -> Picture | None:
        try:
            file = media_file(folder, name)
        except QuizkitError as error:
            self.without[f"{where}: {error.message} {error.hint}"] = None
            return None
        if not is_printed(name, pdf=self._pdf):
            told = _("{file} isn't printed.", file=name)
            self.without[f"{where}: {told}"] = None
            return None
        if file.path not in self._taken:
            self._taken[file.path] = Picture(name, file.path.read_bytes())
        return self._taken[file.path]
