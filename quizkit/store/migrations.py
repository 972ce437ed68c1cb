"""Bringing an older progress file up to date, after a copy of it was put aside.

The steps are a `sqlite_utils.Migrations` set, run in one transaction. A step changes the log and the tables that can't
be made from it; `memory` is made anew after the last one.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.clock import Clock
from quizkit.store import db, replay, schema

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def migrate(path: Path, connection: sqlite3.Connection, version: int, clock: Clock | None) -> None:
    """Run the steps that the file lacks.

    A copy named progress-<UTC time>-v<version>.bak.db stays beside it, unless there is no clock to tell the time.
    """
    from quizkit.store.copies import copy_to, spare_path

    if clock is not None:
        copy_to(connection, spare_path(path, clock, f"-v{version}"))
    run(connection)


def run(connection: sqlite3.Connection) -> None:
    """Run the steps that the database lacks and make `memory` anew, all or nothing."""
    from sqlite_utils import Database

    with db.writing(connection):
        steps().apply(Database(connection))
        connection.execute("DROP TABLE memory")
        for statement in db.statements(schema.MEMORY):
            connection.execute(statement)
        replay.rebuild(connection)
        db.stamp(connection)


def steps() -> Migrations:
    """The steps from nothing to the present tables, in order, named as in `schema.MIGRATION_NAMES`."""
    from sqlite_utils import Migrations

    made = Migrations(schema.MIGRATION_SET)
    for name, step in zip(schema.MIGRATION_NAMES, (_log, _language, _drills), strict=True):
        made(name=name)(step)
    return made


def _log(database: Database) -> None:
    """Version 1: the log, and the projections of that time."""
    for statement in db.statements(_VERSION_1):
        database.conn.execute(statement)
    db.stamp(database.conn, 1)


def _language(database: Database) -> None:
    """Version 2: the language a card was asked in, so that reports can tell languages apart."""
    database.conn.execute("ALTER TABLE event ADD COLUMN lang TEXT NOT NULL DEFAULT ''")


def _drills(database: Database) -> None:
    """Version 3: classes, and the record of drills."""
    for statement in db.statements(schema.CLASSES + schema.DRILLS + schema.ACT_GUARDS):
        database.conn.execute(statement)


_VERSION_1 = """
CREATE TABLE event (
  id TEXT NOT NULL PRIMARY KEY,
  learner TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  card TEXT NOT NULL,
  rating INTEGER NOT NULL,
  score REAL,
  response TEXT NOT NULL,
  shape TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  origin TEXT NOT NULL,
  retention REAL NOT NULL,
  interval INTEGER NOT NULL,
  until INTEGER NOT NULL,
  target TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_card ON event (learner, card, at);
CREATE INDEX event_by_time ON event (learner, at);
CREATE INDEX event_undo ON event (target) WHERE type = 'undo';
CREATE INDEX event_rename ON event (at) WHERE type = 'rename';
CREATE INDEX event_learner ON event (at) WHERE type = 'learner';
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TABLE memory (
  learner TEXT NOT NULL,
  card TEXT NOT NULL,
  note TEXT NOT NULL,
  deck TEXT NOT NULL,
  phase TEXT NOT NULL,
  step INTEGER NOT NULL,
  stability REAL NOT NULL,
  difficulty REAL NOT NULL,
  due_day INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  reps INTEGER NOT NULL,
  lapses INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  buried_until INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  PRIMARY KEY (learner, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_due ON memory (learner, due_day);
CREATE TABLE learner (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alias (old TEXT NOT NULL PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX alias_new ON alias (new);
CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
