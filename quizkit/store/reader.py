"""What can be asked of a progress file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from quizkit.clock import Clock
from quizkit.memory.fsrs import Forecast, Load, preview
from quizkit.model import DEFAULT_RETENTION, CardState, Event, EventType, Rating
from quizkit.store import db, learners, log, replay, states, waiting
from quizkit.store.index import attach
from quizkit.store.learners import Learner
from quizkit.store.waiting import DueCounts, DueRow, FreshRow, scope


class Answer(NamedTuple):
    """An answer in the log: `card` is the present key, `response` JSON, `target` the drill of one that was drilled.

    `type` is that of its event, review or practice.
    """

    id: str
    learner: str
    card: str
    score: float
    milliseconds: int
    response: str
    shape: str
    lang: str
    at: int
    day: int
    origin: str
    target: str
    type: str


class Reader:
    """The questions. `Store` adds the changes."""

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.connection = connection
        self._loads: dict[str, dict[int, int]] = {}
        self._indexed = False

    # Cards

    def state(self, learner: str, card: str) -> CardState:
        """What is known about a learner and a card (by its present or a former key)."""
        with db.plainly(self.path):
            return states.read(self.connection, learner, replay.present_key(self.connection, card))

    def state_before(self, learner: str, card: str, event: tuple[int, str], without: Collection[str] = ()) -> CardState:
        """What was known just before an event, by its moment and id; as if the events `without` had never been."""
        with db.plainly(self.path):
            return replay.before(self.connection, learner, card, event, without)

    def preview(
        self, learner: str, card: str, *, at: int, day: int, retention: float = DEFAULT_RETENTION
    ) -> dict[Rating, Forecast]:
        """What each rating would do to the card now. `review` does exactly that."""
        memory = self.state(learner, card).memory
        with db.plainly(self.path):
            return preview(memory, at, day, key=card, retention=retention, load=self.load(learner))

    def load(self, learner: str) -> Load:
        """How many cards a learner has to review on a study day, as a function of the day."""
        known = self._loads.setdefault(learner, {})

        def count(day: int) -> int:
            if day not in known:
                known[day] = waiting.count_due(self.connection, learner, day)
            return known[day]

        return count

    def all_states(self, learner: str) -> Iterator[tuple[str, CardState]]:
        """Every card that a learner has anything to do with, and its state."""
        with db.plainly(self.path):
            yield from states.read_all(self.connection, learner)

    def memories(self) -> dict[str, int]:
        """Every card that anybody remembers, and how many do."""
        with db.plainly(self.path):
            return dict(self.connection.execute("SELECT card, count(*) FROM memory WHERE phase <> '' GROUP BY card"))

    def cards_of(self, note: str) -> list[str]:
        """The keys of a note's cards that anybody has a memory of."""
        with db.plainly(self.path):
            return [
                card
                for (card,) in self.connection.execute(
                    "SELECT DISTINCT card FROM memory WHERE note = ? ORDER BY card", (note,)
                )
            ]

    # The queue. `decks`, `tags` and `kinds` each narrow an answer to cards that have one of those named; the last two
    # need the index attached.

    def attach_index(self, path: Path) -> None:
        """Join the deck index to this connection: from now on only cards that are in a deck are due.

        `new_cards` needs it.
        """
        with db.plainly(path):
            attach(self.connection, path)
        self._indexed = True

    def due_counts(
        self,
        learner: str,
        day: int,
        now: int,
        *,
        decks: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> DueCounts:
        """How much waits for the learner on a study day, at a moment."""
        with db.plainly(self.path):
            return waiting.due_counts(self.connection, learner, day, now, scope(decks, tags, kinds, self._indexed))

    def due_reviews(
        self,
        learner: str,
        day: int,
        limit: int = -1,
        *,
        decks: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> list[DueRow]:
        """The cards in review that are due on a study day, those due longest first; all of them by default."""
        with db.plainly(self.path):
            return waiting.due_reviews(self.connection, learner, day, limit, scope(decks, tags, kinds, self._indexed))

    def learning(
        self,
        learner: str,
        day: int,
        limit: int = -1,
        *,
        decks: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> list[DueRow]:
        """The cards in learning or relearning, by the moment they are due."""
        with db.plainly(self.path):
            return waiting.learning(self.connection, learner, day, limit, scope(decks, tags, kinds, self._indexed))

    def new_cards(
        self,
        learner: str,
        day: int,
        limit: int,
        *,
        exclude_notes: Iterable[str] = (),
        decks: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        kinds: Iterable[str] | None = None,
    ) -> list[FreshRow]:
        """The next cards of the attached index that the learner has never reviewed, in the authors' order."""
        with db.plainly(self.path):
            return waiting.new_cards(
                self.connection, learner, day, limit, scope(decks, tags, kinds, self._indexed), exclude_notes
            )

    def reviewed_notes(self, learner: str, day: int) -> set[str]:
        """The keys of the notes of which a card was reviewed on a study day."""
        with db.plainly(self.path):
            rows = self.connection.execute(
                "SELECT note FROM memory INDEXED BY memory_last_day WHERE learner = ? AND last_day = ?",
                (learner, day),
            )
            return {note for (note,) in rows}

    def new_count_today(self, learner: str, day: int) -> int:
        """How many cards had their first review on a study day."""
        with db.plainly(self.path):
            row = self.connection.execute(
                "SELECT count(*) FROM memory INDEXED BY memory_first_day WHERE learner = ? AND first_day = ?",
                (learner, day),
            ).fetchone()
        return int(row[0])

    def review_count(self, learner: str, day: int) -> int:
        """How many cards first met on an earlier day were reviewed on a study day."""
        with db.plainly(self.path):
            row = self.connection.execute(
                "SELECT count(*) FROM memory INDEXED BY memory_last_day"
                " WHERE learner = ? AND last_day = ? AND first_day < last_day",
                (learner, day),
            ).fetchone()
        return int(row[0])

    def knows(self, learner: str, note: str) -> bool:
        """Whether a card of the note has left its learning steps."""
        with db.plainly(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM memory WHERE learner = ? AND card >= ? AND card < ? AND phase = 'review' LIMIT 1",
                (learner, f"{note}/", f"{note}0"),
            ).fetchone()
        return row is not None

    def remembered_notes(self) -> list[str]:
        """The keys of the notes that anybody has a memory of."""
        with db.plainly(self.path):
            return [note for (note,) in self.connection.execute("SELECT DISTINCT note FROM memory ORDER BY note")]

    def next_due(self, learner: str, after: int) -> tuple[int | None, int]:
        """The first study day after `after` on which cards are due, and how many; None when nothing is."""
        with db.plainly(self.path):
            row = self.connection.execute(
                "SELECT due_day, count(*) FROM memory WHERE learner = ? AND phase <> '' AND suspended = 0"
                " AND due_day > ? GROUP BY due_day ORDER BY due_day LIMIT 1",
                (learner, after),
            ).fetchone()
        return (int(row[0]), int(row[1])) if row else (None, 0)

    def standings(self, learner: str) -> Iterator[tuple[str, str, int, int, float, bool, int, int]]:
        """Of each card reviewed: deck, phase, due day, due moment, stability, suspended, buried until, lapses.

        Only cards that are in a deck, where the index is attached.
        """
        there = " AND EXISTS (SELECT 1 FROM deck_index.card AS c WHERE c.key = memory.card)" if self._indexed else ""
        with db.plainly(self.path):
            rows = self.connection.execute(
                "SELECT deck, phase, due_day, due_at, stability, suspended, buried_until, lapses FROM memory"
                f" WHERE learner = ? AND phase <> ''{there}",
                (learner,),
            )
            for deck, phase, due_day, due_at, stability, suspended, buried, lapses in rows:
                yield deck, phase, due_day, due_at, stability, bool(suspended), buried, lapses

    def strengths(self, learner: str) -> dict[str, tuple[float, int, int]]:
        """Stability, day of the last review and due day of every card reviewed."""
        with db.plainly(self.path):
            rows = self.connection.execute(
                "SELECT card, stability, last_day, due_day FROM memory WHERE learner = ? AND phase <> ''", (learner,)
            )
            return {card: (stability, last_day, due_day) for card, stability, last_day, due_day in rows}

    def suspended(self, learner: str) -> set[str]:
        """The cards a learner has suspended."""
        with db.plainly(self.path):
            rows = self.connection.execute("SELECT card FROM memory WHERE learner = ? AND suspended", (learner,))
            return {card for (card,) in rows}

    # The log

    def has_history(self, card: str) -> bool:
        """Whether anything ever happened to a card of that key."""
        with db.plainly(self.path):
            row = self.connection.execute("SELECT 1 FROM event WHERE card = ? LIMIT 1", (card,)).fetchone()
        return row is not None

    def answers(
        self, learner: str, decks: Iterable[str] | None = None
    ) -> Iterator[tuple[str, int, int, float, int, int]]:
        """Every answer that wasn't taken back, as they came.

        Of each: the card's present key, day, rating, score, interval, milliseconds.
        """
        key = "coalesce(a.new, e.card)"
        within = (
            "" if decks is None else f" AND substr({key}, 1, instr({key}, '/') - 1) IN (SELECT value FROM json_each(?))"
        )
        arguments = [learner] if decks is None else [learner, json.dumps(list(decks))]
        with db.plainly(self.path):
            yield from self.connection.execute(
                f"SELECT {key}, e.day, CASE e.type WHEN 'review' THEN e.rating ELSE 0 END,"
                " coalesce(e.score, e.rating > 1), e.interval, e.milliseconds"
                " FROM event AS e LEFT JOIN alias AS a ON a.old = e.card"
                " WHERE e.learner = ? AND e.type IN ('review', 'practice')"
                f" AND e.id NOT IN (SELECT target FROM event WHERE type = 'undo'){within} ORDER BY e.at, e.id",
                arguments,
            )

    def events(
        self,
        learner: str | None = None,
        card: str | None = None,
        types: Iterable[EventType] | None = None,
        since: int | None = None,
    ) -> Iterator[Event]:
        """The events asked for, in the order they happened; a card's include those under its former keys."""
        with db.plainly(self.path):
            cards = None if card is None else replay.family(self.connection, card)
            yield from log.select(self.connection, learner=learner, cards=cards, types=types, since=since)

    def reviews(self, learner: str) -> Iterator[tuple[str, int, int, int, int]]:
        """Every review that wasn't taken back: the card's present key, the moment, rating, milliseconds, interval."""
        with db.plainly(self.path):
            yield from self.connection.execute(
                "SELECT coalesce(a.new, e.card), e.at, e.rating, e.milliseconds, e.interval FROM event AS e"
                " LEFT JOIN alias AS a ON a.old = e.card WHERE e.learner = ? AND e.type = 'review'"
                " AND e.id NOT IN (SELECT target FROM event WHERE type = 'undo') ORDER BY e.at, e.id",
                (learner,),
            )

    def responses(self) -> Iterator[Answer]:
        """Every answer of everybody that wasn't taken back, in the order they were given."""
        with db.plainly(self.path):
            rows = self.connection.execute(
                "SELECT e.id, e.learner, coalesce(a.new, e.card), coalesce(e.score, e.rating > 1), e.milliseconds,"
                " e.response, e.shape, e.lang, e.at, e.day, e.origin, e.target, e.type"
                " FROM event AS e LEFT JOIN alias AS a ON a.old = e.card"
                " WHERE e.type IN ('review', 'practice') AND e.origin <> 'import'"
                " AND e.id NOT IN (SELECT target FROM event WHERE type = 'undo') ORDER BY e.at, e.id"
            )
            yield from map(Answer._make, rows)

    def renamed(self) -> dict[str, str]:
        """The former keys of cards, and those that took their places."""
        with db.plainly(self.path):
            return dict(self.connection.execute("SELECT old, new FROM alias"))

    def undone(self) -> set[str]:
        """The ids of all events that were taken back."""
        with db.plainly(self.path):
            return {row[0] for row in self.connection.execute("SELECT target FROM event WHERE type = 'undo'")}

    # The learners

    def learners(self) -> list[Learner]:
        """Everybody who learns here, by id."""
        with db.plainly(self.path):
            return learners.all_learners(self.connection)

    def current_learner(self) -> str:
        """The id of the learner this machine is set to."""
        with db.plainly(self.path):
            return learners.current(self.connection)

    def learner_id(self, who: str) -> str:
        """The id of the learner of that id or name. Raises QuizkitError when there is none."""
        return learners.named(self.learners(), who).id

    def setting(self, key: str) -> str:
        """What this machine keeps under a key, '' for nothing."""
        with db.plainly(self.path):
            return learners.setting(self.connection, key)
