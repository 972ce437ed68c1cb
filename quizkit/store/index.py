"""The deck index: what parsed decks hold, kept so that a start need not parse them again.

A cache in a file of its own. It may be deleted at any time; one that is damaged or was made by another version is
replaced by an empty one, and whoever fills it starts from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model.index import AliasRow, AnswerRow, CardRow, DeckRow, FileRow, FileRows, NoteRow
from quizkit.store import db

VERSION = 3
"""The version of the tables below and of what fills them: raise it when either changes."""

FILE_SPAN = 1 << 24
"""How many places one file takes in the order of all cards: more than any file has notes."""

APPLICATION_ID = 0x717A6978
"""Marks a file as a deck index: 'qzix' in ASCII."""

_TABLES = """
CREATE TABLE file (
  path TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  digest TEXT NOT NULL,
  deck TEXT NOT NULL,
  error TEXT NOT NULL,
  mistakes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE deck (
  id TEXT NOT NULL PRIMARY KEY,
  path TEXT NOT NULL,
  head TEXT NOT NULL,
  source TEXT NOT NULL,
  retention REAL NOT NULL,
  notes INTEGER NOT NULL,
  cards INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE note (
  key TEXT NOT NULL PRIMARY KEY,
  deck TEXT NOT NULL,
  kind TEXT NOT NULL,
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  data TEXT NOT NULL,
  "after" TEXT NOT NULL,
  confuses TEXT NOT NULL
) STRICT;
CREATE TABLE card (
  key TEXT NOT NULL PRIMARY KEY,
  note TEXT NOT NULL,
  deck TEXT NOT NULL,
  variant TEXT NOT NULL,
  kind TEXT NOT NULL,
  shape TEXT NOT NULL,
  position INTEGER NOT NULL,
  tags TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX card_position ON card (position, key);
CREATE INDEX note_confuses ON note (key, confuses) WHERE confuses <> '';
CREATE INDEX card_deck ON card (deck, position, key);
CREATE TABLE answer (
  deck TEXT NOT NULL,
  norm TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (deck, norm, note)
) STRICT, WITHOUT ROWID;
CREATE TABLE alias (old TEXT NOT NULL PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


class Index:
    """An open deck index."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the index, making an empty one where there is none that can be used.

        Raises QuizkitError when the file can't be made.
        """
        with db.plainly(path):
            try:
                return cls(path, _opened(path))
            except sqlite3.DatabaseError as error:
                if not _is_unusable(error):
                    raise
                delete(path)
                return cls(path, _opened(path))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Filling it

    def files(self) -> dict[str, FileRow]:
        """The deck files known, by path."""
        with self._plainly():
            rows = self.connection.execute(f"SELECT {', '.join(FileRow._fields)} FROM file")
            return {row.path: row for row in map(FileRow._make, rows)}

    def replace_file(self, rows: FileRows) -> None:
        """Put these rows in the place of all that is known of their file."""
        self.replace_files([rows])

    def replace_files(self, files: Iterable[FileRows]) -> None:
        """Replace many files, all or none."""
        with self._plainly(), db.writing(self.connection):
            for rows in files:
                self._forget(rows.file.path)
                if rows.deck is not None:
                    self._forget_deck(rows.deck.id)
                    self._insert("deck", [rows.deck])
                self._insert("file", [rows.file])
                self._insert("note", rows.notes)
                self._insert("card", rows.cards)
                self._insert("answer", rows.answers)
                self._insert("alias", rows.aliases)

    def reorder(self, paths: Iterable[str]) -> None:
        """Let cards be learnt in the order of their files: the files' places stand above the places in them."""
        with self._plainly(), db.writing(self.connection):
            wanted = {path: place * FILE_SPAN for place, path in enumerate(paths)}
            placed = self.connection.execute(
                "SELECT d.id, d.path, (SELECT c.position FROM card AS c WHERE c.deck = d.id LIMIT 1) FROM deck AS d"
            ).fetchall()
            for deck, path, position in placed:
                base = wanted.get(path, 0)
                if position is not None and position // FILE_SPAN * FILE_SPAN != base:
                    self.connection.execute(
                        f"UPDATE card SET position = position % {FILE_SPAN} + ? WHERE key >= ? AND key < ?",
                        (base, f"{deck}/", f"{deck}0"),
                    )

    def drop_file(self, path: str) -> None:
        """Forget a file and all that came from it."""
        with self._plainly(), db.writing(self.connection):
            self._forget(path)

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        self.connection.executemany(_INSERTS[table], rows)

    def _forget(self, path: str) -> None:
        self.connection.execute("DELETE FROM file WHERE path = ?", (path,))
        decks = self.connection.execute("SELECT id FROM deck WHERE path = ?", (path,)).fetchall()
        for (deck,) in decks:
            self._forget_deck(deck)

    def _forget_deck(self, deck: str) -> None:
        # Keys begin with the deck's id and '/'; '0' is the character after '/'.
        bounds = (f"{deck}/", f"{deck}0")
        self.connection.execute("DELETE FROM deck WHERE id = ?", (deck,))
        self.connection.execute("DELETE FROM note WHERE key >= ? AND key < ?", bounds)
        self.connection.execute("DELETE FROM card WHERE key >= ? AND key < ?", bounds)
        self.connection.execute("DELETE FROM answer WHERE deck = ?", (deck,))
        self.connection.execute("DELETE FROM alias WHERE new >= ? AND new < ?", bounds)

    # Reading it

    def decks(self) -> list[DeckRow]:
        """The heads of all decks, by id."""
        with self._plainly():
            rows = self.connection.execute(f"SELECT {', '.join(DeckRow._fields)} FROM deck ORDER BY id")
            return list(map(DeckRow._make, rows))

    def deck(self, deck: str) -> DeckRow | None:
        """The head of a deck."""
        with self._plainly():
            row = self.connection.execute(
                f"SELECT {', '.join(DeckRow._fields)} FROM deck WHERE id = ?", (deck,)
            ).fetchone()
            return DeckRow._make(row) if row else None

    def note(self, key: str) -> NoteRow | None:
        """A note by its key."""
        with self._plainly():
            row = self.connection.execute(f"{_NOTES} WHERE key = ?", (key,)).fetchone()
            return NoteRow._make(row) if row else None

    def notes(self, deck: str) -> list[NoteRow]:
        """The notes of a deck, in the author's order."""
        with self._plainly():
            rows = self.connection.execute(f"{_NOTES} WHERE deck = ? ORDER BY position, key", (deck,))
            return list(map(NoteRow._make, rows))

    def card(self, key: str) -> CardRow | None:
        """A card by its key."""
        return self.card_rows([key]).get(key)

    def card_rows(self, keys: Iterable[str]) -> dict[str, CardRow]:
        """Those of the cards that there are, by key."""
        with self._plainly():
            rows = self.connection.execute(
                f"{_CARDS} WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
            )
            return {row.key: row for row in map(CardRow._make, rows)}

    def cards(self, deck: str | None = None) -> list[CardRow]:
        """All cards, or a deck's, in the order they are learnt."""
        with self._plainly():
            bounds = (f"{deck}/", f"{deck}0") if deck is not None else ("", "\U0010ffff")
            rows = self.connection.execute(f"{_CARDS} WHERE key >= ? AND key < ? ORDER BY position, key", bounds)
            return list(map(CardRow._make, rows))

    def is_rival(self, deck: str, norm: str, note: str) -> bool:
        """Whether a normalised text is an answer of another note of the deck."""
        with self._plainly():
            row = self.connection.execute(
                "SELECT 1 FROM answer WHERE deck = ? AND norm = ? AND note <> ? LIMIT 1", (deck, norm, note)
            ).fetchone()
            return row is not None

    def select(
        self,
        decks: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> list[tuple[str, str]]:
        """The keys of cards and of their notes, in the order they are learnt; each argument narrows the choice."""
        conditions, arguments = ["1"], []
        for column, wanted in (("deck", decks), ("kind", kinds)):
            if wanted is not None:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                arguments.append(json.dumps(list(wanted)))
        if tags is not None:
            conditions.append("EXISTS (SELECT 1 FROM json_each(?) WHERE instr(tags, ' ' || value || ' '))")
            arguments.append(json.dumps(list(tags)))
        with self._plainly():
            rows = self.connection.execute(
                f"SELECT key, note FROM card WHERE {' AND '.join(conditions)} ORDER BY position, key", arguments
            )
            return [(card, note) for card, note in rows]

    def tags(self) -> list[str]:
        """Every tag that a card has."""
        with self._plainly():
            rows = self.connection.execute("SELECT DISTINCT tags FROM card WHERE tags <> ''")
            return sorted({tag for (tags,) in rows for tag in tags.split()})

    def confusions(self) -> dict[str, str]:
        """The notes that have look-alikes, with the look-alikes' keys parted by spaces."""
        with self._plainly():
            return dict(self.connection.execute("SELECT key, confuses FROM note WHERE confuses <> ''"))

    def aliases(self) -> dict[str, str]:
        """Former note keys and the ones that took their places."""
        with self._plainly():
            return dict(self.connection.execute("SELECT old, new FROM alias"))

    def find(self, text: str, limit: int = 100) -> list[NoteRow]:
        """The notes in which the text occurs, in any value or in the key; ASCII letters of either case are equal."""
        # The first test is quick and sees JSON's own words too; the second looks at the values alone.
        plain, written = _pattern(text), _pattern(json.dumps(text, ensure_ascii=False)[1:-1])
        with self._plainly():
            rows = self.connection.execute(
                rf"{_NOTES} WHERE key LIKE ? ESCAPE '\' OR (data LIKE ? ESCAPE '\' AND EXISTS"
                r" (SELECT 1 FROM json_tree(note.data) WHERE atom LIKE ? ESCAPE '\'))"
                " ORDER BY deck, position, key LIMIT ?",
                (plain, written, plain, limit),
            )
            return list(map(NoteRow._make, rows))

    def with_origins(self, origins: Iterable[str]) -> list[NoteRow]:
        """The notes that were imported from one of these places."""
        with self._plainly():
            # The first test is quick and sees most notes out.
            rows = self.connection.execute(
                f"""{_NOTES} WHERE instr(data, '"origin":')"""
                " AND json_extract(data, '$.origin') IN (SELECT value FROM json_each(?)) ORDER BY deck, position, key",
                (json.dumps(list(origins)),),
            )
            return list(map(NoteRow._make, rows))

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Errors told plainly; a damaged cache is thrown away."""
        with db.plainly(self.path):
            try:
                yield
            except sqlite3.DatabaseError as error:
                if not _is_unusable(error):
                    raise
                self.close()
                delete(self.path)
                raise QuizkitError(
                    _("The deck index {path} was damaged and has been thrown away.", path=self.path),
                    _("Do the same again: the index is made anew from the decks."),
                ) from error


def _insert_statement(table: str, row: type[tuple[object, ...]]) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row._fields))})"  # type: ignore[attr-defined]


_INSERTS = {
    table: _insert_statement(table, row)
    for table, row in (
        ("file", FileRow),
        ("deck", DeckRow),
        ("note", NoteRow),
        ("card", CardRow),
        ("answer", AnswerRow),
        ("alias", AliasRow),
    )
}
_NOTES = 'SELECT key, deck, kind, line, position, data, "after", confuses FROM note'
_CARDS = f"SELECT {', '.join(CardRow._fields)} FROM card"


def attach(connection: sqlite3.Connection, path: Path) -> None:
    """Join the index to a connection to a progress file, for reading, under the name deck_index."""
    connection.execute("ATTACH DATABASE ? AS deck_index", (f"{path.absolute().as_uri()}?mode=ro",))


def delete(path: Path) -> None:
    """Throw an index away."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _pattern(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def _is_unusable(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"))


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = db.connect(path)
    try:
        # Losing the cache in a power cut is no loss.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if found == [APPLICATION_ID, VERSION]:
            return connection
        if found != [0, 0] or connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            connection.close()
            delete(path)
            return _opened(path)
        connection.execute("PRAGMA journal_mode = WAL")
        with db.writing(connection):
            if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
                for statement in db.statements(_TABLES):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection
