"""A deck file as a deck: its head, its notes, and everything that is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizkit.diagnostics import Diagnostic, Span, error, warning
from quizkit.kinds import KINDS, Fields, keys_of, kind
from quizkit.kinds.fields import WRONG_TYPE, is_language
from quizkit.model import DEFAULT_RETENTION, Claim, ClaimType, Deck, Example, LocalText, Note
from quizkit.model.index import DeckRow, NoteRow
from quizkit.source import Node, from_plain, parse_yaml, read_source, to_plain

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
MISSING_ID = error(
    "missing-id",
    "A note without an id",
    "A note's memories hang on its id. `quizkit deck ids` writes the missing ones.",
)
BAD_ID = error("bad-id", "The note's id can't be used", "An id holds lower-case letters, digits and hyphens.")
DUPLICATE_ID = error(
    "duplicate-note-id",
    "Two notes have one id",
    "Two notes with one id would share their memories. The second is left out.",
)
UNKNOWN_KIND = error("unknown-kind", "There is no such kind of note", "docs/deck-format.md lists the kinds.")
BAD_RETENTION = error(
    "bad-retention",
    "The retention can't be aimed at",
    "`retention` is the share of answers to be remembered: 0.70 to 0.99.",
)
BAD_AS_OF = error("bad-as-of", "`as_of` is no date", "Write 2024, 2024-05 or 2024-05-07.")
BAD_CLAIM = error(
    "bad-claim",
    "The claim can't be understood",
    "`claim` is `author`, a name, or a mapping with `by` and `type` (quotation, judgement, prediction, report).",
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
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*$")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass(slots=True)
class Loaded:
    """A deck as far as it can be used, and what is wrong. `nodes` are the notes' nodes, by note key."""

    deck: Deck | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)


def load_deck(path: Path, file: str) -> Loaded:
    """Read a deck file; `file` is the name to show."""
    text, diagnostics = read_source(path, file)
    if text is None:
        return Loaded(None, diagnostics)
    loaded = load_text(text, file)
    loaded.diagnostics[:0] = diagnostics
    return loaded


def load_text(text: str, file: str) -> Loaded:
    """Read a deck. One bad note never hides the others."""
    parsed = parse_yaml(text, file)
    loaded = Loaded(diagnostics=parsed.diagnostics)
    root = parsed.node
    if root is None:
        return loaded
    if not isinstance(root.value, dict):
        loaded.diagnostics.append(
            Diagnostic(NOT_A_DECK, root.span(file), "This is no mapping.", "Begin with `deck: name`.")
        )
        return loaded
    fields = Fields(root, file, loaded.diagnostics)
    _check_head_keys(fields)
    deck_id = fields.word("deck", required=True)
    if not deck_id:
        return loaded
    if not _ID.match(deck_id):
        fields.report(
            BAD_DECK_ID, fields.get("deck"), f"`{deck_id}` can't be a deck's id.", f"Write `{_slug(deck_id)}`."
        )
        return loaded
    title = fields.text("title")
    if title is None and "title" not in fields:
        fields.report(NO_TITLE, "deck", "This deck has no title.", "Add `title: …` below it.")
    languages = _languages(fields)
    loaded.head = {key: to_plain(node) for key, node in root.value.items() if key != "notes"}
    notes = _notes(fields, deck_id, languages, loaded)
    loaded.deck = Deck(
        id=deck_id,
        title=title or LocalText.plain(deck_id),
        path=file,
        notes=notes,
        about=fields.text("about"),
        source=fields.word("source"),
        languages=languages,
        retention=_retention(fields),
    )
    return loaded


def _check_head_keys(fields: Fields) -> None:
    for key in fields.node.key_at:
        if key in HEAD:
            continue
        from difflib import get_close_matches

        near = get_close_matches(key, HEAD, 1)
        fix = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(HEAD)}."
        fields.report(UNKNOWN_DECK_KEY, key, f"A deck has no key `{key}`.", fix)


def _languages(fields: Fields) -> tuple[str, ...]:
    tags = fields.words("languages")
    for node, tag in zip(fields.nodes("languages"), tags, strict=False):
        if not is_language(tag):
            from quizkit.kinds.fields import UNKNOWN_LANGUAGE

            fields.report(UNKNOWN_LANGUAGE, node, f"`{tag}` is no language tag.", "Write en, ja, ko, …")
    return tuple(tag for tag in tags if is_language(tag))


def _retention(fields: Fields) -> float:
    found = fields.number("retention")
    if found is None:
        return DEFAULT_RETENTION
    if not 0.7 <= found <= 0.99:
        fields.report(
            BAD_RETENTION, fields.get("retention"), f"{found} is not between 0.70 and 0.99.", "0.90 suits most decks."
        )
        return DEFAULT_RETENTION
    return float(found)


