"""Opening a progress file: a new one is made, an older one brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store import schema
from quizkit.store.db import TIMEOUT, connect, identify, plainly, stamp, statements, writing


def open_progress(
    path: Path, *, clock: Clock, create: bool = True, timeout: float = TIMEOUT, keep_copy: bool = True
) -> sqlite3.Connection:
    """Open the progress file, making it when there is none and bringing an older one up to date.

    Before a migration the file is copied to one whose name holds the time by `clock`, unless `keep_copy` is false.

    Raises QuizkitError when it isn't ours, is newer than this program, is damaged, or can't be reached.
    """
    with plainly(path):
        if not path.exists():
            if not create:
                raise QuizkitError(_("There is no progress file {path}.", path=path), _("Check the path after --db."))
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path, timeout)
        try:
            version = identify(path, connection)
            if version == 0:
                _make(connection)
            elif version < schema.VERSION:
                from quizkit.store.migrations import migrate

                migrate(path, connection, version, clock if keep_copy else None)
        except BaseException:
            connection.close()
            raise
        return connection


def _make(connection: sqlite3.Connection) -> None:
    """Fill an empty file. When two programs do so at once, the second finds the first one's work."""
    connection.execute("PRAGMA journal_mode = WAL")
    with writing(connection):
        if connection.execute("PRAGMA user_version").fetchone() != (0,):
            return
        for statement in statements(schema.TABLES + schema.MIGRATION_RECORD):
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, datetime('now'))",
            [(schema.MIGRATION_SET, name) for name in schema.MIGRATION_NAMES],
        )
        stamp(connection)
