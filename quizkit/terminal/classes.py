"""Classes in the terminal: rosters, and what a new one would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizkit.columns import clip
from quizkit.i18n import _, ngettext
from quizkit.terminal.charts import table
from quizkit.terminal.draw import Page

if TYPE_CHECKING:
    from quizkit.formats.roster import Roster
    from quizkit.model.drill import Classroom
    from quizkit.workspace.enrolment import Enrolment, Known, Newcomer

NAMES_SHOWN = 6
STUDENTS_SHOWN = 3


def class_lines(page: Page, rooms: Sequence[Classroom]) -> list[str]:
    """The classes, with the number of their students."""
    rows = [(room.id, room.name, str(len(room.students))) for room in rooms]
    return table(page, ("id", _("class"), _("students")), rows, right=(2,), whole=(0,))


def roster_lines(page: Page, room: Classroom) -> list[str]:
    """Who is in a class."""
    lines = page.block(f"{room.name} · {ngettext('{n} student', '{n} students', len(room.students))}", "bold")
    if not room.students:
        return [*lines, *page.block(_("Add them: quizkit class import {name} roster.csv", name=room.id))]
    # A name is whole, unless it is longer than anybody's.
    rows = [(one.number, clip(one.name, page.inner * 3 // 5), one.group, one.id) for one in room.students]
    return [*lines, "", *table(page, (_("number"), _("name"), _("group"), "id"), rows, whole=(0, 1))]


def reading_lines(page: Page, roster: Roster) -> list[str]:
    """How a roster was understood: what its columns hold, and its first students."""
    called = {
        "name": _("name"),
        "given": _("first name"),
        "family": _("family name"),
        "number": _("number"),
        "group": _("group"),
    }
    columns = [
        f"{heading} → {called[field]}" if heading not in ("", called[field]) else called[field]
        for field, heading in roster.columns
    ]
    lines = page.block(_("Columns: {columns}", columns=" · ".join(columns)), "dim")
    if roster.left_out:
        names = ", ".join(roster.left_out)
        said = ngettext(
            "Left out: the column {names}.", "Left out: the columns {names}.", len(roster.left_out), names=names
        )
        lines += page.block(said, "warn")
    lines += [line for text in roster.above for line in page.block(_("Above the table: {text}", text=text), "dim")]
    lines += [line for doubt in roster.doubts for line in page.block(doubt, "warn")]
    lines += page.block(ngettext("{n} student", "{n} students", len(roster.students)))
    for student in roster.students[:STUDENTS_SHOWN]:
        lines += page.block(_told(student[:3]), indent="    ")
    return [*lines, *(["    …"] if roster.students[STUDENTS_SHOWN:] else [])]


def newcomer_lines(page: Page, newcomers: Sequence[Newcomer]) -> list[str]:
    """Who of those that come into a class is taken for whom, and who for nobody who is there already."""
    lines = []
    for one in newcomers:
        student = _told(one.entry[:2])
        if one.known:
            known = _placed(one.known)
            lines += page.block(
                _("{student} is taken for {known}: one person, with one memory.", student=student, known=known)
            )
        elif one.others:
            others = ", ".join(map(_placed, one.others))
            text = _("{student} is taken for somebody else than {others}.", student=student, others=others)
            hint = _("The same person? Say so with --same.") if len(one.others) == 1 else ""
            lines += page.block(f"{text} {hint}".rstrip(), "warn")
    return lines


def choose_known(newcomer: Newcomer) -> Known | None:
    """Let the teacher say who somebody is. Raises KeyboardInterrupt when they leave."""
    from quizkit.terminal.prompts import menu

    ways = {str(place): _placed(one) for place, one in enumerate(newcomer.others)}
    chosen = menu(_("Who is {student}?", student=_told(newcomer.entry[:2])), {**ways, "new": _("somebody new")})
    if not chosen:
        raise KeyboardInterrupt
    return None if chosen == "new" else newcomer.others[int(chosen)]


def _placed(one: Known) -> str:
    """Somebody with their classes and numbers, else their id."""
    places = ", ".join(" · ".join(part for part in place if part) for place in one.places)
    return f"{one.name} ({places or one.id})"


def enrolment_lines(page: Page, room: Classroom, planned: Enrolment) -> list[str]:
    """What taking a roster over would do."""
    lines = page.block(room.name, "bold")
    lines += _named(
        page, ngettext("{n} to add", "{n} to add", len(planned.added)), [new.entry.name for new in planned.added]
    )
    lines += newcomer_lines(page, planned.added)
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
