"""Decks on paper: a study guide, and flashcards to cut out, as PDF or as a page to print."""

from __future__ import annotations

from pathlib import Path

from quizkit.errors import QuizkitError
from quizkit.formats.flat import flattened
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions, Written
from quizkit.sheets.page import make_page
from quizkit.sheets.pdf import available, make_pdf
from quizkit.sheets.sheet import Entry, Group, Sheet


class Printed:
    """A `FormatModule` for one template."""

    def __init__(self, template: str) -> None:
        self.template = template

    def looks(self, head: bytes, name: str) -> bool:
        """See `FormatModule`: what is printed isn't read."""
        return False

    def read(self, path: Path, options: ReadOptions) -> Parcel:
        """See `FormatModule`."""
        raise QuizkitError(f"{path} is printed: it can't be read.", "Import the deck it was made from.")

    def write(self, items: list[Item], options: WriteOptions) -> Written:
        """See `FormatModule`: PDF where the typesetter is there or was asked for, else a page."""
        groups: dict[str, list[Entry]] = {}
        losses = [Loss(item.key, "pictures and sounds aren't printed") for item in items if item.media]
        for item in items:
            flat = flattened(item)
            groups.setdefault(item.group, []).append(Entry(flat.front, flat.back, item.explain))
        sheet = Sheet(
            options.title, options.lang, tuple(Group(title, tuple(entries)) for title, entries in groups.items())
        )
        paper = options.suffix == ".pdf" or (not options.suffix and available())
        data = make_pdf(sheet, self.template) if paper else make_page(sheet, self.template)
        return Written(data, len(items), tuple(losses), ".pdf" if paper else ".html")
