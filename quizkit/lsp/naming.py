"""Names in decks: which one stands at the cursor, where it is defined, and who else uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quizkit.decks.rename import REFERENCES
from quizkit.diagnostics import Span
from quizkit.lsp.cursor import ITEM
from quizkit.lsp.desk import View
from quizkit.lsp.suggestion import Spot
from quizkit.model import Note, Passage, Source
from quizkit.source import Node

NOTE, PASSAGE, SOURCE = "note", "passage", "source"


_NAMING = {(key,) for key in ("id", *REFERENCES, "was", "cite")}


class Name(NamedTuple):
    """A name under the cursor: what sort of thing it names, which one, and its columns in characters.

    `key` is a note's key, a passage as `source/passage`, or a source's id. `is_former` says that it stands under `was`.
    """

    sort: str
    key: str
    start: int
    end: int
    is_former: bool = False


def name_at(spot: Spot) -> Name | None:
    """The name that the cursor stands on, told from its lines, or from the tree where those don't tell."""
    return _in_lines(spot) or _in_braces(spot)


def note_around(spot: Spot) -> tuple[Note, Node] | None:
    """The note that the cursor stands in, as far as it can be used."""
    for loaded, note, node in spot.view.notes():
        if loaded.deck is not None and loaded.deck.path == spot.file and _holds(node, spot.at):
            return note, node
    return None


def _holds(node: Node, at: tuple[int, int]) -> bool:
    return (node.line, node.column) <= at <= (node.end_line, node.end_column)


def _in_braces(spot: Spot) -> Name | None:
    """The name at the cursor in a note that is written in braces."""
    found = note_around(spot)
    if found is None:
        return None
    note, node = found
    source = spot.loaded.deck.source if spot.loaded and spot.loaded.deck else ""
    for key in ("id", *REFERENCES, "was", "cite"):
        for word in words(node, key):
            if _holds(word, spot.at) and word.line == word.end_line:
                assert isinstance(word.value, str)
                start = spot.column + word.column + word.quoted - spot.at[1]
                return _named(note.deck, source, key, word.value)._replace(start=start, end=start + len(word.value))
    return None


def _named(deck: str, source: str, key: str, word: str) -> Name:
    """What a word behind a key of a note names; its columns are not yet known."""
    if key == "cite":
        return Name(PASSAGE, f"{source}/{word}", 0, 0)
    return Name(NOTE, word if "/" in word else f"{deck}/{word}", 0, 0, key == "was")


def _in_lines(spot: Spot) -> Name | None:
    cursor = spot.cursor
    word = cursor.word.strip()
    if cursor.on_key or cursor.in_text or not word:
        return None
    path = (*cursor.path, cursor.key) if cursor.key else cursor.path
    while path and path[-1] == ITEM:
        path = path[:-1]
    if spot.is_source:
        return _in_source(spot, path, word)
    loaded = spot.loaded
    deck = loaded.deck if loaded else None
    start, end = cursor.start, cursor.start + len(cursor.word.rstrip())
    if path == ("source",):
        return Name(SOURCE, word, start, end)
    if deck is None or path[:2] != ("notes", ITEM):
        return None
    if path[2:] in _NAMING:
        return _named(deck.id, deck.source, path[2], word)._replace(start=start, end=end)
    return None


def _in_source(spot: Spot, path: tuple[str, ...], word: str) -> Name | None:
    source = next((name for name, file in _files_of_sources(spot.view) if file == spot.file), "")
    start, end = spot.cursor.start, spot.cursor.start + len(spot.cursor.word.rstrip())
    if path == ("source",):
        return Name(SOURCE, word, start, end)
    if path == ("passages", ITEM, "id"):
        return Name(PASSAGE, f"{source}/{word}", start, end)
    return None


def _files_of_sources(view: View) -> Iterator[tuple[str, str]]:
    for name, source in view.library.sources.items():
        for passage in source.passages.values():
            yield name, passage.span.file
            break


def passage_of(view: View, key: str) -> tuple[Source, Passage] | None:
    """The passage called `source/passage`."""
    name, _slash, passage = key.partition("/")
    source = view.library.sources.get(name)
    return (source, source.passages[passage]) if source and passage in source.passages else None


def definition(view: View, name: Name) -> Span | None:
    """Where what a name names is written. A former id leads to the note that has it now."""
    if name.sort == NOTE:
        found = view.note(name.key) or next(
            (entry for entry in view.notes() if name.is_former and name.key in entry[1].was), None
        )
        return _child(found[2], "id", found[1].span) if found else None
    if name.sort == PASSAGE:
        passage = passage_of(view, name.key)
        return passage[1].span if passage else None
    return next((Span(file) for source, file in _files_of_sources(view) if source == name.key), None)


def _child(node: Node, key: str, span: Span) -> Span:
    """Where a note's key has its value."""
    value = node.value.get(key) if isinstance(node.value, dict) else None
    return value.span(span.file) if value is not None else span


def references(view: View, name: Name, *, definition_too: bool) -> list[Span]:
    """Where a name is used, in reading order."""
    found = []
    for loaded, note, node in view.notes():
        deck = loaded.deck
        assert deck is not None
        if name.sort == NOTE:
            if note.key == name.key and definition_too:
                found.append(_child(node, "id", note.span))
            for key in (*REFERENCES, "was"):
                found += [
                    word.span(deck.path)
                    for word in words(node, key)
                    if name.key in (word.value, f"{deck.id}/{word.value}")
                ]
        elif name.sort == PASSAGE:
            cited = (word for word in words(node, "cite") if name.key == f"{deck.source}/{word.value}")
            found += [word.span(deck.path) for word in cited]
    if name.sort == SOURCE:
        for loaded in view.library.decks:
            root = loaded.root
            if root is not None and loaded.deck is not None and loaded.deck.source == name.key:
                found.append(_child(root, "source", Span(loaded.deck.path)))
    if definition_too and name.sort != NOTE and (at := definition(view, name)):
        found.append(at)
    return sorted(found)


def words(node: Node, key: str) -> list[Node]:
    """The texts behind a key of a note: one, or the members of a list."""
    found = node.value.get(key) if isinstance(node.value, dict) else None
    listed = found.value if found is not None and isinstance(found.value, list) else [found]
    return [word for word in listed if word is not None and word.is_text]
