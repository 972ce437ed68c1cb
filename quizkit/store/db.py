"""Connections to a progress file, transactions, and saying in plain words what went wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store import schema

TIMEOUT, HURRIED = 5.0, 0.1
"""Seconds to wait for another program that is writing; and where many wait in turn."""


def connect(path: Path, timeout: float = TIMEOUT) -> sqlite3.Connection:
    """A connection as all of ours are: no implicit transactions, every commit on the disk before it returns."""
    # A path is never read as a URI here since it is absolute, but ATTACH may be given one.
    connection = sqlite3.connect(
        str(path.absolute()), timeout=timeout, isolation_level=None, cached_statements=256, uri=True
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Moving the write-ahead log into the file takes a while: better when it is closed than behind an answer.
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def hurried(connection: sqlite3.Connection) -> Iterator[None]:
    """Hardly wait for another program while the block lasts: whoever serves many can't stand still for one."""
    _wait_at_most(connection, HURRIED)
    try:
        yield
    finally:
        _wait_at_most(connection, TIMEOUT)


def _wait_at_most(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to somebody's progress file that changes nothing, neither in it nor beside it.

    Raises QuizkitError when there is no such file, or it isn't a progress file, or a newer quizkit's.
    """
    with plainly(path):
        if not path.exists():
            raise QuizkitError(_("There is no file {path}.", path=path), _("Check the name."))
        # Even to read a file in WAL mode SQLite makes two more, unless told that nobody is writing to it.
        at_rest = not path.with_name(path.name + "-wal").exists()
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{'immutable=1' if at_rest else 'mode=ro'}", uri=True, isolation_level=None
        )
        try:
            if identify(path, connection) == 0:
                raise QuizkitError(_("{path} is empty.", path=path), _("Name another file."))
            yield connection
        finally:
            connection.close()


def identify(path: Path, connection: sqlite3.Connection) -> int:
    """The version of the file's tables, 0 when it is empty.

    Raises QuizkitError when it is another program's file, or a newer quizkit's.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        if application or version or connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise QuizkitError(
                _("{path} is a database of another program.", path=path),
                _("Name another file with --db; quizkit makes it if there is none."),
            )
        return 0
    if version > schema.VERSION:
        raise QuizkitError(
            _(
                "{path} was written by a newer quizkit (format {theirs}; this one knows {ours}).",
                path=path,
                theirs=version,
                ours=schema.VERSION,
            ),
            _("Update quizkit. Nothing in the file was changed."),
        )
    return int(version)


def stamp(connection: sqlite3.Connection, version: int = schema.VERSION) -> None:
    """Mark the file as ours, and of that version."""
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript would end the transaction it runs in."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it happens, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system report about the file into a QuizkitError with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        told = explained(path, error)
        if told is None:
            raise
        raise told from error
    except OSError as error:
        raise QuizkitError(
            _("{path} can't be used: {reason}.", path=path, reason=error.strerror or str(error)),
            _("Check the folder and its permissions, or name another file with --db."),
        ) from error


def explained(path: Path, error: sqlite3.Error) -> QuizkitError | None:
    """What an SQLite error means for the learner; None for one that only a bug of ours can cause."""
    name = getattr(error, "sqlite_errorname", "") or ""
    match name.removeprefix("SQLITE_").split("_")[0]:
        case "FULL":
            return QuizkitError(
                _("The disk is full: nothing more can be saved in {path}.", path=path),
                _("Make room and try again. Everything shown as saved before is there."),
            )
        case "READONLY" | "PERM" | "AUTH":
            return QuizkitError(
                _("{path} can't be written to.", path=path),
                _("Check the permissions of the file and of its folder, or name another file with --db."),
            )
        case "CANTOPEN":
            return QuizkitError(
                _("{path} can't be opened.", path=path),
                _("Check that the folder exists and may be written to, or name another file with --db."),
            )
        case "BUSY" | "LOCKED" | "PROTOCOL":
            return QuizkitError(
                _("Another program is keeping {path} busy.", path=path),
                _("Close other quizkit windows and tools that have the file open, then try again."),
            )
        case "CORRUPT" | "FORMAT":
            return QuizkitError(
                _("{path} is damaged.", path=path),
                _("Bring a backup back with: quizkit db restore"),
            )
        case "NOTADB":
            return QuizkitError(
                _("{path} is not a progress file, or its beginning is damaged.", path=path),
                _("Name another file with --db, or bring a backup back with: quizkit db restore"),
            )
        case "IOERR":
            return QuizkitError(
                _("The system could not read or write {path}.", path=path),
                _("Check the disk. Everything shown as saved before should be there."),
            )
        case _:
            return None
