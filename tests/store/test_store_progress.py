"""Saving answers and asking what is known."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from store_scripts import CARDS, LEARNERS, opened, play, scripts

from quizkit.clock import MS_PER_DAY, Clock
from quizkit.errors import QuizkitError
from quizkit.memory.projection import project
from quizkit.model import BLANK, EventType, Origin, Phase, Rating, Scheduled
from quizkit.store import Store
from quizkit.store.check import check
from quizkit.store.replay import fold_renames

CARD = "camp-david/summit-date/main"


@settings(max_examples=60)
@given(scripts)
def test_memory_is_always_what_a_replay_gives(script: list[object]) -> None:
    """The one promise of the projection: after anything at all, it is the log's own result."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "p.db") as store:
        play(store, script)  # type: ignore[arg-type]
        assert check(store) == []
        for learner in LEARNERS:
            for card in CARDS:
                # The public way of reading a card's log leads to the same state.
                assert store.state(learner, card) == project(store.events(learner, card))


@settings(max_examples=30)
@given(scripts)
def test_undo_restores_what_was_before(script: list[object]) -> None:
    """Taking back an answer leaves every card as if it had never been given."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "p.db") as store:
        play(store, script)  # type: ignore[arg-type]
        before = [store.state(learner, card) for learner in LEARNERS for card in CARDS]
        latest = max((event.at for event in store.events()), default=0)
        store.clock.fixed = max(store.clock.now(), latest)
        event, _ = store.review("me", CARDS[0], Rating.AGAIN)
        assert store.undo("me") == event
        assert [store.state(learner, card) for learner in LEARNERS for card in CARDS] == before


def test_a_review_is_kept_with_all_that_was_said(store: Store, clock: Clock, path: Path) -> None:
    """The log holds the whole answer, and a new connection reads it back."""
    event, state = store.review(
        "me",
        CARD,
        Rating.HARD,
        retention=0.85,
        score=0.5,
        response='["2023"]',
        shape="type",
        lang="ja",
        milliseconds=4200,
        origin=Origin.STUDY,
    )
    assert (event.at, event.day, event.rating, event.lang) == (clock.now(), clock.today(), 2, "ja")
    with Store.open(path, clock=clock) as again:
        assert list(again.events()) == [event]
        assert again.state("me", CARD) == state


def test_undo_takes_back_one_answer_at_a_time(store: Store) -> None:
    """Each undo goes one step further back, of that learner alone, until nothing is left."""
    first, after_first = store.review("me", CARD, Rating.GOOD)
    store.review("yun", CARD, Rating.GOOD)
    second, _ = store.review("me", CARD, Rating.GOOD)
    assert store.undo("me") == second
    assert store.state("me", CARD) == after_first
    assert store.undo("me") == first
    assert store.state("me", CARD) == BLANK
    assert store.undo("me") is None
    assert store.state("yun", CARD) != BLANK


def test_amend_counts_once(store: Store) -> None:
    """Rating an answer otherwise is as if it had been rated so at once, and both stay in the log."""
    wrong, _ = store.review("me", CARD, Rating.AGAIN, score=0.0)
    event, state = store.amend(wrong.id, Rating.GOOD, score=1.0)
    assert isinstance(state.memory, Scheduled)
    assert (state.memory.reps, event.at, event.score) == (1, wrong.at, 1.0)
    assert [e.type for e in store.events()].count(EventType.REVIEW) == 2
    assert store.undone() == {wrong.id}
    assert state == store.state("me", CARD)


def test_amending_what_is_not_there_is_refused(store: Store) -> None:
    """An id that isn't in the log changes nothing."""
    with pytest.raises(QuizkitError, match="no event"):
        store.amend("nothing", Rating.GOOD)
    assert list(store.events()) == []


