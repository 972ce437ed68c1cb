"""Pictures, sounds and films of a drill's cards: what each is called on the wire, and which file that is.

A name is a secret that goes out with a snapshot in which its file may be seen, and nothing else leads to the file. So
what belongs to an answer can't be fetched before its reveal.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quizkit.decks.media import MediaFile, media_file
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.live.tokens import Tokens

SLOW_BYTES = 1_000_000
"""A file that a class fetches at once over one Wi-Fi should be smaller."""

PATH = "/media/"
Data = dict[str, Any]


class Media:
    """The files of a drill, by what they are called on the wire."""

    def __init__(self, tokens: Tokens) -> None:
        self.problems: list[str] = []
        """What isn't shown and why, and what will be slow: for the teacher."""
        self._tokens = tokens
        self._files: dict[str, MediaFile] = {}
        self._asked: dict[int, list[Data]] = {}
        self._told: dict[int, list[Data]] = {}

    def take(self, item: int, where: str, folder: Path, asked: Iterable[str], told: Iterable[str] = ()) -> None:
        """Take in what is there with an item, and only with its answer. `where` says to the teacher whose it is."""
        self._asked[item] = self._taken(item, "question", where, asked, folder)
        self._told[item] = self._taken(item, "answer", where, told, folder)

    def _taken(self, item: int, side: str, where: str, names: Iterable[str], folder: Path) -> list[Data]:
        shown = []
        for name in names:
            try:
                file = media_file(folder, name)
            except QuizkitError as error:
                self.problems.append(f"{where}: {error.message} {error.hint}")
                continue
            if file.size > SLOW_BYTES:
                size = f"{file.size / 1_000_000:.1f}"
                told = _("{file} has {size} MB, and every phone fetches it: make it smaller.", file=name, size=size)
                self.problems.append(f"{where}: {told}")
            secret = self._tokens.media(item, side, name)
            self._files[secret] = file
            shown.append({"src": f"{PATH}{secret}", "medium": file.medium.value})
        return shown

    def asked(self, item: int) -> list[Data]:
        """What is there with the question, the poll or the slide."""
        return self._asked.get(item, [])

    def told(self, item: int) -> list[Data]:
        """What is there only with the answer."""
        return self._told.get(item, [])

    def file(self, secret: str) -> MediaFile | None:
        """The file of that name; None when there is none, or it is gone."""
        found = self._files.get(secret)
        return found if found and found.path.is_file() else None
