"""Who is in which class: events of the log, so that rosters travel with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizkit.model import Event, EventType, Origin
from quizkit.model.drill import Classroom, Student
from quizkit.store import db
from quizkit.store.store import Store


def classrooms(store: Store) -> list[Classroom]:
    """All classes by name, with their students by number."""
    names: dict[str, str] = {}
    members: dict[str, dict[str, Mapping[str, Any]]] = {}
    for type_, learner, told in _events(store):
        class_id = str(told.get("class", ""))
        if type_ == EventType.CLASS:
            if told.get("gone"):
                names.pop(class_id, None)
                members.pop(class_id, None)
            else:
                names[class_id] = str(told.get("name", class_id))
        elif told.get("in"):
            members.setdefault(class_id, {})[learner] = told
        else:
            members.get(class_id, {}).pop(learner, None)
    called = {learner.id: learner.name for learner in store.learners()}
    found = []
    for class_id, name in names.items():
        students = [
            Student(who, called.get(who, who), str(told.get("number", "")), str(told.get("group", "")))
            for who, told in members.get(class_id, {}).items()
        ]
        students.sort(key=_place)
        found.append(Classroom(class_id, name, tuple(students)))
    return sorted(found, key=lambda room: (room.name.casefold(), room.id))


def _place(student: Student) -> tuple[bool, list[tuple[bool, int, str]], str, str]:
    """Where a student stands in a list: by number, 9 before 10 and A9 before A10, then by name."""
    pieces = re.findall(r"\d+|\D+", student.number.casefold())
    number = [(False, int(piece), "") if piece.isdecimal() else (True, 0, piece) for piece in pieces]
    return not student.number, number, student.name.casefold(), student.id


def class_event(store: Store, class_id: str, name: str, *, gone: bool = False) -> Event:
    """The event that names a class, or says that there is no such class any more."""
    told: dict[str, Any] = {"class": class_id, "gone": True} if gone else {"class": class_id, "name": name}
    return store.make(EventType.CLASS, "", target=_dumps(told), origin=Origin.COMMAND)


def member_event(
    store: Store, class_id: str, learner: str, *, number: str = "", group: str = "", leaves: bool = False
) -> Event:
    """The event that takes a learner into a class, or out of it."""
    told: dict[str, Any] = {"class": class_id, "in": not leaves}
    if not leaves:
        told |= {"number": number, "group": group}
    return store.make(EventType.MEMBER, learner, target=_dumps(told), origin=Origin.COMMAND)


def _events(store: Store) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    with db.plainly(store.path):
        rows = store.connection.execute(
            "SELECT type, learner, target FROM event WHERE type IN ('class', 'member') ORDER BY at, id"
        ).fetchall()
    for type_, learner, target in rows:
        try:
            told = json.loads(target)
        except ValueError:
            # `db check` says so.
            continue
        if isinstance(told, dict):
            yield type_, learner, told


def _dumps(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
