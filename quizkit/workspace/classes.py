"""Classes: rosters of learners, and what may be said of them outside the room."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from difflib import get_close_matches
from typing import TYPE_CHECKING

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model.drill import Classroom, Student
from quizkit.store import classes as kept
from quizkit.store.learners import slug

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

_SECRET = "pseudonyms"


def classrooms(workspace: Workspace) -> list[Classroom]:
    """All classes, by name."""
    return kept.classrooms(workspace.store)


def classroom(workspace: Workspace, name: str) -> Classroom:
    """The class of that name or id. Raises QuizkitError, with the nearest name, when there is none."""
    known = classrooms(workspace)
    for room in known:
        if name in (room.id, room.name):
            return room
    near = get_close_matches(name, [word for room in known for word in (room.name, room.id)], 1)
    if near:
        hint = _("Did you mean {name}?", name=near[0])
    elif known:
        hint = _("Classes here: {names}.", names=", ".join(room.name for room in known))
    else:
        hint = _("Make one: quizkit class new {name}", name=name)
    raise QuizkitError(_("There is no class {name}.", name=name), hint)


def new_class(workspace: Workspace, name: str) -> Classroom:
    """Begin a class. Raises QuizkitError when the name is empty or taken."""
    room = empty_class(workspace, name)
    workspace.store.append(kept.class_event(workspace.store, room.id, room.name))
    return room


def empty_class(workspace: Workspace, name: str) -> Classroom:
    """A class of that name as it would begin; nothing is kept. Raises QuizkitError when the name is empty or taken."""
    name = " ".join(name.split())
    if not name:
        raise QuizkitError(_("A class needs a name."))
    room = Classroom(slug(name), name)
    if any(room.id == other.id or name == other.name for other in classrooms(workspace)):
        raise QuizkitError(
            _("There is already a class {name}.", name=name), _("See it: quizkit class show {name}", name=name)
        )
    return room


def delete_class(workspace: Workspace, room: Classroom) -> None:
    """Let a class go. Its students, and what they have learnt, stay."""
    workspace.store.append(kept.class_event(workspace.store, room.id, room.name, gone=True))


def find_student(room: Classroom, who: str) -> Student:
    """The student of that name, number or id. Raises QuizkitError when it is nobody, or more than one."""
    found = [student for student in room.students if who in (student.id, student.name, student.number) and who]
    if len(found) == 1:
        return found[0]
    if found:
        ways = ", ".join(f"{student.number or student.id} ({student.name})" for student in found)
        raise QuizkitError(_("{name} is the name of several.", name=who), _("Say whom you mean: {ways}.", ways=ways))
    near = get_close_matches(who, [student.name for student in room.students], 3)
    hint = (
        _("Did you mean {name}?", name=", ".join(near))
        if near
        else _("See who is: quizkit class show {name}", name=room.name)
    )
    raise QuizkitError(_("Nobody in {room} is called {name}.", room=room.name, name=who), hint)


def remove_student(workspace: Workspace, room: Classroom, student: Student) -> None:
    """Take somebody out of a class. What they have learnt stays."""
    workspace.store.append(kept.member_event(workspace.store, room.id, student.id, leaves=True))


def roster_csv(workspace: Workspace, room: Classroom, *, names: bool) -> str:
    """The roster as a table; pseudonyms instead of names and numbers unless `names`."""
    import csv
    import io

    from quizkit.formats.cells import protected

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "number", "group") if names else ("pseudonym", "group"))
    for student in room.students:
        row = (
            (student.name, student.number, student.group)
            if names
            else (pseudonym(workspace, student.id), student.group)
        )
        writer.writerow([protected(cell) for cell in row])
    return out.getvalue()


def pseudonym(workspace: Workspace, learner: str) -> str:
    """A name for a learner that says nothing about them: the same every time, and another in every progress file."""
    secret = workspace.store.setting(_SECRET)
    if not secret:
        secret = secrets.token_hex(16)
        workspace.store.keep_setting(_SECRET, secret)
    digest = hmac.new(bytes.fromhex(secret), learner.encode(), hashlib.sha256).digest()
    return f"S-{base64.b32encode(digest)[:5].decode()}"
