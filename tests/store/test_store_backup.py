"""Backups, and proving that a file is whole."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import EventType, Rating
from quizkit.store import Store
from quizkit.store.backup import backup, export_events, restore
from quizkit.store.check import check, rebuild

CARD = "deck/note/main"


def test_a_backup_holds_everything(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Also what is still in the write-ahead log while the original is open."""
    event, state = store.review("me", CARD, Rating.GOOD)
    backup(store, tmp_path / "backups" / "monday.db")
    with Store.open(tmp_path / "backups" / "monday.db", clock=clock, create=False) as copy:
        assert list(copy.events()) == [event]
        assert copy.state("me", CARD) == state
        assert check(copy) == []


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    """The older backup may be the good one."""
    (tmp_path / "monday.db").write_text("precious")
    with pytest.raises(QuizkitError, match="exists"):
        backup(store, tmp_path / "monday.db")
    assert (tmp_path / "monday.db").read_text() == "precious"


def test_restore_brings_a_backup_back_and_keeps_the_present_file(path: Path, clock: Clock, tmp_path: Path) -> None:
    """Nothing is thrown away: what was there before is beside it under another name."""
    with Store.open(path, clock=clock) as store:
        first, _ = store.review("me", CARD, Rating.GOOD)
        backup(store, tmp_path / "monday.db")
        second, _ = store.review("me", CARD, Rating.GOOD)
    kept = restore(path, tmp_path / "monday.db", clock)
    assert kept is not None
    with Store.open(path, clock=clock) as store:
        assert list(store.events()) == [first]
    with Store.open(kept, clock=clock) as store:
        assert list(store.events()) == [first, second]
    assert (tmp_path / "monday.db").exists()


def test_restore_replaces_a_damaged_file(path: Path, clock: Clock, tmp_path: Path) -> None:
    """That is what backups are for; the damaged file is kept too."""
    with Store.open(path, clock=clock) as store:
        store.review("me", CARD, Rating.GOOD)
        backup(store, tmp_path / "monday.db")
    path.write_bytes(b"\0" * 10_000)
    kept = restore(path, tmp_path / "monday.db", clock)
    assert kept is not None
    assert kept.read_bytes() == b"\0" * 10_000
    with Store.open(path, clock=clock) as store:
        assert check(store) == []
        assert len(list(store.events())) == 1


def test_restore_works_where_nothing_is_left(path: Path, clock: Clock, tmp_path: Path) -> None:
    """On a new machine there is no present file."""
    with Store.open(tmp_path / "monday.db", clock=clock) as store:
        store.review("me", CARD, Rating.GOOD)
    assert restore(path, tmp_path / "monday.db", clock) is None
    with Store.open(path, clock=clock) as store:
        assert len(list(store.events())) == 1


def test_a_log_left_by_a_file_that_was_deleted_is_not_played_into_the_backup(
    path: Path, clock: Clock, tmp_path: Path
) -> None:
    """Somebody deleted the damaged file alone: what SQLite had beside it must not undo the restoring."""
    log = path.with_name(f"{path.name}-wal")
    with Store.open(path, clock=clock) as store:
        first, _ = store.review("me", CARD, Rating.GOOD)
        backup(store, tmp_path / "monday.db")
        store.review("me", CARD, Rating.AGAIN)
        stale = log.read_bytes()
    path.unlink()
    log.write_bytes(stale)
    assert restore(path, tmp_path / "monday.db", clock) is None
    with Store.open(path, clock=clock) as store:
        assert list(store.events()) == [first]
    assert stale in [found.read_bytes() for found in tmp_path.glob("*-wal")], "put aside, as everything is"


