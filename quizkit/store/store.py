"""The learner's progress, kept in one SQLite file.

Every change is an event in the log, written together with what follows from it in one transaction that is on the disk
when the method returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.memory import fsrs
from quizkit.memory.projection import apply, extends
from quizkit.model import (
    DEFAULT_RETENTION,
    CardState,
    Event,
    EventType,
    MemoryState,
    Origin,
    Phase,
    Rating,
    Scheduled,
)
from quizkit.store import db, learners, log, replay, states
from quizkit.store.ids import Ids
from quizkit.store.opening import open_progress
from quizkit.store.reader import Reader


class Store(Reader):
    """An open progress file. Use it as a context manager, or `close` it.

    Any method raises QuizkitError when the file can't be read or written, with what to do about it.
    """

    @classmethod
    def open(cls, path: Path, *, clock: Clock, create: bool = True, timeout: float = db.TIMEOUT) -> Self:
        """Open a progress file, making a new one or migrating an old one (after a backup) as needed.

        `timeout` is how many seconds to wait for another program that is writing. Raises QuizkitError when there is
        no file and `create` is false, or when it can't be used.
        """
        return cls(path, open_progress(path, clock=clock, create=create, timeout=timeout), clock)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # The log

    def make(
        self,
        type_: EventType,
        learner: str,
        card: str = "",
        *,
        at: int | None = None,
        day: int | None = None,
        **fields: Any,
    ) -> Event:
        """An event with a new id, of this moment unless told otherwise. It isn't in the log yet."""
        at = self.clock.now() if at is None else at
        day = self.clock.calendar.day_of(at) if day is None else day
        return Event(self._ids.new(), learner, type_, at, day, card, **fields)

    def append(self, *events: Event) -> None:
        """Add events to the log, all or none."""
        with self.writing():
            for event in events:
                self._log(event)

    def append_bulk(self, events: Iterable[Event]) -> None:
        """Add many events to the log at once. The projections don't know of them before a rebuild."""
        with self.writing():
            log.insert_all(self.connection, events)

    def take(self, events: Iterable[Event]) -> list[Event]:
        """Add what happened elsewhere, but for what the log holds already; returns the events that were new."""
        with self.writing():
            known = log.known_ids(self.connection, events := list(events))
            fresh = [event for event in events if event.id not in known]
            log.insert_all(self.connection, fresh)
            touched = {(event.learner, replay.present_key(self.connection, event.card)) for event in fresh}
            for learner, card in sorted(touched):
                replay.reproject(self.connection, learner, card)
        self.forget()
        return fresh

    def record(self, type_: EventType, learner: str, card: str, **fields: Any) -> CardState:
        """Add one event of this moment (suspend, resume, bury, reset, flag, ...); returns the card's new state."""
        self.append(self.make(type_, learner, card, **fields))
        return self.state(learner, card)

    def review(
        self,
        learner: str,
        card: str,
        rating: Rating,
        *,
        at: int | None = None,
        day: int | None = None,
        retention: float = DEFAULT_RETENTION,
        score: float | None = None,
        response: str = "",
        shape: str = "",
        lang: str = "",
        milliseconds: int = 0,
        origin: Origin = Origin.STUDY,
    ) -> tuple[Event, CardState]:
        """Log a review and move the memory; returns the event and the card's new state.

        `at` and `day` are this moment unless told otherwise; the rest is as in `Event`.
        """
        event = self.make(
            EventType.REVIEW,
            learner,
            card,
            at=at,
            day=day,
            rating=int(rating),
            retention=retention,
            score=score,
            response=response,
            shape=shape,
            lang=lang,
            milliseconds=milliseconds,
            origin=origin,
        )
        with self.writing():
            return self._review(event)

    def settle(self, wanted: Iterable[tuple[Event | None, Iterable[str]]]) -> int:
        """Bring the log in step with what was recorded elsewhere, answer by answer, in one transaction.

        Each answer is the event it should be (None: none any more), made with an id of its own, and the ids of those it
        takes the place of, which are undone. What is in the log already stays. Each is taken from `wanted` when those
        before it are in the log. Returns how many events are new.
        """
        added = 0
        with self.writing():
            for event, former in wanted:
                for event_id in former:
                    old = log.find(self.connection, event_id)
                    if old is not None and not log.is_undone(self.connection, event_id):
                        self._undo(old)
                if event is None or log.find(self.connection, event.id) is not None:
                    continue
                added += 1
                if event.type == EventType.REVIEW:
                    self._review(event)
                else:
                    self._log(event)
        return added

    def new_id(self) -> str:
        """The id for an event that is logged later."""
        return self._ids.new()

    def amend(self, event_id: str, rating: Rating, *, score: float | None = None) -> tuple[Event, CardState]:
        """Take a review back and log it with another rating (and score), in one step and at the same moment."""
        with self.writing():
            event = self._undo(self._find(event_id))
            score = event.score if score is None else score
            again = event._replace(id=self._ids.new(), rating=int(rating), score=score, interval=0)
            if again.type == EventType.REVIEW:
                return self._review(again)
            self._log(again)
            return again, self._state(again)

    def undo(self, learner: str, event_id: str | None = None) -> Event | None:
        """Take back an event: the learner's latest that can be, unless one is named. Returns it, or None."""
        with self.writing():
            if event_id is not None:
                return self._undo(self._find(event_id))
            event = log.latest_undoable(self.connection, learner)
            return None if event is None else self._undo(event)

    # The learners

    def add_learner(self, name: str, *, namesake: bool = False) -> str:
        """Welcome somebody; returns the id made from the name.

        Raises QuizkitError when the name is empty or, unless there may be a namesake, taken.
        """
        learner = learners.new_id(self.learners(), name, namesake=namesake)
        self.append(self.make(EventType.LEARNER, learner, target=name.strip(), origin=Origin.COMMAND))
        return learner

    def rename_learner(self, who: str, name: str, *, namesake: bool = False) -> None:
        """Give the learner of that id or name another name.

        Raises QuizkitError when there is no such learner, or the name is empty or, unless there may be a namesake,
        taken.
        """
        known = self.learners()
        learner = learners.named(known, who)
        learners.new_id([other for other in known if other != learner], name, namesake=namesake)
        self.append(self.make(EventType.LEARNER, learner.id, target=name.strip(), origin=Origin.COMMAND))

    def use_learner(self, who: str) -> str:
        """Set this machine to the learner of that id or name; returns the id.

        Raises QuizkitError when there is no such learner.
        """
        learner = learners.named(self.learners(), who)
        with self.writing():
            learners.use(self.connection, learner.id)
        return learner.id

    def keep_setting(self, key: str, value: str) -> None:
        """Keep a value on this machine, out of the log."""
        with self.writing():
            learners.keep_setting(self.connection, key, value)

    # How it is done

    @cached_property
    def _ids(self) -> Ids:
        """Two commands may fall into one millisecond: what the later one logs must sort behind the earlier."""
        with db.plainly(self.path):
            return Ids(self.clock.now, after=log.latest_id(self.connection))

    def forget(self) -> None:
        """Read anew what was kept in memory of the file, after a change that went past the methods above."""
        self._loads.clear()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, whose errors are told plainly."""
        with db.plainly(self.path):
            try:
                with db.writing(self.connection):
                    yield
            except BaseException:
                self.forget()
                raise

    def _find(self, event_id: str) -> Event:
        event = log.find(self.connection, event_id)
        if event is None:
            raise QuizkitError(_("There is no event {id} in the log.", id=event_id))
        return event

    def _state(self, event: Event) -> CardState:
        return states.read(self.connection, event.learner, replay.present_key(self.connection, event.card))

    def _log(self, event: Event) -> None:
        """Add an event and bring the projections up to date with it."""
        if event.type == EventType.RENAME:
            log.insert(self.connection, event)
            changed = replay.refresh_aliases(self.connection)
            replay.reproject_keys(self.connection, {event.card, event.target, *changed})
            self.forget()
        elif event.type == EventType.LEARNER:
            log.insert(self.connection, event)
            replay.refresh_learner(self.connection, event.learner)
        elif event.type in (EventType.PRACTICE, EventType.CLASS, EventType.MEMBER):
            log.insert(self.connection, event)
        else:
            key, follows = self._place(event)
            log.insert(self.connection, event)
            if follows:
                before = states.read(self.connection, event.learner, key)
                self._write(event.learner, key, before, apply(before, event))
            else:
                self._reproject(event)

    def _review(self, event: Event) -> tuple[Event, CardState]:
        """Log a review together with the interval chosen for it."""
        key, follows = self._place(event)
        if follows:
            before = states.read(self.connection, event.learner, key)
        else:
            # The clock stands before events already logged: the review takes its place among them.
            before = replay.before(self.connection, event.learner, key, (event.at, event.id))
        memory, interval = fsrs.review(
            before.memory,
            Rating(event.rating),
            event.at,
            event.day,
            key=event.card,
            retention=event.retention,
            load=self.load(event.learner),
        )
        event = event._replace(interval=interval)
        log.insert(self.connection, event)
        if not follows:
            return event, self._reproject(event)
        after = before._replace(memory=memory)
        self._write(event.learner, key, before, after)
        return event, after

    def _undo(self, event: Event) -> Event:
        undo = self.make(EventType.UNDO, event.learner, event.card, target=event.id, origin=Origin.COMMAND)
        log.insert(self.connection, undo)
        self._reproject(event)
        return event

    def _place(self, event: Event) -> tuple[str, bool]:
        """The card's present key, and whether the event comes after all that is known of learner and card."""
        keys = replay.family(self.connection, event.card)
        known = (log.latest_of(self.connection, event.learner, key) for key in keys)
        return keys[0], all(extends(last, event) for last in known)

    def _reproject(self, event: Event) -> CardState:
        self.forget()
        return replay.reproject(self.connection, event.learner, event.card)

    def _write(self, learner: str, key: str, before: CardState, after: CardState) -> None:
        states.write(self.connection, learner, key, after)
        load = self._loads.get(learner, {})
        for state, change in ((before, -1), (after, 1)):
            day = _review_day(state.memory)
            if day in load and not state.suspended:
                load[day] += change


def _review_day(memory: MemoryState) -> int | None:
    return memory.due_day if isinstance(memory, Scheduled) and memory.phase == Phase.REVIEW else None
