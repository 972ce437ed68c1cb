"""The record of a drill, and the reviews made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from quizkit.clock import MS_PER_DAY, Calendar, Clock
from quizkit.errors import QuizkitError
from quizkit.model import EventType, LocalText, Rating
from quizkit.model.drill import ActType, CardItem, Mode, Poll, Program, Scoring, Slide
from quizkit.store.check import check
from quizkit.workspace import Workspace
from quizkit.workspace.drill_record import DrillRecord, drills, settle_all
from quizkit.workspace.places import find_places
from tests.helpers.decks import write_workspace

NOON = 20_000 * 86_400_000 + 12 * 3_600_000
PICK, TYPE = "tea/green-heat/main", "tea/birthplace/main"
PROGRAM = Program(
    "tea-1",
    (
        CardItem(PICK, 20, "new to all"),
        Poll(LocalText({"en": "Tea?"}), (LocalText({"en": "yes"}), LocalText({"en": "no"})), 0, ("a.png",)),
        Slide(LocalText.plain("Now drink."), ("b.png", "c.mp3")),
    ),
    classroom="2b",
    teams=("red", "blue"),
    scoring=Scoring(speed=True),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    root = write_workspace(tmp_path / "work")
    with Workspace(find_places(root), Clock(Calendar(UTC), fixed=NOON)) as opened:
        opened.refresh()
        yield opened


def answer(record: DrillRecord, player: str, score: float, **more: Any) -> int:
    data = {
        "item": 0,
        "round": 1,
        "card": PICK,
        "values": ["lukewarm"],
        "picked": [0],
        "score": score,
        "outcome": "right" if score == 1 else "wrong",
        "ms": 900,
        "lang": "en",
        "shape": "pick-one",
        "event": record.new_event_id(),
    }
    return record.log(ActType.ANSWER, player, **(data | more)).number


def test_a_drill_is_found_again_as_it_was(workspace: Workspace) -> None:
    """By id, by the beginning of it, by name, or as the latest."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.LIVE)
    record.log(ActType.START)
    answer(record, "mina", 1.0)
    for name in (record.id, record.id[:20], "tea-1", None):
        found = DrillRecord.find(workspace, name)
        assert (found.id, found.mode, found.program) == (record.id, Mode.LIVE, PROGRAM)
        assert found.acts() == record.acts()
    with pytest.raises(QuizkitError, match="no drill x"):
        DrillRecord.find(workspace, "x")
    assert [drill.program.name for drill in drills(workspace, classroom="2b")] == ["tea-1"]
    assert drills(workspace, classroom="3c") == []


def test_trying_whether_acts_can_be_kept_writes(workspace: Workspace) -> None:
    """On a full disk only what is really written fails: a host that tries would be told that there is room."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.LIVE)
    log = workspace.places.progress.with_name(workspace.places.progress.name + "-wal")
    before = log.stat().st_size
    assert record.log_many([]) == []
    assert log.stat().st_size > before
    assert drills(workspace) == [record.drill]


def test_every_answer_becomes_one_review(workspace: Workspace) -> None:
    """Of learners; a second vote is practice; guests have no log; settling again changes nothing."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.LIVE)
    answer(record, "mina", 1.0)
    answer(record, "yun", 0.0)
    answer(record, "yun", 1.0, round=2)
    answer(record, "guest-1", 1.0)
    assert settle_all(workspace) == 3
    assert settle_all(workspace) == 0
    assert record.settle() == 0
    store = workspace.store
    # One of three, never seen before: chance accounts for a quarter of such answers.
    (review,) = store.events(learner="mina")
    assert (review.type, review.rating, review.target) == (EventType.REVIEW, int(Rating.HARD), record.id)
    assert [event.type for event in store.events(learner="yun")] == [EventType.REVIEW, EventType.PRACTICE]
    assert list(store.events(learner="guest-1")) == []
    assert check(store) == []


def test_a_mark_changed_later_changes_the_memory(workspace: Workspace) -> None:
    """Settled or not: the log says what the teacher said last, and an undone answer never was."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.RUN)
    number = answer(record, "mina", 0.0)
    record.settle()
    record.log(ActType.CALL, number=number, score=1.0, outcome="right", event=record.new_event_id())
    assert not drills(workspace)[0].settled
    assert record.settle() == 1
    state = workspace.store.state("mina", PICK)
    assert state.memory.reps == 1  # type: ignore[union-attr]
    assert [event.rating for event in workspace.store.events(learner="mina", types=[EventType.REVIEW])] == [1, 2]
    record.log(ActType.UNDO, number=number)
    assert record.settle() == 0
    assert workspace.store.state("mina", PICK).memory == workspace.store.state("nobody", PICK).memory
    assert check(workspace.store) == []


COIN = {"card": "tea/decaf/main", "values": ["False"]}


def ratings(workspace: Workspace, player: str) -> list[int]:
    """The ratings that stand, in the order of their answers."""
    undone = workspace.store.undone()
    found = workspace.store.events(learner=player, types=[EventType.REVIEW])
    return [event.rating for event in found if event.id not in undone]


def test_an_answer_is_worth_what_was_known_before_it(workspace: Workspace) -> None:
    """A coin tossed well, on a card never seen, is hard: at once, after a correction, and when settled late."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.PAPER)
    for player in ("mina", "yun"):
        answer(record, player, float(player == "mina"), **COIN)
    record.settle()
    answer(record, "yun", 1.0, **COIN)
    record.settle()
    answer(record, "ken", 1.0, **COIN)
    workspace.clock.fixed = NOON + 2 * MS_PER_DAY
    workspace.store.review("ken", COIN["card"], Rating.GOOD)
    record.settle()
    hard, good = int(Rating.HARD), int(Rating.GOOD)
    assert [ratings(workspace, player) for player in ("mina", "yun", "ken")] == [[hard], [hard], [hard, good]]
    memories = [workspace.store.state(player, COIN["card"]).memory for player in ("mina", "yun")]
    assert memories[0] == memories[1]
    assert check(workspace.store) == []


@pytest.mark.parametrize("often", [True, False])
def test_a_card_asked_twice_is_known_better_the_second_time(workspace: Workspace, often: bool) -> None:
    """Whether the drill is settled after each answer or once at its end."""
    record = DrillRecord.begin(workspace, PROGRAM, Mode.LIVE)
    for item in (0, 1):
        answer(record, "mina", 1.0, item=item, **COIN)
        if often:
            record.settle()
        workspace.clock.fixed = NOON + 60_000
    record.settle()
    assert ratings(workspace, "mina") == [int(Rating.HARD), int(Rating.GOOD)]
