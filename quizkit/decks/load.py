"""A deck file as a deck: its head, its notes, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit.decks.notes import ID, as_id, id_of, read_note, slug
from quizkit.diagnostics import Diagnostic, error, warning
from quizkit.kinds import Fields
from quizkit.kinds.fields import COUNTRIES, UNKNOWN_LANGUAGE, WRONG_TYPE, is_language, nearest
from quizkit.model import DEFAULT_RETENTION, Deck, LocalText, Note
from quizkit.model.index import DeckRow, NoteRow
from quizkit.source.node import Node, from_plain, to_plain

if TYPE_CHECKING:
    from quizkit.source import Parsed

NOT_A_DECK = error("not-a-deck", "The file isn't a deck", "A deck is a mapping with `deck`, `title` and `notes`.")
UNKNOWN_DECK_KEY = error(
    "unknown-deck-key",
    "A deck has no such key",
    "The head of a deck knows deck, title, about, source, languages, retention and notes.",
)
NO_NOTES = error("deck-without-notes", "The deck has no notes", "`notes` is a list; each note begins with a hyphen.")
BAD_DECK_ID = error(
    "bad-deck-id",
    "The deck's id can't be used",
    "A deck's id holds lower-case letters, digits and hyphens: it begins the key of every card.",
)
DUPLICATE_ID = error(
    "duplicate-note-id",
    "Two notes have one id",
    "Two notes with one id would share their memories. The second is left out.",
)
BAD_RETENTION = error(
    "bad-retention",
    "The retention can't be aimed at",
    "`retention` is the share of answers to be remembered: 0.70 to 0.99.",
)
NO_TITLE = warning("deck-without-title", "The deck has no title", "Learners see the title above every question.")

HEAD = {
    "deck": "The deck's id: lower-case letters, digits and hyphens, unique in the workspace.",
    "title": "The title learners see.",
    "about": "What the deck teaches, in a sentence or two.",
    "source": "The id of a file in decks/sources/.",
    "languages": "The languages every text of the deck is written in.",
    "retention": "The share of answers to be remembered: 0.70 to 0.99.",
    "notes": "The notes.",
}

LEAST_RETENTION, MOST_RETENTION = 0.7, 0.99


class Loaded:
    """A deck as far as it can be used, and what is wrong.

    `root` is the whole file's node, `nodes` are the notes' by note key. `unusable` are those of notes with a mistake,
    as far as they have ids, by the keys they will have when it is mended; `torn` says that a part of the file couldn't
    be read, so that there may be more notes. `head` is the deck's mapping without its notes as plain data.
    """

    __slots__ = ("deck", "diagnostics", "head", "nodes", "root", "torn", "unusable")

    def __init__(self, diagnostics: list[Diagnostic] | None = None, root: Node | None = None) -> None:
        self.deck: Deck | None = None
        self.diagnostics = [] if diagnostics is None else diagnostics
        self.root = root
        self.torn = any(found.is_error for found in self.diagnostics)
        self.nodes: dict[str, Node] = {}
        self.unusable: dict[str, Node] = {}
        self.head: Mapping[str, Any] = {}


def load_deck(path: Path, file: str) -> Loaded:
    """Read a deck file; `file` is the name to show."""
    from quizkit.source import read_source

    text, diagnostics = read_source(path, file)
    if text is None:
        return Loaded(diagnostics)
    loaded = load_text(text, file)
    loaded.diagnostics[:0] = diagnostics
    return loaded


def load_text(text: str, file: str) -> Loaded:
    """Read a deck. One bad note never hides the others, and a bad head doesn't hide what is wrong with the notes."""
    from quizkit.source import parse_yaml

    return load_tree(parse_yaml(text, file), file)