def test_a_backup_that_fails_leaves_nothing_behind(path: Path, clock: Clock, tmp_path: Path) -> None:
    """A full disk isn't made fuller by half a copy."""
    with Store.open(path, clock=clock) as store:
        store.review("me", CARD, Rating.GOOD)
    before = {found.name for found in tmp_path.iterdir()}
    code = """
        import resource, sys
        from pathlib import Path
        from quizkit.clock import Clock
        from quizkit.errors import QuizkitError
        from quizkit.store import Store
        from quizkit.store.backup import backup
        with Store.open(Path(sys.argv[1]), clock=Clock()) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
            try:
                backup(store, Path(sys.argv[2]))
            except QuizkitError as error:
                print(error.message)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(path), str(tmp_path / "monday.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "monday.db" in done.stdout, done.stderr
    assert {found.name for found in tmp_path.iterdir()} == before


@pytest.mark.parametrize("content", [None, b"", b"no database at all " * 100, "damaged"])
def test_restore_refuses_what_is_not_whole(
    path: Path, clock: Clock, tmp_path: Path, content: bytes | str | None
) -> None:
    """A missing, empty, foreign or damaged backup changes nothing and leaves nothing behind."""
    with Store.open(path, clock=clock) as store:
        event, _ = store.review("me", CARD, Rating.GOOD)
    source = tmp_path / "monday.db"
    if content == "damaged":
        with Store.open(source, clock=clock) as made:
            made.append(*(made.make(EventType.FLAG, "me", f"deck/note-{n}/main") for n in range(400)))
        whole = bytearray(source.read_bytes())
        whole[len(whole) // 2 :] = b"\xa5" * (len(whole) - len(whole) // 2)
        source.write_bytes(whole)
    elif isinstance(content, bytes):
        source.write_bytes(content)
    before = {found.name for found in tmp_path.iterdir()}
    with pytest.raises(QuizkitError):
        restore(path, source, clock)
    assert {found.name for found in tmp_path.iterdir()} == before
    with Store.open(path, clock=clock) as store:
        assert list(store.events()) == [event]


def test_the_log_is_exported_line_by_line(store: Store) -> None:
    """Plain JSON that any tool reads, in the order it happened, with every script readable."""
    event, _ = store.review("me", "deck/首脳会談/main", Rating.GOOD, response='["八月"]')
    store.record(EventType.FLAG, "me", CARD)
    out = io.StringIO()
    assert export_events(store, out) == 2
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["id"], first["type"], first["rating"], first["response"]) == (event.id, "review", 3, '["八月"]')
    assert (second["type"], second["score"]) == ("flag", None)
    assert "八月" in out.getvalue()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE memory SET reps = 99", "memory of deck/note/main"),
        ("UPDATE memory SET stability = stability * 1.001", "memory of deck/note/main"),
        ("DELETE FROM memory", "memory of deck/note/main"),
        ("INSERT OR REPLACE INTO memory SELECT 'ghost', * FROM (SELECT * FROM memory)", ""),
        ("DELETE FROM learner", "names"),
        ("INSERT INTO alias VALUES ('a/b/main', 'a/c/main')", "renamed"),
    ],
)
def test_check_finds_what_was_changed_by_hand_and_rebuild_mends_it(store: Store, damage: str, told: str) -> None:
    """Every projection is compared with the log, and can be made again from it."""
    store.review("me", CARD, Rating.GOOD)
    store.add_learner("Yun")
    if "ghost" in damage:
        columns = [row[1] for row in store.connection.execute("PRAGMA table_info(memory)")][1:]
        damage = f"INSERT INTO memory SELECT 'ghost', {', '.join(columns)} FROM memory"
        told = "2 cards"
    store.connection.execute(damage)
    assert told in "\n".join(check(store))
    assert check(store) != []
    rebuild(store)
    assert check(store) == []


def test_check_tolerates_another_machine_s_rounding(store: Store) -> None:
    """A file copied between machines whose logarithms differ in the last digit is whole."""
    store.review("me", CARD, Rating.GOOD)
    store.connection.execute("UPDATE memory SET stability = stability * (1 + 1e-14)")
    assert check(store) == []


def test_progress_is_told(store: Store) -> None:
    """A long rebuild can show how far it is."""
    store.review("me", CARD, Rating.GOOD)
    told: list[tuple[int, int]] = []
    rebuild(store, lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
