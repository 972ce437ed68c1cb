"""Beginning a drill in a room without devices, and going on with one that broke off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizkit.drills.calling import teams_of
from quizkit.drills.floor import standing
from quizkit.errors import QuizkitError
from quizkit.i18n import _
from quizkit.model.drill import ActType, CardItem, Classroom, Mode, Program
from quizkit.workspace.classes import classrooms
from quizkit.workspace.drill_record import DrillRecord, drills
from quizkit.workspace.drill_running import Running

if TYPE_CHECKING:
    from quizkit.workspace.workspace import Workspace

BY_GROUP = "groups"
"""Instead of names of teams: the groups of the roster."""


def begin_run(workspace: Workspace, program: Program, room: Classroom | None, teams: str = "") -> Running:
    """Begin a drill. `teams` are names parted by commas, a number of teams, or `groups` for those of the roster.

    Raises QuizkitError when there is nobody to call, or a card doesn't exist.
    """
    students = room.students if room else ()
    if room and not students:
        raise QuizkitError(
            _("Nobody is in {room} yet.", room=room.name),
            _("Add students: quizkit class add {room} NAME", room=room.id),
        )
    for item in program.items:
        if isinstance(item, CardItem):
            workspace.card(item.card)
    named = _team_names(teams) if teams and teams != BY_GROUP else list(program.teams)
    if teams == BY_GROUP:
        dealt = {student.id: student.group for student in students if student.group}
    else:
        dealt = teams_of([student.id for student in students], named, program.seed)
    program = program._replace(teams=tuple(dict.fromkeys(dealt.values())))
    record = DrillRecord.begin(workspace, program, Mode.RUN)
    people = [student.id for student in students]
    record.log(ActType.START, lang=workspace.langs[0], people=people, teams=dealt)
    running = Running(workspace, record, {student.id: student for student in students})
    running.go_on()
    return running


def resume_run(workspace: Workspace, drill: str | None = None) -> Running:
    """Go on with a drill that isn't over: the one named, or the latest. Raises QuizkitError when there is none."""
    if drill is None:
        held = [one for one in drills(workspace) if one.mode is Mode.RUN]
        drill = next((one.id for one in reversed(held) if not _is_over(workspace, one.id)), None)
        if drill is None:
            raise QuizkitError(_("There is no drill to go on with."), _("Begin one: quizkit drill run CLASS"))
    record = DrillRecord.find(workspace, drill, mode=Mode.RUN)
    if any(act.type is ActType.END for act in standing(record.acts())):
        raise QuizkitError(
            _("The drill {name} is over.", name=record.program.name),
            _("See what came of it: quizkit drill results {id}", id=record.id),
        )
    students = {
        student.id: student
        for room in classrooms(workspace)
        if room.id == record.program.classroom
        for student in room.students
    }
    return Running(workspace, record, students)


def _is_over(workspace: Workspace, drill: str) -> bool:
    record = DrillRecord.find(workspace, drill)
    return any(act.type is ActType.END for act in standing(record.acts()))


def _team_names(teams: str) -> list[str]:
    """Names parted by commas, or that many teams by letter."""
    if teams.isdecimal():
        return [_("Team {letter}", letter=chr(ord("A") + number)) for number in range(min(int(teams), 26))]
    return list(dict.fromkeys(name.strip() for name in teams.split(",") if name.strip()))
