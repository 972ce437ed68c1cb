"""Coming in and going out: one neutral form in the middle, one module for each format. `FORMATS` is the one list."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from quizkit.errors import QuizkitError
from quizkit.formats.item import Item, Parcel, ReadOptions, WriteOptions, Written


class Format(NamedTuple):
    """A format: its name on the command line, what people call it, and what its files end with.

    `home` is the module's name where that isn't the format's; `guids` says that what it calls a note is nobody else's,
    in whatever deck that is.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool = True
    writes: bool = True
    home: str = ""
    guids: bool = False

    @property
    def module(self) -> FormatModule:
        """The module, loaded now."""
        return cast("FormatModule", import_module(f"quizkit.formats.{self.home or self.name}"))


class FormatModule(Protocol):
    """What the module of a format holds. Its docstring says what the format is, with a reference."""

    def looks(self, head: bytes, name: str) -> bool:
        """Whether a file that begins so (64 KiB) and is called so is of this format. Never raises."""

    def read(self, path: Path, options: ReadOptions) -> Parcel:
        """What a file holds. Raises QuizkitError for one that can't be read, naming the place and the remedy."""

    def write(self, items: list[Item], options: WriteOptions) -> Written:
        """A file with these items; what can't be carried is left out or made simpler, and said."""


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("anki", "Anki package", (".apkg", ".colpkg"), guids=True),
        Format("kahoot", "Kahoot or Quizizz spreadsheet", (".xlsx",)),
        Format("qti12", "QTI 1.2 for Canvas", (".zip",), reads=False),
        Format("qti21", "QTI 2.1", (".zip",), reads=False),
        Format("moodle", "Moodle XML", (".xml",)),
        Format("gift", "GIFT", (".gift", ".txt")),
        Format("aiken", "Aiken", (".txt",)),
        Format("hashcards", "Markdown flashcards (hashcards)", (".md",)),
        Format("org", "Org drill", (".org",), writes=False),
        Format("csv", "CSV, TSV, Anki text, Quizlet", (".csv", ".tsv", ".txt"), home="tables"),
        Format("guide", "printed study guide", (".pdf", ".html"), reads=False),
        Format("cards", "printed flashcards", (".pdf", ".html"), reads=False),
    )
}
"""Every format, in the order they are tried on a file that doesn't say what it is: the surest first."""

HEAD_BYTES = 65_536


def format_called(name: str) -> Format:
    """The format of that name. Raises QuizkitError when there is none."""
    if name not in FORMATS:
        raise QuizkitError(f"There is no format {name!r}.", f"Formats: {', '.join(FORMATS)}.")
    return FORMATS[name]


def guess(path: Path) -> Format:
    """The format of a file, by what it holds. Raises QuizkitError when it can't be told, or can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as problem:
        raise QuizkitError(f"{path} can't be read: {problem.strerror or problem}.", "Name a file to import.") from None
    if not head.strip():
        raise QuizkitError(f"{path} is empty.", "Export it again from where it comes from.")
    for format_ in FORMATS.values():
        if format_.reads and format_.module.looks(head, path.name):
            return format_
    raise QuizkitError(
        f"{path} is in no format that quizkit knows.",
        f"Name it with --from: {', '.join(name for name, format_ in FORMATS.items() if format_.reads)}.",
    )


__all__ = ["FORMATS", "Format", "FormatModule", "format_called", "guess"]
