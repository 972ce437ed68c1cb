"""Copies of a progress file, bringing one back, and the log as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from quizkit.clock import Clock
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store import db
from quizkit.store.check import check
from quizkit.store.copies import copy_to, free_path, spare_path
from quizkit.store.opening import open_progress
from quizkit.store.store import Store

_COMPANIONS = ("-wal", "-shm")


def backup(store: Store, target: Path) -> None:
    """Copy the progress to a new file, while it may be in use.

    Raises QuizkitError when the target exists or can't be written.
    """
    if target.exists():
        raise QuizkitError(_("{path} exists already.", path=target), _("Choose another name for the backup."))
    with db.plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_to(store.connection, target)


def restore(path: Path, source: Path, clock: Clock) -> Path | None:
    """Put a backup in the place of the progress file; returns where that one, if any, is kept from now on.

    The backup is checked first, and brought up to date if it is old; it stays as it is. Raises QuizkitError when it is
    no whole progress file.
    """
    fresh = free_path(path.with_name(f"{path.name}.restoring"))
    with db.reading(source) as original:
        copy_to(original, fresh)
    try:
        with Store(fresh, open_progress(fresh, clock=clock, create=False, keep_copy=False), clock) as store:
            findings = check(store)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if findings:
            raise QuizkitError(
                _("The backup {path} is not whole: {finding}", path=source, finding=findings[0]),
                _("Choose another backup. Nothing was changed."),
            )
        with db.plainly(path):
            kept = _put_aside(path, clock)
            fresh.rename(path)
    finally:
        for leftover in (fresh, *_companions(fresh)):
            leftover.unlink(missing_ok=True)
    return kept


def export_events(store: Store, out: TextIO) -> int:
    """Write the whole log as JSON lines, in the order it happened; returns how many."""
    count = 0
    for event in store.events():
        out.write(json.dumps(event._asdict(), ensure_ascii=False) + "\n")
        count += 1
    return count


def _companions(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _COMPANIONS]


def _put_aside(path: Path, clock: Clock) -> Path | None:
    """Rename the progress file, if there is one, and what SQLite keeps beside it, damaged or not.

    A write-ahead log that was left alone is renamed, too: SQLite would play it into whatever file comes into its place.
    """
    kept = spare_path(path, clock)
    for companion in _companions(path):
        if companion.exists():
            companion.rename(kept.with_name(kept.name + companion.name.removeprefix(path.name)))
    if not path.exists():
        return None
    path.rename(kept)
    return kept
