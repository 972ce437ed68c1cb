"""The table `memory`: what the log amounts to for each learner and card."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from quizkit.model import BLANK, NEW, CardState, Phase, Scheduled

Row = tuple[object, ...]

_STATE = (
    "phase, step, stability, difficulty, due_day, due_at, last_at, last_day, reps, lapses, first_day,"
    " suspended, buried_until, flagged"
)
COLUMNS = f"learner, card, note, deck, {_STATE}"
UPSERT = f"INSERT OR REPLACE INTO memory ({COLUMNS}) VALUES ({', '.join('?' * 18)})"

_PHASES = {phase.value: phase for phase in Phase}
_NOTHING: Row = ("", 0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0)


def to_row(learner: str, card: str, state: CardState) -> Row:
    """The row of a state."""
    memory = state.memory
    deck, _, rest = card.partition("/")
    note = f"{deck}/{rest.partition('/')[0]}"
    if isinstance(memory, Scheduled):
        known: Row = (
            memory.phase.value,
            memory.step,
            memory.stability,
            memory.difficulty,
            memory.due_day,
            memory.due_at,
            memory.last_at,
            memory.last_day,
            memory.reps,
            memory.lapses,
            memory.first_day,
        )
    else:
        known = _NOTHING
    return (learner, card, note, deck, *known, int(state.suspended), state.buried_until, int(state.flagged))


def from_row(row: Sequence[object]) -> CardState:
    """The state of a row that holds the columns from `phase` on."""
    phase, *known, first_day, suspended, buried_until, flagged = row
    memory = Scheduled(_PHASES[phase], *known, first_day) if phase else NEW  # type: ignore[index, arg-type, call-arg]
    return CardState(memory, bool(suspended), buried_until, bool(flagged))  # type: ignore[arg-type]


def read(connection: sqlite3.Connection, learner: str, card: str) -> CardState:
    """The state of a card, under its present key."""
    row = connection.execute(f"SELECT {_STATE} FROM memory WHERE learner = ? AND card = ?", (learner, card)).fetchone()
    return from_row(row) if row else BLANK


def read_all(connection: sqlite3.Connection, learner: str) -> Iterator[tuple[str, CardState]]:
    """Every state of a learner that isn't blank."""
    rows = connection.execute(f"SELECT card, {_STATE} FROM memory WHERE learner = ? ORDER BY card", (learner,))
    return ((row[0], from_row(row[1:])) for row in rows)


def write(connection: sqlite3.Connection, learner: str, card: str, state: CardState) -> None:
    """Keep a state. A blank one needs no row."""
    if state == BLANK:
        connection.execute("DELETE FROM memory WHERE learner = ? AND card = ?", (learner, card))
    else:
        connection.execute(UPSERT, to_row(learner, card, state))
