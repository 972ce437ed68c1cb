"""Making the projections again from the log: for a few cards, or for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from quizkit.memory.projection import project
from quizkit.model import BLANK, CardState, EventType, Trace
from quizkit.store import states

Progress = Callable[[int, int], None]
"""Called now and then with the events done and their number."""

_TRACE = ", ".join(Trace._fields)
_CARD_TYPES = "type NOT IN ('practice', 'rename', 'learner', 'class', 'member', 'forget')"
_TOLD_EVERY = 10_000


def fold_renames(renames: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From renames (old, new) in the order they happened to a mapping from each former key to the present one.

    A chain ends at its last key; renaming back makes the first key the present one again.
    """
    present: dict[str, str] = {}
    for old, new in renames:
        here, there = present.get(old, old), present.get(new, new)
        if here == there:
            # Both names are of one card already: this rename only says which is the present one.
            there = new
        family = [key for key, value in present.items() if value in (here, there)]
        for key in (*family, here, old, new):
            present[key] = there
        present.pop(there, None)
    return present


def present_keys(connection: sqlite3.Connection) -> dict[str, str]:
    """The present key for each former one, by the log."""
    return fold_renames(connection.execute("SELECT target, card FROM event WHERE type = 'rename' ORDER BY at, id"))


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """The latest name of each learner, by the log."""
    return dict(connection.execute("SELECT learner, target FROM event WHERE type = 'learner' ORDER BY at, id"))


def refresh_aliases(connection: sqlite3.Connection) -> set[str]:
    """Make the table `alias` again. Returns every key whose present key has changed, and the keys involved."""
    before = dict(connection.execute("SELECT old, new FROM alias"))
    after = present_keys(connection)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if changed:
        connection.execute("DELETE FROM alias")
        connection.executemany("INSERT INTO alias VALUES (?, ?)", after.items())
    return changed | {before[key] for key in changed & before.keys()} | {after[key] for key in changed & after.keys()}


def refresh_learners(connection: sqlite3.Connection) -> None:
    """Make the table `learner` again: the latest name of each."""
    connection.execute("DELETE FROM learner")
    connection.executemany("INSERT INTO learner VALUES (?, ?)", names(connection).items())


def refresh_learner(connection: sqlite3.Connection, learner: str) -> None:
    """Make a row of the table `learner` again: the latest name."""
    connection.execute(
        "INSERT OR REPLACE INTO learner SELECT learner, target FROM event WHERE type = 'learner' AND learner = ?"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (learner,),
    )


def present_key(connection: sqlite3.Connection, card: str) -> str:
    """The key a card goes by now."""
    row = connection.execute("SELECT new FROM alias WHERE old = ?", (card,)).fetchone()
    return str(row[0]) if row else card


def family(connection: sqlite3.Connection, card: str) -> list[str]:
    """The present key of a card, and all its former ones."""
    key = present_key(connection, card)
    return [key, *(old for (old,) in connection.execute("SELECT old FROM alias WHERE new = ?", (key,)))]


def reproject(connection: sqlite3.Connection, learner: str, card: str) -> CardState:
    """Make the state of a learner and a card again from all its events."""
    keys = family(connection, card)
    state = project(traces(connection, learner, keys))
    states.write(connection, learner, keys[0], state)
    for former in keys[1:]:
        states.write(connection, learner, former, BLANK)
    return state


def traces(connection: sqlite3.Connection, learner: str, keys: list[str]) -> list[Trace]:
    """All events of a learner and a card that a replay looks at, in no order."""
    found: list[Trace] = []
    for key in keys:
        found += map(
            Trace._make,
            connection.execute(f"SELECT {_TRACE} FROM event WHERE learner = ? AND card = ?", (learner, key)),
        )
    return found


def before(
    connection: sqlite3.Connection, learner: str, card: str, event: tuple[int, str], without: Collection[str] = ()
) -> CardState:
    """The state of a learner and a card just before an event (its moment and id), had those `without` never been."""
    known = traces(connection, learner, family(connection, card))
    return project(
        trace
        for trace in known
        if trace.id not in without and (trace.type == EventType.UNDO or (trace.at, trace.id) < event)
    )


def reproject_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Make the states of these cards again, for every learner who has events of them."""
    seen = learners_seen(connection)
    for key in sorted({present_key(connection, key) for key in keys}):
        for learner in seen:
            reproject(connection, learner, key)


def learners_seen(connection: sqlite3.Connection) -> list[str]:
    """The ids of all learners who have an event."""
    return [row[0] for row in connection.execute(_LEARNERS_SEEN)]


# Walks from learner to learner through the index instead of reading every row.
_LEARNERS_SEEN = """
WITH RECURSIVE seen(id) AS (
  SELECT min(learner) FROM event
  UNION ALL
  SELECT (SELECT min(learner) FROM event WHERE learner > seen.id) FROM seen WHERE seen.id IS NOT NULL
)
SELECT id FROM seen WHERE id IS NOT NULL AND id <> ''
"""


def replayed(connection: sqlite3.Connection, progress: Progress | None = None) -> Iterator[tuple[str, str, CardState]]:
    """The state of every learner and card, computed from the log alone; blank ones are left out."""
    present = present_keys(connection)
    related = present.keys() | present.values()
    (total,) = connection.execute("SELECT count(*) FROM event").fetchone()
    done, told = 0, 0
    apart: dict[tuple[str, str], list[Trace]] = {}
    # The order of the index: one pass, no sorting, a card at a time.
    rows = connection.execute(
        f"SELECT learner, card, {_TRACE} FROM event WHERE {_CARD_TYPES} ORDER BY learner, card, at"
    )
    for (learner, card), group in groupby(rows, key=itemgetter(0, 1)):
        events = [Trace._make(row[2:]) for row in group]
        done += len(events)
        if progress and done - told >= _TOLD_EVERY:
            progress(done, total)
            told = done
        if card in related:
            apart.setdefault((learner, present.get(card, card)), []).extend(events)
        elif (state := project(events)) != BLANK:
            yield learner, card, state
    for (learner, card), events in apart.items():
        if (state := project(events)) != BLANK:
            yield learner, card, state
    if progress:
        progress(total, total)


def rebuild(connection: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Make all projections again from the log."""
    refresh_aliases(connection)
    refresh_learners(connection)
    connection.execute("DELETE FROM memory")
    connection.executemany(
        states.UPSERT,
        (states.to_row(learner, card, state) for learner, card, state in replayed(connection, progress)),
    )
