"""What waits for a learner: the questions that the queue asks of `memory` and of the deck index joined to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


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


class Scope(NamedTuple):
    """Which cards are asked for: those in one of the decks, with one of the tags, of one of the kinds (None: any).

    `present` leaves out cards that the attached index doesn't know; tags and kinds need the index too.
    """

    decks: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    present: bool = False


def scope(
    decks: Iterable[str] | None,
    tags: Iterable[str] | None,
    kinds: Iterable[str] | None,
    present: bool,
) -> Scope:
    """A scope from any iterables."""
    decks, tags, kinds = (None if part is None else tuple(part) for part in (decks, tags, kinds))
    return Scope(decks, tags, kinds, present)


# Named outright: without statistics SQLite would rather walk all cards of the learner.
_DUE = "memory INDEXED BY memory_due"

_ASKABLE = "suspended = 0 AND buried_until <= :day"
_IN_REVIEW = f"learner = :learner AND phase = 'review' AND due_day <= :day AND {_ASKABLE}"
_IN_STEPS = f"learner = :learner AND phase IN ('learning', 'relearning') AND {_ASKABLE}"
_DUE_COLUMNS = ", ".join(DueRow._fields)

Arguments = dict[str, str | int]


def count_due(connection: sqlite3.Connection, learner: str, day: int) -> int:
    """How many cards in review are planned for a study day."""
    row = connection.execute(
        "SELECT count(*) FROM memory WHERE learner = ? AND phase = 'review' AND due_day = ? AND suspended = 0",
        (learner, day),
    ).fetchone()
    return int(row[0])


def due_counts(connection: sqlite3.Connection, learner: str, day: int, now: int, within: Scope) -> DueCounts:
    """How much waits for the learner on a study day, at a moment."""
    arguments: Arguments = {"learner": learner, "day": day, "now": now}
    narrowed = _narrowed(within, arguments)
    (reviews,) = connection.execute(f"SELECT count(*) FROM {_DUE} WHERE {_IN_REVIEW}{narrowed}", arguments).fetchone()
    learning, waiting = connection.execute(
        "SELECT coalesce(sum(due_at <= :now), 0), coalesce(sum(due_at > :now), 0)"
        f" FROM {_DUE} WHERE {_IN_STEPS}{narrowed}",
        arguments,
    ).fetchone()
    return DueCounts(reviews, learning, waiting)


def due_reviews(connection: sqlite3.Connection, learner: str, day: int, limit: int, within: Scope) -> list[DueRow]:
    """The cards in review that are due, those due longest first."""
    arguments: Arguments = {"learner": learner, "day": day, "limit": limit}
    narrowed = _narrowed(within, arguments)
    rows = connection.execute(
        f"SELECT {_DUE_COLUMNS} FROM {_DUE} WHERE {_IN_REVIEW}{narrowed} ORDER BY due_day LIMIT :limit", arguments
    )
    return list(map(DueRow._make, rows))


def learning(connection: sqlite3.Connection, learner: str, day: int, limit: int, within: Scope) -> list[DueRow]:
    """The cards in learning or relearning, by the moment they are due."""
    arguments: Arguments = {"learner": learner, "day": day, "limit": limit}
    narrowed = _narrowed(within, arguments)
    rows = connection.execute(
        f"SELECT {_DUE_COLUMNS} FROM {_DUE} WHERE {_IN_STEPS}{narrowed} ORDER BY due_at, card LIMIT :limit", arguments
    )
    return list(map(DueRow._make, rows))


def new_cards(
    connection: sqlite3.Connection,
    learner: str,
    day: int,
    limit: int,
    within: Scope,
    exclude_notes: Iterable[str],
) -> list[FreshRow]:
    """The next cards of the attached index that the learner has never reviewed, in the authors' order."""
    excluded = json.dumps(list(exclude_notes))
    found: list[FreshRow] = []
    # One deck at a time each query can stop as soon as it has enough.
    for deck in (None,) if within.decks is None else within.decks:
        arguments: Arguments = {"learner": learner, "day": day, "limit": limit, "excluded": excluded}
        source = "deck_index.card AS c INDEXED BY card_position"
        conditions = _of_card(within, arguments)
        if deck is not None:
            arguments["deck"] = deck
            source = "deck_index.card AS c INDEXED BY card_deck"
            conditions += " AND c.deck = :deck"
        if excluded != "[]":
            conditions += " AND c.note NOT IN (SELECT value FROM json_each(:excluded))"
        rows = connection.execute(
            'SELECT c.key, c.note, c.deck, c.position, n."after", n.confuses'
            f" FROM {source} CROSS JOIN deck_index.note AS n ON n.key = c.note"
            " WHERE NOT EXISTS (SELECT 1 FROM memory AS m WHERE m.learner = :learner AND m.card = c.key"
            " AND (m.phase <> '' OR m.suspended OR m.buried_until > :day))"
            f"{conditions} ORDER BY c.position, c.key LIMIT :limit",
            arguments,
        )
        found += map(FreshRow._make, rows)
    if within.decks is not None:
        found.sort(key=lambda row: (row.position, row.card))
    return found if limit < 0 else found[:limit]


def _narrowed(within: Scope, arguments: Arguments) -> str:
    """The conditions on a row of `memory` that keep it within the scope; what they need is put in `arguments`."""
    conditions = ""
    if within.decks is not None:
        arguments["decks"] = json.dumps(within.decks)
        conditions += " AND deck IN (SELECT value FROM json_each(:decks))"
    if within.present or within.tags is not None or within.kinds is not None:
        of_card = _of_card(within, arguments)
        conditions += f" AND EXISTS (SELECT 1 FROM deck_index.card AS c WHERE c.key = memory.card{of_card})"
    return conditions


def _of_card(within: Scope, arguments: Arguments) -> str:
    """The conditions on a card of the index that the scope's tags and kinds make."""
    conditions = ""
    if within.kinds is not None:
        arguments["kinds"] = json.dumps(within.kinds)
        conditions += " AND c.kind IN (SELECT value FROM json_each(:kinds))"
    if within.tags is not None:
        tests = []
        for n, tag in enumerate(within.tags):
            arguments[f"tag{n}"] = f" {tag} "
            tests.append(f"instr(c.tags, :tag{n})")
        conditions += f" AND ({' OR '.join(tests) or '0'})"
    return conditions
