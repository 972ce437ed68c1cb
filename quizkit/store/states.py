"""The table `memory`: what the log amounts to for each learner and card, and the questions the queue asks of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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


class DueRow(NamedTuple):
    """A card that waits for its review, with what the queue needs to order it."""

    card: str
    note: str
    deck: str
    due_day: int
    due_at: int
    stability: float
    difficulty: float
    last_day: int
    lapses: int
    phase: str


class FreshRow(NamedTuple):
    """A card that was never reviewed. `after` and `confuses` are note keys parted by spaces."""

    card: str
    note: str
    deck: str
    position: int
    after: str
    confuses: str


class DueCounts(NamedTuple):
    """How much waits: reviews due by the day, learning steps whose moment has come, and steps still to come."""

    reviews: int
    learning: int
    waiting: int


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


def read_many(connection: sqlite3.Connection, learner: str, cards: Iterable[str]) -> dict[str, CardState]:
    """The states of cards, under their present keys; blank ones are left out."""
    rows = connection.execute(
        f"SELECT card, {_STATE} FROM memory WHERE learner = ? AND card IN (SELECT value FROM json_each(?))",
        (learner, json.dumps(list(cards))),
    )
    return {row[0]: from_row(row[1:]) for row in rows}


def write(connection: sqlite3.Connection, learner: str, card: str, state: CardState) -> None:
    """Keep a state. A blank one needs no row."""
    if state == BLANK:
        connection.execute("DELETE FROM memory WHERE learner = ? AND card = ?", (learner, card))
    else:
        connection.execute(UPSERT, to_row(learner, card, state))


def count_due(connection: sqlite3.Connection, learner: str, day: int) -> int:
    """How many cards in review are planned for a study day."""
    row = connection.execute(
        "SELECT count(*) FROM memory WHERE learner = ? AND phase = 'review' AND due_day = ? AND suspended = 0",
        (learner, day),
    ).fetchone()
    return int(row[0])


_ASKABLE = "suspended = 0 AND buried_until <= :day"
_IN_REVIEW = f"learner = :learner AND phase = 'review' AND due_day <= :day AND {_ASKABLE}"
_IN_STEPS = f"learner = :learner AND phase IN ('learning', 'relearning') AND {_ASKABLE}"
_PRESENT = " AND EXISTS (SELECT 1 FROM deck_index.card AS c WHERE c.key = memory.card)"
_IN_DECKS = " AND deck IN (SELECT value FROM json_each(:decks))"


def _scope(decks: Iterable[str] | None, present: bool) -> str:
    return (_IN_DECKS if decks is not None else "") + (_PRESENT if present else "")


def due_counts(
    connection: sqlite3.Connection, learner: str, day: int, now: int, decks: Iterable[str] | None, present: bool
) -> DueCounts:
    """How much waits for the learner."""
    arguments = {"learner": learner, "day": day, "now": now, "decks": _listed(decks)}
    scope = _scope(decks, present)
    (reviews,) = connection.execute(f"SELECT count(*) FROM memory WHERE {_IN_REVIEW}{scope}", arguments).fetchone()
    learning, waiting = connection.execute(
        "SELECT coalesce(sum(due_at <= :now), 0), coalesce(sum(due_at > :now), 0)"
        f" FROM memory WHERE {_IN_STEPS}{scope}",
        arguments,
    ).fetchone()
    return DueCounts(reviews, learning, waiting)


_DUE_COLUMNS = ", ".join(DueRow._fields)


def due_reviews(
    connection: sqlite3.Connection,
    learner: str,
    day: int,
    limit: int,
    decks: Iterable[str] | None,
    present: bool,
) -> list[DueRow]:
    """The cards in review that are due, those due longest first."""
    rows = connection.execute(
        f"SELECT {_DUE_COLUMNS} FROM memory WHERE {_IN_REVIEW}{_scope(decks, present)} ORDER BY due_day LIMIT :limit",
        {"learner": learner, "day": day, "limit": limit, "decks": _listed(decks)},
    )
    return list(map(DueRow._make, rows))


def learning(
    connection: sqlite3.Connection, learner: str, day: int, decks: Iterable[str] | None, present: bool
) -> list[DueRow]:
    """The cards in learning or relearning, by the moment they are due."""
    rows = connection.execute(
        f"SELECT {_DUE_COLUMNS} FROM memory WHERE {_IN_STEPS}{_scope(decks, present)} ORDER BY due_at, card",
        {"learner": learner, "day": day, "decks": _listed(decks)},
    )
    return list(map(DueRow._make, rows))


def new_cards(
    connection: sqlite3.Connection,
    learner: str,
    day: int,
    limit: int,
    *,
    decks: Iterable[str] | None = None,
    tags: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    exclude_notes: Iterable[str] = (),
) -> list[FreshRow]:
    """The next cards of the attached index that the learner has never reviewed, in the authors' order."""
    conditions = ""
    if decks is not None:
        conditions += " AND c.deck IN (SELECT value FROM json_each(:decks))"
    if kinds is not None:
        conditions += " AND c.kind IN (SELECT value FROM json_each(:kinds))"
    if tags is not None:
        conditions += " AND EXISTS (SELECT 1 FROM json_each(:tags) WHERE instr(c.tags, ' ' || value || ' '))"
    excluded = list(exclude_notes)
    if excluded:
        conditions += " AND c.note NOT IN (SELECT value FROM json_each(:excluded))"
    rows = connection.execute(
        'SELECT c.key, c.note, c.deck, c.position, n."after", n.confuses'
        " FROM deck_index.card AS c JOIN deck_index.note AS n ON n.key = c.note"
        " WHERE NOT EXISTS (SELECT 1 FROM memory AS m WHERE m.learner = :learner AND m.card = c.key"
        " AND (m.phase <> '' OR m.suspended OR m.buried_until > :day))"
        f"{conditions} ORDER BY c.position, c.key LIMIT :limit",
        {
            "learner": learner,
            "day": day,
            "limit": limit,
            "decks": _listed(decks),
            "kinds": _listed(kinds),
            "tags": _listed(tags),
            "excluded": _listed(excluded),
        },
    )
    return list(map(FreshRow._make, rows))


def _listed(values: Iterable[str] | None) -> str:
    return json.dumps(list(values or ()))
