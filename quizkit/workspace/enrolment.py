"""Taking rosters over: who in a class, or elsewhere, each line is. Nobody gets another person's memory in silence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model import Event, EventType, Origin
from quizkit.model.drill import Classroom, Student
from quizkit.store import classes as kept
from quizkit.store.learners import Learner, new_id, slug
from quizkit.workspace.classes import classroom, classrooms

_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, kanji, hangul."""

if TYPE_CHECKING:
    from quizkit.formats.roster import Enrolled
    from quizkit.store import Store
    from quizkit.workspace.workspace import Workspace


class Known(NamedTuple):
    """A learner there is already, and the classes they are in: each by its name, with their number there."""

    id: str
    name: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def numbers(self) -> set[str]:
        """All numbers they have."""
        return {number for _room, number in self.places if number}


class Newcomer(NamedTuple):
    """A line of a roster that is nobody in the class yet.

    `known` is whom it is taken for, None for a new learner. `others` bear the same name, and might be the same person.
    """

    entry: Enrolled
    known: Known | None = None
    others: tuple[Known, ...] = ()


class Enrolment(NamedTuple):
    """What taking a roster over would do. `gone` are members that the roster doesn't name: they stay."""

    added: tuple[Newcomer, ...]
    changed: tuple[tuple[Student, Enrolled], ...]
    same: int
    gone: tuple[Student, ...]


Choose = Callable[[Newcomer], Known | None]
"""Which of its `others` a newcomer is; None for nobody of them."""


def elsewhere(workspace: Workspace, room: Classroom) -> list[Known]:
    """All learners who aren't in a class, with the classes they are in."""
    members = {student.id for student in room.students}
    places: dict[str, list[tuple[str, str]]] = {}
    for other in classrooms(workspace):
        for student in other.students:
            places.setdefault(student.id, []).append((other.name, student.number))
    return [
        Known(learner.id, learner.name, tuple(places.get(learner.id, ())))
        for learner in workspace.store.learners()
        if learner.id not in members
    ]


def plan_enrolment(room: Classroom, roster: Sequence[Enrolled], known: Sequence[Known] = ()) -> Enrolment:
    """What a roster would change in a class. An empty cell says nothing: number and group stay what they are.

    `known` are learners who aren't in the class. A newcomer is taken for the one of that name who has the same number,
    or where one of them has none; with another number they are somebody else, unless `decided` says otherwise.
    """
    who = _matched(room, roster)
    found = {student.id for student in who.values()}
    gone = tuple(student for student in room.students if student.id not in found)
    names = Counter(_called(entry.name) for entry in roster)
    added, changed, same = [], [], 0
    taken = set[str]()
    for place, entry in enumerate(roster):
        student = who.get(place)
        if student is None:
            here = [Known(one.id, one.name, ((room.name, one.number),)) for one in gone]
            others = [one for one in (*here, *known) if one.id not in taken and _may_be(one, entry)]
            newcomer = _newcomer(entry, others, names[_called(entry.name)] > 1)
            taken |= {newcomer.known.id} if newcomer.known else set()
            added.append(newcomer)
        elif (merged := _merged(student, entry))[:3] == student[1:]:
            same += 1
        else:
            changed.append((student, merged))
    return Enrolment(tuple(added), tuple(changed), same, gone)


def _may_be(one: Known, entry: Enrolled) -> bool:
    """Whether they have that name; or the id that it makes, having studied here before anybody gave them a name."""
    return _called(one.name) == _called(entry.name) or (not one.places and one.id == one.name == slug(entry.name))


def _newcomer(entry: Enrolled, others: Sequence[Known], namesakes: bool) -> Newcomer:
    """Whom a line is taken for: `namesakes` says that others in the roster have the name, too."""
    fits = [one for one in others if entry.number and entry.number in one.numbers]
    if not fits and not namesakes:
        fits = [one for one in others if not (entry.number and one.numbers)]
    known = fits[0] if len(fits) == 1 else None
    return Newcomer(entry, known, tuple(one for one in others if one is not known))


def _merged(student: Student, entry: Enrolled) -> Enrolled:
    return entry._replace(number=entry.number or student.number, group=entry.group or student.group)


