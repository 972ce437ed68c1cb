"""Names that name nothing, or two things: decks, sources, passages, and the notes that notes speak of."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.decks.lint.entries import Entry, Scene, deck_span
from quizkit.diagnostics import Diagnostic, error, warning

DUPLICATE_DECK = error(
    "duplicate-deck-id", "Two decks have one id", "Cards of both would have the same keys. Give one of them another id."
)
UNKNOWN_SOURCE = error(
    "unknown-source", "There is no such source", "`source` names a file in decks/sources/ by its `source:` id."
)
UNKNOWN_PASSAGE = error(
    "unknown-passage", "The source has no such passage", "`cite` names passages of the deck's source."
)
NO_CITATION = warning(
    "no-citation",
    "A note cites nothing",
    "The deck has a source, but this note doesn't say which passage bears it out.",
)
AFTER_UNKNOWN = error(
    "after-unknown",
    "`after` names no note",
    "`after` holds a note back until what it builds on is learnt; a name that doesn't exist would never be.",
)
CONFUSES_UNKNOWN = error("confuses-unknown", "`confuses` names no note", "`confuses` names look-alikes by their ids.")
WAS_IN_USE = error(
    "was-in-use",
    "A former id is in use",
    "`was` gives this note the memories of an id that is gone. An id that still exists keeps its own.",
)
WAS_TWICE = error("was-twice", "Two notes have one former id", "The memories of a former id can go to one note only.")


def check_decks(scene: Scene) -> Iterator[Diagnostic]:
    """Decks with one id, and sources that don't exist."""
    seen: dict[str, str] = {}
    for loaded, deck in scene.decks():
        if deck.id in seen:
            message = f"`{deck.id}` is the id of {seen[deck.id]} already."
            yield Diagnostic(DUPLICATE_DECK, deck_span(loaded, "deck"), message, "Give this deck another id.")
        seen.setdefault(deck.id, deck.path)
        if deck.source and deck.source not in scene.library.sources:
            fix = f"Sources here: {', '.join(scene.library.sources) or 'none'}."
            yield Diagnostic(UNKNOWN_SOURCE, deck_span(loaded, "source"), f"There is no source `{deck.source}`.", fix)


def check_citations(scene: Scene) -> Iterator[Diagnostic]:
    """Notes that cite nothing, or a passage that doesn't exist, in decks that have a source."""
    for entry in scene.entries:
        source = scene.library.sources.get(entry.deck.source)
        if source is None:
            continue
        if not entry.note.cite:
            yield Diagnostic(NO_CITATION, entry.at("id"), f"`{entry.note.id}` cites no passage.", "Add `cite: P…`.")
        for index, passage in enumerate(entry.note.cite):
            if passage not in source.passages:
                message = f"`{source.id}` has no passage `{passage}`."
                fix = scene.near(passage, source.passages)
                yield Diagnostic(UNKNOWN_PASSAGE, entry.member("cite", index), message, fix)


def check_references(scene: Scene) -> Iterator[Diagnostic]:
    """`after` and `confuses` that name no note, `was` that names one."""
    taken: dict[str, str] = {}
    for entry in scene.entries:
        note = entry.note
        for key, rule, names in (("after", AFTER_UNKNOWN, note.after), ("confuses", CONFUSES_UNKNOWN, note.confuses)):
            for index, name in enumerate(names):
                if scene.is_missing(name):
                    message = f"There is no note `{name}`."
                    yield Diagnostic(rule, entry.member(key, index), message, scene.near_note(name))
        yield from _former(scene, entry, taken)


def _former(scene: Scene, entry: Entry, taken: dict[str, str]) -> Iterator[Diagnostic]:
    for index, old in enumerate(entry.note.was):
        at = entry.member("was", index)
        if old in scene.keys:
            yield Diagnostic(WAS_IN_USE, at, f"`{old}` is the id of a note that exists.", "Take it out of `was`.")
        elif old in taken:
            message = f"`{old}` is a former id of `{taken[old]}` already."
            yield Diagnostic(WAS_TWICE, at, message, "Keep it with one of them.")
        taken.setdefault(old, entry.note.key)
