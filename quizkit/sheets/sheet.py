"""What is printed: groups of entries, each with two sides, as texts with marks."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quizkit.markup import spans
from quizkit.sheets.pictures import Picture

_ITEM = re.compile(r"(?:-|(\d{1,3}|[A-Z])\.) (.*)")


class Entry(NamedTuple):
    """A question and its answer; `more` is told besides, `note` stands small below (a name, tags)."""

    front: str
    back: str
    more: str = ""
    note: str = ""
    pictures: tuple[Picture, ...] = ()
    back_pictures: tuple[Picture, ...] = ()


class Group(NamedTuple):
    """Entries under a title."""

    title: str
    entries: tuple[Entry, ...]


class Sheet(NamedTuple):
    """A document in one language. `without` says which pictures and sounds aren't printed."""

    title: str
    lang: str
    groups: tuple[Group, ...]
    without: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many entries it has."""
        return sum(len(group.entries) for group in self.groups)

    def pictures(self) -> list[Picture]:
        """Every picture in it."""
        entries = [entry for group in self.groups for entry in group.entries]
        return [picture for entry in entries for picture in (*entry.pictures, *entry.back_pictures)]

    def text(self) -> str:
        """Everything it says: what fonts must be able to show."""
        return self.title + "".join(
            group.title + "".join(entry.front + entry.back + entry.more + entry.note for entry in group.entries)
            for group in self.groups
        )


def lines_of(text: str) -> list[dict[str, Any]]:
    """A text as lines for a template: what bullet each has, and its pieces with their looks."""
    lines = []
    for line in text.split("\n"):
        found = _ITEM.fullmatch(line)
        bullet = "" if found is None else f"{found[1]}." if found[1] else "•"
        pieces = [span._asdict() for span in spans(found[2] if found else line)]
        lines.append({"bullet": bullet, "spans": pieces})
    return lines
