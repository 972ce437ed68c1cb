"""Erasing a person: the one thing that the log lets go of.

Whoever has been erased stays erased: a FORGET event with the fingerprint of their id tells every file that is merged.
What a drill's log needs to be told again (who picked what) stays without the person: an anonymous player.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from quizkit.clock import MS_PER_DAY
from quizkit.model import EventType, Origin
from quizkit.model.drill import ActType
from quizkit.store import db, log, replay, schema
from quizkit.store.drills import dumps
from quizkit.store.store import Store

ANONYMOUS = "forgotten-"
"""How the id of a player begins who has been erased."""


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


def forget_learner(store: Store, learner: str) -> Forgotten:
    """Erase a learner for good: events, memories, name, and their trace in drills. The bytes leave the file, too."""
    until = store.clock.now()
    with db.plainly(store.path):
        (latest,) = store.connection.execute(
            "SELECT coalesce(max(at), 0) FROM event WHERE learner = ? AND at <= ?", (learner, until + MS_PER_DAY)
        ).fetchone()
    # Another machine's clock may be ahead: what it dated later must not come back with the next merge either.
    event = store.make(EventType.FORGET, "", at=max(until, latest), target=fingerprint(learner), origin=Origin.COMMAND)
    secure(store.connection)
    with store.writing():
        erased = erase(store.connection, learner, ALWAYS)
        log.insert(store.connection, event)
    store.forget()
    with db.plainly(store.path):
        return erased._replace(clean=scrub(store.connection))


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


def fingerprint(learner: str) -> str:
    """What tells a learner's id from others without saying it."""
    return blake2b(learner.encode(), digest_size=16, person=b"quizkit").hexdigest()


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


def anonymous(learner: str) -> str:
    """What an erased player is called in the logs of drills."""
    return ANONYMOUS + fingerprint(learner)[:12]


def anonymise(connection: sqlite3.Connection, learner: str, names: set[str], until: int, database: str = "main") -> int:
    """Make the player of that id and those names a nameless one, in acts up to a moment. Their guards are lifted."""
    instead = anonymous(learner)
    rows = connection.execute(
        f"SELECT drill, number, type, player, data FROM {database}.act"
        " WHERE at <= ? AND (player = ? OR instr(data, ?))",
        (until, learner, json.dumps(learner, ensure_ascii=False)),
    ).fetchall()
    count = 0
    for drill, number, type_, player, data in rows:
        own, told = player == learner, json.loads(data)
        if own:
            told = _without_person(type_, told, names, instead)
        elif type_ != ActType.ANSWER:
            told = _of_somebody(told, learner, instead)
        if not own and dumps(told) == data:
            continue
        count += 1
        connection.execute(
            f"UPDATE {database}.act SET player = ?, data = ? WHERE drill = ? AND number = ?",
            (instead if own else player, dumps(told), drill, number),
        )
    return count


def _without_person(type_: str, data: Mapping[str, Any], names: set[str], instead: str) -> dict[str, Any]:
    """What an act says, without the person of these names (the id among them)."""
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("name", "number", "token", "group"):
            kept[key] = instead if key == "name" else ""
        elif isinstance(value, str) and value in names:
            kept[key] = instead
        else:
            kept[key] = value
    if type_ == ActType.ANSWER:
        kept["event"] = ""
        if not data.get("picked"):
            kept["values"] = []
            kept.pop("mark", None)
    return kept


def _of_somebody(data: Mapping[str, Any], learner: str, instead: str) -> dict[str, Any]:
    """What an act of the host says about the person, however deep: who was there, who had which sheet, who was renamed.

    A team may be called as the person is: it stays what it is called.
    """

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [instead if one == learner else renamed(one) for one in value]
        if isinstance(value, dict):
            return {instead if key == learner else key: renamed(one) for key, one in value.items()}
        return value

    told: dict[str, Any] = renamed(data)
    if told.get("player") == learner:
        told["player"] = instead
        if "name" in told:
            told["name"] = instead
    return told


def _lift(connection: sqlite3.Connection, table: str, guards: str) -> None:
    for name in (f"{table}_is_never_changed", f"{table}_is_never_deleted"):
        assert name in guards
        connection.execute(f"DROP TRIGGER {name}")


def _guard(connection: sqlite3.Connection, guards: str) -> None:
    for statement in db.statements(guards):
        connection.execute(statement)
