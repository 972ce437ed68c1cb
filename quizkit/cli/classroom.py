"""`quizkit class`: rosters of classes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json, write_text
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

class_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Classes: who is in them. Students are learners."
)

Class = Annotated[str, typer.Argument(metavar="CLASS", help="The class's name, or id.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


@class_app.command(epilog="Example: `quizkit class new 2B --from roster.csv`")
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    roster: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="A roster: name, number, group (CSV).")
    ] = None,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The file's encoding (told apart).")] = "",
    lang: Lang = None,
) -> None:
    """Begin a class."""
    from quizkit.formats.roster import read_roster
    from quizkit.workspace.classes import classroom, enrol, new_class, plan_enrolment

    with open_workspace(ctx, lang) as workspace:
        students = read_roster(roster, encoding) if roster else []
        room = new_class(workspace, name)
        enrol(workspace, room, plan_enrolment(room, students))
        room = classroom(workspace, room.id)
        say(
            f"{room.name} · {ngettext('{n} student', '{n} students', len(room.students))}",
            _("Drill it: quizkit drill host {name}", name=_word(room.name))
            if room.students
            else _("Add students: quizkit class import {name} roster.csv", name=_word(room.name)),
        )


@class_app.command("list")
def list_(ctx: typer.Context, lang: Lang = None, as_json: AsJson = False) -> None:
    """The classes."""
    from quizkit.terminal.classes import class_lines
    from quizkit.workspace.classes import classrooms

    with open_workspace(ctx, lang) as workspace:
        rooms = classrooms(workspace)
        if as_json:
            say_json([{"id": room.id, "name": room.name, "students": len(room.students)} for room in rooms])
        elif rooms:
            say(*class_lines(page(), rooms))
        else:
            say(_("There are no classes yet."), _("Make one: quizkit class new {name}", name="2B"))


@class_app.command()
def show(ctx: typer.Context, name: Class, lang: Lang = None, as_json: AsJson = False) -> None:
    """Who is in a class."""
    from quizkit.terminal.classes import roster_lines
    from quizkit.workspace.classes import classroom

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        if as_json:
            say_json({"id": room.id, "name": room.name, "students": [student._asdict() for student in room.students]})
        else:
            say(*roster_lines(page(), room))


@class_app.command(epilog="Example: `quizkit class add 2B 'Kim Minji' --number 17 --group red`")
def add(
    ctx: typer.Context,
    name: Class,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="The student's name.")],
    number: Annotated[str, typer.Option(metavar="N", help="What the school calls them; tells namesakes apart.")] = "",
    group: Annotated[str, typer.Option(metavar="GROUP", help="A group within the class.")] = "",
    lang: Lang = None,
) -> None:
    """Take a student into a class."""
    from quizkit.workspace.classes import add_student, classroom

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        added = add_student(workspace, room, student, number, group)
        say(_("{name} is in {room} now, as learner {id}.", name=added.name, room=room.name, id=added.id))


@class_app.command(epilog="Examples: `quizkit class remove 2B 17` · `quizkit class remove 2B`")
def remove(
    ctx: typer.Context,
    name: Class,
    student: Annotated[
        str | None, typer.Argument(metavar="[STUDENT]", help="Whom: name, number or id (default: the whole class).")
    ] = None,
    yes: Yes = False,
    lang: Lang = None,
) -> None:
    """Take a student out of a class, or let a class go. What they have learnt stays."""
    from quizkit.workspace.classes import classroom, delete_class, find_student, remove_student

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        if student is not None:
            who = find_student(room, student)
            remove_student(workspace, room, who)
            say(_("{name} isn't in {room} any more. What they have learnt stays.", name=who.name, room=room.name))
            return
        count = len(room.students)
        _ask(
            yes, ngettext("Let {room} with {n} student go?", "Let {room} with {n} students go?", count, room=room.name)
        )
        delete_class(workspace, room)
        say(_("There is no class {name} any more. What its students have learnt stays.", name=room.name))


@class_app.command("import", epilog="Example: `quizkit class import 2B roster.csv`")
def import_(
    ctx: typer.Context,
    name: Class,
    roster: Annotated[Path, typer.Argument(metavar="FILE", help="A table with name, number and group (CSV).")],
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The file's encoding (told apart).")] = "",
    yes: Yes = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take a roster over: new students come in, known ones get their new number and group, nobody is thrown out."""
    from quizkit.formats.roster import read_roster
    from quizkit.terminal.classes import enrolment_lines
    from quizkit.workspace.classes import classroom, enrol, plan_enrolment

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        planned = plan_enrolment(room, read_roster(roster, encoding))
        if not as_json:
            say(*enrolment_lines(page(), room, planned))
        if planned.added or planned.changed:
            _ask(yes or as_json, _("Take it over?"))
            enrol(workspace, room, planned)
        if as_json:
            say_json(
                {
                    "added": [entry.name for entry in planned.added],
                    "changed": [entry.name for _student, entry in planned.changed],
                    "unchanged": planned.same,
                    "not_in_file": [student.name for student in planned.gone],
                }
            )


@class_app.command(epilog="Example: `quizkit class export 2B --names -o roster.csv`")
def export(
    ctx: typer.Context,
    name: Class,
    target: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to.")] = None,
    names: Annotated[bool, typer.Option("--names", help="With names and numbers instead of pseudonyms.")] = False,
    lang: Lang = None,
) -> None:
    """Write a roster as CSV. Students have pseudonyms, unless names are asked for."""
    from quizkit.workspace.classes import classroom, roster_csv

    with open_workspace(ctx, lang) as workspace:
        text = roster_csv(workspace, classroom(workspace, name), names=names)
        if target is None:
            say(text.rstrip("\n"))
        else:
            write_text(target, text)
            say(_("Written to {file}", file=target))


@class_app.command(epilog="Examples: `quizkit class forget kim-minji` · `quizkit class forget 'Big Bad Wolf'`")
def forget(
    ctx: typer.Context,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="A learner's name, or id; a guest's name.")],
    yes: Yes = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Erase a person's data for good: name, answers, memory. Says what is left, and where.

    Guests who joined drills under that name are erased as well.
    """
    from quizkit.workspace.forgetting import forget_people, known_as

    with open_workspace(ctx, lang) as workspace:
        ids = known_as(workspace, student)
        _ask(yes, _("Erase everything about {name}? This can't be taken back.", name=student))
        erased = forget_people(workspace, *ids)
        if as_json:
            say_json({**erased._asdict(), "copies": [str(path) for path in erased.copies]})
            return
        if erased.events or not erased.acts:
            say(ngettext("{n} event erased.", "{n} events erased.", erased.events))
        if erased.acts:
            say(
                ngettext(
                    "{n} line in the logs of drills is nobody's now; its score stays, for the questions' figures.",
                    "{n} lines in the logs of drills are nobody's now; their scores stay, for the questions' figures.",
                    erased.acts,
                )
            )
        say(_("A fingerprint of the id stays, so that merging an older file can't bring the data back."))
        if not erased.clean:
            say(_("Another program has the file open: the last traces leave it when that one is closed."))
        if erased.copies:
            say(_("Copies made before still hold the data. Delete them yourself:"), *map(str, erased.copies))


def _ask(yes: bool, question: str) -> None:
    """Go on only when somebody says yes."""
    if yes:
        return
    if not at_terminal():
        raise QuizkitError(question, _("Nobody is here to be asked: say --yes."))
    from quizkit.terminal.prompts import confirm

    if not confirm(question):
        raise typer.Exit


def _word(name: str) -> str:
    """A name as a shell takes it for one word."""
    from shlex import quote

    return quote(name)
