"""Classes, erased people, and the record of drills in a progress file."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import EventType, Origin, Rating
from quizkit.model.drill import Act, ActType, Classroom, Mode, Student
from quizkit.store import Store
from quizkit.store.backup import backup
from quizkit.store.check import check
from quizkit.store.classes import class_event, classrooms, member_event
from quizkit.store.drills import DrillRow, acts, append, begin, drills, mark_settled
from quizkit.store.forgetting import forget_learner
from quizkit.store.merge import merge
from quizkit.store.nameless import anonymous

CARD = "deck/note/main"
ANSWER = {"item": 0, "round": 1, "card": CARD, "values": ["typed by Mina"], "picked": [], "score": 1.0, "event": "e"}


def enrol(store: Store) -> None:
    """A class of two, of whom Mina has answered, in a drill and alone."""
    for name in ("Mina", "윤서진"):
        store.add_learner(name)
    store.append(
        class_event(store, "2b", "2B"),
        member_event(store, "2b", "mina", number="7", group="red"),
        member_event(store, "2b", "윤서진", number="8"),
    )
    for learner in ("mina", "윤서진"):
        store.review(learner, CARD, Rating.GOOD, response='["typed by Mina"]', origin=Origin.DRILL)
    begin(store, DrillRow("d1", Mode.LIVE, store.clock.now(), "2b", {"name": "x", "items": []}, True))
    append(
        store,
        "d1",
        [
            Act(1, 1, ActType.JOIN, "mina", {"name": "Mina", "number": "7"}),
            Act(2, 2, ActType.ANSWER, "mina", ANSWER),
            Act(3, 3, ActType.ANSWER, "윤서진", ANSWER),
            Act(4, 4, ActType.KICK, "", {"player": "mina"}),
        ],
    )


def everything(path: Path) -> bytes:
    """All bytes of a file and what SQLite keeps beside it."""
    return b"".join(found.read_bytes() for found in path.parent.glob(path.name + "*"))


def test_a_class_is_what_its_events_say(store: Store) -> None:
    enrol(store)
    assert classrooms(store) == [
        Classroom("2b", "2B", (Student("mina", "Mina", "7", "red"), Student("윤서진", "윤서진", "8")))
    ]
    store.append(member_event(store, "2b", "mina", leaves=True), class_event(store, "2b", "Class 2B"))
    assert classrooms(store) == [Classroom("2b", "Class 2B", (Student("윤서진", "윤서진", "8"),))]
    store.append(class_event(store, "2b", "", gone=True))
    assert classrooms(store) == []
    assert check(store) == []


def test_an_erased_person_leaves_no_byte(store: Store, path: Path) -> None:
    """Nobody can find the name in the file, the others' data is whole, and the log is guarded again."""
    enrol(store)
    assert b"Mina" in everything(path)
    erased = forget_learner(store, "mina")
    assert erased == (3, 3, True)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = everything(path)
    assert b"mina" not in data
    assert b"Mina" not in data.replace(b"typed by Mina", b"", 2)  # what the other one typed
    assert check(store) == []
    told = acts(store, "d1")
    assert [act.player for act in told] == [anonymous("mina")] * 2 + ["윤서진", ""]
    assert (told[1].data["score"], told[1].data["values"], told[1].data["event"]) == (1.0, [], "")
    assert told[3].data == {"player": anonymous("mina")}
    assert [student.id for student in classrooms(store)[0].students] == ["윤서진"]
    with pytest.raises(Exception, match="append-only"):
        store.connection.execute("DELETE FROM event")
    with pytest.raises(Exception, match="append-only"):
        store.connection.execute("UPDATE act SET player = 'x'")


@pytest.mark.parametrize("from_copy", [True, False])
def test_whoever_is_erased_stays_erased(store: Store, tmp_path: Path, clock: Clock, from_copy: bool) -> None:
    """In whatever direction an older copy is merged; what is learnt afterwards counts."""
    enrol(store)
    copy = tmp_path / "copy.db"
    backup(store, copy)
    forget_learner(store, "mina")
    with Store.open(copy, clock=clock) as other:
        if from_copy:
            report = merge(other, store.path)
            here, there = other, store
        else:
            report = merge(store, copy)
            here, there = store, other
        assert report.forgotten == int(from_copy)
        assert [learner.id for learner in here.learners()] == ["me", "윤서진"]
        assert acts(here, "d1") == acts(store, "d1")
        assert check(here) == []
        later = there.make(EventType.REVIEW, "mina", CARD, at=clock.now() + 1000, rating=3, retention=0.9)
        there.take([later])
        merge(here, there.path)
        assert [event.id for event in here.events(learner="mina")] == [later.id]