def decided(room: Classroom, planned: Enrolment, choose: Choose) -> Enrolment:
    """The plan, with the word of `choose` on each newcomer who is taken for a new learner and might be another."""
    added, changed = list[Newcomer](), list(planned.changed)
    taken = {one.known.id for one in planned.added if one.known}
    members = {student.id: student for student in room.students}
    for newcomer in planned.added:
        if not newcomer.known:
            newcomer = newcomer._replace(others=tuple(one for one in newcomer.others if one.id not in taken))
            if newcomer.others and (known := choose(newcomer)):
                taken.add(known.id)
                newcomer = newcomer._replace(known=known)
                if known.id in members:
                    changed.append((members[known.id], _merged(members[known.id], newcomer.entry)))
                    continue
        added.append(newcomer)
    gone = tuple(student for student in planned.gone if student.id not in taken)
    return Enrolment(tuple(added), tuple(changed), planned.same, gone)


def the_only_one(newcomer: Newcomer) -> Known | None:
    """A `Choose` that takes namesakes for the same person where only one can be meant."""
    return newcomer.others[0] if len(newcomer.others) == 1 else None


def _matched(room: Classroom, roster: Sequence[Enrolled]) -> dict[int, Student]:
    """Who in the class each line of a roster is, by its place; a line that is nobody yet is left out.

    The surest sign comes first: name and number; a name that stands without a number on either side; a name that only
    one person has on either side (the numbers were dealt anew); at last, a number whose name nobody bears any more
    (somebody is called otherwise now). Else two of one name are two people.
    """
    names, ours = Counter(_called(entry.name) for entry in roster), Counter(_called(one.name) for one in room.students)

    def is_unique(name: str) -> bool:
        return names[_called(name)] == ours[_called(name)] == 1

    signs: tuple[Callable[[Student, Enrolled], bool], ...] = (
        lambda student, entry: _called(student.name) == _called(entry.name) and student.number == entry.number,
        lambda student, entry: _called(student.name) == _called(entry.name) and not (entry.number and student.number),
        lambda student, entry: _called(student.name) == _called(entry.name) and is_unique(entry.name),
        lambda student, entry: (
            student.number == entry.number != "" and not ours[_called(entry.name)] and not names[_called(student.name)]
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


def _called(name: str) -> str:
    """A name as it is compared: one in kanji, kana or hangul is the same with a space in it and without."""
    name = unicodedata.normalize("NFC", name)
    return "".join(name.split()) if _EASTERN.search(name) else name


def enrol(workspace: Workspace, room: Classroom, planned: Enrolment) -> None:
    """Carry out what `plan_enrolment` found, all or nothing."""
    workspace.store.append(*_events(workspace, room, planned))


def _events(workspace: Workspace, room: Classroom, planned: Enrolment) -> Iterator[Event]:
    store = workspace.store
    known = store.learners()
    people = {student.id for any_room in classrooms(workspace) for student in any_room.students}
    for entry, found, _others in planned.added:
        learner = found.id if found else ""
        if not learner:
            # 'alex' and 'Alex' make one id, and are two people.
            called = any(who.name == entry.name for who in known)
            learner = new_id(known, entry.name, namesake=called or slug(entry.name) in people)
            people.add(learner)
            known.append(Learner(learner, entry.name))
            yield _named(store, learner, entry.name)
        elif found and found.name == found.id != entry.name:
            yield _named(store, learner, entry.name)
        yield kept.member_event(store, room.id, learner, number=entry.number, group=entry.group)
    for student, entry in planned.changed:
        if student.name != entry.name:
            yield _named(store, student.id, entry.name)
        yield kept.member_event(store, room.id, student.id, number=entry.number, group=entry.group)


def _named(store: Store, learner: str, name: str) -> Event:
    return store.make(EventType.LEARNER, learner, target=name, origin=Origin.COMMAND)


def plan_newcomer(workspace: Workspace, room: Classroom, name: str, number: str = "", group: str = "") -> Enrolment:
    """What taking somebody into a class would do.

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
    # Whoever is in the class already is known to be somebody else.
    known = elsewhere(workspace, room)
    return plan_enrolment(room._replace(students=()), [wanted], known)


def who_came(workspace: Workspace, room: Classroom) -> Student:
    """The student who is in a class now and wasn't in `room`, as it was before."""
    before = {student.id for student in room.students}
    return next(student for student in classroom(workspace, room.id).students if student.id not in before)
