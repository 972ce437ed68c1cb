"""What notes say in a language, and what a format carries of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from quizkit.formats import Format
from quizkit.formats.item import Item
from quizkit.kinds.fields import is_language
from quizkit.model import Note


class Spoken(NamedTuple):
    """Notes as items in one language, by key: as they are here, and as they come back from a format."""

    before: Mapping[str, Item]
    carried: Mapping[str, Item]


def spoken(format_: Format, notes: Iterable[Note], lang: str) -> Spoken:
    """What notes say in a language, and what is left of it on the way to a format and back."""
    from quizkit.formats.from_notes import items_of
    from quizkit.formats.roundtrip import carried

    before = {item.key: item for note in notes for item in items_of(note, lang)}
    return Spoken(before, carried(format_, list(before.values()), lang))


def languages_of(value: Any) -> Iterator[str]:
    """The languages in which a note's plain data says something."""
    if isinstance(value, Mapping):
        if all(map(is_language, value)):
            yield from value
        for member in value.values():
            yield from languages_of(member)
    elif isinstance(value, list):
        for member in value:
            yield from languages_of(member)
