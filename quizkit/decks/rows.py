"""A deck file as rows for the index."""

from __future__ import annotations

import json
from hashlib import blake2b

from quizkit.answers import normalise
from quizkit.decks.load import Loaded, load_text
from quizkit.diagnostics import Diagnostic
from quizkit.model.index import AliasRow, AnswerRow, CardRow, DeckRow, FileRow, FileRows, NoteRow
from quizkit.source import decode, to_plain


def digest(data: bytes) -> str:
    """A fingerprint of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def rows_of(data: bytes, file: str, size: int, mtime_ns: int) -> tuple[FileRows, list[Diagnostic]]:
    """The rows of a deck file with this content, and what is wrong with it."""
    text, diagnostics = decode(data, file)
    loaded = Loaded() if text is None else load_text(text, file)
    diagnostics += loaded.diagnostics
    deck = loaded.deck
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    if deck is None:
        message = errors[0].message if errors else ""
        return FileRows(FileRow(file, size, mtime_ns, digest(data), "", message, len(errors))), diagnostics
    notes: list[NoteRow] = []
    cards: list[CardRow] = []
    answers: dict[AnswerRow, None] = {}
    aliases: list[AliasRow] = []
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for position, note in enumerate(deck.notes):
        key = note.key
        data_json = dumps(to_plain(loaded.nodes[key]))
        line = note.span.line
        notes.append(
            NoteRow(key, deck.id, note.kind, line, position, data_json, " ".join(note.after), " ".join(note.confuses))
        )
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        for variant, task in note.body.tasks().items():
            shape = task.shape.value
            cards.append(CardRow(f"{key}/{variant}", key, deck.id, variant, note.kind, shape, position, tags))
            for form in task.accepted():
                if norm := normalise(form):
                    answers[AnswerRow(deck.id, norm, key)] = None
        aliases += [AliasRow(old, key) for old in note.was]
    head = DeckRow(deck.id, file, dumps(loaded.head), deck.source, deck.retention, len(notes), len(cards))
    row = FileRow(file, size, mtime_ns, digest(data), deck.id, mistakes=len(errors))
    rows = FileRows(row, head, notes, cards, list(answers), aliases)
    return rows, diagnostics