def load_tree(parsed: Parsed, file: str, read: Callable[[Fields], Note | None] = read_note) -> Loaded:
    """A deck out of its tree (see `load_text`). `read` makes a note of its fields."""
    root = parsed.node
    loaded = Loaded(parsed.diagnostics, root)
    if root is None:
        return loaded
    if not isinstance(root.value, dict):
        loaded.diagnostics.append(
            Diagnostic(NOT_A_DECK, root.span(file), "This is no mapping.", "Begin with `deck: name`.")
        )
        return loaded
    fields = Fields(root, file, loaded.diagnostics)
    _check_head_keys(fields, root.value)
    deck_id = _deck_id(fields)
    title = fields.text("title")
    if "title" not in root.key_at:
        fields.report(NO_TITLE, "deck", "This deck has no title.", "Add `title: …` below it.")
    languages = _languages(fields)
    loaded.head = {key: to_plain(node) for key, node in root.value.items() if key != "notes"}
    notes = _notes(fields, deck_id, languages, loaded, read)
    about, source, retention = fields.text("about"), fields.word("source"), _retention(fields)
    if deck_id:
        loaded.deck = Deck(
            id=deck_id,
            title=title or LocalText.plain(deck_id),
            path=file,
            notes=notes,
            about=about,
            source=source,
            languages=languages,
            retention=retention,
        )
    return loaded


def _check_head_keys(fields: Fields, head: Mapping[str, Node]) -> None:
    for key in head:
        if key in HEAD:
            continue
        near = nearest(key, HEAD)
        fix = f"Did you mean `{near}`?" if near else f"Known here: {', '.join(HEAD)}."
        fields.report(UNKNOWN_DECK_KEY, key, f"A deck has no key `{key}`.", fix)


def _deck_id(fields: Fields) -> str:
    """The deck's id; '' when it can't be used."""
    found = fields.word("deck", required=True)
    if found and not ID.match(found):
        fields.report(BAD_DECK_ID, fields.get("deck"), f"`{found}` can't be a deck's id.", f"Write `{slug(found)}`.")
        return ""
    return found


def _languages(fields: Fields) -> tuple[str, ...]:
    tags = []
    for node in fields.nodes("languages"):
        tag = fields.plain(node, "languages")
        if is_language(tag):
            tags.append(tag)
        elif tag:
            meant = COUNTRIES.get(tag.lower())
            fix = f"Did you mean `{meant}`?" if meant else "Write en, ja, ko, …"
            fields.report(UNKNOWN_LANGUAGE, node, f"`{tag}` is no language tag.", fix)
    return tuple(tags)


def _retention(fields: Fields) -> float:
    found = fields.number("retention")
    if found is None:
        return DEFAULT_RETENTION
    share = float(found)
    if not LEAST_RETENTION <= share <= MOST_RETENTION:
        fields.report(
            BAD_RETENTION, fields.get("retention"), f"{found} is not between 0.70 and 0.99.", "0.90 suits most decks."
        )
        return DEFAULT_RETENTION
    return share


def _notes(
    fields: Fields, deck: str, languages: Sequence[str], loaded: Loaded, read: Callable[[Fields], Note | None]
) -> tuple[Note, ...]:
    nodes = fields.get("notes")
    if nodes is None or not nodes.value:
        if "notes" in fields.node.key_at and any(found.is_error for found in loaded.diagnostics):
            # There are notes, but none that could be read: that has been said.
            return ()
        fields.report(
            NO_NOTES, "notes" if nodes else "deck", "This deck has no notes.", "Add `notes:` and a first note below it."
        )
        return ()
    notes: list[Note] = []
    first: dict[str, int] = {}
    for node in fields.items("notes"):
        if not isinstance(node.value, dict):
            if not node.quoted and fields.slipped(node.value, node.line, node.column):
                continue
            fields.report(
                WRONG_TYPE, node, "A note is a mapping: `- id: …`, `kind: …` and more.", "Write it key by key."
            )
            continue
        note = read(Fields(node, fields.file, loaded.diagnostics, languages, deck))
        if note is None:
            if (name := id_of(node)) is not None and isinstance(name.value, str) and name.value:
                loaded.unusable.setdefault(f"{deck}/{as_id(name.value)}", node)
                first.setdefault(as_id(name.value), node.line)
            continue
        if note.id in first:
            message = f"`{note.id}` is the id of the note in line {first[note.id]} already."
            fields.report(DUPLICATE_ID, node.value["id"], message, "Give one of them another id.")
            continue
        first[note.id] = node.line
        loaded.nodes[note.key] = node
        notes.append(note)
    return tuple(notes)


def note_from_row(deck: DeckRow, row: NoteRow) -> Note | None:
    """A note out of the index, made as it was made from its file."""
    import json

    node = from_plain(json.loads(row.data), row.line)
    return read_note(Fields(node, deck.path, [], (), row.deck))
