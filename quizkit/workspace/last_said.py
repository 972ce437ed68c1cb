"""What a file said of a note when it was last taken in: by this a change over there is told from one made here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from zlib import crc32

UNTOLD = frozenset(("id", "kind", "media", "answer_media", "origin"))
"""Keys that have no mark: files go by what is in them, and the kind stands there in full."""


class Replaced(NamedTuple):
    """A value that was changed here and, in another way, over there: what stood here, and what takes its place."""

    key: str
    before: str
    after: str


def said(values: Mapping[str, Any]) -> str:
    """What a note's `imported` says of these values: the kind, and a fingerprint under each key."""
    marks = [f"{key}-{_mark(key, value)}" for key, value in values.items() if key not in UNTOLD]
    return " ".join((values["kind"], *marks))


def moved(
    last: str | None, old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Replaced, ...]]:
    """The values that are to be changed to `new` ('' for what goes), and those of them that were changed here as well.

    `old` is what is here, `last` what the file said last time: '' where that isn't known, so that what it doesn't say
    may have been added here and stays; None where it said `old`.
    """
    marks = {key: _mark(key, value) for key, value in old.items()} if last is None else dict(_marks(last))
    values: dict[str, Any] = {}
    replaced: list[Replaced] = []
    for key in {**old, **new}:
        before, after = old.get(key, ""), new.get(key, "")
        then, here, there = marks.get(key, ""), _mark(key, before), _mark(key, after)
        if key in UNTOLD or there in (then, here) or (not after and here != then):
            continue
        values[key] = after
        if last and here != then:
            replaced.append(Replaced(key, _words(before), _words(after)))
    return values, tuple(replaced)


def _marks(last: str) -> Iterator[tuple[str, str]]:
    for word in last.split()[1:]:
        key, _hyphen, mark = word.rpartition("-")
        yield key, mark


def _mark(key: str, value: Any) -> str:
    """A fingerprint of a value, '' for none. The order of tags says nothing."""
    if not value:
        return ""
    told = value if isinstance(value, str) else " ".join(sorted(value)) if key == "tags" else json.dumps(value)
    return f"{crc32(told.encode()):08x}"


def _words(value: Any) -> str:
    """A value as a text to be shown."""
    if isinstance(value, Mapping):
        return " ".join(_words(member) for member in value.values())
    return value if isinstance(value, str) else " / ".join(map(_words, value))
