"""The table `event`: adding to the log and reading it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from quizkit.memory.projection import UNDOABLE
from quizkit.model import Event, EventType, Origin
from quizkit.store.schema import EVENT_COLUMNS

COLUMNS = ", ".join(EVENT_COLUMNS)
_INSERT = f"INSERT INTO event ({COLUMNS}) VALUES ({', '.join('?' * len(EVENT_COLUMNS))})"
_values = attrgetter(*EVENT_COLUMNS)


def insert(connection: sqlite3.Connection, event: Event) -> None:
    """Add one event."""
    connection.execute(_INSERT, _values(event))


def insert_all(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Add many events."""
    connection.executemany(_INSERT, map(_values, events))


def known_ids(connection: sqlite3.Connection, events: Sequence[Event]) -> set[str]:
    """Those of the events' ids that are in the log."""
    found = (connection.execute("SELECT 1 FROM event WHERE id = ?", (event.id,)).fetchone() for event in events)
    return {event.id for event, row in zip(events, found, strict=True) if row}


def from_row(row: tuple[object, ...]) -> Event:
    """The event of a row that holds `COLUMNS`."""
    values = dict(zip(EVENT_COLUMNS, row, strict=True))
    values["type"] = EventType(str(values["type"]))
    values["origin"] = Origin(str(values["origin"]))
    return Event(**values)  # type: ignore[arg-type]


def find(connection: sqlite3.Connection, event_id: str) -> Event | None:
    """The event of that id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM event WHERE id = ?", (event_id,)).fetchone()
    return from_row(row) if row else None


def select(
    connection: sqlite3.Connection,
    *,
    learner: str | None = None,
    cards: Iterable[str] | None = None,
    types: Iterable[EventType] | None = None,
    since: int | None = None,
) -> Iterator[Event]:
    """The events asked for, in the order they happened."""
    conditions, arguments = ["1"], list[object]()
    if learner is not None:
        conditions.append("learner = ?")
        arguments.append(learner)
    for column, wanted in (("card", cards), ("type", types)):
        if wanted is not None:
            values = [str(value) for value in wanted]
            conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
            arguments += values
    if since is not None:
        conditions.append("at >= ?")
        arguments.append(since)
    query = f"SELECT {COLUMNS} FROM event WHERE {' AND '.join(conditions)} ORDER BY at, id"
    return map(from_row, connection.execute(query, arguments))


def latest_of(connection: sqlite3.Connection, learner: str, card: str) -> tuple[int, str] | None:
    """The (at, id) of the latest event of a learner and a card."""
    row: tuple[int, str] | None = connection.execute(
        "SELECT at, id FROM event WHERE learner = ? AND card = ? ORDER BY at DESC, id DESC LIMIT 1",
        (learner, card),
    ).fetchone()
    return row


def latest_undoable(connection: sqlite3.Connection, learner: str) -> Event | None:
    """The learner's latest event that can be undone and hasn't been."""
    types = ", ".join(f"'{type_}'" for type_ in sorted(UNDOABLE))
    row = connection.execute(
        f"SELECT {COLUMNS} FROM event AS e WHERE learner = ? AND type IN ({types})"
        " AND NOT EXISTS (SELECT 1 FROM event AS u WHERE u.type = 'undo' AND u.target = e.id)"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (learner,),
    ).fetchone()
    return from_row(row) if row else None


def is_undone(connection: sqlite3.Connection, event_id: str) -> bool:
    """Whether an event was taken back."""
    return bool(
        connection.execute("SELECT 1 FROM event WHERE type = 'undo' AND target = ? LIMIT 1", (event_id,)).fetchone()
    )


def latest_id(connection: sqlite3.Connection) -> str:
    """The highest id in the log, '' when it is empty."""
    return str(connection.execute("SELECT coalesce(max(id), '') FROM event").fetchone()[0])
