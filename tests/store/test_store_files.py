"""Opening progress files, and everything that can be wrong with them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import Event, Rating
from quizkit.store import Store, schema

CARD = "deck/note/main"


def run(code: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run Python code in another process."""
    command = [*prefix, sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_new_file_is_marked_as_ours(store: Store) -> None:
    """The header says whose it is and of which version; the journal is a write-ahead log, commits reach the disk."""
    pragmas = {
        name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {
        "application_id": 0x717A6B74,
        "user_version": schema.VERSION,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }
    strict = store.connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    assert {name for name, is_strict in strict if is_strict} >= {"event", "memory", "learner", "alias", "setting"}


def test_folders_are_made(tmp_path: Path, clock: Clock) -> None:
    """The first run on a machine finds no data folder."""
    with Store.open(tmp_path / "deep" / "down" / "progress.db", clock=clock) as store:
        store.review("me", CARD, Rating.GOOD)


def test_no_file_is_made_when_none_is_wanted(path: Path, clock: Clock) -> None:
    """A report on a mistyped path says so instead of making an empty file there."""
    with pytest.raises(QuizkitError, match="no progress file"):
        Store.open(path, clock=clock, create=False)
    assert not path.exists()


def test_another_program_s_database_is_left_alone(path: Path, clock: Clock) -> None:
    """Any SQLite file that isn't ours is refused unchanged, with or without an application id."""
    for mark in (0, 0x0F055112):
        path.unlink(missing_ok=True)
        other = sqlite3.connect(path)
        other.executescript(f"PRAGMA application_id = {mark}; CREATE TABLE bookmark (url TEXT);")
        other.close()
        before = path.read_bytes()
        with pytest.raises(QuizkitError, match="another program"):
            Store.open(path, clock=clock)
        assert path.read_bytes() == before


def test_a_newer_file_is_refused(path: Path, clock: Clock) -> None:
    """An old program must not write into a format it doesn't know."""
    with Store.open(path, clock=clock) as store:
        store.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(QuizkitError, match="newer") as caught:
        Store.open(path, clock=clock)
    assert "Update" in caught.value.hint


def test_a_file_that_is_no_database_is_refused(path: Path, clock: Clock) -> None:
    """Somebody names a text file."""
    path.write_text("deck: camp-david\n" * 100)
    with pytest.raises(QuizkitError, match="not a progress file"):
        Store.open(path, clock=clock)
    assert path.read_text().startswith("deck:")


def test_an_empty_file_becomes_a_progress_file(path: Path, clock: Clock) -> None:
    """As after `touch`, or a crash before the first byte."""
    path.touch()
    with Store.open(path, clock=clock) as store:
        store.review("me", CARD, Rating.GOOD)


def test_a_damaged_file_names_the_remedy(path: Path, clock: Clock) -> None:
    """Damage shows when a page is read; the message says how to bring a backup back."""
    with Store.open(path, clock=clock) as store:
        for n in range(400):
            store.append(store.make("flag", "me", f"deck/note-{n}/main"))  # type: ignore[arg-type]
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(QuizkitError) as caught, Store.open(path, clock=clock) as store:
        list(store.events())
    assert "damaged" in caught.value.message
    assert "quizkit db restore" in caught.value.hint


def test_a_full_disk_loses_nothing_that_was_saved(store: Store, path: Path, clock: Clock) -> None:
    """The answer that doesn't fit is reported, all before it stay, and there is room again after."""
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages + 6}")
    cards = (f"deck/note-{n}/main" for n in range(10_000))
    saved: list[Event] = []
    with pytest.raises(QuizkitError, match="disk is full"):
        saved.extend(store.review("me", card, Rating.GOOD)[0] for card in cards)
    assert list(store.events()) == saved
    store.connection.execute("PRAGMA max_page_count = 100000")
    store.review("me", "deck/last/main", Rating.GOOD)
    with Store.open(path, clock=clock) as again:
        assert len(list(again.events())) == len(saved) + 1


def test_a_connection_that_may_not_write_says_so(store: Store) -> None:
    """What a read-only file amounts to."""
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(QuizkitError, match="can't be written"):
        store.review("me", CARD, Rating.GOOD)
    assert list(store.events()) == []


def unprivileged() -> tuple[str, ...] | None:
    """How to run a process that heeds permissions: root heeds none unless that power is taken away."""
    if os.geteuid() != 0:
        return ()
    dropped = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    if shutil.which("setpriv") and subprocess.run([*dropped, "true"], capture_output=True, check=False).returncode == 0:
        return dropped
    return None


OPEN_AND_SAVE = """
import sys
from pathlib import Path
from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.model import Rating
from quizkit.store import Store
try:
    with Store.open(Path(sys.argv[1]), clock=Clock()) as store:
        store.review("me", "deck/note/main", Rating.GOOD)
except QuizkitError as error:
    print(error.message, "|", error.hint)
else:
    print("saved")
"""


@pytest.mark.skipif(unprivileged() is None, reason="root here can't be made to heed permissions")
@pytest.mark.parametrize("locked", ["file", "folder", "both", "absent"])
def test_read_only_places_are_told_plainly(tmp_path: Path, clock: Clock, locked: str) -> None:
    """A read-only file, a read-only folder, both, and a folder in which no file can be made."""
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "progress.db"
    if locked != "absent":
        with Store.open(path, clock=clock) as store:
            store.review("me", CARD, Rating.GOOD)
    if locked in ("file", "both"):
        path.chmod(0o444)
    if locked != "file":
        folder.chmod(0o555)
    try:
        result = run(OPEN_AND_SAVE, path, prefix=unprivileged() or ())
    finally:
        folder.chmod(0o755)
    assert result.stderr == ""
    assert str(path) in result.stdout
    assert "permissions" in result.stdout or "written to" in result.stdout


def test_a_file_kept_busy_is_told_plainly(path: Path, clock: Clock) -> None:
    """After the time-out the message says what to close; when the other is done, saving works again."""
    with Store.open(path, clock=clock) as first, Store.open(path, clock=clock, timeout=0.05) as second:
        first.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(QuizkitError, match="busy") as caught:
            second.review("me", CARD, Rating.GOOD)
        assert "Close" in caught.value.hint
        first.connection.execute("COMMIT")
        second.review("me", CARD, Rating.GOOD)


def test_a_path_may_look_like_anything(tmp_path: Path, clock: Clock) -> None:
    """Question marks, percent signs and Japanese are just names."""
    for name in ("was?mode=ro.db", "100%41.db", "進捗 1#.db", "file:x.db"):
        with Store.open(tmp_path / name, clock=clock) as store:
            store.review("me", CARD, Rating.GOOD)
        assert (tmp_path / name).exists()


def test_opening_imports_nothing_heavy(path: Path) -> None:
    """The first question must not wait for sqlite_utils or the scheduler."""
    code = """
    import sys
    from pathlib import Path
    from quizkit.clock import Clock
    from quizkit.store import Store
    with Store.open(Path(sys.argv[1]), clock=Clock()) as store:
        store.due_reviews("me", 20_000)
    print(sorted({"sqlite_utils", "fsrs", "yaml", "random", "rich"} & set(sys.modules)))
    """
    result = run(code, path)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
