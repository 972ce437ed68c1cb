"""Joining the logs of two machines: a union of events, in any order and as often as you like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store import db, replay
from quizkit.store.backup import copy_to
from quizkit.store.log import COLUMNS
from quizkit.store.schema import EVENT_COLUMNS
from quizkit.store.store import Store


class MergeReport(NamedTuple):
    """What a merge brought: events added and known before, whose they are, and how many cards they changed."""

    added: int
    known: int
    learners: tuple[str, ...]
    cards: int


def merge(store: Store, other: Path) -> MergeReport:
    """Add every event of another progress file that this one lacks. The other file isn't changed.

    Raises QuizkitError when the other can't be read, isn't ours, is newer, or holds an event that has the id of one
    here but says something else.
    """
    with _attached(store, other):
        try:
            with store.writing():
                return _take(store, other)
        finally:
            store.forget()


def _take(store: Store, other: Path) -> MergeReport:
    connection = store.connection
    if conflict := connection.execute(_CONFLICT).fetchone():
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


_ARRIVED = "SELECT learner, card, type FROM other.event WHERE id NOT IN (SELECT id FROM main.event)"
_CONFLICT = (
    "SELECT o.id FROM other.event AS o JOIN main.event AS e ON e.id = o.id WHERE "
    + " OR ".join(f"o.{column} IS NOT e.{column}" for column in EVENT_COLUMNS if column != "id")
    + " ORDER BY o.id LIMIT 1"
)


@contextmanager
def _attached(store: Store, other: Path) -> Iterator[None]:
    """A copy of the other file, brought up to date and joined to the store's connection under the name other."""
    with TemporaryDirectory(prefix="quizkit-") as folder:
        copy = Path(folder) / "other.db"
        with db.reading(other) as original:
            copy_to(original, copy)
        with db.plainly(other):
            Store.open(copy, clock=store.clock).close()
            store.connection.execute("ATTACH DATABASE ? AS other", (str(copy),))
        try:
            yield
        finally:
            store.connection.execute("DETACH DATABASE other")