def test_the_log_can_t_be_changed(store: Store) -> None:
    """Not even a tool that opens the file can quietly rewrite what happened."""
    import sqlite3

    store.review("me", CARD, Rating.GOOD)
    for statement in ("UPDATE event SET rating = 4", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(statement)


def test_append_is_all_or_nothing(store: Store) -> None:
    """When one of several events can't be added, none is."""
    event = store.make(EventType.FLAG, "me", CARD)
    with pytest.raises(Exception, match="UNIQUE"):
        store.append(event, event)
    assert list(store.events()) == []
    assert store.state("me", CARD) == BLANK


def test_a_clock_that_went_back_is_no_problem(store: Store, clock: Clock) -> None:
    """A review dated before others takes its place among them; nothing is lost and the replay agrees."""
    for days in (0, 3, -1, 10):
        clock.fixed = clock.now() + days * MS_PER_DAY
        store.review("me", CARD, Rating.GOOD)
    state = store.state("me", CARD).memory
    assert isinstance(state, Scheduled)
    assert state.reps == 4
    assert check(store) == []


def test_the_interval_chosen_is_recorded(store: Store, clock: Clock) -> None:
    """What was planned when it happened is what every later replay plans."""
    for _ in range(6):
        event, state = store.review("me", CARD, Rating.GOOD)
        memory = state.memory
        assert isinstance(memory, Scheduled)
        if memory.phase is Phase.REVIEW:
            assert event.interval == memory.due_day - event.day
            clock.fixed = clock.now() + event.interval * MS_PER_DAY
    assert event.interval > 100


def test_preview_is_what_happens(store: Store, clock: Clock) -> None:
    """The intervals shown before the answer are the ones that follow."""
    for _ in range(3):
        store.review("me", CARD, Rating.EASY)
        clock.fixed = clock.now() + 9 * MS_PER_DAY
    shown = store.preview("me", CARD, at=clock.now(), day=clock.today())
    event, state = store.review("me", CARD, Rating.GOOD)
    assert shown[Rating.GOOD] == (state.memory, event.interval)


def test_reviews_spread_over_days(store: Store) -> None:
    """Fifty cards learnt at once don't all come back on one day."""
    days = set[int]()
    for n in range(50):
        for _ in range(2):
            store.review("me", f"deck/note-{n}/main", Rating.EASY)
        memory = store.state("me", f"deck/note-{n}/main").memory
        assert isinstance(memory, Scheduled)
        days.add(memory.due_day)
    assert len(days) > 2
    load = store.load("me")
    assert sum(load(day) for day in days) == 50


def test_a_rename_takes_the_memory_along(store: Store) -> None:
    """Everything under the old key counts for the new one, for everybody, before and after."""
    store.review("me", "deck/old/main", Rating.GOOD)
    store.review("yun", "deck/old/main", Rating.AGAIN)
    mine = store.state("me", "deck/old/main")
    store.append(store.make(EventType.RENAME, "", "deck/new/main", target="deck/old/main"))
    assert store.state("me", "deck/new/main") == mine == store.state("me", "deck/old/main")
    assert store.cards_of("deck/new") == ["deck/new/main"]
    assert store.cards_of("deck/old") == []
    _, state = store.review("me", "deck/new/main", Rating.GOOD)
    assert isinstance(state.memory, Scheduled)
    assert state.memory.reps == 2
    assert len(list(store.events(card="deck/new/main"))) == 4


def test_renames_chain_and_come_back(store: Store) -> None:
    """a to b to c ends at c; renamed back to a, it is a again."""
    store.review("me", "d/a/main", Rating.GOOD)
    steps = [("d/a/main", "d/b/main"), ("d/b/main", "d/c/main"), ("d/c/main", "d/a/main")]
    for old, new in steps:
        store.append(store.make(EventType.RENAME, "", new, target=old))
        assert store.cards_of(new.rpartition("/")[0]) == [new]
        assert check(store) == []
    assert store.state("me", "d/b/main") == store.state("me", "d/a/main") != BLANK


def test_queue_questions(store: Store, clock: Clock) -> None:
    """What is due, what is in learning, what was met today: each card is counted where it stands."""
    today = clock.today()
    store.review("me", "deck/step/main", Rating.AGAIN)
    store.review("me", "deck/known/main", Rating.EASY)
    store.review("me", "other/known/main", Rating.EASY)
    store.review("me", "deck/suspended/main", Rating.EASY)
    store.record(EventType.SUSPEND, "me", "deck/suspended/main")
    store.review("me", "deck/buried/main", Rating.EASY)
    store.record(EventType.BURY, "me", "deck/buried/main", until=today + 100)
    assert store.new_count_today("me", today) == 5
    assert store.reviewed_notes("me", today) >= {"deck/step", "deck/known"}
    assert store.due_counts("me", today, clock.now()) == (0, 0, 1)
    assert [row.card for row in store.learning("me", today)] == ["deck/step/main"]
    later = today + 20
    assert store.due_counts("me", later, clock.now() + MS_PER_DAY) == (2, 1, 0)
    assert store.due_counts("me", later, clock.now(), decks=["other"]) == (1, 0, 0)
    assert [row.card for row in store.due_reviews("me", later, decks=["deck"])] == ["deck/known/main"]
    assert [row.note for row in store.due_reviews("me", later, 1)] != []
    assert store.due_counts("yun", later, clock.now()) == (0, 0, 0)


def test_events_can_be_picked(store: Store, clock: Clock) -> None:
    """By learner, card, type and time."""
    store.review("me", CARD, Rating.GOOD)
    clock.fixed = clock.now() + 5
    store.record(EventType.FLAG, "me", CARD)
    store.record(EventType.FLAG, "yun", CARD)
    assert [e.learner for e in store.events(types=[EventType.FLAG])] == ["me", "yun"]
    assert [e.type for e in store.events(learner="me", since=clock.now())] == [EventType.FLAG]
    assert [e.type for e in store.events(card=CARD, learner="me")] == [EventType.REVIEW, EventType.FLAG]


def test_learners_have_names_and_ids(store: Store) -> None:
    """A name makes the id, in any script; the name may change, the id stays."""
    assert store.learners() == [("me", "me")]
    assert store.add_learner("Yun Seo-jin") == "yun-seo-jin"
    assert store.add_learner("伊集院 敦") == "伊集院-敦"
    assert store.add_learner("yun seo jin") == "yun-seo-jin-2"
    store.rename_learner("Yun Seo-jin", "윤서진")
    assert ("yun-seo-jin", "윤서진") in store.learners()
    assert store.current_learner() == "me"
    assert store.use_learner("윤서진") == "yun-seo-jin" == store.current_learner()
    assert check(store) == []


@pytest.mark.parametrize("name", ["", "   ", "Yun"])
def test_learners_names_are_checked(store: Store, name: str) -> None:
    """No empty names, and no two of the same."""
    store.add_learner("Yun")
    with pytest.raises(QuizkitError):
        store.add_learner(name)


def test_an_unknown_learner_is_told_who_there_is(store: Store) -> None:
    """The remedy names those that can be chosen."""
    store.add_learner("Yun")
    with pytest.raises(QuizkitError) as caught:
        store.use_learner("Yuna")
    assert "Yun" in caught.value.hint


def test_settings_stay_on_this_machine(store: Store) -> None:
    """They are kept, and are no events."""
    assert store.setting("lang") == ""
    store.keep_setting("lang", "ja")
    assert store.setting("lang") == "ja"
    assert list(store.events()) == []


def test_a_practised_card_keeps_its_memory(store: Store) -> None:
    """A quiz is logged and moves nothing, also when its rating is amended."""
    _, before = store.review("me", CARD, Rating.GOOD)
    practice = store.make(EventType.PRACTICE, "me", CARD, rating=1, score=0.0, origin=Origin.QUIZ)
    store.append(practice)
    assert store.state("me", CARD) == before
    amended, state = store.amend(practice.id, Rating.GOOD, score=1.0)
    assert state == before
    assert amended._replace(id=practice.id, rating=1, score=0.0) == practice


@pytest.mark.parametrize(
    ("renames", "present"),
    [
        ([("a", "b")], {"a": "b"}),
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "b"), ("b", "a")], {"b": "a"}),
        ([("a", "b"), ("b", "c"), ("c", "a")], {"b": "a", "c": "a"}),
        ([("a", "b"), ("c", "a")], {"a": "b", "c": "b"}),
        ([("a", "c"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "a")], {}),
    ],
)
def test_renames_fold_to_one_present_key(renames: list[tuple[str, str]], present: dict[str, str]) -> None:
    """Chains, returns, joins and circles all leave each key with one key it goes by."""
    assert fold_renames(renames) == present