def test_a_namesake_of_whoever_was_erased_is_somebody_else(store: Store, tmp_path: Path, clock: Clock) -> None:
    """What they do afterwards under the same id stays theirs, in the log and in drills, wherever it is merged."""
    enrol(store)
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    backup(store, before)
    forget_learner(store, "mina")
    later = clock.now() + 5000
    store.append(store.make(EventType.LEARNER, "mina", target="Mina", at=later))
    begin(store, DrillRow("d2", Mode.LIVE, later, "2b", {"name": "x", "items": []}, True))
    append(store, "d2", [Act(1, later, ActType.JOIN, "mina", {"name": "Mina"})])
    backup(store, after)
    assert merge(store, after).added == 0
    merge(store, before)
    with Store.open(before, clock=clock) as old:
        merge(old, after)
        for here in (store, old):
            assert [act.player for act in acts(here, "d2")] == ["mina"]
            assert [act.player for act in acts(here, "d1")][:2] == [anonymous("mina")] * 2
            assert [event.type for event in here.events(learner="mina")] == [EventType.LEARNER]
            assert check(here) == []


def test_a_clock_that_is_ahead_brings_nobody_back(store: Store, tmp_path: Path, clock: Clock) -> None:
    enrol(store)
    store.review("mina", CARD, Rating.GOOD, at=clock.now() + 3_600_000)
    copy = tmp_path / "copy.db"
    backup(store, copy)
    forget_learner(store, "mina")
    assert list(store.events(learner="mina")) == []
    merge(store, copy)
    assert list(store.events(learner="mina")) == []


def test_names_given_for_a_drill_are_erased_and_teams_keep_theirs(store: Store, path: Path) -> None:
    """The host called her something else; a team and somebody's answer happen to be called as she is."""
    enrol(store)
    own = {**ANSWER, "values": ["mina"], "player": "mina"}
    append(
        store,
        "d1",
        [
            Act(5, 5, ActType.RENAME, "", {"player": "mina", "name": "Minchen"}),
            Act(6, 6, ActType.TEAM, "", {"player": "mina", "team": "mina"}),
            Act(7, 7, ActType.ANSWER, "윤서진", own),
            Act(8, 8, ActType.END, "", {"points": {"mina": 900, "윤서진": 800}}),
        ],
    )
    forget_learner(store, "mina")
    told = acts(store, "d1")
    nobody = anonymous("mina")
    assert told[4].data == {"player": nobody, "name": nobody}
    assert told[5].data == {"player": nobody, "team": "mina"}
    assert told[6].data == own
    assert told[7].data == {"points": {nobody: 900, "윤서진": 800}}
    assert b"Minchen" not in everything(path)


def test_a_merge_that_erases_leaves_no_byte_either(store: Store, path: Path, tmp_path: Path, clock: Clock) -> None:
    enrol(store)
    copy = tmp_path / "copy.db"
    backup(store, copy)
    with Store.open(copy, clock=clock) as other:
        forget_learner(other, "mina")
    assert merge(store, copy).forgotten == 1
    assert b"mina" not in everything(path)


def test_another_reader_keeps_the_bytes_for_a_while(store: Store, path: Path, clock: Clock) -> None:
    """It is said; nothing remains when the other is gone."""
    enrol(store)
    with Store.open(path, clock=clock) as other:
        other.connection.execute("BEGIN")
        other.connection.execute("SELECT count(*) FROM event").fetchone()
        store.connection.execute("PRAGMA busy_timeout = 0")
        assert not forget_learner(store, "mina").clean
    store.close()
    assert b"mina" not in everything(path)


