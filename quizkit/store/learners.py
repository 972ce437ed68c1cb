"""Who learns: names are events, so that they travel with the log; who sits here is a setting of this machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.store.replay import learners_seen

DEFAULT_LEARNER = "me"
"""Whoever learns before anybody has given a name."""

NAMED_AT_MOST = 6
"""How many learners a message names: a class may be on the wall."""

_CURRENT = "learner"


class Learner(NamedTuple):
    """Somebody who learns. `name` is the id where none was given."""

    id: str
    name: str


def slug(name: str) -> str:
    """An id made from a name: the same name gives the same id on every machine."""
    words = "".join(char if char.isalnum() else " " for char in name.casefold()).split()
    return "-".join(words) or "learner"


def all_learners(connection: sqlite3.Connection) -> list[Learner]:
    """Everybody with a name or an event, and whoever this machine is set to, by id."""
    names: dict[str, str] = dict(connection.execute("SELECT id, name FROM learner"))
    ids = {*names, *learners_seen(connection), current(connection)}
    return [Learner(id_, names.get(id_, id_)) for id_ in sorted(ids)]


def new_id(known: Iterable[Learner], name: str, *, namesake: bool = False) -> str:
    """An id for a new learner of that name.

    Raises QuizkitError when the name is empty or, unless there may be a namesake, taken.
    """
    name, known = name.strip(), list(known)
    if not name:
        raise QuizkitError(_("A learner needs a name."))
    if not namesake and any(learner.name == name for learner in known if learner.name != learner.id):
        raise QuizkitError(_("There is already a learner called {name}.", name=name), _("Choose another name."))
    # An id without a name is adopted: somebody studied under it before being introduced.
    taken = {learner.id for learner in known if namesake or learner.name != learner.id}
    wanted, count = slug(name), 1
    while (free := wanted if count == 1 else f"{wanted}-{count}") in taken:
        count += 1
    return free


def named(known: Iterable[Learner], who: str) -> Learner:
    """The learner of that id or name.

    Raises QuizkitError, naming a few of those there are, when there is none, or more than one.
    """
    known = list(known)
    found = [learner for learner in known if learner.id == who] or [learner for learner in known if learner.name == who]
    if len(found) == 1:
        return found[0]
    if found:
        raise QuizkitError(
            _("{name} is the name of several.", name=who),
            _("Say whom you mean: {ways}.", ways=", ".join(learner.id for learner in found)),
        )
    names = list(dict.fromkeys(learner.name for learner in known))
    if near := get_close_matches(who, names, NAMED_AT_MOST // 2):
        hint = _("Did you mean {name}?", name=", ".join(near))
    else:
        more = ", …" if len(names) > NAMED_AT_MOST else ""
        hint = _("Known learners: {names}.", names=", ".join(names[:NAMED_AT_MOST]) + more)
    raise QuizkitError(_("There is no learner called {name}.", name=who), hint)


def current(connection: sqlite3.Connection) -> str:
    """The id of the learner this machine is set to."""
    return setting(connection, _CURRENT) or DEFAULT_LEARNER


def use(connection: sqlite3.Connection, learner: str) -> None:
    """Set this machine to a learner."""
    keep_setting(connection, _CURRENT, learner)


def setting(connection: sqlite3.Connection, key: str) -> str:
    """What was kept under the key, '' for nothing."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def keep_setting(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under the key."""
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))
