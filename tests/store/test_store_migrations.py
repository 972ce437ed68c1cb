"""Progress files of older versions."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from quizkit.clock import Clock
from quizkit.model import EventType, Scheduled
from quizkit.model.drill import Act, ActType, Mode, Student
from quizkit.store import Store, classes, db, drills, migrations, schema
from quizkit.store.backup import restore
from quizkit.store.check import check
from quizkit.store.merge import merge

GOLDEN = Path(__file__).parent.parent / "golden" / "progress-v1.db"
SECOND = GOLDEN.with_name("progress-v2.db")


def tables(connection: sqlite3.Connection) -> dict[str, object]:
    """Every table with its columns in no order, every index and trigger with its text."""
    found: dict[str, object] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL"):
        if kind == "table":
            columns = connection.execute(
                'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (name,)
            )
            options = connection.execute("SELECT wr, strict FROM pragma_table_list WHERE name = ?", (name,))
            found[name] = (sorted(columns.fetchall()), options.fetchall())
        else:
            found[name] = re.sub(r'[\s"]+', " ", sql)
    return found


@pytest.fixture
def old(path: Path) -> Path:
    """A file of version 1, where the store expects its own."""
    shutil.copy(GOLDEN, path)
    return path


def test_an_old_file_is_brought_up_to_date(old: Path, clock: Clock) -> None:
    """Every event is there, the projections are whole, undone and renamed things mean what they meant."""
    original = sqlite3.connect(GOLDEN)
    (expected,) = original.execute("SELECT count(*) FROM event").fetchone()
    original.close()
    with Store.open(old, clock=clock) as store:
        assert check(store) == []
        events = list(store.events())
        assert len(events) == expected
        assert {event.lang for event in events} == {""}
        memory = store.state("me", "camp-david/venue/main").memory
        assert isinstance(memory, Scheduled)
        assert (memory.reps, memory.lapses, memory.first_day) == (5, 0, 19_800)
        assert store.state("yun", "camp-david/new-name/main").suspended
        assert store.current_learner() == "yun"
        store.record(EventType.RESUME, "yun", "camp-david/new-name/main")
    with Store.open(old, clock=clock) as store:
        assert len(list(store.events())) == expected + 1


def test_a_file_of_the_second_version_gets_classes_and_drills(path: Path, clock: Clock) -> None:
    """What is remembered stays to the last digit; its learners can be put into a class and drilled."""
    shutil.copy(SECOND, path)
    original = sqlite3.connect(SECOND)
    events = set(original.execute("SELECT * FROM event").fetchall())
    memories = set(original.execute("SELECT * FROM memory").fetchall())
    original.close()
    with Store.open(path, clock=clock) as store:
        assert check(store) == []
        assert set(store.connection.execute("SELECT * FROM event")) == events
        assert set(store.connection.execute("SELECT * FROM memory")) == memories
        yun = store.current_learner()
        assert (yun, store.state(yun, "camp-david/new-name/main").suspended) == ("윤서진", True)
        store.append(classes.class_event(store, "2b", "2B"), classes.member_event(store, "2b", yun, number="7"))
        drills.begin(store, drills.DrillRow("d", Mode.LIVE, clock.now(), "2b", {"items": []}, True))
        drills.append(store, "d", [Act(1, clock.now(), ActType.JOIN, yun)])
    with Store.open(path, clock=clock) as store:
        assert [room.students for room in classes.classrooms(store)] == [(Student("윤서진", "윤서진", "7"),)]
        assert len(drills.acts(store, "d")) == 1
        assert check(store) == []
    assert len(list(path.parent.glob("*-v2.bak.db"))) == 1


def test_a_copy_is_put_aside_first(old: Path, clock: Clock) -> None:
    """Whatever a migration does, the file of before is there, under a name that says when and which version."""
    Store.open(old, clock=clock).close()
    Store.open(old, clock=clock).close()
    copies = [found.name for found in old.parent.glob("*.bak.db")]
    assert copies == ["progress-20241004T120000Z-v1.bak.db"]
    copy = sqlite3.connect(old.parent / copies[0])
    try:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        copy.close()


def test_a_migration_that_fails_changes_nothing(old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is all or nothing, and can be tried again."""

    def stumble(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("quizkit.store.migrations.replay.rebuild", stumble)
        with pytest.raises(RuntimeError):
            Store.open(old, clock=clock)
    after = sqlite3.connect(old)
    before = sqlite3.connect(GOLDEN)
    try:
        assert after.execute("PRAGMA user_version").fetchone() == (1,)
        assert tables(after) == tables(before)
    finally:
        after.close()
        before.close()
    with Store.open(old, clock=clock) as store:
        assert check(store) == []


def test_new_and_migrated_files_are_the_same(old: Path, store: Store, clock: Clock, tmp_path: Path) -> None:
    """A file that was brought up to date has the tables of a new one, and so has one made step by step."""
    for golden in (GOLDEN, SECOND):
        shutil.copy(golden, tmp_path / "old.db")
        with Store.open(tmp_path / "old.db", clock=clock) as migrated:
            assert tables(migrated.connection) == tables(store.connection)
    stepwise = db.connect(tmp_path / "steps.db")
    try:
        migrations.run(stepwise)
        assert tables(stepwise) == tables(store.connection)
    finally:
        stepwise.close()


def test_an_old_backup_is_brought_up_to_date(path: Path, clock: Clock, tmp_path: Path) -> None:
    """Restoring and merging take files of older versions, leave them as they are and nothing else behind."""
    source = tmp_path / "backup.db"
    shutil.copy(GOLDEN, source)
    restore(path, source, clock)
    with Store.open(tmp_path / "other.db", clock=clock) as other, Store.open(path, clock=clock) as restored:
        merge(other, source)
        assert check(other) == check(restored) == []
        assert list(other.events()) == list(restored.events()) != []
    assert source.read_bytes() == GOLDEN.read_bytes()
    assert {found.name for found in tmp_path.iterdir()} == {"backup.db", "other.db", "progress.db"}


def test_a_new_file_has_nothing_to_migrate(store: Store) -> None:
    """The record of migrations in a new file is the one that sqlite_utils would have kept."""
    steps = migrations.steps()
    database = Database(store.connection)
    assert steps.pending(database) == []
    assert [step.name for step in steps.applied(database)] == list(schema.MIGRATION_NAMES)
