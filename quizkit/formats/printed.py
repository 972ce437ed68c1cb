"""Decks on paper: a study guide, and flashcards to cut out, as PDF or as a page to print."""

from __future__ import annotations

from pathlib import Path

from quizkit.errors import QuizkitError
from quizkit.formats.flat import flattened
from quizkit.formats.item import Item, Loss, Parcel, ReadOptions, WriteOptions, Written
from quizkit.sheets.page import make_page
from quizkit.sheets.pdf import available, make_pdf
from quizkit.sheets.pictures import Picture, is_printed
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
        paper = options.suffix == ".pdf" or (not options.suffix and available())
        losses = [
            Loss(item.key, f"{name} isn't printed")
            for item in items
            for name in item.all_media
            if not is_printed(name, pdf=paper)
        ]

        def pictures(names: tuple[str, ...]) -> tuple[Picture, ...]:
            taken = (name for name in names if name in options.media and is_printed(name, pdf=paper))
            return tuple(Picture(name, options.media[name]()) for name in taken)

        for item in items:
            flat = flattened(item)
            entry = Entry(
                flat.front,
                flat.back,
                item.explain,
                pictures=pictures(item.media),
                back_pictures=pictures(item.answer_media),
            )
            groups.setdefault(item.group, []).append(entry)
        sheet = Sheet(
            options.title, options.lang, tuple(Group(title, tuple(entries)) for title, entries in groups.items())
        )
        data = make_pdf(sheet, self.template) if paper else make_page(sheet, self.template)
        return Written(data, len(items), tuple(losses), ".pdf" if paper else ".html")
