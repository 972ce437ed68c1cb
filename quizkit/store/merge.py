"""Joining the logs of two machines: a union of events, in any order and as often as you like."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store import db, replay
from quizkit.store.copies import copy_to
from quizkit.store.drill_check import GUARDS
from quizkit.store.forgetting import anonymise, erase, fingerprints, names_of, scrub, secure
from quizkit.store.log import COLUMNS
from quizkit.store.nameless import fingerprint
from quizkit.store.schema import EVENT_COLUMNS
from quizkit.store.store import Store


class MergeReport(NamedTuple):
    """What a merge brought: events added and known before, whose they are, and how many cards they changed.

    `drills` counts the drills that were new or went on; `forgotten` the people whose data one file had erased, and the
    other therefore loses as well.
    """

    added: int
    known: int
    learners: tuple[str, ...]
    cards: int
    drills: int = 0
    forgotten: int = 0


def merge(store: Store, other: Path, *, learner: str = "") -> MergeReport:
    """Add every event of another progress file that this one lacks. The other file isn't changed.

    With `learner`, whoever that file is in use by is this learner here: their events come in under that id.

    Raises QuizkitError when the other can't be read, isn't ours, is newer, or holds an event that has the id of one
    here but says something else.
    """
    secure(store.connection)
    with _attached(store, other, learner):
        try:
            with store.writing():
                forgotten = _forget(store.connection)
                drills = _take_drills(store.connection, other)
                report = _take(store, other)._replace(drills=drills, forgotten=forgotten)
        finally:
            store.forget()
    if forgotten:
        with db.plainly(store.path):
            scrub(store.connection)
    return report


def _forget(connection: sqlite3.Connection) -> int:
    """Erase on both sides whoever was erased on one; returns how many were still known here."""
    here, there = fingerprints(connection), fingerprints(connection, "other")
    erased = {mark: max(here.get(mark, 0), there.get(mark, 0)) for mark in {*here, *there}}
    if not erased:
        return 0
    count = 0
    for learner in _people(connection, "main"):
        mark = fingerprint(learner)
        if there.get(mark, 0) > here.get(mark, 0):
            count += erase(connection, learner, there[mark])[:2] != (0, 0)
    for learner in _people(connection, "other"):
        if until := erased.get(fingerprint(learner)):
            anonymise(connection, learner, names_of(connection, learner, "other"), until, "other")
            connection.execute("DELETE FROM other.event WHERE learner = ? AND at <= ?", (learner, until))
    return count


def _people(connection: sqlite3.Connection, database: str) -> list[str]:
    """Everybody who is in a file's log, or in its drills."""
    rows = connection.execute(
        f"SELECT learner FROM {database}.event WHERE learner <> ''"
        f" UNION SELECT player FROM {database}.act WHERE player <> ''"
    )
    return [learner for (learner,) in rows]


def _take(store: Store, other: Path) -> MergeReport:
    connection = store.connection
    if conflict := connection.execute(_CONFLICT).fetchone():
        if conflict[1] != conflict[2] and not connection.execute(f"{_DIFFERENT} LIMIT 1").fetchone():
            raise QuizkitError(
                _("What {path} holds is here as {known}'s already.", path=other, known=conflict[2]),
                _("Merge it as before, with the same --learner or without. Nothing was merged."),
            )
        raise QuizkitError(
            _(
                "{path} holds an event with the id {id} that is not the one known here.",
                path=other,
                id=conflict[0],
            ),
            _("One of the two files was changed by hand. Nothing was merged."),
        )
    arrived = connection.execute(_ARRIVED).fetchall()
    (total,) = connection.execute("SELECT count(*) FROM other.event").fetchone()
    touched = {(learner, card) for learner, card, _type in arrived if card and learner}
    connection.execute(
        f"INSERT INTO main.event ({COLUMNS}) SELECT {COLUMNS} FROM other.event"
        " WHERE id NOT IN (SELECT id FROM main.event) ORDER BY id"
    )
    types = {type_ for _learner, _card, type_ in arrived}
    if "learner" in types:
        replay.refresh_learners(connection)
    if "rename" in types:
        replay.reproject_keys(connection, replay.refresh_aliases(connection))
    present = {(learner, replay.present_key(connection, card)) for learner, card in touched}
    for learner, card in sorted(present):
        replay.reproject(connection, learner, card)
    learners = sorted({learner for learner, _card, _type in arrived if learner})
    return MergeReport(len(arrived), total - len(arrived), tuple(learners), len(present))


def _take_drills(connection: sqlite3.Connection, other: Path) -> int:
    """Add the drills and acts that this file lacks; returns how many drills that makes longer."""
    row = connection.execute(
        "SELECT o.drill FROM other.act AS o JOIN main.act AS a ON a.drill = o.drill AND a.number = o.number"
        " WHERE a.at <> o.at OR a.type <> o.type OR a.player <> o.player OR a.data <> o.data LIMIT 1"
    ).fetchone()
    if row:
        raise QuizkitError(
            _("The drill {id} went on differently in {path}.", id=row[0], path=other),
            _("A drill can be held from one file only. Nothing was merged."),
        )
    connection.execute("INSERT INTO main.drill SELECT * FROM other.drill WHERE id NOT IN (SELECT id FROM main.drill)")
    lacking = (
        "FROM other.act AS o WHERE NOT EXISTS"
        " (SELECT 1 FROM main.act AS a WHERE a.drill = o.drill AND a.number = o.number)"
    )
    (longer,) = connection.execute(f"SELECT count(DISTINCT o.drill) {lacking}").fetchone()
    connection.execute(f"UPDATE main.drill SET settled = 0 WHERE id IN (SELECT DISTINCT o.drill {lacking})")
    connection.execute(f"INSERT INTO main.act SELECT o.* {lacking}")
    return int(longer)


_ARRIVED = "SELECT learner, card, type FROM other.event WHERE id NOT IN (SELECT id FROM main.event)"
_DIFFERENT = (
    "SELECT o.id, o.learner, e.learner FROM other.event AS o JOIN main.event AS e ON e.id = o.id WHERE "
    + " OR ".join(f"o.{column} IS NOT e.{column}" for column in EVENT_COLUMNS if column not in ("id", "learner"))
)
_CONFLICT = f"{_DIFFERENT} OR o.learner <> e.learner ORDER BY o.id LIMIT 1"


@contextmanager
def _attached(store: Store, other: Path, learner: str) -> Iterator[None]:
    """A copy of the other file, brought up to date and joined to the store's connection under the name other.

    The copy is made ready to be taken over: its guards are lifted, and whoever uses it is called `learner`, if that is
    given.
    """
    with TemporaryDirectory(prefix="quizkit-") as folder:
        copy = Path(folder) / "other.db"
        with db.reading(other) as original:
            copy_to(original, copy)
        with db.plainly(other):
            with Store.open(copy, clock=store.clock) as theirs:
                who = theirs.current_learner()
                for name in GUARDS:
                    theirs.connection.execute(f"DROP TRIGGER IF EXISTS {name}")
                if learner and learner != who:
                    theirs.connection.execute("UPDATE event SET learner = ? WHERE learner = ?", (learner, who))
                    # What they are called here is for this file to say.
                    theirs.connection.execute("DELETE FROM event WHERE learner = ? AND type = 'learner'", (learner,))
            store.connection.execute("ATTACH DATABASE ? AS other", (str(copy),))
        try:
            yield
        finally:
            store.connection.execute("DETACH DATABASE other")
