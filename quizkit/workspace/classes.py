"""Classes: rosters of learners, and what may be said of them outside the room."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Event, EventType, Origin
from quizkit.model.drill import Classroom, Student
from quizkit.store import classes as kept
from quizkit.store.learners import Learner, new_id, slug

if TYPE_CHECKING:
    from quizkit.formats.roster import Enrolled
    from quizkit.store import Store
    from quizkit.workspace.workspace import Workspace

_SECRET = "pseudonyms"


class Enrolment(NamedTuple):
    """What taking a roster over would do. `gone` are members that the roster doesn't name: they stay."""

    added: tuple[Enrolled, ...]
    changed: tuple[tuple[Student, Enrolled], ...]
    same: int
    gone: tuple[Student, ...]


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
    name = " ".join(name.split())
    if not name:
        raise QuizkitError(_("A class needs a name."))
    class_id = slug(name)
    if any(class_id == room.id or name == room.name for room in classrooms(workspace)):
        raise QuizkitError(
            _("There is already a class {name}.", name=name), _("See it: quizkit class show {name}", name=name)
        )
    workspace.store.append(kept.class_event(workspace.store, class_id, name))
    return classroom(workspace, class_id)


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


def add_student(workspace: Workspace, room: Classroom, name: str, number: str = "", group: str = "") -> Student:
    """Take somebody into a class: the learner of that name where there is one who isn't in it, else a new one.

    Raises QuizkitError when the name is empty, or the student is in the class already.
    """
    from quizkit.formats.roster import Enrolled

    wanted = Enrolled(" ".join(name.split()), number.strip(), group.strip())
    for student in room.students:
        if student.name == wanted.name and (not wanted.number or student.number in ("", wanted.number)):
            raise QuizkitError(
                _("{name} is in {room} already.", name=wanted.name, room=room.name),
                _("Give another number to somebody else of the same name."),
            )
        if wanted.number and student.number == wanted.number:
            raise QuizkitError(
                _("{number} is the number of {name}.", number=wanted.number, name=student.name),
                _("Give another number."),
            )
    enrol(workspace, room, Enrolment((wanted,), (), 0, ()))
    return next(
        student
        for student in classroom(workspace, room.id).students
        if (student.name, student.number) == (wanted.name, wanted.number) and student not in room.students
    )


def remove_student(workspace: Workspace, room: Classroom, student: Student) -> None:
    """Take somebody out of a class. What they have learnt stays."""
    workspace.store.append(kept.member_event(workspace.store, room.id, student.id, leaves=True))


def plan_enrolment(room: Classroom, roster: Sequence[Enrolled]) -> Enrolment:
    """What a roster would change in a class. An empty cell says nothing: number and group stay what they are."""
    who = _matched(room, roster)
    added, changed, same = [], [], 0
    for place, entry in enumerate(roster):
        student = who.get(place)
        if student is None:
            added.append(entry)
            continue
        entry = entry._replace(number=entry.number or student.number, group=entry.group or student.group)
        if (student.name, student.number, student.group) == (entry.name, entry.number, entry.group):
            same += 1
        else:
            changed.append((student, entry))
    found = {student.id for student in who.values()}
    return Enrolment(
        tuple(added), tuple(changed), same, tuple(student for student in room.students if student.id not in found)
    )


def _matched(room: Classroom, roster: Sequence[Enrolled]) -> dict[int, Student]:
    """Who in the class each line of a roster is, by its place; a line that is nobody yet is left out.

    The surest sign comes first: name and number; a name that stands without a number on either side; a name whose
    number has gone to somebody else, or came from somebody else (the numbers were dealt anew); at last, a number whose
    name nobody bears any more (somebody is called otherwise now). Else two of one name are two people.
    """
    names, ours = {entry.name for entry in roster}, {student.name for student in room.students}
    claimed = {(entry.number, entry.name) for entry in roster if entry.number}
    held = {(student.number, student.name) for student in room.students if student.number}

    def dealt_anew(student: Student, entry: Enrolled) -> bool:
        gone = any(number == student.number and name != student.name for number, name in claimed)
        return gone or any(number == entry.number and name != entry.name for number, name in held)

    signs: tuple[Callable[[Student, Enrolled], bool], ...] = (
        lambda student, entry: (student.name, student.number) == (entry.name, entry.number),
        lambda student, entry: student.name == entry.name and not (entry.number and student.number),
        lambda student, entry: student.name == entry.name and dealt_anew(student, entry),
        lambda student, entry: (
            student.number == entry.number != "" and entry.name not in ours and student.name not in names
        ),
    )
    left, found = list(room.students), dict[int, Student]()
    for sign in signs:
        for place, entry in enumerate(roster):
            if place in found:
                continue
            student = next((student for student in left if sign(student, entry)), None)
            if student is not None:
                found[place] = student
                left.remove(student)
    return found


def enrol(workspace: Workspace, room: Classroom, planned: Enrolment) -> None:
    """Carry out what `plan_enrolment` found, all or nothing."""
    store = workspace.store
    members, known, events = {student.id for student in room.students}, store.learners(), list[Event]()
    people = {student.id for any_room in classrooms(workspace) for student in any_room.students}
    for entry in planned.added:
        called = [who.id for who in known if who.name == entry.name]
        # Two of one name in a class are two people.
        learner = next((who for who in called if who not in members), None)
        if learner is None:
            # 'alex' and 'Alex' make one id, and are two people as well.
            learner = new_id(known, entry.name, namesake=bool(called) or slug(entry.name) in people)
            people.add(learner)
            known.append(Learner(learner, entry.name))
            events.append(_named(store, learner, entry.name))
        members.add(learner)
        events.append(kept.member_event(store, room.id, learner, number=entry.number, group=entry.group))
    for student, entry in planned.changed:
        if student.name != entry.name:
            events.append(_named(store, student.id, entry.name))
        events.append(kept.member_event(store, room.id, student.id, number=entry.number, group=entry.group))
    store.append(*events)


def _named(store: Store, learner: str, name: str) -> Event:
    return store.make(EventType.LEARNER, learner, target=name, origin=Origin.COMMAND)


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