def test_drills_are_merged_too(store: Store, tmp_path: Path, clock: Clock) -> None:
    """The longer log wins where one continues the other; two that differ are refused whole."""
    enrol(store)
    copy = tmp_path / "copy.db"
    backup(store, copy)
    append(store, "d1", [Act(5, 5, ActType.END)])
    with Store.open(copy, clock=clock) as other:
        assert merge(other, store.path).drills == 1
        assert acts(other, "d1") == acts(store, "d1")
        assert merge(other, store.path).drills == 0
        append(other, "d1", [Act(6, 6, ActType.START)])
        append(store, "d1", [Act(6, 6, ActType.LOCK)])
        with pytest.raises(QuizkitError, match="differently"):
            merge(other, store.path)
        assert [act.type for act in acts(other, "d1")][-1] is ActType.START
        assert [row.id for row in drills(other)] == ["d1"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("DROP TRIGGER act_is_never_deleted", "act_is_never_deleted is missing"),
        ("INSERT INTO act VALUES ('d9', 1, 1, 'end', '', '{}')", "no such drill"),
        ("INSERT INTO act VALUES ('d1', 6, 1, 'end', '', '{}')", "has no act 5"),
        ("INSERT INTO act VALUES ('d1', 5, 1, 'dance', '', '{}')", "act 5 of the drill d1 can't be read"),
        ("INSERT INTO act VALUES ('d1', 5, 1, 'end', '', '[]')", "act 5 of the drill d1 can't be read"),
        ("INSERT INTO act VALUES ('d1', 5, 1, 'undo', '', '{\"number\": 5}')", "act 5 of the drill d1 can't be read"),
        ("UPDATE drill SET program = '{'", "What the drill d1 asks"),
        ("UPDATE drill SET mode = 'asleep'", "What the drill d1 asks"),
    ],
)
def test_what_is_wrong_with_a_drill_is_found(store: Store, change: str, complaint: str) -> None:
    enrol(store)
    assert check(store) == []
    store.connection.execute(change)
    (found,) = check(store)
    assert complaint in found


def test_a_class_that_cannot_be_read_is_found(store: Store) -> None:
    """Nobody can call the class, and the others are as they were."""
    enrol(store)
    store.append(store.make(EventType.MEMBER, "mina", target="2b"), store.make(EventType.CLASS, "", target="[1]"))
    assert len(check(store)) == 2
    assert [room.name for room in classrooms(store)] == ["2B"]


def test_whoever_is_erased_while_a_drill_is_held_is_not_named_in_it_again(store: Store) -> None:
    """Their phone goes on answering: a nameless player's answers are kept, nobody's words."""
    enrol(store)
    forget_learner(store, "mina")
    append(
        store,
        "d1",
        [
            Act(5, 5, ActType.ANSWER, "mina", {**ANSWER, "card": "mina"}),
            Act(6, 6, ActType.ANSWER, "윤서진", {**ANSWER, "values": ["mina"]}),
            Act(7, 7, ActType.RENAME, "", {"player": "mina", "name": "Min"}),
        ],
    )
    mine, theirs, renamed = acts(store, "d1")[-3:]
    assert (mine.player, mine.data) == (anonymous("mina"), {**ANSWER, "card": "mina", "values": [], "event": ""})
    assert (theirs.player, theirs.data["values"]) == ("윤서진", ["mina"])
    assert renamed.data == {"player": anonymous("mina"), "name": anonymous("mina")}
    assert check(store) == []


def test_a_drill_is_settled_up_to_what_was_read(store: Store) -> None:
    """Acts that another program has added meanwhile are still to be settled."""
    enrol(store)
    append(store, "d1", [Act(5, 5, ActType.ANSWER, "mina", ANSWER)])
    assert [row.settled for row in drills(store)] == [False]
    mark_settled(store, "d1", 4)
    assert [row.settled for row in drills(store)] == [False]
    mark_settled(store, "d1", 5)
    assert [row.settled for row in drills(store)] == [True]


def test_two_programs_cannot_hold_one_drill(store: Store) -> None:
    enrol(store)
    with pytest.raises(QuizkitError, match="another quizkit"):
        append(store, "d1", [Act(4, 9, ActType.END)])


def test_a_students_own_file_comes_in_under_their_name(store: Store, tmp_path: Path, clock: Clock) -> None:
    """At home they are 'me', or have given themselves another name: here they stay who they are on the roster."""
    enrol(store)
    home = tmp_path / "home.db"
    with Store.open(home, clock=clock) as own:
        own.use_learner(own.add_learner("Mina-chan"))
        own.review("mina-chan", "deck/other/main", Rating.GOOD)
    report = merge(store, home, learner="mina")
    assert report.learners == ("mina",)
    names = {learner.id: learner.name for learner in store.learners()}
    assert names == {
        "me": "me",
        "mina": "Mina",
        "윤서진": "윤서진",
    }
    assert len(list(store.events(learner="mina", types=[EventType.REVIEW]))) == 2
    assert merge(store, home, learner="mina").added == 0
    assert check(store) == []
    before = list(store.events())
    with pytest.raises(QuizkitError, match="as mina's already"):
        merge(store, home, learner="윤서진")
    assert list(store.events()) == before
