"""Proving that a progress file is whole: the file itself, its drills, and its projections against a replay."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator

from quizkit.i18n import _
from quizkit.model import CardState, Scheduled
from quizkit.store import db, drill_check, replay, states
from quizkit.store.replay import Progress
from quizkit.store.store import Store

PAGE_CACHE = "PRAGMA cache_size = -262144"
"""256 MiB for a walk over the whole log."""


def check(store: Store, progress: Progress | None = None) -> list[str]:
    """What is wrong with the file, one sentence each; empty when it is whole.

    `progress` is told the events replayed and their number. Raises QuizkitError when the file can't be read at all.
    """
    with db.plainly(store.path):
        store.connection.execute(PAGE_CACHE)
        return [
            *_file(store.connection),
            *drill_check.findings(store.connection),
            *_projections(store.connection, progress),
        ]


def rebuild(store: Store, progress: Progress | None = None) -> None:
    """Make all projections again from the log, in one transaction."""
    store.connection.execute(PAGE_CACHE)
    with store.writing():
        replay.rebuild(store.connection, progress)
    store.forget()


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (found,) in connection.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield _("The file is damaged: {finding}", finding=found)
    for table, *_rest in connection.execute("PRAGMA foreign_key_check"):
        yield _("A row of the table {table} refers to nothing.", table=table)


def _projections(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[str]:
    kept = dict(connection.execute("SELECT old, new FROM alias"))
    if kept != replay.present_keys(connection):
        yield _("The renamed cards are not what the log says.")
    names = dict(connection.execute("SELECT id, name FROM learner"))
    if names != replay.names(connection):
        yield _("The learners' names are not what the log says.")
    matching = 0
    for learner, card, state in replay.replayed(connection, progress):
        found = states.read(connection, learner, card)
        if _same(found, state):
            matching += 1
        else:
            yield _("The memory of {card} ({learner}) is not what the log says.", card=card, learner=learner)
    (rows,) = connection.execute("SELECT count(*) FROM memory").fetchone()
    if rows > matching:
        yield _("The memory holds {rows} cards; the log accounts for {matching}.", rows=rows, matching=matching)


def _same(found: CardState, expected: CardState) -> bool:
    """Equal but for the last digits of a logarithm, which another machine may have rounded otherwise."""
    if found == expected:
        return True
    here, there = found.memory, expected.memory
    return (
        isinstance(here, Scheduled)
        and isinstance(there, Scheduled)
        and math.isclose(here.stability, there.stability, rel_tol=_ROUNDING)
        and math.isclose(here.difficulty, there.difficulty, rel_tol=_ROUNDING)
        and found._replace(memory=there) == expected
        and here._replace(stability=there.stability, difficulty=there.difficulty) == there
    )


_ROUNDING = 1e-9
