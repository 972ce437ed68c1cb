"""The tables `drill` and `act`: what happened in drills."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from typing import Any, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model.drill import Act, ActType, Mode
from quizkit.store import db
from quizkit.store.nameless import without
from quizkit.store.store import Store

_MOVING = (ActType.ANSWER, ActType.CALL, ActType.SKIP, ActType.UNDO)
"""Acts that change what the learners' logs should say."""


class DrillRow(NamedTuple):
    """A drill as it is kept. `program` is plain data."""

    id: str
    mode: Mode
    at: int
    classroom: str
    program: Mapping[str, Any]
    settled: bool


def begin(store: Store, row: DrillRow) -> None:
    """Keep a new drill."""
    with store.writing():
        store.connection.execute(
            "INSERT INTO drill (id, mode, at, classroom, program, settled) VALUES (?, ?, ?, ?, ?, ?)",
            (row.id, row.mode.value, row.at, row.classroom, dumps(row.program), int(row.settled)),
        )


def append(store: Store, drill: str, acts: Iterable[Act]) -> None:
    """Add acts to a drill's log, all or none; they are on the disk when this returns. No acts try whether any can be.

    Whoever was erased while the drill is held isn't named in it again. Raises QuizkitError when the log has another act
    of that number: two programs hold the same drill.
    """
    acts = list(acts)
    with store.writing():
        gone = {mark for (mark,) in store.connection.execute(_GONE, (drill,))}
        rows = [_row(drill, act, gone) for act in acts]
        if not rows:
            # Nothing is written of a transaction in which nothing is: a full disk would seem to have room.
            for _time in range(2):
                store.connection.execute("UPDATE drill SET settled = NOT settled WHERE id = ?", (drill,))
        if any(row[3] in _MOVING for row in rows):
            store.connection.execute("UPDATE drill SET settled = 0 WHERE id = ? AND settled", (drill,))
        (last,) = store.connection.execute("SELECT max(number) FROM act WHERE drill = ?", (drill,)).fetchone()
        if rows and last is not None and rows[0][1] <= last:
            raise QuizkitError(
                _("The drill is held by another quizkit at the same time."),
                _("Close both, then go on with one of them."),
            )
        store.connection.executemany(
            "INSERT INTO act (drill, number, at, type, player, data) VALUES (?, ?, ?, ?, ?, ?)", rows
        )


def _row(drill: str, act: Act, gone: Set[str]) -> tuple[str, int, int, str, str, str]:
    player, data = without(gone, act.type, act.player, act.data) if gone else (act.player, act.data)
    return drill, act.number, act.at, act.type.value, player, dumps(data)


def acts(store: Store, drill: str) -> list[Act]:
    """A drill's log, in order."""
    with db.plainly(store.path):
        rows = store.connection.execute(
            "SELECT number, at, type, player, data FROM act WHERE drill = ? ORDER BY number", (drill,)
        )
        return [Act(number, at, ActType(type_), player, json.loads(data)) for number, at, type_, player, data in rows]


def drills(store: Store) -> list[DrillRow]:
    """All drills, the oldest first."""
    with db.plainly(store.path):
        rows = store.connection.execute("SELECT id, mode, at, classroom, program, settled FROM drill ORDER BY at, id")
        return [
            DrillRow(id_, Mode(mode), at, classroom, json.loads(program), bool(settled))
            for id_, mode, at, classroom, program, settled in rows
        ]


def mark_settled(store: Store, drill: str, last: int) -> None:
    """Say that all answers of a drill, up to its act of that number, are in the learners' logs.

    It stays unsettled when another program has added acts since they were read.
    """
    with store.writing():
        store.connection.execute(
            "UPDATE drill SET settled = 1 WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM act WHERE drill = drill.id AND number > ?)",
            (drill, last),
        )


def dumps(data: Mapping[str, Any]) -> str:
    """Plain data as it is kept."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


# The first condition is that of the index.
_GONE = """
SELECT target FROM event
WHERE type IN ('class', 'member', 'forget') AND type = 'forget' AND at >= (SELECT at FROM drill WHERE id = ?)
"""
