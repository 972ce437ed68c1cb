"""Proving that classes and drills in a progress file can be read, and that their logs are whole and guarded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from quizkit.i18n import _
from quizkit.model.drill import ActType, Mode
from quizkit.store import schema

GUARDS = ("event_is_never_changed", "event_is_never_deleted", "act_is_never_changed", "act_is_never_deleted")
"""The triggers that keep the logs append-only."""

_TYPES, _MODES = {type_.value for type_ in ActType}, {mode.value for mode in Mode}


def findings(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, one sentence each."""
    yield from _guards(connection)
    yield from _classes(connection)
    yield from _drills(connection)


def _guards(connection: sqlite3.Connection) -> Iterator[str]:
    assert all(name in schema.TABLES for name in GUARDS)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    for name in GUARDS:
        if name not in there:
            yield _("Nothing keeps the log from being changed: the trigger {name} is missing.", name=name)


def _classes(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("SELECT id, target FROM event WHERE type IN ('class', 'member') ORDER BY at, id")
    for id_, target in rows:
        if "class" not in (_mapping(target) or {}):
            yield _("What the event {id} says of a class can't be read.", id=id_)


def _drills(connection: sqlite3.Connection) -> Iterator[str]:
    known = set()
    for drill, mode, program in connection.execute("SELECT id, mode, program FROM drill ORDER BY at, id").fetchall():
        known.add(drill)
        if mode not in _MODES or not isinstance((_mapping(program) or {}).get("items"), list):
            yield _("What the drill {drill} asks can't be read.", drill=drill)
    rows = connection.execute("SELECT drill, number, type, data FROM act ORDER BY drill, number")
    for drill, acts in groupby(rows, key=itemgetter(0)):
        if drill not in known:
            yield _("There is a log of the drill {drill}, but no such drill.", drill=drill)
        for wanted, (_drill, number, type_, data) in enumerate(acts, 1):
            if number != wanted:
                yield _("The log of the drill {drill} has no act {number}.", drill=drill, number=wanted)
                break
            if not _is_act(type_, data, number):
                yield _("The act {number} of the drill {drill} can't be read.", drill=drill, number=number)


def _is_act(type_: str, data: str, number: int) -> bool:
    """Whether an act says what one of its type does; one about another is about an earlier one."""
    told = _mapping(data)
    if told is None or type_ not in _TYPES:
        return False
    if type_ in (ActType.UNDO, ActType.CALL):
        about = told.get("number")
        return isinstance(about, int) and 0 < about < number
    return type_ != ActType.ANSWER or isinstance(told.get("item"), int)


def _mapping(text: str) -> dict[str, Any] | None:
    """The mapping that a text is in JSON."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
