"""Which column of a table holds what: as the user says, by its header, by Anki's lines at the top, or by custom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quizkit.errors import QuizkitError
from quizkit.formats.cells import FIELDS, SEVERAL, field_called

_DIRECTIVE = re.compile(r"#([a-z ]+):(.*)")
_ANKI_COLUMNS = {
    "guid column": "id",
    "tags column": "tags",
    "deck column": "deck",
    "notetype column": "notetype",
}
"""Anki's lines that say in which column something stands, and our name for it. A note's own fields fill the rest."""


def directives(text: str) -> tuple[dict[str, str], str, int]:
    """Anki's lines at the top (`#separator:tab`) or Excel's `sep=;`, the rest, and how many lines they took."""
    said: dict[str, str] = {}
    taken = 0
    while True:
        line, _end, rest = text.partition("\n")
        if found := _DIRECTIVE.fullmatch(line):
            said[found[1]] = found[2].strip()
        elif line.lower().startswith("sep=") and len(line) == 5:
            said["separator"] = line[4]
        else:
            return said, text, taken
        text = rest
        taken += 1


def is_header(row: Sequence[str], columns: Mapping[str, str]) -> bool:
    """Whether a table's first row names its columns: in words that are known, or in those the user maps."""
    if any(field_called(cell) in ("question", "answer", "kind") for cell in row):
        return True
    names = {_folded(cell) for cell in row}
    return any(_folded(column) in names for column in columns.values() if not _number(column, len(row)))


def fields_of(header: Sequence[str], width: int, said: Mapping[str, str]) -> list[str]:
    """What each column holds, by the header, by Anki's word, or by custom; '' for what isn't known."""
    placed = {
        number - 1: name for word, name in _ANKI_COLUMNS.items() if (number := _number(said.get(word, ""), width))
    }
    by_name = [field_called(cell) for cell in header]
    fields = [placed.get(i) or (by_name[i] if i < len(by_name) else "") for i in range(width)]
    if "columns" in said or not header:
        # A note's fields in Anki may be called anything: the first is asked, the second answers.
        left = iter([name for name in ("question", "answer") if name not in fields])
        fields = [name or next(left, "") for name in fields]
    first: set[str] = set()
    for number, name in enumerate(fields):
        if name in first and name not in SEVERAL:
            fields[number] = ""
        first.add(name)
    return fields


def mapped(columns: Mapping[str, str], header: Sequence[str], first: Sequence[str], width: int) -> list[str]:
    """What each column holds, as the user maps fields to names of columns, or to their numbers from 1.

    `first` is the first row, to say what there is. Raises QuizkitError for a field or column that doesn't exist.
    """
    fields = [""] * width
    names = [_folded(cell) for cell in header]
    for name, column in columns.items():
        if name not in FIELDS:
            raise QuizkitError(f"There is no field {name!r}.", f"Fields: {', '.join(FIELDS)}.")
        if _folded(column) in names:
            fields[names.index(_folded(column))] = name
        elif number := _number(column, width):
            fields[number - 1] = name
        else:
            known = ", ".join(cell.strip() for cell in header or first)
            raise QuizkitError(f"There is no column {column.strip()!r}.", f"Columns: {known}; or 1 to {width}.")
    return fields


def _number(column: str, width: int) -> int:
    """The column that a text names by its number; 0 for none."""
    wanted = column.strip()
    return int(wanted) if wanted.isdecimal() and wanted.isascii() and 1 <= int(wanted[:9]) <= width else 0


def _folded(name: str) -> str:
    return name.strip().lstrip("\ufeff").casefold()
