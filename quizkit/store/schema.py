"""The tables of a progress file, and the number of their version.

`event` is the truth: rows are added, never changed. `memory`, `learner` and `alias` are projections of it that can be
made again at any time. `setting` is what this machine remembers for itself and no merge carries over. `drill` and
`act` are the record of drills, of which `act` is append-only too.
"""

from __future__ import annotations

APPLICATION_ID = 0x717A6B74
"""Marks a file as ours: 'qzkt' in ASCII."""

VERSION = 3
"""The version of the tables below, kept in the file as `user_version`."""

MIGRATION_SET = "quizkit"
MIGRATION_NAMES = ("v1_log", "v2_language", "v3_drills")

EVENT_COLUMNS = (
    "id",
    "learner",
    "type",
    "at",
    "day",
    "card",
    "rating",
    "score",
    "response",
    "shape",
    "lang",
    "milliseconds",
    "origin",
    "retention",
    "interval",
    "until",
    "target",
)
"""As in `model.Event`, in its order."""

EVENT = """
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
  target TEXT NOT NULL,
  lang TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX event_by_card ON event (learner, card, at);
CREATE INDEX event_by_time ON event (learner, at);
CREATE INDEX event_undo ON event (target) WHERE type = 'undo';
CREATE INDEX event_rename ON event (at) WHERE type = 'rename';
CREATE INDEX event_learner ON event (at) WHERE type = 'learner';
"""

CLASSES = """
CREATE INDEX event_class ON event (at) WHERE type IN ('class', 'member', 'forget');
"""

DRILLS = """
CREATE TABLE drill (
  id TEXT NOT NULL PRIMARY KEY,
  mode TEXT NOT NULL,
  at INTEGER NOT NULL,
  classroom TEXT NOT NULL,
  program TEXT NOT NULL,
  settled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE act (
  drill TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  player TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (drill, number)
) STRICT, WITHOUT ROWID;
"""

EVENT_GUARDS = """
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
"""

ACT_GUARDS = """
CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
"""

MEMORY = """
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
  first_day INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  buried_until INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  PRIMARY KEY (learner, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_due ON memory (learner, suspended, phase, due_day, buried_until, deck, due_at);
CREATE INDEX memory_last_day ON memory (learner, last_day);
CREATE INDEX memory_first_day ON memory (learner, first_day);
CREATE INDEX memory_note ON memory (note);
"""

OTHERS = """
CREATE TABLE learner (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alias (old TEXT NOT NULL PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX alias_new ON alias (new);
CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

TABLES = EVENT + EVENT_GUARDS + CLASSES + MEMORY + OTHERS + DRILLS + ACT_GUARDS

MIGRATION_RECORD = """
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
"""
"""The table in which sqlite_utils notes the migrations done, made here so that a new file needs no sqlite_utils."""
