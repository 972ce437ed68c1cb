"""Erasing a person: the one thing that the log lets go of.

Whoever has been erased stays erased: a FORGET event with the fingerprint of their id tells every file that is merged.
What a drill's log needs to be told again (who picked what) stays without the person: an anonymous player.
"""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from quizkit.clock import MS_PER_DAY
from quizkit.model import Event, EventType, Origin
from quizkit.model.drill import ActType
from quizkit.store import db, log, replay, schema
from quizkit.store.drills import dumps
from quizkit.store.nameless import anonymous, fingerprint, of_nobody, of_somebody
from quizkit.store.store import Store

ALWAYS = 2**63 - 1
"""A moment after all others."""


class Forgotten(NamedTuple):
    """What was erased: events, and acts of drills in which the person is anonymous now.

    `clean` says whether the bytes have left the file. They can't while another program is reading it, and do when that
    program is closed.
    """

    events: int
    acts: int
    clean: bool = True


def forget_learner(store: Store, *learners: str) -> Forgotten:
    """Erase learners, or guests of drills, for good: events, memories, names, and their trace in drills.

    The bytes leave the file, too.
    """
    events = [_forgets(store, learner) for learner in learners]
    secure(store.connection)
    with store.writing():
        erased = [erase(store.connection, learner, ALWAYS) for learner in learners]
        for event in events:
            log.insert(store.connection, event)
    store.forget()
    with db.plainly(store.path):
        clean = scrub(store.connection)
    return Forgotten(sum(one.events for one in erased), sum(one.acts for one in erased), clean)


def _forgets(store: Store, learner: str) -> Event:
    """The event that says so. Another machine's clock may be ahead: what it dated later doesn't come back either."""
    until = store.clock.now()
    with db.plainly(store.path):
        (latest,) = store.connection.execute(
            "SELECT coalesce(max(at), 0) FROM (SELECT at FROM event WHERE learner = :who"
            " UNION ALL SELECT at FROM act WHERE player = :who OR instr(data, :told)) WHERE at <= :most",
            {"who": learner, "told": _told(learner), "most": until + MS_PER_DAY},
        ).fetchone()
    return store.make(EventType.FORGET, "", at=max(until, latest), target=fingerprint(learner), origin=Origin.COMMAND)


def secure(connection: sqlite3.Connection) -> None:
    """Have whatever is deleted from now on overwritten."""
    connection.execute("PRAGMA secure_delete = ON")


def scrub(connection: sqlite3.Connection) -> bool:
    """Let nothing of what was deleted remain in the file and its write-ahead log; whether that could be done."""
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        # Another program is writing. What was deleted is overwritten already, only the free pages stay.
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return False
        raise
    (busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def fingerprints(connection: sqlite3.Connection, schema_name: str = "main") -> dict[str, int]:
    """Whom a file knows to be erased, and when: milliseconds since the epoch."""
    return dict(
        connection.execute(
            f"SELECT target, max(at) FROM {schema_name}.event WHERE type = 'forget' GROUP BY target"
        ).fetchall()
    )


def erase(connection: sqlite3.Connection, learner: str, until: int) -> Forgotten:
    """Take a learner's events up to a moment out of the file, within a transaction."""
    names = names_of(connection, learner)
    _lift(connection, "event", schema.EVENT_GUARDS)
    events = connection.execute("DELETE FROM event WHERE learner = ? AND at <= ?", (learner, until)).rowcount
    _guard(connection, schema.EVENT_GUARDS)
    connection.execute("DELETE FROM memory WHERE learner = ?", (learner,))
    connection.execute("DELETE FROM setting WHERE value = ?", (learner,))
    replay.refresh_learners(connection)
    for (card,) in connection.execute(
        "SELECT DISTINCT card FROM event WHERE learner = ? AND card <> ''", (learner,)
    ).fetchall():
        replay.reproject(connection, learner, card)
    _lift(connection, "act", schema.ACT_GUARDS)
    acts = anonymise(connection, learner, names, until)
    _guard(connection, schema.ACT_GUARDS)
    return Forgotten(events, acts)


def names_of(connection: sqlite3.Connection, learner: str, database: str = "main") -> set[str]:
    """Everything a learner was ever called, the id among it: in the log, and for the length of a drill."""
    rows = connection.execute(
        f"SELECT target FROM {database}.event WHERE learner = ? AND type = 'learner'", (learner,)
    ).fetchall()
    names = {learner, *(name for (name,) in rows)}
    acts = connection.execute(
        f"SELECT player, data FROM {database}.act WHERE type = 'rename' OR type = 'join' AND player = ?", (learner,)
    )
    for player, data in acts:
        told = json.loads(data)
        if learner in (player, told.get("player")):
            names.add(str(told.get("name", "")))
    return names - {""}


def anonymise(connection: sqlite3.Connection, learner: str, names: set[str], until: int, database: str = "main") -> int:
    """Make the player of that id and those names a nameless one, in acts up to a moment. Their guards are lifted."""
    instead = anonymous(learner)
    rows = connection.execute(
        f"SELECT drill, number, type, player, data FROM {database}.act"
        " WHERE at <= ? AND (player = ? OR instr(data, ?))",
        (until, learner, _told(learner)),
    ).fetchall()
    count = 0
    for drill, number, type_, player, data in rows:
        own, told = player == learner, json.loads(data)
        if own:
            told = of_nobody(type_, told, learner, names)
        elif type_ != ActType.ANSWER:
            told = of_somebody(told, learner)
        if not own and dumps(told) == data:
            continue
        count += 1
        connection.execute(
            f"UPDATE {database}.act SET player = ?, data = ? WHERE drill = ? AND number = ?",
            (instead if own else player, dumps(told), drill, number),
        )
    return count


def _told(learner: str) -> str:
    """A learner's id as it stands in the data of an act."""
    return json.dumps(learner, ensure_ascii=False)


def _lift(connection: sqlite3.Connection, table: str, guards: str) -> None:
    for name in (f"{table}_is_never_changed", f"{table}_is_never_deleted"):
        assert name in guards
        connection.execute(f"DROP TRIGGER {name}")


def _guard(connection: sqlite3.Connection, guards: str) -> None:
    for statement in db.statements(guards):
        connection.execute(statement)
