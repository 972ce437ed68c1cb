"""Editing deck files without touching what their authors wrote: text is inserted at positions, nothing is re-made."""

from __future__ import annotations

import re
from pathlib import Path

from quizkit.errors import QuizkitError
from quizkit.source import Node, parse_yaml, read_source

MOST_WORDS = 5


def add_ids(path: Path, file: str) -> list[tuple[str, int]]:
    """Write the ids that notes lack into a file; returns each with its line.

    Raises QuizkitError when the file can't be read as a deck.
    """
    text, problems = read_source(path, file)
    if text is None:
        raise QuizkitError(f"{problems[0].span}: {problems[0].message}", problems[0].fix)
    data = path.read_bytes()
    edited, added = with_ids(data, file)
    if added:
        path.write_bytes(edited)
    return added


def with_ids(data: bytes, file: str) -> tuple[bytes, list[tuple[str, int]]]:
    """A deck's bytes with an id in each note that had none, and those ids with their lines.

    Every byte that was there stays: the byte order mark, line ends, comments and layout.
    """
    text = data.decode("utf-8")
    parsed = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), file)
    notes = _notes(parsed.node)
    if not notes:
        return data, []
    # Positions count lines and characters; a byte order mark and line ends don't move them.
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix("\ufeff").split("\n")
    taken = {value for note in notes if (value := _text(note, "id"))}
    added: list[tuple[str, int]] = []
    for number, note in reversed(list(enumerate(notes, 1))):
        if "id" in note.key_at:
            continue
        made = _free(_suggest(note) or f"note-{number}", taken)
        taken.add(made)
        index, column = note.line - 1, note.column - 1
        line = lines[index]
        if line[column : column + 1] == "{":
            lines[index] = f"{line[: column + 1]}id: {made}, {line[column + 1 :]}"
        else:
            ending = "\r" if line.endswith("\r") else ""
            rest = " " * column + line[column:]
            lines[index] = f"{line[:column]}id: {made}{ending}"
            lines.insert(index + 1, rest)
        added.append((made, note.line))
    return (bom + "\n".join(lines)).encode("utf-8"), added[::-1]


def _notes(root: Node | None) -> list[Node]:
    notes = root.value.get("notes") if root is not None and isinstance(root.value, dict) else None
    return [note for note in notes.value if note.is_map] if notes is not None and isinstance(notes.value, list) else []


def _text(note: Node, key: str) -> str:
    node = note.value.get(key) if isinstance(note.value, dict) else None
    return node.value if node is not None and isinstance(node.value, str) else ""


def _suggest(note: Node) -> str:
    """A name from the note's first text in Latin letters."""
    assert isinstance(note.value, dict)
    for key in ("answer", "ask", "front", "claim", "text"):
        words = re.findall(r"[a-z0-9]+", _first_text(note.value.get(key)).lower())
        if words and not words[0].isdigit():
            return "-".join(words[:MOST_WORDS])
    return ""


def _first_text(node: Node | None) -> str:
    """The text of a node; of a mapping the English one or the first, of a list the first."""
    if node is None or isinstance(node.value, str):
        return node.value if node is not None and isinstance(node.value, str) else ""
    if isinstance(node.value, dict):
        return _first_text(node.value.get("en") or next(iter(node.value.values()), None))
    return _first_text(node.value[0] if node.value else None)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
