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

from quizkit.model import EventType, Origin
from quizkit.model.drill import ActType
from quizkit.store import db, log, replay, schema
from quizkit.store.drills import dumps
from quizkit.store.store import Store

ANONYMOUS = "forgotten-"
"""How the id of a player begins who has been erased."""


class Forgotten(NamedTuple):
    """What was erased: events, and acts of drills in which the person is anonymous now."""

    events: int
    acts: int


def forget_learner(store: Store, learner: str) -> Forgotten:
    """Erase a learner for good: events, memories, name, and their trace in drills. The bytes leave the file, too."""
    event = store.make(EventType.FORGET, "", target=fingerprint(learner), origin=Origin.COMMAND)
    with db.plainly(store.path):
        store.connection.execute("PRAGMA secure_delete = ON")
    with store.writing():
        erased = erase(store.connection, learner, event.at)
        log.insert(store.connection, event)
    store.forget()
    with db.plainly(store.path):
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return erased


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
    names = names_of(connection, learner, "event")
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
    acts = anonymise(connection, learner, names, "act")
    _guard(connection, schema.ACT_GUARDS)
    return Forgotten(events, acts)


def names_of(connection: sqlite3.Connection, learner: str, table: str) -> set[str]:
    """Everything a learner was ever called, the id among it."""
    rows = connection.execute(f"SELECT target FROM {table} WHERE learner = ? AND type = 'learner'", (learner,))
    return {learner, *(name for (name,) in rows)}


def anonymous(learner: str) -> str:
    """What an erased player is called in the logs of drills."""
    return ANONYMOUS + fingerprint(learner)[:12]


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


def anonymise(connection: sqlite3.Connection, learner: str, names: set[str], table: str) -> int:
    """Make the player of that id and those names a nameless one, in a table of acts without guards."""
    instead = anonymous(learner)
    rows = connection.execute(
        f"SELECT drill, number, type, player, data FROM {table} WHERE player = ? OR instr(data, ?)",
        (learner, json.dumps(learner, ensure_ascii=False)),
    ).fetchall()
    for drill, number, type_, player, data in rows:
        own, told = player == learner, json.loads(data)
        told = _without_person(type_, told, names, instead) if own else _renamed(told, names, instead)
        connection.execute(
            f"UPDATE {table} SET player = ?, data = ? WHERE drill = ? AND number = ?",
            (instead if own else player, dumps(told), drill, number),
        )
    return len(rows)


def _renamed(data: Mapping[str, Any], names: set[str], instead: str) -> dict[str, Any]:
    """What an act of somebody else says about the person, however deep: who was there, who had which sheet."""

    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return instead if value in names else value
        if isinstance(value, list):
            return [renamed(one) for one in value]
        if isinstance(value, dict):
            return {renamed(key): renamed(one) for key, one in value.items()}
        return value

    return {key: renamed(value) for key, value in data.items()}


def _lift(connection: sqlite3.Connection, table: str, guards: str) -> None:
    for name in (f"{table}_is_never_changed", f"{table}_is_never_deleted"):
        assert name in guards
        connection.execute(f"DROP TRIGGER {name}")


def _guard(connection: sqlite3.Connection, guards: str) -> None:
    for statement in db.statements(guards):
        connection.execute(statement)
