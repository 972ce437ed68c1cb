"""Mending deck files: what would be changed in which file, and writing it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from quizkit.decks.load import load_text
from quizkit.decks.mend import Mend, mended
from quizkit.decks.scan import scan
from quizkit.decks.write import replace_file
from quizkit.diagnostics import Diagnostic
from quizkit.source import decode

BOM = "\ufeff"


class Fix(NamedTuple):
    """A file as it is and as it would be, and what was mended in it. The texts have their own line ends."""

    path: Path
    before: str
    after: str
    mends: tuple[Mend, ...]

    def diff(self, name: str) -> list[str]:
        """What would change, as a unified diff."""
        lines = unified_diff(
            self.before.splitlines(), self.after.splitlines(), f"a/{name}", f"b/{name}", n=2, lineterm=""
        )
        return list(lines)

    def write(self) -> None:
        """Put the mended text in the file's place. Raises QuizkitError when it can't be written."""
        replace_file(self.path, self.after.encode())


def fixes(path: Path) -> Iterator[Fix]:
    """The files of a folder, or the one file, that have something with one right mend."""
    for file in scan(path):
        try:
            whole = file.path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        mark = BOM if whole.startswith(BOM) else ""
        text, done = mended(whole.removeprefix(BOM), file.name, lambda text, name=file.name: _wrong(text, name))  # type: ignore[misc]
        if done:
            yield Fix(file.path, whole, mark + text, tuple(done))


def _wrong(text: str, file: str) -> list[Diagnostic]:
    """What is wrong with the text of one file, taken alone."""
    _text, diagnostics = decode(text.encode(), file)
    return [*diagnostics, *load_text(text, file).diagnostics]
