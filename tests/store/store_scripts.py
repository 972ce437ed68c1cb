"""Random sessions for property tests: scripts of actions, played on a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from quizkit.clock import MS_PER_DAY, Calendar, Clock
from quizkit.model import EventType, Rating
from quizkit.store import Store
from quizkit.store.classes import class_event, classrooms, member_event

START = 20_000 * MS_PER_DAY + 43_200_000
CARDS = ("a/one/main", "a/two/main", "b/three/c1", "b/three/c2")
LEARNERS = ("me", "yun")
SIMPLE = (
    EventType.SUSPEND,
    EventType.RESUME,
    EventType.BURY,
    EventType.RESET,
    EventType.FLAG,
    EventType.UNFLAG,
    EventType.PRACTICE,
)


class Action(NamedTuple):
    """One thing somebody does. `hours` is how much time has passed; a clock may go back."""

    what: str
    learner: str
    card: str
    rating: Rating
    hours: int
    other: str


actions = st.builds(
    Action,
    st.sampled_from(
        ["review"] * 8 + ["undo", "undo", "amend", "rename", "name", "class", "join", "join", "leave", *SIMPLE]
    ),
    st.sampled_from(LEARNERS),
    st.sampled_from(CARDS),
    st.sampled_from(list(Rating)),
    st.integers(-30, 200),
    st.sampled_from(CARDS),
)
scripts = st.lists(actions, max_size=14)


def clock() -> Clock:
    """A clock that stands at the start."""
    return Clock(Calendar(UTC), fixed=START)


def play(store: Store, script: Iterable[Action]) -> None:
    """Do all this on a store. Its clock must stand still."""
    for action in script:
        assert store.clock.fixed is not None
        store.clock.fixed += action.hours * 3_600_000
        match action.what:
            case "review":
                store.review(action.learner, action.card, action.rating)
            case "undo":
                store.undo(action.learner)
            case "amend":
                reviews = [e for e in store.events(types=[EventType.REVIEW]) if e.id not in store.undone()]
                if reviews:
                    store.amend(reviews[-1].id, action.rating)
            case "rename":
                store.append(store.make(EventType.RENAME, "", action.card, target=action.other))
            case "name":
                store.append(store.make(EventType.LEARNER, action.learner, target=f"Name {action.hours}"))
            case "class":
                store.append(class_event(store, "2b", f"Class {action.hours}", gone=action.hours % 5 == 0))
            case "join" | "leave":
                leaves = action.what == "leave"
                store.append(member_event(store, "2b", action.learner, number=str(action.hours), leaves=leaves))
            case simple:
                until = store.clock.today() + 1 if simple == EventType.BURY else 0
                store.record(EventType(simple), action.learner, action.card, until=until)


def opened(path: Path) -> Store:
    """A store whose clock stands at the start."""
    return Store.open(path, clock=clock())


def contents(store: Store) -> tuple[object, ...]:
    """All that a store holds of what may travel: the log and its projections."""
    tables = ("memory", "learner", "alias")
    rows = [sorted(store.connection.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]
    return (set(store.events()), classrooms(store), *rows)
