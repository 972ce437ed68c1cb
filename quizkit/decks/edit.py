"""Editing deck files without touching what their authors wrote: text is inserted at positions, nothing is re-made."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from quizkit.decks.notes import id_of
from quizkit.decks.places import BREAKS
from quizkit.decks.write import replace_file
from quizkit.errors import QuizkitError
from quizkit.source import Node, parse_yaml, read_source, to_plain

MOST_WORDS = 5
PROMPT_KEYS = ("ask", "front", "text", "claim")
"""Where a note says what it asks."""

_WORD = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}", re.DOTALL)
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by did do does for from had has have how in is it its many much of on or that the their "
        "them these they this those to was were what when where which who whom whose why with",
    )
)


class Added(NamedTuple):
    """An id that was written, and the line where it stands now."""

    id: str
    line: int


class Insertion(NamedTuple):
    """An id to be written: where, with what around it, and the id."""

    offset: int
    text: str
    id: str


def add_ids(path: Path, file: str) -> list[Added]:
    """Write the ids that notes lack into a file, all at once or not at all.

    Raises QuizkitError when the file can't be read as a deck, or can't be written.
    """
    text, problems = read_source(path, file)
    if text is None:
        raise QuizkitError(f"{problems[0].span}: {problems[0].message}", problems[0].fix)
    edited, added = with_ids(path.read_bytes(), file)
    if added:
        replace_file(path, edited)
    return added


def with_ids(data: bytes, file: str) -> tuple[bytes, list[Added]]:
    """A deck's bytes with an id in each note that had none, and those ids. A misspelt `id` counts as one.

    Every byte that was there stays: the byte order mark, line ends, comments and layout.
    Raises QuizkitError when an id can't be put in without changing what the file says.
    """
    whole = data.decode("utf-8")
    text = whole.removeprefix("\ufeff")
    root = parse_yaml(text, file).node
    notes = _notes(root)
    missing = list(insertions(text, root))
    if not missing:
        return data, []
    edited, last = [], 0
    for offset, inserted, _made in missing:
        edited += [text[last:offset], inserted]
        last = offset
    edited.append(text[last:])
    result = "".join(edited)
    # Layouts nobody thought of: what the file says is compared before anything is written.
    after = _notes(parse_yaml(result, file).node)
    ids = iter([made for _offset, _inserted, made in missing])
    if list(map(to_plain, after)) != [_with_id(note, ids) for note in notes]:
        raise QuizkitError(
            f"{file}: the missing ids can't be put in without changing the rest.",
            "Write the notes in block style, a key a line, or write the ids yourself.",
        )
    fresh = {made for _offset, _inserted, made in missing}
    added = [Added(name, note.line) for note in after for name in _words(id_of(note)) if name in fresh]
    bom = whole[: len(whole) - len(text)]
    return (bom + result).encode("utf-8"), added


def _with_id(note: Node, ids: Iterator[str]) -> Any:
    plain = to_plain(note)
    return plain if _has_id(note) else {"id": next(ids), **plain}


def _has_id(note: Node) -> bool:
    """Whether a note has an id, or a key that is meant to be one: a memory hangs on it."""
    return "id" in note.key_at or id_of(note) is not None


def insertions(text: str, root: Node | None) -> Iterator[Insertion]:
    """The ids that the notes of a deck lack, in reading order."""
    notes = _notes(root)
    breaks = list(BREAKS.finditer(text))
    starts = [0, *(found.end() for found in breaks)]
    taken = {name for note in notes for name in (*_words(id_of(note)), *_words(_child(note, "was")))}
    for number, note in enumerate(notes, 1):
        if _has_id(note) or note.line > len(starts):
            continue
        made = free_name(suggest(to_plain(note)) or f"note-{number}", taken)
        taken.add(made)
        offset = starts[note.line - 1] + note.column - 1
        if text[offset : offset + 1] == "{":
            yield Insertion(offset + 1, f"id: {made}, ", made)
        else:
            here = breaks[note.line - 1 :] or breaks
            end = here[0].group() if here else "\n"
            yield Insertion(offset, f"id: {made}{end}{' ' * (note.column - 1)}", made)


def _notes(root: Node | None) -> list[Node]:
    notes = root.value.get("notes") if root is not None and isinstance(root.value, dict) else None
    return [note for note in notes.value if note.is_map] if notes is not None and isinstance(notes.value, list) else []


def _child(note: Node, key: str) -> Node | None:
    return note.value.get(key) if isinstance(note.value, dict) else None


def _words(node: Node | None) -> list[str]:
    """The texts that a node is, or holds as a list."""
    listed = node.value if node is not None and isinstance(node.value, list) else [node]
    return [found.value for found in listed if found is not None and isinstance(found.value, str)]


def suggest(note: Mapping[str, Any]) -> str:
    """An id from the words of a note's prompt, in English where it has that; '' when it has no Latin letters."""
    for key in PROMPT_KEYS:
        if key not in note:
            continue
        plain = _english(note[key])
        if "{{" in plain:
            plain = _GAP.sub(" ", plain)
        if not plain.isascii():
            plain = normalize("NFKD", plain).encode("ascii", "ignore").decode()
        words = _WORD.findall(plain.lower().replace("'", ""))
        telling = [word for word in words if word not in _EMPTY_WORDS] or words
        if not all(map(str.isdigit, telling)):
            return "-".join(telling[:MOST_WORDS])
    return ""


def _english(text: Any) -> str:
    """The English form of a text, or of the first of its wordings; any other form where it has none."""
    while not isinstance(text, str):
        inner = text.get("en") if isinstance(text, Mapping) else None
        following = inner or next(iter(text.values() if isinstance(text, Mapping) else text), None)
        if following is None:
            return ""
        text = following
    return text


def free_name(name: str, taken: Container[str]) -> str:
    """A name, or the first of `name-2`, `name-3` … that isn't taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