def _notes(fields: Fields, deck: str, languages: Sequence[str], loaded: Loaded) -> tuple[Note, ...]:
    nodes = fields.get("notes")
    if nodes is None or not nodes.value:
        if nodes is not None and any(found.is_error for found in loaded.diagnostics):
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
            fields.report(
                WRONG_TYPE, node, "A note is a mapping: `- id: …`, `kind: …` and more.", "Write it key by key."
            )
            continue
        note = read_note(Fields(node, fields.file, loaded.diagnostics, languages, deck))
        if note is None:
            continue
        if note.id in first:
            message = f"`{note.id}` is the id of the note in line {first[note.id]} already."
            fields.report(DUPLICATE_ID, node.value["id"], message, "Give one of them another id.")
            continue
        first[note.id] = node.line
        loaded.nodes[note.key] = node
        notes.append(note)
    return tuple(notes)


def read_note(fields: Fields) -> Note | None:
    """A note, or None when it can't be used; what is wrong is reported."""
    name = fields.word("kind")
    note_id = _id(fields)
    if "kind" not in fields:
        fields.missing("kind")
        return None
    if name not in KINDS:
        if name:
            _unknown_kind(fields, name)
        return None
    known = keys_of(name)
    fields.unknown(known)
    body = kind(name).parse(fields)
    own_claim = any(key.name == "claim" for key in kind(name).KEYS)
    note = Note(
        deck=fields.deck,
        id=note_id,
        kind=name,
        body=body,  # type: ignore[arg-type]
        span=Span(fields.file, fields.node.line, fields.node.column),
        explain=fields.text("explain"),
        cite=fields.words("cite"),
        claim=None if own_claim else _claim(fields),
        as_of=_as_of(fields),
        tags=fields.words("tags"),
        after=_keys(fields, "after"),
        confuses=_keys(fields, "confuses"),
        was=_keys(fields, "was"),
        examples=(*_examples(fields, "accepts", True), *_examples(fields, "refuses", False)),
    )
    return note if body is not None and note_id else None


def _id(fields: Fields) -> str:
    if "id" not in fields:
        fields.report(MISSING_ID, None, "This note has no id.", "Run `quizkit deck ids`, or write one.")
        return ""
    found = fields.word("id")
    if found and not _ID.match(found):
        fields.report(BAD_ID, fields.get("id"), f"`{found}` can't be an id.", f"Write `{_slug(found)}`.")
        return ""
    return found


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "some-name"


def _unknown_kind(fields: Fields, name: str) -> None:
    from difflib import get_close_matches

    near = get_close_matches(name, KINDS, 1, 0.5)
    fix = f"Did you mean `{near[0]}`?" if near else f"Kinds: {', '.join(KINDS)}."
    fields.report(UNKNOWN_KIND, fields.get("kind"), f"There is no kind `{name}`.", fix)


def _keys(fields: Fields, key: str) -> tuple[str, ...]:
    """Note keys; an id without a deck is one of this deck."""
    return tuple(word if "/" in word else f"{fields.deck}/{word}" for word in fields.words(key))


def _claim(fields: Fields) -> Claim | None:
    node = fields.get("claim")
    if node is None:
        return None
    if isinstance(node.value, dict) and not {"by", "type"}.isdisjoint(node.value):
        inner = fields.inner(node, ("by", "type"))
        kind_of = inner.word("type") or ClaimType.JUDGEMENT.value
        if kind_of not in [type_.value for type_ in ClaimType]:
            fields.report(
                BAD_CLAIM, inner.get("type"), f"`{kind_of}` is no type of claim.", f"Write {', '.join(ClaimType)}."
            )
            return None
        by = inner.get("by")
        if by is None:
            fields.report(BAD_CLAIM, node, "The claim doesn't say whose it is.", "Add `by: author` or a name.")
            return None
        holder = _holder(inner, by)
        return Claim(holder[0], ClaimType(kind_of)) if holder else None
    holder = _holder(fields, node)
    return Claim(holder[0], ClaimType.JUDGEMENT) if holder else None


def _holder(fields: Fields, node: Node) -> tuple[LocalText | None] | None:
    """Whose claim it is: None inside for the author, None alone when it can't be understood."""
    if node.value == "author":
        return (None,)
    text = fields.local(node, "claim")
    return (text,) if text else None


def _as_of(fields: Fields) -> str:
    text = fields.word("as_of")
    if text and not _DATE.match(text):
        fields.report(BAD_AS_OF, fields.get("as_of"), f"`{text}` is no date.", "Write 2024-05-07.")
        return ""
    return text


def _examples(fields: Fields, key: str, accepted: bool) -> list[Example]:
    """`accepts` and `refuses`: a group is a gap of a cloze (c1), else a language."""
    found = []
    for group, text, node in fields.forms(key):
        gap = bool(re.fullmatch(r"c\d+", group))
        found.append(Example(text, "" if gap else group, accepted, group if gap else "", node.span(fields.file)))
    return found


def note_from_row(deck: DeckRow, row: NoteRow) -> Note | None:
    """A note out of the index, made as it was made from its file."""
    diagnostics: list[Diagnostic] = []
    node = from_plain(json.loads(row.data), row.line)
    return read_note(Fields(node, deck.path, diagnostics, (), row.deck))
