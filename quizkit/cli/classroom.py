"""`quizkit class`: rosters of classes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.cli.context import at_terminal, open_workspace, page, say, say_json
from quizkit.cli.options import AsJson, Lang
from quizkit.errors import QuizkitError
from quizkit.i18n import _, ngettext

if TYPE_CHECKING:
    from quizkit.formats.roster import Roster
    from quizkit.model.drill import Classroom
    from quizkit.workspace import Workspace
    from quizkit.workspace.enrolment import Enrolment

class_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Classes: who is in them. Students are learners."
)

Class = Annotated[str, typer.Argument(metavar="CLASS", help="The class's name, or id.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
Same = Annotated[
    bool,
    typer.Option("--same", help="Somebody of a name that is here already is the same person, whatever the number."),
]


@class_app.command(epilog="Example: `quizkit class new 2B --from roster.csv`")
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    roster: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="A roster: name, number, group (CSV).")
    ] = None,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="The file's encoding (told apart).")] = "",
    same: Same = False,
    yes: Yes = False,
    lang: Lang = None,
) -> None:
    """Begin a class."""
    from quizkit.terminal.classes import newcomer_lines
    from quizkit.workspace.classes import empty_class, new_class
    from quizkit.workspace.enrolment import enrol

    with open_workspace(ctx, lang) as workspace:
        room, count = empty_class(workspace, name), 0
        if roster is not None:
            read, planned = _read(workspace, room, roster, encoding, same=same, yes=yes)
            count = len(planned.added)
            for line in newcomer_lines(page(), planned.added):
                say(line)
            if read.doubts or at_terminal():
                _ask(yes, _("Take it over?"))
            new_class(workspace, name)
            enrol(workspace, room, planned)
        else:
            new_class(workspace, name)
        say(
            f"{room.name} · {ngettext('{n} student', '{n} students', count)}",
            _("Drill it: quizkit drill host {name}", name=_word(room.name))
            if count
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
    same: Same = False,
    lang: Lang = None,
) -> None:
    """Take a student into a class."""
    from quizkit.terminal.classes import newcomer_lines
    from quizkit.workspace.classes import classroom
    from quizkit.workspace.enrolment import enrol, plan_newcomer, who_came

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        planned = _decided(room, plan_newcomer(workspace, room, student, number, group), same=same, yes=False)
        for line in newcomer_lines(page(), planned.added):
            say(line)
        enrol(workspace, room, planned)
        added = who_came(workspace, room)
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
    same: Same = False,
    yes: Yes = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take a roster over: new students come in, known ones get their new number and group, nobody is thrown out."""
    from quizkit.terminal.classes import enrolment_lines
    from quizkit.workspace.classes import classroom
    from quizkit.workspace.enrolment import enrol

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        read, planned = _read(workspace, room, roster, encoding, same=same, yes=yes, quiet=as_json)
        if not as_json:
            say(*enrolment_lines(page(), room, planned))
        if planned.added or planned.changed:
            _ask(yes or (as_json and not read.doubts), _("Take it over?"))
            enrol(workspace, room, planned)
        if as_json:
            say_json(
                {
                    "added": [one.entry.name for one in planned.added],
                    "known": [one.entry.name for one in planned.added if one.known],
                    "changed": [entry.name for _student, entry in planned.changed],
                    "unchanged": planned.same,
                    "not_in_file": [student.name for student in planned.gone],
                    "columns_left_out": read.left_out,
                }
            )


@class_app.command(epilog="Example: `quizkit class export 2B --names -o roster.csv`")
def export(
    ctx: typer.Context,
    name: Class,
    target: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to.")] = None,
    names: Annotated[bool, typer.Option("--names", help="With names and numbers instead of pseudonyms.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    lang: Lang = None,
) -> None:
    """Write a roster as CSV. Students have pseudonyms, unless names are asked for."""
    from quizkit.formats.item import Written
    from quizkit.workspace.classes import classroom, roster_csv
    from quizkit.workspace.exporting import write_file

    with open_workspace(ctx, lang) as workspace:
        room = classroom(workspace, name)
        text = roster_csv(workspace, room, names=names)
        if target is None:
            say(text.rstrip("\n"))
        else:
            # A spreadsheet takes a file without this mark for another encoding.
            write_file(target, Written(f"\ufeff{text}".encode(), len(room.students)), force=force)
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


def _read(
    workspace: Workspace, room: Classroom, path: Path, encoding: str, *, same: bool, yes: bool, quiet: bool = False
) -> tuple[Roster, Enrolment]:
    """A roster, and what taking it over would do; how it was understood is said, unless `quiet`."""
    from quizkit.formats.roster import read_roster
    from quizkit.terminal.classes import reading_lines
    from quizkit.workspace.enrolment import elsewhere, plan_enrolment

    read = read_roster(path, encoding)
    if not quiet:
        say(*reading_lines(page(), read))
    planned = plan_enrolment(room, read.students, elsewhere(workspace, room))
    return read, _decided(room, planned, same=same, yes=yes or quiet)


def _decided(room: Classroom, planned: Enrolment, *, same: bool, yes: bool) -> Enrolment:
    """The plan with a word on everybody who might be somebody else of that name, where a word can be had."""
    from quizkit.terminal.classes import choose_known
    from quizkit.workspace.enrolment import decided, the_only_one

    if same:
        return decided(room, planned, the_only_one)
    return decided(room, planned, choose_known) if at_terminal() and not yes else planned


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
