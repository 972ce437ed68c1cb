"""Names in decks: which one stands at the cursor, where it is defined, and who else uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quizkit.decks.notes import id_of
from quizkit.decks.rename import REFERENCES
from quizkit.diagnostics import Span
from quizkit.lsp.cursor import ITEM
from quizkit.lsp.desk import Place, View
from quizkit.lsp.suggestion import Spot
from quizkit.model import Passage, Source
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


def place_around(spot: Spot) -> Place | None:
    """The note that the cursor stands in."""
    here = (place for place in spot.view.places() if place.deck.path == spot.file)
    return next((place for place in here if _holds(place.node, spot.at)), None)


def _holds(node: Node, at: tuple[int, int]) -> bool:
    return (node.line, node.column) <= at <= (node.end_line, node.end_column)


def _in_braces(spot: Spot) -> Name | None:
    """The name at the cursor in a note that is written in braces."""
    place = place_around(spot)
    if place is None:
        return None
    for key in ("id", *REFERENCES, "was", "cite"):
        for word in words(place.node, key):
            if _holds(word, spot.at) and word.line == word.end_line:
                assert isinstance(word.value, str)
                start = spot.column + word.column + word.quoted - spot.at[1]
                return _named(place.deck.id, place.deck.source, key, word.value)._replace(
                    start=start, end=start + len(word.value)
                )
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
        places = list(view.places())
        found = next((place for place in places if place.key == name.key), None)
        if found is None and name.is_former:
            found = next((place for place in places if any(_names(place, "was", name.key))), None)
        return _id_span(found) if found else None
    if name.sort == PASSAGE:
        passage = passage_of(view, name.key)
        return passage[1].span if passage else None
    return next((Span(file) for source, file in _files_of_sources(view) if source == name.key), None)


def _id_span(place: Place) -> Span:
    """Where a note's id stands."""
    return (id_of(place.node) or place.node).span(place.deck.path)


def _names(place: Place, key: str, note: str) -> Iterator[Span]:
    """Where a note names another one, or itself, under a key."""
    for word in words(place.node, key):
        if note in (word.value, f"{place.deck.id}/{word.value}"):
            yield word.span(place.deck.path)


def references(view: View, name: Name, *, definition_too: bool) -> list[Span]:
    """Where a name is used, in reading order."""
    found: list[Span] = []
    for place in view.places():
        if name.sort == NOTE:
            if place.key == name.key and definition_too:
                found.append(_id_span(place))
            for key in (*REFERENCES, "was"):
                found += _names(place, key, name.key)
        elif name.sort == PASSAGE:
            cited = (word for word in words(place.node, "cite") if name.key == f"{place.deck.source}/{word.value}")
            found += [word.span(place.deck.path) for word in cited]
    if name.sort == SOURCE:
        for loaded in view.library.decks:
            at = loaded.root.value.get("source") if loaded.root and isinstance(loaded.root.value, dict) else None
            if at is not None and loaded.deck is not None and loaded.deck.source == name.key:
                found.append(at.span(loaded.deck.path))
    if definition_too and name.sort != NOTE and (defined := definition(view, name)):
        found.append(defined)
    return sorted(found)


def words(node: Node, key: str) -> list[Node]:
    """The texts behind a key of a note: one, or the members of a list."""
    found = node.value.get(key) if isinstance(node.value, dict) else None
    listed = found.value if found is not None and isinstance(found.value, list) else [found]
    return [word for word in listed if word is not None and word.is_text]
