"""Classes in the terminal: rosters, and what a new one would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizkit.i18n import _, ngettext
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page

if TYPE_CHECKING:
    from quizkit.model.drill import Classroom
    from quizkit.workspace.classes import Enrolment

NAMES_SHOWN = 6


def class_lines(page: Page, rooms: Sequence[Classroom]) -> list[str]:
    """The classes, with the number of their students."""
    rows = [(room.id, room.name, str(len(room.students))) for room in rooms]
    return table(page, ("id", _("class"), _("students")), rows, right=(2,), whole=(0,))


def roster_lines(page: Page, room: Classroom) -> list[str]:
    """Who is in a class."""
    lines = page.block(f"{room.name} · {ngettext('{n} student', '{n} students', len(room.students))}", "bold")
    if not room.students:
        return [*lines, *page.block(_("Add them: quizkit class import {name} roster.csv", name=room.id))]
    rows = [(student.number, student.name, student.group, student.id) for student in room.students]
    return [*lines, "", *table(page, (_("number"), _("name"), _("group"), "id"), rows, whole=(3,))]


def enrolment_lines(page: Page, room: Classroom, planned: Enrolment) -> list[str]:
    """What taking a roster over would do."""
    lines = page.block(room.name, "bold")
    lines += _named(page, ngettext("{n} to add", "{n} to add", len(planned.added)), [new.name for new in planned.added])
    for student, entry in planned.changed:
        lines += page.block(f"~ {_told(student[1:])} → {_told(entry[:3])}")
    if planned.same:
        lines += page.block(ngettext("{n} unchanged", "{n} unchanged", planned.same), "dim")
    if planned.gone:
        said = ngettext(
            "{n} isn't in the file, and stays in the class:",
            "{n} aren't in the file, and stay in the class:",
            len(planned.gone),
        )
        lines += _named(page, said.rstrip(":"), [student.name for student in planned.gone])
    return lines


def _named(page: Page, said: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    return page.block(f"{said}: {shown}")


def _told(values: Sequence[str]) -> str:
    return " · ".join(str(value) for value in values if value)
