"""The replay of a log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.memory.projection import UNDOABLE, apply, extends, project
from quizkit.model import BLANK, NEW, CardState, Event, EventType, Rating, Scheduled

DAY_MS = 86_400_000
CARD_EVENTS = sorted(UNDOABLE)


def event(type_: EventType, at: int, n: int = 0, **fields: object) -> Event:
    """An event of the only learner and card, at a moment."""
    return Event(f"{at:015}-{n:04}", "me", type_, at, at // DAY_MS, "deck/note/main", **fields)  # type: ignore[arg-type]


def a_review(at: int, rating: Rating = Rating.GOOD, n: int = 0) -> Event:
    """A review at the desired retention of nine tenths."""
    return event(EventType.REVIEW, at, n, rating=int(rating), retention=0.9)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A log as somebody may make it, undone events included, in the order it happened."""
    events: list[Event] = []
    at = 19_000 * DAY_MS
    for n in range(draw(st.integers(0, 14))):
        at += draw(st.integers(0, 20)) * DAY_MS // 4
        type_ = draw(st.sampled_from([*CARD_EVENTS, EventType.REVIEW, EventType.REVIEW, EventType.UNDO]))
        made = event(type_, at, n, until=at // DAY_MS + draw(st.integers(-1, 3)))
        if type_ == EventType.REVIEW:
            made = made._replace(rating=draw(st.integers(1, 4)), retention=0.9, interval=draw(st.integers(0, 30)))
        if type_ == EventType.UNDO:
            candidates = [e.id for e in events if e.type in UNDOABLE]
            if not candidates:
                continue
            made = made._replace(target=draw(st.sampled_from(candidates)))
        events.append(made)
    return events


@given(logs(), st.randoms(use_true_random=False))
def test_order_of_arrival_doesn_t_matter(log: list[Event], random: object) -> None:
    """Two machines that hold the same events agree, however the events came to them."""
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert project(shuffled) == project(log)


@given(logs())
def test_applying_one_by_one_is_a_replay(log: list[Event]) -> None:
    """Without an UNDO the state can be carried along; that is what makes saving an answer quick."""
    log = [e for e in log if e.type != EventType.UNDO]
    state, last = BLANK, None
    for entry in log:
        assert extends(last, entry)
        state, last = apply(state, entry), (entry.at, entry.id)
    assert state == project(log)


@given(logs(), st.data())
def test_undo_leaves_no_trace(log: list[Event], data: st.DataObject) -> None:
    """Taking an event back gives the state of a log in which it never stood."""
    undoable = [e for e in log if e.type in UNDOABLE]
    if not undoable:
        return
    target = data.draw(st.sampled_from(undoable))
    undo = event(EventType.UNDO, log[-1].at + 1, target=target.id)
    assert project([*log, undo]) == project([e for e in log if e != target])


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(EventType.SUSPEND, 1)], CardState(suspended=True)),
        ([event(EventType.SUSPEND, 1), event(EventType.RESUME, 2)], BLANK),
        ([event(EventType.BURY, 1, until=7)], CardState(buried_until=7)),
        ([event(EventType.BURY, 1, until=7), event(EventType.RESUME, 2)], BLANK),
        ([event(EventType.FLAG, 1)], CardState(flagged=True)),
        ([event(EventType.FLAG, 1), event(EventType.UNFLAG, 2)], BLANK),
        ([event(EventType.PRACTICE, 1, rating=1)], BLANK),
        ([a_review(1), event(EventType.RESET, 2)], BLANK),
        ([event(EventType.FLAG, 1), a_review(2), event(EventType.RESET, 3)], CardState(flagged=True)),
    ],
)
def test_each_type_does_its_own(events: list[Event], expected: CardState) -> None:
    """What every type of event means for the card."""
    assert project(events) == expected


def test_a_reset_card_begins_anew() -> None:
    """After a reset the next review is a first one."""
    state = project([a_review(0), a_review(DAY_MS), event(EventType.RESET, 2 * DAY_MS), a_review(9 * DAY_MS)])
    assert isinstance(state.memory, Scheduled)
    assert (state.memory.reps, state.memory.first_day) == (1, 9)


def test_a_review_keeps_what_the_learner_decided() -> None:
    """Flags survive answers."""
    state = project([event(EventType.FLAG, 1), a_review(2)])
    assert state.flagged
    assert state.memory != NEW


def test_what_comes_late_or_takes_back_needs_a_replay() -> None:
    """Only an event behind all others may be applied to the present state."""
    last = (10, "b")
    assert extends(None, a_review(1))
    assert extends(last, a_review(11))
    assert extends(last, a_review(10)._replace(id="c"))
    assert not extends(last, a_review(10)._replace(id="a"))
    assert not extends(last, a_review(9))
    assert not extends(last, event(EventType.UNDO, 11, target="x"))
    assert not extends(last, event(EventType.RENAME, 11, target="deck/old/main"))
